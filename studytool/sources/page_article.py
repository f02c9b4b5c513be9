"""A page's paragraphs and their containers -> which paragraphs are its article.

The container that holds the most prose and the fewest links is the article; what is headed 网友评论 or
相关阅读 is none of it, though readers may write more than the article has; nor are comments and teasers,
each with a day and an hour of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import takewhile

from studytool.model import BlockKind
from studytool.sources.assembly import Part
from studytool.sources.html_flat import Flat, Paragraph

MOST_OF_IT = 0.85  # of the prose of the page: the article is the innermost container that holds so much

_ENDS = re.compile(r"[。！？；：…”]")

# Lines around an article that no site marks as such.
_FURNITURE = re.compile(
    r"(?:责任?编辑|编辑|责编|审核|校对|来源|信息来源|发布时间|发布日期|时间|字号|字体|浏览次数|阅读|点击|分享到?|打印|关闭|"
    r"上一篇|下一篇|相关阅读|相关链接|当前位置|您现在的位置|扫一扫|版权所有|【?打印本页】?|【?关闭窗口】?)"
    r"\s*(?P<mark>[:：>】\]]?).{0,60}"
)
# Such words that begin a clause, too: 时间是最伟大的书写者，忠实记录奋斗者的足迹！
_CLAUSE = re.compile(
    r"(?:时间|阅读(?!全文|原文|更多|[次数人]|量)|来源|分享(?!到|至))[\u4e00-\u9fff].*[，！？]"
)
_SENTENCE = re.compile(r"[。！？；]")
# What heads a part of the page that is not the article.
_HEADS_OTHERS = re.compile(
    r"(?:网友|我要|我来|精彩|最新|热门|全部|发表|用户|读者)+(?:评论|留言|跟帖|说两句)(?:区|列表|[（(]\d*[）)]|：)?"
    r"|(?:评论|留言|跟帖)(?:区|列表|[（(]\d*[）)])|[友情]+链接|猜你喜欢|为您推荐|(?:点击|阅读|热[门点]|新闻).{0,2}排行榜?"
    r"|相关(?:阅读|链接|新闻|报道|稿件|文章|推荐|资讯|专题)|(?:延伸|推荐|扩展)阅读|(?:热门|热点|编辑|精彩)推荐"
    r"|(?:更多|最新|热门|推荐)(?:新闻|文章|资讯|内容|信息|发布|要闻)|(?:联系|关于)我们|(?:本网|网站|免责)声明"
)
# … and is never it, however long: 网友评论. The column of an article may be called 最新评论.
_HEADS_COMMENTS = re.compile(r".*(?:网友|我要|我来|全部|发表|用户|读者).*(?:评论|留言|跟帖|说两句).*")
DAY = r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
TIME = r"[\sT]*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
# Above a comment, or the beginning of another text: 张三 2024-06-03 10:11.
_STAMP = re.compile(rf"[^，。；！？]{{0,20}}{DAY}{TIME}[^，。；！？]{{0,20}}")
NEAR = 3  # lines below its heading that say who published a piece, and when
FEWEST = 2  # such containers called alike, each with at most
LONGEST = 400  # characters of prose, and together with at most
MOST = 0.95  # of the prose: else they are the text
NEARLY_ALL = 0.8  # of the prose: whatever heads it, it is the article


def chosen(flat: Flat, left_out: Set[int]) -> list[int]:
    """The paragraphs of the best container, by their places, without those of `others`."""
    best = best_container(flat, left_out)
    inside = range(best, _ends(flat)[best])
    return [at for at, one in enumerate(flat.paragraphs) if one.container in inside and at not in left_out]


def of_a_later_piece(flat: Flat, chosen: Sequence[int]) -> frozenset[int]:
    """Who published a second piece on the page, and when: lines below its heading, amid the prose, and what
    follows them of this sort."""
    prose = [at for at in chosen if _worth(flat.paragraphs[at])]
    lines = [at for at in chosen if prose and at > prose[0] and is_furniture(flat.paragraphs[at].part)]
    amid = (at for at in lines if at < prose[-1] and _headed_near(flat, at))
    first = next(amid, None)
    return frozenset(at for at in lines if first is not None and at >= first)


def _headed_near(flat: Flat, at: int) -> bool:
    above = (flat.paragraphs[before].part for before in range(at - 1, max(at - 1 - NEAR, -1), -1))
    lines = takewhile(lambda part: not _SENTENCE.search(part.text), above)
    return any(part.kind is BlockKind.HEADING for part in lines)


def text_from(flat: Flat, chosen: Sequence[int]) -> int:
    """The place of the first paragraph of prose."""
    prose = [at for at in chosen if _worth(flat.paragraphs[at])]
    sentences = (at for at in prose if _SENTENCE.search(flat.paragraphs[at].part.text))
    return next(sentences, next(iter((*prose, *chosen)), 0))


# ---- the container that is the article ------------------------------------------------------------


def _worth(one: Paragraph) -> int:
    """How much prose a paragraph is."""
    worth = len(one.part.text) - 3 * one.linked
    is_prose = _ENDS.search(one.part.text) or one.part.kind is BlockKind.TABLE_ROW
    return worth if worth > 20 and is_prose and not is_furniture(one.part) else 0


def _weights(flat: Flat, left_out: Set[int]) -> list[int]:
    """The prose within each container."""
    prose = [0] * len(flat.parents)
    for at, one in enumerate(flat.paragraphs):
        prose[one.container] += 0 if at in left_out else _worth(one)
    for container in range(len(prose) - 1, 0, -1):  # a container is numbered after what holds it
        prose[flat.parents[container]] += prose[container]
    return prose


def best_container(flat: Flat, left_out: Set[int]) -> int:
    """The container with the most prose; one further out only if it holds clearly more."""
    prose = _weights(flat, left_out)
    enough = MOST_OF_IT * prose[0]
    return max((index for index, worth in enumerate(prose) if worth >= enough), default=0) if enough else 0


def _ends(flat: Flat) -> list[int]:
    """For each container the number behind those within it: they are numbered as the page goes."""
    ends = [number + 1 for number in range(len(flat.parents))]
    for container in range(len(ends) - 1, 0, -1):
        outer = flat.parents[container]
        ends[outer] = max(ends[outer], ends[container])
    return ends


def others(flat: Flat) -> frozenset[int]:
    """The paragraphs of containers that begin with a heading like 网友评论, and of those that each bear a
    day and an hour of their own."""
    heads = [at for at, one in enumerate(flat.paragraphs) if one.container and heads_others(one.part.text)]
    stamped = [at for at, one in enumerate(flat.paragraphs) if _STAMP.fullmatch(one.part.text)]
    if not heads and len(stamped) < FEWEST:
        return frozenset()
    prose, ends = _weights(flat, frozenset()), _ends(flat)
    found = set(_entries(flat, stamped, prose, ends))
    for head in heads:
        container = _headed(flat, head, ends)
        inside = range(container, ends[container])
        begins = head == 0 or flat.paragraphs[head - 1].container not in inside
        if begins and container and not _may_be_article(flat, head, prose, inside):
            found.update(_run(flat, head, inside))
    return frozenset(found)


def _entries(flat: Flat, stamped: Sequence[int], prose: Sequence[int], ends: Sequence[int]) -> Iterator[int]:
    """The paragraphs of comments or teasers: in containers side by side that are called alike, and begin with
    such a line, or have it below another."""
    alike: dict[tuple[int, str], dict[int, int]] = defaultdict(dict)
    for at in stamped:
        for container, first in _begun(flat, at, ends):
            if prose[container] <= LONGEST:
                alike[flat.parents[container], flat.names[container]].setdefault(container, first)
    for entries in alike.values():
        if len(entries) >= FEWEST and 0 < sum(map(prose.__getitem__, entries)) <= MOST * prose[0]:
            for container, first in entries.items():
                yield from _run(flat, first, range(container, ends[container]))


def _begun(flat: Flat, at: int, ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The containers that begin with a paragraph, or the one above it, and go on; and their first ones."""
    container, *below = (one.container for one in flat.paragraphs[at : at + 2])
    while container:
        inside = range(container, ends[container])
        first = at - 1 if at and flat.paragraphs[at - 1].container in inside else at
        if first and flat.paragraphs[first - 1].container in inside:
            return
        if below and below[0] in inside:
            yield container, first
        container = flat.parents[container]


def _headed(flat: Flat, head: int, ends: Sequence[int]) -> int:
    """The container that a heading begins: the next one out, where it stands in one of its own."""
    container = flat.paragraphs[head].container
    below = flat.paragraphs[head + 1].container if head + 1 < len(flat.paragraphs) else 0
    while container and below not in range(container, ends[container]):
        outer = flat.parents[container]
        if not outer or (head and flat.paragraphs[head - 1].container in range(outer, ends[outer])):
            break
        container = outer
    return container


def _may_be_article(flat: Flat, head: int, prose: Sequence[int], inside: range) -> bool:
    """Nearly all of the prose is the article, whatever heads it; but not what readers say of a text."""
    if prose[inside.start] < NEARLY_ALL * prose[0]:
        return False
    has_headline = any(
        flat.paragraphs[at].part.kind is BlockKind.HEADING and flat.paragraphs[at].part.level == 1
        for at in _run(flat, head, inside)
    )
    are_comments = _HEADS_COMMENTS.fullmatch(flat.paragraphs[head].part.text) is not None
    return has_headline or not are_comments or prose[inside.start] == prose[0]


def _run(flat: Flat, start: int, inside: range) -> Iterator[int]:
    """The paragraphs from `start` on that stand in these containers."""
    return takewhile(lambda at: flat.paragraphs[at].container in inside, range(start, len(flat.paragraphs)))


def heads_others(text: str) -> bool:
    return len(text) <= 20 and _HEADS_OTHERS.fullmatch(text) is not None


# ---- lines around an article ----------------------------------------------------------------------


def is_furniture(part: Part) -> bool:
    """Such a line; what has a full stop is a sentence, a comma proves none: 编辑 张三，李四."""
    found = _FURNITURE.fullmatch(part.text) if len(part.text) <= 80 else None
    if found is None or "。" in part.text:
        return False
    headed = part.kind is BlockKind.HEADING and "，" in part.text  # 关闭落后产能，发展绿色经济
    return bool(found["mark"]) or not (headed or _CLAUSE.match(part.text))

"""A page's paragraphs and their containers -> which paragraphs are its article.

The container that holds the most prose and the fewest links is the article. The surprising decision:
blocks of prose beside it (导语, 核心提示, what stands behind a </div> too many) belong to it as well, unless
something says that they are of the page: links, a heading 网友评论, words like 版权所有.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import takewhile

from studytool.model import BlockKind
from studytool.sources.assembly import Part
from studytool.sources.html_flat import Flat, Paragraph
from studytool.sources.page_title import is_menu

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
_ENDED = re.compile(r"[。！？…][”’）》]?$")
# What heads a part of the page that is not the article.
_HEADS_OTHERS = re.compile(
    r"(?:网友|我要|我来|精彩|最新|热门|全部|发表|用户|读者)+(?:评论|留言|跟帖|说两句)(?:区|列表|[（(]\d*[）)]|：)?"
    r"|(?:评论|留言|跟帖)(?:区|列表|[（(]\d*[）)])|[友情]+链接|猜你喜欢|为您推荐|(?:点击|阅读|热[门点]|新闻).{0,2}排行榜?"
    r"|相关(?:阅读|链接|新闻|报道|稿件|文章|推荐|资讯|专题)|(?:延伸|推荐|扩展)阅读|(?:热门|热点|编辑|精彩)推荐"
    r"|(?:更多|最新|热门|推荐)(?:新闻|文章|资讯|内容|信息|发布|要闻)|(?:联系|关于)我们|(?:本网|网站|免责)声明"
)
# What only a page says, not an article.
_OF_PAGE = re.compile(
    r"版权|备案号|ICP备|[主承]办单位|网站标识码|技术支持|免责声明|浏览器|不良信息|举报(?:电话|邮箱)|客服|转载|文明上网"
    r"|理性发言|(?:请|立即|用户|会员)(?:登录|注册)|客户端|扫[码描一]|二维码|公众号|点击|点赞|打赏|上一篇|下一篇|仅供参考"
    r"|不代表本|本站|本网|网友|匿名|(?:邮箱|电话)[:：]|欢迎(?:访问|关注)|Copyright|cookie",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(r"(?:来源|发布时间|发布日期|作者)\s*[:：]|^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
SHORTEST = 15  # characters of a sentence that stands alone beside the article
FEW_LINKS = 0.2  # of the characters of a block
NEARLY_ALL = 0.8  # of the prose: whatever heads it, it is the article


def chosen(flat: Flat) -> list[int]:
    """The paragraphs of the best container, by their places."""
    others = _others(flat)
    best = _best_container(flat, others)
    inside = range(best, _ends(flat)[best])
    return [at for at, one in enumerate(flat.paragraphs) if one.container in inside and at not in others]


def text_from(flat: Flat, chosen: Sequence[int]) -> int:
    """The place of the first paragraph of prose."""
    prose = [at for at in chosen if _worth(flat.paragraphs[at])]
    sentences = (at for at in prose if _SENTENCE.search(flat.paragraphs[at].part.text))
    return next(sentences, next(iter((*prose, *chosen)), 0))


def with_neighbours(flat: Flat, chosen: Sequence[int], title: str | None) -> list[int]:
    """The article with the blocks of prose beside it that are its own, below its headline."""
    begins = text_from(flat, chosen)
    head = (at for at in range(begins, -1, -1) if flat.paragraphs and flat.paragraphs[at].part.text == title)
    headline = next(head, -1)
    blocks = _blocks_beside(flat, frozenset(chosen), _others(flat)) if chosen else []
    own = {at for block in blocks if block[0] > headline and _is_own(flat, block) for at in block}
    leads = {at for block in blocks for at in block if at > headline and _leads(flat, at, own)}
    return sorted(own.union(leads, chosen))


# ---- the container that is the article ------------------------------------------------------------


def _worth(one: Paragraph) -> int:
    """How much prose a paragraph is."""
    worth = len(one.part.text) - 3 * one.linked
    is_prose = _ENDS.search(one.part.text) or one.part.kind is BlockKind.TABLE_ROW
    return worth if worth > 20 and is_prose and not is_furniture(one.part) else 0


def _weights(flat: Flat, left_out: frozenset[int]) -> list[int]:
    """The prose within each container."""
    prose = [0] * len(flat.parents)
    for at, one in enumerate(flat.paragraphs):
        prose[one.container] += 0 if at in left_out else _worth(one)
    for container in range(len(prose) - 1, 0, -1):  # a container is numbered after what holds it
        prose[flat.parents[container]] += prose[container]
    return prose


def _best_container(flat: Flat, left_out: frozenset[int]) -> int:
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


def _others(flat: Flat) -> frozenset[int]:
    """The paragraphs of containers that begin with a heading like 网友评论."""
    heads = [at for at, one in enumerate(flat.paragraphs) if one.container and _heads_others(one.part.text)]
    if not heads:
        return frozenset()
    prose, ends = _weights(flat, frozenset()), _ends(flat)
    found: set[int] = set()
    for head in heads:
        container = flat.paragraphs[head].container
        inside = range(container, ends[container])
        begins = head == 0 or flat.paragraphs[head - 1].container not in inside
        if begins and prose[container] < NEARLY_ALL * prose[0]:
            found.update(_run(flat, head, inside))
    return frozenset(found)


def _run(flat: Flat, start: int, inside: range) -> Iterator[int]:
    """The paragraphs from `start` on that stand in these containers."""
    return takewhile(lambda at: flat.paragraphs[at].container in inside, range(start, len(flat.paragraphs)))


def _heads_others(text: str) -> bool:
    return len(text) <= 20 and _HEADS_OTHERS.fullmatch(text) is not None


# ---- blocks beside it -----------------------------------------------------------------------------


def _blocks_beside(flat: Flat, taken: frozenset[int], others: frozenset[int]) -> list[list[int]]:
    """Everything outside the article in blocks: the outermost containers that hold nothing of it, and single
    paragraphs beside them."""
    around = {0}
    for at in taken:
        container = flat.paragraphs[at].container
        while container not in around:
            around.add(container)
            container = flat.parents[container]
    outermost = list(range(len(flat.parents)))
    for container in range(1, len(outermost)):
        if flat.parents[container] not in around:
            outermost[container] = outermost[flat.parents[container]]
    blocks: dict[tuple[bool, int], list[int]] = defaultdict(list)
    for at, one in enumerate(flat.paragraphs):
        if at not in taken and at not in others:
            alone = one.container in around
            blocks[alone, at if alone else outermost[one.container]].append(at)
    return list(blocks.values())


def _is_own(flat: Flat, block: Sequence[int]) -> bool:
    """Is a block beside the article prose of its own, and of nothing else?"""
    paragraphs = [flat.paragraphs[at] for at in block]
    texts = [one.part.text for one in paragraphs]
    linked = sum(one.linked for one in paragraphs)
    if linked > FEW_LINKS * sum(map(len, texts)) or any(is_menu(one) for one in paragraphs):
        return False
    is_another = not _ENDED.search(texts[0]) and any(map(_OF_ANOTHER.search, texts))
    if is_another or any(map(_OF_PAGE.search, texts)):
        return False
    if any(one.part.kind is BlockKind.HEADING and one.part.level == 1 for one in paragraphs):
        return False
    return any(len(text) >= SHORTEST and _ENDED.search(text) for text in texts)


def _leads(flat: Flat, at: int, own: Set[int]) -> bool:
    """Is it a section's heading or a question (问：), right above prose of the article?"""
    one = flat.paragraphs[at]
    leads = one.part.kind is BlockKind.HEADING or one.part.text.startswith("问")
    return leads and at + 1 in own and not is_menu(one) and not _OF_PAGE.search(one.part.text)


# ---- lines around an article ----------------------------------------------------------------------


def is_furniture(part: Part) -> bool:
    """Such a line; what has a full stop is a sentence, a comma proves none: 编辑 张三，李四."""
    found = _FURNITURE.fullmatch(part.text) if len(part.text) <= 80 else None
    if found is None or "。" in part.text:
        return False
    headed = part.kind is BlockKind.HEADING and "，" in part.text  # 关闭落后产能，发展绿色经济
    return bool(found["mark"]) or not (headed or _CLAUSE.match(part.text))

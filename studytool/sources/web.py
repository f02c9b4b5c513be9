"""Web pages -> Extract: the article without the page around it.

The page is flattened into paragraphs, each with the containers it stands in; the container that
holds the most prose and the fewest links is the article. What is never prose (menus, scripts, share
buttons, “相关阅读”) goes first, by element and by the names sites give such parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from studytool.errors import UnreadableSource
from studytool.model import BlockKind, SourceNote
from studytool.sources.assembly import Extract, Part, assembled
from studytool.sources.encoding import decode
from studytool.sources.formats import Content
from studytool.sources.html_flat import TOO_DEEP, Flat, flattened
from studytool.sources.html_notes import cleared, mark_raised
from studytool.sources.note_marks import PlainMarks
from studytool.sources.noted import date_in, organ_in
from studytool.sources.raised import Notes

_SPACE = re.compile(r"\s+")
# Tags that must be closed; paragraphs, list items and cells close themselves.
_NESTING = re.compile(
    r"<(/?)(?!(?:p|li|td|th|tr|dt|dd|option|tbody|br|img|hr|meta|link|input|col|area)\b)[a-z][^<>]{0,500}(?<!/)>",
    re.IGNORECASE,
)
DEEPEST_SOURCE = 5_000

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
_ISSUER = re.compile(r"(?:信息|文章|稿件)?来源\s*[:：]\s*([^\s|　]{2,30})")
_DATED = re.compile(r"发布|时间|日期|来源|^\d{4}[-年]")
_TITLE_TAIL = re.compile(r"\s*(?:[_|｜]|\s[-—–]+\s|--|——(?=[^——]*(?:网|报|门户|政府)$)).*$")

META_TITLES = ("articletitle", "og:title")
META_DATES = (
    "pubdate",
    "publishdate",
    "publish_date",
    "article:published_time",
    "date",
    "firstpublishedtime",
)
META_ISSUERS = ("contentsource", "source", "article:author")


def read(content: Content) -> Extract:
    """The article of a web page."""
    text = cleared(decode(content.data))
    _refuse_depth(text)
    tree = LexborHTMLParser(text)
    if tree.body is None:
        raise UnreadableSource("网页里没有正文；请换一个有内容的文件")
    mark_raised(tree)
    flat = _without_notes(flattened(tree.body))
    note = _note(tree, flat)
    return assembled(_article(flat, note.title), note)


def _refuse_depth(text: str) -> None:
    """The parser takes quadratic time on deep nesting, so this is looked at before."""
    depth = 0
    for tag in _NESTING.finditer(text):
        depth += -1 if tag[1] else 1
        if depth > DEEPEST_SOURCE:
            raise UnreadableSource(TOO_DEEP)


def _without_notes(flat: Flat) -> Flat:
    """Without the marks of notes; what else is raised stays so."""
    notes = Notes()
    texts = [notes.settled(one.part.text) for one in flat.paragraphs]
    marks = PlainMarks(texts)
    texts = [marks.without(text) for text in texts]
    settled = [
        one._replace(part=one.part._replace(text=text))
        for one, text in zip(flat.paragraphs, texts, strict=True)
    ]
    return Flat(settled, flat.parents)


# ---- which part of the page -----------------------------------------------------------------------


def _article(flat: Flat, title: str | None) -> Iterator[Part]:
    """The title, if it stands outside, and the paragraphs of the best container."""
    inside = _inside(flat, _best_container(flat))
    chosen = [one.part for one in flat.paragraphs if one.container in inside]
    chosen = [part for part in chosen if not _is_furniture(part)]
    if title and not any(title in part.text for part in chosen[:5]):
        yield Part(BlockKind.HEADING, title, 1)
    yield from chosen


def _best_container(flat: Flat) -> int:
    """The container with the most prose; one further out only if it holds clearly more."""
    prose = [0] * len(flat.parents)
    for one in flat.paragraphs:
        worth = len(one.part.text) - 3 * one.linked
        if worth > 20 and (_ENDS.search(one.part.text) or one.part.kind is BlockKind.TABLE_ROW):
            prose[one.container] += worth
    for container in range(len(prose) - 1, 0, -1):  # a container is numbered after what holds it
        prose[flat.parents[container]] += prose[container]
    enough = MOST_OF_IT * prose[0]
    return max((index for index, worth in enumerate(prose) if worth >= enough), default=0) if enough else 0


def _inside(flat: Flat, best: int) -> frozenset[int]:
    """The containers within `best`, itself included."""
    inside = {best}
    for container in range(best + 1, len(flat.parents)):
        if flat.parents[container] in inside:
            inside.add(container)
    return frozenset(inside)


def _is_furniture(part: Part) -> bool:
    """Such a line; what has a full stop is a sentence, a comma proves none: 编辑 张三，李四."""
    found = _FURNITURE.fullmatch(part.text) if len(part.text) <= 80 else None
    if found is None or "。" in part.text:
        return False
    headed = part.kind is BlockKind.HEADING and "，" in part.text  # 关闭落后产能，发展绿色经济
    return bool(found["mark"]) or not (headed or _CLAUSE.match(part.text))


# ---- what the page says of itself -----------------------------------------------------------------


def _note(tree: LexborHTMLParser, flat: Flat) -> SourceNote:
    said = {
        (node.attributes.get("name") or node.attributes.get("property") or "").lower(): node.attributes[
            "content"
        ]
        for node in tree.css("meta[content]")
    }
    lines = [one.part.text for one in flat.paragraphs if len(one.part.text) <= 120]
    issued = (found[1] for line in lines if (found := _ISSUER.search(line)))
    issuers = (organ_in((name or "").strip()) for name in (*(said.get(key) for key in META_ISSUERS), *issued))
    dates = (
        date_in(text or "")
        for text in (*(said.get(key) for key in META_DATES), *filter(_DATED.search, lines))
    )
    titles = (*(said.get(key) for key in META_TITLES), *_titles(tree, flat))
    return SourceNote(
        next((title.strip() for title in titles if title and title.strip()), None),
        next(filter(None, issuers), None),
        next(filter(None, dates), None),
    )


def _titles(tree: LexborHTMLParser, flat: Flat) -> Iterator[str]:
    for one in flat.paragraphs:
        if one.part.kind is BlockKind.HEADING and one.part.level == 1:
            yield one.part.text
    title = tree.css_first("title")
    if title is not None:
        yield _TITLE_TAIL.sub("", _SPACE.sub(" ", title.text()).strip())

"""Web pages -> Extract: the article without the page around it.

The page is flattened into paragraphs, each with the containers it stands in (html_flat); which of them
are the article says page_article, what it is called page_title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from selectolax.lexbor import LexborHTMLParser

from studytool.errors import UnreadableSource
from studytool.model import BlockKind, SourceNote
from studytool.sources import page_article, page_beside
from studytool.sources.assembly import Extract, Part, assembled
from studytool.sources.encoding import decode
from studytool.sources.formats import Content
from studytool.sources.html_flat import TOO_DEEP, Flat, Paragraph, flattened
from studytool.sources.html_notes import cleared, mark_raised
from studytool.sources.note_marks import PlainMarks
from studytool.sources.noted import date_in, organ_in
from studytool.sources.page_article import DAY, TIME
from studytool.sources.page_title import headline, is_menu, is_name_of_site, on_one_line
from studytool.sources.raised import Notes

_SPACE = re.compile(r"\s+")
# Tags that must be closed; paragraphs, list items and cells close themselves.
_NESTING = re.compile(
    r"<(/?)(?!(?:p|li|td|th|tr|dt|dd|option|tbody|br|img|hr|meta|link|input|col|area)\b)[a-z][^<>]{0,500}(?<!/)>",
    re.IGNORECASE,
)
DEEPEST_SOURCE = 5_000
# A tag of so many characters; what is quoted in it may be a picture.
_LONG_TAG = re.compile(r"<[a-z](?:[^<>\"']|\"[^\"]*\"|'[^']*'){5000,}", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
MOST_ATTRIBUTES = 2_000
TOO_MANY = "网页的标签里属性太多，不像正常网页；请用浏览器另存为文字文件（.txt）再试"

SHORTEST_TEXT = 10  # characters
LONGEST_TITLE = 400
LONGEST_LINE = 120  # of those that say where a page is from
NO_TEXT = (
    "网页里没有读到正文（可能要由脚本显示，或藏在未展开的栏目里）；请用浏览器打开，复制正文存为 .txt 再试"
)

_ISSUER = re.compile(r"(?:信息|文章|稿件)?来源\s*[:：]\s*([^\s|　]{2,30})")
# A line that says when the page appeared, and no sentence that tells of a day.
_DATED = re.compile(
    r"(?=[^，。；！？]{0,80}$)(?!.{0,4}(?:抓取|采集|爬取|下载|收录|访问|打印)(?:时间|日期))(?:.*(?:发布|更新|印发|成文|时间|日期|来源)\w{0,2}(?:\s*[:：]|\s)"
    rf"|.*{DAY}{TIME}|\s*{DAY}\s*(?:$|[|｜【\[（(]|来[源自]|作者|编辑|浏览|发布|\s\S))"
)

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
    _refuse_attributes(text)
    tree = LexborHTMLParser(text)
    if tree.body is None:
        raise UnreadableSource("网页里没有正文；请换一个有内容的文件")
    mark_raised(tree)
    flat = on_one_line(_without_notes(flattened(tree.body)))
    others = page_article.others(flat)
    chosen = page_article.chosen(flat, others)
    later = page_article.of_a_later_piece(flat, chosen)
    note = _note(tree, flat, page_article.text_from(flat, chosen), others | later)
    chosen = page_beside.with_neighbours(flat, chosen, note.title, others)
    parts = tuple(_article(flat, chosen, note.title, later))
    _refuse_empty(parts, flat, note.title)
    return assembled(parts, note)


def _refuse_depth(text: str) -> None:
    """The parser takes quadratic time on deep nesting, so this is looked at before."""
    depth = 0
    for tag in _NESTING.finditer(text):
        depth += -1 if tag[1] else 1
        if depth > DEEPEST_SOURCE:
            raise UnreadableSource(TOO_DEEP)


def _refuse_attributes(text: str) -> None:
    """The parser compares each attribute of a tag with those before."""
    for tag in _LONG_TAG.finditer(text):
        if len(_QUOTED.sub("", tag.group()).split()) > MOST_ATTRIBUTES:
            raise UnreadableSource(TOO_MANY)


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
    return Flat(settled, flat.parents, flat.names)


# ---- the article ----------------------------------------------------------------------------------


def _article(flat: Flat, chosen: Sequence[int], title: str | None, later: Set[int]) -> Iterator[Part]:
    """The title, if it stands outside, and the paragraphs of the article; no menus above its text, and of its
    furniture what dates a `later` piece."""
    begins = page_article.text_from(flat, chosen)
    kept = [
        at
        for at in chosen
        if at >= begins or not (is_menu(flat.paragraphs[at]) or _is_name(flat.paragraphs[at], title))
    ]
    parts = [
        part
        for at, part in ((at, flat.paragraphs[at].part) for at in kept)
        if not page_article.is_furniture(part) or (at in later and _DATED.match(part.text))
    ]
    if title and not any(title in part.text for part in parts[:5]):
        yield Part(BlockKind.HEADING, title, 1)
    yield from parts


def _is_name(one: Paragraph, title: str | None) -> bool:
    """The name of the site, set as if it were the headline."""
    part = one.part
    is_headline = title is None or part.text == title
    return (
        part.kind is BlockKind.HEADING and part.level == 1 and not is_headline and is_name_of_site(part.text)
    )


def _refuse_empty(parts: Sequence[Part], flat: Flat, title: str | None) -> None:
    """A page whose text its scripts would fetch, or that hides it, is not read; its title is no text."""
    menus = {title, *(one.part.text for one in flat.paragraphs if is_menu(one))}
    if parts and not any(_is_text(part) for part in parts if part.text not in menus):
        raise UnreadableSource(NO_TEXT)


def _is_text(part: Part) -> bool:
    return "。" in part.text or (part.kind is not BlockKind.HEADING and len(part.text) >= SHORTEST_TEXT)


# ---- what the page says of itself -----------------------------------------------------------------


def _note(tree: LexborHTMLParser, flat: Flat, text_from: int, others: Set[int]) -> SourceNote:
    said = {
        (node.attributes.get("name") or node.attributes.get("property") or "").lower(): node.attributes[
            "content"
        ]
        for node in tree.css("meta[content]")
    }
    shown = (one.part.text for at, one in enumerate(flat.paragraphs) if at not in others)
    lines = [text for text in shown if len(text) <= LONGEST_LINE]
    issued = (found[1] for line in lines if (found := _ISSUER.search(line)))
    issuers = (organ_in((name or "").strip()) for name in (*(said.get(key) for key in META_ISSUERS), *issued))
    dates = (
        date_in(text or "") for text in (*(said.get(key) for key in META_DATES), *filter(_DATED.match, lines))
    )
    called = next(filter(None, (said.get(key) for key in META_TITLES)), None)
    title = tree.css_first("title")
    named = _SPACE.sub(" ", title.text()[:LONGEST_TITLE]).strip() if title is not None else ""
    return SourceNote(
        headline(called, named, flat.paragraphs, text_from),
        next(filter(None, issuers), None),
        next(filter(None, dates), None),
    )

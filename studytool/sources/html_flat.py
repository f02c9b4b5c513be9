"""A page's elements -> its paragraphs in order, each with the container it stands in.

What is never prose (menus, scripts, share buttons, “相关阅读”) is left out here, by element and by
the names sites give such parts. Nothing recurses: pages may be nested absurdly deep.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from studytool.errors import UnreadableSource
from studytool.model import BlockKind
from studytool.sources.assembly import Part, row

DEEPEST = 500  # elements within elements; pages that people write stay below 50
PROSE = 2  # so many full stops are a text's, where they are most of the page's
MUCH_PROSE = 12  # … and so many wherever they are: no form to fill in explains itself at such length
LONGEST_CELL = 120  # a table with longer cells lays out the page
TOO_DEEP = "网页嵌套太深，不像正常网页；请用浏览器另存为文字文件（.txt）再试"

_NEVER = frozenset(
    (
        *("script", "style", "noscript", "template", "svg", "iframe", "object", "nav", "aside"),
        *("button", "select", "textarea", "input", "video", "audio", "canvas", "footer", "head", "math"),
        *("rt", "rp"),
    )
)
_BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "blockquote",
            "body",
            "br",
            "center",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "form",
        ),
        *("figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol"),
        *("p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_CONTAINERS = frozenset(
    (
        *("article", "blockquote", "center", "dd", "div", "dl", "details", "figure", "form", "header", "li"),
        *("main", "ol", "section", "table", "td", "th", "ul"),
    )
)
_MAIN = re.compile(r"content|article|main|zoom|editor", re.IGNORECASE)  # named like the article after all
# What sites call the parts of a page that are not its article, as whole words of class and id.
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|bread\w*|crumbs?|share\w*|social|foot\w*|copyright|sidebar|related"
    r"|recommend\w*|rank\w*|comments?|cmts?|pinglun|liuyan|guestbook|tuijian|disclaimer|pager|pagination|login|search\w*|toolbar|ads?|advert\w*|banner|qrcode"
    r"|ewm|fontsize|print|hidden|popup|modal)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEADING = re.compile(r"h([1-6])")
_UNFINISHED = re.compile(r"(?:[暨和与及的、在为对]|关于)\s*$")  # no half of a title ends so
_SPACE = re.compile(r"\s+")
_FIGURES = re.compile(r"\d+|^\s+|\s+$")


class Paragraph(NamedTuple):
    """Text between two block borders; `linked` of its characters are in links."""

    part: Part
    container: int
    linked: int


@dataclass(frozen=True, slots=True)
class Flat:
    """The paragraphs of a page, and for each container (by number) the one that holds it and what it is
    called: its class and id, without figures."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [0])
    names: list[str] = field(default_factory=lambda: [""])


def flattened(body: LexborNode) -> Flat:
    flattening = _Flattening(_sentences(body))
    flattening.walk(body)
    return flattening.flat


@dataclass(slots=True)
class _Flattening:
    """The state of one walk through a page of so many `sentences`, and what it has found."""

    sentences: int
    flat: Flat = field(default_factory=Flat)
    texts: list[str] = field(default_factory=list)
    linked: int = 0
    container: int = 0
    numbers: Counter[int] = field(default_factory=Counter)

    def walk(self, root: LexborNode) -> None:
        """Meets every element on the way in and on the way out, in the order of the page."""
        open_tags: list[str] = ["body"]
        node = root.child
        while node is not None:
            down = self._enter(node, open_tags)
            if down is not None:
                open_tags.append(_tag(node))
                if len(open_tags) > DEEPEST:
                    raise UnreadableSource(TOO_DEEP)
                node = down
                continue
            while node is not None and node.next is None and len(open_tags) > 1:
                node = node.parent
                self._leave(open_tags.pop(), open_tags)
            node = node.next if node is not None and len(open_tags) >= 1 else None
        self._end_paragraph(open_tags)

    def _enter(self, node: LexborNode, open_tags: list[str]) -> LexborNode | None:
        """Takes in a node; gives its first child if there is something to walk in it."""
        tag = _tag(node)
        if tag == "-text":
            self._text(node.text_content or "", linked="a" in open_tags)
            return None
        if tag == "br" and _is_inside_heading(node, open_tags):
            self.texts.append("" if _UNFINISHED.search("".join(self.texts)) else " ")
        elif tag in _BLOCKS:
            self._end_paragraph(open_tags)
        if _is_left_out(node, tag) or (tag == "form" and not self._holds_prose(node)):
            return None
        if tag == "table" and (rows := _data_rows(node)):
            self._add(rows)
            return None
        if tag == "li" and open_tags[-1] == "ol":
            self.numbers[self.container] += 1
            self.texts.append(f"{self.numbers[self.container]}. ")
        if tag in _CONTAINERS and node.child is not None:
            self.flat.parents.append(self.container)
            self.flat.names.append(_FIGURES.sub("", _called(node)))
            self.container = len(self.flat.parents) - 1
        return node.child

    def _holds_prose(self, form: LexborNode) -> bool:
        """Some servers put the whole page into a form; one to fill in (我要纠错……) has a sentence or two."""
        found = _sentences(form)
        return found >= MUCH_PROSE or (found >= PROSE and 2 * found > self.sentences)

    def _leave(self, tag: str, open_tags: list[str]) -> None:
        if tag in _BLOCKS:
            self._end_paragraph([*open_tags, tag])
        if tag in _CONTAINERS:
            self.container = self.flat.parents[self.container]

    def _text(self, text: str, *, linked: bool) -> None:
        self.texts.append(text)
        if linked:
            self.linked += len(text.strip())

    def _end_paragraph(self, open_tags: list[str]) -> None:
        text = _SPACE.sub(" ", "".join(self.texts)).strip()
        if text:
            kind, level = _kind(open_tags)
            number = self.numbers.get(self.container) if "ol" in open_tags[-3:] else None
            self.flat.paragraphs.append(
                Paragraph(
                    Part(kind, f"{number}. {text}" if number else text, level), self.container, self.linked
                )
            )
        self.texts, self.linked = [], 0

    def _add(self, rows: list[Part]) -> None:
        self.flat.paragraphs.extend(Paragraph(part, self.container, 0) for part in rows)


def _tag(node: LexborNode) -> str:
    return node.tag or ""


def _is_left_out(node: LexborNode, tag: str) -> bool:
    if tag in _NEVER or tag.startswith("-"):
        return True
    said, names = node.attributes, _called(node)
    if tag in _CONTAINERS and _AROUND.search(names) and not _MAIN.search(names):
        return True
    return "hidden" in said or bool(_HIDDEN.search(said.get("style") or ""))


def _called(node: LexborNode) -> str:
    said = node.attributes
    return f"{said.get('class') or ''} {said.get('id') or ''}"


def _is_inside_heading(line_break: LexborNode, open_tags: list[str]) -> bool:
    """Does the heading go on behind it, with no subtitle (——在……上的讲话)?"""
    if not any(map(_HEADING.fullmatch, open_tags[-3:])) or line_break.next is None:
        return False
    return not (line_break.next.text() or "").lstrip().startswith(("—", "―", "-", "（", "("))


def _sentences(node: LexborNode) -> int:
    return (node.text() or "").count("。")


def _kind(open_tags: list[str]) -> tuple[BlockKind, int]:
    for tag in reversed(open_tags[-4:]):
        if heading := _HEADING.fullmatch(tag):
            return BlockKind.HEADING, int(heading[1])
        if tag == "li":
            return BlockKind.LIST_ITEM, 0
    return BlockKind.PARAGRAPH, 0


def _data_rows(table: LexborNode) -> list[Part]:
    """The rows of a table of data; none for a table that lays out the page."""
    if table.css_first("table table, p + p, h1, h2, h3, ul, div div div") is not None:
        return []
    rows = [[cell.text(separator=" ") for cell in line.css("td, th")] for line in table.css("tr")]
    if max(map(len, rows), default=0) < 2 or any(len(cell) > LONGEST_CELL for line in rows for cell in line):
        return []
    return [row(_SPACE.sub(" ", cell) for cell in line) for line in rows]

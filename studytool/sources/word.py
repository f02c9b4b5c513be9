"""Word files -> Extract: paragraphs, headings, list items with their printed numbers, table rows, in order.

The XML is walked here and not through python-docx's paragraphs: those leave out accepted insertions,
content controls, text boxes and list numbers. python-docx opens the package and knows its parts.
Offices seldom use heading styles, so a short paragraph in bold or larger type is a heading too.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import docx
from docx.opc.exceptions import OpcError

from studytool.broken import BROKEN_PACKAGE
from studytool.errors import UnreadableSource
from studytool.limits import MEGABYTE
from studytool.model import BlockKind
from studytool.sources import headings
from studytool.sources.assembly import Extract, Part, assembled, row
from studytool.sources.content import MOST_MEMBERS, MOST_RATIO
from studytool.sources.formats import Content
from studytool.sources.numbering import Numbering
from studytool.sources.word_pictures import FORMULA, PICTURE, shows_picture
from studytool.sources.word_styles import (
    OFF,
    Look,
    Style,
    W,
    character_looks,
    looked,
    numbering_of,
    overlaid,
    styles_of,
)

DAMAGED = "Word 文件已损坏，打不开；请用 Word 打开修复，另存为 .docx 再试"
EMBEDDED = "正文里嵌着另一份文件；请用 Word 打开，另存为 .docx 再试"
TOO_DEEP = "Word 文件嵌套太深；请用 Word 打开，另存为 .docx 再试"
LARGEST_PART = (
    32 * MEGABYTE
)  # of XML, whose tree takes up to twenty times as much memory; and any part may be
LARGEST_WHOLE = 256 * MEGABYTE  # with its pictures, which python-docx reads too
HARMLESS = 8 * MEGABYTE  # what may pack better than MOST_RATIO

BROKEN = (*BROKEN_PACKAGE, OpcError)

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# Elements whose content is not part of the text as it is printed.
_UNSEEN = frozenset(
    (
        *(W + name for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sdtPr", "sectPr")),
        *(W + name for name in ("txbxContent", "rt", "commentReference", "footnoteReference")),
        MC + "Fallback",
    )
)
_SPACES = {W + "br": "\n", W + "cr": "\n", W + "tab": " ", W + "noBreakHyphen": "-"}
_NOTE_MARK = re.compile(r"[\[［〔]\d{1,3}[\]］〕]|[①-⑳]")
_CLOSED_LABEL = re.compile(r"[、．.）)〕\]：:]$")


class _Run(NamedTuple):
    text: str
    look: Look


class _Paragraph(NamedTuple):
    """A paragraph with its number; `label` is None outside lists."""

    runs: tuple[_Run, ...]
    style: Style
    label: str | None

    @property
    def lines(self) -> str:
        """Its text with the line breaks (Shift+Enter) of who wrote it."""
        return "".join(run.text for run in self.runs).strip()

    @property
    def text(self) -> str:
        return self.lines.replace("\n", " ")


def read(content: Content) -> Extract:
    """The text of a .docx."""
    return _read(content, marked=False)


def read_marked(content: Content) -> Extract:
    """The text of a .docx, with PICTURE for every picture and formula: a question that shows one is not
    whole without it."""
    return _read(content, marked=True)


def _read(content: Content, *, marked: bool) -> Extract:
    try:
        _refuse_bombs(content.data)
        document = docx.Document(io.BytesIO(content.data))
        body = document.element.body
        if next(body.iter(W + "altChunk"), None) is not None:
            raise UnreadableSource(EMBEDDED)
        walker = _Walker(styles_of(document), character_looks(document), numbering_of(document), marked)
        found = tuple(walker.found(body))
    except RecursionError:
        raise UnreadableSource(TOO_DEEP) from None
    except BROKEN:
        raise UnreadableSource(DAMAGED) from None
    return assembled(_parts(found))


def _refuse_bombs(data: bytes) -> None:
    """Every part counts, whatever its name: which ones are XML, the package says itself."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sizes = [info.file_size for info in archive.infolist()]
    whole = sum(sizes)
    packed_too_well = whole > max(HARMLESS, MOST_RATIO * len(data))
    if len(sizes) > MOST_MEMBERS or packed_too_well or max(sizes) > LARGEST_PART or whole > LARGEST_WHOLE:
        raise UnreadableSource("Word 文件解开后太大；请拆成几个文件、去掉特大的图片再试")


# ---- from the XML to paragraphs -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Walker:
    styles: Mapping[str, Style]
    characters: Mapping[str, Any]
    numbering: Numbering
    marked: bool  # PICTURE is to stand for what is no text

    def found(self, container: Any) -> Iterator[_Paragraph | Part]:
        """The paragraphs and table rows of a body, a cell or a text box, in order."""
        for element in container:
            if element.tag == W + "p":
                yield from self._paragraph(element)
            elif element.tag == W + "tbl":
                yield from self._rows(element)
            elif isinstance(element.tag, str) and element.tag not in _UNSEEN:
                yield from self.found(element)  # content controls, insertions, custom XML

    def _paragraph(self, element: Any) -> Iterator[_Paragraph | Part]:
        style = self._style(element)
        runs = tuple(self._runs(element, style.look))
        if any(run.text.strip() for run in runs):
            in_list = style.list_id not in {None, "0"}
            label = self.numbering.label(str(style.list_id), style.depth) if in_list else None
            yield _Paragraph(runs, style, label)
        for box in element.iter(W + "txbxContent"):
            if next(box.iterancestors(MC + "Fallback"), None) is None:
                yield from self.found(box)

    def _style(self, element: Any) -> Style:
        """The style of a paragraph with what it says itself laid over it."""
        properties = element.find(W + "pPr")
        if properties is None:
            return self.styles[""]
        named = properties.find(W + "pStyle")
        style = self.styles.get("" if named is None else named.get(W + "val"), self.styles[""])
        return overlaid(style, properties)

    def _runs(self, element: Any, look: Look) -> Iterator[_Run]:
        """The printed characters of a paragraph: runs, links, fields, insertions, but no deletions."""
        for child in element:
            if child.tag == W + "r":
                properties = child.find(W + "rPr")
                if not _is_unseen(child, properties):
                    picture = PICTURE if self.marked and shows_picture(child) else ""
                    yield _Run("".join(_characters(child)) + picture, self._look(look, properties))
            elif child.tag == FORMULA and self.marked:
                yield _Run(PICTURE, look)
            elif isinstance(child.tag, str) and child.tag not in _UNSEEN:
                yield from self._runs(child, look)

    def _look(self, look: Look, properties: Any) -> Look:
        if properties is None:
            return look
        named = properties.find(W + "rStyle")
        styled = look if named is None else looked(look, self.characters.get(named.get(W + "val")))
        return looked(styled, properties)

    def _rows(self, table: Any) -> Iterator[_Paragraph | Part]:
        rows = list(_own(table, W + "tr"))
        for line in rows:
            cells = list(_own(line, W + "tc"))
            if len(rows) == len(cells) == 1:
                yield from self.found(cells[0])  # a frame drawn around text
            else:
                yield row(self._cell(cell) for cell in cells)

    def _cell(self, cell: Any) -> str:
        return " ".join(
            _labelled(one, one.text) if isinstance(one, _Paragraph) else one.text for one in self.found(cell)
        )


def _own(element: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those inside content controls."""
    for child in element:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _UNSEEN:
            yield from _own(child, tag)


def _characters(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == W + "t":
            yield (child.text or "").replace("\n", " ")
        elif child.tag in _SPACES:
            yield _SPACES[child.tag]
        elif child.tag in {W + "ruby", W + "rubyBase", W + "r"}:
            yield from _characters(child)


def _is_unseen(run: Any, properties: Any) -> bool:
    """Is a run hidden, or a raised footnote mark typed by hand?"""
    if properties is None:
        return False
    hidden, raised = properties.find(W + "vanish"), properties.find(W + "vertAlign")
    if hidden is not None and hidden.get(W + "val") not in OFF:
        return True
    if raised is None or raised.get(W + "val") != "superscript":
        return False
    return bool(_NOTE_MARK.fullmatch("".join(_characters(run)).strip()))


# ---- from paragraphs to parts ---------------------------------------------------------------------


def _parts(found: tuple[_Paragraph | Part, ...]) -> Iterator[Part]:
    paragraphs = [one for one in found if isinstance(one, _Paragraph)]
    body = _body_look(paragraphs)
    sizes = sorted({_size(one) for one in paragraphs if _size(one) > body.size}, reverse=True)
    for one in found:
        if isinstance(one, Part):
            yield one
            continue
        level = _level(one, body, sizes)
        kind = BlockKind.PARAGRAPH if one.label is None else BlockKind.LIST_ITEM
        if level:
            yield Part(BlockKind.HEADING, _labelled(one, one.text), level)
        else:
            yield Part(kind, _labelled(one, one.lines), broken=True)


def _labelled(paragraph: _Paragraph, text: str) -> str:
    label = paragraph.label
    if not label or not text:
        return text
    if not _CLOSED_LABEL.search(label):
        return f"{label}\u3000{text}"  # 第一条　…
    return f"{label} {text}" if label.isascii() and text[0].isascii() else label + text


def _level(paragraph: _Paragraph, body: Look, sizes: list[int]) -> int:
    """The level of a heading, by style or by look; 0 for a paragraph."""
    text = _labelled(paragraph, paragraph.text)
    if paragraph.style.level:
        return min(paragraph.style.level, headings.DEEPEST) if len(text) <= headings.LONGEST_HEADING else 0
    size = _size(paragraph)
    dark = not body.is_dark and all(run.look.is_dark for run in paragraph.runs if run.text.strip())
    if (dark or size > 1.1 * body.size) and headings.is_heading(text):
        return headings.level(text, sum(larger > size for larger in sizes))
    return 0


def _size(paragraph: _Paragraph) -> int:
    return max(paragraph.runs, key=lambda run: len(run.text)).look.size


def _body_look(paragraphs: list[_Paragraph]) -> Look:
    """The look of most of the text."""
    weights: Counter[Look] = Counter()
    for paragraph in paragraphs:
        for run in paragraph.runs:
            weights[run.look] += len(run.text)
    return weights.most_common(1)[0][0] if weights else Look()

"""Word files -> Extract: paragraphs, headings, list items with their printed numbers, table rows, in order.

The XML is walked here and not through python-docx's paragraphs: those leave out accepted insertions,
content controls, text boxes and list numbers. python-docx opens the package and knows its parts.
Offices seldom use heading styles, so a short paragraph in bold or larger type is a heading too.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import docx
from docx.opc.exceptions import OpcError

from studytool.broken import BROKEN_PACKAGE
from studytool.errors import UnreadableSource
from studytool.limits import MEGABYTE
from studytool.model import BLANK, BlockKind
from studytool.sources import headings
from studytool.sources.assembly import Extract, Part, assembled, row
from studytool.sources.content import MOST_MEMBERS, MOST_RATIO
from studytool.sources.formats import Content
from studytool.sources.numbering import Numbering
from studytool.sources.word_contents import Fields, is_contents, listed
from studytool.sources.word_math import M, written
from studytool.sources.word_paragraphs import Found, Paragraph, labelled, without_notes
from studytool.sources.word_pictures import PICTURE, shows_picture
from studytool.sources.word_runs import Run, is_blank, is_hidden, joined, place_of, printed
from studytool.sources.word_styles import (
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
        *(W + name for name in ("txbxContent", "rt", "commentReference")),
        MC + "Fallback",
    )
)


CONTENTS = Part(BlockKind.PARAGRAPH, "")  # stands for lines of a table of contents


def read(content: Content) -> Extract:
    """The text of a .docx."""
    return _read(content, marked=False)


def read_marked(content: Content) -> Extract:
    """The text of a .docx, with PICTURE for every picture and formula, for a question that shows one is not
    whole without it, and BLANK for underlined space."""
    return _read(content, marked=True)


def _read(content: Content, *, marked: bool) -> Extract:
    try:
        _refuse_bombs(content.data)
        document = docx.Document(io.BytesIO(content.data))
        body = document.element.body
        if next(body.iter(W + "altChunk"), None) is not None:
            raise UnreadableSource(EMBEDDED)
        styles, looks = styles_of(document), character_looks(document)
        walker = _Walker(styles, looks, numbering_of(document), Fields(body), marked)
        found = tuple(walker.found(body))
    except RecursionError:
        raise UnreadableSource(TOO_DEEP) from None
    except BROKEN:
        raise UnreadableSource(DAMAGED) from None
    return assembled(_parts(without_notes(_without_contents(found))))


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
    fields: Fields
    marked: bool  # PICTURE is to stand for what is no text

    def found(self, container: Any) -> Iterator[Paragraph | Part]:
        """The paragraphs and table rows of a body, a cell or a text box, in order."""
        for element in container:
            if element.tag == W + "p":
                yield from self._paragraph(element)
            elif element.tag == W + "tbl":
                yield from self._rows(element)
            elif is_contents(element):
                yield CONTENTS
            elif isinstance(element.tag, str) and element.tag not in _UNSEEN:
                yield from self.found(element)  # content controls, insertions, custom XML

    def _paragraph(self, element: Any) -> Iterator[Paragraph | Part]:
        style = self._style(element)
        within = self.fields.in_contents
        runs = joined(self._runs(element, style.look))
        if style.is_contents or ((within or self.fields.in_contents) and not runs):
            yield CONTENTS
        elif any(run.text.strip() for run in runs):
            in_list = style.list_id not in {None, "0"}
            label = self.numbering.label(str(style.list_id), style.depth) if in_list else None
            yield Paragraph(runs, style, label)
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

    def _runs(self, element: Any, look: Look) -> Iterator[Run]:
        """The printed characters of a paragraph: runs, links, fields, insertions, but no deletions."""
        for child in element:
            if child.tag == W + "r":
                self.fields.meet(child)
                properties = child.find(W + "rPr")
                if not is_hidden(properties) and not self.fields.in_contents:
                    place = place_of(properties, self.characters)
                    style = self._look(look, properties)
                    picture = PICTURE if self.marked and shows_picture(child) else ""
                    text = BLANK if self.marked and is_blank(child) else printed(child)
                    yield Run(text + picture, style, place == "superscript", place == "subscript")
            elif child.tag == M + "oMath":
                yield Run(PICTURE if self.marked else written(child), look)
            elif isinstance(child.tag, str) and child.tag not in _UNSEEN and not is_contents(child):
                yield from self._runs(child, look)

    def _look(self, look: Look, properties: Any) -> Look:
        if properties is None:
            return look
        named = properties.find(W + "rStyle")
        styled = look if named is None else looked(look, self.characters.get(named.get(W + "val")))
        return looked(styled, properties)

    def _rows(self, table: Any) -> Iterator[Paragraph | Part]:
        rows = list(_own(table, W + "tr"))
        for line in rows:
            cells = list(_own(line, W + "tc"))
            if len(rows) == len(cells) == 1:
                yield from self.found(cells[0])  # a frame drawn around text
            else:
                yield row(self._cell(cell) for cell in cells)

    def _cell(self, cell: Any) -> str:
        return " ".join(
            labelled(one, one.text) if isinstance(one, Paragraph) else one.text for one in self.found(cell)
        )


def _own(element: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those inside content controls."""
    for child in element:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _UNSEEN:
            yield from _own(child, tag)


# ---- what is no part of the text ------------------------------------------------------------------


def _without_contents(found: Found) -> Found:
    """Without the table of contents, whether Word or a person made it."""
    texts = [
        "".join(run.text for run in one.runs)
        if isinstance(one, Paragraph)
        else None
        if one is CONTENTS
        else ""
        for one in found
    ]
    contents = listed(texts)
    return tuple(one for at, one in enumerate(found) if at not in contents)


# ---- from paragraphs to parts ---------------------------------------------------------------------


def _parts(found: Found) -> Iterator[Part]:
    paragraphs = [one for one in found if isinstance(one, Paragraph)]
    body = _body_look(paragraphs)
    sizes = sorted({_size(one) for one in paragraphs if _size(one) > body.size}, reverse=True)
    for one in found:
        if isinstance(one, Part):
            yield one
            continue
        level = _level(one, body, sizes)
        kind = BlockKind.PARAGRAPH if one.label is None else BlockKind.LIST_ITEM
        if level:
            yield Part(BlockKind.HEADING, labelled(one, one.text), level)
        else:
            yield Part(kind, labelled(one, one.lines), broken=True)


def _level(paragraph: Paragraph, body: Look, sizes: list[int]) -> int:
    """The level of a heading, by style or by look; 0 for a paragraph."""
    text = labelled(paragraph, paragraph.text)
    if paragraph.style.level:
        return min(paragraph.style.level, headings.DEEPEST) if len(text) <= headings.LONGEST_HEADING else 0
    size = _size(paragraph)
    dark = not body.is_dark and all(run.look.is_dark for run in paragraph.runs if run.text.strip())
    if (dark or size > 1.1 * body.size) and headings.is_heading(text):
        return headings.level(text, sum(larger > size for larger in sizes))
    return 0


def _size(paragraph: Paragraph) -> int:
    return max(paragraph.runs, key=lambda run: len(run.text)).look.size


def _body_look(paragraphs: list[Paragraph]) -> Look:
    """The look of most of the text."""
    weights: Counter[Look] = Counter()
    for paragraph in paragraphs:
        for run in paragraph.runs:
            weights[run.look] += len(run.text)
    return weights.most_common(1)[0][0] if weights else Look()

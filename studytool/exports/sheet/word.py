"""Papers and key -> the bytes of a Word file that a teacher can go on editing.

Questions and sections are numbered by Word itself; a question keeps together on its page; pages are
counted by fields. The surprising decision: the letters of options are text, because Word cannot
number several options in one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.packuri import PackURI
from docx.opc.pkgwriter import PackageWriter
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from studytool.exports.archive import Gathered, packed
from studytool.exports.sheet import word_forms as forms
from studytool.exports.sheet.key import PROOFS, Entry, Grid, KeyPages, KeyPart
from studytool.exports.sheet.pages import Ask, Bubbles, Paper, Part

_WIDTH = 166  # mm of a line: A4 less its margins
_ALONE = 16  # em of an answer sheet that one blank takes, however short its answer
_LONG_AGO = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed date: the same seed gives the same bytes


def render(papers: Sequence[Paper], key: KeyPages | None, title: str) -> bytes:
    """Set the papers and behind them the key, each on pages of its own."""
    document = docx.Document()
    large = any(paper.large for paper in papers)
    forms.prepare(document, 18 if large else 10.5)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "studytool", ""
    properties.created = properties.modified = _LONG_AGO
    for index, paper in enumerate(papers):
        _new_pages(document, paper.footer, first=index == 0)
        _paper(document, paper)
    if key:
        _new_pages(document, key.footer, first=not papers)
        _key(document, key, alone=not papers)
    forms.mark_end(document, _end(len(document.sections)))
    return _same_bytes(document)


class _Package:
    """Where python-docx writes its parts: its own package would hold the time of day."""

    def __init__(self) -> None:
        self.archive = Gathered()

    def write(self, uri: PackURI, blob: bytes) -> None:
        self.archive.writestr(uri.membername, blob)


def _same_bytes(document: Document) -> bytes:
    """What `Document.save` writes, without the time of day."""
    writer: Any = PackageWriter  # half of it has no types
    package, made = document.part.package, _Package()
    for part in package.parts:
        part.before_marshal()
    writer._write_content_types_stream(made, package.parts)
    writer._write_pkg_rels(made, package.rels)
    writer._write_parts(made, package.parts)
    return packed(made.archive.members)


def _new_pages(document: Document, footer: str, *, first: bool) -> None:
    """Begin on a fresh sheet of paper, with a footer and a count of pages of its own."""
    if not first:
        forms.mark_end(document, _end(len(document.sections)))
    section = document.sections[0] if first else document.add_section(WD_SECTION.ODD_PAGE)
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(20), Mm(22)
    forms.count_pages_anew(section)
    section.footer.is_linked_to_previous = False
    line = section.footer.paragraphs[0]
    line.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(footer + "\t第")
    forms.page(line)
    line.add_run("页　共")
    forms.pages_of_section(line, _end(len(document.sections)))
    line.add_run("页")


def _end(section: int) -> str:
    """The mark at the end of a section."""
    return f"end{section}"


def _paper(document: Document, paper: Paper) -> None:
    document.add_paragraph(paper.title, style="Title")
    _centred(document, paper.subtitle)
    _name_line(document, paper)
    _score_table(document, paper.score)
    numbers = forms.Numbering(document)
    for part in paper.parts:
        _part(document, part, numbers)
    if paper.answer_sheet:
        _new_pages(document, paper.footer, first=False)
        document.add_paragraph(f"{paper.title}　答题纸", style="Title")
        _name_line(document, paper)
        for bubbles in paper.answer_sheet:
            _bubbles(document, bubbles)


def _centred(document: Document, text: str) -> Paragraph:
    paragraph = document.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _name_line(document: Document, paper: Paper) -> None:
    line = document.add_paragraph()
    for index, (label, value) in enumerate(paper.fields):
        line.add_run(("　" if index else "") + label + "：")
        if value:
            line.add_run(f"　{value}　").underline = True
        else:
            line.add_run(forms.RULE * 8)


def _score_table(document: Document, parts: Sequence[str]) -> None:
    table = document.add_table(rows=2, cols=len(parts) + 2, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("题号", *parts, "总分"), strict=True):
        forms.fill(cell, text)
    forms.fill(table.rows[1].cells[0], "得分")
    for row in table.rows:
        row.height = Mm(8)


def _part(document: Document, part: Part, numbers: forms.Numbering) -> None:
    numbers.apply(document.add_paragraph(part.heading.partition("、")[2], style="Heading 1"), forms.SECTION)
    note = document.add_paragraph(style=forms.NOTE)
    note.add_run(part.note)
    note.paragraph_format.keep_with_next = True
    for ask in part.asks:
        _ask(document, ask, numbers)


def _ask(document: Document, ask: Ask, numbers: forms.Numbering) -> None:
    """A question: its paragraphs keep together, unless it is too tall for that."""
    stem = document.add_paragraph(style=forms.QUESTION)
    numbers.apply(stem, forms.NUMBER)
    for piece in ask.pieces:
        if piece.kind == "text":
            stem.add_run(piece.text)
        elif piece.kind == "blank":
            stem.add_run(forms.RULE * piece.width)
        else:
            forms.slot(stem)
    lines = [stem, *_lefts(document, ask), *_options(document, ask), *_ruled(document, ask.lines)]
    for line in lines:
        line.paragraph_format.keep_together = ask.whole
    for line in lines[:-1]:
        line.paragraph_format.keep_with_next = ask.whole


def _lefts(document: Document, ask: Ask) -> list[Paragraph]:
    lines = [
        document.add_paragraph(f"({place}) {left}", style=forms.OPTION)
        for place, left in enumerate(ask.lefts, 1)
    ]
    for line in lines:
        forms.slot(line)
    return lines


def _options(document: Document, ask: Ask) -> list[Paragraph]:
    """Options in lines of one, two or four, at tab stops."""
    lines: list[Paragraph] = []
    for at in range(0, len(ask.options), ask.columns):
        row = ask.options[at : at + ask.columns]
        line = document.add_paragraph(
            "\t".join(f"{letter}. {text}" for letter, text in row), style=forms.OPTION
        )
        for column in range(1, ask.columns):
            line.paragraph_format.tab_stops.add_tab_stop(Mm(8 + (_WIDTH - 8) * column / ask.columns))
        lines.append(line)
    return lines


def _ruled(document: Document, count: int) -> list[Paragraph]:
    """Room to write: empty paragraphs with a line under each."""
    lines = [document.add_paragraph(style=forms.OPTION) for _ in range(count)]
    for line in lines:
        forms.rule_under(line)
        line.paragraph_format.space_before = Pt(10)
    return lines


def _bubbles(document: Document, part: Bubbles) -> None:
    document.add_paragraph(part.heading, style="Heading 1")
    for row in part.rows:
        line = document.add_paragraph(
            f"{row.number}.　" + "　".join(f"[ {mark} ]" for mark in row.marks), style=forms.OPTION
        )
        least = _ALONE if len(row.blanks) == 1 else 0
        for place, (name, width) in enumerate(row.blanks):
            line.add_run(("　" if place else "") + name + forms.RULE * max(width, least))
            line.paragraph_format.space_before = Pt(8)  # room for handwriting
        room = _ruled(document, part.lines)
        for each in (line, *room)[:-1]:
            each.paragraph_format.keep_with_next = True


def _key(document: Document, key: KeyPages, *, alone: bool) -> None:
    """The key; behind its paper it needs no name of the paper."""
    document.add_paragraph(key.title, style="Title")
    if alone:
        _centred(document, key.subtitle)
    for part in key.parts:
        _glance(document, part)
    document.add_paragraph(PROOFS, style="Title")
    for part in key.parts:
        document.add_paragraph(part.heading, style="Heading 1")
        for entry in part.entries:
            _entry(document, entry)


def _glance(document: Document, part: KeyPart) -> None:
    if part.grids or part.listings:
        document.add_paragraph(part.heading, style="Heading 1")
    for grid in part.grids:
        _grid(document, grid)
        document.add_paragraph().paragraph_format.space_after = Pt(0)
    for listing in part.listings:
        if listing.label:
            document.add_paragraph(listing.label).paragraph_format.keep_with_next = True
        for number, answer in listing.answers:
            line = document.add_paragraph(f"{number}. {answer}")
            line.paragraph_format.space_after = Pt(0)


def _grid(document: Document, grid: Grid) -> None:
    table = document.add_table(rows=0, cols=grid.columns + 1, style="Table Grid")
    rows = (("题号", tuple(map(str, grid.numbers))), *grid.rows)
    for label, texts in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, (label, *texts), strict=False):
            forms.fill(cell, text)


def _entry(document: Document, entry: Entry) -> None:
    head = document.add_paragraph(f"{entry.place}　{entry.answer}")
    lines = [head]
    if entry.note:
        lines.append(document.add_paragraph(f"说明：{entry.note}"))
    if entry.evidence:
        lines.append(document.add_paragraph(f"依据：{entry.evidence}", style=forms.NOTE))
    source = f"出处：{entry.source}　" if entry.source else ""
    lines.append(document.add_paragraph(f"{source}试题编号 {entry.id}"))
    for line in lines:
        line.paragraph_format.space_after = Pt(0)
    for line in lines[:-1]:
        line.paragraph_format.keep_with_next = entry.whole
    lines[-1].paragraph_format.space_after = Pt(6)

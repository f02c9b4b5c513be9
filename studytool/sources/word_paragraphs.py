"""A paragraph of Word: its runs, its style, its number; paragraphs without the marks of notes."""

from __future__ import annotations

import re
from typing import NamedTuple

from studytool.model import BlockKind
from studytool.sources.assembly import Part
from studytool.sources.note_marks import PlainMarks
from studytool.sources.raised import Notes
from studytool.sources.word_runs import Run, without
from studytool.sources.word_styles import Style

_CLOSED_LABEL = re.compile(r"[、．.）)〕\]：:]$")


class Paragraph(NamedTuple):
    """A paragraph with its number; `label` is None outside lists."""

    runs: tuple[Run, ...]
    style: Style
    label: str | None

    @property
    def lines(self) -> str:
        """Its text with the line breaks (Shift+Enter) of who wrote it."""
        return "".join(run.marked for run in self.runs).replace("\t", " ").strip()

    @property
    def text(self) -> str:
        return self.lines.replace("\n", " ")


Found = tuple[Paragraph | Part, ...]


def labelled(paragraph: Paragraph, text: str) -> str:
    label = paragraph.label
    if not label or not text:
        return text
    if not _CLOSED_LABEL.search(label):
        return f"{label}\u3000{text}"  # 第一条　…
    return f"{label} {text}" if label.isascii() and text[0].isascii() else label + text


def without_notes(found: Found) -> Found:
    """Without the marks of notes; what else is raised stays so."""
    notes = Notes()
    settled = tuple(_settled(one, notes) for one in found)
    marks = PlainMarks(one.text for one in settled)
    return tuple(_unmarked(one, marks) for one in settled) if marks.are_notes else settled


def _settled(one: Paragraph | Part, notes: Notes) -> Paragraph | Part:
    if isinstance(one, Part):
        return one._replace(text=notes.settled(one.text))
    if not any(run.is_raised for run in one.runs):
        return one
    readings = notes.readings("".join(run.marked for run in one.runs))
    return one._replace(
        runs=tuple(Run(next(readings), run.look) if run.is_raised else run for run in one.runs)
    )


def _unmarked(one: Paragraph | Part, marks: PlainMarks) -> Paragraph | Part:
    if isinstance(one, Part):
        return one if one.kind is BlockKind.TABLE_ROW else one._replace(text=marks.without(one.text))
    return one._replace(runs=without(one.runs, marks.spans("".join(run.text for run in one.runs))))

"""Lines in reading order -> the text, and the notes at the foot of its pages or behind its end.

Footnotes stand between a sentence and its continuation on the next page. A note begins with a mark, and
is told by what the page shows besides: smaller type, the space above it; surely, by the raised
mark in the text.
The surprising decision: what is surely a note is no part of the text; what may be one is put behind it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from studytool.sources.glyphs import closed_up
from studytool.sources.layout import Line
from studytool.sources.raised import OPENS, Notes, parts, replaced
from studytool.sources.segments import Segment

SMALL = 0.88  # of the body's: smaller type at the foot of a page is a footnote
FAR_APART = 1.5  # times the distance of lines: the space above notes in type of the body

_MARK = re.compile(r"(?:[\[［〔(（]\s*\d{1,3}\s*[\]］〕)）]|[①-⑳]|\d{1,3}[\s、.．]|[*＊※]|注[释：:])")
_LABEL = re.compile(r"[\[［〔(（]?\s*(\d{1,3}|[ivx]{1,5}|[①-⑳])(?![\d、.．年月日%％])")
_NO_COUNT = re.compile(
    r"[\[［〔]\s*\d{1,3}\s*[\]］〕]|[①-⑳]|[ivx]{1,5}(?![a-z])"
)  # “5年来” begins a paragraph too
_NUMBER = re.compile(r"\d+|[ivx]+|[①-⑳]")


class Apart(NamedTuple):
    """The lines of the text, those that may be notes, and those that are."""

    text: list[Line]
    unsure: list[Line]
    notes: list[Line]


def settled(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with what is raised in them read in their order, and the marks among it."""
    notes, last = Notes(), ""
    for line in lines:
        befores = (last, *("" for _ in line.cells[1:]))
        cells = tuple(_settled(cell, notes, before) for cell, before in zip(line.cells, befores, strict=True))
        last = cells[-1].text[-1:]
        yield line._replace(cells=cells)


def _settled(cell: Segment, notes: Notes, before: str) -> Segment:
    if OPENS not in cell.text:
        return cell
    readings = tuple(notes.readings(before + cell.text))
    marks = [words for words, reading in zip(parts(cell.text), readings, strict=True) if not reading.strip()]
    numbers = (number for words in marks for number in _NUMBER.findall(words))
    return cell._replace(text=closed_up(replaced(cell.text, readings)), marks=tuple(numbers))


def apart(lines: Sequence[Line], size: float, leading: float) -> Apart:
    """The lines with the notes put apart; the body is in type of this size and leading."""
    found = Apart([], [], [])
    marks: dict[int, set[str]] = defaultdict(set)
    for line in lines:
        marks[line.page].update(mark for cell in line.cells for mark in cell.marks)
    for (page, _), group in groupby(lines, key=lambda line: (line.page, line.frame)):
        column = list(group)
        start, sure = _start(column, size, leading, marks[page])
        found.text.extend(column[:start])
        (found.notes if sure else found.unsure).extend(column[start:])
    found.notes.extend(_endnotes(found.text, set().union(*marks.values())))
    return found


def _start(column: list[Line], size: float, leading: float, marks: set[str]) -> tuple[int, bool]:
    """The index of the first line of the notes at the foot of a column, and whether that is sure; the
    `marks` are those that are raised on its page."""
    start = len(column)
    while start and column[start - 1].size < SMALL * size and len(column[start - 1].cells) == 1:
        start -= 1
    while start < len(column) and not _MARK.match(column[start].main.text):
        start += 1
    if start == len(column):
        start = _in_type_of_the_body(column, leading, marks)
        return start, True
    if not start:
        return len(column), True  # a page of small type only is no footnote
    return start, _label(column[start]) in marks


def _in_type_of_the_body(column: list[Line], leading: float, marks: set[str]) -> int:
    """Where notes as large as the text begin: far below it, with a mark that is raised in the text."""
    for start in range(len(column) - 1, 0, -1):
        if _space(column, start) > FAR_APART * leading:
            return start if _label(column[start]) in marks else len(column)
    return len(column)


def _space(column: list[Line], at: int) -> float:
    return column[at].top - column[at - 1].top


def _label(line: Line) -> str | None:
    found = _LABEL.match(line.main.text) if len(line.cells) == 1 else None
    return found[1] if found else None


def _endnotes(text: list[Line], marks: set[str]) -> list[Line]:
    """The notes at the end of the whole text, taken out of it: those whose marks cannot be counts."""
    start = len(text)
    while start > 1 and _label(text[start - 1]) in marks and _NO_COUNT.match(text[start - 1].main.text):
        start -= 1
    found = text[start:]
    del text[start:]
    return found

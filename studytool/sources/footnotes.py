"""Lines in reading order -> the text, and the notes at the foot of its pages or behind its end.

Footnotes stand between a sentence and its continuation on the next page. A note begins with a mark, and
is told by what the page shows besides: smaller type, the space above it, the raised mark in the text.
The surprising decision: what is surely a note is no part of the text; what may be one is put behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from studytool.sources.layout import Line

SMALL = 0.88  # of the body's: smaller type at the foot of a page is a footnote
APART = 1.25  # times the distance of lines: the space above notes …
FAR_APART = 1.5  # … and above those in type of the body

_MARK = re.compile(r"(?:[\[［〔(（]\s*\d{1,3}\s*[\]］〕)）]|[①-⑳]|\d{1,3}[\s、.．]|[*＊※]|注[释：:])")
_LABEL = re.compile(r"[\[［〔(（]?\s*(\d{1,3}|[ivx]{1,5}|[①-⑳])(?![\d、.．年月日%％])")
_NO_COUNT = re.compile(
    r"[\[［〔]\s*\d{1,3}\s*[\]］〕]|[①-⑳]|[ivx]{1,5}(?![a-z])"
)  # “5年来” begins a paragraph too


class Apart(NamedTuple):
    """The lines of the text, those that may be notes, and those that are."""

    text: list[Line]
    unsure: list[Line]
    notes: list[Line]


def apart(lines: Sequence[Line], size: float, leading: float) -> Apart:
    """The lines with the notes put apart; the body is in type of this size and leading."""
    found = Apart([], [], [])
    marks: set[str] = set()
    for _, group in groupby(lines, key=lambda line: (line.page, line.frame)):
        column = list(group)
        marks.update(mark for line in column for cell in line.cells for mark in cell.marks)
        start, sure = _start(column, size, leading, marks)
        found.text.extend(column[:start])
        (found.notes if sure else found.unsure).extend(column[start:])
    found.notes.extend(_endnotes(found.text, marks))
    return found


def _start(column: list[Line], size: float, leading: float, marks: set[str]) -> tuple[int, bool]:
    """The index of the first line of the notes at the foot of a column, and whether that is sure."""
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
    label = _label(column[start])  # none in “注释：”, which heads a section of the text
    return start, label is not None and (label in marks or _space(column, start) > APART * leading)


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

"""The text of a table of comma-separated values -> its rows, as they were meant to be divided.

The surprising decision: quotation marks must pair. One that is never closed would take all rows behind it for
a part of its cell, and an answer with them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import NamedTuple

from studytool.errors import StudyError
from studytool.imports.answers import GAP
from studytool.imports.decoding import decoded
from studytool.limits import LARGEST

SEPARATORS = ",\t;"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_MARKUP = ("<html", "<!doctype", "<table", "<?xml", "<meta")
_FIRST = 10  # lines among which a table shows how it is separated


class Record(NamedTuple):
    """A row: its number among the rows, the line of the file it begins in, and its cells."""

    number: int
    line: int
    cells: list[str]


def text_of(data: bytes, name: str) -> str:
    """The text of a table that is no workbook. Raises StudyError for what only Excel can open."""
    if data.startswith(_OLD_EXCEL):
        raise StudyError(f"“{name}”是旧版 Excel（.xls）：请用 Excel 打开，另存为 .xlsx 再试")
    text = decoded(data, name)
    if text.lstrip("\ufeff \t\r\n")[:9].lower().startswith(_MARKUP):
        raise StudyError(f"“{name}”是网页或 XML 格式的表格：请用 Excel 打开，另存为 .xlsx 再试")
    return text


def first_lines(text: str) -> list[str]:
    """The lines of a table that can hold its headings."""
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n", _FIRST)[:_FIRST]


def separator_of(headings: str) -> str:
    """The sign of SEPARATORS that divides the line of the headings into most cells."""
    return max(SEPARATORS, key=headings.count)


def records(text: str, separator: str, name: str) -> Iterator[Record]:
    """The rows of a table. Raises StudyError where the quotation marks of one do not pair."""
    csv.field_size_limit(LARGEST)  # a cell is as long as it is; the file has its limit
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for number, cells in enumerate(reader, 1):
            yield Record(number, line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        if "field larger" in str(error):
            raise StudyError(f"“{name}”第 {line} 行有一格太长：请改短后再试") from None
        raise StudyError(unpaired(name, line)) from None


def unpaired(name: str, line: int) -> str:
    return f"“{name}”第 {line} 行的引号没有配对，后面的行会被并进这一格：请补上引号，或用 Excel 另存后再试"


def refuse_swallowed(rows: Sequence[Record], separator: str, name: str) -> None:
    """Raises StudyError where a row of several lines would be as many rows, had it no quotation marks.

    Only if each of its lines is as wide as another row: a cell may hold line breaks and separators, and of
    two columns any text with one comma would be a row, so there each line must have a gap too."""
    written = [(row, _lines(separator.join(row.cells))) for row in rows]
    widths = {lines[0].count(separator) for _, lines in written if len(lines) == 1} - {0}
    for row, lines in written:
        counts = {line.count(separator) for line in lines}
        if len(lines) > 1 and counts <= widths and (min(counts) > 1 or all(map(GAP.search, lines))):
            raise StudyError(unpaired(name, row.line))


def _lines(text: str) -> list[str]:
    """The lines of a row that hold anything."""
    if "\n" not in text and "\r" not in text:
        return [text]
    return [line for line in text.replace("\r", "\n").split("\n") if line.strip()] or [""]

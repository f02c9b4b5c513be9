"""A table of answers, one row a person (CSV or Excel) -> its rows by heading, with their numbers.

The surprising decision: a table that could be read in two ways (two columns of one name, a cell beyond the
headings) is refused with its row: a column shifted by one would mark everybody wrong.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from io import StringIO
from typing import NamedTuple

from studytool.errors import StudyError
from studytool.imports.decoding import decoded
from studytool.imports.workbooks import Cell, first_filled, shown
from studytool.limits import LARGEST

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class AnswerRow(NamedTuple):
    """A row of the table: its number in the file, and its cells by heading."""

    number: int
    cells: Mapping[str, str]


def read(data: bytes, name: str) -> tuple[AnswerRow, ...]:
    """The rows below the headings; `name` is for messages."""
    if data.startswith(_OLD_EXCEL):
        raise StudyError(f"“{name}”是旧版 Excel（.xls）：请另存为 .xlsx 或 CSV")
    lines = _workbook_lines(data, name) if data.startswith(b"PK") else _csv_lines(data, name)
    filled = [(number, line) for number, line in lines if any(line)]
    if len(filled) < 2:
        raise StudyError(f"“{name}”里没有作答：第一行应是表头（姓名、卷别、1、2……），以下每人一行")
    (place, headings), *rows = filled
    _check_headings(headings, f"“{name}”第 {place} 行")
    return tuple(
        AnswerRow(number, _by_heading(headings, row, f"“{name}”第 {number} 行")) for number, row in rows
    )


def _check_headings(headings: Sequence[str], where: str) -> None:
    twice = [heading for heading, count in Counter(filter(None, headings)).items() if count > 1]
    if twice:
        raise StudyError(f"{where}有两列都叫“{twice[0]}”：请改正表头")


def _by_heading(headings: Sequence[str], row: Sequence[str], where: str) -> dict[str, str]:
    for place, cell in enumerate(row):
        if cell and (place >= len(headings) or not headings[place]):
            raise StudyError(f"{where}的“{cell[:20]}”上面没有表头：请检查这一行是否错开了一格")
    return {
        heading: cell
        for heading, cell in zip(headings, (*row, *("" for _ in headings)), strict=False)
        if heading
    }


def _csv_lines(data: bytes, name: str) -> list[tuple[int, list[str]]]:
    text = decoded(data, name)
    first = text.lstrip().split("\n", 1)[0]
    csv.field_size_limit(LARGEST)
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(",\t;", key=first.count))
    lines: list[tuple[int, list[str]]] = []
    try:
        before = 0
        for line in reader:  # a quoted cell may hold line breaks: a row is named by its first line
            lines.append((before + 1, [cell.strip().removeprefix("'") for cell in line]))
            before = reader.line_num
    except csv.Error as error:
        raise StudyError(
            f"“{name}”第 {reader.line_num} 行不是逗号分隔的表格（{error}）：请重新另存为 CSV"
        ) from None
    return lines


def _workbook_lines(data: bytes, name: str) -> list[tuple[int, list[str]]]:
    """The first worksheet that holds anything."""
    return [(row.number, [_text(cell) for cell in row.cells]) for row in first_filled(data, name)]


def _text(cell: Cell) -> str:
    """What the person saw in the cell: Excel turns 62.8%, 3 and dates into numbers."""
    value = cell.value
    if isinstance(value, bool):
        return "√" if value else "×"
    if isinstance(value, int | float):
        return shown(value, cell.number_format)
    if isinstance(value, datetime):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02}"
    return "" if value is None else str(value).strip()

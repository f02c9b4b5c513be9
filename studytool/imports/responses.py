"""A table of answers, one row a person (CSV or Excel) -> its rows by heading, with their numbers.

The surprising decision: a table that could be read in two ways (two columns of one name, a cell beyond the
headings) is refused with its row: a column shifted by one would mark everybody wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from studytool.errors import StudyError
from studytool.imports import separated, workbooks
from studytool.imports.shown import WHOLE_DAY, is_whole_day, shown
from studytool.imports.workbooks import Text, Unread

_Line = tuple[int, Sequence[Text]]
_NUMBER = re.compile(r"(?:第|题|q)?\s*\d+\s*(?:题|\.)?", re.IGNORECASE)  # a heading that is a question's


class AnswerRow(NamedTuple):
    """A row of the table: its number in the file, and its cells by heading."""

    number: int
    cells: Mapping[str, str]


class Handed(NamedTuple):
    """What was handed in: its rows, and what of the file was not read, a line for each."""

    rows: tuple[AnswerRow, ...]
    notes: tuple[str, ...] = ()


def read(data: bytes, name: str) -> tuple[AnswerRow, ...]:
    """The rows below the headings; `name` is for messages."""
    return handed_in(data, name).rows


def handed_in(data: bytes, name: str) -> Handed:
    """The rows of all worksheets that people see, and what was left out; `name` is for messages.

    Where there are several worksheets, those are meant that have a column for a question."""
    if not data.startswith(b"PK"):
        return Handed(_rows(_csv_lines(data, name), f"“{name}”"))
    book = workbooks.read(data, name, _text)
    meant = [sheet for sheet in book.sheets if _is_table(sheet.rows[0].cells)] or book.sheets[:1]
    places = [f"“{name}”{f'工作表“{sheet.title}”' if len(meant) > 1 else ''}" for sheet in meant]
    if not meant:
        raise StudyError(_nothing(f"“{name}”"))
    rows = (_rows(sheet.rows, place) for sheet, place in zip(meant, places, strict=True))
    left = [f"工作表“{sheet.title}”里没有题号的列，没有读" for sheet in book.sheets if sheet not in meant]
    hidden = [f"工作表“{title}”是隐藏的，没有读" for title in book.hidden]
    return Handed(tuple(row for some in rows for row in some), (*left, *hidden))


def _is_table(headings: Sequence[Text]) -> bool:
    return any(_NUMBER.fullmatch(str(heading).strip()) for heading in headings)


def _rows(lines: Iterable[_Line], where: str) -> tuple[AnswerRow, ...]:
    filled = [(number, line) for number, line in lines if any(line)]
    if len(filled) < 2:
        raise StudyError(_nothing(where))
    (place, headings), *rows = filled
    named = [str(heading) for heading in headings]
    _check_headings(named, f"{where}第 {place} 行")
    return tuple(AnswerRow(number, _by_heading(named, row, f"{where}第 {number} 行")) for number, row in rows)


def _nothing(where: str) -> str:
    return f"{where}里没有作答：第一行应是表头（姓名、卷别、1、2……），以下每人一行"


def _check_headings(headings: Sequence[str], where: str) -> None:
    twice = [heading for heading, count in Counter(filter(None, headings)).items() if count > 1]
    if twice:
        raise StudyError(f"{where}有两列都叫“{twice[0]}”：请改正表头")


def _by_heading(headings: Sequence[str], row: Sequence[Text], where: str) -> dict[str, str]:
    for place, cell in enumerate(row):
        if cell and (place >= len(headings) or not headings[place]):
            raise StudyError(f"{where}的“{str(cell)[:20]}”上面没有表头：请检查这一行是否错开了一格")
        if isinstance(cell, Unread):
            raise StudyError(f"{where}：{cell}")
    return {
        heading: str(cell)
        for heading, cell in zip(headings, (*row, *("" for _ in headings)), strict=False)
        if heading
    }


def _csv_lines(data: bytes, name: str) -> list[_Line]:
    """The rows, each named by its first line: a quoted cell may hold line breaks."""
    text = separated.text_of(data, name).lstrip("\ufeff")
    separator = separated.separator_of(next(iter(text.lstrip().splitlines()), ""))
    found = tuple(separated.records(text, separator, name))
    separated.refuse_swallowed(found, separator, name)
    return [(row.line, [cell.strip().removeprefix("'") for cell in row.cells]) for row in found]


def _text(value: object, code: str) -> str:
    """What the person meant by the cell: Excel turns √, 62.8%, 3 and dates into values of its own."""
    if isinstance(value, bool):
        return "√" if value else "×"
    if is_whole_day(value) and "年" not in code and "月" not in code:
        return shown(value, WHOLE_DAY)
    return shown(value, code).strip()

"""A table of answers, one row a person (CSV or Excel) -> its rows by heading, with their numbers.

The surprising decision: a table that could be read in two ways (two columns of one name, a cell beyond the
headings) is refused with its row: a column shifted by one would mark everybody wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from studytool.answer_columns import PERSON, VERSION, heads_rows, question, thing
from studytool.errors import StudyError
from studytool.imports import separated, workbooks
from studytool.imports.shown import WHOLE_DAY, is_whole_day, shown
from studytool.imports.workbooks import Merged, Text, Unread

_Line = tuple[int, Sequence[Text]]
_HEAD = 10  # lines among which the headings stand, below a title and who was asked when


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
    meant = [sheet for sheet in book.sheets if _asks(sheet.rows)] or book.sheets[:1]
    places = [f"“{name}”{f'工作表“{sheet.title}”' if len(meant) > 1 else ''}" for sheet in meant]
    if not meant:
        raise StudyError(_nothing(f"“{name}”"))
    rows = (_rows(sheet.rows, place, sheet.merged) for sheet, place in zip(meant, places, strict=True))
    left = [f"工作表“{sheet.title}”里没有题号的列，没有读" for sheet in book.sheets if sheet not in meant]
    hidden = [f"工作表“{title}”是隐藏的，没有读" for title in book.hidden]
    return Handed(tuple(row for some in rows for row in some), (*left, *hidden))


def _asks(lines: Sequence[_Line]) -> bool:
    """Whether one of the first lines has a column for a question."""
    place = _header(lines)
    return any(question(str(heading)) is not None for heading in lines[place][1])


def _header(lines: Sequence[_Line]) -> int:
    """The place of the headings: the first line that says who answered what, or the numbers of the questions
    below a line that says who; where no line does, the first."""
    above: list[str] = []
    for place, (_, cells) in enumerate(lines[:_HEAD]):
        filled = [str(cell) for cell in cells if cell]
        if heads_rows(filled) or (all(map(question, filled)) and heads_rows((*above, *filled))):
            return place
        above += filled
    return 0


def _rows(lines: Iterable[_Line], where: str, merged: Sequence[Merged] = ()) -> tuple[AnswerRow, ...]:
    filled = [(number, line) for number, line in lines if any(line)]
    head = _header(filled)
    if len(filled) < head + 2:
        raise StudyError(_nothing(where))
    place, headings = filled[head][0], _named([line for _, line in filled[: head + 1]])
    _check_headings(headings, f"{where}第 {place} 行")
    rows = _unmerged(filled[head + 1 :], headings, merged)
    return tuple(
        AnswerRow(number, _by_heading(headings, row, f"{where}第 {number} 行")) for number, row in rows
    )


def _named(lines: Sequence[Sequence[Text]]) -> list[str]:
    """The headings; where the last line of them has none, the one that says whose column it is above it."""
    *above, headings = [[str(cell) for cell in line] for line in lines]
    for line in above:
        for place, heading in enumerate(line):
            if place < len(headings) and not headings[place] and thing(heading) in (PERSON, VERSION):
                headings[place] = heading
    return headings


def _unmerged(
    rows: Sequence[_Line], headings: Sequence[str], merged: Sequence[Merged]
) -> Iterator[tuple[int, Sequence[Text]]]:
    """The rows, each with the version that one merged cell says for several."""
    columns = {place for place, heading in enumerate(headings) if thing(heading) == VERSION}
    said = dict(rows)
    for number, line in rows:
        cells = list(line)
        for column, first, last in merged:
            if column in columns and first < number <= last and first in said:
                cells += [""] * (column + 1 - len(cells))
                cells[column] = cells[column] or said[first][column]
        yield number, cells


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
    separator = _separator(text, name)
    found = tuple(separated.records(text, separator, name))
    separated.refuse_swallowed(found, separator, name)
    return [(row.line, [cell.strip().removeprefix("'") for cell in row.cells]) for row in found]


def _separator(text: str, name: str) -> str:
    """The sign that divides the line of the headings: a title above it may have none, or another.

    Raises StudyError for the comma of Chinese, which stands in answers as well."""
    first = separated.first_lines(text)
    for line in first:
        found = [sign for sign in separated.SEPARATORS if heads_rows(_divided(line, sign))]
        if found:
            return max(found, key=line.count)
    if any(heads_rows(_divided(line, "，")) for line in first):
        raise StudyError(f"“{name}”各列之间是全角的逗号“，”：请改成半角的“,”，或用 Excel 另存后再试")
    return separated.separator_of(next(iter(text.lstrip().splitlines()), ""))


def _divided(line: str, sign: str) -> list[str]:
    return [cell.strip('" ') for cell in line.split(sign)]


def _text(value: object, code: str) -> str:
    """What the person meant by the cell: Excel turns √, 62.8%, 3 and dates into values of its own."""
    if isinstance(value, bool):
        return "√" if value else "×"
    if is_whole_day(value) and "年" not in code and "月" not in code:
        return shown(value, WHOLE_DAY)
    return shown(value, code).strip()

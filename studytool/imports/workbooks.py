"""An Excel workbook of somebody's -> what people saw in its worksheets; hidden ones are named, not read.

The surprising decision: a worksheet is read as it is written, cell by cell, never as the rectangle it claims
to fill: one stray cell in the last corner would make seventeen thousand million of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import from_excel

from studytool.broken import BROKEN_PACKAGE, unheard
from studytool.errors import StudyError
from studytool.imports.archives import refuse_bomb
from studytool.imports.shown import CHINESE, Unshown, shown

LAST_ROW, MOST_COLUMNS = 1_048_576, 1000  # Excel's own last row; what lies beyond the columns was never meant
MOST_CELLS = 20_000_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
# A CSV of ours guards such a text with one apostrophe; opened in Excel it is a part of the text. What was
# typed with an apostrophe, or written by us, Excel marks instead.
GUARDED = re.compile(r"\A'(?='*[=+\-@\t])")


class Unread(NamedTuple):
    """A cell of which nobody can tell what it showed: where it is, and why."""

    place: str
    why: str

    def __str__(self) -> str:
        return f"单元格 {self.place} 读不准（{self.why}）：请把它改成文本"


Text = str | Unread
Shown = Callable[[object, str], str]


class Row(NamedTuple):
    """A row that holds something: its number in the worksheet, and its cells from the first column on."""

    number: int
    cells: tuple[Text, ...]


class Merged(NamedTuple):
    """Cells of a column merged into one: the place of the column, the first row and the last."""

    column: int
    first: int
    last: int


class Sheet(NamedTuple):
    """A worksheet that people see and that holds anything."""

    title: str
    rows: tuple[Row, ...]
    merged: tuple[Merged, ...]


class Book(NamedTuple):
    """The worksheets that hold anything, and the titles of those that are hidden."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...]


def read(data: bytes, name: str, text: Shown = shown) -> Book:
    """A workbook; `name` is for messages, `text` says what is shown of a value in a number format."""
    refuse_bomb(data, name)
    try:
        with unheard():
            workbook = load_workbook(BytesIO(data), read_only=True, data_only=True)
            seen, hidden = list[Sheet](), list[str]()
            for sheet in workbook.worksheets:
                rows = _rows(sheet, name, text)
                if sheet.sheet_state != "visible":
                    hidden += [sheet.title] if next(rows, None) else []
                elif kept := tuple(rows):
                    seen.append(Sheet(sheet.title, kept, _merged(sheet)))
            return Book(tuple(seen), tuple(hidden))
    except BROKEN_PACKAGE:
        raise StudyError(f"“{name}”不是 Excel 工作簿（.xlsx）：请用 Excel 另存后再试") from None


def _rows(sheet: Any, name: str, text: Shown) -> Iterator[Row]:
    sheet.reset_dimensions()  # what it says of its size may be anything
    count = 0
    for number, cells in enumerate(sheet.iter_rows(max_row=LAST_ROW), 1):
        count += len(cells)
        if count > MOST_CELLS:
            raise StudyError(f"“{name}”的工作表大得不正常：请删去多余的行和列，另存后再试")
        kept = cells[:MOST_COLUMNS]
        if any(cell.value is not None for cell in kept):
            yield Row(number, tuple(_text(cell, text) for cell in kept))


def _text(cell: Any, text: Shown) -> Text:
    """What a cell shows."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        return Unread(cell.coordinate, f"里面是 {value}")
    style = cell.style_array
    try:
        if isinstance(value, str):
            guarded = GUARDED.match(value) and not style.quotePrefix
            return text(value[1:] if guarded else value, "")
        if style.numFmtId in CHINESE and isinstance(value, int | float):
            return text(_moment(value, cell.parent.parent.epoch), CHINESE[style.numFmtId])
        return text(value, cell.number_format)
    except Unshown as unshown:
        return Unread(cell.coordinate, str(unshown))


def _moment(value: float, epoch: datetime) -> datetime | time | timedelta:
    found = from_excel(value, epoch)
    if not isinstance(found, datetime | time | timedelta):
        raise Unshown("日期不可能")
    return found


def _merged(sheet: Any) -> tuple[Merged, ...]:
    """The cells merged over several rows. They stand behind the data, where openpyxl does not read on."""
    written = sheet.parent._archive.read(sheet._worksheet_path)
    behind = written[written.rfind(b"sheetData") :]
    found = (range_boundaries(ref.decode()) for ref in _MERGED.findall(behind))
    return tuple(Merged(left - 1, top, bottom) for left, top, _, bottom in found if bottom > top)

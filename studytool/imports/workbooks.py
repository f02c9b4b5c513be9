"""An Excel workbook of somebody's -> the rows of its first worksheet that holds anything.

The surprising decision: a worksheet is read as it is written, cell by cell, never as the rectangle it claims
to fill: one stray cell in the last corner would make seventeen thousand million of them.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple, Protocol

from openpyxl import load_workbook

from studytool.broken import BROKEN_PACKAGE
from studytool.errors import StudyError
from studytool.imports.archives import refuse_bomb

LAST_ROW, MOST_COLUMNS = 1_048_576, 1000  # Excel's own last row; what lies beyond the columns was never meant
MOST_CELLS = 20_000_000


class Cell(Protocol):
    """A cell with what it holds and how it is shown."""

    @property
    def value(self) -> object: ...
    @property
    def number_format(self) -> str: ...


class Row(NamedTuple):
    """A row that holds something: its number in the worksheet, and its cells from the first column on."""

    number: int
    cells: tuple[Cell, ...]


def first_filled(data: bytes, name: str) -> tuple[Row, ...]:
    """The rows that hold anything; `name` is for messages."""
    refuse_bomb(data, name)
    try:
        with warnings.catch_warnings(action="ignore"):  # of parts openpyxl does not know
            workbook = load_workbook(BytesIO(data), read_only=True, data_only=True)
            sheets = (tuple(_rows(sheet, name)) for sheet in workbook.worksheets)
            return next((rows for rows in sheets if rows), ())
    except BROKEN_PACKAGE:
        raise StudyError(f"“{name}”不是 Excel 工作簿（.xlsx）：请用 Excel 另存后再试") from None


def _rows(sheet: Any, name: str) -> Iterator[Row]:
    sheet.reset_dimensions()  # what it says of its size may be anything
    count = 0
    for number, cells in enumerate(sheet.iter_rows(max_row=LAST_ROW), 1):
        count += len(cells)
        if count > MOST_CELLS:
            raise StudyError(f"“{name}”的工作表大得不正常：请删去多余的行和列，另存后再试")
        kept = cells[:MOST_COLUMNS]
        if any(cell.value is not None for cell in kept):
            yield Row(number, kept)


def shown(number: float, number_format: str) -> str:
    """A number as it was typed: Excel keeps 62.8% as 0.628, and 3 perhaps as 3.0."""
    if isinstance(number, bool):
        return str(number)
    if "%" in number_format:
        return f"{round(number * 100, 10):.15g}%"
    return str(int(number)) if float(number).is_integer() else f"{number:.15g}"

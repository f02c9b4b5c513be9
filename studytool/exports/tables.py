"""Named tables -> an Excel workbook with a sheet for each, or CSV files; numbers stay numbers.

Texts are never formulas; the same tables give the same bytes.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO

from openpyxl import Workbook

from studytool.exports.workbook import head, put, saved

Value = str | int | float | None
_FORMULA = re.compile("'*[=+\\-@\t]")


@dataclass(frozen=True)
class Table:
    """A table: its name, its headings, its rows; `widths` in characters, by heading."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    widths: Mapping[str, int] = field(default_factory=dict)


def workbook(tables: Sequence[Table]) -> bytes:
    """An Excel workbook, a sheet a table."""
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.name)
        head(sheet, table.header, dict(table.widths))
        for number, row in enumerate(table.rows, 2):
            for column, value in enumerate(row, 1):
                cell = sheet.cell(number, column)
                if isinstance(value, str):
                    put(cell, value)
                else:
                    cell.value = value
    return saved(book)


def comma_separated(table: Table) -> bytes:
    """CSV that spreadsheet programs open as it is meant, in UTF-8 with a mark."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(table.header)
    for row in table.rows:
        writer.writerow(_guarded(value) for value in row)
    return text.getvalue().encode("utf-8-sig")


def _guarded(value: Value) -> Value:
    """A text a spreadsheet would calculate gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value

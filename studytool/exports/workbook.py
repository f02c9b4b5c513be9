"""Rows of text -> an Excel workbook: every cell text, never a formula; the same rows, the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from studytool.exports.archive import Gathered, packed
from studytool.exports.deck import writable

LONGEST_CELL = 32_767  # characters; Excel's own limit
_TEXT = "@"  # the number format of text, which also holds when the cell is edited
_SIGNS = frozenset("=+-@'")  # what Excel would calculate when somebody edits the cell
_READ_AS_SIGN = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel would show the character of that number
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_NO_TIME = rb"\g<1>2026-01-01T00:00:00Z"


def put(cell: Cell, text: str) -> bool:
    """Writes text into a cell as text, without what no cell can hold; says whether all of it went in."""
    text = writable(text)
    cell.value = _READ_AS_SIGN.sub("_x005F_", text[:LONGEST_CELL])
    cell.data_type = "s"  # openpyxl takes “=…” for a formula
    cell.number_format = _TEXT
    cell.alignment = _WRAPPED
    if text[:1] in _SIGNS:
        cell.quotePrefix = True
    return len(text) <= LONGEST_CELL


def fill(sheet: Any, rows: Iterable[tuple[str, ...]], first: int) -> int:
    """Writes rows from row `first` on; returns how many cells were too long for Excel and were cut."""
    cut = 0
    for number, row in enumerate(rows, first):
        for column, text in enumerate(row, 1):
            if text:
                cut += not put(sheet.cell(number, column), text)
    return cut


def head(sheet: Any, names: tuple[str, ...], widths: dict[str, int]) -> None:
    """A bold first row that stays in sight, with a filter; `widths` by name, in characters."""
    for column, name in enumerate(names, 1):
        cell = sheet.cell(1, column)
        put(cell, name)
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = widths.get(name, 14)
    sheet.freeze_panes = "A2"


class _Writer(ExcelWriter):  # type: ignore[misc] # openpyxl has no types
    """Writes worksheets in memory: openpyxl's temporary files would need room, and be there to read."""

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        sheet = BytesIO()
        writer = WorksheetWriter(ws, sheet)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], sheet.getvalue())
        self.manifest.append(ws)


def saved(workbook: Workbook) -> bytes:
    """The workbook's bytes, without the time of day that openpyxl writes into them."""
    archive = Gathered()
    _Writer(workbook, archive).save()
    return packed(
        (name, _TIMES.sub(_NO_TIME, data) if "docProps" in name else data) for name, data in archive.members
    )

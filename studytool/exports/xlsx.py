"""Deck -> our table as an Excel workbook."""

from __future__ import annotations

from openpyxl import Workbook

from studytool.exports.deck import Deck, Exported
from studytool.exports.table import header, rows
from studytool.exports.workbook import LONGEST_CELL, fill, head, saved

_WIDTHS = {"编号": 18, "题干": 60, "答案": 24, "依据": 60, "解析": 30, "文章": 30}


def export(deck: Deck) -> Exported:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "题库"
    head(sheet, header(deck), _WIDTHS)
    cut = fill(sheet, rows(deck), first=2)
    return Exported(saved(workbook), {f"单元格超过 {LONGEST_CELL} 字的部分": cut})

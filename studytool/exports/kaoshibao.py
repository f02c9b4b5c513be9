"""Deck -> 考试宝's fourteen columns, in a copy of the site's own workbook or in a fresh one.

The site changes its template now and then, so rows go below whatever header row the template has, and its
other sheets, drop-downs and notes stay as they are.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from openpyxl import Workbook

from studytool.errors import StudyError
from studytool.exports.deck import Deck, Exported
from studytool.exports.feedback import notes
from studytool.exports.template import opened
from studytool.exports.wording import CHOICES, letters
from studytool.exports.workbook import LONGEST_CELL, fill, head, saved
from studytool.model import RIGHT, Item, ItemKind

_OPTION_COUNT = 8
_HEADER = (
    "题干（必填）",
    "题型 （必填）",
    "选项 A",
    "选项 B",
    "选项 C",
    "选项 D",
    "选项E\n(勿删)",
    "选项F\n(勿删)",
    "选项G\n(勿删)",
    "选项H\n(勿删)",
    "正确答案\n（必填）",
    "解析\n（勿删）",
    "章节\n（勿删）",
    "难度",
)
_KINDS = {
    ItemKind.SINGLE_CHOICE: "单选题",
    ItemKind.MULTIPLE_RESPONSE: "多选题",
    ItemKind.TRUE_FALSE: "判断题",
    ItemKind.CLOZE: "填空题",
    ItemKind.SHORT_ANSWER: "简答题",
    ItemKind.ORDERING: "排序题",
}
_DIFFICULTIES = ((0.25, "易"), (0.5, "偏易"), (0.75, "适中"), (1.0, "难"))  # up to this difficulty, this word


def export(deck: Deck) -> Exported:
    left_out: Counter[str] = Counter()
    kept: list[Item] = []
    for item in deck.items:
        reason = _unfit(item)
        if reason:
            left_out[reason] += 1
        else:
            kept.append(item)
            left_out["填空题的其他可接受答案"] += any(len(accepted) > 1 for accepted in item.accepted)
    workbook, sheet, first = _opened(deck.template)
    left_out[f"单元格超过 {LONGEST_CELL} 字的部分"] += fill(sheet, (_row(item, deck) for item in kept), first)
    return Exported(saved(workbook), left_out, missing=len(deck.items) - len(kept))


def _unfit(item: Item) -> str | None:
    if item.kind not in _KINDS:
        return "匹配题（考试宝没有这种题型）"
    if len(_options(item)) > _OPTION_COUNT:
        return f"选项或空格超过 {_OPTION_COUNT} 个的题"
    return None


def _row(item: Item, deck: Deck) -> tuple[str, ...]:
    options = _options(item)
    difficulty = next((word for limit, word in _DIFFICULTIES if item.difficulty <= limit), "难")
    return (
        item.stem,
        _KINDS[item.kind],
        *options,
        *("",) * (_OPTION_COUNT - len(options)),
        _answer(item),
        "\n".join(notes(item, deck)),
        item.section or item.article,
        difficulty,
    )


def _options(item: Item) -> tuple[str, ...]:
    """The option columns: a statement is 对 or 错 there; a blank's answer stands where an option would."""
    if item.kind is ItemKind.TRUE_FALSE:
        return ("对", "错")
    return item.key if item.kind is ItemKind.CLOZE else item.options


def _answer(item: Item) -> str:
    if item.kind in CHOICES or item.kind is ItemKind.ORDERING:
        return letters(item)
    if item.kind is ItemKind.TRUE_FALSE:
        return "A" if item.key == (RIGHT,) else "B"
    return "" if item.kind is ItemKind.CLOZE else "\n".join(item.key)


def _opened(template: bytes | None) -> tuple[Workbook, Any, int]:
    """A workbook, the sheet to fill, and the first row to fill."""
    if template is None:
        workbook = Workbook()
        workbook.active.title = "题库"
        head(workbook.active, _HEADER, {_HEADER[0]: 60})
        return workbook, workbook.active, 2
    workbook = opened(template)
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows(max_row=10):
            if str(row[0].value or "").startswith("题干"):
                _clear(sheet, row[0].row + 1)
                return workbook, sheet, row[0].row + 1
    raise StudyError("模板里找不到以“题干”开头的表头行，请从考试宝重新下载模板。")


def _clear(sheet: Any, first: int) -> None:
    """Takes out the examples that stand below the header of a template."""
    for row in sheet.iter_rows(min_row=first, max_col=len(_HEADER)):
        for cell in row:
            cell.value = None

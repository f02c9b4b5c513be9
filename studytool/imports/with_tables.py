"""The text of a document that has tables, and their rows -> the questions of its text.

The surprising decision: a table with the headings of a bank refuses a file only if nothing else can be asked
of it, for answers and material stand in such tables too; but no question is taken that has swallowed one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from studytool.errors import StudyError
from studytool.imports import question_list, tables
from studytool.imports.entry import Imported
from studytool.model import Item

_REMEDY = "请把表格复制到 Excel，另存为 .xlsx 或 CSV 再导入"


def tops_among(rows: Sequence[str]) -> tuple[str, ...]:
    """The rows that name the columns of a table of questions."""
    return tuple(row for row in rows if tables.is_table(row))


def read(text: str, bank: str, tops: Sequence[str], headings: Collection[int] = ()) -> Imported:
    """The questions of a text; `tops` are the first rows of its tables, `headings` the numbers of the lines
    that are headings. Raises StudyError where there are none but those in its tables."""
    found = question_list.read(text, bank, headings)
    kept = tuple(item for item in found.items if not _has_swallowed(item, tops))
    if not kept:
        raise StudyError(f"{bank} 的题在表格里：{_REMEDY}")
    lost = len(found.items) - len(kept)
    notes = [f"有 {lost} 题里混进了表格，没有读"] if lost else []
    return found._replace(items=kept, notes=(*found.notes, *notes, f"表格按文字读，里面若有题，{_REMEDY}"))


def _has_swallowed(item: Item, tops: Sequence[str]) -> bool:
    """Whether a table has gone into what is answered; a stem may show one to choose an option by."""
    parts = (*item.key, *item.options) if item.options else (*item.key, item.stem)
    text = _bare("".join(parts))
    return any(_bare(top) in text for top in tops)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)

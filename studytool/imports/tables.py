"""A table of questions (Excel or CSV: ours, 考试宝's, or anybody's with a header) -> items.

Columns are found by their names, in any order; the header is the first row that names a stem.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import StringIO

from studytool.errors import StudyError
from studytool.imports import lines
from studytool.imports.decoding import decoded
from studytool.imports.entry import Entry, Imported, imported
from studytool.imports.remarks import remarks
from studytool.imports.workbooks import MOST_CELLS, MOST_COLUMNS, Cell, first_filled, shown
from studytool.limits import LARGEST
from studytool.model import ItemKind, KnowledgeKind, Status
from studytool.model.names import ASKS, STATUSES

Cells = dict[str, str]

# The names a column goes by, after brackets, spaces and line breaks are taken off.
_COLUMNS = {
    "编号": ("编号", "ID"),
    "题型": ("题型", "题目类型", "试题类型", "类型"),
    "题干": ("题干", "题目", "试题", "问题", "题目内容", "试题内容", "题干内容"),
    "选项": ("选项", "备选项", "备选答案"),
    "答案": ("答案", "正确答案", "参考答案", "标准答案"),
    "解析": ("解析", "答案解析", "试题解析", "题目解析"),
    "难度": ("难度", "难易度", "难易程度"),
    "章节": ("章节", "知识点", "考点"),
    **{
        name: (name,)
        for name in ("类别", "也可答", "依据", "来源", "文章", "日期", "评分", "状态", "标签", "原文", "误作")
    },
}
_NAMES = {alias: name for name, aliases in _COLUMNS.items() for alias in aliases}
_OPTION = re.compile(r"(?:选项|选择项|答案选项)?([A-Z])(?:选项)?|选项(A[A-Z])|(?:选项|选择项)([1-9]\d?)")
_HEADER_ROWS = 10
_LONGEST_NAME = 200  # characters of the name of a column, with what stands in brackets behind it
_ASKS = {name: asks for asks, name in ASKS.items()}
_STATUSES = {name: status for status, name in STATUSES.items()}
_DIFFICULTIES = {"易": 0.2, "偏易": 0.4, "适中": 0.6, "中": 0.6, "偏难": 0.75, "难": 0.9}
# One apostrophe keeps a spreadsheet from calculating a cell; our csv puts it there.
_GUARDED = re.compile(r"'(?='*[=+\-@\t])")


def read(data: bytes, bank: str) -> Imported:
    rows = _workbook_rows(data, bank) if data[:2] == b"PK" else _csv_rows(data, bank)
    heads = (place for place, (_, row) in enumerate(rows[:_HEADER_ROWS]) if "题干" in _named(row).values())
    header = next(heads, None)
    if header is None:
        raise StudyError(f"“{bank}”里找不到表头，第一行应有“题干”和“答案”等列名。")
    columns = _named(rows[header][1])
    entries = []
    for number, row in rows[header + 1 :]:
        cells = {name: _cell(name, row[column]) for column, name in columns.items() if column < len(row)}
        if any(cells.values()):
            entries.append(_entry(number, cells))
    return imported(entries, bank)


def _cell(name: str, text: str) -> str:
    """A cell without the space around it; of accepted answers an empty line stands for a part."""
    return text.strip(" \t\r") if name == "也可答" else text.strip()


def _workbook_rows(data: bytes, bank: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, with their numbers."""
    return [(row.number, [_text(cell) for cell in row.cells]) for row in first_filled(data, bank)]


def _text(cell: Cell) -> str:
    """A cell's text; of a number, what the person saw."""
    if isinstance(cell.value, int | float):
        return shown(cell.value, cell.number_format)
    return "" if cell.value is None else str(cell.value)


def _csv_rows(data: bytes, bank: str) -> list[tuple[int, list[str]]]:
    text = decoded(data, bank)
    separator = max(",\t;", key=text.split("\n", 1)[0].count)
    csv.field_size_limit(LARGEST)  # a stem is as long as it is; the file has its limit
    try:
        found = enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator), 1)
        return [(number, [_unguarded(cell) for cell in row]) for number, row in _few(found, bank)]
    except csv.Error as error:
        raise StudyError(f"“{bank}”不是逗号分隔的表格（{error}），请重新另存为 CSV。") from None


def _few(rows: Iterable[tuple[int, list[str]]], bank: str) -> Iterator[tuple[int, list[str]]]:
    """The rows as far as we know columns, if they are no flood of empty cells."""
    count = 0
    for number, row in rows:
        count += len(row)
        if count > MOST_CELLS:
            raise StudyError(f"“{bank}”的表格大得不正常：请删去多余的行和列，另存后再导入")
        yield number, row[:MOST_COLUMNS]


def _unguarded(cell: str) -> str:
    return _GUARDED.sub("", cell, count=1) if _GUARDED.match(cell) else cell


def _named(row: Sequence[str]) -> dict[int, str]:
    """The columns we know, by place; options as “选项01”, “选项02” …"""
    found: dict[int, str] = {}
    for place, cell in enumerate(row):
        if len(cell) > _LONGEST_NAME:
            continue
        bare = re.sub(r"[(（].*?[)）]|\s|\*", "", unicodedata.normalize("NFKC", cell)).upper()
        option = _OPTION.fullmatch(bare)
        if option:
            found[place] = f"选项{_number(option):02}"
        elif bare in _NAMES and _NAMES[bare] not in found.values():
            found[place] = _NAMES[bare]
    return found


def _number(option: re.Match[str]) -> int:
    """Which option a column holds; ours go on behind Z with AA."""
    single, double, number = option.groups()
    if number:
        return int(number)
    return ord(single or double[1]) - ord("A") + (1 if single else 27)


def _entry(number: int, cells: Cells) -> Entry:
    name = cells.get("题型", "")
    kind = lines.KINDS.get(name) or lines.KINDS.get(f"{name}题")
    options = _options(cells)
    answer = cells.get("答案", "")
    if kind is ItemKind.CLOZE and options:  # 考试宝 keeps the words of the blanks where options would be
        answer, options = answer or "\n".join(options), ()
    if kind is ItemKind.TRUE_FALSE and len(options) == 2 and answer in ("A", "B"):
        answer, options = options["AB".index(answer)], ()
    keys = tuple(answer.split("\n"))
    others = _variants(cells.get("也可答", ""))
    explanation = cells.get("解析", "")
    notes = {"": explanation} if "依据" in cells else remarks(explanation)
    return Entry(
        line=number,
        stem=cells.get("题干", ""),
        kind=kind,
        options=() if kind is ItemKind.TRUE_FALSE else options,
        answer=answer,
        accepted=tuple((key, *(others[n] if n < len(others) else ())) for n, key in enumerate(keys))
        if others
        else (),
        id=cells.get("编号") or None,
        asks=_ASKS.get(cells.get("类别", ""), KnowledgeKind.FORMULATION),
        explanation=notes.get("") or None,
        evidence=cells.get("依据") or notes.get("依据", ""),
        source=cells.get("来源") or None,
        article=cells.get("文章", ""),
        section=cells.get("章节") or None,
        published_on=_day(cells.get("日期", "")),
        difficulty=_share(cells.get("难度", "")),
        score=_share(cells.get("评分", "")),
        status=_STATUSES.get(cells.get("状态", ""), Status.DRAFT),
        tags=tuple(filter(None, cells.get("标签", "").split("\n"))),
        original=cells.get("原文") or None,
        changed=cells.get("误作") or None,
    )


def _options(cells: Cells) -> tuple[str, ...]:
    """The options, from columns of their own or from one cell with letters or lines."""
    apart = tuple(text for name, text in sorted(cells.items()) if re.fullmatch(r"选项\d+", name) and text)
    if apart or not cells.get("选项"):
        return apart
    lettered = lines.options(cells["选项"].replace("\n", " "), 0)
    return lettered[1] if lettered else tuple(filter(None, map(str.strip, re.split(r"[\n|]", cells["选项"]))))


def _variants(cell: str) -> list[tuple[str, ...]]:
    """The other accepted answers, a line for each part; `\\|` is a bar within an answer."""
    return [tuple(_unescaped(line)) for line in cell.split("\n")] if cell else []


def _unescaped(line: str) -> Iterator[str]:
    for text in re.split(r"(?<!\\)(?:\\\\)*\|", line):
        if text:
            yield re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _share(text: str) -> float:
    if re.fullmatch(r"0?\.\d+|[01](?:\.\d*)?", text):
        return min(1.0, float(text))
    return _DIFFICULTIES.get(text, 0.5)

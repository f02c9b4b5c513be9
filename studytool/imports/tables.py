"""A table of questions (Excel or CSV: ours, 考试宝's, or anybody's with a header) -> items.

Columns are found by their names, in any order; the header is the first row that names a stem. The surprising
decision: a table of ours is taken by its word, for it must come back as it went; only of others is an answer
read as people write it, without the brackets and numbers it is listed with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from studytool.errors import StudyError
from studytool.imports import cells as saying
from studytool.imports import headings, lines, separated, workbooks
from studytool.imports.answers import Unclear
from studytool.imports.asked import Asked, Cells, asked_by
from studytool.imports.entry import Entry, Imported, imported
from studytool.imports.headings import Columns
from studytool.imports.origins import origin_of
from studytool.imports.remarks import remarks
from studytool.imports.workbooks import MOST_CELLS, MOST_COLUMNS, Merged, Row, Sheet, Text, Unread
from studytool.model import ItemKind, KnowledgeKind, Status
from studytool.model.names import ASKS, STATUSES

_ASKS = {name: asks for asks, name in ASKS.items()}
_STATUSES = {name: status for status, name in STATUSES.items()}
_HEADER_ROWS = 10
_SHARED = {"题型", "类别", "来源", "文章", "章节", "日期", "难度", "标签"}  # said once for several rows
_FLAW = ""  # the name under which a row keeps what is wrong with a cell of it
_RESULTS = {"成绩", "逐题统计"}  # worksheets of ours that tell how people did
_NO_BANK = (
    "是 studytool sheet grade 写出的成绩，不是题库：小组练错题请用 studytool group，批改请用 sheet grade"
)


class _Table(NamedTuple):
    """The rows of a worksheet or of a CSV file, the header found among them."""

    sheet: str  # its title, if there are others
    kind: str  # what its title says of the kind of its questions
    columns: Columns
    rows: tuple[Row, ...]  # below the header
    merged: tuple[Merged, ...] = ()


def read(data: bytes, bank: str) -> Imported:
    if not data.startswith(b"PK"):
        return read_text(separated.text_of(data, bank), bank)
    book = workbooks.read(data, bank)
    if {sheet.title for sheet in book.sheets} >= _RESULTS:
        raise StudyError(f"“{bank}”{_NO_BANK}")
    several = len(book.sheets) > 1
    found = [(sheet, _header(sheet.rows)) for sheet in book.sheets]
    tables = [
        table
        for sheet, header in found
        if header is not None
        for table in _tables(sheet._replace(rows=sheet.rows[header:]), bank, several=several)
    ]
    if not tables:
        raise StudyError(_no_header(bank, book.hidden))
    without = [sheet.title for sheet, header in found if header is None]
    return _imported(tables, bank, _unread(without, book.hidden))


def read_text(text: str, bank: str) -> Imported:
    """The items of the text of a CSV file, whatever separates its cells."""
    separator = _separator(separated.first_lines(text))
    records = tuple(_few(separated.records(text.lstrip("\ufeff"), separator, bank), bank))
    rows = tuple(
        Row(number, tuple(workbooks.GUARDED.sub("", cell) for cell in cells)) for number, _, cells in records
    )
    header = _header(rows)
    if header is None:
        raise StudyError(_no_header(bank, ()))
    tables = _tables(Sheet("", rows[header:], ()), bank)
    if not tables[0].columns.is_ours:
        separated.refuse_swallowed(records[header:], separator, bank)
    return _imported(tables, bank)


def is_table(text: str) -> bool:
    """Whether one of the first lines of a text has the headings of a table of questions."""
    for line in separated.first_lines(text):
        for separator in separated.SEPARATORS:
            if {"题干", "答案"} <= _names(line, separator):
                return True
    return False


def _names(line: str, separator: str) -> set[str]:
    """The columns that a line names if a sign separates its cells."""
    return set(headings.named([cell.strip('" ') for cell in line.split(separator)]).names.values())


def _separator(first: Sequence[str]) -> str:
    """The sign that makes most headings of one of the first lines; the cells below may hold any other."""
    found = [(line, sign, _names(line, sign)) for line in first for sign in separated.SEPARATORS]
    named = [(len(names), line.count(sign), sign) for line, sign, names in found if "题干" in names]
    most = max(named, key=lambda one: one[:2], default=None)
    return most[2] if most else separated.separator_of("".join(first))


def _no_header(bank: str, hidden: Sequence[str]) -> str:
    also = f"（隐藏的工作表“{'”“'.join(hidden)}”不读）" if hidden else ""
    return f"“{bank}”里找不到表头{also}，第一行应有“题干”和“答案”等列名。"


def _unread(without: Sequence[str], hidden: Sequence[str]) -> list[str]:
    """What is said of worksheets that were not read."""
    said = [f"工作表“{title}”里找不到表头（题干、答案等），没有读" for title in without]
    return said + [f"工作表“{title}”是隐藏的，没有读；要导入请先取消隐藏" for title in hidden]


def _header(rows: Sequence[Row]) -> int | None:
    """The place of the first row that names a stem."""
    heads = (place for place, row in enumerate(rows[:_HEADER_ROWS]) if headings.named(row.cells).has_stem)
    return next(heads, None)


def _tables(sheet: Sheet, bank: str, *, several: bool = False) -> list[_Table]:
    """The tables of a worksheet that begins with a header; another header below begins another one."""
    starts = [place for place, row in enumerate(sheet.rows) if place == 0 or headings.is_header(row.cells)]
    title = sheet.title if several else ""
    return [
        _Table(
            title,
            _kind_named(sheet.title),
            _columns(sheet.rows[start:end], bank, title),
            sheet.rows[start + 1 : end],
            sheet.merged,
        )
        for start, end in pairwise([*starts, len(sheet.rows)])
    ]


def _columns(rows: Sequence[Row], bank: str, sheet: str) -> Columns:
    """What the first row names. Raises StudyError where two columns of one meaning do not say the same."""
    header, *below = rows
    columns = headings.named(header.cells)
    for places in columns.twice:
        for row in below:
            if both := _unlike(columns.names[places[0]], row, places):
                at = f"工作表“{sheet}”" if sheet else ""
                names = "”和“".join(str(header.cells[place]).strip() for place in both)
                raise StudyError(
                    f"“{bank}”{at}第 {header.number} 行的“{names}”两列意思一样，不知该用哪一列：请删去或改名"
                )
    return columns


def _unlike(name: str, row: Row, places: Sequence[int]) -> tuple[int, int] | None:
    """Two of the columns of one name in which a row does not say the same."""
    said = {place: _meant(name, row.cells[place]) for place in places if place < len(row.cells)}
    filled = [place for place, text in said.items() if text]
    return next(((filled[0], place) for place in filled if said[place] != said[filled[0]]), None)


def _meant(name: str, text: Text) -> str:
    """What a cell says; what is no kind of question and no id of ours says nothing of them."""
    cell = _cell(name, str(text))
    if name == "题型":
        return str(_kind(cell) or "")
    if name == "编号":
        return cell if saying.OUR_ID.fullmatch(cell) else ""
    return cell


def _kind_named(title: str) -> str:
    """The name of a kind that a title says, of a worksheet or in a row of its own: 判断题, 二、多选题."""
    return lines.section(title) or (title if title.strip() in lines.KINDS else "")


def _kind(name: str) -> ItemKind | None:
    return lines.KINDS.get(name) or lines.KINDS.get(f"{name}题")


def _imported(tables: Sequence[_Table], bank: str, notes: Iterable[str] = ()) -> Imported:
    found = imported((entry for table in tables for entry in _entries(table)), bank)
    unused = dict.fromkeys(name for table in tables for name in _unused(table))
    said = [f"没有用到的列：{'、'.join(unused)}"] if unused else []
    complete = all(table.columns.is_complete for table in tables)
    return found._replace(notes=(*notes, *said), complete=complete)


def _unused(table: _Table) -> Iterator[str]:
    """The headings of columns that hold something and that we do not know."""
    for place, name in table.columns.unknown.items():
        if any(place < len(row.cells) and row.cells[place] for row in table.rows):
            yield name


def _entries(table: _Table) -> Iterator[Entry]:
    """The questions of a table, row by row; what is written once for several rows is said of each."""
    shared, kind = _shared(table), table.kind
    for row in table.rows:
        own = _by_name(row, table.columns)
        said = [str(cell).strip() for cell in row.cells if cell]
        if len(said) == 1 and _kind_named(said[0]):
            kind = _kind_named(said[0])
            continue
        if not any(own.values()):
            continue
        above = {name: text for name, first, last, text in shared if first < row.number <= last}
        cells = {name: _cell(name, str(text)) for name, text in {**own, **above}.items()}
        if not cells.get("题型"):
            cells["题型"] = kind
        unread = next((text for text in own.values() if isinstance(text, Unread)), None)
        yield _entry(row.number, cells | ({_FLAW: str(unread)} if unread else {}), table)


def _by_name(row: Row, columns: Columns) -> dict[str, Text]:
    """The cells of a row by the names of their columns; of two columns of one name, the one that says it."""
    own: dict[str, Text] = {}
    for place, name in columns.names.items():
        if place < len(row.cells) and (name not in own or not _meant(name, own[name])):
            own[name] = row.cells[place] or own.get(name, "")
    return own


def _shared(table: _Table) -> list[tuple[str, int, int, Text]]:
    """What is written once for several rows: the column, the row it is written in, the last, and the text."""
    tops = {row.number: row for row in table.rows}
    return [
        (name, first, last, tops[first].cells[column])
        for column, first, last in table.merged
        if (name := table.columns.names.get(column)) in _SHARED
        and first in tops
        and _meant(name, tops[first].cells[column])
    ]


def _cell(name: str, text: str) -> str:
    """A cell without the space around it; of accepted answers an empty line stands for a part."""
    text = text.replace("\r\n", "\n")
    return text.strip(" \t\r") if name == "也可答" else text.strip()


def _few(records: Iterable[separated.Record], bank: str) -> Iterator[separated.Record]:
    """The rows as far as we know columns, if they are no flood of empty cells."""
    count = 0
    for record in records:
        count += len(record.cells)
        if count > MOST_CELLS:
            raise StudyError(f"“{bank}”的表格大得不正常：请删去多余的行和列，另存后再导入")
        if any(cell.strip() for cell in record.cells):
            yield record._replace(cells=record.cells[:MOST_COLUMNS])


def _entry(number: int, cells: Cells, table: _Table) -> Entry:
    kind = _kind(cells.get("题型", ""))
    given = cells.get("编号", "")  # what somebody has added to a table of ours has none
    own = bool(given) and (table.columns.is_ours or bool(saying.OUR_ID.fullmatch(given)))
    flaw, asked = cells.get(_FLAW), Asked(kind)
    try:
        asked = asked_by(kind, cells, own=own)
    except Unclear as unclear:
        flaw = flaw or str(unclear)
    explanation = cells.get("解析", "")
    notes = {"": explanation} if "依据" in cells else remarks(explanation)
    place = origin_of(notes.get("出处", ""))
    return Entry(
        line=number,
        sheet=table.sheet,
        flaw=flaw,
        as_it_stands=own and (bool(asked.key) or kind is not ItemKind.CLOZE),
        stem=cells.get("题干", ""),
        kind=kind,
        options=asked.options,
        answer=asked.answer,
        key=asked.key,
        variants=saying.variants(cells.get("也可答", "")),
        id=saying.id_of(cells.get("编号", ""), own=own),
        asks=_ASKS.get(cells.get("类别", ""), KnowledgeKind.FORMULATION),
        explanation=notes.get("") or None,
        evidence=cells.get("依据") or notes.get("依据", ""),
        source=cells.get("来源") or None,
        article=cells.get("文章") or place.article,
        section=cells.get("章节") or place.section,
        published_on=saying.day(cells.get("日期", "")) or place.published_on,
        difficulty=lines.difficulty(cells.get("难度", "")),
        score=lines.difficulty(cells.get("评分", "")),
        status=_STATUSES.get(cells.get("状态", ""), Status.DRAFT),
        tags=tuple(filter(None, cells.get("标签", "").split("\n"))),
        original=cells.get("原文") or None,
        changed=cells.get("误作") or None,
    )

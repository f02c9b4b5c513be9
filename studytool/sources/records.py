"""Tables of texts (.csv, .tsv, .json, .jsonl) -> Extract: one document, a heading for each record.

A record's text is the field that is called so (正文, content, …) or else the field with the longest
prose; its title becomes a heading, its source and date a line below it, as on a page. The text keeps
its own lines, for its layout is as unknown as that of a .txt.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from studytool.errors import UnreadableSource
from studytool.limits import MEGABYTE
from studytool.model import BlockKind, SourceNote
from studytool.sources.assembly import Extract, Part, assembled
from studytool.sources.encoding import decode
from studytool.sources.formats import Content
from studytool.sources.noted import date_in, organ_in

# What tables call a field, best first; compared without case, spaces and underscores.
TEXTS = (
    "正文", "内容", "全文", "文本", "文章内容", "content", "text",
    "fulltext", "body", "article", "maintext", "原文",
)  # fmt: skip
TITLES = ("标题", "题目", "题名", "文章标题", "title", "headline", "name", "subject")
DATES = (
    "日期",
    "发布日期",
    "发布时间",
    "时间",
    "发文日期",
    "date",
    "publishdate",
    "publishedon",
    "pubdate",
    "time",
)
ISSUERS = ("发布机关", "发文机关", "机关", "来源", "媒体", "报纸", "issuer", "source", "publisher", "media")

PROSE = 30  # characters: a shorter cell is a name or a figure
SAMPLE = 200  # records that show which field holds the text
MOST_COLUMNS = 500
LONGEST_CELL = 16 * MEGABYTE

# Half of a character beyond 16 bits: JSON can say it ("\\ud83d"), but nothing can keep or print it.
_HALVES = re.compile("[\ud800-\udfff]")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_SENTENCE = re.compile(r"[。！？]")

Record = Mapping[str, str]


def read_csv(content: Content) -> Extract:
    """The texts in a table with or without a row of names."""
    csv.field_size_limit(LONGEST_CELL)
    text = decode(content.data).removeprefix("\ufeff").replace("\0", "")
    try:
        rows = [
            line
            for line in csv.reader(io.StringIO(text, newline=""), _dialect(text, content.suffix))
            if any(line)
        ]
    except csv.Error as problem:
        raise UnreadableSource(f"表格格式有误（{problem}）；请用表格软件另存为 CSV UTF-8 再试") from None
    if max(map(len, rows), default=0) > MOST_COLUMNS:
        raise UnreadableSource(f"表格超过 {MOST_COLUMNS} 列，不像文章；请只留下标题、日期、正文几列")
    return _extract(_records(rows))


def read_json(content: Content) -> Extract:
    """The texts in JSON: records anywhere in it, or one record a line."""
    text = decode(content.data).removeprefix("\ufeff")
    try:
        return _extract(list(_json_records(_parsed(text))))
    except RecursionError:
        raise UnreadableSource("JSON 嵌套太深；请检查文件") from None


# ---- records --------------------------------------------------------------------------------------


def _dialect(text: str, suffix: str) -> type[csv.Dialect]:
    """Commas, tabs or semicolons: what the first line has most of."""
    first = text.partition("\n")[0]
    delimiter = max("\t,;" if suffix == ".tsv" else ",\t;", key=first.count)

    class Found(csv.excel):
        pass

    Found.delimiter = delimiter
    return Found


def _records(rows: Sequence[Sequence[str]]) -> list[Record]:
    names = [_key(cell) for cell in rows[0]] if rows else []
    known = {*TEXTS, *TITLES, *DATES, *ISSUERS}
    if not known.intersection(names):
        # No row of names: the columns are called by their numbers.
        return [{str(index): cell for index, cell in enumerate(line)} for line in rows]
    return [dict(zip(names, line, strict=False)) for line in rows[1:]]


def _key(name: str) -> str:
    return re.sub(r"[\s_\-]", "", name).lower()


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as problem:
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            return [json.loads(line) for line in lines] if len(lines) > 1 else _refuse(problem)
        except ValueError:
            return _refuse(problem)


def _refuse(problem: ValueError) -> Any:
    raise UnreadableSource(f"JSON 格式有误（{problem}）；请检查文件") from None


def _json_records(value: Any) -> Iterator[Record]:
    """The objects that hold text, and texts in lists, in order."""
    if isinstance(value, str):
        yield {"0": _HALVES.sub("\ufffd", value)}
    elif isinstance(value, list):
        for one in value:
            yield from _json_records(one)
    elif isinstance(value, dict):
        fields = {_key(str(name)): _joined(one) for name, one in value.items()}
        own = {name: text for name, text in fields.items() if text is not None}
        if any(len(text) >= PROSE or name in TEXTS for name, text in own.items()):
            yield own
        for name, one in value.items():
            if fields[_key(str(name))] is None:
                yield from _json_records(one)


def _joined(value: Any) -> str | None:
    """A field's text: a string, a number, or a list of paragraphs; None for what holds records."""
    if isinstance(value, str):
        return _HALVES.sub("\ufffd", value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return _HALVES.sub("\ufffd", "\n".join(value))
    return None


# ---- text -----------------------------------------------------------------------------------------


def _extract(records: Sequence[Record]) -> Extract:
    field = _text_field(records)
    if field is None:
        raise UnreadableSource("表格里没有成段的文字；请把文章放在名为“正文”的一列里")
    told = [record for record in records if record.get(field, "").strip()]
    note = _note(told[0]) if len(told) == 1 else SourceNote()
    return assembled((part for record in told for part in _parts(record, field)), note)


def _text_field(records: Sequence[Record]) -> str | None:
    sample = list(islice(records, SAMPLE))
    fields = dict.fromkeys(name for record in sample for name in record)
    prose = {name: sum(_worth(record.get(name, "")) for record in sample) for name in fields}
    named = next((name for name in TEXTS if prose.get(name)), None)
    best = max(prose, key=lambda name: prose[name], default=None)
    return named or (best if best is not None and prose[best] else None)


def _worth(text: str) -> int:
    """How much prose a cell holds."""
    return len(_HANZI.findall(text)) if len(text) >= PROSE or _SENTENCE.search(text) else 0


def _parts(record: Record, field: str) -> Iterable[Part]:
    title = _first(record, TITLES)
    if title and title != record[field]:
        yield Part(BlockKind.HEADING, title, 1)
    about = [said for keys in (ISSUERS, DATES) if (said := _first(record, keys)) and len(said) <= 40]
    if about:
        yield Part(BlockKind.PARAGRAPH, "　".join(about))
    yield Part(BlockKind.LINES, record[field])


def _first(record: Record, keys: Iterable[str]) -> str | None:
    return next((record[key].strip() for key in keys if record.get(key, "").strip()), None)


def _note(record: Record) -> SourceNote:
    date = date_in(_first(record, DATES) or "")
    return SourceNote(_first(record, TITLES), organ_in(_first(record, ISSUERS) or ""), date)

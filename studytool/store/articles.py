"""The articles of the bank: a line of each, and one in full.

The texts of an archive do not stand in memory together: whoever wants one looks for it among the lines."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from studytool.errors import StudyError
from studytool.store import rows
from studytool.store.bank import Bank

NAMES = ("id", "source", "title", "byline", "issuer", "published_on", "genre", "kicker", "subtitle")


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """What a list says of an article; `place` is where the bank keeps it: document and position."""

    place: tuple[int, int]
    id: str
    title: str
    byline: str | None
    published_on: str | None
    length: int
    doubts: int
    withdrawn: bool  # its document was taken back: it stands here, and nothing of it is asked


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as the bank keeps it."""

    id: str
    source: str
    title: str
    byline: str | None
    issuer: str | None
    published_on: str | None
    genre: str | None
    kicker: str | None
    subtitle: str | None
    paragraphs: tuple[tuple[str, str | None, str], ...]  # (text, section, role)
    joints: tuple[dict[str, object], ...]
    doubts: tuple[dict[str, str], ...]


def lines(bank: Bank, sources: Iterable[str] = ()) -> tuple[ArticleLine, ...]:
    """All articles, or those of documents with one of `sources` in their names, in the order of these names
    and of the text."""
    names = rows.dump(list(sources))
    found = bank.rows(
        "select a.document_id, a.position, a.id, a.title, a.byline, a.published_on,"
        " (select total(length(json_extract(value, '$.text'))) from json_each(a.paragraphs)) as length,"
        " json_array_length(a.doubts) as doubts, d.withdrawn_at"
        " from articles a join documents d on d.id = a.document_id"
        " where ? = '[]' or exists (select 1 from json_each(?) where instr(d.name, value) > 0)"
        " order by d.name, d.path, a.position",
        *(names, names),
    )
    return tuple(
        ArticleLine(
            (row["document_id"], row["position"]),
            row["id"],
            row["title"],
            row["byline"],
            row["published_on"],
            int(row["length"]),
            row["doubts"],
            row["withdrawn_at"] is not None,
        )
        for row in found
    )


def read(bank: Bank, line: ArticleLine) -> ArticleRow:
    """The article in full. Raises StudyError where a build has taken it away meanwhile."""
    found = bank.rows(
        "select a.*, d.name as source from articles a join documents d on d.id = a.document_id"
        " where a.document_id = ? and a.position = ?",
        *line.place,
    )
    if not found:
        raise StudyError(f"《{line.title}》刚被重建或撤回：请再运行一次")
    return _row(found[0])


@rows.or_damaged
def _row(row: sqlite3.Row) -> ArticleRow:
    return ArticleRow(
        **{name: row[name] for name in NAMES},
        paragraphs=tuple((p["text"], p["section"], p["role"]) for p in json.loads(row["paragraphs"])),
        joints=tuple(json.loads(row["joints"])),
        doubts=tuple(json.loads(row["doubts"])),
    )

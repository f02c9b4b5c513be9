"""A damaged file -> a sound bank of all that can still be read in it.

An index can always be made again from its table. A table of what a build makes is taken from the newest copy
where it cannot be read, and the next build makes all of it anew; what is remembered is worked out from the
answers. What else people did (answers, edits, what they set aside) must be read whole: where it cannot be,
and a copy has the table, nothing is touched, for the copy may have more. Where no copy has it either, what
can be read from its two ends is all there is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from studytool.errors import DamagedBank, WorkFailed
from studytool.schedule import DEFAULT, Settings
from studytool.store import backups, replaying, restoring, shape
from studytool.store.backups import Backup
from studytool.store.bank import Bank
from studytool.store.copies import backups_of, copied_as, fresh_file
from studytool.store.opening import open_bank
from studytool.store.refusals import UNREADABLE

MADE = frozenset(("documents", "articles", "items", "origins", "measures"))  # what the next build makes again
REMEMBERED = "memories"


class Unread(NamedTuple):
    """A table that could not be read whole, the copy it was taken from (None where no copy has it), and else
    how many of its rows could be read."""

    table: str
    copy: Backup | None
    rows: int = 0


def rebuild(place: Path, at: datetime, settings: Settings = DEFAULT) -> tuple[Unread, ...] | None:
    """Put a sound bank in the place of the damaged one, which is kept as a copy. None, and nothing is
    touched, where only a copy has what people did. `settings`: how answers are scheduled."""
    folder = backups_of(place)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with fresh_file(folder / f"{copied_as(place)}-salvaged") as fresh:
            unread = _salvaged(place, fresh, settings)
            if unread is not None:
                restoring.restore(fresh, place, at)
    except OSError as error:
        raise WorkFailed(f"不能在 {folder} 修复（{error.strerror}）：请检查权限和磁盘空间") from error
    return unread


def _salvaged(place: Path, fresh: Path, settings: Settings) -> tuple[Unread, ...] | None:
    copies = tuple(reversed(backups.listed(place)))
    unread: list[Unread] = []
    with open_bank(fresh) as bank:
        bank.run("pragma foreign_keys = off")
        for table in _tables():
            if _taken(place, bank, table):
                continue
            copy = next((copy for copy in copies if _taken(copy.path, bank, table)), None)
            if copy and _is_of_people(table):
                return None
            unread.append(Unread(table, copy, 0 if copy else _taken_in_part(place, bank, table)))
        if any(_is_nothing_left(one, place) for one in unread):
            return None
        if any(one.table in MADE for one in unread):
            bank.run("update documents set stamp = ''")  # so that the next build makes all of it again
        if any(one.table == REMEMBERED for one in unread):
            replaying.remember(bank, settings)
        bank.run("pragma journal_mode = delete")  # a copy has no log beside it
    return tuple(unread)


def _opened(source: Path) -> sqlite3.Connection:
    """To be read past a line of its own list of tables that cannot be, and pages that are cut off."""
    conn = restoring.opened(source)
    with suppress(*UNREADABLE):
        conn.execute("pragma writable_schema = on")
    return conn


def _is_nothing_left(one: Unread, place: Path) -> bool:
    """Has the file a table of what people did, and not a row of it can be read? An empty one is no repair."""
    if one.copy or one.rows or not _is_of_people(one.table):
        return False
    try:
        with closing(_opened(place)) as conn:
            names = {row["name"] for row in conn.execute("select name from sqlite_master")}
    except UNREADABLE:  # then it may have had any
        return True
    return one.table in names


def _is_of_people(table: str) -> bool:
    return table not in MADE and table != REMEMBERED


def _tables() -> Iterator[str]:
    return (table for table in shape.wanted().columns if "sqlite_" not in table)


def _taken(source: Path, bank: Bank, table: str) -> bool:
    """Copy a table row by row, by no index; False, and it stays empty, where it cannot be read whole."""
    columns = _columns(bank, table)
    try:
        with closing(_opened(source)) as conn:
            found = Bank(conn, str(source)).rows(f'select {_named(columns)} from "{table}" not indexed')
        rows = [tuple(row) for row in found]
        with bank.writing():
            bank.run_for_all(
                f"insert {_into(table, columns)}",
                rows if table in MADE else [_fitting(row, columns) for row in rows],
            )
    except (DamagedBank, *UNREADABLE):  # pages that cannot be read, or say what no table of ours would
        return False
    return True


def _taken_in_part(source: Path, bank: Bank, table: str) -> int:
    """Copy the rows that can be read from the first on, and from the last back; how many."""
    columns = _columns(bank, table)
    key = [one.name for one in columns if one.in_key]
    with closing(_opened(source)) as conn, bank.writing():
        for way in ("asc", "desc"):
            order = ", ".join(f'"{name}" {way}' for name in key)
            sql = f'select {_named(columns)} from "{table}" order by {order}'
            for row in _readable(conn, sql):
                with suppress(DamagedBank, *UNREADABLE):
                    bank.run(f"insert or ignore {_into(table, columns)}", *_fitting(row, columns))
    return int(str(bank.value(f'select count(*) from "{table}"')))


def _readable(conn: sqlite3.Connection, sql: str) -> Iterator[tuple[object, ...]]:
    with suppress(*UNREADABLE):
        yield from map(tuple, conn.execute(sql))


_TYPES: Mapping[str, tuple[type, ...]] = {"TEXT": (str,), "INTEGER": (int,), "REAL": (float, int)}
_EMPTY: Mapping[str, object] = {"TEXT": "", "INTEGER": 0, "REAL": 0.0}


class _Column(NamedTuple):
    """A column of a table of ours: its type, and whether it may be empty and stands in the key."""

    name: str
    type: str
    needed: bool
    in_key: bool

    def fitting(self, value: object) -> object:
        """The value, if the column can hold it."""
        if isinstance(value, _TYPES[self.type]) or (value is None and not self.needed):
            return value
        return _EMPTY[self.type] if self.needed else None


def _columns(bank: Bank, table: str) -> tuple[_Column, ...]:
    found = bank.rows('select name, type, "notnull", pk from pragma_table_info(?) order by cid', table)
    return tuple(_Column(row["name"], row["type"], bool(row["notnull"]), bool(row["pk"])) for row in found)


def _named(columns: Sequence[_Column]) -> str:
    return ", ".join(f'"{one.name}"' for one in columns)


def _into(table: str, columns: Sequence[_Column]) -> str:
    places = ", ".join("?" * len(columns))
    return f'into "{table}" ({_named(columns)}) values ({places})'


def _fitting(row: Sequence[object], columns: Sequence[_Column]) -> tuple[object, ...]:
    """The row with nothing, or zero, for a value its column cannot hold: one duration costs no answer."""
    return tuple(one.fitting(value) for value, one in zip(row, columns, strict=True))

"""A damaged file -> a sound bank of all that can still be read in it.

An index can always be made again from its table. A table of what a build makes is taken from the newest copy
where it cannot be read, and the next build makes all of it anew. What people did (answers, edits, what they
set aside) must be read whole: where it cannot be, nothing is touched, for then a copy may have more.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from studytool.errors import DamagedBank, WorkFailed
from studytool.store import backups, restoring, shape
from studytool.store.backups import Backup
from studytool.store.bank import Bank, open_bank
from studytool.store.copies import backups_of, copied_as, fresh_file

MADE = frozenset(("documents", "articles", "items", "origins", "measures"))  # what the next build makes again


class Unread(NamedTuple):
    """A table that could not be read, and the copy it was taken from; None where no copy has it."""

    table: str
    copy: Backup | None


def rebuild(place: Path, at: datetime) -> tuple[Unread, ...] | None:
    """Put a sound bank in the place of the damaged one, which is kept as a copy. None, and nothing is
    touched, where only a copy has what people did."""
    folder = backups_of(place)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with fresh_file(folder / f"{copied_as(place)}-salvaged") as fresh:
            unread = _salvaged(place, fresh)
            if unread is not None:
                restoring.restore(fresh, place, at)
    except OSError as error:
        raise WorkFailed(f"不能在 {folder} 修复（{error.strerror}）：请检查权限和磁盘空间") from error
    return unread


def _salvaged(place: Path, fresh: Path) -> tuple[Unread, ...] | None:
    copies = tuple(reversed(backups.listed(place)))
    unread: list[Unread] = []
    with open_bank(fresh) as bank:
        bank.run("pragma foreign_keys = off")
        for table in _tables():
            if _taken(place, bank, table):
                continue
            if table not in MADE:
                return None
            having = (copy for copy in copies if _taken(copy.path, bank, table))
            unread.append(Unread(table, next(having, None)))
        if unread:
            bank.run("update documents set stamp = ''")  # so that the next build makes all of it again
        bank.run("pragma journal_mode = delete")  # a copy has no log beside it
    return tuple(unread)


def _tables() -> Iterator[str]:
    return (table for table in shape.wanted().columns if "sqlite_" not in table)


def _taken(source: Path, bank: Bank, table: str) -> bool:
    """Copy a table row by row, by no index; False, and it stays empty, where it cannot be read whole."""
    names = sorted(name for name, _ in shape.wanted().columns[table])
    columns = ", ".join(f'"{name}"' for name in names)
    places = ", ".join("?" * len(names))
    try:
        with closing(restoring.opened(source)) as conn:
            rows = Bank(conn, str(source)).rows(f'select {columns} from "{table}" not indexed')
        with bank.writing():
            bank.run_for_all(f'insert into "{table}" ({columns}) values ({places})', [tuple(r) for r in rows])
    except (DamagedBank, sqlite3.Error):  # pages that cannot be read, or say what no table of ours would
        return False
    return True

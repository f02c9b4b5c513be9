"""A bank as it is found -> one whose tables are those of this program, or why it is left as it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

from studytool.errors import DamagedBank, StudyError, WorkFailed
from studytool.store.bank import Bank
from studytool.store.copies import backups_of, copied_as, copy_to
from studytool.store.refusals import DAMAGED, UNREADABLE, Named
from studytool.store.schema import MIGRATION_SET, MIGRATIONS, Migration


def refuse_strangers(bank: Bank) -> None:
    """A database of another program, or a bank newer than this program, is left as it is."""
    if is_of_another_program(bank):
        if bank.value("select 1 from sqlite_master where name = 'reviews'"):
            raise DamagedBank(DAMAGED.format(bank.name))
        raise StudyError(f"{bank.name} 是别的程序的数据库，不是题库：请用 --db 指定另一个文件")
    if is_newer(bank):
        raise StudyError(
            f"题库 {bank.name} 是更新版本的 studytool 建立的：请先升级 studytool（pip install -U studytool）"
        )


def bring_up_to_date(bank: Bank) -> None:
    """Make the tables, or change them to what this program needs; the bank as it was is kept."""
    if not _pending(bank):
        return
    with bank.writing():  # or of two programs at once, one would keep it as the other has left it
        if pending := _pending(bank):
            _copy_before(bank, pending[0])
            _migrate(bank)


def is_of_another_program(bank: Bank) -> bool:
    """Has it tables, but not the list of migrations that every bank has?"""
    tables = {row[0] for row in bank.rows("select name from sqlite_master where type = 'table'")}
    return bool(tables) and "_sqlite_migrations" not in tables


def is_newer(bank: Bank) -> bool:
    """Has it had a migration that this program does not know?"""
    return not applied(bank) <= {migration.name for migration in MIGRATIONS}


def applied(bank: Bank) -> set[str]:
    """The names of the migrations the bank has had."""
    if not bank.value("select 1 from sqlite_master where name = '_sqlite_migrations'"):
        return set()
    columns = {row["name"] for row in bank.rows("pragma table_info(_sqlite_migrations)")}
    if not {"name", "migration_set"} <= columns:
        raise DamagedBank(DAMAGED.format(bank.name))
    found = bank.rows("select name from _sqlite_migrations where migration_set = ?", MIGRATION_SET)
    return {row["name"] for row in found}


def _pending(bank: Bank) -> list[Migration]:
    known = applied(bank)
    return [migration for migration in MIGRATIONS if migration.name not in known]


def _migrate(bank: Bank) -> None:
    from studytool.store import migrating  # noqa: PLC0415 - only a bank whose tables change pays for it

    try:
        with Named(bank.name):
            migrating.apply(bank.conn)
    except sqlite3.OperationalError as error:  # its tables are not what its list of migrations says
        raise DamagedBank(DAMAGED.format(bank.name)) from error


def _copy_before(bank: Bank, migration: Migration) -> None:
    """Before the tables of a bank change, keep it as it was: read anew, for what holds the lock cannot be."""
    if bank.name == ":memory:" or not applied(bank):
        return
    place = Path(bank.name)
    folder, name = backups_of(place), f"{copied_as(place)}-before-{migration.name}"
    try:
        with closing(sqlite3.connect(place)) as reader:
            copy_to(reader, bank.name, (folder / f"{name}{number}.db" for number in _numbers()))
    except (OSError, *UNREADABLE) as error:
        raise WorkFailed(
            f"升级题库前不能备份到 {folder}（{error}），题库没有改动：请检查权限和磁盘空间"
        ) from error


def _numbers() -> Iterator[str]:
    """What is put behind the name of a file: nothing, -2, -3, …"""
    yield ""
    yield from (f"-{number}" for number in count(2))

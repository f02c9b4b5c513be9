"""Opening a bank: a path -> a Bank with its schema up to date, and one way to write in it.

Writers take the lock at once (`begin immediate`): a transaction that starts by reading and is then
refused the lock could not simply wait, it would have to be tried again.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from studytool.errors import StudyError, WorkFailed
from studytool.store.schema import MIGRATIONS

BUSY_SECONDS = 30


class Bank:
    """An open bank. Use it as a context manager, so that the file is closed whatever happens."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """The rows a query gives."""
        found: list[sqlite3.Row] = self.db.execute(sql, values).fetchall()
        return found

    def value(self, sql: str, *values: object) -> object:
        """The first value of the first row of a query, or None."""
        row = self.db.execute(sql, values).fetchone()
        return row[0] if row else None

    def run(self, sql: str, *values: object) -> int:
        """Run a statement; how many rows it touched."""
        return int(self.db.execute(sql, values).rowcount)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of it is kept, or nothing."""
        if self.db.conn.in_transaction:
            yield
            return
        self._begin()
        try:
            yield
            self.db.conn.execute("commit")
        except BaseException:
            if self.db.conn.in_transaction:
                self.db.conn.execute("rollback")
            raise

    def _begin(self) -> None:
        try:
            self.db.conn.execute("begin immediate")
        except sqlite3.OperationalError as error:
            raise WorkFailed(f"题库正被别的程序占用，或者不能写入（{error}）：请稍后再试") from error

    def close(self) -> None:
        self.db.close()

    def __enter__(self) -> Bank:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_bank(path: str | Path, *, create: bool = True) -> Bank:
    """The bank in the file at `path` (`:memory:` for none), made if it is not there and `create`.

    Raises StudyError where the file is not a bank or cannot be opened."""
    name = str(path)
    if name != ":memory:":
        _check_place(Path(name), create=create)
    conn = _connect(name)
    bank = Bank(Database(conn))
    try:
        _prepare(bank, name)
    except BaseException:
        bank.close()
        raise
    return bank


def backups_of(place: Path) -> Path:
    """The folder with the copies of the bank at `place`."""
    return place.with_name(f"{place.stem}-backups")


def copy_to(bank: Bank, target: Path) -> None:
    """Copy the bank, while others may go on working with it, into one file that is whole or not there."""
    target.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = target.with_name(f"{target.name}.{os.getpid()}.new")
    copy = sqlite3.connect(fresh)
    try:
        bank.db.conn.backup(copy)
        copy.execute("pragma journal_mode = delete")  # a copy has no log beside it
    finally:
        copy.close()
    fresh.chmod(0o600)
    fresh.replace(target)


def _copy_before(bank: Bank, name: str, migration: str) -> None:
    """Before the tables of a bank change, keep it as it was."""
    if name != ":memory:" and MIGRATIONS.applied(bank.db):
        place = Path(name)
        copy_to(bank, backups_of(place) / f"{place.stem}-before-{migration}.db")


def _check_place(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise StudyError(f"{path} 是文件夹，不是题库：请用 --db 指定一个文件")
    if not path.exists():
        if not create:
            raise StudyError(f"还没有题库 {path}：先运行 studytool build 文件或文件夹")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StudyError(
                f"不能建立题库所在的文件夹 {path.parent}（{error.strerror}）：请用 --db 换一处"
            ) from error


def _connect(name: str) -> sqlite3.Connection:
    try:
        conn = sqlite3.connect(name, timeout=BUSY_SECONDS, isolation_level=None)
    except sqlite3.Error as error:
        raise StudyError(f"打不开题库 {name}（{error}）：请检查路径和权限，或用 --db 换一处") from error
    conn.row_factory = sqlite3.Row
    return conn


def _prepare(bank: Bank, name: str) -> None:
    try:
        bank.db.execute("pragma foreign_keys = on")
        bank.db.execute("pragma journal_mode = wal")
        bank.db.execute("pragma synchronous = full")  # an answer acknowledged is an answer kept
        _refuse_strangers(bank, name)
        if MIGRATIONS.pending(bank.db):
            _copy_before(bank, name, MIGRATIONS.pending(bank.db)[0].name)
            with bank.writing():  # or two programs that open a new bank at once both make its tables
                MIGRATIONS.apply(bank.db)
    except sqlite3.DatabaseError as error:
        raise _translated(error, name) from error


def _refuse_strangers(bank: Bank, name: str) -> None:
    """A database of another program, or a bank newer than this program, is left as it is."""
    tables = {row[0] for row in bank.rows("select name from sqlite_master where type = 'table'")}
    if tables and "_sqlite_migrations" not in tables:
        raise StudyError(f"{name} 是别的程序的数据库，不是题库：请用 --db 指定另一个文件")
    ours = {migration.name for migration in MIGRATIONS.pending(Database(memory=True))}
    if any(applied.name not in ours for applied in MIGRATIONS.applied(bank.db)):
        raise StudyError(
            f"题库 {name} 是更新版本的 studytool 建立的：请先升级 studytool（pip install -U studytool）"
        )


def _translated(error: sqlite3.DatabaseError, name: str) -> StudyError:
    message = str(error)
    if "not a database" in message or "malformed" in message or "encrypted" in message:
        return StudyError(f"{name} 不是题库（或已损坏）：请用 --db 指定另一个文件，或从备份恢复")
    if "readonly" in message or "unable to open" in message:
        return StudyError(f"题库 {name} 不能写入：请检查权限，或用 --db 换一处")
    return WorkFailed(f"题库 {name} 出错（{message}）：请稍后再试，或用 --db 换一处")

"""Opening a bank: a path -> a Bank with its schema up to date, and one way to write in it.

Writers take the lock at once (`begin immediate`): a transaction that starts by reading and is then
refused the lock could not simply wait, it would have to be tried again.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.errors import StudyError, WorkFailed
from studytool.store.schema import MIGRATION_SET, MIGRATIONS, Migration

if TYPE_CHECKING:
    from sqlite_utils.db import Table

BUSY_SECONDS = 15  # nobody holds the lock for longer than one document takes to keep
DURABLE = "pragma synchronous = full"  # an answer acknowledged is an answer kept
_PRIMARY = 0xFF  # the part of SQLite's error code that names the kind


class Bank:
    """An open bank. Use it as a context manager, so that the file is closed whatever happens."""

    def __init__(self, conn: sqlite3.Connection, name: str = ":memory:") -> None:
        self.conn = conn
        self.name = name

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """The rows a query gives."""
        with self._named():
            return self.conn.execute(sql, values).fetchall()

    def value(self, sql: str, *values: object) -> object:
        """The first value of the first row of a query, or None."""
        with self._named():
            row = self.conn.execute(sql, values).fetchone()
        return row[0] if row else None

    def run(self, sql: str, *values: object) -> int:
        """Run a statement; how many rows it touched."""
        with self._named():
            return self.conn.execute(sql, values).rowcount

    def table(self, name: str) -> Table:
        """A table of the bank, for writing many rows at once."""
        from sqlite_utils import Database  # noqa: PLC0415 - long to load, and only a build writes so much

        return Database(self.conn, execute_plugins=False).table(name)

    @contextmanager
    def writing(self, *, durable: bool = True) -> Iterator[None]:
        """One transaction: all of it is kept, or nothing.

        What is not `durable` may be lost, whole, where the power fails soon after: it is for what can be
        made again, because waiting for the disk takes longer than keeping a document does."""
        if self.conn.in_transaction:
            yield
            return
        # Only with a log beside it is the bank sound then, and some folders can have none.
        at_leisure = not durable and self.value("pragma journal_mode") == "wal"
        if at_leisure:
            self.run("pragma synchronous = normal")
        try:
            self.run("begin immediate")
            yield
            self.run("commit")
        except BaseException:
            if self.conn.in_transaction:
                self.conn.execute("rollback")
            raise
        finally:
            if at_leisure:
                self.run(DURABLE)

    def close(self) -> None:
        self.conn.close()

    def __enter__(self) -> Bank:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _named(self) -> _Named:
        return _Named(self.name)


class _Named:
    """What the machine refuses (a full disk, a lock, a damaged file) becomes one line about this bank.

    A class, not a generator: it stands around every statement."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, UnicodeDecodeError):  # in SQLite's own message, which quotes a damaged page
            raise StudyError(_DAMAGED.format(self.name)) from error
        if isinstance(error, sqlite3.DatabaseError):
            said = _translated(error, self.name)
            if said:
                raise said from error


def open_bank(path: str | Path, *, create: bool = True) -> Bank:
    """The bank in the file at `path` (`:memory:` for none), made if it is not there and `create`.

    Raises StudyError where the file is not a bank or cannot be opened."""
    name = str(path)
    if name != ":memory:":
        _check_place(Path(name), create=create)
    bank = Bank(_connect(name), name)
    try:
        _prepare(bank)
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
    try:
        make_private(fresh)
        with closing(sqlite3.connect(fresh)) as copy:
            bank.conn.backup(copy)
            copy.execute("pragma journal_mode = delete")  # a copy has no log beside it
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def make_private(path: Path) -> None:
    """Make an empty file that only its owner may read: answers will be in it."""
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def _check_place(path: Path, *, create: bool) -> None:
    try:
        if path.is_dir():
            raise StudyError(f"{path} 是文件夹，不是题库：请用 --db 指定一个文件")
        if path.exists():
            return
        if not create:
            raise StudyError(f"还没有题库 {path}：先运行 studytool build 文件或文件夹")
        path.parent.mkdir(parents=True, exist_ok=True)
        make_private(path)
    except OSError as error:
        raise StudyError(f"不能在 {path} 建立题库（{error.strerror}）：请用 --db 换一处") from error
    except ValueError as error:  # a name with a NUL in it
        raise StudyError(f"{path!r} 不是文件名：请用 --db 换一个") from error


def _connect(name: str) -> sqlite3.Connection:
    try:
        conn = sqlite3.connect(name, timeout=BUSY_SECONDS, isolation_level=None)
    except sqlite3.Error as error:
        raise StudyError(f"打不开题库 {name}（{error}）：请检查路径和权限，或用 --db 换一处") from error
    conn.row_factory = sqlite3.Row
    return conn


def _prepare(bank: Bank) -> None:
    bank.run("pragma foreign_keys = on")
    bank.run("pragma journal_mode = wal")
    bank.run(DURABLE)
    _refuse_strangers(bank)
    pending = _pending(bank)
    if pending:
        _copy_before(bank, pending[0])
        with bank.writing():  # or two programs that open a new bank at once both make its tables
            _migrate(bank)


def _refuse_strangers(bank: Bank) -> None:
    """A database of another program, or a bank newer than this program, is left as it is."""
    tables = {row[0] for row in bank.rows("select name from sqlite_master where type = 'table'")}
    if tables and "_sqlite_migrations" not in tables:
        raise StudyError(f"{bank.name} 是别的程序的数据库，不是题库：请用 --db 指定另一个文件")
    if not _applied(bank) <= {migration.name for migration in MIGRATIONS}:
        raise StudyError(
            f"题库 {bank.name} 是更新版本的 studytool 建立的：请先升级 studytool（pip install -U studytool）"
        )


def _applied(bank: Bank) -> set[str]:
    """The names of the migrations the bank has had."""
    if not bank.value("select 1 from sqlite_master where name = '_sqlite_migrations'"):
        return set()
    found = bank.rows("select name from _sqlite_migrations where migration_set = ?", MIGRATION_SET)
    return {row["name"] for row in found}


def _pending(bank: Bank) -> list[Migration]:
    applied = _applied(bank)
    return [migration for migration in MIGRATIONS if migration.name not in applied]


def _migrate(bank: Bank) -> None:
    from studytool.store import migrating  # noqa: PLC0415 - only a bank whose tables change pays for it

    try:
        with _Named(bank.name):
            migrating.apply(bank.conn)
    except sqlite3.OperationalError as error:  # its tables are not what its list of migrations says
        raise StudyError(_DAMAGED.format(bank.name)) from error


def _copy_before(bank: Bank, migration: Migration) -> None:
    """Before the tables of a bank change, keep it as it was."""
    if bank.name == ":memory:" or not _applied(bank):
        return
    place = Path(bank.name)
    target = backups_of(place) / f"{place.stem}-before-{migration.name}.db"
    try:
        copy_to(bank, target)
    except (OSError, sqlite3.Error) as error:
        raise WorkFailed(
            f"升级题库前不能备份到 {target}（{error}），题库没有改动：请检查权限和磁盘空间"
        ) from error


_DAMAGED = "{} 不是题库（或已损坏）：请用 studytool restore 从备份恢复，或用 --db 指定另一个文件"

# Kind of refusal -> what to say of the bank, and whether the call (else the machine) is to blame.
_REFUSALS = {
    sqlite3.SQLITE_NOTADB: (StudyError, "{} 不是题库（或已损坏）：请用 --db 指定另一个文件，或从备份恢复"),
    sqlite3.SQLITE_CORRUPT: (StudyError, _DAMAGED),
    sqlite3.SQLITE_READONLY: (StudyError, "题库 {} 不能写入：请检查权限，或用 --db 换一处"),
    sqlite3.SQLITE_CANTOPEN: (StudyError, "题库 {} 不能写入：请检查权限，或用 --db 换一处"),
    sqlite3.SQLITE_PERM: (StudyError, "题库 {} 不能写入：请检查权限，或用 --db 换一处"),
    sqlite3.SQLITE_FULL: (WorkFailed, "磁盘已满，没有存进题库 {}；此前的都已保存：请腾出空间后再试"),
    sqlite3.SQLITE_BUSY: (
        WorkFailed,
        "题库 {} 正被占用，或所在的文件夹不能加锁（如网络文件夹）：请稍后再试，或用 --db 换到本机磁盘",
    ),
    sqlite3.SQLITE_IOERR: (
        WorkFailed,
        "题库 {} 读写失败；此前的都已保存：请检查磁盘（空间、网络文件夹），或用 --db 换到本机磁盘",
    ),
}
_REFUSALS[sqlite3.SQLITE_PROTOCOL] = _REFUSALS[sqlite3.SQLITE_LOCKED] = _REFUSALS[sqlite3.SQLITE_BUSY]


def _translated(error: sqlite3.DatabaseError, name: str) -> StudyError | None:
    """One line for what the machine or the file is to blame for; None for what is a bug of ours."""
    if str(error).startswith("unsupported file format"):  # no kind of its own
        return StudyError(_DAMAGED.format(name))
    refusal = _REFUSALS.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY)
    return refusal[0](refusal[1].format(name)) if refusal else None

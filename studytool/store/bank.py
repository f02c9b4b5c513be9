"""Opening a bank: a path -> a Bank with its schema up to date, and one way to write in it.

Writers take the lock at once (`begin immediate`): a transaction that starts by reading and is then
refused the lock could not simply wait, it would have to be tried again. How they wait for it is ours, not
SQLite's (`turns`).
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from studytool.errors import StudyError, WorkFailed
from studytool.named import is_plain
from studytool.store import refusals, upgrading
from studytool.store.copies import backups_of, drop_unfinished_name, mend_logs
from studytool.store.refusals import Named, is_busy
from studytool.store.turns import Turns

DURABLE = "pragma synchronous = full"  # an answer acknowledged is an answer kept
COPIES = "pragma user_version"  # how often a copy has been put in the place of this bank


class Life(NamedTuple):
    """Which file a bank is, and how often a copy has been put in it: what changes when one is restored."""

    device: int
    inode: int
    copies: int


class Bank:
    """An open bank. Use it as a context manager, so that the file is closed whatever happens."""

    def __init__(self, conn: sqlite3.Connection, name: str = ":memory:") -> None:
        self.conn = conn
        self.name = name
        self._named = Named(name)  # around every statement: made once
        self._turns = Turns()
        self._life: Life | None = None  # which file was opened, and how often a copy had been put in it
        self._at_leisure = False  # has anything been committed that the disk was not waited for?

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """The rows a query gives."""
        with self._named:
            return self._execute(sql, values).fetchall()

    def value(self, sql: str, *values: object) -> object:
        """The first value of the first row of a query, or None."""
        with self._named:
            row = self._execute(sql, values).fetchone()
        return row[0] if row else None

    def run(self, sql: str, *values: object) -> int:
        """Run a statement; how many rows it touched."""
        with self._named:
            return self._execute(sql, values).rowcount

    def insert(self, sql: str, *values: object) -> int:
        """Run an `insert` of one row; its number."""
        with self._named:
            return int(self._execute(sql, values).lastrowid or 0)

    def run_for_all(self, sql: str, values: Sequence[Sequence[object]]) -> None:
        """Run a statement for each of these, within a transaction."""
        with self._named:
            self.conn.executemany(sql, values)

    def _execute(self, sql: str, values: tuple[object, ...]) -> sqlite3.Cursor:
        try:
            return self.conn.execute(sql, values)
        except sqlite3.OperationalError as error:
            if not is_busy(error):
                raise
        asked = time.monotonic()
        while time.monotonic() - asked < refusals.BUSY_SECONDS:
            self._turns.wait()
            try:
                return self.conn.execute(sql, values)
            except sqlite3.OperationalError as error:
                if not is_busy(error):
                    raise
        return self.conn.execute(sql, values)

    @contextmanager
    def writing(self, *, durable: bool = True) -> Iterator[None]:
        """One transaction: all of it is kept, or nothing.

        What is not `durable` may be lost, whole, where the power fails soon after: it is for what can be
        made again, because waiting for the disk takes longer than keeping a document does. It can take
        nothing durable with it. SQLite's log is one file that only grows, and a durable commit waits until
        all of it is on the disk, what came before included; after a power failure the log is read up to its
        first frame that is not whole, which can only stand behind the last one waited for. And before the
        log is begun anew, a checkpoint has brought log and bank to the disk, whoever wrote them."""
        if self.conn.in_transaction:
            yield
            return
        # Only with a log beside it is the bank sound then, and some folders can have none.
        at_leisure = not durable and self.value("pragma journal_mode") == "wal"
        if at_leisure:
            self.run("pragma synchronous = normal")
        changes = self.conn.total_changes
        try:
            with self._turn():
                yield
            # A durable commit waits for all before it, but only if it has something to write.
            if at_leisure or self.conn.total_changes > changes:
                self._at_leisure = at_leisure
        finally:
            if at_leisure:
                self.run(DURABLE)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """The bank as it is now, however much is read and whatever others write meanwhile. Nobody waits, but
        where the bank can have no log beside it; not within a transaction."""
        self.run("begin")
        try:
            yield
        finally:
            self.conn.rollback()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Hold the lock of the bank; what was done is committed, or taken back where it went wrong."""
        self._turns.give_way()
        self.run("begin immediate")
        self._turns.begin()
        try:
            self._check_life()
            yield
            self.run("commit")
        except BaseException:
            if self.conn.in_transaction:
                self.conn.execute("rollback")
            raise
        finally:
            self._turns.end()

    def remember_life(self) -> None:
        """From now on refuse to write where another bank has taken the place of this one."""
        self._life = self._lived()

    def _lived(self) -> Life:
        found = os.stat(self.name)  # noqa: PTH116 - before every answer: a Path takes longer to make
        (copies,) = self._execute(COPIES, ()).fetchone()
        return Life(found.st_dev, found.st_ino, copies)

    def _is_same(self) -> bool:
        try:
            return self._life is None or self._lived() == self._life
        except OSError:
            return False

    def _check_life(self) -> None:
        """Who answers a question of the bank that was must not be told that it is kept in the one that is."""
        if not self._is_same():
            raise StudyError(f"题库 {self.name} 刚被恢复或移走，这一步没有保存：请重新运行（此前的都已保存）")

    def settle(self) -> None:
        """Wait until all that was committed is on the disk, whatever was not waited for."""
        if self._at_leisure and self._is_same():
            with self.writing():
                # A durable commit waits for the whole log, but only if it has something to write there.
                self.run(f"{COPIES} = {self.value(COPIES)}")
            self._at_leisure = False

    def close(self) -> None:
        """Let go of the file."""
        self.conn.close()

    def __enter__(self) -> Bank:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        try:
            if error is None:
                self.settle()
            else:  # what is told then is that all before it was kept
                with suppress(StudyError):
                    self.settle()
        finally:
            self.close()


def open_bank(path: str | Path, *, create: bool = True) -> Bank:
    """The bank in the file at `path` (`:memory:` for none), made if it is not there and `create`.

    Raises StudyError where the file is not a bank or cannot be opened."""
    name = str(path)
    made = () if name == ":memory:" else _make_place(Path(name), create=create)
    try:
        return _opened(name)
    except StudyError as refused:
        # Where the call is to blame (a name too long for a log beside it), nobody else can have a bank there.
        if not isinstance(refused, WorkFailed):
            _unmake(made)
        raise


def _opened(name: str) -> Bank:
    bank = Bank(_connect(name), name)
    try:
        _prepare(bank)
    except BaseException:
        bank.close()
        raise
    return bank


def _make_place(path: Path, *, create: bool) -> tuple[Path, ...]:
    """What was made, so that a bank can be opened there: its file, and the folders above it, last first."""
    try:
        if path.is_dir():
            raise StudyError(f"{path} 是文件夹，不是题库：请用 --db 指定一个文件")
        if path.exists():
            if not is_plain(path):  # SQLite would wait there for ever
                raise StudyError(f"题库 {path} 不是普通文件：请用 --db 指定一个文件")
            _refuse_emptied(path)
            drop_unfinished_name(path)
            refusals.refuse_two_names(path)
            mend_logs(path)
            return ()
        if not create:
            raise StudyError(f"还没有题库 {path}：先运行 studytool build 文件或文件夹")
        made = path, *(folder for folder in path.parents if not folder.exists())
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))  # answers will be in it
        except OSError:
            _unmake(made)
            raise
        return made
    except OSError as error:
        what = f"不能在 {path} 建立题库" if create else f"打不开题库 {path}"
        raise StudyError(f"{what}（{error.strerror}）：请检查路径和权限，或用 --db 换一处") from error
    except ValueError as error:  # a name with a NUL in it
        raise StudyError(f"{path!r} 不是文件名：请用 --db 换一个") from error


def _unmake(made: Sequence[Path]) -> None:
    """Take away what was made for a bank that cannot be: an empty file, and folders with nothing else."""
    for place in made:
        with suppress(OSError):
            if place.is_dir():
                place.rmdir()
            elif place.stat().st_size == 0:
                place.unlink()


def _refuse_emptied(path: Path) -> None:
    """An empty file may become a bank; but one that has copies was a bank already, and has lost it all."""
    if path.stat().st_size == 0 and any(backups_of(path).glob("*.db")):
        raise StudyError(f"题库 {path} 成了空文件，但有备份：请用 studytool restore 恢复；正在新建的请稍候")


def _connect(name: str) -> sqlite3.Connection:
    try:
        conn = sqlite3.connect(name, timeout=0, isolation_level=None)  # `Bank` waits
    except sqlite3.Error as error:
        raise StudyError(f"打不开题库 {name}（{error}）：请检查路径和权限，或用 --db 换一处") from error
    conn.row_factory = sqlite3.Row
    return conn


def _prepare(bank: Bank) -> None:
    bank.run("pragma foreign_keys = on")
    bank.run("pragma journal_mode = wal")
    bank.run(DURABLE)
    upgrading.refuse_strangers(bank)
    upgrading.bring_up_to_date(bank)
    if bank.name != ":memory:":
        bank.remember_life()

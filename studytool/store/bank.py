"""A bank that is open: what can be asked of it, and one way to write in it.

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
from typing import NamedTuple

from studytool.errors import StudyError
from studytool.store import refusals
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

    def refuse_unwritable(self) -> None:
        """Raises StudyError where nothing can be written: nobody should work for what could not be kept."""
        self.run("begin immediate")  # which a bank that can only be read allows
        try:
            self.run(f"{COPIES} = {self.value(COPIES)}")
        finally:
            self.conn.rollback()

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

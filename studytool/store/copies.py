"""The files of a bank's copies: where they are, and how one is made whole or not at all."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import chain
from pathlib import Path

from studytool import durable
from studytool.store import refusals

UNFINISHED = ".new"  # how the name of a file ends that is being made
TAILS = ("-journal", "-wal", "-shm")  # what SQLite keeps of a file in others beside it


def real(place: Path) -> Path:
    """The bank itself where `place` is a link: it is what is copied, and what a copy takes the place of."""
    return Path(os.path.realpath(place))


def backups_of(place: Path) -> Path:
    """The folder with the copies of the bank at `place`: each bank has its own, x.db and x beside it too."""
    bank = real(place)
    return bank.with_name(f"{bank.stem}-backups" if bank.suffix == ".db" else f"{bank.name}.backups")


def copied_as(place: Path) -> str:
    """What the names of a bank's copies begin with."""
    bank = real(place)
    return bank.stem if bank.suffix == ".db" else bank.name


def mend_logs(place: Path) -> None:
    """Let what lies beside a bank be written where the bank may be: SQLite gives a log the mode of its bank,
    and a bank that was read while nobody might write it leaves one that nobody may."""
    bank = real(place)
    with suppress(OSError):
        mode = stat.S_IMODE(bank.stat().st_mode)
        for tail in ("-wal", "-shm"):
            beside = bank.with_name(bank.name + tail)
            if mode & stat.S_IWUSR and beside.exists() and not beside.stat().st_mode & stat.S_IWUSR:
                beside.chmod(mode)


def drop_unfinished_name(place: Path) -> None:
    """Take from a copy the name it bore while it was made: whoever was killed left it with both."""
    copy = real(place)
    with suppress(OSError):
        if copy.stat().st_nlink > 1:
            for other in copy.parent.glob(f"*{UNFINISHED}"):
                if other != copy and other.samefile(copy):
                    other.unlink()


@contextmanager
def fresh_file(beside: Path) -> Iterator[Path]:
    """An empty file that only its owner may read (answers will be in it), to become another in the folder of
    `beside`; what is not used is gone in the end."""
    number, path = tempfile.mkstemp(UNFINISHED, f"{beside.name}.", beside.parent)
    os.close(number)
    try:
        yield Path(path)
    finally:
        for name in (path, *(path + tail for tail in TAILS)):
            Path(name).unlink(missing_ok=True)


def copy_to(bank: sqlite3.Connection, name: str, targets: Iterator[Path]) -> Path:
    """Copy the bank of this name, while others may go on working with it, into one file that is whole or not
    there; its path is the first of `targets`, names in one folder without end, that is free."""
    first = next(targets)
    first.parent.mkdir(mode=0o700, exist_ok=True)
    with fresh_file(first) as fresh:
        copy_into(bank, name, fresh)
        return put(fresh, chain((first,), targets))


def copy_into(bank: sqlite3.Connection, name: str, fresh: Path) -> None:
    """Copy the bank of this name, its log included, into an empty file of ours.

    Raises WorkFailed where others do not let go of it: SQLite would wait for ever."""
    with closing(sqlite3.connect(fresh)) as copy:
        bank.backup(copy, progress=patience(name))
        copy.execute("pragma journal_mode = delete")  # a copy has no log beside it


def patience(name: str) -> Callable[[int, int, int], None]:
    """What is told after each step of a copy, and ends it where the bank of this name is locked too long."""
    asked = time.monotonic()

    def look(status: int, _left: int, _pages: int) -> None:
        waits = status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if waits and time.monotonic() - asked > refusals.BUSY_SECONDS:
            raise refusals.busy(name)

    return look


def put(fresh: Path, targets: Iterator[Path]) -> Path:
    """Give a finished file the first of these names that is free: a copy never takes the place of another."""
    for target in targets:
        try:
            target.hardlink_to(fresh)  # unlike a new name, never instead of another file
        except FileExistsError:
            continue
        except OSError:  # a disk without links
            if target.exists():
                continue
            fresh.replace(target)
        durable.settle_folder(target.parent)
        return target
    raise AssertionError("names do not end")

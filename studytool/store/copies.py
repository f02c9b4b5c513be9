"""The files of a bank's copies: where they are, and how one is made whole or not at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


def backups_of(place: Path) -> Path:
    """The folder with the copies of the bank at `place`: each bank of a folder has its own."""
    return place.with_name(f"{copied_as(place)}-backups")


def copied_as(place: Path) -> str:
    """What the names of a bank's copies begin with."""
    return place.stem if place.suffix == ".db" else place.name


@contextmanager
def made_beside(target: Path) -> Iterator[Path]:
    """A private file to write, which takes the place of `target` when all went well and else is gone."""
    fresh = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        make_private(fresh)
        yield fresh
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def copy_to(bank: sqlite3.Connection, target: Path) -> None:
    """Copy the bank, while others may go on working with it, into one file that is whole or not there."""
    target.parent.mkdir(mode=0o700, exist_ok=True)
    with made_beside(target) as fresh:
        copy_into(bank, fresh)


def copy_into(bank: sqlite3.Connection, fresh: Path) -> None:
    """Copy the bank, its log included, into an empty file of ours."""
    with closing(sqlite3.connect(fresh)) as copy:
        bank.backup(copy)
        copy.execute("pragma journal_mode = delete")  # a copy has no log beside it


def make_private(path: Path) -> None:
    """Make an empty file that only its owner may read: answers will be in it."""
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))

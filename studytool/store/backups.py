"""Copies of the bank: made whole, kept thinning with age, put back.

A copy is made by SQLite itself while others go on working, beside its place, and renamed when it is whole.
Before a copy is put back, the bank as it is becomes a copy too: no restore loses anything.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Hashable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from studytool.errors import StudyError, WorkFailed
from studytool.store.bank import BUSY_SECONDS, Bank, backups_of, copy_to, make_private

FORMAT = "%Y%m%d-%H%M%S"
DAYS, WEEKS, MONTHS = 7, 5, 12  # the last copy of so many days, weeks and months is kept
DAMAGED = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A copy of the bank and when (UTC) it was made."""

    made_at: datetime
    path: Path


def listed(place: Path) -> tuple[Backup, ...]:
    """The copies of the bank at `place`, oldest first; other files in their folder do not count."""
    found: list[Backup] = []
    for path in backups_of(place).glob(f"{place.stem}-*.db"):
        try:
            made = datetime.strptime(path.stem.removeprefix(f"{place.stem}-"), FORMAT).replace(tzinfo=UTC)
        except ValueError:
            continue
        found.append(Backup(made, path))
    return tuple(sorted(found))


def make(bank: Bank, place: Path, at: datetime) -> Backup:
    """Copy the bank at `place`, and let go of the copies that have become too many."""
    made = at.astimezone(UTC).replace(microsecond=0)
    target = _target(place, made)
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        copy_to(bank, target)
        for old in surplus(listed(place)):
            old.path.unlink(missing_ok=True)
        _sweep(target.parent, at)
    except (OSError, sqlite3.Error) as error:
        raise WorkFailed(f"不能在 {target.parent} 备份（{error}）：请检查权限和磁盘空间") from error
    return Backup(made, target)


def _sweep(folder: Path, at: datetime) -> None:
    """Copies that were being made when the program or the machine stopped, more than a day ago."""
    for path in folder.glob("*.new"):
        if path.stat().st_mtime < (at - timedelta(days=1)).timestamp():
            path.unlink(missing_ok=True)


def is_due(place: Path, at: datetime) -> bool:
    """Has no copy been made on this day of the person's?"""
    return all(backup.made_at.astimezone(at.tzinfo).date() != at.date() for backup in listed(place))


def surplus(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """The copies to let go of: all but the last of each recent day, week and month."""
    newest_first = sorted(backups, reverse=True)
    kept: set[Backup] = set(newest_first[:1])
    for period, count in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        seen: set[Hashable] = set()
        for backup in newest_first:
            name = period(backup.made_at.date())
            if name not in seen and len(seen) < count:
                seen.add(name)
                kept.add(backup)
    return tuple(backup for backup in newest_first if backup not in kept)


def restore(backup: Path, place: Path, at: datetime) -> Backup | None:
    """Put a copy in the bank's place; the bank as it was becomes a copy, which is given back."""
    _check_sound(backup)
    try:
        saved = _set_aside(place, at)
        if not (saved and _poured(backup, place)):
            _replace(backup, place)
    except (OSError, sqlite3.Error) as error:
        raise WorkFailed(f"不能恢复到 {place}（{error}）：请检查权限和磁盘空间") from error
    return saved


def _poured(backup: Path, place: Path) -> bool:
    """Put a copy into a sound bank as one transaction of SQLite's: killed half-way the bank is as it was,
    and who has it open goes on with the copy. False where the bank is too damaged for that."""
    try:
        with closing(sqlite3.connect(place, timeout=BUSY_SECONDS)) as live:
            if live.execute("pragma quick_check(1)").fetchone()[0] != "ok":
                return False
            with closing(_opened(backup)) as copy:
                copy.backup(live)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode in DAMAGED:
            return False
        raise
    return True


def _replace(backup: Path, place: Path) -> None:
    """Put a copy in the place of a damaged bank, or of none."""
    fresh = place.with_name(f"{place.name}.{os.getpid()}.new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _copy_file(backup, fresh)
        for tail in ("-wal", "-shm"):  # a log of other pages would be played into the copy
            place.with_name(place.name + tail).unlink(missing_ok=True)
        fresh.replace(place)
    finally:
        fresh.unlink(missing_ok=True)


def _copy_file(source: Path, target: Path) -> None:
    """Copy bytes into a file only its owner may read, down to the disk."""
    make_private(target)
    with source.open("rb") as stream, target.open("wb") as copy:
        shutil.copyfileobj(stream, copy)
        copy.flush()
        os.fsync(copy.fileno())


def _target(place: Path, made: datetime) -> Path:
    return backups_of(place) / f"{place.stem}-{made.strftime(FORMAT)}.db"


def _opened(backup: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)


def _check_sound(backup: Path) -> None:
    if not backup.is_file():
        raise StudyError(f"没有备份 {backup}：用 studytool restore 查看有哪些备份")
    try:
        with closing(_opened(backup)) as copy:
            sound = copy.execute("pragma integrity_check").fetchone()[0] == "ok"
            ours = copy.execute("select 1 from sqlite_master where name = 'items'").fetchone()
    except sqlite3.DatabaseError:
        sound, ours = False, None
    if not sound or not ours:
        raise StudyError(f"{backup} 不是完好的备份：请换一份（studytool restore 列出全部备份）")


def _set_aside(place: Path, at: datetime) -> Backup | None:
    """Keep the bank as it is; a damaged one byte for byte, its file and its log."""
    if not place.exists():
        return None
    made = at.astimezone(UTC).replace(microsecond=0)
    while (target := _target(place, made)).exists():
        made += timedelta(seconds=1)
    target.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        with closing(sqlite3.connect(place, timeout=BUSY_SECONDS)) as live:
            copy_to(Bank(live), target)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode not in DAMAGED:
            raise
        for tail in ("", "-wal"):
            source = place.with_name(place.name + tail)
            if source.exists():
                _copy_file(source, target.with_name(target.name + tail))
    return Backup(made, target)


def _day(day: date) -> Hashable:
    return day


def _week(day: date) -> Hashable:
    return day.isocalendar()[:2]


def _month(day: date) -> Hashable:
    return day.year, day.month

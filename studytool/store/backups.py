"""Copies of the bank: made whole, kept thinning with age. What puts them back is `restoring`.

A copy is made by SQLite itself while others go on working, beside its place, and renamed when it is whole. No
copy ever takes the place of another.
"""

from __future__ import annotations

import glob
import re
from collections.abc import Hashable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from studytool.errors import WorkFailed
from studytool.named import is_there
from studytool.store.bank import Bank
from studytool.store.copies import UNFINISHED, backups_of, copied_as, copy_to, real
from studytool.store.refusals import UNREADABLE

FORMAT = "%Y%m%d-%H%M%S"
DAYS, WEEKS, MONTHS = 7, 5, 12  # the last copy of so many days, weeks and months is kept
RECENT = timedelta(days=2)  # of these every copy: the last may be of a bank that was damaged already
FIRST_YEAR, LAST_YEAR = 1970, 2500  # of a clock that may be wrong by a century; no copy says another
_LEFT = re.compile(
    rf"\.[a-z0-9_]{{8}}{re.escape(UNFINISHED)}(?:-journal|-wal|-shm)?$"
)  # as `fresh_file` names it
A_DAY, A_SECOND = timedelta(days=1), timedelta(seconds=1)


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A copy of the bank and when (UTC) it was made."""

    made_at: datetime
    path: Path


def listed(place: Path) -> tuple[Backup, ...]:
    """The copies of the bank at `place`, oldest first; other files in their folder do not count."""
    begins = f"{copied_as(place)}-"
    made = ((made_at(path, begins), path) for path in backups_of(place).glob("*.db"))
    return tuple(sorted(Backup(when, path) for when, path in made if when is not None))


def made_at(copy: Path, begins: str) -> datetime | None:
    """When a copy says in its name that it was made."""
    with suppress(ValueError):
        made = datetime.strptime(copy.stem.removeprefix(begins), FORMAT).replace(tzinfo=UTC)
        return made if FIRST_YEAR <= made.year < LAST_YEAR else None
    return None


def before_changes(place: Path) -> tuple[Path, ...]:
    """The copies of the bank as it was before a new version of this program changed its tables."""
    return tuple(sorted(backups_of(place).glob(f"{glob.escape(copied_as(place))}-before-*.db")))


def make(bank: Bank, place: Path, at: datetime) -> Backup:
    """Copy the bank at `place`, and let go of the copies that have become too many."""
    folder = backups_of(place)
    try:
        target = copy_to(bank.conn, str(place), targets(place, at))
        for old in surplus(listed(place), at):
            if old.path != target:  # the clock may have been set back
                old.path.unlink(missing_ok=True)
        _sweep(place, at)
    except (OSError, *UNREADABLE) as error:
        raise WorkFailed(f"不能在 {folder} 备份（{error}）：请检查权限和磁盘空间") from error
    return found(target, place)


def targets(place: Path, at: datetime) -> Iterator[Path]:
    """The names a copy made at `at` can have: that of its second, or of one of the next."""
    made = at.astimezone(UTC).replace(microsecond=0)
    while True:
        yield backups_of(place) / f"{copied_as(place)}-{made.strftime(FORMAT)}.db"
        made += A_SECOND


def found(target: Path, place: Path) -> Backup:
    """The copy that has just been made."""
    made = made_at(target, f"{copied_as(place)}-")
    return Backup(made or datetime.fromtimestamp(0, UTC), target)


def _sweep(place: Path, at: datetime) -> None:
    """Take away what was being made, more than a day ago, when the program or the machine stopped."""
    bank, day_before = real(place), (at - A_DAY).timestamp()
    beside = bank.parent.glob(f"{glob.escape(bank.name)}.*{UNFINISHED}*")
    for path in (*backups_of(place).glob(f"*{UNFINISHED}*"), *beside):
        with suppress(OSError):  # another has just swept it; and the copy that was made is made
            if _LEFT.search(path.name) and path.is_file() and path.stat().st_mtime < day_before:
                path.unlink()


def is_due(place: Path, at: datetime) -> bool:
    """Has no copy been made on this day of the person's?"""
    return all(backup.made_at.astimezone(at.tzinfo).date() != at.date() for backup in listed(place))


def surplus(backups: Iterable[Backup], at: datetime) -> tuple[Backup, ...]:
    """The copies to let go of: all but the newest, those made about now, and the last of each recent day,
    week and month. Copies of days to come, which a wrong clock made, push no others out."""
    newest_first = sorted(backups, reverse=True)
    past = [one for one in newest_first if one.made_at < at + RECENT]
    to_come = [one for one in newest_first if one.made_at >= at + RECENT]
    kept = {one for one in past if one.made_at > at - RECENT}
    kept.update(past[:1], _last_ones(past), _last_ones(to_come))
    return tuple(one for one in newest_first if one not in kept)


def _last_ones(newest_first: Iterable[Backup]) -> Iterator[Backup]:
    """The last of each of the newest days, weeks and months."""
    newest_first = tuple(newest_first)
    for period, count in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        seen: set[Hashable] = set()
        for backup in newest_first:
            name = period(backup.made_at.date())
            if name not in seen and len(seen) < count:
                seen.add(name)
                yield backup


def _day(day: date) -> Hashable:
    return day


def _week(day: date) -> Hashable:
    return day.isocalendar()[:2]


def _month(day: date) -> Hashable:
    return day.year, day.month


def named(file: str, place: Path) -> Path:
    """The file a person means: one they can reach by this name, or a copy of the bank at `place`."""
    return Path(file) if is_there(file) else backups_of(place) / file

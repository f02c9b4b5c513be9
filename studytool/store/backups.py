"""Copies of the bank: made whole, kept thinning with age, put back.

A copy is made by SQLite itself while others go on working, beside its place, and renamed when it is whole.
Before a copy is put back, the bank as it is becomes a copy too: no restore loses anything.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Hashable, Iterable
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from studytool.errors import StudyError, WorkFailed
from studytool.named import is_plain, is_there
from studytool.store.bank import BUSY_SECONDS, COPIES, Bank, is_newer, is_of_another_program
from studytool.store.copies import backups_of, copied_as, copy_into, copy_to, made_beside, make_private
from studytool.store.refusals import busy, is_damaged

FORMAT = "%Y%m%d-%H%M%S"
DAYS, WEEKS, MONTHS = 7, 5, 12  # the last copy of so many days, weeks and months is kept
RECENT = timedelta(days=2)  # of these every copy: the last may be of a bank that was damaged already
LOGS = ("-wal", "-shm")


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A copy of the bank and when (UTC) it was made."""

    made_at: datetime
    path: Path


def listed(place: Path) -> tuple[Backup, ...]:
    """The copies of the bank at `place`, oldest first; other files in their folder do not count."""
    found, begins = list[Backup](), f"{copied_as(place)}-"
    for path in backups_of(place).glob("*.db"):
        try:
            made = datetime.strptime(path.stem.removeprefix(begins), FORMAT).replace(tzinfo=UTC)
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
        copy_to(bank.conn, target)
        for old in surplus(listed(place)):
            if old.path != target:  # the clock may have been set back
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
    """The copies to let go of: all but the newest, and the last of each recent day, week and month."""
    newest_first = sorted(backups, reverse=True)
    kept = {one for one in newest_first if newest_first[0].made_at - one.made_at < RECENT}
    for period, count in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        seen: set[Hashable] = set()
        for backup in newest_first:
            name = period(backup.made_at.date())
            if name not in seen and len(seen) < count:
                seen.add(name)
                kept.add(backup)
    return tuple(backup for backup in newest_first if backup not in kept)


def named(file: str, place: Path) -> Path:
    """The file a person means: one they can reach by this name, or a copy of the bank at `place`."""
    return Path(file) if is_there(file) else backups_of(place) / file


def restore(backup: Path, place: Path, at: datetime) -> Backup | None:
    """Put a copy in the bank's place; the bank as it was becomes a copy, which is given back."""
    _check_sound(backup)
    try:
        saved = _set_aside(place, at)
        _put_in_place(backup, place)
    except (OSError, sqlite3.Error) as error:
        raise WorkFailed(f"不能恢复到 {place}（{error}）：请检查权限和磁盘空间") from error
    return saved


def _put_in_place(backup: Path, place: Path) -> None:
    """Make the copy anew beside the bank, with its log and a new number, and let it be the bank."""
    fresh = place.with_name(f"{place.name}.{os.getpid()}.new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        make_private(fresh)
        with closing(opened(backup)) as copy:
            copy_into(copy, fresh)
        with closing(sqlite3.connect(fresh)) as copy:
            copy.execute(f"{COPIES} = {_copies(place) + 1}")
            copy.commit()
        if not (place.exists() and _poured(fresh, place)):
            _replaced(fresh, place)
    finally:
        fresh.unlink(missing_ok=True)


def _copies(place: Path) -> int:
    """How often a copy has been put in the bank at `place`; as good as never, if it cannot say."""
    if not place.exists():
        return 0
    with suppress(sqlite3.DatabaseError), closing(opened(place)) as live:
        return int(live.execute(COPIES).fetchone()[0])
    return 0


def _poured(fresh: Path, place: Path) -> bool:
    """Put a copy into a sound bank as one transaction of SQLite's: killed half-way the bank is as it was,
    and who has it open reads the copy. False where the bank is too damaged for that."""
    try:
        with closing(sqlite3.connect(place, timeout=BUSY_SECONDS)) as live:
            if live.execute("pragma quick_check(1)").fetchone()[0] != "ok":
                return False
            with closing(opened(fresh)) as copy:
                copy.backup(live, progress=_patience(place))
    except sqlite3.DatabaseError as error:
        if is_damaged(error):
            return False
        raise
    return True


def _patience(place: Path) -> Callable[[int, int, int], None]:
    """Told after each step of a copy: SQLite itself would wait for others for ever."""
    asked = time.monotonic()

    def look(status: int, _left: int, _pages: int) -> None:
        waits = status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if waits and time.monotonic() - asked > BUSY_SECONDS:
            raise busy(str(place))

    return look


def _replaced(fresh: Path, place: Path) -> None:
    """Put a copy in the place of a damaged bank, or of none; who still has that one open writes no more."""
    with ExitStack() as held:
        if place.exists():
            live = held.enter_context(closing(sqlite3.connect(place, timeout=BUSY_SECONDS)))
            with suppress(sqlite3.DatabaseError):
                live.execute("begin immediate")
        for tail in LOGS:  # a log of other pages would be played into the copy
            place.with_name(place.name + tail).unlink(missing_ok=True)
        fresh.replace(place)


def _copy_file(source: Path, target: Path) -> None:
    """Copy bytes down to the disk."""
    with source.open("rb") as stream, target.open("wb") as copy:
        shutil.copyfileobj(stream, copy)
        copy.flush()
        os.fsync(copy.fileno())


def _target(place: Path, made: datetime) -> Path:
    return backups_of(place) / f"{copied_as(place)}-{made.strftime(FORMAT)}.db"


def opened(backup: Path) -> sqlite3.Connection:
    """A copy, or a bank, to be read and not written."""
    copy = sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)
    copy.row_factory = sqlite3.Row
    return copy


def _check_sound(backup: Path) -> None:
    """Raises StudyError unless the file can take a bank's place, WorkFailed where that cannot be known."""
    if not backup.is_file():
        raise StudyError(f"没有备份 {backup}：用 studytool restore 查看有哪些备份")
    if not is_plain(backup):  # SQLite would wait there for ever
        raise StudyError(f"{backup} 不是普通文件：请换一份（studytool restore 列出全部备份）")
    try:
        with closing(opened(backup)) as copy:
            sound = copy.execute("pragma integrity_check").fetchone()[0] == "ok"
            if sound:
                _refuse_others(Bank(copy, str(backup)))
    except sqlite3.DatabaseError as error:
        if not is_damaged(error):
            raise WorkFailed(f"读不了备份 {backup}（{error}）：请检查权限和磁盘后再试") from error
        sound = False
    if not sound:
        raise StudyError(f"{backup} 不是完好的备份：请换一份（studytool restore 列出全部备份）")


def _refuse_others(copy: Bank) -> None:
    if is_of_another_program(copy) or not copy.value("select 1 from sqlite_master"):
        raise StudyError(f"{copy.name} 不是题库的备份：请换一份（studytool restore 列出全部备份）")
    if is_newer(copy):
        raise StudyError(
            f"{copy.name} 是更新版本的 studytool 存的：请先升级 studytool（pip install -U studytool）"
        )


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
            copy_to(live, target)
    except sqlite3.DatabaseError as error:
        if not is_damaged(error):
            raise
        _copy_bytes(place, target)
    return Backup(made, target)


def _copy_bytes(place: Path, target: Path) -> None:
    """The log gets its name before the file whose log it is: without the file there is no copy."""
    log = place.with_name(place.name + LOGS[0])
    with made_beside(target) as fresh:
        _copy_file(place, fresh)
        if log.exists():
            with made_beside(target.with_name(target.name + LOGS[0])) as fresh_log:
                _copy_file(log, fresh_log)


def _day(day: date) -> Hashable:
    return day


def _week(day: date) -> Hashable:
    return day.isocalendar()[:2]


def _month(day: date) -> Hashable:
    return day.year, day.month

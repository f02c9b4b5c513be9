"""A copy -> the bank. The bank that was there becomes a copy itself: no restore loses anything."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime
from itertools import chain
from pathlib import Path

from studytool import durable
from studytool.errors import StudyError, WorkFailed
from studytool.named import is_plain
from studytool.store import refusals, shape
from studytool.store.backups import Backup, found, targets
from studytool.store.bank import COPIES, Bank
from studytool.store.copies import (
    copy_into,
    copy_to,
    drop_unfinished_name,
    fresh_file,
    mend_logs,
    patience,
    put,
    real,
)
from studytool.store.refusals import UNREADABLE, is_damaged
from studytool.store.upgrading import applied, is_newer, is_of_another_program

_NOTHING_BESIDE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
FIRST_PAGES = 8  # of one step, fewer than any bank has: after it the copy holds the lock of the bank
LOG, LOGS = "-wal", ("-wal", "-shm")


def restore(backup: Path, place: Path, at: datetime) -> Backup | None:
    """Put a copy in the bank's place; the bank as it was becomes a copy, which is given back."""
    _check_sound(backup)
    if place.exists() and backup.samefile(place):
        raise StudyError(f"{backup.name} 就是题库本身：请给出它的一份备份（studytool restore 列出全部备份）")
    bank = real(place)
    if bank.exists():
        drop_unfinished_name(bank)
        refusals.refuse_two_names(bank)
        mend_logs(bank)
    try:
        return _exchanged(backup, bank, at)
    except (OSError, *UNREADABLE) as error:
        raise WorkFailed(f"不能恢复到 {place}（{error}）：请检查权限和磁盘空间") from error


def _exchanged(backup: Path, bank: Path, at: datetime) -> Backup | None:
    """Set the bank aside and put the copy in its place, with nothing committed between: what others have been
    told is kept must be in the bank or in its copy. What they commit while the first copy of it is made, or
    later, is in a second, made when nobody else can write any more."""
    with _watching(bank) as unchanged:
        aside = [_set_aside(bank, at)]

        def look_once_more() -> None:
            if not unchanged():
                aside.append(_set_aside(bank, at))

        _put_in_place(backup, bank, look_once_more)
    for earlier in aside[:-1]:  # all that is in it is in the last
        if earlier:
            earlier.path.unlink(missing_ok=True)
    return aside[-1]


@contextmanager
def _watching(bank: Path) -> Iterator[Callable[[], bool]]:
    """Whether nobody has committed anything to the bank since now. (Where readers have to wait for a writer,
    nobody can look, nor where the bank is damaged.)"""
    if not bank.exists():
        yield lambda: True
        return
    with closing(opened(bank)) as watch:
        watch.execute("pragma busy_timeout = 0")

        def version() -> object:
            with suppress(*UNREADABLE):
                return watch.execute("pragma data_version").fetchone()[0]
            return None

        before = version()
        yield lambda: version() in (before, None)


def opened(backup: Path) -> sqlite3.Connection:
    """A copy, or a bank, to be read and not written."""
    copy = _read_only(backup)
    try:
        copy.execute("pragma schema_version")
    except UNREADABLE as error:
        has_log = backup.with_name(backup.name + LOG).exists()
        if has_log or (getattr(error, "sqlite_errorcode", 0) & 0xFF) not in _NOTHING_BESIDE:
            return copy  # what is the matter says whoever reads
        # A bank that was copied by hand wants files beside it, and its folder, as on a disc, takes none.
        copy.close()
        copy = _read_only(backup, "&immutable=1")
    return copy


def _read_only(backup: Path, more: str = "") -> sqlite3.Connection:
    copy = sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro{more}", uri=True)
    copy.row_factory = sqlite3.Row
    return copy


def _put_in_place(backup: Path, place: Path, locked: Callable[[], None]) -> None:
    """Make the copy anew beside the bank, with its log and a new number, and let it be the bank."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with fresh_file(place) as fresh:
        with closing(opened(backup)) as copy:
            copy_into(copy, str(backup), fresh)
        with closing(sqlite3.connect(fresh)) as copy:
            copy.execute(f"{COPIES} = {_copies(place) + 1}")
            copy.commit()
        if not (place.exists() and _poured(fresh, place, locked)):
            _replaced(fresh, place)


def _copies(place: Path) -> int:
    """How often a copy has been put in the bank at `place`; as good as never, if it cannot say."""
    if not place.exists():
        return 0
    with suppress(*UNREADABLE), closing(opened(place)) as live:
        return int(live.execute(COPIES).fetchone()[0])
    return 0


def _poured(fresh: Path, place: Path, locked: Callable[[], None]) -> bool:
    """Put a copy into a sound bank as one transaction of SQLite's: killed half-way the bank is as it was,
    and who has it open reads the copy. False where the bank is too damaged for that. `locked` is called when
    nobody else can write any more, and all still read the bank as it was."""
    wait = patience(str(place))

    def look(status: int, left: int, pages: int) -> None:
        wait(status, left, pages)
        if left == pages - FIRST_PAGES:
            locked()

    try:
        with closing(sqlite3.connect(place, timeout=refusals.BUSY_SECONDS)) as live:
            if live.execute("pragma quick_check(1)").fetchone()[0] != "ok":
                return False
            with closing(opened(fresh)) as copy:
                copy.backup(live, pages=FIRST_PAGES, progress=look)
    except UNREADABLE as error:
        if is_damaged(error):
            return False
        raise
    return True


def _replaced(fresh: Path, place: Path) -> None:
    """Put a copy in the place of a damaged bank, or of none; who still has that one open writes no more."""
    with ExitStack() as held:
        if place.exists():
            live = held.enter_context(closing(sqlite3.connect(place, timeout=refusals.BUSY_SECONDS)))
            with suppress(*UNREADABLE):
                live.execute("begin immediate")
        for tail in LOGS:  # a log of other pages would be played into the copy
            place.with_name(place.name + tail).unlink(missing_ok=True)
        fresh.replace(place)
        durable.settle_folder(place.parent)


def _copy_file(source: Path, target: Path) -> None:
    """Copy bytes down to the disk."""
    with source.open("rb") as stream, target.open("wb") as copy:
        shutil.copyfileobj(stream, copy)
        durable.settle(copy)


def _check_sound(backup: Path) -> None:
    """Raises StudyError unless the file can take a bank's place, WorkFailed where that cannot be known."""
    try:
        there = backup.is_file()
    except OSError as error:
        raise StudyError(f"读不了备份 {backup}（{error.strerror}）：请检查文件夹的权限") from error
    if not there:
        raise StudyError(f"没有备份 {backup}：用 studytool restore 查看有哪些备份")
    if not is_plain(backup):  # SQLite would wait there for ever
        raise StudyError(f"{backup} 不是普通文件：请换一份（studytool restore 列出全部备份）")
    try:
        with closing(opened(backup)) as copy:
            sound = copy.execute("pragma integrity_check").fetchone()[0] == "ok"
            if sound:
                _refuse_others(Bank(copy, str(backup)))
    except UNREADABLE as error:
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
    if not shape.is_whole(copy, applied(copy)):
        raise StudyError(
            f"{copy.name} 缺少题库的表，不是完好的备份：请换一份（studytool restore 列出全部备份）"
        )


def _set_aside(place: Path, at: datetime) -> Backup | None:
    """Keep the bank as it is; a damaged one byte for byte, its file and its log."""
    if not place.exists():
        return None
    try:
        with closing(sqlite3.connect(place, timeout=refusals.BUSY_SECONDS)) as live:
            return found(copy_to(live, str(place), targets(place, at)), place)
    except UNREADABLE as error:
        if not is_damaged(error):
            raise
        return found(_copy_bytes(place, targets(place, at)), place)


def _copy_bytes(place: Path, names: Iterator[Path]) -> Path:
    """The log gets its name before the file whose log it is: without the file there is no copy."""
    target = next(one for one in names if not one.exists())
    target.parent.mkdir(mode=0o700, exist_ok=True)
    log = place.with_name(place.name + LOG)
    with fresh_file(target) as fresh, fresh_file(target) as fresh_log:
        _copy_file(place, fresh)
        if log.exists():
            _copy_file(log, fresh_log)
            fresh_log.replace(target.with_name(target.name + LOG))
        return put(fresh, chain((target,), names))

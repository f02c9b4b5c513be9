"""Opening a bank: a path -> a Bank with its schema up to date."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from studytool.errors import StudyError, WorkFailed
from studytool.named import is_plain
from studytool.store import refusals, upgrading
from studytool.store.bank import DURABLE, Bank
from studytool.store.copies import backups_of, drop_unfinished_name, mend_logs


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

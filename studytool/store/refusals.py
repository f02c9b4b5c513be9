"""What SQLite refuses -> one line about the bank, with the remedy; what is a bug of ours stays one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from studytool.errors import DamagedBank, StudyError, WorkFailed

BUSY_SECONDS = 15.0  # nobody holds the lock for longer than one document takes to keep
_PRIMARY = 0xFF  # the part of SQLite's error code that names the kind
DAMAGED = (
    "{} 不是题库（或已损坏）：请用 studytool doctor --repair 修复，修不好的用 studytool restore 从备份恢复，"
    "或用 --db 指定另一个文件"
)

UNNAMED = ("unsupported file format", "Could not decode")  # damage that has no kind of its own

# Kind of refusal -> what to say of the bank, and whether the call (else the machine) is to blame.
_REFUSALS = {
    sqlite3.SQLITE_NOTADB: (StudyError, "{} 不是题库（或已损坏）：请用 --db 指定另一个文件，或从备份恢复"),
    sqlite3.SQLITE_CORRUPT: (DamagedBank, DAMAGED),
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


def refuse_two_names(path: Path) -> None:
    """Raise StudyError for a file that bears two names: SQLite keeps one log for each of them, and who opens
    the file by the other name takes what this log holds for lost, or writes over it."""
    if path.stat().st_nlink > 1:
        raise StudyError(
            f"题库 {path} 有不止一个文件名（硬链接），从两处使用会损坏它：请只留一个名字，另一处改用 ln -s，"
            "或用 cp 另存一份再用 --db 指定"
        )


def busy(name: str) -> WorkFailed:
    """Others do not let go of the bank."""
    return WorkFailed(_REFUSALS[sqlite3.SQLITE_BUSY][1].format(name))


def _translated(error: sqlite3.DatabaseError, name: str) -> StudyError | None:
    """One line for what the machine or the file is to blame for; None for what is a bug of ours."""
    if str(error).startswith(UNNAMED):
        return DamagedBank(DAMAGED.format(name))
    refusal = _REFUSALS.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY)
    return refusal[0](refusal[1].format(name)) if refusal else None


def is_busy(error: sqlite3.OperationalError) -> bool:
    """Does another hold the lock?"""
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY == sqlite3.SQLITE_BUSY


# What reading a file raises: SQLite's errors, and Python's where SQLite's message quotes a damaged page.
UNREADABLE = (sqlite3.Error, UnicodeDecodeError)


def is_damaged(error: Exception) -> bool:
    """Is it the file itself that cannot be read, whoever reads it?"""
    if isinstance(error, UnicodeDecodeError):
        return True
    broken = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
    return str(error).startswith(UNNAMED) or getattr(error, "sqlite_errorcode", 0) & _PRIMARY in broken


class Named:
    """What the machine refuses (a full disk, a lock, a damaged file) becomes one line about this bank.

    A class, not a generator: it stands around every statement."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, UnicodeDecodeError):  # in SQLite's own message, which quotes a damaged page
            raise DamagedBank(DAMAGED.format(self.name)) from error
        if isinstance(error, sqlite3.DatabaseError):
            said = _translated(error, self.name)
            if said:
                raise said from error

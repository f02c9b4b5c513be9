"""Bytes -> a file: written beside the target and renamed over it, so that nobody ever sees half a file."""

from __future__ import annotations

import os
from pathlib import Path

from studytool.errors import StudyError

_DATABASE = b"SQLite format 3\0"


def write(path: str, data: bytes) -> None:
    """Puts `data` where `path` says, whole or not at all."""
    target = Path(os.path.realpath(path))  # a link stays a link
    if os.path.isdir(target):  # noqa: PTH112 - unlike Path.is_dir this takes any name
        raise StudyError(f"“{path}”是一个文件夹，请给出文件名。")
    if not os.path.isdir(target.parent):  # noqa: PTH112
        raise StudyError(f"文件夹“{target.parent}”不存在，请先建立，或换一个位置。")
    if _is_database(target):
        raise StudyError(f"“{path}”是数据库（多半就是题库），没有覆盖：请换一个文件名。")
    try:
        _put(target, data)
    except OSError as error:
        remedy = "请检查权限和磁盘空间，或换一个位置"
        raise StudyError(f"无法写入“{path}”：{_reason(error)}，{remedy}。") from None


def _is_database(target: Path) -> bool:
    """Nothing we export is one: whoever names the bank as the output would lose it."""
    if not os.path.isfile(target):  # noqa: PTH113 - a pipe must not be opened
        return False
    try:
        with target.open("rb") as stream:
            return stream.read(len(_DATABASE)) == _DATABASE
    except OSError:
        return False


def _put(target: Path, data: bytes) -> None:
    if target.exists() and not target.is_file():  # a device or a pipe, not to be replaced by a file
        target.write_bytes(data)
        return
    beside = target.with_name(f".studytool-{os.getpid()}.part")
    try:
        beside.write_bytes(data)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "没有写入权限"
    return error.strerror or "写入失败"

"""Bytes -> files: written beside their targets and renamed over them, so that nobody ever sees half a file.

What a call writes is there in whole or not at all: no file is renamed before all of them are written, and
where one cannot be renamed (another program holds it open) those before it are put back as they were.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from studytool import durable, named
from studytool.errors import FULL, StudyError, UnreadableSource, WorkFailed

_DATABASE = b"SQLite format 3\0"
_BESIDE_DATABASE = ("-wal", "-shm", "-journal")  # what SQLite keeps of it in files of their own
_LEFT = re.compile(r"\.studytool-[a-z0-9_]{8}\.part")  # as `_part` names it
_KEPT = re.compile(r"\.studytool-[a-z0-9_]{8}\.old")  # as `_putting_back` does
A_DAY = 24 * 60 * 60  # seconds
_INTO = (stat.S_ISCHR, stat.S_ISFIFO)  # what is written into, and not replaced by a file


class _Place(NamedTuple):
    """A file to be: what the person called it, and where it is, links followed."""

    said: str
    target: Path
    is_stream: bool
    mode: int | None = None  # of the file that is there


def write(path: str, data: bytes, *, private: bool = False, inputs: Iterable[str] = ()) -> None:
    """Puts `data` where `path` says; otherwise as `write_all`."""
    write_all({path: data}, private=private, inputs=inputs)


Private = bool | Collection[str]


def write_all(files: Mapping[str, bytes], *, private: Private = False, inputs: Iterable[str] = ()) -> None:
    """Puts the files where their paths say: all of them whole, or none.

    `private` ones, all or those named, hold what a learner did or the answers to a paper, and only their
    owner may read them. `inputs` are what the call was made from: it may not end with their loss."""
    places = [_checked(path, tuple(inputs)) for path in files]
    with ExitStack() as leftovers, ExitStack() as back:
        parts = [
            (place, _part(place, data, leftovers)) for place, data in zip(places, files.values(), strict=True)
        ]
        for place, part in parts:
            put_back = _putting_back(place, leftovers) if len(parts) > 1 else None
            if put_back:
                back.callback(put_back)  # before: an interruption may come while it is renamed
            closed = private if isinstance(private, bool) else place.said in private
            _finish(place, part, files[place.said], private=closed)
        back.pop_all()  # all are there
    written = {place.target for place in places if not place.is_stream}
    for folder in sorted({target.parent for target in written}):
        _sweep(folder, {target.name for target in written if target.parent == folder})
        durable.settle_folder(folder)


def _checked(path: str, inputs: tuple[str, ...]) -> _Place:
    """Where a file goes, if that may be written. Raises StudyError."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - of a string, as all paths here
    except (OSError, ValueError):
        mode = None  # writing will say what is wrong, if anything is
    target = Path(os.path.realpath(path))  # a link stays a link
    if mode is not None and stat.S_ISDIR(mode):
        raise StudyError(f"“{path}”是一个文件夹，请给出文件名。")
    if mode is not None and not stat.S_ISREG(mode):
        if not any(is_kind(mode) for is_kind in _INTO):
            raise StudyError(f"“{path}”不是普通文件，不能写：请换一个文件名。")
        return _Place(path, Path(path), is_stream=True)
    if os.path.isfile(target.parent):  # noqa: PTH113 - as below
        raise StudyError(f"“{target.parent}”是文件，不是文件夹：请换一个位置。")
    if not os.path.isdir(target.parent):  # noqa: PTH112 - unlike Path.is_dir this takes any name
        raise StudyError(f"文件夹“{target.parent}”不存在，请先建立，或换一个位置。")
    if _is_of_database(target):
        raise StudyError(f"“{path}”是数据库（多半就是题库），没有覆盖：请换一个文件名。")
    if mode is not None and any(_is_same(path, one) for one in inputs):
        raise StudyError(f"“{path}”是这次要读的文件，没有覆盖：请换一个文件名。")
    return _Place(path, target, False, mode)


def _is_of_database(target: Path) -> bool:
    """Nothing we export is one: whoever names the bank as the output, or its log, would lose it."""
    name = target.name
    owners = [name.removesuffix(ending) for ending in _BESIDE_DATABASE if name.endswith(ending)]
    return any(_is_database(target.with_name(one)) for one in (name, *filter(None, owners)))


def _is_database(target: Path) -> bool:
    try:
        with named.opened(target) as stream:
            return bool(stream.read(len(_DATABASE)) == _DATABASE)
    except (OSError, UnreadableSource):
        return False


def _is_same(path: str, other: str) -> bool:
    try:
        return os.path.samefile(path, other)  # noqa: PTH121 - of strings
    except OSError:
        return False


def _part(place: _Place, data: bytes, leftovers: ExitStack) -> Path | None:
    """The data beside where it will be, for its owner alone; nothing for a device or a pipe."""
    if place.is_stream:
        return None
    try:
        number, name = tempfile.mkstemp(".part", ".studytool-", place.target.parent)
        part = Path(name)
        leftovers.callback(part.unlink, missing_ok=True)
        with os.fdopen(number, "wb") as stream:
            durable.write(stream, data)
    except (OSError, ValueError) as error:
        raise _refused(place, error) from None
    return part


def _sweep(folder: Path, written: Collection[str]) -> None:
    """Take away what was being written here, more than a day ago, when the program or the machine stopped:
    answers may stand in it. What was there before (`.old`) may be the last of its kind: it stays until a file
    of its name is `written` anew."""
    with suppress(OSError):  # the files are written, and that is what was asked for
        for path in folder.glob(".studytool-*.part"):
            if _LEFT.fullmatch(path.name) and _is_left(path, stat.S_ISREG):
                path.unlink()
        for path in folder.glob(".studytool-*.old"):
            ours = _KEPT.fullmatch(path.name) and _is_left(path, stat.S_ISDIR)
            if ours and all(one.name in written for one in path.iterdir()):
                shutil.rmtree(path)


def _is_left(path: Path, is_kind: Callable[[int], bool]) -> bool:
    status = path.lstat()
    return is_kind(status.st_mode) and status.st_mtime < time.time() - A_DAY


def _putting_back(place: _Place, leftovers: ExitStack) -> Callable[[], object] | None:
    """What puts a file back as it is now, once another has taken its place."""
    if place.is_stream:
        return None
    if not place.target.exists():
        return partial(place.target.unlink, missing_ok=True)
    try:
        folder = tempfile.mkdtemp(".old", ".studytool-", place.target.parent)
        leftovers.callback(shutil.rmtree, folder, ignore_errors=True)
        old = Path(folder, place.target.name)
        try:
            old.hardlink_to(place.target)
        except OSError:  # a disk that knows no links
            shutil.copy2(place.target, old)
    except OSError as error:
        raise _refused(place, error) from None
    return partial(old.replace, place.target)


def _finish(place: _Place, part: Path | None, data: bytes, *, private: bool) -> None:
    try:
        if part is None:
            _pour(place.target, data)
            return
        if not private:  # a file that its owner has closed to others stays so
            part.chmod(0o666 & ~_umask() if place.mode is None else stat.S_IMODE(place.mode))
        part.replace(place.target)
    except (OSError, ValueError) as error:
        raise _refused(place, error) from None


def _pour(target: Path, data: bytes) -> None:
    """Into a device or a pipe; a pipe that nobody reads is refused at once, where opening it would wait."""
    at_once = getattr(os, "O_NONBLOCK", 0)  # Windows has neither
    number = os.open(target, os.O_WRONLY | at_once)
    if at_once:
        os.set_blocking(number, True)
    with os.fdopen(number, "wb") as stream:
        stream.write(data)


def _umask() -> int:
    """What this process denies to others; it can only be known by changing it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _refused(place: _Place, error: OSError | ValueError) -> StudyError:
    remedy = "请检查权限和磁盘空间，或换一个位置"
    # Where the disk is full or broken the call was right.
    is_right = isinstance(error, OSError) and error.errno in (*FULL, errno.EIO)
    kind = WorkFailed if is_right else StudyError
    return kind(f"无法写入“{place.said}”：{_reason(error)}，{remedy}。")


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, PermissionError):
        return "没有写入权限"
    if isinstance(error, OSError) and error.errno == errno.ENXIO:
        return "这个管道没有程序在读"
    return (error.strerror if isinstance(error, OSError) else None) or "写入失败"

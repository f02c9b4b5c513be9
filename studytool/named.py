"""A path that somebody named -> whether something is there, and its bytes; or one line that says why not.

Never a wait without end, as for a pipe that nobody writes to, and never more memory than a limit.
"""

from __future__ import annotations

import io
import os
import stat
from typing import BinaryIO

from studytool.errors import UnreadableSource
from studytool.limits import LARGEST, MEGABYTE

Named = str | os.PathLike[str]


class NoFile(UnreadableSource):
    """A device, a pipe or a socket: it might never end, or never begin."""


def is_there(path: Named) -> bool:
    """Is there anything of this name? Raises UnreadableSource where nobody can know."""
    try:
        os.stat(path)  # noqa: PTH116 - as a Path it would be the same call
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as problem:
        raise UnreadableSource(f"{os.fspath(path)}：{why(problem)}") from None
    return True


def bytes_of(path: Named, limit: int = LARGEST) -> bytes:
    """All of a file. Raises UnreadableSource with the reason alone: what the file is for, callers know."""
    with opened(path) as stream:
        if os.fstat(stream.fileno()).st_size > limit:
            raise UnreadableSource(too_large(limit))
        return at_most(stream, limit)


def is_plain(path: Named) -> bool:
    """Is it a file of a disk, as others can open it too? The system has some that it only calls files:
    they are of no size, hold something nevertheless, and may let everybody wait (/proc/kmsg)."""
    status = os.stat(path)  # noqa: PTH116 - as in `is_there`
    if status.st_size or not stat.S_ISREG(status.st_mode):
        return stat.S_ISREG(status.st_mode)  # not opened: to close a bank undoes the locks this process has
    try:
        with opened(path) as stream:
            return stream.read(1) == b""
    except UnreadableSource:
        return True  # whoever wants to read it says why that cannot be


def opened(path: Named) -> io.BufferedReader:
    """The file, open; the caller closes it. Raises NoFile, or UnreadableSource."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - a Path for each file would take longer than this
        if stat.S_ISDIR(mode):
            raise NoFile("是文件夹；请给出里面的文件")
        if not stat.S_ISREG(mode):
            raise NoFile("不是普通文件；请给出文件或文件夹")
        return open(path, "rb", opener=_at_once)
    except (OSError, ValueError) as problem:
        raise UnreadableSource(why(problem)) from None


def at_most(stream: BinaryIO, limit: int = LARGEST) -> bytes:
    """All that is left of a stream, if that is not too much."""
    pieces, left = list[bytes](), limit
    while piece := _piece(stream):
        left -= len(piece)
        if left < 0:
            raise UnreadableSource(too_large(limit))
        pieces.append(piece)
    return b"".join(pieces)


def _piece(stream: BinaryIO) -> bytes:
    """The next of a stream; to ask for all at once takes the memory of the largest file there can be."""
    try:
        piece = stream.read(MEGABYTE)
    except (OSError, ValueError) as problem:
        raise UnreadableSource(f"读不出来（{problem}）；请检查文件和磁盘") from None
    if piece is None:  # it is not at its end, but would let us wait
        raise NoFile("里面现在没有内容，不是普通文件；请给出文件或文件夹")
    return piece


def too_large(limit: int) -> str:
    """What is said of more than `limit` bytes."""
    return f"太大了，超过 {limit // MEGABYTE} MB 的上限；请拆成几个文件再试"


def why(problem: OSError | ValueError, what: str = "文件") -> str:
    """Why a file or folder cannot be had, with the remedy."""
    if isinstance(problem, FileNotFoundError):
        return f"找不到这个{what}；请检查路径"
    if isinstance(problem, PermissionError):
        return f"没有权限读这个{what}；请检查{what}权限"
    reason = problem.strerror if isinstance(problem, OSError) else problem
    return f"打不开（{reason}）；请检查路径"


def _at_once(path: str, flags: int) -> int:
    """A pipe in the place of the file looked at would wait for its writer; Windows has none."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))

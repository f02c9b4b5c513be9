"""A folder -> written in by one call at a time: what looks at a file before it replaces it sees the last one.

The lock is on the folder itself, so that nothing is left beside the files. Where there is none (Windows, a
network folder that cannot lock), calls go on without it: whoever works alone, which is nearly everybody,
needs none.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from studytool.errors import WorkFailed

_ASK_AGAIN = 0.01
_LONGEST = 30.0  # seconds; files are written in less than one
_TAKEN = (errno.EWOULDBLOCK, errno.EACCES, errno.EINTR)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """No other call that asks for it writes in the folder meanwhile. Raises WorkFailed where another one goes
    on writing without an end; a folder that is not there or cannot be locked is left to who writes in it."""
    number = _open(folder)
    if number is None:
        yield
        return
    try:
        _lock(number, folder)
        yield
    finally:
        os.close(number)  # which lets go of the lock


def _open(folder: Path) -> int | None:
    if sys.platform != "win32":
        with suppress(OSError, ValueError):
            return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    return None


def _lock(number: int, folder: Path) -> None:
    """Wait for the lock, and take it; go on without it where there are no locks."""
    if sys.platform == "win32":
        return
    import fcntl  # noqa: PLC0415 - Windows has none

    until = time.monotonic() + _LONGEST
    while True:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in _TAKEN:
                return
        else:
            return
        if time.monotonic() > until:
            raise WorkFailed(f"另一个 studytool 正在“{folder}”里写文件，一直没有写完：请等它结束再试")
        time.sleep(_ASK_AGAIN)

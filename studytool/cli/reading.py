"""A file that somebody named -> its bytes, or an OSError with a reason; never a wait without end."""

from __future__ import annotations

import errno
import os
import stat


def bytes_of(path: str | os.PathLike[str]) -> bytes:
    """All of a file. A pipe or a device is refused: it might never end, or never begin."""
    with os.fdopen(os.open(path, os.O_RDONLY | _AT_ONCE), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EINVAL, "不是普通文件", str(path))
        return stream.read()


# Opening a pipe that nobody writes to would wait for a writer; Windows has neither.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

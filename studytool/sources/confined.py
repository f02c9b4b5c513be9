"""A reader in a process of its own: where a library never ends or takes all the memory, that process ends.

A PDF of 500 bytes may draw itself a billion times, inside a library that no exception reaches. Where the
system cannot fork (Windows) the reader works here, without limits.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from math import ceil
from pathlib import Path
from typing import BinaryIO, NoReturn

from studytool.errors import UnreadableSource
from studytool.limits import MEGABYTE
from studytool.sources.assembly import Extract
from studytool.sources.formats import Content

MOST_MEMORY = 1024 * MEGABYTE  # more than it had; a page of a scan takes a tenth
TOO_MUCH = "文件太复杂或已损坏，读它要的时间或内存太多；请用阅读器打开，打印成新的 PDF，或另存为 .docx 再试"

Reader = Callable[[Content], Extract]
_alone = False  # is this a process that may be ended for taking too much?


def confined(read: Reader, content: Content) -> Extract:
    """What `read` gives or raises; UnreadableSource where it crashes or takes more than `limited` allows."""
    if not hasattr(os, "fork"):
        return read(content)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _answer(read, content, writing)
    os.close(writing)
    try:
        with os.fdopen(reading, "rb") as pipe:
            found = _answered(pipe)
    except BaseException:  # Ctrl-C, too
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        with suppress(ChildProcessError):  # where the system keeps no account of children
            os.waitpid(child, 0)
    if isinstance(found, Extract):
        return found
    raise found


def _answered(pipe: BinaryIO) -> Extract | Exception:
    try:
        found: Extract | Exception = pickle.load(pipe)
    except (EOFError, pickle.UnpicklingError):
        return UnreadableSource(TOO_MUCH)
    return UnreadableSource(TOO_MUCH) if isinstance(found, MemoryError) else found


def _answer(read: Reader, content: Content, writing: int) -> NoReturn:
    """In the new process: read, write what came of it, and end without touching what is the other's."""
    global _alone  # noqa: PLW0603 - of this process alone
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other one ends this one
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # last words of a library
        faulthandler.disable()  # and of Python, which keeps a way out of its own
        _alone = True
        found: Extract | Exception
        try:
            found = read(content)
        except Exception as problem:  # noqa: BLE001 - raised where it was asked for
            found = problem
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(found, pipe)
    finally:
        os._exit(0)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Within this a confined process has so many seconds of the processor, and MOST_MEMORY."""
    if not _alone:
        yield
        return
    import resource  # noqa: PLC0415 - where there is no fork, there is none

    def limit(kind: int, most: int) -> None:
        """Lower a limit, never above what the system allows."""
        soft, hard = resource.getrlimit(kind)
        allowed = [one for one in (soft, hard) if one != resource.RLIM_INFINITY]
        resource.setrlimit(kind, (min([most, *allowed]), hard))

    kept = [(kind, resource.getrlimit(kind)) for kind in (resource.RLIMIT_CPU, resource.RLIMIT_AS)]
    limit(resource.RLIMIT_CPU, ceil(time.process_time() + seconds))
    with suppress(OSError):  # told by Linux alone
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit(resource.RLIMIT_AS, pages * resource.getpagesize() + MOST_MEMORY)
    try:
        yield
    finally:
        for kind, limits in kept:
            resource.setrlimit(kind, limits)

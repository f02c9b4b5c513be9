"""What must not be cut in two by Ctrl-C, and folders that are gone afterwards whatever comes."""

from __future__ import annotations

import atexit
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def undisturbed() -> Iterator[None]:
    """Ctrl-C, and being told to end, wait until this is done."""
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def passing_folder() -> Iterator[Path]:
    """An empty folder that is removed afterwards, also where Ctrl-C comes while it is made or removed: what
    the library's own leaves behind then stays for ever."""
    with undisturbed():
        folder = Path(tempfile.mkdtemp(prefix="studytool-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        yield folder
    finally:
        with undisturbed():
            shutil.rmtree(folder, ignore_errors=True)

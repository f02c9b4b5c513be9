"""What every check holds the product to: a refusal is one line, in the reader's language."""

from __future__ import annotations

import functools
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from studytool.errors import StudyError

Check = Callable[[bytes], None]
HANZI = re.compile("[\u4e00-\u9fff]")
SCRATCH = Path("/dev/shm") if Path("/dev/shm").is_dir() else Path(tempfile.gettempdir())


def one_line(message: str) -> None:
    """What is said to the person: one line, in Chinese."""
    assert "\n" not in message, f"more than one line: {message!r}"
    assert HANZI.search(message), f"not in Chinese: {message!r}"


def refusing(check: Check) -> Check:
    """The check, where a refusal is an answer too."""

    @functools.wraps(check)
    def checked(data: bytes) -> None:
        try:
            check(data)
        except StudyError as refused:
            one_line(str(refused))

    return checked


def text_of(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def scratch(name: str) -> Path:
    """A file for one input after the other, in memory where there is such a folder."""
    return Path(tempfile.mkdtemp(dir=SCRATCH, prefix="studytool-fuzz-")) / name

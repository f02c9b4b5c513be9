"""A file that somebody named in a call -> what it holds, or one line that says what is wrong."""

from __future__ import annotations

import os

from studytool import named
from studytool.errors import StudyError, UnreadableSource
from studytool.limits import LARGEST, LARGEST_NOTE


def bytes_of(path: str | os.PathLike[str], what: str = "", limit: int = LARGEST) -> bytes:
    """All of a file; `what` it is for the person. Raises StudyError."""
    try:
        return named.bytes_of(path, limit)
    except UnreadableSource as problem:
        raise StudyError(f"读不了{what} {os.fspath(path)}：{problem}") from None


def text_of(path: str | os.PathLike[str], what: str) -> str:
    """The text of a file written by hand; some editors put a mark (BOM) before it. Raises StudyError."""
    try:
        return bytes_of(path, what, LARGEST_NOTE).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise StudyError(f"读不了{what} {os.fspath(path)}：不是 UTF-8 文字；请另存为 UTF-8 再试") from None

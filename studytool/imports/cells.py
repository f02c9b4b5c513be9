"""A cell of a table of questions -> the id, the other answers or the day that it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_ID_LENGTH = 12
OUR_ID = re.compile(r"[0-9a-f]{12}")
_DAY = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})(?!\d)")


def id_of(text: str, *, own: bool) -> str | None:
    """An id of ours; the number of a row of somebody's is none. Excel takes zeros off the front of one."""
    return (text.zfill(_ID_LENGTH) if text.isdecimal() else text or None) if own else None


def variants(cell: str) -> tuple[tuple[str, ...], ...]:
    """The other accepted answers, a line for each part; `\\|` is a bar within an answer."""
    return tuple(tuple(_unescaped(line)) for line in cell.split("\n")) if cell else ()


def _unescaped(line: str) -> Iterator[str]:
    for text in re.findall(r"(?:\\.|[^\\|]|\\$)+", line):
        yield re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)


def day(text: str) -> date | None:
    found = _DAY.match(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None

"""TOML that somebody wrote -> its tables; or ValueError, which says what is wrong with it.

The surprising decision: keys are looked at before the parser sees them. A key of twenty thousand parts
(a.a.a.…) is forty kilobytes, and would take it gigabytes.
"""

from __future__ import annotations

import re
from typing import Any

MOST_PARTS = 32  # of a key; ours have three
_PART = r"""(?:"(?:[^"\\\n]|\\.)*+"?|'[^'\n]*+'?|[\w-]++)"""
_DOT = r"[ \t]*+\.[ \t]*+"
# A comment, a value, or a key; group 1 is there where it has too many parts.
_KEY = re.compile(rf"\#.*+|{_PART}(?:{_DOT}{_PART}){{0,{MOST_PARTS - 1}}}+({_DOT}{_PART})?+", re.ASCII)


def parsed(text: str) -> dict[str, Any]:
    """The tables of a TOML file. Raises ValueError."""
    import tomllib  # noqa: PLC0415 - most people have no such file, and a question waits for this

    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") >= MOST_PARTS and any(found[1] for found in _KEY.finditer(line)):
            raise ValueError(f"第 {number} 行的键多于 {MOST_PARTS} 段")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("嵌套太深") from None

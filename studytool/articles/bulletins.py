"""The lines of a bulletin or a programme -> the same, the titles of its pieces known as such."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from studytool.articles import news
from studytool.articles.looks import Look, Seen

_MASTHEAD = 4  # lines, in which a bulletin names itself
_PIECES = 3  # counted lines, from which on they may be the titles of its pieces
_COUNT = re.compile(r"(\d{1,2})[.．、]\s?(?!\d+[.．、])")


def pieces(seen: Sequence[Seen]) -> tuple[Sequence[Seen], int]:
    """The lines, and the level of the titles of the pieces; 0 where the file is no bulletin.

    They may be counted (## 3. 河东区召开经济工作会议); its own name may be marked as well, above them all."""
    if not news.is_bulletin([one.text for one in seen[:_MASTHEAD]]):
        return seen, 0
    headed = (one.line.level for one in seen[1:] if one.look is not Look.FURNITURE)
    level = min(filter(None, headed), default=0)
    if not level:
        return _counted(seen)
    marked = (one.line.level == level and one.look in (Look.HEADING, Look.BROKEN) for one in seen)
    lines = zip(seen, marked, strict=True)
    return [replace(one, look=Look.MARKED) if is_title else one for one, is_title in lines], level


def _counted(seen: Sequence[Seen]) -> tuple[Sequence[Seen], int]:
    """The same for a file without any marks, in which titles are known by their count alone: each counts on,
    and has something below it, as those of a summary have not."""
    at: list[int] = []
    for index, one in enumerate(seen):
        count = _COUNT.match(one.line.raw) if one.look in (Look.HEADING, Look.SHORT) else None
        if count and int(count[1]) == len(at) + 1 and _has_text_below(seen, index):
            at.append(index)
    if len(at) < _PIECES:
        return seen, 0
    titles = set(at)
    return [
        replace(one, look=Look.MARKED, line=replace(one.line, level=1)) if index in titles else one
        for index, one in enumerate(seen)
    ], 1


def _has_text_below(seen: Sequence[Seen], index: int) -> bool:
    following = next((one.look for one in seen[index + 1 :] if one.look is not Look.FURNITURE), None)
    return following is not Look.HEADING

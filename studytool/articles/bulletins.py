"""The lines of a bulletin or a programme -> the same, the titles of its pieces known as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studytool.articles import news
from studytool.articles.roles import Look, Seen

_MASTHEAD = 4  # lines, in which a bulletin names itself


def pieces(seen: Sequence[Seen]) -> tuple[Sequence[Seen], int]:
    """The lines, and the level of the titles of the pieces; 0 where the file is no bulletin.

    They may be counted (## 3. 河东区召开经济工作会议); its own name may be marked as well, above them all."""
    if not news.is_bulletin([one.text for one in seen[:_MASTHEAD]]):
        return seen, 0
    level = min((one.line.level for one in seen[1:] if one.line.level), default=0)
    counted = (one.look is Look.HEADING and one.line.level == level > 0 for one in seen)
    lines = zip(seen, counted, strict=True)
    return [replace(one, look=Look.MARKED) if is_title else one for one, is_title in lines], level

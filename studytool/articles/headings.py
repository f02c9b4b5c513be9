"""Lines -> section headings: their wording and level, and those that stand on two lines.

The surprising decision: a heading's number tells its level, before its markup does: converters mark what
they like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from studytool.articles.elements import Heading
from studytool.articles.lines import Line, heading_text
from studytool.articles.roles import Look, Seen

_NUMBER_ALONE = re.compile(r"第[一二三四五六七八九十百零\d]{1,4}[编章节部篇]")
_LEVELS = (
    (r"第.+[编部篇]", 1),
    (r"第.+章", 2),
    (r"第.+节", 3),
    (r"[一二三四五六七八九十]+[、.．]", 2),
    (r"[（(][一二三四五六七八九十]", 3),
)
_LOWEST = 4


def heading(line: Line) -> Heading:
    """The section heading a line is."""
    text = heading_text(line)
    level = next((level for pattern, level in _LEVELS if re.match(pattern, text)), line.level or _LOWEST)
    return Heading(line.passage, text.lstrip("■●◆ "), level)


def on_two_lines(lines: Sequence[Seen]) -> bool:
    """Is the first, numbered, heading broken at column width, its rest on the next line? Or all number?"""
    if _NUMBER_ALONE.fullmatch(lines[0].text):
        return len(lines) > 1 and lines[1].look in (Look.SHORT, Look.MARKED)
    if len(lines) < 3 or lines[1].look is not Look.SHORT or lines[2].look not in (Look.PROSE, Look.BROKEN):
        return False
    return not lines[1].line.gap and not lines[1].line.level and max(len(s.text) for s in lines[:2]) <= 16


def is_double(lines: Sequence[Seen]) -> bool:
    """Is it a heading on the last two lines of a group, a short word (“坚定政治自觉”) over a longer one?"""
    plain = all(s.look is Look.SHORT and not s.line.level and "：" not in s.text for s in lines)
    return len(lines) == 2 and plain and 4 <= len(lines[0].text) <= 10 < len(lines[1].text)

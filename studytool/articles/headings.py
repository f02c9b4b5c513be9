"""Lines -> section headings: their wording and level, and those that stand on two lines.

The surprising decision: a heading's number tells its level, before its markup does: converters mark what
they like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from studytool.articles.elements import Heading
from studytool.articles.lines import Line, heading_text
from studytool.articles.looks import Look, Seen

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


# 第一章 中国特色社会主义法治建设基本原理: of a book, and no 第一章 总则 of rules.
_CHAPTER = re.compile(r"第[一二三四五六七八九十\d]{1,3}[章讲课]\s?(?=.{6})[^。；，]*(?<!则)")


def under_chapter(seen: Sequence[Seen]) -> list[Seen]:
    """The lines; of a file that begins with the name of a chapter and of its first section, the one is the
    title and the other a heading."""
    found = list(seen)
    first = next((at for at, one in enumerate(seen) if one.look is not Look.FURNITURE), len(seen))
    pair = [one.look for one in seen[first : first + 3]]
    begins = pair[:2] == [Look.HEADING, Look.SHORT] and pair[2:] in ([Look.PROSE], [Look.HEADING])
    if begins and _CHAPTER.fullmatch(seen[first].text):
        found[first] = replace(seen[first], look=Look.SHORT)
        found[first + 1] = replace(seen[first + 1], look=Look.HEADING)
    return found


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

"""A page's characters with their places -> segments of lines.

Characters drawn one after the other on one baseline belong together up to a gap as wide as between
the cells of a table; what was drawn apart is joined only if it nearly touches, or fits into a hole that
the line keeps for it, as quotation marks of another font do. Raised digits and marks are marked as such (see
`raised`), for “生产总值[2]1329.65亿元” would be read as a number.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from studytool.sources.gaps import inked
from studytool.sources.raised import MARK, ROMAN, is_of_next, raised
from studytool.sources.segments import Row, Segment, rows_of

CELL_GAP = 1.7  # ems between what was drawn together: a wider gap parts the cells of a table
JOIN_GAP = 0.6  # ems between what was drawn apart: a wider gap parts columns
HALF = 0.5  # of that gap joins whatever marks stand at it
SPACE = 0.2  # ems between Latin characters that make a space
LEVEL = 0.25  # ems between the baselines of a line and of what was drawn into it later
COVERED = 0.35  # of a character that may lie over its neighbours: a box is wider than what is drawn
ALIKE = 1.5  # times as large as its neighbours: what is drawn over a line, and not into it
MOST_RUNS = 200  # on a line; more are no text, and fitting them all takes time
RAISED = 0.15  # ems above the line, in type of at most …
SMALL = 0.8  # … this share of the line's: a raised mark

_RAISED_NUMBER = re.compile(r"[-+−–(]?\d[\d\s,，、;；+\-−–—~～)]*")  # a note's, a power, a numerator
_CHINESE = r"[\u2014-\u2026\u3001-\u9fff\uff01-\uff60]"
# Spaces around numbers in Chinese text come from typesetting; those between words of Hanzi may part names.
_STRAY_SPACE = re.compile(rf"(?<={_CHINESE}) +(?=[!-~])|(?<=[!-~]) +(?={_CHINESE})|(?<=\d) +(?=[%‰℃])")
_SPREAD = re.compile(r"([#＃]?[\u4e00-\u9fff]) +([\u4e00-\u9fff])")  # “林　业”: a word of two, set wide


class Glyph(NamedTuple):
    """One character; `base` is its baseline counted from the top of the page."""

    text: str
    left: float
    right: float
    base: float
    size: float
    black: bool


def segments_of(glyphs: Sequence[Glyph]) -> tuple[Segment, ...]:
    """The segments of a page's lines, from glyphs in drawing order."""
    drawn = [_segment(run) for run in _filled(list(_runs(glyphs)))]
    return tuple(cell for row in rows_of(filter(None, drawn)) for cell in _touching(row))


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _goes_on(run, glyph):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _goes_on(run: list[Glyph], glyph: Glyph) -> bool:
    last = run[-1]
    em = max(last.size, glyph.size)
    return abs(glyph.base - last.base) < em / 2 and -em / 2 < glyph.left - last.right < CELL_GAP * em


def steps(glyphs: Sequence[Glyph]) -> tuple[int, int]:
    """How often a character stands below the one drawn before it, as in vertical writing, and how often
    beside it."""
    down = across = 0
    for last, glyph in pairwise(glyphs):
        em = max(last.size, glyph.size)
        if abs(glyph.base - last.base) < em / 2:
            across += 1
        elif em / 2 < glyph.base - last.base < 2 * em and abs(glyph.left - last.left) < em / 2:
            down += 1
    return down, across


# ---- what was drawn later ---------------------------------------------------------------------------


def _filled(runs: list[list[Glyph]]) -> Iterator[list[Glyph]]:
    """The runs, with what was drawn apart moved into the holes of others on its line."""
    line: list[list[Glyph]] = []
    for run in sorted(runs, key=lambda one: one[0].base):
        if line and run[0].base - line[0][0].base > LEVEL * run[0].size:
            yield from _one_in_another(line)
            line = []
        line.append(run)
    yield from _one_in_another(line)


def _one_in_another(line: list[list[Glyph]]) -> list[list[Glyph]]:
    if not 1 < len(line) <= MOST_RUNS:
        return line
    hosts: list[list[Glyph]] = []
    for run in sorted(line, key=len, reverse=True):
        left = [glyph for glyph in run if not any(_took(host, glyph) for host in hosts)]
        hosts.extend([run] if len(left) == len(run) else _runs(left))
    return hosts


def _took(host: list[Glyph], glyph: Glyph) -> bool:
    """Does the glyph fit between two of the run's? Then it stands there now."""
    if not host[0].left < glyph.left < host[-1].right or glyph.text == " ":
        return False
    at = bisect(host, glyph.left + glyph.right, key=lambda one: one.left + one.right)
    start, end = at, at
    while start and host[start - 1].text == " ":
        start -= 1
    while end < len(host) and host[end].text == " ":
        end += 1
    if not start or end == len(host) or not all(_beside(host[i], glyph) for i in (start - 1, end)):
        return False
    spaces = [[one for one in part if not _covers(one, glyph)] for part in (host[start:at], host[at:end])]
    host[start:end] = [*spaces[0], glyph, *spaces[1]]
    return True


def _beside(one: Glyph, other: Glyph) -> bool:
    level = abs(one.base - other.base) < LEVEL * max(one.size, other.size)
    alike = one.size < ALIKE * other.size and other.size < ALIKE * one.size
    return level and alike and not _covers(one, other)


def _covers(one: Glyph, other: Glyph) -> bool:
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared > COVERED * min(one.right - one.left, other.right - other.left)


# ---- a run ------------------------------------------------------------------------------------------


def _segment(run: list[Glyph]) -> Segment | None:
    """The run as a segment; None if it is blank."""
    largest = max(run, key=lambda glyph: glyph.size)
    kept = list(_marked(run, largest))
    text = closed_up("".join(_spaced(kept)).strip())
    if not text:
        return None
    if spread := _SPREAD.fullmatch(text):
        text = spread[1] + spread[2]
    black = 2 * sum(glyph.black for glyph in kept) > len(kept)
    return Segment(text, kept[0].left, kept[-1].right, largest.base, largest.size, black)


def _marked(run: list[Glyph], largest: Glyph) -> Iterator[Glyph]:
    """The run with what is raised in it marked as such; a raised number that opens it numbers a note."""
    if min(glyph.size for glyph in run) >= SMALL * largest.size:
        yield from run
        return
    at = 0
    while at < len(run):
        end = next((i for i in range(at, len(run)) if not _is_raised(run[i], largest)), len(run))
        words = "".join(glyph.text for glyph in run[at:end]).strip()
        after = "".join(glyph.text for glyph in run[end : end + 3])
        if not at and _numbers_note(words, after):
            yield run[at]._replace(text=f"[{words}]")
        elif _RAISED_NUMBER.fullmatch(words) or (at and (MARK.fullmatch(words) or ROMAN.fullmatch(words))):
            yield run[at]._replace(text=raised(words), right=run[end - 1].right)
        else:
            end = max(end, at + 1)
            yield from run[at:end]
        at = end


def _numbers_note(words: str, after: str) -> bool:
    return bool(ROMAN.fullmatch(words)) or (words.isdigit() and not is_of_next(after, begins=True))


def closed_up(text: str) -> str:
    """A line without the spaces of its typesetting."""
    return _STRAY_SPACE.sub("", text)


def _is_raised(glyph: Glyph, line: Glyph) -> bool:
    return glyph.size < SMALL * line.size and line.base - glyph.base > RAISED * line.size


def _spaced(glyphs: list[Glyph]) -> Iterator[str]:
    """The characters, with a space where a gap between Latin ones or a wide gap between Hanzi shows it."""
    last: Glyph | None = None
    for glyph in glyphs:
        if glyph.text == " " or last is None:
            yield glyph.text
        else:
            latin = last.text.isascii() and glyph.text.isascii()
            gap = (glyph.left - last.right) / max(last.size, glyph.size)
            yield (" " if gap > (SPACE if latin else 4 * SPACE) and last.text != " " else "") + glyph.text
        last = glyph


def _touching(row: Row) -> Iterator[Segment]:
    """A row's segments, joined where they nearly touch."""
    held: Segment | None = None
    for segment in row:
        if held is None:
            held = segment
        elif _touch(held, segment):
            held = _merged(held, segment)
        else:
            yield held
            held = segment
    if held is not None:
        yield held


def _touch(left: Segment, right: Segment) -> bool:
    """Do they stand on one line? Where marks reach into a gap between columns from both its sides, what is
    printed of them does not."""
    em = max(left.size, right.size)
    if right.left - left.right < HALF * JOIN_GAP * em:
        return True
    return inked(right).left - inked(left).right < JOIN_GAP * em


def _merged(left: Segment, right: Segment) -> Segment:
    longer = max(left, right, key=lambda one: len(one.text))
    space = " " if left.text[-1].isascii() and right.text[0].isascii() and _apart(left, right) else ""
    text = left.text + space + right.text
    return Segment(
        text,
        left.left,
        max(left.right, right.right),
        longer.top,
        longer.size,
        left.black and right.black,
    )


def _apart(left: Segment, right: Segment) -> bool:
    return right.left - left.right > SPACE * right.size

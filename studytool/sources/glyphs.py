"""A page's characters with their places -> segments of lines.

Characters drawn one after the other on one baseline belong together up to a gap as wide as between
the cells of a table; what was drawn apart is joined only if it nearly touches. Raised footnote marks
are dropped, for “生产总值[2]1329.65亿元” would be read as a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from studytool.sources.layout import Row, Segment, rows_of

CELL_GAP = 1.7  # ems between what was drawn together: a wider gap parts the cells of a table
JOIN_GAP = 0.6  # ems between what was drawn apart: a wider gap parts columns
SPACE = 0.2  # ems between Latin characters that make a space
RAISED = 0.15  # ems above the line, in type of at most …
SMALL = 0.8  # … this share of the line's: a raised mark

_NOTE_MARK = re.compile(r"[\[［〔]\d{1,3}[\]］〕]|[①-⑳]|\d{1,2}|[*＊]")
_UNIT = re.compile(r"[a-zA-Zμ米里]$")  # m², km², 平方千米: the raised digit is a power
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
    drawn = [_segment(run) for run in _runs(glyphs)]
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


def _segment(run: list[Glyph]) -> Segment | None:
    """The run as a segment, without its raised footnote marks; None if nothing is left."""
    largest = max(run, key=lambda glyph: glyph.size)
    kept = list(_without_marks(run, largest))
    text = _STRAY_SPACE.sub("", "".join(_spaced(kept)).strip())
    if not text:
        return None
    if spread := _SPREAD.fullmatch(text):
        text = spread[1] + spread[2]
    black = 2 * sum(glyph.black for glyph in kept) > len(kept)
    return Segment(text, kept[0].left, kept[-1].right, largest.base, largest.size, black)


def _without_marks(run: list[Glyph], largest: Glyph) -> Iterator[Glyph]:
    if min(glyph.size for glyph in run) >= SMALL * largest.size:
        yield from run
        return
    before = ""
    at = 0
    while at < len(run):
        end = at
        while end < len(run) and _is_raised(run[end], largest):
            end += 1
        mark = "".join(glyph.text for glyph in run[at:end]).strip()
        if end > at and _NOTE_MARK.fullmatch(mark) and before and not _UNIT.search(before):
            yield run[end - 1]._replace(text="")  # it took room: no gap is left where it stood
            at = end
            continue
        if end > at and not before and mark.isdigit():
            yield run[at]._replace(text=f"[{mark}]")  # the number of a footnote
            at, before = end, "]"
            continue
        end = max(end, at + 1)
        yield from run[at:end]
        before = run[end - 1].text
        at = end


def _is_raised(glyph: Glyph, line: Glyph) -> bool:
    return glyph.size < SMALL * line.size and line.base - glyph.base > RAISED * line.size


def _spaced(glyphs: list[Glyph]) -> Iterator[str]:
    """The characters, with a space where a gap between Latin ones or a wide gap between Hanzi shows it."""
    last: Glyph | None = None
    for glyph in glyphs:
        if glyph.text == "" and last is not None:
            last = last._replace(right=glyph.right)
            continue
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
        elif segment.left - held.right < JOIN_GAP * max(held.size, segment.size):
            held = _merged(held, segment)
        else:
            yield held
            held = segment
    if held is not None:
        yield held


def _merged(left: Segment, right: Segment) -> Segment:
    longer = max(left, right, key=lambda one: len(one.text))
    space = " " if left.text[-1].isascii() and right.text[0].isascii() and _apart(left, right) else ""
    text = left.text + space + right.text
    return Segment(
        text, left.left, max(left.right, right.right), longer.top, longer.size, left.black and right.black
    )


def _apart(left: Segment, right: Segment) -> bool:
    return right.left - left.right > SPACE * right.size

"""The rows of a page -> bands from top to bottom, and the columns of each.

Within a band the same vertical gaps stay free. It is read column by column only if what stands between the
gaps is prose (lines that are long and fill their width, or through which sentences run); otherwise it is a
table and read row by row. The surprising decision: a headline begins a band of its own, though it may cross
no gap: what stands under it belongs to it, and not to what stands above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import pairwise
from statistics import median

from studytool.sources.gaps import between, free_of, reach_of, reaching
from studytool.sources.segments import Frame, Row, Segment, frame_of, rows_of

FULL = 1.7  # a line that ends nearer than so many ems to the border fills its column
LONG = 6.0  # prose lines are at least so many ems long …
WIDE = 12.0  # … and in so wide a column they cannot be cells
RUNNING = 0.4  # of the lines of a column of prose have a comma or a full stop within
LARGER = 1.2  # times the size of the text: type of headlines
LARGEST = 1.5  # … and above this of nothing else
APART = 1.6  # times the usual distance of lines: a space over a headline
_WITHIN = re.compile(r"[\u4e00-\u9fff][，。；][“《\u4e00-\u9fff\d]")

Band = tuple[list[Row], list[Frame]]


def bands_of(rows: list[Row]) -> Iterator[Band]:
    """Runs of rows with vertical gaps that none of them crosses, and those gaps."""
    if not rows:
        return
    whole = Frame(min(row[0].left for row in rows), max(s.right for row in rows for s in row))
    band: list[Row] = []
    gaps, reach = [whole], reach_of([])
    for row in rows:
        if band and _begins_block(band, between(gaps, reach), row):
            yield band, gaps
            band, gaps, reach = [], [whole], reach_of([])
        free = free_of(gaps, row)
        if band and (not free or _crosses(between(gaps, reach), row, between(free, reaching(reach, row)))):
            kept = _handed_on(band, gaps, whole, row)
            if kept:
                yield band[:kept], gaps
            band = band[kept:]
            free, reach = reduce(free_of, (*band, row), [whole]), reach_of(band)
        band.append(row)
        gaps, reach = free, reaching(reach, row)
    yield band, gaps


def _crosses(apart: list[Frame], row: Row, left: list[Frame]) -> bool:
    """Does the row stand across every gap between the columns of the band, or the band across those of
    the row? What stays free at the margin keeps nothing together."""
    return not left and (len(row) > 1 or bool(apart))


def _begins_block(band: list[Row], apart: list[Frame], row: Row) -> bool:
    """Are there headlines on this row, and other columns below them than above? Nothing runs on beside
    them, and one is as large as no heading inside an article, or stands over a gap of the columns above,
    or there are several side by side."""
    if len(band) < 2 or row[0].size <= LARGER * band[-1][0].size:
        return False  # most rows; to look at all those above for each of them would take time
    body = median(one[0].size for one in band)
    steps = [below[0].top - above[0].top for above, below in pairwise(band)]
    if any(segment.size <= LARGER * body for segment in row):
        return False
    if row[0].top - band[-1][0].top < APART * max(median(steps), body):
        return False
    crossed = any(one.left < gap.right and gap.left < one.right for gap in apart for one in row)
    return crossed or not apart or len(row) > 1 or row[0].size > LARGEST * body


def _handed_on(band: list[Row], gaps: list[Frame], whole: Frame, row: Row) -> int:
    """How many rows a closing band keeps: its last ones may be the first rows of columns below, or the
    headlines over them."""
    kept = _headlines_at(band)
    if kept < len(band) or columns_of(band, gaps):
        return kept
    free, reach = free_of([whole], row), reach_of([row])
    while kept:
        free, reach = free_of(free, band[kept - 1]), reaching(reach, band[kept - 1])
        if not between(free, reach):
            break
        kept -= 1
    return kept


def _headlines_at(band: list[Row]) -> int:
    """Where the rows in larger type begin with which the band ends."""
    body = median(row[0].size for row in band)
    kept = len(band)
    while kept and all(segment.size > LARGER * body for segment in band[kept - 1]):
        kept -= 1
    return kept


def headline_over(band: Sequence[Row]) -> int:
    """How many rows of the band are one headline over the middle of its columns, which crosses no gap as it
    is no wider than the column in the middle."""
    body = median(row[0].size for row in band)
    middle = sum(reach_of(band)) / 2
    over = 0
    for row in band:
        only, *others = row
        if others or only.size <= LARGER * body or abs((only.left + only.right) / 2 - middle) > only.size:
            break
        over += 1
    return over


def columns_of(band: list[Row], gaps: list[Frame]) -> list[list[Row]]:
    """The band's columns from left to right, if it has any and they are prose."""
    if len(band) < 3:
        return []
    segments = [segment for row in band for segment in row]
    borders = [(gap.left + gap.right) / 2 for gap in between(gaps, reach_of(band))]
    split: dict[int, list[Segment]] = {}
    for segment in segments:
        split.setdefault(sum(border < segment.left for border in borders), []).append(segment)
    columns = [rows_of(split[index]) for index in sorted(split)]
    return columns if len(columns) > 1 and _are_columns(columns, len(band)) else []


def _are_columns(columns: list[list[Row]], band: int) -> bool:
    """Prose beside something, or lines that do not stand level with each other, make no table."""
    if any(len(column) >= 6 and _length(column) >= WIDE and _reads_down(column) for column in columns):
        return True
    rows = [len(column) for column in columns]
    if min(rows) >= 4 and sum(rows) < 1.4 * band:
        return True
    prose = sum(len(column) for column in columns if _is_prose(column) or _is_running(column))
    return prose > 0.6 * sum(rows) and all(_length(column) >= LONG for column in columns)


def _length(rows: list[Row]) -> float:
    return median((row[-1].right - row[0].left) / row[0].size for row in rows)


def _is_prose(rows: list[Row]) -> bool:
    """Do the rows fill a column, as the lines of paragraphs do?"""
    frame = frame_of(rows)
    full = sum(frame.right - row[-1].right < FULL * row[0].size for row in rows)
    return len(rows) >= 3 and full >= 0.5 * len(rows)


def _is_running(rows: list[Row]) -> bool:
    """Do sentences run through the rows? A cell of a table has hardly a comma within."""
    running = sum(_WITHIN.search(row[0].text) is not None for row in rows)
    return len(rows) >= 3 and running >= RUNNING * len(rows)


def _reads_down(rows: list[Row]) -> bool:
    """Are the rows prose, or columns of prose themselves, below a headline that spans them?"""
    return _is_prose(rows) or any(columns_of(*band) for band in bands_of(rows))

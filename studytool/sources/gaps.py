"""Rows of a page -> the vertical gaps that they leave free: between columns, and at the margins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from math import inf

from studytool.sources.segments import Frame, Row, Segment

GUTTER = 0.8  # a gap between columns is at least so many ems wide
MOST_GAPS = 20  # more are no columns, and following them all takes time
# Marks whose box is half empty, behind them or before them: a line may begin or end in the middle of it.
_HALF_EMPTY = "，。、；：！？）》”’】〕」』"
_HALF_EMPTY_BEFORE = "（《“‘【〔「『"


def reach_of(rows: Iterable[Row]) -> Frame:
    """From where to where the rows reach; there is at least one."""
    return reduce(reaching, rows, Frame(inf, -inf))


def reaching(reach: Frame, row: Row) -> Frame:
    """The reach with one more row."""
    return Frame(min(reach.left, row[0].left), max(reach.right, row[-1].right))


def between(gaps: Iterable[Frame], reach: Frame) -> list[Frame]:
    """The gaps that have text on both sides, of rows that reach so far."""
    return [gap for gap in gaps if reach.left < gap.left and gap.right < reach.right]


def free_of(gaps: Sequence[Frame], row: Row) -> list[Frame]:
    """What the row leaves free of the gaps, as far as it is wide enough; what it does not touch, a headline
    in large type cannot make too narrow."""
    pieces: list[Frame] = []
    for gap in gaps:
        at = gap.left
        for left, right in map(inked, row):
            if at < right and left < gap.right:
                pieces.append(Frame(at, left))
                at = right
        pieces.append(Frame(at, gap.right))
    known, least = set(gaps), GUTTER * row[0].size
    wide = [piece for piece in pieces if piece in known or piece.right - piece.left >= least]
    return wide[:MOST_GAPS]


def inked(segment: Segment) -> Frame:
    """From where to where a segment is printed: the empty half of a mark may stand in the gap between two
    columns."""
    left = segment.left + (0.5 * segment.size if segment.text[0] in _HALF_EMPTY_BEFORE else 0)
    right = segment.right - (0.5 * segment.size if segment.text[-1] in _HALF_EMPTY else 0)
    return Frame(left, max(left, right))

"""What stands on a page: segments of text with their places, in rows, in frames.

Shared by PDFs and recognised scans. Lengths are in points, counted from the left and from the top.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple


class Segment(NamedTuple):
    """Text that stands together on one line; `top` is its baseline, counted downwards, in points.

    `black` says that the type is bold or a black face (黑体), as headings are; `marks` are the raised
    marks of notes that stood in it."""

    text: str
    left: float
    right: float
    top: float
    size: float
    black: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The segments of one page, in any order."""

    number: int
    height: float
    segments: tuple[Segment, ...]


class Frame(NamedTuple):
    """The left and right border of a column of lines."""

    left: float
    right: float


Row = tuple[Segment, ...]

SAME_LINE = 0.45  # baselines nearer than this many ems are one line


def rows_of(segments: Iterable[Segment]) -> list[Row]:
    """The segments as rows from top to bottom, each from left to right."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: (s.top, s.left)):
        if rows and segment.top - rows[-1][0].top < SAME_LINE * max(segment.size, rows[-1][0].size):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [tuple(sorted(row, key=lambda s: (s.left, s.top))) for row in rows]


def frame_of(rows: Sequence[Row]) -> Frame:
    """The borders many rows share: first lines are indented and last lines end early."""
    size = median(row[0].size for row in rows)
    lefts = [row[0].left for row in rows]
    rights = [row[-1].right for row in rows]
    return Frame(_border(lefts, size), -_border([-right for right in rights], size))


def _border(edges: list[float], size: float) -> float:
    """The outermost edge that a fifth of the rows share, give or take half an em."""
    step = size / 2
    shared = Counter(int(edge // step) for edge in edges)
    for edge in sorted(edges):
        place = int(edge // step)
        if 5 * (shared[place] + shared[place + 1]) >= len(edges):
            return edge
    return min(edges)

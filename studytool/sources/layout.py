"""Pieces of lines with their places on pages -> lines in reading order, each in its column.

Shared by PDFs and recognised scans. A page is cut into bands from top to bottom: within a band the
same vertical gaps stay free. A band is read column by column only if what stands between the gaps
is prose (lines that are long and fill their width); otherwise it is a table and read row by row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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


class Line(NamedTuple):
    """One line of a frame; more than one segment are the cells of a table row."""

    page: int
    frame: Frame
    cells: Row

    @property
    def left(self) -> float:
        return self.cells[0].left

    @property
    def right(self) -> float:
        return self.cells[-1].right

    @property
    def top(self) -> float:
        return self.cells[0].top

    @property
    def main(self) -> Segment:
        return max(self.cells, key=lambda cell: len(cell.text))

    @property
    def size(self) -> float:
        return self.main.size


SAME_LINE = 0.45  # baselines nearer than this many ems are one line
GUTTER = 0.8  # a gap between columns is at least so many ems wide
FULL = 1.7  # a line that ends nearer than so many ems to the border fills its column
LONG = 6.0  # prose lines are at least so many ems long …
WIDE = 12.0  # … and in so wide a column they cannot be cells
MOST_GAPS = 20  # more are no columns, and following them all takes time
_HALF_EMPTY = "，。、；：！？"
DEEPEST = 4  # columns within columns


def rows_of(segments: Iterable[Segment]) -> list[Row]:
    """The segments as rows from top to bottom, each from left to right."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: (s.top, s.left)):
        if rows and segment.top - rows[-1][0].top < SAME_LINE * max(segment.size, rows[-1][0].size):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [tuple(sorted(row, key=lambda s: (s.left, s.top))) for row in rows]


def lines_of(pages: Sequence[Page]) -> list[Line]:
    """All lines of the pages in reading order, in frames the pages agree on."""
    flows = [(page.number, flow) for page in pages for flow in _flows(rows_of(page.segments), 0)]
    frames = _agreed([flow for _, flow in flows])
    return [
        Line(number, frame, row)
        for (number, flow), frame in zip(flows, frames, strict=True)
        for row in flow.rows
    ]


class _Flow(NamedTuple):
    """Rows that are read one after the other; `column` if others stand beside them."""

    rows: tuple[Row, ...]
    column: bool

    @property
    def frame(self) -> Frame:
        return _frame(self.rows)


def _flows(rows: list[Row], depth: int) -> Iterator[_Flow]:
    """The rows in columns; neighbouring bands without columns are one flow."""
    waiting: list[Row] = []
    for band, gaps in _bands(rows):
        columns = _columns(band, gaps)
        if not columns or depth == DEEPEST:
            waiting.extend(band)
            continue
        if waiting:
            yield _Flow(tuple(waiting), depth > 0)
            waiting = []
        for column in columns:
            yield from _flows(column, depth + 1)
    if waiting:
        yield _Flow(tuple(waiting), depth > 0)


def _bands(rows: list[Row]) -> Iterator[tuple[list[Row], list[Frame]]]:
    """Runs of rows with vertical gaps that none of them crosses, and those gaps."""
    if not rows:
        return
    whole = Frame(min(row[0].left for row in rows), max(s.right for row in rows for s in row))
    band: list[Row] = []
    gaps = [whole]
    for row in rows:
        free = _free(gaps, row)
        if band and not free:
            kept = _handed_on(band, gaps, whole, row)
            if kept:
                yield band[:kept], gaps
            band = band[kept:]
            free = [whole]
            for member in (*band, row):
                free = _free(free, member)
        band.append(row)
        gaps = free
    yield band, gaps


def _handed_on(band: list[Row], gaps: list[Frame], whole: Frame, row: Row) -> int:
    """How many rows a closing band keeps: its last ones may be the first rows of columns below."""
    kept = len(band)
    if _between(gaps, band):
        return kept
    free = _free([whole], row)
    while kept and _between(free := _free(free, band[kept - 1]), [*band[kept - 1 :], row]):
        kept -= 1
    return kept


def _between(gaps: Iterable[Frame], rows: Sequence[Row]) -> list[Frame]:
    """The gaps that have text on both sides."""
    left = min(row[0].left for row in rows)
    right = max(row[-1].right for row in rows)
    return [gap for gap in gaps if left < gap.left and gap.right < right]


def _free(gaps: Iterable[Frame], row: Row) -> list[Frame]:
    """What the row leaves free of the gaps, as far as it is wide enough."""
    pieces: list[Frame] = []
    covered = [Frame(one.left, _inked(one)) for one in row[:-1]] + [Frame(row[-1].left, row[-1].right)]
    for gap in gaps:
        at = gap.left
        for left, right in covered:
            if at < right and left < gap.right:
                pieces.append(Frame(at, left))
                at = right
        pieces.append(Frame(at, gap.right))
    wide = [piece for piece in pieces if piece.right - piece.left >= GUTTER * row[0].size]
    return wide[:MOST_GAPS]


def _inked(segment: Segment) -> float:
    """Where a segment beside another ends: half the box of its last mark is empty, and may stand in the
    gap between two columns."""
    return segment.right - 0.5 * segment.size if segment.text[-1] in _HALF_EMPTY else segment.right


def _columns(band: list[Row], gaps: list[Frame]) -> list[list[Row]]:
    """The band's columns from left to right, if it has any and they are prose."""
    if len(band) < 3:
        return []
    segments = [segment for row in band for segment in row]
    borders = [(gap.left + gap.right) / 2 for gap in _between(gaps, band)]
    split: dict[int, list[Segment]] = {}
    for segment in segments:
        split.setdefault(sum(border < segment.left for border in borders), []).append(segment)
    columns = [rows_of(split[index]) for index in sorted(split)]
    return columns if len(columns) > 1 and _are_columns(columns, len(band)) else []


def _are_columns(columns: list[list[Row]], band: int) -> bool:
    """Prose beside something, or lines that do not stand level with each other, make no table."""
    if any(len(column) >= 6 and _length(column) >= WIDE and _is_prose(column) for column in columns):
        return True
    rows = [len(column) for column in columns]
    if min(rows) >= 4 and sum(rows) < 1.4 * band:
        return True
    prose = sum(len(column) for column in columns if _is_prose(column))
    return prose > 0.6 * sum(rows) and all(_length(column) >= LONG for column in columns)


def _length(rows: list[Row]) -> float:
    return median((row[-1].right - row[0].left) / row[0].size for row in rows)


def _is_prose(rows: list[Row]) -> bool:
    """Do the rows fill a column, as the lines of paragraphs do?"""
    frame = _frame(rows)
    full = sum(frame.right - row[-1].right < FULL * row[0].size for row in rows)
    return len(rows) >= 3 and full >= 0.5 * len(rows)


def _frame(rows: Sequence[Row]) -> Frame:
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


def _agreed(flows: list[_Flow]) -> list[Frame]:
    """For each flow the frame of the longest flow like it: a short flow does not show its borders."""
    framed = [(flow, flow.frame) for flow in flows]
    leaders: list[tuple[_Flow, Frame]] = []
    for flow, frame in sorted(framed, key=lambda one: -len(one[0].rows)):
        if not any(_is_like(flow, frame, *leader) for leader in leaders):
            leaders.append((flow, frame))
    return [
        next((border for leader, border in leaders if _is_like(flow, frame, leader, border)), frame)
        for flow, frame in framed
    ]


def _is_like(flow: _Flow, frame: Frame, leader: _Flow, border: Frame) -> bool:
    em = flow.rows[0][0].size
    inside = border.left - em < frame.left and frame.right < border.right + em
    near = frame.left < border.left + 3 * em  # an indented first line is all there may be
    return flow.column == leader.column and inside and (near or not flow.column)

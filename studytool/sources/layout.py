"""Pages -> their lines in reading order, each in its column.

The bands of a page are read from top to bottom, the columns of a band from left to right, and each column
as a page of its own: there may be bands and columns in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from studytool.sources.bands import bands_of, columns_of, headline_over
from studytool.sources.segments import Frame, Page, Row, Segment, frame_of, rows_of

DEEPEST = 4  # columns within columns


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
        return frame_of(self.rows)


def _flows(rows: list[Row], depth: int) -> Iterator[_Flow]:
    """The rows in columns; neighbouring bands without columns are one flow."""
    waiting: list[Row] = []
    for band, gaps in bands_of(rows):
        over = headline_over(band)
        columns = columns_of(band[over:], gaps)
        if not columns or depth == DEEPEST:
            waiting.extend(band)
            continue
        waiting.extend(band[:over])
        if waiting:
            yield _Flow(tuple(waiting), depth > 0)
            waiting = []
        for column in columns:
            yield from _flows(column, depth + 1)
    if waiting:
        yield _Flow(tuple(waiting), depth > 0)


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

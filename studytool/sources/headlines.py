"""Lines in reading order -> the headlines over the articles of a page that is set in columns.

On such a page the size of a headline tells how much an article matters, and nothing of what belongs to
what: each is the title of an article. The surprising decision: where several lines in large type follow
each other, only the largest is one; what stands over or under it are its kicker and its subtitle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from studytool.sources.layout import Line
from studytool.sources.segments import Frame

LARGER = 1.5  # times the size of the text: headings inside an article are set smaller
MOST = 0.5  # of a page in columns stands in frames with others beside them


def titles(groups: Sequence[list[Line]], size: float) -> set[int]:
    """Which of the groups of lines (paragraphs and headings) are the title of an article, the text being
    set in type of this `size`."""
    columned = set(_pages_in_columns([line for group in groups for line in group]))
    return {
        max(run, key=lambda at: groups[at][0].size)
        for run in _runs_of_large_type(groups, size)
        if groups[run[0]][0].page in columned
    }


def _runs_of_large_type(groups: Sequence[list[Line]], size: float) -> Iterator[list[int]]:
    """The places of large type that follow each other on one page, the last ones over each of them."""
    run: list[int] = []
    for at, group in enumerate(groups):
        large = all(line.size > LARGER * size for line in group)
        if run and not (large and group[0].page == groups[run[-1]][0].page):
            yield run
            run = []
        if large:
            run.append(at)
    if run:
        yield run


def _pages_in_columns(lines: Iterable[Line]) -> Iterator[int]:
    """The pages most of whose text stands beside other text."""
    weights: dict[int, dict[Frame, int]] = {}
    for line in lines:
        frames = weights.setdefault(line.page, {})
        frames[line.frame] = frames.get(line.frame, 0) + sum(len(cell.text) for cell in line.cells)
    for page, frames in weights.items():
        beside = {
            frame
            for one, other in combinations(frames, 2)
            if one.right <= other.left or other.right <= one.left
            for frame in (one, other)
        }
        if sum(frames[frame] for frame in beside) > MOST * sum(frames.values()):
            yield page

"""Lines in reading order -> paragraphs, headings and table rows.

A line goes on the paragraph before it unless something says it begins one: an indent, a line before
it that did not fill its column, a wider space, other type. Column and page borders alone say nothing.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from studytool import unread as unread_page
from studytool.model import BlockKind
from studytool.sources import footnotes, headings, headlines
from studytool.sources.assembly import Part, row
from studytool.sources.bands import FULL
from studytool.sources.layout import Line

INDENTED = 1.2  # ems from the border at which a first line begins
OTHER_SIZE = 0.12  # type that differs by this share is other type
LOOSE = 1.6  # times the usual distance of lines: a space between paragraphs
SPREAD = 4  # ems between the characters of a heading that is set wide

_LATIN_END = re.compile(r"[A-Za-z0-9,.;:)%]$")
_LATIN_START = re.compile(r"[A-Za-z0-9(]")
_HYPHEN = re.compile(r"[A-Za-z]-$")


class _Type(NamedTuple):
    """The type most of the text is set in."""

    size: float
    black: bool
    leading: float


def parts_of(lines: Sequence[Line], unread: Sequence[int] = ()) -> Iterator[Part]:
    """Paragraphs, headings and table rows in reading order, a line for each page that was not read;
    notes last, beside the text where they surely are notes."""
    if not lines:
        return
    body = _body(lines)
    text, unsure, sure = footnotes.apart([_unspread(line, body) for line in lines], body.size, body.leading)
    sizes = _heading_sizes(text, body)
    missing = deque(sorted(unread))
    for run in _runs_of_pages(text, unread):
        while missing and missing[0] < run[0].page:
            yield _missing(missing.popleft())
        groups = list(_paragraphs(run, body))
        titles = headlines.titles(groups, body.size)
        yield from (_part(group, body, sizes, at in titles) for at, group in enumerate(groups))
    yield from map(_missing, missing)
    yield from (_part(group, body, sizes) for group in _paragraphs(unsure, body))
    yield from (_part(group, body, sizes)._replace(aside=True) for group in _paragraphs(sure, body))


def _runs_of_pages(lines: Sequence[Line], unread: Sequence[int]) -> Iterator[list[Line]]:
    """The lines between pages that were not read: nothing goes on over those."""
    for _, run in groupby(lines, key=lambda line: sum(page < line.page for page in unread)):
        yield list(run)


def _missing(page: int) -> Part:
    return Part(BlockKind.PARAGRAPH, unread_page.LINE.format(page + 1))


def _body(lines: Sequence[Line]) -> _Type:
    weights: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        for cell in line.cells:
            weights[round(cell.size * 2) / 2, cell.black] += len(cell.text)
    (size, black), _ = max(weights.items(), key=lambda one: (one[1], one[0]))
    steps = [
        below.top - above.top
        for above, below in pairwise(lines)
        if above.page == below.page and above.frame == below.frame and below.top > above.top
    ]
    return _Type(size, black, median(steps) if steps else size * 1.5)


def _unspread(line: Line, body: _Type) -> Line:
    """Headings are set wide (“一、综　　合”): in larger type two cells of Hanzi are one heading."""
    if len(line.cells) == 1 or not _is_display(line, body) or line.size <= body.size:
        return line
    gaps = [right.left - left.right for left, right in pairwise(line.cells)]
    if max(gaps) > SPREAD * line.size:
        return line
    between = "" if all(len(cell.text) == 1 for cell in line.cells[1:]) else " "
    first, last = line.cells[0], line.cells[-1]
    whole = first._replace(text=between.join(cell.text for cell in line.cells), right=last.right)
    return line._replace(cells=(whole,))


# ---- paragraphs -----------------------------------------------------------------------------------


def _paragraphs(lines: Sequence[Line], body: _Type) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and _begins(line, group, body):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _begins(line: Line, group: list[Line], body: _Type) -> bool:
    """Does a paragraph begin with `line`, where `group` is the one before it?"""
    last = group[-1]
    if len(line.cells) > 1 or len(last.cells) > 1 or _differs(line, last, body):
        return True
    together = line.page == last.page and line.frame == last.frame
    if together and line.top - last.top > LOOSE * max(body.leading, line.size):
        return True
    if _is_display(last, body):
        return not (together and _is_centred(line) and _is_centred(last))
    em = line.size
    hanging = len(group) > 1 and abs(line.left - last.left) < em / 2
    indented = line.left - line.frame.left > INDENTED * em and not hanging
    return indented or not _is_full(last)


def _differs(line: Line, last: Line, body: _Type) -> bool:
    sizes = abs(line.size - last.size) > OTHER_SIZE * body.size
    return sizes or _is_display(line, body) != _is_display(last, body)


def _is_full(line: Line) -> bool:
    return line.frame.right - line.right < FULL * line.size


def _is_centred(line: Line) -> bool:
    left, right = line.left - line.frame.left, line.frame.right - line.right
    return left > -line.size and abs(left - right) < 2 * line.size


def _is_display(line: Line, body: _Type) -> bool:
    """Is the line set in larger or blacker type than the body?"""
    larger = line.size > (1 + OTHER_SIZE) * body.size
    return larger or (line.main.black and not body.black and all(cell.black for cell in line.cells))


# ---- what a paragraph is --------------------------------------------------------------------------


def _heading_sizes(lines: Iterable[Line], body: _Type) -> list[float]:
    """The sizes of larger type, the largest first: the levels of headings."""
    larger = {round(line.size) for line in lines if line.size > (1 + OTHER_SIZE) * body.size}
    return sorted(larger, reverse=True)


def _part(group: list[Line], body: _Type, sizes: list[float], is_title: bool = False) -> Part:
    if len(group[0].cells) > 1:
        return row(cell.text for cell in group[0].cells)
    text = joined(line.main.text for line in group)
    if is_title and headings.is_headline(text):
        return Part(BlockKind.HEADING, text, 1)
    if all(_is_display(line, body) for line in group) and headings.is_heading(text):
        larger = sum(size > round(group[0].size) for size in sizes)
        return Part(BlockKind.HEADING, text, headings.level(text, larger))
    return Part(BlockKind.PARAGRAPH, text)


def joined(texts: Iterable[str]) -> str:
    """The lines of a paragraph as one: with a space only between Latin words."""
    whole = ""
    for text in texts:
        piece, end = text.strip(), whole[-2:]
        if _HYPHEN.search(end) and piece[:1].islower():
            whole = whole[:-1] + piece
        elif _LATIN_END.search(end) and _LATIN_START.match(piece) and _is_latin(end, piece):
            whole += " " + piece
        else:
            whole += piece
    return whole


def _is_latin(end: str, piece: str) -> bool:
    """Two words, not one number or code cut in two by the line's end."""
    return not (end[-1].isdigit() and piece[0].isdigit()) and (end[-1].isalpha() or piece[0].isalpha())

"""Pages -> pages without running heads, running feet and page numbers.

Only what stands in the first or last lines of a page can be one. It is furniture if it is a page
number by its look, or if the same words (numbers aside) stand at the same height of other pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from studytool.sources.layout import Page, Row, rows_of

EDGE_ROWS = 3  # a running head has at most so many lines
SAME_HEIGHT = 0.015  # of the page's height
REPEATED = 3  # on so many pages (or on all of a shorter document) the same words are a running head
MARGIN = 0.13  # a page number stands in the outer part of the page

_NUMBER = r"(?:\d{1,4}|[ivxlcIVXLC]{1,7}|[一二三四五六七八九十百〇零]{1,5})"
_PAGE_NUMBER = re.compile(
    rf"[-—–―·•.\s]*(?:第\s*)?{_NUMBER}(?:\s*页)?(?:\s*[/／]\s*|\s*[,，]?\s*共\s*)?(?:{_NUMBER}\s*页?)?[-—–―·•.\s]*"
)
_DIGITS = re.compile(r"\d+|\s+")


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    repeated = _repeated(pages)
    return [_cleared(page, repeated) for page in pages]


def _repeated(pages: Sequence[Page]) -> frozenset[tuple[str, int]]:
    """Words and heights that stand at the edge of enough pages."""
    found = Counter(mark for page in pages for mark in {_mark(row, page) for row in _edges(page)})
    enough = min(REPEATED, max(2, len(pages)))
    return frozenset(mark for mark, count in found.items() if count >= enough)


def _edges(page: Page) -> Iterator[Row]:
    rows = rows_of(page.segments)
    yield from rows[:EDGE_ROWS]
    yield from rows[max(EDGE_ROWS, len(rows) - EDGE_ROWS) :]


def _mark(row: Row, page: Page) -> tuple[str, int]:
    return _words(row), round(row[0].top / (SAME_HEIGHT * page.height))


def _words(row: Row) -> str:
    return _DIGITS.sub(lambda found: "#" if found[0].isdigit() else "", "".join(cell.text for cell in row))


def _cleared(page: Page, repeated: frozenset[tuple[str, int]]) -> Page:
    dropped = {cell for row in _edges(page) if _is_furniture(row, page, repeated) for cell in row}
    return replace(page, segments=tuple(one for one in page.segments if one not in dropped))


def _is_furniture(row: Row, page: Page, repeated: frozenset[tuple[str, int]]) -> bool:
    words, height = _mark(row, page)
    if any((words, near) in repeated for near in (height - 1, height, height + 1)):
        return True
    outer = row[0].top < MARGIN * page.height or row[0].top > (1 - MARGIN) * page.height
    return outer and bool(_PAGE_NUMBER.fullmatch("".join(cell.text for cell in row)))

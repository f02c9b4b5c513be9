"""Pages -> pages without running heads, running feet and page numbers.

Only what stands in the first or last lines of a page can be one. It is furniture if it is a page
number by its look, if the same words (numbers aside, but not those of clauses) stand at the same height of
other pages, or if it stands where other pages have their furniture: the head of a chapter of one page is
there only once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median, quantiles

from studytool.sources.segments import Page, Row, rows_of

EDGE_ROWS = 3  # a running head has at most so many lines
SAME_HEIGHT = 0.015  # of the page's height
REPEATED = 3  # on so many pages (or on all of a shorter document) the same words are a running head
TWICE = 2  # … and on so many, if they are the outermost line of a page, in its margin
MARGIN = 0.13  # a page number stands in the outer part of the page
LEVEL = 0.3  # ems: heads of one book stand at the same height to a hair
SET_OFF = 1.1  # times the space between paragraphs: so far a head stands from the text
DISPLAY = 1.12  # times the size of the body: type of titles
LONGEST = 45  # characters of a running head
FILLED = 0.8  # of the width of the text: what covers more is a line of it

_NUMBER = r"(?:\d{1,4}|[ivxlcIVXLC]{1,7}|[一二三四五六七八九十百〇零]{1,5})"
_PAGE_NUMBER = re.compile(
    rf"[-—–―·•.\s]*(?:第\s*)?{_NUMBER}(?:\s*页)?(?:\s*[/／]\s*|\s*[,，]?\s*共\s*)?(?:{_NUMBER}\s*页?)?[-—–―·•.\s]*"
)
_DIGITS = re.compile(r"\d+|\s+")
_CLAUSE = re.compile(r"[，。；！？]")
_FIRST, _LAST = re.compile(r"\d+"), re.compile(r"\d+(?=\D*$)")
_ANNEX = re.compile(r"附[件表录图]")  # “附件1” above one page and “附件2” above the next are headings
_OF_TEXT = re.compile(r"[，。；：！？…]|^[\[［〔(（]?[\d①-⑳一二三四五六七八九十]+[\]］〕)）、.．]")

Mark = tuple[str, int]


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    repeated = _repeated(pages)
    cleared = [
        _without(page, [row for row in _edges(page) if _is_furniture(row, page, repeated)]) for page in pages
    ]
    return _without_outer(pages, cleared)


def _without(page: Page, rows: Iterable[Row]) -> Page:
    dropped = {cell for row in rows for cell in row}
    return replace(page, segments=tuple(one for one in page.segments if one not in dropped))


def _text(row: Row) -> str:
    return "".join(cell.text for cell in row)


# ---- the same words, or a page number ---------------------------------------------------------------


def _repeated(pages: Sequence[Page]) -> frozenset[Mark]:
    """Words and heights that stand at the edge of enough pages."""
    found = Counter(mark for page in pages for mark in {_mark(row, page) for row in _edges(page)})
    enough = min(REPEATED, max(2, len(pages)))
    return frozenset(mark for mark, count in found.items() if count >= enough)


def _edges(page: Page) -> Iterator[Row]:
    rows = rows_of(page.segments)
    yield from rows[:EDGE_ROWS]
    yield from rows[max(EDGE_ROWS, len(rows) - EDGE_ROWS) :]


def _mark(row: Row, page: Page) -> Mark:
    return _words(row), round(row[0].top / (SAME_HEIGHT * page.height))


def _words(row: Row) -> str:
    text = _text(row)
    if _CLAUSE.search(text):  # 2018年，产值达到3000亿元。 2019年，产值达到3137亿元。
        return text
    return _DIGITS.sub(lambda found: "#" if found[0].isdigit() else "", text)


def _is_furniture(row: Row, page: Page, repeated: frozenset[Mark]) -> bool:
    words, height = _mark(row, page)
    if _ANNEX.match(words):
        return False
    if any((words, near) in repeated for near in (height - 1, height, height + 1)):
        return True
    return _in_margin(row, page) and bool(_PAGE_NUMBER.fullmatch(_text(row)))


def _in_margin(row: Row, page: Page) -> bool:
    return row[0].top < MARGIN * page.height or row[0].top > (1 - MARGIN) * page.height


# ---- the outermost line -----------------------------------------------------------------------------


class _Side:
    """The outermost lines at the heads (or feet) of all pages, and what is known of them."""

    def __init__(self, pages: Sequence[Page], cleared: Sequence[Page], foot: bool) -> None:
        self.known, self.begun = _heights(pages, cleared, foot)
        rows = [rows_of(page.segments)[:: -1 if foot else 1] for page in cleared]
        self.rows = {page.number: found for page, found in zip(cleared, rows, strict=True) if found}
        self.pages = {page.number: page for page in cleared}
        self.size, self.space = _type(self.rows.values())
        self.left, self.right = _borders(self.rows.values())
        self.outer = {n: found[0] for n, found in self.rows.items() if self._can_be(found[0], n)}
        self.twice = _twice(self.outer)

    def furniture(self) -> dict[int, Row]:
        """Page number -> its outermost line, where that is a running head or foot."""
        return {number: row for number, row in self.outer.items() if self._is(number, row)}

    def _can_be(self, row: Row, number: int) -> bool:
        text = _text(row)
        short = sum(cell.right - cell.left for cell in row) < FILLED * (self.right - self.left)
        plain = row[0].size < DISPLAY * self.size and len(text) <= LONGEST and short
        return (
            plain
            and _in_margin(row, self.pages[number])
            and not _OF_TEXT.search(text)
            and not _ANNEX.match(text)
        )

    def _is(self, number: int, row: Row) -> bool:
        reached = [other for other, found in self.rows.items() if _level(found[0], row[0].top)]
        if len(self.rows[number]) == 1 or any(other not in self.outer for other in reached):
            return False  # where the text of another page begins
        if any(_level(row, height) for height in self.known):
            return True
        return any(mark in self.twice for mark in _variants(row, number)) or self._stand_apart(reached)

    def _stand_apart(self, reached: Sequence[int]) -> bool:
        """Do the pages that reach as far all begin with such a line, far from the text? A title in the
        middle of the line, or below a masthead, does too."""
        return len(reached) >= TWICE and all(
            number not in self.begun and self._is_set_off(self.rows[number]) for number in reached
        )

    def _is_set_off(self, rows: Sequence[Row]) -> bool:
        head, below, *more = rows
        centred = abs(head[0].left + head[-1].right - self.left - self.right) < 2 * head[0].size
        black = all(cell.black for cell in head) and not all(cell.black for cell in below)
        return (
            bool(more) and not (centred or black) and abs(below[0].top - head[0].top) > SET_OFF * self.space
        )


def _without_outer(pages: Sequence[Page], cleared: Sequence[Page]) -> list[Page]:
    if len(pages) < TWICE:
        return list(cleared)
    sides = [_Side(pages, cleared, foot).furniture() for foot in (False, True)]
    return [_without(page, [side[page.number] for side in sides if page.number in side]) for page in cleared]


def _level(row: Row, height: float) -> bool:
    return abs(row[0].top - height) < LEVEL * row[0].size


def _heights(pages: Sequence[Page], cleared: Sequence[Page], foot: bool) -> tuple[list[float], set[int]]:
    """The heights at which furniture stands on several pages, and the pages on which it has words."""
    found: Counter[float] = Counter()
    worded: set[int] = set()
    for page, left in zip(pages, cleared, strict=True):
        kept = set(left.segments)
        gone = [one for one in page.segments if one not in kept and (one.top > page.height / 2) == foot]
        found.update({round(one.top) for one in gone})
        if not all(_PAGE_NUMBER.fullmatch(one.text) for one in gone):
            worded.add(page.number)
    return [top for top, count in found.items() if count >= TWICE], worded


def _twice(outer: dict[int, Row]) -> frozenset[Mark]:
    """The words, with a page's number put aside, that are outermost on two pages at the same height."""
    pages: dict[Mark, set[int]] = defaultdict(set)
    for number, row in outer.items():
        for mark in _variants(row, number):
            pages[mark].add(number)
    return frozenset(mark for mark, found in pages.items() if len(found) >= TWICE)


def _variants(row: Row, number: int) -> Iterator[Mark]:
    """A row's words with their height; with their first, or last, number counted from its page's."""
    text, height = _DIGITS.sub(lambda found: found[0].strip(), _text(row)), round(row[0].top)
    yield text, height
    for pattern in (_FIRST, _LAST):
        yield pattern.sub(lambda found: f"#{int(found[0]) - number}", text, count=1), height


def _type(pages: Iterable[Sequence[Row]]) -> tuple[float, float]:
    """The size of most type, and the space between paragraphs (between lines, where they have none)."""
    pages = list(pages)
    sizes = [row[0].size for rows in pages for row in rows]
    steps = [abs(below[0].top - above[0].top) for rows in pages for above, below in pairwise(rows)]
    if not steps:
        return (median(sizes) if sizes else 0.0), 0.0
    return median(sizes), quantiles([*steps, steps[0]], n=10)[-1]


def _borders(pages: Iterable[Sequence[Row]]) -> tuple[float, float]:
    """The outermost left and right of the text."""
    rows = [row for rows in pages for row in rows]
    return min((row[0].left for row in rows), default=0.0), max((row[-1].right for row in rows), default=0.0)

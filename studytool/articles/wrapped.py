"""Lines of a text broken at column width -> its paragraphs, each with the spans of its lines; nothing, where
the lines are paragraphs.

The surprising decision: no file type says so, and no line by itself: most lines are as wide as the others
and go on in the next. Few lines, and paragraphs of a word processor, must show it by their words as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from studytool.articles import pages, seams
from studytool.articles.language import Language
from studytool.articles.lines import columns
from studytool.articles.pages import is_closed
from studytool.model import Span

_OPENS_PARAGRAPH = re.compile(
    r"[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]+[章节编条]|\d{1,2}[.．、](?!\d)"
)
_FIGURE = re.compile(r"\d")
_OF_SENTENCE = re.compile(r"(?<!\d)[，。；、]|[，。；、](?!\d)")
_INDENT = re.compile("\u3000{1,4}(?=\\S)|\u3000{2,}| {2,8}(?=\\S)|\t")
FULL = 3  # so many characters short, or over, a line still fills its column
RUNNING = 0.6  # of the full lines go on in the next one where a text was broken at column width
_NARROWEST, _WIDEST = 12, 60
_MANY = 12  # lines; fewer must show by their words that they go on
_FEWEST = 2  # full lines that do
_TOLD = 0.5  # of the full lines have marks of a sentence in them, and go on as sentences do
_SAMPLE = 100  # lines, in which a document shows its language
_MARK = re.compile(r"[，。；、：！？…—“”（）()]")
_GOES_ON = 0.5  # evidence; that two lines are one sentence is seldom less sure
_SHORT = 2  # characters that a line without marks is seldom short of its column
_PARTS = 0.8  # of the blank lines, or indents, stand where a paragraph has ended: they part paragraphs


@dataclass(frozen=True, slots=True)
class Raw:
    """A paragraph to be: the source spans of its physical lines, and what stood around it."""

    spans: tuple[Span, ...]
    gap: int = 0
    level: int = 0
    row: bool = False
    words: str | None = None  # how a heading reads, where its own recognition is worse


def unended(text: str, physical: Sequence[pages.Physical]) -> list[list[pages.Physical]]:
    """The lines in groups, each up to a line that has ended: what may be one paragraph."""
    groups: list[list[pages.Physical]] = [[]]
    for line in physical:
        groups[-1].append(line)
        if is_closed(text[line[0].start : line[0].end].strip()):
            groups.append([])
    return [group for group in groups if group]


def width_of(text: str, physical: Sequence[pages.Physical], strict: bool = False) -> int:
    """The width at which the text was broken, or 0 if its lines are paragraphs; `strict`: as far as their
    words show."""
    words = [text[span.start : span.end].strip() for span, _ in physical]
    widths = [columns(one) for one in words]
    strict = strict or len(words) < _MANY
    width = _common_width(widths, len(words) < _MANY)
    if not width or (strict and max(widths) > width + FULL):
        return 0
    full = [
        (one, below, gap)
        for (one, below), (_, gap) in zip(pairwise(words), physical[1:], strict=True)
        if abs(columns(one) - width) <= FULL
    ]
    on = [(one, below) for one, below, gap in full if not gap and not is_closed(one) and not _is_row(one)]
    if len(on) < RUNNING * len(full) or not on:
        return 0
    return width if not strict or _say_so(on) else 0


def _common_width(widths: list[int], few: bool) -> int:
    """The width most lines have; of few, a title and the ends of paragraphs have others."""
    if len(widths) < _FEWEST:
        return 0
    counts = Counter(widths)
    common = max(counts, key=lambda w: (sum(counts[n] for n in range(w - 1, w + 2)), w))
    full = sum(abs(w - common) <= FULL for w in widths)
    return common if _NARROWEST <= common <= _WIDEST and full >= (0.4 if few else 0.55) * len(widths) else 0


def _say_so(running: list[tuple[str, str]]) -> bool:
    """Do the words say that these lines go on in those below them? Headings one below the other have no
    marks of a sentence in them, and no words that go together."""
    told = sum(_OF_SENTENCE.search(one) is not None for one, _ in running)
    if len(running) < _FEWEST or told < _TOLD * len(running):
        return False
    language = Language([one for one, _ in running[:_SAMPLE]])
    going = sum(seams.evidence(language, one, below) >= _GOES_ON for one, below in running[:_SAMPLE])
    return going >= _TOLD * min(len(running), _SAMPLE)


def _is_row(line: str) -> bool:
    """粮食 38，728万吨 9.2: figures, and no mark of a sentence but within them."""
    return "|" in line or (_FIGURE.search(line) is not None and _OF_SENTENCE.search(line) is None)


def paragraphs(text: str, physical: Sequence[pages.Physical], width: int) -> Iterator[Raw]:
    """The lines joined into paragraphs, without page numbers and running heads."""
    return _Joiner(text, pages.without_heads(text, physical, width), width).raws()


class _Joiner:
    """Joins lines: a full line goes on, a short one ends."""

    def __init__(self, text: str, printed: pages.Printed, width: int) -> None:
        self.text, self.printed, self.width = text, printed, width
        self.blanks_part = self._part([gap > 0 for _, gap in printed.lines])
        self.indents_part = self._part([self._is_indented(span) for span, _ in printed.lines])

    def raws(self) -> Iterator[Raw]:
        lines = self.printed.lines
        run: list[Span] = []
        first_gap = skip = 0
        for index, (span, gap) in enumerate(lines):
            if skip:
                skip -= 1
                continue
            opening = self.printed.openings.get(span.start)
            if run and (opening or self._begins_anew(run[-1], span, gap)):
                yield Raw(tuple(run), first_gap)
                run = []
            if opening:
                yield Raw(opening.spans, gap, level=1, words=opening.title)
                skip = opening.size - 1
                continue
            if not run:
                first_gap = gap
            run.append(span)
            following = lines[index + 1][1] if index + 1 < len(lines) else 1
            if following and self._closed(span) and self._columns(span) < self.width - 2:
                yield Raw(tuple(run), first_gap)
                run = []
        if run:
            yield Raw(tuple(run), first_gap)

    def _part(self, marked: Sequence[bool]) -> bool:
        """Do nearly all lines with this mark follow one that has ended? Then they begin paragraphs."""
        spans = [span for span, _ in self.printed.lines]
        above = [self._closed(one) for one, mark in zip(spans, marked[1:], strict=False) if mark]
        return 4 * len(above) < 3 * len(spans) and sum(above) >= max(1, _PARTS * (len(above) - 1))

    def _begins_anew(self, last: Span, span: Span, gap: int) -> bool:
        indented = self._is_indented(span)
        first = last == self.printed.lines[0][0]
        if first and (gap or indented or self._is_title(last, span)):
            return True
        if (gap and self.blanks_part) or (indented and self.indents_part):
            return True
        opens = _OPENS_PARAGRAPH.match(self._words(span)) is not None
        return self._ends(last) or (opens and self._closed(last))

    def _is_title(self, first: Span, second: Span) -> bool:
        """Is the first line, about as wide as the column, a title: without a mark, and not going on?"""
        words, below = self._words(first), self._words(second)
        if _MARK.search(words):
            return False
        language = Language([self._words(span) for span, _ in self.printed.lines[1:_SAMPLE]])
        short = columns(words) <= self.width - _SHORT
        return seams.evidence(language, words, below) < (_GOES_ON if short else -_GOES_ON)

    def _ends(self, span: Span) -> bool:
        """A short line ends its paragraph; one a little short, without a full stop, is a quotation's."""
        size = self._columns(span)
        return size < self.width - 3 and (self._closed(span) or size < 0.72 * self.width)

    def _is_indented(self, span: Span) -> bool:
        return _INDENT.match(self.text, span.start, span.end) is not None

    def _words(self, span: Span) -> str:
        return self.text[span.start : span.end].strip()

    def _columns(self, span: Span) -> int:
        return columns(self._words(span))

    def _closed(self, span: Span) -> bool:
        return is_closed(self._words(span))

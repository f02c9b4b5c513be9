"""Sentence -> Reading: what every rule looks at, worked out once.

The surprising part is `plain`: the sentence with the insides of titles, asides and short quotations
blotted out, character for character. Rules match their patterns on it, so that a comma in a title
never ends a clause and a number in “1+4” is never a figure, and offsets still fit the sentence.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from studytool import data
from studytool.model import Sentence, Span
from studytool.words import Word, ends_half, tagged

BLOT = "□"
CLAUSE_END = "，,。；;：:！!？?…"
NAME_LENGTH = 12  # a quotation up to this long is a name or a coinage, a longer one is speech

_QUOTE = re.compile(r"“([^“”]*)”")
_TITLE = re.compile(r"《([^《》]*)》")
_ASIDE = re.compile(r"（([^（）]*)）|\(([^()]*)\)")
# What a phrase cannot begin or end with, by tag and by word.
_HANGS_BEFORE = frozenset(("r", "d", "p", "c", "uj", "ul", "uz", "y", "x", "zg", "u", "q"))
_HANGS_BEHIND = frozenset(("r", "d", "p", "c", "uj", "ul", "uz", "y", "f", "x", "ad", "u", "q", "zg"))
_HANGING = frozenset("经的了着过地得等之所后前中上下时来去到而并且就也都不已曾被使让").union(
    ("一个", "一种", "一项")
)
_CLAUSE = re.compile(rf"[^{CLAUSE_END}]+")


@cache
def openers() -> frozenset[str]:
    """Verbs, prepositions and adverbs behind which a new phrase begins."""
    return frozenset(data.lines("openers.txt"))


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with its words, its clauses and its marked-off parts; `at` is its place in the document."""

    sentence: Sentence
    at: int
    text: str
    plain: str
    words: tuple[Word, ...]
    starts: dict[int, Word]
    ends: dict[int, Word]
    clauses: tuple[Span, ...]
    quotes: tuple[Span, ...]
    titles: tuple[Span, ...]
    asides: tuple[Span, ...]

    def clause_at(self, index: int) -> Span:
        """The clause around `index`; an empty span where a mark stands."""
        place = bisect.bisect_right(self.clauses, index, key=lambda clause: clause.start) - 1
        if place >= 0 and index <= self.clauses[place].end:
            return self.clauses[place]
        return Span(index, index)

    def clause_after(self, index: int) -> Span | None:
        """The first clause that begins behind `index`."""
        place = bisect.bisect_left(self.clauses, index, key=lambda clause: clause.start)
        return self.clauses[place] if place < len(self.clauses) else None

    def clause_before(self, index: int) -> Span | None:
        """The last clause that ends before `index`."""
        place = bisect.bisect_left(self.clauses, index, key=lambda clause: clause.end) - 1
        return self.clauses[place] if place >= 0 else None

    def is_edge(self, index: int) -> bool:
        """Does a word begin or end at `index`?"""
        return index in self.starts or index in self.ends or ends_half(self.text, index)

    def whole(self, span: Span) -> bool:
        """Do both ends of `span` stand between words?"""
        return span.start < span.end and self.is_edge(span.start) and self.is_edge(span.end)

    def is_term(self, span: Span) -> bool:
        """Is `span` a whole phrase that can be asked: no half word, nothing hanging over at either end?"""
        first, last = self.starts.get(span.start), self.ends.get(span.end)
        if first is None or last is None or span.start >= span.end:
            return False
        hangs = first.tag in _HANGS_BEFORE or first.text in _HANGING
        return not hangs and last.tag not in _HANGS_BEHIND and last.text not in _HANGING

    def word_from(self, index: int) -> Word | None:
        """The word that begins at `index`, or what is left of the word there (只科创 in “39只科创基金”)."""
        word = self.starts.get(index)
        if word is not None:
            return word
        holder = next((w for w in self.words if w.start < index < w.end), None)
        return Word(self.text[index : holder.end], index, holder.end, holder.tag) if holder else None

    def undated(self, span: Span) -> bool:
        """Does what `span` says hang on a time nobody knows? The time may stand in or before it."""
        return any(t.resolved is None and t.span.start < span.end for t in self.sentence.times)


def read(sentence: Sentence, at: int) -> Reading:
    """Work out what the rules look at."""
    text = sentence.text
    titles, asides = _insides(_TITLE, text), _insides(_ASIDE, text)
    quotes = tuple(q for q in _insides(_QUOTE, text) if not inside(q, (*titles, *asides)))
    names = (quote for quote in quotes if quote.end - quote.start <= NAME_LENGTH)
    plain = blotted(text, (*titles, *asides, *names))
    words = tagged(text)
    return Reading(
        sentence=sentence,
        at=at,
        text=text,
        plain=plain,
        words=words,
        starts={word.start: word for word in words},
        ends={word.end: word for word in words},
        clauses=tuple(Span(*match.span()) for match in _CLAUSE.finditer(plain)),
        quotes=quotes,
        titles=titles,
        asides=asides,
    )


def inside(span: Span, zones: Iterable[Span]) -> bool:
    """Does `span` lie within one of the zones?"""
    return any(zone.contains(span) for zone in zones)


def touches(span: Span, zones: Iterable[Span]) -> bool:
    """Does `span` share a character with one of the zones?"""
    return any(zone.overlaps(span) for zone in zones)


def blotted(text: str, zones: Iterable[Span]) -> str:
    """`text` with every character in the zones blotted out."""
    for zone in zones:
        text = text[: zone.start] + BLOT * (zone.end - zone.start) + text[zone.end :]
    return text


_PIECE = re.compile("[^、，]+")


def row_of(text: str, row: Span, last_two: re.Pattern[str]) -> tuple[Span, ...]:
    """The members of a row; the two groups of `last_two` are the last two, if a 和 stands between them."""
    pieces = tuple(Span(*piece.span()) for piece in _PIECE.finditer(text, row.start, row.end))
    last = last_two.fullmatch(text, pieces[-1].start, pieces[-1].end) if pieces else None
    return (*pieces[:-1], Span(*last.span(1)), Span(*last.span(2))) if last else pieces


def stripped(text: str, span: Span, marks: str = " 、") -> Span:
    """`span` without the marks at its ends."""
    start, end = span
    while start < end and text[start] in marks:
        start += 1
    while start < end and text[end - 1] in marks:
        end -= 1
    return Span(start, end)


def _insides(pattern: re.Pattern[str], text: str) -> tuple[Span, ...]:
    return tuple(Span(match.start() + 1, match.end() - 1) for match in pattern.finditer(text))

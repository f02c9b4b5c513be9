"""Words of a sentence -> what every span in it is seen against: clauses, series, quotes, attribution.

Everything here is found once per sentence, so that looking at a span costs a few look-ups only.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from studytool.model import Span
from studytool.ranker.candidates import CLAUSE_ENDS, Candidate
from studytool.words import Word

# “…指出，”: what stands before it says who speaks and when; examiners blank what stands after it.
_ATTRIBUTION = re.compile(r"(?:指出|强调|规定|提出|要求|表示|认为|写道|宣布|明确)[，：,:]")
# The clause of a definition or of a first, only or greatest thing.
_RANKING = re.compile(
    r"最|首要|首先|第一|根本|核心|关键|本质|基础|总|主题|主线|灵魂|生命线|基石|重点|保证|前提"
)
_ENCLOSED = {1: re.compile(r"“[^”]*”"), 2: re.compile(r"《[^》]*》"), 3: re.compile(r"（[^）]*）")}
_SENTENCE_END = re.compile(r"[。！？；]")
_SEEN_AROUND = 400  # a repetition further away than this is not seen by the reader either

OPENING, CLOSING = Word("^", 0, 0, "^"), Word("$", 0, 0, "$")
_FINE_TAGS = frozenset(
    {
        "n",
        "v",
        "vn",
        "a",
        "x",
        "uj",
        "m",
        "t",
        "d",
        "p",
        "c",
        "r",
        "i",
        "l",
        "nr",
        "ns",
        "nt",
        "nz",
        "j",
        "b",
        "f",
        "q",
        "ul",
        "u",
        "ad",
        "an",
        "eng",
    }
)


def coarse(word: Word) -> str:
    """The word's tag; a punctuation mark is its own tag."""
    if word.tag in _FINE_TAGS:
        return word.text if word.tag == "x" and len(word.text) == 1 else word.tag
    return word.tag[:1]


class Clause(Span):
    """The offsets of a clause, without the mark that ends it."""


@dataclass(frozen=True)
class Series:
    """The members of an enumeration “A、B、C”: the outer two may have words around them."""

    members: tuple[Span, ...]
    firsts: Counter[str]
    lasts: Counter[str]
    lengths: Counter[int]


@dataclass(frozen=True)
class Scene:
    """A sentence cut into words, and what is known about each of its words."""

    text: str
    words: tuple[Word, ...]

    @cached_property
    def tags(self) -> tuple[str, ...]:
        return tuple(map(coarse, self.words))

    @cached_property
    def clause_of(self) -> tuple[int, ...]:
        """The number of the clause each word stands in."""
        ends = (word.text in CLAUSE_ENDS for word in self.words)
        return (0, *accumulate(int(end) for end in ends))[: len(self.words)]

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        found: list[Clause] = []
        start = 0
        for word in self.words:
            if word.text in CLAUSE_ENDS:
                found.append(Clause(start, word.start))
                start = word.end
        return (*found, Clause(start, len(self.text)))

    @cached_property
    def ranking(self) -> tuple[bool, ...]:
        """Which clauses have a superlative or ranking word."""
        return tuple(bool(_RANKING.search(clause.of(self.text))) for clause in self.clauses)

    @cached_property
    def series(self) -> tuple[Series | None, ...]:
        """The enumeration of each clause, if it has one."""
        return tuple(_series(self.text, clause) for clause in self.clauses)

    @cached_property
    def attribution(self) -> int:
        """Where the last “…指出，” ends, or 0."""
        ends = [m.end() - 1 for m in _ATTRIBUTION.finditer(self.text) if m.end() - 1 < len(self.text) * 0.8]
        return ends[-1] if ends else 0

    @cached_property
    def enclosed(self) -> bytearray:
        """For each character: 1 in “”, 2 in 《》, 3 in （）, else 0."""
        marks = bytearray(len(self.text) + 1)
        for mark, pattern in _ENCLOSED.items():
            for match in pattern.finditer(self.text):
                inner = match.end() - match.start() - 2
                marks[match.start() + 1 : match.end() - 1] = bytes([mark]) * max(0, inner)
        return marks

    @cached_property
    def quotes_and_stops(self) -> tuple[int, int, int]:
        """How many “, how many 、, and how many sentences there are, as far as it matters."""
        stops = len(_SENTENCE_END.findall(self.text, 0, max(0, len(self.text) - 1)))
        return min(self.text.count("“"), 3), min(self.text.count("、"), 4), min(stops, 3)

    @cached_property
    def sentence_ends(self) -> tuple[int, ...]:
        return tuple(match.start() for match in _SENTENCE_END.finditer(self.text))

    @cached_property
    def _pairs(self) -> Counter[str]:
        return Counter(map("".join, zip(self.text, self.text[1:], strict=False)))

    @cached_property
    def _repeated(self) -> tuple[int, ...]:
        """Running count of the two-character strings that stand twice in the sentence."""
        pairs = self._pairs
        return (0, *accumulate(int(pairs[self.text[k : k + 2]] > 1) for k in range(len(self.text) - 1)), 0)

    def repeated_share(self, start: int, end: int) -> float:
        """How much of a span stands elsewhere in the sentence too, by pairs of characters."""
        return (self._repeated[end - 1] - self._repeated[start]) / max(1, end - start - 1)

    def given_away(self, start: int, end: int) -> tuple[int, int]:
        """How often the span's text stands before and behind it."""
        if end - start < 2 or self._pairs[self.text[start : start + 2]] < 2:
            return 0, 0
        span = self.text[start:end]
        before = self.text.count(span, max(0, start - _SEEN_AROUND), start)
        return min(before, 2), min(self.text.count(span, end, end + _SEEN_AROUND), 2)

    def around(self, candidate: Candidate) -> tuple[Word, Word, Word, Word]:
        """The two words before the candidate and the two behind it, nearest first.

        What is left of a word that is cut inside counts as the neighbour."""
        first, last = candidate.first, candidate.last
        before = self.words[first - 1] if first else OPENING
        before2 = self.words[first - 2] if first > 1 else OPENING
        count = len(self.words)
        behind = self.words[last + 1] if last + 1 < count else CLOSING
        behind2 = self.words[last + 2] if last + 2 < count else CLOSING
        if candidate.cut == "s":
            before = Word("_", candidate.start, candidate.start, "_")
        elif candidate.cut == "p":
            behind = Word("_", candidate.end, candidate.end, "_")
        return before, before2, behind, behind2


def _series(text: str, clause: Clause) -> Series | None:
    marks = [k for k in range(clause.start, clause.end) if text[k] == "、"]
    if not marks:
        return None
    edges = [clause.start - 1, *marks, clause.end]
    members = tuple(Span(left + 1, right) for left, right in pairwise(edges))
    texts = [text[a:b] for a, b in members if b > a]
    inner = Counter(b - a for a, b in members[1:-1])
    return Series(members, Counter(t[0] for t in texts), Counter(t[-1] for t in texts), inner)

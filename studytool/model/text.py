"""Text that never loses its way back: a Passage knows where each of its characters stood."""

from __future__ import annotations

import bisect
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open character offsets into some text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        return text[self.start : self.end]


class Piece(NamedTuple):
    """From `at` in a passage on, characters stand at `source`, `source + 1`, … in the source text."""

    at: int
    source: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Readable text that knows where each of its characters stood in the source's decoded text.

    Characters may differ from the source in width or in the form of a quotation mark, never in
    number: one character here is one character there, and what was dropped (spaces, line breaks,
    markup) only starts a new piece.
    """

    text: str
    pieces: tuple[Piece, ...]

    def source_at(self, index: int) -> int:
        """The source offset of the character at `index` of this passage."""
        piece = self.pieces[self._piece_of(index)]
        return piece.source + index - piece.at

    def _piece_of(self, index: int) -> int:
        """Which piece the character at `index` belongs to."""
        return max(0, bisect.bisect_right(self.pieces, (index, sys.maxsize)) - 1)

    def ranges(self, span: Span | None = None) -> tuple[Span, ...]:
        """The source ranges which, concatenated, are the text of `span` (default: all of it)."""
        span = span or Span(0, len(self.text))
        found: list[Span] = []
        for index in range(self._piece_of(span.start), len(self.pieces)):
            piece = self.pieces[index]
            if piece.at >= span.end:
                break
            end = self.pieces[index + 1].at if index + 1 < len(self.pieces) else len(self.text)
            start, end = max(piece.at, span.start), min(end, span.end)
            if start < end:
                first = piece.source + start - piece.at
                found.append(Span(first, first + end - start))
        return tuple(found)

    def cut(self, span: Span) -> Passage:
        """The part of this passage in `span`, as a passage of its own."""
        pieces: list[Piece] = []
        at = 0
        for source in self.ranges(span):
            pieces.append(Piece(at, source.start))
            at += source.end - source.start
        return Passage(span.of(self.text), tuple(pieces))

    @classmethod
    def whole(cls, text: str, source: int = 0) -> Passage:
        """A passage that stands in the source just as it is, from offset `source` on."""
        return cls(text, (Piece(0, source),) if text else ())

    @classmethod
    def joined(cls, passages: Iterable[Passage]) -> Passage:
        """The passages one after the other, with nothing between them."""
        texts: list[str] = []
        pieces: list[Piece] = []
        at = 0
        for passage in passages:
            for piece in passage.pieces:
                moved = Piece(piece.at + at, piece.source)
                if pieces and moved.source - pieces[-1].source == moved.at - pieces[-1].at:
                    continue
                pieces.append(moved)
            texts.append(passage.text)
            at += len(passage.text)
        return cls("".join(texts), tuple(pieces))

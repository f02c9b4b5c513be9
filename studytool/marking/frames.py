"""The points of a short answer -> the words all of them share, and each point without those.

在……上善作善成: whoever gives what stands between has named the point. If the stem says the shared words
itself, nothing is lacking; otherwise the answer is nearly right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from studytool.marking.finding import RIGHT, Finding, nearly, rank, wrong
from studytool.marking.numerals import canonical, tokens
from studytool.marking.wording import NEGATIONS, compare
from studytool.marking.writing import plain
from studytool.model import Mark

SHORTEST = 2  # tokens of what is left of a point
_GRAMMAR = re.compile(r"^[在把对以为向从]$|^[上中里下内的地得]")
_LINKS = re.compile(r"^[和与及]|^以及|[等]$")
_WRONG = wrong("没有答出")


class Frame(NamedTuple):
    """What opens and what closes every point."""

    opening: str
    closing: str

    def without(self, point: str) -> str:
        """What is left of a canonical point of this frame."""
        return point[len(self.opening) : len(point) - len(self.closing)]

    def bare(self, segment: str) -> tuple[str, ...]:
        """A canonical segment without what it has of the frame: 在……, ……上, the whole, nothing.

        What was begun and not finished, 上善作善, is a slip and stays."""
        inner = _LINKS.sub("", segment).removeprefix(self.opening)
        ends = (self.closing, self.closing[: len(self.closing) - len(_GRAMMAR.sub("", self.closing))])
        return tuple(dict.fromkeys((inner, *map(inner.removesuffix, ends))))

    def is_said(self, stem: str) -> bool:
        """Does the stem say what the frame says, apart from words of grammar, and more than a suffix?"""
        parts = [_GRAMMAR.sub("", part) for part in (self.opening, self.closing)]
        enough = max(map(len, parts)) >= SHORTEST
        return enough and all(plain(part) in plain(stem) for part in parts)


def frame_of(key: Sequence[str]) -> Frame | None:
    """The frame of the points; None where they share none or are hardly more than it, and of 不……: whoever
    leaves that out says the opposite."""
    points = [tokens(canonical(point)) for point in key]
    if len(points) < SHORTEST:
        return None
    opening = _shared(points)
    closing = _shared([point[len(opening) :][::-1] for point in points])[::-1]
    left = [point[len(opening) : len(point) - len(closing)] for point in points]
    if not (opening or closing) or not NEGATIONS.isdisjoint(opening + closing):
        return None
    if min(map(len, left)) < SHORTEST or len(set(left)) < len(left):
        return None
    return Frame("".join(opening), "".join(closing))


def _shared(points: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The tokens all points open with."""
    alike = (len(set(column)) == 1 for column in zip(*points, strict=False))
    return points[0][: sum(takewhile(bool, alike))]


def framed(point: str, segments: Sequence[str], frame: Frame, stem: str) -> Finding:
    """What segments that leave out the frame, or some of it, say of a point."""
    wanted = frame.without(canonical(point))
    given = (bare for segment in segments for bare in frame.bare(canonical(segment)))
    finding = max((compare(_text(wanted), _text(text)) for text in given if text), key=rank, default=_WRONG)
    if finding.mark is not Mark.RIGHT:
        return finding
    return RIGHT if frame.is_said(stem) else nearly("省略了各要点共有的字，请看原文")


def _text(words: str) -> str:
    """A canonical text as one may write it."""
    return re.sub("[#;]", "", words)

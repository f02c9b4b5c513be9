"""Readings, or parts of them -> one Reading: several sentences asked as one.

The joined sentence is not one of the article's, so it carries an index of its own below zero: nobody may
take it for the sentence it begins with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from studytool.knowledge.reading import Reading, read
from studytool.model import Passage, Sentence, Span


class Part(NamedTuple):
    """`span` of `sentence`, to be joined to others."""

    sentence: Sentence
    span: Span


def whole(reading: Reading) -> Part:
    """All of a sentence."""
    return Part(reading.sentence, Span(0, len(reading.text)))


def joined(parts: Sequence[Part], at: int) -> Reading:
    """The parts one after the other, with the times and doubts that stand in them."""
    first = parts[0].sentence
    times, doubts, shift = [], [], 0
    for part in parts:
        move = shift - part.span.start
        times += [t._replace(span=_moved(t.span, move)) for t in part.sentence.times if _in(part, t.span)]
        doubts += [replace(d, span=_moved(d.span, move)) for d in part.sentence.doubts]
        shift += part.span.end - part.span.start
    sentence = replace(
        first,
        passage=Passage.joined(part.sentence.passage.cut(part.span) for part in parts),
        index=-1 - at,
        times=tuple(times),
        doubts=tuple(doubts),
    )
    return read(sentence, at)


def starts(parts: Sequence[Part]) -> tuple[int, ...]:
    """Where each part begins in the joined text."""
    found, shift = [], 0
    for part in parts:
        found.append(shift)
        shift += part.span.end - part.span.start
    return tuple(found)


def _in(part: Part, span: Span) -> bool:
    return part.span.contains(span)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)

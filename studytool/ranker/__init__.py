"""One sentence of text -> the spans a human examiner would blank, best first.

The ranker learned from sentences whose blanks human examiners chose. It looks at one sentence alone
and says what in it would be asked; whether the sentence is worth asking about at all it cannot say,
since it has only ever seen sentences that were. The scores of a sentence's spans sum to at most one.
"""

from __future__ import annotations

from typing import NamedTuple

from studytool.model import KnowledgeKind, Span
from studytool.ranker.asks import asks_for
from studytool.ranker.scene import Scene
from studytool.ranker.scoring import scored
from studytool.words import tagged

MOST = 20


class RankedSpan(NamedTuple):
    """`score` is the chance that an examiner who blanks one thing in the sentence blanks this."""

    span: Span
    score: float
    asks: KnowledgeKind


def rank(text: str) -> tuple[RankedSpan, ...]:
    """The spans of `text` most worth asking for, best first, no two alike."""
    scene = Scene(text, tagged(text))
    return tuple(
        RankedSpan(Span(span.start, span.end), round(chance, 4), asks_for(scene, span))
        for chance, span in scored(scene)[:MOST]
    )

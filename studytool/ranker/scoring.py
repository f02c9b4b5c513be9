"""A sentence -> a score for each of its spans, best first.

The score is a sum of weights. What hangs on one edge only is summed once per edge and shared by all
spans that have it; so is what hangs on a word within. That keeps ranking at the speed of reading.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, repeat
from math import exp

from studytool.ranker.candidates import Candidate, candidates
from studytool.ranker.features import joint_features, left_features, right_features
from studytool.ranker.scene import Scene
from studytool.ranker.weights import Weights, weights

# Spans whose edges and words alone put them this far down do not come up again: in human sentences
# the rest of the features has never lifted one from there into the first three.
KEPT = 60


def scored(scene: Scene) -> list[tuple[float, Candidate]]:
    """The spans of a sentence with their chance of being what an examiner blanks, best first."""
    known = weights()
    edges = _Edges(scene, known)
    rough = [(edges.score(span), span) for span in candidates(scene.text, scene.words)]
    rough.sort(key=_order)
    names, count, lists = known.names, known.count, known.on_lists
    fine = [
        (score + _sum(names, joint_features(scene, span, count, lists)), span) for score, span in rough[:KEPT]
    ]
    fine.sort(key=_order)
    return _chances(fine, known.temperature)


def _order(entry: tuple[float, Candidate]) -> tuple[float, int, int]:
    return -entry[0], entry[1].start, entry[1].end


def _sum(names: dict[str, float], features: Iterable[str]) -> float:
    return sum(map(names.get, features, repeat(0.0)))


def _chances(entries: list[tuple[float, Candidate]], temperature: float) -> list[tuple[float, Candidate]]:
    if not entries:
        return []
    best = entries[0][0]
    shares = [exp((score - best) / temperature) for score, _ in entries]
    total = sum(shares)
    return [(share / total, span) for share, (_, span) in zip(shares, entries, strict=True)]


class _Edges:
    """The part of a score that hangs on one edge or on the words within."""

    def __init__(self, scene: Scene, known: Weights) -> None:
        self.scene = scene
        self.known = known
        self.left: dict[tuple[int, int], float] = {}
        self.right: dict[tuple[int, int], float] = {}
        texts = [word.text for word in scene.words]
        own = (known.names.get(f"w{text}", 0.0) for text in texts)
        self.own = (0.0, *accumulate(own))
        pairs = map(str.__add__, scene.text, scene.text[1:])
        self.pairs = (0.0, *accumulate(known.names.get(f"Q{pair}", 0.0) for pair in pairs), 0.0)
        self.within = (0.0, *accumulate(known.worth(text)[2] for text in texts))

    def score(self, span: Candidate) -> float:
        start, end, first, last, _ = span
        left, right = self.left.get((first, start)), self.right.get((last, end))
        if left is None:
            left = self.left[first, start] = self._left(span)
        if right is None:
            right = self.right[last, end] = self._right(span)
        own = self.own[last + 1] - self.own[first] + self.pairs[end - 1] - self.pairs[start]
        within = (self.within[last + 1] - self.within[first]) / (last + 1 - first)
        return left + right + own + within

    def _left(self, span: Candidate) -> float:
        before = self.scene.around(span)[0]
        worth = self.known.worth(self.scene.words[span.first].text)[0] + self.known.worth(before.text)[3]
        return worth + _sum(self.known.names, left_features(self.scene, span))

    def _right(self, span: Candidate) -> float:
        behind = self.scene.around(span)[2]
        worth = self.known.worth(self.scene.words[span.last].text)[1] + self.known.worth(behind.text)[4]
        return worth + _sum(self.known.names, right_features(self.scene, span))

"""The statistics of one document: what it prints side by side, and what its texts are about.

The surprising decision: the document itself is the language model. What is printed on one page is nearly
always printed whole somewhere else in the same file.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cached_property
from typing import NamedTuple

from studytool.articles.lines import HAN
from studytool.occurrences import Occurrences

NOT_HAN = re.compile(f"[^{HAN}]+")
_PAIR = re.compile(f"(?=([{HAN}]{{2}}))")
_LEAD_IN = re.compile(rf"[{HAN}A-Za-z0-9“”‘’《》·—～]{{6,18}}[。！？](?=.{{20}})")


class Topic(NamedTuple):
    """What a text is about: its pairs of characters, weighed by how rare they are, and their norm."""

    weights: dict[str, float]
    norm: float

    def likeness(self, other: Topic) -> float:
        """Cosine of the two: 0 nothing in common, 1 the same words."""
        mine, others = self.weights, other.weights
        # A set has no order to rely on; the exact sum needs none.
        dot = math.fsum(mine[gram] * others[gram] for gram in mine.keys() & others.keys())
        return dot / (self.norm * other.norm) if dot else 0.0


def _topic(weights: dict[str, float]) -> Topic:
    return Topic(weights, math.sqrt(sum(w * w for w in weights.values())))


class Language:
    """The statistics of one document, counted when they are asked for."""

    def __init__(self, paragraphs: list[str]) -> None:
        self.corpus = "\n".join(paragraphs)
        self._places = Occurrences(self.corpus)
        self._counts: dict[str, int] = {}
        self._rarity: dict[str, float] = {}
        whole = [text for text in paragraphs if len(text) > 60]
        self.topics_first = sum(map(opens_with_topic, whole)) / max(1, len(whole))

    def count(self, gram: str) -> int:
        if gram not in self._counts:
            self._counts[gram] = sum(1 for _ in self._places.of(gram))
        return self._counts[gram]

    def has_pair(self, pair: str) -> bool:
        return pair in self._frequencies

    def always_before(self, gram: str, least: int) -> str:
        """The one character that follows these Chinese ones wherever the document prints them on, if it does
        so `least` times or more; else nothing."""
        return self._only(gram, len(gram), least)

    def always_behind(self, gram: str, least: int) -> str:
        """The one character that precedes them."""
        return self._only(gram, -1, least)

    def _only(self, gram: str, shift: int, least: int) -> str:
        if NOT_HAN.search(gram) or len(gram) < 2:
            return ""
        beside = (self.corpus[at : at + 1] for place in self._places.of(gram) if (at := place + shift) >= 0)
        found = [one for one in beside if one.strip()]
        return found[0] if len(found) >= least and len(set(found)) == 1 else ""

    @cached_property
    def _frequencies(self) -> Counter[str]:
        return bigrams(self.corpus)

    def topic(self, text: str) -> Topic:
        return _topic({gram: self._weight(gram) for gram in bigrams(text)})

    def subject(self, text: str) -> Topic:
        """The topic of a longer text: what it says often counts for more."""
        return _topic({g: (1 + math.log(n)) * self._weight(g) for g, n in bigrams(text).items()})

    def _weight(self, gram: str) -> float:
        """How much a pair says of a topic: the rarer the more."""
        if gram not in self._rarity:
            share = max(1, len(self.corpus)) / (5 * self._frequencies[gram] + 1)
            self._rarity[gram] = max(0.0, math.log(share))
        return self._rarity[gram]


def bigrams(text: str) -> Counter[str]:
    """The pairs of neighbouring Chinese characters, counted."""
    return Counter(_PAIR.findall(text))


def opens_with_topic(text: str) -> bool:
    """Does the paragraph open with a short sentence that names its topic (“平台建设特色明显。……”)?"""
    return _LEAD_IN.match(text) is not None

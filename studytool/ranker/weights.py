"""`data/ranker.json` -> how much each feature and each word speaks for blanking a span.

The file is made by `tests/tools/train_ranker.py`. Words carry a worth for each place they can stand
in (the first of the span, right before it, …); it was learned through word vectors, so that words no
examiner happened to use have one too. A word not listed has the mean worth of its parts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cache

from studytool import data
from studytool.ranker.candidates import Candidate
from studytool.ranker.scene import Scene

SLOTS = ("first", "last", "within", "before", "behind")
Worth = tuple[float, float, float, float, float]
NOTHING: Worth = (0.0, 0.0, 0.0, 0.0, 0.0)

_LONGEST_PIECE = 6
_HAN = re.compile(r"[㐀-鿿]+")


@dataclass(frozen=True)
class Weights:
    """`phrases` says how often political texts have a string, where they have it several times; `listed`
    on which lists of official terms and names it stands."""

    names: dict[str, float]
    words: dict[str, Worth]
    phrases: dict[str, int]
    listed: dict[str, str]
    temperature: float

    def worth(self, word: str) -> Worth:
        """What a word is worth in each slot."""
        known = self.words.get(word)
        if known is None:
            parts = [self.words[piece] for piece in pieces(word, self.words)]
            known = _mean(parts) if parts else NOTHING
        return known

    def count(self, phrase: str) -> int:
        return self.phrases.get(phrase, 0)

    def on_lists(self, term: str) -> str:
        return self.listed.get(term, "")


@cache
def weights() -> Weights:
    """The weights that come with the package."""
    raw = json.loads(data.text("ranker.json"))
    step = raw["step"]
    names = {name: value * step for value, group in raw["names"] for name in group.split("\t")}
    columns = [[value * step for value in raw["worth"][slot]] for slot in SLOTS]
    words: dict[str, Worth] = dict(zip(raw["words"].split(" "), zip(*columns, strict=True), strict=True))
    phrases = {phrase: often for often, group in raw["phrases"] for phrase in group.split(" ")}
    listed = {term: where for where, group in raw["listed"] for term in group.split(" ")}
    return Weights(names, words, phrases, listed, raw["about"]["temperature"])


def slot_words(scene: Scene, candidate: Candidate) -> tuple[tuple[str, ...], ...]:
    """The words of a span and around it, by slot."""
    before, _, behind, _ = scene.around(candidate)
    within = tuple(word.text for word in scene.words[candidate.first : candidate.last + 1])
    return (within[0],), (within[-1],), within, (before.text,), (behind.text,)


def pieces(word: str, known: Container[str]) -> list[str]:
    """The word itself, or the longest known words it can be read as, from the left."""
    if word in known:
        return [word]
    if len(word) < 2 or not _HAN.fullmatch(word):
        return []
    found: list[str] = []
    at = 0
    while at < len(word):
        most = min(_LONGEST_PIECE, len(word) - at)
        size = next((k for k in range(most, 0, -1) if word[at : at + k] in known), 0)
        if size:
            found.append(word[at : at + size])
        at += size or 1
    return found


def _mean(parts: list[Worth]) -> Worth:
    first, last, within, before, behind = (sum(column) / len(parts) for column in zip(*parts, strict=True))
    return first, last, within, before, behind

"""Two texts -> how likely the second one's first word follows the first one's last, from statistics.

Counted once over 385,000 characters of party and government prose and shipped as logarithms of how much
more often than by chance: for parts of speech ln((pair + 4) / (expected + 4)); for words seen together
twice or more ln(pair / expected), less for the rare; for what opens a paragraph as for parts of speech.
The surprising decision: grammar says more than words; most pairs of words were never seen, every pair of
their kinds was.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from studytool import data
from studytool.articles.lines import HAN
from studytool.words import Word, tagged

_ALL_HAN = re.compile(f"[{HAN}]+")
_NEAR = 10  # characters on each side that are cut into words
NUMBER, OTHER = "num", "x"


@cache
def _pairs(name: str) -> dict[tuple[str, str], float]:
    rows = (line.split(" ") for line in data.lines(name))
    return {(left, right): float(value) for left, right, value in rows}


@cache
def _openings() -> dict[str, float]:
    rows = (line.split(" ") for line in data.lines("neighbours_openings.txt"))
    return {kind: float(value) for kind, value in rows}


def _kind(word: Word) -> str:
    if _ALL_HAN.fullmatch(word.text):
        return word.tag
    return NUMBER if word.text[0].isdigit() else OTHER


@lru_cache(maxsize=8192)
def _edge(text: str, last: bool) -> tuple[str, str]:
    """The word at the end (or the beginning) of a text, and its kind."""
    words = tagged(text)
    if not words:
        return "", OTHER
    word = words[-1 if last else 0]
    return word.text, _kind(word)


def grammar(left: str, right: str) -> float:
    """How well the kinds of the two words stand side by side."""
    (_, before), (_, after) = _edge(left[-_NEAR:], True), _edge(right[:_NEAR], False)
    if OTHER in (before, after):
        return 0.0
    return _pairs("neighbours_tags.txt").get((before, after), 0.0)


def collocation(left: str, right: str) -> float:
    """How well the two words themselves do; 0: they were never seen together."""
    before, after = _edge(left[-_NEAR:], True)[0], _edge(right[:_NEAR], False)[0]
    return _pairs("neighbours_words.txt").get((before, after), 0.0)


def opening(right: str) -> float:
    """How much the first word is one that opens paragraphs."""
    return _openings().get(_edge(right[:_NEAR], False)[1], 0.0)

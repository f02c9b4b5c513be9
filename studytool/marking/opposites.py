"""Two canonical texts -> does a character or word of the one stand where the other has its opposite."""

from __future__ import annotations

from functools import cache

from rapidfuzz.distance import Levenshtein

from studytool.data import lines
from studytool.marking.finding import Finding, wrong
from studytool.marking.numerals import tokens

_CHARACTERS = frozenset(
    pair
    for line in lines("marking/opposites.txt")
    for word in line.split()
    for pair in ((word[0], word[1]), (word[1], word[0]))
)


@cache
def _words() -> tuple[tuple[str, str], ...]:
    pairs = (pair.split("/") for line in lines("marking/opposite_words.txt") for pair in line.split())
    return tuple(both for one, other in pairs for both in ((one, other), (other, one)))


def _characters_turned(expected: str, given: str) -> bool:
    wanted, found = tokens(expected), tokens(given)
    if len(wanted) == len(found):
        pairs = set(zip(wanted, found, strict=True))
    else:
        steps = Levenshtein.editops(wanted, found)
        pairs = {(wanted[step.src_pos], found[step.dest_pos]) for step in steps if step.tag == "replace"}
    return not pairs.isdisjoint(_CHARACTERS)


def _words_turned(expected: str, given: str) -> bool:
    """Does one word give way to its opposite? Where both texts have both, they only stand otherwise."""
    return any(
        one in expected and one not in given and other in given and other not in expected
        for one, other in _words()
    )


def opposed(expected: str, given: str) -> Finding | None:
    if _words_turned(expected, given) or _characters_turned(expected, given):
        return wrong("换了意思相反或不同的字")
    return None

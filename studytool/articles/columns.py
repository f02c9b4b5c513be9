"""A document's paragraphs -> were the lines of neighbouring columns read as one?

Then every line goes on in one of another text, and whole sentences are made of two. The surprising decision:
no single line shows it, for any line may break within a word that no dictionary has; their share in the
document does. Of lines read in order one in forty ends in half a word that the next does not complete.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from studytool.articles import misfits
from studytool.articles.elements import Element, Prose
from studytool.articles.language import NOT_HAN
from studytool.model import Passage

_USUALLY = 0.025  # the share of torn line ends in texts read in order (300 pages: 0.005 to 0.065)
_LEAST = 0.05  # … and in what is taken for mixed: every fifth line of a stranger makes 0.06, every second 0.2
_DEVIATIONS = 4.0  # so many standard deviations above the usual share are no chance
_FEWEST, _MOST = 20, 400  # line ends that are looked at
_BETWEEN = 2  # characters at most between two lines: more were marks of a heading or of emphasis
_SIDE = 12


def mixed(source: str, elements: Sequence[Element], orders: Sequence[Sequence[int]]) -> frozenset[int]:
    """The paragraphs of the articles, in these `orders`, or of all, whose lines were so read; `source` is the
    text of the document, which shows where a line ended."""
    passages = {i: one.seen.line.passage for i, one in enumerate(elements) if isinstance(one, Prose)}
    articles = [[i for i in order if i in passages] for order in orders]
    if _are_mixed(source, [passages[i] for prose in articles for i in prose]):
        return frozenset(passages)
    return frozenset(
        i for prose in articles if _are_mixed(source, [passages[i] for i in prose]) for i in prose
    )


def _are_mixed(source: str, passages: Sequence[Passage]) -> bool:
    """Do far more lines than usual end in half a word that the next one does not complete?"""
    ends = [
        (passage.text, at)
        for passage in passages
        for at in _line_ends(source, passage)
        if _within(passage, at)
    ]
    looked_at = ends[:: math.ceil(len(ends) / _MOST)] if ends else []
    if len(looked_at) < _FEWEST:
        return False
    torn = sum(
        misfits.is_torn(text[max(0, at - _SIDE) : at], text[at : at + _SIDE]) for text, at in looked_at
    )
    usual = _USUALLY * len(looked_at)
    return torn >= max(_LEAST * len(looked_at), usual + _DEVIATIONS * math.sqrt(usual * (1 - _USUALLY)))


def _line_ends(source: str, passage: Passage) -> Iterator[int]:
    """The places in the text at which a line of the source ended: a blank within one (第二条　本法所称……) is
    left out of the text as well."""
    for one, other in pairwise(passage.pieces):
        end = one.source + other.at - one.at
        if other.source - end <= _BETWEEN and "\n" in source[end : other.source]:
            yield other.at


def _within(passage: Passage, at: int) -> bool:
    """Is the place between two Chinese characters, and not at the edge of the text?"""
    text = passage.text
    return 4 <= at < len(text) - 2 and not NOT_HAN.search(text[at - 1 : at + 1])

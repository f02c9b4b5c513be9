"""A sentence of a regulation -> the number of the provision it stands in: 第八条.

A provision has several sentences and paragraphs, and bears its number once. It is only taken for theirs where
the next provision bears the next number: else one was lost in between, and its words would be cited as
those of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from studytool.items import citations
from studytool.items.context import Context
from studytool.items.numerals import count_of
from studytool.model import Sentence

_NUMBER = re.compile(
    r"^(?P<whole>第(?P<count>[一二三四五六七八九十百千零〇\d]+)条(?P<added>之[一二三四五六七八九十]{1,2})?)[\s\u3000]*"
    r"(?![、款和的规至]|第[一二三四五六七八九十\d]+[款项条目])"
)
LONGEST_CASE, MOST_BEFORE = 110, 2  # characters of a sentence with its case, and sentences of that
# What only says what a thing is has no case.
_RULES = re.compile("应当|必须|不得|可以|禁止|不予|[经由]|[一二三四五六七八九十百\\d]")
# Whom it binds, or what it is of; but 履行党员义务的，应当…… is of somebody named before.
_OF_THE_PARTY = re.compile("党员(?!义务|条件|资格|权利|标准|身份|的义务|的条件)|党组织|党纪|党的")
_CITED = re.compile("条(?:之[一二三四五六七八九十]{1,2})?，$")


def numbered(text: str) -> int:
    """How many characters of `text` are the number of a provision, which an anchor takes over."""
    match = _NUMBER.match(text)
    return match.end() if match else 0


def own_number(text: str) -> str:
    """The number `text` begins with, or nothing."""
    match = _NUMBER.match(text)
    return match["whole"] if match else ""


def is_cited(anchor: str) -> bool:
    """Does what stands before a stem name the provision: 根据《……法》第八条，?"""
    return _CITED.search(anchor) is not None


def number_of(sentence: Sentence, context: Context) -> str:
    """The number of the provision `sentence` stands in, or nothing."""
    article = sentence.article.id
    found = context.recall(("provisions", article), lambda: _numbers(context.of_article(article)))
    return own_number(sentence.text) or found.get(sentence.index, "")


def before(sentence: Sentence, context: Context) -> tuple[Sentence, ...]:
    """The sentences that stand before `sentence` in its provision."""
    number = number_of(sentence, context)
    own = context.of_article(sentence.article.id)
    return tuple(one for one in own if one.index < sentence.index and number_of(one, context) == number)


def says_whom(text: str) -> bool:
    """Does a rule of the Party begin with whom it binds, or with what it is of? Then it needs no case."""
    return _OF_THE_PARTY.search(text[:16]) is not None


def case(sentence: Sentence, context: Context) -> tuple[Sentence, ...]:
    """The sentences before a rule in its paragraph of a provision, which tell the case it goes on with: none
    where they are too long to be told, or where the rule says itself whom in the Party it binds."""
    if sentence.opens or not citations.is_norm(sentence.article) or not number_of(sentence, context):
        return ()
    if not _RULES.search(sentence.text) or says_whom(sentence.text):
        return ()
    told = tuple(reversed(tuple(context.earlier(sentence))))
    size = sum(len(one.text) for one in (*told, sentence))
    if not told or not told[0].opens or len(told) > MOST_BEFORE or size > LONGEST_CASE:
        return ()
    return () if any(one.doubts for one in told) else told


def _numbers(sentences: Iterable[Sentence]) -> Mapping[int, str]:
    """index of a sentence -> the number of its provision, of those that are sure."""
    provisions = list(_provisions(sentences))
    sure = [one for one, following in pairwise(provisions) if _follows(following, one)]
    found = {sentence.index: own_number(own[0].text) for own in sure for sentence in own}
    for own in provisions[-1:]:  # what follows the last may be its annex
        same = (sentence for sentence in own if sentence.paragraph == own[0].paragraph)
        found |= {sentence.index: own_number(own[0].text) for sentence in same}
    return found


def _provisions(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """The sentences of each provision, the one with its number first."""
    own: list[Sentence] = []
    for sentence in sentences:
        if sentence.opens and numbered(sentence.text):
            if own:
                yield own
            own = [sentence]
        elif own:
            own.append(sentence)
    if own:
        yield own


def _follows(following: list[Sentence], one: list[Sentence]) -> bool:
    """Is it the next provision, or one that was put in behind it: 第一百六十二条之一?"""
    match = _NUMBER.match(following[0].text)
    added = match is not None and match["added"] is not None
    return _count(following) - _count(one) == (0 if added else 1)


def _count(own: list[Sentence]) -> int:
    match = _NUMBER.match(own[0].text)
    return count_of(match["count"]) if match else 0

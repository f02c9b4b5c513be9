"""Was what a draft says misread by whatever recognised the page: 普察冀 for 晋察冀, 申情 for 申请?

Nothing is corrected, for then we would be the source. The surprising decision: a character is taken for
misread by what the document itself prints: where one that looks like it would make a word of the dictionary
that stands elsewhere in the same document, and the words as they are make none; where the document prints
it nowhere else, the character must be none of the commonest, and the other must make fewer words of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import NamedTuple

from studytool.data import lines
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.words import Word, cut, is_word, tagged

_NEAR = 4  # characters on each side that show which words a character makes
_OFTEN = 3  # so many times as often as what stands there the document prints what was meant
_COMMONEST = 500  # characters that stand alone or beside any word so often that shape alone proves nothing
_HAN = re.compile("[\u4e00-\u9fff]+")
_NUMERAL = re.compile("[一二两三四五六七八九十百千万亿]+")


def slipped(draft: Draft, context: Context) -> bool:
    """Does the evidence, or the title cited, hold a name or a word misread?"""
    return any(misread(text, context) for text in (draft.evidence.text, draft.frame.anchor))


def misread(text: str, context: Context) -> bool:
    """Is there a well-known name in `text`, or a word of the document, that has been misread?"""
    return context.recall(("misread word", text), partial(_is_misread, text, context))


def _is_misread(text: str, context: Context) -> bool:
    return _slips().search(text) is not None or any(_is_meant(slip, context) for slip in _readings(text))


@cache
def _slips() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(line.split()[0]) for line in lines("recognition_slips.txt")))


class Slip(NamedTuple):
    """What stands there, and the word it may be."""

    read: str
    meant: str
    fewer: bool  # does the word make fewer words of the text?


def _is_meant(slip: Slip, context: Context) -> bool:
    """Does the document speak for the word, and not for what stands there?"""
    meant = context.count(slip.meant)
    if context.count(slip.read) > max(1, meant // _OFTEN):
        return False
    return meant > 0 or (slip.fewer and not _commonest().intersection(slip.read))


def _readings(text: str) -> Iterator[Slip]:
    """The words that characters which are part of none would make, were they others of their looks."""
    alike = _lookalikes()
    for word in tagged(text):
        if not _HAN.fullmatch(word.text) or (len(word.text) > 1 and is_word(word.text)):
            continue
        for at in range(word.start, word.end):
            for other in alike.get(text[at], ""):
                yield from _reading(text, at, other, word)


def _reading(text: str, at: int, other: str, word: Word) -> Iterator[Slip]:
    first = max(0, at - _NEAR)
    as_it_is = text[first : at + _NEAR + 1]
    place = at - first
    words = cut(as_it_is[:place] + other + as_it_is[place + 1 :])
    start, made = _word_at(words, place)
    if len(made) < 2 or not is_word(made) or _NUMERAL.fullmatch(made):
        return
    gained = len(cut(as_it_is)) - len(words)
    invented = len(word.text) > 1  # the tokenizer takes what it does not know for a word, too
    if gained > 0 or (gained == 0 and invented and len(made) >= len(word.text)):
        yield Slip(as_it_is[start : start + len(made)], made, gained > 0)


def _word_at(words: tuple[str, ...], place: int) -> tuple[int, str]:
    start = 0
    for word in words:
        if start + len(word) > place:
            return start, word
        start += len(word)
    return start, ""


@cache
def _lookalikes() -> Mapping[str, str]:
    """For each character those that look like it."""
    found: dict[str, set[str]] = {}
    for row in lines("lookalikes.txt"):
        for one in row:
            found.setdefault(one, set()).update(set(row) - {one})
    return {one: "".join(sorted(others)) for one, others in found.items()}


@cache
def _commonest() -> frozenset[str]:
    return frozenset("".join(lines("common_hanzi.txt"))[:_COMMONEST])

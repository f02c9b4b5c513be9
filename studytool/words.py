"""Text -> words with their tags and places, by the jieba dictionary.

The cutter is rjieba: the words of jieba, some fifteen times faster, with a dictionary compiled in.
It loads that dictionary when it is imported; a second instance would take as long again, and as much memory.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

import rjieba

from studytool import data
from studytool.model import Span


class Word(NamedTuple):
    """A word at `start:end` of the text it was cut from; `tag` is jieba's part of speech."""

    text: str
    start: int
    end: int
    tag: str


# As `Word(*fields)`, without a call of Python's for each of some hundred thousand words.
_word = partial(tuple.__new__, Word)


@lru_cache(maxsize=1 << 11)
def tagged(text: str) -> tuple[Word, ...]:
    """The words of `text` in order; together they are the text.

    Kept for a while: several stages and many rules ask for the words of one sentence."""
    found = rjieba.tag(text)
    if not found:
        return ()
    texts, tags = zip(*found, strict=True)
    if "ns" in tags:
        known = _tags()
        tags = tuple(known.get(word, tag) for word, tag in found)
    starts = tuple(accumulate(map(len, texts), initial=0))
    return tuple(map(_word, zip(texts, starts, starts[1:], tags, strict=False)))


@cache
def _tags() -> Mapping[str, str]:
    """The tags of words that the dictionary has wrong."""
    return dict(line.split(" ", 1) for line in data.lines("tags.txt"))


_start = attrgetter("start")


def beginning_in(span: Span, words: Sequence[Word]) -> Sequence[Word]:
    """Those of a text's `words` that begin in `span` of it."""
    first = bisect_left(words, span.start, key=_start)
    return words[first : bisect_left(words, span.end, first, key=_start)]


def begins_word(text: str, place: int) -> bool:
    """Does a word of `text` begin at `place`? The 目前 of 项目前期 is no word, nor the 全区 of 安全区域."""
    return any(word.start == place for word in tagged(text))


def ends_half(text: str, place: int) -> bool:
    """Does 一年半 end at `place`? jieba takes the 半内 of 一年半内 for a word."""
    return place > 1 and text.startswith(("年半内", "年半后"), place - 2)


def cut(text: str) -> tuple[str, ...]:
    """The words of `text`, without tags."""
    return tuple(rjieba.cut(text))


def is_word(text: str) -> bool:
    """Is `text` one entry of the dictionary?"""
    return bool(rjieba.has_word(text))


@cache
def terms() -> Mapping[str, tuple[str, ...]]:
    """The well-known numeric abbreviations and set terms, each with its members in order."""
    members = data.tables("terms.toml")["members"]
    return {name: tuple(listed) for name, listed in members.items()}

"""Words of a sentence -> the spans somebody could blank in it.

A span runs over whole words and over no punctuation: in human items 94–97% of all edges are word
edges. The rest are words the dictionary joins tighter than an examiner does (“财政|政策”, “四川|省”,
“党的|性质”), so long words are also cut inside. Quoted words and titles are spans as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from studytool.words import Word, is_word

MOST_WORDS = 7
MOST_CHARS = 18

# What ends a clause, and what a span may not run across.
CLAUSE_ENDS = frozenset("，。；：！？!?;,:…—\n\r\t ")
BARRIERS = CLAUSE_ENDS | frozenset("、“”‘’《》〈〉（）()【】[]\"'·/|~～-－\u3000")

# Words no examiner's blank begins or ends with: they tie the blank to the text around it.
NEVER_FIRST = frozenset(
    {"的", "于", "了", "着", "地", "得", "和", "与", "及", "或", "以及", "等", "之", "所", "而", "且", "则"}
)
NEVER_LAST = frozenset(
    {
        "的",
        "地",
        "和",
        "与",
        "及",
        "或",
        "以及",
        "在",
        "于",
        "对",
        "把",
        "被",
        "将",
        "从",
        "向",
        "由",
        "为",
        "以",
        "并",
        "而",
        "且",
        "所",
        "其",
        "这",
        "该",
        "是",
    }
)

_QUOTED = re.compile(r"“([^“”，。；：、]{2,24})”|‘([^‘’，。；：、]{2,20})’")
_TITLED = re.compile(r"《[^《》]{2,30}》")
_HAN = re.compile(r"[㐀-鿿]+")


class Candidate(NamedTuple):
    """`text[start:end]`, lying within the words `first` to `last`; `cut` says how its edges were found:
    `w` at word edges, `p` ends inside its last word, `s` begins inside its only word, `q` as quoted."""

    start: int
    end: int
    first: int
    last: int
    cut: str


def is_barrier(word: Word) -> bool:
    """Is it a punctuation mark (or a run of them, or white space)?"""
    return word.tag == "x" and (word.text[0] in BARRIERS or word.text.isspace())


def candidates(text: str, words: tuple[Word, ...]) -> list[Candidate]:
    """All spans of `text` that could be asked for, no two alike."""
    found: dict[tuple[int, int], Candidate] = {}
    for first, word in enumerate(words):
        if is_barrier(word):
            continue
        for candidate in _from_word(words, first):
            found.setdefault((candidate.start, candidate.end), candidate)
    for candidate in _in_quotes(text, words):
        found.setdefault((candidate.start, candidate.end), candidate)
    return list(found.values())


def _from_word(words: tuple[Word, ...], first: int) -> Iterator[Candidate]:
    """The spans that begin with (or inside) the word `first`."""
    opening = words[first]
    if opening.text not in NEVER_FIRST:
        for last in range(first, min(len(words), first + MOST_WORDS)):
            word = words[last]
            if is_barrier(word) or word.end - opening.start > MOST_CHARS:
                break
            if word.text not in NEVER_LAST:
                yield Candidate(opening.start, word.end, first, last, "w")
            if last - first < 3:
                for length in _heads(word):
                    yield Candidate(opening.start, word.start + length, first, last, "p")
    for length in _tails(opening):
        yield Candidate(opening.end - length, opening.end, first, first, "s")


def _heads(word: Word) -> tuple[int, ...]:
    """How many characters of a word an examiner may end a blank after: “财政|政策”, “二百|海里”."""
    size = len(word.text)
    if size == 2:
        return (1,) if word.tag == "m" else ()
    sizes = (2,) if size == 4 else (size - 2, size - 1)
    return tuple(at for at in sizes if at > 1 and _parts(word, at))


def _tails(word: Word) -> tuple[int, ...]:
    """How many last characters of a word can be a blank: “党的|性质”, “保障|人权”."""
    size = len(word.text)
    if not 3 <= size <= 8:
        return ()
    return tuple(rest for rest in ((2,) if size == 3 else (2, size - 1)) if _parts(word, size - rest))


def _parts(word: Word, at: int) -> bool:
    """May a blank's edge lie within the word at `at`? Both parts must be words, so that no term is torn;
    numerals part from their measure; an idiom and the digits of a number never part."""
    if word.tag == "i" or not _HAN.fullmatch(word.text):
        return False
    parts = word.text[:at], word.text[at:]
    return all(len(part) == 1 or is_word(part) for part in parts) or word.tag == "m"


def _in_quotes(text: str, words: tuple[Word, ...]) -> Iterator[Candidate]:
    """What stands in quotation marks, whole; and titles, with their marks and without."""
    starts = {word.start: index for index, word in enumerate(words)}
    ends = {word.end: index for index, word in enumerate(words)}
    for match in _QUOTED.finditer(text):
        start, end = match.start() + 1, match.end() - 1
        if start in starts and end in ends:
            yield Candidate(start, end, starts[start], ends[end], "q")
    for match in _TITLED.finditer(text):
        start, end = match.span()
        if start + 1 in starts and end - 1 in ends:
            first, last = starts[start + 1], ends[end - 1]
            yield Candidate(start + 1, end - 1, first, last, "q")
            yield Candidate(start, end, first, last, "t")

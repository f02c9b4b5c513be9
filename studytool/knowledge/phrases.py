"""Document -> the phrases it comes back to, and Reading -> where they are worth asking.

A phrase of 5–12 characters that several sentences share is a formulation of the document, if it is
whole: a run of words that is nearly always continued by the same word is only a part of something
longer. Which phrases those are only the whole document can say, so they are counted once, before the
rules run. What every tenth sentence says is the document's topic and not asked.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from studytool import data
from studytool.knowledge.finding import Finding, Setting
from studytool.knowledge.pattern import one_of
from studytool.knowledge.reading import Reading, openers, touches
from studytool.model import KnowledgeKind, Span

_LONGEST, _SHORTEST = 12, 5
_MOST_WORDS = 5
_OFTEN_ENOUGH = 3  # sentences that must share a phrase
_TOPIC = 0.1  # the share of sentences from which on a phrase is the topic
_ASKED = 3  # sentences in which one phrase is asked
_MOSTLY = 0.6  # the share of its sentences in which a phrase has to end where it ends
_TIED = 0.7  # the share of its places in which a part is continued by the same word
_INNER = frozenset(("n", "vn", "a", "b", "j", "i", "l", "nz", "nt", "ns", "an", "v", "k", "ng"))
_LAST = frozenset(("n", "vn", "b", "j", "i", "l", "nz", "an", "ng"))
_CONTENT = re.compile(r"[\u4e00-\u9fff]")
_HELD_UP = re.compile(
    one_of(
        "坚持 推进 推动 加快 发展 贯彻 落实 构建 实施 深化 坚定 建设 全面 以 把 将 是 “ 践行 树立 "
        "弘扬 维护 牢记 增强 提高 加强 走 打造 筑牢 完善"
    )
    + "$"
)


@cache
def _stock() -> frozenset[str]:
    return frozenset(data.lines("stock_phrases.txt"))


def recurring(readings: Sequence[Reading]) -> Mapping[int, frozenset[str]]:
    """The document's own formulations, by the places of the sentences they are asked in."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for reading in readings:
        for phrase in {span.of(reading.text) for span in _grams(reading)}:
            places[phrase].append(reading.at)
    most = max(_OFTEN_ENOUGH, int(len(readings) * _TOPIC))
    often = {
        phrase: found
        for phrase, found in places.items()
        if _OFTEN_ENOUGH <= len(found) <= most and not any(stock in phrase for stock in _stock())
    }
    whole = {phrase: found for phrase, found in often.items() if _whole(phrase, found, readings)}
    asked: defaultdict[int, set[str]] = defaultdict(set)
    for phrase, found in whole.items():
        for at in _asked_in(phrase, found, readings):
            asked[at].add(phrase)
    return {at: frozenset(own) for at, own in asked.items()}


def phrases(reading: Reading, setting: Setting) -> Iterator[Finding]:
    """Recurring phrases in the sentences that are to ask for them."""
    asked = setting.phrases.get(reading.at, frozenset())
    for span in _grams(reading) if asked else ():
        if span.of(reading.text) in asked and not touches(span, (*reading.titles, *reading.asides)):
            yield Finding(KnowledgeKind.FORMULATION, (span,), 0.4)


def _asked_in(phrase: str, found: Sequence[int], readings: Sequence[Reading]) -> Iterator[int]:
    """The first sentences that hold the phrase up by what stands before it, and in which it ends there."""
    return islice((at for at in found if _held_up(readings[at], phrase)), _ASKED)


def _whole(phrase: str, found: Sequence[int], readings: Sequence[Reading]) -> bool:
    """Does the phrase end where it ends in most of its sentences, and is it no part of a longer one?"""
    ended = sum(1 for at in found if _ends(readings[at], phrase))
    return ended >= _MOSTLY * len(found) and not _tied(phrase, found, readings)


def _ends(reading: Reading, phrase: str) -> bool:
    behind = reading.starts.get(reading.text.find(phrase) + len(phrase))
    return behind is None or behind.tag not in _INNER or behind.text in openers()


def _held_up(reading: Reading, phrase: str) -> bool:
    start = reading.text.find(phrase)
    return _ends(reading, phrase) and _HELD_UP.search(reading.text[:start]) is not None


def _grams(reading: Reading) -> Iterator[Span]:
    words, opening = reading.words, openers()
    for first, (text, start, _, tag) in enumerate(words, 1):
        if tag not in _INNER or text in opening:
            continue
        for word in words[first : first + _MOST_WORDS - 1]:
            end = word.end
            if word.tag not in _INNER or end - start > _LONGEST:
                break
            if end - start >= _SHORTEST and word.tag in _LAST:
                yield Span(start, end)


def _tied(phrase: str, found: Sequence[int], readings: Sequence[Reading]) -> bool:
    """Is the phrase nearly always followed, or preceded, by the same Chinese word?"""
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for at in found:
        reading = readings[at]
        start = reading.text.find(phrase)
        left, right = reading.ends.get(start), reading.starts.get(start + len(phrase))
        before[left.text if left and left.tag in _INNER and left.text not in openers() else ""] += 1
        after[right.text if right and _CONTENT.match(right.text) and right.tag in _INNER else ""] += 1
    return any(_top(side) >= _TIED * len(found) for side in (before, after))


def _top(side: Counter[str]) -> int:
    return max((count for word, count in side.items() if word), default=0)

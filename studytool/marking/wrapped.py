"""A segment of a short answer -> the answer it wraps in a sentence, and how sure it is to be the answer.

在上海召开 says 上海. Words of grammar and words the question says itself add nothing; other words around the
answer are for a person to look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.marking.finding import RIGHT, Finding, nearly
from studytool.marking.numerals import canonical
from studytool.marking.wording import NEGATIONS
from studytool.marking.writing import NUMERALS, folded, plain

AROUND = nearly("前后还有别的字，请看原文")
_LINKS = "从自在于是为有指即由共到达了叫称系:"  # an answer begins behind one of these
_LEADS = re.compile(rf"[{_LINKS[:-1]}]|(?<!\d):|[^{NUMERALS}.:%-](?=[{NUMERALS}])")
_GRAMMAR = re.compile(
    r"(?:答案|时间|地点|它们?|其|这|我?认为)?[都就便也]?(?:一共|总共|共计|共|主要|分别)?[是为即在于有系]{0,2}"
)
_BRACKETS = re.compile(r"\([^()]{0,40}\)$")
# What is done somewhere or at some time: the answer to 何地 and 何时 goes on with it.
_DONE = re.compile(
    r"(?:正式|首次|胜利|隆重|开始)?(?:召开|举行|举办|提出|成立|开幕|闭幕|发布|通过|印发|实施|施行|颁布|签署|建立|诞生|开始|启动"
    r"|发生|产生|结束|完成|出台|公布|建成|开工|通车|出生|逝世|爆发|创办|创立|制定|确立)[的了]?$"
)
LONGEST = 60  # characters of a segment; a longer one is no name or amount with a few words around it


def unwrapped(segment: str, stem: str) -> Iterator[tuple[str, Finding]]:
    """What a segment may wrap, each with the best that may be said of it."""
    text, said = folded(segment).strip("《》“”\"' "), canonical(stem)
    if len(text) > LONGEST:
        return
    bare = _BRACKETS.sub("", text)
    for head, opens in _heads(text, said):
        for tail, closes in _tails(text[len(head) :], said):
            inner = text[len(head) : len(text) - len(tail)]
            if (head or tail) and inner and inner[-1] not in NEGATIONS:
                yield inner, RIGHT if opens and closes else AROUND
    before_colon = re.split(r":(?!\d)", text)[0]
    yield from ((reading, AROUND) for reading in (bare, before_colon) if reading and reading != text)


def _heads(text: str, stem: str) -> Iterator[tuple[str, bool]]:
    """What may stand in front of an answer, and whether it says no more than the question or grammar does."""
    yield "", True
    grammar = _GRAMMAR.match(text)
    if grammar and grammar[0]:
        yield grammar[0], True
    for end in _ends_of_heads(text):
        head = text[:end]
        if not NEGATIONS.isdisjoint(head):
            return
        if text[end - 1] in _LINKS or canonical(head[-2:]) in stem:
            yield head, canonical(head) in stem


def _ends_of_heads(text: str) -> Iterator[int]:
    """Behind a word that leads to an answer, and in front of a number: 由____, 增长5.2%."""
    return (place.end() for place in _LEADS.finditer(text) if place.end() < len(text))


def _tails(text: str, stem: str) -> Iterator[tuple[str, bool]]:
    """What may stand behind an answer, and whether it says no more than the question or grammar does."""
    yield "", True
    done = _DONE.search(text)
    if done:
        yield done[0], plain(done[0]).rstrip("的了") in stem
    for size in range(1, len(text)):
        tail = text[-size:]
        if tail[0] in ".%‰" or not NEGATIONS.isdisjoint(tail):
            return
        if canonical(tail).removesuffix("的") not in stem:
            return
        if not (tail[0].isdecimal() and text[-size - 1].isdecimal()):  # no number is cut in two
            yield tail, True

"""A term -> the same term with one word exchanged for one an examinee mixes it up with.

The exchange is what a false statement records: the words as they were and as they are now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from studytool.data import tables
from studytool.items.numerals import chinese, number
from studytool.words import cut, terms

_COUNT = re.compile(r"[一二两三四五六七八九十]+(?=[个大项种条位支点化链群高新])")

_STAMMERS = re.compile("([\u4e00-\u9fff]{2,})\\1")  # 绿色发展 exchanged in 高质量绿色发展 for 高质量发展


class Variant(NamedTuple):
    """`text` is the term after `original` in it became `changed`; `near` says that it could pass for true."""

    text: str
    original: str
    changed: str
    near: bool = False


@cache
def _table(place: str) -> dict[str, tuple[str, ...]]:
    """Each word with the words it is mixed up with, of the rows for `place` (heads, anywhere)."""
    found: dict[str, dict[str, None]] = {}
    for row in tables("confusable.toml")[place]:
        for word in row:
            found.setdefault(word, {}).update(dict.fromkeys(other for other in row if other != word))
    return {word: tuple(others) for word, others in found.items()}


def rivals(word: str) -> tuple[str, ...]:
    """The words `word` is mixed up with."""
    return _table("anywhere").get(word, ()) + _table("shades").get(word, ())


def variants(term: str) -> Iterator[Variant]:
    """`term` with one of its words exchanged; the longest and last word that has rivals first."""
    if rivals(term):
        for changed in rivals(term):
            yield Variant(changed, term, changed, changed not in _table("anywhere").get(term, ()))
        return
    if "、" in term or "或者" in term:
        return  # of several things one exchanged may repeat another
    if term.endswith(("+", "＋")):
        return  # 人工智能+: there is no 集成电路+
    starts: dict[int, str] = {}
    at = 0
    for word in cut(term):
        starts[at] = word
        at += len(word)
    edges = {*starts, len(term)}
    spans = ((start, end) for start in edges for end in edges if start < end)
    known = [(start, end) for start, end in spans if _exchanges(term, start, end)]
    for start, end in sorted(known, key=lambda s: (s[0] - s[1], -s[0])):
        original = term[start:end]
        for changed in _exchanges(term, start, end):
            text = term[:start] + changed + term[end:]
            if changed not in term and not _STAMMERS.search(text):
                yield Variant(text, original, changed, changed in _shaded(original))


def _exchanges(term: str, start: int, end: int) -> tuple[str, ...]:
    """What may be put for the word at `start:end` of `term`."""
    word = term[start:end]
    if word.endswith("化") and start > 0 and end < len(term):
        return ()  # 档案信息化建设: nobody builds 档案城镇化
    if word in _ALONE and word != term:
        return ()  # 减轻农民负担: nobody 从轻 it
    heads = _table("heads").get(word, ()) + _table("shaded_heads").get(word, ())
    return tuple(dict.fromkeys((*rivals(word), *(heads if end == len(term) and start > 0 else ()))))


# Mixed up with each other only where each is all that is asked; there is no 武装斗争重要任务.
_ALONE = frozenset(("从轻", "从重", "减轻", "加重", "统一战线", "武装斗争", "党的建设", "群众路线"))


def _shaded(word: str) -> tuple[str, ...]:
    return _table("shades").get(word, ()) + _table("shaded_heads").get(word, ())


_BY_HEART = frozenset(("八个明确", "十个明确", "十四个坚持", "十个坚持", "九个坚持", "三个代表"))


def recounted(term: str) -> Iterator[str]:
    """六链五群 -> 五链五群, 七链五群: the number before a counter stepped. A term that everybody has by heart
    is not: 五个服从 nobody has ever heard of, and it would be a false saying of the Party's."""
    match = None if term in terms() or term in _BY_HEART else _COUNT.match(term)
    value = number(match.group()) if match else None
    if match is None or value is None or value > 20:
        return
    for step in (1, -1, 2, -2):
        if value + step >= 2:
            other = "两" if value + step == 2 else chinese(value + step)
            yield other + term[match.end() :]

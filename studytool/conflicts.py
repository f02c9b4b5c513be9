"""Questions about figures -> those that give different values for the same measure.

The measure is the clause around the blank. The surprising decision: only the same words count as the
same measure, and another year in the sentence or another day of the article makes it another measure;
a conflict that is missed is found by a reader, one that is none makes the reader stop reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from studytool.model import BLANK, Item, KnowledgeKind

_SHORTEST = 8  # Chinese characters that name a measure; “同比增长____” says of nothing what it measures
_CLAUSE = re.compile(r"[^，。；：！？]*____[^，。；：！？]*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NO_LETTER = re.compile(r"[\W_]+")
_YEAR = re.compile(r"(?:1[89]|20)\d{2}(?=年)")
_SEVERAL = re.compile(r"\d|第|[上下]半年|季度|月份")


@dataclass(frozen=True, slots=True)
class Conflict:
    """One measure, its values, and the questions that ask about it."""

    measure: str
    values: tuple[str, ...]
    items: tuple[Item, ...]


def find(items: Iterable[Item]) -> tuple[Conflict, ...]:
    """All conflicts among the items, in the order of their measures' first question."""
    by_measure: dict[tuple[object, ...], list[Item]] = {}
    for item in items:
        for key in _measure(item):
            by_measure.setdefault(key, []).append(item)
    return tuple(_conflicts(by_measure.values()))


def _conflicts(groups: Iterable[list[Item]]) -> Iterator[Conflict]:
    for group in groups:
        values = dict.fromkeys(item.key[0] for item in group)
        if len({_NO_LETTER.sub("", value) for value in values}) > 1:
            yield Conflict(_clause(group[0]), tuple(values), tuple(group))


def _measure(item: Item) -> Iterator[tuple[object, ...]]:
    """What the item measures, and when: the words, the years its sentence names, its article's day."""
    if item.asks is not KnowledgeKind.FIGURE or item.stem.count(BLANK) != 1 or len(item.key) != 1:
        return
    clause = _clause(item)
    if len(_HAN.findall(clause)) < _SHORTEST or _SEVERAL.search(clause):
        return
    unit = re.sub(r"[\d.,，]+", "", item.key[0])
    years = frozenset(_YEAR.findall(item.stem + item.evidence))
    yield _NO_LETTER.sub("", clause.replace(BLANK, "#")), unit, years, item.published_on


def _clause(item: Item) -> str:
    match = _CLAUSE.search(item.stem)
    return match.group() if match else ""

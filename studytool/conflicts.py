"""Questions about figures -> those that give different values for the same measure.

The measure is the clause around the blank. The surprising decision: only the same words count as the
same measure, and another year in the sentence or another day of the article makes it another measure;
a conflict that is missed is found by a reader, one that is none makes the reader stop reading.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from studytool.model import BLANK, Item, ItemKind, KnowledgeKind

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


def contested(items: Sequence[Item]) -> frozenset[str]:
    """The ids of the items that may not be asked: those in conflict, and the statements of one of the values
    that stand in the same sentence."""
    found = find(items)
    stated = {(item.family, value) for one in found for item in one.items for value in one.values}
    asked = {item.id for one in found for item in one.items}
    return frozenset(asked) | {
        item.id
        for item in items
        for family, value in stated
        if item.family == family and _states(item, value)
    }


def measures(items: Sequence[Item]) -> dict[str, int]:
    """Item id -> a number that is the same for the same measure; statements have that of the figure they
    state. What measures nothing that could be compared is left out."""
    known = {item.id: _number(key) for item in items for key in _measure(item)}
    own = {(item.family, item.key[0]): known[item.id] for item in items if item.id in known}
    for item in items:
        for (family, value), number in own.items() if item.kind is ItemKind.TRUE_FALSE else ():
            if item.family == family and _states(item, value):
                known.setdefault(item.id, number)
    return known


def _number(measure: tuple[object, ...]) -> int:
    """64 bits of it, as SQLite keeps a number."""
    return int.from_bytes(hashlib.sha256(repr(measure).encode()).digest()[:8], signed=True)


def _states(item: Item, value: str) -> bool:
    return value in item.key or value in item.stem or item.original == value


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
    years = tuple(sorted(set(_YEAR.findall(item.stem + item.evidence))))
    yield _NO_LETTER.sub("", clause.replace(BLANK, "#")), unit, years, item.published_on


def _clause(item: Item) -> str:
    match = _CLAUSE.search(item.stem)
    return match.group() if match else ""

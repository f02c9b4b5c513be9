"""A recipe (TOML) -> which items, how many and in what order: for decks, sheets and exams alike.

Unknown names are errors: a misspelt key that did nothing would hand out the wrong items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from studytool import toml
from studytool.errors import StudyError
from studytool.limits import LAST_YEAR, MOST
from studytool.model import Item, ItemFilter, ItemKind, KnowledgeKind, Status

Name = TypeVar("Name", bound=StrEnum)
Value = TypeVar("Value")
Default = TypeVar("Default")

WANTED: Mapping[type, str] = {
    str: "文字",
    int: "整数",
    bool: "true 或 false",
    date: "日期，如 2026-11-21，不加引号",
}

_FIRST_YEAR = 1980  # the ids of a deck count from 1970, and the days in its archive from 1980

# How the items of a deck follow each other; each ends with the id, so that no two orders are possible.
ORDERS: Mapping[str, Callable[[Item], tuple[object, ...]]] = {
    "score": lambda item: (-item.score, item.id),
    "source": lambda item: (item.source, item.ranges[:1], item.id),
    "difficulty": lambda item: (item.difficulty, item.id),
}
KNOWN = (
    "title", "description", "sources", "articles", "kinds", "asks", "tags", "find",
    "approved_only", "count", "counts", "points", "order", "date",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recipe:
    """What to take out of the bank: `count` in all, `counts` and `points` for each kind.

    `date` is the day a deck counts as made on: with it, the same items give the same bytes whenever and
    wherever they were built. Set it anew when the deck changes, or Anki keeps what it has."""

    title: str = "学习题库"
    description: str = ""
    chosen: ItemFilter = field(default_factory=ItemFilter)
    count: int | None = None
    counts: Mapping[ItemKind, int] = field(default_factory=dict)
    points: Mapping[ItemKind, int] = field(default_factory=dict)
    order: str = "score"
    date: date | None = None


def parse(name: str, text: str) -> Recipe:
    """The recipe that `text`, the content of the file `name`, describes. Raises StudyError."""
    try:
        table = toml.parsed(text)
    except ValueError as error:
        raise StudyError(f"配方 {name} 不是有效的 TOML（{error}）：请改正后再试") from error
    unknown = [key for key in table if key not in KNOWN]
    if unknown:
        raise StudyError(f"配方 {name} 里不认识“{unknown[0]}”：可用的有 {'、'.join(KNOWN)}")
    order = _value(name, table, "order", str, "score")
    if order not in ORDERS:
        raise StudyError(f"配方 {name} 的 order 不能是“{order}”：可用的有 {'、'.join(ORDERS)}")
    return Recipe(
        title=_value(name, table, "title", str, "学习题库"),
        description=_value(name, table, "description", str, ""),
        chosen=_chosen(name, table),
        count=_value(name, table, "count", int, None),
        counts=_by_kind(name, table, "counts"),
        points=_by_kind(name, table, "points"),
        order=order,
        date=_day(name, _value(name, table, "date", date, None)),
    )


def select(recipe: Recipe, items: Iterable[Item]) -> tuple[Item, ...]:
    """The items of a deck: the best of each kind up to its count, in the recipe's order."""
    taken: Counter[ItemKind] = Counter()
    kept: list[Item] = []
    for item in sorted(items, key=ORDERS["score"]):
        limit = recipe.counts.get(item.kind, 0 if recipe.counts else None)
        if limit is None or taken[item.kind] < limit:
            taken[item.kind] += 1
            kept.append(item)
    return tuple(sorted(kept[: recipe.count], key=ORDERS[recipe.order]))


def _chosen(name: str, table: Mapping[str, object]) -> ItemFilter:
    approved = _value(name, table, "approved_only", bool, False)
    return ItemFilter(
        kinds=_names(name, table, "kinds", ItemKind),
        asks=_names(name, table, "asks", KnowledgeKind),
        sources=_texts(name, table, "sources"),
        articles=_texts(name, table, "articles"),
        tags=_texts(name, table, "tags"),
        find=_value(name, table, "find", str, None),
        statuses=(Status.APPROVED,) if approved else (Status.DRAFT, Status.APPROVED),
    )


def _value(
    name: str, table: Mapping[str, object], key: str, kind: type[Value], default: Default
) -> Value | Default:
    if key not in table:
        return default
    value = table[key]
    if type(value) is not kind:  # not isinstance: true is no number here
        raise StudyError(f"配方 {name} 的 {key} 应当是{WANTED[kind]}")
    if isinstance(value, int) and kind is int and not 1 <= value <= MOST:
        raise StudyError(f"配方 {name} 的 {key} 应当大于 0，至多 {MOST}")
    return value


def _day(name: str, said: date | None) -> date | None:
    """The day of a deck, if it can be one: Anki counts from 1970, and shows nothing made before."""
    if said and not _FIRST_YEAR <= said.year <= LAST_YEAR:
        raise StudyError(f"配方 {name} 的 date 应当在 {_FIRST_YEAR} 到 {LAST_YEAR} 年之间")
    return said


def _texts(name: str, table: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise StudyError(f'配方 {name} 的 {key} 应当是一列文字，如 {key} = ["…"]')
    return tuple(value)


def _names(name: str, table: Mapping[str, object], key: str, kind: type[Name]) -> tuple[Name, ...]:
    return tuple(_named(name, key, text, kind) for text in _texts(name, table, key))


def _named(name: str, key: str, text: str, kind: type[Name]) -> Name:
    try:
        return kind(text)
    except ValueError:
        raise StudyError(f"配方 {name} 的 {key} 里不认识“{text}”：可用的有 {'、'.join(kind)}") from None


def _by_kind(name: str, table: Mapping[str, object], key: str) -> dict[ItemKind, int]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise StudyError(f"配方 {name} 的 {key} 应当是一张表，如 [{key}] 下写 cloze = 10")
    counts: dict[ItemKind, int] = {}
    for kind, count in value.items():
        if type(count) is not int or not 1 <= count <= MOST:
            raise StudyError(f"配方 {name} 的 {key}.{kind} 应当是大于 0 的整数，至多 {MOST}")
        counts[_named(name, key, kind, ItemKind)] = count
    return counts

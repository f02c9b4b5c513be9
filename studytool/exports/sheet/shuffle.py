"""(seed, values) -> their order: a shuffle by hash, the same on every machine and for ever.

The surprising decision: not all options are shuffled. Figures that can be compared ascend, “以上都对”
stays last, and options that speak of one another's letters stay as they are. And where the key stands among
those that are is not left to chance: of seventeen questions none might have B.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

from studytool.model import Item, ItemKind, KnowledgeKind
from studytool.numerals import value

_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+")
_LAST = re.compile(r"^(?:以上|上述)")
# What speaks of other options, by their letters or places: ABC, 以上A、B都对, 只有A项, A对B错, 前两项.
_OF_OTHERS = re.compile(
    r"^[A-H]+$|选项\s*[A-H](?![A-Za-z])|[前后][两二三四]\s*[项者个]"
    r"|(?<![A-Za-z])[A-H]\s*(?:(?:[和与及或、，,/]|或者)\s*[A-H](?![A-Za-z])|项|[对错都均]|正确|错误)"
)


def may_be_shuffled(options: Sequence[str]) -> bool:
    """Whether no option says anything of the places of others: then a program may show them in any order."""
    return not any(_LAST.match(option) or _OF_OTHERS.search(option) for option in options)


def rank(seed: int, *parts: object) -> int:
    """A number that looks random, from a seed and what is ranked."""
    text = "\0".join(str(part) for part in (seed, *parts))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def option_order(item: Item, pool: Sequence[str], seed: int, version: str) -> tuple[int, ...]:
    """The places of `pool` in the order they are printed."""
    if item.kind is ItemKind.ORDERING:
        return _out_of_order(item, pool, seed, version)
    return _own_order(item, pool) or tuple(
        sorted(
            range(len(pool)),
            key=lambda place: (bool(_LAST.match(pool[place])), rank(seed, version, item.id, place)),
        )
    )


def _own_order(item: Item, pool: Sequence[str]) -> tuple[int, ...] | None:
    """The order that options have of their own; None where any would do."""
    places = tuple(range(len(pool)))
    if any(map(_OF_OTHERS.search, pool)):
        return places
    figures = figure_order(pool)
    if figures is not None:
        return figures
    if item.asks in (KnowledgeKind.FIGURE, KnowledgeKind.DATE) and any(map(_NUMBER.search, pool)):
        return places  # figures that cannot be compared: the writer's own order
    return None


def balanced(
    items: Sequence[Item], orders: Sequence[tuple[int, ...]], seed: int, version: str
) -> tuple[tuple[int, ...], ...]:
    """The orders of single choices, in which each letter is right about as often as any other.

    Most options are figures, whose keys stand where they stand; those in no order of their own make up for
    what these leave over."""
    made = list(orders)
    free = [
        place
        for place, item in enumerate(items)
        if not _own_order(item, item.options) and not any(map(_LAST.match, item.options))
    ]
    counts = Counter(
        _key_place(item, order)
        for place, (item, order) in enumerate(zip(items, orders, strict=True))
        if place not in free
    )
    for place in sorted(free, key=lambda place: rank(seed, version, items[place].id, "turn")):
        item, order = items[place], made[place]
        target = min(range(len(order)), key=lambda at: (counts[at], rank(seed, version, item.id, "key", at)))
        made[place] = _swapped(order, _key_place(item, order), target)
        counts[target] += 1
    return tuple(made)


def _key_place(item: Item, order: Sequence[int]) -> int:
    return order.index(item.options.index(item.key[0]))


def _swapped(order: tuple[int, ...], one: int, other: int) -> tuple[int, ...]:
    changed = {one: order[other], other: order[one]}
    return tuple(changed.get(place, value) for place, value in enumerate(order))


def _out_of_order(item: Item, pool: Sequence[str], seed: int, version: str) -> tuple[int, ...]:
    """Events in an order of each version’s own that is not the one they happened in."""
    places = sorted(range(len(pool)), key=lambda place: rank(seed, version, item.id, place))
    if tuple(pool[place] for place in places) == item.key:
        places = [*places[1:], places[0]]
    return tuple(places)


def figure_order(pool: Sequence[str]) -> tuple[int, ...] | None:
    """Ascending places, if the options differ in nothing but their numbers; else None."""
    if len({_NUMBER.sub("#", option) for option in pool}) != 1:
        return None
    values = [tuple(_value(number) for number in _NUMBER.findall(option)) for option in pool]
    if not values or not values[0] or any(None in value for value in values):
        return None
    known = [tuple(number for number in value if number is not None) for value in values]
    return tuple(sorted(range(len(pool)), key=lambda place: known[place]))


def _value(number: str) -> float | None:
    """The value of a number in digits or in simple Chinese numerals."""
    if number[0].isdecimal():
        return float(re.sub("[,，]", "", number))
    return value(number)

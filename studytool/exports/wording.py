"""An item -> the Chinese words every format shows of it: names of kinds, letters, pairs, remarks, origin."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from string import ascii_uppercase
from typing import NamedTuple

from studytool.exports.deck import Deck
from studytool.model import Item, ItemKind

CHOICES = frozenset({ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE})
_REMEMBERED = 1024  # origins: the items of one section have the same


class Pair(NamedTuple):
    """A pair of a matching item's key."""

    left: str
    right: str


def letter(index: int) -> str:
    """A, B, … Z, AA, AB, …: the letter of the option at `index`."""
    high, low = divmod(index, len(ascii_uppercase))
    return (letter(high - 1) if high else "") + ascii_uppercase[low]


def letters(item: Item) -> str:
    """The right options' letters: of choices in alphabetical order, of an ordering in the right order."""
    places = [item.options.index(text) for text in item.key]
    return "".join(letter(place) for place in (sorted(places) if item.kind in CHOICES else places))


def pairs(item: Item) -> tuple[Pair, ...]:
    """The key of a matching item, pair by pair."""
    return tuple(Pair(left, right) for left, _, right in (entry.partition("=") for entry in item.key))


def rights(item: Item) -> tuple[str, ...]:
    """The right-hand side of a matching item in display order, wrong ones included."""
    wanted = {pair.right for pair in pairs(item)}
    lefts = {pair.left for pair in pairs(item)}
    shown = tuple(text for text in item.options if text in wanted or text not in lefts)
    return shown if wanted <= set(shown) else tuple(sorted(wanted))


def variants(item: Item) -> tuple[tuple[str, ...], ...]:
    """Of each part of the key, the other responses that count as right."""
    return tuple(
        tuple(text for text in accepted if text != part)
        for part, accepted in zip(item.key, item.accepted, strict=False)
    )


def remarks(item: Item) -> tuple[str, ...]:
    """What to say after the answer: the correction of a false statement, and the explanation."""
    correction = (
        f"原文为“{item.original}”，题中误作“{item.changed}”。" if item.original and item.changed else None
    )
    return tuple(remark for remark in (correction, item.explanation) if remark)


def origin(item: Item, deck: Deck) -> str:
    """Where the evidence stands: article, section, date, source."""
    return _joined(item.article, item.section, item.published_on, deck.source_title(item))


@lru_cache(_REMEMBERED)
def _joined(article: str, section: str | None, day: date | None, title: str) -> str:
    parts = dict.fromkeys((article, section, day.isoformat() if day else None, title))
    return " · ".join(part for part in parts if part)

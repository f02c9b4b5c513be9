"""A question of ours that comes back in a table -> the same, without what only the spreadsheet has changed.

Excel writes 62.8% as 62.80% and 2024-05-01 as 2024/5/1, and no table can hold a control character. The same
value in other signs is no correction of anybody's: the wording of the bank stands, and the person is told.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest

from studytool.exports.deck import writable
from studytool.exports.workbook import LONGEST_CELL
from studytool.model import Item, ItemKind

# A day, a month of a year or a day of the year, in all the ways in which Excel takes and gives them.
_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?: 0?0:00(?::00)?)?")
_MONTH = re.compile(r"(\d{4})(?:[-/](\d{1,2})|年(\d{1,2})月)")
_DAY_OF_YEAR = re.compile(r"(\d{1,2})(?:[-/](\d{1,2})|月(\d{1,2})日)")
_TIME = re.compile(r"(\d{1,3})[:：](\d{2})(?:[:：](\d{2}))?")
_NUMBER = re.compile(r"([-+]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%?)")
_CHOSEN = frozenset(ItemKind) - {ItemKind.TRUE_FALSE, ItemKind.CLOZE, ItemKind.SHORT_ANSWER}
_TRUTHS = {"TRUE": True, "FALSE": False}
_REMEMBERED = 4096  # texts: those of one question are compared with each other
_Value = tuple[object, ...]


def as_it_went(old: Item, new: Item) -> Item:
    """What a table says of the item `old`, in the words of `old` wherever they say the same."""
    key = _key(old, new)
    chosen = new.kind in _CHOSEN
    return replace(
        new,
        stem=_text(old.stem, new.stem),
        key=key,
        options=_restored(old.options, new.options) if chosen else old.options,
        accepted=_accepted(old, new, key),
        distractors=_restored(old.distractors, new.distractors) if chosen else old.distractors,
        explanation=_perhaps(old.explanation, new.explanation),
        original=_perhaps(old.original, new.original),
        changed=_perhaps(old.changed, new.changed),
    )


def _key(old: Item, new: Item) -> tuple[str, ...]:
    """The key; a part that has a line break of its own comes back as two."""
    if _plain("\n".join(old.key)) == _plain("\n".join(new.key)):
        return old.key
    return _restored(old.key, new.key)


def _accepted(old: Item, new: Item, key: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    if len(key) != len(new.accepted):  # the parts of the key have been put together again
        return old.accepted
    before = tuple(zip_longest(old.accepted[: len(key)], key, fillvalue=()))
    restored = tuple(_restored(some, after) for (some, _), after in zip(before, new.accepted, strict=True))
    same = all(
        {*some} | {part} == {*after} | {part} for (some, part), after in zip(before, restored, strict=True)
    )
    return old.accepted if same else restored


def _restored(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    """The texts of `after`, each as it is worded in `before` if that has the same value just once."""
    same = {text: [one for one in before if _value(one) == _value(text)] for text in after}
    return tuple(same[text][0] if len(same[text]) == 1 else text for text in after)


def _perhaps(before: str | None, after: str | None) -> str | None:
    return _text(before, after) if before and after else after


def _text(before: str, after: str) -> str:
    """The text; what a cell cannot hold all of has not been shortened by anybody."""
    whole = len(after) >= LONGEST_CELL - 1 and _plain(before).startswith(_plain(after))
    return before if whole or _plain(before) == _plain(after) else after


def _plain(text: str) -> str:
    return writable(text).strip()


@lru_cache(_REMEMBERED)
def _value(text: str) -> _Value:
    """What a text is worth, if it is a day, a time or a number; else itself."""
    plain = _plain(text)
    for pattern in (_DAY, _MONTH, _DAY_OF_YEAR, _TIME):
        if found := pattern.fullmatch(plain):
            return ("day" if pattern is not _TIME else "time", *_numbers(found))
    if found := _NUMBER.fullmatch(plain):
        number = Decimal(f"{found[1]}{found[2].replace(',', '')}{found[3] or ''}")
        return "number", number / 100 if found[4] else number
    return "truth" if plain.upper() in _TRUTHS else "text", _TRUTHS.get(plain.upper(), plain)


def _numbers(found: re.Match[str]) -> tuple[int, ...]:
    """The numbers of a day or a time; a time without seconds has none."""
    numbers = tuple(int(text) for text in found.groups() if text)
    return numbers if found.re is not _TIME else (*numbers, 0)[:3]

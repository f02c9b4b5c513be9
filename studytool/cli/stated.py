"""A short answer whose points a person has edited -> its stem, asking for so many, and what does not fit.

The surprising decision: only （请答出五点） follows by itself, for we put it there. A number in the question
(哪五个方面) is the source's: whoever changes the points is told, and decides.
"""

from __future__ import annotations

import re
from dataclasses import replace

from studytool.marking.numerals import value_of
from studytool.model import Item, ItemKind

_NUMERAL = r"(?P<count>[一二两三四五六七八九十]{1,3}|\d{1,2})"
_ASKED = re.compile(rf"(?P<before>请[答写列举说]出){_NUMERAL}(?=\s*[点项条个])")
_NAMED = re.compile(rf"(?P<before>哪){_NUMERAL}(?=\s*[点项条个])")


def followed(old: Item, new: Item) -> Item:
    """The new item; where only the points have changed and were as many as asked for, so many are asked for
    again."""
    found = _ASKED.search(new.stem)
    has_other_points = old.kind is ItemKind.SHORT_ANSWER and len(old.key) != len(new.key)
    if not found or not has_other_points or new.stem != old.stem or _count(found) != len(old.key):
        return new
    count = str(len(new.key)) if found["count"].isdecimal() else _in_chinese(len(new.key))
    stem = f"{new.stem[: found.start('count')]}{count}{new.stem[found.end('count') :]}"
    return replace(new, stem=stem)


def remarks(old: Item, new: Item) -> tuple[str, ...]:
    """What to tell whoever has changed the points: what followed, and what does not fit."""
    if new.kind is not ItemKind.SHORT_ANSWER or (old.key == new.key and old.stem == new.stem):
        return ()
    before, after = _ASKED.search(old.stem), _ASKED.search(new.stem)
    follows = before and after and before[0] != after[0] and old.key != new.key
    told = [f"题干跟着改成了“{after[0]}{_unit(new.stem, after)}”"] if follows and after else []
    for found in filter(None, (after, _NAMED.search(new.stem))):
        if _count(found) != len(new.key):
            said = f"{found[0]}{_unit(new.stem, found)}"
            told.append(f"请核对：题干说“{said}”，答案有 {len(new.key)} 点")
    return tuple(told)


def _unit(stem: str, found: re.Match[str]) -> str:
    return stem[found.end() :].lstrip()[:1]


def _count(found: re.Match[str]) -> int | None:
    value = value_of(found["count"])
    return None if value is None else int(value)


def _in_chinese(count: int) -> str:
    from studytool.items.numerals import chinese  # loads the writers of items: only an edit needs it

    return "两" if count == 2 else chinese(count)

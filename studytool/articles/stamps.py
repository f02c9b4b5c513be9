"""Lines with their looks -> the same without what only the page says: the values of its fields, and days
that are not those of the text.

A page says when it was put up. That is the day of a news item; of a paper whose own number names
another year, or of a text somebody handed in, it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from studytool.articles import dates, furniture
from studytool.articles.lines import spaced
from studytool.articles.roles import Look, Seen

_HEAD = 20  # lines, in which a paper tells its number
_NUMBER = re.compile(r"〔(?P<year>(?:19|20)\d\d)〕\s?第?\d{1,4}号")


# The name of a field on a line of its own; its value stands on the next.
_FIELD = re.compile(r"(?:信息)?(?:来源|作者|责任编辑|编辑|责编|分类|栏目)[:：]")
_LONGEST_VALUE = 20


def without_fields(seen: Sequence[Seen]) -> list[Seen]:
    """The lines, those as furniture that give the value of a field named on the line above."""
    pairs = zip([None, *seen], seen, strict=False)
    return [
        replace(one, look=Look.FURNITURE, why="field of a page")
        if before and _FIELD.fullmatch(before.text) and _is_value(one)
        else one
        for before, one in pairs
    ]


def _is_value(one: Seen) -> bool:
    if one.line.level or len(one.text) > _LONGEST_VALUE or dates.genre_of(one.text):
        return False
    return one.look in (Look.SHORT, Look.NAMES)


def without_strangers(seen: Sequence[Seen]) -> list[Seen]:
    """The lines, those with a day that is not the text's own as furniture."""
    handed_in = any(one.why == furniture.REPRINT for one in seen)
    years = {match["year"] for one in seen[:_HEAD] for match in _NUMBER.finditer(one.line.text)}
    return [
        replace(one, look=Look.FURNITURE, why="day of the page")
        if one.look is Look.DATE and _is_strange(spaced(one.line), handed_in, years)
        else one
        for one in seen
    ]


def _is_strange(words: str, handed_in: bool, years: set[str]) -> bool:
    day = dates.find(words)
    if day is None or not dates.is_stamp(words):
        return False
    return handed_in or (bool(years) and str(day.year) not in years)

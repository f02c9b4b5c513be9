"""Word's list definitions -> the labels it would print: 一、 （一） 第一条 1. ①.

Word keeps no numbers in the text, only “this paragraph is at level 2 of list 5”; without the labels
“第三条” of a regulation would be lost. Definitions come as plain tables, so that counting is pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

_PLACE = re.compile(r"%(\d)")
_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


class Level(NamedTuple):
    """How one level of a list is numbered: `text` is a pattern like “第%1条”."""

    form: str
    text: str
    start: int = 1
    arabic: bool = False  # “legal” numbering: the higher levels in Arabic digits


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of all lists of one document, in order.

    `lists` gives for a list id the id of its definition (lists that share one count on) and the
    numbers it starts its levels with; `levels` gives the levels of a definition.
    """

    lists: Mapping[str, tuple[str, Mapping[int, int]]]
    levels: Mapping[str, Mapping[int, Level]]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def label(self, list_id: str, depth: int) -> str | None:
        """The label of the next paragraph of a list; "" for a bullet, None if there is no such list."""
        definition, starts = self.lists.get(list_id, ("", {}))
        level = self.levels.get(definition, {}).get(depth)
        if level is None:
            return None
        counts = self._counts.setdefault(definition, {})
        if starts and list_id not in self._begun:
            for begun in starts:
                counts.pop(begun, None)
        self._begun.add(list_id)
        first = starts.get(depth, level.start)
        counts[depth] = counts[depth] + 1 if depth in counts else first
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        return self._printed(definition, depth, level)

    def _printed(self, definition: str, depth: int, level: Level) -> str:
        if level.form in {"bullet", "none"}:
            return "" if level.form == "bullet" else _PLACE.sub("", level.text)
        counts, levels = self._counts[definition], self.levels[definition]

        def number(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            there = levels.get(at, level)
            form = "decimal" if level.arabic and at < depth else there.form
            return numeral(counts.get(at, there.start), form)

        return _PLACE.sub(number, level.text)


def numeral(value: int, form: str) -> str:
    """`value` in one of Word's number formats; an unknown format is written in digits."""
    return FORMS.get(form, str)(value)


def chinese(value: int) -> str:
    """一, 十, 十一, 二十, 一百〇五 as people number their chapters."""
    if not 0 < value < 1000:
        return "".join(_DIGITS[int(digit)] for digit in str(value))
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    head = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        head += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        head += "零"
    return head + (_DIGITS[ones] if ones else "")


def _letters(value: int) -> str:
    """a … z, aa, bb, as Word does it."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value > 0 else str(value)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    letters = ""
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        letters += sign * count
    return letters


def _circled(value: int) -> str:
    if 1 <= value <= 20:
        return chr(ord("①") + value - 1)
    return chr(ord("㉑") + value - 21) if value <= 35 else str(value)


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda value: signs[value - 1] if 1 <= value <= len(signs) else str(value)


def _wide(value: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))


FORMS: Mapping[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "chineseLegalSimplified": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": chinese,
    "japaneseDigitalTenThousand": chinese,
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
}

"""Two canonical texts -> do they state the same amount or hour in other units or another writing?

55公里 and 55000米, 零下5度 and -5度, 上午9时30分 and 上午九点半. Only what is exactly equal counts,
and as near: the source words it otherwise.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from studytool.marking.finding import Finding, nearly
from studytool.marking.quantities import quantity

EQUAL = nearly("所说相等，写法与原文不同")
_OTHER_PART = nearly("时刻对，多写或少写了上午、下午一类的字")
# The measure of each unit, and how much of it the unit is; only where that is settled and exact.
MEASURES: dict[str, tuple[str, Fraction]] = {
    "公里": ("长", Fraction(1000)),
    "里": ("长", Fraction(500)),
    "米": ("长", Fraction(1)),
    "厘米": ("长", Fraction(1, 100)),
    "毫米": ("长", Fraction(1, 1000)),
    "平方公里": ("面积", Fraction(1_000_000)),
    "公顷": ("面积", Fraction(10_000)),
    "亩": ("面积", Fraction(10_000, 15)),
    "平方米": ("面积", Fraction(1)),
    "平方厘米": ("面积", Fraction(1, 10_000)),
    "立方米": ("体积", Fraction(1000)),
    "升": ("体积", Fraction(1)),
    "毫升": ("体积", Fraction(1, 1000)),
    "吨": ("重", Fraction(1000)),
    "公斤": ("重", Fraction(1)),
    "斤": ("重", Fraction(1, 2)),
    "克": ("重", Fraction(1, 1000)),
    "毫克": ("重", Fraction(1, 1_000_000)),
    "元": ("钱", Fraction(1)),
    "角": ("钱", Fraction(1, 10)),
    "兆瓦": ("功率", Fraction(1000)),
    "千瓦": ("功率", Fraction(1)),
}
_BELOW_ZERO = re.compile(r"^(?:#0;下(?=#\d[^;]*;(?:度|摄氏度)?$)|负(?=#\d))#")
_PLAIN = re.compile(r"-?\d{1,20}(?:\.\d{1,9})?")
_MORNING, _LATER = "凌晨|清晨|早晨|早上|早|上午", "中午|下午|傍晚|晚上|晚间|晚|夜间|夜里|深夜"
_CLOCK = re.compile(
    rf"(?:(?P<morning>{_MORNING})|(?P<later>{_LATER}))?#(?P<hour>\d{{1,2}})(?:;[时点]|(?=\.[13];刻))"
    r"(?:#(?P<minute>\d{1,2});分?|(?P<half>半)|#(?P<quarters>[13]);刻|\.(?P<spoken>[13]);刻|整|钟)?整?$"
)


class _Hour(NamedTuple):
    """A time of day: what stands in front of it, the minutes from midnight, and whether they are certain."""

    head: str
    minutes: int
    certain: bool


def compare_equal(expected: str, given: str) -> Finding | None:
    """Near for equal amounts and hours in other words; None for all else."""
    if quantity(expected) is not None and quantity(expected) == quantity(given):
        return None  # 千米 and 公里 are one unit
    wanted, found = _measured(expected), _measured(given)
    if wanted is not None and wanted == found:
        return EQUAL
    hour, other = _hour(expected), _hour(given)
    return _same_hour(hour, other) if hour and other else None


def _measured(text: str) -> tuple[str | None, Fraction, str | None] | None:
    """The measure, the amount in its least unit and the bend of a quantity."""
    amount = quantity(_BELOW_ZERO.sub("#-", text))
    if amount is None or not _PLAIN.fullmatch(amount.number.rstrip("%")) or re.search("[多余]", text):
        return None
    measure, size = MEASURES.get(amount.unit or "", (amount.unit, Fraction(1)))
    percent = "%" if amount.number.endswith("%") else ""
    return (measure or percent, Fraction(amount.number.rstrip("%")) * size, amount.bend)


def _hour(text: str) -> _Hour | None:
    clock = _CLOCK.search(text)
    if clock is None or int(clock["hour"]) > 24:
        return None
    hour = int(clock["hour"])
    quarters = int(clock["quarters"] or clock["spoken"] or 0)
    minute = int(clock["minute"] or 30 * bool(clock["half"]) + 15 * quarters)
    later = bool(clock["later"]) and hour < 12
    certain = bool(clock["morning"]) or bool(clock["later"]) or hour > 12
    return _Hour(text[: clock.start()], (hour + 12 * later) * 60 + minute, certain)


def _same_hour(wanted: _Hour, found: _Hour) -> Finding | None:
    if wanted.head != found.head:
        return None
    if wanted.certain == found.certain:
        return EQUAL if wanted.minutes == found.minutes else None
    return _OTHER_PART if wanted.minutes % 720 == found.minutes % 720 else None

"""A figure -> wrong figures of the same unit, precision and hedge, stepped like an examiner's (C4).

145条 gives 135条, 155条, 165条: one step of the second digit, never a random offset with odd last digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from studytool.items.ladders import ladder
from studytool.items.numerals import CHINESE, chinese, number

_ARABIC = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_CHINESE = re.compile(f"[{CHINESE}]+")
_TAILS = ("以内", "内", "以上", "以下", "以前", "后")  # of a term: 三十日内
_ROUNDED = re.compile(r"\d[万亿千百十]?[多余]")

MOST_TENTHS = 9  # 十成 is all of it
_BOUNDS = (("天", 366), ("个月", 13), ("个省份", 32), ("小时", 169))  # the first figure out of reach


def figure_of(text: str) -> re.Match[str] | None:
    """The one number of `text`; None where there is none, or more than one."""
    found = list(_ARABIC.finditer(text))
    if len(found) == 1:
        return found[0]
    chinese_found = list(_CHINESE.finditer(text))
    return chinese_found[0] if not found and len(chinese_found) == 1 else None


def unit_of(text: str) -> str:
    """What is left of a figure without its number: 家, 亿元, %."""
    match = figure_of(text)
    return text[: match.start()] + "_" + text[match.end() :] if match else text


def counted_in(text: str) -> str:
    """What a figure counts, whether in myriads or not: 18.38亿人公里 and 1183.53万人公里 are of one kind."""
    return re.sub("_(?:万亿|亿|万)", "_", unit_of(text))


def stepped(key: str, rank: int, *, ruled: bool = False) -> tuple[str, ...]:
    """Wrong figures near `key`, nearest first; `rank` of the first three stand below it. What is `ruled` is
    rounder than what was counted: a rule says 15 or 20 years, not 16."""
    tail = next((tail for tail in _TAILS if key.endswith(tail)), "")
    if rule := ladder(key.removesuffix(tail), rank, ruled=ruled):
        return tuple(step + tail for step in rule)
    match = figure_of(key)
    if match is None:
        return ()
    spelled = match.group()[0] in CHINESE
    by_five = key.endswith("岁") or (ruled and key.endswith("年"))
    numbers = _stepped(match.group(), key, rank, by_five=by_five)
    values = _spelled(match.group(), key, rank, by_five=by_five) if spelled else numbers
    return tuple(key[: match.start()] + value + key[match.end() :] for value in values)


def _spelled(text: str, key: str, rank: int, *, by_five: bool) -> Iterator[str]:
    value = number(text)
    if value is None or value > 99 or value == 0:
        return
    own = _of_five(Decimal(value)) if by_five else _of_days(Decimal(value), key)
    size = int(own) if own is not None else _roundness(value)
    rank = max(rank, 1) if value == 2 else rank  # beside 两次 nobody looks for anything but 一次
    for step in (count * size for count in _order(rank)):
        if key.endswith("成") and value + step > MOST_TENTHS:
            continue
        if 99 >= value + step >= (1 if value <= 2 else 2):  # 两次 is not always the least of the options
            other = chinese(value + step)
            yield "两" if other == "二" else other


def _roundness(value: int) -> int:
    """二十名 steps to 三十名: among 二十一, 二十二 and 二十三 anybody takes the round one."""
    if value >= 20 and value % 10 == 0:
        return 10
    return 5 if value >= 10 and value % 5 == 0 else 1


def _order(rank: int) -> tuple[int, ...]:
    below, above = tuple(range(-1, -rank - 1, -1)), tuple(range(1, 4 - rank))
    return (*below, *above, *range(4 - rank, 7), *range(-rank - 1, -5, -1))


LONGEST = 20  # digits; what is longer is no figure, and beyond what can be calculated exactly


def _stepped(text: str, key: str, rank: int, *, by_five: bool) -> Iterator[str]:
    plain = text.replace(",", "").replace("，", "")
    value = Decimal(plain)
    if value == 0 or len(plain) > LONGEST:
        return
    step = _of_five(value) if by_five else _of_days(value, key) or _step(value, plain)
    if _ROUNDED.search(key):
        step = max(step, _grain(plain))
    top = _top(key, value)
    if top is not None and value < top:
        while value + step >= top and step > Decimal(1).scaleb(-_places(plain)):
            step = max(step / 5, Decimal(1).scaleb(-_places(plain))).quantize(
                Decimal(1).scaleb(-_places(plain))
            )
    for count in _order(rank):
        other = value + step * count
        if other > 0 and (top is None or value > top or other < top) and other >= value / 3:
            yield _written(other, plain, "," in text)


def _of_five(value: Decimal) -> Decimal:
    """60岁 steps to 65岁, 15年 to 20年: nobody sets an age of 61, or a term of 16 years."""
    return Decimal(5) if value >= 15 and value % 5 == 0 else Decimal(1)


_HOURS = 8  # of learning, in a day
_MONTHS = 6  # of half a year: what lasts longer than one is told in halves, and guessed in quarters


def _of_days(value: Decimal, key: str) -> Decimal | None:
    """32学时 steps to 40学时: so many hours are so many days; 18个月 to 21个月; None where they are not."""
    if key.endswith(("学时", "课时")) and value % _HOURS == 0:
        return Decimal(_HOURS)
    return Decimal(_MONTHS) / 2 if key.endswith("个月") and value > 12 and value % _MONTHS == 0 else None


def _grain(plain: str) -> Decimal:
    """20多万 steps to 30多万, not to 25多万: what is said roundly stays as round as it is."""
    if "." in plain:
        return Decimal(1).scaleb(-_places(plain))
    return Decimal(1).scaleb(len(plain) - len(plain.rstrip("0")))


def _top(key: str, value: Decimal) -> Decimal | None:
    """What no figure of this unit can reach: all of it, or the days of a year."""
    if "%" in key or "％" in key:
        return Decimal(100)
    limit = next((Decimal(most) for unit, most in _BOUNDS if key.rstrip("以上下左右").endswith(unit)), None)
    return limit if limit is not None and value < limit else None


def _places(plain: str) -> int:
    return len(plain.partition(".")[2])


def _step(value: Decimal, plain: str) -> Decimal:
    """About a tenth of the value, in units of its second digit, in the precision it is given in."""
    grain = Decimal(1).scaleb(-_places(plain))
    if value < 100 and value % 10 == 0 and grain == 1:
        return Decimal(10) if value >= 30 else Decimal(5)
    second = Decimal(1).scaleb(value.adjusted() - 1)
    if value < 20 and grain == 1:
        return Decimal(1) if value < 16 else Decimal(2)
    count = max(Decimal(1), (value / second / 10).quantize(Decimal(1)))
    step = max(count * second, grain)
    if value % 10 == 0 and value >= 100:  # a round figure stays as round as it is
        zeros = Decimal(1).scaleb(len(plain) - len(plain.rstrip("0")))
        step = max(step, min(zeros, value / 2))
    return step


def _written(value: Decimal, plain: str, grouped: bool) -> str:
    places = _places(plain)
    return f"{value:,.{places}f}" if grouped else f"{value:.{places}f}"


@lru_cache(maxsize=1 << 12)
def magnitude(text: str) -> Decimal | None:
    """The number in `text`, to put options in order."""
    match = figure_of(text)
    if match is None:
        return None
    if match.group()[0] in CHINESE:
        value = number(match.group())
        return None if value is None else Decimal(value)
    return Decimal(match.group().replace(",", "").replace("，", ""))

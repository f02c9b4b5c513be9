"""A term, an age, how often -> the other rungs of the ladder of such terms it stands on.

Rules do not count on in ones: whoever guesses between 三年, 四年, 五年 and 六年 only has to know which of
them there are.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from studytool.items.numerals import chinese, number

FARTHEST = 3  # steps from how often it is: 每周 tempts nobody who thinks of 每年
NEAR_AGES = 5  # with the right one: nobody retires at seventy who may at fifty-five
_ARABIC_TERMS = (
    ("1个月", "2个月", "3个月", "6个月", "9个月", "12个月", "18个月", "24个月"),
    ("半年", "1年", "2年", "3年", "4年", "5年", "6年"),
    *(
        tuple(f"{days}{unit}" for days in (3, 5, 7, 10, 15, 20, 30, 45, 60, 90))
        for unit in ("日", "天", "个工作日")
    ),
)
# Of years and of days, which have terms of their own between these: 十三年.
_LENGTHS = (
    ("三年", "五年", "七年", "十年", "十五年", "二十年", "二十五年"),
    ("三日", "五日", "七日", "十日", "十五日", "二十日", "三十日", "四十五日", "六十日", "九十日"),
)
_MONTHS = (
    ("一个月", "二个月", "三个月", "六个月", "九个月", "十二个月", "十八个月", "二十四个月"),
    ("一个月", "两个月", "三个月", "六个月", "九个月", "十二个月", "十八个月", "二十四个月"),
)
_CHINESE_TERMS = (
    *_MONTHS,
    ("半年", "一年", "一年半", "二年", "三年", "四年", "五年", "六年"),
    ("半年", "一年", "一年半", "两年", "三年", "四年", "五年", "六年"),
    *_LENGTHS,
)
# Terms as laws have them, counted in some three hundred: no law keeps a record for four years or six, or
# shows a list for six working days. (What is no term of the document at hand the guards sort out: 一年半.)
_YEARS = ("三年", "五年", "十年", "十五年", "二十年", "三十年")
_OF_LAWS = (
    ("六个月", "一年", "一年半", "二年", *_YEARS),
    ("六个月", "一年", "一年半", "两年", *_YEARS),
    tuple(f"{days}个工作日" for days in ("三", "五", "七", "十", "十五", "二十", "三十")),
    ("八小时", "十二小时", "二十四小时", "四十八小时", "七十二小时"),
    ("一倍", "二倍", "三倍", "五倍", "十倍", "二十倍"),
    ("一倍", "两倍", "三倍", "五倍", "十倍", "二十倍"),
)
_AGES = (14, 16, 18, 20, 22, 25, 28, 30, 35, 40, 45, 50, 55, 60, 65, 70)
_AGED = tuple(
    tuple(f"{written(age)}{unit}" for age in _AGES) for unit in ("岁", "周岁") for written in (str, chinese)
)
HOW_OFTEN = ("每周", "每月", "每季度", "每半年", "每年", "每两年", "每三年")
_TERM = re.compile(r"(?P<n>[一二三四五六七八九十]{2,3})(?P<unit>年|日)")
# Terms that rules use, each of one unit: no rule says seven months, or asks for an age of seventeen.
_LADDERS = (
    *_ARABIC_TERMS,
    *_CHINESE_TERMS,
    *_AGED,
    HOW_OFTEN,
)


def ladder(key: str, rank: int, *, ruled: bool = False) -> tuple[str, ...]:
    """The wrong terms of the ladder `key` stands on, the first three with `rank` of them below it; of what is
    `ruled` first those that laws have."""
    laws = _OF_LAWS if ruled else ()
    for steps in (*_MONTHS, *laws, *_LADDERS, *(_with(steps, key) for steps in _LENGTHS)):
        if key in steps:
            at = steps.index(key)
            start = max(0, min(at - rank, len(steps) - 4))
            first, below, above = steps[start : start + 4], steps[:start], steps[start + 4 :]
            near = _near(steps, at)
            return tuple(step for step in (*first, *reversed(below), *above) if step != key and step in near)
    return ()


def _near(steps: tuple[str, ...], at: int) -> tuple[str, ...]:
    """The steps that tempt whoever thinks of the one at `at`."""
    if steps is HOW_OFTEN:
        return steps[max(0, at - FARTHEST) : at + FARTHEST + 1]
    start = max(0, min(at - 2, len(steps) - NEAR_AGES))
    return steps[start : start + NEAR_AGES] if steps in _AGED else steps


def _with(steps: tuple[str, ...], key: str) -> tuple[str, ...]:
    """The ladder of terms with a rung of its own for a key that stands between two (十三年)."""
    term = _TERM.fullmatch(key)
    if term is None or not steps[0].endswith(term["unit"]):
        return steps
    value = number(term["n"]) or 0
    worths = [number(step.removesuffix(term["unit"])) or 0 for step in steps]
    if not worths[0] < value < worths[-1]:
        return steps
    at = sum(worth < value for worth in worths)
    return (*steps[:at], key, *steps[at:])


def climbing(options: Collection[str]) -> tuple[str, ...]:
    """Options that stand on one ladder, in its order; nothing where they do not."""
    steps = next((steps for steps in (*_OF_LAWS, *_LADDERS) if set(options) <= set(steps)), ())
    return tuple(step for step in steps if step in options)

"""Two dates as written -> do they name the same day, and if one says less, how much less.

A date answered with less than was asked, or with more than the source can confirm, is nearly right.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from studytool.marking.finding import RIGHT, Finding, nearly, rank, wrong
from studytool.marking.numerals import DIGIT_VALUES, canonical
from studytool.marking.writing import CHINESE_DIGITS, folded

_WRITTEN = re.compile(
    r"(?:公元)?(?:#(?P<year>\d{1,4});年(?=$|#))?"
    r"(?:#(?P<month>0?[1-9]|1[0-2]);月(?:份?$|(?=#)))?"
    r"(?:#(?P<day>0?[1-9]|[12]\d|3[01]);(?:[日号]|$))?"
)
_APART = r"(?:\s*[-/.,、·]\s*|\s+)"
# A time within the day, and the day of the week.
_TIME_OF_DAY = re.compile(
    r"[(（]?(?P<time>凌晨|清晨|早晨|早上|早|上午|中午|下午|傍晚|晚上|晚间|晚|夜间|夜里|深夜|夜|当天|当日"
    r"|(?:星期|周)[一二三四五六日天])[)）]?$"
)
# How people type dates in a hurry; only read so where a date was asked.
_SHORT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<year>\d{{4}}){_APART}(?P<month>0?[1-9]|1[0-2])(?:{_APART}(?P<day>0?[1-9]|[12]\d|3[01])日?)?",
        rf"(?P<month>0?[1-9]|1[0-2])(?:{_APART}|月)(?P<day>0?[1-9]|[12]\d|3[01])日?",
        rf"(?P<year>\d{{2}}){_APART}(?P<month>0?[1-9]|1[0-2]){_APART}(?P<day>0?[1-9]|[12]\d|3[01])日?",
        r"(?P<year>\d{4})年(?P<month>0?[1-9]|1[0-2])",
        r"(?P<year>\d{4})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])",
        r"(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])",
        r"(?P<year>\d{4})",
    )
)
_LEAD = re.compile("[于在](?=.{4})")  # says no more than that a time follows
# 九七年七月一日; 十五年 is a time span
_SPOKEN_YEAR = re.compile(f"[{CHINESE_DIGITS}]{{2}}(?=年[{CHINESE_DIGITS}十])")


class Day(NamedTuple):
    year: int | None
    month: int | None
    day: int | None


def _day(match: re.Match[str]) -> Day:
    found = match.groupdict()
    return Day(*(int(found[name]) if found.get(name) else None for name in Day._fields))


def _written_day(text: str) -> Day | None:
    match = _WRITTEN.fullmatch(text) if text else None
    if not match:
        return None
    day = _day(match)
    if day == Day(None, None, None) or (day.month is None and day.year is not None and day.year < 100):
        return None  # “五年” is a time span, not a date
    if day.year is None and day.month is None:
        return None  # “25日” alone may be 25 days
    if day.day is not None and day.month is None:
        return None
    return day


def _short_day(text: str) -> Day | None:
    for pattern in _SHORT:
        if match := pattern.fullmatch(folded(text).strip(" 。.“”\"'")):
            return _day(match)
    return None


def days(text: str) -> tuple[Day, ...] | None:
    """The dates a text consists of: one, or the two ends of a period; None for other texts."""
    start, found, end = canonical(text).partition("至")
    first = _written_day(start) or _lone_number(start, end)
    if first is None or not found:
        return (first,) if first and not found else None
    last = _written_day(end) or _written_tail(end, first)
    if last is None:
        return None
    first = Day(*(a if a is not None or b is None else b for a, b in zip(first, last, strict=True)))
    return first, last._replace(year=last.year or first.year, month=last.month or first.month)


def _lone_number(start: str, end: str) -> Day | None:
    """The 2020 of 2020至2025年, the 8月7 of 8月7至11日."""
    day = None
    if (match := re.fullmatch(r"#(\d{4});", start)) and re.fullmatch(r"#\d{4};年", end):
        day = Day(int(match[1]), None, None)
    return day


def _written_tail(end: str, first: Day) -> Day | None:
    """The 11日 of 8月7日至11日, the 2025 of 2020年至2025."""
    if first.day is not None and (match := re.fullmatch(r"#(\d{1,2});[日号]?", end)):
        return Day(None, None, int(match[1]))
    if first.month is None and (match := re.fullmatch(r"#(\d{4});", end)):
        return Day(int(match[1]), None, None)
    return None


def _said_shortly(given: str) -> str:
    """A date that was asked, without the 于 before it and with the figures of a year said in two of them."""
    text = folded(given).strip()
    lead = _LEAD.match(text)
    text = text[lead.end() :] if lead else text
    year = _SPOKEN_YEAR.match(text)
    return "".join(str(DIGIT_VALUES[digit]) for digit in year[0]) + text[year.end() :] if year else text


def _confirmed(day: Day, evidence: str) -> bool:
    parts = zip(day, "年月日", strict=True)
    return all(number is None or f"#{number};{unit}" in evidence for number, unit in parts)


def _compared(expected: Day, given: Day, evidence: str) -> Finding:
    both = tuple(zip(expected, given, strict=True))
    if expected.year and given.year and given.year < 100 and expected.year % 100 == given.year:
        if both[1:] == ((expected.month,) * 2, (expected.day,) * 2):
            return nearly("年份应写全")
        return wrong("日期不对")
    if any(a is not None and b is not None and a != b for a, b in both):
        return wrong("日期不对")
    missing = sum(a is not None and b is None for a, b in both)
    if missing:
        shared = sum(a is not None and a == b for a, b in both)
        return nearly("日期不完整") if missing == 1 and shared else wrong("日期不完整")
    if expected == given or _confirmed(given, evidence):
        return RIGHT
    return nearly("日期比答案多，原句不能证实")


def _without_time(expected: str, given: str) -> Finding | None:
    """The day of 8月25日晚 without the 晚."""
    time = _TIME_OF_DAY.search(expected.strip())
    if time and compare_dates(expected.strip()[: time.start()], given) == RIGHT:
        return nearly("少了时刻")
    return None


def compare_dates(expected: str, given: str, evidence: str = "") -> Finding | None:
    """What the dates say of each other; None where a date was not asked or not answered.

    `evidence` is a canonical text that may confirm what the response adds."""
    wanted = days(expected)
    if wanted is None:
        return _without_time(expected, given)
    given = _said_shortly(given)
    if (time := _TIME_OF_DAY.search(given.strip())) and wanted[-1].day is not None:
        finding = compare_dates(expected, given.strip()[: time.start()], evidence)
        return nearly("比答案多了时刻") if finding == RIGHT and time["time"] not in evidence else finding
    found = days(given)
    if found is None and len(wanted) == 1:
        short = _short_day(given)
        found = (short,) if short else None
    elif found is None:
        found = days(f"{given}年")  # 2020-2025 for 2020—2025年
    if found is None:
        return None
    if len(wanted) != len(found):
        return nearly("起止日期不完整") if found[0] in wanted else wrong("日期不对")
    findings = [_compared(a, b, evidence) for a, b in zip(wanted, found, strict=True)]
    return min(findings, key=rank)

"""A date -> wrong dates of the same form: another day, another month, another year.

A lone year moves by one to three, never past the document's own date; a year to come, to another for which
plans are made. Of a day the day moves within its month: the same day a month later, in a chronicle of
January, and the year next to a famous one tempt nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from studytool.items.numerals import count_of, with_arabic, with_chinese

_DATE = re.compile(
    r"^(?:(?P<y>\d{4})年)?(?:(?P<m>\d{1,2})月)?(?:(?P<d>\d{1,2})日?)?(?:(?P<to>[至到—－–-])(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日)?"
    r"(?P<rest>年?[底初末]|[春夏秋冬]?|[上下]半年|[上中下]旬)$"
)
STEPS = (-1, 1, -2, 2, -3, 3)  # years or months
# The years for which aims are set: the ends of plans of five years and the centenaries.
PLANNED = (2020, 2025, 2027, 2030, 2035, 2040, 2045, 2049, 2050, 2060)
FAR_AHEAD = 2030  # of a paper without a date such a year is an aim
# By how many days a day, and a range of days, is moved.
DAYS, RANGED = (-5, 4, 8, -9, -3, 6, 11, -12), (-2, 3, 2, -1, 4, -4)
WRONG = 3  # options beside the right one
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


# An event that is called by its day: 五四运动, 五卅惨案, 九一八事变, “四·一二”反革命政变, “七一”讲话.
_CALLED = re.compile(
    r"(?<![一二三四五六七八九十第])[“‘]?(?P<day>[一二三四五六七八九十](?:[·．.]?[一二三四五六七八九十卅]){1,3})(?:"
    r"[”’]|[\u4e00-\u9fff]{0,4}(?:运动|事变|惨案|政变|起义|会议|抗战|指示|讲话|宣言|革命|纪念|公报))"
)
_MONTH_AND_DAY = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日")


def is_named(day: str, text: str) -> bool:
    """Does `text` call an event by this day (5月30日)?"""
    match = _MONTH_AND_DAY.search(with_arabic(day))
    if match is None:
        return False
    month, number = int(match["month"]), int(match["day"])
    names = {_digits(month) + name for name in (_digits(number), "卅" if number == 30 else "")}
    return any(re.sub("[·．.]", "", called["day"]) in names for called in _CALLED.finditer(text))


def _digits(value: int) -> str:
    """12 -> 一二, as days are said in names."""
    return with_chinese("".join(f"{digit}、" for digit in str(value))).replace("、", "")


_CONGRESS = re.compile("(?:党的)?(?P<count>[一二三四五六七八九十]{1,3})大(?:精神|报告|部署)?")
_TWELFTH, _EVERY = 1982, 5  # the Party's congress, and how many years lie between two since


def year_of_congress(name: str) -> int | None:
    """The year of 党的二十大; of those before the twelfth none is told."""
    match = _CONGRESS.fullmatch(name)
    count = count_of(match["count"]) if match else 0
    return _TWELFTH + _EVERY * (count - 12) if count >= 12 else None


def shifted(key: str, rank: int, newest: int | None) -> tuple[str, ...]:
    """Wrong dates in the form of `key`, the most tempting first; `newest` is the year of the paper."""
    plain = with_arabic(key)
    match = _DATE.match(plain)
    if match is None or not (match["y"] or match["m"]):
        return ()
    if match["m"] and not 1 <= int(match["m"]) <= 12:  # a slip in the text: 13月
        return ()
    found = [text for text in dict.fromkeys(_variants(match, newest)) if text != plain]
    return tuple(with_chinese(text) if plain != key else text for text in _placed(found, plain, rank % 4))


def _placed(found: Sequence[str], key: str, rank: int) -> list[str]:
    """The most tempting of them, `rank` of the first three before the key where there are so many: a day that
    always stands in the middle can be guessed."""
    before = [text for text in found if order(text) < order(key)]
    after = [text for text in found if order(text) >= order(key)]
    below = min(len(before), max(rank, 3 - len(after)))
    first = [*before[:below], *after[: 3 - below]]
    return [*first, *(text for text in found if text not in first)]


def _variants(match: re.Match[str], newest: int | None) -> Iterator[str]:
    year = int(match["y"]) if match["y"] else None
    month = int(match["m"]) if match["m"] else None
    day = int(match["d"]) if match["d"] else None
    years = _other_years(year, newest) if year else []
    if month is None:
        yield from (_form(match, y, None, 0) for y in years)
        return
    moves = day != 1 or match["to"] is not None  # what begins on a first begins on no ninth
    months = [m for m in (month + s for s in STEPS) if 1 <= m <= 12]
    shifts = (
        [s for s in (DAYS if not match["to"] else RANGED) if _fits(match, month, s)] if day and moves else []
    )
    near = [m for m in months if not day or _fits(match, m, 0)]
    if match["to"] or len(shifts) >= WRONG:
        near = years = []  # a range moves within its month, and a day where it can
    yield from (_form(match, year, month, s) for s in shifts)
    in_years = [_form(match, y, month, 0) for y in years]
    in_months = [_form(match, year, m, 0) for m in near]
    # What begins on a 1st of January begins rather in another year than on a 1st of March.
    yield from chain(in_months, in_years) if moves else chain(in_years, in_months)


def _other_years(year: int, newest: int | None) -> list[int]:
    """The nearest years, none later than a paper that looks back; 2049 and 2050 are one aim."""
    ahead = year > newest if newest else year >= FAR_AHEAD
    if ahead and year in PLANNED:
        planned = (y for y in PLANNED if (newest is None or y > newest) and abs(y - year) > 1)
        return sorted(planned, key=lambda y: abs(y - year))
    last = newest if newest and year <= newest else 9999
    return [year + step for step in STEPS if year + step <= last]


def _fits(match: re.Match[str], month: int, shift: int) -> bool:
    last = _MONTH_DAYS[month - 1]
    days = [int(match[name]) + shift for name in ("d", "d2") if match[name]]
    return all(1 <= day <= last for day in days)


def _form(match: re.Match[str], year: int | None, month: int | None, shift: int) -> str:
    text = match.string
    for name in ("d2", "d", "m", "y"):  # from the right, so that offsets hold
        if match[name] is None:
            continue
        value = int(match[name]) + shift if name.startswith("d") else (month if name == "m" else year)
        text = text[: match.start(name)] + str(value) + text[match.end(name) :]
    return text


def order(text: str) -> tuple[int, ...]:
    """The numbers of a date, to put options in order."""
    return tuple(int(part) for part in re.findall(r"\d+", with_arabic(text)))

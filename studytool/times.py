"""Times in a text that depend on where they stand (今年, 5月12日, 截至目前) -> what they mean.

An anchor is the article's day and the years its text has named. The surprising decision: a day without
a year takes the year last named in its own paragraph, never the article's year, where the text is
telling history; what is not sure stays unresolved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

from studytool.limits import FIRST_YEAR, LAST_YEAR
from studytool.model import Span, TimeMention
from studytool.words import begins_word


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is known before a sentence: the article's day, the year last named in the paragraph before the
    sentence, the only year its section names, that of its title if it is not its own, the years named last
    and the latest named in the article.

    A year is None where none was named, `UNSURE` where a period of years was. `told` is the day (year, month,
    day; 0 where the day is not said) the article told of last, unless another year has been named since;
    `near` says that this was just now, in this paragraph or the one before it. `sent`: it is news of a day
    without a year. `current`: it has told a day of its own year without it, as news does."""

    published_on: date | None = None
    paragraph_year: int | None = None
    section_year: int | None = None
    title_year: int | None = None
    article_year: int | None = None
    latest_year: int | None = None
    told: tuple[int, int, int] | None = None
    near: bool = False
    sent: bool = False
    current: bool = False


UNSURE = 0
HISTORY = 10  # a text about years longer ago than this does not mean today by “目前”
CENTURY = 2001  # a year before is not the own time of a text of which no day is known
NEWS = 31  # days before its own day of which a text tells without a year
HISTORY_QUOTED = 2  # nor does a quotation in a text about years longer ago than this

YEAR = re.compile(r"(?<!\d)((?:1[89]|20)\d{2})(?=年(?!代|来|间|度?以?来))")
_ASIDE = re.compile(r"（[^（）]*）|《[^《》]*》")
_PERIOD = re.compile(r"(?:年|\d)(?:至|—|－|-|～|到)$")
_COMPARED = re.compile(r"(?:比|较|相较于?|与|同)$")
# 自1981年建立省州友好关系以来: what is told next is of any year since.
_SINCE = re.compile(r"(?:自|从)(?:1[89]|20)\d{2}年[^。；]{0,40}?(?:以来|起|至今|开始)")
_AIMED_AT = re.compile(r"(?:(?<!截)[到至]|力争|预计|计划|拟于?|将于)$")
_MONTH = (  # no end of a range (3月至6月); 至6月底 is a time of its own
    r"(?<![\d年第个\-—～·.])(?<![\d年月日号末底初旬间到][至到])(?<!\d、)(?P<m>1[0-2]|[1-9])月"
)
_MONTHS = re.compile(  # 7、8、9三个月, of which year?
    r"(?<![\d年第个至到—\-～·.、])(?:(?:1[0-2]|[1-9])、)+(?P<m>1[0-2]|[1-9])(?:月|[两三四五六]个月)"
)
_DAY_IN_YEAR = re.compile(
    _MONTH + r"(?:(?P<d>3[01]|[12]\d|[1-9])日|(?=[底初末中上下份，以至、]|[\u4e00-\u9fff]))"
)
_DATED = re.compile(r"(?<!\d)((?:1[89]|20)\d{2})年(?P<m>1[0-2]|[1-9])月(?:(?P<d>3[01]|[12]\d|[1-9])日)?")

# A day that a feast, or an order about every year, names: 国庆节自10月1日起, 每年5月.
_EVERY_YEAR = re.compile(
    r"年(?:的)?$|[今去前明]年[^，。]{0,2}$|(?:同|当|次|翌|每|历)年$|农历$|每逢?$"
    r"|(?:国庆节?|元旦|劳动节|青年节|儿童节|建军节|教师节|妇女节|植树节|纪念日|宪法日|公祭日)(?:假期)?[自从于在为是（]?$"
)
# 以8月1日为中国工农红军成立纪念日: the day is made a feast, it is not told of a year.
_MADE_A_FEAST = re.compile(
    r"(?:确?定|设立?|规定)?[为是][^，。；]{0,24}?(?:纪念日|宣传日|教育日|活动日|公祭日|宪法日|[\u4e00-\u9fff]节)(?=[，。；、”》）的]|$)"
)

_WEEKDAYS = dict(zip("一二三四五六日天", (0, 1, 2, 3, 4, 5, 6, 6), strict=True))
_WEEKDAY = re.compile(rf"[（(](?:周|星期)([{''.join(_WEEKDAYS)}])")

Resolver = Callable[[date], str]


def _year(step: int) -> Resolver:
    return lambda day: f"{day.year + step}年"


def _as_of(day: date) -> str:
    return f"截至{day.year}年{day.month}月"


def _day(step: int) -> Resolver:
    def resolve(day: date) -> str:
        then = day + timedelta(days=step)
        return f"{then.year}年{then.month}月{then.day}日"

    return resolve


def _month(step: int) -> Resolver:
    def resolve(day: date) -> str:
        months = day.year * 12 + day.month - 1 + step
        return f"{months // 12}年{months % 12 + 1}月"

    return resolve


def _about(day: date) -> str:
    """“日前” in January may be last year: then it is not known."""
    return f"{day.year}年" if day.month > 1 else ""


_LOOKS_BACK = 3  # months of a year in which 过去一年 is the year before


# The words that hang on the article's day, longest first; “” from a resolver: not sure.
_RELATIVE: tuple[tuple[str, Resolver], ...] = (
    (r"截至目前|截止目前|到目前为止|迄今为止|截至(?:今天|发稿(?:时|日)?)", _as_of),
    (r"今年|(?<![基资])本年度?(?![鉴])", _year(0)),
    (r"去年|(?<![以与比较同])上年度", _year(-1)),
    (r"前年(?!轻)", _year(-2)),
    (r"明年", _year(1)),
    (r"近年来|近几年来?|近些年来?|最近几年", lambda day: f"近年来（至{day.year}年）"),
    (r"(?<![以从])目前(?!为止|后)|眼下", _as_of),
    (r"(?<![\d此之一二三四五六七八九十百作准止])日前(?!后)|近日|(?<![附最就])近期|前不久|不久前", _about),
    (r"过去的?一年(?=[，里中是])", lambda day: f"{day.year - 1}年" if day.month <= _LOOKS_BACK else ""),
    (r"(?<=的)昨[天日]", lambda _day: ""),  # 中华民族的昨天 is no day
    (r"昨天|昨日", _day(-1)),
    (r"前天", _day(-2)),
    (r"(?:今天|今日)(?=[，（上下晚在起])", _day(0)),
    (r"本月", _month(0)),
    (r"上个?月(?=[^底初])", _month(-1)),
)
_WORDS = re.compile("|".join(f"(?P<r{i}>{pattern})" for i, (pattern, _) in enumerate(_RELATIVE)))
_SAME_YEAR = re.compile(r"(?P<same>同年|当年(?=[底初末，\d年]))|(?P<next>次年|翌年|第二年(?=[，\d春夏秋冬]))")


def mentions(text: str, anchor: Anchor) -> tuple[TimeMention, ...]:
    """The times of a sentence that hang on something outside them, in order."""
    if anchor.published_on and not FIRST_YEAR <= anchor.published_on.year <= LAST_YEAR:
        anchor = replace(anchor, published_on=None)
    found = [*_relative(text, anchor), *_days(text, anchor), *_same_year(text, anchor)]
    return tuple(sorted(found, key=lambda one: one.span))


def _relative(text: str, anchor: Anchor) -> list[TimeMention]:
    found = []
    for match in _WORDS.finditer(text):
        if not begins_word(text, match.start()):
            continue
        resolver = _RELATIVE[int((match.lastgroup or "r0")[1:])][1]
        day = anchor.published_on
        resolved = resolver(day) if day and _told_today(text[: match.start()], anchor, day) else ""
        found.append(TimeMention(Span(*match.span()), resolved or None))
    return found


def _told_today(before: str, anchor: Anchor, day: date) -> bool:
    """Does the text speak of its own day here, and not tell (or quote) history?"""
    year = last_year(before) or anchor.paragraph_year or anchor.latest_year
    quoted = before.count("“") > before.count("”")
    return year is None or day.year - year <= (HISTORY_QUOTED if quoted else HISTORY)


def _days(text: str, anchor: Anchor) -> list[TimeMention]:
    """“5月12日”, “5月” and “7、8月” without a year before them."""
    found = []
    for match in chain(_DAY_IN_YEAR.finditer(text), _MONTHS.finditer(text)):
        before = text[: match.start()]
        if _EVERY_YEAR.search(before) or _MADE_A_FEAST.match(text, match.end()):
            continue
        year = _year_of(before, anchor, int(match.group("m")), int(match.groupdict().get("d") or 0))
        words, weekday = match.group(), _WEEKDAY.match(text, match.end())
        if year and weekday and not _is_on(weekday[1], year, match):
            year = None
        found.append(TimeMention(Span(*match.span()), f"{year}年{words}" if year else None))
    return found


def _is_on(weekday: str, year: int, day: re.Match[str]) -> bool:
    """Does the day fall on this weekday in that year? Else it is of another: 1月1日（周三）, in 2025."""
    try:
        then = date(year, int(day["m"]), int(day.groupdict().get("d") or 1))
    except ValueError:
        return False
    return then.weekday() == _WEEKDAYS[weekday]


def _year_of(before: str, anchor: Anchor, month: int, day: int) -> int | None:
    own = last_year(before)
    section = None if anchor.sent or anchor.current else anchor.section_year  # news looks back on one, too
    named = (own, anchor.paragraph_year, section, anchor.title_year)
    year = next((y for y in named if y is not None), None)
    issued = anchor.published_on
    if anchor.sent and own is None and (year or 0) >= CENTURY:
        return None  # news looks back on the year before, and tells of today
    if year is not None:
        return None if issued and _may_be_now(year, (month, day), issued) else year or None
    if goes_on := _goes_on(anchor, (month, day)):
        return goes_on
    told_now = issued is not None and (anchor.article_year is None or anchor.article_year >= issued.year - 1)
    if issued and told_now and (month, day) <= (issued.month, issued.day):
        return issued.year
    return None


def _goes_on(anchor: Anchor, day: tuple[int, int]) -> int | None:
    """The year of the day told of last, if this one comes after it: 1925年5月30日……。8月4日成立总工会.

    Of its own time a text may tell in any order, and a plan aims at months to come; a chronicle goes on from
    day to day."""
    if anchor.told is None:
        return None
    year, *last = anchor.told
    if anchor.published_on is None:
        sure = year < CENTURY or (anchor.near and day[1] > 0 and last[1] > 0)
    else:
        sure = anchor.published_on.year - year > 1
    return year if sure and day >= tuple(last) else None


def _may_be_now(year: int, day: tuple[int, int], issued: date) -> bool:
    """Does a text that has just named the year before perhaps tell of this month? 2023年……。全会于1月8日开幕,
    in news of January 2024."""
    if year != issued.year - 1 or day > (issued.month, issued.day):
        return False
    month = issued - timedelta(days=NEWS)
    return month.year < issued.year or day >= (month.month, month.day)


def last_year(text: str) -> int | None:
    """The year a text named last, not in an aside or a title; `UNSURE` if it ends a period or is an aim. One
    that is only compared with (比2012年) is passed over."""
    plain = _ASIDE.sub("", text)
    years = list(YEAR.finditer(plain))
    if not years:
        return None
    told = next((year for year in reversed(years) if not _COMPARED.search(plain, 0, year.start())), None)
    return int(told.group(1)) if told and _is_of_its_own(told, plain) else UNSURE


def _is_of_its_own(year: re.Match[str], plain: str) -> bool:
    """Is it the year of what is told: no end of a period, no aim, and not what all has been like since?"""
    before = plain[: year.start()]
    since = any(match.start() < year.start() < match.end() for match in _SINCE.finditer(plain))
    return not (since or _PERIOD.search(before) or _AIMED_AT.search(before))


def last_told(text: str, found: Sequence[TimeMention]) -> tuple[int, int, int] | None:
    """The day a text tells of last, not in an aside or a title: with its year, or resolved."""
    aside = [Span(*match.span()) for match in _ASIDE.finditer(text)]
    written = ((Span(*match.span()), match) for match in _DATED.finditer(text))
    known = ((one.span, _DATED.fullmatch(one.resolved or "")) for one in found)
    told = ((span, day) for span, day in (*written, *known) if not any(own.contains(span) for own in aside))
    days = [(span.start, day) for span, day in told if day is not None]
    if not days:
        return None
    _, last = max(days, key=lambda one: one[0])
    return int(last[1]), int(last["m"]), int(last["d"] or 0)


def years_named(text: str) -> set[int]:
    """Every year a text names, not in an aside or a title."""
    return {int(match.group(1)) for match in YEAR.finditer(_ASIDE.sub("", text))}


def _same_year(text: str, anchor: Anchor) -> list[TimeMention]:
    found = []
    for match in _SAME_YEAR.finditer(text):
        year = last_year(text[: match.start()]) or anchor.paragraph_year
        step = 1 if match.group("next") else 0
        found.append(TimeMention(Span(*match.span()), f"{year + step}年" if year else None))
    return found

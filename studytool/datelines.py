"""Text -> the dateline before it: who sent a piece, whence and when, and who wrote it.

本报讯（记者 李明）, 新华社北京6月3日电: it proves that an article begins, and none of its words are the
article's. The surprising decision: it counts where it opens a paragraph, and only there; inside a text
本报 and 新华社 are names as others.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_SENDER = (
    r"[（(【]?据?(?:本[报刊网台社]|新华[社网]|中新[社网]|人民[日网]报?|央视网?|中国新闻网|光明网"
    r"|[\u4e00-\u9fff]{2,6}[日晚晨早]报)"
)
_DAY = r"(?:(?:\d{1,2}月)?\d{1,2}日|(?:[一二三四五六七八九十]{1,2}月)?[一二三四五六七八九十]{1,3}日)"
_SENT = re.compile(
    rf"{_SENDER}(?:综合)?(?:[\u4e00-\u9fff]{{0,10}}?(?:（[\u4e00-\u9fff]{{2,8}}）)?{_DAY}"
    r"|[\u4e00-\u9fff]{2,6}(?=[电讯]\s?(?:记者|通讯员|[（(：:]))|[\u4e00-\u9fff]{2,4}?(?=电(?![子报话视影力台站网信脑器])))?"
    r"(?:综合)?(?:专?电|讯|消息)(?=[】）)（(，：:\s记通\d“‘『《’]|[\u4e00-\u9fff])"
)
# Up to the first word of the text. Behind 题： stands a title; where names end without a bracket, who knows?
_WHOLE = re.compile(
    rf"{_SENDER}(?:[\u4e00-\u9fff、]{{0,12}}?{_DAY}|[\u4e00-\u9fff]{{2,6}}(?=[电讯](?:（|(?:本报)?记者[^，。]{{2,24}}报道)))?"
    r"(?:综合)?"
    r"(?:专?电(?![子报话视影力])|专?讯(?![息问])|消息(?=[（(：:】)）]))[】）)]?"
    r"(?:[（(][^（）()]{0,80}[）)])?(?:(?:本报)?记者[\u4e00-\u9fff、]{2,24}?报道)?[：:，]?(?!题：|记者|通讯员|[，。；：）])"
)


def is_sent(text: str) -> bool:
    """Does the text begin as one that a paper has been sent?"""
    return _SENT.match(text) is not None


# Of which month? The reader of that day knew: 习近平8日上午在……会议上发表重要讲话.
_BARE_DAY = re.compile(r"(?<![月\d至到、—－～-])\d{1,2}日(?=上午|下午|晚|凌晨|在|电|讯|，)")
_OPENING = 150  # characters, in which news says so


def is_of_a_day(text: str) -> bool:
    """Is it the opening of news, which says who sent it, or a day without its month?"""
    opening = text[:_OPENING]
    return _SENT.search(opening) is not None or _BARE_DAY.search(opening) is not None


_MONTH_AND_DAY = re.compile(r"(?<![年\d])\d{1,2}月\d{1,2}日")
_YEAR = re.compile(r"\d{4}年|[一二][〇○零一二三四五六七八九]{3}年")


def leaves_year_out(text: str) -> bool:
    """Does it open with a day of no year, as only the news of that year does: 4月19日，……考察清华大学?"""
    opening = text[:_OPENING]
    day, year = _MONTH_AND_DAY.search(opening), _YEAR.search(opening)
    return day is not None and (year is None or day.start() < year.start())


def opens_with_day(text: str) -> bool:
    """Does it open with a day of no year: 7月9日上午，省委常委会召开会议?"""
    return _MONTH_AND_DAY.match(text) is not None


_NEWS = 3  # days after which news is printed


def tells(text: str, day: date) -> bool:
    """Is `text` news that opens with this day and its month, or one of the few before it, without a year?"""
    if not leaves_year_out(text):
        return False
    told = {match.group() for match in _MONTH_AND_DAY.finditer(text[:_OPENING])}
    days = (day - timedelta(back) for back in range(_NEWS + 1))
    return any(f"{then.month}月{then.day}日" in told for then in days)


def length(text: str) -> int:
    """How many characters of the text are its dateline; 0 where it has none, or none that surely ends."""
    found = _WHOLE.match(text)
    return found.end() if found else 0

"""The headline of a report -> on which occasion it tells of what was said: who spoke, where and when.

“习近平在二十届中央纪委三次全会上发表重要讲话强调 深入推进……” says all of it, “李强主持召开国务院常务会议”
which meeting it was, “习近平调研指导兰考县……” only who spoke.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from studytool.items import citations
from studytool.items.context import Context
from studytool.model import Article
from studytool.words import tagged

_NAME = r"(?P<who>[\u4e00-\u9fff]{2,4}?)"
# 习近平在……上发表重要讲话强调, 习近平主持召开……座谈会强调: up to the verb.
_SPOKE = re.compile(
    rf"(?P<where>{_NAME}(?:总书记|主席|总理)?"
    r"(?=在|对|就|向|同|到|赴|出席|主持|考察|视察|调研|听取|致)[^，。；：！？ 　]{4,48}?)"
    r"(?:强调|指出|要求)(?=$|[ 　：，])"
)
# 中央经济工作会议在北京举行, 李强主持召开国务院常务会议.
_MET = re.compile(
    r"(?:[\u4e00-\u9fff]{2,4}?主持召开)?"
    r"(?P<name>(?:国务院|中央|全国|党中央|中国共产党|[一二三四五六七八九十]+届)[^，。；：！？ 　]{0,26}?"
    r"(?:会议|大会|全会|座谈会))"
    r"(?=$|[ 　：，]|(?:\d{1,2}日)?(?:在[\u4e00-\u9fff]{1,6})?(?:举行|召开|闭幕|开幕))"
)
_CALLED = re.compile("主持召开(?P<name>[^，。；]{4,40}(?:会议|座谈会|大会))$")
_BUREAU_MET = re.compile("(?P<name>中共中央政治局(?:常务委员会|常委会)?)召开会议")
# 习近平视察……: who speaks is all it says.
_DID = re.compile(rf"{_NAME}(?:总书记|主席|总理)?(?=在|对|就|向|同|到|赴|出席|主持|考察|视察|调研|会见|致)")
# 习近平在……上的讲话: the text itself, and no report of it.
_SPEECH = re.compile(
    "(?:的(?:重要)?(?:讲话|报告|发言)|致辞|演讲|贺[信词]|文章|答问|谈话|回信)(?:（[^（）]*）)?$"
)
_JOURNEY = re.compile("考察|视察|调研|走访|看望|慰问")
MEETING = "(?:这次|本次|此次)?(?:会议|大会|全会|座谈会)"


class Speaker(NamedTuple):
    """Who speaks, as a pattern of what sentences open with; and the words that say so, where and when: the
    verb follows them. `cited` says that they only cite the report, and that who speaks follows, too.
    `meeting` is what the meeting is told as that he presides over, and that speaks beside him."""

    named: str
    said_at: str
    cited: bool = False
    meeting: str = ""

    @property
    def is_meeting(self) -> bool:
        return self.named == MEETING

    @property
    def is_on_a_journey(self) -> bool:
        """Does the reporter tell, between his words, what he saw?"""
        return _JOURNEY.search(self.said_at) is not None


def speaker_of(article: Article, context: Context) -> Speaker | None:
    """What the headline of `article` tells of who speaks in it; None if it is no report of a speech."""
    return context.recall(("speaker", article.id), lambda: _told(article, context))


def _told(article: Article, context: Context) -> Speaker | None:
    for line in filter(None, (article.kicker, article.title, article.subtitle)):
        for read in (_spoken, _met, _did):
            if found := read(line, article, context):
                return found
    return None


def _spoken(line: str, article: Article, context: Context) -> Speaker | None:
    match = _SPOKE.match(line)
    if match is None or not is_person(match["who"]):
        return None
    where, day = match["where"], _day(article, context)
    month = f"{day.rpartition('月')[0]}月，" if day and not _YEAR.search(where) else ""
    called = _CALLED.search(where)
    meeting = f"{month}{called['name']}" if called else ""
    return Speaker(match["who"], f"{month}{where}", meeting=meeting)


def _met(line: str, article: Article, context: Context) -> Speaker | None:
    """A meeting that is named; one of many of its name is known by its day."""
    bureau, match = _BUREAU_MET.match(line), _MET.match(line)
    day = _day(article, context)
    if bureau is not None:
        whole = day and _WHOLE_DAY.fullmatch(day)
        return Speaker(MEETING, f"{bureau['name']}{day}会议") if whole else None
    if match is None or not (day or _NUMBERED.search(match["name"])):
        return None
    return Speaker(MEETING, f"{day}，{match['name']}" if day else match["name"])


def _did(line: str, article: Article, context: Context) -> Speaker | None:
    citation = citations.cited(article, context)
    found = (match for part in line.split() if (match := _DID.match(part)) and is_person(match["who"]))
    match = next(found, None)
    if match is None or citation is None or _SPEECH.search(line):
        return None
    speakers = f"{match['who']}|{MEETING}" if "主持" in line else match["who"]
    return Speaker(speakers, f"据{citation}，", cited=True)


def is_person(name: str) -> bool:
    """Is it the name of a person, and of nobody else besides?"""
    return all(word.tag.startswith("nr") for word in tagged(name))


_NUMBERED = re.compile("第[一二三四五六七八九十百]+次|[一二三四五六七八九十]+届")
_YEAR = re.compile(r"\d{4}年")
_WHOLE_DAY = re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月\d{1,2}日")
OPENING = 4  # sentences in which a report tells its day
_TO = ("至", "—", "-", "到", "、", "－", "～")  # 12月14日至16日
LATEST = 7  # days after which a speech is reported


def _day(article: Article, context: Context) -> str:
    """2024年1月8日, on which it was said, or 2024年1月; nothing where the report does not tell and may have
    come out a month later."""
    published = article.published_on
    if published is None:
        return ""
    for sentence in context.of_article(article.id)[:OPENING]:
        for time in sentence.times:
            if match := _WHOLE_DAY.match(time.resolved or ""):
                months = 12 * (published.year - int(match["y"])) + published.month - int(match["m"])
                more = match.end() < len(time.resolved or "") or sentence.text.startswith(_TO, time.span.end)
                day = f"{match['y']}年{match['m']}月" if more else match.group()
                return day if 0 <= months <= 1 else ""
    return f"{published.year}年{published.month}月" if published.day > LATEST else ""

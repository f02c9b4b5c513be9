"""The lines of a group without prose -> the Head of an article: kicker, title, subtitle, byline, date.

The surprising decision: of several unmarked lines the first long one is the title; only marked headings
say by their level which of them is the greater.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import zip_longest

from studytool.articles import dates, names
from studytool.articles.contents import letters
from studytool.articles.elements import Head
from studytool.articles.lines import HAN, heading_text, spaced
from studytool.articles.roles import LONGEST_TITLE, Look, Seen
from studytool.model import Passage

_JOINT_PUBLISHER = re.compile(r".{4,40}(?:合办|联合主办|联合发布)")

_ORGAN = (
    r"[^，。、《》 ]{2,24}(?:局|厅|部|委员会|委|办公室|办公厅|政府|总队|调查队|联合会|总工会|法院|检察院"
    r"|研究会|学会|协会|研究院|研究所|研究中心|党校|课题组|编写组|中心组|大学|学院|理论组)"
    r"|新华社|国务院"
)
_ORGANS = re.compile(rf"(?:{_ORGAN})(?: (?:{_ORGAN})){{0,3}}")
_STATE = "中华人民共和国"  # on a line of its own above the name of a ministry
# What a converter notes of a page besides its title.
_NOTED = re.compile(
    r"(?:类别|所在地|地点|关键词|主题词|索引号|[文字]号|浏览次数|点击数|成立时间|简介|栏目|分类|来源|出处|信息来源)[:：]"
)
_ISSUED_BY = re.compile(r"(?:(?:发布|发文|制定|印发)(?:机构|机关|单位))[:：] ?(?P<organ>.{2,40})")
_NAMED = re.compile(r"^(?:名称|标题|题目|题名|篇名)[:：] ?")
_TO_CONGRESS = re.compile(
    r"在(?P<place>[\u4e00-\u9fff]{2,14}?[省市县区州旗])第[一二三四五六七八九十百\d]+届人民代表大会"
)
_OF_NO_PLACE = re.compile(r"(?:自治区|自治州|[省市县区州])人民政府")
# The day behind a title, and the mark of a footnote to it.
_DATED = re.compile(r"\s?（(?:19|20)\d\d年\d{1,2}月\d{1,2}日）$|\[\d{1,2}\]$")
# A paper's number in front of its name, and a year a page says twice.
_NUMBERED = re.compile(r"[\u4e00-\u9fff]{1,10}〔\d{4}〕\d{1,4}号\s?(?=《)")
_YEAR_TWICE = re.compile(r"(?P<whole>(?P<year>(?:19|20)\d\d)年.+?)\s?(?P=year)")
_LONGEST = 60  # characters of a title
_HELD = re.compile(r"[会话告]议?上?[）)]?$")
# Those who study have written what stands above their name; those who govern have issued it.
_STUDIES = re.compile(
    r"(?:研究会|学会|协会|研究院|研究所|研究中心|党校|课题组|编写组|中心组|大学|学院|理论组)$"
)
# A subtitle that sums up a meeting.
_TELLS = re.compile("听取|审议|讨论|表决|[。；]")
_OCCASION = re.compile(r"(?:[—―]|--)[—―-]*")


def read_head(group: Sequence[Seen], wording: list[Seen], known: Callable[[Seen], bool]) -> Head:
    """The head these lines are; `wording` are those that may hold a title, `known` says which lines
    the contents page lists."""
    signed = [s for s in group if s.look in (Look.BYLINE, Look.NAMES) and s not in wording]
    bylines = [names.byline(spaced(s.line)) or spaced(s.line) for s in signed]
    if len(wording) > 1 and _JOINT_PUBLISHER.fullmatch(wording[-1].text):
        bylines += [spaced(s.line) for s in wording[1:]]
        wording = wording[:1]
    elif len(wording) > 1 and names.names(wording[-1].text):
        bylines.append(wording[-1].text)
        wording = wording[:-1]
    occasions, goes_on = _occasions(group)
    wording, organ = _without_issuer([s for s in wording if s not in goes_on])
    if organ and _STUDIES.search(organ):
        bylines, organ = [*bylines, organ], None
    editorial = next((found for s in group if (found := names.editorial(spaced(s.line)))), None)
    texts = (_title_text(s) for s in wording)
    kicker, title, below = _worded(list(zip(texts, (s.line.level for s in wording), strict=True)))
    subtitle = " ".join(below) or None
    if title and subtitle and letters(title) == letters(subtitle):
        subtitle = None
    given = [spaced(s.line) for s in group if s.look is Look.DATE]
    issuer = (editorial[0] if editorial else None) or organ or _signed_for(title, bylines, given)
    if title and _ORGANS.fullmatch(title) and any(s.look is Look.DATE for s in group):
        title, issuer = None, title  # who issued it and when, without its title
    labels = [s.text.strip("·•") for s in group if s.look is Look.LABEL]
    return Head(
        title=title,
        kicker=" ".join(filter(None, [*labels, kicker])) or None,
        subtitle=" ".join(filter(None, [subtitle, *occasions[:1]])) or None,
        byline=" ".join(bylines) or None,
        issuer=issuer,
        genre=(editorial[1] if editorial else None)
        or dates.genre_of(" ".join(filter(_may_name, below)), title),
        published_on=_day(sorted((s for s in group if s.look is Look.DATE), key=_is_stamp)) or _day(wording),
        passage=Passage.joined(s.line.passage for s in wording),
        sure=bool(bylines) or any(known(s) or s.line.level == 1 for s in wording),
    )


def _may_name(subtitle: str) -> bool:
    """May this line say what the piece is? A summary names the papers others gave, heard or adopted."""
    return len(subtitle) <= LONGEST_TITLE and not _TELLS.search(subtitle)


def _title_text(one: Seen) -> str:
    """The words of a line of a head, without what numbers, names or dates them."""
    text = _NUMBERED.sub("", _NAMED.sub("", heading_text(one.line), count=1))
    twice = _YEAR_TWICE.fullmatch(text)
    return _DATED.sub("", twice["whole"] if twice else text)


def _occasions(group: Sequence[Seen]) -> tuple[list[str], list[Seen]]:
    """“——2012年2月29日在……会议上”, each in full, and the lines on which one goes on."""
    found: list[str] = []
    goes_on: list[Seen] = []
    for one, following in zip_longest(group, group[1:]):
        words = spaced(one.line)
        if one.look is not Look.DATE or not _OCCASION.match(words):
            continue
        ended = following is None or following.look is not Look.SHORT or _HELD.search(words)
        if following and not ended and _HELD.search(following.text):
            goes_on.append(following)
            words += following.text
        found.append(_OCCASION.sub("——", words, count=1))
    return found, goes_on


def _signed_for(title: str | None, bylines: Sequence[str], given: Sequence[str]) -> str | None:
    """Whose paper it is: the organ of the official who signs, or, of a government's report, the
    government of the place to whose congress it was given."""
    signed = (organ for one in bylines if (organ := names.organ_of(one)))
    if title and "政府工作报告" in title:
        places = (match["place"] for one in given if (match := _TO_CONGRESS.search(one)))
        named = (organ for organ in signed if not _OF_NO_PLACE.fullmatch(organ))
        return next(named, None) or next((f"{place}人民政府" for place in places), None)
    return next(signed, None)


def _without_issuer(wording: list[Seen]) -> tuple[list[Seen], str | None]:
    """The lines of a head that word it, and the organ that stands below its title."""
    kept: list[Seen] = []
    organs: list[str] = []
    for index, one in enumerate(wording):
        words = spaced(one.line)
        said = _ISSUED_BY.fullmatch(words)
        following = spaced(wording[index + 1].line) if index + 1 < len(wording) else ""
        state = words == _STATE and _ORGANS.fullmatch(following)
        if said or (kept and not one.line.level and (state or _ORGANS.fullmatch(words))):
            organs.append(said["organ"] if said else words)
        elif not _NOTED.match(words) and (one.line.level or len(wording) == 1 or _words(words) > 1):
            kept.append(one)
    return kept or wording, "".join(organs) if organs[:1] == [_STATE] else " ".join(organs) or None


def _words(text: str) -> int:
    """How many Chinese characters a line has: a year alone, or a number, is no title."""
    return len(re.findall(f"[{HAN}]", text))


def _is_stamp(one: Seen) -> bool:
    """A page tells when it was put up: what tells when the text was given goes before that."""
    return dates.is_stamp(spaced(one.line))


def _day(lines: list[Seen]) -> date | None:
    return next((day for s in lines if (day := dates.find(spaced(s.line)))), None)


def _worded(lines: list[tuple[str, int]]) -> tuple[str | None, str | None, list[str]]:
    """Kicker, title and the lines of the subtitle among the lines of a head."""
    if not lines:
        return None, None, []
    at = _title_at(lines)
    level = lines[at][1]
    end = at + 1
    sub = next((i for i, (text, _) in enumerate(lines) if text.startswith("——")), 0)
    if sub and all(one == level for _, one in lines[at:sub]):
        end = max(end, min(sub, at + 3))  # a title on two or three lines over its subtitle
    kicker = " ".join(text for text, _ in lines[:at]) or None
    title = " ".join(text for text, _ in lines[at:end])
    return kicker, title, [text for text, _ in lines[end:]]


def _title_at(lines: list[tuple[str, int]]) -> int:
    """The first of the greatest marked headings; without marks a short first line is a kicker."""
    marked = [i for i, (_, level) in enumerate(lines) if level]
    if marked:
        return min(marked, key=lambda i: (lines[i][1], i))
    if len(lines) < 2 or len(lines[0][0]) > 8 or dates.genre_of(lines[0][0]) or lines[1][0].startswith("——"):
        return 0
    named = [at for at, (text, _) in enumerate(lines) if dates.genre_of(text) and len(text) <= _LONGEST]
    return max(named, key=lambda at: len(lines[at][0])) if named else int(len(lines[1][0]) > 8)

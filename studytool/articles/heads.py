"""The lines of a group without prose -> the Head of an article: kicker, title, subtitle, byline, date.

The surprising decision: whose paper it is may be told above its title, below it, by who signs or by where
it was read out. An organ above the title of a paper is its letterhead, above any other a kicker.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import takewhile, zip_longest

from studytool.articles import dates, names, organs, titles
from studytool.articles.contents import letters
from studytool.articles.elements import Head
from studytool.articles.lines import HAN, spaced
from studytool.articles.looks import LONGEST_TITLE, Look, Seen
from studytool.model import Passage

_JOINT_PUBLISHER = re.compile(r".{4,40}(?:合办|联合主办|联合发布)")

_STATE = "中华人民共和国"  # on a line of its own above the name of a ministry
# What a converter notes of a page besides its title.
_NOTED = re.compile(
    r"(?:类别|所在地|地点|关键[词字]|主题词|索引号|[文字]号|浏览次数|点击数|成立时间|简介|栏目|分类|来源|出处|信息来源)[:：]"
)
_ISSUED_BY = re.compile(r"(?:(?:发布|发文|制定|印发)(?:机构|机关|单位))[:：] ?(?P<organ>.{2,40})")
_TO_CONGRESS = re.compile(
    r"在(?P<place>[\u4e00-\u9fff]{2,14}?[省市县区州旗])第[一二三四五六七八九十百\d]+届人民代表大会"
)
_OF_NO_PLACE = re.compile(r"(?:自治区|自治州|[省市县区州])人民政府")
_HELD = re.compile(r"[会话告]议?上?[）)]?$")
# A subtitle that sums up a meeting.
_TELLS = re.compile("听取|审议|讨论|表决|[。；]")
_OCCASION = re.compile(r"(?:[—―]|--)[—―-]*")


def read_head(group: Sequence[Seen], wording: list[Seen], known: Callable[[Seen], bool]) -> Head:
    """The head these lines are; `wording` are those that may hold a title, `known` says which lines
    the contents page lists."""
    signed = [s for s in group if s.look in (Look.BYLINE, Look.NAMES) and s not in wording]
    bylines = [names.byline(spaced(s.line)) or spaced(s.line) for s in signed]
    above = _ordered_by(wording)
    bylines, wording = [*bylines, *map(_words_of, above)], wording[len(above) :]
    if len(wording) > 1 and _JOINT_PUBLISHER.fullmatch(wording[-1].text):
        bylines += [spaced(s.line) for s in wording[1:]]
        wording = wording[:1]
    elif len(wording) > 1 and names.names(wording[-1].text):
        bylines.append(wording[-1].text)
        wording = wording[:-1]
    occasions, goes_on = _occasions(group)
    wording, organ = _without_issuer([s for s in wording if s not in goes_on])
    if organ and organs.studies(organ):
        bylines, organ = [*bylines, organ], None
    editorial = next((found for s in group if (found := names.editorial(spaced(s.line)))), None)
    kicker, title, below = titles.worded(titles.up_to_note([s.line for s in wording]))
    subtitle = " ".join(below) or None
    if title and subtitle and letters(title) == letters(subtitle):
        subtitle = None
    dated = [s for s in group if s.look is Look.DATE]
    dated.sort(key=lambda s: not dates.tells_amendment(s.text))
    given = [spaced(s.line) for s in dated]
    issuer = (editorial[0] if editorial else None) or organ or _signed_for(title, bylines, given)
    if title and organs.is_organ(title) and any(s.look is Look.DATE for s in group):
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
        published_on=_day([*sorted(dated, key=_is_stamp), *wording, *signed]),
        edition=max(filter(None, map(dates.enacted_in, given)), default=None),
        passage=Passage.joined(s.line.passage for s in wording),
        sure=bool(bylines) or any(known(s) or s.line.level == 1 for s in wording),
    )


def _ordered_by(wording: Sequence[Seen]) -> Sequence[Seen]:
    """Who has signed the order above the paper it issues: 中华人民共和国主席 习近平, over the law's title."""
    count = sum(1 for _ in takewhile(lambda s: names.official(_words_of(s)), wording))
    return wording[:count] if count < len(wording) else ()


def _words_of(one: Seen) -> str:
    return spaced(one.line)


def _may_name(subtitle: str) -> bool:
    """May this line say what the piece is? A summary names the papers others gave, heard or adopted."""
    return len(subtitle) <= LONGEST_TITLE and not _TELLS.search(subtitle)


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
    """The lines of a head that word it, and the organ that stands above or below its title."""
    kept: list[Seen] = []
    named: list[str] = []
    heads = _letterheads(wording)
    for index, one in enumerate(wording[len(heads) :], len(heads)):
        words = spaced(one.line)
        said = _ISSUED_BY.fullmatch(words)
        following = spaced(wording[index + 1].line) if index + 1 < len(wording) else ""
        state = words == _STATE and organs.is_organ(following)
        if said or (kept and not one.line.level and (state or organs.is_organ(words))):
            named.append(said["organ"] if said else words)
        elif not _NOTED.match(words) and (one.line.level or len(wording) == 1 or _words(words) > 1):
            kept.append(one)
    if not kept:
        return wording, None
    named = named or [one for one in heads if not any(one != other and one in other for other in heads)]
    return kept, "".join(named) if named[:1] == [_STATE] else " ".join(dict.fromkeys(named)) or None


def _letterheads(wording: Sequence[Seen]) -> list[str]:
    """The organs on the first lines of a head, where the title of a paper follows them."""
    found: list[str] = []
    for one in wording[:-1]:
        organ = organs.letterhead(spaced(one.line))
        if organ is None:
            break
        found.append(organ)
    rest = wording[len(found) :]
    return found if found and titles.begins_paper([titles.text_of(one.line) for one in rest]) else []


def _words(text: str) -> int:
    """How many Chinese characters a line has: a year alone, or a number, is no title."""
    return len(re.findall(f"[{HAN}]", text))


def _is_stamp(one: Seen) -> bool:
    """A page tells when it was put up: what tells when the text was given goes before that."""
    return dates.is_stamp(spaced(one.line))


def _day(lines: list[Seen]) -> date | None:
    return next((day for s in lines if (day := dates.find(spaced(s.line)))), None)

"""Lines -> which are headlines or headings, though by themselves they look like a broken sentence, a name or
a date.

It is told by what stands around: text that a paper was sent, a blank line, where a thing of a guide lies, or
the other days of a chronicle.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from studytool import datelines
from studytool.articles import titles
from studytool.articles.looks import LONGEST_TITLE, Look, Seen

LONGEST_HEADING = 24
LONGEST_SUBTITLE = 60
ENTRIES = 3  # and more, each with where it lies, are a guide; each with its day, a chronicle
_INSIDE = re.compile(r"[。，；]")
# Where it lies, alone on a line: 四川省甘孜藏族自治州泸定县.
_ADDRESS = re.compile(
    "(?:[\u4e00-\u9fff]{2,3}省|[\u4e00-\u9fff]{2,6}自治区|(?:北京|天津|上海|重庆)市)[\u4e00-\u9fff]{2,22}[州市盟县区旗镇乡村道]"
)


def with_headlines(seen: Sequence[Seen], *, uncut: bool) -> list[Seen]:
    """The lines; those that are a headline, or a part of one, are no broken sentence. `uncut`: no paragraph
    of the document is, and what is unfinished was meant to be."""
    return [
        replace(one, look=Look.SHORT) if one.look is Look.BROKEN and _is_headline(seen, at, uncut) else one
        for at, one in enumerate(seen)
    ]


def _is_headline(seen: Sequence[Seen], at: int, uncut: bool) -> bool:
    one = seen[at]
    below = seen[at + 1] if at + 1 < len(seen) else None
    if below and _is_second(seen[at - 1 : at], one, below):
        return True
    if at == 0:
        return (below is not None and _is_double(one, below)) or (uncut and _is_title(one.text))
    return uncut and below is not None and _stands_alone(one, below)


def _is_second(above: Sequence[Seen], one: Seen, below: Seen) -> bool:
    """Is it the second line of a headline, between a short one and text that a paper was sent?"""
    behind_short = [line.look in (Look.SHORT, Look.MARKED) for line in above] == [True]
    plain = "。" not in one.text and len(one.text) <= LONGEST_SUBTITLE
    return behind_short and plain and datelines.is_sent(below.text)


def _is_double(one: Seen, below: Seen) -> bool:
    """Is a line, however long, the headline of what was sent, or stands whole below it?

    习近平在……上发表重要讲话强调 深入推进…… 坚决打赢……: two headlines in one line."""
    whole = below.line.gap > 0 and below.look is Look.PROSE and len(below.text) > 4 * LONGEST_TITLE
    told = whole or datelines.is_sent(below.text)
    return told and len(one.text) <= 2 * LONGEST_TITLE and _INSIDE.search(one.text) is None


def _is_title(text: str) -> bool:
    paper = "关于" in text and titles.is_paper(text)  # of those the titles are longer
    return "。" not in text and len(text) <= (2 * LONGEST_TITLE if paper else LONGEST_TITLE)


def _stands_alone(one: Seen, below: Seen) -> bool:
    """Is it the headline of what was sent, or a heading with a blank line below it?"""
    if datelines.is_sent(below.text):
        return "。" not in one.text and len(one.text) <= LONGEST_TITLE
    return below.line.gap > 0 and len(one.text) <= LONGEST_HEADING and not _INSIDE.search(one.text)


def with_addresses(seen: Sequence[Seen]) -> list[Seen]:
    """The lines; in a guide the name of each thing stands above where it lies (泸定桥 | 四川省……泸定县), and
    is the headline of what is said of it."""
    below = [at for at in range(1, len(seen)) if _lies_at(seen[at - 1], seen[at])]
    if sum(_ADDRESS.fullmatch(seen[at].text) is not None for at in below) < ENTRIES:
        return list(seen)
    found = list(seen)
    for at in below:
        found[at - 1 : at + 1] = (
            replace(seen[at - 1], look=Look.SHORT),
            replace(seen[at], look=Look.ADDRESS),
        )
    return found


def _lies_at(name: Seen, place: Seen) -> bool:
    """若尔盖 | 川西北若尔盖地区: is it a name, and below it where that lies?"""
    short = name.look in (Look.SHORT, Look.NAMES) and place.look is Look.SHORT
    if not short or _ADDRESS.fullmatch(name.text):
        return False
    region = place.text.endswith("地区") and name.text in place.text[1:]
    return region or _ADDRESS.fullmatch(place.text) is not None


# The day of an entry, alone on its line: 1936年12月18日.
_DAY = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日")


def with_days(seen: Sequence[Seen]) -> list[Seen]:
    """The lines; in a chronicle the day of each entry stands above it, and is the heading of what was done
    that day, and no day of the page."""
    days = {at for at in range(len(seen) - 1) if _is_day(seen, at)}
    below_text = sum(at > 0 and seen[at - 1].look is Look.PROSE for at in days)
    if len(days) < ENTRIES or below_text + 1 < len(days):  # above the first entry stands the head
        return list(seen)
    return [replace(one, look=Look.HEADING) if at in days else one for at, one in enumerate(seen)]


def _is_day(seen: Sequence[Seen], at: int) -> bool:
    return _DAY.fullmatch(seen[at].text) is not None and seen[at + 1].look is Look.PROSE

"""Reading -> what a regulation divides a thing into: 处分分为：警告、记过、记大过、降级、撤职、开除.

No list is surer: a provision that divides names every part, once and in order. With 等 behind the last it
does not, and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.finding import Finding, Setting
from studytool.knowledge.pattern import PROVISION
from studytool.knowledge.reading import Reading, row_of
from studytool.model import KnowledgeKind, Span
from studytool.numerals import value

_FROM = rf"(?:^{PROVISION}\s*|^|[，。；])"
_DIVIDES = re.compile(
    rf"{_FROM}(?P<what>[^，。；：、（）]{{2,24}}?)(?:划分为|分为|分成)(?:以下|下列)?：?(?P<row>[^，。；：]+)(?=[。；，]|$)"
)
_SYSTEMS = re.compile(  # 公务员领导职务实行选任制、委任制和聘任制
    rf"{_FROM}(?P<what>[^，。；：、（）]{{2,24}}?)实行(?P<row>[^，。；：]+制)(?=[。；，]|$)"
)
_SIDES = re.compile(  # 公务员的德、能、勤、绩、廉: one character each, and as many as one has fingers
    "(?P<what>[\u4e00-\u9fff]{2,6})的(?P<row>[\u4e00-\u9fff](?:、[\u4e00-\u9fff]){2,4})(?=[，。；])"
)
_LAST_TWO = re.compile("([^和与及]{2,10})(?:和|与|以及|及)(.{2,10})")
_COUNTED = re.compile(
    "(?P<n>[二两三四五六七八九十]|\\d)(?P<sort>(?:个|种|类|级|项|档|等)[\u4e00-\u9fff]{0,4})$"
)
_OPEN = re.compile("等(?!次|级)|其他|有关|相关")
FEWEST, MOST = 3, 8


def divisions(reading: Reading, setting: Setting) -> Iterator[Finding]:
    """The parts a provision divides something into, in their order; the cue is what is divided."""
    if reading.sentence.article.id not in setting.regulating:
        return
    for pattern in (_DIVIDES, _SYSTEMS):
        for match in pattern.finditer(reading.plain):
            members = _members(reading, Span(*match.span("row")))
            what = Span(*match.span("what"))
            whole = pattern is _DIVIDES or all(one.of(reading.text).endswith("制") for one in members)
            if members and whole and reading.is_edge(what.start):
                yield Finding(KnowledgeKind.LIST, members, 0.75, what, closed=True)
    for match in _SIDES.finditer(reading.plain):
        sides = row_of(reading.plain, Span(*match.span("row")), _LAST_TWO)
        if all(map(reading.whole, sides)):
            yield Finding(KnowledgeKind.LIST, sides, 0.75, closed=True)


def _members(reading: Reading, row: Span) -> tuple[Span, ...]:
    """The members of a row that names them all, or nothing."""
    counted = _COUNTED.search(row.of(reading.plain))
    end = row.start + counted.start() if counted else row.end
    if _OPEN.search(reading.plain, row.start, end):
        return ()
    found = row_of(reading.plain, Span(row.start, end), _LAST_TWO)
    texts = {member.of(reading.text) for member in found}
    fit = FEWEST <= len(found) <= MOST and len(texts) == len(found) and all(map(reading.whole, found))
    short = all(2 <= member.end - member.start <= 10 for member in found)
    return found if fit and short and (not counted or value(counted["n"]) == len(found)) else ()

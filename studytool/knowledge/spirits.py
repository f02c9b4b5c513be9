"""Reading -> what a spirit is made of: 万众一心、众志成城，不怕困难、顽强拼搏的伟大抗洪精神.

Each is laid down in one row of phrases, which is learnt as it stands: its members, and which spirit it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from studytool import data
from studytool.knowledge.finding import Finding
from studytool.knowledge.reading import Reading
from studytool.model import KnowledgeKind, Span
from studytool.words import tagged

_PHRASE = r"[\u4e00-\u9fff]{2,9}"
_ROW = re.compile(
    rf"(?<![、”])(?P<row>[\u4e00-\u9fff]{{2,24}}(?:[、，]{_PHRASE}){{2,15}})(?:为(?:基本|主要)?内容)?的(?P<great>伟大)?"
    r"(?P<name>“(?P<quoted>[\u4e00-\u9fff]{2,6})”精神|“[\u4e00-\u9fff]{2,6}精神”|[\u4e00-\u9fff]{2,6}精神)(?![\u4e00-\u9fff])"
)
# What leads up to the first phrase of a row: 铸就了|万众一心, 弘扬|热爱祖国
_LEADS = re.compile(
    "(?:了|弘扬|发扬|发挥|铸就|形成|培育|孕育|体现|传承|继承|具有|阐述|概括|倡导|践行|锻造|凝聚成?|彰显)$"
)
_PIECE = re.compile("[^、，]+")
FEWEST, SHORTEST = 3, 3  # phrases, and characters of each
_NAMES = ("ns", "nr", "nz", "nt")  # 北京冬奥精神 is one; 革命精神, 时代精神 are not


def spirits(reading: Reading) -> Iterator[Finding]:
    """The members of a row that describes a spirit with a name, and its name where no marks tell it."""
    for match in _ROW.finditer(reading.text):
        name = match["name"].strip("“”")
        placed = tagged(name)[0].tag in _NAMES and not name.startswith("中国")
        named = match["quoted"] or match["great"] or name in _known() or placed
        members = _members(reading, match) if named else ()
        if not members:
            continue
        span = Span(*match.span("name"))
        yield Finding(KnowledgeKind.LIST, members, 0.75, span, closed=True)
        if not match["name"].startswith("“"):
            row = Span(members[0].start, members[-1].end)
            yield Finding(KnowledgeKind.FORMULATION, (span,), 0.6, row, members)


def _members(reading: Reading, match: re.Match[str]) -> tuple[Span, ...]:
    """The phrases before the name, all as long as the last; nothing where the first is not sure."""
    start, text = match.start("row"), reading.text
    pieces = [Span(start + one.start(), start + one.end()) for one in _PIECE.finditer(match["row"])]
    size = pieces[-1].end - pieces[-1].start
    members: list[Span] = []
    while pieces and pieces[-1].end - pieces[-1].start == size:
        members.insert(0, pieces.pop())
    if pieces and _LEADS.search(text, pieces[-1].start, pieces[-1].end - size):
        members.insert(0, Span(pieces[-1].end - size, pieces[-1].end))
    elif pieces and text[pieces[-1].end] == "、":
        return ()  # a phrase of another length stands in the row
    told = len({one.of(text) for one in members}) == len(members) >= FEWEST
    return tuple(members) if told and size >= SHORTEST else ()


@cache
def _known() -> frozenset[str]:
    return frozenset(data.tables("gazetteers.toml")["families"]["精神"])

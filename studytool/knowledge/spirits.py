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
    rf"(?P<row>[\u4e00-\u9fff]{{2,20}}(?:[、，]{_PHRASE}){{2,7}})(?:为(?:基本|主要)?内容)?的(?P<great>伟大)?"
    r"(?P<name>“(?P<quoted>[\u4e00-\u9fff]{2,6})”精神|“[\u4e00-\u9fff]{2,6}精神”|[\u4e00-\u9fff]{2,6}精神)"
)
_PIECE = re.compile("[^、，]+")
FEWEST, SHORTEST = 3, 3  # phrases, and characters of each
_NAMES = ("ns", "nr", "nz", "nt")  # 北京冬奥精神 is one; 革命精神, 时代精神 are not


def spirits(reading: Reading) -> Iterator[Finding]:
    """The members of a row that describes a spirit with a name, and its name where no marks tell it."""
    for match in _ROW.finditer(reading.text):
        name = match["name"].strip("“”")
        named = match["quoted"] or match["great"] or name in _known() or tagged(name)[0].tag in _NAMES
        members = _members(reading, match) if named else ()
        if not members:
            continue
        span = Span(*match.span("name"))
        yield Finding(KnowledgeKind.LIST, members, 0.75, span, closed=True)
        if not match["name"].startswith("“"):
            row = Span(members[0].start, members[-1].end)
            yield Finding(KnowledgeKind.FORMULATION, (span,), 0.6, row, members)


def _members(reading: Reading, match: re.Match[str]) -> tuple[Span, ...]:
    """The phrases before the name that are as long as the last; words may lead up to the first."""
    start = match.start("row")
    pieces = [Span(start + one.start(), start + one.end()) for one in _PIECE.finditer(match["row"])]
    size = pieces[-1].end - pieces[-1].start
    members: list[Span] = []
    for piece in reversed(pieces):
        own = Span(piece.end - size, piece.end)
        led_up_to = reading.is_edge(own.start) or reading.text.startswith("了", own.start - 1)
        if own.start < piece.start or not led_up_to:
            break
        members.insert(0, own)
        if own != piece:
            break
    told = len({one.of(reading.text) for one in members}) == len(members) >= FEWEST
    return tuple(members) if told and size >= SHORTEST else ()


@cache
def _known() -> frozenset[str]:
    return frozenset(data.tables("gazetteers.toml")["families"]["精神"])

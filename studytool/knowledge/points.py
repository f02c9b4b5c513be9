"""Reading -> the points of “一是…；二是…；三是…” in one sentence, as a closed list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.finding import Finding
from studytool.knowledge.reading import Reading, stripped
from studytool.model import KnowledgeKind, Span

_POINT = re.compile(r"(?P<mark>[一二三四五六七八九十])(?:是|要)(?P<point>(?:[^，。；：“”]|“□+”){2,30})")
_ORDER = "一二三四五六七八九十"
_LONGEST = 20


def points(reading: Reading) -> Iterator[Finding]:
    """The numbered points of a sentence that has two or more of them, from the first on."""
    found = list(_POINT.finditer(reading.plain))
    marks = "".join(match["mark"] for match in found)
    if len(found) < 2 or marks != _ORDER[: len(found)]:
        return
    spans = tuple(stripped(reading.text, Span(*match.span("point"))) for match in found)
    if all(span.end - span.start <= _LONGEST for span in spans):
        yield Finding(KnowledgeKind.LIST, spans, 0.6, _name(reading, found[0].start()), closed=len(spans) > 2)


def _name(reading: Reading, first: int) -> Span | None:
    """What the points are points of: the clause before the first."""
    before = reading.clause_before(first)
    name = stripped(reading.text, before, " “”、") if before is not None else None
    return name if name is not None and 4 <= name.end - name.start <= 30 else None

"""Reading -> what is vowed, or laid down as a standard, clause by clause: 先公后私，克己奉公.

Clauses of one length, one after the other, are learnt by heart as they stand. Only in articles that lay down
a standard: elsewhere such a row is an exhortation like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.finding import Finding, Setting
from studytool.knowledge.pattern import PROVISION
from studytool.knowledge.reading import Reading
from studytool.model import KnowledgeKind, Span

_STANDARD = re.compile(r"(?:准则|守则|公约|誓词|章程|行为规范)(?:（.*）)?$")
_CLAUSE = re.compile(
    rf"(?:^|(?<=[，：]))(?:{PROVISION}\s*)?(?:坚持)?(?P<what>[\u4e00-\u9fff]{{4,6}})(?=[，。])"
)
_FEWEST, _MOST = 3, 6


def vows(reading: Reading, _setting: Setting) -> Iterator[Finding]:
    """The clauses of one length that stand one after the other."""
    if not _STANDARD.search(reading.sentence.article.title):
        return
    run: list[Span] = []
    for match in (*_CLAUSE.finditer(reading.plain), None):
        span = Span(*match.span("what")) if match else None
        if span is not None and run and _goes_on(run[-1], span):
            run.append(span)
            continue
        if len(run) >= _FEWEST and all(map(reading.whole, run)):
            yield Finding(KnowledgeKind.LIST, tuple(run[:_MOST]), 0.6, closed=True)
        run = [span] if span is not None else []


def _goes_on(one: Span, other: Span) -> bool:
    return other.start == one.end + 1 and other.end - other.start == one.end - one.start

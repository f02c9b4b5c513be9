"""Reading -> what a meeting of the Centre demands: rows under one word, numbered tasks, the year's policy.

必须充分挖掘经济潜能，必须……; 一是坚持内需主导，建设强大国内市场; 实施适度宽松的货币政策. Such wordings are
recited as they stand. Whose they are is judged later: of anybody else they are exhortations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.finding import Finding
from studytool.knowledge.reading import Reading
from studytool.knowledge.worth import of_wording
from studytool.model import KnowledgeKind, Span

_CLAUSE = "[^，。；：！？“”（）]"
_WHOLE = "[^，。；：！？]"
_ROW = re.compile(
    rf"(?<=：)(?P<word>必须坚持|必须|要坚持|坚持|更加注重){_WHOLE}{{4,24}}"
    rf"(?:[，；](?P=word){_WHOLE}{{4,24}}){{2,}}(?=[。；，])"
)
_TASK = re.compile(rf"(?:^|(?<=[：。；]))[一二三四五六七八九十]是坚持(?P<what>{_CLAUSE}{{4,8}})(?=，)")
_POLICY = re.compile(r"(?:实施|实行)好?(?P<what>[^，。；、的]{4,6})的(?:财政|货币)政策")
SHORTEST, LONGEST = 4, 12


def demands(reading: Reading) -> Iterator[Finding]:
    """The wordings demanded, without the words that open them; the cue is the row they stand in, all of it,
    for without the others any of them could be the one that is missing."""
    for span, row in (*_rows(reading), *_alone(reading)):
        if SHORTEST <= span.end - span.start <= LONGEST and reading.whole(span):
            yield Finding(KnowledgeKind.FORMULATION, (span,), of_wording(reading, span, 0.5), row)


def _rows(reading: Reading) -> Iterator[tuple[Span, Span | None]]:
    for row in _ROW.finditer(reading.plain):
        for clause in re.finditer(f"(?:^|[，；]){row['word']}(?P<what>{_CLAUSE}+)(?=$|[，；])", row.group()):
            yield (
                Span(row.start() + clause.start("what"), row.start() + clause.end("what")),
                Span(*row.span()),
            )


def _alone(reading: Reading) -> Iterator[tuple[Span, Span | None]]:
    for pattern in (_TASK, _POLICY):
        for match in pattern.finditer(reading.plain):
            yield Span(*match.span("what")), None

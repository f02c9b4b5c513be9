"""Reading -> what an examiner would blank where an authority speaks and no other rule found anything.

The ranker learned from examiners which words of a sentence they blank, not which sentences are worth
asking. So it is only asked about the words of a plenum, a leader or the Party's own documents, and only
believed when it is sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.finding import Finding
from studytool.knowledge.reading import Reading, touches
from studytool.knowledge.worth import by_authority
from studytool.model import KnowledgeKind, Span

SURE = 0.33
# In a longer one the chances are spread over so many spans that hardly any is sure: of fifty, five were, of
# which none made an item, and ranking one takes milliseconds.
_LONGEST_SENTENCE = 50
_KINDS = frozenset((KnowledgeKind.FORMULATION, KnowledgeKind.DEFINITION))
_NONE = re.compile(r"[\d一二三四五六七八九十]届|精神$|\d|工作$|会议|全会|党中央|习近平|同志|京津冀")


def examiner(reading: Reading) -> Iterator[Finding]:
    """The words an examiner is most likely to blank, if that is likely enough."""
    if len(reading.text) > _LONGEST_SENTENCE or not by_authority(reading):
        return
    from studytool.ranker import rank  # noqa: PLC0415 - its weights are read only where they are asked

    for span, score, asks in rank(reading.text)[:1]:
        if score >= SURE and asks in _KINDS and _askable(reading, span):
            yield Finding(KnowledgeKind.FORMULATION, (span,), 0.5)


def _askable(reading: Reading, span: Span) -> bool:
    whole = reading.is_term(span) and not touches(span, (*reading.titles, *reading.asides))
    return whole and 4 <= span.end - span.start <= 12 and not _NONE.search(span.of(reading.text))

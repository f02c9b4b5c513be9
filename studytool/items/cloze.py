"""Knowledge -> fill-in items: the answer itself blanked, or one or two members of a tight list.

Members of an open, loose list are never blanked: nobody can recover the third of nine fields a report
names. They are asked by choice instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.forms import pick
from studytool.items.series import tight
from studytool.items.stems import blanked, blanks, framed
from studytool.model import ItemKind, Knowledge, KnowledgeKind, Span

FITS = {
    KnowledgeKind.FIGURE: 0.85,
    KnowledgeKind.DATE: 0.85,
    KnowledgeKind.PERSON: 0.85,
    KnowledgeKind.PLACE: 0.75,
    KnowledgeKind.ORGAN: 0.7,
    KnowledgeKind.TITLE: 0.75,
    KnowledgeKind.EVENT: 0.75,
    KnowledgeKind.MEETING: 0.8,
    KnowledgeKind.FORMULATION: 0.8,
    KnowledgeKind.ABBREVIATION: 0.9,
    KnowledgeKind.DEFINITION: 0.75,
    KnowledgeKind.RULE: 0.8,
    KnowledgeKind.QUOTATION: 0.7,
    KnowledgeKind.LIST: 0.75,
}


def write(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """The fill-in items `knowledge` gives."""
    if knowledge.kind is KnowledgeKind.LIST:
        yield from _members(knowledge, context)
    elif len(knowledge.spans) == 1:
        yield _whole(knowledge, context)


def bare(text: str, span: Span) -> Span:
    """`span` without the quotation marks or 《》 around it: they stay in the stem."""
    while span.end - span.start > 2 and text[span.start] in "“《" and text[span.end - 1] in "”》":
        span = Span(span.start + 1, span.end - 1)
    return span


def _whole(knowledge: Knowledge, context: Context) -> Draft:
    sentence = knowledge.sentence
    span = bare(sentence.text, knowledge.spans[0])
    needed = (span, *((knowledge.cue,) if knowledge.cue else ()), *_own_members(knowledge))
    frame = framed(sentence, needed, context)
    key = (span.of(sentence.text),)
    return Draft(
        kind=ItemKind.CLOZE,
        knowledge=knowledge,
        frame=frame,
        stem=frame.worded(blanked(frame, span)),
        key=key,
        evidence=frame.evidence,
        asked=key,
        fit=FITS[knowledge.kind],
    )


def _own_members(knowledge: Knowledge) -> tuple[Span, ...]:
    """Members beside an abbreviation: without them it could not be told."""
    return knowledge.members if knowledge.member_sentence in (None, knowledge.sentence) else ()


def _members(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """One or two members of a tight list; the list's first member stays, as the way in."""
    if not tight(knowledge, context):
        return
    sentence, spans = knowledge.sentence, knowledge.spans
    count = 2 if len(spans) >= 5 and knowledge.closed else 1
    first = 1 + pick(max(1, len(spans) - count), "".join(knowledge.values))
    asked = tuple(bare(sentence.text, s) for s in spans[first : first + count])
    frame = framed(sentence, spans, context)
    key = tuple(s.of(sentence.text) for s in asked)
    yield Draft(
        kind=ItemKind.CLOZE,
        knowledge=knowledge,
        frame=frame,
        stem=frame.worded(*blanks(asked)),
        key=key,
        evidence=frame.evidence,
        asked=key,
        fit=FITS[KnowledgeKind.LIST] if re.fullmatch(r"[\u4e00-\u9fff]+", "".join(key)) else 0.6,
    )

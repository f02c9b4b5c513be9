"""Knowledge -> fill-in items: the answer itself blanked, or one or two members of a tight list.

Members of an open, loose list are never blanked: nobody can recover the third of nine fields a report
names. They are asked by choice instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from studytool.data import lines
from studytool.items import citations
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.forms import pick
from studytool.items.frame import blanked, blanks
from studytool.items.numerals import CHINESE
from studytool.items.series import tight
from studytool.items.stems import framed
from studytool.model import BLANK, ItemKind, Knowledge, KnowledgeKind, Span

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


@cache
def _counted() -> re.Pattern[str]:
    names = (name for line in lines("marking/counters.txt") for name in line.split())
    counters = "|".join(sorted(names, key=len, reverse=True))
    return re.compile(rf"(?P<number>(?:\d[\d,.]*|[{CHINESE}]+)[十百千万亿]*[余多]?)(?P<counter>{counters})")


_GOES_ON = re.compile(r"[\u4e00-\u9fff](?<![的以左右上下内])")


def with_counter(draft: Draft, _context: Context) -> Draft:
    """The counter of a figure left beside the blank, where a noun follows: of “等____经验” nobody sees that a
    number is wanted, of “等____项经验” everybody does. It stays the same question."""
    match = _counted().fullmatch(draft.key[0])
    if draft.knowledge.kind is not KnowledgeKind.FIGURE or len(draft.key) > 1 or match is None:
        return draft
    before, _, after = draft.stem.partition(BLANK)
    if not _GOES_ON.match(after) or _stands_in(match["number"], before + after):
        return draft
    return replace(draft, stem=f"{before}{BLANK}{match['counter']}{after}", key=(match["number"],))


def _stands_in(number: str, text: str) -> bool:
    """Would the stem say the number already? One digit of another number says nothing, two might."""
    if len(number) > 1:
        return number in text
    return re.search(rf"(?<![\d.]){number}(?![\d.])", text) is not None


def _own_members(knowledge: Knowledge) -> tuple[Span, ...]:
    """Members beside an abbreviation: without them it could not be told."""
    return knowledge.members if knowledge.member_sentence in (None, knowledge.sentence) else ()


_FEW, _SHORT = 3, 2


def _is_filler(knowledge: Knowledge, asked: tuple[Span, ...]) -> bool:
    """场所、设施或者财物: what a rule names by the way, one of three short words."""
    ruled = knowledge.rule == "lists" and citations.is_norm(knowledge.sentence.article)
    short = all(span.end - span.start <= _SHORT for span in asked)
    return ruled and short and len(knowledge.spans) <= _FEW


def _members(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """One or two members of a tight list; the list's first member stays, as the way in."""
    if not tight(knowledge, context):
        return
    sentence, spans = knowledge.sentence, knowledge.spans
    count = 2 if len(spans) >= 5 and knowledge.closed else 1
    first = 1 + pick(max(1, len(spans) - count), "".join(knowledge.values))
    asked = tuple(bare(sentence.text, s) for s in spans[first : first + count])
    if _is_filler(knowledge, asked):
        return
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

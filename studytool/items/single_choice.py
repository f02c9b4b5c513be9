"""Knowledge -> one right option among four: the answer blanked, one member of a list, or 不属于."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from studytool.items import distractors
from studytool.items.asked import Asked
from studytool.items.cloze import bare
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.forms import pick
from studytool.items.frame import blanked
from studytool.items.intruders import intruders
from studytool.items.series import contiguous, name_of, named, tight, whole
from studytool.items.stems import framed
from studytool.model import BLANK, ItemKind, Knowledge, KnowledgeKind, Span

FITS = {
    KnowledgeKind.FIGURE: 0.8,
    KnowledgeKind.DATE: 0.8,
    KnowledgeKind.PERSON: 0.75,
    KnowledgeKind.PLACE: 0.75,
    KnowledgeKind.ORGAN: 0.75,
    KnowledgeKind.TITLE: 0.75,
    KnowledgeKind.EVENT: 0.7,
    KnowledgeKind.MEETING: 0.8,
    KnowledgeKind.FORMULATION: 0.8,
    KnowledgeKind.ABBREVIATION: 0.8,
    KnowledgeKind.DEFINITION: 0.8,
    KnowledgeKind.RULE: 0.85,
    KnowledgeKind.QUOTATION: 0.75,
    KnowledgeKind.LIST: 0.75,
}


def write(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """The single-choice items `knowledge` gives."""
    if knowledge.kind is KnowledgeKind.LIST:
        yield from _odd_one_out(knowledge, context)
        if tight(knowledge, context):
            yield _choice(knowledge, knowledge.spans, context)
    elif len(knowledge.spans) == 1:
        needed = (knowledge.spans[0], *((knowledge.cue,) if knowledge.cue else ()))
        yield _choice(knowledge, needed, context)


def _asked(knowledge: Knowledge) -> Span:
    """What is blanked: the answer, or one member of a list, hashed, and never the first."""
    list_of = knowledge.kind is KnowledgeKind.LIST
    at = 1 + pick(len(knowledge.spans) - 1, *knowledge.values) if list_of else 0
    return bare(knowledge.sentence.text, knowledge.spans[at])


def _choice(knowledge: Knowledge, needed: tuple[Span, ...], context: Context) -> Draft:
    frame, span = framed(knowledge.sentence, needed, context), _asked(knowledge)
    key = span.of(knowledge.sentence.text)
    return Draft(
        kind=ItemKind.SINGLE_CHOICE,
        knowledge=knowledge,
        frame=frame,
        stem=frame.worded(blanked(frame, span)),
        key=(key,),
        evidence=frame.evidence,
        asked=(key,),
        fit=FITS[knowledge.kind],
    )


def with_options(draft: Draft, context: Context) -> Draft:
    """The draft of a choice with the key among what tempts; with none where too little does."""
    knowledge, (key,) = draft.knowledge, draft.key
    asked = Asked(knowledge, draft.frame, key, _asked(knowledge))
    if knowledge.kind is KnowledgeKind.LIST:
        found = intruders(knowledge, knowledge.values, context, distractors.WANTED)
        wrong = tuple(text for text, _ in found)
        closeness = min((close for _, close in found), default=0.0)
    else:
        wrong, closeness = distractors.chosen(asked, context)
    if not wrong:
        return draft
    options = distractors.in_order((*wrong, key), key, asked)
    return replace(draft, options=options, distractors=wrong, closeness=closeness)


def _odd_one_out(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """下列不属于…的是: three members and one intruder from a list of the same shape."""
    members, sentence = knowledge.values, knowledge.sentence
    if not (knowledge.closed and named(knowledge) and 3 <= len(members) <= 8):
        return
    if not whole(members) or not contiguous(knowledge):
        return
    found = intruders(knowledge, members, context, 1)
    if not found:
        return
    key, closeness = found[0]
    frame = framed(sentence, (*knowledge.spans, knowledge.cue or knowledge.spans[0]), context)
    shown = sorted(members, key=lambda m: pick(1 << 30, m, key))[:3]
    asked = Asked(knowledge, frame, key, knowledge.spans[0])
    yield Draft(
        kind=ItemKind.SINGLE_CHOICE,
        knowledge=knowledge,
        frame=frame,
        stem=f"{frame.anchor}下列不属于{name_of(knowledge)}的是{BLANK}。",
        key=(key,),
        evidence=frame.evidence,
        asked=("不属于", *members),
        fit=0.7,
        options=distractors.in_order((*shown, key), key, asked),
        distractors=tuple(shown),
        closeness=closeness,
        explanation=f"原文：{sentence.text}",
    )

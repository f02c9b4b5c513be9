"""Knowledge -> a statement to be judged: as the source has it, or with exactly one thing changed.

Whether a piece of knowledge gives the true or the false statement is hashed, so that the bank is
balanced. Nothing a leader says, and no basic position, is ever falsified: the sentence would be improper
on a screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from studytool.items import confusables, distractors
from studytool.items.cloze import bare
from studytool.items.context import Context
from studytool.items.distractors import Asked
from studytool.items.drafts import Draft
from studytool.items.forms import normal, pick
from studytool.items.propriety import touchable
from studytool.items.scope import Edit
from studytool.items.stems import framed
from studytool.model import RIGHT, WRONG, ItemKind, Knowledge, KnowledgeKind, Span

LIMIT = 60  # a statement to be judged is one proposition
_KINDS = frozenset(
    (
        KnowledgeKind.FIGURE,
        KnowledgeKind.DATE,
        KnowledgeKind.PLACE,
        KnowledgeKind.ORGAN,
        KnowledgeKind.MEETING,
        KnowledgeKind.FORMULATION,
        KnowledgeKind.DEFINITION,
        KnowledgeKind.ABBREVIATION,
        KnowledgeKind.RULE,
        KnowledgeKind.LIST,
    )
)
_TERMS = frozenset(
    (KnowledgeKind.FORMULATION, KnowledgeKind.DEFINITION, KnowledgeKind.LIST, KnowledgeKind.ABBREVIATION)
)


class Change(NamedTuple):
    """What a false statement changes: `span` of the sentence, its words, their replacement."""

    span: Span
    original: str
    changed: str
    closeness: float


def write(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """One statement, true or false, if `knowledge` allows a false one at all."""
    if knowledge.kind not in _KINDS or not knowledge.spans:
        return
    sentence = knowledge.sentence
    needed = (*knowledge.spans, *((knowledge.cue,) if knowledge.cue else ()))
    frame = framed(sentence, needed, context, LIMIT)
    change = None
    if touchable(frame.worded()):
        span = bare(sentence.text, knowledge.spans[-1])
        change = _change(Asked(knowledge, frame, span.of(sentence.text), span), context)
    false = change is not None and pick(20, "真伪", normal(sentence.text), *knowledge.values) < 11
    if change is None and knowledge.kind not in _TERMS:
        return
    stem = frame.worded(Edit(change.span, change.changed)) if false and change else frame.worded()
    values = tuple(knowledge.values)
    yield Draft(
        kind=ItemKind.TRUE_FALSE,
        knowledge=knowledge,
        frame=frame,
        stem=stem,
        key=(WRONG if false else RIGHT,),
        evidence=frame.evidence,
        asked=(change.original, WRONG) if false and change else (*values, RIGHT),
        fit=0.7,
        closeness=change.closeness if change else 0.4,
        explanation=f"原文：{sentence.text}" if false else None,
        original=change.original if false and change else None,
        changed=change.changed if false and change else None,
    )


def _change(asked: Asked, context: Context) -> Change | None:
    """The one change that makes the statement false, if there is a good one."""
    if asked.knowledge.kind in _TERMS:
        return _exchanged(asked, context)
    wrong, closeness = distractors.chosen(asked, context, 1)
    return Change(asked.span, asked.key, wrong[0], closeness) if wrong else None


def _exchanged(asked: Asked, context: Context) -> Change | None:
    """A word of the term exchanged for one it is mixed up with."""
    if asked.knowledge.sentence.text[asked.span.end :].startswith("等"):
        return None  # an open list is not contradicted by another member
    for variant in confusables.variants(asked.key):
        if variant.near or len(variant.original) < 2 or not distractors.fit(variant.text, asked, context):
            continue
        if normal(variant.text) in normal(context.text):
            continue
        start = asked.span.start + asked.key.index(variant.original)
        span = Span(start, start + len(variant.original))
        return Change(span, variant.original, variant.changed, 0.8)
    return None

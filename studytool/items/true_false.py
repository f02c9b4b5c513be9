"""Knowledge -> a statement to be judged: as the source has it, or with exactly one thing changed.

Whether a piece of knowledge gives the true or the false statement is hashed, so that the bank is
balanced. Nothing a leader says, and no basic position, is ever falsified: the sentence would be improper
on a screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from studytool.items import confusables, distractors, figures, guards
from studytool.items.asked import Asked
from studytool.items.authority import known
from studytool.items.cloze import bare
from studytool.items.context import Context
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
        KnowledgeKind.ORGAN,
        KnowledgeKind.MEETING,
        KnowledgeKind.DEFINITION,
        KnowledgeKind.ABBREVIATION,
        KnowledgeKind.RULE,
        KnowledgeKind.LIST,
    )
)
_NAMES = frozenset((KnowledgeKind.ORGAN, KnowledgeKind.MEETING))  # of nobody anything is said that is not so
_SPREAD = ("numbered",)  # points spread over several sentences are no one statement
_TERMS = frozenset((KnowledgeKind.DEFINITION, KnowledgeKind.LIST, KnowledgeKind.ABBREVIATION))
CANDIDATES = 6  # of so many wrong values the first that contradicts the source is taken
_RANKED = re.compile(r"最|首要|根本|第一|本质|唯一|生命线|主线|总目标|鲜明标识|核心")
_SOURCES = re.compile(
    r"习近平|毛泽东|邓小平|全会|党的[一二三四五六七八九十]+大|党章|宪法|条例|公报|决议|中国共产党第|全体会议"
)
_NEARLY = re.compile("近$")
_ABOUT = re.compile(r"约|左右")
_UNTIL = re.compile(r"(?:至|截至|截止|到)$")


class Change(NamedTuple):
    """What a false statement changes: `span` of the sentence, its words, their replacement."""

    span: Span
    original: str
    changed: str
    closeness: float


def write(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """The statement `knowledge` stands in, as the source has it."""
    if knowledge.kind not in _KINDS or not knowledge.spans or knowledge.rule in _SPREAD:
        return
    if not (_changeable(knowledge) or _telling(knowledge, None)):
        return
    needed = (*knowledge.spans, *((knowledge.cue,) if knowledge.cue else ()))
    frame = framed(knowledge.sentence, needed, context, LIMIT)
    yield Draft(
        kind=ItemKind.TRUE_FALSE,
        knowledge=knowledge,
        frame=frame,
        stem=frame.worded(),
        key=(RIGHT,),
        evidence=frame.evidence,
        asked=(*knowledge.values, RIGHT),
        fit=0.7,
        closeness=0.4,
    )


def with_change(draft: Draft, context: Context) -> Draft:
    """The draft as it is or with one thing in it changed; a false one without a change, which no gate lets
    pass, where nothing in it can be changed and it does not bear asking as it is."""
    knowledge, sentence = draft.knowledge, draft.knowledge.sentence
    change = None
    if _changeable(knowledge) and touchable(draft.stem):
        span = bare(sentence.text, knowledge.spans[-1])
        change = _change(Asked(knowledge, draft.frame, span.of(sentence.text), span), context)
    told = change if knowledge.kind not in _NAMES else None
    if told is not None and pick(20, "真伪", normal(sentence.text), *knowledge.values) < 11:
        return replace(
            draft,
            stem=draft.frame.worded(Edit(told.span, told.changed)),
            key=(WRONG,),
            asked=(told.original, WRONG),
            closeness=told.closeness,
            explanation=f"原文：{sentence.text}",
            original=told.original,
            changed=told.changed,
        )
    if _telling(knowledge, change):
        return replace(draft, closeness=change.closeness if change else draft.closeness)
    return replace(draft, key=(WRONG,))


def _telling(knowledge: Knowledge, change: Change | None) -> bool:
    """May the true statement be asked? Only where something checkable in it could have been otherwise: nobody
    calls “坚持解放思想、实事求是” wrong."""
    if knowledge.kind in _TERMS:
        ranked = _RANKED.search(knowledge.sentence.text) is not None
        return (
            knowledge.kind is KnowledgeKind.DEFINITION
            and ranked
            and _SOURCES.search(knowledge.sentence.text + knowledge.sentence.article.title) is not None
        )
    return change is not None


def _changeable(knowledge: Knowledge) -> bool:
    """Would the statement be false with another value in place of its own?"""
    if knowledge.kind is KnowledgeKind.DEFINITION:
        return False  # another word of praise in its place would be true as well
    if knowledge.kind is KnowledgeKind.LIST:
        return knowledge.closed
    before = knowledge.sentence.text[: knowledge.spans[-1].start]
    # “至1953年2月，共建立1093个”: in January there may have been as many
    return knowledge.kind is not KnowledgeKind.DATE or _UNTIL.search(before) is None


def _change(asked: Asked, context: Context) -> Change | None:
    """The one change that makes the statement false, if there is a good one."""
    if asked.knowledge.kind is KnowledgeKind.ABBREVIATION:
        # 五个现代化 is no mistake anybody makes; of a term of one place the number has to be known.
        sound = touchable(asked.key) and asked.key not in known()
        wrong = tuple(confusables.recounted(asked.key))[:1] if sound else ()
        return Change(asked.span, asked.key, wrong[0], 0.7) if wrong else None
    if asked.knowledge.kind is KnowledgeKind.LIST:
        return _exchanged(asked, context)
    wrong, closeness = distractors.chosen(asked, context, CANDIDATES)
    sure = [text for text in wrong if _contradicts(text, asked)]
    return Change(asked.span, asked.key, sure[0], closeness) if sure else None


def _contradicts(text: str, asked: Asked) -> bool:
    """“超过59%” is still true of 65%, and “23%以上” of 25%: such a figure is changed the other way."""
    one, other = figures.magnitude(asked.key), figures.magnitude(text)
    if asked.knowledge.kind is not KnowledgeKind.FIGURE or one is None or other is None:
        return True
    sentence = asked.knowledge.sentence.text
    before, after = sentence[max(0, asked.span.start - 3) : asked.span.start], sentence[asked.span.end :][:2]
    side = guards.bound(sentence, asked.span) or (-1 if _NEARLY.search(before) else 0)
    if side:
        return (other - one) * side > 0
    return abs(other - one) * 10 >= one or not _ABOUT.search(before + after)


def _exchanged(asked: Asked, context: Context) -> Change | None:
    """A word of the term exchanged for one it is mixed up with."""
    if asked.knowledge.sentence.text[asked.span.end :].startswith("等"):
        return None  # an open list is not contradicted by another member
    for variant in confusables.variants(asked.key):
        if variant.near or len(variant.original) < 2 or not guards.fit(variant.text, asked, context):
            continue
        if normal(variant.text) in normal(context.text):
            continue
        start = asked.span.start + asked.key.index(variant.original)
        span = Span(start, start + len(variant.original))
        return Change(span, variant.original, variant.changed, 0.8)
    return None

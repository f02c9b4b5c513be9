"""Knowledge -> Items: every kind of item is tried, every draft is judged, the best are kept.

What fails a gate is dropped and counted under the gate's name: a missing question is nothing, a wrong one
in front of forty people is the worst thing we can do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studytool.items import (
    cloze,
    matching,
    multiple_response,
    ordering,
    short_answer,
    single_choice,
    true_false,
)
from studytool.items.accepted import accepted
from studytool.items.context import Context
from studytool.items.drafts import Chooser, Draft, Writer
from studytool.items.gate import unaskable, unfit
from studytool.items.identity import family, item_id
from studytool.items.scores import difficulty, score
from studytool.items.selection import OF_SEVERAL, Scored, chosen, instead, preferred
from studytool.model import Dropped, Item, ItemKind, Knowledge, KnowledgeKind, Sentence

WRITERS: Mapping[ItemKind, Writer] = {
    ItemKind.CLOZE: cloze.write,
    ItemKind.SINGLE_CHOICE: single_choice.write,
    ItemKind.MULTIPLE_RESPONSE: multiple_response.write,
    ItemKind.TRUE_FALSE: true_false.write,
    ItemKind.SHORT_ANSWER: short_answer.write,
    ItemKind.MATCHING: matching.write,
    ItemKind.ORDERING: ordering.write,
}
CHOOSERS: Mapping[ItemKind, Chooser] = {
    ItemKind.CLOZE: cloze.with_counter,
    ItemKind.SINGLE_CHOICE: single_choice.with_options,
    ItemKind.MULTIPLE_RESPONSE: multiple_response.with_options,
    ItemKind.TRUE_FALSE: true_false.with_change,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """The items of one document, and what did not pass."""

    items: tuple[Item, ...]
    dropped: tuple[Dropped, ...]


# Pieces of knowledge in one sentence: with more it is a table or a list without marks. Documents have 14 at
# most; each is weighed against all others, so a line of three hundred dates took ten seconds.
CROWDED = 50


def write(
    knowledge: Sequence[Knowledge],
    sentences: Sequence[Sentence],
    writers: Mapping[ItemKind, Writer] = WRITERS,
) -> Judged:
    """The items of one document; no other document is known. `writers`: the kinds of items wanted."""
    context = Context(knowledge, sentences)
    widths = (context, context.narrowed())
    passed: list[Scored] = []
    dropped: list[Dropped] = []
    found = Counter(id(one.sentence) for one in knowledge)
    for one in knowledge:
        if found[id(one.sentence)] > CROWDED:
            continue
        good, bad = _of_knowledge(one, writers, widths)
        passed += good
        dropped += bad
    items = {item.id: item for item in (_item(one, context) for one in chosen(passed))}
    return Judged(tuple(items.values()), tuple(dropped))


def _of_knowledge(
    one: Knowledge, writers: Mapping[ItemKind, Writer], widths: Sequence[Context]
) -> tuple[list[Scored], list[Dropped]]:
    """What passes of the kinds preferred, and of the others only where these are too few."""
    order = preferred(one)
    others = [kind for kind in writers if kind not in order and kind not in OF_SEVERAL]
    passed: list[Scored] = []
    dropped: list[Dropped] = []
    for kinds in (order, others, OF_SEVERAL):
        if kinds is others and len({scored.draft.kind for scored in passed}) == len(order):
            continue
        for kind in instead(kinds, passed) if kinds is others else kinds:
            good, bad = _tried(one, writers[kind], widths) if kind in writers else ([], [])
            passed += good
            dropped += bad
    return passed, dropped


def _tried(one: Knowledge, writer: Writer, widths: Sequence[Context]) -> tuple[list[Scored], list[Dropped]]:
    """The drafts that pass; where none does, those with as few words around the answer as will do."""
    dropped: list[Dropped] = []
    context, drafts = widths[0], list[Draft]()
    for width in widths:
        wider, drafts = drafts, list(writer(one, width))
        if drafts == wider:
            break  # there is nothing to judge, or it has been judged
        judged = [_judged(draft, width) for draft in drafts]
        passed = [Scored(draft, score(draft, context)) for draft, gate in judged if gate is None]
        if passed:
            return passed, []
        dropped = dropped or [Dropped(g, d.kind, d.stem, d.key) for d, g in judged if g is not None]
        if all(gate in WHATEVER_THE_WIDTH for _, gate in judged):
            break
    return [], dropped


def _judged(draft: Draft, context: Context) -> tuple[Draft, str | None]:
    """The draft with its options, and the first gate it fails; none are looked for where it fails without."""
    gate = unaskable(draft, context)
    if gate is not None:
        return draft, gate
    choose = CHOOSERS.get(draft.kind)
    whole = draft if choose is None or draft.options else choose(draft, context)
    return whole, unfit(whole, context)


# Gates that fewer words around the answer do not open.
WHATEVER_THE_WIDTH = frozenset(
    (
        "doubtful",
        "furniture",
        "blanks",
        "key_length",
        "half_term",
        "generic",
        "few_options",
        "unproven",
        "measure",
        "own_words",
        "undated",
        "edge",
    )
)


def _item(scored: Scored, context: Context) -> Item:
    draft, article = scored.draft, scored.draft.knowledge.sentence.article
    return Item(
        id=item_id(draft),
        kind=draft.kind,
        asks=draft.knowledge.kind,
        stem=draft.stem,
        key=draft.key,
        accepted=tuple(_accepted(draft, part) for part in draft.key),
        evidence=draft.evidence.text,
        ranges=draft.evidence.ranges(),
        source=article.source,
        article=article.title,
        article_id=article.id,
        family=family(draft),
        options=draft.options,
        distractors=draft.distractors,
        explanation=draft.explanation,
        section=draft.knowledge.sentence.section,
        published_on=article.published_on,
        difficulty=difficulty(draft, context),
        score=scored.score,
        tags=(LABELS[draft.knowledge.kind],),
        original=draft.original,
        changed=draft.changed,
    )


LABELS: Mapping[str, str] = {
    "formulation": "提法",
    "abbreviation": "数字缩略语",
    "list": "要点",
    "definition": "定义",
    "rule": "规定",
    "quotation": "引语",
    "figure": "数据",
    "date": "时间",
    "person": "人物",
    "place": "地点",
    "organ": "机构",
    "title": "文献",
    "event": "事件",
    "meeting": "会议",
}


def _accepted(draft: Draft, part: str) -> tuple[str, ...]:
    named = draft.knowledge.kind is KnowledgeKind.PERSON  # 李锡九 is no number
    free = draft.kind in (ItemKind.CLOZE, ItemKind.SHORT_ANSWER) and not named
    if not free:
        return (part,)
    # A figure whose counter stays beside the blank is right with its counter, too.
    whole = draft.asked[:1] if draft.kind is ItemKind.CLOZE and len(draft.key) == 1 else ()
    written = dict.fromkeys((part, *whole))
    return tuple(dict.fromkeys(form for words in written for form in accepted(words)))

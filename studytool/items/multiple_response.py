"""A list -> all its members and two intruders: all-correct questions are nearly free marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from studytool.items.clauses import balanced
from studytool.items.context import Context
from studytool.items.drafts import Draft, gathered
from studytool.items.forms import pick
from studytool.items.intruders import intruders
from studytool.items.scope import Edit
from studytool.items.series import contiguous, whole
from studytool.items.stems import framed
from studytool.model import BLANK, ItemKind, Knowledge, KnowledgeKind, Span

_OPEN = re.compile(r"”?等(?!(?:\d+|[一二两三四五六七八九十]+)[个大项种类家方条])")
WANTED = 2  # one intruder among five is found by looking, not by knowing


def write(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """The multiple-response items `knowledge` gives."""
    if knowledge.kind is KnowledgeKind.LIST:
        yield from _of_list(knowledge, context)
    elif knowledge.kind is KnowledgeKind.ABBREVIATION and knowledge.members:
        yield from _of_abbreviation(knowledge, context)


def with_options(draft: Draft, context: Context) -> Draft:
    """The draft with its intruders among the members."""
    members = draft.asked
    found = intruders(draft.knowledge, members, context, WANTED)
    wrong = tuple(text for text, _ in found)
    closeness = sum(c for _, c in found) / len(found) if found else 0.0
    return replace(draft, options=_mixed((*members, *wrong), members), distractors=wrong, closeness=closeness)


def _mixed(options: tuple[str, ...], members: tuple[str, ...]) -> tuple[str, ...]:
    """`options` in an order that looks random and is always the same."""
    return tuple(sorted(options, key=lambda option: pick(1 << 30, option, members[0])))


def _of_list(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    sentence, members = knowledge.sentence, knowledge.values
    if not 3 <= len(members) <= 5 or not whole(members) or not contiguous(knowledge):
        return
    hull = Span(_first(knowledge), knowledge.spans[-1].end)
    if not balanced(hull.of(sentence.text)) or _OPEN.match(sentence.text[hull.end :]):
        return  # of an open list an intruder may be a member as well
    frame = framed(sentence, knowledge.spans, context)
    yield Draft(
        kind=ItemKind.MULTIPLE_RESPONSE,
        knowledge=knowledge,
        frame=frame,
        stem=frame.worded(Edit(hull, BLANK)),
        key=_mixed(members, members),
        evidence=frame.evidence,
        asked=members,
        fit=0.85 if knowledge.closed else 0.75,
    )


_NUMBERED = re.compile("（一）$")


def _first(knowledge: Knowledge) -> int:
    """Where the first member begins, with the number before it: 种类为：（一）警告；（二）……"""
    start = knowledge.spans[0].start
    number = _NUMBERED.search(knowledge.sentence.text, 0, start)
    return number.start() if number else start


def _of_abbreviation(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    sentence, members = knowledge.sentence, knowledge.member_texts
    if not 3 <= len(members) <= 6 or not whole(members):
        return
    name = knowledge.values[0].strip("“”")
    frame = framed(sentence, knowledge.spans, context)
    yield Draft(
        kind=ItemKind.MULTIPLE_RESPONSE,
        knowledge=knowledge,
        frame=frame,
        stem=f"{frame.anchor}“{name}”包括{BLANK}。",
        key=_mixed(members, members),
        evidence=gathered(knowledge),
        asked=members,
        fit=0.85,
    )

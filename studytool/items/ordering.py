"""The dated events of an article -> put them in order of time.

Four events or five to an item, each told by a clause with its own subject and without its date. Two that
may have happened at the same time are never in one item: “1936年4月” is neither before nor after 4月13日.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from studytool.data import lines
from studytool.items.anchors import cited
from studytool.items.clauses import balanced
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.forms import normal, overlap, pick
from studytool.items.scope import resolved_places
from studytool.items.stems import Frame
from studytool.items.subjects import has_subject
from studytool.items.topics import home
from studytool.model import ItemKind, Knowledge, KnowledgeKind, Passage, Sentence, Span

FEWEST, MOST = 4, 5
LONGEST, SHORTEST = 30, 7
SAME = 0.5  # share of common character pairs from which two events may be one
_DATE = re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?(?![\d至到—–~-])")
_ASIDE = re.compile(r"（[^（）]*）")
_TOLD_BY_HALVES = re.compile(
    r"(?:决定|指出|说|提到|强调|规定|认为|表示|要求|提出|批示|通知|为|是|后|前|时|中|上|下|以来|期间|将|把)$"
    r"|[其他她它该此这那我你]|本[市省区县]|同[年月日]|\d月|\d日|\d年|周年|又|再次|随后|曾|(?<!第)一[个次份]|(?:举行|召开)了?会议$|进一步|继续|，|：|；"
)


class Event(NamedTuple):
    """What happened, and when: year, month and, where it is known, day."""

    text: str
    when: tuple[int, ...]
    knowledge: Knowledge


def write(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """The ordering items that begin with the event of `knowledge`."""
    if knowledge.kind is not KnowledgeKind.DATE:
        return
    for group in context.recall(("orderings",), lambda: _groups(context)).get(id(knowledge), ()):
        yield _draft(group, context)


def _groups(context: Context) -> dict[int, list[tuple[Event, ...]]]:
    """The groups of events that make an item, by the knowledge their first event comes from."""
    articles: defaultdict[str, list[Event]] = defaultdict(list)
    for one in context.knowledge:
        event = _event(one, context) if one.kind is KnowledgeKind.DATE else None
        if event is not None:
            articles[one.sentence.article.id].append(event)
    found: defaultdict[int, list[tuple[Event, ...]]] = defaultdict(list)
    for events in articles.values():
        for group in _parted(_apart(events)):
            found[id(group[0].knowledge)].append(group)
    return dict(found)


# ---- events -------------------------------------------------------------------------------------------


def _event(one: Knowledge, context: Context) -> Event | None:
    """The event of a date, if it is told whole and its date is known to the month."""
    sentence, cue = one.sentence, one.cue
    match = _DATE.fullmatch(_when(one))
    if cue is None or match is None or sentence.doubts or not has_subject(cue, context.words(sentence)):
        return None
    text = _told(sentence, cue, context)
    if text is None or not SHORTEST <= len(text) <= LONGEST or not balanced(text):
        return None
    if _TOLD_BY_HALVES.search(text) or not _happening().search(text):
        return None
    return Event(text, tuple(int(part) for part in match.groups() if part), one)


def _when(one: Knowledge) -> str:
    for time in one.sentence.times:
        if time.resolved and time.span.overlaps(one.spans[0]):
            return time.resolved
    return one.values[0]


def _told(sentence: Sentence, cue: Span, context: Context) -> str | None:
    """The words of the event, its city named, without asides; None where they end within a clause."""
    if sentence.text[cue.end : cue.end + 1] not in tuple("，。；"):
        return None
    edits, placed = resolved_places(sentence, context)
    if not placed:
        return None
    text, at = "", cue.start
    for edit in sorted(edits):
        if cue.contains(edit.span):
            text += sentence.text[at : edit.span.start] + edit.text
            at = edit.span.end
    return _ASIDE.sub("", text + sentence.text[at : cue.end])


@cache
def _happening() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, lines("happenings.txt"))))


# ---- groups -------------------------------------------------------------------------------------------


def _apart(events: Sequence[Event]) -> list[Event]:
    """The events in order of time, without those that are told twice or not surely apart."""
    kept: list[Event] = []
    for event in sorted(events, key=lambda e: e.when):
        if kept and not _later(kept[-1].when, event.when):
            continue
        if all(overlap(event.text, other.text) < SAME for other in kept):
            kept.append(event)
    return kept


def _later(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    known = min(len(one), len(other))
    return one[:known] < other[:known]


def _parted(events: Sequence[Event]) -> Iterator[tuple[Event, ...]]:
    """The events dealt out in turn, so that each item spans the whole time."""
    count = max(1, len(events) // MOST + (1 if len(events) % MOST >= FEWEST else 0))
    for first in range(count):
        group = tuple(events[first::count])[:MOST]
        if len(group) >= FEWEST:
            yield group


# ---- the item -----------------------------------------------------------------------------------------


def _draft(group: tuple[Event, ...], context: Context) -> Draft:
    first = group[0].knowledge.sentence
    sentences = {event.knowledge.sentence.index: event.knowledge.sentence for event in group}
    joined = replace(
        first,
        passage=Passage.joined(sentences[index].passage for index in sorted(sentences)),
        index=-1 - min(sentences),
        times=(),
    )
    citation = cited(first.article, context)
    anchor = f"据{citation}，" if citation else ""
    whose = home(first.article, context)
    key = tuple(event.text for event in group)
    frame = Frame(joined, (Span(0, len(joined.text)),), (), anchor, ())
    return Draft(
        kind=ItemKind.ORDERING,
        knowledge=replace(group[0].knowledge, sentence=joined, spans=(Span(0, 1),), cue=Span(0, 1)),
        frame=frame,
        stem=f"{anchor}请将{_years(group)}{whose.name if whose else ''}的以下事件按发生时间的先后排序。",
        key=key,
        evidence=joined.passage,
        asked=key,
        fit=0.7,
        options=_shuffled(key),
        closeness=0.6,
        explanation="；".join(f"{_said(event.when)}，{event.text}" for event in group) + "。",
    )


def _years(group: Sequence[Event]) -> str:
    first, last = group[0].when[0], group[-1].when[0]
    return f"{first}年" if first == last else f"{first}年至{last}年"


def _said(when: tuple[int, ...]) -> str:
    return "".join(f"{part}{unit}" for part, unit in zip(when, "年月日", strict=False))


def _shuffled(key: tuple[str, ...]) -> tuple[str, ...]:
    """The events in an order that is always the same and never the right one."""
    shown = sorted(key, key=lambda event: pick(1 << 30, "排序", normal(event), normal(key[0])))
    return tuple(shown) if tuple(shown) != key else (*shown[1:], shown[0])

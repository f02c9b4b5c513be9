"""The dated events of an article -> put them in order of time.

Four events or five to an item, each told by a clause with its own subject and without its date. Two that
may have happened at the same time are never in one item: “1936年4月” is neither before nor after 4月13日.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from studytool.items import events
from studytool.items.citations import cited
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.events import Event
from studytool.items.forms import normal, pick
from studytool.items.frame import Frame
from studytool.items.topics import home
from studytool.model import ItemKind, Knowledge, KnowledgeKind, Span

FEWEST, MOST = 4, 5


def write(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """The ordering items that begin with the event of `knowledge`."""
    if knowledge.kind is not KnowledgeKind.DATE:
        return
    for group in context.recall(("orderings",), lambda: _groups(context)).get(id(knowledge), ()):
        yield _draft(group, context)


def _groups(context: Context) -> dict[int, list[tuple[Event, ...]]]:
    """The groups of events that make an item, by the knowledge their first event comes from."""
    found: defaultdict[int, list[tuple[Event, ...]]] = defaultdict(list)
    for told in events.of_articles(context).values():
        for group in _parted(told):
            found[id(group[0].knowledge)].append(group)
    return dict(found)


# ---- groups -------------------------------------------------------------------------------------------


def _parted(told: Sequence[Event]) -> Iterator[tuple[Event, ...]]:
    """The events dealt out in turn, so that each item spans the whole time."""
    count = max(1, len(told) // MOST + (1 if len(told) % MOST >= FEWEST else 0))
    for first in range(count):
        group = tuple(told[first::count])[:MOST]
        if len(group) >= FEWEST:
            yield group


# ---- the item -----------------------------------------------------------------------------------------


def _draft(group: tuple[Event, ...], context: Context) -> Draft:
    first = group[0].knowledge.sentence
    joined = events.told_together(group)
    citation = cited(first.article, context)
    anchor = f"据{citation}，" if citation else ""
    whose = home(first.article, context)
    place = whose.name if whose else ""
    key = tuple(event.text for event in group)
    frame = Frame(joined, (Span(0, len(joined.text)),), (), anchor, ())
    return Draft(
        kind=ItemKind.ORDERING,
        knowledge=replace(group[0].knowledge, sentence=joined, spans=(Span(0, 1),), cue=Span(0, 1)),
        frame=frame,
        stem=f"{anchor}请将{events.years(group)}{place}的以下事件按发生时间的先后排序。",
        key=key,
        evidence=joined.passage,
        asked=key,
        fit=0.7,
        options=_shuffled(key),
        closeness=0.6,
        explanation="；".join(f"{_said(event.when)}，{event.text}" for event in group) + "。",
    )


def _said(when: tuple[int, ...]) -> str:
    return "".join(f"{part}{unit}" for part, unit in zip(when, "年月日", strict=False))


def _shuffled(key: tuple[str, ...]) -> tuple[str, ...]:
    """The events in an order that is always the same and never the right one."""
    shown = sorted(key, key=lambda event: pick(1 << 30, "排序", normal(event), normal(key[0])))
    return tuple(shown) if tuple(shown) != key else (*shown[1:], shown[0])

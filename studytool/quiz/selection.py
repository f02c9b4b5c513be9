"""Cards and a moment -> the cards of a sitting: what is due, then what is new, families kept apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from studytool.model import Card, Memory

REVIEW = 2  # FSRS's state of a card that has left its learning steps


def end_of_day(now: datetime) -> datetime:
    """The midnight that ends the learner's day; `now` is in the learner's zone."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def is_due(memory: Memory, now: datetime) -> bool:
    """Is it time? A card due some time today is due all day; a learning step waits for its minute."""
    if memory.state == REVIEW:
        return memory.due_at < end_of_day(now)
    return memory.due_at <= now


def select(
    cards: Iterable[Card],
    now: datetime,
    new_limit: int,
    count: int | None = None,
    resting: Collection[str] = (),
) -> tuple[Card, ...]:
    """At most `count` cards: those due, the longest due first, then at most `new_limit` new ones, best first.

    One card of a family is enough for a sitting, and a family in `resting` (asked today already)
    brings nothing else today than its own card's learning steps."""
    cards = tuple(cards)
    due = sorted(
        (card for card in cards if card.memory and is_due(card.memory, now)),
        key=lambda card: (card.memory.due_at if card.memory else now, card.item.id),
    )
    new = sorted(
        (card for card in cards if card.memory is None), key=lambda card: (-card.item.score, card.item.id)
    )
    awake = [card for card in due if _met_today(card, now) or card.item.family not in resting]
    chosen = list(_apart(awake, set()))
    taken = {card.item.family for card in chosen} | set(resting)
    chosen += list(_apart(new, taken))[: max(0, new_limit)]
    return tuple(chosen[:count])


def rising(cards: Iterable[Card], count: int | None = None) -> tuple[Card, ...]:
    """At most `count` cards, the easiest first, families kept apart: for a challenge."""
    easiest = sorted(cards, key=lambda card: (card.item.difficulty, card.item.id))
    return tuple(_apart(easiest, set()))[:count]


def _met_today(card: Card, now: datetime) -> bool:
    seen = card.memory.reviewed_at if card.memory else None
    return seen is not None and seen >= end_of_day(now) - timedelta(days=1)


def _apart(cards: Sequence[Card], taken: set[str]) -> Iterator[Card]:
    """The first card of every family that is not taken."""
    for card in cards:
        if card.item.family not in taken:
            taken.add(card.item.family)
            yield card

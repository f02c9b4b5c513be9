"""Cards and a moment -> the cards of a sitting, by id: those due, then new ones, families kept apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from studytool.model import Item, Memory

REVIEW = 2  # FSRS's state of a card that has left its learning steps


def end_of_day(now: datetime) -> datetime:
    """The midnight that ends the learner's day; `now` is in the learner's zone."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def is_due(memory: Memory, now: datetime) -> bool:
    """Is it time? A card due some time today is due all day; a learning step waits for its minute; and what a
    wrong clock has dated ahead waits no longer."""
    if memory.reviewed_at and memory.reviewed_at > end_of_day(now):
        return True
    if memory.state == REVIEW:
        return memory.due_at < end_of_day(now)
    return memory.due_at <= now


class Candidate(Protocol):
    """What must be known of a card to say whether it comes; the store gives it without the whole item."""

    @property
    def id(self) -> str: ...
    @property
    def family(self) -> str: ...
    @property
    def score(self) -> float: ...
    @property
    def memory(self) -> Memory | None: ...


def select(
    cards: Iterable[Candidate],
    now: datetime,
    new_limit: int,
    count: int | None = None,
    resting: Collection[str] = (),
) -> tuple[str, ...]:
    """The ids of at most `count` cards: those due, the longest due first, then new ones, best first.

    There are at most `new_limit` new ones. One card of a family is enough for a sitting, and a family in
    `resting` (asked today already) brings nothing else today than its own card's learning steps."""
    cards = tuple(cards)
    due = sorted(
        (card for card in cards if card.memory and is_due(card.memory, now)),
        key=lambda card: (card.memory.due_at if card.memory else now, card.id),
    )
    new = sorted((card for card in cards if card.memory is None), key=lambda card: (-card.score, card.id))
    awake = [card for card in due if _met_today(card, now) or card.family not in resting]
    chosen = list(_apart(awake, set()))
    taken = {card.family for card in chosen} | set(resting)
    chosen += list(_apart(new, taken))[: max(0, new_limit)]
    return tuple(card.id for card in chosen[:count])


def ladder(items: Iterable[Item], steps: int, turn: int = 0) -> tuple[Item, ...]:
    """At most `steps` items, one from each step of difficulty, the easiest first: for a challenge.

    Families are kept apart; another `turn` takes other items of each step."""
    easiest = sorted(items, key=lambda item: (item.difficulty, item.id))
    chosen: list[Item] = []
    taken: set[str] = set()
    count = min(steps, len(easiest))
    for step in range(count):
        rungs = easiest[step * len(easiest) // count : (step + 1) * len(easiest) // count]
        turned = rungs[turn % len(rungs) :] + rungs[: turn % len(rungs)]
        chosen += list(_one_apart(turned, taken))
    return tuple(chosen)


def _one_apart(items: Sequence[Item], taken: set[str]) -> Iterator[Item]:
    """The first item of a family that is not taken, if there is one."""
    for item in items:
        if item.family not in taken:
            taken.add(item.family)
            yield item
            return


def _met_today(card: Candidate, now: datetime) -> bool:
    seen, midnight = card.memory.reviewed_at if card.memory else None, end_of_day(now)
    return seen is not None and midnight - timedelta(days=1) <= seen < midnight


def _apart(cards: Sequence[Candidate], taken: set[str]) -> Iterator[Candidate]:
    """The first card of every family that is not taken."""
    for card in cards:
        if card.family not in taken:
            taken.add(card.family)
            yield card

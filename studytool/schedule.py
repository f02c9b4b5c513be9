"""(memory, rating, instant) -> memory, by FSRS-6 through the fsrs library.

Fuzzing is off: the same answers give the same dates. A guess is not knowledge, and choosing an option
shows less than typing the words; `rating_for` says what an answer is worth. The library is loaded by the
first answer: the first question does not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from studytool.errors import StudyError
from studytool.model import ItemKind, Mark, Memory, Rating, Verdict

if TYPE_CHECKING:
    import fsrs


@dataclass(frozen=True, slots=True)
class Settings:
    """How sure a learner wants to be, and the FSRS parameters that fit them (none: the usual ones)."""

    desired_retention: float = 0.9
    parameters: tuple[float, ...] = ()
    learning_steps: tuple[timedelta, ...] = (timedelta(minutes=1), timedelta(minutes=10))
    relearning_steps: tuple[timedelta, ...] = (timedelta(minutes=10),)
    maximum_interval: int = 36_500  # days


DEFAULT = Settings()
LEAST_RETENTION, MOST_RETENTION = 0.7, 0.99  # below, most is forgotten; above, every day is full


@lru_cache(maxsize=8)
def _scheduler(settings: Settings) -> fsrs.Scheduler:
    if not LEAST_RETENTION <= settings.desired_retention <= MOST_RETENTION:
        raise StudyError(
            f"期望保持率 {settings.desired_retention} 不合适：应在 {LEAST_RETENTION} 到 {MOST_RETENTION} 之间"
        )
    from fsrs.scheduler import DEFAULT_PARAMETERS, Scheduler  # noqa: PLC0415

    try:
        return Scheduler(
            parameters=settings.parameters or DEFAULT_PARAMETERS,
            desired_retention=settings.desired_retention,
            learning_steps=settings.learning_steps,
            relearning_steps=settings.relearning_steps,
            maximum_interval=settings.maximum_interval,
            enable_fuzzing=False,
        )
    except ValueError as error:
        reason = " ".join(str(error).split())
        raise StudyError(
            f"FSRS 参数不对（{reason}）：请运行 studytool optimize --reset 改回通用参数"
        ) from error


def _card(memory: Memory | None, at: datetime) -> fsrs.Card:
    """The library's card; its id is given because making one up takes a millisecond."""
    import fsrs  # noqa: PLC0415

    if memory is None:
        return fsrs.Card(card_id=0, due=at)
    return fsrs.Card(
        card_id=0,
        state=fsrs.State(memory.state),
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due_at,
        last_review=memory.reviewed_at,
    )


def _memory(card: fsrs.Card) -> Memory:
    return Memory(
        state=int(card.state),
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due_at=card.due,
        reviewed_at=card.last_review,
    )


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"an instant needs its time zone: {at}")
    return at.astimezone(UTC)


def review(memory: Memory | None, rating: Rating, at: datetime, settings: Settings = DEFAULT) -> Memory:
    """The memory after an answer rated `rating` at `at`; None is a new item."""
    import fsrs  # noqa: PLC0415

    at = _utc(at)
    card, _ = _scheduler(settings).review_card(_card(memory, at), fsrs.Rating(rating), at)
    return _memory(card)


def retrievability(memory: Memory, at: datetime, settings: Settings = DEFAULT) -> float:
    """How likely the item is remembered at `at`, from 0 to 1."""
    at = _utc(at)
    return float(_scheduler(settings).get_card_retrievability(_card(memory, at), at))


RECALL = frozenset({ItemKind.CLOZE, ItemKind.SHORT_ANSWER})
SECONDS_AT_ONCE = 8.0  # typed this soon after the question appeared, it was known by heart
SECONDS_LONG = 45.0  # an option found after this long was worked out, not known


def rating_for(kind: ItemKind, verdict: Verdict, guessed: bool, seconds: float) -> Rating:
    """What an answer is worth to the scheduler.

    A guess that hit shows nothing where options were given, little where words were typed. Nearly
    right counts as hard while at least half of it was right or nearly so."""
    if verdict.mark is Mark.WRONG or (guessed and kind not in RECALL):
        return Rating.AGAIN
    if verdict.mark is Mark.NEARLY:
        return Rating.AGAIN if guessed or mostly_missed(verdict) else Rating.HARD
    if guessed:
        return Rating.HARD
    if kind in RECALL:
        return Rating.EASY if seconds <= SECONDS_AT_ONCE else Rating.GOOD
    return Rating.HARD if seconds > SECONDS_LONG else Rating.GOOD


def mostly_missed(verdict: Verdict) -> bool:
    """Was more than half of the parts of an answer wrong?"""
    missed = sum(part is Mark.WRONG for part in verdict.parts)
    return 2 * missed > len(verdict.parts)

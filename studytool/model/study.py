"""What a learner does with an item: response, mark, rating, memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from studytool.model.items import Item


class Mark(StrEnum):
    """The outcome of marking a response."""

    RIGHT = "right"
    NEARLY = "nearly"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A marked response: the outcome of the whole and of each part of the key, and why."""

    mark: Mark
    parts: tuple[Mark, ...]
    reason: str = ""


class Rating(IntEnum):
    """The grade a review carries to the scheduler; the values are those of FSRS and Anki."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """The FSRS state of one item in one learner's head.

    `stability` in days, `difficulty` 1–10; `step` is the learning step, None once in review.
    `state` is FSRS's: 1 learning, 2 review, 3 relearning."""

    state: int
    step: int | None
    stability: float | None
    difficulty: float | None
    due_at: datetime
    reviewed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Card:
    """An item as one learner meets it; `memory` is None while it is new to them."""

    item: Item
    memory: Memory | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """One answer, as logged: never changed, only undone. `reviewed_at` is in the learner's zone: its date
    is the day the answer counts for."""

    item_id: str
    learner: str
    reviewed_at: datetime
    response: tuple[str, ...]
    mark: Mark
    rating: Rating
    seconds: float
    mode: str = "quiz"
    guessed: bool = False

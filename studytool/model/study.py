"""What a learner does with an item: response, mark, rating, memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from studytool.model.items import Item, ItemKind
from studytool.model.knowledge import KnowledgeKind


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


SHEET = "sheet"  # the mode of what was answered on paper
ASIDE = ("exam", "challenge")  # modes whose answers leave the memory as it is


@dataclass(frozen=True, slots=True)
class Review:
    """One answer, as logged: corrected while its verdict is shown, changed until its exam is handed in, then
    only undone. `reviewed_at` is in the learner's zone: its date is the day the answer counts for."""

    item_id: str
    learner: str
    reviewed_at: datetime
    response: tuple[str, ...]
    mark: Mark
    rating: Rating
    seconds: float
    mode: str = "quiz"
    guessed: bool = False

    @property
    def moves_memory(self) -> bool:
        """Does an answer of this mode count for the schedule? Exams and challenges do not; nor does what is
        right on paper, where nobody saw how it was found."""
        return self.mode not in ASIDE and not (self.mode == SHEET and self.mark is Mark.RIGHT)


@dataclass(frozen=True, slots=True)
class Met:
    """An item as a learner met it: how often, how well, and how it went last.

    `repeats` are the answers on later days than the first, which show what was retained."""

    id: str
    kind: ItemKind
    asks: KnowledgeKind
    stem: str
    key: tuple[str, ...]
    source: str
    article: str
    answers: int
    right: int
    repeats: int
    repeats_right: int
    last: Mark
    last_on: date


@dataclass(frozen=True, slots=True)
class Report:
    """What one learner has done: days, seconds in all, every item met; without a name if they wish."""

    learner: str | None
    days: tuple[date, ...]
    seconds: float
    met: tuple[Met, ...]

    @property
    def answers(self) -> int:
        return sum(item.answers for item in self.met)

    @property
    def right(self) -> int:
        return sum(item.right for item in self.met)

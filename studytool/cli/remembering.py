"""The mistakes of graded papers -> the study memory of those who made them.

The surprising decision: whoever has met an item again since the paper keeps that memory; the mistake is
only logged. And a paper graded twice is recorded once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from studytool import schedule
from studytool.model import ItemFilter, Mark, Memory, Rating, Review
from studytool.store import items, study

if TYPE_CHECKING:
    from studytool.grading import Answered, Grading
    from studytool.store.bank import Bank

MODE = "sheet"
_RATINGS = {Mark.WRONG: Rating.AGAIN, Mark.NEARLY: Rating.HARD}


@dataclass(frozen=True)
class Remembered:
    """What was recorded, and what was not."""

    learners: int = 0
    mistakes: int = 0
    known: int = 0
    strange: int = 0
    nameless: int = 0


def remember(bank: Bank, grading: Grading, at: datetime) -> Remembered:
    """Record every mistake that was meant; an answer nobody can have meant shows nothing."""
    asked = {answer.item_id for result in grading.results for answer in result.answers}
    in_bank = {item.id for item in items.select(bank, ItemFilter(statuses=(), ids=tuple(sorted(asked))))}
    counts: Counter[str] = Counter(strange=len(asked - in_bank))
    with bank.writing():
        for result in grading.results:
            if not result.named:
                counts["nameless"] += 1
                continue
            mistakes = [a for a in result.answers if a.item_id in in_bank and a.meant and a.mark in _RATINGS]
            recorded = _record(bank, result.person, mistakes, at)
            counts["learners"] += recorded > 0
            counts["mistakes"] += recorded
            counts["known"] += len(mistakes) - recorded
    return Remembered(**counts)


def _record(bank: Bank, learner: str, mistakes: list[Answered], at: datetime) -> int:
    """How many mistakes of a learner were new."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    found = study.reviews(bank, learner, since=midnight)
    before = {
        (one.review.item_id, one.review.response)
        for one in found
        if one.review.mode == MODE and one.review.reviewed_at < midnight + timedelta(days=1)
    }
    new = [answer for answer in mistakes if (answer.item_id, answer.response) not in before]
    for answer in new:
        rating = _RATINGS[answer.mark]
        review = Review(answer.item_id, learner, at, answer.response, answer.mark, rating, 0.0, MODE)
        study.record(bank, review, _after(study.memory_of(bank, learner, answer.item_id), rating, at))
    return len(new)


def _after(memory: Memory | None, rating: Rating, at: datetime) -> Memory | None:
    if memory and memory.reviewed_at and memory.reviewed_at > at:
        return None
    return schedule.review(memory, rating, at)

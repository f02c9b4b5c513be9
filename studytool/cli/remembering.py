"""Graded papers -> the study log of those who wrote them; their mistakes go into their memory too.

The surprising decision: right answers are logged, or a group's shares would be made of mistakes alone, but
leave the memory as it is. So does a mistake in an item met again since. A paper graded twice is recorded
once. Where the bank has another answer by now, the mark says nothing of what anybody knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from studytool import schedule
from studytool.model import SHEET, Item, ItemFilter, ItemKind, Mark, Rating, Review
from studytool.store import edits, items, rows, study

if TYPE_CHECKING:
    from studytool.grading import Answered, Grading
    from studytool.grading.papers import Papers
    from studytool.store.bank import Bank

_RATINGS = {Mark.WRONG: Rating.AGAIN, Mark.NEARLY: Rating.HARD, Mark.RIGHT: Rating.GOOD}


@dataclass(frozen=True)
class Remembered:
    """What was recorded (answers, and the mistakes among them), and what was not; `changed` are items that
    have had another answer since."""

    learners: int = 0
    answers: int = 0
    mistakes: int = 0
    known: int = 0
    strange: int = 0
    nameless: int = 0
    changed: frozenset[str] = frozenset()


def remember(bank: Bank, grading: Grading, at: datetime, printed: Papers | None = None) -> Remembered:
    """Record every answer that was meant; one that nobody can have meant, or that is not settled yet, shows
    nothing."""
    asked = {answer.item_id for result in grading.results for answer in result.answers}
    found = items.select(bank, ItemFilter(statuses=(), ids=tuple(sorted(asked))))
    changed = _changed(found, printed or {})
    in_bank = {item.id for item in found} - changed
    counts: Counter[str] = Counter(strange=len(asked - in_bank - changed))
    with bank.writing():
        for result in grading.results:
            if not result.named:
                counts["nameless"] += 1
                continue
            meant = [answer for answer in result.answers if answer.item_id in in_bank and answer.meant]
            new = _unrecorded(bank, result.person, meant, at)
            for answer in new:
                _record(bank, result.person, answer, at)
            counts["learners"] += bool(new)
            counts["answers"] += len(new)
            counts["mistakes"] += sum(answer.mark is not Mark.RIGHT for answer in new)
            counts["known"] += len(meant) - len(new)
    return Remembered(**counts, changed=changed)


def _changed(found: Iterable[Item], printed: Papers) -> frozenset[str]:
    """The items whose answer is not the printed one any more; pairs are printed in an order of their own."""

    def key_of(item: Item) -> str:
        return rows.dump(sorted(item.key) if item.kind is ItemKind.MATCHING else list(item.key))

    keys = {asked.item.id: key_of(asked.item) for paper in printed.values() for asked in paper}
    known = [item for item in found if item.id in keys]
    return frozenset(item.id for item in known if not edits.is_same_key(keys[item.id], key_of(item)))


def _unrecorded(bank: Bank, learner: str, answers: list[Answered], at: datetime) -> list[Answered]:
    """The answers that were not recorded for that day before."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    before = {
        (one.review.item_id, one.review.response)
        for one in study.reviews(bank, learner, since=midnight)
        if one.review.mode == SHEET and one.review.reviewed_at < midnight + timedelta(days=1)
    }
    return [answer for answer in answers if (answer.item_id, answer.response) not in before]


def _record(bank: Bank, learner: str, answer: Answered, at: datetime) -> None:
    rating = _RATINGS[answer.mark]
    memory = study.memory_of(bank, learner, answer.item_id)
    is_stale = memory is not None and memory.reviewed_at is not None and memory.reviewed_at > at
    review = Review(answer.item_id, learner, at, answer.response, answer.mark, rating, 0.0, SHEET)
    moves = review.moves_memory and not is_stale
    after = schedule.review(memory, rating, at) if moves else None
    study.record(bank, review, after)

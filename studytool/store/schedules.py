"""All that one learner remembers and has answered, by item: what a deck with a schedule carries."""

from __future__ import annotations

from studytool.model import Memory, Review
from studytool.store import rows, study
from studytool.store.bank import Bank


def memories(bank: Bank, learner: str) -> dict[str, Memory]:
    """item id -> the learner's memory of it."""
    found = bank.rows("select * from memories where learner = ? order by item_id", learner)
    return {row["item_id"]: rows.memory(row) for row in found}


def reviews(bank: Bank, learner: str) -> dict[str, tuple[Review, ...]]:
    """item id -> the learner's answers to it, in the order they were given."""
    found: dict[str, tuple[Review, ...]] = {}
    for one in sorted(study.reviews(bank, learner), key=lambda one: one.review.reviewed_at):
        found[one.review.item_id] = (*found.get(one.review.item_id, ()), one.review)
    return found

"""What a learner does with an item besides answering it: sets it aside, lets a response pass, reports it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from studytool.store import learners, rows
from studytool.store.bank import Bank


@dataclass(frozen=True, slots=True)
class Hold:
    """An item a learner has set aside: until a day (buried), or until it is lifted (suspended)."""

    learner: str
    item_id: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """A response that a learner lets pass as right for part `part` of an item's key.

    It counts for that learner alone: for all it counts once a trainer has made it part of the item."""

    learner: str
    item_id: str
    part: int
    text: str


# Where a build has taken an item away that a learner has on the screen, there is nothing to say of it.
_IF_THERE = "where exists (select 1 from items where id = ?)"


def hold(bank: Bank, held: Hold, at: datetime) -> bool:
    """Set an item aside for a learner; is it still there?"""
    with bank.writing():
        learners.add(bank, held.learner, at)
        return (
            bank.run(
                f"insert or replace into holds (learner, item_id, kind, until) select ?, ?, ?, ? {_IF_THERE}",
                held.learner,
                held.item_id,
                "bury" if held.until else "suspend",
                rows.day(held.until),
                held.item_id,
            )
            > 0
        )


def lift(bank: Bank, learner: str, item_id: str) -> bool:
    """Bring an item set aside back; was there one?"""
    with bank.writing():
        return bank.run("delete from holds where learner = ? and item_id = ?", learner, item_id) > 0


def holds(bank: Bank, learner: str, today: date) -> dict[str, Hold]:
    """item id -> how the learner has set it aside, of those set aside today."""
    found = bank.rows(
        "select item_id, until from holds where learner = ? and (kind = 'suspend' or until > ?)",
        learner,
        rows.day(today),
    )
    return {
        row["item_id"]: Hold(
            learner, row["item_id"], date.fromisoformat(row["until"]) if row["until"] else None
        )
        for row in found
    }


def accept_variant(bank: Bank, variant: Variant, at: datetime) -> bool:
    """Remember that a response counts as right for a learner; was it news?"""
    with bank.writing():
        return (
            bank.run(
                "insert or ignore into variants (learner, item_id, part, text, accepted_at)"
                f" select ?, ?, ?, ?, ? {_IF_THERE}",
                variant.learner,
                variant.item_id,
                variant.part,
                variant.text,
                rows.instant(at),
                variant.item_id,
            )
            > 0
        )


def variants(bank: Bank, learner: str, item_id: str, parts: int) -> tuple[tuple[str, ...], ...]:
    """What the learner has let pass for each of the item's `parts` key entries."""
    found = bank.rows(
        "select part, text from variants where item_id = ? and learner = ? order by part, text",
        item_id,
        learner,
    )
    return tuple(tuple(row["text"] for row in found if row["part"] == part) for part in range(parts))


def forget_variant(bank: Bank, variant: Variant) -> bool:
    """Take back that a response counts as right; did it?"""
    with bank.writing():
        return (
            bank.run(
                "delete from variants where learner = ? and item_id = ? and part = ? and text = ?",
                variant.learner,
                variant.item_id,
                variant.part,
                variant.text,
            )
            > 0
        )


def flag(bank: Bank, learner: str, item_id: str, reason: str, at: datetime) -> bool:
    """Tell the trainer what is wrong with an item; is it still there?"""
    with bank.writing():
        return (
            bank.run(
                f"insert into flags (item_id, learner, reason, flagged_at) select ?, ?, ?, ? {_IF_THERE}",
                item_id,
                learner,
                reason,
                rows.instant(at),
                item_id,
            )
            > 0
        )


def unflag(bank: Bank, learner: str, item_id: str) -> bool:
    """Withdraw what the learner last said of an item; was there anything?"""
    with bank.writing():
        return (
            bank.run(
                "delete from flags where id = (select max(id) from flags where learner = ? and item_id = ?)",
                learner,
                item_id,
            )
            > 0
        )

"""What learners do with the bank: cards, reviews with their undo, items set aside, accepted variants.

A review and the memory it leaves go in together: history and schedule can never disagree.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from studytool.model import Card, ItemFilter, Mark, Memory, Rating, Review
from studytool.store import items, rows
from studytool.store.bank import Bank

DEFAULT_LEARNER = "我"
MEMORY = "m.state, m.step, m.stability, m.difficulty as memory_difficulty, m.due_at, m.reviewed_at"
HELD = """
not exists (select 1 from holds h where h.learner = ? and h.item_id = i.id
            and (h.kind = 'suspend' or h.until > ?))
"""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review as it stands in the log: its number, the learner's day, the memory before it."""

    id: int
    studied_on: date
    review: Review
    before: Memory | None


@dataclass(frozen=True, slots=True)
class Hold:
    """An item a learner has set aside: until a day (buried), or until it is lifted (suspended)."""

    learner: str
    item_id: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """A response that counts as right for part `part` of an item's key."""

    item_id: str
    part: int
    text: str


def add_learner(bank: Bank, name: str, at: datetime) -> None:
    """Make a learner known; one who is known already stays as they are."""
    bank.run("insert or ignore into learners (name, created_at) values (?, ?)", name, rows.instant(at))


def learners(bank: Bank) -> tuple[str, ...]:
    """The names of all learners."""
    return tuple(row["name"] for row in bank.rows("select name from learners order by created_at, name"))


def due_cards(
    bank: Bank, learner: str, at: datetime, chosen: ItemFilter, top: int | None = None
) -> tuple[Card, ...]:
    """The learner's cards that are due at `at`, the longest due first."""
    condition, values = items.where(chosen)
    found = bank.rows(
        f"select {items.COLUMNS}, {MEMORY} {items.FROM}"
        f" join memories m on m.item_id = i.id and m.learner = ?"
        f" where m.due_at <= ? and {condition} and {HELD} order by m.due_at, i.id limit ?",
        learner,
        rows.instant(at),
        *values,
        learner,
        rows.day(at.date()),
        -1 if top is None else top,
    )
    return tuple(_card(row) for row in found)


def new_cards(
    bank: Bank, learner: str, at: datetime, chosen: ItemFilter, top: int | None = None
) -> tuple[Card, ...]:
    """Items the learner has never met, best first."""
    condition, values = items.where(chosen)
    found = bank.rows(
        f"select {items.COLUMNS} {items.FROM}"
        f" where not exists (select 1 from memories m where m.learner = ? and m.item_id = i.id)"
        f" and {condition} and {HELD} order by i.score desc, i.id limit ?",
        learner,
        *values,
        learner,
        rows.day(at.date()),
        -1 if top is None else top,
    )
    return tuple(Card(rows.item(row)) for row in found)


def memory_of(bank: Bank, learner: str, item_id: str) -> Memory | None:
    """The learner's memory of an item; None while it is new."""
    found = bank.rows("select * from memories where learner = ? and item_id = ?", learner, item_id)
    return rows.memory(found[0]) if found else None


def record(bank: Bank, review: Review, after: Memory | None) -> int:
    """Keep an answer and the memory it leaves, in one transaction; the review's number.

    With `after` None the answer is logged and the memory stays (an exam paper, a challenge)."""
    with bank.writing():
        add_learner(bank, review.learner, review.reviewed_at)
        before = memory_of(bank, review.learner, review.item_id)
        review_id = _log(bank, review, before)
        if after is not None:
            _put_memory(bank, review.learner, review.item_id, after)
    return review_id


def correct(bank: Bank, review_id: int, review: Review, after: Memory | None) -> None:
    """Replace the outcome of a review just given: another rating, or “算对”."""
    with bank.writing():
        bank.run(
            "update reviews set mark = ?, rating = ?, guessed = ? where id = ?",
            review.mark,
            int(review.rating),
            int(review.guessed),
            review_id,
        )
        if after is not None:
            _put_memory(bank, review.learner, review.item_id, after)


def undo(bank: Bank, learner: str) -> Reviewed | None:
    """Take back the learner's last review and give them back the memory they had before it."""
    with bank.writing():
        found = bank.rows("select * from reviews where learner = ? order by id desc limit 1", learner)
        if not found:
            return None
        last = _reviewed(found[0])
        bank.run("delete from reviews where id = ?", last.id)
        if last.before is None:
            bank.run("delete from memories where learner = ? and item_id = ?", learner, last.review.item_id)
        else:
            _put_memory(bank, learner, last.review.item_id, last.before)
    return last


def reviews(bank: Bank, learner: str, since: datetime | None = None) -> tuple[Reviewed, ...]:
    """The learner's reviews in order, from `since` on."""
    found = bank.rows(
        "select * from reviews where learner = ? and reviewed_at >= ? order by id",
        learner,
        rows.instant(since) if since else "",
    )
    return tuple(_reviewed(row) for row in found)


def hold(bank: Bank, held: Hold, at: datetime) -> None:
    """Set an item aside for a learner."""
    with bank.writing():
        add_learner(bank, held.learner, at)
        bank.run(
            "insert or replace into holds (learner, item_id, kind, until) values (?, ?, ?, ?)",
            held.learner,
            held.item_id,
            "bury" if held.until else "suspend",
            rows.day(held.until),
        )


def lift(bank: Bank, learner: str, item_id: str) -> bool:
    """Bring an item set aside back; was there one?"""
    with bank.writing():
        return bank.run("delete from holds where learner = ? and item_id = ?", learner, item_id) > 0


def accept_variant(bank: Bank, learner: str, variant: Variant, at: datetime) -> None:
    """Remember that a response counts as right for a part of an item's key."""
    with bank.writing():
        bank.run(
            "insert or ignore into variants (item_id, part, text, learner, accepted_at)"
            " values (?, ?, ?, ?, ?)",
            variant.item_id,
            variant.part,
            variant.text,
            learner,
            rows.instant(at),
        )


def variants(bank: Bank, item_id: str, parts: int) -> tuple[tuple[str, ...], ...]:
    """The accepted variants of each of the item's `parts` key entries."""
    found = bank.rows("select part, text from variants where item_id = ? order by part, text", item_id)
    return tuple(tuple(row["text"] for row in found if row["part"] == part) for part in range(parts))


def forget_variant(bank: Bank, variant: Variant) -> bool:
    """Take an accepted variant back; was there one?"""
    with bank.writing():
        return (
            bank.run(
                "delete from variants where item_id = ? and part = ? and text = ?",
                variant.item_id,
                variant.part,
                variant.text,
            )
            > 0
        )


def flag(bank: Bank, learner: str, item_id: str, reason: str, at: datetime) -> None:
    """Tell the trainer what is wrong with an item."""
    with bank.writing():
        bank.run(
            "insert into flags (item_id, learner, reason, flagged_at) values (?, ?, ?, ?)",
            item_id,
            learner,
            reason,
            rows.instant(at),
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


def families_since(bank: Bank, learner: str, since: datetime) -> frozenset[str]:
    """The families of the items the learner has answered since an instant: they rest for the day."""
    found = bank.rows(
        "select distinct i.family from reviews r join items i on i.id = r.item_id"
        " where r.learner = ? and r.reviewed_at >= ?",
        learner,
        rows.instant(since),
    )
    return frozenset(row["family"] for row in found)


def new_today(bank: Bank, learner: str, midnight: datetime) -> int:
    """How many new items the learner has met since `midnight`: for the daily limit."""
    count = bank.value(
        "select count(distinct r.item_id) from reviews r"
        " join memories m on m.learner = r.learner and m.item_id = r.item_id"
        " where r.learner = ? and r.reviewed_at >= ? and r.before is null",
        learner,
        rows.instant(midnight),
    )
    return int(str(count))


def _card(row: object) -> Card:
    columns = {name: row[name] for name in row.keys()}  # type: ignore[attr-defined,index] # noqa: SIM118
    memory = rows.memory({**columns, "difficulty": columns["memory_difficulty"]})
    return Card(rows.item(row), memory)  # type: ignore[arg-type]


def _log(bank: Bank, review: Review, before: Memory | None) -> int:
    bank.run(
        "insert into reviews (learner, item_id, reviewed_at, studied_on, response, mark, rating, seconds,"
        " mode, guessed, before) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        review.learner,
        review.item_id,
        rows.instant(review.reviewed_at),
        rows.day(review.reviewed_at.date()),
        rows.dump(review.response),
        review.mark,
        int(review.rating),
        review.seconds,
        review.mode,
        int(review.guessed),
        rows.dump(rows.memory_columns(before)) if before else None,
    )
    return int(str(bank.value("select last_insert_rowid()")))


def _put_memory(bank: Bank, learner: str, item_id: str, memory: Memory) -> None:
    row = {"learner": learner, "item_id": item_id, **rows.memory_columns(memory)}
    bank.run(
        f"insert or replace into memories ({', '.join(row)}) values ({', '.join('?' * len(row))})",
        *row.values(),
    )


def _reviewed(row: object) -> Reviewed:
    columns = {name: row[name] for name in row.keys()}  # type: ignore[attr-defined,index] # noqa: SIM118
    review = Review(
        item_id=columns["item_id"],
        learner=columns["learner"],
        reviewed_at=datetime.fromisoformat(columns["reviewed_at"]),
        response=tuple(json.loads(columns["response"])),
        mark=Mark(columns["mark"]),
        rating=Rating(columns["rating"]),
        seconds=columns["seconds"],
        mode=columns["mode"],
        guessed=bool(columns["guessed"]),
    )
    before = rows.memory(json.loads(columns["before"])) if columns["before"] else None
    return Reviewed(columns["id"], date.fromisoformat(columns["studied_on"]), review, before)

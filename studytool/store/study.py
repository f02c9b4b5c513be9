"""What learners do with the bank: the cards that come, their reviews, and undoing them.

A review and the memory it leaves go in together: history and schedule can never disagree.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from studytool.model import Card, Item, ItemFilter, Mark, Memory, Rating, Review, Status
from studytool.store import items, learners, rows
from studytool.store.bank import Bank

DEFAULT_LEARNER = "我"
DAY = timedelta(days=1)
MEMORY = "m.state, m.step, m.stability, m.difficulty as memory_difficulty, m.due_at, m.reviewed_at"
HELD = """
not exists (select 1 from holds h where h.learner = ? and h.item_id = i.id
            and (h.kind = 'suspend' or h.until > ?))
"""
# Answered on a day to come, by a clock that was wrong: when such a card is due nobody knows; so it is now.
AHEAD = (
    "(m.reviewed_at > ? and m.item_id in (select item_id from reviews where learner = ? and reviewed_at > ?))"
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A card before it is read in full: enough to say whether it comes."""

    id: str
    family: str
    score: float
    memory: Memory | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review as it stands in the log: its number, the learner's day, the memory before it."""

    id: int
    studied_on: date
    review: Review
    before: Memory | None


def due(
    bank: Bank, learner: str, until: datetime, chosen: ItemFilter, top: int | None = None
) -> tuple[Waiting, ...]:
    """The learner's cards that are due before `until`, the longest due first; `until` ends their day."""
    condition, values = items.where(chosen, light=True)
    midnight = rows.instant(until)
    found = bank.rows(
        f"select i.id, i.family, i.score, {MEMORY} {items.tables(chosen)}"
        f" join memories m on m.item_id = i.id and m.learner = ?"
        f" where (m.due_at < ? or {AHEAD}) and {condition} and {HELD} order by m.due_at, i.id limit ?",
        learner,
        midnight,
        *(midnight, learner, midnight),
        *values,
        learner,
        rows.day(_day_before(until)),
        -1 if top is None else top,
    )
    return tuple(Waiting(row["id"], row["family"], row["score"], _memory(row)) for row in found)


def fresh(
    bank: Bank, learner: str, today: date, chosen: ItemFilter, top: int | None = None
) -> tuple[Waiting, ...]:
    """Items the learner has never met, best first."""
    condition, values = items.where(chosen, light=True)
    found = bank.rows(
        f"select i.id, i.family, i.score {items.tables(chosen)}"
        f" where not exists (select 1 from memories m where m.learner = ? and m.item_id = i.id)"
        f" and {condition} and {HELD} order by i.score desc, i.id limit ?",
        learner,
        *values,
        learner,
        rows.day(today),
        -1 if top is None else top,
    )
    return tuple(Waiting(row["id"], row["family"], row["score"]) for row in found)


def cards(bank: Bank, learner: str, ids: Sequence[str]) -> tuple[Card, ...]:
    """The learner's cards of these items, in this order; unknown ids are left out."""
    found = items.select(bank, ItemFilter(ids=tuple(ids), statuses=())) if ids else ()  # without ids, all
    known = {item.id: item for item in found}
    return cards_of(bank, learner, [known[name] for name in ids if name in known])


def askable(bank: Bank, learner: str, ids: Sequence[str]) -> tuple[Card, ...]:
    """Of these cards, as the bank has them now, those that may be asked."""
    return tuple(card for card in cards(bank, learner, ids) if card.item.status is not Status.RETIRED)


def cards_of(bank: Bank, learner: str, chosen: Sequence[Item]) -> tuple[Card, ...]:
    """The learner's cards of these items, in this order."""
    found = bank.rows(
        "select * from memories where learner = ? and item_id in (select value from json_each(?))",
        learner,
        rows.dump([item.id for item in chosen]),
    )
    memories = {row["item_id"]: rows.memory(row) for row in found}
    return tuple(Card(item, memories.get(item.id)) for item in chosen)


def memory_of(bank: Bank, learner: str, item_id: str) -> Memory | None:
    """The learner's memory of an item; None while it is new."""
    found = bank.rows("select * from memories where learner = ? and item_id = ?", learner, item_id)
    return rows.memory(found[0]) if found else None


def record(bank: Bank, review: Review, after: Memory | None) -> int:
    """Keep an answer and the memory it leaves, in one transaction; the review's number.

    With `after` None the answer is logged and the memory stays (an exam paper, a challenge)."""
    with bank.writing():
        before = memory_of(bank, review.learner, review.item_id)
        try:
            review_id = _log(bank, review, before)
        except sqlite3.IntegrityError:  # a learner is new only once
            learners.add(bank, review.learner, review.reviewed_at)
            review_id = _log(bank, review, before)
        if after is not None:
            put_memory(bank, review.learner, review.item_id, after)
    return review_id


def correct(bank: Bank, review_id: int, review: Review, after: Memory | None) -> None:
    """Replace the outcome of a review just given: another rating, or “算对”."""
    with bank.writing():
        bank.run(
            "update reviews set mark = ?, rating = ?, guessed = ?"
            " where id = ? and learner = ? and item_id = ?",
            review.mark,
            int(review.rating),
            int(review.guessed),
            review_id,
            review.learner,
            review.item_id,
        )
        if after is not None:
            put_memory(bank, review.learner, review.item_id, after)


def undo(bank: Bank, learner: str, review_id: int | None = None) -> Reviewed | None:
    """Take back a review of the learner's, by default the last, and give back the memory before it.

    None where there is nothing to take back, or the item has been answered again since."""
    with bank.writing():
        number = review_id or bank.value("select max(id) from reviews where learner = ?", learner)
        found = bank.rows("select * from reviews where id = ? and learner = ?", number, learner)
        if not found or _answered_since(bank, found[0]):
            return None
        last = _reviewed(found[0])
        bank.run("delete from reviews where id = ?", last.id)
        if last.before:
            put_memory(bank, learner, last.review.item_id, last.before)
        else:
            bank.run("delete from memories where learner = ? and item_id = ?", learner, last.review.item_id)
    return last


def _answered_since(bank: Bank, row: sqlite3.Row) -> bool:
    later = "select exists(select 1 from reviews where item_id = ? and learner = ? and id > ?)"
    return bool(bank.value(later, row["item_id"], row["learner"], row["id"]))


def reviews(bank: Bank, learner: str, since: datetime | None = None) -> tuple[Reviewed, ...]:
    """The learner's reviews in order, from `since` on."""
    found = bank.rows(
        "select * from reviews where learner = ? and reviewed_at >= ? order by id",
        learner,
        rows.instant(since) if since else "",
    )
    return tuple(_reviewed(row) for row in found)


def of_item(bank: Bank, learner: str, item_id: str) -> tuple[Reviewed, ...]:
    """The learner's reviews of an item, in order."""
    sql = "select * from reviews where learner = ? and item_id = ? order by id"
    return tuple(map(_reviewed, bank.rows(sql, learner, item_id)))


def numbered(bank: Bank, ids: Sequence[int]) -> tuple[Reviewed, ...]:
    """The reviews of these numbers, in order."""
    found = bank.rows(
        "select * from reviews where id in (select value from json_each(?)) order by id", rows.dump(list(ids))
    )
    return tuple(_reviewed(row) for row in found)


def families_of_day(bank: Bank, learner: str, midnight: datetime) -> frozenset[str]:
    """The families of the items the learner answered on the day begun at `midnight`: they rest for the day.

    A clock that was wrong may have left answers of days to come, which are none of this day."""
    found = bank.rows(
        "select distinct i.family from reviews r join items i on i.id = r.item_id"
        " where r.learner = ? and r.reviewed_at >= ? and r.reviewed_at < ?",
        learner,
        rows.instant(midnight),
        rows.instant(midnight + DAY),
    )
    return frozenset(row["family"] for row in found)


def new_of_day(bank: Bank, learner: str, midnight: datetime) -> int:
    """How many new items the learner met on the day begun at `midnight`: for the daily limit."""
    count = bank.value(
        "select count(distinct r.item_id) from reviews r"
        " join memories m on m.learner = r.learner and m.item_id = r.item_id"
        " where r.learner = ? and r.reviewed_at >= ? and r.reviewed_at < ? and r.before is null",
        learner,
        rows.instant(midnight),
        rows.instant(midnight + DAY),
    )
    return int(str(count))


def _day_before(midnight: datetime) -> date:
    return (midnight - timedelta(microseconds=1)).date()


def _memory(row: sqlite3.Row) -> Memory:
    columns = {name: row[name] for name in row.keys()}  # noqa: SIM118 - a row is no mapping
    return rows.memory({**columns, "difficulty": columns["memory_difficulty"]})


def _log(bank: Bank, review: Review, before: Memory | None) -> int:
    return bank.insert(
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


_MEMORY_KEPT = (
    "insert or replace into memories"
    " (learner, item_id, state, step, stability, difficulty, due_at, reviewed_at)"
    " values (?, ?, ?, ?, ?, ?, ?, ?)"
)


def put_memory(bank: Bank, learner: str, item_id: str, memory: Memory) -> None:
    """Keep what the learner remembers of an item, in place of what was kept before."""
    bank.run(_MEMORY_KEPT, learner, item_id, *rows.memory_columns(memory).values())


@rows.or_damaged
def _reviewed(row: sqlite3.Row) -> Reviewed:
    review = Review(
        item_id=row["item_id"],
        learner=row["learner"],
        reviewed_at=rows.read_instant(row["reviewed_at"]),
        response=tuple(json.loads(row["response"])),
        mark=Mark(row["mark"]),
        rating=Rating(row["rating"]),
        seconds=row["seconds"],
        mode=row["mode"],
        guessed=bool(row["guessed"]),
    )
    before = rows.memory(json.loads(row["before"])) if row["before"] else None
    return Reviewed(row["id"], date.fromisoformat(row["studied_on"]), review, before)

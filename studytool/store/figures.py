"""Counts and sums over the bank: the figures behind the greeting and the statistics screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from studytool.store import homes, items, rows, sittings
from studytool.store.bank import Bank
from studytool.store.study import AHEAD, HELD

MASTERED_DAYS = 21  # a memory this stable is called mastered, as Anki calls it mature
RETENTION_DAYS = 30
ASKED = "item_id not in (select id from items where status = 'retired')"
HARDEST, ARTICLES = 10, 10

# Where every item stands first, found in one pass: to sort each item's own origins is quadratic where one
# sentence stands in a thousand documents. Of a group SQLite gives the row of the least. The joins are crossed
# so that only indexes are read until the first are known, and then each table in its own order.
STANDING_FIRST = f"""
(select o.item_id, d.id as document_id, min(d.place)
 from (select d.id, row_number() over (order by {homes.order("d")}) as place from documents d) d
 cross join origins o on o.document_id = d.id group by o.item_id) f
cross join origins o on o.item_id = f.item_id and o.document_id = f.document_id
"""


@dataclass(frozen=True, slots=True)
class BankFigures:
    """What the bank holds."""

    documents: int
    articles: int
    items: int
    by_kind: tuple[tuple[str, int], ...]
    by_asks: tuple[tuple[str, int], ...]
    by_status: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Today:
    """How a learner stands: `due` cards, of which a sitting would ask `ready` (one of a family a day)."""

    learner: str
    met: int
    due: int
    ready: int
    held: int
    days: tuple[date, ...]  # of study, the last first
    answers: int  # today's


@dataclass(frozen=True, slots=True)
class Work:
    """What was answered on a day in a mode."""

    on: date
    mode: str
    answers: int
    right: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Mastery:
    """Of a group's items, how many were met and how many are mastered."""

    name: str
    items: int
    met: int
    mastered: int


@dataclass(frozen=True, slots=True)
class Hard:
    """An item that is often wrong."""

    item_id: str
    stem: str
    key: str
    wrong: int
    answers: int


@dataclass(frozen=True, slots=True)
class LearnerFigures:
    """What one learner has done; `due` are the instants their cards are due at within `days_ahead`."""

    today: Today
    work: tuple[Work, ...]
    due: tuple[datetime, ...]
    retained: tuple[int, int]  # of this many reviews of known cards, this many were remembered
    by_kind: tuple[Mastery, ...]
    by_article: tuple[Mastery, ...]
    hardest: tuple[Hard, ...]
    best_challenge: int | None
    exams: tuple[sittings.Result, ...]


def bank_figures(bank: Bank) -> BankFigures:
    """The counts of what is in the bank; retired items count only in `by_status`."""
    return BankFigures(
        documents=_count(bank, "documents where imported = 0"),
        articles=_count(bank, "articles"),
        items=item_count(bank),
        by_kind=_groups(bank, "kind", "where status <> 'retired'"),
        by_asks=_groups(bank, "asks", "where status <> 'retired'"),
        by_status=_groups(bank, "status", ""),
    )


def undated(bank: Bank, paths: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Of these documents those without a date that ask for figures without saying of which year: their names,
    and how many figures; the most first."""
    found = bank.rows(
        "select d.name, count(distinct i.id) as n from documents d join origins o on o.document_id = d.id"
        " join items i on i.id = o.item_id"
        " where d.path in (select value from json_each(?)) and o.published_on is null and i.asks = 'figure'"
        " and i.status <> 'retired' and i.stem not glob '*[0-9][0-9][0-9][0-9]年*'"
        " group by d.id order by n desc, d.name",
        rows.dump(list(paths)),
    )
    return tuple((row["name"], row["n"]) for row in found)


def item_count(bank: Bank) -> int:
    """How many items can be asked."""
    return _count(bank, "items where status <> 'retired'")


def today(bank: Bank, learner: str, at: datetime) -> Today:
    """How the learner stands at `at`, which is in their own zone."""
    due, ready = _due(bank, learner, at)
    return Today(
        learner=learner,
        met=_count(bank, f"memories where learner = ? and {ASKED}", learner),
        due=due,
        ready=ready,
        held=_count(
            bank,
            f"holds where learner = ? and (kind = 'suspend' or until > ?) and {ASKED}",
            learner,
            rows.day(at.date()),
        ),
        days=_days(bank, learner),
        answers=_count(
            bank,
            f"reviews where learner = ? and studied_on = ? and id not in {sittings.UNMARKED}",
            learner,
            rows.day(at.date()),
        ),
    )


def learner_figures(bank: Bank, learner: str, at: datetime, days_ahead: int = 30) -> LearnerFigures:
    """All about a learner at `at`."""
    return LearnerFigures(
        today=today(bank, learner, at),
        work=_work(bank, learner),
        due=_coming(bank, learner, at, _midnight(at) + timedelta(days=days_ahead)),
        retained=_retained(bank, learner, at),
        by_kind=_mastery(bank, learner, "i.kind", "items i", "i.id"),
        by_article=_mastery(bank, learner, "o.article", STANDING_FIRST, "o.item_id")[:ARTICLES],
        hardest=_hardest(bank, learner),
        best_challenge=sittings.best_challenge(bank, learner),
        exams=sittings.results(bank, learner),
    )


def _midnight(at: datetime) -> datetime:
    """The midnight that ends the day: a card in review is due all day, one being learnt to the minute."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _due(bank: Bank, learner: str, at: datetime) -> tuple[int, int]:
    """Cards due, and families of which a sitting would still ask one today."""
    midnight = _midnight(at)
    today = rows.instant(midnight - timedelta(days=1)), rows.instant(midnight)
    row = bank.rows(
        "with answered as (select distinct f.family from reviews r join items f on f.id = r.item_id"
        "                  where r.learner = ? and r.reviewed_at >= ? and r.reviewed_at < ?)"
        " select count(*) as due, count(distinct iif(m.reviewed_at >= ? and m.reviewed_at < ?"
        "                                            or i.family not in answered, i.family, null)) as ready"
        " from memories m join items i on i.id = m.item_id"
        f" where m.learner = ? and i.status <> 'retired' and {items.UNCONTESTED}"
        f" and (m.due_at < ? and (m.state = 2 or m.due_at <= ?) or {AHEAD}) and {HELD}",
        *(learner, *today, *today, learner),
        *(today[1], rows.instant(at), today[1], learner, today[1]),
        *(learner, rows.day(at.date())),
    )[0]
    return row["due"], row["ready"]


def _days(bank: Bank, learner: str) -> tuple[date, ...]:
    """The days of study, the last first; each is found by one step in the index, not by counting all."""
    found = bank.rows(
        "with recursive d(day) as (select max(studied_on) from reviews where learner = ? union all"
        " select (select max(studied_on) from reviews where learner = ? and studied_on < d.day)"
        " from d where d.day is not null) select day from d where day is not null",
        learner,
        learner,
    )
    return tuple(date.fromisoformat(row["day"]) for row in found)


def _work(bank: Bank, learner: str) -> tuple[Work, ...]:
    found = bank.rows(
        "select studied_on, mode, count(*) as answers, sum(mark = 'right') as rights,"
        " sum(seconds) as seconds from reviews where learner = ? and id not in"
        f" {sittings.UNMARKED}"
        " group by studied_on, mode",
        learner,
    )
    return tuple(
        Work(
            date.fromisoformat(row["studied_on"]),
            row["mode"],
            row["answers"],
            row["rights"],
            round(row["seconds"], 1),
        )
        for row in found
    )


def _coming(bank: Bank, learner: str, at: datetime, until: datetime) -> tuple[datetime, ...]:
    midnight = rows.instant(_midnight(at))
    found = bank.rows(
        "select iif(m.reviewed_at > ?, ?, m.due_at) as due_at"
        " from memories m join items i on i.id = m.item_id"
        f" where m.learner = ? and (m.due_at < ? or {AHEAD}) and i.status <> 'retired'"
        f" and {items.UNCONTESTED} and {HELD} order by 1",
        *(midnight, rows.instant(at), learner),
        *(rows.instant(until), midnight, learner, midnight),
        *(learner, rows.day(at.date())),
    )
    return tuple(datetime.fromisoformat(row["due_at"]) for row in found)


def _retained(bank: Bank, learner: str, at: datetime) -> tuple[int, int]:
    """Of the reviews of known cards in the last month, how many were remembered, and how many there were."""
    row = bank.rows(
        "select coalesce(sum(rating > 1), 0) as kept, count(*) as asked from reviews"
        " where learner = ? and reviewed_at >= ? and reviewed_at < ? and mode not in ('exam', 'challenge')"
        " and json_extract(before, '$.state') = 2",
        learner,
        rows.instant(at - timedelta(days=RETENTION_DAYS)),
        rows.instant(_midnight(at)),
    )[0]
    return row["kept"], row["asked"]


def _mastery(bank: Bank, learner: str, column: str, tables: str, item_id: str) -> tuple[Mastery, ...]:
    found = bank.rows(
        f"select {column} as name, count(*) as items, count(m.item_id) as met,"
        " coalesce(sum(m.state = 2 and m.stability >= ?), 0) as mastered"
        f" from {tables} left join memories m on m.item_id = {item_id} and m.learner = ?"
        f" where {item_id} not in (select id from items where status = 'retired')"
        " group by name order by met desc, items desc, name",
        MASTERED_DAYS,
        learner,
    )
    return tuple(Mastery(row["name"], row["items"], row["met"], row["mastered"]) for row in found)


def _hardest(bank: Bank, learner: str) -> tuple[Hard, ...]:
    found = bank.rows(
        "select i.id, i.stem, i.key, w.wrong,"
        " (select count(*) from reviews r where r.item_id = i.id and r.learner = ?"
        f"  and r.id not in {sittings.UNMARKED}) as answers"
        " from (select item_id, count(*) as wrong from reviews where learner = ? and mark = 'wrong'"
        f"       and id not in {sittings.UNMARKED}"
        f"       and {ASKED}"
        "       group by item_id order by wrong desc, item_id limit ?) w"
        " join items i on i.id = w.item_id order by w.wrong desc, i.id",
        learner,
        learner,
        HARDEST,
    )
    return tuple(Hard(row["id"], row["stem"], row["key"], row["wrong"], row["answers"]) for row in found)


def _count(bank: Bank, what: str, *values: object) -> int:
    return int(str(bank.value(f"select count(*) from {what}", *values)))


def _groups(bank: Bank, column: str, condition: str) -> tuple[tuple[str, int], ...]:
    found = bank.rows(
        f"select {column} as name, count(*) as n from items {condition}"
        f" group by {column} order by n desc, name"
    )
    return tuple((row["name"], row["n"]) for row in found)

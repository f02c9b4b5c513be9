"""Counts and sums over the bank: the figures behind the statistics screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from studytool.store import rows
from studytool.store.bank import Bank


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
class LearnerFigures:
    """What one learner has done; `days` maps each day of study to its answers."""

    learner: str
    answers: int
    right: int
    met: int
    due: int
    seconds: float
    days: tuple[tuple[str, int], ...]


def bank_figures(bank: Bank) -> BankFigures:
    """The counts of what is in the bank; retired items count only in `by_status`."""
    return BankFigures(
        documents=_count(bank, "documents"),
        articles=_count(bank, "articles"),
        items=_count(bank, "items where status <> 'retired'"),
        by_kind=_groups(bank, "kind", "where status <> 'retired'"),
        by_asks=_groups(bank, "asks", "where status <> 'retired'"),
        by_status=_groups(bank, "status", ""),
    )


def learner_figures(bank: Bank, learner: str, at: datetime) -> LearnerFigures:
    """The counts of what a learner has done until `at`; days are the learner's own."""
    row = bank.rows(
        "select count(*) as answers, coalesce(sum(mark = 'right'), 0) as rights,"
        " coalesce(sum(seconds), 0.0) as seconds from reviews where learner = ?",
        learner,
    )[0]
    days = bank.rows(
        "select studied_on as day, count(*) as answers from reviews where learner = ?"
        " group by day order by day",
        learner,
    )
    due = bank.value(
        "select count(*) from memories m join items i on i.id = m.item_id"
        " where m.learner = ? and i.status <> 'retired' and (m.due_at <= ? or m.state = 2 and m.due_at < ?)",
        learner,
        rows.instant(at),
        rows.instant(_next_midnight(at)),
    )
    met = bank.value("select count(*) from memories where learner = ?", learner)
    return LearnerFigures(
        learner=learner,
        answers=row["answers"],
        right=row["rights"],
        met=int(str(met)),
        due=int(str(due)),
        seconds=float(row["seconds"]),
        days=tuple((day["day"], day["answers"]) for day in days),
    )


def _next_midnight(at: datetime) -> datetime:
    """A card in review is due all day; one still being learnt is due to the minute."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _count(bank: Bank, what: str) -> int:
    return int(str(bank.value(f"select count(*) from {what}")))


def _groups(bank: Bank, column: str, condition: str) -> tuple[tuple[str, int], ...]:
    found = bank.rows(
        f"select {column} as name, count(*) as n from items {condition}"
        f" group by {column} order by n desc, name"
    )
    return tuple((row["name"], row["n"]) for row in found)

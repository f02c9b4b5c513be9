"""Exam papers, which can be gone on with after a crash, with their results; and challenges with the best one.

An answer and its place on the paper go in together, so that no answer is ever asked for twice.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from studytool.errors import StudyError
from studytool.model import Review
from studytool.store import learners, rows, study
from studytool.store.bank import Bank

ELSEWHERE = "这份卷正在别处作答，或者已经交了：这里的没有记入，请关掉这一处，再运行 studytool exam"
# Reviews of papers that can still be gone on with: whoever is told of them would be told the answers.
UNMARKED = (
    "(select u.review_id from paper_items u join papers p on p.id = u.paper_id"
    " where p.finished_at is null and u.review_id is not null)"
)
SectionRow = tuple[str, int, int, float, float]  # kind, questions, right, points, most


@dataclass(frozen=True, slots=True)
class Terms:
    """What a paper is called, how long it may take, what must be reached, what it asks for which points."""

    title: str
    minutes: float | None
    pass_percent: float
    asked: tuple[tuple[str, int], ...]  # (item id, points)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it stands: `seconds` have been used, `given` are its answers in the order they came;
    `numbers` says of each answered item which review it is."""

    id: int
    terms: Terms
    started_at: datetime
    seconds: float
    given: tuple[Review, ...]
    numbers: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A finished paper."""

    title: str
    started_at: datetime
    seconds: float
    pass_percent: float
    sections: tuple[SectionRow, ...]


def begin_paper(bank: Bank, learner: str, terms: Terms, at: datetime) -> Paper:
    """Put a paper before the learner."""
    with bank.writing():
        learners.add(bank, learner, at)
        bank.run(
            "insert into papers (learner, title, started_at, minutes, pass_percent) values (?, ?, ?, ?, ?)",
            learner,
            terms.title,
            rows.instant(at),
            terms.minutes,
            terms.pass_percent,
        )
        number = _last_id(bank)
        for position, (item_id, points) in enumerate(terms.asked):
            bank.run(
                "insert into paper_items (paper_id, position, item_id, points) values (?, ?, ?, ?)",
                number,
                position,
                item_id,
                points,
            )
    return Paper(number, terms, at, 0.0, ())


def open_paper(bank: Bank, learner: str) -> Paper | None:
    """The paper the learner has not finished; the last of them."""
    found = bank.rows(
        "select * from papers where learner = ? and finished_at is null order by id desc limit 1", learner
    )
    return _paper(bank, found[0]) if found else None


def answered(bank: Bank, paper_id: int, item_id: str, review_id: int, seconds: float) -> None:
    """Note which review answers a question, and the time used so far.

    Raises StudyError where it has been answered, or the paper handed in, at another terminal."""
    with bank.writing():
        noted = bank.run(
            "update paper_items set review_id = ? where paper_id = ? and item_id = ?"
            " and review_id is null and exists (select 1 from papers where id = ? and finished_at is null)",
            review_id,
            paper_id,
            item_id,
            paper_id,
        )
        if not noted:
            raise StudyError(ELSEWHERE)
        bank.run("update papers set seconds = ? where id = ?", seconds, paper_id)


def changed(bank: Bank, paper_id: int, review_id: int, review: Review, seconds: float) -> None:
    """Put another answer in the place of one on the paper; the day and the hour stay those of the first.

    Raises StudyError where the paper has been handed in, or given up, at another terminal."""
    with bank.writing():
        kept = bank.run(
            "update reviews set response = ?, mark = ?, rating = ?, seconds = seconds + ?"
            " where id = ? and learner = ? and exists (select 1 from papers p"
            " join paper_items i on i.paper_id = p.id"
            " where p.id = ? and p.finished_at is null and i.review_id = reviews.id)",
            rows.dump(review.response),
            review.mark,
            int(review.rating),
            review.seconds,
            review_id,
            review.learner,
            paper_id,
        )
        if not kept:
            raise StudyError(ELSEWHERE)
        bank.run("update papers set seconds = ? where id = ?", seconds, paper_id)


def used(bank: Bank, paper_id: int, seconds: float) -> None:
    """Note the time used so far, unless the paper is over."""
    with bank.writing():
        bank.run("update papers set seconds = ? where id = ? and finished_at is null", seconds, paper_id)


def finish_paper(bank: Bank, paper_id: int, sections: Sequence[SectionRow], at: datetime) -> None:
    """Keep the result; the paper is over. Raises StudyError where it has been handed in already."""
    with bank.writing():
        kept = bank.run(
            "update papers set finished_at = ?, result = ? where id = ? and finished_at is null",
            rows.instant(at),
            rows.dump([list(section) for section in sections]),
            paper_id,
        )
    if not kept:
        raise StudyError(ELSEWHERE)


def drop_paper(bank: Bank, paper_id: int) -> None:
    """Give up a paper that is not handed in; what was answered stays in the log."""
    with bank.writing():
        bank.run("delete from papers where id = ? and finished_at is null", paper_id)


def last_paper(bank: Bank) -> int:
    """The number of the last paper, 0 before the first: another paper asks other questions."""
    return int(str(bank.value("select coalesce(max(id), 0) from papers")))


def results(bank: Bank, learner: str) -> tuple[Result, ...]:
    """The learner's finished papers, the last first."""
    found = bank.rows(
        "select * from papers where learner = ? and finished_at is not null"
        " order by finished_at desc, id desc",
        learner,
    )
    return tuple(
        Result(
            title=row["title"],
            started_at=datetime.fromisoformat(row["started_at"]),
            seconds=row["seconds"],
            pass_percent=row["pass_percent"],
            sections=tuple(tuple(section) for section in json.loads(row["result"])),
        )
        for row in found
    )


def begin_challenge(bank: Bank, learner: str, at: datetime) -> int:
    """Note that a challenge has begun; its number."""
    with bank.writing():
        learners.add(bank, learner, at)
        bank.run("insert into challenges (learner, started_at) values (?, ?)", learner, rows.instant(at))
        return _last_id(bank)


def challenged(bank: Bank, challenge_id: int, right: int, answers: int) -> None:
    """Note how far a challenge has come."""
    with bank.writing():
        bank.run(
            "update challenges set right_count = ?, answer_count = ? where id = ?",
            right,
            answers,
            challenge_id,
        )


def best_challenge(bank: Bank, learner: str) -> int | None:
    """The most right answers in one challenge; None before the first."""
    best = bank.value("select max(right_count) from challenges where learner = ?", learner)
    return None if best is None else int(str(best))


def challenge_count(bank: Bank, learner: str) -> int:
    """How many challenges the learner has begun: another challenge asks other questions."""
    return int(str(bank.value("select count(*) from challenges where learner = ?", learner)))


def _last_id(bank: Bank) -> int:
    return int(str(bank.value("select last_insert_rowid()")))


def _paper(bank: Bank, row: sqlite3.Row) -> Paper:
    asked = bank.rows(
        "select item_id, points, review_id from paper_items where paper_id = ? order by position", row["id"]
    )
    reviews = sorted(place["review_id"] for place in asked if place["review_id"] is not None)
    return Paper(
        id=row["id"],
        terms=Terms(
            row["title"],
            row["minutes"],
            row["pass_percent"],
            tuple((place["item_id"], place["points"]) for place in asked),
        ),
        started_at=datetime.fromisoformat(row["started_at"]),
        seconds=row["seconds"],
        given=tuple(one.review for one in study.numbered(bank, reviews)),
        numbers=tuple(
            (place["item_id"], place["review_id"]) for place in asked if place["review_id"] is not None
        ),
    )

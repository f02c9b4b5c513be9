"""A bank of 100,000 items and 1,000,000 reviews: how long to the first question, and for each answer.

Run it by hand: `python tests/benchmarks/bench_quiz.py [FOLDER]`. Pytest does not collect it, because making
the bank takes a minute; a bank already in FOLDER is used again.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from prepared import answer, run, seconds, until_asked

from studytool.store import learners, study
from studytool.store.bank import Bank
from studytool.store.opening import open_bank

ITEMS, MET, REVIEWS, DOCUMENTS = 100_000, 60_000, 1_000_000, 200
LEARNER = study.DEFAULT_LEARNER
RUNS, ANSWERS = 7, 200
BEFORE = '{"state":2,"step":null,"stability":20.0,"difficulty":5.0,"due_at":"","reviewed_at":null}'


def make(place: Path, now: datetime) -> None:
    """A bank as years of study would leave it: most of the best items met, two thousand due."""
    with open_bank(place) as bank, bank.writing():
        conn = bank.conn
        conn.executemany(
            "insert into documents (id, path, name, stamp, sentence_count, knowledge_count, item_count,"
            " dropped, built_at) values (?, ?, ?, '', 0, 0, 0, '{}', '')",
            ((n, f"/文件/{n}.txt", f"{n}.txt") for n in range(1, DOCUMENTS + 1)),
        )
        conn.executemany(
            "insert into items (id, kind, asks, stem, key, accepted, options, distractors, family,"
            " difficulty, score, tags, changed_at)"
            " values (?, ?, 'place', ?, ?, '[]', ?, ?, ?, ?, ?, '[]', '')",
            _items(),
        )
        conn.executemany(
            "insert into origins (item_id, document_id, article_id, article, evidence, ranges)"
            " values (?, ?, 'a', '全市工作综述', ?, '[[0,20]]')",
            ((f"item{n:06}", n % DOCUMENTS + 1, "会议在天津召开。" * 8) for n in range(ITEMS)),
        )
        learners.add(bank, LEARNER, now)
        conn.executemany(
            "insert into memories"
            " (learner, item_id, state, step, stability, difficulty, due_at, reviewed_at)"
            " values (?, ?, 2, null, 20.0, 5.0, ?, ?)",
            _memories(now),
        )
        conn.executemany(
            "insert into reviews (learner, item_id, reviewed_at, studied_on, response, mark, rating, seconds,"
            " mode, guessed, before) values (?, ?, ?, ?, '[\"天津\"]', ?, 3, 8.0, 'quiz', 0, ?)",
            _reviews(now),
        )


def _items() -> Iterator[tuple[object, ...]]:
    for n in range(ITEMS):
        yield (
            f"item{n:06}", "single_choice", f"第 {n} 次会议在____召开，部署下一年的重点工作。", '["天津"]',
            '["北京","天津","上海","重庆"]', '["北京","上海","重庆"]', f"family{n // 3}", n % 100 / 100,
            1 - n / ITEMS,
        )  # fmt: skip


def _memories(now: datetime) -> Iterator[tuple[object, ...]]:
    for n in range(MET):
        due = now + timedelta(days=n % 300 - 10, minutes=n % 600)
        yield LEARNER, f"item{n:06}", _text(due), _text(now - timedelta(days=20))


def _reviews(now: datetime) -> Iterator[tuple[object, ...]]:
    for n in range(REVIEWS):
        at = now - timedelta(days=1) - timedelta(minutes=REVIEWS - n)
        mark = "wrong" if n % 9 == 0 else "right"
        yield LEARNER, f"item{n * 7 % MET:06}", _text(at), at.date().isoformat(), mark, BEFORE


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def answers(bank: Bank, now: datetime) -> list[float]:
    """Seconds that each of many answers takes to be committed."""
    taken = []
    for n in range(ANSWERS):
        at = now + timedelta(seconds=n)
        item_id = f"item{n * 311 % MET:06}"
        taken.append(seconds(partial(answer, bank, item_id, at)))
    for _ in range(ANSWERS):
        study.undo(bank, LEARNER)
    return taken


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    place, now = folder / "large.db", datetime.now(UTC)
    if not place.exists():
        make(place, now)
    helped = statistics.median(run("-m", "studytool", "--help") for _ in range(RUNS))
    asked = statistics.median(until_asked(place) for _ in range(RUNS))
    with open_bank(place) as bank:
        taken = sorted(answers(bank, now))
    sys.stdout.write(
        f"--help {helped * 1000:.0f} ms; first question {asked * 1000:.0f} ms"
        f" ({(asked - helped) * 1000:.0f} ms more, at most 300)\n"
        f"answer committed: median {taken[len(taken) // 2] * 1000:.1f} ms,"
        f" slowest of {ANSWERS} {taken[-1] * 1000:.1f} ms (at most 10)\n"
    )


if __name__ == "__main__":
    main()

"""Who learns with this bank, and what has been fitted to them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from studytool.store import rows
from studytool.store.bank import Bank


def add(bank: Bank, name: str, at: datetime) -> None:
    """Make a learner known; one who is known already stays as they are."""
    bank.run("insert or ignore into learners (name, created_at) values (?, ?)", name, rows.instant(at))


def names(bank: Bank) -> tuple[str, ...]:
    """The names of all learners."""
    return tuple(row["name"] for row in bank.rows("select name from learners order by created_at, name"))


def parameters(bank: Bank, learner: str) -> tuple[float, ...] | None:
    """The FSRS parameters fitted to the learner, if they have been."""
    found = bank.value("select parameters from parameters where learner = ?", learner)
    return tuple(json.loads(str(found))) if found else None


def put_parameters(
    bank: Bank, learner: str, fitted: Sequence[float] | None, review_count: int, at: datetime
) -> None:
    """Keep the learner's fitted parameters; None: back to the usual ones."""
    with bank.writing():
        bank.run("delete from parameters where learner = ?", learner)
        if fitted is not None:
            add(bank, learner, at)
            bank.run(
                "insert into parameters (learner, parameters, review_count, fitted_at) values (?, ?, ?, ?)",
                learner,
                rows.dump(list(fitted)),
                review_count,
                rows.instant(at),
            )

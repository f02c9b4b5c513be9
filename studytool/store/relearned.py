"""Impossible memories -> what the learner's last answer leaves, by the schedule that was in force.

The log keeps with each answer the memory before it. So one answer is enough: what was before it, scheduled
once more. Without such an answer nothing is known, and the item is new again.
"""

from __future__ import annotations

from dataclasses import replace

from studytool import schedule
from studytool.model import Memory
from studytool.schedule import Settings
from studytool.store import study
from studytool.store.bank import Bank
from studytool.store.rot_study import IMPOSSIBLE
from studytool.store.study import Reviewed

_COUNT = f"select count(*) from memories where {IMPOSSIBLE}"


def impossible(bank: Bank) -> int:
    """How many memories the scheduler cannot have left."""
    return int(str(bank.value(_COUNT)))


def relearn(bank: Bank, settings: Settings) -> int:
    """Work out the impossible memories from the answers in the log; how many could not be, and are gone."""
    found = bank.rows(f"select learner, item_id from memories where {IMPOSSIBLE} order by learner, item_id")
    for row in found:
        learner = row["learner"]
        last = _last_that_counts(study.of_item(bank, learner, row["item_id"]))
        if last is not None:
            fitted = replace(settings, parameters=study.parameters(bank, learner) or ())
            study.put_memory(bank, learner, row["item_id"], _left_by(last, fitted))
    gone = impossible(bank)
    bank.run(f"delete from memories where {IMPOSSIBLE}")
    return gone


def _last_that_counts(log: tuple[Reviewed, ...]) -> Reviewed | None:
    counting = [one for one in log if _counts(one)]
    return counting[-1] if counting else None


def _counts(one: Reviewed) -> bool:
    """Did the answer move the memory? One recorded late, when the item had been met since, did not."""
    met = one.before.reviewed_at if one.before else None
    return one.review.moves_memory and not (met and met > one.review.reviewed_at)


def _left_by(last: Reviewed, settings: Settings) -> Memory:
    return schedule.review(last.before, last.review.rating, last.review.reviewed_at, settings)

"""What the logs say -> what should stand, where that is lost: memories by their answers, overlays by edits.

The log keeps with each answer the memory before it. So one answer is enough: what was before it, scheduled
once more. Without such an answer nothing is known, and the item is new again. And it keeps with each edit the
item as it was: what people said, over what was generated.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from studytool import schedule
from studytool.model import Mark, Memory, Status
from studytool.model.study import ASIDE, SHEET
from studytool.schedule import Settings
from studytool.store import learners, overlays, rows, study
from studytool.store.bank import Bank
from studytool.store.edits import Action
from studytool.store.overlays import Overlay
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
            fitted = replace(settings, parameters=learners.parameters(bank, learner) or ())
            study.put_memory(bank, learner, row["item_id"], _left_by(last, fitted))
    gone = impossible(bank)
    bank.run(f"delete from memories where {IMPOSSIBLE}")
    return gone


def remember(bank: Bank, settings: Settings) -> None:
    """Work out what the answers in the log have left, wherever what is remembered is older or not there."""
    found = bank.rows(
        "select r.learner, r.item_id, m.reviewed_at from (select distinct learner, item_id from reviews) r"
        " left join memories m using (learner, item_id) order by r.learner, r.item_id"
    )
    for row in found:
        last = _last_that_counts(study.of_item(bank, row["learner"], row["item_id"]))
        if last and (row["reviewed_at"] or "") < rows.instant(last.review.reviewed_at):
            fitted = replace(settings, parameters=learners.parameters(bank, row["learner"]) or ())
            study.put_memory(bank, row["learner"], row["item_id"], _left_by(last, fitted))


def forgotten(bank: Bank) -> tuple[tuple[str, str], ...]:
    """The learners and items of which answers that move a memory are in the log, and no memory is left."""
    aside = ", ".join(f"'{mode}'" for mode in ASIDE)
    found = bank.rows(
        "select distinct learner, item_id from reviews r"
        f" where mode not in ({aside}) and not (mode = '{SHEET}' and mark = '{Mark.RIGHT.value}')"
        " and not exists (select 1 from memories m where m.learner = r.learner and m.item_id = r.item_id)"
        " order by 1, 2"
    )
    logs = ((row["learner"], row["item_id"]) for row in found)
    return tuple(one for one in logs if _last_that_counts(study.of_item(bank, *one)))


def _last_that_counts(log: tuple[Reviewed, ...]) -> Reviewed | None:
    counting = [one for one in log if _counts(one)]
    return counting[-1] if counting else None


def _counts(one: Reviewed) -> bool:
    """Did the answer move the memory? One recorded late, when the item had been met since, did not."""
    met = one.before.reviewed_at if one.before else None
    return one.review.moves_memory and not (met and met > one.review.reviewed_at)


def _left_by(last: Reviewed, settings: Settings) -> Memory:
    return schedule.review(last.before, last.review.rating, last.review.reviewed_at, settings)


_UNSAID = (
    "select distinct item_id from edits where undone_at is null and item_id in (select id from items)"
    " and item_id not in (select item_id from overlays) order by item_id"
)


def unsaid(bank: Bank) -> tuple[str, ...]:
    """The items that people have edited, where nothing keeps the next build from writing over it."""
    return tuple(row["item_id"] for row in bank.rows(_UNSAID))


def say_again(bank: Bank, item_id: str) -> None:
    """Put over the item what the edits that stand say of it."""
    standing = bank.rows("select * from edits where item_id = ? and undone_at is null order by id", item_id)
    row = bank.rows("select * from items where id = ?", item_id)[0]
    now = {name: row[name] for name in rows.CONTENT}
    overlays.put(bank, _said(item_id, standing, now))


def _said(item_id: str, standing: Sequence[sqlite3.Row], now: dict[str, Any]) -> Overlay:
    """What is generated is what the edits changed; all else stands as it is, unless nothing of it is left."""
    fields, before, decided = dict[str, Any](), dict[str, Any](), None
    for edit in standing:
        said, content = json.loads(edit["fields"]), json.loads(edit["before"])["content"]
        lost = json.loads(now["key"]) == [""]  # what an item becomes of which only the log is left
        before |= {name: content[name] for name in (content if lost else said) if name not in before}
        fields = {} if edit["action"] == Action.RENEW else fields | said
        decided = _DECISIONS.get(edit["action"], decided)
    return Overlay(item_id, {**now, **before}, fields, decided)


_DECISIONS = {Action.APPROVE: Status.APPROVED.value, Action.RETIRE: Status.RETIRED.value}

"""What a learner got wrong: each item with how often, the last time, and what was answered since."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from studytool.model import ItemFilter, Mark
from studytool.store import items, sittings
from studytool.store.bank import Bank

Since = tuple[date, Mark, bool]  # day, mark, guessed


@dataclass(frozen=True, slots=True)
class Missed:
    """An item that was wrong `times` times, the last time with `response`; `since` then, in order."""

    item_id: str
    times: int
    last_on: date
    response: tuple[str, ...]
    since: tuple[Since, ...]


def missed(bank: Bank, learner: str, chosen: ItemFilter) -> tuple[Missed, ...]:
    """Every item of the filter the learner ever got wrong; the most often, then the last wrong first.

    What an exam asks that is not handed in stands on no list: it would tell the answer."""
    condition, values = items.where(chosen, light=True)
    found = bank.rows(
        "select w.times, r.id, r.item_id, r.studied_on, r.response from"
        " (select item_id, count(*) as times, max(id) as last from reviews"
        f"  where learner = ? and mark = 'wrong' and id not in {sittings.UNMARKED} group by item_id) w"
        f" join reviews r on r.id = w.last"
        f" join ({_ids(chosen, condition)}) c on c.id = w.item_id"
        " order by w.times desc, w.last desc",
        learner,
        *values,
    )
    since = _since(bank, learner)
    return tuple(
        Missed(
            item_id=row["item_id"],
            times=row["times"],
            last_on=date.fromisoformat(row["studied_on"]),
            response=tuple(json.loads(row["response"])),
            since=tuple(since.get(row["item_id"], ())),
        )
        for row in found
    )


def _ids(chosen: ItemFilter, condition: str) -> str:
    return f"select i.id {items.tables(chosen)} where {condition}"


def _since(bank: Bank, learner: str) -> Mapping[str, list[Since]]:
    """item id -> what was answered after the last wrong answer."""
    found = bank.rows(
        "select r.item_id, r.studied_on, r.mark, r.guessed from"
        " (select item_id, max(id) as last from reviews where learner = ? and mark = 'wrong'"
        f"  and id not in {sittings.UNMARKED} group by item_id) w"
        " join reviews r on r.item_id = w.item_id and r.learner = ? and r.id > w.last"
        f" where r.id not in {sittings.UNMARKED} order by r.id",
        learner,
        learner,
    )
    answers: dict[str, list[Since]] = {}
    for row in found:
        one = date.fromisoformat(row["studied_on"]), Mark(row["mark"]), bool(row["guessed"])
        answers.setdefault(row["item_id"], []).append(one)
    return answers

"""What learners have done, item by item and in all: the sums behind reports and the group's page.

They are made where the answers lie: a diligent learner has given a hundred thousand."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from studytool.model import ItemKind, KnowledgeKind, Mark, Met, Report
from studytool.store import items, rows, sittings
from studytool.store.bank import Bank

# Of a group SQLite gives the row of the greatest: `mark` and `studied_on` are those of the last answer.
# Each item's first day is found in one pass: to look for it answer by answer is quadratic.
MET = f"""
select m.*, i.kind, i.asks, i.stem, i.key, o.article, d.name as source
 from (select learner, item_id, count(*) as answers, sum(mark = 'right') as rights,
              sum(first < studied_on) as repeats, sum(first < studied_on and mark = 'right') as repeats_right,
              mark as last, studied_on as last_on, max(reviewed_at || printf(' %020d', id)) as latest
       from (select *, min(studied_on) over (partition by learner, item_id) as first from reviews
             where learner = coalesce(?, learner) and id not in {sittings.UNMARKED})
       where studied_on >= ? group by learner, item_id) m
 cross join items i on i.id = m.item_id join origins o on o.item_id = i.id
 join documents d on d.id = o.document_id
 where {items.FIRST_ORIGIN} order by m.learner, m.item_id
"""
DAYS = """
select learner, studied_on, sum(seconds) as seconds from reviews
 where learner = coalesce(?, learner) and studied_on >= ? group by learner, studied_on
"""


def reports(bank: Bank, learner: str | None = None, since: date | None = None) -> tuple[Report, ...]:
    """What one learner, or each of all, has done from a day on; nothing of those who have done nothing."""
    asked = (learner, rows.day(since) or "")
    studied: defaultdict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in bank.rows(DAYS, *asked):
        studied[row["learner"]].append(row)
    met = groupby(bank.rows(MET, *asked), key=lambda row: str(row["learner"]))
    return tuple(_report(name, studied[name], found) for name, found in met)


def _report(learner: str, studied: Sequence[sqlite3.Row], met: Iterable[sqlite3.Row]) -> Report:
    return Report(
        learner=learner,
        days=tuple(sorted(map(_day, studied))),
        seconds=round(sum(row["seconds"] for row in studied), 1),
        met=tuple(map(_met, met)),
    )


@rows.or_damaged
def _day(row: sqlite3.Row) -> date:
    return date.fromisoformat(row["studied_on"])


@rows.or_damaged
def _met(row: sqlite3.Row) -> Met:
    return Met(
        id=row["item_id"],
        kind=ItemKind(row["kind"]),
        asks=KnowledgeKind(row["asks"]),
        stem=row["stem"],
        key=tuple(json.loads(row["key"])),
        source=row["source"],
        article=row["article"],
        answers=row["answers"],
        right=row["rights"],
        repeats=row["repeats"],
        repeats_right=row["repeats_right"],
        last=Mark(row["last"]),
        last_on=date.fromisoformat(row["last_on"]),
    )

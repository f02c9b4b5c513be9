"""What learners have answered, with where the items stand: the rows behind reports and the group's page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from studytool.model import ItemKind, KnowledgeKind, Mark
from studytool.store import items, rows
from studytool.store.bank import Bank


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer; `repeated`: the learner had met the item on an earlier day."""

    learner: str
    item_id: str
    kind: ItemKind
    asks: KnowledgeKind
    stem: str
    key: tuple[str, ...]
    source: str
    article: str
    studied_on: date
    mark: Mark
    seconds: float
    repeated: bool


def answers(bank: Bank, learner: str | None = None, since: date | None = None) -> tuple[AnswerRow, ...]:
    """All answers of one learner, or of all, from a day on; learner by learner, in the order given."""
    found = bank.rows(
        "select r.*, i.kind, i.asks, i.stem, i.key, o.article, d.name as source,"
        " r.first < r.studied_on as repeated"
        # each one's first day, found in one pass: to look for it answer by answer is quadratic
        " from (select *, min(studied_on) over (partition by learner, item_id) as first from reviews) r"
        " cross join items i on i.id = r.item_id join origins o on o.item_id = i.id"
        " join documents d on d.id = o.document_id"
        f" where {items.FIRST_ORIGIN} and (? is null or r.learner = ?) and r.studied_on >= ?"
        " order by r.learner, r.reviewed_at, r.id",
        learner,
        learner,
        rows.day(since) or "",
    )
    return tuple(
        AnswerRow(
            learner=row["learner"],
            item_id=row["item_id"],
            kind=ItemKind(row["kind"]),
            asks=KnowledgeKind(row["asks"]),
            stem=row["stem"],
            key=tuple(json.loads(row["key"])),
            source=row["source"],
            article=row["article"],
            studied_on=date.fromisoformat(row["studied_on"]),
            mark=Mark(row["mark"]),
            seconds=row["seconds"],
            repeated=bool(row["repeated"]),
        )
        for row in found
    )

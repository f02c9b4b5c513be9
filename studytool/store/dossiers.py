"""What a reviewer has to see of an item: its paragraph, doubts, flags, past decisions, the other version."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime

from studytool.model import Item, ItemFilter, Status
from studytool.store import edits, items, overlays, rows
from studytool.store.bank import Bank
from studytool.store.edits import Action, Edit


@dataclass(frozen=True, slots=True)
class Flag:
    """What a learner thinks is wrong."""

    learner: str
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What learners have let pass as right for a part of the key, which no trainer has decided on."""

    part: int
    text: str
    learners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person did to the item, and when."""

    reviewer: str
    at: datetime
    action: Action
    reason: str | None


@dataclass(frozen=True, slots=True)
class Other:
    """The other version of an item whose source has changed; `mine` says it is the people's."""

    item: Item
    mine: bool


@dataclass(frozen=True, slots=True)
class Dossier:
    """An item, and what a decision on it needs."""

    item: Item
    paragraph: str | None = None
    doubts: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    decisions: tuple[Decision, ...] = ()
    other: Other | None = None
    learners: int = 0


# Words that a learner counts as right wait for a trainer until they stand in the item, or until it has been
# approved or retired with them in view.
_PROPOSED = """
    exists (select 1 from items t where t.id = v.item_id and v.part < json_array_length(t.key)
            and v.text not in (select value from json_each(t.key))
            and v.text not in (select value from json_each(t.accepted, '$[' || v.part || ']')))
    and not exists (select 1 from edits e where e.item_id = v.item_id and e.undone_at is null
                    and e.action in ('approve', 'retire') and e.edited_at >= v.accepted_at)
"""


def queue(
    bank: Bank, chosen: ItemFilter, *, flagged: bool = False, status: Status | None = None
) -> tuple[str, ...]:
    """The ids of the items to review: first those that have returned, then drafts, best first.

    With `flagged`, only items of which learners doubt something or let pass another answer, approved ones
    included; with `status`, those that stand so; of the retired only those that a person has retired, for
    the others have no source."""
    condition, values = items.where(replace(chosen, statuses=(), contested=True), light=True)
    returned = (
        "(exists (select 1 from overlays v where v.item_id = i.id and v.seen is not null)"
        " or exists (select 1 from overlays v where v.successor_id = i.id))"
    )
    doubted = (
        "(exists (select 1 from flags f where f.item_id = i.id and f.closed_at is null)"
        f" or exists (select 1 from variants v where v.item_id = i.id and {_PROPOSED}))"
    )
    wanted = f"i.status <> 'retired' and {doubted}" if flagged else f"(i.status = 'draft' or {returned})"
    if status is not None:
        wanted = f"i.status = '{status.value}'" + (f" and {doubted}" if flagged else "")
    if status is Status.RETIRED:
        wanted += " and exists (select 1 from overlays v where v.item_id = i.id and v.status = 'retired')"
        wanted += " and exists (select 1 from origins r where r.item_id = i.id)"
    found = bank.rows(
        f"select i.id {items.tables(chosen)} where {condition} and {wanted}"
        f" order by {returned} desc, i.score desc, i.id",
        *values,
    )
    return tuple(row["id"] for row in found)


def unclear(bank: Bank) -> frozenset[str]:
    """Items that no bulk decision may touch: learners doubt them, or their source has changed."""
    found = bank.rows(
        "select item_id from flags where closed_at is null"
        f" union select item_id from variants v where {_PROPOSED}"
        " union select item_id from overlays where seen is not null"
        " union select successor_id from overlays where successor_id is not null"
    )
    return frozenset(row[0] for row in found)


def dossier(bank: Bank, item_id: str) -> Dossier:
    """All there is to see of an item."""
    (item,) = items.select(bank, ItemFilter(ids=(item_id,), statuses=()))
    paragraph, doubts = _place(bank, item)
    flags = bank.rows(
        "select learner, reason from flags where item_id = ? and closed_at is null order by id", item_id
    )
    done = bank.rows(
        "select reviewer, edited_at, action, reason from edits where item_id = ? and undone_at is null"
        " order by id desc limit 3",
        item_id,
    )
    return Dossier(
        item=item,
        paragraph=paragraph,
        doubts=doubts,
        flags=tuple(Flag(row["learner"], row["reason"]) for row in flags),
        proposals=_proposals(bank, item_id),
        decisions=tuple(map(_decision, done)),
        other=_other(bank, item),
        learners=int(str(bank.value("select count(*) from memories where item_id = ?", item_id))),
    )


def _proposals(bank: Bank, item_id: str) -> tuple[Proposal, ...]:
    found = bank.rows(
        f"select part, text, learner from variants v where item_id = ? and {_PROPOSED}"
        " order by part, text, accepted_at, learner",
        item_id,
    )
    said: dict[tuple[int, str], list[str]] = {}
    for row in found:
        said.setdefault((row["part"], row["text"]), []).append(row["learner"])
    return tuple(Proposal(part, text, tuple(names)) for (part, text), names in said.items())


def accepting(shown: Dossier, reviewer: str) -> Edit:
    """The edit by which what learners have let pass is right for all."""
    accepted = [list(texts) for texts in shown.item.accepted]
    accepted += [[] for _ in shown.item.key[len(accepted) :]]
    for one in shown.proposals:
        accepted[one.part] = [*(accepted[one.part] or [shown.item.key[one.part]]), one.text]
    return Edit(shown.item.id, reviewer, Action.EDIT, {"accepted": rows.dump(accepted)})


def batch(bank: Bank, number: int) -> Decision | None:
    """The decision that the edits of a batch carried out."""
    found = bank.rows(
        "select reviewer, edited_at, action, reason from edits where batch = ? order by id limit 1", number
    )
    return _decision(found[0]) if found else None


def _decision(row: sqlite3.Row) -> Decision:
    at = datetime.fromisoformat(row["edited_at"])
    return Decision(row["reviewer"], at, Action(row["action"]), row["reason"])


def taking_other(bank: Bank, item_id: str, reviewer: str) -> Edit | None:
    """The edit by which the other version takes the place of the one that is shown."""
    overlay = overlays.of(bank, item_id)
    if overlay and overlay.seen and overlay.fields:
        return Edit(item_id, reviewer, Action.RENEW)
    if overlay and overlay.seen:
        old = {name: overlay.seen[name] for name in edits.EDITABLE}
        return Edit(item_id, reviewer, Action.EDIT, old)
    old_id = _inherited_from(bank, item_id)
    ancestor = overlays.of(bank, old_id) if old_id else None
    return Edit(item_id, reviewer, Action.EDIT, ancestor.fields) if ancestor else None


def _place(bank: Bank, item: Item) -> tuple[str | None, tuple[str, ...]]:
    """The paragraph the evidence stands in, and what is doubtful there."""
    found = bank.rows(
        "select a.paragraphs, a.doubts from articles a join documents d on d.id = a.document_id"
        " where a.id = ? and d.name = ?",
        item.article_id,
        item.source,
    )
    for row in found:
        for paragraph in json.loads(row["paragraphs"]):
            if item.evidence and item.evidence in paragraph["text"]:
                # The sentence tells whose doubt it is: 一 for a dash stands in every other paragraph too.
                here = (d for d in json.loads(row["doubts"]) if d["text"] in paragraph["text"])
                doubts = [
                    d for d in here if d["sentence"] in paragraph["text"] or item.evidence in d["sentence"]
                ]
                return paragraph["text"], tuple(f"“{d['text']}”：{d['reason']}" for d in doubts)
    return None, ()


def _inherited_from(bank: Bank, item_id: str) -> str | None:
    found = bank.value("select item_id from overlays where successor_id = ? order by item_id", item_id)
    return str(found) if found else None


def _other(bank: Bank, item: Item) -> Other | None:
    overlay = overlays.of(bank, item.id)
    if overlay and overlay.seen:
        mine = not overlay.fields
        columns = overlay.seen if mine else overlay.generated
        return Other(replace(item, **rows.values(columns)), mine)
    old_id = _inherited_from(bank, item.id)
    if old_id is None:
        return None
    found = items.select(bank, ItemFilter(ids=(old_id,), statuses=tuple(Status)))
    return Other(found[0], mine=True) if found else None

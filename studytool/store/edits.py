"""What people decide about items: edit, approve, retire; kept with who and when, and undone in one step.

Edits made together are a batch and are undone together. A wording edit keeps every learner's memory;
one that changes the key resets it, and the outcome says how many memories that were.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any, NamedTuple

from studytool.errors import StudyError
from studytool.model import Item, Status
from studytool.store import homes, overlays, rows
from studytool.store.bank import Bank
from studytool.store.overlays import Overlay

# What a person can change; kind, what is asked and evidence are the program's.
EDITABLE = (
    "stem", "key", "accepted", "options", "distractors", "explanation", "tags", "original", "changed",
)  # fmt: skip

AT_A_TIME = 1000  # edits in one transaction, where there may be any number: a tenth of a second to wait


class Action(StrEnum):
    """What a person does to an item."""

    EDIT = "edit"
    APPROVE = "approve"
    RETIRE = "retire"
    RENEW = "renew"  # what is generated is taken instead of the people's version


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody does to an item; `fields` are the columns an EDIT changes, `status` the one it leaves."""

    item_id: str
    reviewer: str
    action: Action
    fields: Mapping[str, Any] = field(default_factory=dict)
    reason: str | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a batch did: to which items, and how many memories were reset with changed keys."""

    item_ids: tuple[str, ...] = ()
    forgotten: int = 0
    batch: int = 0


def changes(old: Item, new: Item) -> dict[str, Any]:
    """The columns in which a person's version differs from the item."""
    before, after = rows.content(old), rows.content(new)
    return {name: after[name] for name in EDITABLE if before[name] != after[name]}


def edited(item: Item, edit: Edit) -> Item:
    """The item with an edit's fields."""
    return replace(item, **rows.values(edit.fields))


def apply(bank: Bank, batch: Iterable[Edit], at: datetime, number: int = 0) -> Outcome:
    """Carry out edits that belong together, in one transaction; `number` is the batch they go on with."""
    ids, forgotten = list[str](), 0
    with bank.writing():
        for edit in batch:
            before = _before(bank, edit.item_id)
            number = _log(bank, edit, before, at, number)
            forgotten += _carry_out(bank, edit, before, at)
            ids.append(edit.item_id)
    return Outcome(tuple(ids), forgotten, number)


def approve(bank: Bank, ids: Iterable[str], reviewer: str, at: datetime) -> Outcome:
    """Approve any number of items: one batch, to be undone in one step, but not one transaction, so that
    those who study meanwhile need not wait. What was approved before an interruption stays so."""
    waiting, done = iter(ids), Outcome()
    while some := tuple(islice(waiting, AT_A_TIME)):
        edits = (Edit(one, reviewer, Action.APPROVE) for one in some)
        part = apply(bank, edits, at, done.batch)
        done = Outcome((*done.item_ids, *part.item_ids), batch=part.batch)
    return done


def _log(bank: Bank, edit: Edit, before: Mapping[str, Any], at: datetime, batch: int) -> int:
    """Keep an edit in the log; the number of its batch (0: it begins one)."""
    number = bank.insert(
        "insert into edits (batch, item_id, reviewer, edited_at, action, reason, fields, before)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        batch,
        edit.item_id,
        edit.reviewer,
        rows.instant(at),
        edit.action,
        edit.reason,
        rows.dump(dict(edit.fields)),
        rows.dump(before),
    )
    if batch:
        return batch
    bank.run("update edits set batch = ? where id = ?", number, number)
    return number


def _before(bank: Bank, item_id: str) -> dict[str, Any]:
    """All that an edit may change, so that undoing it can put it back."""
    found = bank.rows("select * from items where id = ?", item_id)
    if not found:
        raise StudyError(f"题库里没有编号为 {item_id} 的题：请用 studytool items 查看编号")
    overlay = overlays.of(bank, item_id)
    inherited = bank.rows("select item_id from overlays where successor_id = ?", item_id)
    flags = bank.rows("select id from flags where item_id = ? and closed_at is null", item_id)
    return {
        "status": found[0]["status"],
        "content": {name: found[0][name] for name in rows.CONTENT},
        "overlay": _as_json(overlay) if overlay else None,
        "inherited": [row["item_id"] for row in inherited],
        "flags": [row["id"] for row in flags],
        "memories": [],
        "variants": [],
    }


def _as_json(overlay: Overlay) -> dict[str, Any]:
    names = ("generated", "fields", "status", "seen", "successor_id")
    return {name: getattr(overlay, name) for name in names}


def _carry_out(bank: Bank, edit: Edit, before: dict[str, Any], at: datetime) -> int:
    """Change the item as the edit says; how many memories were reset."""
    old = Overlay(edit.item_id, **before["overlay"]) if before["overlay"] else None
    new = replace(old, seen=None) if old else Overlay(edit.item_id, before["content"])
    status = str(edit.status or before["status"])
    if edit.action is Action.EDIT:
        said = {**new.fields, **edit.fields}
        new = replace(new, fields={name: said[name] for name in said if said[name] != new.generated[name]})
    elif edit.action is Action.RENEW:
        new = replace(new, fields={})
    else:
        status = str({Action.APPROVE: Status.APPROVED, Action.RETIRE: Status.RETIRED}[edit.action])
    new = replace(new, status=_decided(edit, old, status))
    overlays.put(bank, new)
    if before["status"] == "retired" and not homes.stands(bank, edit.item_id):
        status = "retired"  # whatever is decided of it holds when its sentence comes back
    bank.run("update overlays set successor_id = null where successor_id = ?", edit.item_id)
    if edit.action in (Action.APPROVE, Action.RETIRE):
        bank.run(
            "update flags set closed_at = ? where item_id = ? and closed_at is null",
            rows.instant(at),
            edit.item_id,
        )
    put_content(
        bank, edit.item_id, Standing(before["content"], before["status"]), Standing(new.content, status), at
    )
    if is_same_key(before["content"]["key"], new.content["key"]):
        return 0
    return _forget(bank, edit.item_id)


def _decided(edit: Edit, old: Overlay | None, status: str) -> str | None:
    """What a person has decided with an edit. Who rewords an item that a build or a withdrawal has retired
    has not decided that it stays so."""
    said_before = old is not None and old.status == status
    if status == "retired" and edit.action is not Action.RETIRE and not said_before:
        return old.status if old else None
    return status if status != "draft" else None


def is_same_key(one: str, other: str) -> bool:
    """Are two keys (JSON) the same answers, up to width and white space?"""
    keys = [[_normal(part) for part in json.loads(text)] for text in (one, other)]
    return keys[0] == keys[1]


def _normal(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


class Standing(NamedTuple):
    """How an item stands in the bank: its columns of CONTENT and its status."""

    content: Mapping[str, Any]
    status: str


def standing_of(bank: Bank, item_id: str) -> Standing:
    """How the item stands now."""
    row = bank.rows("select * from items where id = ?", item_id)[0]
    return Standing({name: row[name] for name in rows.CONTENT}, row["status"])


def put_content(bank: Bank, item_id: str, old: Standing, new: Standing, at: datetime) -> None:
    """Write what changes of an item; its stamp moves if people see another question, or none any more."""
    changed = {name: value for name, value in new.content.items() if value != old.content[name]}
    if new.status != old.status:
        changed["status"] = new.status
    if not changed:
        return
    moved = not overlays.same(new.content, old.content, rows.SHOWN)
    moved = moved or (new.status == "retired") != (old.status == "retired")
    settings = ", ".join(f"{column} = ?" for column in changed)
    bank.run(
        f"update items set {settings}, changed_at = iif(?, ?, changed_at) where id = ?",
        *changed.values(),
        moved,
        rows.instant(at),
        item_id,
    )


def _forget(bank: Bank, item_id: str) -> int:
    """Reset what learners remember of the old key, and keep it in the log for undo; how many memories."""
    kept = {
        table: [dict(row) for row in bank.rows(f"select * from {table} where item_id = ?", item_id)]
        for table in ("memories", "variants")
    }
    for table in kept:
        bank.run(f"delete from {table} where item_id = ?", item_id)
    bank.run(
        "update edits set before = json_patch(before, ?)"
        " where id = (select max(id) from edits where item_id = ?)",
        rows.dump(kept),
        item_id,
    )
    return len(kept["memories"])

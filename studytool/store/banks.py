"""Question banks that were imported: their items live beside the generated ones, under a document row.

The surprising decision: an item that is in the bank already is never overwritten by an import. Where a file
of ours comes back with another wording, that is a person's edit and goes through `edits`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from studytool.model import Item, ItemFilter, Status
from studytool.store import items, rows
from studytool.store.bank import Bank
from studytool.store.withdrawal import IMPORTED

_OURS = re.compile("[0-9a-f]{12}")
_CHUNK = 10_000  # ids of one query; SQLite takes some 32,000 values


@dataclass(frozen=True, slots=True)
class Sorted:
    """A bank's items: to add; of ours, reworded (old, new); and how many are known as they are."""

    new: tuple[Item, ...]
    reworded: tuple[tuple[Item, Item], ...]
    known: int


def is_ours(item_id: str) -> bool:
    """Can this be an id that studytool gave? Anything else is a number of somebody's list."""
    return bool(_OURS.fullmatch(item_id))


def known(bank: Bank, ids: Sequence[str]) -> dict[str, Item]:
    """Of these ids, the items the bank has."""
    found: dict[str, Item] = {}
    for start in range(0, len(ids), _CHUNK):
        chosen = ItemFilter(ids=tuple(ids[start : start + _CHUNK]), statuses=tuple(Status))
        found.update((item.id, item) for item in items.select(bank, chosen))
    return found


def sort(bank: Bank, given: Sequence[Item]) -> Sorted:
    """Which of a bank's items are new, and which are known."""
    here = known(bank, [item.id for item in given])
    new = tuple(_as_draft(item) for item in given if item.id not in here)
    both = [(here[item.id], _reworded(here[item.id], item)) for item in given if item.id in here]
    reworded = tuple((old, now) for old, now in both if old != now)
    return Sorted(new, reworded, len(both) - len(reworded))


def put(bank: Bank, path: str, name: str, new: Sequence[Item], at: datetime) -> int:
    """Add the items of the file at `path` to the bank; how many."""
    with bank.writing():
        document_id = _put_document(bank, path, name, len(new), at)
        for item in new:
            _insert(bank, "items", {
                "id": item.id, **rows.content(item), "status": item.status, "changed_at": rows.instant(at)
            })  # fmt: skip
            _insert(bank, "origins", {
                "item_id": item.id, "document_id": document_id, **rows.origin(item)
            })  # fmt: skip
    return len(new)


def _as_draft(item: Item) -> Item:
    """Whoever approved it elsewhere, here nobody has; and what it says of offsets cannot be looked up."""
    return replace(item, status=Status.DRAFT, ranges=())


def _reworded(old: Item, now: Item) -> Item:
    """The item with what a file says of it; what a file cannot hold, or leaves out, stays."""
    if now.kind is not old.kind or len(now.key) != len(old.key):
        return old
    options = now.options if sorted(now.options) != sorted(old.options) else old.options
    wrong = tuple(text for text in options if text not in now.key)
    plain = old.stem == now.stem and old.key == now.key
    return replace(
        old,
        stem=now.stem,
        key=now.key,
        accepted=_accepted(old, now),
        options=options,
        distractors=old.distractors if options == old.options else wrong,
        explanation=now.explanation or old.explanation,
        original=old.original if plain else now.original,
        changed=old.changed if plain else now.changed,
    )


def _accepted(old: Item, now: Item) -> tuple[tuple[str, ...], ...]:
    """The accepted responses: those of the file where it has any beside the key, else the old ones."""
    if any(len(variants) > 1 for variants in now.accepted):
        return now.accepted
    return old.accepted if now.key == old.key else tuple((part,) for part in now.key)


def _put_document(bank: Bank, path: str, name: str, count: int, at: datetime) -> int:
    found = bank.value("select id from documents where path = ?", IMPORTED + path)
    if found is None:
        _insert(bank, "documents", {
            "path": IMPORTED + path, "name": name, "stamp": "", "sentence_count": 0, "knowledge_count": 0,
            "item_count": 0, "dropped": "{}", "built_at": rows.instant(at), "imported": 1,
        })  # fmt: skip
        found = bank.value("select last_insert_rowid()")
    bank.run("update documents set item_count = item_count + ? where id = ?", count, found)
    return int(str(found))


def _insert(bank: Bank, table: str, row: dict[str, object]) -> None:
    columns, marks = ", ".join(row), ", ".join("?" * len(row))
    bank.run(f"insert into {table} ({columns}) values ({marks})", *row.values())

"""An item -> which of the documents it stands in words it, and what becomes of it when that one is gone.

The surprising decision: what a document has worded and dated is asked no more once it is not in it, until the
document that words it from now on has been made anew. Else a question of 2020 would be asked of 2024.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from studytool.store import overlays, rows
from studytool.store.bank import Bank

# The stamp of a document that words items from now on which another one has worded until now.
INHERITS = "inherits"


def order(documents: str) -> str:
    """Which of an item's documents words it and is named as its source, the first of this order: no imported
    bank if there is another; among others the first by name. `documents`: what the query calls them."""
    return ", ".join(f"{documents}.{column}" for column in ("imported", "name", "path"))


def heirs(bank: Bank) -> tuple[str, ...]:
    """The paths of the documents that have to be made anew, because they word items which have lost the
    document that worded them."""
    found = bank.rows(
        "select path from documents where stamp = ? and withdrawn_at is null order by path", INHERITS
    )
    return tuple(row["path"] for row in found)


def is_home(bank: Bank, item_id: str, document_id: int) -> bool:
    """Does this document decide the item's wording? The first that gave it does, while it still does."""
    home = _home(bank, item_id)
    return home is None or home["id"] == document_id


def _home(bank: Bank, item_id: str) -> sqlite3.Row | None:
    found = bank.rows(
        "select d.id, d.imported from origins o join documents d on d.id = o.document_id"
        f" where o.item_id = ? order by {order('d')} limit 1",
        item_id,
    )
    return found[0] if found else None


def leave(bank: Bank, item_id: str, document_id: int, at: datetime) -> bool:
    """Take one document's claim to an item away, if the item stands in another too."""
    elsewhere = "select exists(select 1 from origins where item_id = ? and document_id <> ?)"
    if not bank.value(elsewhere, item_id, document_id):
        return False
    was_home = is_home(bank, item_id, document_id)
    bank.run("delete from origins where item_id = ? and document_id = ?", item_id, document_id)
    heir = _home(bank, item_id)
    if was_home and heir and not heir["imported"]:  # what was imported is worded as it came
        bank.run("update documents set stamp = ? where id = ?", INHERITS, heir["id"])
        retire(bank, item_id, at)
    return True


def take_over(bank: Bank, item_id: str, document_id: int) -> None:
    """A document gives anew a retired item: those that gave it once have no say in it any more.

    (What a person has retired still stands where it stood.)"""
    overlay = overlays.of(bank, item_id)
    stands_here = "select exists(select 1 from origins where item_id = ? and document_id = ?)"
    if (overlay and overlay.status == "retired") or bank.value(stands_here, item_id, document_id):
        return
    bank.run("delete from origins where item_id = ?", item_id)


def stands(bank: Bank, item_id: str) -> bool:
    """Is there a document that holds the item now? (One it has disappeared from still shows where it was.)"""
    return bool(
        bank.value(
            "select exists(select 1 from origins o join documents d on d.id = o.document_id"
            " where o.item_id = ? and d.withdrawn_at is null and (d.imported or o.ranges <> '[]'))",
            item_id,
        )
    )


def disappear(bank: Bank, item_id: str, at: datetime) -> int:
    """No document holds the item any more: it is asked no more; 1 if it was asked until now."""
    bank.run("update origins set ranges = '[]' where item_id = ?", item_id)
    return retire(bank, item_id, at)


def retire(bank: Bank, item_id: str, at: datetime) -> int:
    """Ask the item no more; 1 if it was asked until now."""
    return bank.run(
        "update items set status = 'retired', changed_at = ? where id = ? and status <> 'retired'",
        rows.instant(at),
        item_id,
    )

"""An item -> which of the documents it stands in words it, and what becomes of it when that one is gone.

The surprising decision: what a document has worded and dated is asked no more once it is not in it, until the
document that words it from now on has been made anew. Else a question of 2020 would be asked of 2024.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from studytool.model import Source
from studytool.store import rows
from studytool.store.bank import Bank

# The stamp of a document that words items from now on which another one has worded until now; and of one that
# should have, and could not be read.
INHERITS, UNREAD = "inherits", "unread"
# What words items as they were given, and cannot be made anew.
_CANNOT_BE_MADE = "(d.imported or d.path = '-')"
_LIVING = "d.withdrawn_at is null and (d.imported or o.ranges <> '[]')"


def order(documents: str) -> str:
    """Which of an item's documents words it and is named as its source, the first of this order: none that
    was withdrawn, could not be read or was imported, if there is another; among others the first by name.
    `documents`: what the query calls them."""
    d = documents
    return f"{d}.withdrawn_at is not null, {d}.stamp = '{UNREAD}', {d}.imported, {d}.name, {d}.path"


def heirs(bank: Bank) -> tuple[str, ...]:
    """The paths of the documents that have to be made anew, because they word items which have lost the
    document that worded them."""
    found = bank.rows(
        "select path from documents where stamp = ? and withdrawn_at is null order by path", INHERITS
    )
    return tuple(row["path"] for row in found)


def pass_over(bank: Bank, path: str) -> None:
    """An heir cannot be read: its items wait for the next document that holds them, if there is one."""
    with bank.writing():
        bank.run("update documents set stamp = ? where path = ?", UNREAD, path)
        waiting = bank.rows(
            "select o.item_id from origins o join documents d on d.id = o.document_id join items i"
            " on i.id = o.item_id where d.path = ? and i.status = 'retired' and o.item_id not in"
            " (select item_id from overlays where status = 'retired')",
            path,
        )
        for row in waiting:
            heir = _home(bank, row["item_id"])
            if heir and heir["stamp"] != UNREAD and not heir["fixed"]:
                bank.run("update documents set stamp = ? where id = ?", INHERITS, heir["id"])


def is_home(bank: Bank, item_id: str, document_id: int) -> bool:
    """Does this document decide the item's wording? The first that gave it does, while it still does."""
    # Not the first of all that are there: a thousand papers may hold one sentence, and the first looked at is
    # nearly always before this one.
    return not bank.value(
        "select exists(select 1 from origins o join documents d on d.id = o.document_id where o.item_id = ?"
        f" and d.id <> ? and ({order('d')}) < (select {order('me')} from documents me where me.id = ?))",
        item_id,
        document_id,
        document_id,
    )


def _home(bank: Bank, item_id: str) -> sqlite3.Row | None:
    found = bank.rows(
        f"select d.id, d.stamp, {_CANNOT_BE_MADE} as fixed"
        " from origins o join documents d on d.id = o.document_id"
        f" where o.item_id = ? order by {order('d')} limit 1",
        item_id,
    )
    return found[0] if found else None


def move(bank: Bank, before: str, now: Source, at: datetime) -> None:
    """Let the document at the path `before` be that of a source elsewhere. It is made anew, as its name has
    changed, and so is one that comes before it by name now and holds what it has worded."""
    known = bank.rows("select id, name, title from documents where path = ?", before)[0]
    document = known["id"]
    held = bank.rows("select item_id from origins where document_id = ?", document)
    worded = [row["item_id"] for row in held if is_home(bank, row["item_id"], document)]
    bank.run("update documents set path = ?, name = ?, stamp = '' where path = ?", now.path, now.name, before)
    bank.run("update documents set replaced_by = ? where replaced_by = ?", now.path, before)
    if known["title"] is None and known["name"] != now.name:  # then its name is what people see of it
        bank.run(
            "update items set changed_at = ? where id in (select value from json_each(?))",
            *(rows.instant(at), rows.dump(worded)),
        )
    for item_id in worded:
        heir = _home(bank, item_id)
        if heir and heir["id"] != document and not heir["fixed"]:
            bank.run("update documents set stamp = ? where id = ?", INHERITS, heir["id"])
            retire(bank, item_id, at)


def leave(bank: Bank, item_id: str, document_id: int, at: datetime) -> bool:
    """Take one document's claim to an item away, if the item stands in another too.

    (Where only a list that was imported has it, or what came by standard input, it stays as it is worded.)"""
    if not _stands(bank, item_id, document_id):
        return False
    was_home = is_home(bank, item_id, document_id)
    bank.run("delete from origins where item_id = ? and document_id = ?", item_id, document_id)
    heir = _home(bank, item_id) if was_home else None
    if heir and not heir["fixed"]:
        bank.run("update documents set stamp = ? where id = ?", INHERITS, heir["id"])
        retire(bank, item_id, at)
    return True


def take_over(bank: Bank, item_id: str, document_id: int) -> None:
    """A document gives anew what had disappeared: those that gave it once have no say in it any more."""
    bank.run(
        "delete from origins where item_id = ? and document_id <> ? and document_id not in"
        " (select d.id from documents d join origins o on o.document_id = d.id"
        f" where o.item_id = ? and {_LIVING})",
        *(item_id, document_id, item_id),
    )


def stands(bank: Bank, item_id: str) -> bool:
    """Is there a document that holds the item now? (One it has disappeared from still shows where it was.)"""
    return _stands(bank, item_id, but=0)


def _stands(bank: Bank, item_id: str, but: int) -> bool:
    return bool(
        bank.value(
            "select exists(select 1 from origins o join documents d on d.id = o.document_id"
            f" where o.item_id = ? and d.id <> ? and {_LIVING})",
            item_id,
            but,
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

"""Taking a document back: its items are asked no more, in the bank and in the decks that were handed out.

Nothing is deleted: the next Anki deck has to name what was withdrawn, and a document that is built again by
name comes back. An item that stands in another document too stays, with that document as its source.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from studytool.errors import StudyError
from studytool.store import homes, rows
from studytool.store.bank import Bank

IMPORTED = "import:"  # before the path of a bank of questions that was imported


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What taking a document back did."""

    name: str
    retired: int
    kept: int  # they stand in another document


def find(bank: Bank, path: str) -> str | None:
    """The path by which the bank knows a file, given its path or its base name; None if it does not.

    Raises StudyError where several documents have the name."""
    for known in (path, f"{IMPORTED}{path}"):
        if bank.value("select exists(select 1 from documents where path = ?)", known):
            return known
    name = PurePath(path).name
    named = [
        row["path"] for row in bank.rows("select path from documents where name = ? order by path", name)
    ]
    if len(named) > 1:
        raise StudyError(f"题库里有 {len(named)} 个叫 {name} 的文件：请写出完整路径，如 {named[0]}")
    return named[0] if named else None


def withdraw(bank: Bank, path: str, replaced_by: str | None, at: datetime) -> Withdrawn:
    """Take the document at `path` back; `replaced_by` is the path of the one that takes its place."""
    with bank.writing():
        document = bank.rows("select id, name from documents where path = ?", path)[0]
        retired = kept = 0
        for row in bank.rows("select item_id from origins where document_id = ?", document["id"]):
            if homes.leave(bank, row["item_id"], document["id"], at):
                kept += 1
            else:
                retired += homes.retire(bank, row["item_id"], at)
        # Without a stamp the next build of the file makes its items anew.
        bank.run(
            "update documents set stamp = '', withdrawn_at = ?, replaced_by = ? where id = ?",
            rows.instant(at),
            replaced_by,
            document["id"],
        )
    return Withdrawn(document["name"], retired, kept)


def below(bank: Bank, folder: str) -> tuple[str, ...]:
    """The paths of the documents in a folder, or in a folder of it, that have not been taken back."""
    first = folder.rstrip(os.sep) + os.sep
    found = bank.rows(
        "select path from documents where path >= ? and path < ? and withdrawn_at is null order by path",
        first,
        first[:-1] + chr(ord(os.sep) + 1),
    )
    return tuple(row["path"] for row in found)


def alone_in(bank: Bank, paths: Sequence[str]) -> int:
    """How many items that are asked stand in the documents at these paths, and in no other."""
    there = "document_id in (select id from documents where path in (select value from json_each(?)))"
    found = bank.value(
        "select count(*) from items i where i.status <> 'retired'"
        f" and i.id in (select item_id from origins where {there})"
        f" and not exists (select 1 from origins o where o.item_id = i.id and not o.{there})",
        rows.dump(paths),
        rows.dump(paths),
    )
    return int(str(found))


def withdrawn(bank: Bank) -> dict[str, str | None]:
    """path -> what replaced it, of every document that has been taken back."""
    found = bank.rows("select path, replaced_by from documents where withdrawn_at is not null order by path")
    return {row["path"]: row["replaced_by"] for row in found}

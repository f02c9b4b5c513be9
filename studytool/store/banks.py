"""Question banks that were imported: their items live beside the generated ones, under a document row.

The surprising decision: an item that is in the bank already is never overwritten by an import. Where a file
of ours comes back with another wording, that is a person's edit and goes through `edits`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from studytool.model import Item, ItemFilter, ItemKind, Status
from studytool.store import items, overlays, rows
from studytool.store.bank import Bank
from studytool.store.inserting import Row, insert, insert_all
from studytool.store.withdrawal import IMPORTED

_OURS = re.compile("[0-9a-f]{12}")
_CHUNK = 10_000  # ids of one query; SQLite takes some 32,000 values


@dataclass(frozen=True, slots=True)
class Sorted:
    """A bank's items: to add; of ours, reworded (old, new); how many are known as they are; and of ours,
    (old, new) again, what a file says of them that is no rewording and stays unheard."""

    new: tuple[Item, ...]
    reworded: tuple[tuple[Item, Item], ...]
    known: int
    unlike: tuple[tuple[Item, Item], ...] = ()  # another kind, or more or fewer answers than can be
    decided: tuple[tuple[Item, Item], ...] = ()  # another status or other tags
    placed: tuple[tuple[Item, Item], ...] = ()  # other evidence, or another place or day of it
    back: tuple[Item, ...] = ()  # of lists that were imported and withdrawn: they come back


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


def ids_of_list(bank: Bank, name: str) -> frozenset[str]:
    """The ids of items that have come from imported lists of this name, and from nowhere else."""
    found = bank.rows(
        "select item_id from origins o join documents d on d.id = o.document_id group by item_id"
        " having min(d.imported and d.name = ?)",
        name,
    )
    return frozenset(row["item_id"] for row in found)


def is_as_imported(bank: Bank, old: Item, now: Item) -> bool:
    """Does a list say what it said when it was imported, of an item that a person has changed since?"""
    overlay = overlays.of(bank, old.id)
    if overlay is None or not overlay.fields:
        return False
    before = replace(old, **rows.values(overlay.generated))
    return _reworded(before, now) == before


def sort(bank: Bank, given: Sequence[Item], *, complete: bool = False) -> Sorted:
    """Which of a bank's items are new, and which are known. A `complete` file leaves nothing out: what is
    empty there, somebody has emptied."""
    here = known(bank, [item.id for item in given])
    new = tuple(_as_draft(item) for item in given if item.id not in here)
    both = [(here[item.id], item) for item in given if item.id in here]
    merged = ((old, _reworded(old, now, complete=complete)) for old, now in both)
    reworded = tuple((old, now) for old, now in merged if old != now)
    return Sorted(
        new,
        reworded,
        len(both) - len(reworded),
        unlike=tuple(
            (old, now) for old, now in both if not comparable(old, now) and _told(old) != _told(now)
        ),
        decided=tuple((old, now) for old, now in both if _is_decision(old, now)),
        placed=tuple((old, now) for old, now in both if _is_elsewhere(old, now)),
        back=_withdrawn(bank, [old for old, _ in both if old.status is Status.RETIRED]),
    )


def _withdrawn(bank: Bank, retired: Sequence[Item]) -> tuple[Item, ...]:
    """Those that went with an imported list, and that nobody has retired by themselves."""
    found = bank.rows(
        "select value as id from json_each(?) where not exists"
        " (select 1 from overlays where item_id = value and status = 'retired') and not exists"
        " (select 1 from origins o join documents d on d.id = o.document_id"
        "  where o.item_id = value and (not d.imported or d.withdrawn_at is null))",
        rows.dump([item.id for item in retired]),
    )
    ids = {row["id"] for row in found}
    return tuple(item for item in retired if item.id in ids)


def put_back(bank: Bank, path: str, name: str, back: Sequence[Item], at: datetime) -> int:
    """Ask these items again, as questions of the file at `path`; how many."""
    if not back:
        return 0
    with bank.writing():
        document_id = _put_document(bank, path, name, 0, at)
        bank.run("update documents set withdrawn_at = null, replaced_by = null where id = ?", document_id)
        for item in back:
            bank.run(
                "update items set changed_at = ?, status ="
                " coalesce((select status from overlays where item_id = items.id), 'draft') where id = ?",
                rows.instant(at),
                item.id,
            )
            insert(bank, "origins", {
                "item_id": item.id, "document_id": document_id, **rows.origin(item)
            }, "insert or ignore")  # fmt: skip
    return len(back)


class Entry(NamedTuple):
    """An item as it is kept: its columns of `items`, and those of `origins`."""

    item_id: str
    item: Row
    origin: Row


def entries(new: Sequence[Item], at: datetime) -> tuple[Entry, ...]:
    """Items as they are kept, made ready before anybody has to wait for them."""
    changed_at = rows.instant(at)
    return tuple(
        Entry(
            one.id,
            {"id": one.id, **rows.content(one), "status": one.status, "changed_at": changed_at},
            {"item_id": one.id, **rows.origin(one)},
        )
        for one in new
    )


def put(bank: Bank, path: str, name: str, new: Sequence[Entry], at: datetime) -> int:
    """Add the items of the file at `path` to the bank; how many. What the bank has got meanwhile, while a
    person was asked, is not added once more."""
    with bank.writing():
        there = _there(bank, [one.item_id for one in new])
        added = [one for one in new if one.item_id not in there]
        document_id = _put_document(bank, path, name, len(added), at)
        insert_all(bank, "items", [one.item for one in added])
        insert_all(bank, "origins", [{**one.origin, "document_id": document_id} for one in added])
    return len(added)


def _there(bank: Bank, ids: Sequence[str]) -> set[str]:
    """Which of these items the bank has."""
    found = bank.rows(
        "select id from items where id in (select value from json_each(?))", rows.dump(list(ids))
    )
    return {row["id"] for row in found}


def _as_draft(item: Item) -> Item:
    """Whoever approved it elsewhere, here nobody has; and what it says of offsets cannot be looked up."""
    return replace(item, status=Status.DRAFT, ranges=())


def comparable(old: Item, now: Item) -> bool:
    """Is it the same sort of question? There may be more right options or points, or fewer; but a file
    that holds an answer in one cell says all points as one."""
    if now.kind is not old.kind:
        return False
    free = (old.kind is ItemKind.MULTIPLE_RESPONSE and now.key) or (
        old.kind is ItemKind.SHORT_ANSWER and len(now.key) > 1
    )
    return bool(free) or len(now.key) == len(old.key)


_MARKS = re.compile(r"[\W_]+")


def _told(item: Item) -> tuple[str, str]:
    """What is asked and answered, however it is divided."""
    return _letters(item.stem), _letters("".join(sorted(item.key)))


def _is_decision(old: Item, now: Item) -> bool:
    """Does the file say another status, or other tags? What it leaves out it does not say."""
    status = now.status is not Status.DRAFT and now.status is not old.status
    return status or bool(now.tags and sorted(now.tags) != sorted(old.tags))


def _is_elsewhere(old: Item, now: Item) -> bool:
    """Does the file say other evidence than a document's, or that it stands elsewhere there? What it leaves
    out it does not say."""
    place = _letters(f"{old.article}{old.section or ''}")  # some formats say both in one line
    moved = any(_letters(said or "") not in place for said in (now.article, now.section))
    reworded = now.evidence and _letters(now.evidence) != _letters(old.evidence)
    return bool(old.ranges) and (moved or reworded or now.published_on not in (None, old.published_on))


def _letters(text: str) -> str:
    return _MARKS.sub("", text)


def _reworded(old: Item, now: Item, *, complete: bool = False) -> Item:
    """The item with what a file says of it; what a file cannot hold, or leaves out, stays."""
    if not comparable(old, now):
        return old
    if now.kind is ItemKind.MULTIPLE_RESPONSE and sorted(now.key) == sorted(old.key):
        now = replace(now, key=old.key, accepted=())  # the right options have no order
    in_order = complete and now.kind in _LETTERED
    options = now.options if in_order or sorted(now.options) != sorted(old.options) else old.options
    wrong = tuple(text for text in options if text not in now.key)
    plain = old.stem == now.stem and old.key == now.key
    return replace(
        old,
        stem=now.stem,
        key=now.key,
        accepted=_accepted(old, now, complete=complete),
        options=options,
        distractors=old.distractors if (options, now.key) == (old.options, old.key) else wrong,
        explanation=now.explanation if complete else now.explanation or old.explanation,
        original=old.original if plain else now.original,
        changed=old.changed if plain else now.changed,
    )


_LETTERED = (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE)  # other formats mix what is to be matched
_TYPED = (ItemKind.CLOZE, ItemKind.SHORT_ANSWER)  # else what is accepted is the key


def _accepted(old: Item, now: Item, *, complete: bool) -> tuple[tuple[str, ...], ...]:
    """The accepted responses: those of the file where it has any beside the key, else the old ones."""
    emptied = complete and now.kind in _TYPED and any(len(variants) > 1 for variants in old.accepted)
    if emptied or any(len(variants) > 1 for variants in now.accepted):
        return now.accepted
    return old.accepted if now.key == old.key else tuple((part,) for part in now.key)


def _put_document(bank: Bank, path: str, name: str, count: int, at: datetime) -> int:
    found = bank.value("select id from documents where path = ?", IMPORTED + path)
    if found is None:
        insert(bank, "documents", {
            "path": IMPORTED + path, "name": name, "stamp": "", "sentence_count": 0, "knowledge_count": 0,
            "item_count": 0, "dropped": "{}", "built_at": rows.instant(at), "imported": 1,
        })  # fmt: skip
        found = bank.value("select last_insert_rowid()")
    bank.run("update documents set item_count = item_count + ? where id = ?", count, found)
    return int(str(found))

"""What people say of an item, over what is generated: fields that win, and the decision to ask it or not.

The surprising decision: what people say is written into `items` itself, and what is generated is kept aside.
So every query of the bank sees the people's version at no cost, and only a build has to look here. When what
is generated changes under a person's decision, the item goes back to the drafts with both versions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from studytool.model import Item
from studytool.store import rows
from studytool.store.bank import Bank

Columns = Mapping[str, Any]

# What a reviewer reads and decides on; tags and scores may change under an approval.
READ = tuple(name for name in rows.SHOWN if name != "tags")

# These hang together: a person who changed one of them has read the others beside it. The new options would
# not hold the key they gave, and the new key would not fit the blank they worded.
ASKED = ("stem", "key", "accepted", "options", "distractors", "explanation", "original", "changed")

# Two sentences this alike (of 100) are one sentence before and after a correction.
SAME_SENTENCE = 60.0


@dataclass(frozen=True, slots=True)
class Overlay:
    """One item's overlay: the columns `fields` stand over `generated`.

    `status` is the decision of a person, `seen` what was generated when they took it, if that has changed
    since, `successor_id` the item made of the changed sentence of one that disappeared."""

    item_id: str
    generated: Columns
    fields: Columns = field(default_factory=dict)
    status: str | None = None
    seen: Columns | None = None
    successor_id: str | None = None

    @property
    def content(self) -> dict[str, Any]:
        """The columns of the item as people see it."""
        return {**self.generated, **self.fields}


def of(bank: Bank, item_id: str) -> Overlay | None:
    """The item's overlay, if people have said anything of it."""
    found = bank.rows("select * from overlays where item_id = ?", item_id)
    if not found:
        return None
    row = found[0]
    return Overlay(
        item_id,
        json.loads(row["generated"]),
        json.loads(row["fields"]),
        row["status"],
        json.loads(row["seen"]) if row["seen"] else None,
        row["successor_id"],
    )


def put(bank: Bank, overlay: Overlay) -> None:
    """Keep an overlay in place of the item's old one."""
    bank.run(
        "insert or replace into overlays (item_id, generated, fields, status, seen, successor_id)"
        " values (?, ?, ?, ?, ?, ?)",
        overlay.item_id,
        rows.dump(dict(overlay.generated)),
        rows.dump(dict(overlay.fields)),
        overlay.status,
        rows.dump(dict(overlay.seen)) if overlay.seen else None,
        overlay.successor_id,
    )


def drop(bank: Bank, item_id: str) -> None:
    """Nothing of the item is a person's any more."""
    bank.run("delete from overlays where item_id = ?", item_id)


def same(one: Columns, other: Columns, names: Sequence[str] = READ) -> bool:
    """Do the two contents agree in these columns?"""
    return all(one[name] == other[name] for name in names)


def regenerated(bank: Bank, overlay: Overlay, generated: Columns, status: str) -> tuple[dict[str, Any], str]:
    """Put newly generated content under an overlay; the item's content and status from now on."""
    seen, decided = overlay.seen, overlay.status
    if not same(generated, overlay.generated):
        seen = overlay.seen or overlay.generated
        seen = None if same(generated, seen) else seen
        decided = "retired" if decided == "retired" else None
        status = "draft"
    elif status == "retired":
        status = "draft"  # it had disappeared, and is made again as it was
    fields = dict(overlay.fields)
    if not set(fields).isdisjoint(ASKED) and not same(generated, overlay.generated, ASKED):
        fields = {**{name: overlay.content[name] for name in ASKED}, **fields}
    new = Overlay(overlay.item_id, generated, fields, decided, seen)
    put(bank, new)
    return new.content, decided or status


def hand_on(bank: Bank, item_id: str, evidence: str, fresh: Sequence[Item]) -> None:
    """An item with an overlay disappears: find, among the new items, the one made of the changed sentence."""
    overlay = of(bank, item_id)
    if overlay is None or not (overlay.fields or overlay.status):
        return
    from rapidfuzz import fuzz  # noqa: PLC0415 - few builds take a person's item away, and all load this

    kind, asks = overlay.generated["kind"], overlay.generated["asks"]
    alike = [
        (fuzz.ratio(evidence, item.evidence), item.id)
        for item in fresh
        if (item.kind, item.asks) == (kind, asks)
    ]
    likeness, successor = max(alike, default=(0.0, ""))
    if likeness >= SAME_SENTENCE:
        bank.run("update overlays set successor_id = ? where item_id = ?", successor, item_id)

"""The questions of the bank: a filter -> items with their evidence, best first."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from studytool.model import Item, ItemFilter, Span
from studytool.store import homes, rows
from studytool.store.bank import Bank

LARGEST_INTEGER = 2**63 - 1  # of SQLite
PORTION = 500

# An item stands in one or more documents; the first by name is shown, an imported bank last.
FROM = """
from items i
join origins o on o.item_id = i.id
join documents d on d.id = o.document_id
"""
FIRST_ORIGIN = f"""
o.document_id = (
    select p.document_id from origins p join documents e on e.id = p.document_id
    where p.item_id = i.id order by {homes.order("e")} limit 1
)
"""
COLUMNS = "i.*, o.article_id, o.article, o.section, o.published_on, o.evidence, o.ranges, d.name as source"


@dataclass(frozen=True, slots=True)
class Evidence:
    """An item's evidence as it stands in one document."""

    item_id: str
    path: str
    text: str
    ranges: tuple[Span, ...]


# Another document gives another value, and nobody has approved this one: it is not asked.
UNCONTESTED = "not (i.status = 'draft' and i.id in (select item_id from measures where contested))"


def tables(chosen: ItemFilter) -> str:
    """What must be joined to test a filter: where an item stands only if the filter asks for it.

    In a bank of a hundred thousand items this is the difference between 5 and 200 milliseconds."""
    return FROM if _asks_where(chosen) else "from items i"


def _asks_where(chosen: ItemFilter) -> bool:
    return bool(chosen.sources or chosen.articles or chosen.find)


def where(chosen: ItemFilter, *, light: bool = False) -> tuple[str, list[object]]:
    """The condition on `i`, `o` and `d` that a filter means, and its values.

    With `light`, the condition for `tables(chosen)`; else for FROM."""
    parts, values = list[str](), list[object]()
    if not light or _asks_where(chosen):
        parts.append(FIRST_ORIGIN)
    for column, wanted in (
        ("i.status", chosen.statuses),
        ("i.kind", chosen.kinds),
        ("i.asks", chosen.asks),
    ):
        if wanted:
            parts.append(f"{column} in ({', '.join('?' * len(wanted))})")
            values += [str(value) for value in wanted]
    if chosen.ids:  # one value, however many: SQLite takes no more than so many
        parts.append("i.id in (select value from json_each(?))")
        values.append(rows.dump(chosen.ids))
    elif not chosen.contested:
        parts.append(UNCONTESTED)
    for column, pieces in (("d.name", chosen.sources), ("o.article", chosen.articles)):
        if pieces:
            parts.append("(" + " or ".join(f"instr({column}, ?) > 0" for _ in pieces) + ")")
            values += pieces
    for tag in chosen.tags:
        parts.append("exists (select 1 from json_each(i.tags) where value = ?)")
        values.append(tag)
    if chosen.find:
        found = "instr(i.stem, ?) > 0 or instr(i.key, ?) > 0 or instr(o.evidence, ?) > 0"
        widths = dict.fromkeys((chosen.find, unicodedata.normalize("NFKC", chosen.find)))
        parts.append("(" + " or ".join(found for _ in widths) + ")")
        values += [text for text in widths for _ in range(3)]
    return " and ".join(parts) or "true", values


def select(bank: Bank, chosen: ItemFilter, top: int | None = None) -> tuple[Item, ...]:
    """The items a filter chooses, best first; at most `top`."""
    condition, values = where(chosen, light=True)
    limit = -1 if top is None else min(top, LARGEST_INTEGER)
    if _asks_where(chosen):
        source, last = f"{FROM} where {condition} order by i.score desc, i.id limit ?", ""
    else:  # where they stand is looked up for the chosen alone: 1 millisecond, not 600, of 100,000 items
        chosen_items = f"select i.* from items i where {condition} order by i.score desc, i.id limit ?"
        source = FROM.replace("from items i", f"from ({chosen_items}) i")
        last = f"where {FIRST_ORIGIN} order by i.score desc, i.id"
    found = bank.rows(f"select {COLUMNS} {source} {last}", *values, limit)
    return tuple(rows.item(row) for row in found)


def in_portions(bank: Bank, chosen: ItemFilter, top: int | None = None) -> Iterator[tuple[Item, ...]]:
    """The same, so many at a time: to be shown, a hundred thousand items need not stand in memory."""
    ids = page(bank, chosen, 0, -1 if top is None else top)
    for start in range(0, len(ids), PORTION):
        yield select(bank, ItemFilter(ids=ids[start : start + PORTION], statuses=()))


def page(bank: Bank, chosen: ItemFilter, start: int, size: int) -> tuple[str, ...]:
    """The ids of `size` items of a filter, best first, from the `start`th on."""
    condition, values = where(chosen, light=True)
    found = bank.rows(
        f"select i.id {tables(chosen)} where {condition} order by i.score desc, i.id limit ? offset ?",
        *values,
        size,
        start,
    )
    return tuple(row["id"] for row in found)


def count(bank: Bank, chosen: ItemFilter) -> int:
    """How many items a filter chooses."""
    condition, values = where(chosen, light=True)
    return int(str(bank.value(f"select count(*) {tables(chosen)} where {condition}", *values)))


def stamps(bank: Bank) -> dict[str, datetime]:
    """item id -> when its content last changed."""
    found = bank.rows("select id, changed_at from items")
    return {row["id"]: datetime.fromisoformat(row["changed_at"]) for row in found}


def evidence(bank: Bank) -> Iterator[Evidence]:
    """The evidence of every item in every document it stands in, document by document.

    A bank that was imported is no document: what it says of evidence cannot be looked up."""
    for document in bank.rows("select id, path from documents where not imported order by name, path"):
        found = bank.rows(
            "select o.item_id, o.evidence, o.ranges from origins o join items i on i.id = o.item_id"
            " where o.document_id = ? and i.status <> 'retired' order by o.item_id",
            document["id"],
        )
        for row in found:
            ranges = tuple(Span(*pair) for pair in json.loads(row["ranges"]))
            yield Evidence(row["item_id"], document["path"], row["evidence"], ranges)

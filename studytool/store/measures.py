"""What the figures of the bank measure, so that those two documents contradict can be held back.

Each figure carries a number that stands for its measure. A change of a document touches only the measures
its items had or have, however many documents there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from studytool.model import Item, ItemFilter
from studytool.store import items, rows
from studytool.store.bank import Bank


def of_document(bank: Bank, path: str) -> frozenset[int]:
    """The measures of the items that stand in the document at `path`."""
    found = bank.rows(
        "select distinct m.measure from documents d join origins o on o.document_id = d.id"
        " join measures m on m.item_id = o.item_id where d.path = ?",
        path,
    )
    return frozenset(row["measure"] for row in found)


def put(bank: Bank, measures: Mapping[str, int]) -> None:
    """Note what these items measure: item id -> the number of its measure."""
    with bank.writing(durable=False):
        bank.run(
            "insert into measures (item_id, measure) select key, value from json_each(?) where true"
            " on conflict (item_id) do update set measure = excluded.measure",
            rows.dump(measures),
        )


def rivals(bank: Bank, measures: Iterable[int]) -> tuple[Item, ...]:
    """The items in use of those of these measures that more than one item has."""
    found = bank.rows(
        "select item_id from measures where measure in ("
        "select measure from measures where measure in (select value from json_each(?))"
        " group by measure having count(*) > 1)",
        rows.dump(sorted(measures)),
    )
    ids = tuple(row["item_id"] for row in found)
    return items.select(bank, ItemFilter(ids=ids)) if ids else ()


def hold_back(bank: Bank, measures: Iterable[int], contested: Iterable[str]) -> None:
    """Of the items of these measures, let those of these ids be held back, and no others."""
    with bank.writing(durable=False):
        bank.run(
            "update measures set contested = item_id in (select value from json_each(?))"
            " where measure in (select value from json_each(?))",
            rows.dump(sorted(contested)),
            rows.dump(sorted(measures)),
        )

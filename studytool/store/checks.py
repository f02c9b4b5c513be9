"""What a person should look at: doubts of the articles, counts of what the gates dropped, where files are."""

from __future__ import annotations

import json
from dataclasses import dataclass

from studytool.model import Item, ItemFilter, KnowledgeKind
from studytool.store import items
from studytool.store.bank import Bank


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """A doubt as the bank keeps it, with its article."""

    kind: str
    text: str
    reason: str
    sentence: str
    article_id: str
    article: str
    source: str
    published_on: str | None


def doubts(bank: Bank) -> tuple[DoubtRow, ...]:
    """All doubts, in the order of their documents' names and of the text."""
    found = bank.rows(
        "select a.id, a.title, a.published_on, a.doubts, d.name as source from articles a"
        " join documents d on d.id = a.document_id where d.withdrawn_at is null"
        " order by d.name, d.path, a.position"
    )
    return tuple(
        DoubtRow(
            one["kind"],
            one["text"],
            one["reason"],
            one.get("sentence", ""),
            row["id"],
            row["title"],
            row["source"],
            row["published_on"],
        )
        for row in found
        for one in json.loads(row["doubts"])
    )


def figures(bank: Bank) -> tuple[Item, ...]:
    """The items in use that ask for a figure, also those that are held back."""
    return items.select(bank, ItemFilter(asks=(KnowledgeKind.FIGURE,), contested=True))


def dropped(bank: Bank) -> dict[str, dict[str, int]]:
    """A source's base name -> gate -> how many items of it did not pass."""
    counts: dict[str, dict[str, int]] = {}
    for row in bank.rows(
        "select name, dropped from documents where withdrawn_at is null order by name, path"
    ):
        gates = counts.setdefault(row["name"], {})
        for gate, count in json.loads(row["dropped"]).items():
            gates[gate] = gates.get(gate, 0) + count
    return counts


def path_of(bank: Bank, document_id: int) -> str:
    """Where a document is."""
    return str(bank.value("select path from documents where id = ?", document_id))

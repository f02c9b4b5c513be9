"""Deck -> one JSON object a line, exactly the item contract of the README."""

from __future__ import annotations

import json
from typing import Any

from studytool.exports.deck import Deck, Exported
from studytool.model import Item
from studytool.steering import escaped


def item_json(item: Item) -> dict[str, Any]:
    """The item as `items --json` and `export jsonl` show it; keys in the contract's order."""
    shown: dict[str, Any] = {
        "id": item.id,
        "kind": item.kind.value,
        "asks": item.asks.value,
        "stem": item.stem,
        "key": list(item.key),
        "accepted": [list(responses) for responses in item.accepted],
        "options": list(item.options),
        "distractors": list(item.distractors),
        "explanation": item.explanation,
        "evidence": item.evidence,
        "ranges": [[span.start, span.end] for span in item.ranges],
        "source": item.source,
        "article": item.article,
        "section": item.section,
        "published_on": item.published_on.isoformat() if item.published_on else None,
        "family": item.family,
        "difficulty": item.difficulty,
        "score": item.score,
        "status": item.status.value,
        "tags": list(item.tags),
    }
    if item.original is not None:
        shown |= {"original": item.original, "changed": item.changed}
    return shown


def export(deck: Deck) -> Exported:
    lines = (escaped(json.dumps(item_json(item), ensure_ascii=False)) + "\n" for item in deck.items)
    return Exported("".join(lines).encode("utf-8", errors="replace"))

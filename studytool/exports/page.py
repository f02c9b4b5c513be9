"""Deck -> one HTML file that asks its questions without a network: the deck as JSON, a style and a script."""

from __future__ import annotations

import hashlib
import html
import json
import re
from typing import Any

from studytool.data import text
from studytool.exports.deck import Deck, Exported
from studytool.exports.sheet.shuffle import may_be_shuffled
from studytool.exports.wording import origin, pairs, remarks, rights
from studytool.model import Item, ItemKind
from studytool.model.names import KIND_NAMES


def export(deck: Deck) -> Exported:
    about = deck.description or f"共 {len(deck.items)} 题。答题记录只存在这台设备上。"
    filling = {
        "<!--TITLE-->": html.escape(deck.title),
        "<!--ABOUT-->": html.escape(about),
        "/*STYLE*/": text("page/page.css"),
        "/*SCRIPT*/": text("page/page.js"),
        "/*DECK*/": _json({"id": _deck_id(deck), "items": [_question(item, deck) for item in deck.items]}),
    }
    # All places at once, so that nothing filled in can be taken for another place.
    places = re.compile("|".join(map(re.escape, filling)))
    page = places.sub(lambda place: filling[place.group()], text("page/page.html"))
    return Exported(page.encode())


def _json(value: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _deck_id(deck: Deck) -> str:
    """Names the deck in the browser's store: the next version of a deck goes on with its list of mistakes."""
    return hashlib.sha256(deck.title.encode()).hexdigest()[:16]


def _question(item: Item, deck: Deck) -> dict[str, Any]:
    question: dict[str, Any] = {
        "id": item.id,
        "kind": item.kind.value,
        "kindName": KIND_NAMES[item.kind],
        "stem": item.stem,
        "key": item.key,
        "accepted": _accepted(item),
        "options": item.options,
        "fixed": not may_be_shuffled(item.options),
        "notes": remarks(item),
        "evidence": item.quotation,
        "origin": origin(item, deck),
    }
    if item.kind is ItemKind.MATCHING:
        question |= {"pairs": pairs(item), "options": rights(item)}
    return question


def _accepted(item: Item) -> list[tuple[str, ...]]:
    """Of each part of the key, every response that counts as right, the key included."""
    given = dict(enumerate(item.accepted))
    return [tuple(dict.fromkeys((part, *given.get(n, ())))) for n, part in enumerate(item.key)]

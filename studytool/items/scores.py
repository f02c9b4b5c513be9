"""A draft -> its score, which orders the bank, and its difficulty, estimated from human error rates (A7).

What the words count goes first, then how well the kind suits them, then the stem: an examiner would rather
ask a great thing plainly than a small one elegantly.
"""

from __future__ import annotations

from studytool.items.authority import standing
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.model import RIGHT, ItemKind

_BASE = {  # error rates of 1,300 human items, by kind
    ItemKind.CLOZE: 0.40,
    ItemKind.SINGLE_CHOICE: 0.30,
    ItemKind.MULTIPLE_RESPONSE: 0.60,
    ItemKind.TRUE_FALSE: 0.25,
    ItemKind.SHORT_ANSWER: 0.70,
    ItemKind.MATCHING: 0.40,
    ItemKind.ORDERING: 0.55,
}


def score(draft: Draft, context: Context) -> float:
    """How good a question this is (0–1)."""
    parts = (
        0.40 * standing(draft, context),
        0.25 * draft.knowledge.weight,
        0.12 * draft.fit,
        0.15 * _plainness(draft.stem),
        0.08 * (draft.closeness if draft.options else 0.6),
    )
    return round(min(1.0, sum(parts)), 4)


def _plainness(stem: str) -> float:
    """One for 20–70 characters, less for stubs and for long ones."""
    size = len(stem)
    if size < 20:
        return size / 20
    return 1.0 if size <= 70 else max(0.2, 1.0 - (size - 70) / 90)


def difficulty(draft: Draft, context: Context) -> float:
    """How hard it probably is (0–1): kind, length of the key, closeness of the options, rarity."""
    value = _BASE[draft.kind]
    if draft.kind is ItemKind.CLOZE:
        value += 0.03 * (min(sum(map(len, draft.key)), 12) - 4) + 0.1 * (len(draft.key) - 1)
        value += 0.05 if context.count(draft.key[0]) == 1 else -0.08
    if draft.options:
        value += 0.3 * (draft.closeness - 0.6)
    if draft.kind is ItemKind.TRUE_FALSE:
        value += -0.1 if draft.key == (RIGHT,) else 0.15 * draft.closeness
    return round(max(0.05, min(0.95, value)), 3)

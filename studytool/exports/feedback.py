"""What is said after the answer of an item -> HTML: its points, and each remark in a paragraph of its own.

The reader of our own exports knows the remarks by their places: 依据 and 出处 are always there, and last.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable

from studytool.exports.deck import Deck
from studytool.exports.wording import origin, remarks
from studytool.model import Item, ItemKind


def feedback(item: Item, deck: Deck) -> str:
    answer = listed(item.key) if item.kind is ItemKind.SHORT_ANSWER else ""
    return answer + "".join(f"<p>{shown(note)}</p>" for note in notes(item, deck))


def notes(item: Item, deck: Deck) -> tuple[str, ...]:
    """The remarks on an item, its evidence, and where that stands."""
    return (*remarks(item), f"依据：{item.evidence}", f"出处：{origin(item, deck)}")


def unsaid(items: Iterable[Item]) -> Counter[str]:
    """What formats whose free answers are marked by people cannot hold of the items."""
    spoken = (item for item in items if item.kind is ItemKind.SHORT_ANSWER)
    return Counter({_VARIANTS: sum(any(len(texts) > 1 for texts in item.accepted) for item in spoken)})


_VARIANTS = "简答题要点的其他可接受答案"


def listed(texts: Iterable[str]) -> str:
    return f"<ol>{''.join(f'<li>{shown(text)}</li>' for text in texts)}</ol>"


def shown(text: str) -> str:
    """Text as HTML."""
    return html.escape(text, quote=False).replace("\n", "<br>")

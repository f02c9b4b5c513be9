"""What is said after the answer of an item -> HTML: its points, and each remark in a paragraph of its own.

The reader of our own exports knows the remarks by their places: 依据 and 出处 are last. What was imported
without evidence has neither; there the points come last, under their name.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable

from studytool.exports.deck import Deck
from studytool.exports.wording import origin, remarks
from studytool.model import Item, ItemKind

# Where somebody says a source it is the last line.
_LABEL = re.compile(r"^(?:(?:要点|依据)：|出处：.*\n)", re.MULTILINE)


def feedback(item: Item, deck: Deck) -> str:
    points = item.key if item.kind is ItemKind.SHORT_ANSWER else ()
    said = notes(item, deck)
    if not points or proof(item, deck):
        return (listed(points) if points else "") + _paragraphs(said)
    return _paragraphs((*said, "\n".join((f"要点：{points[0]}", *points[1:]))))


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{shown(text)}</p>" for text in texts)


def notes(item: Item, deck: Deck) -> tuple[str, ...]:
    """The remarks on an item, its evidence, and where that stands."""
    return (*remarks(item), *proof(item, deck))


def proof(item: Item, deck: Deck) -> tuple[str, ...]:
    """The evidence of an item and where it stands; nothing, if it has none and its remark could not be
    mistaken for anything else."""
    said = remarks(item)
    is_clear = len(said) < 2 and not any(map(_LABEL.search, said))
    return () if is_clear and not item.evidence else places(item, deck)


def places(item: Item, deck: Deck) -> tuple[str, str]:
    """The last two remarks, by which the reader of our own exports knows the others."""
    return f"依据：{item.evidence}", f"出处：{origin(item, deck)}"


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

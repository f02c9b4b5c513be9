"""What an exporter is given and what it gives back.

A Deck holds finished items; an Exported holds the file's bytes and, by reason, how many things the format
could not hold. Surprising: a deck is cleaned before an exporter sees it, so that no exporter has to think of
control characters or of an item whose key is not among its options.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

from studytool.model import BLANK, RIGHT, WRONG, Item, ItemKind, Memory, Review

# Content without a stamp of its own counts as changed then; fixed, or the bytes would depend on the day.
FIRST_STAMP = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())


@dataclass(frozen=True, slots=True)
class Deck:
    """Items to hand out, and what is known of them.

    `stamps` says by item id when an item's content last changed (an instant or whole seconds since 1970);
    `withdrawn` are items that must no longer be learnt; `sources` gives the title to show for a source's
    base name. `typed` asks for typed answers to blanks where the format has a choice; `memories` and
    `reviews` carry one learner's schedule by item id; `template` is a workbook of the user's to fill in.
    """

    title: str
    items: tuple[Item, ...]
    stamps: Mapping[str, datetime | int] = field(default_factory=dict)
    withdrawn: tuple[Item, ...] = ()
    description: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
    typed: bool = False
    memories: Mapping[str, Memory] = field(default_factory=dict)
    reviews: Mapping[str, tuple[Review, ...]] = field(default_factory=dict)
    template: bytes | None = None

    def stamp(self, item_id: str) -> int:
        """When the item's content last changed, in whole seconds since 1970."""
        stamp = self.stamps.get(item_id, FIRST_STAMP)
        if isinstance(stamp, int):
            return stamp
        return int((stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)).timestamp())

    def source_title(self, item: Item) -> str:
        return self.sources.get(item.source) or item.source


class Exported(NamedTuple):
    """A file's bytes; what it could not hold, with counts; files to put beside it, by their name's end;
    how many items of the deck it is without."""

    data: bytes
    left_out: Mapping[str, int] = {}
    beside: Mapping[str, bytes] = {}
    missing: int = 0


# No format but JSON can hold these: control characters, halves of surrogate pairs, non-characters; and who
# reads it would be misled by marks that turn the direction of writing.
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_LINE_BREAK = re.compile("\r\n?|\u2028|\u2029")
# The fields of an item that hold a text or none, those that hold texts, and the one that holds lists of them.
_TEXT = (
    "id", "stem", "explanation", "family", "evidence", "source", "article", "section", "original", "changed",
)  # fmt: skip
_TEXTS = ("key", "options", "distractors", "tags")
_LISTS = "accepted"
_text_of, _texts_of = attrgetter(*_TEXT), attrgetter(*_TEXTS)


def writable(text: str) -> str:
    """The text without characters that no file format can hold, its line breaks as `\\n`."""
    if text.isprintable():  # nearly every text, and none of the characters in question
        return text
    return _LINE_BREAK.sub("\n", _UNWRITABLE.sub("", text))


def prepared(deck: Deck) -> tuple[Deck, Counter[str]]:
    """The deck with writable text and without the items no format could ask; why how many were left out."""
    left_out: Counter[str] = Counter()
    kept: dict[str, Item] = {}
    for item in map(_writable_item, deck.items):
        reason = "编号重复" if item.id in kept else defect(item)
        if reason:
            left_out[reason] += 1
        else:
            kept[item.id] = item
    withdrawn = tuple(map(_writable_item, deck.withdrawn))
    titles = {name: writable(title) for name, title in deck.sources.items()}
    clean = replace(deck, items=tuple(kept.values()), withdrawn=withdrawn, sources=titles)
    return replace(clean, title=writable(deck.title), description=writable(deck.description)), left_out


def defect(item: Item) -> str | None:
    """Why nobody could answer this item, or None. That would be a bug upstream, but no reason to ask it."""
    if item.kind is ItemKind.CLOZE and item.stem.count(BLANK) != len(item.key):
        return "空格数与答案数不符"
    if item.kind is ItemKind.TRUE_FALSE and item.key not in ((RIGHT,), (WRONG,)):
        return "判断题答案不明"
    if item.kind is ItemKind.MATCHING and not all("=" in pair for pair in item.key):
        return "匹配题答案不成对"
    if item.kind in _WITH_OPTIONS and not set(item.key) <= set(item.options):
        return "答案不在选项中"
    if item.kind in _WITH_OPTIONS and len(set(item.options)) < len(item.options):
        return "选项重复"
    return None if item.key and item.stem.strip() else "题干或答案为空"


_WITH_OPTIONS = frozenset({ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE, ItemKind.ORDERING})


def _writable_item(item: Item) -> Item:
    # All texts at once: it is one look for nearly every item, and decks have thousands.
    if "".join(chain(filter(None, _text_of(item)), *_texts_of(item), *item.accepted)).isprintable():
        return item
    changed = {}
    for name in (*_TEXT, *_TEXTS, _LISTS):
        value = getattr(item, name)
        clean = _writable_value(value)
        if clean != value:
            changed[name] = clean
    return replace(item, **changed) if changed else item


def _writable_value(value: Any) -> Any:
    if isinstance(value, str):
        return writable(value)
    return tuple(map(_writable_value, value)) if isinstance(value, tuple) else value

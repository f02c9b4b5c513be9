"""Deck -> our table: a header and one row of text an item, for csv and xlsx, made to be read back.

Parts of an answer stand on lines of their own, because commas and semicolons occur in answers.
"""

from __future__ import annotations

from collections.abc import Iterator

from studytool.exports.deck import Deck
from studytool.exports.wording import CHOICES, letter, letters, rights, variants
from studytool.model import Item, ItemKind
from studytool.model.names import ASKS, KIND_NAMES, STATUSES

_FEWEST_OPTIONS = 4  # as many option columns a table always has
_BEFORE = ("编号", "题型", "类别", "题干")
_AFTER = (
    "答案",
    "也可答",
    "解析",
    "依据",
    "来源",
    "文章",
    "章节",
    "日期",
    "难度",
    "评分",
    "状态",
    "标签",
    "原文",
    "误作",
)


def header(deck: Deck) -> tuple[str, ...]:
    return (*_BEFORE, *(f"选项{letter(index)}" for index in range(_option_count(deck))), *_AFTER)


def rows(deck: Deck) -> Iterator[tuple[str, ...]]:
    """The items' rows, each as long as the header."""
    count = _option_count(deck)
    for item in deck.items:
        options = _options(item)
        padding = ("",) * (count - len(options))
        yield (*_before(item), *options, *padding, *_after(item, deck))


def _option_count(deck: Deck) -> int:
    return max((len(_options(item)) for item in deck.items), default=0) or _FEWEST_OPTIONS


def _options(item: Item) -> tuple[str, ...]:
    return rights(item) if item.kind is ItemKind.MATCHING else item.options


def _before(item: Item) -> tuple[str, ...]:
    return (item.id, KIND_NAMES[item.kind], ASKS[item.asks], item.stem)


def _after(item: Item, deck: Deck) -> tuple[str, ...]:
    lettered = item.kind in CHOICES or item.kind is ItemKind.ORDERING
    return (
        letters(item) if lettered else "\n".join(item.key),
        _variants(item),
        item.explanation or "",
        item.evidence,
        deck.source_title(item),
        item.article,
        item.section or "",
        item.published_on.isoformat() if item.published_on else "",
        f"{item.difficulty:.2f}",
        f"{item.score:.2f}",
        STATUSES[item.status],
        "\n".join(item.tags),
        item.original or "",
        item.changed or "",
    )


def _variants(item: Item) -> str:
    """Other answers that count, one line for each part of the key, `|` between them."""
    lines = ["|".join(_escaped(text) for text in others) for others in variants(item)]
    return "\n".join(lines) if any(lines) else ""


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")

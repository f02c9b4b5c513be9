"""Deck -> a Markdown page: questions in sections by kind, each with its answer and evidence below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.exports.deck import Deck, Exported
from studytool.exports.wording import (
    CHOICES,
    KIND_NAMES,
    letter,
    letters,
    origin,
    pairs,
    remarks,
    rights,
    variants,
)
from studytool.model import Item, ItemKind

# Signs that mean something anywhere, and those that do at the start: of a list, a heading, an underline.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~&$]|:(?=//)|^[#+=-]")
_NUMBER = re.compile(r"^(\d+)([.)])")
_NUMERALS = "一二三四五六七"


def export(deck: Deck) -> Exported:
    lines = [f"# {_shown(deck.title)}", ""]
    if deck.description:
        lines += [_shown(deck.description), ""]
    sections = [kind for kind in ItemKind if any(item.kind is kind for item in deck.items)]
    for numeral, kind in zip(_NUMERALS, sections, strict=False):
        items = [item for item in deck.items if item.kind is kind]
        lines += [f"## {numeral}、{KIND_NAMES[kind]}（{len(items)} 题）", ""]
        for number, item in enumerate(items, 1):
            lines += _question(number, item, deck)
    return Exported(("\n".join(lines).rstrip("\n") + "\n").encode())


def _question(number: int, item: Item, deck: Deck) -> Iterator[str]:
    """The item as an entry of a numbered list; what belongs to it is indented below."""
    yield f"{number}. {_shown(item.stem)}"
    yield ""
    indent = " " * (len(str(number)) + 2)
    for block in _blocks(item, deck):
        yield from (indent + line if line else "" for line in block)
        yield ""


def _blocks(item: Item, deck: Deck) -> Iterator[list[str]]:
    if item.kind is ItemKind.MATCHING:
        yield [f"- {_shown(pair.left)}" for pair in pairs(item)]
        yield [f"* {letter(index)}、{_shown(text)}" for index, text in enumerate(rights(item))]
    elif item.options:
        yield [f"- {letter(index)}、{_shown(text)}" for index, text in enumerate(item.options)]
    yield [f"**答案：** {_shown(_answer(item))}"]
    for part, others in zip(item.key, variants(item), strict=False):
        if others and item.kind is ItemKind.CLOZE:
            yield [f"“{_shown(part)}”也可答：{_shown('、'.join(others))}"]
    for remark in remarks(item):
        yield [f"**解析：** {_shown(remark)}"]
    yield [f"> {_shown(item.evidence)}"]
    yield [f"*出处：{_shown(origin(item, deck))}* `{item.id}`"]


def _answer(item: Item) -> str:
    if item.kind in CHOICES or item.kind is ItemKind.ORDERING:
        return letters(item)
    if item.kind is ItemKind.MATCHING:
        return "；".join(f"{pair.left} — {pair.right}" for pair in pairs(item))
    return "；".join(item.key)


def _shown(text: str) -> str:
    """Text on one line with nothing in it that Markdown or HTML takes for a command."""
    line = re.sub(r"\s*\n\s*", " ", text)
    return _NUMBER.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", line))

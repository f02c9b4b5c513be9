"""Deck -> a Markdown page: questions in sections by kind, each with its answer and evidence below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.exports.deck import Deck, Exported
from studytool.exports.wording import CHOICES, letter, letters, origin, pairs, remarks, rights, variants
from studytool.model import Item, ItemKind
from studytool.model.names import KIND_NAMES

# Signs that mean something anywhere, and those that do at the start: of a list, a heading, an underline.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~&$]|:(?=//)|^[#+=-]")
_NUMBER = re.compile(r"^(\d+)([.)])")
# Between the accepted answers to one blank, between blanks, and for a blank that has none; an answer with
# such a sign in it cannot be told apart and is left out.
_OTHER, _NEXT, _NONE = "、", "；", "—"
_SEPARATING = re.compile(rf"[{_OTHER}{_NEXT};\n]|^{_NONE}$")
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
    left_out = {
        "填空题带顿号或分号的其他可接受答案": sum(_others(item) != _held(item) for item in deck.items)
    }
    return Exported(("\n".join(lines).rstrip("\n") + "\n").encode(), left_out)


def _held(item: Item) -> tuple[tuple[str, ...], ...]:
    """The other answers to each blank of a cloze item."""
    return variants(item) if item.kind is ItemKind.CLOZE else ()


def _others(item: Item) -> tuple[tuple[str, ...], ...]:
    """Those of them that can be written in one line."""
    return tuple(tuple(text for text in texts if not _SEPARATING.search(text)) for texts in _held(item))


def _question(number: int, item: Item, deck: Deck) -> Iterator[str]:
    """The item as an entry of a numbered list; what belongs to it is indented below."""
    yield f"{number}. {_shown(item.stem)}"
    yield ""
    indent = " " * (len(str(number)) + 2)
    for block in _blocks(item, deck):
        yield from (indent + line if line else "" for line in block)
        yield ""


def _blocks(item: Item, deck: Deck) -> Iterator[list[str]]:
    options = rights(item) if item.kind is ItemKind.MATCHING else item.options
    if options:
        yield [f"- {letter(index)}、{_shown(text)}" for index, text in enumerate(options)]
    if item.kind is ItemKind.MATCHING:
        yield [f"**待配：** {_shown('；'.join(pair.left for pair in pairs(item)))}"]
    yield from _answer(item)
    others = _others(item)
    if any(others):
        said = _NEXT.join(_OTHER.join(texts) or _NONE for texts in others)
        yield [f"**也可答：** {_shown(said)}"]
    for remark in remarks(item):
        yield [f"**解析：** {_shown(remark)}"]
    if item.evidence:
        yield [f"> {_shown(item.evidence)}"]
    yield [f"*出处：{_shown(origin(item, deck))}* `{item.id}`"]


def _answer(item: Item) -> Iterator[list[str]]:
    """The key: as letters, in a line, or as a list if it has several parts."""
    lettered = item.kind in CHOICES or item.kind is ItemKind.ORDERING
    if lettered or len(item.key) == 1:
        yield [f"**答案：** {_shown(letters(item) if lettered else item.key[0])}"]
    else:
        yield ["**答案：**"]
        yield [f"- {_shown(part)}" for part in item.key]


def _shown(text: str) -> str:
    """Text on one line with nothing in it that Markdown or HTML takes for a command."""
    line = re.sub(r"\s*\n\s*", " ", text)
    return _NUMBER.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", line))

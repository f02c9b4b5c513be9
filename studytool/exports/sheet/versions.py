"""Sheet -> its Versions A, B, …: the order of the questions in a section and of the options in a question."""

from __future__ import annotations

from dataclasses import replace

from studytool.exports.sheet.paper import (
    LETTERS,
    Question,
    Section,
    Sheet,
    Version,
    VersionSection,
    choices_of,
    pairs_of,
)
from studytool.exports.sheet.shuffle import balanced, option_order, rank
from studytool.model import Item, ItemKind


def versions(sheet: Sheet) -> tuple[Version, ...]:
    """All versions of a sheet, each with the same items in another order."""
    return tuple(_version(sheet, LETTERS[index]) for index in range(sheet.versions))


def _version(sheet: Sheet, name: str) -> Version:
    sections: list[VersionSection] = []
    first = 1
    for section in sheet.sections:
        sections.append(_section(section, first, sheet.seed, name))
        first += len(section.items)
    return Version(name, sheet, tuple(sections))


def _section(section: Section, first: int, seed: int, name: str) -> VersionSection:
    items = sorted(section.items, key=lambda item: rank(seed, name, item.id))
    orders = tuple(option_order(item, choices_of(item), seed, name) for item in items)
    if section.kind is ItemKind.SINGLE_CHOICE:
        orders = balanced(items, orders, seed, name)
    numbered = enumerate(zip(items, orders, strict=True), first)
    questions = (_question(item, number, order, seed, name) for number, (item, order) in numbered)
    return VersionSection(section.kind, section.points, tuple(questions))


def _question(item: Item, number: int, order: tuple[int, ...], seed: int, name: str) -> Question:
    if item.kind is ItemKind.MATCHING:
        item = _with_lefts_shuffled(item, order, seed, name)
    return Question(number, item, order)


def _with_lefts_shuffled(item: Item, order: tuple[int, ...], seed: int, name: str) -> Item:
    """The same pairs, the left sides in an order that is not that of the right: dates ascend, and events are
    told in the order of time, so that (1)A (2)B (3)C would be right without reading."""
    pool = choices_of(item)
    printed = [pool[place] for place in order]
    pairs = sorted(range(len(item.key)), key=lambda place: rank(seed, name, item.id, "left", place))
    letters = [printed.index(pairs_of(item)[place][1]) for place in pairs]
    if letters == sorted(letters):
        pairs = [*pairs[1:], pairs[0]]
    accepted = item.accepted if len(item.accepted) == len(item.key) else ()
    return replace(
        item,
        key=tuple(item.key[place] for place in pairs),
        accepted=tuple(accepted[place] for place in pairs if accepted) or item.accepted,
    )

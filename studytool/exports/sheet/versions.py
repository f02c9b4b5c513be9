"""Sheet -> its Versions A, B, …: the order of the questions in a section and of the options in a question."""

from __future__ import annotations

from studytool.exports.sheet.paper import (
    LETTERS,
    Question,
    Section,
    Sheet,
    Version,
    VersionSection,
    choices_of,
)
from studytool.exports.sheet.shuffle import option_order, rank
from studytool.model import Item


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
    questions = (_question(item, number, seed, name) for number, item in enumerate(items, first))
    return VersionSection(section.kind, section.points, tuple(questions))


def _question(item: Item, number: int, seed: int, name: str) -> Question:
    return Question(number, item, option_order(item, choices_of(item), seed, name))

"""What a paper is made of: Wishes -> Sheet (the plan) -> Version (A, B, …) -> Question.

The surprising decision: a Question keeps the order of its options as places in the item's own
options. Letters are derived from that order wherever they are printed, so that the paper, its key
and the manifest cannot disagree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from studytool.model import RIGHT, Item, ItemKind

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TICK, CROSS = "√", "×"

# In the usual order of a paper: kind, name of its section, points a question is worth, and its
# share of a paper of 46 questions that makes 100 points.
KINDS: tuple[tuple[ItemKind, str, int, int], ...] = (
    (ItemKind.SINGLE_CHOICE, "单项选择题", 2, 20),
    (ItemKind.MULTIPLE_RESPONSE, "多项选择题", 4, 5),
    (ItemKind.TRUE_FALSE, "判断题", 1, 10),
    (ItemKind.CLOZE, "填空题", 2, 10),
    (ItemKind.MATCHING, "匹配题", 4, 0),
    (ItemKind.ORDERING, "排序题", 4, 0),
    (ItemKind.SHORT_ANSWER, "简答题", 10, 1),
)
ORDER = tuple(kind for kind, _, _, _ in KINDS)
NAMES = {kind: name for kind, name, _, _ in KINDS}
POINTS = {kind: points for kind, _, points, _ in KINDS}
SHARES = {kind: share for kind, _, _, share in KINDS}
CHOICES = (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE)


@dataclass(frozen=True)
class Wishes:
    """What the person who prints a paper may ask for.

    `count` is the number of questions in all, shared out among the kinds there are; `counts` asks
    for so many of each kind instead. `points` overrides what a question of a kind is worth.
    """

    title: str = "学习测试题"
    unit: str | None = None
    date: date | None = None
    count: int | None = None
    counts: Mapping[ItemKind, int] = field(default_factory=dict)
    points: Mapping[ItemKind, int] = field(default_factory=dict)
    seed: int = 1
    versions: int = 1
    large_print: bool = False
    answer_sheet: bool = False


@dataclass(frozen=True)
class Section:
    """The questions of one kind; each is worth `points`."""

    kind: ItemKind
    items: tuple[Item, ...]
    points: int

    @property
    def total(self) -> int:
        return self.points * len(self.items)


@dataclass(frozen=True)
class Shortage:
    """A kind of which fewer questions were found than asked for, among so many that can be printed."""

    kind: ItemKind
    asked: int
    found: int
    printable: int


@dataclass(frozen=True)
class Sheet:
    """The plan of a paper: which items, in which sections, worth what, in how many versions."""

    title: str
    unit: str | None
    date: date | None
    sections: tuple[Section, ...]
    seed: int
    versions: int
    large_print: bool = False
    answer_sheet: bool = False
    shortages: tuple[Shortage, ...] = ()

    @property
    def number(self) -> str:
        """What tells this paper from any other: it stands on the print and in the manifest."""
        asked = (
            "\0".join((str(section.points), item.id, item.stem, *item.options, *item.key))
            for section in self.sections
            for item in section.items
        )
        told = "\0".join((str(self.seed), str(self.versions), *asked))
        return hashlib.blake2b(told.encode(), digest_size=2).hexdigest().upper()

    @property
    def total(self) -> int:
        return sum(section.total for section in self.sections)

    @property
    def count(self) -> int:
        return sum(len(section.items) for section in self.sections)


@dataclass(frozen=True)
class Question:
    """An item as it stands on one version: its number, and the places of its options in that order."""

    number: int
    item: Item
    order: tuple[int, ...] = ()

    @property
    def pool(self) -> tuple[str, ...]:
        """What letters stand for: the options, or the right-hand sides of a matching item."""
        return choices_of(self.item)

    @property
    def options(self) -> tuple[str, ...]:
        """The options in printed order."""
        return tuple(self.pool[place] for place in self.order)

    @property
    def answer(self) -> tuple[str, ...]:
        """What the key prints: letters, √ or ×, or the texts of the key."""
        kind = self.item.kind
        if kind is ItemKind.TRUE_FALSE:
            return (TICK if self.item.key == (RIGHT,) else CROSS,)
        if kind in CHOICES:
            return tuple(sorted(self._letter(text) for text in self.item.key))
        if kind is ItemKind.ORDERING:
            return tuple(self._letter(text) for text in self.item.key)
        if kind is ItemKind.MATCHING:
            return tuple(self._letter(right) for _, right in pairs_of(self.item))
        return self.item.key

    def _letter(self, text: str) -> str:
        return LETTERS[self.options.index(text)]


@dataclass(frozen=True)
class VersionSection:
    """A section of one version, its questions in printed order."""

    kind: ItemKind
    points: int
    questions: tuple[Question, ...]

    @property
    def total(self) -> int:
        return self.points * len(self.questions)


@dataclass(frozen=True)
class Version:
    """One version of a paper; `name` is its letter."""

    name: str
    sheet: Sheet
    sections: tuple[VersionSection, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)


def pairs_of(item: Item) -> tuple[tuple[str, str], ...]:
    """The pairs (left, right) of a matching item."""
    split = (pair.partition("=") for pair in item.key)
    return tuple((left.strip(), right.strip()) for left, _, right in split)


def choices_of(item: Item) -> tuple[str, ...]:
    """What a learner chooses from by letter; a matching item's left sides are not chosen."""
    if item.kind is ItemKind.TRUE_FALSE:
        return ()
    if item.kind is not ItemKind.MATCHING:
        return item.options
    pairs = pairs_of(item)
    lefts, rights = {left for left, _ in pairs}, tuple(dict.fromkeys(right for _, right in pairs))
    offered = tuple(option for option in item.options if option not in lefts)
    return offered if set(rights) <= set(offered) else rights


def can_stand(item: Item) -> bool:
    """Whether an item can be printed at all: each answer is one of its options, and letters suffice."""
    pool = choices_of(item)
    if item.kind in (*CHOICES, ItemKind.ORDERING):
        enough = 2 <= len(pool) <= len(LETTERS) and len(set(pool)) == len(pool)
        return enough and bool(item.key) and set(item.key) <= set(pool)
    if item.kind is ItemKind.MATCHING:
        return 2 <= len(pool) <= len(LETTERS) and all("=" in pair for pair in item.key)
    return bool(item.key)

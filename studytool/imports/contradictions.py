"""Questions -> those that ask the same and answer it otherwise: nobody can learn both.

The surprising decision: a stem alone tells questions to choose from apart badly (下列说法正确的是). They
contradict each other where what is right in one is a wrong option of the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from studytool.model import Item, ItemKind

_CHOICES = (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE)
# 以上都对, A和B, ①②: right or wrong only beside the other options.
_ABOUT_OTHERS = re.compile(r"以上|上述|前面|全部|全都|都|均|[A-J](?:[、和与及]|\Z)|[①-⑳]")
# What asks nothing else: spaces and quotation marks, and the sign that ends the question.
_UNSAID = re.compile(r"[\s“”‘’\"']+")
_ENDS = "。.．?!;:,"
_SIGNS = re.compile(r"[\W_]+")


def question(item: Item) -> tuple[str, str]:
    """What an item asks, whatever the answer: items of one question may contradict each other."""
    kind = "choice" if item.kind in _CHOICES else str(item.kind)
    return kind, _UNSAID.sub("", unicodedata.normalize("NFKC", item.stem)).rstrip(_ENDS)


def others(items: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Of items of any questions, each that contradicts another, and the first one it contradicts."""
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        groups.setdefault(question(item), []).append(item)
    for group in groups.values():
        if len(group) > 1:
            yield from _in_group(group)


def _in_group(group: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """The same of items of one question, each compared with those that speak of its answers."""
    said = _Said(group)
    for item in group:
        other = next((other for other in said.near(item) if contradict(item, other)), None)
        if other is not None:
            yield item, other


class _Said:
    """What the items of one question say is right, and wrong: the first two that say it."""

    def __init__(self, group: Sequence[Item]) -> None:
        self.right: dict[str, list[Item]] = {}
        self.wrong: dict[str, list[Item]] = {}
        self.some: list[Item] = []  # one for each key
        keys = set[tuple[str, ...]]()
        for item in group:
            if item.key not in keys and len(keys) < 2:
                keys.add(item.key)
                self.some.append(item)
            for texts, place in ((item.key, self.right), (item.distractors, self.wrong)):
                for text in texts:
                    if len(place.setdefault(text, [])) < 2:
                        place[text].append(item)

    def near(self, item: Item) -> Iterable[Item]:
        """Items that may contradict this one."""
        if item.kind not in _CHOICES:
            return (other for other in self.some if other is not item)
        found = [*(self.wrong.get(text, ()) for text in item.key)]
        found += [*(self.right.get(text, ()) for text in item.distractors)]
        return (other for some in found for other in some if other is not item)


def contradict(one: Item, other: Item) -> bool:
    """Whether the answers of two items of one question cannot both be right."""
    if one.kind in _CHOICES:
        return bool(_firm(one.key) & _firm(other.distractors) | _firm(other.key) & _firm(one.distractors))
    if one.kind is ItemKind.MATCHING:
        return _differ(_pairs(one), _pairs(other))
    if one.kind is ItemKind.ORDERING:
        return sorted(one.key) == sorted(other.key) and one.key != other.key
    if one.kind is ItemKind.CLOZE and len(one.key) == len(other.key):
        return not all(map(_meet, _accepted(one), _accepted(other)))
    return _bare(one.key) != _bare(other.key)


def _firm(options: Iterable[str]) -> set[str]:
    """The options that are right or wrong by themselves."""
    return {text for text in options if not _ABOUT_OTHERS.match(text)}


def _pairs(item: Item) -> dict[str, str]:
    return {left: right for left, _, right in (pair.partition("=") for pair in item.key)}


def _differ(one: dict[str, str], other: dict[str, str]) -> bool:
    return any(other.get(left, right) != right for left, right in one.items())


def _accepted(item: Item) -> list[set[str]]:
    """Everything that may be answered to each blank."""
    both = zip(item.key, item.accepted, strict=False)
    return [{_bare((text,)) for text in (part, *some)} for part, some in both]


def _meet(one: set[str], other: set[str]) -> bool:
    return not one.isdisjoint(other)


def _bare(parts: Iterable[str]) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", "".join(parts)))

"""What a file asks, beside what the bank asks -> items under ids of the bank, and what must be said of them.

The surprising decision: a list that is imported again corrects the questions that came from it, and only
those. What another list answers otherwise is not taken: two answers to one question would both be learned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from studytool.imports import contradictions
from studytool.imports.entry import content_id, shown_key
from studytool.model import ItemFilter, Status
from studytool.store import banks, items

if TYPE_CHECKING:
    from studytool.imports import Imported, Problem
    from studytool.model import Item
    from studytool.store.bank import Bank


@dataclass(slots=True)
class Known:
    """The items under ids of the bank. `corrected` are those of the bank that this list answers otherwise
    than before, with the place in the list; the rest is what is not taken: the problems of what contradicts
    the bank, and the ids of what a person has changed since, and of what differs in another list, or in its
    difficulty."""

    items: dict[str, Item] = field(default_factory=dict)
    corrected: list[tuple[Item, Item, Problem]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)
    harder: list[str] = field(default_factory=list)


def under_our_ids(bank: Bank, name: str, understood: Imported) -> Known:
    """The items of a file called `name`: a number of somebody's list says nothing outside that list, and a
    question that the bank has already is known by what it asks, where the file has lost its id."""
    reader = _Reader(bank, name, understood)
    for item in understood.items:
        reader.take(item)
    return reader.known


class _Reader:
    """Takes the items of a file one by one; `known` is what is known of them so far."""

    def __init__(self, bank: Bank, name: str, understood: Imported) -> None:
        self.bank, self.places = bank, understood.places
        self.known = Known()
        self.ours = banks.known(bank, [item.id for item in understood.items])
        self.list_ids = banks.ids_of_list(bank, name) if self.places else frozenset[str]()
        self.asked: dict[str, Item] = {}  # by what is asked and answered
        self.questions: dict[tuple[str, str], list[Item]] = {}  # those still asked, by what is asked alone
        if len(self.ours) < len(understood.items):
            for item in items.select(bank, ItemFilter(statuses=tuple(Status))):
                self._note(item)

    def _note(self, item: Item) -> None:
        self.asked[content_id(item)] = item
        if item.status is not Status.RETIRED:
            self.questions.setdefault(contradictions.question(item), []).append(item)

    def take(self, item: Item) -> None:
        """Notes an item under its id in the bank."""
        place = self.places.get(item.id)
        old = self.ours.get(item.id) or self.asked.get(content_id(item))
        if old and (old.id in self.list_ids or (place is None and old.id == item.id)):
            self._again(old, item, place)
        elif old:
            self._elsewhere(old, item, place)
        else:
            self._new(item, place)

    def _elsewhere(self, old: Item, item: Item, place: Problem | None) -> None:
        """A question that the bank has from somewhere else, or that is worded otherwise there by now."""
        self.known.items[old.id] = old
        same = old.status is not Status.RETIRED and contradictions.question(old) == contradictions.question(
            item
        )
        if same and place and contradictions.contradict(old, item):
            self._refuse(old, item, place)
        elif sorted(old.options) != sorted(item.options):
            self.known.unlike.append(old.id)

    def _again(self, old: Item, item: Item, place: Problem | None) -> None:
        """An item of ours, or of the same list, that comes back."""
        now = replace(item, id=old.id)
        if place is not None and banks.is_as_imported(self.bank, old, now):
            self.known.edited.append(old.id)
            now = old
        if place is not None and now.difficulty not in (old.difficulty, _UNSAID):
            self.known.harder.append(old.id)
        self.known.items[old.id] = now

    def _new(self, item: Item, place: Problem | None) -> None:
        """A question the bank does not have, or does not answer so."""
        same = self.questions.get(contradictions.question(item), []) if place else []
        others = [old for old in same if contradictions.contradict(old, item)]
        if place is None or not others:
            content = item.id if banks.is_ours(item.id) else content_id(item)
            self.known.items[content] = replace(item, id=content)
            return
        (old, *more) = others
        is_free = not more and old.id in self.list_ids and old.id not in self.known.items
        if is_free and banks.comparable(old, item):
            self.known.items[old.id] = replace(item, id=old.id)
            self.known.corrected.append((old, item, place))
            return
        self._refuse(old, item, place)

    def _refuse(self, old: Item, item: Item, place: Problem) -> None:
        reason = (
            f"题库里已有这一题（{old.id}，来自 {old.source}），答案是{shown_key(old)}，"
            f"这里是{shown_key(item)}："
            "没有存入；若以这里为准，请先在 studytool review 里改正或停用那一题"
        )
        self.known.problems.append(place._replace(expected=reason))


_UNSAID = 0.5  # the difficulty of what says none


def kept_spaces(here: Mapping[str, Item], given: Mapping[str, Item]) -> dict[str, Item]:
    """The items of a file, those that the bank has without what only spaces and line breaks set apart."""
    return {
        item_id: _spaced(here[item_id], item) if item_id in here else item for item_id, item in given.items()
    }


def _spaced(old: Item, item: Item) -> Item:
    """An item in the words of the bank, wherever only spaces differ."""
    options = {_flat(text): text for text in old.options}
    key = tuple(map(_flat, item.key)) == tuple(map(_flat, old.key))
    return replace(
        item,
        stem=old.stem if _flat(old.stem) == _flat(item.stem) else item.stem,
        key=old.key if key else tuple(options.get(_flat(text), text) for text in item.key),
        accepted=old.accepted if key and not any(len(some) > 1 for some in item.accepted) else item.accepted,
        options=tuple(options.get(_flat(text), text) for text in item.options),
        explanation=_perhaps(old.explanation, item.explanation),
        original=_perhaps(old.original, item.original),
        changed=_perhaps(old.changed, item.changed),
    )


def _perhaps(before: str | None, now: str | None) -> str | None:
    return before if before and now and _flat(before) == _flat(now) else now


def _flat(text: str) -> str:
    return " ".join(text.split())

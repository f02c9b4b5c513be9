"""The items on a sheet so far -> whether one more can join them without giving an answer away.

The surprising decision: a long answer may not stand in any other stem at all; a short one (“天津”,
“3人”) may, unless the two stems speak of the same thing, which their shared pairs of characters tell.
"""

from __future__ import annotations

import re

from studytool.model import RIGHT, Item, ItemKind

_TOLD_BY_OPTIONS = (ItemKind.MATCHING, ItemKind.ORDERING)
_LONG = 4  # characters from which an answer read elsewhere is an answer given away
_ALIKE = 0.3  # share of a stem's character pairs found in another text: they speak of the same thing
_WORDS = re.compile(r"\D{3,}")  # an answer in words: two figures may well be the same
_SAME = 0.6  # … they say the same


class OnSheet:
    """What has been chosen, and what it shows and asks."""

    def __init__(self) -> None:
        self._items: list[_Seen] = []
        self._families: set[str] = set()
        self._answers: set[str] = set()

    def take(self, item: Item) -> bool:
        """Add `item`, unless it gives away an answer of the sheet or finds its own there."""
        if item.family in self._families:
            return False
        new = _Seen(item)
        if self._told(new) or self._tells(new):
            return False
        self._items.append(new)
        self._families.add(item.family)
        self._answers |= new.answer
        return True

    # A sheet of two hundred compares some thirty thousand pairs: the look for a word comes first.
    def _told(self, new: _Seen) -> bool:
        """Whether who has read the sheet knows the answer of `new`."""
        if new.answer & self._answers:
            return True  # 双城记 once more: who knew it there knows it here
        if not new.asked:
            return any(new.alike(old) >= _SAME for old in self._items)
        read = ((old, word) for word in new.asked for old in self._items if word in old.shown)
        return any(_reveals(old, new, word) for old, word in read)

    def _tells(self, new: _Seen) -> bool:
        """Whether who reads `new` learns an answer of the sheet."""
        shown = new.shown
        read = ((old, word) for old in self._items for word in old.asked if word in shown)
        return any(_reveals(new, old, word) for old, word in read) or any(
            not old.asked and old.alike(new) >= _SAME for old in self._items
        )


class _Seen:
    """An item as another question's reader sees it."""

    __slots__ = ("answer", "asked", "pairs", "shown", "stem")

    def __init__(self, item: Item) -> None:
        self.shown = "\n".join((item.stem, *item.options, *item.key))
        # Of pairs to be matched and events to be put in order it is the options that tell what happened.
        self.stem = self.shown if item.kind in _TOLD_BY_OPTIONS else item.stem
        self.asked = _asked(item)
        telling = (
            len(item.key) == 1 and item.kind is not ItemKind.TRUE_FALSE and _WORDS.fullmatch(item.key[0])
        )
        self.answer = frozenset(item.key if telling else ())
        self.pairs = {self.stem[at : at + 2] for at in range(len(self.stem) - 1)}

    def alike(self, other: _Seen) -> float:
        """The share of this stem's character pairs that the other stem has too."""
        return len(self.pairs & other.pairs) / (len(self.pairs) or 1)


def _asked(item: Item) -> tuple[str, ...]:
    """The words a learner must know to answer."""
    if item.kind is not ItemKind.TRUE_FALSE:
        return item.key
    if item.key == (RIGHT,) or item.original is None:
        return ()
    return (item.original,)


def _reveals(shown: _Seen, asked: _Seen, word: str) -> bool:
    """Whether who reads `shown`, where this word of the answer stands, learns the answer of `asked`."""
    return (len(word) >= _LONG and word in shown.stem) or asked.alike(shown) >= _ALIKE

"""The items on a sheet so far -> whether one more can join them without giving an answer away.

The surprising decision: a long answer may not stand in any other stem at all; a short one (“天津”,
“3人”) may, unless the two stems speak of the same thing, which their shared pairs of characters tell.
"""

from __future__ import annotations

from studytool.model import RIGHT, Item, ItemKind

_LONG = 4  # characters from which an answer read elsewhere is an answer given away
_ALIKE = 0.3  # share of a stem's character pairs found in another text: they speak of the same thing
_SAME = 0.6  # … they say the same


class OnSheet:
    """What has been chosen, and what it shows and asks."""

    def __init__(self) -> None:
        self._items: list[_Seen] = []
        self._families: set[str] = set()

    def take(self, item: Item) -> bool:
        """Add `item`, unless it gives away an answer of the sheet or finds its own there."""
        if item.family in self._families:
            return False
        new = _Seen(item)
        if any(_reveals(old, new) or _reveals(new, old) for old in self._items):
            return False
        self._items.append(new)
        self._families.add(item.family)
        return True


class _Seen:
    """An item as another question's reader sees it."""

    __slots__ = ("asked", "pairs", "shown", "stem")

    def __init__(self, item: Item) -> None:
        self.stem = item.stem
        self.shown = "\n".join((item.stem, *item.options, *item.key))
        self.asked = _asked(item)
        self.pairs = {item.stem[at : at + 2] for at in range(len(item.stem) - 1)}

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


def _reveals(shown: _Seen, asked: _Seen) -> bool:
    """Whether who reads `shown` learns the answer of `asked`."""
    read = [word for word in asked.asked if word in shown.shown]
    if not read:
        return not asked.asked and asked.alike(shown) >= _SAME
    if any(len(word) >= _LONG and word in shown.stem for word in read):
        return True
    return asked.alike(shown) >= _ALIKE

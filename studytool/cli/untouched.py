"""What a file in one of our formats says of questions of the bank -> those that nobody has changed in it.

No format but our own holds every text: a key that begins with ①, or a stem with __ in it, is read back as
something else. So what such a file says is held against what it would say had nobody touched it; where that
is the same, the wording of the bank stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.cli.known_questions import under_our_ids
from studytool.errors import StudyError

if TYPE_CHECKING:
    from studytool.model import Item
    from studytool.store.bank import Bank


def untouched(
    bank: Bank, place: Path, known: Mapping[str, Item], given: Mapping[str, Item]
) -> dict[str, Item]:
    """Of the items of the file at `place`, those of the bank that went out as they come back."""
    from studytool.store import edits

    differing = {item_id: old for item_id, old in known.items() if edits.changes(old, given[item_id])}
    same: dict[str, Item] = {}
    for image in _images(bank, place, tuple(differing.values())) if differing else ():
        for item_id in differing.keys() & image.keys():
            if not edits.changes(image[item_id], given[item_id]):
                same[item_id] = known[item_id]
    return same


def _images(bank: Bank, place: Path, items: tuple[Item, ...]) -> Iterator[dict[str, Item]]:
    """What a file of this kind would say of the items, for each of our formats that ends as it does."""
    from studytool import exports, imports

    suffix = place.suffix.lower()
    for name, format_ in exports.EXPORTERS.items():
        if format_.suffix != suffix:
            continue
        data = exports.export(name, exports.Deck(place.stem, items)).data
        try:
            yield under_our_ids(bank, place.name, imports.read(place.name, data)).items
        except StudyError:  # of nothing but questions that this format cannot hold
            continue

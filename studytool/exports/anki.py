"""Deck -> an Anki package that updates what people already have, and no more than that.

Surprising: genanki stamps notes and note types with the time of export, which makes Anki overwrite people's
own edits on every import. Here a note is as old as its content and a note type as old as its templates.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import count
from typing import Any

import genanki

from studytool.exports import WITHDRAWN
from studytool.exports.anki_models import model
from studytool.exports.anki_notes import (
    WITHDRAWN_TAG,
    deck_name,
    fields,
    root_name,
    tags,
    withdrawn_fields,
)
from studytool.exports.anki_schedule import StudiedCard
from studytool.exports.archive import packed
from studytool.exports.deck import Deck, Exported
from studytool.model import Item

# Ids of decks look like the ones Anki gives (milliseconds since 1970); Anki finds its own decks by name.
_DECK_IDS = range(1_000_000_000_000, 1_600_000_000_000)
# zlib's usual level makes a collection a tenth of its size instead of an eighth, in more than twice the time.
_FASTEST = 1


def export(deck: Deck) -> Exported:
    withdrawn = _gone(deck)
    package = genanki.Package(_subdecks(deck, withdrawn))
    beside = {WITHDRAWN: _search(withdrawn)} if withdrawn else {}
    members = (("collection.anki2", _database(package, deck)), ("media", b"{}"))
    return Exported(packed(members, _FASTEST), beside=beside)


class _Note(genanki.Note):  # type: ignore[misc] # genanki has no types
    """A note that is as old as its content, whenever it is exported, with the cards it is given.

    genanki looks through the fields for clozes, to count cards, and for broken HTML, and through the tags
    for blanks. Here one item is one card, and `anki_notes` escapes all text and leaves no blank in a tag."""

    tags: Sequence[str] = ()  # in place of the property that looks

    def __init__(self, changed_at: int, cards: list[genanki.Card], **given: Any) -> None:
        super().__init__(**given)
        self.changed_at = changed_at
        self.cards = cards

    def _check_invalid_html_tags_in_fields(self) -> None:
        pass

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, *given: Any) -> None:  # noqa: ARG002
        super().write_to_db(cursor, self.changed_at, *given)


class _Deck(genanki.Deck):  # type: ignore[misc] # genanki has no types
    """A deck that writes its notes alone. genanki reads and writes all decks anew for each one, which took
    a minute and a half for 10,000 notes of 4,000 articles; here `_describe` does it once."""

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: Iterator[int]) -> None:
        for note in self.notes:
            note.write_to_db(cursor, timestamp, self.deck_id, id_gen)


def _subdecks(deck: Deck, withdrawn: tuple[Item, ...]) -> list[_Deck]:
    """The root deck with its description and what was withdrawn, and a subdeck for each article."""
    root = root_name(deck)
    decks = {root: _Deck(_deck_id(root), root, deck.description)}
    for item in withdrawn:
        decks[root].add_note(_withdrawn_note(item, deck))
    for position, item in enumerate(deck.items):
        name = deck_name(item, deck)
        if name not in decks:
            decks[name] = _Deck(_deck_id(name), name)
        decks[name].add_note(_note(item, deck, position))
    return list(decks.values())


def _note(item: Item, deck: Deck, position: int) -> _Note:
    """The item's note; `position` is its place among the new cards, best first."""
    memory = deck.memories.get(item.id)
    card = StudiedCard(memory, deck.reviews.get(item.id, ())) if memory else genanki.Card(0)
    return _Note(
        deck.stamp(item.id),
        [card],
        model=model(item.kind),
        fields=fields(item, deck),
        tags=tags(item, deck),
        guid=item.id,
        due=position + 1,
    )


def _withdrawn_note(item: Item, deck: Deck) -> _Note:
    """Overwrites the question where people have it; without a card it never comes up for anybody else."""
    return _Note(
        deck.stamp(item.id),
        [],
        model=model(item.kind),
        fields=withdrawn_fields(item),
        tags=[WITHDRAWN_TAG],
        guid=item.id,
    )


def _gone(deck: Deck) -> tuple[Item, ...]:
    present = {item.id for item in deck.items}
    return tuple({item.id: item for item in deck.withdrawn if item.id not in present}.values())


def _search(withdrawn: tuple[Item, ...]) -> bytes:
    """What to type into Anki's browser to find the withdrawn notes, also without importing this deck."""
    found = " or ".join(f'"ID:{item.id}"' for item in withdrawn)
    lines = (
        f"本牌组撤回了 {len(withdrawn)} 道题。导入新牌组后，在 Anki 的浏览窗口搜索下面这一行，全选后删除：",
        f"tag:{WITHDRAWN_TAG}",
        "没有导入新牌组时，请搜索：",
        found,
    )
    return ("\n".join(lines) + "\n").encode()


def _deck_id(name: str) -> int:
    digest = hashlib.sha256(name.encode()).digest()
    return _DECK_IDS[int.from_bytes(digest[:8], "big") % len(_DECK_IDS)]


def _database(package: genanki.Package, deck: Deck) -> bytes:
    """The package's collection; ids count up from the newest content, which makes them stable too."""
    newest = max(map(deck.stamp, (item.id for item in (*deck.items, *deck.withdrawn))), default=0)
    with closing(sqlite3.connect(":memory:")) as connection:
        package.write_to_db(connection.cursor(), newest, count(newest * 1000))
        _describe(connection, package.decks, newest)
        # Else Anki takes the answers for those of its first scheduler, where “good” was 2, and raises them.
        connection.execute("UPDATE col SET conf = json_set(conf, '$.schedVer', 2)")
        connection.commit()
        return connection.serialize()


def _describe(connection: sqlite3.Connection, decks: list[_Deck], at: int) -> None:
    """Write down the decks and note types of a collection; the first deck is the root."""
    models = {note.model.model_id: note.model for deck in decks for note in deck.notes}
    added = {
        "decks": {str(deck.deck_id): deck.to_json() for deck in decks},
        "models": {str(key): models[key].to_json(at, decks[0].deck_id) for key in sorted(models)},
    }
    for column, more in added.items():
        (before,) = connection.execute(f"SELECT {column} FROM col").fetchone()
        connection.execute(f"UPDATE col SET {column} = ?", (json.dumps({**json.loads(before), **more}),))

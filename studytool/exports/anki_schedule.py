"""A learner's memory of an item -> the schedule of its Anki card, FSRS state and answers included.

Anki takes these only from people who tick “import any learning progress”; for all others the card is new.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import genanki

from studytool.model import Memory, Rating, Review

_LEARNING, _REVIEW = 1, 2  # states of FSRS, which are also Anki's types of cards
_DAY = 86_400
_EASE_FACTOR = 2_500  # what Anki gives a card before it knows better; unused under FSRS
_ONE_STEP_LEFT = 1_001

_CARD = "UPDATE cards SET type=?,queue=?,due=?,ivl=?,factor=?,reps=?,lapses=?,left=?,data=? WHERE id=?"
_ANSWER = "INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)"


class StudiedCard(genanki.Card):  # type: ignore[misc] # genanki has no types
    """A card that has been studied before it comes to Anki."""

    def __init__(self, memory: Memory, reviews: tuple[Review, ...]) -> None:
        super().__init__(0)
        self._memory, self._reviews = memory, reviews

    def write_to_db(self, cursor: sqlite3.Cursor, *given: Any) -> None:
        super().write_to_db(cursor, *given)
        card_id = cursor.lastrowid
        (created_at,) = cursor.execute("SELECT crt FROM col").fetchone()
        cursor.execute(_CARD, (*_state(self._memory, self._reviews, created_at), card_id))
        for row in _answers(self._reviews, card_id):
            cursor.execute(_ANSWER, (_free(cursor, row[0]), *row[1:]))


def _state(memory: Memory, reviews: tuple[Review, ...], created_at: int) -> tuple[Any, ...]:
    """type, queue, due, ivl, factor, reps, lapses, left, data of the card.

    A review card is due on a day counted from the collection's creation, a learning card at an instant."""
    due_at = int(memory.due_at.timestamp())
    due = (due_at - created_at) // _DAY if memory.state == _REVIEW else due_at
    interval = max(1, _days(memory.reviewed_at, memory.due_at)) if memory.state == _REVIEW else 0
    left = 0 if memory.state == _REVIEW else _ONE_STEP_LEFT
    queue = _REVIEW if memory.state == _REVIEW else _LEARNING
    counts = (max(1, len(reviews)), _lapses(reviews))
    return (memory.state, queue, due, interval, _EASE_FACTOR, *counts, left, _fsrs(memory))


def _fsrs(memory: Memory) -> str:
    if memory.stability is None or memory.difficulty is None:
        return ""
    state: dict[str, float] = {"s": round(memory.stability, 4), "d": round(memory.difficulty, 3)}
    if memory.reviewed_at:
        state["lrt"] = int(memory.reviewed_at.timestamp())
    return json.dumps(state, separators=(",", ":"))


def _lapses(reviews: tuple[Review, ...]) -> int:
    """How often the item was forgotten after it had been known once."""
    known = next((n for n, review in enumerate(reviews) if review.rating > Rating.AGAIN), len(reviews))
    return sum(review.rating is Rating.AGAIN for review in reviews[known:])


def _answers(reviews: tuple[Review, ...], card_id: int | None) -> Iterator[tuple[Any, ...]]:
    """Rows of Anki's log: id, card, rating, interval and the one before, factor, milliseconds, kind."""
    before: datetime | None = None
    interval = 0
    for review in reviews:
        last, interval = interval, _days(before, review.reviewed_at)
        answered_at = int(review.reviewed_at.timestamp() * 1000)
        kind = 1 if before else 0
        taken = int(review.seconds * 1000)
        yield answered_at, card_id, int(review.rating), interval, last, _EASE_FACTOR, taken, kind
        before = review.reviewed_at


def _days(start: datetime | None, end: datetime) -> int:
    return (end - start).days if start else 0


def _free(cursor: sqlite3.Cursor, answered_at: int) -> int:
    """The first id from `answered_at` on that no answer has: Anki's ids are the milliseconds themselves."""
    while cursor.execute("SELECT 1 FROM revlog WHERE id=?", (answered_at,)).fetchone():
        answered_at += 1
    return answered_at

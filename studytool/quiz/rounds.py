"""An exam while it is sat: its questions in the order of the paper, the answers so far, where one is.

Answering or skipping leads on to the next question without an answer; those skipped come round once more,
then the overview follows, from which every question can be reached again. The number of questions never
changes but by what a trainer withdraws.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from studytool.model import Card, Mark
from studytool.quiz.sitting import EXAM, Answer, Attempt, Sitting, answer


@dataclass(frozen=True, slots=True)
class Round:
    """`at` is the place of the question on the screen, None at the overview; `answers` are by item id;
    `again`: what was skipped has come round already."""

    cards: tuple[Card, ...]
    answers: Mapping[str, Answer] = field(default_factory=dict)
    at: int | None = 0
    again: bool = False

    @property
    def current(self) -> Card | None:
        return self.cards[self.at] if self.at is not None and self.at < len(self.cards) else None

    @property
    def open(self) -> tuple[int, ...]:
        """The places without an answer."""
        return tuple(place for place, card in enumerate(self.cards) if card.item.id not in self.answers)

    @property
    def given(self) -> tuple[Answer, ...]:
        """The answers in the order of the paper."""
        ids = (card.item.id for card in self.cards)
        return tuple(self.answers[name] for name in ids if name in self.answers)


def marked(card: Card, attempt: Attempt) -> Answer:
    """An attempt at a question of an exam, marked as the bank marks it for everybody."""
    return answer(Sitting(EXAM, (card,)), attempt).answers[-1]


def resumed(cards: Sequence[Card], given: Sequence[tuple[str, Attempt, Mark]]) -> Round:
    """The exam as it was left: attempts by item id with their marks, which do not change afterwards."""
    by_id = {card.item.id: card for card in cards}
    answers: dict[str, Answer] = {}
    for item_id, attempt, known in given:
        found = marked(by_id[item_id], attempt)
        answers[item_id] = replace(found, verdict=replace(found.verdict, mark=known))
    left = Round(tuple(cards), answers)
    return to(left, left.open[0] if left.open else None)


def put(now: Round, given: Answer) -> Round:
    """The exam with an answer, the first or another, to one of its questions."""
    return replace(now, answers={**now.answers, given.card.item.id: given})


def onward(now: Round) -> Round:
    """The exam at the next question without an answer; at its overview where there is none to come."""
    after = [place for place in now.open if now.at is not None and place > now.at]
    if after:
        return replace(now, at=after[0])
    if now.open and not now.again:
        return replace(now, at=now.open[0], again=True)
    return replace(now, at=None, again=True)


def back(now: Round) -> Round:
    """The exam at the question before, answered or not; from the overview, at the last."""
    place = len(now.cards) if now.at is None else now.at
    return replace(now, at=max(0, place - 1))


def to(now: Round, place: int | None) -> Round:
    """The exam at a place; None is its overview."""
    return replace(now, at=place)


def without(now: Round, withdrawn: Collection[str]) -> Round:
    """The exam without these items; where the question on the screen is one, at that which comes after it."""
    stays = [card.item.id not in withdrawn for card in now.cards]
    cards = tuple(card for card, stay in zip(now.cards, stays, strict=True) if stay)
    place = None if now.at is None else sum(stays[: now.at])
    return replace(now, cards=cards, at=place if place is None or place < len(cards) else None)

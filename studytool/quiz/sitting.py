"""A sitting as a value: cards to come, answers given, and the policy that says what an answer does.

Practice, exam and challenge are the same sitting under three policies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from studytool.model import Card, Item, ItemKind, Mark, Rating, Review, Verdict
from studytool.schedule import rating_for


@dataclass(frozen=True, slots=True)
class Policy:
    """`mode` is what the log calls it; `tells`: the verdict follows each answer; `schedules`: the
    answer moves the memory; `helps`: hints, guesses and setting aside are allowed, and the person may
    overrule; `returns`: a question may be skipped or answered again; `lenient`: what the learner has let
    pass before is right; `lives`: how many wrong answers end the sitting."""

    mode: str
    tells: bool = True
    schedules: bool = True
    helps: bool = True
    returns: bool = True
    lenient: bool = True
    lives: int | None = None


PRACTICE = Policy("quiz")
MISTAKES = Policy("mistakes")
EXAM = Policy("exam", tells=False, schedules=False, helps=False, lenient=False)
CHALLENGE = Policy("challenge", schedules=False, helps=False, returns=False, lives=3)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the learner gave, how long it took, and what they said of it; `told`: after the verdict on an
    earlier attempt that was taken back."""

    response: tuple[str, ...]
    seconds: float = 0.0
    guessed: bool = False
    hinted: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """An attempt at a card, marked and rated; `overruled`: right because a person says so; `extra`: what they
    have let pass before, for each part of the key."""

    card: Card
    attempt: Attempt
    verdict: Verdict
    rating: Rating
    overruled: bool = False
    extra: Sequence[Sequence[str]] = ()

    @property
    def best(self) -> Rating:
        """The best rating it can have: what one was told, or let pass oneself, was not easy."""
        return Rating.GOOD if self.overruled or self.attempt.told else Rating.EASY


@dataclass(frozen=True, slots=True)
class Sitting:
    """`coming[0]` is the question on the screen; `put_off` are the ids of those skipped once."""

    policy: Policy
    coming: tuple[Card, ...]
    answers: tuple[Answer, ...] = ()
    put_off: tuple[str, ...] = ()

    @property
    def lives_left(self) -> int | None:
        if self.policy.lives is None:
            return None
        lost = sum(given.verdict.mark is Mark.WRONG for given in self.answers)
        return max(0, self.policy.lives - lost)

    @property
    def current(self) -> Card | None:
        """The question to ask now; None when the sitting is over."""
        return self.coming[0] if self.coming and self.lives_left != 0 else None

    @property
    def number(self) -> int:
        """Which question of the sitting this is, from 1."""
        return len(self.answers) + 1

    @property
    def total(self) -> int:
        return len(self.answers) + len(self.coming)

    def count(self, mark: Mark) -> int:
        """How many answers were marked so."""
        return sum(given.verdict.mark is mark for given in self.answers)


def answer(sitting: Sitting, attempt: Attempt, extra: Sequence[Sequence[str]] = ()) -> Sitting:
    """The sitting after an attempt at its current question."""
    card = sitting.coming[0]
    verdict = _marked(card.item, attempt.response, extra)
    given = Answer(card, attempt, verdict, _rating(card, attempt, verdict), extra=extra)
    return replace(sitting, coming=sitting.coming[1:], answers=(*sitting.answers, given))


def revise(sitting: Sitting, given: Answer) -> Sitting:
    """The sitting with another outcome of its last answer."""
    return replace(sitting, answers=(*sitting.answers[:-1], given))


def undo(sitting: Sitting) -> Sitting:
    """The sitting before its last answer: the question is asked again."""
    if not sitting.answers:
        return sitting
    card = sitting.answers[-1].card
    return replace(sitting, coming=(card, *sitting.coming), answers=sitting.answers[:-1])


def skip(sitting: Sitting) -> Sitting:
    """The current question goes to the end; skipped again, it leaves the sitting."""
    card, *rest = sitting.coming
    if card.item.id in sitting.put_off:
        return replace(sitting, coming=tuple(rest))
    return replace(sitting, coming=(*rest, card), put_off=(*sitting.put_off, card.item.id))


def renewed(sitting: Sitting, card: Card) -> Sitting:
    """The sitting with its current question as the bank has it now."""
    return replace(sitting, coming=(card, *sitting.coming[1:]))


def asks_same(one: Item, other: Item) -> bool:
    """Is it the same question with the same answer, whatever else has changed of the item?"""
    return _asked(one) == _asked(other)


def _asked(item: Item) -> tuple[object, ...]:
    return item.kind, item.stem, item.key, item.accepted, item.options


def drop(sitting: Sitting) -> Sitting:
    """The current question leaves the sitting."""
    return replace(sitting, coming=sitting.coming[1:])


def _marked(item: Item, response: Sequence[str], extra: Sequence[Sequence[str]] = ()) -> Verdict:
    # Loaded by the first answer: the first question need not wait for its tables of words.
    from studytool.marking import mark  # noqa: PLC0415

    return mark(item, response, extra)


def _rating(card: Card, attempt: Attempt, verdict: Verdict) -> Rating:
    rating = rating_for(card.item.kind, verdict, attempt.guessed, attempt.seconds)
    if attempt.told:
        rating = min(rating, Rating.GOOD)
    return min(rating, Rating.HARD) if attempt.hinted else rating


def logged(given: Answer, learner: str, at: datetime, mode: str) -> Review:
    """The answer as it goes into the log."""
    return Review(
        item_id=given.card.item.id,
        learner=learner,
        reviewed_at=at,
        response=given.attempt.response,
        mark=given.verdict.mark,
        rating=given.rating,
        seconds=given.attempt.seconds,
        mode=mode,
        guessed=given.attempt.guessed,
    )


def guessed(given: Answer) -> Answer:
    """The answer once the learner says that it was a guess."""
    attempt = replace(given.attempt, guessed=True)
    return replace(given, attempt=attempt, rating=_rating(given.card, attempt, given.verdict))


def overruled(given: Answer) -> Answer:
    """The answer counted as right, because a person says so."""
    verdict = Verdict(Mark.RIGHT, (Mark.RIGHT,) * len(given.verdict.parts), "按你的意见算对")
    passed = replace(given, verdict=verdict, overruled=True)
    return replace(passed, rating=min(_rating(given.card, given.attempt, verdict), passed.best))


def variants(given: Answer) -> tuple[tuple[int, str], ...]:
    """What to remember when an answer is overruled: (part of the key, the text that counts for it).

    Only of a cloze is it certain which words were meant for which part; one point is as certain."""
    from studytool.marking import paired  # noqa: PLC0415 - as in `_marked`

    item = given.card.item
    if item.kind is ItemKind.CLOZE:
        pairs = enumerate(paired(item, given.attempt.response, given.extra))
        return tuple(
            (part, text) for part, (found, text) in pairs if found is not Mark.RIGHT and text.strip()
        )
    if item.kind is ItemKind.SHORT_ANSWER and len(item.key) == 1:
        return ((0, " ".join(given.attempt.response)),)
    return ()

"""The schedule agrees with py-fsrs to the last bit, and an answer is worth what it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import fsrs
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from studytool import schedule
from studytool.errors import StudyError
from studytool.model import ItemKind, Mark, Memory, Rating, Verdict

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
RATINGS = st.sampled_from(Rating)
GAPS = st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=400))


def by_the_library(history: list[tuple[Rating, timedelta]], settings: schedule.Settings) -> fsrs.Card:
    scheduler = fsrs.Scheduler(
        parameters=settings.parameters or DEFAULT_PARAMETERS,
        desired_retention=settings.desired_retention,
        enable_fuzzing=False,
    )
    card, at = fsrs.Card(card_id=1, due=START), START
    for rating, gap in history:
        at += gap
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), at)
    return card


def by_us(history: list[tuple[Rating, timedelta]], settings: schedule.Settings) -> Memory | None:
    memory, at = None, START
    for rating, gap in history:
        at += gap
        memory = schedule.review(memory, rating, at, settings)
    return memory


@given(st.lists(st.tuples(RATINGS, GAPS), min_size=1, max_size=12), st.floats(0.7, 0.97))
def test_every_history_ends_where_py_fsrs_ends(
    history: list[tuple[Rating, timedelta]], retention: float
) -> None:
    settings = schedule.Settings(desired_retention=retention)
    memory, card = by_us(history, settings), by_the_library(history, settings)
    assert memory == Memory(
        int(card.state), card.step, card.stability, card.difficulty, card.due, card.last_review
    )


def test_the_intervals_of_a_known_history_are_those_of_py_fsrs() -> None:
    again, good = Rating.AGAIN, Rating.GOOD
    memory, at, days = None, START, []
    for rating in (good, good, good, good, good, good, again, again, good, good, good, good, good):
        memory = schedule.review(memory, rating, at)
        days.append((memory.due_at - at).days)
        at = memory.due_at
    assert days == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_the_zone_of_the_clock_does_not_matter() -> None:
    there = START.astimezone(timezone(timedelta(hours=8)))
    assert schedule.review(None, Rating.GOOD, there) == schedule.review(None, Rating.GOOD, START)


def test_a_clock_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        schedule.review(None, Rating.GOOD, START.replace(tzinfo=None))


def test_remembering_fades_with_time() -> None:
    memory = schedule.review(None, Rating.EASY, START)
    fading = [schedule.retrievability(memory, START + timedelta(days=days)) for days in (0, 10, 100)]
    assert fading == sorted(fading, reverse=True)
    assert fading[0] == 1.0


@pytest.mark.parametrize("change", [{"desired_retention": 1.5}, {"parameters": (9.9,)}])
def test_settings_that_cannot_be_are_refused_in_one_line(change: dict[str, object]) -> None:
    with pytest.raises(StudyError) as refusal:
        schedule.review(None, Rating.GOOD, START, replace(schedule.DEFAULT, **change))  # type: ignore[arg-type]
    assert "\n" not in str(refusal.value)


def verdict(mark: Mark, *parts: Mark) -> Verdict:
    return Verdict(mark, parts or (mark,))


RIGHT, NEARLY, WRONG = (verdict(mark) for mark in (Mark.RIGHT, Mark.NEARLY, Mark.WRONG))
FEW_POINTS = verdict(Mark.NEARLY, Mark.RIGHT, Mark.WRONG, Mark.WRONG)
MOST_POINTS = verdict(Mark.NEARLY, Mark.RIGHT, Mark.RIGHT, Mark.WRONG)
TYPED, CHOSEN = ItemKind.CLOZE, ItemKind.SINGLE_CHOICE


@pytest.mark.parametrize(
    ("kind", "given", "guessed", "seconds", "worth"),
    [
        (TYPED, RIGHT, False, 5, Rating.EASY),
        (TYPED, RIGHT, False, 60, Rating.GOOD),
        (CHOSEN, RIGHT, False, 5, Rating.GOOD),  # choosing shows less than typing
        (CHOSEN, RIGHT, False, 60, Rating.HARD),
        (CHOSEN, RIGHT, True, 5, Rating.AGAIN),  # a guess is not knowledge
        (ItemKind.TRUE_FALSE, RIGHT, True, 5, Rating.AGAIN),
        (TYPED, RIGHT, True, 5, Rating.HARD),
        (TYPED, NEARLY, False, 5, Rating.HARD),
        (TYPED, NEARLY, True, 5, Rating.AGAIN),
        (ItemKind.SHORT_ANSWER, MOST_POINTS, False, 30, Rating.HARD),
        (ItemKind.SHORT_ANSWER, FEW_POINTS, False, 30, Rating.AGAIN),
        (TYPED, WRONG, False, 5, Rating.AGAIN),
        (CHOSEN, WRONG, True, 5, Rating.AGAIN),
    ],
)
def test_an_answer_is_rated_by_what_it_shows(
    kind: ItemKind, given: Verdict, guessed: bool, seconds: float, worth: Rating
) -> None:
    assert schedule.rating_for(kind, given, guessed, seconds) is worth

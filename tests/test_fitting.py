"""Fitting the schedule: the formulas are py-fsrs's, too few reviews are refused, nothing is made worse."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS as USUAL

from studytool import fitting, schedule
from studytool.model import Memory, Rating

STEPS = ((0, 3), (0, 3), (3, 3), (9, 1), (0, 3), (2, 2), (7, 4), (40, 3), (90, 1), (1, 3), (5, 4))


def test_the_prediction_is_that_of_the_scheduler(noon: datetime) -> None:
    memory: Memory | None = None
    at, expected, count = noon, 0.0, 0
    for days, rating in STEPS:
        at += timedelta(days=days, minutes=11)
        if memory and days:
            recall = schedule.retrievability(memory, at)
            expected -= math.log(recall if rating > 1 else 1 - recall)
            count += 1
        memory = schedule.review(memory, Rating(rating), at)
    assert fitting.loss([STEPS], USUAL) == pytest.approx(expected / count, rel=1e-9)


def test_histories_are_whole_days_and_ratings_of_each_item(noon: datetime) -> None:
    day = timedelta(days=1)
    reviews = [("b", noon, 3), ("a", noon, 1), ("b", noon + 2.5 * day, 4), ("a", noon + day / 2, 3)]
    assert fitting.histories(reviews) == (((0, 1), (0, 3)), ((0, 3), (2, 4)))
    assert fitting.predicted(fitting.histories(reviews)) == 1


def test_too_few_reviews_are_not_fitted() -> None:
    assert fitting.fit([STEPS] * 10) is None


def test_somebody_who_forgets_faster_is_predicted_better_afterwards() -> None:
    quick = ((0, 3), (1, 3), (2, 1), (1, 3), (2, 1), (1, 1))
    slow = ((0, 3), (1, 3), (2, 3), (5, 1), (1, 3), (3, 1))
    found = fitting.fit([quick, slow] * 60)
    assert found is not None
    assert found.parameters is not None
    assert found.after < found.before
    assert len(found.parameters) == len(USUAL)
    assert schedule.Settings(parameters=found.parameters).parameters == found.parameters
    assert (
        schedule.review(
            None,
            Rating.GOOD,
            datetime.fromisoformat("2026-03-02T12:00:00+00:00"),
            schedule.Settings(parameters=found.parameters),
        ).stability
        == found.parameters[2]
    )


def test_somebody_as_predicted_keeps_the_usual_parameters_or_gains() -> None:
    steady = ((0, 3), (2, 3), (11, 3), (46, 3), (163, 1), (2, 3))
    found = fitting.fit([steady] * 110)
    assert found is not None
    assert found.parameters is None or found.after < found.before

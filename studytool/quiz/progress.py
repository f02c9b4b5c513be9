"""What was done on which day, when cards are due -> streak, calendar, forecast, leaving the mistakes book.

All of it is about the learner's own days; the day it is asked on is passed in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from studytool.model import Mark

DAY = timedelta(days=1)
WEEKS = 53  # a year, and the week that is not over
ROW_TO_LEAVE = 2  # a mistake is forgiven after this many right answers in a row, each on another day


@dataclass(frozen=True, slots=True)
class Streak:
    """Days of study in a row: up to today (or yesterday, while today is not over), and the most ever."""

    current: int
    longest: int


def streak(days: Iterable[date], today: date) -> Streak:
    """The streak, from the days on which anything was answered."""
    runs: dict[date, int] = {}
    for day in sorted(set(days)):
        if day <= today:
            runs[day] = runs.get(day - DAY, 0) + 1
    return Streak(runs.get(today) or runs.get(today - DAY, 0), max(runs.values(), default=0))


def calendar(
    answers: Mapping[date, int], today: date, weeks: int = WEEKS
) -> tuple[tuple[int | None, ...], ...]:
    """Seven rows, Monday first, with a column for each week up to this one; None is a day to come."""
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=weeks - 1)

    def on(weekday: int, week: int) -> int | None:
        day = first + timedelta(weeks=week, days=weekday)
        return answers.get(day, 0) if day <= today else None

    return tuple(tuple(on(weekday, week) for week in range(weeks)) for weekday in range(7))


def forecast(due: Iterable[datetime], now: datetime, days: int = 14) -> tuple[tuple[date, int], ...]:
    """How many cards come on each day from today on; what is overdue comes today."""
    today = now.date()
    counts = Counter(max(today, at.astimezone(now.tzinfo).date()) for at in due)
    return tuple((day, counts[day]) for day in (today + n * DAY for n in range(days)))


def forgiven(answers: Sequence[tuple[date, Mark, bool]]) -> bool:
    """Has a mistake left the book? `answers` are (day, mark, guessed), in order.

    A guess that hit and a near miss show nothing: they begin the row again."""
    days: set[date] = set()
    for day, mark, guessed in answers:
        if mark is Mark.RIGHT and not guessed:
            days.add(day)
        else:
            days.clear()
    return len(days) >= ROW_TO_LEAVE

"""Studying as values: which cards come (`selection`), a sitting that answers move on (`sitting`), and
an exam, in which one moves to and fro (`rounds`).

Nothing here asks, prints or keeps anything: a command shows `sitting.current`, and every answer gives
the next sitting, so undoing is going back to the sitting before.
"""

from studytool.quiz.selection import end_of_day, is_due, ladder, select
from studytool.quiz.sitting import (
    CHALLENGE,
    EXAM,
    MISTAKES,
    PRACTICE,
    Answer,
    Attempt,
    Policy,
    Sitting,
    answer,
    asks_same,
    drop,
    guessed,
    logged,
    overruled,
    renewed,
    revise,
    skip,
    undo,
    variants,
)

__all__ = [
    "CHALLENGE",
    "EXAM",
    "MISTAKES",
    "PRACTICE",
    "Answer",
    "Attempt",
    "Policy",
    "Sitting",
    "answer",
    "asks_same",
    "drop",
    "end_of_day",
    "guessed",
    "is_due",
    "ladder",
    "logged",
    "overruled",
    "renewed",
    "revise",
    "select",
    "skip",
    "undo",
    "variants",
]

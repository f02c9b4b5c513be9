"""Studying as values: which cards come (`selection`), and a sitting that answers move on (`sitting`).

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
    drop,
    guessed,
    overruled,
    resumed,
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
    "drop",
    "end_of_day",
    "guessed",
    "is_due",
    "ladder",
    "overruled",
    "resumed",
    "revise",
    "select",
    "skip",
    "undo",
    "variants",
]

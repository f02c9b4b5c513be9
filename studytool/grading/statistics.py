"""What a group answered to one item -> its statistics, and whether it looks wrong.

The surprising decision: discrimination is the correlation with the score on the *other* items; with
its own points in it, every item of a short paper would seem to discriminate.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from studytool.model import Item, ItemKind

_ENOUGH = 5  # papers below which nothing is said of an item's quality


@dataclass(frozen=True, slots=True)
class Answers:
    """The group's answers to one item: the share gained, the score on the rest, what was chosen how often."""

    gained: tuple[float, ...]
    rest: tuple[float, ...]
    given: Counter[str]

    @classmethod
    def of(cls, rows: Iterable[tuple[float, float, Counter[str]]]) -> Answers:
        kept = tuple(rows)
        given = sum((counts for _, _, counts in kept), Counter[str]())
        return cls(tuple(gained for gained, _, _ in kept), tuple(rest for _, rest, _ in kept), given)


@dataclass(frozen=True, slots=True)
class ItemReport:
    """An item after the group met it; `drew` counts who chose each option, the key's included."""

    id: str
    stem: str
    answered: int
    share_right: float
    discrimination: float | None
    drew: tuple[tuple[str, int], ...]
    flags: tuple[str, ...]


def report(item: Item, answers: Answers) -> ItemReport:
    """The statistics of one item."""
    plain = ItemReport(
        id=item.id,
        stem=item.stem,
        answered=len(answers.gained),
        share_right=round(statistics.fmean(answers.gained), 3) if answers.gained else 0.0,
        discrimination=_discrimination(answers),
        drew=tuple((option, answers.given[option]) for option in item.options) if _chosen(item) else (),
        flags=(),
    )
    flags = tuple(flag for flag, looks in FLAGS if plain.answered >= _ENOUGH and looks(item, plain))
    return ItemReport(
        plain.id, plain.stem, plain.answered, plain.share_right, plain.discrimination, plain.drew, flags
    )


def _chosen(item: Item) -> bool:
    return item.kind in (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE)


def _discrimination(answers: Answers) -> float | None:
    """The correlation of this item with the rest; None where all did alike."""
    few = len(answers.gained) < _ENOUGH
    if few or len(set(answers.gained)) == 1 or len(set(answers.rest)) == 1:
        return None
    return round(statistics.correlation(answers.gained, answers.rest), 3)


def _distractor_wins(item: Item, plain: ItemReport) -> bool:
    """Whether a wrong option drew more people than a right one."""
    right = [count for option, count in plain.drew if option in item.key]
    wrong = [count for option, count in plain.drew if option not in item.key]
    return bool(right and wrong) and max(wrong) > min(right)


# What makes an item look wrong, with the words the leader reads.
FLAGS: tuple[tuple[str, Callable[[Item, ItemReport], bool]], ...] = (
    ("有干扰项比答案更多人选，请核对答案", _distractor_wins),
    ("答得好的人反而答错，请核对题目", lambda _, plain: (plain.discrimination or 0.0) < -0.1),
    ("少于两成的人答对", lambda _, plain: plain.share_right < 0.2),
)

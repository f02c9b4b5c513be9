"""A learner's reviews -> the FSRS-6 parameters that predict them best, with the log-loss before and after.

The fit is a pattern search over py-fsrs's own formulas, without torch and without chance. The surprising
decision: every fifth card is kept out of it, and unless these are predicted better too, the usual
parameters stay.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

Parameters = tuple[float, ...]
Step = tuple[int, int]  # whole days since the review before, rating
History = tuple[Step, ...]

ENOUGH = 512  # reviews after a day or more; with fewer, chance would be fitted
MOST_STEPS = 8000  # more than that takes long and changes little: the first cards stand for all
KEPT_OUT = 5  # every so many-th card
ROUNDS = 10
HOLD = 0.05  # how dear it is to leave the usual parameters, in log-loss for one review in a hundred
LEAST, MOST = 1.0, 10.0  # difficulty
EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class Fit:
    """What came out: log-losses are of the cards kept out; `parameters` is None where nothing was gained."""

    reviews: int
    before: float
    after: float
    parameters: Parameters | None


def histories(reviews: Iterable[tuple[str, datetime, int]]) -> tuple[History, ...]:
    """Each item's reviews (item id, instant, rating), in order -> its days and ratings."""
    last: dict[str, datetime] = {}
    steps: dict[str, list[Step]] = {}
    for item_id, at, rating in reviews:
        days = (at - last[item_id]).days if item_id in last else 0
        steps.setdefault(item_id, []).append((max(0, days), rating))
        last[item_id] = at
    return tuple(tuple(steps[item_id]) for item_id in sorted(steps))


def predicted(cards: Iterable[History]) -> int:
    """How many reviews there are to learn from: those a day or more after the one before."""
    return sum(days >= 1 for card in cards for days, _ in card)


def fit(cards: Sequence[History]) -> Fit | None:
    """The fit; None with too few reviews."""
    count = predicted(cards)
    if count < ENOUGH:
        return None
    kept_out = cards[::KEPT_OUT]
    trained = _enough([card for number, card in enumerate(cards) if number % KEPT_OUT])
    found = _search(trained)
    before, after = loss(kept_out, DEFAULT_PARAMETERS), loss(kept_out, found)
    return Fit(count, before, after, found if after < before else None)


def loss(cards: Iterable[History], parameters: Parameters) -> float:
    """The mean log-loss of the recall that the parameters predict."""
    total, count = _total(cards, parameters)
    return total / count if count else 0.0


def _enough(cards: Sequence[History]) -> list[History]:
    taken: list[History] = []
    steps = 0
    for card in cards:
        if steps >= MOST_STEPS:
            break
        taken.append(card)
        steps += len(card)
    return taken


def _search(cards: Sequence[History]) -> Parameters:
    """Try each parameter a step up and a step down; where neither helps, the step is halved."""
    found = list(DEFAULT_PARAMETERS)
    widths = [max(0.2 * abs(value), 0.02) for value in DEFAULT_PARAMETERS]
    best = _objective(cards, found)
    for _ in range(ROUNDS):
        for index, width in enumerate(widths):
            better = _better(cards, found, index, width, best)
            if better is None:
                widths[index] = width / 2
            else:
                found[index], best = better
    return tuple(round(value, 4) for value in found)


def _better(
    cards: Sequence[History], found: list[float], index: int, width: float, best: float
) -> tuple[float, float] | None:
    """A value of one parameter that lowers the objective, with what it is lowered to."""
    for step in (width, -width):
        value = min(max(found[index] + step, LOWER_BOUNDS_PARAMETERS[index]), UPPER_BOUNDS_PARAMETERS[index])
        reached = _objective(cards, [*found[:index], value, *found[index + 1 :]])
        if reached < best:
            return value, reached
    return None


def _objective(cards: Sequence[History], parameters: Sequence[float]) -> float:
    total, count = _total(cards, parameters)
    far = sum(
        ((value - usual) / (abs(usual) + 0.1)) ** 2
        for value, usual in zip(parameters, DEFAULT_PARAMETERS, strict=True)
    )
    return total / count + HOLD * far * 100 / (count + 10_000)


def _total(cards: Iterable[History], w: Sequence[float]) -> tuple[float, int]:
    """The summed log-loss, and of how many reviews. All in one loop: it runs some hundred thousand times."""
    decay = -w[20]
    factor = 0.9 ** (1 / decay) - 1
    total, count = 0.0, 0
    for card in cards:
        stability = difficulty = 0.0
        for days, rating in card:
            if stability == 0.0:
                stability, difficulty = max(w[rating - 1], 0.001), _first_difficulty(w, rating)
                continue
            if days < 1:
                stability = _same_day(w, stability, rating)
            else:
                recall = (1 + factor * days / stability) ** decay
                chance = min(max(recall, EPSILON), 1 - EPSILON)
                total -= math.log(chance if rating > 1 else 1 - chance)
                count += 1
                stability = _later(w, (stability, difficulty), recall, rating)
            difficulty = _next_difficulty(w, difficulty, rating)
    return total, count


def _first_difficulty(w: Sequence[float], rating: int) -> float:
    return min(max(w[4] - math.exp(w[5] * (rating - 1)) + 1, LEAST), MOST)


def _next_difficulty(w: Sequence[float], difficulty: float, rating: int) -> float:
    easiest = w[4] - math.exp(w[5] * 3) + 1
    damped = difficulty - (MOST - difficulty) * w[6] * (rating - 3) / 9
    return min(max(w[7] * easiest + (1 - w[7]) * damped, LEAST), MOST)


def _same_day(w: Sequence[float], stability: float, rating: int) -> float:
    grown = math.exp(w[17] * (rating - 3 + w[18])) * stability ** -w[19]
    return float(max(stability * (max(grown, 1.0) if rating >= 3 else grown), 0.001))


def _later(w: Sequence[float], state: tuple[float, float], recall: float, rating: int) -> float:
    """The stability after a review a day or more after the one before."""
    stability, difficulty = state
    if rating == 1:
        forgotten = (
            w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * math.exp((1 - recall) * w[14])
        )
        return float(max(min(forgotten, stability / math.exp(w[17] * w[18])), 0.001))
    gain = math.exp(w[8]) * (11 - difficulty) * stability ** -w[9] * (math.exp((1 - recall) * w[10]) - 1)
    harder = w[15] if rating == 2 else 1.0
    easier = w[16] if rating == 4 else 1.0
    return float(max(stability * (1 + gain * harder * easier), 0.001))

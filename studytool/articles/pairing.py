"""Pairs of halves with their evidence -> the pairs that hold, each half used once.

The pairs are chosen together, for the greatest sum of evidence, because the wrong partner of one break is
usually the right partner of another. The surprising decision: how sure a pair is depends on the next best
choice of either half more than on its own evidence.
"""

from __future__ import annotations

from typing import NamedTuple

ENOUGH = 3.0  # evidence a joint needs when its halves do not stand together
ENOUGH_ADJACENT = 0.5
MARGIN = 0.8  # how much better than the next best a pair must be that has less than ENOUGH


class Pair(NamedTuple):
    score: float
    left: int
    right: int
    enough: float  # what makes it a possible pair
    needs: float = 0.0  # what makes it one that holds
    weak: bool = False  # nothing but their place speaks for it, where columns run into each other
    margin: float = 9.0  # how much better it is than the next best choice of either half


def choose(pairs: list[Pair]) -> dict[int, Pair]:
    """The pairs that hold, by their left halves."""
    best: dict[tuple[str, int], list[float]] = {}
    for p in pairs:
        best.setdefault(("left", p.left), []).append(p.score)
        best.setdefault(("right", p.right), []).append(p.score)
    return {
        left: pair._replace(margin=_margin(pair, best))
        for left, pair in _assign(pairs).items()
        if _stands_out(pair, pairs)
    }


def _margin(pair: Pair, best: dict[tuple[str, int], list[float]]) -> float:
    """By how much the pair is better than any other with one of its halves."""
    rivals = [
        sorted(best[side, at])[-2]
        for side, at in (("left", pair.left), ("right", pair.right))
        if len(best[side, at]) > 1
    ]
    return pair.score - max(rivals, default=pair.score - pair.margin)


def _assign(pairs: list[Pair]) -> dict[int, Pair]:
    """The pairs, each side used once, with (nearly) the greatest sum: best first, then every exchange of
    partners that makes the sum greater."""
    good = sorted((p for p in pairs if p.score >= p.enough), key=lambda p: (-p.score, p.left, p.right))
    by_left: dict[int, Pair] = {}
    taken: dict[int, int] = {}
    for pair in good:
        if pair.left not in by_left and pair.right not in taken:
            by_left[pair.left] = pair
            taken[pair.right] = pair.left
    _exchange(good, by_left, taken)
    return by_left


def _stands_out(pair: Pair, pairs: list[Pair]) -> bool:
    """Weak evidence counts only where there is no other choice for either half."""
    if pair.score < pair.needs:
        return False
    adjacent = pair.enough == ENOUGH_ADJACENT and pair.score >= ENOUGH_ADJACENT + 1.0
    if adjacent or pair.score >= ENOUGH:
        return True
    rivals = [p for p in pairs if (p.left == pair.left) != (p.right == pair.right) and p.score >= p.enough]
    return all(
        pair.score - rival.score >= MARGIN or _better_elsewhere(rival, pair, pairs) for rival in rivals
    )


def _better_elsewhere(rival: Pair, pair: Pair, pairs: list[Pair]) -> bool:
    """Is the rival no choice, because the half it would take belongs clearly somewhere else?"""
    taken = [p for p in pairs if p.right == rival.right and p.left not in (rival.left, pair.left)]
    taken += [p for p in pairs if p.left == rival.left and p.right not in (rival.right, pair.right)]
    return any(p.score - rival.score >= MARGIN and p.score >= p.enough for p in taken)


def _exchange(good: list[Pair], by_left: dict[int, Pair], taken: dict[int, int]) -> None:
    """Lets a pair push its rival out, whenever the sum grows by it; a few rounds are enough."""
    options: dict[int, list[Pair]] = {}
    for pair in good:
        options.setdefault(pair.left, []).append(pair)
    for _ in range(4):
        pushed = [_push(pair, options, by_left, taken) for pair in good]
        if not any(pushed):
            return


def _push(
    pair: Pair, options: dict[int, list[Pair]], by_left: dict[int, Pair], taken: dict[int, int]
) -> bool:
    rival = taken.get(pair.right)
    if rival is None or rival == pair.left:
        return False
    mine = by_left.get(pair.left)
    freed = mine.right if mine else None
    other = next((p for p in options[rival] if p.right not in taken or p.right == freed), None)
    before = by_left[rival].score + (mine.score if mine else 0.0)
    if pair.score + (other.score if other else 0.0) <= before + 1e-9:
        return False
    for gone in (by_left.pop(rival), by_left.pop(pair.left, None)):
        if gone:
            taken.pop(gone.right, None)
    for new in (pair, other):
        if new:
            by_left[new.left] = new
            taken[new.right] = new.left
    return True

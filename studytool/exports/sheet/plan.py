"""Items and Wishes -> Sheet: which items stand on the paper, in the order of its sections.

The surprising decision: items are drawn, not ranked: by a hash of seed and id, weighted by their
score, so that another seed gives another good paper and the same seed the same one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from studytool.errors import StudyError
from studytool.exports.sheet.fonts import printable, refuse_unprintable
from studytool.exports.sheet.giveaway import OnSheet
from studytool.exports.sheet.paper import (
    LETTERS,
    NAMES,
    ORDER,
    POINTS,
    SHARES,
    Section,
    Sheet,
    Shortage,
    Wishes,
    can_stand,
)
from studytool.exports.sheet.shuffle import rank
from studytool.limits import MOST_POINTS
from studytool.model import Item, ItemKind, Status


def plan(items: Iterable[Item], wishes: Wishes | None = None) -> Sheet:
    """Choose and arrange the items of a paper; raises StudyError when nothing can be asked."""
    wishes = wishes or Wishes()
    _check(wishes)
    pools = _pools(items, wishes.seed)
    asked = _asked_for(wishes, pools)
    chosen = _choose(pools, asked)
    if not any(chosen.values()):
        raise StudyError(
            "没有可以印的试题：符合条件的一道也没有；请放宽条件，或先 studytool build"
            "（只印审定的，先 studytool review）"
        )
    return Sheet(
        title=wishes.title,
        unit=wishes.unit,
        date=wishes.date,
        sections=tuple(
            Section(kind, chosen[kind], wishes.points.get(kind, POINTS[kind]))
            for kind in ORDER
            if chosen.get(kind)
        ),
        seed=wishes.seed,
        versions=wishes.versions,
        large_print=wishes.large_print,
        answer_sheet=wishes.answer_sheet,
        shortages=tuple(
            Shortage(kind, asked[kind], len(chosen[kind]), len(pools.get(kind, ())))
            for kind in ORDER
            if len(chosen.get(kind, ())) < asked.get(kind, 0)
        ),
    )


def _check(wishes: Wishes) -> None:
    if not 1 <= wishes.versions <= len(LETTERS):
        raise StudyError(f"--versions {wishes.versions}：版本数应在 1 到 {len(LETTERS)} 之间")
    if wishes.count is not None and wishes.count < 1:
        raise StudyError(f"--count {wishes.count}：题数至少是 1")
    for name, text in (("--title", wishes.title), ("--unit", wishes.unit or "")):
        refuse_unprintable(name, text)
    for kind, number in (*wishes.counts.items(), *wishes.points.items()):
        if number < 0:
            raise StudyError(f"{NAMES[kind]} {number}：题数和分值不能是负数")
    for kind, number in wishes.points.items():
        if number > MOST_POINTS:  # the papers could be printed, but not marked
            raise StudyError(f"--points {NAMES[kind]}={number}：每题最多 {MOST_POINTS} 分")


def _pools(items: Iterable[Item], seed: int) -> dict[ItemKind, list[Item]]:
    """The items that can be printed, by kind, in drawn order."""
    pools: dict[ItemKind, list[Item]] = {}
    for item in items:
        if item.status is not Status.RETIRED and can_stand(item) and printable(item):
            pools.setdefault(item.kind, []).append(item)
    for pool in pools.values():
        pool.sort(key=lambda item: (_draw(item, seed), item.id))
    return pools


def _draw(item: Item, seed: int) -> float:
    """Smaller comes first: a draw without replacement in which a good item has better chances."""
    chance = (rank(seed, item.id) + 1) / 2**64
    return -math.log(chance) / min(max(item.score, 0.05), 1.0) ** 2


def _asked_for(wishes: Wishes, pools: Mapping[ItemKind, Sequence[Item]]) -> dict[ItemKind, int]:
    """How many questions of each kind the paper should have."""
    if wishes.counts:
        return {kind: wishes.counts[kind] for kind in ORDER if wishes.counts.get(kind)}
    shares = {kind: SHARES[kind] for kind in ORDER if pools.get(kind) and SHARES[kind]}
    if not shares:  # nothing but kinds an ordinary paper does without
        shares = {kind: 1 for kind in ORDER if pools.get(kind)}
    count = sum(SHARES.values()) if wishes.count is None else wishes.count
    return _apportion(count, shares, {kind: len(pools[kind]) for kind in shares})


def _apportion(
    count: int, shares: Mapping[ItemKind, int], limits: Mapping[ItemKind, int]
) -> dict[ItemKind, int]:
    """Share `count` out one by one to the kind that is furthest behind its share and not used up."""
    given = dict.fromkeys(shares, 0)
    for _ in range(count):
        open_kinds = [kind for kind in shares if given[kind] < limits[kind]]
        if not open_kinds:
            break
        given[min(open_kinds, key=lambda kind: (given[kind] + 0.5) / shares[kind])] += 1
    return given


def _choose(
    pools: Mapping[ItemKind, Sequence[Item]], asked: Mapping[ItemKind, int]
) -> dict[ItemKind, tuple[Item, ...]]:
    """Fill the sections, scarce kinds first, so that plenty gives way to them."""
    on_sheet = OnSheet()
    chosen: dict[ItemKind, tuple[Item, ...]] = dict.fromkeys(asked, ())
    for kind in sorted(asked, key=lambda kind: (len(pools.get(kind, ())), ORDER.index(kind))):
        chosen[kind] = _fill(pools.get(kind, ()), asked[kind], on_sheet)
    return chosen


def _fill(pool: Sequence[Item], count: int, on_sheet: OnSheet) -> tuple[Item, ...]:
    """Up to `count` items; no article gets more than twice its part unless the others run out."""
    articles: Counter[str] = Counter()
    fair = math.ceil(2 * count / (len({item.article_id for item in pool}) or 1))
    chosen: list[Item] = []
    passed_over: list[Item] = []
    for item in pool:
        if len(chosen) == count:
            return tuple(chosen)
        if articles[item.article_id] >= fair:
            passed_over.append(item)
        elif on_sheet.take(item):
            articles[item.article_id] += 1
            chosen.append(item)
    for item in passed_over:
        if len(chosen) < count and on_sheet.take(item):
            chosen.append(item)
    return tuple(chosen)

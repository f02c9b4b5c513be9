"""What a call asks of an exam -> the wishes a paper is planned by, and what is said of those not met."""

from __future__ import annotations

from collections.abc import Sequence

from studytool.cli.counts import by_kind as parsed
from studytool.cli.counts import passed_over, refuse_more
from studytool.errors import StudyError
from studytool.exports.sheet import Sheet, Wishes
from studytool.exports.sheet.fonts import printable
from studytool.exports.sheet.paper import can_stand
from studytool.model import Item
from studytool.recipes import Recipe
from studytool.settings import Settings
from studytool.views.names import KINDS

TITLE = "学习测试"
NOTHING = "没有可以考的试题"


def wishes(
    recipe: Recipe, settings: Settings, count: int | None, by_kind: tuple[list[str] | None, list[str] | None]
) -> tuple[Wishes, tuple[str, ...]]:
    """What the options ask for; where they are silent, the recipe; where that is, the settings. And what of
    them has no effect. Raises StudyError where they contradict each other."""
    counts = parsed(by_kind[0], "--number") or dict(recipe.counts)
    refuse_more(counts, count)
    usual = None if counts else settings.exam_count
    found = Wishes(
        title=recipe.title if recipe.title != type(recipe)().title else TITLE,
        count=count or recipe.count or usual,
        counts=counts,
        points={**recipe.points, **parsed(by_kind[1], "--points")},
    )
    return found, passed_over(counts, count)


def refuse_nothing(found: Sequence[Item], wanted: Wishes) -> None:
    """Raises StudyError where no question can stand on the paper."""
    if not found:
        raise StudyError(f"{NOTHING}：没有符合条件的题；请放宽条件，或先运行 studytool build")
    kinds = {item.kind for item in found if can_stand(item) and printable(item)}
    if wanted.counts and not kinds & wanted.counts.keys():
        names = "、".join(KINDS[kind] for kind in wanted.counts)
        raise StudyError(f"{NOTHING}：符合条件的题里没有{names}；请换别的题型，或放宽条件")
    if not kinds:
        raise StudyError(f"{NOTHING}：符合条件的题都不适合出卷；请放宽条件")


def missing(planned: Sheet, wanted: Wishes) -> tuple[str, ...]:
    """What of the wishes the paper does not fulfil, a line each."""
    short = tuple(
        f"注意：{KINDS[one.kind]}要 {one.asked} 题，只选得出 {one.found} 题。" for one in planned.shortages
    )
    count = sum(len(section.items) for section in planned.sections)
    if short or wanted.counts or wanted.count is None or count >= wanted.count:
        return short
    return (f"注意：要 {wanted.count} 题，符合条件、又不互相泄露答案的只有 {count} 题。",)

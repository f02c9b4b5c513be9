"""`studytool quiz`: what is due, then something new, one question at a time."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console, keys
from studytool.cli.options import Articles, Finds, Kinds, Sources, Tags, item_filter
from studytool.errors import StudyError

if TYPE_CHECKING:
    from datetime import datetime

    from studytool.model import Card, ItemFilter
    from studytool.store.bank import Bank

COUNT, NEW_A_DAY = 10, 20
SIBLINGS = 20  # how many cards to read for one that is asked: most of a family stay behind

Learner = Annotated[str | None, typer.Option("--learner", metavar="NAME", help="学员；默认本人。")]


def quiz(
    context: typer.Context,
    kind: Kinds = None,
    source: Sources = None,
    article: Articles = None,
    tag: Tags = None,
    find: Finds = None,
    count: Annotated[int, typer.Option(min=1, metavar="N", help="这次最多几题。")] = COUNT,
    new: Annotated[int, typer.Option(min=0, metavar="N", help="每天最多几道新题。")] = NEW_A_DAY,
    minutes: Annotated[
        float | None, typer.Option(min=0.1, metavar="N", help="到了这么多分钟就不再出新的一题。")
    ] = None,
    learner: Learner = None,
) -> None:
    """答题：先复习到期的，再学新题；每答一题立即保存，随时可以按 Ctrl-C 离开。

    例：studytool quiz        studytool quiz --kind cloze --find 京津冀 --count 5
    """
    if not keys.at_terminal():
        raise StudyError(
            "quiz 要在终端里逐题作答，这里的输入或输出不是终端：请直接在终端窗口运行 studytool quiz"
        )
    from studytool.cli.desk import Desk
    from studytool.quiz import PRACTICE, Sitting
    from studytool.store import study
    from studytool.views import sitting as views

    name = learner or study.DEFAULT_LEARNER
    with console.open_bank(context) as bank:
        cards = _cards(bank, name, item_filter(kind, source, article, tag, find), (count, new))
        if not cards:
            console.tell(_why_nothing(bank, name, new))
            return
        desk = Desk(bank, name, Sitting(PRACTICE, cards), minutes=minutes)
        finished = desk.run()
    with suppress(OSError):  # the terminal may have gone; the answers have not
        console.show(views.summary(desk.sitting) if finished else views.line(desk.sitting))


def _cards(bank: Bank, learner: str, chosen: ItemFilter, limits: tuple[int, int]) -> tuple[Card, ...]:
    """The cards of a sitting; first from the best of the bank, from all of it where these do not suffice."""
    from studytool.quiz import end_of_day, select
    from studytool.store import study

    now = console.now()
    count, new = limits
    left_today = new - study.new_today(bank, learner, _midnight(now))
    resting = _families_of_today(bank, learner, now)
    due = study.due_cards(bank, learner, end_of_day(now), chosen)
    for top in (SIBLINGS * count, None):
        fresh = study.new_cards(bank, learner, now, chosen, top) if left_today > 0 else ()
        cards = select((*due, *fresh), now, left_today, count, resting)
        if len(cards) == count or top is None or len(fresh) < top:
            break
    return cards


def _midnight(now: datetime) -> datetime:
    from studytool.quiz import end_of_day

    return end_of_day(now) - timedelta(days=1)


def _families_of_today(bank: Bank, learner: str, now: datetime) -> frozenset[str]:
    """The families that have been asked today: nothing else of them comes before tomorrow."""
    from studytool.model import ItemFilter
    from studytool.store import items, study

    seen = {done.review.item_id for done in study.reviews(bank, learner, since=_midnight(now))}
    if not seen:
        return frozenset()
    return frozenset(
        item.family for item in items.select(bank, ItemFilter(statuses=(), ids=tuple(sorted(seen))))
    )


def _why_nothing(bank: Bank, learner: str, new: int) -> str:
    from studytool.store import study

    met = study.new_today(bank, learner, _midnight(console.now()))
    if met >= new:
        return f"今天没有要复习的了，新题也学了 {met} 道；想多学：studytool quiz --new {met + COUNT}"
    return "没有符合条件、今天可以出的题；用 studytool items 看看题库里有什么。"

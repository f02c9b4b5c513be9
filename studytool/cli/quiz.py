"""`studytool quiz`: what is due, then something new, one question at a time."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console, keys
from studytool.cli.export import ApprovedOnly, narrowed
from studytool.cli.options import Articles, Finds, Kinds, Sources, Tags, item_filter
from studytool.cli.settings import Learner, load, scheduling
from studytool.limits import MOST, MOST_MINUTES

if TYPE_CHECKING:
    from datetime import datetime

    from studytool.model import Card, ItemFilter
    from studytool.quiz import Policy
    from studytool.settings import Settings
    from studytool.store.bank import Bank

SIBLINGS = 20  # how many cards to look at for one that is asked: most of a family stay behind


def quiz(
    context: typer.Context,
    kind: Kinds = None,
    source: Sources = None,
    article: Articles = None,
    tag: Tags = None,
    find: Finds = None,
    count: Annotated[
        int | None, typer.Option(min=1, max=MOST, metavar="N", help="这次最多几题；默认 10，可在设置里改。")
    ] = None,
    new: Annotated[
        int | None,
        typer.Option(min=0, max=MOST, metavar="N", help="每天最多几道新题；默认 20，可在设置里改。"),
    ] = None,
    minutes: Annotated[
        float | None,
        typer.Option(min=0.1, max=MOST_MINUTES, metavar="N", help="到了这么多分钟就不再出新的一题。"),
    ] = None,
    learner: Learner = None,
    approved_only: ApprovedOnly = False,
) -> None:
    """答题：先复习到期的，再学新题；每答一题立即保存，随时可以按 Ctrl-C 离开。

    例：studytool quiz        studytool quiz --kind cloze --find 京津冀 --count 5
    """
    keys.need_terminal("quiz")
    from studytool.model import ItemFilter
    from studytool.quiz import PRACTICE
    from studytool.store import study

    settings = load()
    name = learner or settings.learner
    limits = count or settings.count, settings.new_per_day if new is None else new
    with console.open_bank(context) as bank:
        now = console.now()
        options = item_filter(kind, source, article, tag, find)
        chosen = narrowed(ItemFilter(), options, approved_only=approved_only)
        ids = _chosen(bank, name, chosen, limits)
        if not ids:
            console.tell(_why_nothing(bank, name, chosen, (limits[1], now)))
            return
        practise(bank, name, study.cards(bank, name, ids), settings, PRACTICE, minutes)


def practise(
    bank: Bank,
    learner: str,
    cards: tuple[Card, ...],
    settings: Settings,
    policy: Policy,
    minutes: float | None = None,
) -> None:
    """Ask these cards, and say how it went."""
    from studytool.cli.desk import Desk
    from studytool.model import ItemFilter
    from studytool.quiz import Sitting

    scheduled = scheduling(bank, learner, settings)
    desk = Desk(
        bank, learner, Sitting(policy, cards), settings=scheduled, minutes=minutes, boxes=settings.boxes
    )
    finished = desk.run()
    from studytool.views import sitting as views

    now = console.now()
    again = coming(bank, learner, ItemFilter(), now) if desk.sitting.answers else ""
    with suppress(OSError):  # the terminal may have gone; the answers have not
        console.show(views.summary(desk.sitting) if finished else views.line(desk.sitting))
        if again:
            console.show(again)


def _chosen(bank: Bank, learner: str, chosen: ItemFilter, limits: tuple[int, int]) -> tuple[str, ...]:
    """The ids of a sitting; first from the head of the bank, from all of it where that does not suffice."""
    from studytool.quiz import end_of_day, select
    from studytool.store import study

    now = console.now()
    count, new = limits
    left_today = new - study.new_of_day(bank, learner, _morning(now))
    resting = study.families_of_day(bank, learner, _morning(now))
    for top in (SIBLINGS * count, None):
        due = study.due(bank, learner, end_of_day(now), chosen, top)
        fresh = study.fresh(bank, learner, now.date(), chosen, top) if left_today > 0 else ()
        ids = select((*due, *fresh), now, left_today, count, resting)
        if len(ids) == count or top is None or max(len(due), len(fresh)) < top:
            break
    return ids


def _morning(now: datetime) -> datetime:
    """The midnight the day began with."""
    from studytool.quiz import end_of_day

    return end_of_day(now) - timedelta(days=1)


def _why_nothing(bank: Bank, learner: str, chosen: ItemFilter, limits: tuple[int, datetime]) -> str:
    """Why there is nothing to ask, and what to do then."""
    from studytool.store import figures, items, study

    new, now = limits
    if not figures.item_count(bank):
        return "题库里还没有题：先运行 studytool build 文件或文件夹"
    if not items.count(bank, chosen):
        return "没有符合条件的题：请放宽条件；studytool items 看题库里有什么"
    met = study.new_of_day(bank, learner, _morning(now))
    again = coming(bank, learner, chosen, now)
    if not study.fresh(bank, learner, now.date(), chosen, 1):
        return again or "符合条件的题都学过或搁置了；今天没有要复习的，或者和答过的出自同一句话，明天再出。"
    if met >= new:
        learned = f"新题今天学了 {met} 道" if met else f"新题一道也不要（--new {new}）"
        more = f"想多学：studytool quiz --new {met + 10}"
        return f"{again or '今天没有要复习的了。'}{learned}；{more}"
    return f"{again or '今天没有要复习的了。'}没学过的题和今天答过的出自同一句话，明天再出。"


def coming(bank: Bank, learner: str, chosen: ItemFilter, now: datetime) -> str:
    """When the next cards come back today, in a sentence; nothing where none does."""
    from studytool.quiz import end_of_day, is_due
    from studytool.store import study
    from studytool.views.sitting import comes_back

    due = study.due(bank, learner, end_of_day(now), chosen)
    return comes_back([one.memory for one in due if one.memory and not is_due(one.memory, now)], now)

"""`studytool optimize`: fit the schedule to how the learner really remembers."""

from __future__ import annotations

from typing import Annotated

import typer

from studytool.cli import console
from studytool.cli.settings import Learner, load, tell_if_unknown
from studytool.errors import StudyError


def optimize(
    context: typer.Context,
    learner: Learner = None,
    reset: Annotated[bool, typer.Option("--reset", help="改回通用参数。")] = False,
    json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 文档。")] = False,
) -> None:
    """按你的复习记录拟合记忆参数；记录不够，或没有更准，就不改。

    例：studytool optimize        studytool optimize --reset
    """
    from studytool import fitting
    from studytool.model import ASIDE
    from studytool.store import learners, study
    from studytool.views import fit as views

    if reset and json:
        raise StudyError("改回通用参数没有结果可输出：--reset 和 --json 请只用一个")
    name = learner or load().learner
    with console.open_bank(context) as bank:
        tell_if_unknown(bank, learner)
        if reset:
            learners.put_parameters(bank, name, None, 0, console.now())
            console.tell("已改回通用参数。")
            return
        reviews = [done.review for done in study.reviews(bank, name) if done.review.mode not in ASIDE]
        cards = fitting.histories((one.item_id, one.reviewed_at, int(one.rating)) for one in reviews)
        if fitting.predicted(cards) >= fitting.ENOUGH:
            console.tell("正在拟合，最多要一分钟……")
        found = fitting.fit(cards)
        if found and found.parameters:
            learners.put_parameters(bank, name, found.parameters, found.reviews, console.now())
    if json:
        console.show_json(views.as_json(found, fitting.predicted(cards)))
    else:
        console.show(views.words(found, fitting.predicted(cards)))

"""`studytool challenge`: three lives, each question harder than the last; the best score is kept."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import typer

from studytool.cli import console, keys
from studytool.cli.options import Articles, Finds, Kinds, Sources, Tags, item_filter
from studytool.cli.settings import Learner, load
from studytool.errors import StudyError

if TYPE_CHECKING:
    from studytool.cli.desk import Desk
    from studytool.quiz import Answer

POOL, STEPS = 2000, 50  # among the best items, so many steps from the easiest to the hardest


def challenge(
    context: typer.Context,
    kind: Kinds = None,
    source: Sources = None,
    article: Articles = None,
    tag: Tags = None,
    find: Finds = None,
    learner: Learner = None,
) -> None:
    """挑战：三次机会，越答越难，看能答对几题；记住最好成绩。

    例：studytool challenge        studytool challenge --kind single_choice
    """
    keys.need_terminal("challenge")
    from studytool.cli.desk import Desk
    from studytool.model import Mark
    from studytool.quiz import CHALLENGE, Sitting, ladder
    from studytool.store import items, sittings, study
    from studytool.views import sitting as views

    settings = load()
    name = learner or settings.learner
    with console.open_bank(context) as bank:
        found = items.select(bank, item_filter(kind, source, article, tag, find), POOL)
        steps = ladder(found, STEPS, sittings.challenge_count(bank, name))
        if not steps:
            raise StudyError("没有符合条件的题：请放宽条件，或先运行 studytool build")
        cards = study.cards(bank, name, tuple(item.id for item in steps))
        best = sittings.best_challenge(bank, name)
        number = sittings.begin_challenge(bank, name, console.now())

        def note(desk: Desk, _answer: Answer, _number: int) -> None:
            sittings.challenged(bank, number, desk.sitting.count(Mark.RIGHT), len(desk.sitting.answers))

        desk = Desk(bank, name, Sitting(CHALLENGE, cards), boxes=settings.boxes, noted=note)
        desk.run()
    with suppress(OSError):
        console.show(views.challenged(desk.sitting, best))

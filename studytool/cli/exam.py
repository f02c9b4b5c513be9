"""`studytool exam`: a paper against the clock; nothing is told before its end, nothing lost by a crash."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console, keys
from studytool.cli.export import ApprovedOnly, Recipes, narrowed, read_recipe
from studytool.cli.options import Articles, Finds, Kinds, Sources, Tags, item_filter
from studytool.cli.settings import Learner, load
from studytool.errors import StudyError
from studytool.limits import MOST, MOST_MINUTES

if TYPE_CHECKING:
    from studytool.cli.desk import Desk
    from studytool.exports.sheet import Wishes
    from studytool.model import ItemFilter
    from studytool.quiz import Answer, Sitting
    from studytool.quiz.exam import Score
    from studytool.recipes import Recipe
    from studytool.settings import Settings
    from studytool.store.bank import Bank
    from studytool.store.sittings import Paper

POOL = 3000  # the best items of the filter, among which a paper is drawn
TITLE = "学习测试"


def exam(
    context: typer.Context,
    recipe: Recipes = None,
    kind: Kinds = None,
    source: Sources = None,
    article: Articles = None,
    tag: Tags = None,
    find: Finds = None,
    count: Annotated[int | None, typer.Option(min=1, max=MOST, metavar="N", help="总题数；默认 20。")] = None,
    number: Annotated[
        list[str] | None,
        typer.Option("--number", metavar="KIND=N", help="某种题型的题数，如 cloze=10，可多次给出。"),
    ] = None,
    points: Annotated[
        list[str] | None,
        typer.Option("--points", metavar="KIND=N", help="某种题型每题的分数，如 cloze=2。"),
    ] = None,
    minutes: Annotated[
        float | None, typer.Option(min=0.1, max=MOST_MINUTES, metavar="N", help="限时几分钟；默认 30。")
    ] = None,
    passing: Annotated[
        float | None, typer.Option("--pass", min=0, max=100, metavar="N", help="百分之几及格；默认 60。")
    ] = None,
    approved_only: ApprovedOnly = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="放弃没有做完的那份，另出一份。")] = False,
    results: Annotated[bool, typer.Option("--results", help="列出历次成绩，不考试。")] = False,
    learner: Learner = None,
    json: Annotated[bool, typer.Option("--json", help="与 --results 合用：输出一个 JSON 文档。")] = False,
) -> None:
    """考试：限时答一份卷，交卷后才判分；中断了，再运行 studytool exam 就接着做。

    例：studytool exam --count 20 --minutes 15        studytool exam 配方.toml        studytool exam --results
    """
    settings = load()
    name = learner or settings.learner
    if results or json:
        _show_results(context, name, as_json=json)
        return
    from studytool.store import sittings

    keys.need_terminal("exam")
    wanted = read_recipe(recipe)
    chosen = narrowed(
        wanted.chosen, item_filter(kind, source, article, tag, find), approved_only=approved_only
    )
    with console.open_bank(context) as bank:
        old, notes = sittings.open_paper(bank, name), tuple[str, ...]()
        paper = None if old and (fresh or not old.terms.asked) else old
        if paper is None:
            wishes = _wishes(wanted, settings, count, (number, points))
            limits = minutes or settings.exam_minutes, settings.pass_percent if passing is None else passing
            paper, notes = _new(bank, name, (chosen, wishes), limits)
            if old:  # afterwards, so that its number is never another's
                sittings.drop_paper(bank, old.id)
        elif any((recipe, count, number, points, minutes, passing is not None)) or chosen != wanted.chosen:
            raise StudyError(
                f"还有一份没有做完的试卷（做了 {len(paper.given)}/{len(paper.terms.asked)} 题）："
                "直接运行 studytool exam 接着做，或加 --fresh 放弃它另出一份"
            )
        _sit(bank, name, paper, settings, notes)


def _show_results(context: typer.Context, learner: str, *, as_json: bool) -> None:
    from studytool.store import sittings
    from studytool.views import exam as views

    with console.open_bank(context) as bank:
        done = sittings.results(bank, learner)
    if as_json:
        console.show_json([views.as_json(result) for result in done])
    else:
        console.show(views.listing(done))


def _wishes(
    recipe: Recipe, settings: Settings, count: int | None, by_kind: tuple[list[str] | None, list[str] | None]
) -> Wishes:
    """What the options ask for; where they are silent, the recipe; where that is, the settings."""
    from studytool.cli.counts import by_kind as parsed
    from studytool.exports.sheet import Wishes

    counts = parsed(by_kind[0], "--number") or dict(recipe.counts)
    usual = None if counts else settings.exam_count
    return Wishes(
        title=recipe.title if recipe.title != type(recipe)().title else TITLE,
        count=count or recipe.count or usual,
        counts=counts,
        points={**recipe.points, **parsed(by_kind[1], "--points")},
    )


def _new(
    bank: Bank, learner: str, asked: tuple[ItemFilter, Wishes], limits: tuple[float, float]
) -> tuple[Paper, tuple[str, ...]]:
    """Draw a paper, another one each time, and say what could not be had."""
    from dataclasses import replace

    from studytool.exports import sheet
    from studytool.store import items, sittings
    from studytool.views.names import KINDS

    chosen, wishes = asked
    found = items.select(bank, chosen, POOL)
    if not found:
        raise StudyError("没有符合条件的题，出不了卷：请放宽条件，或先运行 studytool build")
    planned = sheet.plan(found, replace(wishes, seed=1 + sittings.last_paper(bank)))
    notes = tuple(
        f"注意：{KINDS[short.kind]}要 {short.asked} 题，只选得出 {short.found} 题。"
        for short in planned.shortages
    )
    on_paper = tuple((item.id, section.points) for section in planned.sections for item in section.items)
    terms = sittings.Terms(planned.title, limits[0], limits[1], on_paper)
    return sittings.begin_paper(bank, learner, terms, console.now()), notes


def _sit(bank: Bank, learner: str, paper: Paper, settings: Settings, notes: tuple[str, ...]) -> None:
    """Go on with a paper until it is finished, the time is over or the person leaves."""
    from studytool.cli.desk import Desk
    from studytool.store import sittings
    from studytool.views import exam as views

    def note(desk: Desk, answer: Answer, number: int) -> None:
        sittings.answered(bank, paper.id, answer.card.item.id, number, desk.seconds())

    desk = Desk(
        bank,
        learner,
        _resumed(bank, learner, paper),
        minutes=paper.terms.minutes,
        boxes=settings.boxes,
        used=paper.seconds,
        noted=note,
        shown=lambda desk: sittings.used(bank, paper.id, desk.seconds()),
    )
    desk.run(notes)
    sittings.used(bank, paper.id, desk.seconds())
    handed_in = desk.sitting.current is None or desk.time_is_up()
    score = _finish(bank, learner, paper, desk.sitting) if handed_in else None
    with suppress(OSError):
        if score:
            console.show(views.finished(score, desk.sitting, desk.seconds(), in_time=not desk.time_is_up()))
        else:
            console.show(views.left(len(desk.sitting.answers), len(paper.terms.asked)))


def _resumed(bank: Bank, learner: str, paper: Paper) -> Sitting:
    from studytool.quiz import EXAM, Attempt, Sitting, resumed
    from studytool.store import study

    cards = study.cards(bank, learner, tuple(item_id for item_id, _ in paper.terms.asked))
    given = [
        (review.item_id, Attempt(review.response, review.seconds, review.guessed), review.mark)
        for review in paper.given
    ]
    return resumed(Sitting(EXAM, cards), given)


def _finish(bank: Bank, learner: str, paper: Paper, sitting: Sitting) -> Score:
    """Score the paper and keep the result."""
    from studytool.quiz.exam import score
    from studytool.store import sittings, study

    points = dict(paper.terms.asked)
    cards = study.cards(bank, learner, tuple(points))
    answers = {given.card.item.id: given for given in sitting.answers}
    result = score([(card.item, points[card.item.id]) for card in cards], answers, paper.terms.pass_percent)
    sections = [(one.kind, one.questions, one.right, one.points, one.most) for one in result.sections]
    sittings.finish_paper(bank, paper.id, sections, console.now())
    return result

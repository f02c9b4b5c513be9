"""`studytool exam`: a paper against the clock; nothing is told before its end, nothing lost by a crash."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console, keys
from studytool.cli.export import ApprovedOnly, Recipes, narrowed, read_recipe
from studytool.cli.options import Articles, Finds, Kinds, Sources, Tags, item_filter, refuse_beside
from studytool.cli.settings import Learner, load, tell_if_unknown
from studytool.errors import StudyError
from studytool.limits import MOST, MOST_MINUTES

if TYPE_CHECKING:
    from rich.console import RenderableType

    from studytool.exports.sheet import Wishes
    from studytool.model import ItemFilter
    from studytool.quiz.exam import Score
    from studytool.quiz.rounds import Round
    from studytool.settings import Settings
    from studytool.store.bank import Bank
    from studytool.store.sittings import Paper

POOL = 3000  # the best items of the filter, among which a paper is drawn


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
    """考试：限时答一份卷，交卷后才判分；可以跳过、回头改，中途离开时钟停住，再运行 studytool exam 接着做。

    例：studytool exam --count 20 --minutes 15        studytool exam 配方.toml        studytool exam --results
    """
    settings = load()
    name = learner or settings.learner
    if results:
        refuse_beside(
            "--results",
            recipe=recipe,
            kind=kind,
            source=source,
            article=article,
            tag=tag,
            find=find,
            count=count,
            number=number,
            points=points,
            minutes=minutes,
            **{"pass": passing},
            approved_only=approved_only,
            fresh=fresh,
        )
        _show_results(context, name, learner, as_json=json)
        return
    if json:
        raise StudyError("--json 要与 --results 同用：请加上 --results")
    from studytool.cli import exam_paper
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
            wishes, said = exam_paper.wishes(wanted, settings, count, (number, points))
            limits = minutes or settings.exam_minutes, settings.pass_percent if passing is None else passing
            paper, notes = _new(bank, name, (chosen, wishes), limits)
            notes = (*said, *notes)
            if old:  # afterwards, so that its number is never another's
                sittings.drop_paper(bank, old.id)
        elif any((recipe, count, number, points, minutes, passing is not None)) or chosen != wanted.chosen:
            raise StudyError(
                f"还有一份没有做完的试卷（做了 {len(paper.given)}/{len(paper.terms.asked)} 题）："
                "直接运行 studytool exam 接着做，或加 --fresh 放弃它另出一份"
            )
        _sit(bank, name, paper, settings, notes)


def _show_results(context: typer.Context, learner: str, named: str | None, *, as_json: bool) -> None:
    from studytool.store import sittings
    from studytool.views import exam as views

    with console.open_bank(context) as bank:
        tell_if_unknown(bank, named)
        done = sittings.results(bank, learner)
    if as_json:
        console.show_json([views.as_json(result) for result in done])
    else:
        console.show(views.listing(done))


def _new(
    bank: Bank, learner: str, asked: tuple[ItemFilter, Wishes], limits: tuple[float, float]
) -> tuple[Paper, tuple[str, ...]]:
    """Draw a paper, another one each time, and say what could not be had."""
    from dataclasses import replace

    from studytool.cli import exam_paper
    from studytool.exports import sheet
    from studytool.store import items, sittings

    chosen, wishes = asked
    found = items.select(bank, chosen, POOL)
    exam_paper.refuse_nothing(found, wishes)
    planned = sheet.plan(found, replace(wishes, seed=1 + sittings.last_paper(bank)))
    on_paper = tuple((item.id, section.points) for section in planned.sections for item in section.items)
    terms = sittings.Terms(planned.title, limits[0], limits[1], on_paper)
    return sittings.begin_paper(bank, learner, terms, console.now()), exam_paper.missing(planned, wishes)


def _sit(bank: Bank, learner: str, paper: Paper, settings: Settings, notes: tuple[str, ...]) -> None:
    """Go on with a paper until it is handed in, the time is over or the person leaves."""
    from studytool.cli.exam_desk import End, ExamDesk
    from studytool.store import sittings
    from studytool.views import exam as views

    desk = ExamDesk(bank, learner, paper, _resumed(bank, learner, paper), settings.boxes)
    end = desk.run((*notes, views.terms(paper.terms.minutes)))
    sittings.used(bank, paper.id, desk.seconds())
    given = desk.round.given
    if end is End.LEFT:
        shown: RenderableType = views.left(len(given), len(desk.round.cards))
    elif not desk.round.cards:
        sittings.drop_paper(bank, paper.id)
        shown = views.NOTHING_LEFT
    else:
        score, in_time, too_late = _finish(bank, paper, desk.round), end is End.HANDED_IN, end is End.TOO_LATE
        shown = views.finished(score, given, desk.seconds(), in_time=in_time, too_late=too_late)
    with suppress(OSError):
        console.show(shown)


def _resumed(bank: Bank, learner: str, paper: Paper) -> Round:
    from studytool.quiz import Attempt, rounds
    from studytool.store import study

    cards = study.cards(bank, learner, tuple(item_id for item_id, _ in paper.terms.asked))
    given = [
        (review.item_id, Attempt(review.response, review.seconds, review.guessed), review.mark)
        for review in paper.given
    ]
    return rounds.resumed(cards, given)


def _finish(bank: Bank, paper: Paper, sat: Round) -> Score:
    """Score the paper and keep the result."""
    from studytool.quiz.exam import score
    from studytool.store import sittings

    points = dict(paper.terms.asked)
    asked = [(card.item, points[card.item.id]) for card in sat.cards]
    result = score(asked, sat.answers, paper.terms.pass_percent)
    sections = [(one.kind, one.questions, one.right, one.points, one.most) for one in result.sections]
    sittings.finish_paper(bank, paper.id, sections, console.now())
    return result

"""`studytool sheet`: items of the bank -> quiz sheets to print, in versions with a key."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from studytool.cli import console
from studytool.cli.counts import by_kind, passed_over, refuse_more
from studytool.cli.export import ApprovedOnly, Recipes, narrowed, read_recipe
from studytool.cli.grade import grade
from studytool.cli.options import Articles, Finds, Kinds, Sources, Tags, item_filter
from studytool.cli.parameters import Command
from studytool.limits import MOST

if TYPE_CHECKING:
    from studytool.exports.sheet import Wishes
    from studytool.recipes import Recipe

DEFAULT_COUNT = 20
Numbers = Annotated[
    list[str] | None,
    typer.Option("--number", metavar="KIND=N", help="某种题型的题数，如 cloze=10，可多次给出。"),
]
Points = Annotated[
    list[str] | None, typer.Option("--points", metavar="KIND=N", help="某种题型每题的分数，如 cloze=2。")
]


class SheetCommand(Command):
    """`sheet`, and `sheet grade`: two commands of one name, told apart by the first word."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        if args[:1] == ["grade"]:
            return _grade_command().make_context(f"{info_name} grade", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


def _grade_command() -> Any:
    alone = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})
    alone.command(cls=Command)(grade)
    return typer.main.get_command(alone)


def sheet(
    context: typer.Context,
    recipe: Recipes = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="写到哪个文件：.pdf、.docx 或 .html。")
    ] = "试卷.pdf",
    kind: Kinds = None,
    source: Sources = None,
    article: Articles = None,
    tag: Tags = None,
    find: Finds = None,
    count: Annotated[int | None, typer.Option(min=1, max=MOST, metavar="N", help="总题数；默认 20。")] = None,
    number: Numbers = None,
    points: Points = None,
    versions: Annotated[int, typer.Option(min=1, max=26, metavar="N", help="几套卷（A、B……）。")] = 1,
    seed: Annotated[int, typer.Option(metavar="N", help="选题和打乱次序的种子；同一种子得到同样的卷。")] = 1,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="试卷标题。")] = None,
    unit: Annotated[str | None, typer.Option(metavar="TEXT", help="单位。")] = None,
    date: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="日期。")] = None,
    large_print: Annotated[bool, typer.Option("--large-print", help="大字版。")] = False,
    answer_sheet: Annotated[bool, typer.Option("--answer-sheet", help="另附答题纸。")] = False,
    approved_only: ApprovedOnly = False,
) -> None:
    """印试卷：一套或几套，附答案；收回后批改：studytool sheet grade --help

    例：studytool sheet -o 测验.pdf --count 20        studytool sheet -o 测验.pdf --versions 2
    """
    from studytool.cli import papers
    from studytool.exports import sheet as sheets
    from studytool.store import items

    wanted = read_recipe(recipe)
    chosen = narrowed(
        wanted.chosen, item_filter(kind, source, article, tag, find), approved_only=approved_only
    )
    wishes = _wishes(
        wanted,
        title=title,
        unit=unit,
        date=date.date() if date else None,
        count=count,
        counts=by_kind(number, "--number"),
        points=by_kind(points, "--points"),
        seed=seed,
        versions=versions,
        large_print=large_print,
        answer_sheet=answer_sheet,
    )
    refuse_more(wishes.counts, count)
    with console.open_bank(context) as bank:
        found = items.select(bank, chosen)
    planned = sheets.plan(found, wishes)
    for note in passed_over(wishes.counts, count):
        console.tell(note)
    papers.put(planned, output, inputs=[recipe] if recipe else ())


def _wishes(recipe: Recipe, **options: object) -> Wishes:
    """What the options ask for; where they are silent, the recipe; where that is, the usual."""
    from studytool.exports.sheet import Wishes

    said = {name: value for name, value in options.items() if value not in (None, {})}
    if recipe.title != type(recipe)().title:
        said.setdefault("title", recipe.title)
    said.setdefault("counts", recipe.counts)
    said.setdefault("points", recipe.points)
    said.setdefault("count", recipe.count or (None if said["counts"] else DEFAULT_COUNT))
    return Wishes(**said)  # type: ignore[arg-type]

"""`studytool export`: items of the bank -> a file another program reads."""

from __future__ import annotations

import os
import sys
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console
from studytool.cli.options import Articles, Finds, Kinds, Sources, Tags, item_filter
from studytool.cli.reading import bytes_of, text_of
from studytool.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studytool.exports import Deck
    from studytool.model import ItemFilter
    from studytool.recipes import Recipe
    from studytool.store.bank import Bank

Recipes = Annotated[str | None, typer.Argument(metavar="[RECIPE]", help="配方文件（decks/*.toml）。")]
ApprovedOnly = Annotated[bool, typer.Option("--approved-only", help="只要已审定的题。")]

# Options that only some formats can do something with.
OPTION_FORMATS = {
    "typed": ("anki",),
    "with_schedule": ("anki",),
    "template": ("kaoshibao",),
}


def export(
    context: typer.Context,
    format_name: Annotated[str, typer.Argument(metavar="FORMAT", help="格式：anki、jsonl 等。")],
    recipe: Recipes = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="写到哪个文件；- 为标准输出。")
    ] = "-",
    kind: Kinds = None,
    source: Sources = None,
    article: Articles = None,
    tag: Tags = None,
    find: Finds = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="卡组或题库的名称。")] = None,
    approved_only: ApprovedOnly = False,
    typed: Annotated[bool, typer.Option("--typed", help="Anki：填空题用键盘作答。")] = False,
    with_schedule: Annotated[
        bool, typer.Option("--with-schedule", help="Anki：带上学员的复习进度和记录。")
    ] = False,
    learner: Annotated[
        str | None, typer.Option(metavar="NAME", help="与 --with-schedule 同用：谁的进度；默认本人。")
    ] = None,
    template: Annotated[
        str | None, typer.Option(metavar="FILE", help="考试宝：填进这份模板（.xlsx）的副本。")
    ] = None,
) -> None:
    """把试题导出成别的程序能读的文件。

    例：studytool export anki -o 卡组.apkg        studytool export jsonl -o -
    """
    from studytool import exports

    exports.check_suffix(format_name, output)
    _check_options(format_name, typed=typed, with_schedule=with_schedule, learner=learner, template=template)
    wanted = read_recipe(recipe)
    wanted = replace(wanted, title=title or wanted.title)
    chosen = narrowed(
        wanted.chosen, item_filter(kind, source, article, tag, find), approved_only=approved_only
    )
    with console.open_bank(context) as bank:
        deck = replace(deck_of(bank, wanted, chosen), typed=typed, template=_template(template))
        if with_schedule:
            deck = _scheduled(bank, deck, learner)
        if format_name == "anki":
            note_handed_out(bank, deck)
    write(format_name, deck, output, [path for path in (recipe, template) if path])


def deck_of(bank: Bank, recipe: Recipe, chosen: ItemFilter) -> Deck:
    """What a recipe takes out of the bank, ready for any format."""
    from studytool import recipes
    from studytool.exports import Deck
    from studytool.model import Status
    from studytool.store import documents, items

    found = recipes.select(recipe, items.select(bank, chosen))
    if not found:
        console.tell("注意：没有符合条件的题，写出的是空的。")
    # What an earlier deck of this choice can have held; words and tags may have been edited since.
    withdrawn = items.select(bank, replace(chosen, tags=(), find=None, statuses=(Status.RETIRED,)))
    stamps: dict[str, datetime] = items.stamps(bank)
    if recipe.date:
        made_at = datetime(recipe.date.year, recipe.date.month, recipe.date.day, tzinfo=UTC)
        stamps = dict.fromkeys((item.id for item in (*found, *withdrawn)), made_at)
    return Deck(
        title=recipe.title,
        items=found,
        stamps=stamps,
        withdrawn=withdrawn,
        description=recipe.description,
        sources=documents.titles(bank),
    )


def note_handed_out(bank: Bank, deck: Deck) -> None:
    """Keep which items people will have in Anki: what is asked no more later is named in the next deck."""
    from studytool.store import handed_out

    try:
        handed_out.note(bank, (item.id for item in deck.items), console.now())
    except StudyError as error:  # a bank that may only be read can be handed out all the same
        console.tell(f"注意：没有记下发出了哪些题，以后停用的可能不会在新卡组里说明（{error}）。")


def write(format_name: str, deck: Deck, output: str, inputs: Iterable[str] = ()) -> None:
    """Write a deck in a format to a file, or to stdout (`-`), and say what the format could not hold."""
    from studytool import exports
    from studytool.exports import files

    exported = exports.export(format_name, deck)
    if output == "-":
        if sys.stdout.isatty() and b"\0" in exported.data:
            raise StudyError(f"{format_name} 不是文字，不能显示在终端里：请用 -o 写成文件")
        console.hand_over(exported.data)
    else:
        stem, _ = os.path.splitext(output)  # noqa: PTH122 - unlike Path this takes any name, "." too
        beside = {f"{stem}{ending}": data for ending, data in exported.beside.items()}
        beside = _outdated(stem) | beside if format_name == "anki" else beside
        studied = bool(deck.memories or deck.reviews)
        files.write_all({output: exported.data, **beside}, private=studied, inputs=inputs)
        console.tell(f"已写好 {output}：{len(deck.items) - exported.missing} 题。")
    if exported.left_out:
        reasons = "，".join(f"{reason} {count}" for reason, count in sorted(exported.left_out.items()))
        console.tell(f"注意：{exports.EXPORTERS[format_name].title} 装不下的有：{reasons}。")


def _outdated(stem: str) -> dict[str, bytes]:
    """What takes the place of a text beside an earlier deck of this name: it would have people delete
    questions that are asked again."""
    from studytool import exports

    path = f"{stem}{exports.WITHDRAWN}"
    return {path: "本牌组没有撤回的题。\n".encode()} if os.path.isfile(path) else {}  # noqa: PTH113


def _check_options(format_name: str, **given: object) -> None:
    """An option that the format does nothing with is a mistake, and said so."""
    for name, formats in OPTION_FORMATS.items():
        if given[name] and format_name not in formats:
            option = f"--{name.replace('_', '-')}"
            raise StudyError(f"{option} 只用于 {'、'.join(formats)}：导出 {format_name} 请去掉它")
    if given["learner"] and not given["with_schedule"]:
        raise StudyError("--learner 要与 --with-schedule 同用：请加上 --with-schedule")


def _template(path: str | None) -> bytes | None:
    if path is None:
        return None
    return bytes_of(path, "模板")


def _scheduled(bank: Bank, deck: Deck, learner: str | None) -> Deck:
    """The deck with what a learner remembers of its items, and their answers."""
    from studytool.store import learners, schedules, study

    name = learner or study.DEFAULT_LEARNER
    if learner and learner not in learners.names(bank):
        raise StudyError(f"题库里没有叫 {learner} 的学员：请检查名字")
    return replace(deck, memories=schedules.memories(bank, name), reviews=schedules.reviews(bank, name))


def read_recipe(path: str | None) -> Recipe:
    """The recipe in the file at `path`; without one, everything."""
    from studytool import recipes

    if path is None:
        return recipes.Recipe()
    return recipes.parse(path, text_of(path, "配方"))


def narrowed(chosen: ItemFilter, options: ItemFilter, *, approved_only: bool) -> ItemFilter:
    """A recipe's filter, with what the options say in its place where they say something."""
    from studytool.model import ItemFilter, Status

    empty = ItemFilter()
    said = {
        field.name: getattr(options, field.name)
        for field in fields(options)
        if getattr(options, field.name) != getattr(empty, field.name)
    }
    if approved_only:
        said["statuses"] = (Status.APPROVED,)
    return replace(chosen, **said)

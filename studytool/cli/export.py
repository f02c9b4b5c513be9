"""`studytool export`: items of the bank -> a file another program reads."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console
from studytool.cli.options import Articles, Finds, Kinds, Sources, Tags, item_filter

if TYPE_CHECKING:
    from studytool.model import ItemFilter
    from studytool.recipes import Recipe

Recipes = Annotated[str | None, typer.Argument(metavar="[RECIPE]", help="配方文件（decks/*.toml）。")]
ApprovedOnly = Annotated[bool, typer.Option("--approved-only", help="只要已审定的题。")]


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
) -> None:
    """把试题导出成别的程序能读的文件。

    例：studytool export anki -o 卡组.apkg        studytool export jsonl -o -
    """
    from studytool import exports, recipes
    from studytool.exports import files
    from studytool.model import ItemFilter, Status
    from studytool.store import documents, items

    exports.exporter(format_name)
    wanted = read_recipe(recipe)
    chosen = narrowed(wanted, item_filter(kind, source, article, tag, find), approved_only=approved_only)
    with console.open_bank(context) as bank:
        deck = exports.Deck(
            title=title or wanted.title,
            items=recipes.select(wanted, items.select(bank, chosen)),
            stamps=items.stamps(bank),
            withdrawn=items.select(bank, ItemFilter(statuses=(Status.RETIRED,))),
            description=wanted.description,
            sources=documents.titles(bank),
        )
    exported = exports.export(format_name, deck)
    if output == "-":
        sys.stdout.buffer.write(exported.data)
        sys.stdout.buffer.flush()
    else:
        files.write(output, exported.data)
        for ending, data in exported.beside.items():
            files.write(str(Path(output).with_suffix("")) + ending, data)
    if output != "-":
        console.tell(f"已写好 {output}：{len(deck.items)} 题。")
    if exported.left_out:
        reasons = "，".join(f"{reason} {count}" for reason, count in sorted(exported.left_out.items()))
        console.tell(f"注意：{exports.EXPORTERS[format_name].title} 装不下的有：{reasons}。")


def read_recipe(path: str | None) -> Recipe:
    """The recipe in the file at `path`; without one, everything."""
    from studytool import recipes
    from studytool.errors import StudyError

    if path is None:
        return recipes.Recipe()
    try:
        return recipes.parse(path, Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "不是 UTF-8 文字"
        raise StudyError(f"读不了配方 {path}（{reason}）：请检查文件名") from error


def narrowed(recipe: Recipe, options: ItemFilter, *, approved_only: bool) -> ItemFilter:
    """The recipe's filter, with what the options say in its place where they say something."""
    from dataclasses import fields, replace

    from studytool.model import ItemFilter, Status

    empty = ItemFilter()
    said = {
        field.name: getattr(options, field.name)
        for field in fields(options)
        if getattr(options, field.name) != getattr(empty, field.name)
    }
    if approved_only:
        said["statuses"] = (Status.APPROVED,)
    return replace(recipe.chosen, **said)

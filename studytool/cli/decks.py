"""`studytool decks`: every recipe in a folder -> the Anki deck beside it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console
from studytool.cli.export import deck_of, narrowed, note_handed_out, read_recipe, write
from studytool.errors import StudyError
from studytool.named import is_there, why

if TYPE_CHECKING:
    from studytool.store.bank import Bank


def decks(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="配方（*.toml）所在的文件夹。")] = "decks",
    of: Annotated[
        list[str] | None,
        typer.Option("--of", metavar="PATH", help="只用这些文献，不用题库；可多次给出。"),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FOLDER", help="写到哪个文件夹；默认放在配方旁边。"),
    ] = None,
) -> None:
    """按文件夹里的每个配方各做一副 Anki 卡组。

    例：studytool decks decks --of seeds
    """
    if not is_there(folder):
        raise StudyError(f"{folder} 不存在：请先写一个配方，或换一个文件夹")
    recipes = _recipes_in(folder) if Path(folder).is_dir() else []
    if not recipes:
        raise StudyError(f"{folder} 里没有配方（*.toml）：请先写一个，或换一个文件夹")
    target = Path(output or folder)
    if of:
        with _bank_of(of) as bank:
            _make(bank, recipes, target)
    else:
        with console.open_bank(context) as bank:
            _make(bank, recipes, target)


def _recipes_in(folder: str) -> list[Path]:
    try:
        return sorted(place for place in Path(folder).iterdir() if place.suffix == ".toml")
    except OSError as problem:
        raise StudyError(f"{folder}：{why(problem, '文件夹')}") from None


def _make(bank: Bank, recipes: list[Path], target: Path) -> None:
    from studytool.model import ItemFilter

    # All of them before the first deck is written: a slip in the last one leaves no half of the folder new.
    for place, recipe in [(place, read_recipe(str(place))) for place in recipes]:
        deck = deck_of(bank, recipe, narrowed(recipe.chosen, ItemFilter(), approved_only=False))
        note_handed_out(bank, deck)
        write("anki", deck, str(target / f"{place.stem}.apkg"))


def _bank_of(paths: list[str]) -> Bank:
    """A bank of these documents alone, for as long as it is needed."""
    from studytool import pipeline
    from studytool.store.opening import open_bank

    bank = open_bank(":memory:")
    report = pipeline.build(bank, pipeline.discover(paths), console.now(), jobs=os.cpu_count() or 1)
    if report.skipped:
        path, reason = report.skipped[0]
        bank.close()
        raise StudyError(f"{path}：{reason}")
    return bank

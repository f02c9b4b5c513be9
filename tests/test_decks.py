"""The decks in `decks/` are what their recipes make of the seeds today."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DECKS = Path(__file__).parent.parent / "decks"
RECIPES = sorted(DECKS.glob("*.toml"))


def content_of(deck: Path) -> list[str]:
    """Everything in a deck, as SQL: its bytes differ between versions of SQLite and zlib."""
    with zipfile.ZipFile(deck) as package:
        data = package.read("collection.anki2")
    collection = sqlite3.connect(":memory:")
    collection.deserialize(data)
    lines = list(collection.iterdump())
    collection.close()
    return lines


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("decks")


def test_the_decks_are_current(made: Path, seeds: Path, run_here: Callable[..., Any]) -> None:
    """When this fails: set `date` in the recipes, then run `studytool decks decks --of seeds`."""
    done = run_here(made / "bank.db", "decks", str(DECKS), "--of", str(seeds), "-o", str(made))
    assert done.returncode == 0, done.stderr
    assert not (made / "bank.db").exists()
    for recipe in RECIPES:
        fresh, kept = (content_of(folder / f"{recipe.stem}.apkg") for folder in (made, DECKS))
        assert fresh == kept, f"{recipe.stem} is not current"


def test_every_deck_has_its_recipe_and_every_recipe_its_deck() -> None:
    assert RECIPES
    assert [deck.stem for deck in sorted(DECKS.glob("*.apkg"))] == [recipe.stem for recipe in RECIPES]


def test_a_slip_in_one_recipe_leaves_all_decks_as_they_were(
    make_bank: Callable[..., Path], tmp_path: Path, run_here: Callable[..., Any]
) -> None:
    folder = tmp_path / "配方"
    folder.mkdir()
    (folder / "a.toml").write_text('title = "甲"\n', encoding="utf-8")
    (folder / "b.toml").write_text('titel = "乙"\n', encoding="utf-8")
    done = run_here(make_bank("cloze"), "decks", str(folder))
    assert done.returncode == 2
    assert "b.toml 里不认识“titel”" in done.stderr
    assert not (folder / "a.apkg").exists()

"""A recipe takes what it names, and a misspelt word in it is an error with the remedy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from studytool.errors import StudyError
from studytool.model import Item, ItemFilter, ItemKind, Status
from studytool.recipes import Recipe, parse, select

FULL = """
title = "两会应知应会"
kinds = ["cloze", "single_choice"]
sources = ["公报"]
approved_only = true
order = "source"
count = 2

[counts]
cloze = 1
"""


def test_a_recipe_says_which_items_how_many_and_in_what_order() -> None:
    assert parse("a.toml", FULL) == Recipe(
        title="两会应知应会",
        chosen=ItemFilter(
            kinds=(ItemKind.CLOZE, ItemKind.SINGLE_CHOICE), sources=("公报",), statuses=(Status.APPROVED,)
        ),
        count=2,
        counts={ItemKind.CLOZE: 1},
        order="source",
    )


def test_an_empty_recipe_takes_everything(make_item: Callable[..., Item]) -> None:
    made = (make_item(1), make_item(2))
    assert select(parse("a.toml", ""), made) == made


def test_counts_take_the_best_of_each_kind(make_item: Callable[..., Item]) -> None:
    made = [make_item(n, kind=ItemKind.CLOZE if n % 2 else ItemKind.TRUE_FALSE) for n in (4, 3, 2, 1)]
    assert [item.id for item in select(parse("a.toml", FULL), made)] == ["item1"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("titel = 'x'", "titel"),
        ("kinds = ['fill']", "fill"),
        ('asks = ["formulation\\n"]', "formulation"),
        ("count = 0", "大于 0"),
        ("count = true", "整数"),
        ("sources = '公报'", "一列文字"),
        ("[counts]\nfill = 3", "fill"),
        ("[points]\ncloze = '2'", "整数"),
        ("order = 'random'", "random"),
        ("title = ", "TOML"),
        (f"count = {'9' * 6000}", "有一个数太长"),
        ("date = 1969-12-31", "1980 到 2200 年"),
        ("date = 9999-12-31", "1980 到 2200 年"),
    ],
)
def test_a_mistake_in_a_recipe_is_named(text: str, word: str) -> None:
    with pytest.raises(StudyError, match=word) as refused:
        parse("a.toml", text)
    assert "\n" not in str(refused.value)


def test_a_recipe_may_say_the_day_of_its_deck() -> None:
    assert parse("x.toml", "date = 2026-11-21").date == date(2026, 11, 21)
    with pytest.raises(StudyError, match="date 应当是日期"):
        parse("x.toml", 'date = "2026-11-21"')

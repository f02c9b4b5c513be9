"""Matching and ordering: from a text to the pairs and the order that are asked."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from studytool.items import WRITERS, write
from studytool.items.matching import halves
from studytool.knowledge import find
from studytool.model import Article, Item, ItemKind, Passage, Sentence

CASES = tomllib.loads(
    (Path(__file__).parent / "fixtures" / "items" / "pairing.toml").read_text(encoding="utf-8")
)


def items_of(case: dict[str, Any], kind: ItemKind) -> tuple[Item, ...]:
    article = Article("a1", "case.txt", CASES["articles"][case["article"]]["title"], ())
    sentences, at = [], 0
    for index, text in enumerate(case["text"]):
        sentences.append(Sentence(Passage.whole(text, at), article, index, index, opens=True))
        at += len(text) + 1
    return write(find(sentences), sentences, {kind: WRITERS[kind]}).items


@pytest.mark.parametrize("case", CASES["matching"], ids=lambda case: case["name"])
def test_matching_asks_the_pairs_a_sentence_makes(case: dict[str, Any]) -> None:
    items = items_of(case, ItemKind.MATCHING)
    assert [list(item.key) for item in items] == ([case["key"]] if "key" in case else [])
    for item in items:
        rights = [pair.split("=")[1] for pair in item.key]
        assert sorted(item.options) == sorted(rights)
        assert list(item.options) != rights
        assert all(side in item.evidence for pair in item.key for side in pair.split("="))


@pytest.mark.parametrize("case", CASES["ordering"], ids=lambda case: case["name"])
def test_ordering_asks_events_by_their_dates(case: dict[str, Any]) -> None:
    items = items_of(case, ItemKind.ORDERING)
    assert [list(item.key) for item in items] == ([case["key"]] if "key" in case else [])
    for item in items:
        assert sorted(item.options) == sorted(item.key)
        assert item.options != item.key
        assert all(event in item.evidence for event in item.key)
        assert item.evidence == "".join(case["text"])
        assert not any(character.isdigit() for event in item.key for character in event)


def test_the_order_shown_is_always_the_same() -> None:
    case = CASES["ordering"][0]
    assert items_of(case, ItemKind.ORDERING) == items_of(case, ItemKind.ORDERING)


@pytest.mark.parametrize(
    "members",
    [
        ("高端化", "智能化", "绿色化"),
        ("加强压力传导", "细化政策引导", "严格督查指导"),
        ("以文化人", "以文惠民", "以文润城"),
        ("焦点不散", "靶心不变", "力度不减"),
    ],
)
def test_members_that_have_no_two_halves_are_not_cut(members: tuple[str, ...]) -> None:
    assert halves(members) == ()

"""Which half goes on where: evidence in two texts, and the choice among all pairs of a document."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.articles import misfits, neighbours, pairing, seams
from studytool.articles.language import Language
from studytool.articles.pairing import Pair
from studytool.occurrences import Occurrences

ARTICLES = Path(__file__).parent / "fixtures" / "articles"
CASES = tomllib.loads((ARTICLES / "joints.toml").read_text(encoding="utf-8"))["joint"]
MISFITS = tomllib.loads((ARTICLES / "misfits.toml").read_text(encoding="utf-8"))["misfit"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_a_continuation_has_more_evidence_than_a_stranger(case: dict[str, str]) -> None:
    language = Language([case["left"], case["yes"], case["no"]])
    right, wrong = (seams.evidence(language, case["left"], case[side]) for side in ("yes", "no"))
    assert right > wrong + 1


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in MISFITS])
def test_edges_that_cannot_be_one_are_known(case: dict[str, Any]) -> None:
    language = Language([case["left"], case["right"], case.get("page", "")])
    assert misfits.misfit(language, case["left"], case["right"]) is case["is"]


def test_grammar_knows_what_may_follow() -> None:
    assert neighbours.grammar("这件事对", "群众") > neighbours.grammar("这件事对", "和")
    assert neighbours.collocation("高质量", "发展") > neighbours.collocation("高质量", "园区") == 0.0
    assert neighbours.grammar("", "") == neighbours.opening("") == 0.0


def chosen(*pairs: Pair) -> dict[int, int]:
    return {left: pair.right for left, pair in pairing.choose(list(pairs)).items()}


def pair(score: float, left: int, right: int, enough: float = pairing.ENOUGH) -> Pair:
    return Pair(score, left, right, enough)


def test_the_greatest_sum_is_chosen_not_the_best_pair() -> None:
    assert chosen(pair(9.0, 0, 1), pair(8.0, 0, 3), pair(8.5, 2, 1)) == {0: 3, 2: 1}


def test_a_half_is_used_once() -> None:
    assert chosen(pair(9.0, 0, 1), pair(6.0, 2, 1)) == {0: 1}


def test_too_little_evidence_makes_no_joint() -> None:
    assert chosen(pair(2.9, 0, 1)) == {}


def test_weak_evidence_counts_only_without_a_rival() -> None:
    weak = pair(1.0, 0, 1, pairing.ENOUGH_ADJACENT)
    assert chosen(weak) == {0: 1}
    assert chosen(weak, pair(0.9, 0, 3, pairing.ENOUGH_ADJACENT)) == {}


def test_a_pair_is_as_sure_as_it_is_better_than_its_rivals() -> None:
    found = pairing.choose([pair(9.0, 0, 1), pair(8.8, 2, 1), pair(7.0, 4, 5)])
    assert found[0].margin == pytest.approx(0.2)
    assert found[4].margin == 9.0


@settings(max_examples=30, deadline=None)
@given(text=st.text("甲乙丙\n", max_size=60), gram=st.text("甲乙丙", min_size=1, max_size=4))
def test_a_string_occurs_at_the_same_places_in_a_short_text_and_a_long_one(text: str, gram: str) -> None:
    expected = [at for at in range(len(text)) if text.startswith(gram, at)]
    assert list(Occurrences(text).of(gram)) == expected
    assert list(Occurrences(text + LONG).of(gram)) == expected


LONG = "丁" * 100_001

"""Words, their tags and places, and the terms that come with the package."""

from __future__ import annotations

import re

import pytest

from studytool.numerals import value
from studytool.words import cut, is_word, tagged, terms

TEXT = "坚持以人民为中心，加快发展新质生产力。"


def test_words_are_the_text_without_gaps() -> None:
    words = tagged(TEXT)
    assert "".join(word.text for word in words) == TEXT
    assert all(TEXT[word.start : word.end] == word.text for word in words)
    assert [word.text for word in words] == list(cut(TEXT))


def test_words_carry_a_part_of_speech() -> None:
    tags = {word.text: word.tag for word in tagged("天津的企业")}
    assert tags["天津"] == "ns"
    assert tags["企业"] == "n"


def test_an_everyday_word_is_not_the_place_of_that_name() -> None:
    assert next((word.text, word.tag) for word in tagged("新建道路50公里")) == ("新建", "v")


@pytest.mark.parametrize(("text", "known"), [("人民", True), ("人民为", False)])
def test_a_word_is_one_entry_of_the_dictionary(text: str, known: bool) -> None:
    assert is_word(text) == known


def test_well_known_terms_have_their_members_in_order() -> None:
    assert terms()["四个意识"] == ("政治意识", "大局意识", "核心意识", "看齐意识")
    assert terms()["五位一体"][0] == "经济建设"


@pytest.mark.parametrize(
    "name", [name for name in terms() if re.match(r"[一二三四五六七八九十两][个大][^、]+$", name)]
)
def test_a_term_has_as_many_members_as_its_name_says(name: str) -> None:
    assert len(terms()[name]) == value(name[0])


@pytest.mark.parametrize("name", list(terms()))
def test_the_members_of_a_term_are_different(name: str) -> None:
    assert len(set(terms()[name])) == len(terms()[name]) >= 2

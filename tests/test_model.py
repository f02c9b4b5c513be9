"""Text keeps its way back to the source, whatever is cut from it and joined to it; and is shown so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.model import Item, Passage, Piece, Span

SOURCE = "天津港 集装箱\n航线达到 145条"
READ = Passage("天津港集装箱航线达到145条", (Piece(0, 0), Piece(3, 4), Piece(6, 8), Piece(10, 13)))


def cut(spans: tuple[Span, ...], text: str = SOURCE) -> str:
    return "".join(span.of(text) for span in spans)


def test_the_ranges_of_a_passage_give_its_text() -> None:
    assert cut(READ.ranges()) == READ.text


def test_each_character_knows_its_place() -> None:
    assert all(SOURCE[READ.source_at(i)] == char for i, char in enumerate(READ.text))


@given(st.integers(0, len(READ.text)), st.integers(0, len(READ.text)))
def test_a_part_of_a_passage_keeps_its_ranges(a: int, b: int) -> None:
    span = Span(min(a, b), max(a, b))
    part = READ.cut(span)
    assert part.text == span.of(READ.text)
    assert cut(part.ranges()) == part.text == cut(READ.ranges(span))


@given(st.integers(0, len(READ.text)))
def test_cutting_and_joining_again_changes_nothing(at: int) -> None:
    left, right = READ.cut(Span(0, at)), READ.cut(Span(at, len(READ.text)))
    assert Passage.joined((left, right)) == READ


def test_passages_from_far_apart_join_in_reading_order() -> None:
    joined = Passage.joined((READ.cut(Span(10, 14)), READ.cut(Span(0, 3))))
    assert joined.text == "145条天津港"
    assert cut(joined.ranges()) == joined.text


@pytest.mark.parametrize(
    ("evidence", "ranges", "shown"),
    [
        ("第一句。第二句。", [(0, 4), (4, 8)], "第一句。第二句。"),
        ("第一句。第二句。", [(0, 4), (7, 11)], "第一句。第二句。"),  # the next paragraph
        ("第一句。第二句。", [(0, 4), (40, 44)], "第一句。……第二句。"),
        ("第二句。第一句。", [(40, 44), (0, 4)], "第二句。……第一句。"),
        ("第一句分成两栏。", [(0, 4), (400, 404)], "第一句分成两栏。"),  # one sentence, in two columns
        ("改过的依据。", [(0, 4)], "改过的依据。"),
        ("录入的依据。", [], "录入的依据。"),
    ],
)
def test_what_the_source_says_between_two_sentences_is_shown_as_left_out(
    make_item: Callable[..., Item], evidence: str, ranges: list[tuple[int, int]], shown: str
) -> None:
    item = make_item(1, evidence=evidence, ranges=tuple(Span(*one) for one in ranges))
    assert item.quotation == shown

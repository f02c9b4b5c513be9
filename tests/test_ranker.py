"""Which words of a sentence an examiner would blank."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from studytool import data
from studytool.model import KnowledgeKind, Span
from studytool.ranker import MOST, RankedSpan, rank
from studytool.ranker.candidates import candidates
from studytool.ranker.features import joint_features, left_features, right_features
from studytool.ranker.scene import Scene
from studytool.ranker.weights import SLOTS, pieces, weights
from studytool.words import tagged

SENTENCES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "fixtures" / "ranker.toml").read_text(encoding="utf-8")
)["sentence"]
NAMES = [case["name"] for case in SENTENCES]
SERIES = "全市要做到思想统一、步调一致、行动有力、保障到位。"


def offered(text: str) -> list[str]:
    return [one.span.of(text) for one in rank(text)]


@pytest.mark.parametrize("case", SENTENCES, ids=NAMES)
def test_what_an_examiner_would_blank_is_among_the_first_three(case: dict[str, Any]) -> None:
    assert set(offered(case["text"])[:3]) & set(case["among"])


@pytest.mark.parametrize("case", SENTENCES, ids=NAMES)
def test_no_broken_span_is_offered_at_all(case: dict[str, Any]) -> None:
    text = case["text"]
    possible = {text[span.start : span.end] for span in candidates(text, tagged(text))}
    assert not possible & set(case["never"])


@pytest.mark.parametrize("case", SENTENCES, ids=NAMES)
def test_the_kind_of_knowledge_a_blank_asks_for(case: dict[str, Any]) -> None:
    wanted = case["asks"]
    kinds = {one.span.of(case["text"]): one.asks for one in rank(case["text"])}
    assert kinds[wanted["span"]] == KnowledgeKind(wanted["kind"])


def assert_sound(text: str, ranked: tuple[RankedSpan, ...]) -> None:
    """Spans lie in the text, no two alike, best first; chances sum to at most one."""
    spans = [one.span for one in ranked]
    assert len(set(spans)) == len(spans) <= MOST
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    scores = [one.score for one in ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert sum(scores) <= 1.001


@pytest.mark.parametrize(
    "text",
    [
        "民",
        "a",
        "studytool build --jobs 4",
        "3.14159",
        "\x00\u202e\u200b",
        "😀党的建设😀",
        "“”《》（）、，。",
        "“未合上的引号，《未合上的书名",
        "，，，，要坚持，，，，",
        " \t\u3000",
    ],
)
def test_odd_text_gets_a_sound_answer(text: str) -> None:
    assert_sound(text, rank(text))


def test_text_without_words_has_nothing_to_blank() -> None:
    assert rank("") == ()
    assert rank("，。；") == ()


@pytest.mark.parametrize(
    "part", ["人", "推进治理体系和治理能力现代化", "A1、", "“", "《》", "（）", "9", "要坚持，"]
)
def test_two_thousand_characters_are_no_trouble(part: str) -> None:
    text = (part * 2000)[:2000]
    assert_sound(text, rank(text))


def test_the_same_sentence_is_always_ranked_the_same() -> None:
    first = rank(SERIES)
    weights.cache_clear()
    data.text.cache_clear()
    assert rank(SERIES) == first


def test_a_sentence_in_a_second_copy_of_itself_is_given_away() -> None:
    """What stands twice is less worth blanking than what stands once."""
    once = {one.span: one.score for one in rank("社区把老年食堂称作幸福小灶，居民欢迎。")}
    twice = {one.span: one.score for one in rank("社区把老年食堂称作幸福小灶，居民欢迎幸福小灶。")}
    assert twice.get(Span(9, 13), 0) < once[Span(9, 13)]


def test_what_is_shipped_is_small_and_whole() -> None:
    raw = data.text("ranker.json")
    shipped = json.loads(raw)
    assert len(raw.encode()) < 1_500_000
    assert all(len(shipped["worth"][slot]) == len(shipped["words"].split(" ")) for slot in SLOTS)
    assert 0.5 <= weights().temperature <= 2


def test_the_features_of_today_are_those_the_weights_were_learned_for() -> None:
    """A feature renamed without training anew would silently weigh nothing."""
    known = weights()
    seen: dict[str, set[str]] = {"left": set(), "right": set(), "joint": set()}
    together = "".join(case["text"] for case in SENTENCES)
    for text in [*(case["text"] for case in SENTENCES), together]:
        scene = Scene(text, tagged(text))
        for span in candidates(text, scene.words):
            seen["left"].update(left_features(scene, span))
            seen["right"].update(right_features(scene, span))
            seen["joint"].update(joint_features(scene, span, known.count, known.on_lists))
    for names in seen.values():
        assert {name[0] for name in names} == {name[0] for name in names if name in known.names}


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("治理", ["治理"]),
        ("治理体系", ["治理", "体系"]),
        ("甲治理", ["治理"]),
        ("乙", []),
        ("AB", []),
    ],
)
def test_an_unlisted_word_is_read_as_the_longest_listed_ones(word: str, parts: list[str]) -> None:
    assert pieces(word, {"治理", "体系", "治"}) == parts

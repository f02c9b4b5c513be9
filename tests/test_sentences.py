"""Sentences are whole, know their times, and carry the doubts of what they stand in."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from studytool import sentences
from studytool.articles import reconstruct
from studytool.model import (
    Article,
    Block,
    BlockKind,
    Document,
    Doubt,
    DoubtKind,
    Paragraph,
    Passage,
    Role,
    Sentence,
    Source,
    Span,
)

FIXTURES = Path(__file__).parent / "fixtures" / "sentences"
SEEDS = Path(__file__).parent.parent / "seeds"


def cases(table: str) -> list[Any]:
    rows = tomllib.loads((FIXTURES / "sentences.toml").read_text(encoding="utf-8"))[table]
    return [pytest.param(row, id=row.get("name") or row["text"]) for row in rows]


def article(*texts: str, day: date | None = None) -> Article:
    paragraphs = tuple(Paragraph(Passage.whole(text), "一、总体要求") for text in texts)
    return Article("a", "a.txt", "题目", paragraphs, published_on=day)


@cache
def of_seed(number: str) -> tuple[Sentence, ...]:
    path = next(SEEDS.glob(f"{number}_*.txt"))
    text = path.read_bytes().decode("utf-8")
    whole = Document(
        Source("/" + path.name, path.name, "0"), text, (Block(BlockKind.LINES, Span(0, len(text))),)
    )
    return tuple(s for a in reconstruct(whole) for s in sentences.split(a))


@pytest.mark.parametrize("case", cases("paragraph"))
def test_a_paragraph_has_these_sentences(case: dict[str, Any]) -> None:
    found = sentences.split(article("".join(case["sentences"])))
    assert [s.text for s in found] == case["sentences"]
    assert [s.opens for s in found] == [True] + [False] * (len(found) - 1)


@pytest.mark.parametrize("case", cases("dateline"))
def test_a_dateline_is_no_part_of_the_first_sentence(case: dict[str, Any]) -> None:
    (found,) = sentences.split(article(case["text"]))
    assert found.text == case["sentence"]


@pytest.mark.parametrize("case", cases("head"))
def test_a_title_run_together_with_the_text_is_no_part_of_it(case: dict[str, Any]) -> None:
    (found,) = sentences.split(replace(article(case["text"]), title=case["title"]))
    assert found.text == case["sentence"]


@pytest.mark.parametrize("case", cases("time"))
def test_a_time_is_resolved_where_it_is_sure(case: dict[str, Any]) -> None:
    before = [case["paragraph"]] if "paragraph" in case else []
    told = article("".join([*before, case["text"]]), day=case.get("day"))
    found = sentences.split(replace(told, title=case.get("title", told.title)))
    assert [time.resolved or "" for time in found[-1].times] == case["resolved"]


def test_a_quotation_that_is_never_closed_does_not_swallow_the_paragraph() -> None:
    found = sentences.split(article("他说，“要抓好落实。" + "各项工作扎实推进，取得新进展。" * 80))
    assert len(found) > 30


def test_headings_are_no_sentences_and_sections_go_along() -> None:
    one = article("坚持党的领导。", "坚持稳中求进。")
    heading = replace(one.paragraphs[0], role=Role.HEADING)
    (only,) = sentences.split(replace(one, paragraphs=(heading, one.paragraphs[1])))
    assert (only.text, only.section, only.paragraph, only.index) == ("坚持稳中求进。", "一、总体要求", 1, 0)


def test_a_doubt_stays_with_its_sentence_and_moves_to_its_place() -> None:
    text = "空气质量持续改善。全市PM25平均浓度下降。"
    doubt = Doubt(DoubtKind.RECOGNITION, Span(11, 15), "PM25", "缺小数点")
    paragraph = Paragraph(Passage.whole(text), doubts=(doubt,))
    clean, doubtful = sentences.split(Article("a", "a.txt", "题目", (paragraph,)))
    assert clean.doubts == ()
    assert [d.span.of(doubtful.text) for d in doubtful.doubts] == ["PM25"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("各项工作扎实推进。", []),
        ("要做好以下工作：", []),
        ("推动各项工作扎实", [DoubtKind.OPEN_JOINT]),
        ("立足“一基地三区功能定位。", [DoubtKind.QUOTES]),
        ("1）坚持党的领导。", []),
    ],
)
def test_a_sentence_without_its_end_or_its_marks_is_doubted(text: str, kinds: list[DoubtKind]) -> None:
    (found,) = sentences.split(article(text))
    assert [doubt.kind for doubt in found.doubts] == kinds


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_sentences_of_a_seed_end_as_sentences_do(number: str) -> None:
    assert [s.text for s in of_seed(number) if s.text[-1] not in "。！？”）…；：—"] == []


def test_halves_brought_together_from_afar_are_held_back_unless_sure() -> None:
    (joined,) = [s for s in of_seed("001") if "需要投资周期长" in s.text]
    assert [doubt.kind for doubt in joined.doubts] == [DoubtKind.OPEN_JOINT]


def test_halves_of_neighbouring_columns_are_not_held_back() -> None:
    (joined,) = [s for s in of_seed("001") if "宣传马克思主义的阵地" in s.text]
    assert joined.doubts == ()


def test_the_slips_of_a_seed_are_found() -> None:
    def slips(number: str) -> set[str]:
        return {d.text for s in of_seed(number) for d in s.doubts if d.kind is DoubtKind.RECOGNITION}

    assert slips("002") == {"PM25", "一", "一体化建"}
    assert slips("004") == {"思想思想", "市委书"}


def test_history_in_a_magazine_keeps_its_own_years() -> None:
    resolved = {s.text[:6]: t.resolved for s in of_seed("001") for t in s.times}
    assert resolved["5月14日、"] == "1919年5月14日"
    assert resolved["1月14日上"] == "1949年1月14日"

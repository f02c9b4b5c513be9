"""Parts of reports: of which time a sentence is told."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from studytool.items import report_parts
from studytool.items.context import Context
from studytool.model import Article, Passage, Sentence

BOTH = "一、2025年和“十四五”时期工作回顾"
TWO_TIMES = BOTH[2:]


def told(title: str, section: str, texts: Sequence[str]) -> list[str]:
    home = Article(id=title, source="case.txt", title=title, paragraphs=())
    own = [
        Sentence(Passage.whole(text.removeprefix("+")), home, n, n, section, opens=not text.startswith("+"))
        for n, text in enumerate(texts)
    ]
    context = Context((), own)
    return [report_parts.part_of(one, context) for one in own]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2025年是“十四五”收官之年。", "2025年"),
        ("+地区生产总值增长5.5%。", "2025年"),
        ("+党的十八大以来，生态持续改善。", TWO_TIMES),
        ("+高原炊具累计销售5.1亿元。", TWO_TIMES),
        ("一年来，主要做了以下工作。", "2025年"),
        ("消费品以旧换新带动销售额762亿元。", "2025年"),
        ("各位代表！回首过去五年，我们汇聚合力。", TWO_TIMES),
        ("地区生产总值跨过五个千亿台阶。", TWO_TIMES),
        ("2024年，高速公路通车。", TWO_TIMES),
        ("过去一年，全区经济稳中有进。", "2025年"),
        ("+“十四五”时期，城乡面貌一新。", TWO_TIMES),
    ],
)
def test_of_two_times_a_sentence_is_told_of_the_year_from_its_opening_on(text: str, part: str) -> None:
    texts = [
        "2025年是“十四五”收官之年。",
        "+地区生产总值增长5.5%。",
        "+党的十八大以来，生态持续改善。",
        "+高原炊具累计销售5.1亿元。",
        "一年来，主要做了以下工作。",
        "消费品以旧换新带动销售额762亿元。",
        "各位代表！回首过去五年，我们汇聚合力。",
        "地区生产总值跨过五个千亿台阶。",
        "2024年，高速公路通车。",
        "过去一年，全区经济稳中有进。",
        "+“十四五”时期，城乡面貌一新。",
    ]
    assert told("2026年河东省政府工作报告", BOTH, texts)[texts.index(text)] == part


@pytest.mark.parametrize(
    ("title", "section", "part"),
    [
        ("2026年河东省政府工作报告", "一、2025年工作回顾", "2025年工作回顾"),
        ("2026年河东省政府工作报告", "二、“十五五”时期和2026年工作安排", "“十五五”时期和2026年工作安排"),
        ("2026年河东省政府工作报告", "一、加快发展", ""),
        ("河东省见闻", "一、2025年工作回顾", ""),
    ],
)
def test_a_part_is_told_as_its_heading_says(title: str, section: str, part: str) -> None:
    assert told(title, section, ["2026年，抓好八项工作。"]) == [part]

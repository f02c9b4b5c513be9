"""Reports of speeches: whose words a sentence is, and what is said of them in a stem."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from studytool.items import speeches
from studytool.items.context import Context
from studytool.model import Article, Passage, Sentence, Span, TimeMention

CASES = tomllib.loads((Path(__file__).parent / "fixtures/items/speeches.toml").read_text(encoding="utf-8"))
BREAK = "next"
TIME = re.compile("〔([^=]+)=([^〕]+)〕")


def report(case: dict[str, Any]) -> Article:
    known = {key: case.get(key) for key in ("kicker", "published_on")}
    return Article(id=case["title"], source="case.txt", title=case["title"], paragraphs=(), **known)


def sentence(text: str, home: Article, index: int, paragraph: int, opens: bool) -> Sentence:
    """A sentence with at most one time in it, marked 〔8日=2024年1月8日〕."""
    time = TIME.search(text)
    times = (TimeMention(Span(time.start(), time.start() + len(time[1])), time[2]),) if time else ()
    plain = Passage.whole(TIME.sub(r"\1", text))
    return Sentence(plain, home, index, paragraph, opens=opens, times=times)


def sentences(case: dict[str, Any], home: Article) -> list[Sentence]:
    found: list[Sentence] = []
    paragraph, opens = 0, True
    for told, text in case["told"]:
        if told == BREAK:
            paragraph, opens = paragraph + 1, True
            continue
        found.append(sentence(text, home, len(found), paragraph, opens))
        opens = False
    return found


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["name"])
def test_a_sentence_is_told_as_said_by_whoever_says_it_and_by_nobody_else(case: dict[str, Any]) -> None:
    own = sentences(case, report(case))
    context = Context((), own)
    said = [speeches.said_at(one, context) or "" for one in own]
    assert said == [told for told, _ in case["told"] if told != BREAK]


@pytest.mark.parametrize(
    ("before", "kept", "demanded"),
    [
        ("习近平强调，要加强党对反腐败斗争的集中统一领导。", "要持续保持惩治腐败高压态势。", True),
        ("习近平指出，各级党委要切实强化领导。", "要持续保持惩治腐败高压态势。", False),
        ("习近平强调，纪检监察机关是推进自我革命的重要力量。", "要进一步筑牢政治忠诚。", False),
        ("习近平指出，要深化改革。", "开辟了百年大党自我革命新境界。", False),
    ],
)
def test_what_is_demanded_of_everybody_needs_no_subject(before: str, kept: str, demanded: bool) -> None:
    case = {"title": "习近平在二十届中央纪委三次全会上强调 深入推进", "told": [["", before], ["", kept]]}
    own = sentences(case, report(case))
    assert speeches.demands(own[1], Span(0, len(kept)), Context((), own)) is demanded

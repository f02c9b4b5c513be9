"""Long sentences of which a part is asked: who does it, and of what it is told."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from studytool.items.context import Context
from studytool.items.frame import blanks
from studytool.items.stems import framed
from studytool.model import Article, Passage, Sentence, Span, TimeMention

CASES = tomllib.loads((Path(__file__).parent / "fixtures/items/agents.toml").read_text(encoding="utf-8"))
MARK = re.compile("【([^】]+)】|〔([^=]+)=[?]〕")


def marked(text: str) -> tuple[Sentence, Span]:
    """A sentence with what is asked of it marked 【…】, and a time that nobody knows 〔今年=?〕."""
    plain, asked, times, at = "", Span(0, 0), list[TimeMention](), 0
    for mark in MARK.finditer(text):
        plain += text[at : mark.start()]
        words = mark[1] or mark[2]
        span = Span(len(plain), len(plain) + len(words))
        plain, at = plain + words, mark.end()
        if mark[1]:
            asked = span
        else:
            times.append(TimeMention(span, None))
    home = Article(id="案例", source="case.txt", title="案例", paragraphs=())
    return Sentence(Passage.whole(plain + text[at:]), home, 0, 0, times=tuple(times)), asked


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["name"])
def test_what_is_asked_of_a_long_sentence_is_told_with_whoever_does_it(case: dict[str, Any]) -> None:
    sentence, asked = marked(case["text"])
    frame = framed(sentence, (asked,), Context((), [sentence]))
    assert frame.worded(*blanks((asked,))).removeprefix(frame.anchor) == case["said"]

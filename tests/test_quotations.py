"""Pages of quotations: whose each quotation is, and on which day its 今年 hangs."""

from __future__ import annotations

import time
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from studytool import sentences
from studytool.articles import quotation_pages, reconstruct
from studytool.items import quoted, speeches
from studytool.items.context import Context
from studytool.model import Article, Block, BlockKind, Document, Role, Sentence, Source, Span

FIXTURE = Path(__file__).parent / "fixtures" / "articles" / "quotations.toml"
IN_A_MOMENT = 0.05  # seconds; trying each way to divide it took a quarter of one
PAGES = tomllib.loads(FIXTURE.read_text(encoding="utf-8"))["page"]


def pieces(text: str) -> tuple[Article, ...]:
    return reconstruct(
        Document(Source("/page.txt", "page.txt", "0"), text, (Block(BlockKind.LINES, Span(0, len(text))),))
    )


def before(sentence: Sentence, context: Context) -> str:
    return "-" if quoted.is_nobodys(sentence) else speeches.said_at(sentence, context) or ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["name"])
def test_each_quotation_is_told_as_the_page_cites_it(page: dict[str, Any]) -> None:
    found = pieces(page["text"])
    own = [sentence for article in found for sentence in sentences.split(article)]
    context = Context((), own)
    assert [article.title for article in found] == page["articles"]
    assert [[before(one, context), one.text] for one in own][: len(page["told"])] == page["told"]


def test_what_cites_is_kept_but_is_no_sentence() -> None:
    (page,) = pieces(PAGES[0]["text"])
    cited = [p.passage.text for p in page.paragraphs if p.role is Role.CREDIT]
    assert [text[:8] for text in cited] == ["——2016年2", "——2020年1", "——2018年4"]
    assert not any("——" in one.text for one in sentences.split(page))


def test_this_year_in_a_quotation_is_the_year_it_was_said_in() -> None:
    text = PAGES[0]["text"].replace("要重视调查研究", "今年要重视调查研究")
    (page,) = pieces(f"{text}（2023年4月5日）\n")
    (said,) = [one for one in sentences.split(page) if "今年" in one.text]
    assert [time.resolved for time in said.times] == ["2016年"]


def test_a_line_of_years_is_looked_at_in_a_moment() -> None:
    line = "——习近平在大会上的讲话" + "2016年" * 20 + "等"
    began = time.perf_counter()
    assert quotation_pages.credited_at(line) is None
    assert time.perf_counter() - began < IN_A_MOMENT


@pytest.mark.parametrize(
    ("line", "cited"),
    [
        ("——2016年2月23日，习近平在第二十一次会议时的讲话", date(2016, 2, 23)),
        ("（2014年2月27日在中央网络安全和信息化领导小组第一次会议上的讲话）", date(2014, 2, 27)),
        ("——摘自《论持久战》（1938年5月26日）", date(1938, 5, 26)),
        ("——《关于工商业政策》（1948年2月27日）", date(1948, 2, 27)),
        ("——写在2016年7月1日", None),
        ("——访市委书记2016年7月1日", None),
        ("（2016年7月1日）", None),
        ("2016年7月1日，习近平在大会上的讲话", None),
    ],
)
def test_a_line_cites_where_it_says_who_spoke_where_and_when(line: str, cited: date | None) -> None:
    assert (quotation_pages.credited_at(line) == 0) is (cited is not None)

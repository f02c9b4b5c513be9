"""What is worth asking: every rule by its cases, and what holds of all knowledge of a real document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from studytool.knowledge import RULES, find
from studytool.limits import LONGEST_SENTENCE
from studytool.model import (
    Article,
    Doubt,
    DoubtKind,
    Knowledge,
    KnowledgeKind,
    Paragraph,
    Passage,
    Role,
    Sentence,
    Span,
    TimeMention,
)
from studytool.numerals import value

CASES = Path(__file__).parent / "fixtures" / "knowledge"
NAMES = [name for name, _, _ in RULES]


class Expected(NamedTuple):
    """What a case says should be found; None where it does not say."""

    values: tuple[str, ...]
    cue: str | None
    members: tuple[str, ...] | None
    closed: bool


class Case(NamedTuple):
    rule: str
    title: str
    lines: tuple[str, ...]
    expected: tuple[Expected, ...]
    article: str


def _cases() -> Iterator[Case]:
    for name in NAMES:
        text = (CASES / f"{name}.md").read_text(encoding="utf-8")
        for block in f"\n{text}".split("\n## ")[1:]:
            title, *lines = (line.strip() for line in block.splitlines() if line.strip())
            told = [line[2:] for line in lines if line.startswith("- ")]
            said = tuple(line for line in lines if not line.startswith(("- ", "# ")))
            article = next((line[2:] for line in lines if line.startswith("# ")), UNTITLED)
            yield Case(name, title, said, tuple(_expected(line) for line in told if line != "无"), article)


def _expected(line: str) -> Expected:
    line, equals, members = line.partition("＝")
    found, _, cue = line.partition("←")
    closed = found.strip().endswith("（全）")
    values = tuple(found.strip().removesuffix("（全）").split("｜"))
    listed = tuple(m for m in members.strip().split("｜") if m)
    return Expected(values, cue.strip() or None, listed if equals else None, closed)


UNTITLED = "一篇文章"


def sentences(*texts: str, title: str = UNTITLED) -> tuple[Sentence, ...]:
    article = Article("a1", "file.txt", title, ())
    return tuple(Sentence(Passage.whole(text), article, at, 0) for at, text in enumerate(texts))


def _of(found: Sequence[Knowledge], rule: str) -> list[Knowledge]:
    return [knowledge for knowledge in found if knowledge.rule == rule]


@pytest.mark.parametrize("case", list(_cases()), ids=lambda case: f"{case.rule}：{case.title}")
def test_a_rule_finds_what_its_cases_say(case: Case) -> None:
    found = _of(find(sentences(*case.lines, title=case.article)), case.rule)
    assert [knowledge.values for knowledge in found] == [expected.values for expected in case.expected]
    for knowledge, expected in zip(found, case.expected, strict=True):
        if expected.cue is not None:
            assert knowledge.cue is not None
            assert knowledge.cue.of(knowledge.sentence.text) == expected.cue
        if expected.members is not None:
            assert knowledge.member_texts == expected.members
        if knowledge.kind is KnowledgeKind.LIST:
            assert knowledge.closed == expected.closed


def test_every_rule_has_cases_for_and_against_it() -> None:
    for name in NAMES:
        outcomes = {bool(case.expected) for case in _cases() if case.rule == name}
        assert outcomes == {True, False}, name


def test_every_rule_gives_a_reason() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert all(reason for _, _, reason in RULES)


def test_a_doubtful_sentence_yields_nothing() -> None:
    (sound,) = sentences("高质量发展是全面建设社会主义现代化国家的首要任务。")
    doubt = Doubt(DoubtKind.QUOTES, Span(0, 1), "高", "引号不成对")
    doubtful = Sentence(sound.passage, sound.article, 0, 0, doubts=(doubt,))
    assert find([sound])
    assert find([doubtful]) == ()


@pytest.mark.parametrize(("resolved", "count"), [(None, 0), ("2024年", 1)])
def test_a_figure_of_an_unknown_year_is_not_asked(resolved: str | None, count: int) -> None:
    (dated,) = sentences("今年新建学校12所。")
    mention = TimeMention(Span(0, 2), resolved)
    told = Sentence(dated.passage, dated.article, 0, 0, times=(mention,))
    assert len(_of(find([told]), "figures")) == count


def test_a_sentence_nobody_could_read_is_not_looked_through() -> None:
    text = "天津港{}集装箱航线达到145条，居全国前列。"
    assert find(sentences(text.format("")))
    assert find(sentences(text.format("2024年" * 400_000), text.format(""))) != ()
    assert find(sentences(text.format("1" * LONGEST_SENTENCE))) == ()


def test_the_title_of_an_article_makes_it_a_regulation() -> None:
    text = "处分决定应当在六个月内执行完毕。"
    assert _of(find(sentences(text, title="纪律处分条例")), "regulations")
    assert not _of(find(sentences(text, title="工作回顾")), "regulations")


def test_points_take_their_name_from_the_heading_they_stand_under() -> None:
    heading = Paragraph(Passage.whole("（二）拓展经贸合作", 100), role=Role.HEADING)
    body = Paragraph(Passage.whole("…", 200), section="（二）拓展经贸合作")
    article = Article("a1", "file.txt", "一篇文章", (heading, body))
    texts = ("一是加强城市交往。", "交往越多越好。", "二是提升口岸水平。", "三是促进贸易便利。")
    told = [
        Sentence(Passage.whole(text, 200 + 20 * at), article, at, 1, section="（二）拓展经贸合作")
        for at, text in enumerate(texts)
    ]
    (found,) = _of(find(told), "numbered")
    assert found.cue is not None
    assert found.cue.of(found.sentence.text) == "拓展经贸合作"
    assert found.values == ("加强城市交往", "提升口岸水平", "促进贸易便利")
    assert found.sentence.text == "（二）拓展经贸合作一是加强城市交往。二是提升口岸水平。三是促进贸易便利。"
    assert [span.start for span in found.sentence.passage.ranges()] == [100, 200, 240, 260]
    assert found.sentence.index not in {sentence.index for sentence in told}


def test_joined_sentences_keep_their_times() -> None:
    first, second, third = sentences("工作分三步：一是摸清底数。", "二是今年完成整改。", "三是建立制度。")
    dated = replace(second, times=(TimeMention(Span(2, 4), "2024年"),))
    (found,) = _of(find([first, dated, third]), "numbered")
    (time,) = found.sentence.times
    assert time.span.of(found.sentence.text) == "今年"


def test_doubtful_points_are_not_joined() -> None:
    first, second, third = sentences("工作分三步：一是摸清底数。", "二是完成整改。", "三是建立制度。")
    doubtful = replace(second, doubts=(Doubt(DoubtKind.QUOTES, Span(0, 1), "二", "引号不成对"),))
    assert _of(find([first, doubtful, third]), "numbered") == []


@pytest.mark.parametrize(
    ("greater", "lesser"),
    [
        ("全市地区生产总值增长9.2%。", "合作社年收入约130万元。"),
        ("高速公路网密度居全国第二，覆盖率达到98%。", "店铺年销售额达到98万元。"),
        ("全市建成绿色工厂69家。", "短短10天建成绿色工厂69家。"),
        ("力争新增企业620家。", "展览馆开展活动620场次。"),
    ],
)
def test_totals_and_targets_are_worth_more_than_details(greater: str, lesser: str) -> None:
    more, less = (_of(find(sentences(text)), "figures")[0] for text in (greater, lesser))
    assert more.weight > less.weight


def test_what_an_authority_says_is_worth_more_than_an_authors_phrase() -> None:
    said, written = (
        _of(find(sentences(text)), "definition_terms")[0]
        for text in (
            "习近平总书记指出，高质量发展是全面建设社会主义现代化国家的首要任务。",
            "因地制宜是发展新质生产力的重要基础。",
        )
    )
    assert said.weight > written.weight + 0.2


def test_members_are_not_looked_for_in_a_series_that_goes_on() -> None:
    (found,) = _of(
        find(sentences("坚持“五链”融合。", "推动创新链、产业链、供应链、资金链、人才链等融合。")),
        "abbreviations",
    )
    assert found.members == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("208", 208),
        ("十二", 12),
        ("二十", 20),
        ("二〇三五", 2035),
        ("一百零五", 105),
        ("三万五千", 35000),
        ("若干", None),
    ],
)
def test_a_numeral_has_its_value(text: str, number: int | None) -> None:
    assert value(text) == number


# ---- a real document ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seed(request: pytest.FixtureRequest) -> tuple[Sentence, ...]:
    """The lines of a seed as sentences: rough, and so a hard test of what must hold anyway."""
    path = Path(__file__).parent.parent / "seeds" / "000_0e9778c0d8edd790.txt"
    text = path.read_text(encoding="utf-8")
    return sentences(*(part for part in re.split(r"(?<=[。！？])|\n", text) if len(part) > 5))


def test_knowledge_of_a_document_keeps_the_order_of_its_sentences(seed: tuple[Sentence, ...]) -> None:
    places = [knowledge.sentence.index for knowledge in find(seed)]
    assert len(places) > 100
    assert places == sorted(places)


def test_spans_are_inside_their_sentence_and_not_empty(seed: tuple[Sentence, ...]) -> None:
    for knowledge in find(seed):
        size = len(knowledge.sentence.text)
        for span in (*knowledge.spans, *([knowledge.cue] if knowledge.cue else [])):
            assert 0 <= span.start < span.end <= size
        assert all(member.strip() for member in knowledge.member_texts)
        assert 0 <= knowledge.weight <= 1


def test_nothing_is_found_twice_in_a_sentence(seed: tuple[Sentence, ...]) -> None:
    keys = [(k.sentence.index, k.kind, k.spans) for k in find(seed)]
    assert len(keys) == len(set(keys))


def test_members_of_an_abbreviation_are_as_many_as_it_says(seed: tuple[Sentence, ...]) -> None:
    counted = {k.values[0]: len(k.members) for k in find(seed) if k.members}
    assert counted["五链"] == 5
    assert counted["四张清单"] == 4


def test_the_same_sentences_give_the_same_knowledge(seed: tuple[Sentence, ...]) -> None:
    assert find(seed) == find(seed)

"""Which provision of a regulation a sentence stands in, and whose doings a clause tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studytool.items import provisions
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.frame import Frame
from studytool.items.identity import item_id
from studytool.items.stems import framed
from studytool.items.subjects import has_subject
from studytool.model import Article, ItemKind, Knowledge, KnowledgeKind, Passage, Sentence, Span
from studytool.words import tagged

LAW = Article(id="法", source="法.txt", title="中国共产党组织工作条例", paragraphs=())


def sentences(*paragraphs: str) -> tuple[Sentence, ...]:
    """The sentences of the law, each ended by 。, in these paragraphs."""
    found: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs):
        for at, text in enumerate(filter(None, paragraph.split("。"))):
            whole = Passage.whole(f"{text}。")
            found.append(Sentence(whole, LAW, len(found), number, opens=at == 0))
    return tuple(found)


NUMBERED = {
    "its own number": ("第一条　甲。 第二条　乙。", "第一条 第二条"),
    "later sentences and paragraphs": ("第一条　甲。乙。 丙。 第二条　丁。", "第一条 第一条 第一条 第二条"),
    "before the first": ("序言。 第一条　甲。 第二条　乙。", "- 第一条 第二条"),
    "the next number is lost": ("第一条　甲。乙。 第三条　丙。", "第一条 - 第三条"),
    "behind the last, in its paragraph": ("第一条　甲。 第二条　乙。丙。", "第一条 第二条 第二条"),
    "behind the last, in another": ("第一条　甲。 第二条　乙。 附录。", "第一条 第二条 -"),
    "another law begins": ("第八条　甲。乙。 第一条　丙。", "第八条 - 第一条"),
    "one that is only named": ("第一条　甲。 第一条规定的情形。 第二条　乙。", "第一条 第一条 第二条"),
    "in digits": ("第9条　甲。乙。 第10条　丙。", "第9条 第9条 第10条"),
}


@pytest.mark.parametrize(("law", "expected"), NUMBERED.values(), ids=NUMBERED)
def test_a_sentence_stands_in_the_provision_whose_next_number_follows(law: str, expected: str) -> None:
    told = sentences(*law.split(" "))
    found = (provisions.number_of(one, Context((), told)) for one in told)
    assert " ".join(number or "-" for number in found) == expected


def test_what_stands_before_in_a_provision_is_of_it_alone() -> None:
    told = sentences("第一条　甲。", "第二条　乙。丙。", "丁。", "第三条　戊。")
    before = provisions.before(told[3], Context((), told))
    assert [one.text for one in before] == ["第二条　乙。", "丙。"]


CASES = {
    "the sentence before, in its paragraph": ("第一条　甲应当通知乙。丙应当回复。", "第一条　甲应当通知乙。"),
    "all of them": ("第一条　甲应当通知乙。丙应当回复。丁可以不服。", "第一条　甲应当通知乙。丙应当回复。"),
    "what stands in another paragraph is not told": ("第一条　甲。乙。 丙应当回复。", ""),
    "too many to be told": ("第一条　甲。乙。丙。丁应当回复。", ""),
    "too long to be told": (f"第一条　{'甲' * 120}。乙应当回复。", ""),
    "no rule": ("第一条　甲应当通知乙。丙是丁。", ""),
    "of the Party": ("第一条　甲应当通知乙。党员应当回复。", ""),
    "of nobody in the Party, whom the sentence before names": (
        "第一条　预备党员应当接受考察。具备党员条件的，应当按期转正。",
        "第一条　预备党员应当接受考察。",
    ),
    "without a number": ("甲应当通知乙。丙应当回复。", ""),
}


@pytest.mark.parametrize(("law", "expected"), CASES.values(), ids=CASES)
def test_the_case_of_a_rule_is_what_its_paragraph_has_said(law: str, expected: str) -> None:
    told = sentences(*law.split(" "))
    assert "".join(one.text for one in provisions.case(told[-1], Context((), told))) == expected


def test_a_question_is_the_same_with_its_case_or_without() -> None:
    told = sentences("第一条　甲应当通知乙。丙应当自收到通知之日起五日内回复。")
    found = Knowledge(KnowledgeKind.RULE, told[1], (Span(10, 12),), rule="case", weight=0.7)
    frame = framed(told[1], found.spans, Context((), told))
    assert frame.case == told[:1]
    ids = {item_id(_draft(found, each)) for each in (frame, replace(frame, case=()))}
    assert len(ids) == 1


def _draft(found: Knowledge, frame: Frame) -> Draft:
    key = found.values
    return Draft(ItemKind.CLOZE, found, frame, frame.worded(), key, frame.evidence, asked=key, fit=1.0)


@pytest.mark.parametrize(
    "clause", ["被告人有权获得辩护", "人民政协要紧紧围绕工作大局", "重庆港达到145条", "实事求是是活的灵魂"]
)
def test_a_clause_says_whose_doings_it_tells(clause: str) -> None:
    assert has_subject(Span(0, len(clause)), tagged(clause))


@pytest.mark.parametrize(
    "clause",
    [
        "被认为是奠基的历史性文件",
        "被授予荣誉称号",
        "拥有国家级平台78个",
        "恪尽职守，",
        "廉洁奉公，",
        "有力维护了国家统一",
        "绝不允许以言代法",
    ],
)
def test_a_clause_does_not_say_whose_doings_it_tells(clause: str) -> None:
    assert not has_subject(Span(0, len(clause)), tagged(clause))

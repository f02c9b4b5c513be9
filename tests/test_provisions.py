"""Which provision of a regulation a sentence stands in, and whose doings a clause tells."""

from __future__ import annotations

import pytest

from studytool.items import provisions
from studytool.items.context import Context
from studytool.items.subjects import has_subject
from studytool.model import Article, Passage, Sentence, Span
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


@pytest.mark.parametrize("clause", ["被告人有权获得辩护", "人民政协要紧紧围绕工作大局", "重庆港达到145条"])
def test_a_clause_says_whose_doings_it_tells(clause: str) -> None:
    assert has_subject(Span(0, len(clause)), tagged(clause))


@pytest.mark.parametrize("clause", ["被认为是奠基的历史性文件", "被授予荣誉称号", "拥有国家级平台78个"])
def test_a_clause_does_not_say_whose_doings_it_tells(clause: str) -> None:
    assert not has_subject(Span(0, len(clause)), tagged(clause))

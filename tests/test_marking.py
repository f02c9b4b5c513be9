"""Marking, case by case from fixtures/marking.md, and the laws every marking keeps."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.marking import difference, mark
from studytool.model import BLANK, Item, ItemKind, KnowledgeKind, Mark

CASES = Path(__file__).parent / "fixtures" / "marking.md"
MARKS = {"对": Mark.RIGHT, "近": Mark.NEARLY, "错": Mark.WRONG}
KINDS = {
    "填空": ItemKind.CLOZE,
    "简答": ItemKind.SHORT_ANSWER,
    "单选": ItemKind.SINGLE_CHOICE,
    "多选": ItemKind.MULTIPLE_RESPONSE,
    "判断": ItemKind.TRUE_FALSE,
    "匹配": ItemKind.MATCHING,
    "排序": ItemKind.ORDERING,
}


def item(
    *key: str,
    kind: ItemKind = ItemKind.CLOZE,
    stem: str = BLANK,
    accepted: tuple[tuple[str, ...], ...] = (),
    evidence: str = "",
) -> Item:
    return Item(
        id="1",
        kind=kind,
        asks=KnowledgeKind.FORMULATION,
        stem=stem,
        key=key,
        accepted=accepted,
        evidence=evidence,
        ranges=(),
        source="a.txt",
        article="题目",
        article_id="a",
        family="f",
    )


def rows(heading: str) -> list[list[str]]:
    """The rows of the table under a heading, without its head."""
    section = CASES.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line] for line in lines[2:]]


def parts(cell: str) -> tuple[str, ...]:
    return tuple("" if part == "∅" else part for part in cell.split("／"))


def asked(cell: str, stem: str, kind: ItemKind = ItemKind.CLOZE) -> Item:
    """The item of a stem and a cell of answers, each with its other writings."""
    answers = tuple(tuple(part.split("＝")) for part in parts(cell))
    return item(*(answer[0] for answer in answers), kind=kind, stem=stem, accepted=answers)


PLAIN = (
    "全角和半角、大小写",
    "空格和标点",
    "书名号和引号",
    "繁体和简体",
    "中文数字和阿拉伯数字",
    "百分数和分数",
    "单位",
    "约、近、超、以上",
    "日期",
    "差一点",
    "不能算差一点",
    "地名、机构和人名的全称",
    "一字之差，另是一事",
    "写法不同，说的是一回事",
    "杂例",
    "列出的其他写法",
)


@pytest.mark.parametrize(("key", "response", "expected"), [row for name in PLAIN for row in rows(name)])
def test_one_blank_is_marked_as_a_teacher_would(key: str, response: str, expected: str) -> None:
    answer, *variants = key.split("＝")
    verdict = mark(item(answer, accepted=((answer, *variants),)), parts(response))
    assert verdict.mark is MARKS[expected], verdict.reason


@pytest.mark.parametrize(
    ("stem", "key", "response", "expected"), [*rows("题干已经说出的字"), *rows("几个空")]
)
def test_the_stem_helps_to_mark_its_blanks(stem: str, key: str, response: str, expected: str) -> None:
    verdict = mark(asked(key, stem), parts(response))
    assert verdict.mark is MARKS[expected], verdict.reason


@pytest.mark.parametrize(("stem", "key", "response", "expected"), rows("简答的题干"))
def test_the_stem_of_a_short_answer_helps_to_mark_it(
    stem: str, key: str, response: str, expected: str
) -> None:
    verdict = mark(asked(key, stem, ItemKind.SHORT_ANSWER), parts(response))
    assert verdict.mark is MARKS[expected], verdict.reason


@pytest.mark.parametrize(("kind", "stem", "key", "response", "reason"), rows("说出的理由"))
def test_the_reason_is_true(kind: str, stem: str, key: str, response: str, reason: str) -> None:
    assert mark(asked(key, stem, KINDS[kind]), parts(response)).reason == reason


@pytest.mark.parametrize(("key", "response", "expected"), rows("简答"))
def test_a_short_answer_is_marked_by_its_points(key: str, response: str, expected: str) -> None:
    verdict = mark(item(*parts(key), kind=ItemKind.SHORT_ANSWER), parts(response))
    assert verdict.mark is MARKS[expected], verdict.reason


@pytest.mark.parametrize(("kind", "key", "response", "expected"), rows("选择、判断、匹配、排序"))
def test_choosing_is_right_or_wrong(kind: str, key: str, response: str, expected: str) -> None:
    verdict = mark(item(*parts(key), kind=KINDS[kind]), parts(response))
    assert verdict.mark is MARKS[expected], verdict.reason


def test_the_file_holds_two_hundred_cases() -> None:
    tables = (*PLAIN, "题干已经说出的字", "几个空", "简答", "简答的题干", "选择、判断、匹配、排序")
    assert sum(len(rows(name)) for name in tables) >= 200


def test_the_reason_says_which_blank_it_concerns() -> None:
    verdict = mark(item("2024", "33", stem="____年，产值____亿元。"), ("2024", "34"))
    assert verdict.parts == (Mark.RIGHT, Mark.WRONG)
    assert verdict.reason == "第2空数字不对"


def test_a_variant_learned_before_counts_as_right() -> None:
    assert mark(item("京津冀协同发展"), ("京津冀一体化",)).mark is Mark.WRONG
    assert mark(item("京津冀协同发展"), ("京津冀一体化",), extra=(("京津冀一体化",),)).mark is Mark.RIGHT


def test_the_source_may_confirm_what_a_response_adds() -> None:
    asked = item("209", evidence="资质资格互认事项增至209项。")
    assert mark(asked, ("209项",)).mark is Mark.RIGHT
    assert mark(asked, ("209家",)).mark is Mark.NEARLY


def test_the_source_excuses_only_what_a_response_adds() -> None:
    assert mark(item("2025年底前", evidence="2025年底前完成。"), ("2025年底",)).mark is Mark.WRONG
    assert mark(item("国务院", evidence="据美国国务院通报。"), ("美国国务院",)).mark is Mark.NEARLY
    assert mark(item("5%", evidence="产值下降5%。"), ("下降5%",)).mark is Mark.NEARLY
    assert mark(item("5%", evidence="产值下降5%。"), ("增长5%",)).mark is Mark.WRONG


def test_the_reason_names_the_unit_where_an_accepted_writing_has_one() -> None:
    asked = item("4", stem="推广____项经验。", accepted=(("4", "4项"),))
    verdict = mark(asked, ("4个",))
    assert (verdict.mark, verdict.reason) == (Mark.NEARLY, "量词应为“项”")


CHINESE = st.text(
    st.sampled_from("党的建设群众路线改革开放发展创新人民一二三四五十百万年月日0123456789.%、“”《》 "),
    max_size=12,
)


@given(CHINESE.filter(lambda key: any(map(str.isalnum, key))))
def test_every_answer_is_right_for_itself(key: str) -> None:
    assert mark(item(key), (key,)).mark is Mark.RIGHT


DENYING = st.sampled_from(
    ["坚持", "不", "反对", "错误", "除了", "以外", "外", "是", "在", "上海", "5种", "、", "，", "和"]
)
WORDS = st.lists(DENYING)


@given(st.lists(WORDS.map("".join).filter(lambda key: any(map(str.isalnum, key))), min_size=1, max_size=3))
def test_every_short_answer_is_right_for_itself(key: list[str]) -> None:
    assert mark(item(*key, kind=ItemKind.SHORT_ANSWER), key).mark is Mark.RIGHT


@given(CHINESE, CHINESE)
def test_marking_never_fails_and_never_calls_silence_right(key: str, response: str) -> None:
    verdict = mark(item(key), (response,))
    assert len(verdict.parts) == 1
    assert bool(verdict.reason) or verdict.mark is Mark.RIGHT
    assert response.strip() or verdict.mark is Mark.WRONG


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_another_number_is_wrong(asked: int, said: int) -> None:
    verdict = mark(item(f"{asked}家"), (f"{said}家",))
    assert verdict.mark is (Mark.RIGHT if asked == said else Mark.WRONG)


@given(CHINESE, CHINESE)
def test_the_difference_holds_both_texts(key: str, response: str) -> None:
    steps = difference(key, response)
    assert "".join(step.text for step in steps if step.operation != "extra") == key
    assert "".join(step.text for step in steps if step.operation != "missing") == response


def test_only_a_response_like_the_answer_is_called_its_denial() -> None:
    assert mark(item("放松监管"), ("不放松监管",)).reason == "多了或少了否定词，意思相反"
    assert mark(item("百年党史"), ("不知道",)).reason == "与答案不符"

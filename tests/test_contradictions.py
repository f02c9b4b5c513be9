"""The same question with two answers is named with both places, and neither is taken; others are let be."""

from __future__ import annotations

import pytest

from studytool import imports

CONTRADICTORY = {
    "a statement": "1. 甲。（√）\n2. 甲。（×）",
    "a blank": "1. 甲____。\n答案：乙\n2. 甲____。\n答案：丙",
    "a choice": "1. 甲？（A）\nA. 一\nB. 二\n2. 甲？（B）\nA. 一\nB. 二",
    "one right option more": "1. 甲？（A）\nA. 一\nB. 二\nC. 三\n2. 甲？（AB）\nA. 一\nB. 二\nC. 三",
    "other options, of which one is right there": "1. 甲？（A）\nA. 一\nB. 二\n2. 甲？（B）\nA. 三\nB. 二",
    "points": "1. 甲？\n答案：乙乙。\n2. 甲？\n答案：丙丙。",
    "pairs": "一、匹配题\n1. 配对。\n答案：甲=一；乙=二\n2. 配对。\n答案：甲=二；乙=一",
    "an order": "一、排序题\n1. 排序。\nA. 一\nB. 二\n答案：AB\n2. 排序。\nA. 一\nB. 二\n答案：BA",
}
COMPATIBLE = {
    "a common stem with other options": "1. 哪项对？（A）\nA. 一\nB. 二\n2. 哪项对？（A）\nA. 三\nB. 四",
    "an option about the others": (
        "1. 下列对的是？（C）\nA. 一\nB. 二\nC. 以上都对\n2. 下列对的是？（A）\nA. 三\nB. 四\nC. 以上都对"
    ),
    "variants of one answer": "1. 甲____。\n答案：20\n也可答：二十\n2. 甲____。\n答案：二十\n也可答：20",
    "other pairs": "一、匹配题\n1. 配对。\n答案：甲=一；乙=二\n2. 配对。\n答案：丙=三；丁=四",
    "other things in order": (
        "一、排序题\n1. 排序。\nA. 一\nB. 二\n答案：AB\n2. 排序。\nA. 三\nB. 四\n答案：BA"
    ),
    "two kinds of question": "1. 甲____。\n答案：乙\n2. 甲____。\nA. 乙\nB. 丙\n答案：A",
}


@pytest.mark.parametrize("text", CONTRADICTORY.values(), ids=CONTRADICTORY)
def test_of_two_answers_to_one_question_none_is_taken(text: str) -> None:
    found = imports.read_text("题库.txt", text)
    assert found.items == ()
    first, second = found.problems
    assert f"与第 {second.line} 行是同一题，答案却不同" in first.expected
    assert f"与第 {first.line} 行是同一题，答案却不同" in second.expected


@pytest.mark.parametrize("text", COMPATIBLE.values(), ids=COMPATIBLE)
def test_questions_that_only_look_alike_are_taken(text: str) -> None:
    found = imports.read_text("题库.txt", text)
    assert (len(found.items), found.problems) == (2, ())


def test_many_questions_of_one_stem_are_compared_in_no_time() -> None:
    many = "".join(f"{n}. 下列对的是？\nA. 甲{n}\nB. 乙{n}\n答案：A\n" for n in range(1, 5001))
    assert len(imports.read_text("题库.txt", many).items) == 5000

"""Banks that trainers have are understood as they were meant, or the line and what was expected is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from studytool.imports.question_list import read
from studytool.model import Item, ItemKind

FIXTURES = Path(__file__).parent / "fixtures" / "imports"
NAMES = {
    ItemKind.CLOZE: "填空",
    ItemKind.SINGLE_CHOICE: "单选",
    ItemKind.MULTIPLE_RESPONSE: "多选",
    ItemKind.TRUE_FALSE: "判断",
    ItemKind.SHORT_ANSWER: "简答",
    ItemKind.MATCHING: "匹配",
    ItemKind.ORDERING: "排序",
}


def cases() -> list[tuple[str, str, str]]:
    """The cases of the file: the risk, the text, what is expected."""
    text = (FIXTURES / "lists.txt").read_text(encoding="utf-8")
    blocks = re.findall(r"^==== (.+?)\n(.*?)\n----\n(.*?)\s*(?=\n====|\Z)", text, re.DOTALL | re.MULTILINE)
    return [(risk, given, expected.strip()) for risk, given, expected in blocks]


def line_of(item: Item) -> str:
    options = f" [{'|'.join(item.options)}]" if item.options else ""
    return f"{NAMES[item.kind]} {item.stem}{options} = {'|'.join(item.key)}".replace("\n", "⏎")


@pytest.mark.parametrize(("risk", "given", "expected"), cases(), ids=[risk for risk, _, _ in cases()])
def test_a_question_list_is_understood(risk: str, given: str, expected: str) -> None:
    understood = read(given, "题库.txt")
    lines = expected.split("\n")
    assert [line_of(item) for item in understood.items] == [line for line in lines if line[0] != "!"]
    problems = [line[2:].split(" ", 1) for line in lines if line[0] == "!"]
    assert [str(problem.line) for problem in understood.problems] == [line for line, _ in problems]
    for problem, (_, message) in zip(understood.problems, problems, strict=True):
        assert message in str(problem)

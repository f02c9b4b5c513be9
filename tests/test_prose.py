"""Chinese lines are full, closing marks do not begin one, numbers are not broken."""

from __future__ import annotations

from io import StringIO
from itertools import pairwise

import pytest
from rich.cells import cell_len
from rich.text import Text

from studytool.cli.screen import Screen
from studytool.views.prose import breaks


def lines(text: str, width: int) -> list[str]:
    ends = [0, *breaks(text, width), len(text)]
    return [text[start:end] for start, end in pairwise(ends)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("全市建成平台", 8, ["全市建成", "平台"]),
        ("全市建 成平台", 8, ["全市建 ", "成平台"]),
        ("全市建成，平台", 8, ["全市建", "成，平台"]),
        ("全市建“成”平台", 8, ["全市建", "“成”平台"]),
        ("全市有1329.65亿元", 10, ["全市有", "1329.65亿", "元"]),
        ("出自file_no_1.txt·", 12, ["出自", "file_no_1.tx", "t·"]),
        ("答：甲乙；B. 丙", 13, ["答：甲乙；", "B. 丙"]),
        ("全市", 8, ["全市"]),
        ("", 8, [""]),
    ],
)
def test_a_line_ends_where_a_reader_would_end_it(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[填空] 据《天津 新局面》，建成____平台", ["[填空] 据《天津 ", "新局面》，建成", "____平台"]),
        ("   答案：改革开放先行区", ["   答案：改革开", "   放先行区"]),
        ("   答案：\n二", ["   答案：", "二"]),
    ],
)
def test_a_text_on_the_screen_fills_its_lines_and_keeps_its_indent(text: str, shown: list[str]) -> None:
    screen = Screen(file=StringIO(), width=16)
    with screen.capture() as capture:
        screen.print(Text(text))
    assert capture.get().splitlines() == [line.rstrip() for line in shown]


@pytest.mark.parametrize("width", [8, 13, 60, 200])
def test_no_line_is_wider_than_the_screen_and_nothing_is_lost(width: int) -> None:
    text = "2024年，全市（含滨海新区）实现“一基地三区”，GDP增长5.1％……" * 9
    broken = lines(text, width)
    assert "".join(broken) == text
    assert all(cell_len(line.rstrip()) <= width for line in broken)

"""Tables that people hand in: no letter slips to another option, no row is swallowed, no sheet is overlooked;
what cannot be told for sure is named with its place."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS

from studytool import imports
from studytool.cli.counts import by_kind
from studytool.cli.returned import as_it_went
from studytool.errors import StudyError
from studytool.exports import Deck, export
from studytool.grading import grade
from studytool.grading.papers import Asked
from studytool.imports import responses
from studytool.imports.jsonl import item_from_json
from studytool.imports.shown import Unshown, shown
from studytool.model import Item, ItemKind
from studytool.store import banks, doctor
from studytool.store.bank import Bank

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
Row = tuple[object, ...]
Sheets = dict[str, list[Row]]


def as_csv(*rows: Row) -> bytes:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def as_xlsx(sheets: Sheets, hidden: str = "", merged: str = "", **formats: str) -> bytes:
    """A workbook of sheets; `formats` by the place of a cell of the last."""
    book, file = Workbook(), BytesIO()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if title == hidden else "visible"
    if merged:
        sheet.merge_cells(merged)
    for place, code in formats.items():
        sheet[place].number_format = code
    book.active = len(sheets) - 1
    book.save(file)
    return file.getvalue()


def said(item: Item) -> str:
    options = f" [{'|'.join(item.options)}]" if item.options else ""
    return f"{item.kind} {item.stem}{options} = {'|'.join(item.key)}"


def read_csv(*rows: Row) -> tuple[list[str], list[str]]:
    """What is understood of a table, and what is wrong with it."""
    found = imports.read("题库.csv", as_csv(*rows))
    return [said(item) for item in found.items], [str(problem) for problem in found.problems]


# ---- letters count columns ------------------------------------------------------------------------

HEAD = ("题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案")
LETTERS = {
    "an empty cell before the right one": (("单选", "甲？", "一", "", "三", "四", "C"), "= 三"),
    "an empty cell behind it": (("单选", "甲？", "一", "二", "", "四", "A"), "= 一"),
    "the first cell empty": (("单选", "甲？", "", "二", "三", "四", "BD"), "单选题只应有一个答案"),
    "several, one beyond an empty cell": (("多选", "甲？", "一", "", "三", "四", "AD"), "= 一|四"),
    "all of them": (("多选", "甲？", "一", "", "三", "", "全选"), "= 一|三"),
    "a letter that names an empty cell": (
        ("单选", "甲？", "一", "", "三", "四", "B"),
        "答案“B”里的选项 B 是空的",
    ),
    "a letter beyond all": (("单选", "甲？", "一", "二", "", "", "C"), "答案“C”超出了选项"),
    "an order with a gap": (("排序", "甲？", "一", "", "三", "", "AC"), "排序题有一个选项是空的"),
    "one option": (("单选", "甲？", "一", "", "", "", "A"), "选择题至少要有两个选项"),
    "one option and no kind": (("", "甲？", "一", "", "", "", "A"), "选择题至少要有两个选项"),
    "a statement whose A is wrong": (("判断", "甲。", "错误", "正确", "", "", "a"), "= 错误"),
    "a statement without A": (("判断", "甲。", "", "错误", "", "", "B"), "= 错误"),
    "a statement of an empty cell": (("判断", "甲。", "", "错误", "", "", "A"), "选项 A 是空的"),
    "options twice": (("单选", "甲？", "一", "一", "", "", "A"), "选项有重复"),
    "options that differ in a space": (("单选", "甲？", "一 二", "一  二", "", "", "A"), "选项有重复"),
}


LETTERS["the letter of another column"] = (
    ("单选", "甲？", "B.一", "A.二", "", "", "B"), "选项 A 那一列里写的是 B",
)  # fmt: skip
LETTERS["letters of their own"] = (("单选", "甲？", "A.一", "B、二", "", "", "B"), "[一|二] = 二")
LETTERS["letters in the answer too"] = (("单选", "甲？", "A.一", "B.二", "", "", "B.二"), "[一|二] = 二")
LETTERS["the letter of another in the answer"] = (("单选", "甲？", "A.一", "B.二", "", "", "B.一"), "不一致")
LETTERS["nothing behind the letter"] = (("单选", "甲？", "A.一", "B.二", "C.", "", "C"), "选项 C 是空的")
LETTERS["letters of only some"] = (("单选", "甲？", "A.一", "二", "", "", "A"), "[A.一|二] = A.一")
LETTERS["a statement's letters"] = (("判断", "甲。", "A.错误", "B.正确", "", "", "A"), "= 错误")


@pytest.mark.parametrize(("row", "expected"), LETTERS.values(), ids=LETTERS)
def test_a_letter_means_the_column_of_that_letter(row: Row, expected: str) -> None:
    for name, data in (("题.csv", as_csv(HEAD, row)), ("题.xlsx", as_xlsx({"题": [HEAD, row]}))):
        found = imports.read(name, data)
        (text,) = [*map(said, found.items), *map(str, found.problems)]
        assert expected in text


def test_a_letter_means_its_column_where_the_header_leaves_one_out() -> None:
    head = ("题干", "选项A", "选项B", "选项D", "答案")
    assert read_csv(head, ("甲？", "一", "二", "四", "D"))[0] == ["single_choice 甲？ [一|二|四] = 四"]
    assert "选项 C 是空的" in read_csv(head, ("甲？", "一", "二", "四", "C"))[1][0]


ONE_CELL = {
    "with letters": ("A.一 B.二 C.三", "C", "[一|二|三] = 三"),
    "line by line": ("一\n二\n三", "C", "[一|二|三] = 三"),
    "with bars": ("一|二|三", "C", "[一|二|三] = 三"),
    "with letters and bars": ("A.一|B.二|C.三", "C", "[一|二|三] = 三"),
    "with bars, and letters that are words": ("A.一|二", "A", "选择题至少要有两个选项"),
    "nothing between two bars": ("一||三", "C", "[一|三] = 三"),
    "a letter left out": ("A.一 B.二 C.三 E.五", "C", "选项 C 之后应是 D，这里是 E"),
    "from B on": ("B.二\nC.三", "B", "选项应从 A 开始，这里是 B"),
    "not to be divided": ("1.一 2.二", "1", "一格里的选项应写成"),
}


@pytest.mark.parametrize(("cell", "answer", "expected"), ONE_CELL.values(), ids=ONE_CELL)
def test_options_of_one_cell_are_divided_for_sure_or_not_at_all(
    cell: str, answer: str, expected: str
) -> None:
    items, problems = read_csv(("题干", "选项", "答案"), ("甲？", cell, answer))
    assert expected in [*items, *problems][0]


LISTS = {
    "a letter left out": ("1. 甲（ ）\nA.一\nB.二\nC.三\nE.五\n答案：AC", "选项 C 之后应是 D，这里是 E"),
    "left out within a line": ("1. 甲（ ）\nA.一 B.二 D.四\n答案：B", "选项 B 之后应是 C，这里是 D"),
    "without signs": ("1. 甲（ ）\nA 一\nB 二\nD 四\n答案：B", "选项 B 之后应是 C，这里是 D"),
    "a letter twice": ("1. 甲（ ）\nA.一\nB.二\nB.三\nC.四\n答案：C", "选项 B 写了两次"),
    "from B on": ("1. 甲（ ）\nB.二\nC.三\n答案：B", "选项应从 A 开始，这里是 B"),
    "an empty option": ("1. 甲（ ）\nA.一\nB.\nC.三\n答案：C", "选项 B 是空的"),
    "an empty one at the end that is called": ("1. 甲（ ）\nA.一 B.二 C.\n答案：C", "选项 C 是空的"),
    "column by column": ("1. 甲（ ）\nA.一\tC.三\nB.二\tD.四\n答案：B", "选项 A 之后应是 B，这里是 C"),
    "left out in the line of the number": ("1. 甲（ ） A.一 B.二 D.四\n答案：B", "选项 B 之后应是 C"),
    "no sign behind the letters": ("1. 甲（ ）\nA甲\nB乙\n答案：B", "题里却没有读到选项"),
    "no options": ("1. 甲是____。\n答案：B", "题里却没有读到选项"),
    "no options among blanks": ("一、填空题\n1. 甲是____和____。\n答案：A、C", "题里却没有读到选项"),
}


@pytest.mark.parametrize(("text", "expected"), LISTS.values(), ids=LISTS)
def test_letters_of_a_list_follow_each_other(text: str, expected: str) -> None:
    found = imports.read_text("题库.txt", text)
    assert found.items == ()
    assert expected in str(found.problems[0])


def test_a_list_has_up_to_ten_options() -> None:
    options = [f"{letter}.甲{letter}" for letter in "ABCDEFGHIJ"]
    for text in ("\n".join(options), " ".join(options)):
        found = imports.read_text("题库.txt", f"1. 乙（ ）\n{text}\n答案：AIJ")
        assert found.items[0].key == ("甲A", "甲I", "甲J")


def test_a_letter_within_an_option_is_no_option() -> None:
    found = imports.read_text("题库.txt", "1. 甲（ ）\nA.维生素E、钙\nB.e.g. 乙\nC.丙（D类）\n答案：C")
    assert [said(item) for item in found.items] == [
        "single_choice 甲（ ） [维生素E、钙|e.g. 乙|丙（D类）] = 丙（D类）"
    ]


NO_OPTION = {
    "letters that begin a statement": ("一、判断题\n1. C、D级危房应拆除。（√）", " = 正确"),
    "letters that begin a blank": ("一、填空题\n1. E、F 两类人员应当____。\n答案：培训", " = 培训"),
    "a name that begins a stem": ("1. H. 格林是谁？（ ）\nA.一\nB.二\n答案：A", "[一|二] = 一"),
    "names in other lines of a stem": (
        "1. 甲：\nE. coli 和\nH. 乙（ ）\nA.一\nB.二\n答案：A", "[一|二] = 一",
    ),
    "letters in a stem before its options": (
        "1. 对 C、D 级危房，应当（ ）。 A.一 B.二\n答案：B", "[一|二] = 二",
    ),
    "a letter in a stem": ("1. 属于 D. 类的是（ ）\nA.一\nB.二\n答案：B", "[一|二] = 二"),
    "letters in an option": (
        "1. 甲（ ）\nA.仅 C、D 级\nB.含 E. coli\nC.H、K两股\n答案：A",
        "[仅 C、D 级|含 E. coli|H、K两股] = 仅 C、D 级",
    ),
    "who says what": (
        "一、简答题\n1. 材料：\nA：甲说\nG、乙说\n为什么？\n答：要坚持原则。",
        "材料：\nA：甲说\nG、乙说\n为什么？ = 要坚持原则。",
    ),
    "a numeral in an option": ("1. 甲（ ）\nA.甲 II. 乙 I. 丙\nB.二\n答案：B", "[甲 II. 乙 I. 丙|二] = 二"),
    "a letter left over behind the options": ("1. 甲（ ）\nA.一 B.二 C.三 D.\n答案：A", "[一|二|三] = 一"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NO_OPTION.values(), ids=NO_OPTION)
def test_a_letter_that_is_no_option_leaves_the_question_as_it_is(text: str, expected: str) -> None:
    found = imports.read_text("题库.txt", text)
    assert found.problems == ()
    assert said(found.items[0]).endswith(expected)


def test_a_line_of_nothing_but_letters_is_read_in_a_moment() -> None:
    assert imports.read_text("题库.txt", "1. 题一 " + "a. " * 300_000).items == ()


# ---- columns that could mean two things, and rows that would be swallowed --------------------------

TWICE = {
    "two answers": (("题干", "答案", "答案"), "“答案”和“答案”两列"),
    "two names of the answer": (("题干", "答案", "正确答案"), "“答案”和“正确答案”两列"),
    "two stems": (("题干", "题目", "答案"), "“题干”和“题目”两列"),
    "the second and the third": (("题干", "答案", "正确答案", "参考答案"), "“正确答案”和“参考答案”两列"),
    "an option twice": (("题干", "A", "选项A", "B", "答案"), "“A”和“选项A”两列"),
}


@pytest.mark.parametrize(("head", "message"), TWICE.values(), ids=TWICE)
def test_two_columns_of_one_meaning_are_refused(head: Row, message: str) -> None:
    with pytest.raises(StudyError, match=message):
        read_csv(head, tuple("" if "参考答案" in head and n == 1 else f"甲{n}____" for n in range(len(head))))


SAME = {
    "one of them empty": (("题干", "答案", "正确答案"), ("甲____", "", "乙"), "cloze 甲____ = 乙"),
    "one empty, the other way": (("题干", "答案", "正确答案"), ("甲____", "乙", ""), "cloze 甲____ = 乙"),
    "both the same": (("题干", "题目", "答案"), ("甲____", "甲____", "乙"), "cloze 甲____ = 乙"),
    "an option without a second": (
        ("题干", "A", "B", "选项1", "答案"), ("甲？", "一", "二", "", "B"), "single_choice 甲？ [一|二] = 二",
    ),
    "a kind and a topic": (
        ("题型", "类型", "题干", "A", "B", "答案"),
        ("多选", "理论", "甲？", "一", "二", "B"),
        "multiple_response 甲？ [一|二] = 二",
    ),
    "a topic and a kind": (
        ("类型", "题型", "题干", "A", "B", "答案"),
        ("理论", "多选题", "甲？", "一", "二", "B"),
        "multiple_response 甲？ [一|二] = 二",
    ),
    "two numbers of somebody's": (("ID", "编号", "题干", "答案"), ("1", "T1", "甲____", "乙"), "甲____ = 乙"),
    "options by another name": (
        ("试题内容", "备选答案A", "备选答案B", "参考答案"), ("甲？", "一", "二", "B"), "甲？ [一|二] = 二",
    ),
    "the words of another form": (
        ("题目描述", "选项A", "选项B", "正确选项"), ("甲？", "一", "二", "B"), "甲？ [一|二] = 二",
    ),
    "options by a number": (("题干", "备选项1", "备选项2", "答案"), ("甲？", "一", "二", "B"), "|二] = 二"),
    "letters of nothing": (("题干", "甲项", "乙项", "答案"), ("甲？", "一", "二", "B"), "题里却没有读到选项"),
}  # fmt: skip


@pytest.mark.parametrize(("head", "row", "expected"), SAME.values(), ids=SAME)
def test_columns_that_do_not_contradict_each_other_are_read(head: Row, row: Row, expected: str) -> None:
    items, problems = read_csv(head, row)
    assert [*items, *problems][0].endswith(expected)


def test_a_heading_many_times_over_is_read_in_a_moment() -> None:
    assert imports.read("题.csv", as_csv(("题干",) * 100_000, ("甲____",) * 100_000)).items == ()


def test_of_two_numbers_the_one_of_ours_counts() -> None:
    data = as_csv(("ID", "编号", "题干", "答案"), ("1", "0123456789ab", "甲____", "乙"))
    assert imports.read("题.csv", data).items[0].id == "0123456789ab"


def test_columns_that_are_not_used_are_named() -> None:
    found = imports.read(
        "题.csv", as_csv(("序号", "题干", "答案", "分值", "空列"), (1, "甲____", "乙", 2, ""))
    )
    assert found.notes == ("没有用到的列：分值",)


UNPAIRED = {
    "never closed": '题型,题干,答案\n填空题,甲____,"乙\n填空题,丙____,丁\n',
    "closed by the next to open": '题型,题干,答案\n填空题,甲____,"乙\n填空题,丙____,"丁"\n',
    "closed by a stray one": '题型,题干,答案\n填空题,甲____,"乙\n填空题,丙____,丁"\n填空题,戊____,己\n',
    "closed within the next row": '题型,题干,答案\n填空题,甲____,"乙\n填空题,丙____",丁\n填空题,戊____,己\n',
    "something behind it": '题型,题干,答案\n填空题,"甲"____,乙\n',
}


@pytest.mark.parametrize("text", UNPAIRED.values(), ids=UNPAIRED)
def test_quotation_marks_that_do_not_pair_are_refused_with_their_line(text: str) -> None:
    with pytest.raises(StudyError, match="第 2 行的引号没有配对"):
        imports.read("题库.csv", text.encode())
    answers = text.replace("题型,题干,答案", "姓名,1,2")
    with pytest.raises(StudyError, match="第 2 行的引号没有配对"):
        responses.read(answers.encode(), "作答.csv")


def test_a_swallowed_row_of_two_columns_is_known_by_its_gap() -> None:
    with pytest.raises(StudyError, match="第 2 行的引号没有配对"):
        imports.read("题.csv", '题干,答案\n甲____,"乙\n丙____,丁"\n戊____,己\n'.encode())
    assert read_csv(("题干", "答案"), ("为什么？", "一,甲\n二,乙"))[0] == [
        "short_answer 为什么？ = 一,甲|二,乙"
    ]


SEVERAL_LINES = {
    "fewer commas than columns": ("为什么？", "一,是甲；\n二,是乙", "为什么？ = 一,是甲|二,是乙"),
    "more than columns": ("为什么？", "一,甲,乙,丙\n二,丁,戊,己", "为什么？ = 一,甲,乙,丙|二,丁,戊,己"),
    "as many, in one line of two": ("为什么？", "一\n二,丁,戊\n三", "为什么？ = 一|二,丁,戊|三"),
    "as many, before another cell": ("甲，\n乙,丙,丁？", "戊", "甲，\n乙,丙,丁？ = 戊"),
}


@pytest.mark.parametrize(("stem", "answer", "expected"), SEVERAL_LINES.values(), ids=SEVERAL_LINES)
def test_a_cell_of_several_lines_is_no_swallowed_row(stem: str, answer: str, expected: str) -> None:
    rows = (("题型", "题干", "答案"), ("简答", stem, answer), ("简答", "另一题？", "另一点"))
    assert read_csv(*rows)[0][0] == f"short_answer {expected}"
    given = responses.read(as_csv(("姓名", "1", "2"), ("张三", stem, answer), ("李四", "甲", "乙")), "答.csv")
    assert given[0].cells["2"] == answer


SEPARATORS_WITHIN = {
    "semicolons within": (",", "A.一;B.二;C.三;D.四"),
    "tabs within": (",", "A.一\tB.二\tC.三\tD.四"),
    "commas within": (";", "A.一 B.二 C.三 D.四,,,,"),
    "commas within a table with tabs": ("\t", "A.一 B.二 C.三 D.四,,,,"),
}


@pytest.mark.parametrize(("separator", "options"), SEPARATORS_WITHIN.values(), ids=SEPARATORS_WITHIN)
def test_the_headings_say_what_separates_the_cells(separator: str, options: str) -> None:
    for title in ("", "一,二;三\t题库\n"):
        rows = (("题干", "选项", "答案"), ("甲？", options, "A"))
        table = title + "\n".join(map(separator.join, rows))
        (item,) = imports.read("题.csv", table.encode()).items
        assert said(item).replace(",", "") == "single_choice 甲？ [一|二|三|四] = 一"


def test_another_header_below_holds_for_the_rows_below_it() -> None:
    first = (("题干", "A", "B", "答案"), ("甲？", "一", "二", "B"))
    second = (("题干", "答案", "A", "B"), ("乙？", "A", "B", "A"))
    items, problems = read_csv(*first, *second)
    assert items == ["single_choice 甲？ [一|二] = 二", "single_choice 乙？ [B|A] = B"]
    assert problems == []


# ---- worksheets -----------------------------------------------------------------------------------

FIRST: list[Row] = [HEAD, ("单选", "甲？", "一", "二", None, None, "A")]
SECOND: list[Row] = [("题干", "答案"), ("乙。", "对"), ("丙。", "也许")]
NOTE: list[Row] = [("本表由人事处制作",), ("填写须知",)]


def test_all_worksheets_are_read_and_problems_name_theirs() -> None:
    found = imports.read("题.xlsx", as_xlsx({"说明": NOTE, "单选": FIRST, "空": [], "其他": SECOND}))
    assert [item.stem for item in found.items] == ["甲？", "乙。", "丙。"]
    assert found.notes == ("工作表“说明”里找不到表头（题干、答案等），没有读",)
    wrong = imports.read("题.xlsx", as_xlsx({"判断": [*FIRST[:1], ("单选", "丁？")], "单选": FIRST}))
    assert [str(problem) for problem in wrong.problems] == ["工作表“判断”第 2 行“丁？”：没有找到答案"]


def test_what_a_library_prints_of_a_broken_workbook_is_not_heard(capsys: pytest.CaptureFixture[str]) -> None:
    sound, broken = ZipFile(BytesIO(as_xlsx({"题": [("题干", "答案")]}))), BytesIO()
    with ZipFile(broken, "w") as written:
        for name in sound.namelist():
            part = sound.read(name)
            written.writestr(name, re.sub(b"<cellStyleXfs.*</cellStyleXfs>", b"<cellStyleXfs/>", part))
    with pytest.raises(StudyError, match="不是 Excel 工作簿"):
        imports.read("题.xlsx", broken.getvalue())
    assert capsys.readouterr().out == ""


def test_a_hidden_worksheet_is_named_and_not_read() -> None:
    found = imports.read("题.xlsx", as_xlsx({"旧": FIRST, "新": SECOND[:2]}, hidden="旧"))
    assert [item.stem for item in found.items] == ["乙。"]
    assert found.notes == ("工作表“旧”是隐藏的，没有读；要导入请先取消隐藏",)
    with pytest.raises(StudyError, match="隐藏的工作表“旧”不读"):
        imports.read("题.xlsx", as_xlsx({"旧": FIRST, "说明": NOTE}, hidden="旧"))


def test_numbers_of_rows_may_come_again_on_the_next_worksheet() -> None:
    sheets: Sheets = {name: [("编号", "题干", "答案"), (1, f"{name}____", "答")] for name in "甲乙"}
    assert len(imports.read("题.xlsx", as_xlsx(sheets)).items) == 2


def test_what_a_merged_cell_says_holds_for_the_rows_under_it() -> None:
    rows: list[Row] = [HEAD, ("多选", "甲？", "一", "二", None, None, "A")]
    rows += [(None, "乙？", "一", "二", None, None, "B"), (None, "丙？", "一", "二", None, None, "B")]
    found = imports.read("题.xlsx", as_xlsx({"题": rows}, merged="A2:A3"))
    assert [item.kind.value for item in found.items] == ["multiple_response"] * 2 + ["single_choice"]
    answer = imports.read(
        "题.xlsx", as_xlsx({"题": [HEAD, rows[1], (None, "乙？", "一", "二")]}, merged="G2:G3")
    )
    assert [problem.expected for problem in answer.problems] == ["没有找到答案"]


def test_answers_on_several_worksheets_are_all_read_and_hidden_ones_named() -> None:
    sheets: Sheets = {
        "名单": [("姓名", "部门"), ("张三", "一处")],
        "甲班": [("姓名", "1"), ("张三", "A")],
        "旧": [("姓名", "1"), ("王五", "C")],
        "乙班": [("姓名", "第1题"), ("李四", "B")],
    }
    found = responses.handed_in(as_xlsx(sheets, hidden="旧"), "作答.xlsx")
    assert [dict(row.cells) for row in found.rows] == [
        {"姓名": "张三", "1": "A"},
        {"姓名": "李四", "第1题": "B"},
    ]
    assert found.notes == ("工作表“名单”里没有题号的列，没有读", "工作表“旧”是隐藏的，没有读")


# ---- what people saw in a cell ---------------------------------------------------------------------

DAY = datetime(2017, 12, 1)  # noqa: DTZ001 - a cell knows no time zone
SHOWN = [
    (DAY, 'yyyy"年"m"月"d"日"', "2017年12月1日"),
    (DAY, 'yyyy"年"m"月"d"日";@', "2017年12月1日"),
    (DAY, '[$-804]yyyy"年"m"月";@', "2017年12月"),
    (DAY, "yyyy-mm-dd", "2017-12-01"),
    (DAY, "yyyy\\-mm\\-dd", "2017-12-01"),
    (DAY, "yyyy/m/d", "2017/12/1"),
    (DAY, "mm-dd-yy", "2017年12月1日"),
    (DAY, "General", "2017年12月1日"),
    (DAY, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2017年12月1日"),
    (date(2017, 12, 1), 'm"月"d"日"', "12月1日"),
    (datetime(2017, 12, 1, 9, 5), "yyyy/m/d h:mm", "2017/12/1 9:05"),  # noqa: DTZ001
    (time(9, 30), "h:mm", "9:30"),
    (time(9, 30), "hh:mm:ss", "09:30:00"),
    (time(15, 30), 'h"时"mm"分"', "15时30分"),
    (time(15, 30), "上午/下午h:mm", "下午3:30"),
    (timedelta(hours=26), "[h]:mm", "26:00"),
    (timedelta(minutes=90, seconds=5), "[mm]:ss", "90:05"),
    (3.1, "0.00", "3.10"),
    (3.14159, "0.00", "3.14"),
    (2.675, "0.00", "2.68"),
    (7, "000", "007"),
    (12345678, "#,##0", "12,345,678"),
    (1234.5, '"¥"#,##0.00', "¥1,234.50"),
    (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
    (100, '0"亿元"', "100亿元"),
    (100, "0亿元", "100亿元"),
    (-5, "0;(0)", "(5)"),
    (-5, "0.0", "-5.0"),
    (0, '0;-0;"无"', "无"),
    (0.05, "0%", "5%"),
    (0.05, "0.0%", "5.0%"),
    (0.628, "0.00%", "62.8%"),
    (12345678, "0.0,,", "12.3"),
    (1.5, "0.0_ ", "1.5"),
    (3.0, "General", "3"),
    (37.94, "@", "37.94"),
    (True, "General", "TRUE"),
    ("甲_x000D_\n乙", "General", "甲\n乙"),
    ("a_x0041_b", "General", "aAb"),
    ("_x005F_x0041_", "General", "_x0041_"),
    ("_xD83D_", "General", ""),
]


@pytest.mark.parametrize(("value", "code", "text"), SHOWN)
def test_a_cell_is_read_as_people_saw_it(value: object, code: str, text: str) -> None:
    assert shown(value, code) == text


UNSHOWN = [
    (0.5, "# ?/?"),
    (5, "[DBNum1]General"),
    (5, "[>3]0"),
    (5, "000-0000"),
    (1e5, "0.00E+00"),
    (10**15, "General"),
    (1e-9, "General"),
    (DAY, "mmm-yy"),
    (DAY, "aaaa"),
    (DAY, '[DBNum1]yyyy"年"'),
    (DAY, "[h]:mm"),
    (time(9, 30), "yyyy/m/d"),
]


@pytest.mark.parametrize(("value", "code"), UNSHOWN)
def test_a_format_that_is_not_understood_is_no_guess(value: object, code: str) -> None:
    with pytest.raises(Unshown):
        shown(value, code)


@pytest.mark.parametrize("code", BUILTIN_FORMATS.values())
@pytest.mark.parametrize("value", [0, 0.628, -3, 45000, True, DAY, time(9), timedelta(hours=30)])
def test_any_format_of_excel_shows_a_text_or_none(value: object, code: str) -> None:
    with suppress(Unshown):
        assert isinstance(shown(value, code), str)


def test_a_cell_that_cannot_be_told_is_named_with_its_place() -> None:
    rows: list[Row] = [
        ("题干", "答案", "出题"),
        ("甲____", 0.5, "x"),
        ("乙____", "#N/A", "x"),
        ("丙____", "丁", 0.5),
    ]
    formats = {"B2": "# ?/?", "C4": "# ?/?"}
    found = imports.read("题.xlsx", as_xlsx({"题": rows}, **formats))
    assert [said(item) for item in found.items] == ["cloze 丙____ = 丁"]
    assert [problem.expected.split("（")[0] for problem in found.problems] == [
        "单元格 B2 读不准",
        "单元格 B3 读不准",
    ]
    with pytest.raises(StudyError, match="第 2 行：单元格 B2 读不准"):
        responses.read(as_xlsx({"答": [("姓名", "1"), ("张三", 0.5)]}, B2="# ?/?"), "作答.xlsx")


def with_format(data: bytes, number: int) -> bytes:
    """The workbook with the number format `number`, which has no code, in place of 0.00."""
    from zipfile import ZipFile  # noqa: PLC0415

    target = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(target, "w") as changed:
        for name in old.namelist():
            changed.writestr(name, old.read(name).replace(b'numFmtId="2"', f'numFmtId="{number}"'.encode()))
    return target.getvalue()


@pytest.mark.parametrize(("number", "text"), [(31, "2017年12月1日"), (57, "2017年12月"), (58, "12月1日")])
def test_formats_that_only_chinese_excel_has_are_dates(number: int, text: str) -> None:
    data = with_format(as_xlsx({"题": [("题干", "答案"), ("甲____", 43070)]}, B2="0.00"), number)
    assert imports.read("题.xlsx", data).items[0].key == (text,)


# ---- ours comes back as it went --------------------------------------------------------------------

BASE: dict[str, Any] = {
    "asks": "formulation", "article": "", "evidence": "", "source": "题", "family": "f", "ranges": [],
    "difficulty": 0.5, "score": 0.5, "status": "draft", "tags": [], "explanation": None, "section": None,
}  # fmt: skip


def made(number: int, kind: str, stem: str, key: list[str], options: tuple[str, ...] = ()) -> Item:
    wrong = [text for text in options if text not in key]
    given = {
        "id": f"{number:012x}",
        "kind": kind,
        "stem": stem,
        "key": key,
        "accepted": [[part] for part in key],
    }
    return item_from_json({**BASE, **given, "options": options, "distractors": wrong})


WORDS = [
    "（一）", "1. 甲", "①甲②乙", "(甲)", "1）甲", "甲；乙", "甲，乙", "甲 乙", "3.10", "007",
    "62.8%", "A", "AB", "2024-05-01", "2024年5月1日", "true", "=1+1", "'=x", "-甲", "_x000D_", "_x0041_甲",
    "甲|乙", "a\\", "\\n甲", "答案：A", "甲。", "TRUE", "对", "（ ）", "_____",
]  # fmt: skip


def every_kind(word: str) -> tuple[Item, ...]:
    return (
        made(1, "cloze", f"甲{word if '_' not in word and ' ' not in word else ''}是____。", [word]),
        made(2, "cloze", "____和____。", [word, f"乙{word}"]),
        made(3, "single_choice", f"题{word}？", [word], ("对照", word, "其他")),
        made(4, "multiple_response", f"{word}？", [word, "乙"], (word, "乙", "丙")),
        made(5, "short_answer", "简答？", [word, "第二点"]),
        made(6, "matching", "匹配。", [f"左={word}", "丙=丁"], ("丁", word)),
        made(7, "ordering", "排序。", ["一", word, "三"], ("三", "一", word)),
        made(8, "true_false", f"{word}。", ["错误"]),
    )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("word", WORDS)
def test_whatever_the_words_a_table_of_ours_comes_back(word: str, form: str, bank: Bank) -> None:
    items = tuple(
        replace(item, accepted=((item.key[0], f"{word}别"), *item.accepted[1:])) for item in every_kind(word)
    )
    found = imports.read(f"题.{form}", export(form, Deck("题", items)).data)
    assert found.problems == ()
    banks.put(bank, "/题", "题", banks.entries(items, NOON), NOON)
    back = [as_it_went(old, new) for old, new in zip(items, found.items, strict=True)]
    assert banks.sort(bank, back).reworded == ()
    assert [item.accepted for item in back] == [item.accepted for item in items]


@pytest.mark.parametrize(
    ("went", "came", "code"),
    [
        ("62.8%", 0.628, "0.00%"),
        ("2024-05-01", datetime(2024, 5, 1), "mm-dd-yy"),  # noqa: DTZ001
        ("2024年5月1日", datetime(2024, 5, 1), "yyyy/m/d"),  # noqa: DTZ001
        ("5月1日", datetime(2026, 5, 1), 'm"月"d"日"'),  # noqa: DTZ001
        ("1-3", datetime(2026, 1, 3), 'm"月"d"日"'),  # noqa: DTZ001
        ("3.10", 3.1, "General"),
        ("007", 7, "General"),
        ("1,234", 1234, "#,##0"),
        ("9：30", time(9, 30), "h:mm"),
        ("true", True, "General"),
    ],
)
def test_what_excel_makes_of_a_key_of_ours_is_no_correction(went: str, came: object, code: str) -> None:
    item = made(1, "cloze", "甲是____。", [went])
    rows = list(csv.reader(StringIO(export("csv", Deck("题", (item,))).data.decode("utf-8-sig"))))
    place = rows[0].index("答案")
    changed: list[Row] = [
        tuple(rows[0]),
        tuple(came if n == place else text for n, text in enumerate(rows[1])),
    ]
    data = as_xlsx({"题": changed}, **{f"{chr(ord('A') + place)}2": code})
    (back,) = imports.read("题.xlsx", data).items
    assert as_it_went(item, back).key == (went,)
    other = replace(back, key=("另一个",))
    assert as_it_went(item, other).key == ("另一个",)


def test_a_number_that_excel_has_shortened_is_named() -> None:
    data = as_csv(("题型", "题干", "答案"), ("填空", "甲____", "2.02405E+11"))
    assert "科学记数" in str(imports.read("题.csv", data).problems[0])


def test_another_answer_too_many_is_named() -> None:
    data = as_csv(("题型", "题干", "答案", "也可答"), ("填空", "甲____", "乙", "丙\n丁"))
    assert "“也可答”有 2 行，答案只有 1 个" in str(imports.read("题.csv", data).problems[0])


def test_a_list_of_somebodys_is_read_without_its_numbers() -> None:
    rows = (("题型", "题干", "答案"), ("填空", "甲____", "（一）"), ("简答", "乙？", "①丙；②丁"))
    assert read_csv(*rows)[0] == ["cloze 甲____ = 一", "short_answer 乙？ = 丙|丁"]


# ---- nothing goes in that the doctor would take out ------------------------------------------------

UNSOUND: dict[str, tuple[dict[str, Any], str]] = {
    "a single choice with two keys": ({"key": ["甲", "乙"]}, "单选题只应有一个答案，这里有 2 个"),
    "one option": ({"options": ["甲"]}, "选择题至少要有两个选项"),
    "an empty option": ({"options": ["甲", " "]}, "有一个选项是空的"),
    "the key is no option": ({"key": ["丙"]}, "答案不在选项中"),
    "a key twice": ({"kind": "multiple_response", "key": ["甲", "甲"]}, "答案有重复"),
    "an order of one": ({"kind": "ordering", "key": ["甲"]}, "排序题至少要有两项"),
    "an order with one twice": ({"kind": "ordering", "key": ["甲", "乙", "甲"]}, "各不相同"),
    "an order without an option": (
        {"kind": "ordering", "key": ["甲", "乙"], "options": ["甲", "乙", "丙"]}, "把各选项各写一次",
    ),
    "a pair without its left": ({"kind": "matching", "key": ["=甲", "丙=乙"]}, "应写成“左=右”"),
    "a left side twice": ({"kind": "matching", "key": ["丙=甲", "丙=乙"]}, "匹配题的左边有重复"),
    "a right side that is no option": ({"kind": "matching", "key": ["丙=丁"]}, "匹配题的右边不在选项中"),
    "pairs with one right side": (
        {"kind": "matching", "key": ["丙=甲"], "options": ["甲"]}, "匹配题的右边至少要有两项",
    ),
    "neither right nor wrong": ({"kind": "true_false", "key": ["甲"]}, "判断题的答案应为正确或错误"),
    "a blank too few": ({"kind": "cloze", "key": ["甲"]}, "题干有 0 个空，答案有 1 个"),
    "accepted for more than there is": ({"accepted": [["甲"], ["乙"]]}, "也可答的有 2 组，答案只有 1 个"),
    "a day before all paper": ({"published_on": "0001-01-01"}, "日期 0001-01-01 不可能"),
    "a day after all paper": ({"published_on": "9999-12-31"}, "日期 9999-12-31 不可能"),
}  # fmt: skip


def as_line(**changed: Any) -> bytes:
    given = {
        "id": "000000000001",
        "kind": "single_choice",
        "stem": "题？",
        "key": ["甲"],
        "options": ["甲", "乙"],
    }
    return json.dumps({**BASE, "accepted": [], "distractors": [], **given, **changed}).encode()


@pytest.mark.parametrize(("changed", "message"), UNSOUND.values(), ids=UNSOUND)
def test_a_question_that_is_not_sound_for_its_kind_is_named(changed: dict[str, Any], message: str) -> None:
    found = imports.read("题.jsonl", as_line(**changed))
    assert found.items == ()
    assert message in str(found.problems[0])


@pytest.mark.parametrize("kind", ItemKind)
def test_what_goes_in_is_sound_to_the_doctor(kind: ItemKind, bank: Bank) -> None:
    cases = enumerate(changed for changed, _ in UNSOUND.values())
    everything = b"\n".join(as_line(**one | {"kind": kind, "id": f"{n:012x}"}) for n, one in cases)
    banks.put(bank, "/题", "题", banks.entries(imports.read("题.jsonl", everything).items, NOON), NOON)
    assert not doctor.examine(bank, repair=False)


def test_pairs_of_a_table_have_their_right_sides_as_options() -> None:
    row = ("匹配题", "连线。", "天津=津\n北京=京")
    assert read_csv(("题型", "题干", "答案"), row)[0] == ["matching 连线。 [京|津] = 天津=津|北京=京"]


# ---- files under another name ----------------------------------------------------------------------

OLD = bytes.fromhex("d0cf11e0a1b11ae1")
PLAIN = "题型,题干,选项A,选项B,答案\n单选题,甲？,一,二,B\n"
NAMED: dict[str, tuple[str, bytes]] = {
    "tabs": ("题.tsv", PLAIN.replace(",", "\t").encode()),
    "a table called text": ("题.txt", PLAIN.encode()),
    "tabs called text": ("题.txt", PLAIN.replace(",", "\t").encode()),
    "a table called JSON": ("题.json", PLAIN.encode()),
    "a title above the header": ("题.csv", ("二〇二四年题库\n" + PLAIN.replace(",", "\t")).encode()),
    "a workbook called old": (
        "题.xls",
        as_xlsx({"题": [HEAD, ("单选题", "甲？", "一", "二", None, None, "B")]}),
    ),
    "lines of JSON called JSON": ("题.json", as_line(stem="甲？", options=["一", "二"], key=["二"])),
}


@pytest.mark.parametrize(("name", "data"), NAMED.values(), ids=NAMED)
def test_a_table_is_known_by_what_it_is(name: str, data: bytes) -> None:
    found = (
        imports.read(name, data) if imports.has_structure(name) else imports.read_text(name, data.decode())
    )
    assert [said(item) for item in found.items] == ["single_choice 甲？ [一|二] = 二"]


REFUSED: dict[str, tuple[str, bytes, str]] = {
    "old Excel": ("题.xls", OLD, "是旧版 Excel（.xls）：请用 Excel 打开，另存为 .xlsx"),
    "old Excel called new": ("题.xlsx", OLD, "是旧版 Excel（.xls）"),
    "old Excel called CSV": ("题.csv", OLD, "是旧版 Excel（.xls）"),
    "a page called Excel": ("题.xls", b"<html><table>", "是网页或 XML 格式的表格"),
    "a list of JSON": ("题.json", b"[{}]", "是 JSON，但不是题库"),
    "an object of JSON": ("题.json", b'{\n"a": 1\n}', "是 JSON，但不是题库"),
}


@pytest.mark.parametrize(("name", "data", "message"), REFUSED.values(), ids=REFUSED)
def test_what_only_another_program_can_open_is_refused_with_the_remedy(
    name: str, data: bytes, message: str
) -> None:
    with pytest.raises(StudyError, match=message):
        imports.read(name, data)


BESIDE = {
    "answers": (
        "1. 甲（ ）\nA.一\nB.二\n2. 乙（ ）\nA.三\nB.四\n参考答案\n题目\t答案\n1\tA\n2\tB",
        ["single_choice 甲（ ） [一|二] = 一", "single_choice 乙（ ） [三|四] = 四"],
    ),
    "material of a stem": (
        "1. 见下表（A）\n题目\t答案\n丙\t丁\nA.一\nB.二",
        ["single_choice 见下表（ ）\n题目\t答案\n丙\t丁 [一|二] = 一"],
    ),
    "an answer": (
        "一、判断题\n1. 甲。（√）\n二、简答题\n1. 列表。\n答：\n问题\t答案\n丙\t丁",
        ["true_false 甲。 = 正确"],
    ),
    "questions behind a blank": (
        "1. 甲____。\n答案：乙\n2. 丙____。\n答案：丁\n题目\t答案\n戊____\t己", ["cloze 甲____。 = 乙"],
    ),
    "questions behind an option": (
        "1. 甲。（√）\n2. 乙（B）\nA.一\nB.二\n题目\t答案\n戊\t己", ["true_false 甲。 = 正确"],
    ),
    "statements behind one": (
        "1. 甲（A）\nA.一\nB.二\n2. 乙。（√）\n题目\t答案\n戊\t×",
        ["single_choice 甲（ ） [一|二] = 一", "true_false 乙。 = 正确"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BESIDE.values(), ids=BESIDE)
def test_a_table_in_a_document_takes_no_question_from_its_text(text: str, expected: list[str]) -> None:
    rows = [line for line in text.split("\n") if "\t" in line]
    found = imports.read_text("题.docx", text, rows)
    assert [said(item) for item in found.items] == expected
    assert "表格按文字读" in found.notes[-1]


def test_a_table_in_a_word_document_is_refused_in_one_line(
    tmp_path: Path, run_here: Callable[..., Any]
) -> None:
    from docx import Document  # noqa: PLC0415

    document = Document()
    table = document.add_table(2, 3)
    for row, texts in zip(table.rows, (("题干", "选项", "答案"), ("甲？", "A.一 B.二", "A")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(tmp_path / "题.docx"))
    done = run_here(tmp_path / "题.db", "import", str(tmp_path / "题.docx"))
    assert done.returncode == 2
    assert "题.docx 的题在表格里：请把表格复制到 Excel，另存为 .xlsx 或 CSV 再导入" in done.stderr


# ---- marking, and numbers of a sheet ---------------------------------------------------------------

DOUBLE = {
    "a number in two ways": ({"姓名": "甲", "1": "A", "第1题": "B"}, "“1”和“第1题”两列都是第 1 题"),
    "a number with a zero": ({"姓名": "甲", "1": "A", "01": "B"}, "“1”和“01”两列都是第 1 题"),
    "two names": ({"姓名": "甲", "学员": "乙", "1": "A"}, "“姓名”和“学员”两列都是姓名"),
    "two versions": ({"姓名": "甲", "卷别": "A", "版本": "B", "1": "A"}, "“卷别”和“版本”两列都是卷别"),
}


@pytest.mark.parametrize(("row", "message"), DOUBLE.values(), ids=DOUBLE)
def test_two_columns_for_one_thing_are_refused(row: dict[str, str], message: str) -> None:
    paper = (Asked(1, 2.0, made(1, "single_choice", "甲？", ["一"], ("一", "二"))),)
    with pytest.raises(StudyError, match=message):
        grade({"A": paper}, [(2, row)])


def test_a_kind_that_is_given_two_numbers_is_refused() -> None:
    assert by_kind(["cloze=2", "判断=1"], "--number") == {ItemKind.CLOZE: 2, ItemKind.TRUE_FALSE: 1}
    with pytest.raises(StudyError, match="--number cloze=2：填空题写了两次"):
        by_kind(["填空=1", "cloze=2"], "--number")


# ---- kinds that no column says ---------------------------------------------------------------------


def test_the_title_of_a_worksheet_says_the_kind_where_no_column_does() -> None:
    rows: list[Row] = [("题干", "答案"), ("甲。", "V"), ("乙。", "1")]
    found = imports.read("题.xlsx", as_xlsx({"判断题": rows, "说明": NOTE}))
    assert [said(item) for item in found.items] == ["true_false 甲。 = 正确"]
    assert "判断题的答案应为正确或错误" in str(found.problems[0])
    own: list[Row] = [HEAD, ("单选", "丙？", "一", "二", None, None, "A")]
    assert imports.read("题.xlsx", as_xlsx({"判断题": own})).items[0].kind is ItemKind.SINGLE_CHOICE


def test_a_row_that_names_a_kind_holds_for_the_rows_below_it() -> None:
    head = ("序号", "题干", "A", "B", "答案")
    rows = (("一、单选题",), ("1", "甲？", "一", "二", "A"), ("二、多选题",), ("1", "乙？", "一", "二", "B"))
    assert read_csv(head, *rows) == (
        ["single_choice 甲？ [一|二] = 一", "multiple_response 乙？ [一|二] = 二"], [],
    )  # fmt: skip

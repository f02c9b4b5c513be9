"""Banks that trainers have are understood as they were meant, or the line and what was expected is named."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from studytool import imports, sources
from studytool.errors import StudyError
from studytool.exports import Deck, export
from studytool.exports.deck import prepared
from studytool.imports.jsonl import item_from_json
from studytool.model import Item, ItemKind, Source, Status

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


@pytest.mark.parametrize(("risk", "text", "expected"), cases(), ids=[risk for risk, _, _ in cases()])
def test_a_question_list_is_understood(risk: str, text: str, expected: str) -> None:
    understood = imports.read_text("题库.txt", text)
    lines = expected.split("\n")
    assert [line_of(item) for item in understood.items] == [line for line in lines if line[0] != "!"]
    problems = [line[2:].split(" ", 1) for line in lines if line[0] == "!"]
    assert [str(problem.line) for problem in understood.problems] == [line for line, _ in problems]
    for problem, (_, message) in zip(understood.problems, problems, strict=True):
        assert message in str(problem)


# ---- what we export comes back --------------------------------------------------------------------

LINES = (FIXTURES.parent / "exports" / "items.jsonl").read_text(encoding="utf-8").splitlines()
DECK = prepared(Deck("学习", tuple(item_from_json(json.loads(line)) for line in LINES)))[0]
FILES = {
    "jsonl": "题库.jsonl",
    "csv": "题库.csv",
    "xlsx": "题库.xlsx",
    "kaoshibao": "题库.xlsx",
    "moodle": "题库.xml",
    "gift": "题库.gift",
    "qti": "题库.zip",
    "md": "题库.md",
}


def asked(item: Item) -> tuple[object, ...]:
    """What an item asks, whatever the order of options or of right options; Markdown keeps no line breaks."""
    stem = re.sub(r"\s+", " ", item.stem)
    key = frozenset(item.key) if item.kind is ItemKind.MULTIPLE_RESPONSE else item.key
    return item.kind, stem, key, frozenset(item.options)


@pytest.mark.parametrize("name", FILES)
def test_what_is_exported_comes_back_the_same(name: str) -> None:
    exported = export(name, DECK)
    understood = imports.read(FILES[name], exported.data)
    assert understood.problems == ()
    expected = {asked(item) for item in DECK.items}
    found = {asked(item) for item in understood.items}
    assert found <= expected
    lost = sum(count for reason, count in exported.left_out.items() if "其他可接受" not in reason)
    assert len(understood.items) == len(DECK.items) - lost


@pytest.mark.parametrize("name", [name for name in FILES if name != "kaoshibao"])
def test_ids_and_evidence_survive_the_way_out_and_back(name: str) -> None:
    back = {item.id: item for item in imports.read(FILES[name], export(name, DECK).data).items}
    assert set(back) <= {item.id for item in DECK.items}
    assert back["s1-place"].evidence == "新码头建在柳叶洲，年底前完工。"
    assert back["c1-figure"].accepted[0][0] == "24"


@pytest.mark.parametrize("name", ["jsonl", "csv", "xlsx", "moodle", "gift", "qti", "md"])
def test_other_accepted_answers_survive(name: str) -> None:
    back = {item.id: item for item in imports.read(FILES[name], export(name, DECK).data).items}
    assert back["c1-figure"].accepted == (("24", "二十四", "24个"),)


def test_markdown_brings_back_the_other_answers_of_each_blank_and_names_what_it_cannot() -> None:
    item = next(item for item in DECK.items if item.kind is ItemKind.CLOZE)
    two = replace(item, stem="甲____，乙____。", key=("一", "二"), accepted=(("一",), ("二", "2", "两")))
    kept = imports.read("题库.md", export("md", replace(DECK, items=(two,))).data).items[0]
    assert kept.accepted == (("一",), ("二", "2", "两"))
    exported = export("md", replace(DECK, items=(replace(two, accepted=(("一", "甲、乙"), ("二", "2"))),)))
    assert imports.read("题库.md", exported.data).items[0].accepted == (("一",), ("二", "2"))
    assert exported.left_out == {"填空题带顿号或分号的其他可接受答案": 1}


def test_a_list_says_what_else_may_be_answered() -> None:
    found = imports.read_text("题库.txt", "1. 甲____。\n答案：乙\n也可答：丙、丁；戊")
    assert found.items[0].accepted == (("乙", "丙", "丁", "戊"),)


def test_the_table_brings_back_tags_status_and_corrections() -> None:
    back = {item.id: item for item in imports.read("题库.xlsx", export("xlsx", DECK).data).items}
    assert (back["s1-place"].tags, back["s1-place"].status) == (("码头", "重点 工程"), Status.APPROVED)
    assert (back["t2-false"].original, back["t2-false"].changed) == ("两次", "五次")


# ---- tables of other people -----------------------------------------------------------------------


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


QUESTION = "单选 新桥有几座？ [一座|两座] = 两座"
TABLES = {
    "表头用别的叫法": (("题目", "类型", "A", "B", "正确答案"), ("新桥有几座？", "单选", "一座", "两座", "B")),
    "表头带必填和换行": (
        ("题干（必填）", "题型 （必填）", "选项 A", "选项B\n(勿删)", "正确答案\n（必填）"),
        ("新桥有几座？", "单选题", "一座", "两座", "B"),
    ),
    "表头前有说明": (
        ("导入须知",),
        ("题干", "选项A", "选项B", "答案"),
        ("新桥有几座？", "一座", "两座", "B"),
    ),
    "列的次序不同": (("答案", "选项B", "选项A", "题干"), ("B", "两座", "一座", "新桥有几座？")),
    "选项在一格里": (("题干", "选项", "答案"), ("新桥有几座？", "A. 一座 B. 两座", "B")),
    "选项在一格里分行": (("题干", "选项", "答案"), ("新桥有几座？", "一座\n两座", "B")),
    "选择项用数字": (("题干", "选择项1", "选择项2", "答案"), ("新桥有几座？", "一座", "两座", "B")),
}


@pytest.mark.parametrize("risk", TABLES)
def test_a_table_is_understood_by_its_header(risk: str) -> None:
    understood = imports.read("题库.xlsx", workbook(*TABLES[risk]))
    assert [line_of(item) for item in understood.items] == [QUESTION]


def test_numbers_in_cells_are_read_as_written() -> None:
    data = workbook(("题干", "选项A", "选项B", "答案"), ("新站有几个？", 18, 24.0, "B"))
    assert line_of(imports.read("题库.xlsx", data).items[0]) == "单选 新站有几个？ [18|24] = 24"


def test_a_percentage_of_a_workbook_is_the_one_people_saw() -> None:
    data = workbook(("题干", "题型", "答案"), ("增长____。", "填空题", 0.628))
    book, changed = load_workbook(BytesIO(data)), BytesIO()
    book.active["C2"].number_format = "0.0%"
    book.save(changed)
    assert imports.read("题库.xlsx", changed.getvalue()).items[0].key == ("62.8%",)


def test_csv_as_excel_saves_it_in_china_is_read() -> None:
    data = "题干,选项A,选项B,答案\r\n新桥有几座？,一座,两座,B\r\n".encode("gbk")
    assert line_of(imports.read("题库.csv", data).items[0]) == QUESTION


def test_a_row_that_is_wrong_is_named_and_the_others_are_kept() -> None:
    rows = (
        ("题干", "选项A", "选项B", "答案"),
        ("甲？", "一", "二", "C"),
        ("新桥有几座？", "一座", "两座", "B"),
    )
    understood = imports.read("题库.xlsx", workbook(*rows))
    assert [line_of(item) for item in understood.items] == [QUESTION]
    assert [str(problem) for problem in understood.problems] == [
        "第 2 行“甲？”：答案“C”超出了选项，选项只有 2 个"
    ]


# ---- banks that are broken ------------------------------------------------------------------------

BROKEN = {
    "题库.xlsx": (b"PK\x03\x04nothing", "不是 Excel 工作簿"),
    "题库.csv": ("甲,乙\n1,2\n".encode(), "找不到表头"),
    "题库.xml": (b"<quiz><question>", "不是完整的 XML"),
    "题库.zip": (b"nothing", "不是 QTI 的压缩包"),
    "题库.gift": (b"\xff\xff\xff\x80", "不是文字文件"),
    "题库.ppt": (b"", "不认识“题库.ppt”的格式"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_not_what_it_says_is_refused(name: str) -> None:
    data, message = BROKEN[name]
    with pytest.raises(StudyError, match=message):
        imports.read(name, data)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("题库.jsonl", '{"id": "1"}\n', '第 1 行“{"id": "1"}”：缺少 \'kind\' 一项'),
        ("题库.jsonl", "\n{x\n", "第 2 行“{x”：不是一个 JSON 对象（第 2 个字符处）"),
        (
            "题库.gift",
            "::一::甲？{=乙\n\n::二::丙？{=丁}\n",
            "第 1 行“::一::甲？{=乙”：应为“题干{答案}”，括号要成对",
        ),
        ("题库.gift", "\n\n甲？{#3}\n", "第 3 行“甲？”：数字题不能导入"),
        ("题库.xml", '<quiz><question type="ddwtos"/></quiz>', "第 1 题“”：不支持 ddwtos 这种题型"),
    ],
    ids=["missing field", "no json", "open brace", "numerical", "unknown type"],
)
def test_what_is_wrong_is_named_with_its_place(name: str, text: str, message: str) -> None:
    assert str(imports.read(name, text.encode()).problems[0]) == message


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_short_never_ends_in_a_traceback(name: str) -> None:
    data = export(name, DECK).data
    for share in range(1, 20):
        with suppress(StudyError):
            imports.read(FILES[name], data[: len(data) * share // 20])


GIFT_TEXTS = {
    "one question of each kind": (
        "::一::桥有几座？{~一座 =两座}\n\n::二::桥有两座。{T}\n\n桥有{=两}座。\n",
        3,
    ),
    "with a category and remarks": ("$CATEGORY: 学习\n\n// question: 1\n::一::桥有几座？{~一座 =两座}\n", 1),
    "one that is broken among them": ("甲？{=乙}\n\n丙？{=丁}\n\n戊？{=己\n\n庚\n", 2),
}


@pytest.mark.parametrize("text", GIFT_TEXTS)
def test_gift_is_known_by_what_it_says_where_moodle_calls_it_a_text(text: str) -> None:
    said, count = GIFT_TEXTS[text]
    assert len(imports.read_text("题库.txt", said).items) == count


def test_braces_in_a_question_list_are_no_gift() -> None:
    said = "1. 集合{1, 2}有几个数？\nA. 一个\nB. 两个\n答案：B\n\n2. 桥有几座？\nA. 一座\nB. 两座\n答案：B\n"
    assert [item.key for item in imports.read_text("题库.txt", said).items] == [("两个",), ("两座",)]


MANY = 200_000
LONG_RUNS = {
    "in a stem": "1. 全市坚持{run}。\nA. x\nB. y\n答案：A",
    "before a gap": "1. 甲（ ）{run}（{run}）{run}x\nA. x\nB. y\n答案：A",
    "before a rule": "1. 甲{run}____{run}x\n答案：对",
    "in a title": "#{run}一、单选题{run}x\n1. 甲\n答案：A",
    "behind a label": "1. 甲\n答案{run}\xa0x\n参考答案{run}x\n解析{run}x\n【{run}x",
    "between the words of blanks": "1. 甲____、____、____。\n答案：乙{run}丙{run}丁{run}戊",
    "behind a sign": "一、判断题\n1. 甲。（×）{run}x\n{run}理由{run}：x\n（{run}2{run}分{run}）",
    "in titles": "1. 甲\n答案：乙\n第{run}二{run}章{run}x\n{run}二{run}、{run}x\n2. 丙",
    "in a list of answers": "1. 甲\nA. x\nB. y\n参考答案\n1{run}-{run}3{run}题{run}x\n1{run}x",
}


@pytest.mark.parametrize("space", [" ", "\t", "\u3000"], ids=["space", "tab", "wide space"])
@pytest.mark.parametrize("text", LONG_RUNS.values(), ids=LONG_RUNS)
def test_a_run_of_spaces_takes_no_longer_than_it_is(text: str, space: str) -> None:
    """Where its square were taken, each of these would take minutes."""
    imports.read_text("题库.txt", text.replace("{run}", space * MANY))
    with suppress(StudyError):
        imports.read("题库.gift", f"::甲::{space * MANY}乙{{".encode())


@pytest.mark.parametrize(
    "text", ["<", "<p>依据：", "<li>", "</p><p", "{1:SA:", "//甲乙 "], ids=lambda text: f"many {text}"
)
def test_what_opens_and_never_closes_takes_no_longer_than_it_is(text: str) -> None:
    quiz, feedback = ET.Element("quiz"), "generalfeedback"
    for kind in ("cloze", "essay"):
        question = ET.SubElement(quiz, "question", type=kind)
        for name in ("questiontext", feedback):
            ET.SubElement(ET.SubElement(question, name), "text").text = text * (MANY // len(text))
    imports.read("题库.xml", ET.tostring(quiz))


@pytest.mark.parametrize(
    "text", ["（ ）", "（应为", "（A）A.甲", "1.甲；", "第 1 页", "（√）", "（2分）", "（见", "注："]
)
def test_signs_without_end_take_no_longer_than_they_are(text: str) -> None:
    many = text * (MANY // len(text) // 2)
    for start, end in (("一、判断题\n1. 甲（×）", "x（√）"), ("1. 甲？", ""), ("1. 甲？\n答案：", "")):
        imports.read_text("题库.txt", f"{start}{many}{end}")


def test_a_table_of_ours_with_a_very_long_field_comes_back() -> None:
    long = replace(DECK.items[0], evidence="全市坚持" * 50_000)
    (back,) = imports.read("题库.csv", export("csv", replace(DECK, items=(long,))).data).items
    assert back.evidence == long.evidence


@given(st.text(alphabet="1２.、（)(）AB答案：。题一 \n_√×-5判断", max_size=60))
def test_any_text_can_be_read_as_a_question_list(text: str) -> None:
    understood = imports.read_text("题库.txt", text)
    assert all(item.key and item.stem for item in understood.items)


CORRECTED = {
    "what should stand there": ("甲日五次。（×）改正：两次", "甲日五次。", "改正：两次", None, None),
    "in brackets": ("甲日五次。（×）（应为两次）", "甲日五次。", "应为两次", None, None),
    "both words": ("甲日五次。（×）（“五次”应为“两次”）", "甲日五次。", None, "两次", "五次"),
    "words that stand there twice": ("五和五。（×）改正：五应为两", "五和五。", "改正：五应为两", None, None),
    "as we write it": (
        "甲日五次。（×）\n解析：原文为“两次”，题中误作“五次”。\n解析：见简报。",
        "甲日五次。", "见简报。", "两次", "五次",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CORRECTED)
def test_the_correction_of_a_statement_is_no_part_of_it(case: str) -> None:
    row, *expected = CORRECTED[case]
    (item,) = imports.read_text("题库.txt", f"一、判断题\n1. {row}").items
    assert [item.stem, item.explanation, item.original, item.changed] == expected


def test_markdown_brings_back_what_a_false_statement_replaced() -> None:
    back = {item.id: item for item in imports.read("题库.md", export("md", DECK).data).items}
    assert (back["t2-false"].original, back["t2-false"].changed) == ("两次", "五次")


def test_difficulty_and_chapter_behind_the_answer_are_kept() -> None:
    (item,) = imports.read_text("题库.txt", "1. 甲？\nA. 一\nB. 二\n答案：B    难度：0.3   章节：简报").items
    assert (item.difficulty, item.section, item.key) == (0.3, "简报", ("二",))


def test_lines_below_the_first_question_that_belong_to_none_are_named() -> None:
    said = "河湾区题库\n一、单选题\n1. 甲？（B）\nA. 一\nB. 二\n二、判断题\n请判断对错。\n1. 乙。（√）\n"
    assert imports.read_text("题库.txt", said).notes == ("没有用到：第 7 行“请判断对错。”",)


def test_a_heading_of_the_document_is_no_part_of_the_question_before_it() -> None:
    said = "1. 甲____。\n答案：乙\n党的纪律\n2. 丙____。\n答案：丁\n\n3. 戊？\n答：\n己\n庚\n4. 辛？\n答：壬"
    found = imports.read_text("题库.docx", said, headings={3, 9, 10})
    assert [item.key for item in found.items] == [("乙",), ("丁",), ("己", "庚"), ("壬",)]
    assert "第 3 行“党的纪律”" in found.notes[0]


def test_what_stands_behind_the_sign_of_a_statement_explains_it() -> None:
    said = "一、判断题\n1. 甲。（×）\n理由：应为乙。\n2. 丙。（×）——应为丁\n3. 戊。（√）\n（见教材第3页）"
    found = imports.read_text("题库.txt", said)
    assert [item.explanation for item in found.items] == ["理由：应为乙。", "应为丁", "（见教材第3页）"]


def test_underlined_space_of_a_word_document_is_a_blank_and_padding_of_underlined_words_is_none(
    tmp_path: Path,
) -> None:
    document = Document()
    for texts in (
        ("1. 甲是", "_    ", "，乙是", "_\t", "_  ", "。"), ("答案：丙；丁",),
        ("2. 戊", "_   ", "_己", "_   ", "是____。"), ("答案：庚",),
    ):  # fmt: skip
        paragraph = document.add_paragraph()
        for text in texts:
            paragraph.add_run(text.removeprefix("_")).underline = text[0] == "_"
    document.save(str(tmp_path / "题.docx"))
    text = sources.read_list(Source(str(tmp_path / "题.docx"), "题.docx", "")).text
    assert [item.key for item in imports.read_text("题.docx", text).items] == [("丙", "丁"), ("庚",)]

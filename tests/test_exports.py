"""Every format is read back by a reader that is not ours, and gives the same items, keys and options."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, ValuesView
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from markdown_it import MarkdownIt
from openpyxl import Workbook, load_workbook
from selectolax.lexbor import LexborHTMLParser

from studytool.errors import StudyError
from studytool.exports import EXPORTERS, Deck, check_suffix, export
from studytool.exports.deck import prepared
from studytool.exports.files import write, write_all
from studytool.exports.jsonl import item_json
from studytool.exports.wording import letter, letters, pairs, rights
from studytool.imports.jsonl import item_from_json
from studytool.model import BLANK, RIGHT, WRONG, Item, ItemKind
from studytool.model.names import KIND_NAMES

FIXTURES = Path(__file__).parent / "fixtures" / "exports"
LINES = (FIXTURES / "items.jsonl").read_text(encoding="utf-8").splitlines()
RAW = tuple(item_from_json(json.loads(line)) for line in LINES)
DECK = prepared(Deck("学习/试用 <b>", RAW, description="说明 & 试用"))[0]
BY_ID = {item.id: item for item in DECK.items}
QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"

Read = dict[str, "Question"]


class Question(NamedTuple):
    """What a reader found of an item."""

    stem: str
    key: tuple[str, ...]
    options: tuple[str, ...] = ()


def of_kinds(*kinds: ItemKind) -> list[Item]:
    return [item for item in DECK.items if item.kind in kinds]


@pytest.mark.parametrize("name", EXPORTERS)
def test_what_has_no_evidence_gets_no_empty_remark(name: str) -> None:
    nothing = {"evidence": "", "article": "", "section": None, "explanation": None, "original": None}
    bare = [replace(one, **nothing) for one in DECK.items]
    data = export(name, replace(DECK, items=tuple(bare))).data
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as archive:
            data = b"\n".join(archive.read(one) for one in archive.namelist() if not one.endswith(".anki2"))
    text = data.decode("utf-8", errors="replace")
    assert not re.search(r"依据：|(?m:^\s*>\s*$)", text)


STEERING = "天\x9b31m津\u202e是\u2066哪里"


@pytest.mark.parametrize("name", EXPORTERS)
def test_nothing_that_steers_a_terminal_or_turns_the_text_leaves_the_bank(name: str) -> None:
    item = replace(of_kinds(ItemKind.SINGLE_CHOICE)[0], stem=f"{STEERING}____？")
    data = export(name, replace(DECK, items=(item,))).data
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as archive:
            data = b"\n".join(archive.read(one) for one in archive.namelist())
    assert not re.search("[\x9b\u202e\u2066]", data.decode("utf-8", errors="ignore"))


def test_our_own_format_keeps_such_characters_escaped() -> None:
    item = replace(of_kinds(ItemKind.SINGLE_CHOICE)[0], stem=f"{STEERING}____？")
    (line,) = export("jsonl", replace(DECK, items=(item,))).data.decode().splitlines()
    assert json.loads(line)["stem"] == item.stem


@pytest.mark.parametrize("name", EXPORTERS)
@pytest.mark.parametrize("ending", ["own", ".txt", "", ".备份"])
def test_a_file_may_have_the_ending_of_its_format_or_one_nobody_knows(name: str, ending: str) -> None:
    check_suffix(name, "题" + (EXPORTERS[name].suffix if ending == "own" else ending))


# ---- the registry ---------------------------------------------------------------------------------


def test_an_unknown_format_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(StudyError, match=r"没有“pdf2”这种导出格式.*anki.*qti"):
        export("pdf2", DECK)


def test_naming_the_formats_loads_no_library() -> None:
    program = (
        "import sys, studytool.exports\n"
        "print([name for name in ('genanki', 'openpyxl', 'xml.etree', 'sqlite3') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize("name", EXPORTERS)
def test_the_same_deck_gives_the_same_bytes(name: str) -> None:
    assert export(name, DECK) == export(name, DECK)


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_deck_without_items_is_a_file_too(name: str) -> None:
    assert export(name, Deck("空", ())).left_out == {}


@pytest.mark.parametrize("name", EXPORTERS)
def test_control_characters_reach_no_format(name: str) -> None:
    data = export(name, Deck("学习", RAW)).data
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", data) or data[:2] == b"PK"


BROKEN = [
    (replace(BY_ID["c2-list"], key=("修路",)), "空格数与答案数不符"),
    (replace(BY_ID["s1-place"], key=("别处",)), "答案不在选项中"),
    (replace(BY_ID["s1-place"], options=("柳叶洲", "柳叶洲")), "选项重复"),
    (replace(BY_ID["t1-true"], key=("对",)), "判断题答案不明"),
    (replace(BY_ID["x1-match"], key=("上游",)), "匹配题答案不成对"),
    (replace(BY_ID["a1-points"], key=()), "题干或答案为空"),
]


@pytest.mark.parametrize(("broken", "reason"), BROKEN, ids=[reason for _, reason in BROKEN])
def test_an_item_nobody_could_answer_is_left_out_and_named(broken: Item, reason: str) -> None:
    exported = export("md", Deck("学习", (broken, BY_ID["s2-figure"])))
    assert (exported.left_out, exported.missing) == ({reason: 1}, 1)
    assert "清淤长度" in exported.data.decode()


def test_a_second_item_of_the_same_id_is_left_out_and_named() -> None:
    assert export("csv", Deck("学习", (RAW[0], RAW[0]))).left_out == {"编号重复": 1}


# ---- jsonl ----------------------------------------------------------------------------------------


def test_jsonl_gives_the_contract_as_it_stands() -> None:
    given = export("jsonl", Deck("学习", RAW)).data.decode().splitlines()
    assert [json.loads(line) for line in given] == [json.loads(line) for line in LINES]
    assert list(json.loads(given[0])) == list(json.loads(LINES[0]))


def test_only_false_statements_say_what_was_changed() -> None:
    changed = [item.id for item in RAW if "changed" in item_json(item)]
    assert changed == ["t2-false", "h-true"]


# ---- tables ---------------------------------------------------------------------------------------


def read_table(rows: list[list[str]]) -> Read:
    """Our own table, by the names of its columns."""
    names, *records = rows
    found: Read = {}
    for cells in (dict(zip(names, record, strict=True)) for record in records):
        options = [text for name, text in cells.items() if name.startswith("选项") and text]
        key = cells["答案"].split("\n")
        if cells["题型"] in ("单选题", "多选题", "排序题"):
            key = [options[ord(sign) - ord("A")] for sign in cells["答案"]]
        found[cells["编号"]] = Question(cells["题干"], tuple(key), tuple(options))
    return found


def in_option_order(item: Item) -> tuple[str, ...]:
    """The key as letters can give it: of choices in the order of the options."""
    lettered = item.kind in (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE)
    return tuple(sorted(item.key, key=item.options.index)) if lettered else item.key


def in_our_table(item: Item) -> Question:
    options = rights(item) if item.kind is ItemKind.MATCHING else item.options
    return Question(item.stem, in_option_order(item), options)


def test_csv_is_read_by_the_csv_module() -> None:
    text = export("csv", DECK).data.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text, newline="")))
    assert not [cell for row in rows for cell in row if re.match(r"[=+\-@\t]", cell)]
    bare = [[re.sub(r"^'(?='*[=+\-@\t])", "", cell) for cell in row] for row in rows]
    assert read_table(bare) == {item.id: in_our_table(item) for item in DECK.items}


def cells_of(data: bytes) -> list[list[str]]:
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    assert all(cell.data_type == "s" for row in sheet for cell in row if cell.value is not None)
    return [[cell.value or "" for cell in row] for row in sheet]


def test_xlsx_is_read_by_openpyxl_and_holds_text_only() -> None:
    exported = export("xlsx", DECK)
    assert read_table(cells_of(exported.data)) == {item.id: in_our_table(item) for item in DECK.items}
    assert exported.left_out == {}


def test_a_cell_too_long_for_excel_is_named() -> None:
    endless = replace(RAW[0], evidence="长" * 40_000)
    assert export("xlsx", Deck("学习", (endless,))).left_out == {"单元格超过 32767 字的部分": 1}


def test_other_accepted_answers_stand_in_the_table() -> None:
    rows = cells_of(export("xlsx", DECK).data)
    assert rows[1][rows[0].index("也可答")] == "二十四|24个"


def read_kaoshibao(rows: list[list[str]]) -> dict[str, Question]:
    """By the stem, since the site knows no ids; the fourteen columns by position."""
    found = {}
    for row in rows:
        options = [text for text in row[2:10] if text]
        lettered = row[1] in ("单选题", "多选题", "排序题", "判断题")
        key = [options[ord(sign) - ord("A")] for sign in row[10]] if lettered else row[10].split("\n")
        found[f"{row[1]} {row[0]}"] = Question(
            row[0], tuple(options if row[1] == "填空题" else key), tuple(options)
        )
    return found


def in_kaoshibao(item: Item) -> Question:
    if item.kind is ItemKind.TRUE_FALSE:
        return Question(item.stem, ("对" if item.key == (RIGHT,) else "错",), ("对", "错"))
    return Question(
        item.stem, in_option_order(item), item.key if item.kind is ItemKind.CLOZE else item.options
    )


def expected_in_kaoshibao() -> dict[str, Question]:
    kept = [item for item in DECK.items if item.kind is not ItemKind.MATCHING]
    return {f"{KIND_NAMES[item.kind]} {item.stem}": in_kaoshibao(item) for item in kept}


def test_kaoshibao_has_its_fourteen_columns_and_all_keys() -> None:
    exported = export("kaoshibao", DECK)
    header, *rows = cells_of(exported.data)
    assert len(header) == 14
    assert (header[0], header[1], header[6], header[10]) == (
        "题干（必填）",
        "题型 （必填）",
        "选项E\n(勿删)",
        "正确答案\n（必填）",
    )
    assert read_kaoshibao(rows) == expected_in_kaoshibao()
    assert exported.left_out == {"匹配题（考试宝没有这种题型）": 2, "填空题的其他可接受答案": 1}
    assert exported.missing == 2


def template() -> Workbook:
    """A workbook as the site gives it: notes, a header in the second row, an example, another sheet."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["导入须知：请勿改动表头"])
    sheet.append(["题干（必填）", "题型 （必填）"])
    sheet.append(["例题：一加一等于几？", "单选题", "二"])
    workbook.create_sheet("版本号")["A1"] = "v7"
    return workbook


def test_kaoshibao_fills_a_copy_of_the_users_template() -> None:
    given = BytesIO()
    template().save(given)
    data = export("kaoshibao", replace(DECK, template=given.getvalue())).data
    notes, _, *rows = cells_of(data)
    assert notes[0] == "导入须知：请勿改动表头"
    assert read_kaoshibao(rows) == expected_in_kaoshibao()
    assert load_workbook(BytesIO(data))["版本号"]["A1"].value == "v7"


@pytest.mark.parametrize(
    ("given", "message"), [(b"not a workbook", "不是 Excel 工作簿"), (b"", "不是 Excel 工作簿")]
)
def test_a_template_that_is_no_workbook_is_refused(given: bytes, message: str) -> None:
    with pytest.raises(StudyError, match=message):
        export("kaoshibao", replace(DECK, template=given))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        (
            "</sheetData>",
            '</sheetData><hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>',
        ),
        ("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
        ("</sheetData>", f"<row>{'<c/>' * 1_000_001}</row></sheetData>"),
        ("</sheetData>", f"</sheetData>{' ' * 70_000_000}"),
    ],
    ids=[
        "merged cells without end",
        "a link on every cell",
        "a cell in the last corner",
        "a million cells of nothing",
        "seventy megabytes",
    ],
)
@pytest.mark.parametrize("part", ["sheet1.xml", "sheet1.d"])
def test_a_template_that_would_fill_the_memory_is_refused(old: str, new: str, part: str) -> None:
    given, changed = BytesIO(), BytesIO()
    template().save(given)
    with ZipFile(given) as archive, ZipFile(changed, "w", ZIP_DEFLATED) as wrong:
        for name in archive.namelist():
            text = archive.read(name).replace(b"sheet1.xml", part.encode())
            if "sheet1" in name:
                text = text.replace(old.encode(), new.encode())
            wrong.writestr(name.replace("sheet1.xml", part), text)
    with pytest.raises(StudyError, match="从考试宝重新下载模板"):
        export("kaoshibao", replace(DECK, template=changed.getvalue()))


@pytest.mark.parametrize("name", ["xlsx", "kaoshibao"])
def test_a_workbook_is_made_without_temporary_files(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/proc/没有")
    assert cells_of(export(name, DECK).data)


def test_a_template_without_its_header_is_refused() -> None:
    given = BytesIO()
    Workbook().save(given)
    with pytest.raises(StudyError, match="找不到以“题干”开头的表头行"):
        export("kaoshibao", replace(DECK, template=given.getvalue()))


# ---- Moodle ---------------------------------------------------------------------------------------


def shown(markup: str | None) -> str:
    """What people see of a piece of HTML."""
    return LexborHTMLParser((markup or "").replace("<br>", "\n")).text() if markup else ""


def embedded(markup: str) -> tuple[str, list[list[str]]]:
    """The stem and the accepted answers of a cloze question, read as Moodle does."""
    answers = []
    for block in re.findall(r"(?<!\\)\{1:SHORTANSWER:((?:\\.|[^}\\])*)\}", markup):
        texts = [re.sub(r"\\(.)", r"\1", text) for text in re.split(r"(?<!\\)~", block)]
        answers.append([shown(text.removeprefix("%100%")) for text in texts])
    stem = re.sub(r"(?<!\\)\{1:SHORTANSWER:(?:\\.|[^}\\])*\}", BLANK, markup)
    return shown(stem), answers


def read_moodle(question: ET.Element) -> Question:
    stem = shown(question.findtext("questiontext/text"))
    answers = [
        (answer.get("fraction", ""), shown(answer.findtext("text"))) for answer in question.iter("answer")
    ]
    match question.get("type"):
        case "multichoice":
            options = tuple(text for _, text in answers)
            return Question(stem, tuple(text for weight, text in answers if float(weight) > 0), options)
        case "truefalse":
            return Question(stem, (RIGHT,) if ("100", "true") in answers else (WRONG,))
        case "cloze":
            stem, blanks = embedded(question.findtext("questiontext/text") or "")
            return Question(stem, tuple(texts[0] for texts in blanks))
        case "matching":
            sides = [
                (shown(sub.findtext("text")), sub.findtext("answer/text"))
                for sub in question.iter("subquestion")
            ]
            return Question(stem, tuple(f"{left}={right}" for left, right in sides if left))
        case "ordering":
            return Question(
                stem, tuple(text for _, text in sorted(answers, key=lambda answer: int(answer[0])))
            )
    points = LexborHTMLParser((question.findtext("graderinfo/text") or "").replace("<br>", "\n"))
    return Question(stem, tuple(node.text() for node in points.css("li")))


def in_moodle(item: Item) -> Question:
    choice = item.kind in (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE)
    return Question(item.stem, in_option_order(item), item.options if choice else ())


def test_moodle_xml_is_read_by_an_xml_parser() -> None:
    exported = export("moodle", DECK)
    category, *questions = ET.fromstring(exported.data)
    assert category.findtext("category/text") == "$course$/学习//试用 <b>"
    found = {question.findtext("idnumber"): read_moodle(question) for question in questions}
    assert found == {item.id: in_moodle(item) for item in DECK.items}
    assert exported.left_out == {}


def test_moodle_takes_every_accepted_answer_of_a_blank() -> None:
    question = ET.fromstring(export("moodle", Deck("学习", (BY_ID["c1-figure"],))).data)[1]
    assert embedded(question.findtext("questiontext/text") or "")[1] == [["24", "二十四", "24个"]]


def test_moodle_shows_the_evidence_as_text() -> None:
    questions = ET.fromstring(export("moodle", DECK).data)
    for question in questions[1:]:
        item = BY_ID[question.findtext("idnumber") or ""]
        assert f"依据：{item.evidence}" in shown(question.findtext("generalfeedback/text"))
        assert "<script" not in (question.findtext("generalfeedback/text") or "")


def gift_questions(text: str) -> Iterator[tuple[str, str, list[str]]]:
    """Name, stem and answers of each question, split the way Moodle splits them; escapes undone."""
    for block in re.split(r"\n\s*\n", text.strip()):
        body = "\n".join(line for line in block.split("\n") if not line.startswith("//"))
        found = re.fullmatch(
            r"::((?:\\.|[^:\\])*)::\[plain\]((?:\\.|[^{\\])*)\{((?:\\.|[^}\\])*)\}", body, re.DOTALL
        )
        if found:
            name, stem, inside = found.groups()
            answers = re.split(r"####", inside)[0].strip()
            yield bare(name), bare(stem), answers.split("\n") if answers else []


def bare(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)


def read_gift(stem: str, answers: list[str]) -> Question:
    if answers in (["T"], ["F"]):
        return Question(stem, (RIGHT,) if answers == ["T"] else (WRONG,))
    if any(" -> " in answer for answer in answers):
        sides = [answer[1:].split(" -> ") for answer in answers]
        return Question(stem, tuple(f"{bare(left)}={bare(right)}" for left, right in sides if left))
    texts = [bare(re.sub(r"^[=~](%-?[\d.]+%)?", "", answer)) for answer in answers]
    right = [not re.match(r"~(?!%[1-9])", answer) for answer in answers]
    key = tuple(text for text, is_right in zip(texts, right, strict=True) if is_right)
    return Question(stem, key, tuple(texts) if not all(right) else ())


def in_gift(item: Item) -> Question:
    match item.kind:
        case ItemKind.CLOZE:
            return Question(item.stem.replace(BLANK, "_" * 5), item.accepted[0])
        case ItemKind.SHORT_ANSWER:
            return Question(item.stem, ())
    return Question(
        item.stem, in_option_order(item), () if set(item.key) == set(item.options) else in_moodle(item)[2]
    )


def test_gift_keeps_what_it_can_hold_and_names_the_rest() -> None:
    exported = export("gift", DECK)
    found = {
        name.split()[1]: read_gift(stem, answers)
        for name, stem, answers in gift_questions(exported.data.decode())
    }
    gone = {"c2-list", "h-cloze", "o1-order", "h-order", "h-match", "h-arrow"}
    assert found == {item.id: in_gift(item) for item in DECK.items if item.id not in gone}
    assert exported.left_out == {
        "多空填空题（GIFT 一题只有一空，可改用 moodle 格式）": 2,
        "排序题（GIFT 没有这种题型）": 2,
        "答案里有“->”的填空题和匹配题（GIFT 会误读）": 2,
    }


@pytest.mark.parametrize("name", ["gift", "moodle"])
def test_weights_that_moodle_does_not_know_are_not_written(name: str) -> None:
    many = tuple(f"第{n}项" for n in range(12))
    wide = replace(BY_ID["m1-some"], key=many[:11], options=many)
    assert export(name, Deck("学习", (wide,))).left_out == {"正确或错误选项超过十个的多选题": 1}


# ---- QTI ------------------------------------------------------------------------------------------


def read_qti(root: ET.Element) -> Question:
    keys = {
        declaration.get("identifier"): [value.text or "" for value in declaration.iter(f"{QTI}value")]
        for declaration in root.iter(f"{QTI}responseDeclaration")
    }
    names = ("simpleChoice", "simpleAssociableChoice")
    texts = {node.get("identifier"): lined(node) for name in names for node in root.iter(QTI + name)}
    body = root.find(f"{QTI}itemBody")
    assert body is not None
    prompt = body.find(f".//{QTI}prompt")
    if body.find(f"{QTI}p/{QTI}textEntryInteraction") is not None:
        stem = "".join(body.itertext()) if len(body) > 1 else lined(body[0])
        return Question(stem, tuple(value for values in keys.values() for value in values))
    stem = lined(prompt) if prompt is not None else ""
    if body.find(f"{QTI}matchInteraction") is not None:
        sides = (value.split() for value in keys["RESPONSE"])
        return Question(stem, tuple(f"{texts[left]}={texts[right]}" for left, right in sides))
    if body.find(f"{QTI}extendedTextInteraction") is not None:
        return Question(stem, tuple(map(lined, body.iter(f"{QTI}li"))))
    return Question(stem, tuple(texts[value] for value in keys["RESPONSE"]), tuple(texts.values()))


def lined(node: ET.Element) -> str:
    """The text of an element, with its line breaks and a blank for each field."""
    parts = (("\n" if child.tag == f"{QTI}br" else BLANK) + (child.tail or "") for child in node)
    return (node.text or "") + "".join(parts)


def in_qti(item: Item) -> Question:
    if item.kind is ItemKind.TRUE_FALSE:
        return Question(item.stem, item.key, (RIGHT, WRONG))
    with_options = item.kind not in (ItemKind.MATCHING, ItemKind.CLOZE)
    return Question(item.stem, item.key, item.options if with_options else ())


def test_qti_is_read_by_an_xml_parser() -> None:
    archive = ZipFile(BytesIO(export("qti", DECK).data))
    items = [ET.fromstring(archive.read(name)) for name in archive.namelist() if name.startswith("items/")]
    assert {root.get("label"): read_qti(root) for root in items} == {
        item.id: in_qti(item) for item in DECK.items
    }


def test_the_manifest_and_the_test_name_every_file_of_the_package() -> None:
    archive = ZipFile(BytesIO(export("qti", DECK).data))
    manifest = ET.fromstring(archive.read("imsmanifest.xml"))
    files = [node.get("href") for node in manifest.iter("{http://www.imsglobal.org/xsd/imscp_v1p1}file")]
    assert sorted(map(str, files)) == sorted(set(archive.namelist()) - {"imsmanifest.xml"})
    test = ET.fromstring(archive.read("test.xml"))
    named = [node.get("href") for node in test.iter(f"{QTI}assessmentItemRef")]
    assert sorted(map(str, named)) == sorted(name for name in archive.namelist() if name.startswith("items/"))


QTI_ORDER = ["responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback"]


def test_parts_of_a_qti_item_stand_in_the_order_of_the_schema() -> None:
    archive = ZipFile(BytesIO(export("qti", DECK).data))
    for name in archive.namelist():
        if name.startswith("items/"):
            places = [
                QTI_ORDER.index(node.tag.removeprefix(QTI)) for node in ET.fromstring(archive.read(name))
            ]
            assert places == sorted(places)


# ---- pages ----------------------------------------------------------------------------------------


def test_markdown_shows_every_text_as_it_is() -> None:
    page = MarkdownIt("commonmark").render(export("md", DECK).data.decode())
    text = re.sub(r"\s+", " ", LexborHTMLParser(page).text())
    assert not re.search(r"<(script|a |img|table)", page)
    for item in DECK.items:
        for part in (item.stem, *item.options, item.evidence):
            assert re.sub(r"\s*\n\s*", " ", part) in text


def test_markdown_numbers_its_questions_by_kind() -> None:
    page = LexborHTMLParser(MarkdownIt("commonmark").render(export("md", DECK).data.decode()))
    assert [node.text() for node in page.css("h2")][:2] == ["一、填空题（7 题）", "二、单选题（8 题）"]
    assert [len(node.css("ol > li")) for node in [page]] == [len(DECK.items)]


def test_markdown_gives_the_key_as_letters_where_there_are_letters() -> None:
    text = LexborHTMLParser(MarkdownIt("commonmark").render(export("md", DECK).data.decode())).text()
    for item in of_kinds(ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE, ItemKind.ORDERING):
        assert f"答案： {letters(item)}\n" in text


def page_deck() -> dict[str, object]:
    page = LexborHTMLParser(export("html", DECK).data.decode())
    (script,) = page.css("script#deck")
    return json.loads(script.text(deep=True))  # type: ignore[no-any-return]


def test_the_page_carries_every_item() -> None:
    asked = page_deck()["items"]
    assert isinstance(asked, list)
    found = {each["id"]: (each["stem"], tuple(each["key"]), tuple(each["options"])) for each in asked}
    expected = {
        item.id: (item.stem, item.key, rights(item) if item.kind is ItemKind.MATCHING else item.options)
        for item in DECK.items
    }
    assert found == expected
    assert [each["pairs"] for each in asked if "pairs" in each] == [
        [list(pair) for pair in pairs(item)] for item in of_kinds(ItemKind.MATCHING)
    ]


def test_the_page_needs_no_network_and_lets_no_text_become_markup() -> None:
    page = export("html", DECK).data.decode()
    parsed = LexborHTMLParser(page)
    assert len(parsed.css("script")) == 2
    assert not parsed.css("[src], link, img, iframe")
    assert "default-src 'none'" in page
    assert parsed.css("h1")[0].text() == "学习/试用 <b>"


def test_text_that_looks_like_a_place_to_fill_stays_text() -> None:
    page = export("html", Deck("/*DECK*/", (BY_ID["s1-place"],))).data.decode()
    assert LexborHTMLParser(page).css("h1")[0].text() == "/*DECK*/"


# ---- writing the file -----------------------------------------------------------------------------


class BlockedMeanwhile(dict[str, bytes]):
    """Files of which the last becomes a folder after it was looked at and before it is written."""

    def values(self) -> ValuesView[bytes]:
        Path(list(self)[-1]).mkdir()
        return super().values()


def test_of_several_files_all_are_written_or_all_stay_as_they_were(tmp_path: Path) -> None:
    old, new, blocked = (tmp_path / name for name in ("旧.txt", "新.txt", "占用.txt"))
    old.write_text("原来的")
    with pytest.raises(StudyError, match="占用"):
        write_all(BlockedMeanwhile({str(old): b"1", str(new): b"2", str(blocked): b"3"}))
    assert old.read_text() == "原来的"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([old.name, blocked.name])


def test_a_file_is_written_whole_and_alone(tmp_path: Path) -> None:
    (tmp_path / "deck.csv").write_bytes(b"old")
    write(str(tmp_path / "deck.csv"), b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("deck.csv", b"new")]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"文件夹“.*missing”不存在"):
        write(str(tmp_path / "missing" / "deck.csv"), b"")


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="是一个文件夹"):
        write(str(tmp_path), b"")


def test_a_name_the_system_refuses_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="无法写入"):
        write(str(tmp_path / ("n" * 300)), b"")
    assert list(tmp_path.iterdir()) == []


def test_a_link_goes_on_pointing_where_it_did(tmp_path: Path) -> None:
    (tmp_path / "deck.csv").write_bytes(b"old")
    (tmp_path / "link").symlink_to("deck.csv")
    write(str(tmp_path / "link"), b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "deck.csv").read_bytes() == b"new"


def test_a_device_is_written_to_and_not_replaced() -> None:
    write(os.devnull, b"gone")
    assert not Path(os.devnull).is_file()


# ---- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("index", "expected"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (52, "BA")])
def test_options_are_lettered_beyond_the_alphabet(index: int, expected: str) -> None:
    assert letter(index) == expected


@pytest.mark.parametrize(
    ("last", "free"), [("以上A、B都对", False), ("以上都对", False), ("只有A项", False), ("丁类", True)]
)
def test_options_that_speak_of_others_are_not_shuffled_by_other_programs(last: str, free: bool) -> None:
    item = replace(BY_ID["c1-figure"], kind=ItemKind.SINGLE_CHOICE, stem="____", key=("甲",), accepted=())
    deck = Deck("学习", (replace(item, options=("甲", "乙", "丙", last)),))
    said = "true" if free else "false"
    assert ET.fromstring(export("moodle", deck).data)[1].findtext("shuffleanswers") == said
    archive = ZipFile(BytesIO(export("qti", deck).data))
    (question,) = [ET.fromstring(archive.read(name)) for name in archive.namelist() if "items/" in name]
    assert [node.get("shuffle") for node in question.iter(f"{QTI}choiceInteraction")] == [said]
    assert f'"fixed":{"false" if free else "true"}' in export("html", deck).data.decode()

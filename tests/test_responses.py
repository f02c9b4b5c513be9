"""A table of answers as people hand it in: what is read from it, and what is refused with its row."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from string import ascii_uppercase
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from studytool import answer_columns
from studytool.cli import app
from studytool.cli.remembering import remember
from studytool.errors import StudyError
from studytool.exports.sheet import Wishes, files, plan
from studytool.exports.tables import Table, comma_separated
from studytool.grading import Grading, grade, read_manifest
from studytool.imports.responses import read
from studytool.model import SHEET, Harvest, Item, ItemKind, Mark
from studytool.store import documents, study
from studytool.store.bank import Bank

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TABLE = [["姓名", "卷别", "1", "2"], ["张三", "A", "B", "62.8%"], [], ["李四", "B", "√", ""]]


EVERY_CELL_MERGED = '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'


def as_csv(rows: list[list[str]], encoding: str = "utf-8-sig", separator: str = ",") -> bytes:
    text = StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def with_sheet(data: bytes, before: str, new: str) -> bytes:
    """The workbook with something added to the XML of its second worksheet."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(target, "w") as changed:
        for name in old.namelist():
            text = old.read(name)
            changed.writestr(name, text.replace(before.encode(), new.encode()) if "sheet2" in name else text)
    return target.getvalue()


def with_row(data: bytes, place: str) -> bytes:
    """The workbook with a stray cell in a row of its own."""
    number = place.lstrip(ascii_uppercase)
    cell = f'<row r="{number}"><c r="{place}" t="inlineStr"><is><t> </t></is></c></row>'
    return with_sheet(data, "</sheetData>", f"{cell}</sheetData>")


def as_xlsx(rows: list[list[object]], **formats: str) -> bytes:
    book = Workbook()
    book.create_sheet("说明", 0)  # an empty sheet in front
    for row in rows:
        book.worksheets[1].append(row)
    for place, number_format in formats.items():
        book.worksheets[1][place].number_format = number_format
    target = BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(as_csv(TABLE), id="csv with a mark"),
        pytest.param(as_csv(TABLE, "gbk"), id="csv in GBK"),
        pytest.param(as_csv(TABLE, "utf-8", "\t"), id="separated by tabs"),
        pytest.param(as_csv(TABLE, "utf-8", ";"), id="separated by semicolons"),
        pytest.param(as_xlsx(TABLE), id="xlsx"),
        pytest.param(with_row(as_xlsx(TABLE), "XFD1048576"), id="a cell in the last corner"),
        pytest.param(with_row(as_xlsx(TABLE), "A1048576"), id="a cell in the last row"),
        pytest.param(with_row(as_xlsx(TABLE), "XFD9"), id="a cell in the last column"),
        pytest.param(with_row(as_xlsx(TABLE), "A2000000000"), id="a cell in a row that Excel has not"),
        pytest.param(with_sheet(as_xlsx(TABLE), "</sheetData>", EVERY_CELL_MERGED), id="one merged cell"),
        pytest.param(with_sheet(as_xlsx(TABLE), 'ref="A1:D4"', 'ref="A1:XFD1048576"'), id="a size"),
    ],
)
def test_rows_are_read_with_their_numbers_in_the_file(data: bytes) -> None:
    assert [(row.number, dict(row.cells)) for row in read(data, "作答")] == [
        (2, {"姓名": "张三", "卷别": "A", "1": "B", "2": "62.8%"}),
        (4, {"姓名": "李四", "卷别": "B", "1": "√", "2": ""}),
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        pytest.param(3.0, "General", "3", id="a whole number"),
        pytest.param(0.628, "0.0%", "62.8%", id="a percentage"),
        pytest.param(1, "0%", "100%", id="a whole percentage"),
        pytest.param(123456789012, "General", "123456789012", id="a long number"),
        pytest.param(datetime(2024, 2, 1, tzinfo=None), "yyyy-mm-dd", "2024年2月1日", id="a date"),  # noqa: DTZ001
        pytest.param(True, "General", "√", id="true"),
        pytest.param(37.94, "General", "37.94", id="a decimal"),
    ],
)
def test_what_excel_made_of_an_answer_is_undone(value: object, number_format: str, text: str) -> None:
    (row,) = read(as_xlsx([["姓名", "1"], ["张三", value]], B2=number_format), "作答.xlsx")
    assert row.cells["1"] == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "没有作答", id="an empty file"),
        pytest.param(as_csv([["姓名", "1"]]), "没有作答", id="headings alone"),
        pytest.param(
            as_csv([["姓名", "1", "1"], ["甲", "A", "B"]]), "第 1 行有两列都叫“1”", id="a heading twice"
        ),
        pytest.param(
            as_csv([["姓名", "1"], ["甲", "A"], ["乙", "", "C"]]), "第 3 行的“C”上面没有表头", id="shifted"
        ),
        pytest.param(b"PK\x03\x04 broken", "不是 Excel 工作簿", id="a broken workbook"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Excel", id="an old workbook"),
    ],
)
def test_a_table_that_could_be_misread_is_refused_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(StudyError, match=message) as error:
        read(data, "作答")
    assert "\n" not in str(error.value)


def test_a_text_that_a_spreadsheet_would_calculate_is_guarded_but_a_number_is_not() -> None:
    table = Table("t", ("作答", "区分度"), (("=1+1", -0.5),))
    assert comma_separated(table).decode("utf-8-sig").splitlines() == ["作答,区分度", "'=1+1,-0.5"]


# ---- into the study memory -------------------------------------------------------------------------


@pytest.fixture
def graded(
    bank: Bank, make_item: Callable[..., Item], make_harvest: Callable[..., Harvest]
) -> tuple[Bank, Grading]:
    """Two choices of the bank on a sheet; 张三 got one of them wrong, 李四 gave an answer there is not."""
    choices = tuple(
        make_item(
            n, kind=ItemKind.SINGLE_CHOICE, stem=f"{word}是____。", key=tuple(names[1]), options=tuple(names)
        )
        for n, word, names in ((1, "全市发展目标", "甲乙丙丁"), (2, "重要战略支点", "子丑寅卯"))
    )
    documents.keep(bank, make_harvest(*choices), "1", NOON)
    manifest = files(plan(choices, Wishes(count=2)), "试卷.html")["试卷.json"].decode()
    papers = read_manifest(manifest, "试卷.json")
    first, second = (asked.item for asked in papers["A"])
    wrong = next(option for option in second.options if option not in second.key)
    people = [
        {"姓名": "张三", "1": first.key[0], "2": wrong},
        {"姓名": "李四", "1": first.key[0], "2": "Z"},
        {"1": first.key[0], "2": wrong},
        {"姓名": "王五", "1": "", "2": ""},
    ]
    return bank, grade(papers, enumerate(people, 2))


def test_a_mistake_goes_into_the_memory_and_a_right_answer_only_into_the_log(
    graded: tuple[Bank, Grading],
) -> None:
    bank, grading = graded
    told = remember(bank, grading, NOON)
    assert (told.learners, told.answers, told.mistakes, told.nameless) == (2, 3, 1, 1)
    logged = {one.review.mark: one.review for one in study.reviews(bank, "张三")}
    assert {review.mode for review in logged.values()} == {SHEET}
    assert study.memory_of(bank, "张三", logged[Mark.WRONG].item_id)
    assert study.memory_of(bank, "张三", logged[Mark.RIGHT].item_id) is None


def test_an_impossible_answer_says_nothing_of_what_a_person_knows(graded: tuple[Bank, Grading]) -> None:
    bank, grading = graded
    remember(bank, grading, NOON)
    assert [one.review.mark for one in study.reviews(bank, "李四")] == [Mark.RIGHT]


def test_who_was_absent_has_nothing_in_the_study_log(graded: tuple[Bank, Grading]) -> None:
    bank, grading = graded
    remember(bank, grading, NOON)
    assert study.reviews(bank, "王五") == ()


def test_the_same_papers_are_recorded_once(graded: tuple[Bank, Grading]) -> None:
    bank, grading = graded
    remember(bank, grading, NOON)
    again = remember(bank, grading, NOON)
    assert (again.answers, again.known) == (0, 3)


# ---- from the command line -------------------------------------------------------------------------


@pytest.fixture
def printed(tmp_path: Path, make_item: Callable[..., Item]) -> Path:
    """The manifest of a sheet with one question, whose key is 乙."""
    item = make_item(1, kind=ItemKind.SINGLE_CHOICE, stem="目标是____。", key=("乙",), options=("甲", "乙"))
    for name, data in files(plan([item], Wishes(count=1)), "试卷.html").items():
        (tmp_path / name).write_bytes(data)
    return tmp_path / "试卷.json"


def test_grading_writes_scores_statistics_answers_and_troubles(printed: Path, tmp_path: Path) -> None:
    (tmp_path / "作答.csv").write_bytes(
        as_csv([["姓名", "1"], ["张三", "乙"], ["李四", "甲乙丙"], ["王五", ""]], "gbk")
    )
    out = tmp_path / "成绩.xlsx"
    done = CliRunner().invoke(
        app, ["sheet", "grade", str(printed), str(tmp_path / "作答.csv"), "-o", str(out)]
    )
    assert done.exit_code == 0
    assert "第3行 李四 第1题：“甲乙丙”不是选项" in done.stderr
    book = load_workbook(out)
    assert book.sheetnames == ["成绩", "逐题统计", "逐题作答", "要核对的作答"]
    assert [[cell.value for cell in row[:3]] for row in book["成绩"].iter_rows(min_row=2)] == [
        ["张三", "A", 2],
        ["李四", "A", 0],
        ["王五", None, "缺考"],
    ]
    assert "2 份答卷，满分 2，平均 1.0" in done.stdout
    assert "缺考 1 人，不计入平均分：王五" in done.stdout


@pytest.mark.parametrize(
    ("said", "printed_on", "message"),
    [
        (("--date", "0001-01-01"), "2026-03-01", "--date 0001-01-01：早于 2000 年"),
        (("--date", "9999-12-31"), "2026-03-01", "--date 9999-12-31：这一天还没有到"),
        ((), "0001-01-01", "试卷上的日期 0001-01-01：早于 2000 年"),
    ],
)
def test_answers_of_a_day_that_cannot_be_are_not_remembered(
    printed: Path, tmp_path: Path, said: tuple[str, ...], printed_on: str, message: str
) -> None:
    printed.write_text(printed.read_text().replace('"date": null', f'"date": "{printed_on}"'))
    (tmp_path / "作答.csv").write_bytes(as_csv([["姓名", "1"], ["张三", "乙"]]))
    words = ["sheet", "grade", str(printed), str(tmp_path / "作答.csv"), "--into-memory", *said]
    done = CliRunner().invoke(app, ["--db", str(tmp_path / "题库.db"), *words])
    assert isinstance(done.exception, StudyError)
    assert message in str(done.exception)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_what_no_cell_can_hold_is_left_out_of_the_results(printed: Path, tmp_path: Path, suffix: str) -> None:
    printed.write_text(printed.read_text().replace("目标", "目\\u0001标"))
    (tmp_path / "作答.csv").write_bytes("姓名,1\n张\x01三,\x00\n李\x1b四,乙\n".encode())
    out = tmp_path / f"成绩{suffix}"
    done = CliRunner().invoke(
        app, ["sheet", "grade", str(printed), str(tmp_path / "作答.csv"), "-o", str(out)]
    )
    assert done.exit_code == 0
    if suffix == ".xlsx":
        book = load_workbook(out)
        assert [book["成绩"][place].value for place in ("A2", "A3")] == ["李四", "张三"]
        assert book["逐题统计"]["C2"].value == "目标是____。"


def test_sheet_keeps_its_own_options_beside_grade() -> None:
    for words, expected in (
        (["sheet", "--help"], "--versions"),
        (["sheet", "grade", "--help"], "--into-memory"),
    ):
        done = CliRunner().invoke(app, words, env={"COLUMNS": "120"})
        assert done.exit_code == 0
        assert expected in done.stdout


def test_a_heading_of_thousands_of_digits_is_no_questions() -> None:
    assert answer_columns.question("9" * 20_000) is None
    assert answer_columns.question("第 12 题（2分）") == 12

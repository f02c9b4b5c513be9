"""Tables of answers as group leaders really keep them: titles above, spread names, sums below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from studytool.cli import app
from studytool.cli.remembering import remember
from studytool.errors import StudyError
from studytool.exports.sheet import Wishes, files, plan
from studytool.grading import Grading, grade
from studytool.grading.papers import Asked
from studytool.imports import responses
from studytool.model import Harvest, Item, ItemKind, Mark
from studytool.store import documents, edits, study
from studytool.store.bank import Bank

CHOICES = "甲乙丙丁"


@pytest.fixture
def papers(make_item: Callable[..., Item]) -> dict[str, tuple[Asked, ...]]:
    """Two versions of eleven choices, whose key is always B."""
    asked = tuple(
        Asked(n, 2.0, make_item(n, kind=ItemKind.SINGLE_CHOICE, key=("乙",), options=tuple(CHOICES)))
        for n in range(1, 12)
    )
    return {"A": asked, "B": asked}


def as_csv(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("gb18030")


def as_xlsx(rows: list[list[object]], *merged: str) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def graded(data: bytes, papers: dict[str, tuple[Asked, ...]]) -> Grading:
    return grade(papers, responses.read(data, "作答"))


def scores(grading: Grading) -> list[tuple[str, str, float]]:
    return [(result.person, result.version, result.score) for result in grading.results]


@pytest.mark.parametrize(
    "headings",
    [
        pytest.param("姓　名,卷 别,1,2", id="spread headings"),
        pytest.param("姓名：,卷别（A/B）,1、,２．", id="signs behind headings"),
        pytest.param("*姓名,试卷,（1）,第 2 题", id="signs around headings"),
        pytest.param("学员姓名,卷,题1,第2题（2分）", id="points in headings"),
        pytest.param(
            "第三季度测验成绩登记表,,,\n单位：第一党支部,,日期：2026-11-20,\n姓名,卷别,1,2", id="a title"
        ),
        pytest.param("姓名,卷别,单选题,\n,,1,2", id="two lines of headings"),
        pytest.param("sep=,\n姓名,卷别,1,2", id="Excel's own line"),
    ],
)
def test_headings_are_read_as_people_write_them(headings: str, papers: dict[str, tuple[Asked, ...]]) -> None:
    made = graded(as_csv(f"{headings}\n张三,A,B,B\n"), papers)
    assert scores(made) == [("张三", "A", 4)]


def test_an_answer_that_is_a_number_makes_no_heading_of_its_row() -> None:
    rows = responses.read(as_csv("姓名,卷别,第一题\n张三,A,22\n李四,B,23\n"), "作答")
    assert [dict(row.cells)["姓名"] for row in rows] == ["张三", "李四"]


def test_a_title_above_a_table_with_tabs_does_not_hide_them(papers: dict[str, tuple[Asked, ...]]) -> None:
    made = graded(as_csv("登记表（一,二,三支部）\n姓名\t卷别\t1\t2\n张三\tA\tB\tB\n"), papers)
    assert scores(made) == [("张三", "A", 4)]


def test_commas_of_chinese_between_the_columns_are_refused_with_the_remedy() -> None:
    with pytest.raises(StudyError, match="全角的逗号“，”：请改成半角") as error:
        responses.read(as_csv("姓名，卷别，1，2\n张三，A，B，B\n"), "作答.csv")
    assert "\n" not in str(error.value)


def test_a_version_said_once_for_several_rows_is_that_of_each(papers: dict[str, tuple[Asked, ...]]) -> None:
    rows = [
        ["姓名", "卷别", 1],
        ["张三", "A", "B"],
        ["李四", None, "B"],
        ["王五", None, "B"],
        ["赵六", None, "B"],
    ]
    made = graded(as_xlsx(rows, "B2:B3"), papers)
    assert scores(made) == [("张三", "A", 2), ("李四", "A", 2)]
    assert [trouble.person for trouble in made.troubles if trouble.number is None] == ["王五", "赵六"]


@pytest.mark.parametrize("said", ["a", "Ａ卷", "A 卷", "卷A", "试卷A", "（A）"])
def test_a_version_may_be_said_with_the_word_before_or_behind(
    said: str, papers: dict[str, tuple[Asked, ...]]
) -> None:
    assert scores(graded(as_csv(f"姓名,卷别,1\n张三,{said},B\n"), papers)) == [("张三", "A", 2)]


def test_a_name_spread_to_the_width_of_others_is_the_same_name(papers: dict[str, tuple[Asked, ...]]) -> None:
    table = "姓名,卷别,1\n张　三,A,B\n张三,A,A\n阿依古丽 买买提,A,B\nLi  Lei,A,B\n"
    made = graded(as_csv(table), papers)
    assert scores(made) == [("张三", "A", 2), ("阿依古丽 买买提", "A", 2), ("Li Lei", "A", 2)]
    assert [t.row for t in made.troubles if t.reason.startswith("与第2行重复")] == [3]


@pytest.mark.parametrize("again", ["Jose\u0301", "\u200bJosé", "José\u202e", "\ufeffJosé"])
def test_a_name_is_the_same_however_its_accents_are_stored_and_with_marks_nobody_sees(
    again: str, papers: dict[str, tuple[Asked, ...]]
) -> None:
    made = graded(as_csv(f"姓名,卷别,1\nJosé,A,B\n{again},A,A\n"), papers)
    assert scores(made) == [("José", "A", 2)]
    assert [t.row for t in made.troubles if t.reason.startswith("与第2行重复")] == [3]


def test_each_row_that_is_marked_is_told(papers: dict[str, tuple[Asked, ...]]) -> None:
    told: list[tuple[int, int, str]] = []
    rows = responses.read(as_csv("姓名,卷别,1\n张三,A,B\n缺考的,A,\n李四,A,A\n"), "作答.csv")
    grade(papers, rows, lambda *step: told.append(step))
    assert told == [(1, 2, "张三"), (2, 2, "李四")]


def test_sums_means_keys_and_remarks_are_no_people(papers: dict[str, tuple[Asked, ...]]) -> None:
    table = "姓名,卷别,1\n标准答案,A,B\n张三,A,A\n合计,,1\n平均分,,\n注：缺考记0分,,\n"
    made = graded(as_csv(table), papers)
    assert (scores(made), made.absent) == ([("张三", "A", 0)], ())
    assert [item.answered for item in made.items][:1] == [1]
    said = [(t.row, t.reason) for t in made.troubles if "不是人名" in t.reason]
    assert said == [(row, "不是人名，这一行没有批改") for row in (2, 4, 5, 6)]


def test_a_row_of_sums_may_say_so_in_another_column_than_that_of_names(
    papers: dict[str, tuple[Asked, ...]],
) -> None:
    made = graded(as_csv("序号,姓名,卷别,1,2\n1,张三,A,B,B\n合　计,,,1,1\n3,,A,B,B\n"), papers)
    assert scores(made) == [("张三", "A", 4), ("第4行", "A", 4)]
    assert [(t.row, t.person) for t in made.troubles if "不是人名" in t.reason] == [(3, "合　计")]


@pytest.mark.parametrize(
    ("cell", "reasons"),
    [
        ("9.5%", []),
        ("37.94万吨", []),
        ("1.5", []),
        (
            "8.22万吨",
            ["“8.22万吨”里的空号没有看懂，请人工核对"],
        ),  # the number of the question, and the answer
        ("2、22万", ["“2、22万”里的空号没有看懂，请人工核对"]),
    ],
)
def test_a_wrong_decimal_is_no_number_of_a_blank(
    cell: str, reasons: list[str], make_item: Callable[..., Item]
) -> None:
    cloze = make_item(1, kind=ItemKind.CLOZE, stem="收获____。", key=("22万吨",))
    made = grade({"A": (Asked(1, 2.0, cloze),)}, [(2, {"姓名": "张三", "1": cell})])
    assert ([trouble.reason for trouble in made.troubles], made.results[0].score) == (reasons, 0)


@pytest.mark.parametrize("cell", ["✔️", "对。", "√ ", "正确！", "Ｔ"])
def test_a_tick_of_a_telephone_and_a_full_stop_say_what_they_say(
    cell: str, make_item: Callable[..., Item]
) -> None:
    statement = make_item(1, kind=ItemKind.TRUE_FALSE, key=("正确",))
    made = grade({"A": (Asked(1, 1.0, statement),)}, [(2, {"姓名": "张三", "1": cell})])
    assert (made.results[0].score, made.troubles) == (1, ())


@pytest.mark.parametrize("cell", ["1-B,2-A", "1—B；2—A", "(1)→B (2)→A", "1=B 2=A", "1->B，2->A", "①B②A"])
def test_pairs_may_be_joined_by_a_stroke(cell: str, make_item: Callable[..., Item]) -> None:
    key = ("甲=二", "乙=一")
    pairs = make_item(1, kind=ItemKind.MATCHING, key=key, options=("一", "二"))
    made = grade({"A": (Asked(1, 4.0, pairs),)}, [(2, {"姓名": "张三", "1": cell})])
    assert (made.results[0].score, made.troubles) == (4, ())


@pytest.mark.parametrize("points", [(1, 1), (2, 2), (4, 1), (5, 3)])
def test_an_item_tells_nobody_apart_where_all_did_alike_on_the_rest(
    points: tuple[int, int], make_item: Callable[..., Item]
) -> None:
    key, stem = ("甲", "乙", "丙"), "____、____、____"
    asked = tuple(
        Asked(n, float(worth), make_item(n, kind=ItemKind.CLOZE, stem=stem, key=key))
        for n, worth in enumerate(points, 1)
    )
    first = ("甲；乙；丙", "甲；戊；丁", "甲；乙；丁", "戊；丁；己", "甲；乙；丙")
    people = [
        (row, {"姓名": f"学员{row}", "1": said, "2": "甲；戊；丁"}) for row, said in enumerate(first, 2)
    ]
    made = grade({"A": asked}, people)
    assert [item.discrimination for item in made.items] == [None, None]


@pytest.mark.parametrize("said", ["缺考（出差）", "请假(病)", "产假", "弃考", "外出", "缺考"])
def test_an_absence_may_have_its_reason_beside_it(said: str, papers: dict[str, tuple[Asked, ...]]) -> None:
    made = graded(as_csv(f"姓名,卷别,1,2\n张三,A,B,B\n李四,A,{said},\n"), papers)
    assert ([one.person for one in made.absent], len(made.results)) == (["李四"], 1)


def test_what_is_to_be_looked_at_is_written_beside_the_scores_in_csv_too(
    papers: dict[str, tuple[Asked, ...]], tmp_path: Path
) -> None:
    sheet = plan([asked.item for asked in papers["A"]], Wishes(count=2))
    (tmp_path / "卷.json").write_bytes(files(sheet, "卷.html")["卷.json"])
    (tmp_path / "作答.csv").write_bytes(as_csv("姓名,1\n张三,Z\n"))
    words = ["sheet", "grade", str(tmp_path / "卷.json"), str(tmp_path / "作答.csv")]
    assert CliRunner().invoke(app, [*words, "-o", str(tmp_path / "成绩.csv")]).exit_code == 0
    lines = (tmp_path / "成绩-troubles.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[:1] == ["行,姓名,题号,问题"]
    assert any("“Z”超出了选项 A—D" in line for line in lines)


# ---- into the study memory -------------------------------------------------------------------------


@pytest.fixture
def three(
    bank: Bank, make_item: Callable[..., Item], make_harvest: Callable[..., Harvest], noon: datetime
) -> tuple[Bank, dict[str, tuple[Asked, ...]]]:
    """A bank of three blanks, and the paper they were printed on."""
    made = tuple(make_item(n, stem=f"第{n}次____。", key=(f"答案{n}",)) for n in (1, 2, 3))
    documents.keep(bank, make_harvest(*made), "1", noon)
    return bank, {"A": tuple(Asked(n, 2.0, item) for n, item in enumerate(made, 1))}


def logged(bank: Bank) -> list[tuple[str, Mark]]:
    return [(one.review.item_id, one.review.mark) for one in study.reviews(bank, "张三")]


def test_an_answer_corrected_since_the_print_is_not_remembered_by_the_printed_one(
    three: tuple[Bank, dict[str, tuple[Asked, ...]]], noon: datetime
) -> None:
    bank, papers = three
    old = papers["A"][1].item
    new = replace(old, key=("改正的答案",), accepted=(("改正的答案",),))
    edits.apply(bank, (edits.Edit(old.id, "王芳", edits.Action.EDIT, edits.changes(old, new)),), noon)
    people = [(2, {"姓名": "张三", "1": "答案1", "2": "改正的答案", "3": "答案3"})]
    told = remember(bank, grade(papers, people), noon, papers)
    assert (told.answers, told.changed, told.strange) == (2, {old.id}, 0)
    assert logged(bank) == [("item1", Mark.RIGHT), ("item3", Mark.RIGHT)]


def test_a_question_the_table_has_no_column_for_was_not_answered_wrong(
    three: tuple[Bank, dict[str, tuple[Asked, ...]]], noon: datetime
) -> None:
    bank, papers = three
    told = remember(bank, grade(papers, [(2, {"姓名": "张三", "1": "答案1", "3": ""})]), noon, papers)
    assert (told.answers, told.mistakes) == (2, 1)
    assert logged(bank) == [("item1", Mark.RIGHT), ("item3", Mark.WRONG)]


def test_a_short_answer_is_remembered_once_a_person_has_settled_it(
    bank: Bank, make_item: Callable[..., Item], make_harvest: Callable[..., Harvest], noon: datetime
) -> None:
    essay = make_item(1, kind=ItemKind.SHORT_ANSWER, stem="请简述。", key=("坚持党的领导", "坚持人民至上"))
    documents.keep(bank, make_harvest(essay), "1", noon)
    papers = {"A": (Asked(1, 10.0, essay),)}
    for cell, answers in (("不知所云的几个字", 0), ("8分", 1), ("8分", 0)):
        told = remember(bank, grade(papers, [(2, {"姓名": "张三", "1": cell})]), noon, papers)
        assert told.answers == answers
    assert logged(bank) == [("item1", Mark.NEARLY)]

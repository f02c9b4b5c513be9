"""What comes back from a printed paper: scores, troubles by person and number, and the items' statistics."""

from __future__ import annotations

import json
from datetime import date
from math import inf, nan
from pathlib import Path

import pytest

from studytool.errors import StudyError
from studytool.exports.sheet import Wishes, files, plan
from studytool.grading import Grading, read_manifest
from studytool.grading import grade as grade_rows
from studytool.grading.papers import Asked
from studytool.grading.responses import Unmeant, response_of
from studytool.model import Item, ItemKind, KnowledgeKind
from studytool.views.graded import trouble_lines

FIXTURES = Path(__file__).parent / "fixtures" / "sheet"


def rows(name: str) -> list[dict]:
    return [json.loads(line) for line in (FIXTURES / name).read_text(encoding="utf-8").splitlines()]


def item(row: dict, identity: str = "1") -> Item:
    key = tuple(row.get("key", ("乙",)))
    day = row.get("published_on")
    return Item(
        id=row.get("id", identity),
        kind=ItemKind(row.get("kind", "single_choice")),
        asks=KnowledgeKind(row.get("asks", "formulation")),
        stem=row.get("stem", "____"),
        key=key,
        accepted=tuple((answer,) for answer in key),
        evidence=row.get("evidence", ""),
        ranges=(),
        source="a.txt",
        article="文章",
        article_id="文章",
        family=row.get("family", identity),
        options=tuple(row.get("options", ("甲", "乙", "丙", "丁"))),
        published_on=date.fromisoformat(day) if day else None,
    )


def grade(papers: dict, people: list[dict]) -> Grading:
    """Grade people who stand in a table from its second row on, as below headings."""
    return grade_rows(papers, enumerate(people, 2))


CHOICES = tuple(Asked(number, 2.0, item({}, str(number))) for number in range(1, 5))
PAPERS = {"A": CHOICES}


def group(*answers: str) -> Grading:
    """People who answered the four choices (the key is always B) with these letters."""
    people = [
        {"姓名": f"学员{place}", **{str(number): letter for number, letter in enumerate(letters, 1)}}
        for place, letters in enumerate(answers, 1)
    ]
    return grade(PAPERS, people)


@pytest.mark.parametrize("case", [pytest.param(row, id=row["name"]) for row in rows("responses.jsonl")])
def test_a_cell_is_read_as_the_person_meant_it(case: dict) -> None:
    if "unmeant" in case:
        with pytest.raises(Unmeant, match=case["unmeant"]):
            response_of(item(case), case["cell"])
    else:
        assert list(response_of(item(case), case["cell"])) == case["response"]


def test_who_copies_the_printed_key_gets_all_points_in_every_version() -> None:
    bank = [item(row) for row in rows("items.jsonl")]
    sheet = plan(bank, Wishes(counts=dict.fromkeys(ItemKind, 9), versions=3))
    manifest = files(sheet, "试卷.html")["试卷.json"].decode()
    people = [
        {"name": version["version"], "version": version["version"]}
        | {str(row["number"]): "；".join(row["key"]) for row in version["questions"]}
        for version in json.loads(manifest)["versions"]
    ]
    graded = grade(read_manifest(manifest, "试卷.json"), people)
    assert [(result.version, result.score) for result in graded.results] == [
        ("A", sheet.total),
        ("B", sheet.total),
        ("C", sheet.total),
    ]
    assert graded.troubles == ()


def test_statistics_of_a_group_whose_answers_are_known() -> None:
    graded = group("BBBB", "BBBA", "BBAA", "BAAA", "AAAC", "ACCC")
    first, second, third, fourth = graded.items
    assert [result.score for result in graded.results] == [8, 6, 4, 2, 0, 0]
    assert [each.share_right for each in graded.items] == [0.667, 0.5, 0.333, 0.167]
    assert dict(second.drew) == {"甲": 2, "乙": 3, "丙": 1, "丁": 0}
    # The second item: gained 1 1 1 0 0 0, rest 6 4 2 2 0 0: (4 - 0.667) * 0.5 / 2.134 (spread of the rest).
    assert second.discrimination == 0.781
    assert first.flags == ()
    assert third.flags == ("有干扰项比答案更多人选，请核对答案",)
    assert "少于两成的人答对" in fourth.flags


def test_an_item_the_better_people_get_wrong_is_flagged() -> None:
    graded = group("BBBA", "BBBA", "BBAA", "ABAB", "AAAB", "AAAB")
    assert "答得好的人反而答错，请核对题目" in graded.items[3].flags


def test_nothing_is_said_of_an_item_few_have_answered() -> None:
    graded = group("AAAA", "AAAB")
    assert {each.flags for each in graded.items} == {()}
    assert {each.discrimination for each in graded.items} == {None}


def test_empty_doubled_and_impossible_answers_are_reported_by_person_and_number() -> None:
    graded = grade(PAPERS, [{"姓名": "张三", "1": "B", "2": "", "3": "AB", "4": "H", "9": "A"}])
    assert [(t.row, t.person, t.number, t.reason) for t in graded.troubles] == [
        (2, "张三", 2, "没有作答"),
        (2, "张三", 3, "“AB”选了不止一项"),
        (2, "张三", 4, "“H”超出了选项 A—D"),
        (2, "张三", 9, "卷上没有这个题号"),
    ]
    assert graded.results[0].score == 2


def test_answers_to_a_longer_paper_are_refused() -> None:
    people = [{"姓名": str(n), **{str(number): "B" for number in range(1, 9)}} for n in range(5)]
    with pytest.raises(StudyError, match="答到第 8 题，这份卷只有 4 题"):
        grade(PAPERS, people)


def test_a_table_of_several_versions_without_their_column_is_refused() -> None:
    with pytest.raises(StudyError, match="卷别"):
        grade({"A": CHOICES, "B": CHOICES}, [{"姓名": "甲", "1": "B"}])


def test_points_given_by_hand_beyond_what_there_is_are_reported() -> None:
    essay = item({"kind": "short_answer", "key": ["要点一", "要点二"], "options": []})
    graded = grade({"A": (Asked(1, 10.0, essay),)}, [{"姓名": "甲", "1": "15分"}, {"姓名": "乙", "1": "－1"}])
    assert [(t.person, t.reason) for t in graded.troubles] == [
        ("甲", "“15分”不在 0 到 10 分之间，按 0 分计"),
        ("乙", "“－1”不在 0 到 10 分之间，按 0 分计"),
    ]
    assert [result.score for result in graded.results] == [0, 0]


@pytest.mark.parametrize(
    ("key", "cell", "points", "reason"),
    [
        (["1人"], "1人", 10, None),
        (["1人"], "3", 0, "“3”自动判为 0 分，请人工核对；可在这一格写上得分，如 8分"),
        (["1人"], "1分", 1, None),
        (["约1.3万亿斤"], "8/10", 8, None),
        (["个人服从组织", "少数服从多数"], "7.5", 7.5, None),
        (["2035年基本实现社会主义现代化"], "8", 8, None),
    ],
)
def test_a_bare_number_is_no_points_where_the_answer_is_a_number(
    key: list[str], cell: str, points: float, reason: str | None
) -> None:
    essay = item({"kind": "short_answer", "key": key, "options": []})
    graded = grade({"A": (Asked(1, 10.0, essay),)}, [{"姓名": "甲", "1": cell}])
    assert graded.results[0].score == points
    assert [trouble.reason for trouble in graded.troubles] == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("cell", "reasons"),
    [
        ("1.甲；3.乙", ["“1.甲；3.乙”里的空号没有看懂，请人工核对"]),
        ("1.甲；2.丙", []),
        ("甲；丙", []),
    ],
)
def test_numbers_that_are_not_those_of_the_blanks_are_listed(cell: str, reasons: list[str]) -> None:
    cloze = item({"kind": "cloze", "stem": "先____，后____", "key": ["甲", "乙"], "options": []})
    graded = grade({"A": (Asked(1, 2.0, cloze),)}, [{"姓名": "甲", "1": cell}])
    assert [trouble.reason for trouble in graded.troubles] == reasons


def test_numbers_left_empty_one_after_the_other_are_one_line() -> None:
    graded = grade(PAPERS, [{"姓名": "张三", "1": "B", "2": "", "3": "", "4": ""}])
    assert list(trouble_lines(graded.troubles)) == ["第2行 张三 第2—4题：没有作答"]


def test_a_person_found_twice_is_marked_once() -> None:
    graded = grade(PAPERS, [{"姓名": "张三", "1": "B"}, {"姓名": "张三", "1": "A"}])
    assert len(graded.results) == 1
    assert [(t.row, t.number) for t in graded.troubles if t.number is None] == [(3, None)]


def test_a_version_that_was_not_printed_is_reported() -> None:
    papers = {"A": CHOICES, "B": CHOICES}
    answers = {str(number): "B" for number in range(1, 5)}
    people = [
        {"姓名": "甲", "卷": "b卷"} | answers,
        {"姓名": "乙", "卷": "C"} | answers,
        {"姓名": "丙"} | answers,
    ]
    graded = grade(papers, people)
    assert [(result.person, result.version) for result in graded.results] == [("甲", "B")]
    assert [trouble.person for trouble in graded.troubles] == ["乙", "丙"]


def test_blanks_and_points_score_part_by_part() -> None:
    cloze = item({"kind": "cloze", "stem": "____和____", "key": ["航空航天", "电子信息"], "options": []})
    graded = grade({"A": (Asked(1, 4.0, cloze),)}, [{"姓名": "甲", "1": "航空航天；绿色石化"}])
    assert graded.results[0].score == 2


@pytest.mark.parametrize(
    ("cell", "points"),
    [
        ("1921；上海；13", 2),
        ("1921；；13", 1.3),
        ("；上海；13", 1.3),
        ("1921；上海；", 1.3),
        ("1921； ；13", 1.3),
        ("1921", 0.7),
        ("上海；13", 0),
    ],
)
def test_an_empty_blank_moves_no_other_answer(cell: str, points: float) -> None:
    stem = "____年在____开会，到会____人。"
    cloze = item({"kind": "cloze", "stem": stem, "key": ["1921", "上海", "13"], "options": []})
    graded = grade({"A": (Asked(1, 2.0, cloze),)}, [{"姓名": "甲", "1": cell}])
    assert graded.results[0].score == points


@pytest.mark.parametrize(
    ("cell", "reasons"),
    [
        ("1921；上海；13；x", ["只有 3 空，写了 4 个答案，多出的没有计"]),
        ("上海；13", ["有 3 空，只写了 2 个答案，是从第 1 空起算的"]),
        ("1921", ["有 3 空，只写了 1 个答案，是从第 1 空起算的"]),
        ("；；", ["没有作答"]),
        ("1921；；13", []),
        ("1921 上海 13", []),
    ],
)
def test_more_or_fewer_answers_than_blanks_are_to_be_looked_at(cell: str, reasons: list[str]) -> None:
    stem = "____年在____开会，到会____人。"
    cloze = item({"kind": "cloze", "stem": stem, "key": ["1921", "上海", "13"], "options": []})
    graded = grade(
        {"A": (Asked(1, 2.0, cloze), Asked(2, 2.0, item({})))}, [{"姓名": "甲", "1": cell, "2": "B"}]
    )
    assert [trouble.reason for trouble in graded.troubles] == reasons


ESSAY = {"A": (Asked(1, 10.0, item({"kind": "short_answer", "key": ["要点一", "要点二"], "options": []})),)}


@pytest.mark.parametrize(
    ("cell", "points"),
    [
        ("8分", 8),
        ("7.5", 7.5),
        ("八分", 8),
        ("十分", 10),
        ("七分半", 7.5),
        ("零分", 0),
        ("8/10", 8),
        ("８／１０分", 8),
        ("得8分", 8),
        ("得分：8", 8),
        ("满分", 10),
    ],
)
def test_a_short_answer_may_be_given_points_by_hand(cell: str, points: float) -> None:
    graded = grade(ESSAY, [{"姓名": "甲", "1": cell}])
    assert ([result.score for result in graded.results], graded.troubles) == ([points], ())


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("要加强领导", "“要加强领导”自动判为 0 分，请人工核对；可在这一格写上得分，如 8分"),
        ("扣2分", "“扣2分”自动判为 0 分，请人工核对；可在这一格写上得分，如 8分"),
        ("八", "“八”自动判为 0 分，请人工核对；可在这一格写上得分，如 8分"),
        ("4/5", "“4/5”不是按这题的 10 分给的，按 0 分计"),
        ("十五分", "“十五分”不在 0 到 10 分之间，按 0 分计"),
    ],
)
def test_a_short_answer_that_gets_nothing_is_to_be_looked_at(cell: str, reason: str) -> None:
    graded = grade(ESSAY, [{"姓名": "甲", "1": cell}])
    assert [trouble.reason for trouble in graded.troubles] == [reason]
    assert graded.results[0].score == 0


def test_who_handed_in_nothing_was_absent_and_is_in_no_average() -> None:
    people = [
        {"姓名": "张三", "卷别": "A", "1": "B", "2": "A", "3": "", "4": ""},
        {"姓名": "李四", "卷别": "A", "1": "", "2": "", "3": "", "4": ""},
        {"姓名": "王五", "卷别": "", "1": "缺考", "2": "", "3": "", "4": ""},
        {"姓名": "", "卷别": "A", "1": "", "2": "", "3": "", "4": ""},
        {"姓名": "赵六", "卷别": "A", "1": "白卷", "2": "", "3": "", "4": ""},
    ]
    graded = grade(PAPERS, people)
    assert [(result.person, result.score) for result in graded.results] == [("张三", 2), ("赵六", 0)]
    assert [(one.row, one.person) for one in graded.absent] == [(3, "李四"), (4, "王五")]
    assert {trouble.person for trouble in graded.troubles} == {"张三", "赵六"}
    assert graded.items[0].answered == 2


def test_an_empty_row_of_somebody_who_has_another_is_passed_over() -> None:
    graded = grade(PAPERS, [{"姓名": "张三", "1": ""}, {"姓名": "张三", "1": "B"}])
    assert ([result.score for result in graded.results], graded.absent) == ([2], ())


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"format": "studytool-sheet", "format_version": 1}', "不是"]
)
def test_a_file_that_is_no_manifest_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(StudyError, match=r"坏\.json") as error:
        read_manifest(text, "坏.json")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        ("version", 5),
        ("version", None),
        ("versions", []),
        ("questions", []),
        ("answers", []),
        ("answers", ["也许"]),
        ("accepted", [None]),
        ("accepted", ["正确"]),
        ("id", [1]),
        ("number", "x"),
        ("points", nan),
        ("points", inf),
        ("points", -1),
        ("points", 1e308),
        ("kind", None),
    ],
)
def test_a_manifest_with_a_value_that_cannot_be_is_refused(place: str, wrong: object) -> None:
    question = {
        "number": 1, "id": "1", "kind": "true_false", "asks": "figure", "points": 2, "options": [],
        "stem": "甲是乙。", "answers": ["正确"], "accepted": [["正确"]], "evidence": "甲是乙。",
    }  # fmt: skip
    version = {"version": "A", "questions": [question]}
    content = {"format": "studytool-sheet", "format_version": 1, "versions": [version]}
    assert read_manifest(json.dumps(content), "好.json")
    for holder in (question, version, content):
        if place in holder:
            holder[place] = wrong
    with pytest.raises(StudyError, match="不是试卷的答案清单"):
        read_manifest(json.dumps(content), "坏.json")

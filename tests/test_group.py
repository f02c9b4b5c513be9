"""What a group knows: reports handed in, shares by topic that can be counted by hand, what to discuss."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from studytool.cli import app
from studytool.errors import StudyError
from studytool.exports.sheet.pdf import typeset
from studytool.exports.tables import workbook
from studytool.grading.group import group_of
from studytool.grading.learning import read_report, written
from studytool.model import Harvest, Item, Mark, Rating, Report, Review
from studytool.store import documents, groups, study
from studytool.store.bank import Bank
from studytool.store.opening import open_bank
from studytool.views import group as views

MONDAY = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
RIGHT, NEARLY, WRONG = Mark.RIGHT, Mark.NEARLY, Mark.WRONG


@pytest.fixture
def stocked(bank: Bank, make_item: Callable[..., Item], make_harvest: Callable[..., Harvest]) -> Bank:
    """A bank of three items: two of one article, one of another."""
    items = (make_item(1, article="甲篇"), make_item(2, article="甲篇"), make_item(3, article="乙篇"))
    documents.keep(bank, make_harvest(*items), "1", MONDAY)
    return bank


def answer(bank: Bank, learner: str, item: int, day: int, mark: Mark) -> None:
    """One answer, `day` days after Monday."""
    at = MONDAY + timedelta(days=day)
    study.record(bank, Review(f"item{item}", learner, at, ("…",), mark, Rating.GOOD, 10.0), None)


@pytest.fixture
def answered(stocked: Bank) -> Bank:
    """Three learners: what they answered when can be counted by hand below."""
    for learner, item, day, mark in (
        ("张三", 1, 0, WRONG),
        ("张三", 1, 0, RIGHT),
        ("张三", 1, 3, RIGHT),
        ("张三", 2, 0, RIGHT),
        ("张三", 2, 3, WRONG),
        ("李四", 1, 1, RIGHT),
        ("李四", 2, 1, WRONG),
        ("李四", 3, 1, NEARLY),
        ("王五", 3, 2, RIGHT),
    ):
        answer(stocked, learner, item, day, mark)
    return stocked


def reports(bank: Bank) -> list[Report]:
    return [report for name in ("张三", "李四", "王五") for report in groups.reports(bank, name)]


def test_members_are_counted_answer_by_answer(answered: Bank) -> None:
    made = group_of(reports(answered))
    assert [(one.name, one.days, one.tally.answers, one.tally.share) for one in made.members] == [
        ("张三", 2, 5, 0.6),
        ("李四", 1, 3, 0.333),
        ("王五", 1, 1, 1.0),
    ]
    assert [str(made.since), str(made.until)] == ["2026-03-02", "2026-03-05"]


def test_retention_counts_only_answers_on_a_later_day_than_the_first(answered: Bank) -> None:
    zhang, li, _ = group_of(reports(answered)).members
    assert (zhang.tally.repeats, zhang.tally.retention) == (2, 0.5)  # item 1 kept, item 2 lost
    assert (li.tally.repeats, li.tally.retention) == (0, None)


def test_topics_count_each_members_last_answer_once_and_the_least_known_comes_first(answered: Bank) -> None:
    made = group_of(reports(answered))
    assert [(one.name, one.members, one.tally.items, one.tally.known_share) for one in made.articles] == [
        ("甲篇", 2, 4, 0.5),
        ("乙篇", 2, 2, 0.5),
    ]
    assert [(one.name, one.tally.items) for one in made.kinds] == [("figure", 6)]


def test_what_several_missed_last_time_is_to_be_discussed(answered: Bank) -> None:
    made = group_of(reports(answered))
    assert [(one.id, one.met, one.missed) for one in made.to_discuss] == [("item2", 2, 2)]


def test_a_single_learner_discusses_what_they_missed(answered: Bank) -> None:
    made = group_of(reports(answered)[:1])
    assert [(one.id, one.met, one.missed) for one in made.to_discuss] == [("item2", 1, 1)]


def test_who_answered_only_before_a_day_is_told_so(
    make_bank: Callable[..., Path], run_here: Callable[..., Any]
) -> None:
    place = make_bank("single")
    with open_bank(place) as bank:
        study.record(bank, Review("single", "张三", MONDAY, ("乙",), RIGHT, Rating.GOOD, 10.0), None)
    done = run_here(place, "report", "--since", "2999-01-01", "--learner", "张三")
    assert done.returncode == 2
    assert done.stderr == "studytool: 2999-01-01 以来 张三 没有答过题：请把 --since 放早一些，或去掉它\n"


def test_only_answers_since_a_day_count_but_what_was_met_before_stays_met(answered: Bank) -> None:
    since = (MONDAY + timedelta(days=3)).date()
    (zhang,) = group_of(groups.reports(answered, "张三", since)).members
    assert (zhang.tally.answers, zhang.tally.repeats) == (2, 2)


def test_the_reports_of_all_are_those_of_each(answered: Bank) -> None:
    assert sorted(groups.reports(answered), key=str) == sorted(reports(answered), key=str)


def test_of_answers_given_at_one_instant_the_one_logged_last_is_the_last(stocked: Bank) -> None:
    for mark in (RIGHT, WRONG):
        answer(stocked, "张三", 1, 0, mark)
    (zhang,) = groups.reports(stocked, "张三")
    assert [(met.last, met.answers, met.right) for met in zhang.met] == [(WRONG, 2, 1)]


def test_a_report_comes_back_from_its_file_as_it_was(answered: Bank) -> None:
    for report in reports(answered):
        assert read_report(json.dumps(written(report), ensure_ascii=False), "me.json") == report


def test_a_report_tells_nothing_of_what_was_written_and_no_name_if_asked(answered: Bank) -> None:
    (zhang,) = groups.reports(answered, "张三")
    text = json.dumps(written(replace(zhang, learner=None)), ensure_ascii=False)
    assert "张三" not in text
    assert "…" not in text


def test_the_same_report_handed_in_twice_counts_once(answered: Bank) -> None:
    zhang, li, _ = reports(answered)
    made = group_of([zhang, li, read_report(json.dumps(written(zhang)), "a.json")])
    assert [one.name for one in made.members] == ["张三", "李四"]


def test_of_two_reports_of_one_person_the_later_counts(answered: Bank) -> None:
    zhang = reports(answered)[0]
    earlier = replace(zhang, days=zhang.days[:1], met=zhang.met[:1])
    assert group_of([earlier, zhang]) == group_of([zhang, earlier]) == group_of([zhang])


def test_people_without_names_are_told_apart(answered: Bank) -> None:
    nameless = [replace(report, learner=None) for report in reports(answered)]
    assert sorted(one.name for one in group_of(nameless).members) == ["匿名1", "匿名2", "匿名3"]


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda content: content | {"format": "studytool-sheet"}, id="another file of ours"),
        pytest.param(lambda content: content | {"items": [{}]}, id="items without content"),
        pytest.param(lambda content: content | {"days": ["3月2日"]}, id="a day that is no date"),
        pytest.param(
            lambda content: content | {"items": [content["items"][0] | {"right": 99}]},
            id="more right answers than answers",
        ),
        pytest.param(lambda content: [content], id="a list"),
    ],
)
def test_a_file_that_is_no_report_is_refused_in_one_line(
    spoil: Callable[[dict], object], answered: Bank
) -> None:
    text = json.dumps(spoil(written(reports(answered)[0])))
    with pytest.raises(StudyError, match=r"坏\.json 不是学习情况文件") as error:
        read_report(text, "坏.json")
    assert "\n" not in str(error.value)


def test_the_workbook_keeps_numbers_as_numbers(answered: Bank) -> None:
    book = load_workbook(BytesIO(workbook(views.tables(group_of(reports(answered))))))
    assert book.sheetnames == ["学员", "文章", "知识点", "下次讨论"]
    assert [cell.value for cell in book["学员"][2]] == ["张三", 2, "2026-03-05", 5, 0.6, 0.5, 0.5]


@pytest.mark.parametrize("count", [1, 13, 41, 120])
def test_the_printed_page_is_one_page_whatever_the_size_of_the_group(count: int, answered: Bank) -> None:
    zhang = reports(answered)[0]
    many = [replace(zhang, learner=f"学员{number}") for number in range(count)]
    content = typeset("group.typ", views.page(group_of(many)))
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
    assert len(pages) == 1
    printed = "".join(pages[0].split())
    assert all(f"学员{number}" in printed for number in range(count))


def test_a_group_too_large_for_a_page_goes_on_from_page_to_page(answered: Bank) -> None:
    zhang = reports(answered)[0]
    many = [replace(zhang, learner=f"学员{number}，阿卜杜热合曼·艾则孜·麦麦提敏") for number in range(500)]
    content = typeset("group.typ", views.page(group_of(many)))
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
    printed = "".join("".join(page.split()) for page in pages)
    assert len(pages) > 1
    assert all("学习天数" in page for page in pages[: len(pages) - 2])  # each has its headings
    assert all(f"学员{number}，" in printed for number in range(500))


# ---- from the command line -------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path, make_item: Callable[..., Item], make_harvest: Callable[..., Harvest]) -> Path:
    """A bank in a file, in which 张三 and 李四 have each answered once."""
    at = tmp_path / "bank.db"
    with open_bank(at) as bank:
        documents.keep(bank, make_harvest(make_item(1)), "1", MONDAY)
        answer(bank, "张三", 1, 0, WRONG)
        answer(bank, "李四", 1, 0, WRONG)
    return at


def run(place: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["--db", str(place), *words])


def test_reports_handed_in_say_the_same_as_the_bank_they_are_from(place: Path, tmp_path: Path) -> None:
    files = [str(tmp_path / f"{name}.json") for name in ("张三", "李四")]
    for name, file in zip(("张三", "李四"), files, strict=True):
        assert run(place, "report", "--learner", name, "-o", file).exit_code == 0
    from_bank, handed_in = (json.loads(run(place, "group", *some, "--json").stdout) for some in ([], files))
    assert from_bank == handed_in
    assert [one["missed"] for one in from_bank["discuss"]] == [2]


def test_the_group_is_written_as_a_workbook_and_a_page(place: Path, tmp_path: Path) -> None:
    done = run(place, "group", "--xlsx", str(tmp_path / "组.xlsx"), "--pdf", str(tmp_path / "组.pdf"))
    assert done.exit_code == 0
    assert "2 名学员" in done.stdout
    assert len(pypdfium2.PdfDocument(tmp_path / "组.pdf")) == 1
    assert load_workbook(tmp_path / "组.xlsx")["学员"].max_row == 3


def test_an_anonymous_report_names_nobody(place: Path) -> None:
    done = run(place, "report", "--learner", "张三", "--anonymous")
    assert json.loads(done.stdout)["learner"] is None


@pytest.mark.parametrize("name", [" ", "　"])
def test_a_report_under_a_name_of_nothing_is_refused(name: str, place: Path) -> None:
    done = run(place, "report", "--learner", "张三", "--name", name)
    assert str(done.exception) == "--name 是空的：请写上姓名，或去掉它"


def test_a_report_an_editor_has_saved_again_with_a_mark_is_read(place: Path, tmp_path: Path) -> None:
    report = run(place, "report", "--learner", "张三", "--name", "张　三").stdout
    (tmp_path / "张三.json").write_text(report, encoding="utf-8-sig")
    made = json.loads(run(place, "group", str(tmp_path / "张三.json"), "--json").stdout)
    assert [member["name"] for member in made["members"]] == ["张三"]


def test_a_learner_without_answers_has_nothing_to_hand_in(place: Path) -> None:
    done = run(place, "report", "--learner", "王五")
    assert isinstance(done.exception, StudyError)
    assert "王五 还没有答过题" in str(done.exception)


@pytest.mark.parametrize(("title", "said"), [("🎉要点", "“🎉”没有字体可以印"), ("　", "--title 是空的")])
def test_a_title_of_a_handout_that_cannot_be_printed_is_refused(
    title: str, said: str, place: Path, tmp_path: Path
) -> None:
    done = run(place, "handout", "--title", title, "-o", str(tmp_path / "要点.pdf"))
    assert said in str(done.exception)
    assert not (tmp_path / "要点.pdf").exists()


def test_a_worksheet_needs_one_article(place: Path, tmp_path: Path) -> None:
    wanted = tmp_path / "练习.pdf"
    assert run(place, "handout", "--worksheet", "工作综述", "-o", str(wanted)).exit_code == 0
    assert len(pypdfium2.PdfDocument(wanted)) == 2
    done = run(place, "handout", "--worksheet", "没有的", "-o", str(wanted))
    assert "没有这篇文章" in str(done.exception)


def test_a_topic_of_two_items_has_two_however_many_members_met_them(answered: Bank) -> None:
    _, (_, *articles), _, _ = [
        [table.header, *table.rows] for table in views.tables(group_of(reports(answered)))
    ]
    assert [(name, members, items) for name, members, items, *_ in articles] == [
        ("甲篇", 2, 2),
        ("乙篇", 2, 1),
    ]


@pytest.mark.parametrize(
    ("right", "answers", "shown"), [(26, 46, "57%"), (113, 200, "57%"), (1, 8, "13%"), (35, 62, "56%")]
)
def test_a_share_is_rounded_once_and_halves_go_up(right: int, answers: int, shown: str) -> None:
    counts = {"answers": answers, "right": right, "repeats": 0, "repeats_right": 0, "last": "right"}
    met = {"id": "1", "kind": "cloze", "asks": "figure", "stem": "____", "key": ["甲"], "source": "a.txt"}
    item = met | counts | {"article": "甲篇", "last_on": "2026-03-02"}
    report = {"format": "studytool-report", "format_version": 1, "learner": "张三", "seconds": 0}
    text = json.dumps(report | {"days": ["2026-03-02"], "items": [item]})
    (member,) = views.page(group_of([read_report(text, "张三.json")]))["members"]["rows"]
    assert member[4] == shown

"""Exam, challenge, mistakes, cards and the greeting in a real terminal: each tells, keeps and lets go."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pexpect
import pytest
from rich.console import Console
from typer.testing import CliRunner

from studytool import schedule
from studytool.cli import app
from studytool.cli.exam_desk import End, ExamDesk
from studytool.cli.keys import Keyboard
from studytool.model import Card, Item, ItemKind, Mark, Rating, Review
from studytool.quiz import Attempt, rounds
from studytool.quiz.exam import Score, Section, score
from studytool.store import asides, doctor, edits, groups, sittings, study
from studytool.store.edits import Action, Edit
from studytool.store.opening import open_bank
from studytool.views.exam import finished

MakeBank = Callable[..., Path]
Start = Callable[..., pexpect.spawn]
PROMPT = " ?>"
ENTER, CTRL_C = "\r", "\x03"
ME = study.DEFAULT_LEARNER

# What is pressed for a question, right and wrong; the words by which it is known.
ASKED = {
    "召开": ("b", "a"),
    "二百家": ("n", "y"),
    "两个方面": ("加强领导\r依靠群众\r", "n\r"),
    "功能定位": ("一基地三区\r", "两区\r"),
}


def said(child: pexpect.spawn) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", child.before or "")


def end(child: pexpect.spawn) -> str:
    """Wait for the end; what was said last."""
    child.expect(pexpect.EOF)
    child.close()
    assert "Traceback" not in said(child)
    assert child.exitstatus == 0
    return said(child)


def give(child: pexpect.spawn, right: bool = True) -> str:
    """Answer whatever question comes; which one it was."""
    asked = list(ASKED)[child.expect(list(ASKED))]
    child.expect("q 结束")
    if asked in ("功能定位", "两个方面"):
        child.expect(PROMPT)
    child.send(ASKED[asked][0 if right else 1])
    return asked


def press(child: pexpect.spawn, keys: str, at: str = "") -> None:
    """Press keys where a question is asked, after what stands in it."""
    child.expect(at)
    child.expect("q 结束")
    child.send(keys)


def hand_in(child: pexpect.spawn, left: int = 0) -> str:
    """At the overview, say yes; what was said last."""
    child.expect(f"还有 {left} 题没答，交卷吗" if left else "都答了，交卷吗")
    child.expect(PROMPT)
    child.send("y\r")
    return end(child)


def listed(bank: Path, *words: str) -> Any:
    done = CliRunner().invoke(app, ["--db", str(bank), *words, "--json"], catch_exceptions=False)
    return json.loads(done.stdout)


@pytest.fixture(params=[60, 200])
def columns(request: pytest.FixtureRequest) -> int:
    return int(request.param)


# ---- what others do to the bank meanwhile -------------------------------------------------------


def test_a_question_withdrawn_meanwhile_is_asked_no_more(make_bank: MakeBank, terminal: Start) -> None:
    place = make_bank("single", "statement")
    child = terminal(place)
    child.expect("q 结束")
    with open_bank(place) as bank:
        bank.run("delete from items")
    child.send("a")
    assert "没有作答" in end(child)
    with open_bank(place) as bank:
        assert not study.reviews(bank, ME)


def test_a_question_changed_meanwhile_is_asked_anew(make_bank: MakeBank, terminal: Start) -> None:
    place = make_bank("single")
    child = terminal(place)
    child.expect("q 结束")
    with open_bank(place) as bank:
        edit = Edit("single", "王芳", Action.EDIT, {"stem": "改过的题：____召开。"})
        edits.apply(bank, (edit,), datetime(2026, 3, 2, tzinfo=UTC))
    child.send("b")
    child.expect("改过的题")
    child.expect("q 结束")
    with open_bank(place) as bank:
        assert not study.reviews(bank, ME)
    child.send("b")
    child.expect("正确")
    child.send(ENTER)
    end(child)


# ---- exam ----------------------------------------------------------------------------------------


def test_an_exam_tells_nothing_before_its_end_and_then_the_score(
    make_bank: MakeBank, terminal: Start, columns: int
) -> None:
    bank = make_bank("single", "statement", "cloze")
    child = terminal(bank, "--points", "cloze=4", command="exam", columns=columns)
    child.expect("剩 ")
    for right in (True, False, True):
        give(child, right)
        assert "正确" not in said(child)
    last = hand_in(child)
    assert "交卷：" in last
    assert "答错的已记入错题本" in last
    assert max(map(len, last.splitlines())) <= columns
    (result,) = listed(bank, "exam", "--results")
    assert sum(section["right"] for section in result["sections"]) == 2
    assert result["points"] < result["most"]
    stats = listed(bank, "stats")["learner"]
    assert (stats["answers"], stats["right"], stats["modes"], stats["met"]) == (3, 2, {"exam": 3}, 0)
    assert len(listed(bank, "mistakes")) == 1


def test_an_exam_goes_on_after_the_terminal_was_killed(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("single", "statement", "cloze")
    child = terminal(bank, command="exam")
    first = give(child)
    child.expect("第 2 题")
    child.expect("q 结束")
    child.kill(signal.SIGKILL)
    child.close()
    child = terminal(bank, command="exam")
    child.expect("第 2 题 / 共 3 题")
    others = [give(child), give(child)]
    assert "及格（60% 及格）" in hand_in(child)
    assert sorted([first, *others]) == sorted(["召开", "二百家", "功能定位"])
    assert listed(bank, "stats")["learner"]["answers"] == 3


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM, signal.SIGKILL])
def test_closing_the_window_gives_no_time_back(make_bank: MakeBank, terminal: Start, number: int) -> None:
    place = make_bank("single", "statement")
    child = terminal(place, command="exam")
    press(child, "s")
    child.expect("第 2 题 / 共 2 题")
    child.expect("q 结束")
    child.kill(number)
    child.expect(pexpect.EOF)
    child.close()
    with open_bank(place) as bank:
        assert bank.value("select seconds from papers") > 0


def test_a_fresh_exam_asks_other_questions_under_another_number(make_bank: MakeBank, terminal: Start) -> None:
    place, seen = make_bank("single", "statement", "cloze"), list[int]()
    for words in ((), ("--fresh",), ("--fresh",)):
        child = terminal(place, *words, command="exam")
        press(child, CTRL_C)
        end(child)
        with open_bank(place) as bank:
            seen += [row["id"] for row in bank.rows("select id from papers")]
            assert doctor.examine(bank, repair=False) == ()
    assert seen == [1, 2, 3]


def test_an_exam_put_down_is_not_silently_replaced(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("single", "statement")
    child = terminal(bank, command="exam")
    give(child)
    press(child, CTRL_C, at="第 2 题")
    assert "已保存 1/2 题" in end(child)
    child = terminal(bank, "--kind", "true_false", command="exam")
    child.expect("--fresh")
    child.expect(pexpect.EOF)
    child = terminal(bank, "--kind", "true_false", "--fresh", command="exam")
    press(child, "q", at="第 1 题 / 共 1 题")
    assert "已保存 0/1 题" in end(child)


def test_an_answer_of_an_exam_can_be_given_again_before_the_end(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("single", "statement")
    child = terminal(bank, command="exam")
    give(child, right=False)
    press(child, "u", at="第 2 题")
    child.expect("第 1 题 / 共 2 题")
    child.expect("已答：北京")
    child.send("\x0c")  # no key of the exam: the question stands
    give(child)
    give(child)
    assert "对 1/1 题" in hand_in(child)
    stats = listed(bank, "stats")["learner"]
    assert (stats["answers"], stats["right"]) == (2, 2)


def test_an_answer_of_an_exam_can_be_changed_after_the_terminal_was_killed(
    make_bank: MakeBank, terminal: Start
) -> None:
    bank = make_bank("single", "statement")
    child = terminal(bank, command="exam")
    give(child, right=False)
    child.expect("第 2 题")
    child.expect("q 结束")
    child.kill(signal.SIGKILL)
    child.close()
    child = terminal(bank, command="exam")
    child.expect("时钟停住")
    child.send("u")
    child.expect("已答：北京")
    child.send("b")
    press(child, "j", at="第 2 题")
    assert "对 1/1 题" in hand_in(child, left=1)
    assert listed(bank, "stats")["learner"]["answers"] == 1


def test_a_question_skipped_comes_round_and_nothing_is_handed_in_unasked(
    make_bank: MakeBank, terminal: Start
) -> None:
    child = terminal(make_bank("single", "statement"), command="exam")
    child.expect("第 1 题 / 共 2 题")
    child.expect("q 结束")
    for there in ("第 2 题 / 共 2 题", "回到没有答的题，还有 2 题", "第 2 题 / 共 2 题"):
        child.send("s")
        child.expect(there)
    child.send("s")
    child.expect("没有答的：第 1、2 题")
    child.expect(PROMPT)
    child.send("\r")
    give(child)
    give(child)
    assert "没有作答" not in hand_in(child)


def test_at_the_overview_a_number_leads_to_its_question_and_only_yes_hands_in(
    make_bank: MakeBank, terminal: Start
) -> None:
    bank = make_bank("single", "statement")
    child = terminal(bank, command="exam")
    give(child)
    give(child, right=False)
    for line, then in (("", "输入 y 再回车才交卷"), ("7", "没有“7”这一题"), ("2", "第 2 题 / 共 2 题")):
        child.expect(PROMPT)
        child.send(f"{line}\r")
        child.expect(then)
    give(child)
    child.expect("都答了，交卷吗")
    child.expect(PROMPT)
    child.send("q\r")
    assert "已保存 2/2 题" in end(child)
    child = terminal(bank, command="exam")
    assert "及格" in hand_in(child)
    assert listed(bank, "stats")["learner"]["right"] == 2


def test_what_was_ticked_in_an_exam_is_there_when_one_comes_back(
    make_bank: MakeBank, terminal: Start
) -> None:
    child = terminal(make_bank("several", "statement"), command="exam")
    press(child, "a", at="新发展理念")
    child.expect(r"\[x\]")
    child.send("s")
    press(child, "u", at="二百家")
    child.expect(r"\[x\]\S* *\S*A")
    child.send("c\r")
    press(child, "j", at="二百家")
    assert "对 1/1 题" in hand_in(child, left=1)


def test_what_a_learner_let_pass_does_not_count_in_their_exam(make_bank: MakeBank, terminal: Start) -> None:
    place = make_bank("cloze")
    with open_bank(place) as bank:
        asides.accept_variant(bank, asides.Variant(ME, "cloze", 0, "两区"), datetime(2026, 3, 2, tzinfo=UTC))
    child = terminal(place, command="exam")
    give(child, right=False)
    assert "对 0/1 题" in hand_in(child)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--number", "单选=1", "--count", "5"), "按各题型的题数出卷，一共 1 题；--count 5 没有用上"),
        (("--count", "5"), "要 5 题，符合条件、又不互相泄露答案的只有 2 题"),
        (("--number", "判断=4"), "判断要 4 题，只选得出 1 题"),
    ],
)
def test_what_an_exam_could_not_have_is_said_where_it_starts(
    make_bank: MakeBank, terminal: Start, words: tuple[str, ...], said: str
) -> None:
    child = terminal(make_bank("single", "statement"), *words, command="exam")
    child.expect(said)
    child.expect("限时 30 分钟.*时钟停住")
    child.send(CTRL_C)
    end(child)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--number", "单选=3", "--number", "判断=4", "--count", "5"), "一共要 7 题，--count 却只要 5 题"),
        (("--find", "不存在的"), "没有可以考的试题：没有符合条件的题"),
        (("--number", "排序=2"), "没有可以考的试题：符合条件的题里没有排序"),
        (("--number", "选择=2"), "题型有 填空（cloze）、单选（single_choice）"),
        (("--learner", "  "), "--learner 是空的"),
    ],
)
def test_an_exam_that_cannot_be_is_refused_in_one_line(
    make_bank: MakeBank, terminal: Start, words: tuple[str, ...], said: str
) -> None:
    child = terminal(make_bank("single", "statement"), *words, command="exam", columns=200)
    child.expect_exact(said)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 2


class Slow(Keyboard):
    """Somebody who takes a minute for each key."""

    desk: ExamDesk

    def stroke(self) -> str:
        self.desk.started -= 60
        return "b"


def test_an_answer_after_the_time_does_not_count_and_that_is_said(make_bank: MakeBank) -> None:
    with open_bank(make_bank("single")) as bank:
        terms = sittings.Terms("测试", 1.0, 60.0, (("single", 2),))
        paper = sittings.begin_paper(bank, ME, terms, datetime.now(UTC))
        keyboard = Slow()
        desk = ExamDesk(bank, ME, paper, rounds.Round(study.cards(bank, ME, ("single",))), keyboard=keyboard)
        keyboard.desk = desk
        assert desk.run() is End.TOO_LATE
        assert study.reviews(bank, ME) == ()
        told = finished(score([], {}, 60), (), 60, in_time=False, too_late=True)
    shown = Console(file=StringIO(), width=80)
    shown.print(told)
    assert "过了时间，没有计入" in shown.file.getvalue()  # type: ignore[attr-defined]


def test_an_exam_ends_when_its_time_is_over(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("single", "statement")
    with open_bank(bank) as opened:
        terms = sittings.Terms("测试", 1.0, 60.0, (("single", 2), ("statement", 2)))
        paper = sittings.begin_paper(opened, ME, terms, datetime.now(UTC))
        sittings.used(opened, paper.id, 61.0)
    assert "时间到，已交卷：0 / 4 分" in end(terminal(bank, command="exam"))
    assert [result["passed"] for result in listed(bank, "exam", "--results")] == [False]


def test_the_time_used_is_noted_while_somebody_thinks(make_bank: MakeBank) -> None:
    with open_bank(make_bank("single")) as bank:
        terms = sittings.Terms("测试", 10.0, 60.0, (("single", 2),))
        paper = sittings.begin_paper(bank, ME, terms, datetime.now(UTC))
        desk = ExamDesk(bank, ME, paper, rounds.Round(study.cards(bank, ME, ("single",))))
        desk.started -= 60
        assert desk.keyboard.meanwhile
        desk.keyboard.meanwhile()
        assert float(str(bank.value("select seconds from papers"))) >= 60


def test_an_open_exam_gives_away_none_of_its_answers(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("single", "statement")
    wrong(bank, "statement")
    child = terminal(bank, command="exam")
    for _ in range(2):
        give(child, right=False)
    child.expect(PROMPT)
    child.send("q\r")
    end(child)
    assert [missed["item"]["id"] for missed in listed(bank, "mistakes")] == ["statement"]
    assert [missed["times"] for missed in listed(bank, "mistakes")] == [1]
    assert [hard["item_id"] for hard in listed(bank, "stats")["learner"]["hardest"]] == ["statement"]
    with open_bank(bank) as opened:
        assert [met.stem for report in groups.reports(opened) for met in report.met] == ["企业共有二百家。"]
    child = terminal(bank, "--practice", command="mistakes")
    press(child, CTRL_C, at="第 1 题 / 共 1 题")
    end(child)
    hand_in(terminal(bank, command="exam"))
    assert sorted(missed["times"] for missed in listed(bank, "mistakes")) == [1, 2]
    assert len(listed(bank, "stats")["learner"]["hardest"]) == 2


def withdraw(bank: Path, *item_ids: str) -> None:
    with open_bank(bank) as opened:
        for item_id in item_ids:
            edits.apply(opened, (Edit(item_id, "王芳", Action.RETIRE),), datetime(2026, 3, 2, tzinfo=UTC))


def test_what_was_withdrawn_unseen_counts_against_nobody(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("single", "statement", "several")
    child = terminal(
        bank,
        "--number",
        "single_choice=1",
        "--number",
        "multiple_response=1",
        "--number",
        "true_false=1",
        command="exam",
    )
    give(child)
    child.expect("第 2 题")
    child.expect("q 结束")
    withdraw(bank, *{"single", "statement", "several"} - answered(bank))
    child.send("j")
    for words in ("答了 1 题，共 1 题", "都答了", "有 2 道题已被撤回，不算在内", PROMPT):
        child.expect(words)
    child.send("y\r")
    assert "：2 / 2 分" in end(child)


def test_what_was_withdrawn_after_its_answer_counts_for_nobody_either(
    make_bank: MakeBank, terminal: Start
) -> None:
    bank = make_bank("single", "statement")
    child = terminal(bank, command="exam")
    first = give(child, right=False)
    give(child)
    child.expect("都答了")
    withdraw(bank, "single" if first == "召开" else "statement")
    child.expect(PROMPT)
    child.send("y\r")
    assert "对 1/1 题" in end(child)


def test_an_option_that_was_reworded_since_it_was_ticked_is_ticked_no_more(
    make_bank: MakeBank, terminal: Start
) -> None:
    place = make_bank("several")
    child = terminal(place, command="exam")
    press(child, "ab\r")
    child.expect(PROMPT)
    with open_bank(place) as bank:
        fields = {"options": '["创新", "保守", "协调"]', "distractors": '["保守"]'}
        edits.apply(bank, (Edit("several", "王芳", Action.EDIT, fields),), datetime(2026, 3, 2, tzinfo=UTC))
    child.send("1\r")
    child.expect("已答：创新；守旧")
    child.send("\r")
    child.expect("还没有选")
    child.send("ac\r")
    assert "对 1/1 题" in hand_in(child)


def answered(bank: Path) -> set[str]:
    with open_bank(bank) as opened:
        return {done.review.item_id for done in study.reviews(opened, ME)}


def test_a_paper_of_which_nothing_is_left_is_dropped_not_failed(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("single", "statement")
    child = terminal(bank, command="exam")
    child.expect("第 1 题")
    child.expect("q 结束")
    withdraw(bank, "single", "statement")
    child.send("j")
    assert "这份卷作废" in end(child)
    assert listed(bank, "exam", "--results") == []
    with open_bank(bank) as opened:
        assert opened.value("select count(*) from papers") == 0


def test_when_the_time_is_over_nothing_withdrawn_counts_either(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("single", "statement")
    with open_bank(bank) as opened:
        terms = sittings.Terms("测试", 1.0, 60.0, (("single", 2), ("statement", 2)))
        paper = sittings.begin_paper(opened, ME, terms, datetime.now(UTC))
        sittings.used(opened, paper.id, 61.0)
    withdraw(bank, "single")
    assert "时间到，已交卷：0 / 2 分" in end(terminal(bank, command="exam"))


@pytest.mark.parametrize(
    ("name", "first", "change"),
    [("several", "ab\r", "c"), ("pairs", "ab\r", "\x7f"), ("pairs", "ab\r", "\x7f\x7f")],
)
def test_a_change_without_enter_is_told_before_handing_in(
    make_bank: MakeBank, terminal: Start, name: str, first: str, change: str
) -> None:
    child = terminal(make_bank(name), command="exam")
    press(child, first)
    child.expect(PROMPT)
    assert "没有按回车" not in said(child)
    child.send("1\r")
    for key in change:
        press(child, key)
    press(child, "j")
    child.expect("第 1 题改了没有按回车")
    child.expect("u 回到第 1 题")
    child.expect(PROMPT)
    child.send("u\r")
    again = first if name == "pairs" and len(change) == 2 else "b\r" if name == "pairs" else "\r"
    press(child, again, at="第 1 题 / 共 1 题")
    child.expect("都答了")
    assert "没有按回车" not in said(child)
    child.expect("u 回到最后一题")
    child.expect(PROMPT)
    child.send("q\r")
    end(child)


@pytest.mark.parametrize(("height", "times"), [(3, 2), (30, 1)])
def test_in_a_low_window_the_score_is_said_again_at_the_end(height: int, times: int) -> None:
    shown = Console(file=StringIO(), width=40, height=height, force_terminal=True, color_system=None)
    sections = tuple(Section(kind, 2, 1, 2.0, 4.0) for kind in (ItemKind.CLOZE, ItemKind.TRUE_FALSE))
    shown.print(finished(Score(sections, 60), (), 60, in_time=True))
    lines = shown.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert sum("交卷：4 / 8 分" in line for line in lines) == times
    assert ("交卷：4 / 8 分" in "".join(lines[-2:])) is (times > 1)


@pytest.mark.parametrize(("given", "told"), [("一基地三区的", False), ("两区", True)])
def test_an_exam_speaks_of_the_book_of_mistakes_where_something_is_in_it(
    make_item: Callable[..., Item], given: str, told: bool
) -> None:
    item = make_item(stem="功能定位是____。", key=("一基地三区",), accepted=(("一基地三区",),))
    answered = rounds.marked(Card(item), Attempt((given,)))
    assert (answered.verdict.mark is Mark.WRONG) is told
    shown = Console(file=StringIO(), width=80, height=40)
    shown.print(
        finished(Score((Section(ItemKind.CLOZE, 1, 0, 0.0, 2.0),), 60), (answered,), 60, in_time=True)
    )
    assert ("studytool mistakes" in shown.file.getvalue()) is told  # type: ignore[attr-defined]


# ---- challenge -----------------------------------------------------------------------------------


def test_a_challenge_ends_with_the_third_mistake_and_keeps_the_best_score(
    make_bank: MakeBank, terminal: Start, columns: int
) -> None:
    bank = make_bank("single", "statement", "cloze", "points")
    child = terminal(bank, command="challenge", columns=columns)
    child.expect("剩 3 次机会")
    for right in (True, False, False, False):
        give(child, right)
        child.expect("回车 下一题")
        child.send(ENTER)
    assert "答对 1 题，新的最好成绩" in end(child)
    stats = listed(bank, "stats")["learner"]
    assert (stats["best_challenge"], stats["modes"], stats["met"]) == (1, {"challenge": 4}, 0)


def test_leaving_a_challenge_keeps_what_was_reached(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("single", "statement")
    child = terminal(bank, command="challenge")
    give(child)
    child.expect("回车 下一题")
    child.send(CTRL_C)
    assert "答对 1 题" in end(child)
    child = terminal(bank, command="challenge")
    press(child, CTRL_C)
    assert "没有作答" in end(child)
    assert listed(bank, "stats")["learner"]["best_challenge"] == 1


# ---- mistakes ------------------------------------------------------------------------------------


def wrong(bank: Path, *item_ids: str, days_ago: int = 3) -> None:
    at = datetime.now().astimezone() - timedelta(days=days_ago)
    with open_bank(bank) as opened:
        for item_id in item_ids:
            study.record(opened, Review(item_id, ME, at, ("北京",), Mark.WRONG, Rating.AGAIN, 5.0), None)


def test_mistakes_are_practised_and_leave_after_two_days(
    make_bank: MakeBank, terminal: Start, columns: int
) -> None:
    bank = make_bank("single", "statement")
    wrong(bank, "single")
    with open_bank(bank) as opened:
        yesterday = datetime.now().astimezone() - timedelta(days=1)
        review = Review("single", ME, yesterday, ("天津",), Mark.RIGHT, Rating.GOOD, 5.0, "mistakes")
        study.record(opened, review, None)
    (missed,) = listed(bank, "mistakes")
    assert (missed["times"], missed["response"], missed["item"]["id"]) == (1, ["北京"], "single")
    child = terminal(bank, "--practice", command="mistakes", columns=columns)
    give(child)
    child.expect("回车 下一题")
    child.send(ENTER)
    assert "答了 1 题，对 1 题" in end(child)
    assert listed(bank, "mistakes") == []


def test_what_is_set_aside_stays_in_the_book_and_is_not_practised(
    make_bank: MakeBank, terminal: Start
) -> None:
    bank = make_bank("single", "statement")
    wrong(bank, "single", "statement")
    with open_bank(bank) as opened:
        asides.hold(opened, asides.Hold(ME, "single"), datetime.now().astimezone())
    assert len(listed(bank, "mistakes")) == 2
    child = terminal(bank, "--practice", command="mistakes")
    child.expect("共 1 题")
    assert give(child) == "二百家"
    press(child, "x")  # under the verdict: never again
    assert "答了 1 题" in end(child)
    assert "都搁置了" in end(terminal(bank, "--practice", command="mistakes"))
    assert len(listed(bank, "mistakes")) == 2


def test_leaving_the_practice_of_mistakes_is_quiet(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("single")
    wrong(bank, "single")
    child = terminal(bank, "--practice", command="mistakes")
    press(child, CTRL_C)
    assert "没有作答" in end(child)


def test_mistakes_can_be_printed(make_bank: MakeBank, tmp_path: Path) -> None:
    bank = make_bank("single", "statement")
    wrong(bank, "single")
    words = ["--db", str(bank), "mistakes", "-o", str(tmp_path / "错题.html")]
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert "已写好" in done.stderr
    page = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("*.html"))
    assert "会议在" in page
    assert "二百家" not in page


# ---- cards ---------------------------------------------------------------------------------------


def test_cards_are_turned_found_set_aside_and_brought_back(
    make_bank: MakeBank, terminal: Start, columns: int
) -> None:
    bank = make_bank("single", "statement", "cloze")
    child = terminal(bank, command="cards", columns=columns)
    press(child, "/", at="第 1–3 题 / 共 3 题")
    child.expect("查找")
    child.expect(PROMPT)
    child.send("二百家\r")
    press(child, "1", at="第 1–1 题 / 共 1 题")
    press(child, "x", at="没有学过")
    child.expect("不再出（l 恢复）")
    assert [card["id"] for card in listed(bank, "cards", "--held")] == ["statement"]
    child.send("l")
    child.expect("已恢复")
    child.send(CTRL_C)
    assert max(map(len, end(child).splitlines()), default=0) <= columns
    assert listed(bank, "cards", "--held") == []


@pytest.mark.parametrize("keys", ["/", "1f"])
def test_the_cards_can_be_left_at_every_prompt(make_bank: MakeBank, terminal: Start, keys: str) -> None:
    child = terminal(make_bank("single"), command="cards")
    press(child, keys)
    child.expect({"/": "查找（", "1f": "哪里有问题"}[keys])
    child.expect(PROMPT)
    child.send(CTRL_C)
    end(child)


def test_a_page_of_cards_is_never_longer_than_the_window(make_bank: MakeBank, terminal: Start) -> None:
    child = terminal(make_bank("single", "statement", "cloze"), command="cards", rows=8)
    child.expect("第 1–2 题 / 共 3 题")
    child.send("n")
    child.expect("第 3–3 题 / 共 3 题")
    child.send("q")
    child.expect(pexpect.EOF)


def test_cards_are_a_plain_list_when_nobody_is_there(make_bank: MakeBank) -> None:
    bank = make_bank("single", "statement")
    done = CliRunner().invoke(app, ["--db", str(bank), "cards"], catch_exceptions=False)
    assert "共 2 题" in done.stdout
    assert "\x1b" not in done.stdout


# ---- greeting, undo and learners -----------------------------------------------------------------


def test_the_greeting_starts_a_quiz_with_one_key(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("single")
    child = terminal(bank, command="")
    child.expect("按回车开始答题")
    child.send(ENTER)
    give(child)
    child.expect("回车 下一题")
    child.send("q")
    assert "答了 1 题" in end(child)
    child = terminal(bank, command="")
    child.expect("连续学习 1 天")
    child.expect("按回车开始答题")
    child.send(CTRL_C)
    end(child)


def test_undo_takes_back_what_was_let_pass_and_what_was_reported(
    make_bank: MakeBank, terminal: Start
) -> None:
    bank = make_bank("cloze")
    child = terminal(bank)
    child.expect("功能定位")
    child.expect("q 结束")
    child.expect(PROMPT)
    child.send("三区一基地\r")
    child.expect("回车 下一题")
    child.send("o")
    child.expect("以后都算对")
    child.send("f")
    child.expect("哪里有问题")
    child.send("少一问\r")
    child.expect("请教员核对")
    child.send("u")
    child.expect("已撤销报错")
    child.send("u")
    child.expect("请重新回答")
    child.expect(PROMPT)
    child.send("q\r")
    end(child)
    with open_bank(bank) as opened:
        assert asides.variants(opened, ME, "cloze", 1) == ((),)
        assert opened.value("select count(*) from flags") == 0
        assert study.reviews(opened, ME) == ()


def test_the_greeting_promises_new_questions_as_long_as_there_are_some(
    make_bank: MakeBank, run_here: Callable[..., Any]
) -> None:
    bank, now = make_bank("single", "statement"), datetime.now().astimezone()
    for item_id, promised in (("single", True), ("statement", False)):
        with open_bank(bank) as opened:
            review = Review(item_id, ME, now, ("天津",), Mark.RIGHT, Rating.EASY, 5.0)
            study.record(opened, review, schedule.review(None, Rating.EASY, now))
        shown = run_here(bank).stdout
        assert "今天没有到期的题" in shown
        assert ("可以学新题" in shown) is promised


def test_each_learner_has_a_memory_of_their_own(make_bank: MakeBank, terminal: Start, tmp_path: Path) -> None:
    bank = make_bank("single")
    (tmp_path / "settings.toml").write_text('learner = "王芳"\n', encoding="utf-8")
    for words in ((), ("--learner", " 李华 ")):
        child = terminal(bank, *words)
        give(child)
        child.expect("回车 下一题")
        child.send("q")
        end(child)
    with open_bank(bank) as opened:
        assert [len(study.reviews(opened, name)) for name in ("王芳", "李华", ME)] == [1, 1, 0]


@pytest.mark.parametrize(
    "words", [("stats",), ("mistakes",), ("mistakes", "--json"), ("exam", "--results"), ("optimize",)]
)
def test_of_a_learner_nobody_knows_the_records_say_so(
    make_bank: MakeBank, run_here: Callable[..., Any], words: tuple[str, ...]
) -> None:
    bank = make_bank("single")
    wrong(bank, "single")
    done = run_here(bank, *words, "--learner", "没有这人")
    assert done.stderr.strip() == f"没有学员“没有这人”的记录；题库里的学员有 {ME}。"
    assert run_here(bank, *words, "--learner", f" {ME} ").stderr == ""

"""Studying in a real terminal: every key does what the screen says, and no way of leaving loses an answer."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import termios
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pexpect
import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from studytool.cli import keys as keyboards
from studytool.cli.askers import statement
from studytool.cli.keys import LONGEST, as_text, keep_below, typed
from studytool.model import RIGHT, WRONG, ItemFilter, Mark, Rating, Status
from studytool.store import asides, edits, items, study
from studytool.store.edits import Action, Edit
from studytool.store.opening import open_bank

STUDYTOOL = [sys.executable, "-m", "studytool"]
NEXT = "回车 下一题"
ENTER, CTRL_C, CTRL_D = "\r", "\x03", "\x04"

MakeBank = Callable[..., Path]
Start = Callable[..., pexpect.spawn]
NAMES = ("cloze", "single", "several", "statement", "points", "blanks", "pairs", "order")


def screen(child: pexpect.spawn) -> str:
    """What stands before the last thing that was waited for, without colours."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", child.before or "")


def press(child: pexpect.spawn, keys: str, at: str = "") -> None:
    """Press keys where a question is asked, after what stands in it."""
    child.expect(at)
    child.expect("q 结束")
    child.send(keys)


def answer(child: pexpect.spawn, keys: str, asked: str) -> str:
    """Wait for a question, press keys; the screen that follows them."""
    press(child, keys, at=asked)
    child.expect(NEXT)
    return screen(child)


def leave(child: pexpect.spawn, keys: str = "q") -> str:
    """Press keys and wait for the end; what was said last."""
    child.send(keys)
    child.expect(pexpect.EOF)
    child.close()
    assert "Traceback" not in screen(child)
    assert child.exitstatus == 0
    return screen(child)


def kept(bank: Path) -> list[tuple[str, Mark, Rating]]:
    with open_bank(bank) as opened:
        done = study.reviews(opened, study.DEFAULT_LEARNER)
    return [(one.review.item_id, one.review.mark, one.review.rating) for one in done]


def stems(bank: Path) -> list[str]:
    with open_bank(bank) as opened:
        return [item.stem for item in items.select(opened, ItemFilter())]


@pytest.fixture(params=[60, 200])
def columns(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def test_all_kinds_are_answered_by_key_and_kept(make_bank: MakeBank, terminal: Start, columns: int) -> None:
    bank = make_bank(*NAMES)
    child = terminal(bank, columns=columns)
    for keys, asked in (
        ("1基地3区\r", "功能定位"),
        ("b", "召开"),
        ("ac\r", "新发展理念"),
        ("n", "二百家"),
        ("依靠群众\r加强领导\r", "两个方面"),
        ("立体 真实\r", "办事要"),
        ("ba\r", "简称"),
        ("cab\r", "先后"),
    ):
        shown = answer(child, keys, asked)
        assert ("✓ 答对了" if asked == "二百家" else "✓ 正确") in shown
        assert max(map(len, shown.splitlines())) <= columns
        child.send(ENTER)
    child.expect("答了 8 题，对 8 题")
    child.expect(pexpect.EOF)
    assert [(name, mark) for name, mark, _ in kept(bank)] == [(name, Mark.RIGHT) for name in NAMES]


@pytest.mark.parametrize("sign", ["×", "x", "错误\r", "Ｎ", "不对"])
def test_a_statement_is_called_false_by_any_sign_for_it(
    make_bank: MakeBank, terminal: Start, sign: str
) -> None:
    bank = make_bank("statement")
    child = terminal(bank)
    assert "✓ 答对了" in answer(child, sign, "二百家")
    leave(child)
    assert [mark for _, mark, _ in kept(bank)] == [Mark.RIGHT]


SAID = {
    RIGHT: "y t 1 yes true 对 對 正确 正確 是 是的 没错 沒有錯 √ 对的！ ✔\ufe0f ✅ ☑",
    WRONG: "n f x 0 2 no false wrong 错 錯 错误 否 不对 不對 不是。 不正确 假 × ✖\ufe0f ❌ ✕ ╳",
    "": "不 没 不错 对错 不大对 yse ny 误 。 3",
}


@pytest.mark.parametrize(
    ("word", "meant"), [(word, meant) for meant, words in SAID.items() for word in words.split()]
)
def test_a_word_says_right_or_wrong_as_a_whole_or_nothing(word: str, meant: str) -> None:
    assert statement(word) == meant


@pytest.mark.parametrize("word", ["不大对", "sq", "a", "b"])
def test_what_is_not_certainly_right_or_wrong_is_no_answer_and_no_command(
    make_bank: MakeBank, terminal: Start, word: str
) -> None:
    bank = make_bank("statement", "single")
    child = terminal(bank)
    press(child, f"{word}\r")
    child.expect(f"没有看懂“{word}”：按 y 对，n 错")
    assert kept(bank) == []
    child.send("不" * 20 + "对")
    child.expect("没有看懂“不不")
    for part in "不正":
        child.send(part)
        child.expect("请接着输入")
    child.send("确")
    child.expect("✓ 答对了")
    leave(child)


BEGUN, CUT_OFF = "请接着输入", "没有说完，不算"


@pytest.mark.parametrize(
    "pressed",
    [
        (("不", BEGUN), (" ", BEGUN), ("对", "")),
        (("不 对", ""),),
        (("不\u3000对", ""),),
        (("不", BEGUN), ("不对", "")),
        (("不", BEGUN), ("不", BEGUN), ("对", "")),
        (("不", BEGUN), (ENTER, CUT_OFF), ("不对", "")),
        (("不", BEGUN), ("\x7f", CUT_OFF), ("错", "")),
    ],
    ids=["space", "paste", "wide space", "the whole word", "anew", "enter and the whole word", "taken back"],
)
def test_what_has_begun_goes_on_after_a_space(
    make_bank: MakeBank, terminal: Start, pressed: tuple[tuple[str, str], ...]
) -> None:
    child = terminal(make_bank("statement", "single"))
    child.expect("q 结束")
    for keys, then in pressed:
        child.send(keys)
        child.expect(then or "✓ 答对了")
    child.expect(NEXT)
    leave(child)


@pytest.mark.parametrize("keys", ["不\r对", "不,\r,对", "不,\x1b[D,对", "没,\r,错", "不,大,对", "不,\t,是的"])
def test_the_end_of_a_word_that_was_cut_off_is_no_answer(
    make_bank: MakeBank, terminal: Start, keys: str
) -> None:
    bank = make_bank("statement", "single")
    child = terminal(bank)
    child.expect("q 结束")
    for number, stroke in enumerate(keys.split(",")):
        if number:
            child.expect(("请接着输入", "没有说完，不算")[number - 1])
        child.send(stroke)
    child.expect(f"没有看懂“{keys[0]} [对错是]")
    assert kept(bank) == []
    child.send("n")
    child.expect("✓ 答对了")
    leave(child)


def test_keys_behind_an_escape_sequence_that_came_with_another_key_are_no_answer(
    make_bank: MakeBank, terminal: Start
) -> None:
    bank = make_bank("statement", "single")
    child = terminal(bank)
    child.expect("q 结束")
    child.send("大\x1b[Dy")  # what is no answer, an arrow and a key, pressed ahead
    child.expect("没有看懂")
    assert kept(bank) == []
    child.send("n")
    child.expect("✓ 答对了")
    leave(child)


PAIRED = r"天津[^\n]*= 津.*北京[^\n]*= 京"


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("1b2a", PAIRED),
        ("2-a", "没有看懂“2-a”"),
        ("1=B、2=A", PAIRED),
        ("1b2b", "没有看懂“1b2b”"),
        ("1b3a", "没有看懂“1b3a”"),
        ("21", PAIRED),
    ],
)
def test_pairs_that_come_together_are_read_as_pairs(
    make_bank: MakeBank, terminal: Start, keys: str, shown: str
) -> None:
    child = terminal(make_bank("pairs"))
    press(child, keys)
    child.expect(shown)
    leave(child)


@pytest.mark.parametrize("name", ["order", "several", "single"])
def test_letters_and_numbers_mixed_name_no_options(make_bank: MakeBank, terminal: Start, name: str) -> None:
    bank = make_bank(name)
    child = terminal(bank)
    press(child, "1c2b3a")
    child.expect("没有看懂“1c2b3a”")
    assert kept(bank) == []
    leave(child)


def test_while_no_key_comes_something_can_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyboards, "IDLE", 0)
    master, slave = os.openpty()
    keyboard = keyboards.Keyboard()
    keyboard.meanwhile = lambda: os.write(master, b"a") and None
    with os.fdopen(slave) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert keyboard.stroke() == "a"
    os.close(master)


@pytest.mark.parametrize("word", ["yes", "wrong\r", "误"])
def test_a_word_under_the_verdict_is_no_command_and_repeats_nothing(
    make_bank: MakeBank, terminal: Start, word: str
) -> None:
    bank = make_bank("statement", "single")
    child = terminal(bank)
    answer(child, "n", "二百家")
    child.send(word)
    child.expect("不是这里的键")
    child.send("z")
    child.send(ENTER)
    child.expect("召开")
    assert "依据" not in screen(child)
    assert "再按" not in screen(child)
    leave(child)
    assert [rating for *_, rating in kept(bank)] == [Rating.GOOD]


def test_only_enter_hands_in_what_is_ticked(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("several")
    child = terminal(bank)
    child.expect("q 结束")
    for keys, then in (("a", r"\[x\]"), (" ", "空格不算"), ("-", "只当分隔"), ("b,c-b", r"B.*\[x\]")):
        assert kept(bank) == []
        child.send(keys)
        child.expect(then)
    press(child, "\r")
    child.expect("✓ 正确")
    child.expect(NEXT)
    leave(child)
    with open_bank(bank) as opened:
        assert opened.value("select count(*) from holds") == 0


@pytest.mark.parametrize("word", ["yes", "fb"])
def test_letters_that_come_together_choose_or_do_nothing(
    make_bank: MakeBank, terminal: Start, word: str
) -> None:
    bank = make_bank("single", "statement")
    child = terminal(bank)
    press(child, word)
    child.expect(f"没有看懂“{word}”")
    child.send("b")
    child.expect("✓ 正确")
    leave(child)
    assert kept(bank) == [("single", Mark.RIGHT, Rating.GOOD)]


# ---- nothing said on the way is lost ----------------------------------------------------------------


def test_a_report_and_a_vain_undo_lose_nothing_that_was_typed(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("blanks")
    child = terminal(bank)
    for line, then in (
        ("真实", "空 2/2"),
        ("u", "这次还没有可以撤销的"),
        ("ｈ", "答案有 2、2 个字"),
        ("g", "记作猜的"),
        ("f", "哪里有问题"),
        ("", "没有报错"),
    ):
        child.expect(" ?>")
        child.send(f"{line}\r")
        child.expect(then)
    child.expect("已填 1：真实")
    child.expect("记作猜的")
    child.expect("空 2/2")
    child.expect(" ?>")
    child.send("立体\r")
    child.expect("✓ 正确")
    child.expect(NEXT)
    leave(child)
    assert kept(bank) == [("blanks", Mark.RIGHT, Rating.HARD)]


@pytest.mark.parametrize("keys", ["u", "!\r", "!错字\r", "?"])
def test_ticks_and_guesses_outlast_everything_but_an_answer(
    make_bank: MakeBank, terminal: Start, keys: str
) -> None:
    child = terminal(make_bank("several"))
    press(child, "a")
    child.expect(r"\[x\]")
    child.send("g")
    child.expect("记作猜的")
    child.send(keys[0])
    if keys[0] == "!":
        child.expect("哪里有问题")
        child.expect(" ?>")
        child.send(keys[1:])
    child.expect(r"\[x\]")
    child.expect("记作猜的")
    child.send("c")
    press(child, "\r")
    child.expect("（猜的）")
    child.expect(NEXT)
    leave(child)


def test_a_hint_is_not_forgotten_by_undoing_the_answer(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("cloze", "single")
    child = terminal(bank)
    for line in ("h\r", "一基地\r"):
        child.expect(" ?>")
        child.send(line)
    child.expect(NEXT)
    child.send("u")
    child.expect("答案有 5 个字")
    child.expect(" ?>")
    child.send("一基地三区\r")
    child.expect(NEXT)
    leave(child)
    assert kept(bank) == [("cloze", Mark.RIGHT, Rating.HARD)]


def test_what_is_typed_again_after_the_verdict_is_not_easy(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("cloze", "single")
    child = terminal(bank)
    for keys in ("两区\r", "一基地三区\r"):
        child.expect(" ?>")
        child.send(keys)
        child.expect(NEXT)
        if keys == "两区\r":
            child.send("u")
    assert "评级 3 记得" in screen(child)
    child.send("4")
    child.expect("最高是 3 记得")
    leave(child)
    assert kept(bank) == [("cloze", Mark.RIGHT, Rating.GOOD)]


# ---- what is typed -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["cloze", "points", "blanks"])
def test_an_empty_line_is_no_answer_and_the_way_out_is_named(
    make_bank: MakeBank, terminal: Start, name: str
) -> None:
    bank = make_bank(name)
    child = terminal(bank)
    child.expect("n 不会")
    child.expect(" ?>")
    child.send("\r")
    child.expect("还没有答.*不会就单独输入 n")
    assert kept(bank) == []
    child.expect(" ?>")
    child.send("ｎ\r")
    child.expect("作答：（没有作答）")
    child.expect(NEXT)
    leave(child)
    assert kept(bank) == [(name, Mark.WRONG, Rating.AGAIN)]


def test_one_of_several_blanks_may_stay_empty_and_lines_be_typed_anew(
    make_bank: MakeBank, terminal: Start
) -> None:
    bank = make_bank("blanks")
    child = terminal(bank)
    for line, then in (
        ("乱写", "空 2/2"),
        ("r", "空 1/2"),
        ("", "再按一次回车"),
        ("", "空 2/2"),
        ("立体", NEXT),
    ):
        child.expect(" ?>")
        child.send(f"{line}\r")
        child.expect(then)
    leave(child)
    with open_bank(bank) as opened:
        (done,) = study.reviews(opened, study.DEFAULT_LEARNER)
    assert done.review.response == ("", "立体")


def test_full_width_letters_are_commands_where_one_types_too(make_bank: MakeBank, terminal: Start) -> None:
    child = terminal(make_bank("cloze"))
    child.expect(" ?>")
    assert "没有作答" in leave(child, "ｑ\r")


def test_what_is_not_put_in_order_yet_is_said(make_bank: MakeBank, terminal: Start) -> None:
    child = terminal(make_bank("order"))
    child.expect("q 结束")
    for keys, then in (("c", "q 结束"), ("c", "这一项用过了"), ("\r", "还差 2 项")):
        child.send(keys)
        child.expect(then)
    child.send("ab\r")
    child.expect("✓ 正确")
    child.expect(NEXT)
    leave(child)


def test_right_and_wrong_are_told_apart_on_a_terminal_of_gbk(make_bank: MakeBank, terminal: Start) -> None:
    for right in (True, False):
        bank = make_bank("single")
        child = terminal(bank, encoding="gbk")
        press(child, "b" if right else "a", at="召开")
        child.expect("对 正确" if right else "错 不对")
        child.expect(NEXT)
        leave(child)
        bank.unlink()


@pytest.mark.parametrize("told", ["latin-1", "ascii"])
def test_under_a_locale_without_chinese_the_terminal_is_taken_to_speak_utf_8(
    make_bank: MakeBank, terminal: Start, told: str
) -> None:
    child = terminal(make_bank("cloze"), told=told)
    press(child, "一基地三区\r", at="功能定位")
    child.expect("✓ 正确")
    child.expect(NEXT)
    leave(child)


def test_full_width_letters_choose_too(make_bank: MakeBank, terminal: Start) -> None:
    child = terminal(make_bank("single"))
    assert "✓ 正确" in answer(child, "Ｂ", "召开")
    leave(child)


def test_the_verdict_shows_answer_evidence_and_source(make_bank: MakeBank, terminal: Start) -> None:
    child = terminal(make_bank("cloze"))
    shown = answer(child, "一基地四区\r", "功能定位")
    for words in ("✗ 不对：数字不对", "答案：一基地三区", "[red]立足", "《全市工作综述》", "分钟后"):
        assert words in shown
    assert "答错的" in leave(child, ENTER)


def test_in_a_low_window_the_verdict_is_said_again_below_the_evidence(
    make_bank: MakeBank, terminal: Start
) -> None:
    child = terminal(make_bank("cloze"), columns=60, rows=6)
    press(child, "一基地四区\r", at="功能定位")
    child.expect(NEXT)
    child.expect(r"✗ 不对[^\n]*答案：一基地三区")
    leave(child)


def test_in_a_low_window_the_stem_is_said_again_below_the_question(
    make_bank: MakeBank, terminal: Start
) -> None:
    for rows, times in ((8, 2), (30, 1)):
        bank = make_bank("single")
        child = terminal(bank, columns=40, rows=rows)
        press(child, "u")
        child.expect("没有可以撤销的")
        assert screen(child).count("会议在____召开") == times
        leave(child)
        bank.unlink()


def test_what_was_given_can_be_counted_right_and_is_remembered(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("cloze")
    child = terminal(bank)
    answer(child, "三区一基地\r", "功能定位")
    child.send("o")
    child.expect("以后都算对")
    leave(child)
    assert [mark for _, mark, _ in kept(bank)] == [Mark.RIGHT]
    with open_bank(bank) as opened:
        assert asides.variants(opened, study.DEFAULT_LEARNER, "cloze", 1) == (("三区一基地",),)


def test_what_one_learner_counts_right_is_wrong_for_the_next(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("cloze")
    for learner, headline in (("李华", "✗ 不对"), ("李华", "✓ 正确"), ("王芳", "✗ 不对")):
        with open_bank(bank) as opened:
            opened.run("delete from memories")
            opened.run("delete from reviews")  # it is asked again at once
        child = terminal(bank, "--learner", learner)
        assert headline in answer(child, "三区一基地\r", "功能定位")
        if learner == "李华" and headline == "✗ 不对":
            child.send("o")
            child.expect("以后都算对")
        leave(child)


def test_a_rating_can_be_changed_and_a_guess_admitted(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("single", "statement")
    child = terminal(bank)
    answer(child, "2", "召开")
    child.send("2")
    child.expect("评级 2 吃力")
    child.expect(NEXT)
    child.send(ENTER)
    answer(child, "gn", "二百家")
    leave(child)
    assert [rating for *_, rating in kept(bank)] == [Rating.HARD, Rating.AGAIN]


def test_the_wording_is_changed_on_the_spot_and_back_again(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("single")
    child = terminal(bank)
    answer(child, "2", "召开")
    child.send("e")
    child.expect("Ctrl-S")
    child.expect("标签")
    child.send(20 * "\x1b[A" + "\x1b[B\x1b[F")  # up to the top, then the end of the second line, the stem's
    child.send("（改）")
    child.send("\x13")
    child.expect("已改")
    assert any("（改）" in stem for stem in stems(bank))
    child.send("e")  # it begins with what has been changed
    child.expect("（改）")
    child.expect("标签")
    child.send(CTRL_C)
    child.expect("没有修改")
    child.send("u")
    child.expect("已撤销修改")
    leave(child)
    assert not any("（改）" in stem for stem in stems(bank))


def test_what_a_learner_rewords_after_its_approval_has_to_be_approved_again(
    make_bank: MakeBank, terminal: Start
) -> None:
    bank = make_bank("single")
    with open_bank(bank) as opened:
        edits.apply(opened, (Edit("single", "王芳", Action.APPROVE),), datetime(2026, 3, 2, tzinfo=UTC))
    child = terminal(bank)
    answer(child, "2", "召开")
    child.send("e")
    child.expect("标签")
    child.send("（改）\x13")
    child.expect("已改")
    assert status_of(bank) is Status.DRAFT
    child.send("u")
    child.expect("已撤销修改")
    leave(child)
    assert status_of(bank) is Status.APPROVED


def status_of(path: Path) -> Status:
    with open_bank(path) as opened:
        (item,) = items.select(opened, ItemFilter())
    return item.status


def test_a_change_that_a_trainer_has_changed_since_is_not_taken_back_and_the_quiz_goes_on(
    make_bank: MakeBank, terminal: Start
) -> None:
    bank = make_bank("single")
    child = terminal(bank)
    answer(child, "2", "召开")
    child.send("e")
    child.expect("标签")
    child.send("（改）\x13")
    child.expect("已改")
    with open_bank(bank) as opened:
        edits.apply(opened, (Edit("single", "王芳", Action.APPROVE),), datetime(2026, 3, 2, tzinfo=UTC))
    child.send("u")
    child.expect("此后又由王芳改过")
    child.send("u")
    child.expect("请重新回答")
    leave(child)
    assert kept(bank) == []


def test_an_answer_given_again_elsewhere_since_is_not_taken_back(
    make_bank: MakeBank, terminal: Start
) -> None:
    bank = make_bank("single", "statement")
    child = terminal(bank)
    answer(child, "b", "召开")
    with open_bank(bank) as opened:
        (done,) = study.reviews(opened, study.DEFAULT_LEARNER)
        study.record(opened, done.review, None)
    child.send("u")
    child.expect("此后在别处又答过")
    leave(child)
    assert len(kept(bank)) == 2


def test_undo_takes_the_answer_back_and_asks_again(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("single", "statement")
    child = terminal(bank)
    answer(child, "a", "召开")
    child.send(ENTER)
    child.expect("二百家")
    child.send("u")
    child.expect("已撤销")
    assert kept(bank) == []
    child.send("b")
    child.expect("✓ 正确")
    leave(child)
    assert kept(bank) == [("single", Mark.RIGHT, Rating.GOOD)]


def test_a_hint_helps_and_a_skipped_question_comes_last(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("cloze", "statement")
    child = terminal(bank)
    child.expect(" ?>")
    child.send("s\r")
    answer(child, "n", "二百家")
    child.send(ENTER)
    child.expect(" ?>")
    child.send("h\r")
    child.expect("答案有 5 个字")
    child.send("h\r")
    child.expect("开头是 一…")
    child.expect(" ?>")
    child.send("一基地三区\r")
    child.expect(NEXT)
    leave(child)
    assert kept(bank)[1] == ("cloze", Mark.RIGHT, Rating.HARD)


def test_undo_after_a_skip_goes_back_to_the_skipped_question(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("single", "statement")
    child = terminal(bank)
    child.expect("召开")
    child.send("s")
    child.expect("二百家")
    child.send("u")
    child.expect("召开")
    child.expect("已回到跳过的那道题")
    child.send("a")
    child.expect(NEXT)
    leave(child)
    assert [item for item, *_ in kept(bank)] == ["single"]


def test_a_question_skipped_twice_is_let_go_and_that_is_said(make_bank: MakeBank, terminal: Start) -> None:
    child = terminal(make_bank("single", "statement"))
    for asked in ("召开", "二百家", "召开"):
        child.expect(asked)
        press(child, "s")
    child.expect("跳过了两次，这次不再出")
    child.send("u")
    child.expect("已回到跳过的那道题")
    leave(child)


def test_items_are_set_aside_reported_and_brought_back(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("single", "statement")
    child = terminal(bank)
    child.expect("召开")
    child.send("!")
    child.expect("哪里有问题")
    child.send("选项重复\r")
    child.expect("请教员核对")
    child.send("x")
    child.expect("上一题不再出")
    child.send("u")
    child.expect("照常出")
    child.send("-")
    child.expect("今天不再出（u 撤销）")
    leave(child)
    with open_bank(bank) as opened:
        assert [row["kind"] for row in opened.rows("select kind from holds")] == ["bury"]
        assert [row["reason"] for row in opened.rows("select reason from flags")] == ["选项重复"]
    assert kept(bank) == []


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("cloze", CTRL_C),
        ("points", CTRL_C),
        ("several", CTRL_C),
        ("order", CTRL_C),
        ("cloze", CTRL_D),
        ("single", CTRL_D),
    ],
)
def test_leaving_at_any_question_is_quiet(make_bank: MakeBank, terminal: Start, name: str, key: str) -> None:
    bank = make_bank(name)
    child = terminal(bank)
    child.expect("q 结束")
    if name in ("cloze", "blanks", "points"):
        child.expect(" ?>")
    assert "没有作答" in leave(child, key)


def test_leaving_at_a_verdict_keeps_the_answer(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("single")
    child = terminal(bank)
    answer(child, "b", "召开")
    assert "答了 1 题，对 1 题；都已保存" in leave(child, CTRL_C)
    assert len(kept(bank)) == 1


@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGKILL])
def test_a_killed_terminal_loses_nothing(make_bank: MakeBank, terminal: Start, how: signal.Signals) -> None:
    bank = make_bank("single", "cloze")
    child = terminal(bank)
    answer(child, "b", "召开")
    child.send(ENTER)
    child.expect("功能定位")
    child.kill(how)
    child.close()
    assert kept(bank) == [("single", Mark.RIGHT, Rating.GOOD)]


@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM])
@pytest.mark.parametrize("command", ["quiz", "review", "cards"])
def test_whoever_is_ended_from_outside_leaves_the_terminal_as_it_was(
    make_bank: MakeBank, terminal: Start, command: str, how: signal.Signals
) -> None:
    child = terminal(make_bank("single"), command=command)
    child.expect("q [结离]")
    while takes_lines(child):  # until it waits for a key
        os.sched_yield()
    child.kill(how)
    child.expect(pexpect.EOF)
    assert takes_lines(child)
    assert "Traceback" not in screen(child)


@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM])
def test_whoever_is_ended_while_a_text_is_typed_is_ended(
    make_bank: MakeBank, terminal: Start, how: signal.Signals
) -> None:
    child = terminal(make_bank("single"), command="review")
    child.expect("q 离开")
    child.send("e")
    child.expect("Ctrl-S 保存")
    child.kill(how)
    child.expect("没有改动；还有 1 题没有看")
    child.expect(pexpect.EOF)


@pytest.mark.parametrize(("key", "asks"), [("e", "Ctrl-S 保存"), ("r", "停用的理由")])
def test_a_window_closed_while_a_text_is_typed_is_no_defect(make_bank: MakeBank, key: str, asks: str) -> None:
    ours, theirs = os.openpty()
    words = [sys.executable, "-m", "studytool", "--db", str(make_bank("single")), "review"]
    environment = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        words, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env=environment
    ) as child:
        os.close(theirs)
        read_until(ours, "q 离开")
        os.write(ours, key.encode())
        read_until(ours, asks)
        os.close(ours)
        _, told = child.communicate()
    assert "Traceback" not in told.decode()


def read_until(place: int, words: str) -> None:
    """Read what comes at a terminal until these words have."""
    shown = b""
    while words.encode() not in shown:
        shown += os.read(place, 4096)


def takes_lines(child: pexpect.spawn) -> bool:
    """Is the terminal as it is for a shell: does it show what is typed, and hand it over by the line?"""
    flags = termios.tcgetattr(child.child_fd)[3]
    return bool(flags & termios.ICANON and flags & termios.ECHO)


LATER_TODAY = "今天还有 1 题要再来，最早 .*分钟后|都学过"  # the latter in the last minutes of a day


def test_the_next_sitting_asks_nothing_twice_and_says_when_it_would(
    make_bank: MakeBank, terminal: Start
) -> None:
    bank = make_bank("single")
    child = terminal(bank)
    answer(child, "b", "召开")
    child.send("q")
    child.expect("都已保存")
    child.expect(["今天还有 1 题要再来", pexpect.EOF])
    child = terminal(bank, "--new", "1")
    child.expect(LATER_TODAY)
    child.expect(pexpect.EOF)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--find", "不存在的", "--new", "0"), "没有符合条件的题：请放宽条件"),
        (("--new", "0"), "新题一道也不要（--new 0）；想多学：studytool quiz --new 10"),
    ],
)
def test_where_there_is_nothing_to_ask_the_reason_is_said(
    make_bank: MakeBank, terminal: Start, words: tuple[str, ...], why: str
) -> None:
    child = terminal(make_bank("single"), *words)
    child.expect_exact(why)
    child.expect(pexpect.EOF)


def test_nobody_is_told_to_ask_for_less_of_a_bank_without_a_question(
    make_bank: MakeBank, terminal: Start
) -> None:
    child = terminal(make_bank())
    child.expect("题库里还没有题：先运行 studytool build 文件或文件夹")
    child.expect(pexpect.EOF)


def send_gbk(child: pexpect.spawn, text: str) -> None:
    """What the keyboard of a GBK terminal sends."""
    os.write(child.child_fd, f"{text}\r".encode("gbk"))


def test_what_a_terminal_of_gbk_sends_is_understood(make_bank: MakeBank, terminal: Start) -> None:
    bank = make_bank("cloze")
    child = terminal(bank)
    press(child, "!\r")
    child.expect("哪里有问题")
    send_gbk(child, "五化协同")
    child.expect("q 结束")
    send_gbk(child, "一基地三区")
    child.expect(NEXT)
    assert "✓ 正确" in screen(child)
    leave(child)
    with open_bank(bank) as opened:
        assert opened.value("select reason from flags") == "五化协同"


def test_a_word_of_gbk_is_one_word_too(make_bank: MakeBank, terminal: Start) -> None:
    child = terminal(make_bank("statement"))
    child.expect("q 结束")
    os.write(child.child_fd, "不对".encode("gbk"))
    child.expect("✓ 答对了")
    child.expect(NEXT)
    leave(child)


def test_a_search_in_gbk_finds(make_bank: MakeBank, terminal: Start) -> None:
    child = terminal(make_bank("cloze", "single"), command="cards")
    child.expect("新征程")
    child.send("/")
    child.expect("直接回车")
    send_gbk(child, "会议")
    child.expect("会议在")
    leave(child)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("京津冀", "京津冀"),
        ("\udcce\udce5\udcbb\udcafЭ\udccd\udcac", "五化协同"),  # its third character is one of UTF-8, too
        ("\udcff\udcfe\udce4", "\ufffd\ufffd\ufffd"),
        ("\ud83d\ude00", "😀"),
        ("甲\ud800", "甲\ufffd"),
    ],
)
def test_bytes_that_are_no_text_become_text(typed: str, text: str) -> None:
    assert as_text(typed) == text


def test_without_a_terminal_one_line_says_so(make_bank: MakeBank) -> None:
    done = subprocess.run(
        [*STUDYTOOL, "--db", str(make_bank("single")), "quiz"],
        input="",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "不是终端" in done.stderr


# ---- more keys than anybody types ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "more", "text", "cursor"),
    [(8, "甲乙", "12345678甲乙", 10), (8, "甲乙丙丁", "12345678甲乙", 10), (2, "甲乙丙", "12甲乙345678", 4)],
    ids=["what fits is kept", "what does not fit is cut", "what stands behind it stays"],
)
def test_a_typed_text_grows_to_a_bound(at: int, more: str, text: str, cursor: int) -> None:
    buffer = Buffer(document=Document("12345678", at))
    keep_below(10, buffer)
    buffer.insert_text(more)
    assert (buffer.text, buffer.cursor_position) == (text, cursor)


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_a_paste_that_never_ends_lets_the_person_leave(
    make_bank: MakeBank, terminal: Start, key: str
) -> None:
    child = terminal(make_bank("cloze"))
    press(child, "\x1b[200~基地")
    presses = (child.send(key) for _ in range(20))  # until the paste and the key have been read apart
    assert any(child.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=0.5) == 0 for _ in presses)


def test_a_line_fed_in_key_by_key_is_cut_where_nobody_types_on() -> None:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text("长" * (LONGEST + 500) + ENTER)
        assert typed("> ") == "长" * LONGEST

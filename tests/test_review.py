"""Reviewing at a terminal and in bulk: every decision is in the bank, with who took it, and can be undone."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pexpect
import pytest

from studytool.cli import stated
from studytool.model import Harvest, Item, ItemFilter, ItemKind, Status
from studytool.store import asides, documents, edits, homes, items
from studytool.store.opening import open_bank

Start = Callable[..., pexpect.spawn]
MakeBank = Callable[..., Path]
Run = Callable[..., Any]
KEYS = "q 离开"
SAVE = "\x13"


def kept(db: Path) -> dict[str, Item]:
    with open_bank(db) as bank:
        return {item.id: item for item in items.select(bank, ItemFilter(statuses=()))}


def statuses(db: Path) -> dict[str, str]:
    return {name: item.status.value for name, item in kept(db).items()}


def decisions(db: Path) -> list[tuple[str, str, str, str | None]]:
    with open_bank(db) as bank:
        found = bank.rows("select * from edits where undone_at is null order by id")
    return [(row["item_id"], row["reviewer"], row["action"], row["reason"]) for row in found]


def begin(start: Start, db: Path, *words: str) -> pexpect.spawn:
    child = start(db, "--reviewer", "王芳", *words, command="review")
    child.expect(KEYS)
    return child


def press(child: pexpect.spawn, keys: str) -> str:
    """Press keys, and what the next screen shows."""
    child.send(keys)
    child.expect(KEYS)
    return str(child.before)


def end(child: pexpect.spawn) -> str:
    child.send("q")
    child.expect(pexpect.EOF)
    return str(child.before)


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

# ---- at the terminal -----------------------------------------------------------------------------


def test_the_screen_shows_item_evidence_in_its_paragraph_and_doubts(
    make_bank: MakeBank, terminal: Start
) -> None:
    db = make_bank("single", "statement")
    with open_bank(db) as bank:
        asides.flag(bank, "李华", "single", "地点有争议", datetime(2026, 3, 2, tzinfo=UTC))
    child = terminal(db, command="review")
    child.expect(KEYS)
    for words in (
        "审题 1/2",
        "会议在____召开",
        "C. 上海",
        "答案：B. 天津",
        "全市建成第1批平台",
        "李华 认为有问题：地点有争议",
    ):
        assert words in child.before
    end(child)


def test_keys_approve_skip_and_undo(make_bank: MakeBank, terminal: Start) -> None:
    db = make_bank("single", "statement", "points")
    child = begin(terminal, db)
    press(child, "a")
    press(child, "s")
    press(child, "u")
    assert statuses(db)["single"] == "draft"
    assert "以前的用 studytool review --undo" in press(child, "u")
    press(child, "a")
    assert "审定 1 题；还有 2 题没有看" in end(child)
    assert statuses(db) == {"single": "approved", "statement": "draft", "points": "draft"}
    assert decisions(db) == [("single", "王芳", "approve", None)]


def test_what_another_has_decided_since_is_not_taken_back_and_the_review_goes_on(
    make_bank: MakeBank, terminal: Start
) -> None:
    db = make_bank("single", "statement")
    child = begin(terminal, db)
    press(child, "a")
    with open_bank(db) as bank:
        edits.apply(bank, [edits.Edit("single", "李华", edits.Action.RETIRE, reason="过时")], NOON)
    assert "single 此后又由李华改过" in press(child, "u")
    assert "审定 1 题" in end(child)


def test_nobody_approves_words_that_another_has_changed_behind_the_screen(
    make_bank: MakeBank, terminal: Start
) -> None:
    db = make_bank("single", "statement")
    child = begin(terminal, db)
    with open_bank(db) as bank:
        changed = {"stem": "大会在____召开。"}
        edits.apply(bank, [edits.Edit("single", "李华", edits.Action.EDIT, changed)], NOON)
    shown = press(child, "a")
    assert "刚被别人改过" in shown
    assert "大会在____召开" in shown
    assert statuses(db)["single"] == "draft"
    press(child, "a")
    end(child)
    assert statuses(db)["single"] == "approved"


def test_who_saves_an_edit_does_not_write_over_what_another_has_changed_meanwhile(
    make_bank: MakeBank, terminal: Start
) -> None:
    db = make_bank("single")
    child = begin(terminal, db)
    child.send("e")
    child.expect("标签")
    with open_bank(db) as bank:
        changed = {"stem": "大会在____召开。"}
        edits.apply(bank, [edits.Edit("single", "李华", edits.Action.EDIT, changed)], NOON)
    child.send("我的修改\x13")
    child.expect(KEYS)
    assert "你的修改没有存" in child.before
    end(child)
    assert kept(db)["single"].stem == "大会在____召开。"


def test_a_question_that_a_build_takes_away_meanwhile_is_passed_over(
    make_bank: MakeBank, terminal: Start
) -> None:
    db = make_bank("single", "statement", "points")
    child = begin(terminal, db)
    with open_bank(db) as bank:
        bank.run("delete from items where id = 'statement'")
    assert "跳过了 statement" in press(child, "a")
    assert "审定 1 题；还有 1 题没有看" in end(child)


def test_what_was_approved_or_retired_by_a_person_is_looked_at_again(
    make_bank: MakeBank, terminal: Start
) -> None:
    db = make_bank("single", "statement", "points")
    with open_bank(db) as bank:
        edits.apply(bank, [edits.Edit("single", "王芳", edits.Action.APPROVE)], NOON)
        edits.apply(bank, [edits.Edit("points", "王芳", edits.Action.RETIRE, reason="过时")], NOON)
        homes.retire(bank, "statement", NOON)  # as a build does: its sentence is gone
    child = begin(terminal, db, "--status", "已审")
    assert "审题 1/1" in child.before
    end(child)
    child = begin(terminal, db, "--status", "停用")
    child.send("a")
    child.expect("审定 1 题")
    child.expect(pexpect.EOF)
    assert statuses(db) == {"single": "approved", "statement": "retired", "points": "approved"}


def let_pass(db: Path, *learners: str) -> None:
    with open_bank(db) as bank:
        for minute, learner in enumerate(learners):
            at = NOON + timedelta(minutes=minute)
            asides.accept_variant(bank, asides.Variant(learner, "cloze", 0, "三区一基地"), at)


def test_what_learners_let_pass_is_right_for_all_once_the_trainer_says_so(
    make_bank: MakeBank, terminal: Start
) -> None:
    db = make_bank("cloze")
    with open_bank(db) as bank:
        edits.apply(bank, [edits.Edit("cloze", "王芳", edits.Action.APPROVE)], NOON - timedelta(days=1))
    let_pass(db, "李华", "张三")
    child = begin(terminal, db, "--flagged")
    assert "李华、张三 自己算对：“三区一基地”" in child.before
    assert "也可答：1基地3区；三区一基地" in press(child, "c")
    assert kept(db)["cloze"].accepted == (("一基地三区", "1基地3区", "三区一基地"),)
    press(child, "u")
    assert kept(db)["cloze"].accepted == (("一基地三区", "1基地3区"),)
    press(child, "c")
    end(child)
    child = terminal(db, "--flagged", command="review")
    child.expect("没有要审的题")


def test_what_learners_let_pass_is_looked_at_one_by_one_and_may_stay_theirs(
    make_bank: MakeBank, terminal: Start, run_here: Run
) -> None:
    db = make_bank("cloze", "single")
    let_pass(db, "李华")
    assert "1 题不能成批审定" in run_here(db, "review", "--approve-all", "--yes").stderr
    child = begin(terminal, db)
    child.send("a")
    child.expect("审定 1 题")
    child.expect(pexpect.EOF)
    child = terminal(db, "--flagged", command="review")
    child.expect("没有要审的题")
    assert kept(db)["cloze"].accepted == (("一基地三区", "1基地3区"),)


def test_an_item_is_retired_with_a_reason_or_not_at_all(make_bank: MakeBank, terminal: Start) -> None:
    db = make_bank("single", "statement")
    child = begin(terminal, db)
    child.send("r")
    child.expect("理由")
    press(child, "\r")
    assert statuses(db)["single"] == "draft"
    child.send("r")
    child.expect("理由")
    assert "企业共有" in press(child, "已过时\r")
    end(child)
    assert statuses(db)["single"] == "retired"
    assert decisions(db) == [("single", "王芳", "retire", "已过时")]


def test_an_item_is_edited_in_the_terminal(make_bank: MakeBank, terminal: Start) -> None:
    db = make_bank("statement")
    child = begin(terminal, db)
    child.send("e")
    child.expect("Ctrl-S")
    up, to_end, kill = "\x1b[A", "\x05", "\x15"
    child.send(f"{up * 4}{to_end}{kill}题干：企业共有二百来家。{SAVE}")
    child.expect("按 a 审定")
    child.expect(KEYS)
    end(child)
    assert kept(db)["statement"].stem == "企业共有二百来家。"


def editor(folder: Path, old: str, new: str) -> str:
    """An editor that replaces some words, as $EDITOR."""
    program = folder / "editor.py"
    program.write_text(
        "import sys; from pathlib import Path; file = Path(sys.argv[1]);"
        f"file.write_text(file.read_text(encoding='utf-8').replace({old!r}, {new!r}), encoding='utf-8')",
        encoding="utf-8",
    )
    return f"{sys.executable} {program}"


def test_an_item_is_edited_in_the_persons_own_editor(
    make_bank: MakeBank, terminal: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, "会议在", "大会在"))
    monkeypatch.delenv("VISUAL", raising=False)
    db = make_bank("single")
    child = begin(terminal, db)
    assert "已改；按 a 审定" in press(child, "v")
    end(child)
    assert kept(db)["single"].stem == "大会在____召开。"


FIVE = "“五个方面”是指什么？（请答出两点）"


def test_the_number_of_points_a_stem_asks_for_follows_the_points(
    make_bank: MakeBank, terminal: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, "- 依靠群众\n", ""))
    monkeypatch.delenv("VISUAL", raising=False)
    db = make_bank("points")
    with open_bank(db) as bank:
        edits.apply(bank, [edits.Edit("points", "王芳", edits.Action.EDIT, {"stem": FIVE})], NOON)
    child = begin(terminal, db)
    assert "题干跟着改成了“请答出一点”" in press(child, "v")
    assert kept(db)["points"].stem == "“五个方面”是指什么？（请答出一点）"
    press(child, "u")
    end(child)
    assert (kept(db)["points"].stem, len(kept(db)["points"].key)) == (FIVE, 2)


@pytest.mark.parametrize(
    ("stem", "points", "followed", "remarks"),
    [
        ("内容是什么？（请答出三点）", "甲 乙", "内容是什么？（请答出两点）", ["题干跟着改成了“请答出两点”"]),
        (
            "内容是什么？（请答出三点）",
            "甲 乙 丙 丁",
            "内容是什么？（请答出四点）",
            ["题干跟着改成了“请答出四点”"],
        ),
        ("请列出3项。", "甲 乙", "请列出2项。", ["题干跟着改成了“请列出2项”"]),
        ("内容是什么？（请答出三点）", "甲 乙 戊", "内容是什么？（请答出三点）", []),
        ("讲了哪三点？", "甲 乙", "讲了哪三点？", ["请核对：题干说“哪三点”，答案有 2 点"]),
        ("请答出五点。", "甲 乙", "请答出五点。", ["请核对：题干说“请答出五点”，答案有 2 点"]),
        ("内容是什么？", "甲 乙", "内容是什么？", []),
    ],
)
def test_points_and_the_number_in_the_stem_are_kept_together(
    make_item: Callable[..., Item], stem: str, points: str, followed: str, remarks: list[str]
) -> None:
    old = make_item(1, kind=ItemKind.SHORT_ANSWER, stem=stem, key=("甲", "乙", "丙"))
    new = stated.followed(old, replace(old, key=tuple(points.split())))
    assert (new.stem, list(stated.remarks(old, new))) == (followed, remarks)


def test_an_edit_that_cannot_be_understood_keeps_the_text(
    make_bank: MakeBank, terminal: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, "+ 天津", "天津"))
    monkeypatch.delenv("VISUAL", raising=False)
    db = make_bank("single")
    child = begin(terminal, db)
    child.send("v")
    child.expect("选项“天津”前面没有")
    child.expect("q 放弃")
    assert "没有修改" in press(child, "q\r")
    end(child)
    assert kept(db)["single"].options == ("北京", "天津", "上海", "重庆")


def test_a_missing_editor_is_said_and_the_review_goes_on(
    make_bank: MakeBank, terminal: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor")
    child = begin(terminal, make_bank("single"))
    assert "没有正常结束" in press(child, "v")
    end(child)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        ("os.mkfifo(place)", "不是普通文件"),
        ("os.symlink('/dev/zero', place)", "不是普通文件"),
        ("open(place, 'wb').truncate(1 << 40)", "太大了"),
        ("open(place, 'wb').write(b'\\xff\\xfe')", "不是 UTF-8 文字"),
        ("None", "找不到"),
    ],
    ids=["pipe", "device", "a terabyte", "another encoding", "nothing"],
)
def test_what_an_editor_leaves_in_the_place_of_its_file_is_looked_at_before_it_is_read(
    left: str,
    said: str,
    make_bank: MakeBank,
    terminal: Start,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = tmp_path / "editor.py"
    program.write_text(f"import os, sys; place = sys.argv[1]; os.remove(place); {left}", encoding="utf-8")
    monkeypatch.setenv("VISUAL", f"{sys.executable} {program}")
    child = begin(terminal, make_bank("single"))
    assert said in press(child, "v")
    end(child)


def test_a_returned_item_shows_both_versions_and_takes_the_other(
    make_bank: MakeBank, terminal: Start, make_harvest: Callable[..., Harvest]
) -> None:
    db, now = make_bank("single", "statement"), datetime(2026, 3, 3, tzinfo=UTC)
    old = kept(db)["statement"]
    with open_bank(db) as bank:
        edits.apply(
            bank, (edits.Edit("statement", "王芳", edits.Action.EDIT, {"stem": "企业有二百家。"}),), now
        )
        newer = replace(old, stem="企业总共有二百家。")
        documents.keep(bank, make_harvest(kept(db)["single"], newer), "2", now)
    child = terminal(db, "--reviewer", "王芳", command="review", columns=120)
    child.expect(KEYS)
    for words in ("来源有变动", "企业有二百家。", "企业总共有二百家。", "t 换成另一版"):
        assert words in child.before
    assert "已换成另一版" in press(child, "t")
    press(child, "a")
    end(child)
    assert (kept(db)["statement"].stem, statuses(db)["statement"]) == ("企业总共有二百家。", "approved")


# ---- in bulk -------------------------------------------------------------------------------------


def test_bulk_approval_says_how_many_and_waits_for_yes(make_bank: MakeBank, run_here: Run) -> None:
    db = make_bank("single", "statement", "points")
    asked = run_here(db, "review", "--approve-all", "--kind", "single_choice", "--reviewer", "王芳")
    assert (asked.returncode, "将审定 1 题" in asked.stderr, "--yes" in asked.stderr) == (2, True, True)
    done = run_here(db, "review", "--approve-all", "--kind", "single_choice", "--reviewer", "王芳", "--yes")
    assert done.returncode == 0
    assert statuses(db) == {"single": "approved", "statement": "draft", "points": "draft"}
    undone = run_here(db, "review", "--undo", "--reviewer", "王芳")
    assert undone.returncode == 0
    assert re.search(r"已撤销 \d{4}-\d\d-\d\d \d\d:\d\d 的“审定”，\d 题恢复原样（\w+", undone.stderr)
    assert set(statuses(db).values()) == {"draft"}


def test_bulk_approval_leaves_what_learners_doubt(make_bank: MakeBank, run_here: Run) -> None:
    db = make_bank("single", "statement")
    with open_bank(db) as bank:
        asides.flag(bank, "李华", "single", "不对", datetime(2026, 3, 2, tzinfo=UTC))
    done = run_here(db, "review", "--approve-all", "--yes", "--reviewer", "王芳")
    assert "1 题不能成批审定" in done.stderr
    assert statuses(db) == {"single": "draft", "statement": "approved"}


@pytest.mark.parametrize(
    ("words", "approved"),
    [
        (("--status", "待审"), ["single", "statement"]),
        (("--status", "draft", "--kind", "单选"), ["single"]),
        (("--find", "企业"), ["statement"]),
        (("--source", "没有这份"), []),
        (("--tag", "没有这个标签"), []),
    ],
    ids=["drafts", "drafts of a kind", "found", "of no source", "of no tag"],
)
def test_bulk_approval_touches_only_what_the_filter_chooses(
    make_bank: MakeBank, run_here: Run, words: tuple[str, ...], approved: list[str]
) -> None:
    db = make_bank("single", "statement", "points")
    with open_bank(db) as bank:
        edits.apply(bank, [edits.Edit("points", "王芳", edits.Action.RETIRE, reason="过时")], NOON)
    assert run_here(db, "review", "--approve-all", "--yes", *words).returncode == 0
    assert sorted(name for name, status in statuses(db).items() if status == "approved") == approved
    assert statuses(db)["points"] == "retired"


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (("--approve-all", "--undo"), "去掉其中一个"),
        (("--approve-all", "--flagged"), "--flagged 逐题看"),
        (("--approve-all", "--status", "已审"), "已经审定"),
        (("--approve-all", "--status", "停用"), "--status 停用 逐题看"),
        (("--undo", "--find", "企业"), "去掉筛选条件"),
        (("--undo", "--flagged"), "去掉筛选条件"),
        (("--undo", "--status", "已审"), "去掉筛选条件"),
    ],
)
def test_what_cannot_be_done_at_once_is_refused_and_nothing_is_changed(
    make_bank: MakeBank, run_here: Run, words: tuple[str, ...], remedy: str
) -> None:
    db = make_bank("single", "statement")
    with open_bank(db) as bank:
        edits.apply(bank, [edits.Edit("single", "王芳", edits.Action.APPROVE)], NOON)
    done = run_here(db, "review", "--yes", "--reviewer", "王芳", *words)
    assert (done.returncode, done.stderr.count("\n"), remedy in done.stderr) == (2, 1, True)
    assert statuses(db) == {"single": "approved", "statement": "draft"}


def test_exports_can_be_restricted_to_approved_items(make_bank: MakeBank, run_here: Run) -> None:
    db = make_bank("single", "statement")
    run_here(db, "review", "--approve-all", "--kind", "true_false", "--yes")
    shown = run_here(db, "export", "jsonl", "--approved-only").stdout
    assert shown.count("\n") == 1
    assert '"status": "approved"' in shown


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("review",), "终端"),
        (("review", "--approve-all", "--reviewer", " "), "--reviewer"),
        (("withdraw", "没有.txt"), "没有 没有.txt"),
        (("withdraw", "公报.txt", "--replaced-by", "公报.txt"), "不能由它自己取代"),
        (("withdraw", "公报.txt", "--replaced-by", "没有.txt"), "没有.txt"),
        (("export", "csv", "--typed"), "--typed 只用于 anki"),
        (("export", "csv", "-o", "题.xlsx"), "请改写成 题.csv，或改用 studytool export xlsx"),
        (("export", "xlsx", "-o", "题.xls"), "题.xls：export xlsx 写的是 .xlsx 文件；请改写成 题.xlsx"),
        (("export", "jsonl", "-o", "题.XLSX"), "请改写成 题.jsonl"),
        (("export", "anki", "-o", "题.csv"), "请改写成 题.apkg，或改用 studytool export csv"),
        (("export", "md", "-o", "题.docx"), "请改写成 题.md，或改用 studytool sheet"),
        (("export", "anki", "--template", "x.xlsx"), "--template 只用于 kaoshibao"),
        (("export", "kaoshibao", "--template", "没有.xlsx"), "读不了模板"),
        (("export", "anki", "--learner", "李华"), "--with-schedule"),
        (("export", "anki", "--with-schedule", "--learner", "无名"), "没有叫 无名 的学员"),
        (("decks", "没有的文件夹"), "不存在"),
    ],
)
def test_a_wrong_call_is_one_line(
    make_bank: MakeBank, words: tuple[str, ...], message: str, run_here: Run
) -> None:
    done = run_here(make_bank("single"), *words)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert message in done.stderr


# ---- withdrawing ---------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, seeds: Path) -> Path:
    """Two documents that have most sentences in common."""
    place = tmp_path / "文献"
    place.mkdir()
    text = (seeds / "002_981a720ff13f0452.txt").read_text(encoding="utf-8")
    (place / "旧.txt").write_text(text, encoding="utf-8")
    (place / "新.txt").write_text(text.replace("145条", "147条"), encoding="utf-8")
    return place


def alive(db: Path) -> set[str]:
    return {item.id for item in kept(db).values() if item.status is not Status.RETIRED}


def test_a_withdrawn_document_stays_so_until_it_is_named(folder: Path, tmp_path: Path, run_here: Run) -> None:
    db = tmp_path / "bank.db"
    assert run_here(db, "build", str(folder), "--jobs", "1").returncode == 0
    before = alive(db)
    done = run_here(db, "withdraw", str(folder / "旧.txt"))
    assert done.returncode == 0
    assert "停用" in done.stderr
    after = alive(db)
    assert before - after
    assert "已撤回，没有读入" in run_here(db, "build", str(folder), "--jobs", "1").stderr
    assert alive(db) == after
    assert {item.source for item in kept(db).values() if item.id in after} == {"新.txt"}
    assert run_here(db, "build", str(folder / "旧.txt")).returncode == 0
    assert alive(db) == before


def test_what_the_replacing_document_says_too_is_kept(folder: Path, tmp_path: Path, run_here: Run) -> None:
    db = tmp_path / "bank.db"
    run_here(db, "build", str(folder / "旧.txt"))
    before = alive(db)
    done = run_here(db, "withdraw", "旧.txt", "--replaced-by", str(folder / "新.txt"))
    assert done.returncode == 0, done.stderr
    assert "已读入 新.txt" in done.stderr
    both = before & alive(db)
    assert both
    assert before - both
    assert {kept(db)[name].source for name in both} == {"新.txt"}
    assert run_here(db, "verify").returncode == 0

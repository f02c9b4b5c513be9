"""The settings file: what may stand in it, and one line with the remedy for everything else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from studytool.cli import app
from studytool.errors import StudyError
from studytool.settings import MEANINGS, RULES, TEMPLATE, Settings, parse


def test_without_a_word_everything_is_as_usual() -> None:
    assert parse("s.toml", "") == Settings()


def test_the_template_is_valid_and_shows_the_usual_values() -> None:
    assert parse("s.toml", TEMPLATE) == Settings()
    said = "\n".join(line.removeprefix("# ") for line in TEMPLATE.splitlines() if " = " in line)
    assert parse("s.toml", said) == Settings()
    assert all(f"# {name} = " in TEMPLATE for name in RULES)


def test_what_is_said_is_taken() -> None:
    found = parse("s.toml", 'learner = "王芳"\ndesired_retention = 0.85\nboxes = true\nexam_minutes = 45')
    assert found == Settings(learner="王芳", desired_retention=0.85, boxes=True, exam_minutes=45.0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("new_a_day = 5", "不认识“new_a_day”：可用的有 learner"),
        ("count = 0", "count 应当是 1 到 1000 的整数"),
        ("count = true", "count 应当是"),
        ("count = 2.5", "count 应当是"),
        ("desired_retention = 90", "desired_retention 应当是 0.7 到 0.99"),
        ('learner = ""', "learner 应当是不空的文字"),
        ('learner = " \u3000"', "learner 应当是不空的文字"),
        (f"exam_minutes = {'9' * 400}", "exam_minutes 应当是大于 0 的分钟数"),
        (f"pass_percent = {'9' * 400}", "pass_percent 应当是 0 到 100"),
        (f"x{'.x' * 32} = 1", "第 1 行的键多于 32 段"),
        (f"count = 1\n[{'x.' * 32}x]", "第 2 行的键多于 32 段"),
        (f"x = {{'x\"' {'. x' * 32} = 1}}", "第 1 行的键多于 32 段"),
        (f"# x{'.x' * 32}\nlearner = 3", "learner 应当是"),
        ("boxes = 1", "boxes 应当是 true 或 false"),
        ("= 3", "不是有效的 TOML：第 1 行"),
        ("count 5", "第 1 行第 7 个字：键的后面要有 ="),
        ("count = 5\nlearner = 我", "第 2 行第 11 个字：值写得不对；文字要放在英文引号里"),
        ('count = 5\nlearner = "我', "引号没有写完"),
        ("count = 5\ncount = 6", "同一个键写了两次"),
        ("count = 5 6", "值的后面多了东西"),
        ("boxes = [1", "[ 没有写完"),
        ('学员 = "我"', "名称里有汉字的放在引号里"),
    ],
)
def test_a_mistake_is_said_with_its_remedy(text: str, words: str) -> None:
    with pytest.raises(StudyError, match=r"s\.toml") as caught:
        parse("s.toml", text)
    assert words in str(caught.value)


@pytest.mark.parametrize("name", ["1." * 40, '\\".' * 40, "'.'" * 40, "#" + ".x" * 40])
def test_points_within_a_text_part_no_key(name: str) -> None:
    assert parse("s.toml", f'learner = "{name}" # {"x." * 40}').learner == name.replace("\\", "")


def test_a_mark_before_the_text_is_no_part_of_it(
    tmp_path: Path, make_bank: Callable[..., Path], run_here: Callable[..., Any]
) -> None:
    (tmp_path / "settings.toml").write_text("count = 7", encoding="utf-8-sig")
    assert '"count": 7' in run_here(make_bank("cloze"), "settings", "--json").stdout


@pytest.mark.parametrize(
    "typed", [" 王芳 ", "王芳\u200b", "\ufeff王芳", "\u202e王芳\u202c", "王芳\r\n", "\x1b王芳"]
)
def test_a_learner_is_known_by_the_name_that_one_sees(
    typed: str, make_bank: Callable[..., Path], run_here: Callable[..., Any]
) -> None:
    assert parse("s.toml", f"learner = {json.dumps(typed, ensure_ascii=True)}").learner == "王芳"
    assert "没有学员“王芳”" in run_here(make_bank("cloze"), "stats", "--learner", typed).stderr


@pytest.mark.parametrize("typed", ["", "\u3000", "\u200b"])
def test_a_name_that_nobody_sees_is_none(
    typed: str, make_bank: Callable[..., Path], run_here: Callable[..., Any]
) -> None:
    with pytest.raises(StudyError, match="不空的文字"):
        parse("s.toml", f"learner = {json.dumps(typed)}")
    refused = run_here(make_bank("cloze"), "stats", "--learner", typed)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "--learner 是空的" in refused.stderr


def test_each_setting_is_shown_with_what_it_is(
    make_bank: Callable[..., Path], run_here: Callable[..., Any]
) -> None:
    shown = run_here(make_bank("cloze"), "settings").stdout
    assert all(meaning in shown for meaning in MEANINGS.values())
    assert MEANINGS.keys() == RULES.keys()


def test_a_folder_in_the_place_of_the_file_is_said_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDYTOOL_SETTINGS", str(tmp_path))
    for words in (["settings"], ["settings", "--init"]):
        done = CliRunner().invoke(app, words)
        assert "是文件夹：请让它指一个文件" in str(done.exception)


def test_a_place_may_be_named_from_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))  # its name on Windows
    monkeypatch.setenv("STUDYTOOL_SETTINGS", "~/我.toml")
    monkeypatch.setenv("STUDYTOOL_DB", "~/题库.db")
    assert CliRunner().invoke(app, ["settings", "--init"]).exit_code == 0
    assert (tmp_path / "我.toml").exists()
    (tmp_path / "文.txt").write_text("1. 首都是____。\n答案：北京\n", encoding="utf-8")
    assert CliRunner().invoke(app, ["import", str(tmp_path / "文.txt"), "--yes"]).exit_code == 0
    assert (tmp_path / "题库.db").exists()


def test_the_file_is_written_once_and_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "新" / "settings.toml"
    monkeypatch.setenv("STUDYTOOL_SETTINGS", str(place))
    assert CliRunner().invoke(app, ["settings", "--init"]).exit_code == 0
    assert place.read_text(encoding="utf-8") == TEMPLATE
    again = CliRunner().invoke(app, ["settings", "--init"])
    assert isinstance(again.exception, StudyError)


@pytest.mark.parametrize("place", ["/dev/null/设置.toml", "/proc/没有/设置.toml", f"{'长' * 300}.toml"])
def test_a_place_where_no_file_can_be_is_named_in_one_line(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDYTOOL_SETTINGS", place)
    done = CliRunner().invoke(app, ["settings", "--init"])
    assert isinstance(done.exception, StudyError)

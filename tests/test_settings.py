"""The settings file: what may stand in it, and one line with the remedy for everything else."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from studytool.cli import app
from studytool.errors import StudyError
from studytool.settings import RULES, TEMPLATE, Settings, parse


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
        ("count = 0", "count 应当是1 到 1000 的整数"),
        ("count = true", "count 应当是"),
        ("count = 2.5", "count 应当是"),
        ("desired_retention = 90", "desired_retention 应当是0.7 到 0.99"),
        ('learner = ""', "learner 应当是不空的文字"),
        ("boxes = 1", "boxes 应当是true 或 false"),
        ("= 3", "不是有效的 TOML"),
    ],
)
def test_a_mistake_is_said_with_its_remedy(text: str, words: str) -> None:
    with pytest.raises(StudyError, match=r"s\.toml") as caught:
        parse("s.toml", text)
    assert words in str(caught.value)


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

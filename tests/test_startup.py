"""The command line is light: its help loads no command, and every command of its table is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import typer

from studytool.cli import COMMANDS, app
from studytool.model import ItemFilter
from studytool.store import items
from studytool.store.opening import open_bank


def loaded_by(code: str) -> set[str]:
    """The modules that are loaded after some code."""
    told = f"{code}\nimport sys; sys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, encoding="utf-8", check=True)
    return set(done.stderr.split())


def test_help_loads_no_command_and_draws_no_panels() -> None:
    code = "import sys; sys.argv = ['studytool', '--help']\nfrom studytool.cli import main\n"
    loaded = loaded_by(code + "try: main()\nexcept SystemExit: pass")
    ours = {name for name in loaded if name.startswith("studytool.")}
    assert ours == {
        "studytool.cli",
        "studytool.cli.console",
        "studytool.cli.parameters",
        "studytool.errors",
        "studytool.steering",
    }
    assert not loaded & {"pydantic", "rich.panel", "rich.markdown", "typer.rich_utils"}


def test_a_bank_opens_without_the_stages_that_build_it(tmp_path: Path) -> None:
    open_bank(tmp_path / "bank.db").close()
    place = repr(str(tmp_path / "bank.db"))
    loaded = loaded_by(f"from studytool.store.opening import open_bank; open_bank({place}).close()")
    assert not loaded & {"rjieba", "studytool.items", "studytool.knowledge", "studytool.articles", "click"}


def test_a_build_that_finds_nothing_changed_loads_no_stage() -> None:
    loaded = loaded_by("import studytool.pipeline, studytool.cli.build")
    assert not loaded & {"rjieba", "studytool.items", "studytool.knowledge", "studytool.articles"}


def test_a_question_is_asked_before_what_marks_and_schedules_answers_is_loaded() -> None:
    loaded = loaded_by("import studytool.cli.quiz, studytool.cli.desk, studytool.cli.settings")
    late = {
        "studytool.marking",
        "studytool.exports",
        "studytool.views.verdict",
        "fsrs",
        "rapidfuzz",
        "tomllib",
    }
    assert not loaded & (late | {"sqlite_utils", "pydantic", "rjieba"})


def test_texts_and_what_was_not_said_are_not_checked_with_pydantic(tmp_path: Path) -> None:
    open_bank(tmp_path / "bank.db").close()
    words = ["studytool", "--db", str(tmp_path / "bank.db"), "items", "--find", "天津", "--source", "公报"]
    code = f"import sys; sys.argv = {words}\nfrom studytool.cli import main\n"
    assert "pydantic" not in loaded_by(code + "try: main()\nexcept SystemExit: pass")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_is_there_and_says_what_it_does(name: str) -> None:
    group = typer.main.get_command(app)
    command = group.get_command(typer.Context(group), name)  # type: ignore[attr-defined]
    assert command.help


def test_the_tables_are_made_once_by_many_who_open_a_new_bank_at_once(tmp_path: object) -> None:
    code = "import sys; from studytool.store.opening import open_bank; open_bank(sys.argv[1]).close()"
    place = f"{tmp_path}/bank.db"
    started = [subprocess.Popen([sys.executable, "-c", code, place]) for _ in range(6)]
    assert [process.wait(60) for process in started] == [0] * 6
    with open_bank(place) as bank:
        assert items.select(bank, ItemFilter()) == ()

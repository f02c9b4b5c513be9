"""What the README names exists, and what exists is named in the README."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from studytool import exports
from studytool.cli import COMMANDS, app
from studytool.model import ItemKind

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
CALLS = re.findall(r"^(?:echo .*\| )?studytool(.*)$", README, re.M)


@pytest.mark.parametrize("name", [*COMMANDS, *exports.EXPORTERS, *ItemKind])
def test_every_command_format_and_kind_is_in_the_readme(name: str) -> None:
    assert name in README


@pytest.mark.parametrize("line", CALLS)
def test_every_call_in_the_readme_is_one_the_program_understands(line: str) -> None:
    words = shlex.split(line, comments=True)
    command: Any = get_command(app)
    if words:
        assert words[0] in COMMANDS
        command.get_command(None, words[0]).make_context(words[0], words[1:])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    command: Any = get_command(app)
    assert f"studytool {name}" in command.get_command(None, name).help


LOCK = tomllib.loads((Path(__file__).parent.parent / "uv.lock").read_text(encoding="utf-8"))
PACKAGES = {package["name"]: package for package in LOCK["package"]}


def needed(name: str, found: set[str]) -> set[str]:
    """A package and all that it needs."""
    if name not in found:
        found.add(name)
        for other in PACKAGES[name].get("dependencies", ()):
            needed(other["name"], found)
    return found


def at_run_time() -> list[str]:
    own = PACKAGES["studytool"]
    wanted = (
        *own["dependencies"],
        *own["optional-dependencies"]["cluster"],
        *own["optional-dependencies"]["ocr"],
    )
    found: set[str] = set()
    for one in wanted:
        needed(one["name"], found)
    return sorted(found)


@pytest.mark.parametrize("name", at_run_time())
def test_the_licence_of_everything_loaded_at_run_time_is_in_the_readme(name: str) -> None:
    licences = README.split("## 许可")[1]
    assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", licences)

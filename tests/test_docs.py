"""What the README names exists, and what exists is named in the README."""

from __future__ import annotations

import re
import shlex
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

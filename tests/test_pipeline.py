"""What decides whether items are made anew: whatever has a say in them, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import studytool
from studytool import stamps

PACKAGE = Path(studytool.__file__).parent


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package, without what is only shown or printed."""
    unread = shutil.ignore_patterns("fonts", "__pycache__")
    return Path(shutil.copytree(PACKAGE, tmp_path / "studytool", ignore=unread))


def append_a_line(file: Path) -> None:
    with file.open("a", encoding="utf-8") as stream:
        stream.write("\n")


HAVE_A_SAY = (
    "items/__init__.py",
    "knowledge/__init__.py",
    "articles/__init__.py",
    "sources/__init__.py",
    "items/gate.py",
    "data/units.txt",
    "data/marking/counters.txt",
    "conflicts.py",
)
HAVE_NONE = (
    "__init__.py",
    "cli/build.py",
    "scheduler.py",
    "store/items.py",
    "data/page/page.js",
    "settings.py",
)


@pytest.mark.parametrize("file", HAVE_A_SAY)
def test_a_change_of_what_has_a_say_makes_all_items_anew(package: Path, file: str) -> None:
    append_a_line(package / file)
    assert stamps.digest_of(package) != stamps.rules()


@pytest.mark.parametrize("file", HAVE_NONE)
def test_a_change_of_anything_else_makes_none(package: Path, file: str) -> None:
    append_a_line(package / file)
    assert stamps.digest_of(package) == stamps.rules()

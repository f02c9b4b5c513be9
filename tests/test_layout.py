"""What the listing of the project promises to who opens it."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).parents[1]
LONGEST_MODULE = 300  # lines
LARGEST_FILE = 5_000_000  # bytes: the largest that belongs here, a typeface, has two thirds of it


def test_no_module_is_longer_than_can_be_read_at_once() -> None:
    modules = (PROJECT / "studytool").rglob("*.py")
    lines = {path.name: len(path.read_text("utf-8").splitlines()) for path in modules}
    assert lines
    assert {name: count for name, count in lines.items() if count > LONGEST_MODULE} == {}


def test_nothing_large_lies_about() -> None:
    places = [PROJECT, *(PROJECT / name for name in ("studytool", "seeds", "decks", "tests"))]
    files = {path for place in places for path in place.glob("*" if place == PROJECT else "**/*")}
    sizes = {path.relative_to(PROJECT).as_posix(): path.stat().st_size for path in files if path.is_file()}
    assert "README.md" in sizes
    assert {name: size for name, size in sizes.items() if size > LARGEST_FILE} == {}

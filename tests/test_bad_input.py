"""Broken and hostile files and calls: each gives its one line and exit code 2, and the rest goes on."""

from __future__ import annotations

import os
import re
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studytool import exports, imports

FIXTURES = Path(__file__).parent / "fixtures" / "bad_input"
SOUND = FIXTURES.parent / "sources"
Run = Callable[..., Any]
MakeBank = Callable[..., Path]


def cases(name: str) -> list[Any]:
    listed = tomllib.loads((FIXTURES / name).read_text(encoding="utf-8"))["case"]
    return [pytest.param(case, id=case["name"]) for case in listed]


FILES, CALLS = cases("files.toml"), cases("calls.toml")


def put(folder: Path, made: dict[str, Any]) -> Path:
    """Make a file as its description says."""
    place = folder / made["name"]
    if made.get("folder"):
        place.mkdir()
    elif made.get("pipe"):
        os.mkfifo(place)
    elif "megabytes" in made:
        with place.open("wb") as stream:
            stream.truncate(made["megabytes"] * 1024 * 1024)  # takes no room on the disk
    elif "link" in made:
        place.symlink_to(folder / made["link"])
    elif "zip" in made or "bomb" in made or "copies" in made:
        with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, text in made.get("zip", {}).items():
                archive.writestr(name, text)
            for name, megabytes in made.get("bomb", {}).items():
                archive.writestr(name, bytes(megabytes * 1024 * 1024))
            for name in (f"{number}.xml" for number in range(made.get("copies", 0))):
                archive.writestr(name, bytes(1024 * 1024))
    elif "cut" in made:
        whole = _sound(made["cut"])
        place.write_bytes(whole[: len(whole) // 2])
    else:
        data = bytes.fromhex(made["hex"]) if "hex" in made else made["text"].encode()
        place.write_bytes(data * made.get("times", 1))
    return place


def _sound(name: str) -> bytes:
    """A sound file to be cut off: a document of the fixtures, or questions in an export format."""
    if (SOUND / name).is_file():
        return (SOUND / name).read_bytes()
    items = imports.read("items.jsonl", (SOUND.parent / "exports" / "items.jsonl").read_bytes()).items
    return exports.export(name, exports.Deck("题", items)).data


def is_refused(done: Any, says: str) -> None:
    """Exit code 2, one line that says what is wrong, and nothing on stdout."""
    assert done.stdout == ""
    assert done.stderr.startswith("studytool: ")
    assert done.stderr.count("\n") == 1, done.stderr
    assert re.search("[\u4e00-\u9fff]", done.stderr)
    assert done.stderr[:-1].isprintable(), done.stderr
    assert says in done.stderr
    assert done.returncode == 2


@pytest.mark.parametrize("case", FILES)
def test_a_broken_file_is_named_in_one_line(
    case: dict[str, Any], tmp_path: Path, run_here: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = case.get("run") or ["build", str(put(tmp_path, case["file"]))]
    if "beside" in case:
        words = ["build", str(put(tmp_path, case["beside"]))]
    is_refused(run_here(tmp_path / "题库.db", *words), case["says"])


@pytest.mark.parametrize("case", CALLS)
def test_a_call_that_cannot_be_carried_out_says_so_in_one_line(
    case: dict[str, Any], tmp_path: Path, run_here: Run, make_bank: MakeBank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    bank = make_bank("cloze")
    if "file" in case:
        put(tmp_path, case["file"])
    is_refused(run_here(bank, *case["run"]), case["says"])


def test_the_rest_of_a_batch_goes_on(tmp_path: Path, seeds: Path, run_here: Run) -> None:
    folder = tmp_path / "文献"
    folder.mkdir()
    for parameters in FILES:
        (case,) = parameters.values
        if "file" in case and "beside" not in case:
            put(folder, {**case["file"], "name": f"{case['name']} {case['file']['name']}"})
    seed = "002_981a720ff13f0452.txt"
    (folder / seed).write_bytes((seeds / seed).read_bytes())
    done = run_here(tmp_path / "题库.db", "build", str(folder), "--json", "--jobs", "1")
    assert done.returncode == 2
    assert '"documents": 1,' in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("place", ["新/", "新/.", "新/夹/"])
def test_a_bank_that_is_named_as_a_folder_makes_nothing(
    place: str, tmp_path: Path, run_here: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, {"name": "文.txt", "text": "全市建成一百个平台。"})
    is_refused(run_here(Path("x"), "--db", place, "build", "文.txt"), "--db")
    assert [path.name for path in tmp_path.iterdir()] == ["文.txt"]


@pytest.mark.parametrize(
    "place",
    ["题" * 83 + ".db", "/".join(["长" * 80] * 15) + "/题库.db", "/".join(["甲"] * 300) + "/" + "长" * 90],
    ids=[
        "a name with no room for that of its log",
        "a path too long for SQLite",
        "folders above a long name",
    ],
)
def test_a_bank_that_cannot_be_made_leaves_nothing(
    place: str, tmp_path: Path, run_here: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, {"name": "文.txt", "text": "全市建成一百个平台。"})
    is_refused(run_here(Path(place), "build", "文.txt"), "--db")
    assert [path.name for path in tmp_path.iterdir()] == ["文.txt"]

"""Wherever it runs: closed streams, a bare environment, a clock that is wrong, names in other encodings."""

from __future__ import annotations

import io
import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from studytool import named
from studytool.cli import console
from studytool.cli.complaints import USAGE, in_chinese
from studytool.cli.screen import Screen
from studytool.errors import UnreadableSource

Run = Callable[..., Any]
MakeBank = Callable[..., Path]
STEERING = "甲\x1b[31m乙\x9b2J丙\u202e丁\x07戊\x7f"
SHOWN = "甲[31m乙2J丙丁戊"
SENTENCES = "全市建成一百个平台，推动高质量发展取得新成效。" * 3


@pytest.mark.parametrize(
    ("redirection", "environment"),
    [
        (">&-", {}),  # the next file opened, the bank, would be number 1 in its place
        ("2>&-", {}),
        ("<&- >&- 2>&-", {}),
        ("| true", {}),
        ("", {"LC_ALL": "C", "TERM": "dumb", "COLUMNS": "0"}),
        ("", {"TZ": "XXX+24"}),
        ("", {"PATH": "", "TZ": "nowhere/at/all", "NO_COLOR": "1", "PYTHONIOENCODING": "ascii"}),
    ],
    ids=[
        "no stdout",
        "no stderr",
        "no streams",
        "nobody reads",
        "C locale, dumb terminal",
        "no such zone",
        "bare",
    ],
)
def test_the_bank_is_the_same_after(
    redirection: str, environment: dict[str, str], make_bank: MakeBank, tmp_path: Path
) -> None:
    bank = make_bank("cloze", "single")
    before = bank.read_bytes()
    words = [sys.executable, "-m", "studytool", "--db", str(bank), "items"]
    done = subprocess.run(
        ["/bin/sh", "-c", f"{shlex.join(words)} {redirection}"],
        capture_output=True,
        encoding="utf-8",
        env={"HOME": str(tmp_path), "PATH": os.environ["PATH"], **environment},
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert bank.read_bytes() == before
    assert redirection or "新征程上的功能定位" in done.stdout


@pytest.mark.parametrize("words", [["items"], ["items", "--json"], ["--help"], ["stats"]])
def test_it_is_no_failure_that_nobody_reads_on(words: list[str], make_bank: MakeBank) -> None:
    command = [sys.executable, "-m", "studytool", "--db", str(make_bank("cloze")), *words]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_name_in_another_encoding_is_left_out_and_the_rest_goes_on(
    tmp_path: Path, seeds: Path, run_here: Run
) -> None:
    folder = tmp_path / "文献"
    folder.mkdir()
    (folder / os.fsdecode("文件.txt".encode("gbk"))).write_text(SENTENCES, encoding="utf-8")
    (folder / "红\x1b[31m\n色.txt").write_text(SENTENCES, encoding="utf-8")
    done = run_here(tmp_path / "题库.db", "build", str(folder), "--json", "--jobs", "1")
    assert done.returncode == 2
    assert '"documents": 1,' in done.stdout
    assert done.stderr.count("\n") == 1
    assert "不是 UTF-8" in done.stderr


def test_a_known_file_renamed_in_another_encoding_is_left_out_and_told(tmp_path: Path, run_here: Run) -> None:
    known = tmp_path / "文献" / "文件.txt"
    known.parent.mkdir()
    known.write_text(SENTENCES, encoding="utf-8")
    (known.parent / "另一份.txt").write_text(SENTENCES[: len(SENTENCES) // 2], encoding="utf-8")
    bank = tmp_path / "题库.db"
    assert run_here(bank, "build", str(known.parent)).returncode == 0
    known.rename(known.with_name(os.fsdecode("文件.txt".encode("gbk"))))
    done = run_here(bank, "build", str(known.parent))
    assert done.returncode == 2
    assert "不是 UTF-8" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.startswith("完成：1 个文件")


def test_words_that_are_no_text_are_refused(tmp_path: Path, run_here: Run, make_bank: MakeBank) -> None:
    done = run_here(make_bank("cloze"), "items", "--find", os.fsdecode(b"\xff"))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "不是 UTF-8" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["export", "jsonl", "-o", "题.jsonl"],
        ["build", "文.txt"],
        ["build", "."],
        ["import", "题.jsonl"],
        ["withdraw", "文.txt"],
    ],
)
def test_a_current_folder_that_is_gone_is_named(
    words: list[str], tmp_path: Path, make_bank: MakeBank, run_here: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = make_bank("cloze")
    (tmp_path / "旧").mkdir()
    monkeypatch.chdir(tmp_path / "旧")
    (tmp_path / "旧").rmdir()
    done = run_here(bank, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "studytool: 当前文件夹已不存在：请 cd 到别的文件夹再试\n"


def test_words_that_the_locale_cannot_read_are_not_blamed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "studytool", "items", "--find", "天津"],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"},
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "语言环境读不了“天津”：请先设 LC_ALL=C.UTF-8" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize(
    ("words", "code"),
    [(["backup"], 0), (["sheet", "-o", "卷.html"], 0), (["frobnicate"], 2), (["items", "--kind", "谜"], 2)],
)
def test_where_nothing_can_be_said_the_exit_code_still_says_it(
    words: list[str], code: int, tmp_path: Path, make_bank: MakeBank
) -> None:
    call = [sys.executable, "-m", "studytool", "--db", str(make_bank("cloze", "single")), *words]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(call, stderr=full, cwd=tmp_path, check=False)
    assert done.returncode == code


def test_what_would_steer_the_terminal_is_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    console.tell(STEERING)
    console.complain(f"{STEERING}\n{STEERING}")
    console.show_json(STEERING)
    said = capsys.readouterr()
    assert said.err == f"{SHOWN}\nstudytool: {SHOWN} {SHOWN}\n"
    assert said.out.strip().replace("\\u", "").isprintable()
    shown = io.StringIO()
    Screen(file=shown, highlight=False, markup=False, width=80).print(STEERING)
    assert shown.getvalue() == f"{SHOWN}\n"


@pytest.mark.parametrize("year", [1970, 1990, 2199, 9998])
def test_a_clock_that_is_wrong_by_years_stops_nothing(
    year: int, make_bank: MakeBank, run_here: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = make_bank("cloze", "single")
    monkeypatch.setattr(console, "now", lambda: datetime(year, 1, 2, tzinfo=UTC))
    for words in (["items"], ["stats"], ["cards"], ["mistakes"], ["backup"], ["doctor"], []):
        done = run_here(bank, *words)
        assert done.returncode == 0, (words, done.stderr)
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["export", "xlsx", "-o", "题.xlsx"],
        ["export", "kaoshibao", "-o", "题.xlsx"],
        ["export", "qti", "-o", "题.zip"],
        ["export", "anki", "-o", "题.apkg"],
        ["sheet", "--seed", "1", "-o", "卷.docx"],
    ],
)
def test_a_clock_before_the_first_day_of_an_archive_changes_no_byte(
    words: list[str], tmp_path: Path, make_bank: MakeBank, run_here: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank, made = make_bank("cloze", "single"), set()
    monkeypatch.chdir(tmp_path)
    for seconds in (5.0, 1_700_000_000.0):
        monkeypatch.setattr("zipfile.time.time", lambda now=seconds: now)
        done = run_here(bank, *words)
        assert done.returncode == 0, done.stderr
        made.add(Path(words[-1]).read_bytes())
    assert len(made) == 1


@pytest.mark.parametrize(
    "words", [["items"], ["stats"], ["build", "文.txt"], ["doctor", "--repair"], ["backup"]]
)
def test_a_bank_that_cannot_be_locked_is_named_with_the_remedy(
    words: list[str], tmp_path: Path, make_bank: MakeBank, run_here: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make_bank("cloze")
    before = place.read_bytes()
    (tmp_path / "文.txt").write_text(SENTENCES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("studytool.store.refusals.BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(place, isolation_level=None)) as holder:
        holder.execute("pragma locking_mode = exclusive")
        holder.execute("begin exclusive")  # what a folder without locks answers is the same: it is taken
        done = run_here(place, *words)
        assert done.returncode == 1, done.stderr
        assert done.stderr.count("\n") == 1, done.stderr
        assert "不能加锁" in done.stderr
    assert place.read_bytes() == before


NOT_EVEN_ROOT = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]


@pytest.mark.parametrize(
    ("words", "closed", "says"),
    [
        (["build", "夹/文.txt"], "夹/sources.toml", "夹/sources.toml：没有权限"),
        (["build", "夹/文.txt"], "夹", "夹/文.txt：没有权限"),
        (["build", "夹"], "夹", "夹：没有权限读这个文件夹"),
        (["build", "夹"], "夹/里", "里：没有权限读这个文件夹"),
        (["settings"], "设/设置.toml", "设置.toml：没有权限"),
        (["settings", "--json"], "设/设置.toml", "设置.toml：没有权限"),
        (["settings"], "设", "设置.toml：没有权限"),
        (["settings", "--init"], "设", "设置.toml：没有权限"),
        ([], "库", "题库.db：没有权限"),
        (["decks", "夹"], "夹", "夹：没有权限读这个文件夹"),
        (["import", "夹/题.apkg"], "夹", "题.apkg：没有权限"),
        (["export", "jsonl", "夹/配方.toml"], "夹", "配方.toml：没有权限"),
        (["sheet", "-o", "夹/卷.html"], "夹", "卷.json：没有权限"),
        (["--db", "夹/库.db", "restore"], "夹", "没有权限"),
    ],
)
def test_what_may_not_be_read_is_named_with_the_permission(
    words: list[str], closed: str, says: str, tmp_path: Path, make_bank: MakeBank
) -> None:
    is_root = os.geteuid() == 0
    if is_root and not shutil.which(NOT_EVEN_ROOT[0]):
        pytest.skip("root reads everything here")
    for folder in ("夹/里", "设", "库"):
        (tmp_path / folder).mkdir(parents=True)
    make_bank("cloze").rename(tmp_path / "库" / "题库.db")
    for name in ("夹/文.txt", "夹/sources.toml", "设/设置.toml"):
        (tmp_path / name).write_text(SENTENCES if name.endswith("txt") else "", encoding="utf-8")
    (tmp_path / closed).chmod(0)
    done = subprocess.run(
        [*(NOT_EVEN_ROOT if is_root else []), sys.executable, "-m", "studytool", *words],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        env={**os.environ, "STUDYTOOL_DB": "库/题库.db", "STUDYTOOL_SETTINGS": "设/设置.toml"},
        check=False,
    )
    (tmp_path / closed).chmod(0o700)
    refusals = [line for line in done.stderr.splitlines() if line.startswith("studytool: ")]
    assert done.returncode == 2
    assert len(refusals) == 1, done.stderr
    assert says in refusals[0]


def test_a_bank_copied_by_hand_to_where_nothing_can_be_written_beside_it_is_restored(
    tmp_path: Path, make_bank: MakeBank
) -> None:
    is_root = os.geteuid() == 0
    if is_root and not shutil.which(NOT_EVEN_ROOT[0]):
        pytest.skip("root writes everywhere here")
    disc = tmp_path / "光盘"
    disc.mkdir()
    shutil.copy(make_bank("cloze"), disc / "题库.db")
    disc.chmod(0o500)
    words = [sys.executable, "-m", "studytool", "--db", str(tmp_path / "新.db")]
    done = [
        subprocess.run(
            [*(NOT_EVEN_ROOT if is_root else []), *words, *command], capture_output=True, check=False
        )
        for command in (["restore", str(disc / "题库.db")], ["items"])
    ]
    disc.chmod(0o700)
    assert [one.returncode for one in done] == [0, 0], done
    assert [path.name for path in disc.iterdir()] == ["题库.db"]


def test_output_goes_into_devices_and_pipes_that_are_read(make_bank: MakeBank) -> None:
    words = [sys.executable, "-m", "studytool", "--db", str(make_bank("cloze")), "export", "jsonl", "-o"]
    done = subprocess.run([*words, "/dev/stdout"], capture_output=True, encoding="utf-8", check=False)
    assert '"stem": "新征程上的功能定位' in done.stdout
    done = subprocess.run([*words, "/dev/null"], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0
    assert Path("/dev/null").is_char_device()
    done = subprocess.run([*words, "/dev/full"], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)


def test_a_line_without_end_is_no_sentence() -> None:
    words = [sys.executable, "-m", "studytool", "explain"]
    with Path("/dev/zero").open("rb") as endless:
        done = subprocess.run(words, stdin=endless, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "一句一行" in done.stderr


def test_what_has_nothing_to_give_and_does_not_end_is_not_waited_for() -> None:
    waiting, writer = os.pipe()
    os.set_blocking(waiting, False)
    refused = pytest.raises(UnreadableSource, match="不是普通文件")
    with os.fdopen(waiting, "rb") as stream, os.fdopen(writer, "wb"), refused:
        named.at_most(stream)


def test_ctrl_c_while_the_program_loads_is_quiet() -> None:
    code = """
import signal, sys
class Interrupting:
    def find_spec(self, name, *_):
        if name == "typer":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
from studytool.__main__ import start
start()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_a_complaint_the_table_does_not_know_stays_as_it_is() -> None:
    assert in_chinese("Something\nelse.") == f"Something else. {USAGE}"
    assert in_chinese("Invalid value for '--x': odd") == f"--x 的值不对：odd；{USAGE}"


@pytest.mark.parametrize("said", ["10000000", "0", "-5", "宽", "１２０"])
def test_a_width_no_terminal_has_is_not_believed(
    said: str, make_bank: MakeBank, run_here: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make_bank("cloze")
    monkeypatch.setenv("COLUMNS", "80")
    usual = run_here(place, "items").stdout
    monkeypatch.setenv("COLUMNS", said)
    assert run_here(place, "items").stdout == usual


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_too_few_files_that_may_be_open_are_one_line(make_bank: MakeBank) -> None:
    command = f"ulimit -n 6; {sys.executable} -m studytool --db '{make_bank('cloze')}' items"
    done = subprocess.run(["sh", "-c", command], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "同时打开的文件太多" in done.stderr


def test_a_name_with_a_line_break_is_told_on_one_line(tmp_path: Path, run_here: Run) -> None:
    place = tmp_path / "库\n题库完好.db"
    (tmp_path / "文.txt").write_text(SENTENCES, encoding="utf-8")
    run_here(place, "build", str(tmp_path / "文.txt"))
    done = run_here(place, "backup")
    assert done.stderr.count("\n") == 1
    assert "库 题库完好" in done.stderr

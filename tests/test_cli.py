"""Three journeys through the command line, its contracts, and its errors: one line, exit 2."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SEED = "002_981a720ff13f0452.txt"
Run = Callable[..., subprocess.CompletedProcess[str]]


def call(db: Path, *args: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a person would, in a process of its own, with pipes."""
    return subprocess.run(
        [sys.executable, "-m", "studytool", *args],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "STUDYTOOL_DB": str(db), **environment},
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bank made from one seed."""
    db = tmp_path_factory.mktemp("bank") / "bank.db"
    seed = Path(__file__).parent.parent / "seeds" / SEED
    done = call(db, "build", str(seed))
    assert done.returncode == 0, done.stderr
    return db


def answer(db: Path, *args: str, stdin: str = "") -> Any:
    done = call(db, *args, "--json", stdin=stdin)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# ---- journeys ------------------------------------------------------------------------------------


def test_a_build_ends_with_figures_three_questions_and_what_to_type_next(seeds: Path, tmp_path: Path) -> None:
    done = call(tmp_path / "bank.db", "build", str(seeds / SEED))
    assert done.returncode == 0
    assert done.stdout.count("答案：") == 3
    assert "studytool quiz" in done.stdout


def test_a_bank_without_a_question_is_called_so_and_sends_nobody_to_a_quiz(tmp_path: Path) -> None:
    (tmp_path / "便条.txt").write_text("你好。\n", encoding="utf-8")
    for words in (["build", str(tmp_path / "便条.txt")], []):
        done = call(tmp_path / "bank.db", *words)
        assert done.returncode == 0
        assert "题库里还没有题" in done.stdout
        assert "studytool build 文件或文件夹" in done.stdout
        assert not re.search("例题|studytool quiz|还没有题库", done.stdout)


def test_a_build_names_the_files_whose_figures_say_no_year_until_a_person_dates_them(
    tmp_path: Path, seeds: Path
) -> None:
    page = str(tmp_path / "page.txt")
    Path(page).write_bytes((seeds / SEED).read_bytes())  # without what `sources.toml` says of it
    undated = call(tmp_path / "bank.db", "build", page)
    assert re.search(r"没有日期的文件：page\.txt（\d+ 题）", undated.stdout.replace("\n", ""))
    dated = call(tmp_path / "bank.db", "build", page, "--date", "2024-02-20")
    assert "没有日期" not in dated.stdout


def test_the_manifest_of_papers_already_printed_is_kept_beside_the_new_one(
    built: Path, tmp_path: Path
) -> None:
    place = str(tmp_path / "测验.pdf")
    call(built, "sheet", "-o", place, "--count", "5")
    first = (tmp_path / "测验.json").read_bytes()
    assert "另一份卷" not in call(built, "sheet", "-o", place, "--count", "5").stderr  # the same once more
    done = call(built, "sheet", "-o", place, "--count", "5", "--seed", "2")
    (kept,) = tmp_path.glob("测验-卷号*.json")
    assert kept.read_bytes() == first
    assert str(kept) in done.stderr
    assert "发卷前请把答案页留下" in done.stderr


def test_sheets_written_under_one_name_at_one_moment_all_keep_their_answers(
    built: Path, tmp_path: Path
) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "studytool", "sheet", "-o", "测验.html", "--count", "5", "--seed", str(n)],
            env={**os.environ, "STUDYTOOL_DB": str(built)},
            cwd=tmp_path,
            stderr=subprocess.DEVNULL,
        )
        for n in range(6)
    ]
    assert [process.wait(120) for process in started] == [0] * 6
    manifests = {path.read_bytes() for path in tmp_path.glob("测验*.json")}
    for n in range(6):
        assert call(built, "sheet", "-o", str(tmp_path / f"{n}.html"), "--count", "5", "--seed", str(n))
        assert (tmp_path / f"{n}.json").read_bytes() in manifests


def test_what_studytool_wrote_is_no_document(built: Path, tmp_path: Path) -> None:
    for args in (
        ("sheet", "-o", "卷.pdf", "--versions", "2"),
        ("sheet", "-o", "卷.docx"),
        ("sheet", "-o", "卷.html"),
        ("handout", "-o", "要点.pdf"),
        ("export", "csv", "-o", "题.csv"),
        ("export", "jsonl", "-o", "题.jsonl"),
        ("export", "html", "-o", "题.html"),
        ("stats", "--html", "统计.html"),
    ):
        place = args.index("-o" if "-o" in args else "--html") + 1
        done = call(built, *args[:place], str(tmp_path / args[place]), *args[place + 1 :])
        assert done.returncode == 0, done.stderr
    (tmp_path / "作答.csv").write_text("姓名,卷别,1,2\n张三,A,A,B\n", encoding="utf-8")
    written = sorted(str(path) for path in tmp_path.iterdir())
    again = call(tmp_path / "other" / "bank.db", "build", str(tmp_path), "--json")
    content = json.loads(again.stdout)
    assert content["items"] == 0
    assert sorted(skip["path"] for skip in content["skipped"]) == written
    assert all("studytool 写出" in skip["reason"] for skip in content["skipped"])


def test_building_again_changes_nothing(built: Path, seeds: Path) -> None:
    before = answer(built, "items")
    report = answer(built, "build", str(seeds / SEED))
    assert (report["documents"], report["new"], report["changed"], report["retired"]) == (1, 0, 0, 0)
    assert report["items"] == len(before) > 50
    assert answer(built, "items") == before


def test_a_changed_file_changes_only_its_own_items(tmp_path: Path, seeds: Path) -> None:
    db, folder = tmp_path / "bank.db", tmp_path / "文献"
    folder.mkdir()
    for name in (SEED, "000_0e9778c0d8edd790.txt"):
        (folder / name).write_bytes((seeds / name).read_bytes())
    answer(db, "build", str(folder))
    before = {item["id"]: item for item in answer(db, "items")}
    text = (folder / SEED).read_text(encoding="utf-8").replace("145条", "147条")
    (folder / SEED).write_text(text, encoding="utf-8")
    report = answer(db, "build", str(folder))
    after = {item["id"]: item for item in answer(db, "items")}
    moved = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert moved
    assert {(before.get(key) or after[key])["source"] for key in moved} == {SEED}
    assert report["new"] >= 1
    assert answer(db, "verify")["failed"] == []


def test_the_result_is_the_same_whatever_the_number_of_jobs(tmp_path: Path, seeds: Path) -> None:
    lines = []
    for jobs in ("1", "2"):
        db = tmp_path / f"{jobs}.db"
        small = [str(seeds / name) for name in (SEED, "000_0e9778c0d8edd790.txt")]
        assert call(db, "build", *small, "--jobs", jobs).returncode == 0
        lines.append(call(db, "export", "jsonl", "-o", "-").stdout)
    assert lines[0] == lines[1]
    assert lines[0].count("\n") > 100


# ---- contracts -----------------------------------------------------------------------------------


def test_articles_have_the_fields_of_the_contract(built: Path) -> None:
    article = answer(built, "articles")[0]
    fields = ("id", "source", "title", "byline", "issuer", "published_on", "genre", "paragraphs")
    assert all(field in article for field in fields)
    assert article["title"] == "握紧“方向盘” 跑好“接力赛”"
    assert article["byline"] == "朱波"
    assert all(isinstance(text, str) for text in article["paragraphs"])


def test_one_article_is_shown_in_full_by_its_id(built: Path) -> None:
    article = answer(built, "articles")[0]
    done = call(built, "articles", article["id"])
    assert done.returncode == 0
    assert article["title"] in done.stdout


def test_items_come_best_first_and_as_many_as_asked_for(built: Path) -> None:
    items = answer(built, "items", "--top", "5")
    assert len(items) == 5
    scores = [item["score"] for item in items]
    assert scores == sorted(scores, reverse=True)
    for named in ("cloze", "填空", "填空题"):
        assert {item["kind"] for item in answer(built, "items", "--kind", named)} == {"cloze"}
    assert answer(built, "items", "--source", "nothing") == []


def test_explain_answers_every_line_with_spans_of_that_line(tmp_path: Path) -> None:
    lines = ["民主集中制是党的根本组织制度和领导制度。", "", "坚持以人民为中心的发展思想。"]
    done = call(tmp_path / "none.db", "explain", "--json", stdin="\n".join(lines) + "\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(lines)
    for line, spans in zip(lines, answers, strict=True):
        assert all(line[span["start"] : span["end"]] == span["text"] for span in spans)
    assert answers[0]
    assert not answers[1]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_explain_reads_what_a_pipe_of_either_encoding_brings(tmp_path: Path, encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "studytool", "explain"],
        input="民主集中制是党的根本组织制度和领导制度。\r\n".encode(encoding),
        capture_output=True,
        cwd=tmp_path,
        check=True,
        timeout=120,
    )
    assert "民主集中制是党的根本组织制度和领导制度。" in done.stdout.decode()


def test_all_evidence_is_found_again_in_the_file(built: Path) -> None:
    checked = answer(built, "verify")
    assert checked["failed"] == []
    assert checked["checked"] == len(answer(built, "items"))


def test_verify_fails_when_the_file_was_changed_behind_its_back(tmp_path: Path, seeds: Path) -> None:
    file, db = tmp_path / SEED, tmp_path / "bank.db"
    file.write_bytes((seeds / SEED).read_bytes())
    answer(db, "build", str(file))
    file.write_text("另一篇文章。" * 400, encoding="utf-8")
    done = call(db, "verify", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["failed"]


def test_stats_gives_the_figures_behind_the_screen(built: Path) -> None:
    figures = answer(built, "stats")
    assert figures["bank"]["documents"] == 1
    assert figures["learner"]["answers"] == 0


def test_export_writes_a_file_and_says_so(built: Path, tmp_path: Path) -> None:
    place = tmp_path / "要点.apkg"
    done = call(built, "export", "anki", "-o", str(place))
    assert done.returncode == 0, done.stderr
    assert zipfile.is_zipfile(place)


def test_a_sheet_is_written_in_versions_with_a_key(built: Path, tmp_path: Path) -> None:
    done = call(built, "sheet", "-o", str(tmp_path / "测验.pdf"), "--versions", "2", "--count", "10")
    assert done.returncode == 0, done.stderr
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == ["测验-A.pdf", "测验-B.pdf", "测验-key.pdf", "测验.json"]


# ---- errors --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["build", "没有这个文件.txt"], "没有这个文件.txt"),
        (["build", "EMPTY"], "空"),
        (["build", "BINARY"], "BINARY"),
        (["build", "FOLDER"], "FOLDER"),
        (["build"], "--help"),
        (["items", "--kind", "fill"], "fill"),
        (["check", "--source", "没有这个"], "没有这个"),
        (["group", "--pdf", "小组.xlsx"], "小组.xlsx"),
        (["nonsense"], "nonsense"),
        (["export", "docx9", "-o", "x"], "docx9"),
        (["items", "--top", "0"], "--top"),
        (["articles", "zzzz"], "zzzz"),
        (["export", "jsonl", "缺.toml", "-o", "-"], "缺.toml"),
        (["sheet", "-o", "x.odt"], "x.odt"),
        (["quiz"], "终端"),
    ],
)
def test_a_wrong_call_is_one_line_that_names_the_thing(
    built: Path, tmp_path: Path, args: list[str], word: str
) -> None:
    (tmp_path / "EMPTY").write_bytes(b"")
    (tmp_path / "BINARY").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "FOLDER").mkdir()
    args = [str(tmp_path / arg) if arg.isupper() else arg for arg in args]
    done = call(built, *args)
    assert done.returncode == 2
    assert word in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_the_good_files_of_a_call_are_built_beside_the_bad(tmp_path: Path, seeds: Path) -> None:
    db = tmp_path / "bank.db"
    done = call(db, "build", str(tmp_path / "no.txt"), str(seeds / SEED), "--json")
    assert done.returncode == 2
    report = json.loads(done.stdout)
    assert report["documents"] == 1
    assert [skip["path"] for skip in report["skipped"]] == [str(tmp_path / "no.txt")]
    assert len(answer(db, "items")) == report["items"]


def test_a_file_that_is_no_bank_is_refused(tmp_path: Path, seeds: Path) -> None:
    strange = tmp_path / "bank.db"
    strange.write_text("这不是题库" * 500, encoding="utf-8")
    done = call(strange, "build", str(seeds / SEED))
    assert done.returncode == 2
    assert "不是题库" in done.stderr


def test_without_a_bank_every_command_says_how_to_make_one(tmp_path: Path) -> None:
    for command in ("items", "articles", "stats", "verify"):
        done = call(tmp_path / "none.db", command)
        assert done.returncode == 2
        assert "studytool build" in done.stderr


# ---- light on its feet ---------------------------------------------------------------------------


def test_help_loads_no_tokenizer_database_or_typesetter() -> None:
    code = (
        "import sys; sys.argv = ['studytool', '--help']\n"
        "from studytool.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'rjieba', 'jieba', 'sqlite3', 'sqlite_utils', 'typst', 'genanki', 'docx', 'fsrs'}\n"
        "print('LOADED', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "LOADED []"


def test_a_console_that_knows_only_gbk_does_not_crash(built: Path) -> None:
    done = call(built, "items", "--top", "3", PYTHONIOENCODING="gbk")
    assert done.returncode == 0


def test_output_cut_off_by_its_reader_is_no_error(built: Path) -> None:
    command = f"{sys.executable} -m studytool items | head -1"
    env = {**os.environ, "STUDYTOOL_DB": str(built)}
    done = subprocess.run(command, shell=True, capture_output=True, encoding="utf-8", env=env, check=True)
    assert done.stderr == ""


def test_what_is_piped_in_replaces_what_was_piped_in_before_and_says_so(tmp_path: Path) -> None:
    text = "# 天津市2024年政府工作报告\n\n2023年，天津市新增就业{}万人，新建改造老旧小区{}个。\n"
    told = [
        call(tmp_path / "题库.db", "build", "-", stdin=text.format(*figures))
        for figures in ((36.5, 126), (48.2, 310))
    ]
    assert ["这次的换下了上次的" in one.stdout + one.stderr for one in told] == [False, True]

"""What the machine refuses is said in a line and loses nothing; nobody else reads the answers; no network."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from studytool import pipeline
from studytool.cli.desk import Desk
from studytool.cli.keys import Keyboard
from studytool.cli.reviewing import Reviewing
from studytool.errors import StudyError
from studytool.model import Document, Harvest, Item, ItemFilter, Mark, Memory, Rating, Review, Source
from studytool.quiz import PRACTICE, Sitting
from studytool.store import backups, doctor, documents, items, restoring, study
from studytool.store.bank import Bank
from studytool.store.copies import backups_of
from studytool.store.opening import open_bank

resource = pytest.importorskip("resource", reason="limits of a process exist on POSIX only")

Run = Callable[..., Any]
MakeBank = Callable[..., Path]
MakeItem = Callable[..., Item]
MakeHarvest = Callable[..., Harvest]
LOG_INDEX = 32 * 1024  # what SQLite needs beside a bank even to read it


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """For a while no file of this process grows beyond `size` bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, old)


def ids(place: Path) -> list[str]:
    with open_bank(place) as bank:
        assert doctor.examine(bank, repair=False) == ()
        return [item.id for item in items.select(bank, ItemFilter())]


def is_one_line(done: Any) -> None:
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert len([line for line in done.stderr.splitlines() if line.startswith("studytool: ")]) == 1


def test_a_build_on_a_full_disk_says_so_and_keeps_the_bank(
    tmp_path: Path, seeds: Path, make_bank: MakeBank, run_here: Run
) -> None:
    bank = make_bank("cloze", "single")
    before = ids(bank)
    with no_file_larger_than(LOG_INDEX):
        done = run_here(bank, "build", str(seeds / "002_981a720ff13f0452.txt"))
    is_one_line(done)
    assert ids(bank) == before
    assert run_here(bank, "build", str(seeds / "002_981a720ff13f0452.txt")).returncode == 0
    assert len(ids(bank)) > len(before)


def test_a_backup_on_a_full_disk_says_so_and_leaves_no_piece(make_bank: MakeBank, run_here: Run) -> None:
    bank = make_bank("cloze")
    with no_file_larger_than(bank.stat().st_size // 2):
        done = run_here(bank, "backup")
    is_one_line(done)
    assert list(backups_of(bank).iterdir()) == []


def test_a_restore_on_a_full_disk_says_so_and_keeps_the_bank(make_bank: MakeBank, run_here: Run) -> None:
    bank = make_bank("cloze")
    assert run_here(bank, "backup").returncode == 0
    (copy,) = backups.listed(bank)
    before = ids(bank)
    with no_file_larger_than(bank.stat().st_size // 2):
        done = run_here(bank, "restore", copy.path.name)
    is_one_line(done)
    assert ids(bank) == before


def test_an_export_on_a_full_disk_says_so_and_leaves_the_old_file(
    tmp_path: Path, make_bank: MakeBank, run_here: Run
) -> None:
    bank, out = make_bank("cloze", "single"), tmp_path / "试卷.pdf"
    run_here(bank, "items")  # the backup of the day is made
    out.write_text("旧的")
    with no_file_larger_than(LOG_INDEX):
        done = run_here(bank, "sheet", "--count", "2", "-o", str(out))
    is_one_line(done)
    assert out.read_text() == "旧的"
    assert not list(tmp_path.glob(".*.part"))


class Untouched(Keyboard):
    """Of somebody who is asked nothing."""

    def stroke(self) -> str:
        raise AssertionError("asked, though no answer could be kept")


def test_nothing_is_asked_where_no_answer_could_be_kept(make_bank: MakeBank) -> None:
    place = make_bank("single")
    with open_bank(place) as bank:
        cards = study.cards(bank, study.DEFAULT_LEARNER, ("single",))
    connection = sqlite3.connect(f"{place.as_uri()}?mode=ro", uri=True, isolation_level=None)
    connection.row_factory = sqlite3.Row
    with Bank(connection, str(place)) as bank:
        with pytest.raises(StudyError, match="不能写入"):
            Desk(bank, study.DEFAULT_LEARNER, Sitting(PRACTICE, cards), keyboard=Untouched()).run()
        with pytest.raises(StudyError, match="不能写入"):
            Reviewing(bank, "审核人", ("single",), keyboard=Untouched()).run()


def test_settings_on_a_full_disk_are_not_made(tmp_path: Path, run_here: Run) -> None:
    with no_file_larger_than(0):
        is_one_line(run_here(tmp_path / "题库.db", "settings", "--init"))
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_export_has_left_goes_after_a_day(
    tmp_path: Path, make_bank: MakeBank, run_here: Run
) -> None:
    bank, folder, two_days_ago = make_bank("cloze"), tmp_path / "印", time.time() - 2 * 24 * 60 * 60
    folder.mkdir()
    for name in (".studytool-abcd_123.part", ".studytool-abcd_124.part", ".studytool-我的.part", "x.part"):
        (folder / name).write_text("答案", encoding="utf-8")
        if name != ".studytool-abcd_124.part":  # which another is writing now
            os.utime(folder / name, (two_days_ago, two_days_ago))
    run_here(bank, "export", "jsonl", "-o", str(folder / "题.jsonl"))
    left = {path.name for path in folder.iterdir()}
    assert left == {"题.jsonl", ".studytool-abcd_124.part", ".studytool-我的.part", "x.part"}


def test_what_stood_there_before_a_killed_export_goes_when_its_name_is_written_anew(
    tmp_path: Path, make_bank: MakeBank, run_here: Run
) -> None:
    bank, folder, two_days_ago = make_bank("cloze"), tmp_path / "印", time.time() - 2 * 24 * 60 * 60
    for kept, name in ((".studytool-abcd_123.old", "题.jsonl"), (".studytool-abcd_124.old", "成绩.csv")):
        (folder / kept).mkdir(parents=True)
        (folder / kept / name).write_text("张三", encoding="utf-8")
        os.utime(folder / kept, (two_days_ago, two_days_ago))
    run_here(bank, "export", "jsonl", "-o", str(folder / "题.jsonl"))
    assert {path.name for path in folder.iterdir()} == {"题.jsonl", ".studytool-abcd_124.old"}


@pytest.mark.parametrize("taken", ["卷-key.pdf", "卷-B.pdf", "卷.json"])
def test_nothing_is_left_of_a_call_where_one_of_its_files_cannot_be_written(
    taken: str, tmp_path: Path, make_bank: MakeBank, run_here: Run
) -> None:
    bank, folder = make_bank("cloze", "single"), tmp_path / "印"
    (folder / taken).mkdir(parents=True)
    done = run_here(bank, "sheet", "--versions", "2", "-o", str(folder / "卷.pdf"))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert [path.name for path in folder.iterdir()] == [taken]


@pytest.fixture
def printed(tmp_path: Path, make_bank: MakeBank, run_here: Run) -> Path:
    """A sheet's manifest; beside it the answers of one person."""
    run_here(make_bank("cloze"), "sheet", "-o", str(tmp_path / "卷.html"))
    (tmp_path / "作答.csv").write_text("姓名,卷别,1\n张三,A,一基地三区\n", encoding="utf-8")
    return tmp_path / "卷.json"


@pytest.mark.parametrize("output", ["作答.csv", "卷.json", "环.csv"])
def test_what_a_call_reads_it_does_not_overwrite(output: str, printed: Path, run_here: Run) -> None:
    place, answers = printed.with_name(output), printed.with_name("作答.csv")
    printed.with_name("环.csv").symlink_to(answers)
    before = place.read_bytes()
    done = run_here(Path("x"), "sheet", "grade", str(printed), str(answers), "-o", str(place))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "是这次要读的文件" in done.stderr
    assert place.read_bytes() == before


ATTEMPTS = 20


def _holds_files(folder: Path) -> bool:
    with suppress(FileNotFoundError):  # gone while it was looked into
        return any(folder.glob("*/*"))
    return False


def test_a_machine_that_goes_down_ends_an_import_as_ctrl_c_does(tmp_path: Path, make_bank: MakeBank) -> None:
    place, passing = make_bank("cloze"), tmp_path / "暂存"
    passing.mkdir()
    deck = Path(__file__).parents[1] / "decks" / "best.apkg"
    command = [sys.executable, "-m", "studytool", "--db", str(place), "import", str(deck), "--yes"]
    surroundings = dict(os.environ, TMPDIR=str(passing))
    for _ in range(ATTEMPTS):
        importing = subprocess.Popen(command, env=surroundings, stderr=subprocess.PIPE, encoding="utf-8")
        while importing.poll() is None and not _holds_files(passing):
            pass
        importing.terminate()
        _, said = importing.communicate(timeout=30)
        if importing.returncode == 130:
            break  # else it was at its end already: it takes a twentieth of a second
    assert importing.returncode == 130, said
    assert said.splitlines()[-1] == "studytool: 已中断；此前完成的都已保存。"
    assert not any(passing.iterdir())


FILLS_A_FOLDER = """
from studytool.passing import passing_folder
with passing_folder() as folder:
    for number in range(3000):
        (folder / str(number)).touch()
    print(folder, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot hold an interruption back")
def test_a_temporary_folder_goes_also_where_its_removal_is_interrupted() -> None:
    """`tempfile.TemporaryDirectory` leaves it: it forgets the folder before it has removed it."""
    ended = []
    for _ in range(5):
        command = [sys.executable, "-c", FILLS_A_FOLDER]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert child.stdout is not None
        folder = Path(os.fsdecode(child.stdout.readline()).strip())
        child.send_signal(signal.SIGINT)  # most often while the three thousand files are removed
        child.communicate(timeout=30)
        ended.append(child.returncode)
        assert not folder.exists()
    assert any(ended)


@pytest.fixture
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("usual_umask")
def test_only_the_owner_reads_what_holds_a_learners_answers(
    tmp_path: Path, printed: Path, make_bank: MakeBank, run_here: Run, noon: datetime
) -> None:
    place, out = make_bank("cloze"), tmp_path / "出"
    out.mkdir()
    with open_bank(place) as bank:
        given = Review("cloze", study.DEFAULT_LEARNER, noon, ("天津",), Mark.WRONG, Rating.AGAIN, 1.0)
        study.record(bank, given, Memory(2, None, 2.0, 5.0, noon, noon))
    for words in (
        ["report", "--name", "张三", "-o", "我.json"],
        ["stats", "--html", "我.html"],
        ["mistakes", "-o", "错题.html"],
        ["export", "anki", "--with-schedule", "-o", "我.apkg"],
        ["sheet", "grade", str(printed), str(printed.with_name("作答.csv")), "-o", "成绩.csv"],
        ["group", "--xlsx", "小组.xlsx"],
    ):
        done = run_here(place, *words[:-1], str(out / words[-1]))
        assert done.returncode == 0, (words, done.stderr)
    assert len(list(out.iterdir())) >= 6
    for path in out.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    shared = tmp_path / "卡组.apkg"
    run_here(place, "export", "anki", "-o", str(shared))
    assert stat.S_IMODE(shared.stat().st_mode) == 0o644


@pytest.mark.usefixtures("usual_umask")
def test_only_the_owner_reads_the_answers_to_a_paper_and_everybody_the_paper(
    tmp_path: Path, make_bank: MakeBank, run_here: Run
) -> None:
    place = make_bank("cloze", "single")
    for words in (["-o", str(tmp_path / "卷.html"), "--versions", "2"], ["-o", str(tmp_path / "合.html")]):
        assert run_here(place, "sheet", *words).returncode == 0
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("[卷合]*")}
    assert modes == {
        **dict.fromkeys(("卷-A.html", "卷-B.html"), 0o644),
        **dict.fromkeys(("卷-key.html", "卷.json", "合.html", "合.json"), 0o600),
    }


def test_the_page_of_statistics_goes_to_stdout(make_bank: MakeBank, run_here: Run) -> None:
    done = run_here(make_bank("cloze"), "stats", "--html", "-")
    assert done.returncode == 0
    assert done.stdout.lower().startswith("<!doctype html")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_output_to_a_full_disk_is_one_line(make_bank: MakeBank) -> None:
    command = [sys.executable, "-m", "studytool", "--db", str(make_bank("cloze")), "items", "--json"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "没有写完" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_home_that_can_be_written_the_line_names_the_remedy(seeds: Path) -> None:
    command = [sys.executable, "-m", "studytool", "build", str(seeds / "002_981a720ff13f0452.txt")]
    bare = {"HOME": "/proc/nobody", "PATH": os.environ["PATH"]}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=bare, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "--db" in done.stderr


def test_answers_from_the_future_of_a_wrong_clock_are_kept_and_counted(
    make_bank: MakeBank, run_here: Run, noon: datetime
) -> None:
    place = make_bank("cloze", "single")
    later = noon + timedelta(days=40_000)
    with open_bank(place) as bank:
        review = Review("single", study.DEFAULT_LEARNER, later, ("天津",), Mark.RIGHT, Rating.GOOD, 1.0)
        study.record(bank, review, Memory(2, None, 2.0, 5.0, later, later))
        assert doctor.examine(bank, repair=False) == ()
    for words in (["stats"], ["stats", "--json"], ["cards"], ["mistakes"], []):
        assert run_here(place, *words).returncode == 0
    with open_bank(place) as bank:
        assert len(study.reviews(bank, study.DEFAULT_LEARNER)) == 1
        assert study.new_of_day(bank, study.DEFAULT_LEARNER, noon) == 0  # they are none of today's
        assert study.families_of_day(bank, study.DEFAULT_LEARNER, noon) == frozenset()


def test_only_the_owner_reads_the_bank_its_log_and_its_copies(
    tmp_path: Path, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    place = tmp_path / "bank.db"
    with open_bank(place) as bank:
        documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
        made = backups.make(bank, place, noon)
        saved = restoring.restore(made.path, place, noon)
        assert saved is not None
        beside = [place.with_name(f"bank.db{tail}") for tail in ("", "-wal", "-shm")]
        for path in (*beside, made.path, saved.path):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    place.write_bytes(b"damaged" * 1000)
    restoring.restore(made.path, place, noon)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


ANSWERING = """
import sys
from datetime import datetime, timedelta, timezone
from studytool.model import Mark, Memory, Rating, Review
from studytool.store import study
from studytool.store.opening import open_bank
place, name = sys.argv[1:]
start = datetime(2026, 3, 2, tzinfo=timezone.utc)
with open_bank(place) as bank:
    for n in range(15):
        at = start + timedelta(minutes=n)
        review = Review("single", name, at, ("天津",), Mark.RIGHT, Rating.GOOD, 1.0)
        study.record(bank, review, Memory(2, None, 2.0, 5.0, at, at))
"""


def test_several_answer_and_build_at_once_and_nothing_is_lost(seeds: Path, make_bank: MakeBank) -> None:
    place = make_bank("single")
    names = [f"学员{n}" for n in range(4)]
    started = [subprocess.Popen([sys.executable, "-c", ANSWERING, str(place), name]) for name in names]
    build = [
        "-m",
        "studytool",
        "--db",
        str(place),
        "build",
        str(seeds / "002_981a720ff13f0452.txt"),
        "--json",
    ]
    started.append(subprocess.Popen([sys.executable, *build], stdout=subprocess.DEVNULL))
    assert [process.wait(60) for process in started] == [0] * 5
    with open_bank(place) as bank:
        assert [len(study.reviews(bank, name)) for name in names] == [15] * 4
        assert doctor.examine(bank, repair=False) == ()
        assert len(items.select(bank, ItemFilter())) > 50


WATCHED = """
import os, sys
written = []
def watch(event, args):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"):
        raise RuntimeError(f"network: {event} {args}")
    if event == "open" and isinstance(args[0], str) and isinstance(args[2], int):
        if args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and not args[0].startswith("/dev/"):
            written.append(os.path.abspath(args[0]))
sys.addaudithook(watch)
from studytool.cli import main
try:
    main()
finally:
    sys.stderr.write("\\n".join(["WRITTEN", *written]))
"""


@pytest.mark.parametrize(
    "words",
    [
        ["build", "{seed}", "--jobs", "2"],
        ["export", "anki", "-o", "out/卡组.apkg"],
        ["export", "html", "-o", "out/页.html"],
        ["sheet", "-o", "out/卷.pdf", "--count", "2"],
        ["stats"],
    ],
)
def test_no_network_is_used_and_nothing_written_elsewhere(
    words: list[str], tmp_path: Path, seeds: Path, make_bank: MakeBank
) -> None:
    bank = make_bank("cloze", "single")
    (tmp_path / "out").mkdir()
    filled = [word.format(seed=seeds / "002_981a720ff13f0452.txt") for word in words]
    done = subprocess.run(
        [sys.executable, "-B", "-c", WATCHED, "--db", str(bank), *filled],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    written = done.stderr.partition("WRITTEN")[2].split()
    assert [path for path in written if not path.startswith(str(tmp_path))] == []


LITTLE_MEMORY = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (300_000_000, resource.RLIM_INFINITY))
from studytool.__main__ import start
start()
"""


def run_in_little_memory(*words: str) -> Any:
    command = [sys.executable, "-c", LITTLE_MEMORY, *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_a_small_file_takes_little_memory(tmp_path: Path, seeds: Path) -> None:
    place, seed = str(tmp_path / "题库.db"), str(seeds / "002_981a720ff13f0452.txt")
    done = run_in_little_memory("--db", place, "build", "--jobs", "1", "--json", seed)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_end_of_the_memory_is_one_line(tmp_path: Path) -> None:
    table = tmp_path / "题.csv"
    with table.open("wb") as stream:
        stream.truncate(250_000_000)  # takes no room on the disk
    done = run_in_little_memory("--db", str(tmp_path / "题库.db"), "import", str(table))
    is_one_line(done)
    assert "内存不够" in done.stderr


def test_a_defect_met_in_one_document_is_told_with_its_place() -> None:
    """No reader makes such a document; no defect is known that a real one would meet."""
    made = pipeline.harvest_or_skip(Document(Source("/a.txt", "a.txt", "0"), cast("str", None), ()))
    assert isinstance(made, str)
    assert re.match(r"出题时程序出错（\w+\.py:\d+ TypeError\(.*缺陷", made)


def test_a_bank_with_bytes_that_are_no_text_is_refused_in_a_line(make_bank: MakeBank, run_here: Run) -> None:
    place = make_bank("cloze")
    with open_bank(place) as bank:
        bank.run("update items set stem = cast(x'ff41' as text)")
    done = run_here(place, "items")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "restore" in done.stderr

"""A build by a cluster: a real scheduler and workers on loopback, each a process that can be killed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, NamedTuple

import pytest

import studytool
from studytool import cluster, exports, pipeline
from studytool.errors import StudyError, WorkFailed
from studytool.exports import Deck
from studytool.model import BuildReport, ItemFilter
from studytool.scheduler import MISSING, Patience, connected
from studytool.store import items
from studytool.store.bank import Bank
from studytool.store.opening import open_bank

SHORT = Patience(connect=10, workers=1)
PAPERS = 9  # small documents, more than are under way at a time
# Ends a worker by SIGKILL when it is to make 2.txt, as a file would that takes all memory.
FATAL = """
import os, pickle, signal
from distributed import WorkerPlugin

class Fatal(WorkerPlugin):
    def setup(self, worker):
        self.tasks = worker.state.tasks

    def transition(self, key, start, finish, **_):
        if finish == "executing" and b"/2.txt" in pickle.dumps(self.tasks[key].run_spec):
            os.kill(os.getpid(), signal.SIGKILL)

async def dask_setup(worker):
    await worker.plugin_add(Fatal())
"""


class Ran(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


class Cluster(NamedTuple):
    address: str
    scheduler: subprocess.Popen[str]
    workers: list[subprocess.Popen[str]]


Start = Callable[..., Cluster]


def run_dask(module: str, *words: str, environment: dict[str, str], place: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", f"distributed.cli.{module}", *words, "--no-dashboard"]
    return subprocess.Popen(
        command,
        cwd=place,
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        encoding="utf-8",
    )


def said(stream: IO[str] | None, pattern: str) -> str:
    """What a process says of itself, as soon as it says it."""
    assert stream
    for line in stream:
        if found := re.search(pattern, line):
            return found[1]
    raise AssertionError(f"no {pattern}")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a scheduler and workers; nothing started is left running."""
    started: list[subprocess.Popen[str]] = []

    def starting(workers: int, *options: str, **environment: str) -> Cluster:
        surroundings = {
            **os.environ,
            "DASK_TEMPORARY_DIRECTORY": str(tmp_path),
            **environment,
        }
        words = ("--host", "127.0.0.1", "--port", "0")
        started.append(run_dask("dask_scheduler", *words, environment=surroundings, place=tmp_path))
        address = said(started[0].stderr, r"Scheduler at:\s+(tcp://\S+)")
        words = (address, "--nthreads", "1", "--no-nanny", *options)
        started.extend(
            run_dask("dask_worker", *words, environment=surroundings, place=tmp_path) for _ in range(workers)
        )
        for worker in started[1:]:
            said(worker.stderr, r"(Registered to)")
        return Cluster(address, started[0], started[1:])

    yield starting
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def papers(tmp_path: Path, seeds: Path) -> Path:
    """Small documents of different kinds, one of which cannot be read, and a sheet of ours, which is none."""
    folder = tmp_path / "papers"
    folder.mkdir()
    text = (seeds / "002_981a720ff13f0452.txt").read_text(encoding="utf-8")
    size = len(text) // PAPERS
    for number in range(PAPERS):
        part = text[number * size : (number + 1) * size]
        (folder / f"{number}.txt").write_text(part, encoding="utf-8")
    (folder / "5.docx").write_bytes(b"PK\x03\x04 no Word file")
    sheet = f'<meta name="generator" content="studytool"><p>{text[:1000]}</p>'
    (folder / "7.html").write_text(sheet, encoding="utf-8")
    with zipfile.ZipFile(folder / "6.zip", "w") as archive:
        archive.writestr("里面.txt", text[:1000])
    return folder


def built(
    bank: Bank, folder: Path, make: pipeline.Maker, after: Callable[[int], None] = lambda _: None
) -> BuildReport:
    at = datetime.fromisoformat("2026-03-02T12:00:00+00:00")
    found = pipeline.discover([str(folder)])
    return pipeline.build_by(make, bank, found, at, lambda done, _total, _name: after(done))


def killing(process: subprocess.Popen[str]) -> Callable[[int], None]:
    """Kills it when two documents are kept and more are under way."""
    return lambda done: process.kill() if done == 2 else None


def exported(bank: Bank) -> bytes:
    files = exports.export("jsonl", Deck("全部", items.select(bank, ItemFilter())))
    return files.data


def test_a_worker_killed_in_the_middle_changes_no_byte(start: Start, papers: Path, bank: Bank) -> None:
    running = start(2)
    report = built(bank, papers, cluster.on(running.address), killing(running.workers[0]))
    with open_bank(":memory:") as alone:
        assert report == built(alone, papers, pipeline.on_cores(1))
        assert report.items > 20
        assert exported(bank) == exported(alone)
    assert running.workers[0].wait() == -signal.SIGKILL
    assert running.workers[1].poll() is None


def test_a_document_that_kills_its_worker_is_skipped(
    start: Start, papers: Path, bank: Bank, tmp_path: Path
) -> None:
    (tmp_path / "fatal.py").write_text(FATAL, encoding="utf-8")
    at_once = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    running = start(3, "--preload", str(tmp_path / "fatal.py"), **at_once)
    report = built(bank, papers, cluster.on(running.address))
    skipped = {Path(path).name: reason for path, reason in report.skipped}
    assert set(skipped) == {"2.txt", "5.docx", "7.html"}
    assert skipped["2.txt"] == cluster.KILLED
    assert report.documents == PAPERS


def test_a_build_that_loses_all_workers_says_so_and_goes_on_where_it_was(
    start: Start, papers: Path, bank: Bank
) -> None:
    running = start(1)
    by_cluster = cluster.on(running.address, SHORT)
    with pytest.raises(WorkFailed, match="重新启动 dask worker"):
        built(bank, papers, by_cluster, killing(running.workers[0]))
    with pytest.raises(StudyError, match="没有工作进程"):
        built(bank, papers, by_cluster)
    again: list[int] = []
    built(bank, papers, pipeline.on_cores(1), again.append)
    assert again[0] == 3


def test_ctrl_c_ends_the_build_and_frees_the_cluster_and_so_does_a_lost_scheduler(
    start: Start, papers: Path, seeds: Path, tmp_path: Path
) -> None:
    running = start(1)
    place = tmp_path / "bank.db"
    words = ("--db", str(place), "build", str(papers), str(seeds), "--cluster", running.address)
    building = subprocess.Popen(
        [sys.executable, "-m", "studytool", *words], stderr=subprocess.PIPE, encoding="utf-8"
    )
    said(building.stderr, r"(\[2/)")
    building.send_signal(signal.SIGINT)
    _, rest = building.communicate(timeout=30)
    assert [line for line in rest.splitlines() if not line.startswith("[")] == [
        "studytool: 已中断；此前完成的都已保存。"
    ]
    assert building.returncode == 130
    said(running.scheduler.stderr, r"(Close client connection)")
    by_cluster = cluster.on(running.address, SHORT)
    with open_bank(place) as bank:
        assert int(str(bank.value("select count(*) from documents"))) >= 2
        with pytest.raises(WorkFailed, match="调度器断开"):
            built(bank, seeds, by_cluster, lambda _: running.scheduler.kill())


def older_rules(place: Path) -> None:
    fonts = shutil.ignore_patterns("fonts", "__pycache__")
    shutil.copytree(Path(studytool.__file__).parent, place, ignore=fonts)
    with (place / "data" / "units.txt").open("a", encoding="utf-8") as units:
        units.write("# another version\n")


def no_cluster(place: Path) -> None:
    place.mkdir(parents=True)
    (place / "__init__.py").write_text("", encoding="utf-8")


@pytest.mark.parametrize("installed", [older_rules, no_cluster])
def test_workers_with_other_rules_are_refused(
    start: Start,
    papers: Path,
    tmp_path: Path,
    run_here: Callable[..., Ran],
    installed: Callable[[Path], None],
) -> None:
    installed(tmp_path / "other" / "studytool")
    running = start(1, PYTHONPATH=str(tmp_path / "other"))
    ran = run_here(tmp_path / "bank.db", "build", str(papers), "--cluster", running.address)
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert re.fullmatch("studytool: .*请在各节点安装相同版本的.*\n", ran.stderr)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nothing://here", "", "a b", "inproc://x"])
def test_an_address_without_a_scheduler_is_one_line(papers: Path, bank: Bank, address: str) -> None:
    with pytest.raises(StudyError, match="请检查地址") as error:
        built(bank, papers, cluster.on(address, Patience(connect=0.5)))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("scheme", ["tcp", "ws", "tls"])
def test_a_server_that_is_no_scheduler_is_one_line_and_no_wait_without_end(
    scheme: str,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"{scheme}://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(StudyError, match="请检查地址"), connected(address, Patience(connect=0.5)):
            pass


def test_without_the_extra_the_call_names_the_remedy(
    papers: Path, tmp_path: Path, run_here: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    ran = run_here(tmp_path / "bank.db", "build", str(papers), "--cluster", "tcp://127.0.0.1:1")
    assert ran == (2, "", f"studytool: {MISSING}\n")


def test_an_unchanged_rebuild_asks_no_cluster(papers: Path, bank: Bank) -> None:
    for unread in ("5.docx", "7.html"):
        (papers / unread).unlink()
    built(bank, papers, pipeline.on_cores(1))
    assert built(bank, papers, cluster.on("tcp://127.0.0.1:1")).new == 0


def test_a_build_without_a_cluster_loads_nothing_of_dask() -> None:
    code = "import sys, studytool.cluster; print({'dask', 'distributed'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "set()\n"

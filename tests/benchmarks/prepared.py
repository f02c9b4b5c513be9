"""What benchmarks stand on: processes that are timed, corpora and banks made once in a scratch folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import corpus
import pexpect

from studytool import schedule
from studytool.model import Item, ItemFilter, Mark, Rating, Review
from studytool.store import items, study
from studytool.store.bank import Bank
from studytool.store.opening import open_bank

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def run(*words: str | Path) -> float:
    """Seconds that a Python process takes."""
    command = [sys.executable, *map(str, words)]
    return seconds(lambda: subprocess.run(command, capture_output=True, check=True))


def corpus_of(scratch: Path, name: str, files: int, size: int) -> Path:
    folder = scratch / name
    if not folder.exists():
        corpus.write(folder, files, size)
    return folder


@contextmanager
def fresh(scratch: Path) -> Iterator[Path]:
    """The place of a bank that is not there yet."""
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        yield Path(folder, "bank.db")


def seeds_bank(scratch: Path) -> Path:
    """A bank of the seeds, made in a process of its own: what a build leaves in memory slows what follows."""
    place = scratch / "seeds.db"
    if not place.exists():
        run("-m", "studytool", "--db", place, "build", corpus.SEEDS, "--json")
    return place


@cache
def _some(scratch: Path) -> tuple[Item, ...]:
    with open_bank(seeds_bank(scratch)) as bank:
        return items.select(bank, ItemFilter())


def many(scratch: Path, size: int) -> tuple[Item, ...]:
    """As many different items as asked for: those of the seeds, again and again under other ids."""
    found = _some(scratch)
    return tuple(
        replace(
            found[n % len(found)], id=f"{n:016x}", family=f"{n}", stem=f"{found[n % len(found)].stem}（{n}）"
        )
        for n in range(size)
    )


def until_asked(place: Path) -> float:
    """Seconds from starting `studytool quiz` in a terminal until the question stands there."""
    environment = {**os.environ, "STUDYTOOL_DB": str(place), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    started = time.perf_counter()
    child = pexpect.spawn(
        sys.executable, ["-m", "studytool", "quiz"], env=environment, encoding="utf-8", timeout=60
    )
    child.expect("q 结束")
    taken = time.perf_counter() - started
    child.send("\x03")
    child.expect(pexpect.EOF)
    return taken


def answer(bank: Bank, item_id: str, at: datetime) -> None:
    """An answer scheduled and committed, as a quiz does it."""
    memory = study.memory_of(bank, study.DEFAULT_LEARNER, item_id)
    after = schedule.review(memory, Rating.GOOD, at)
    review = Review(item_id, study.DEFAULT_LEARNER, at, ("天津",), Mark.RIGHT, Rating.GOOD, 5.0)
    study.record(bank, review, after)

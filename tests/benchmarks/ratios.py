"""What is measured: each benchmark gives seconds of ours, and of what it is held against in the same run."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import timedelta
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

import corpus
import genanki
from prepared import NOON, answer, corpus_of, fresh, many, run, seconds, seeds_bank, until_asked

from studytool import exports
from studytool.exports import Deck, anki_models, anki_notes, sheet
from studytool.exports.sheet import pdf
from studytool.exports.sheet.key import PROOFS, key_pages
from studytool.exports.sheet.pages import paper
from studytool.exports.sheet.paper import Wishes
from studytool.exports.sheet.versions import versions
from studytool.model import Item, ItemFilter
from studytool.store import items, study
from studytool.store.opening import open_bank

JIEBA = (
    "import jieba, pathlib, sys\n"
    "for file in sorted(pathlib.Path(sys.argv[1]).iterdir()):\n"
    "    for _ in jieba.cut(file.read_text(encoding='utf-8')): pass\n"
)
ROW = "insert into answers values ('我', '0123456789abcdef', '2026-03-02T12:00:00', '[\"天津\"]')"
ANSWERS, NOTES, QUESTIONS = 200, 10_000, 200
SEEDS = count(1)


class Pair(NamedTuple):
    """Seconds of ours, and of what it is held against."""

    ours: float
    theirs: float


class Benchmark(NamedTuple):
    """A ratio, the most it may be, and how often it is taken (the median counts)."""

    name: str
    goal: float
    measure: Callable[[Path], Pair]
    times: int = 5


def _build(place: Path, folder: Path) -> float:
    return run("-m", "studytool", "--db", place, "build", folder, "--json")


def whole_build(scratch: Path) -> Pair:
    """A megabyte in fifty files, from an empty bank, against `jieba.cut` alone over the same text."""
    folder = corpus_of(scratch, "megabyte", 50, 20_000)
    run("-c", "import jieba; jieba.initialize()")  # its cache of the dictionary
    with fresh(scratch) as place:
        return Pair(_build(place, folder), run("-c", JIEBA, folder))


@cache
def _archive(scratch: Path) -> tuple[Path, Path, float]:
    """A thousand files of the size most seeds have, their bank, and the seconds it took to build.

    At a megabyte the goals of both benchmarks would lie below what Python takes to load typer and rich."""
    folder, place = corpus_of(scratch, "thousand", 1000, 20_000), scratch / "thousand.db"
    return folder, place, _build(place, folder)


def unchanged(scratch: Path) -> Pair:
    """The same again, when nothing has changed, against the build."""
    folder, place, built = _archive(scratch)
    return Pair(_build(place, folder), built)


def one_in_a_thousand(scratch: Path) -> Pair:
    """One changed file among a thousand, against the build of all."""
    folder, place, built = _archive(scratch)
    changed = folder / "000500.txt"
    before = changed.read_bytes()
    changed.write_text(corpus.text(1500, 20_000), encoding="utf-8")
    again = _build(place, folder)
    changed.write_bytes(before)
    _build(place, folder)
    return Pair(again, built)


def bare() -> float:
    """Python with the two libraries every command line of this kind stands on."""
    return run("-c", "import typer, rich")


def shown_help(_scratch: Path) -> Pair:
    """`studytool --help` against bare Python with typer and rich imported."""
    return Pair(run("-m", "studytool", "--help"), bare())


def first_question(scratch: Path) -> Pair:
    """From the command to the question on the terminal, against the same."""
    return Pair(until_asked(seeds_bank(scratch)), bare())


def anki_export(scratch: Path) -> Pair:
    """Ten thousand notes, against the same notes written with genanki directly."""
    deck = Deck("学习", many(scratch, NOTES))
    ours = seconds(lambda: exports.export("anki", deck))
    ready = [(anki_notes.deck_name(i, deck), i, anki_notes.fields(i, deck)) for i in deck.items]
    return Pair(ours, seconds(lambda: _with_genanki(scratch / "theirs.apkg", ready)))


def _with_genanki(path: Path, ready: list[tuple[str, Item, list[str]]]) -> None:
    decks: dict[str, genanki.Deck] = {}
    for name, item, fields in ready:
        deck = decks.setdefault(name, genanki.Deck(len(decks) + 1, name))
        deck.add_note(genanki.Note(model=anki_models.model(item.kind), fields=fields, guid=item.id))
    genanki.Package(list(decks.values())).write_to_file(str(path))


def printed_sheet(scratch: Path) -> Pair:
    """A sheet of two hundred questions from the items, against typst on the finished markup."""
    found = many(scratch, 4000)
    # Two draws, and never one twice: typst remembers what it has set.
    one, other = next(SEEDS), next(SEEDS)
    ours = seconds(lambda: sheet.files(sheet.plan(found, Wishes(count=QUESTIONS, seed=one)), "试卷.pdf"))
    made = versions(sheet.plan(found, Wishes(count=QUESTIONS, seed=other)))
    pages = {
        "title": "试卷",
        "papers": [asdict(paper(version)) for version in made],
        "key": asdict(key_pages(made)) | {"proofs": PROOFS},
    }
    inputs = {"pages": json.dumps(pages, ensure_ascii=False)}
    compiler = pdf._compiler("sheet.typ")
    return Pair(ours, seconds(lambda: compiler.compile(format="pdf", sys_inputs=inputs)))


def recorded_answer(scratch: Path) -> Pair:
    """An answer scheduled and committed, against one bare commit of SQLite with the same care.

    In turn, one and one: what a commit takes, the disk decides, and it changes its mind by the second."""
    ours, theirs = 0.0, 0.0
    with open_bank(seeds_bank(scratch)) as bank, closing(_bare_bank(scratch / "bare.db")) as bare_bank:
        for n, item in enumerate(items.select(bank, ItemFilter(), ANSWERS)):
            ours += seconds(partial(answer, bank, item.id, NOON + timedelta(seconds=n)))
            theirs += seconds(partial(bare_bank.execute, ROW))
        while study.undo(bank, study.DEFAULT_LEARNER):
            pass
    return Pair(ours / ANSWERS, theirs / ANSWERS)


def _bare_bank(place: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(place, isolation_level=None)
    conn.execute("pragma journal_mode = wal")
    conn.execute("pragma synchronous = full")
    conn.execute("create table if not exists answers (learner, item, at, given)")
    return conn


def two_cores(scratch: Path) -> Pair:
    """`--jobs 2` against half of what `--jobs 1` takes, times 2/1.7: at most 1 where two give 1.7."""
    folder = corpus_of(scratch, "megabyte", 50, 20_000)
    with fresh(scratch) as one, fresh(scratch) as two:
        alone = run("-m", "studytool", "--db", one, "build", folder, "--json", "--jobs", "1")
        both = run("-m", "studytool", "--db", two, "build", folder, "--json", "--jobs", "2")
        return Pair(both, alone)


def memory(scratch: Path) -> Pair:
    """The most memory at ten times the corpus, against that at one (megabytes, in one process)."""
    small = corpus_of(scratch, "small", 75, 20_000)
    large = corpus_of(scratch, "large", 750, 20_000)
    return Pair(_peak(scratch, large), _peak(scratch, small))


def _peak(scratch: Path, folder: Path) -> float:
    code = (
        "import resource, sys\n"
        "from studytool.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "sys.stderr.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))"
    )
    with fresh(scratch) as place:
        command = [sys.executable, "-c", code, "--db", place, "build", folder, "--json", "--jobs", "1"]
        done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    return int(done.stderr.split()[-1]) / 1024


ANSWERING = """
import sys, time
from datetime import datetime, timedelta, timezone
from studytool.model import ItemFilter, Mark, Memory, Rating, Review
from studytool.store import items, study
from studytool.store.opening import open_bank
start, longest = datetime(2026, 3, 2, tzinfo=timezone.utc), 0.0
with open_bank(sys.argv[1]) as bank:
    for n, item in enumerate(items.select(bank, ItemFilter(), 100)):
        at = start + timedelta(minutes=n)
        review = Review(item.id, sys.argv[2], at, ("x",), Mark.RIGHT, Rating.GOOD, 1.0)
        begun = time.perf_counter()
        study.record(bank, review, Memory(2, None, 2.0, 5.0, at, at))
        longest = max(longest, time.perf_counter() - begun)
    if len(study.reviews(bank, sys.argv[2])) != 100:
        sys.exit("answers are missing")
print(longest)
"""


def several_at_once(scratch: Path) -> Pair:
    """The longest that one of eight who answer, while a build goes on, waits for an answer to be kept, in
    seconds, against one."""
    with fresh(scratch) as place:
        shutil.copy(seeds_bank(scratch), place)
        folder = corpus_of(scratch, "few", 10, 20_000)
        words = [sys.executable, "-m", "studytool", "--db", place, "build", folder, "--json"]
        building = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        started = [
            subprocess.Popen(
                [sys.executable, "-c", ANSWERING, place, f"学员{n}"], stdout=subprocess.PIPE, encoding="utf-8"
            )
            for n in range(8)
        ]
        waits = [float(process.communicate()[0]) for process in started]
        if building.wait():
            raise RuntimeError("the build failed")
    return Pair(max(waits), 1.0)


BENCHMARKS = (
    Benchmark("build", 1.0, whole_build, 3),
    Benchmark("unchanged", 0.03, unchanged, 3),
    Benchmark("one-in-a-thousand", 0.02, one_in_a_thousand, 3),
    Benchmark("two-cores", 1 / 1.7, two_cores, 3),
    Benchmark("memory", 1.5, memory, 1),
    Benchmark("several", 1.0, several_at_once, 3),
    Benchmark("help", 1.5, shown_help, 15),
    Benchmark("first-question", 2.5, first_question, 9),
    Benchmark("anki", 1.3, anki_export),
    Benchmark("sheet", 1.5, printed_sheet),
    Benchmark("answer", 3.0, recorded_answer),
)

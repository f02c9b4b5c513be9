"""Kills every kind of work at random moments: `python tests/benchmarks/kill.py [ROUNDS]`.

Each round copies a prepared folder, starts the work in a process of its own, kills it (SIGKILL) somewhere
between its beginning and its end, and then asks: does the bank open and is it sound, is all there that had
been acknowledged, is anything there by half, and does doing it again end as if nothing had happened?
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import corpus

from studytool import pipeline, schedule
from studytool.cli import main
from studytool.model import Item, ItemFilter, Mark, Rating, Review
from studytool.store import backups, doctor, edits, items, sittings, study
from studytool.store.copies import backups_of
from studytool.store.edits import Action, Edit
from studytool.store.opening import open_bank

ROUNDS = 25  # of each kind of work
PAGE = 4096  # bytes of a bank's pages
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ACKNOWLEDGED = "acknowledged.txt"
LEARNER = study.DEFAULT_LEARNER
REVIEWER = "审题人"
# All that counts in a bank, whatever the numbers of its rows and the moment it was written.
STATE = (
    "select path, stamp, item_count, imported from documents order by path",
    "select d.path, a.position, a.title, a.paragraphs from articles a"
    " join documents d on d.id = a.document_id order by 1, 2",
    "select id, stem, key, accepted, options, status from items order by id",
    "select o.item_id, d.path, o.evidence, o.ranges from origins o"
    " join documents d on d.id = o.document_id order by 1, 2",
    "select item_id, reviewed_at, mark from reviews order by id",
    "select item_id, state, stability, due_at from memories order by item_id",
    "select item_id, action, fields, undone_at is null from edits order by id",
    "select item_id, fields, status, generated, seen, successor_id from overlays order by item_id",
    "select item_id, review_id is not null from paper_items order by paper_id, item_id",
    "select title, minutes, pass_percent, result from papers order by id",
    "select item_id, part, text from variants order by 1, 2, 3",
    "select item_id, learner, reason, closed_at is null from flags order by id",
    "select item_id, measure, contested from measures order by 1, 2",
)
ITEMS, EDITS, OVERLAYS, ASKED = 2, 6, 7, 8
State = tuple[tuple[tuple[object, ...], ...], ...]


class Broken(Exception):
    """What should have been kept was not."""


class Work(NamedTuple):
    """What is done in a folder, and what must hold there after it was killed: `check(folder, before, after)`
    is given the state of the bank without the work and with all of it."""

    name: str
    do: Callable[[Path], None]
    check: Callable[[Path, State, State], None]
    again: bool = True  # doing it again ends in `after`
    changes: bool = True  # `after` is another state than `before`


def state(place: Path) -> State:
    """What is in a bank, which must be sound."""
    with open_bank(place) as bank:
        if damage := doctor.examine(bank, repair=False):
            raise Broken(f"damage: {damage}")
        return tuple(tuple(tuple(row) for row in bank.rows(query)) for query in STATE)


def cli(*words: str) -> Callable[[Path], None]:
    """A command line, run in the folder."""

    def do(folder: Path) -> None:
        os.chdir(folder)
        sys.argv = ["studytool", "--db", "bank.db", *words]
        main()

    return do


def answer(folder: Path) -> None:
    """Answer items, and note each that the bank has acknowledged."""
    with open_bank(folder / "bank.db") as bank, (folder / ACKNOWLEDGED).open("a") as noted:
        for n, item in enumerate(items.select(bank, ItemFilter(), 40)):
            at = NOON + timedelta(minutes=n)
            after = schedule.review(study.memory_of(bank, LEARNER, item.id), Rating.GOOD, at)
            study.record(bank, Review(item.id, LEARNER, at, ("x",), Mark.RIGHT, Rating.GOOD, 1.0), after)
            noted.write(f"{item.id}\n")
            noted.flush()


def sit(folder: Path) -> None:
    """Answer the questions of a paper, and note each that the bank has acknowledged."""
    with open_bank(folder / "bank.db") as bank, (folder / ACKNOWLEDGED).open("a") as noted:
        asked = tuple((item.id, 1.0) for item in items.select(bank, ItemFilter(), 40))
        paper = sittings.begin_paper(bank, LEARNER, sittings.Terms("卷", None, 60.0, asked), NOON)
        for n, (item_id, _) in enumerate(asked):
            at = NOON + timedelta(minutes=n)
            given = Review(item_id, LEARNER, at, ("x",), Mark.RIGHT, Rating.GOOD, 1.0, "exam")
            with bank.writing():
                sittings.answered(bank, paper.id, item_id, study.record(bank, given, None), 60.0 * n)
            noted.write(f"{item_id}\n")
            noted.flush()


def decide(folder: Path) -> None:
    """Edit, approve and retire items one by one, and note each decision that the bank has acknowledged."""
    with open_bank(folder / "bank.db") as bank, (folder / ACKNOWLEDGED).open("a") as noted:
        for n, item in enumerate(items.select(bank, ItemFilter(), 40)):
            edits.apply(bank, (_edit(item, n),), NOON + timedelta(minutes=n))
            noted.write(f"{item.id}\n")
            noted.flush()


def _edit(item: Item, number: int) -> Edit:
    action = (Action.EDIT, Action.APPROVE, Action.RETIRE)[number % 3]
    fields = {"stem": f"请回答：{item.stem}"} if action is Action.EDIT else {}
    return Edit(item.id, REVIEWER, action, fields)


def correct(folder: Path) -> None:
    """Give an article another title, which is written beside its source and taken into the bank."""
    with open_bank(folder / "bank.db") as bank:
        found = bank.value("select id from articles where title <> '改正的标题' order by id limit 1")
    cli("articles", "edit", str(found), "--title", "改正的标题")(folder)


def save(folder: Path) -> None:
    """Lose a page of an index, and have the bank saved."""
    with open_bank(folder / "bank.db") as bank:
        page = int(str(bank.value("select rootpage from sqlite_master where name = 'items_order'")))
        bank.run("pragma wal_checkpoint(truncate)")
    with (folder / "bank.db").open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(bytes(PAGE))
    cli("doctor", "--repair")(folder)


def can_be_saved(folder: Path, before: State, _after: State) -> None:
    run(cli("doctor", "--repair"), folder)
    is_before_or_after(folder, before, before)


def is_whole_by_document(folder: Path, before: State, after: State) -> None:
    """Every document in the bank is there with all that belongs to it, and those before it stayed."""
    now = state(folder / "bank.db")
    present = {row[0] for row in now[0]}
    if not {row[0] for row in before[0]} <= present:
        raise Broken("a document is gone")
    for table, column in ((0, 0), (1, 0), (3, 1)):
        for path in present:
            kept = [row for row in now[table] if row[column] == path]
            if kept not in [[r for r in known[table] if r[column] == path] for known in (before, after)]:
                raise Broken(f"{path} is there by half")
    if now[EDITS] != before[EDITS] or now[OVERLAYS] != before[OVERLAYS]:
        raise Broken("an edit is gone")


def is_before_or_after(folder: Path, before: State, after: State) -> None:
    if state(folder / "bank.db") not in (before, after):
        raise Broken("the bank is neither as before nor as after")


def acknowledged(folder: Path) -> list[str]:
    """The items of which the bank had said that they are kept."""
    place = folder / ACKNOWLEDGED
    return place.read_text().split() if place.exists() else []


def check_answers(now: State, said: list[str]) -> set[object]:
    """The items answered in the bank: those acknowledged, and one more at most."""
    kept = [row[0] for row in now[4]]
    if not set(said) <= set(kept) or len(kept) > len(said) + 1:
        raise Broken(f"{len(said)} answers acknowledged, {len(kept)} kept")
    return set(kept)


def has_all_acknowledged(folder: Path, _before: State, _after: State) -> None:
    now = state(folder / "bank.db")
    kept = check_answers(now, acknowledged(folder))
    if kept != {row[0] for row in now[5]}:
        raise Broken("an answer without its memory")


def has_all_on_paper(folder: Path, _before: State, _after: State) -> None:
    now = state(folder / "bank.db")
    kept = check_answers(now, acknowledged(folder))
    if kept != {item_id for item_id, is_answered in now[ASKED] if is_answered}:
        raise Broken("an answer without its place on the paper")


def has_all_decided(folder: Path, before: State, after: State) -> None:
    now = state(folder / "bank.db")
    said = acknowledged(folder)
    kept = [row[0] for row in now[EDITS][len(before[EDITS]) :]]
    if kept[: len(said)] != said or len(kept) > len(said) + 1:
        raise Broken(f"{len(said)} decisions acknowledged, {len(kept)} kept")
    for table in (ITEMS, OVERLAYS):
        without, done = ({row[0]: row for row in known[table]} for known in (before, after))
        wanted = {**without, **{item_id: done[item_id] for item_id in kept}}
        if {row[0]: row for row in now[table]} != wanted:
            raise Broken("a decision is carried out by half")


def has_whole_note(folder: Path, before: State, after: State) -> None:
    is_before_or_after(folder, before, after)
    place = folder / "documents" / "sources.toml"
    if place.exists() and not tomllib.loads(place.read_text(encoding="utf-8")):
        raise Broken("half a sources.toml")


def has_whole_output(folder: Path, before: State, _after: State) -> None:
    is_before_or_after(folder, before, before)
    out, whole = folder / "out.apkg", folder / "whole.apkg"
    if out.exists() and out.read_bytes() != whole.read_bytes():
        raise Broken("half an output")


def has_sound_copies(folder: Path, before: State, _after: State) -> None:
    is_before_or_after(folder, before, before)
    for copy in backups.listed(folder / "bank.db"):
        if state(copy.path) != before:
            raise Broken(f"{copy.path.name} is no whole copy")


WORKS = (
    Work("build", cli("build", "documents", "--jobs", "2", "--json"), is_whole_by_document),
    Work("quiz", answer, has_all_acknowledged, again=False),
    Work("exam", sit, has_all_on_paper, again=False),
    Work("review", decide, has_all_decided, again=False),
    Work("approve", cli("review", "--approve-all", "--yes"), is_before_or_after),
    Work("undo", cli("review", "--undo", "--reviewer", REVIEWER), is_before_or_after),
    Work("correct", correct, has_whole_note, again=False),
    Work("rebuild", cli("build", "documents", "--jobs", "2", "--json"), is_whole_by_document),
    Work("import", cli("import", "more.jsonl", "--yes"), is_before_or_after),
    Work("export", cli("export", "anki", "-o", "out.apkg"), has_whole_output, changes=False),
    Work("restore", cli("restore", "copy.db"), is_before_or_after),
    Work(
        "migration", lambda folder: open_bank(folder / "bank.db").close(), is_before_or_after, changes=False
    ),
    Work("backup", cli("backup"), has_sound_copies, changes=False),
    Work("salvage", save, can_be_saved, changes=False),
)


def prepare(folder: Path) -> None:
    """A bank of two documents with edits, four more to build, questions to import, a copy to restore."""
    corpus.write(folder / "documents", 2, 4_000)
    with open_bank(folder / "bank.db") as bank:
        pipeline.build(bank, pipeline.discover([str(folder / "documents")]), NOON)
        chosen = items.select(bank, ItemFilter(), 9)
        edits.apply(bank, (_edit(item, number) for number, item in enumerate(chosen)), NOON)
        backups.make(bank, folder / "bank.db", NOON)
    for number in range(2, 6):
        (folder / "documents" / f"{number:06}.txt").write_text(corpus.text(number, 4_000), encoding="utf-8")
    for name, words in (
        ("whole.apkg", ("export", "anki", "-o", "whole.apkg")),
        ("more.jsonl", ("export", "jsonl", "-o", "more.jsonl")),
    ):
        run(cli(*words), folder)
        if not (folder / name).exists():
            raise Broken(f"no {name}")
    _other_ids(folder / "more.jsonl")
    shutil.copy(backups.listed(folder / "bank.db")[0].path, folder / "copy.db")
    with open_bank(folder / "copy.db") as bank:
        bank.run("update items set status = 'approved'")
    shutil.rmtree(backups_of(folder / "bank.db"))


def _other_ids(place: Path) -> None:
    text = (
        place.read_text(encoding="utf-8")
        .replace('"stem": "', '"stem": "请回答：')
        .replace('"id": "', '"id": "f')
    )
    place.write_text(text, encoding="utf-8")


def _age(folder: Path) -> None:
    """Take the last change of the tables back, so that it has to be made again."""
    with open_bank(folder / "bank.db") as bank:
        bank.run("delete from _sqlite_migrations where name = 'm004_assumed_days'")
        bank.run("alter table documents drop column assumed_on")


def run(do: Callable[[Path], None], folder: Path, kill_after: float | None = None) -> float:
    """Do it in a process of its own, killed after so many seconds; how long it took."""
    started = time.monotonic()
    child = os.fork()
    if not child:
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
        try:
            do(folder)
        finally:
            os._exit(0)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return time.monotonic() - started


def survive(work: Work, model: Path, scratch: Path, drawn: random.Random, rounds: int) -> int:
    """Kill it so many times; how many went wrong."""
    folder = scratch / "round"  # the same each time, because documents are known by their paths
    _set_up(work, model, folder)
    before = state(folder / "bank.db")
    _set_up(work, model, folder)
    taken = run(work.do, folder)
    after = state(folder / "bank.db")
    if work.changes == (before == after):
        raise Broken(f"{work.name} did not do its work")
    failures = 0
    for number in range(rounds):
        _set_up(work, model, folder)
        moment = drawn.random() * taken
        run(work.do, folder, moment)
        try:
            work.check(folder, before, after)
            if work.again:
                run(work.do, folder)
                if state(folder / "bank.db") != after:
                    raise Broken("doing it again does not end in the same state")
        except Exception as problem:  # noqa: BLE001 - whatever it is, it is what is looked for
            failures += 1
            sys.stdout.write(f"{work.name}, round {number}, killed after {moment:.3f} s: {problem!r}\n")
    sys.stdout.write(f"{work.name:10} killed {rounds} times within {taken:.2f} s: {failures} went wrong\n")
    sys.stdout.flush()
    return failures


def _set_up(work: Work, model: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(model, folder)
    if work.name == "migration":
        _age(folder)
    if work.name == "rebuild":
        _outdate(folder)


def _outdate(folder: Path) -> None:
    """Let the documents in the bank, some of their items edited, be made by other rules than today's."""
    with open_bank(folder / "bank.db") as bank:
        bank.run("update documents set stamp = 'other rules'")


def everything() -> None:
    given = argparse.ArgumentParser(description="Kills every kind of work at random moments.")
    given.add_argument("rounds", type=int, nargs="?", default=ROUNDS, help="how often each is killed")
    rounds = given.parse_args().rounds
    drawn = random.Random(8)
    with tempfile.TemporaryDirectory() as place:
        scratch = Path(place)
        # Made where every round takes place, then moved aside.
        os.environ["STUDYTOOL_SETTINGS"] = str(scratch / "settings.toml")
        (scratch / "round").mkdir()
        prepare(scratch / "round")
        (scratch / "round").rename(scratch / "model")
        failures = sum(survive(work, scratch / "model", scratch, drawn, rounds) for work in WORKS)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    everything()

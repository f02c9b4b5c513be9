"""A restore loses nothing: not the bank as it was, not what a copy's log holds, no answer given meanwhile."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from studytool.errors import StudyError, WorkFailed
from studytool.model import Harvest, Item, ItemFilter, Mark, Memory, Rating, Review
from studytool.store import backups, documents, items, refusals, restoring, sittings, study
from studytool.store.opening import open_bank

Run = Callable[..., Any]
MakeBank = Callable[..., Path]
MakeItem = Callable[..., Item]
MakeHarvest = Callable[..., Harvest]


def ids(place: Path) -> list[str]:
    with open_bank(place) as bank:
        return [item.id for item in items.select(bank, ItemFilter())]


@pytest.mark.parametrize("damaged", [False, True])
def test_who_has_the_bank_open_when_it_is_restored_is_told_that_nothing_more_is_kept(
    tmp_path: Path, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime, damaged: bool
) -> None:
    place = tmp_path / "bank.db"
    review = Review("item1", "李华", noon, ("x",), Mark.WRONG, Rating.AGAIN, 1.0)
    with open_bank(place) as bank:
        documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
        made = backups.make(bank, place, noon)
        documents.keep(bank, make_harvest(make_item(1), make_item(2)), "s2", noon)
    with open_bank(place) as bank:
        assert study.record(bank, review, None) == 1
        paper = sittings.begin_paper(bank, "李华", sittings.Terms("卷", None, 60.0, (("item1", 1),)), noon)
        if damaged:
            place.write_bytes(b"damaged" * 1000)
        restoring.restore(made.path, place, noon)
        with pytest.raises(StudyError, match="没有保存"):
            study.record(bank, review, None)
        with pytest.raises(StudyError, match="没有保存"):
            sittings.finish_paper(bank, paper.id, [], noon)
        if not damaged:
            assert [item.id for item in items.select(bank, ItemFilter())] == ["item1"]
    with open_bank(place) as bank:
        assert not study.reviews(bank, "李华")
        assert study.record(bank, review, None) == 1


def test_a_restore_does_not_wait_for_ever_for_who_writes(
    make_bank: MakeBank, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make_bank("cloze")
    monkeypatch.setattr(refusals, "BUSY_SECONDS", 0.1)
    with open_bank(place) as bank:
        made = backups.make(bank, place, noon)
        with bank.writing(), pytest.raises(WorkFailed, match="占用"):
            restoring.restore(made.path, place, noon)


def test_a_restore_does_not_wait_for_ever_for_who_has_locked_a_bank_without_a_log(
    make_bank: MakeBank, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make_bank("cloze")
    with open_bank(place) as bank:
        made = backups.make(bank, place, noon)
        bank.run("pragma journal_mode = delete")
    monkeypatch.setattr(refusals, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(place, isolation_level=None)) as holder:
        holder.execute("begin exclusive")
        with pytest.raises(WorkFailed):
            restoring.restore(made.path, place, noon)


def test_an_answer_committed_into_the_log_of_a_copy_comes_back_with_it(
    make_bank: MakeBank, tmp_path: Path, noon: datetime
) -> None:
    copy, place = make_bank("cloze"), tmp_path / "other.db"
    with open_bank(copy) as bank:
        bank.run("pragma wal_autocheckpoint = 0")
        review = Review("cloze", "李华", noon, ("x",), Mark.WRONG, Rating.AGAIN, 1.0)
        study.record(bank, review, None)
        restoring.restore(copy, place, noon)
    with open_bank(place) as bank:
        assert len(study.reviews(bank, "李华")) == 1


def test_a_bank_that_has_become_an_empty_file_is_not_taken_for_a_new_one(
    make_bank: MakeBank, run_here: Run
) -> None:
    place = make_bank("cloze")
    assert run_here(place, "backup").returncode == 0
    place.write_bytes(b"")
    for words in (["stats"], ["doctor"], ["backup"]):
        done = run_here(place, *words)
        assert done.returncode == 2
        assert "restore" in done.stderr
    (copy,) = backups.listed(place)
    assert run_here(place, "restore", copy.path.name).returncode == 0
    assert ids(place) == ["cloze"]


def test_banks_that_differ_in_the_end_of_their_names_have_copies_of_their_own(
    make_bank: MakeBank, run_here: Run
) -> None:
    place = make_bank("cloze")
    for name in ("bank.sqlite", "题库[1].db"):
        other = place.with_name(name)
        other.write_bytes(place.read_bytes())
        assert run_here(other, "backup").returncode == 0
        assert len(backups.listed(other)) == 1
    assert backups.listed(place) == ()


def test_no_bank_takes_the_place_of_another_that_this_program_cannot_open(
    make_bank: MakeBank, tmp_path: Path, run_here: Run
) -> None:
    place, newer, foreign = make_bank("cloze"), tmp_path / "newer.db", tmp_path / "foreign.db"
    newer.write_bytes(place.read_bytes())
    with closing(sqlite3.connect(newer)) as conn:
        conn.execute("update _sqlite_migrations set name = 'm999_later' where name like 'm006%'")
        conn.commit()
    with closing(sqlite3.connect(foreign)) as conn:
        conn.execute("create table items(a)")
    wrong = {"t.db": "drop table reviews", "m.db": "delete from _sqlite_migrations"}
    wrong["d.db"] = "create trigger t after insert on reviews begin delete from reviews; end"
    for name, damage in wrong.items():
        (tmp_path / name).write_bytes(place.read_bytes())
        with closing(sqlite3.connect(tmp_path / name)) as conn:
            conn.execute(damage)
            conn.commit()
    half = ((tmp_path / name, "不是完好的备份") for name in wrong)
    for copy, said in ((newer, "更新版本"), (foreign, "不是题库的备份"), *half):
        done = run_here(place, "restore", str(copy))
        assert done.returncode == 2
        assert said in done.stderr
        assert ids(place) == ["cloze"]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("update reviews set studied_on = '2026-13-45'", ["stats"]),
        ("update reviews set seconds = 9e999", ["stats"]),
        ("update memories set due_at = '12:00'", ["stats"]),
        ("update memories set due_at = '2026-11-20 10:00:00'", ["cards"]),
        ("update items set changed_at = 'x'", ["export", "anki", "-o", "out.apkg"]),
        ("update articles set doubts = '[{}]'", ["check"]),
        ("drop table challenges", ["stats"]),
        ("drop table memories", ["doctor"]),
        ("drop table _sqlite_migrations", ["stats"]),
        ("alter table _sqlite_migrations rename column migration_set to other", ["stats"]),
    ],
)
def test_a_command_that_stumbles_over_a_damaged_bank_names_the_remedy(
    worked_on: Path, run_here: Run, damage: str, words: list[str]
) -> None:
    with closing(sqlite3.connect(worked_on)) as conn:
        conn.execute(damage)
        conn.commit()
    done = run_here(worked_on, *words)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert "doctor" in done.stderr or "restore" in done.stderr
    assert not Path("out.apkg").exists()


@pytest.fixture
def worked_on(make_bank: MakeBank, run_here: Run, noon: datetime) -> Path:
    """A bank with an answer, and with the copy of the day made."""
    place = make_bank("cloze", "single")
    assert run_here(place, "items").returncode == 0
    with open_bank(place) as bank:
        review = Review("cloze", study.DEFAULT_LEARNER, noon, ("x",), Mark.WRONG, Rating.AGAIN, 1.0)
        study.record(bank, review, Memory(2, None, 2.0, 5.0, noon, noon))
    return place


def test_what_is_acknowledged_while_a_copy_is_put_in_is_in_the_bank_or_in_its_copy(
    tmp_path: Path, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    place = tmp_path / "bank.db"
    with open_bank(place) as bank:
        documents.keep(bank, make_harvest(*map(make_item, range(1, 800))), "s1", noon)
        first = backups.make(bank, place, noon)
    kept = 0
    done = False

    def answer() -> None:
        nonlocal kept
        while not done:
            try:
                with open_bank(place) as bank:
                    for _ in range(20):
                        given = Review("item1", "李华", noon, (str(kept),), Mark.WRONG, Rating.AGAIN, 1.0)
                        study.record(bank, given, None)
                        kept += 1
            except StudyError:  # the bank it had is no more: it opens the one that is
                continue

    answering = Thread(target=answer)
    answering.start()
    try:
        for _ in range(5):
            restoring.restore(first.path, place, noon)
    finally:
        done = True
        answering.join()
    told = set[str]()
    for path in (place, *(one.path for one in backups.listed(place))):
        with closing(sqlite3.connect(path)) as conn:
            told.update(row[0] for row in conn.execute("select response from reviews"))
    assert kept > 20
    assert len(told) == kept


def test_a_log_that_was_left_while_nobody_might_write_the_bank_is_written_again(
    tmp_path: Path, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    place = tmp_path / "bank.db"
    held = open_bank(place)
    beside = [place.with_name(f"bank.db{tail}") for tail in ("-wal", "-shm")]
    for path in beside:
        path.chmod(0o400)
    with open_bank(place) as bank:
        documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
        assert [stat.S_IMODE(path.stat().st_mode) for path in beside] == [0o600, 0o600]
    held.close()

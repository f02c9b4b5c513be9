"""No copy of a bank is lost: not to another of the same second, to a wrong clock, or to a bank beside it."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytool.errors import StudyError
from studytool.model import Harvest, Item, Mark, Rating, Review
from studytool.store import backups, documents, restoring, study
from studytool.store.backups import Backup
from studytool.store.copies import backups_of
from studytool.store.opening import open_bank

MakeItem = Callable[..., Item]
MakeHarvest = Callable[..., Harvest]
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path, make_item: MakeItem, make_harvest: MakeHarvest) -> Path:
    """A bank on disk with one item."""
    place = tmp_path / "bank.db"
    with open_bank(place) as bank:
        documents.keep(bank, make_harvest(make_item(1)), "s1", NOON)
    return place


def answer(place: Path, times: int = 1) -> None:
    with open_bank(place) as bank:
        for _ in range(times):
            study.record(bank, Review("item1", "李华", NOON, ("x",), Mark.WRONG, Rating.AGAIN, 1.0), None)


def answers_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as conn:
        return int(conn.execute("select count(*) from reviews").fetchone()[0])


def made(place: Path, at: datetime = NOON) -> Backup:
    with open_bank(place) as bank:
        return backups.make(bank, place, at)


def test_two_copies_of_one_second_both_stay(place: Path) -> None:
    first = made(place)
    answer(place)
    second = made(place)
    assert [answers_in(first.path), answers_in(second.path)] == [0, 1]


def test_a_copy_right_after_a_restore_leaves_what_the_restore_has_put_aside(place: Path) -> None:
    before = made(place)
    answer(place, 3)
    aside = restoring.restore(before.path, place, NOON)
    made(place)
    assert aside
    assert answers_in(aside.path) == 3


@pytest.mark.parametrize("wrong", [timedelta(days=5000), timedelta(days=40), timedelta(days=-5000)])
def test_copies_by_a_wrong_clock_push_out_none_of_today(place: Path, wrong: timedelta) -> None:
    made(place, NOON + wrong)
    first = made(place, NOON - timedelta(minutes=2))
    answer(place)
    aside = restoring.restore(first.path, place, NOON)
    made(place, NOON + timedelta(seconds=1))
    assert aside in backups.listed(place)


def test_a_year_of_copies_and_a_clock_set_back_leave_what_is_made_now(place: Path) -> None:
    for day in range(400):
        path = backups_of(place) / f"bank-{NOON + timedelta(days=day):%Y%m%d-%H%M%S}.db"
        path.parent.mkdir(exist_ok=True)
        path.touch()
    long_ago = NOON - timedelta(days=3650)
    first = made(place, long_ago)
    second = made(place, long_ago + timedelta(minutes=1))
    assert {first, second} <= set(backups.listed(place))


def test_copies_are_of_their_own_bank_only(tmp_path: Path, place: Path) -> None:
    beside = tmp_path / "bank"
    with open_bank(beside):
        pass
    assert made(place).path.parent != made(beside).path.parent
    assert len(backups.listed(place)) == len(backups.listed(beside)) == 1


def test_a_file_whose_name_gives_no_day_of_this_world_is_no_copy(place: Path) -> None:
    made(place)
    for name in ("bank-99991231-235959.db", "bank-00010101-000000.db", "bank-20260230-120000.db"):
        (backups_of(place) / name).touch()
    assert len(backups.listed(place)) == 1


@pytest.mark.parametrize("damaged", [False, True])
def test_through_a_link_the_bank_itself_is_restored(tmp_path: Path, place: Path, damaged: bool) -> None:
    link = tmp_path / "里" / "my.db"
    link.parent.mkdir()
    link.symlink_to(place)
    before = made(link)
    answer(place)
    if damaged:
        place.write_bytes(b"damaged" * 1000)
    restoring.restore(before.path, link, NOON)
    assert link.is_symlink()
    assert answers_in(place) == 0


def test_a_bank_with_two_names_is_opened_by_neither(tmp_path: Path, place: Path) -> None:
    before = made(place)
    other = tmp_path / "另名.db"
    other.hardlink_to(place)
    for name in (place, other):
        with pytest.raises(StudyError, match="不止一个文件名"):
            open_bank(name)
        with pytest.raises(StudyError, match="不止一个文件名"):
            restoring.restore(before.path, name, NOON)
    other.unlink()
    assert answers_in(place) == 0


def test_a_copy_that_a_kill_left_with_both_its_names_can_be_opened(place: Path) -> None:
    copy = made(place).path
    unfinished = copy.with_name(f"{copy.name}.k3_x8q1a.new")
    unfinished.hardlink_to(copy)
    open_bank(copy).close()
    assert not unfinished.exists()


def test_what_a_killed_program_has_left_is_swept_a_day_later(place: Path) -> None:
    folder = backups_of(place)
    folder.mkdir()
    beside = [place.with_name(f"bank.db.k3_x8q1a.new{tail}") for tail in ("", "-wal", "-shm", "-journal")]
    left = [
        folder / "bank-20260301-120000.db.abcdefg1.new",
        folder / "bank-salvaged.abcdefg1.new-journal",
        *beside,
    ]
    others = [place.with_name(name) for name in ("other.new", "bank.db.old.newest", "bank.db.notes.new.md")]
    others.append(folder / "before.new-year.db")
    for path in (*left, *others):
        path.touch()
        os.utime(path, (NOON.timestamp() - 90_000,) * 2)
    young = place.with_name("bank.db.young.new")
    young.touch()
    os.utime(young, (NOON.timestamp() - 60,) * 2)
    made(place)
    assert not any(path.exists() for path in left)
    assert young.exists()
    assert all(path.exists() for path in others)


def test_nothing_that_was_being_made_is_left(place: Path) -> None:
    before = made(place)
    restoring.restore(before.path, place, NOON)
    files = [path.name for folder in (place.parent, backups_of(place)) for path in folder.iterdir()]
    assert not [name for name in files if ".new" in name]


def test_a_copy_is_for_its_owner_alone(place: Path) -> None:
    assert stat.S_IMODE(made(place).path.stat().st_mode) == 0o600


def test_each_bank_that_changes_its_tables_is_kept_as_it_was(place: Path) -> None:
    answer(place, 2)
    for _ in range(2):
        with open_bank(place) as bank:
            bank.run("delete from _sqlite_migrations where name = 'm006_measures'")
            bank.run("drop table measures")
        with open_bank(place):
            pass
        answer(place)
    assert [answers_in(path) for path in backups.before_changes(place)] == [3, 2]  # -2 stands before .db


def test_a_restore_of_a_copy_that_is_not_there_is_one_line(place: Path) -> None:
    with pytest.raises(StudyError, match="没有备份"):
        restoring.restore(backups_of(place) / "bank-20260302-120000.db", place, NOON)

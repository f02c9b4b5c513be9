"""A bank of which pages are damaged: what can still be read is put into a sound one, and nothing is lost."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from studytool.model import Mark, Memory, Rating, Review
from studytool.store import backups, study
from studytool.store.opening import open_bank

Run = Callable[..., Any]

SEEDS = Path(__file__).parent.parent / "seeds"
PAGE = 4096
TABLES = ("documents", "articles", "items", "origins", "measures", "memories", "reviews", "learners")
# Tables whose first page is damaged: a build makes them again; and those only people can fill.
MADE, PRECIOUS = ("documents", "articles", "items", "origins", "measures"), ("reviews", "learners")
INDEXES = ("items_order", "reviews_item", "memories_due", "sqlite_autoindex_items_1", "edits_batch")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "文献"
    place.mkdir()
    lines = [f"202{n}年，天津市新建改造老旧小区{n + 3}12个，新增就业{n + 4}5.{n}万人。" for n in range(5)]
    (place / "报告.txt").write_text("天津市政府工作报告\n\n" + "\n\n".join(lines), encoding="utf-8")
    return place


@pytest.fixture
def place(tmp_path: Path, folder: Path, run_here: Run, noon: datetime) -> Path:
    """A bank with two answers: one that its copy has too, and one since."""
    place = tmp_path / "bank.db"
    assert run_here(place, "build", str(folder)).returncode == 0
    for copy in backups.listed(place):
        copy.path.unlink()
    with open_bank(place) as bank:
        first, second = (str(row["id"]) for row in bank.rows("select id from items order by id limit 2"))
        study.record(bank, _answer(first, noon), Memory(2, None, 2.0, 5.0, noon, noon))
        backups.make(bank, place, noon)
        study.record(bank, _answer(second, noon), Memory(2, None, 2.0, 5.0, noon, noon))
        bank.run("pragma wal_checkpoint(truncate)")
    return place


def _answer(item_id: str, at: datetime) -> Review:
    return Review(item_id, study.DEFAULT_LEARNER, at, ("x",), Mark.WRONG, Rating.AGAIN, 1.0)


def contents(place: Path) -> dict[str, list[Any]]:
    """All rows of the tables, but for when and from what stamp a document was built."""
    with closing(sqlite3.connect(place)) as conn:
        found = {table: conn.execute(f"select * from {table} order by 1, 2").fetchall() for table in TABLES}
        found["documents"] = conn.execute("select path, item_count from documents").fetchall()
        found["items"] = conn.execute("select id, stem, key from items order by id").fetchall()
    return found


def damage(place: Path, name: str) -> None:
    """Fill the first page of a table or an index with zeros."""
    pages = bytearray(place.read_bytes())
    pages[first_page(place, name)] = bytes(PAGE)
    place.write_bytes(pages)


def first_page(place: Path, name: str) -> slice:
    """The bytes of the first page of a table or an index."""
    with closing(sqlite3.connect(place)) as conn:
        (page,) = conn.execute("select rootpage from sqlite_master where name = ?", (name,)).fetchone()
    return slice((page - 1) * PAGE, page * PAGE)


def page_within(place: Path, name: str) -> slice:
    """The bytes of a page in the midst of a table of several pages: one that the first names.

    Format: https://www.sqlite.org/fileformat2.html, 1.6."""
    first = place.read_bytes()[first_page(place, name)]
    assert first[0] == 5, "an interior page"
    cells = int.from_bytes(first[3:5], "big")
    at = int.from_bytes(first[12 + cells // 2 * 2 :][:2], "big")
    page = int.from_bytes(first[at : at + 4], "big")
    return slice((page - 1) * PAGE, page * PAGE)


def damage_within(place: Path, name: str) -> None:
    """Fill a page in the midst of a table of several pages with zeros."""
    pages = bytearray(place.read_bytes())
    pages[page_within(place, name)] = bytes(PAGE)
    place.write_bytes(pages)


@pytest.mark.parametrize("name", INDEXES)
def test_an_index_is_made_again_from_its_table(place: Path, run_here: Run, name: str) -> None:
    before = contents(place)
    damage(place, name)
    assert run_here(place, "doctor").returncode == 1
    assert run_here(place, "doctor", "--repair").returncode == 0
    assert contents(place) == before
    assert json.loads(run_here(place, "doctor", "--json").stdout) == []


@pytest.mark.parametrize("has_copy", [True, False])
@pytest.mark.parametrize("name", MADE)
def test_what_a_build_makes_is_there_again_after_the_next_and_every_answer_stays(
    place: Path, folder: Path, run_here: Run, name: str, has_copy: bool
) -> None:
    before = contents(place)
    if not has_copy:
        for copy in backups.listed(place):
            copy.path.unlink()
    damage(place, name)
    done = run_here(place, "doctor", "--repair")
    assert done.returncode == 0
    assert ("取自备份" if has_copy else "没有备份可取") in done.stderr + done.stdout
    assert run_here(place, "build", str(folder)).returncode == 0
    after = contents(place)
    for table in ("items", "documents", "memories", "reviews", "learners"):
        assert after[table] == before[table]
    assert run_here(place, "doctor").returncode == 0


@pytest.mark.parametrize("name", PRECIOUS)
def test_where_only_a_copy_has_what_people_did_the_bank_is_left_as_it_is(
    place: Path, run_here: Run, name: str
) -> None:
    damage(place, name)
    before = place.read_bytes()
    done = run_here(place, "doctor", "--repair")
    assert done.returncode == 1
    assert "restore" in done.stderr + done.stdout
    assert place.read_bytes() == before


def changed(place: Path, *statements: str) -> None:
    """Run statements no program of ours would run: tables lose their types, or go."""
    with closing(sqlite3.connect(place)) as conn:
        conn.execute("pragma writable_schema = on")
        for statement in statements:
            conn.execute(statement)
        conn.commit()


def without_copies(place: Path) -> None:
    for copy in backups.listed(place):
        copy.path.unlink()


def asked_again(place: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(place)) as conn:
        return conn.execute("select learner, item_id from memories order by item_id").fetchall()


@pytest.mark.parametrize("has_copy", [True, False])
@pytest.mark.parametrize("how", ["drop table memories", "damaged"])
def test_what_is_remembered_is_worked_out_from_the_answers(
    place: Path, run_here: Run, how: str, has_copy: bool
) -> None:
    before = asked_again(place)
    assert len(before) == 2
    if not has_copy:
        without_copies(place)
    damage(place, "memories") if how == "damaged" else changed(place, how)
    done = run_here(place, "doctor", "--repair")
    assert done.returncode == 0
    assert "记忆已按答题记录重新推算" in done.stderr + done.stdout
    assert asked_again(place) == before
    assert json.loads(run_here(place, "doctor", "--json").stdout) == []


@pytest.mark.parametrize("table", ["flags", "holds", "papers"])
def test_a_table_that_no_copy_has_is_there_again_and_empty(place: Path, run_here: Run, table: str) -> None:
    before = contents(place)
    without_copies(place)
    changed(place, f"drop table {table}")
    done = run_here(place, "doctor", "--repair")
    assert done.returncode == 0
    assert "没有备份可取，读出 0 行" in done.stderr + done.stdout
    assert contents(place) == before
    assert json.loads(run_here(place, "doctor", "--json").stdout) == []


def test_of_answers_that_no_copy_has_what_can_be_read_stays(
    place: Path, run_here: Run, noon: datetime
) -> None:
    with open_bank(place) as bank:
        (first,) = (str(row["id"]) for row in bank.rows("select id from items order by id limit 1"))
        for _ in range(300):
            study.record(bank, _answer(first, noon), Memory(2, None, 2.0, 5.0, noon, noon))
        bank.run("pragma wal_checkpoint(truncate)")
    without_copies(place)
    damage_within(place, "reviews")
    done = run_here(place, "doctor", "--repair")
    assert done.returncode == 0
    with closing(sqlite3.connect(place)) as conn:
        ((left,),) = conn.execute("select count(*) from reviews").fetchall()
    assert 302 > left > 302 * 0.8
    assert f"没有备份可取，读出 {left} 行" in done.stderr + done.stdout
    assert json.loads(run_here(place, "doctor", "--json").stdout) == []


def test_past_a_wrong_word_in_the_list_of_tables_every_row_is_read(place: Path, run_here: Run) -> None:
    before = contents(place)
    without_copies(place)
    changed(
        place, "update sqlite_master set sql = replace(sql, 'item_id', 'jtem_id') where name = 'flags_item'"
    )
    done = run_here(place, "doctor", "--repair")
    assert done.returncode == 0
    assert contents(place) == before
    assert json.loads(run_here(place, "doctor", "--json").stdout) == []


def test_what_sqlite_quotes_of_a_damaged_page_need_not_be_text(
    place: Path, run_here: Run, noon: datetime
) -> None:
    """SQLite's message names the index with the byte that is none, and Python cannot read it."""
    before = contents(place)
    sound = place.with_name("sound.db")
    with open_bank(place) as bank:
        sound.write_bytes(backups.make(bank, place, noon).path.read_bytes())
    without_copies(place)
    pages = bytearray(place.read_bytes())
    at = pages.index(b"due_at", pages.index(b"CREATE INDEX memories_due"))
    pages[at + 3] = 0x8B
    place.write_bytes(pages)
    damaged = place.with_name("damaged.db")
    damaged.write_bytes(pages)
    assert run_here(place, "doctor", "--repair").returncode == 0
    assert contents(place) == before
    assert json.loads(run_here(place, "doctor", "--json").stdout) == []
    place.write_bytes(pages)
    assert run_here(place, "restore", str(sound)).returncode == 0
    assert contents(place) == before
    refused = run_here(place, "restore", str(damaged))
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)


def test_pages_in_each_others_places_are_told_and_mended(place: Path, run_here: Run) -> None:
    """Rows stand twice then, under the numbers of others: no table can be written anew as it is."""
    assert run_here(place, "build", str(next(iter(sorted(SEEDS.iterdir()))))).returncode == 0
    changed(place, "pragma wal_checkpoint(truncate)")
    answers = contents(place)["reviews"]
    pages = bytearray(place.read_bytes())
    here, there = first_page(place, "articles"), page_within(place, "items")
    pages[here], pages[there] = pages[there], pages[here]
    place.write_bytes(pages)
    assert run_here(place, "doctor", "--repair").returncode == 0
    assert contents(place)["reviews"] == answers
    assert json.loads(run_here(place, "doctor", "--json").stdout) == []


def test_of_a_file_without_its_last_page_every_answer_is_read(place: Path, run_here: Run) -> None:
    before = contents(place)["reviews"]
    without_copies(place)
    changed(
        place, "create table other (a)", "insert into other values (zeroblob(400000))"
    )  # behind all of ours
    with place.open("r+b") as file:
        file.truncate(place.stat().st_size - PAGE)
    assert run_here(place, "doctor", "--repair").returncode == 0
    assert contents(place)["reviews"] == before
    assert json.loads(run_here(place, "doctor", "--json").stdout) == []


def test_where_no_answer_can_be_read_and_no_copy_has_them_nothing_is_touched(
    place: Path, run_here: Run
) -> None:
    without_copies(place)
    damage(place, "reviews")
    before = place.read_bytes()[PAGE:]
    done = run_here(place, "doctor", "--repair")
    assert done.returncode == 1
    assert "有的不能修复" in done.stderr + done.stdout
    assert place.read_bytes()[PAGE:] == before


def test_one_duration_that_is_none_costs_no_answer(place: Path, run_here: Run) -> None:
    changed(place, "update sqlite_master set sql = replace(sql, ') strict', ')') where name = 'reviews'")
    changed(place, "update reviews set seconds = '很久' where id = 1")
    changed(place, "update sqlite_master set sql = sql || ' strict' where name = 'reviews'")
    assert run_here(place, "doctor").returncode == 1
    assert run_here(place, "doctor", "--repair").returncode == 0
    with closing(sqlite3.connect(place)) as conn:
        assert conn.execute("select id, seconds from reviews").fetchall() == [(1, 0.0), (2, 1.0)]
    assert json.loads(run_here(place, "doctor", "--json").stdout) == []


def test_the_damaged_bank_is_kept_as_a_copy(place: Path, run_here: Run) -> None:
    damage(place, "items_order")
    before = place.read_bytes()
    run_here(place, "doctor", "--repair")
    kept = [copy.path.read_bytes()[PAGE:] for copy in backups.listed(place)]  # page 1: a copy has no log
    assert before[PAGE:] in kept
    assert not list(place.parent.rglob("*.new*"))

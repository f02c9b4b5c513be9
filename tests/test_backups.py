"""Copies of the bank are whole, thin out with age, and come back; damage is found, mended and then gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS

from studytool import schedule
from studytool.errors import StudyError
from studytool.model import Harvest, Item, ItemFilter, ItemKind, Mark, Memory, Rating, Review, Status
from studytool.store import (
    articles,
    asides,
    backups,
    doctor,
    documents,
    edits,
    items,
    learners,
    restoring,
    sittings,
    study,
    undoing,
)
from studytool.store.backups import Backup
from studytool.store.bank import Bank
from studytool.store.edits import Action, Edit
from studytool.store.opening import open_bank

MakeItem = Callable[..., Item]
MakeHarvest = Callable[..., Harvest]


@pytest.fixture
def place(tmp_path: Path, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime) -> Path:
    """A bank on disk with one answered item."""
    place = tmp_path / "bank.db"
    with open_bank(place) as bank:
        documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
        review = Review("item1", "李华", noon, ("x",), Mark.WRONG, Rating.AGAIN, 1.0)
        study.record(bank, review, Memory(2, None, 2.0, 5.0, noon, noon))
    return place


def count(place: Path) -> int:
    with open_bank(place) as bank:
        return len(items.select(bank, ItemFilter()))


def test_a_copy_brings_back_what_was_lost_and_the_restore_loses_nothing(place: Path, noon: datetime) -> None:
    with open_bank(place) as bank:
        made = backups.make(bank, place, noon)
        bank.run("delete from memories")
        bank.run("delete from reviews")
        bank.run("delete from items")
    assert count(place) == 0
    saved = restoring.restore(made.path, place, noon + timedelta(hours=1))
    assert count(place) == 1
    assert saved is not None
    assert count(saved.path) == 0


def test_a_damaged_bank_is_restored(place: Path, noon: datetime) -> None:
    with open_bank(place) as bank:
        made = backups.make(bank, place, noon)
    place.write_bytes(b"\x00" * 9000)
    with pytest.raises(StudyError):
        open_bank(place)
    restoring.restore(made.path, place, noon)
    assert count(place) == 1


@pytest.mark.parametrize("content", [None, b"", b"not a bank" * 1000])
def test_what_is_no_sound_copy_is_refused_and_the_bank_stays(
    place: Path, tmp_path: Path, noon: datetime, content: bytes | None
) -> None:
    copy = tmp_path / "copy.db"
    if content is not None:
        copy.write_bytes(content)
    with pytest.raises(StudyError, match="备份"):
        restoring.restore(copy, place, noon)
    assert count(place) == 1


def test_one_copy_a_day_is_due(place: Path, noon: datetime) -> None:
    assert backups.is_due(place, noon)
    with open_bank(place) as bank:
        backups.make(bank, place, noon)
    assert not backups.is_due(place, noon + timedelta(hours=5))
    assert backups.is_due(place, noon + timedelta(days=1))


def test_copies_thin_out_by_day_week_and_month() -> None:
    first = datetime(2026, 1, 1, 9, tzinfo=UTC)
    made = [Backup(first + timedelta(hours=12 * n), Path(f"{n}.db")) for n in range(400)]
    last = made[-1].made_at
    kept = sorted(set(made) - set(backups.surplus(made, last)), reverse=True)
    days = sorted({backup.made_at.date() for backup in kept}, reverse=True)
    assert days[:7] == [days[0] - timedelta(days=n) for n in range(7)]
    assert kept[:4] == sorted(made, reverse=True)[:4]  # of the last two days every copy
    assert len(kept) <= 4 + 7 + 5 + 12
    assert days[-1].month == 1
    assert backups.surplus(kept, last) == ()


def test_a_copy_made_by_a_clock_that_was_set_back_stays(place: Path, noon: datetime) -> None:
    with open_bank(place) as bank:
        for months in range(30):
            backups.make(bank, place, noon + timedelta(days=31 * months))
        made = backups.make(bank, place, noon - timedelta(days=3650))
    assert made in backups.listed(place)


def test_copies_of_one_day_do_not_push_each_other_out(place: Path, noon: datetime) -> None:
    with open_bank(place) as bank:
        first = backups.make(bank, place, noon)
        bank.run("delete from reviews")
        backups.make(bank, place, noon + timedelta(hours=1))
    assert first in backups.listed(place)


DAMAGES = (
    "update memories set stability = -1",
    "update memories set difficulty = 99",
    "update memories set due_at = 'soon'",
    "update memories set state = 7",
    "update memories set due_at = '2026-11-20 10:00:00'",
    "update memories set due_at = '2026-02-30T10:00:00.000000+00:00'",
    "update memories set due_at = '9999-12-31T10:00:00.000000+00:00'",
    "update memories set reviewed_at = 'x'",
    "update memories set stability = 9e999",
    "update memories set difficulty = null",
    "update memories set state = 3",
    "update memories set state = 1, step = -7",
    "update memories set due_at = '2199-12-31T10:00:00.000000+00:00'",
    "update reviews set mark = 'rihgt'",
    "update reviews set rating = 9",
    "update reviews set reviewed_at = 'soon'",
    "update reviews set reviewed_at = 'soon', studied_on = ''",
    "update reviews set studied_on = '2026-13-45'",
    "update reviews set studied_on = '0001-01-01'",
    "update reviews set seconds = 9e999",
    "update reviews set seconds = -1.0",
    "update items set score = 9e999",
    "update items set difficulty = -1.0",
    "update items set changed_at = 'x'",
    "update documents set assumed_on = 'zz'",
    "delete from learners",
    "delete from origins",
    "delete from items where id in (select item_id from reviews)",
    "drop index items_best",
    "delete from articles",
    "delete from memories",
    "create trigger zz after insert on reviews begin delete from reviews where id = new.id; end",
    "insert into overlays (item_id, fields, generated) values ('nothing', '{}', '{}')",
    "insert into measures values ('nothing', 1, 0)",
    "insert into parameters values ('nobody', '[1, 2]', 1, '')",
    "delete from items",
    "delete from documents",
    "insert into holds values ('李华', 'nothing', 'bury', null)",
    "insert into variants values ('nothing', 0, 'x', '李华', '')",
    "insert into handed_out values ('nothing', '')",
)


def test_what_a_text_no_longer_says_and_somebody_has_answered_is_no_damage(
    bank: Bank, make_item: Callable[..., Item], make_harvest: Callable[..., Harvest], noon: datetime
) -> None:
    kept, gone = make_item(1), make_item(2, article_id="a2")
    whole = make_harvest(kept, gone)
    second = replace(whole.articles[0], id="a2", title="另一篇")
    documents.keep(bank, replace(whole, articles=(*whole.articles, second)), "s1", noon)
    memory = Memory(2, None, 2.0, 5.0, noon, noon)
    study.record(bank, Review(gone.id, "我", noon, ("x",), Mark.WRONG, Rating.AGAIN, 1.0), memory)
    documents.keep(bank, make_harvest(kept), "s2", noon)
    assert doctor.examine(bank, repair=False) == ()


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_found_and_mended_and_a_second_look_finds_nothing(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime, damage: str
) -> None:
    documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
    review = Review("item1", "李华", noon, ("x",), Mark.WRONG, Rating.AGAIN, 1.0)
    study.record(bank, review, Memory(2, None, 2.0, 5.0, noon, noon))
    bank.run("pragma foreign_keys = off")
    bank.run(damage)
    assert doctor.examine(bank, repair=False)
    mended = doctor.examine(bank, repair=True)
    assert mended
    assert all(finding.repaired for finding in mended)
    assert doctor.examine(bank, repair=False) == ()


def test_an_index_that_is_another_one_of_the_same_name_is_made_anew(bank: Bank) -> None:
    wanted = bank.value("select sql from sqlite_master where name = 'reviews_item'")
    bank.run("drop index reviews_item")
    bank.run("create unique index reviews_item on reviews(seconds)")  # refuses what takes as long
    assert [finding.what for finding in doctor.examine(bank, repair=True)] == ["缺少索引"]
    assert bank.value("select sql from sqlite_master where name = 'reviews_item'") == wanted
    assert doctor.examine(bank, repair=False) == ()


LEARNING = Memory(2, None, 2.0, 5.0, datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 2, 27, tzinfo=UTC))


@pytest.mark.parametrize("impossible", ["stability = -1", "state = 3, step = null", "due_at = 'soon'"])
@pytest.mark.parametrize("before", [None, LEARNING])
def test_an_impossible_memory_is_what_the_last_answer_that_counts_has_left(
    bank: Bank,
    make_item: MakeItem,
    make_harvest: MakeHarvest,
    noon: datetime,
    before: Memory | None,
    impossible: str,
) -> None:
    settings = schedule.Settings(desired_retention=0.8)
    documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
    if before:
        study.record(bank, answered(noon, Rating.GOOD), before)
    left = schedule.review(before, Rating.HARD, noon, settings)
    study.record(bank, answered(noon, Rating.HARD), left)
    for mode in ("exam", "challenge"):
        study.record(bank, answered(noon + timedelta(days=1), Rating.AGAIN, mode), None)
    bank.run(f"update memories set {impossible}")
    (found,) = doctor.examine(bank, repair=True, settings=settings)
    assert (found.count, found.repaired) == (1, True)
    assert study.memory_of(bank, "李华", "item1") == left


def test_an_impossible_memory_without_any_answer_is_gone_and_the_item_new(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
    study.record(bank, answered(noon, Rating.GOOD), LEARNING)
    bank.run("delete from reviews")
    bank.run("update memories set stability = -1")
    assert [found.what for found in doctor.examine(bank, repair=True)] == [
        "记忆的数值不可能，也没有答题记录可以推算（从新题学起）"
    ]
    assert study.memory_of(bank, "李华", "item1") is None


def answered(at: datetime, rating: Rating, mode: str = "quiz") -> Review:
    return Review("item1", "李华", at, ("x",), Mark.RIGHT, rating, 1.0, mode)


ROT = (
    ("items", "key", '["天\x00'),
    ("items", "key", "{}"),
    ("items", "key", "[1]"),
    ("items", "accepted", '["天津"]'),
    ("items", "options", "null"),
    ("items", "tags", "["),
    ("items", "accepted", "[[]]"),
    ("items", "accepted", '[["天津"],["北京"]]'),
    ("items", "kind", "true_false"),
    ("items", "stem", "没有空的题干。"),
    ("items", "key", "[]"),
    ("items", "kind", "clpze"),
    ("items", "asks", "figurf"),
    ("items", "status", "dragt"),
    ("origins", "ranges", "[[0]]"),
    ("origins", "published_on", "2026-03-9x"),
    ("articles", "paragraphs", "[{]"),
    ("articles", "paragraphs", "[{}]"),
    ("articles", "joints", "[1]"),
    ("articles", "joints", '[{"before":"甲","after":"乙"}]'),
    ("articles", "joints", '[{"before":"甲","after":"乙","confidence":"x","made":true}]'),
    ("articles", "doubts", "[{}]"),
    ("articles", "doubts", ""),
    ("documents", "dropped", "[]"),
    ("reviews", "response", "x"),
    ("reviews", "before", '{"state":9}'),
    (
        "reviews",
        "before",
        '{"state":2,"stability":-1,"difficulty":5,"due_at":"2026-03-02T12:00:00.000000+00:00"}',
    ),
    ("edits", "fields", "{"),
    ("edits", "before", "x"),
    ("edits", "before", "{}"),
    ("overlays", "generated", "{}"),
    ("overlays", "fields", "["),
    ("overlays", "fields", '{"key":"["}'),
    ("overlays", "fields", '{"stem":5}'),
    ("overlays", "generated", "["),
    ("overlays", "seen", "["),
    ("overlays", "fields", '{"a":1}'),
    ("overlays", "status", "x"),
    ("edits", "before", '{"status":"zz"}'),
    ("parameters", "parameters", "[null]"),
    ("parameters", "parameters", "[1, 2]"),
    ("parameters", "parameters", str([0] * 21)),
    ("papers", "result", "]"),
    ("papers", "result", "[[]]"),
    ("papers", "result", '[["zz",1,1,1,1]]'),
    ("papers", "started_at", "zzz"),
    ("papers", "finished_at", "2026-02-30"),
    ("papers", "seconds", 9e999),
    ("papers", "minutes", -5.0),
    ("papers", "pass_percent", 9e999),
    ("holds", "until", "zzz"),
    ("edits", "action", "zzz"),
    ("edits", "edited_at", "zzz"),
    ("learners", "created_at", "zzz"),
)
# A byte that is no text, where a disk may leave one.
UNREAD = (
    ("items", "stem"),
    ("items", "explanation"),
    ("items", "key"),
    ("origins", "section"),
    ("origins", "evidence"),
    ("articles", "title"),
    ("articles", "paragraphs"),
    ("documents", "name"),
    ("documents", "title"),
    ("reviews", "mode"),
    ("reviews", "response"),
    ("memories", "learner"),
    ("learners", "name"),
    ("papers", "started_at"),
    ("papers", "title"),
    ("edits", "reason"),
    ("overlays", "fields"),
)


@pytest.fixture
def worked_on(bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime) -> Bank:
    """A bank with something of everything: two items, the first of them answered and reworded."""
    documents.keep(bank, make_harvest(make_item(1), make_item(2)), "s1", noon)
    memory = Memory(2, None, 2.0, 5.0, noon, noon)
    for _ in range(2):
        study.record(bank, Review("item1", "李华", noon, ("x",), Mark.WRONG, Rating.AGAIN, 1.0), memory)
    edits.apply(bank, [Edit("item1", "王芳", Action.EDIT, {"stem": "改过的____。"})], noon)
    asides.hold(bank, asides.Hold("李华", "item2", date(2026, 3, 9)), noon)
    learners.put_parameters(bank, "李华", DEFAULT_PARAMETERS, 2, noon)
    paper = sittings.begin_paper(bank, "李华", sittings.Terms("卷", None, 60.0, (("item1", 1),)), noon)
    sittings.finish_paper(bank, paper.id, [("cloze", 1, 1, 1.0, 1.0)], noon)
    return bank


def all_read(bank: Bank) -> None:
    items.select(bank, ItemFilter(statuses=()))
    for line in articles.lines(bank):
        articles.read(bank, line)
    study.reviews(bank, "李华")
    learners.parameters(bank, "李华")
    sittings.results(bank, "李华")
    undoing.undo(bank, "王芳", datetime(2026, 3, 3, tzinfo=UTC))


PARTS = (  # of what an edit has kept, as no edit keeps it
    "json_set(before, '$.overlay', json('{\"a\":1}'))",
    "json_set(before, '$.memories', json('[5]'))",
    "json_set(before, '$.memories', json('[{\"a\":5}]'))",
    "json_set(before, '$.variants', json('[{\"item_id\":[5]}]'))",
    "json_set(before, '$.flags', json('[[5]]'))",
    "json_set(before, '$.inherited', json('[{}]'))",
    "json_set(before, '$.content.key', '[')",
    "json_set(before, '$.content.stem', null)",
    "json_set(before, '$.status', 'zz')",
)


@pytest.mark.parametrize("part", PARTS)
def test_what_an_edit_has_kept_in_part_is_found_and_mended(worked_on: Bank, part: str) -> None:
    worked_on.run(f"update edits set before = {part}")
    assert all(finding.repaired for finding in doctor.examine(worked_on, repair=True))
    assert doctor.examine(worked_on, repair=False) == ()
    all_read(worked_on)


def test_what_people_said_is_said_again_by_the_log(
    worked_on: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    worked_on.run("delete from overlays")
    (found,) = doctor.examine(worked_on, repair=True)
    assert (found.count, found.repaired) == (1, True)
    assert doctor.examine(worked_on, repair=False) == ()
    documents.keep(worked_on, make_harvest(make_item(1), make_item(2), make_item(3)), "s2", noon)
    stems = [item.stem for item in items.select(worked_on, ItemFilter(ids=("item1",)))]
    assert stems == ["改过的____。"]


def test_an_approval_of_which_only_the_log_is_left_stands_again(
    worked_on: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    edits.apply(worked_on, [Edit("item2", "王芳", Action.APPROVE)], noon)
    worked_on.run("pragma foreign_keys = off")
    worked_on.run("delete from overlays")
    worked_on.run("delete from items where id = 'item2'")
    assert all(finding.repaired for finding in doctor.examine(worked_on, repair=True))
    assert doctor.examine(worked_on, repair=False) == ()
    documents.keep(worked_on, make_harvest(make_item(1), make_item(2)), "s2", noon)
    status = {item.id: item.status for item in items.select(worked_on, ItemFilter())}
    assert status["item2"] is Status.APPROVED


def test_a_key_that_is_no_option_is_found(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    choice = replace(make_item(1), kind=ItemKind.SINGLE_CHOICE, key=("天津",), options=("天津", "北京"))
    documents.keep(bank, make_harvest(choice), "s1", noon)
    assert doctor.examine(bank, repair=False) == ()
    bank.run("update items set key = '[\"上海\"]'")
    assert all(finding.repaired for finding in doctor.examine(bank, repair=True))
    assert doctor.examine(bank, repair=False) == ()


def test_a_bank_worked_on_is_sound(worked_on: Bank) -> None:
    assert doctor.examine(worked_on, repair=True) == ()


@pytest.mark.parametrize(("table", "column", "rotten"), ROT)
def test_a_rotten_column_is_found_and_mended_and_then_all_can_be_read(
    worked_on: Bank, table: str, column: str, rotten: object
) -> None:
    worked_on.run(f"update {table} set {column} = ?", rotten)
    found = doctor.examine(worked_on, repair=False)
    assert found
    mended = doctor.examine(worked_on, repair=True)
    assert mended == tuple(doctor.Finding(f.what, f.count, repaired=True) for f in found)
    assert doctor.examine(worked_on, repair=False) == ()
    all_read(worked_on)


@pytest.mark.parametrize(("table", "column"), UNREAD)
def test_bytes_that_are_no_text_are_found_and_mended_and_then_all_can_be_read(
    worked_on: Bank, table: str, column: str
) -> None:
    worked_on.run("pragma foreign_keys = off")
    worked_on.run(
        f"update {table} set {column} = cast(x'e5ff' || coalesce(cast({column} as blob), '') as text)"
    )
    assert doctor.examine(worked_on, repair=False)
    assert all(finding.repaired for finding in doctor.examine(worked_on, repair=True))
    assert doctor.examine(worked_on, repair=False) == ()
    all_read(worked_on)


@pytest.mark.parametrize(
    "rot",
    [
        "update items set stem = cast(x'e5ff' as text) where id = 'item1'",
        "update items set key = '[' where id = 'item1'",
        "update overlays set fields = '['",
        "update overlays set generated = '['",
    ],
)
def test_what_a_person_wrote_survives_the_rot_of_one_of_its_two_places(worked_on: Bank, rot: str) -> None:
    worked_on.run(rot)
    doctor.examine(worked_on, repair=True)
    stems = [item.stem for item in items.select(worked_on, ItemFilter(ids=("item1",)))]
    assert stems == ["改过的____。"]


def test_a_rotten_item_is_asked_no_more_until_it_is_made_again(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    harvest = make_harvest(make_item(1), make_item(2))
    documents.keep(bank, harvest, "s1", noon)
    bank.run("update items set key = '[' where id = 'item2'")
    doctor.examine(bank, repair=True)
    assert [item.id for item in items.select(bank, ItemFilter())] == ["item1"]
    assert documents.stamps(bank)[harvest.document.source.path] == ""
    documents.keep(bank, harvest, "s1", noon)
    assert items.select(bank, ItemFilter()) == (make_item(1), make_item(2))


def test_answers_outlive_the_item_they_are_about_and_the_next_build_makes_it_again(
    worked_on: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    worked_on.run("pragma foreign_keys = off")
    worked_on.run("delete from items")
    doctor.examine(worked_on, repair=True)
    assert len(study.reviews(worked_on, "李华")) == 2
    assert not items.select(worked_on, ItemFilter())
    harvest = make_harvest(make_item(1), make_item(2))
    assert documents.stamps(worked_on)[harvest.document.source.path] == ""
    documents.keep(worked_on, harvest, "s1", noon)
    assert {item.id for item in items.select(worked_on, ItemFilter())} == {"item1", "item2"}
    assert doctor.examine(worked_on, repair=False) == ()


@pytest.mark.parametrize(
    "damage",
    [
        "drop table memories",
        "drop table items",
        "alter table reviews drop column guessed",
    ],
)
def test_what_only_a_copy_still_has_is_named_and_left_alone(worked_on: Bank, damage: str) -> None:
    worked_on.run("pragma foreign_keys = off")
    worked_on.run(damage)
    for repair in (True, False):
        (finding,) = doctor.examine(worked_on, repair=repair)
        assert "表的结构不对或不全" in finding.what
        assert not finding.repaired


@pytest.mark.parametrize(("table", "target"), [("memories", "items(kd)"), ("reviews", "itens(id)")])
def test_a_table_that_refers_to_what_is_not_there_is_named(place: Path, table: str, target: str) -> None:
    with open_bank(place) as bank:
        bank.run("pragma writable_schema = on")
        bank.run("update sqlite_master set sql = replace(sql, 'items(id)', ?) where name = ?", target, table)
    with open_bank(place) as bank:
        (finding,) = doctor.examine(bank, repair=True)
        assert finding.what == f"表的结构不对或不全（{table}）"
        assert not finding.repaired


def test_a_page_that_nothing_uses_any_more_is_mended(place: Path) -> None:
    with open_bank(place) as bank:
        bank.run("pragma writable_schema = on")
        bank.run("delete from sqlite_master where name = 'reviews_missed'")
    with open_bank(place) as bank:
        assert all(finding.repaired for finding in doctor.examine(bank, repair=True))
        assert doctor.examine(bank, repair=False) == ()


def test_a_sound_bank_has_nothing_to_mend(bank: Bank) -> None:
    assert doctor.examine(bank, repair=True) == ()


def test_before_its_tables_change_a_bank_is_copied(place: Path) -> None:
    with open_bank(place) as bank:
        bank.run("delete from _sqlite_migrations where name = 'm006_measures'")
        bank.run("drop table measures")
    with open_bank(place):
        pass
    copy = place.with_name("bank-backups") / "bank-before-m006_measures.db"
    assert count(copy) == 1

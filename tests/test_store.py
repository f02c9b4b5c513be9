"""The bank keeps what it is given: nothing twice, nothing lost, nothing of a strange file touched."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytool.errors import StudyError
from studytool.model import (
    Card,
    Harvest,
    Item,
    ItemFilter,
    ItemKind,
    Mark,
    Memory,
    Rating,
    Review,
    Status,
)
from studytool.store import asides, banks, documents, figures, homes, items, study
from studytool.store.bank import Bank
from studytool.store.opening import open_bank

MakeItem = Callable[..., Item]
MakeHarvest = Callable[..., Harvest]
LATER = timedelta(days=1)


def answer(item_id: str, at: datetime) -> Review:
    return Review(item_id, "李华", at, ("第1批",), Mark.RIGHT, Rating.GOOD, 4.5)


def memory(at: datetime) -> Memory:
    return Memory(2, None, 3.1234567890123, 5.000000001, at + timedelta(days=3, microseconds=7), at)


# ---- documents and items -------------------------------------------------------------------------


def test_an_item_comes_back_as_it_was_kept(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    item = make_item(kind=ItemKind.TRUE_FALSE, original="145", changed="147", tags=("类别::数字",))
    documents.keep(bank, make_harvest(item), "s1", noon)
    assert items.select(bank, ItemFilter()) == (item,)


def test_keeping_the_same_again_changes_nothing(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    harvest = make_harvest(make_item(1), make_item(2))
    assert documents.keep(bank, harvest, "s1", noon) == documents.Kept(new=2)
    before = items.stamps(bank)
    assert documents.keep(bank, harvest, "s1", noon + LATER) == documents.Kept()
    assert items.stamps(bank) == before


def test_new_wording_keeps_the_id_and_the_memory(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
    study.record(bank, answer("item1", noon), memory(noon))
    kept = documents.keep(bank, make_harvest(make_item(1, stem="全市共建成____平台。")), "s2", noon + LATER)
    assert kept == documents.Kept(changed=1)
    assert study.memory_of(bank, "李华", "item1") == memory(noon)


def test_an_item_nobody_answered_is_deleted_when_it_disappears(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    documents.keep(bank, make_harvest(make_item(1), make_item(2)), "s1", noon)
    assert documents.keep(bank, make_harvest(make_item(1)), "s2", noon).retired == 1
    assert bank.value("select count(*) from items") == 1


def test_an_answered_item_is_retired_and_comes_back_when_it_is_made_again(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
    study.record(bank, answer("item1", noon), memory(noon))
    documents.keep(bank, make_harvest(), "s2", noon)
    assert [i.status for i in items.select(bank, ItemFilter(statuses=()))] == [Status.RETIRED]
    documents.keep(bank, make_harvest(make_item(1)), "s3", noon)
    assert [i.status for i in items.select(bank, ItemFilter())] == [Status.DRAFT]


def test_one_fact_in_two_documents_is_one_item(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    other = replace(make_item(1), source="通报.txt")
    documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
    documents.keep(bank, make_harvest(other, path="/文件/通报.txt"), "s2", noon)
    assert [i.source for i in items.select(bank, ItemFilter())] == ["公报.txt"]
    assert [e.path for e in items.evidence(bank)] == ["/文件/公报.txt", "/文件/通报.txt"]
    documents.keep(bank, make_harvest(), "s3", noon)
    assert items.select(bank, ItemFilter()) == ()
    assert homes.heirs(bank) == ("/文件/通报.txt",)
    documents.keep(bank, make_harvest(other, path="/文件/通报.txt"), "s2", noon)
    assert [i.source for i in items.select(bank, ItemFilter())] == ["通报.txt"]


def test_several_documents_are_counted_together(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    one = replace(make_harvest(make_item(1), path="/一.txt"), dropped={"leaks": 1}, sentence_count=3)
    two = replace(make_harvest(make_item(2), path="/二.txt"), dropped={"leaks": 2}, sentence_count=4)
    for harvest in (one, two, make_harvest(make_item(3), path="/三.txt")):
        documents.keep(bank, harvest, "s1", noon)
    both = documents.figures(bank, "/一.txt", "/二.txt")
    assert (both.sentences, both.items, both.dropped) == (7, 2, {"leaks": 3})
    assert documents.figures(bank).items == 0


def test_only_a_document_is_not_waited_for(
    tmp_path: Path, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    waits, does_not_wait = 2, 1
    with open_bank(tmp_path / "bank.db") as bank:
        documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
        assert bank.value("pragma synchronous") == waits
        with bank.writing():
            assert bank.value("pragma synchronous") == waits
        with bank.writing(durable=False):
            assert bank.value("pragma synchronous") == does_not_wait


def test_a_bank_that_is_left_has_nothing_that_was_not_waited_for(
    tmp_path: Path, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    place = tmp_path / "bank.db"
    with open_bank(place) as other, open_bank(place) as bank:
        documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
        said = list[str]()
        bank.conn.set_trace_callback(said.append)
        bank.settle()
        bank.settle()
        assert said.count("commit") == 1
        assert len(items.select(other, ItemFilter())) == 1


def test_a_filter_takes_more_ids_than_a_query_takes_values(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
    ids = ("item1", *(f"other{n}" for n in range(300_000)))
    assert study.cards(bank, "李华", ids) == (Card(make_item(1)),)


def test_mastery_counts_an_item_once_under_the_first_article_it_stands_in(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    for name in ("乙", "甲"):
        item = replace(make_item(1), article=name, source=f"{name}.txt")
        documents.keep(bank, make_harvest(item, path=f"/{name}.txt"), "s1", noon)
    documents.keep(bank, make_harvest(replace(make_item(2), article="丙"), path="/丙.txt"), "s1", noon)
    study.record(bank, answer("item1", noon), memory(noon))
    counted = figures.learner_figures(bank, "李华", noon).by_article
    shown = {item.article for item in items.select(bank, ItemFilter())}
    assert {one.name for one in counted} == shown
    assert [(one.items, one.met) for one in counted] == [(1, 1), (1, 0)]


def test_a_document_goes_in_whole_or_not_at_all(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    bad = replace(make_item(2), stem=None)  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        documents.keep(bank, make_harvest(make_item(1), bad), "s1", noon)
    assert documents.stamps(bank) == {}
    assert items.select(bank, ItemFilter()) == ()


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (ItemFilter(), ["item1", "item2", "item3"]),
        (ItemFilter(kinds=(ItemKind.TRUE_FALSE,)), ["item2"]),
        (ItemFilter(find="第3批"), ["item3"]),
        (ItemFilter(find="第３批"), ["item3"]),  # as an input method may type it
        (ItemFilter(find="%"), []),
        (ItemFilter(tags=("重点",)), ["item3"]),
        (ItemFilter(sources=("公报",), articles=("综述",)), ["item1", "item2", "item3"]),
        (ItemFilter(sources=("通报",)), []),
        (ItemFilter(ids=("item2", "item9")), ["item2"]),
    ],
)
def test_a_filter_chooses_items(
    bank: Bank,
    make_item: MakeItem,
    make_harvest: MakeHarvest,
    noon: datetime,
    chosen: ItemFilter,
    expected: list[str],
) -> None:
    made = (make_item(1), make_item(2, kind=ItemKind.TRUE_FALSE), make_item(3, tags=("重点",)))
    documents.keep(bank, make_harvest(*made), "s1", noon)
    assert [item.id for item in items.select(bank, chosen)] == expected


# ---- studying ------------------------------------------------------------------------------------


def test_undo_gives_back_the_memory_bit_for_bit(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
    study.record(bank, answer("item1", noon), memory(noon))
    study.record(bank, answer("item1", noon + LATER), memory(noon + LATER))
    undone = study.undo(bank, "李华")
    assert undone is not None
    assert undone.review == answer("item1", noon + LATER)
    assert study.memory_of(bank, "李华", "item1") == memory(noon)
    study.undo(bank, "李华")
    assert study.memory_of(bank, "李华", "item1") is None
    assert study.undo(bank, "李华") is None


def test_a_review_is_not_undone_once_the_item_has_been_answered_again(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
    first = study.record(bank, answer("item1", noon), memory(noon))
    study.record(bank, answer("item1", noon + LATER), memory(noon + LATER))
    assert study.undo(bank, "李华", first) is None
    assert len(study.reviews(bank, "李华")) == 2


def test_due_cards_come_when_they_are_due_and_new_ones_are_not_due(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    documents.keep(bank, make_harvest(make_item(1), make_item(2)), "s1", noon)
    study.record(bank, answer("item1", noon), memory(noon))
    assert study.due(bank, "李华", noon, ItemFilter()) == ()
    due = study.due(bank, "李华", noon + timedelta(days=4), ItemFilter())
    assert [(one.id, one.memory) for one in due] == [("item1", memory(noon))]
    assert [one.id for one in study.fresh(bank, "李华", noon.date(), ItemFilter())] == ["item2"]
    assert len(study.fresh(bank, "王芳", noon.date(), ItemFilter())) == 2
    assert study.cards(bank, "李华", ("item2", "item9", "item1")) == (
        Card(make_item(2)),
        Card(make_item(1), memory(noon)),
    )


def test_an_item_set_aside_is_not_shown_until_it_is_lifted(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    documents.keep(bank, make_harvest(make_item(1), make_item(2)), "s1", noon)
    asides.hold(bank, asides.Hold("李华", "item1"), noon)
    asides.hold(bank, asides.Hold("李华", "item2", until=(noon + LATER).date()), noon)
    assert study.fresh(bank, "李华", noon.date(), ItemFilter()) == ()
    tomorrow = study.fresh(bank, "李华", (noon + LATER).date(), ItemFilter())
    assert [one.id for one in tomorrow] == ["item2"]
    assert asides.lift(bank, "李华", "item1")
    assert len(study.fresh(bank, "李华", (noon + LATER).date(), ItemFilter())) == 2


def test_accepted_variants_belong_to_their_part_of_the_key(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
    asides.accept_variant(bank, asides.Variant("李华", "item1", 1, "首批"), noon)
    assert asides.variants(bank, "李华", "item1", 2) == ((), ("首批",))


def test_what_learners_let_pass_counts_for_each_of_them_alone(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
    for learner, text in (("李华", "首批"), ("王芳", "首批"), ("王芳", "头批")):
        assert asides.accept_variant(bank, asides.Variant(learner, "item1", 0, text), noon)
    assert asides.variants(bank, "李华", "item1", 1) == (("首批",),)
    assert asides.variants(bank, "张三", "item1", 1) == ((),)
    assert asides.forget_variant(bank, asides.Variant("李华", "item1", 0, "首批"))
    assert asides.variants(bank, "王芳", "item1", 1) == (("头批", "首批"),)


def test_what_was_let_pass_in_an_older_bank_stays_with_who_let_it_pass(
    tmp_path: Path, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    place = tmp_path / "旧.db"
    with open_bank(place) as bank:
        documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
    with closing(sqlite3.connect(place)) as old, old:
        old.executescript(
            "drop table variants;"
            "create table variants (item_id text not null references items(id), part integer not null,"
            " text text not null, learner text not null, accepted_at text not null,"
            " primary key (item_id, part, text)) strict, without rowid;"
            "insert into variants values ('item1', 0, '首批', '李华', '2026-03-02');"
            "delete from _sqlite_migrations where name = 'm007_own_variants';"
        )
    with open_bank(place) as bank:
        assert asides.variants(bank, "李华", "item1", 1) == (("首批",),)


def test_every_answer_is_counted_once_on_the_learners_own_day(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest
) -> None:
    documents.keep(bank, make_harvest(make_item(1)), "s1", datetime(2026, 3, 1, tzinfo=UTC))
    late = datetime.fromisoformat("2026-03-02T00:30:00+08:00")  # still 1 March in UTC
    study.record(bank, answer("item1", late), memory(late))
    counted = figures.learner_figures(bank, "李华", late)
    assert counted.work == (figures.Work(late.date(), "quiz", 1, 1, 4.5),)
    assert counted.today.days == (late.date(),)


# ---- the file ------------------------------------------------------------------------------------


def test_a_bank_opened_again_holds_what_was_kept(
    tmp_path: Path, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    place = tmp_path / "新" / "题库.db"
    with open_bank(place) as bank:
        documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
    with open_bank(place) as bank:
        assert len(items.select(bank, ItemFilter())) == 1


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"not a database at all, only text " * 40, "不是题库"), (b"\x00" * 5000, "不是题库")],
)
def test_a_file_that_is_no_bank_is_refused_and_left_as_it_is(
    tmp_path: Path, content: bytes, word: str
) -> None:
    place = tmp_path / "x.db"
    place.write_bytes(content)
    with pytest.raises(StudyError, match=word):
        open_bank(place)
    assert place.read_bytes() == content


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "other.db"
    conn = sqlite3.connect(place)
    conn.execute("create table notes (id integer)")
    conn.close()
    with pytest.raises(StudyError, match="别的程序"):
        open_bank(place)


def test_a_bank_of_a_newer_program_is_refused_with_the_remedy(tmp_path: Path) -> None:
    place = tmp_path / "bank.db"
    with open_bank(place) as bank:
        bank.run(
            "insert into _sqlite_migrations (migration_set, name, applied_at)"
            " values ('studytool', 'm999_future', '')"
        )
    with pytest.raises(StudyError, match="升级"):
        open_bank(place)


def test_a_missing_bank_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="studytool build"):
        open_bank(tmp_path / "bank.db", create=False)


@pytest.mark.parametrize(("create", "said"), [(True, "不能在"), (False, "打不开题库")])
def test_who_only_looks_is_not_told_that_no_bank_can_be_made(tmp_path: Path, create: bool, said: str) -> None:
    with pytest.raises(StudyError, match=said), open_bank(tmp_path / ("长" * 100), create=create):
        pass


def test_what_is_said_of_an_item_that_has_gone_is_said_of_nothing(bank: Bank, noon: datetime) -> None:
    assert not asides.hold(bank, asides.Hold("李华", "gone"), noon)
    assert not asides.flag(bank, "李华", "gone", "有疑问", noon)
    assert not asides.accept_variant(bank, asides.Variant("李华", "gone", 0, "x"), noon)


def test_what_the_bank_has_got_since_an_import_was_looked_at_is_not_added_twice(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    new = (make_item(1), make_item(2))
    assert len(banks.sort(bank, new).new) == 2
    documents.keep(bank, make_harvest(make_item(1)), "s1", noon)
    assert banks.put(bank, "/题库.xlsx", "题库.xlsx", banks.entries(new, noon), noon) == 1
    assert {item.id for item in items.select(bank, ItemFilter())} == {"item1", "item2"}

"""A deck goes to Anki through the command line, is studied and edited there, and comes back into the bank."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from math import inf
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageOptions
from anki.collection import ImportAnkiPackageRequest as Request
from anki.notes import Note

from studytool.errors import StudyError
from studytool.exports import anki_notes
from studytool.exports.deck import Deck
from studytool.imports import anki as back
from studytool.imports.answers import Unclear
from studytool.model import Harvest, Item, ItemFilter, ItemKind, Mark, Memory, Rating, Review, Status
from studytool.store import anki_collection, documents, edits, items, study
from studytool.store.opening import open_bank

CLOZE, SINGLE, SEVERAL, STATEMENT, POINTS = (f"{n}" * 12 for n in "abcde")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
MADE: dict[str, dict[str, object]] = {
    CLOZE: {"accepted": (("第1批", "首批"),)},
    SINGLE: {
        "kind": ItemKind.SINGLE_CHOICE,
        "stem": "会议在哪里召开？<b>",
        "key": ("天津",),
        "accepted": (("天津",),),
        "options": ("北京", "天津", "上海"),
        "distractors": ("北京", "上海"),
        "explanation": "见公报 {{c1::第一段}}。",
    },
    SEVERAL: {
        "kind": ItemKind.MULTIPLE_RESPONSE,
        "stem": "新发展理念有哪些？",
        "key": ("创新", "协调"),
        "accepted": (("创新",), ("协调",)),
        "options": ("创新", "守旧", "协调"),
        "distractors": ("守旧",),
    },
    STATEMENT: {
        "kind": ItemKind.TRUE_FALSE,
        "stem": "企业共有二百家。",
        "key": ("错误",),
        "accepted": (("错误",),),
        "original": "三百家",
        "changed": "二百家",
    },
    POINTS: {
        "kind": ItemKind.SHORT_ANSWER,
        "stem": "两个方面是什么？",
        "key": ("加强领导", "依靠群众"),
        "accepted": (("加强领导",), ("依靠群众",)),
    },
}


class Person:
    """A trainer with a bank, and their Anki."""

    def __init__(self, folder: Path, here: Callable[..., Any]) -> None:
        self.folder, self.here = folder, here
        self.db = folder / "bank.db"
        self.anki = Collection(str(folder / "anki.anki2"))

    def run(self, *words: str) -> str:
        """A command that must succeed; what it says."""
        done = self.here(self.db, *words)
        assert done.returncode == 0, done.stderr
        return str(done.stdout + done.stderr)

    def hand_out(self, *options: str) -> None:
        """Export the bank, and import the deck into Anki."""
        self.run("export", "anki", "-o", str(self.folder / "deck.apkg"), *options)
        wishes = ImportAnkiPackageOptions(with_scheduling="--with-schedule" in options)
        self.anki.import_anki_package(Request(package_path=str(self.folder / "deck.apkg"), options=wishes))

    def take_back(self, *options: str, legacy: bool = False) -> str:
        """Export from Anki, and import into the bank."""
        package = str(self.folder / "back.apkg")
        wishes = ExportAnkiPackageOptions(with_scheduling=True, with_media=False, legacy=legacy)
        self.anki.export_anki_package(out_path=package, options=wishes, limit=None)
        return self.run("import", package, "--yes", "--reviewer", "李华", *options)

    def note(self, item_id: str) -> Note:
        (found,) = self.anki.find_notes(f'"ID:{item_id}"')
        return self.anki.get_note(found)

    def edit(self, item_id: str, **fields: str) -> None:
        note = self.note(item_id)
        for name, value in fields.items():
            note[name] = value
        self.anki.update_note(note)

    def answer(self) -> None:
        self.anki.decks.select(self.anki.decks.id("学习题库"))
        queued = self.anki.sched.get_queued_cards().cards[0]
        card = self.anki.get_card(queued.card.id)
        card.start_timer()
        self.anki.sched.answer_card(self.anki.sched.build_answer(card=card, states=queued.states, rating=2))

    def item(self, item_id: str) -> Item:
        with open_bank(self.db) as bank:
            (found,) = items.select(bank, ItemFilter(ids=(item_id,), statuses=()))
        return found

    def count(self, table: str) -> int:
        with open_bank(self.db) as bank:
            return int(str(bank.value(f"select count(*) from {table}")))


@pytest.fixture
def person(
    tmp_path: Path,
    make_item: Callable[..., Item],
    make_harvest: Callable[..., Harvest],
    run_here: Callable[..., Any],
) -> Iterator[Person]:
    made = Person(tmp_path, run_here)
    harvest = make_harvest(*(make_item(n, id=name, **MADE[name]) for n, name in enumerate(MADE, 1)))
    with open_bank(made.db) as bank:
        documents.keep(bank, harvest, "s1", LONG_AGO)
    yield made
    made.anki.close()


def reworded(person: Person, item_id: str, stem: str) -> None:
    """The trainer's own edit, in the bank."""
    with open_bank(person.db) as bank:
        edit = edits.Edit(item_id, "王芳", edits.Action.EDIT, {"stem": stem})
        edits.apply(bank, (edit,), datetime.now(UTC) + timedelta(seconds=5))


def test_what_nobody_touched_brings_nothing_back(person: Person) -> None:
    person.hand_out()
    assert "没有要存的" in person.take_back()
    assert person.count("edits") == 0


@pytest.mark.parametrize("legacy", [False, True], ids=["today's Anki", "older Anki"])
def test_answers_come_back_once(person: Person, legacy: bool) -> None:
    person.hand_out()
    person.answer()
    person.answer()
    assert "已存入 2 次复习" in person.take_back(legacy=legacy)
    assert "没有要存的" in person.take_back(legacy=legacy)
    assert (person.count("reviews"), person.count("memories")) == (2, 2)


def test_answers_go_to_the_learner_who_is_named(person: Person) -> None:
    person.hand_out()
    person.answer()
    person.take_back("--learner", "张伟")
    with open_bank(person.db) as bank:
        (done,) = study.reviews(bank, "张伟")
    assert (done.review.rating, done.review.mark, done.review.mode) == (Rating.GOOD, Mark.RIGHT, "anki")


def test_answers_carried_out_with_a_schedule_do_not_come_back_twice(person: Person) -> None:
    at = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    with open_bank(person.db) as bank:
        memory = Memory(2, None, 30.0, 5.0, at + timedelta(days=30), at)
        study.record(
            bank, Review(SINGLE, study.DEFAULT_LEARNER, at, ("天津",), Mark.RIGHT, Rating.GOOD, 4.0), memory
        )
    person.hand_out("--with-schedule")
    (card,) = person.note(SINGLE).cards()
    assert (card.type, card.ivl) == (2, 30)
    assert "没有要存的" in person.take_back()


def test_an_edit_in_anki_becomes_an_edit_of_the_bank(person: Person) -> None:
    person.hand_out()
    person.edit(
        SINGLE, 题干="会议在哪座城市召开？&lt;b&gt;", 选项="<ol><li>北京</li><li>天津</li><li>重庆</li></ol>"
    )
    person.edit(CLOZE, 题干="全市共建成{{c1::第1批}}平台。")
    person.edit(STATEMENT, 解析=person.note(STATEMENT)["解析"] + "<br>据统计公报。")
    assert "改动 3 题" in person.take_back()
    single, cloze, statement = (person.item(name) for name in (SINGLE, CLOZE, STATEMENT))
    assert (single.stem, single.options, single.distractors) == (
        "会议在哪座城市召开？<b>",
        ("北京", "天津", "重庆"),
        ("北京", "重庆"),
    )
    assert single.explanation == "见公报 {{c1::第一段}}。"
    assert (cloze.stem, cloze.key, cloze.accepted) == (
        "全市共建成____平台。",
        ("第1批",),
        (("第1批", "首批"),),
    )
    assert statement.explanation == "据统计公报。"
    assert "没有要存的" in person.take_back()
    person.hand_out()
    assert person.note(CLOZE)["题干"] == "全市共建成{{c1::第1批}}平台。"


def test_a_corrected_answer_resets_what_was_remembered_and_says_so(person: Person) -> None:
    with open_bank(person.db) as bank:
        at = datetime(2026, 3, 1, tzinfo=UTC)
        memory = Memory(2, None, 3.0, 5.0, at, at)
        study.record(bank, Review(POINTS, "我", at, (), Mark.RIGHT, Rating.GOOD, 1.0), memory)
    person.hand_out()
    person.edit(POINTS, 答案="<ol><li>加强领导</li><li>深入群众</li></ol>")
    assert "已重置 1 条学习记忆" in person.take_back()
    assert person.item(POINTS).key == ("加强领导", "深入群众")


def test_an_approved_item_edited_in_anki_has_to_be_approved_again(person: Person) -> None:
    person.run("review", "--approve-all", "--yes", "--reviewer", "王芳")
    person.hand_out()
    person.edit(SEVERAL, 题干="新发展理念包括哪些？")
    person.take_back()
    assert person.item(SEVERAL).status is Status.DRAFT
    assert person.item(SINGLE).status is Status.APPROVED


def test_where_ours_has_changed_since_the_edit_ours_stands(person: Person) -> None:
    person.hand_out()
    person.edit(SEVERAL, 题干="我改的题干")
    reworded(person, SEVERAL, "新发展理念是什么？")
    assert "以题库为准" in person.take_back()
    assert person.item(SEVERAL).stem == "新发展理念是什么？"
    person.hand_out()
    assert person.note(SEVERAL)["题干"] == "新发展理念是什么？"


def test_an_old_deck_that_was_only_tagged_brings_no_old_words_back(person: Person) -> None:
    person.hand_out()
    reworded(person, SEVERAL, "新发展理念是什么？")
    note = person.note(SEVERAL)
    note.tags.append("难")
    person.anki.update_note(note)
    assert "没有要存的" in person.take_back()
    assert person.item(SEVERAL).stem == "新发展理念是什么？"


def test_the_round_trip_doubles_nothing_and_loses_no_schedule(person: Person) -> None:
    person.hand_out()
    person.answer()
    person.edit(STATEMENT, 解析="我的笔记")
    reworded(person, SINGLE, "会议在哪座城市召开？")
    before = [(card.id, card.due, card.reps) for card in studied(person)]
    person.hand_out()
    assert person.anki.note_count() == person.anki.card_count() == len(MADE)
    assert [(card.id, card.due, card.reps) for card in studied(person)] == before
    assert person.note(STATEMENT)["解析"] == "我的笔记"
    assert person.note(SINGLE)["题干"] == "会议在哪座城市召开？"


def studied(person: Person) -> list[object]:
    return [person.anki.get_card(card) for card in person.anki.find_cards("-is:new")]


def test_edited_evidence_is_not_taken_and_that_is_said(person: Person) -> None:
    person.hand_out()
    person.edit(SINGLE, 依据="我改的依据", 题干="会议在哪座城市召开？")
    said = person.take_back()
    assert f"{SINGLE} 在 Anki 里的改动没有取：依据取自原文" in said
    assert "改动 1 题" in said
    assert person.item(SINGLE).stem == "会议在哪座城市召开？"


def test_an_answer_beside_the_stem_of_a_cloze_is_not_taken_and_that_is_said(person: Person) -> None:
    person.hand_out()
    person.edit(CLOZE, 答案="<ul><li>第2批</li></ul>")
    assert f"{CLOZE} 在 Anki 里的改动没有取：填空题的答案要改在题干的空里" in person.take_back()
    person.edit(CLOZE, 题干=person.note(CLOZE)["题干"].replace("第1批", "第2批"))
    person.take_back()
    assert person.item(CLOZE).key == ("第2批",)


def test_another_answer_added_in_anki_counts_as_right_and_is_no_explanation(person: Person) -> None:
    person.hand_out()
    said = person.note(CLOZE)["解析"]
    assert said == "“第1批”也可答：首批"
    person.edit(CLOZE, 解析=f"{said}、头一批<br>见第一段。")
    person.take_back()
    item = person.item(CLOZE)
    assert (item.accepted, item.explanation) == ((("第1批", "首批", "头一批"),), "见第一段。")
    person.hand_out()
    assert "没有要存的" in person.take_back()


@pytest.mark.parametrize("name", [STATEMENT, SINGLE, SEVERAL, POINTS])
def test_an_answer_emptied_in_anki_is_not_taken_and_that_is_said(person: Person, name: str) -> None:
    person.hand_out()
    person.edit(name, 答案="")
    person.edit(CLOZE, 解析="见第一段。")
    said = person.take_back()
    assert f"{name} 在 Anki 里的改动没有取：" in said
    assert person.item(name).key == MADE[name]["key"]
    assert person.item(CLOZE).explanation == "见第一段。"


def test_withdrawn_items_are_found_by_the_search_beside_the_deck(person: Person) -> None:
    person.hand_out()
    assert "停用 5 题" in person.run("withdraw", "公报.txt")
    person.hand_out()
    advice = (person.folder / "deck.已撤回.txt").read_text(encoding="utf-8").splitlines()
    assert len(person.anki.find_notes(advice[1])) == len(person.anki.find_notes(advice[-1])) == len(MADE)
    assert "没有要存的" in person.take_back()


def test_what_disappears_from_its_source_after_it_was_handed_out_is_named_in_the_next_deck(
    person: Person, make_item: Callable[..., Item], make_harvest: Callable[..., Harvest]
) -> None:
    person.hand_out()
    left = [make_item(n, id=name, **MADE[name]) for n, name in enumerate(MADE, 1) if name != SINGLE]
    with open_bank(person.db) as bank:
        documents.keep(bank, make_harvest(*left), "s2", datetime.now(UTC))
    person.hand_out()
    assert "已撤回" in person.note(SINGLE)["题干"]
    assert person.anki.note_count() == len(MADE)


def test_nobody_is_told_to_delete_what_was_withdrawn_once_and_is_asked_again(person: Person) -> None:
    with open_bank(person.db) as bank:
        edits.apply(
            bank, (edits.Edit(SINGLE, "王芳", edits.Action.RETIRE, reason="过时"),), datetime.now(UTC)
        )
    person.hand_out()
    advice = person.folder / "deck.已撤回.txt"
    assert SINGLE in advice.read_text(encoding="utf-8")
    person.run("review", "--undo", "--reviewer", "王芳")
    person.hand_out()
    assert advice.read_text(encoding="utf-8") == "本牌组没有撤回的题。\n"


def test_a_deck_tells_only_of_withdrawn_items_it_can_have_held(person: Person) -> None:
    person.run("withdraw", "公报.txt")
    person.hand_out("--kind", "cloze", "--find", "没有这样的字")
    advice = (person.folder / "deck.已撤回.txt").read_text(encoding="utf-8")
    assert CLOZE in advice
    assert SINGLE not in advice


def test_typed_answers_are_an_option_of_the_export(person: Person) -> None:
    person.hand_out("--typed")
    assert person.note(CLOZE)["输入"] == "1"


def test_an_open_collection_is_read_without_touching_it(person: Person) -> None:
    person.hand_out()
    person.answer()
    person.anki.close()
    file = person.folder / "anki.anki2"
    before = file.read_bytes()
    assert "已存入 1 次复习" in person.run("import", str(file), "--yes", "--reviewer", "李华")
    assert file.read_bytes() == before
    person.anki.reopen()


# ---- reading notes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "field", "html", "why"),
    [
        (CLOZE, "题干", "全市建成平台。", "1 个空"),
        (CLOZE, "题干", '全市建成{{c1::第1批}}<img src="a.png">', "图片"),
        (CLOZE, "题干", "{{c1::" * 50_000, "现有 0 个"),  # nothing closes: looked through once, not each time
        (CLOZE, "题干", "全市建成{{c1::{{c2::第1批}}甲}}平台。", "套着另一个空"),
        (CLOZE, "题干", "全市建成{{c1::第1批}}平台{{c2::甲。", "没有写完"),
        (CLOZE, "答案", "<ul><li>第2批</li></ul>", "改在题干的空里"),
        (CLOZE, "选项", "<ol><li>第1批</li></ol>", "没有选项"),
        (POINTS, "选项", "<ol><li>第1批</li></ol>", "没有选项"),
        (SINGLE, "选项", "<ol><li>北京<ul><li>城</li></ul></li><li>天津</li></ol>", "选项里的列表套着列表"),
        (POINTS, "答案", "<ol><li>领导<ul><li>群众</li></ul></li></ol>", "答案里的列表套着列表"),
        (STATEMENT, "选项", "<ol><li>是</li></ol>", "判断题"),
    ],
)
def test_an_edit_that_cannot_be_an_item_says_why(
    make_item: Callable[..., Item], name: str, field: str, html: str, why: str
) -> None:
    item = make_item(1, id=name, **MADE[name])
    texts = dict(zip(back.FIELDS, anki_notes.fields(item, Deck("", ()))[1:], strict=False))
    with pytest.raises(Unclear, match=why):
        back.edited(item, {**texts, field: html}, [field], ())


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("甲&lt;b&gt;乙", "甲<b>乙"),
        ("甲<div>乙</div><div>丙</div>", "甲\n乙\n丙"),
        ("甲<br>乙&nbsp;丙", "甲\n乙 丙"),
        ("{<!-- -->{<!-- -->c1:<!-- -->:甲", "{{c1::甲"),
        ("<b>甲</b>&amp;乙", "甲&乙"),
        ("10<sup>2</sup>公里，CO<SUB>2</SUB>，注<sup>甲</sup>", "10²公里，CO₂，注甲"),
        ("甲<!--" + "<!--<div" * 50_000, "甲"),
        ("", ""),
    ],
)
def test_a_field_is_read_as_people_read_it(html: str, text: str) -> None:
    assert back.plain(html) == text


def zipped(folder: Path, name: str, data: bytes) -> Path:
    with zipfile.ZipFile(folder / "x.apkg", "w") as package:
        package.writestr(name, data)
    return folder / "x.apkg"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("media", b"{}"),
        ("collection.anki2", b"no database at all" * 99),
        ("collection.anki21b", b"\x28\xb5\x2f\xfdbroken"),
    ],
)
def test_a_broken_package_is_one_clear_line(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(StudyError, match=r"Anki"):
        anki_collection.read(zipped(tmp_path, name, data))


def _encrypted(package: bytes) -> bytes:
    """Says of the only member that it needs a password: bit 0 of its flags, here and in the directory."""
    data = bytearray(package)
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[package.index(signature) + flags] |= 1
    return bytes(data)


def test_a_package_with_a_password_is_one_clear_line(tmp_path: Path) -> None:
    package = zipped(tmp_path, "collection.anki2", b"anything")
    package.write_bytes(_encrypted(package.read_bytes()))
    with pytest.raises(StudyError, match="Anki"):
        anki_collection.read(package)


def test_the_database_of_another_program_is_no_collection(tmp_path: Path) -> None:
    file = tmp_path / "x.anki2"
    with sqlite3.connect(file) as other:
        other.execute("create table things (id integer)")
    other.close()
    with pytest.raises(StudyError, match="不是 Anki"):
        anki_collection.read(file)


def collection(folder: Path, *, note: tuple[object, ...] = (), answer: tuple[object, ...] = ()) -> Path:
    """An Anki file of one note with one answer, in tables that take anything."""
    file = folder / "x.anki2"
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("create table notes (id, guid, flds, mod)")
        db.execute("create table cards (id, nid)")
        db.execute("create table revlog (id, cid, ease, time, type)")
        db.execute("insert into notes values (1, ?, ?, ?)", note or ("甲", "题\x1f答", 1_700_000_000))
        db.execute("insert into cards values (1, 1)")
        db.execute("insert into revlog values (?, 1, ?, ?, 0)", answer or (1_700_000_000_000, 3, 4000))
    return file


@pytest.mark.parametrize(
    ("note", "answer", "why"),
    [
        (("甲", "", None), (), "修改时间不是整数"),
        (("甲", "", inf), (), "修改时间不是整数"),
        (("甲", "", "昨天"), (), "修改时间不是整数"),
        ((), (None, 3, 4000), "时间不是整数"),
        ((), ("昨天", 3, 4000), "时间不是整数"),
        ((), (b"1", 3, 4000), "时间不是整数"),
        ((), (inf, 3, 4000), "时间不是整数"),
        ((), (2**63 - 1, 3, 4000), "公元 1 年到 9999 年"),
        ((), (1_700_000_000_000, 2.5, 4000), "评分不是整数"),
        ((), (1_700_000_000_000, 3, None), "用时不是整数"),
        ((), (1_700_000_000_000, 3, "久"), "用时不是整数"),
        ((), (1_700_000_000_000, 3, 1e300), "用时不是整数"),
    ],
)
def test_a_row_that_anki_cannot_have_written_is_one_clear_line(
    tmp_path: Path, note: tuple[object, ...], answer: tuple[object, ...], why: str
) -> None:
    with pytest.raises(StudyError, match=why):
        anki_collection.read(collection(tmp_path, note=note, answer=answer))


@pytest.mark.parametrize(("taken", "seconds"), [(4000, 4.0), (-5, 0.0), (10**15, 3600.0)])
def test_nobody_thinks_for_less_than_nothing_or_for_days(tmp_path: Path, taken: int, seconds: float) -> None:
    file = collection(tmp_path, answer=(1_700_000_000_000, 3, taken))
    assert [one.seconds for one in anki_collection.read(file).answers] == [seconds]


@pytest.mark.parametrize("table", ["notes", "cards", "revlog"])
def test_a_view_in_place_of_a_table_is_not_read(tmp_path: Path, table: str) -> None:
    file = collection(tmp_path)
    with closing(sqlite3.connect(file)) as db, db:
        db.execute(f"drop table {table}")
        endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n"
        db.execute(f"create view {table.upper()} as {endless}")
    with pytest.raises(StudyError, match="不是普通的表"):
        anki_collection.read(file)


def test_rows_that_multiply_without_end_are_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = collection(tmp_path)
    with closing(sqlite3.connect(file)) as db, db:
        for table in ("cards", "notes"):
            db.executemany(f"insert into {table} select * from {table} where ?", [(1,)] * 12)
    monkeypatch.setattr(anki_collection, "MOST_STEPS", 2)
    with pytest.raises(StudyError, match="重新导出"):
        anki_collection.read(file)
    monkeypatch.undo()
    monkeypatch.setattr(anki_collection, "MOST_ROWS", 5)
    with pytest.raises(StudyError, match="多于 5 条记录"):
        anki_collection.read(file)


@pytest.mark.parametrize("day", ["0001-01-01", "1970-01-01", "9999-12-31"])
def test_an_answer_of_an_impossible_day_is_left_out_and_told(person: Person, day: str) -> None:
    since = datetime.fromisoformat(f"{day}T12:00Z") - datetime(1970, 1, 1, tzinfo=UTC)
    answer = (since // timedelta(milliseconds=1), 3, 4000)
    file = collection(person.folder, note=(CLOZE, "", 0), answer=answer)
    assert "1 次复习的日期不可能" in person.run("import", str(file), "--yes")
    assert person.count("reviews") == 0


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anki_collection, "LARGEST", 1_000_000)
    with pytest.raises(StudyError, match="GB"):
        anki_collection.read(zipped(tmp_path, "collection.anki2", bytes(3_000_000)))

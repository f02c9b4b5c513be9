"""Decks in the real Anki: what people have is updated, never doubled, and their own work is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from anki.collection import (
    Card,
    Collection,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    ImportLogWithChanges,
    Note,
)
from selectolax.lexbor import LexborHTMLParser

from studytool.exports import Deck, anki_notes, export
from studytool.exports.anki_models import TEMPLATES_CHANGED_AT, model
from studytool.exports.deck import prepared
from studytool.imports.jsonl import item_from_json
from studytool.model import BLANK, Item, ItemKind, Mark, Memory, Rating, Review

FIXTURES = Path(__file__).parent / "fixtures" / "exports"
LINES = (FIXTURES / "items.jsonl").read_text(encoding="utf-8").splitlines()
ITEMS = prepared(Deck("学习", tuple(item_from_json(json.loads(line)) for line in LINES)))[0].items
BY_ID = {item.id: item for item in ITEMS}
FIRST, LATER, LATEST = 1_700_000_000, 1_700_000_100, 4_000_000_000  # LATEST is newer than any edit made today


def deck_of(items: tuple[Item, ...] = ITEMS, stamp: int = FIRST, **more: object) -> Deck:
    stamps = dict.fromkeys(BY_ID, stamp)
    return replace(Deck("学习", items, stamps), **more)  # type: ignore[arg-type]


class Anki:
    """Somebody's collection, and what they do with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.collection = Collection(str(folder / "collection.anki2"))

    def take(self, deck: Deck, *, with_schedule: bool = False) -> ImportLogWithChanges.Log:
        file = self.folder / "deck.apkg"
        file.write_bytes(export("anki", deck).data)
        options = ImportAnkiPackageOptions(with_scheduling=with_schedule)
        request = ImportAnkiPackageRequest(package_path=str(file), options=options)
        return self.collection.import_anki_package(request).log

    def note(self, item_id: str) -> Note:
        (note_id,) = self.collection.find_notes(f'"ID:{item_id}"')
        return self.collection.get_note(note_id)

    def card(self, item_id: str) -> Card:
        (card,) = self.note(item_id).cards()
        return card

    def edit(self, item_id: str, field: str, value: str) -> None:
        note = self.note(item_id)
        note[field] = value
        self.collection.update_note(note)

    def answer_first_card(self) -> Card:
        self.collection.decks.select(self.collection.decks.id("学习"))
        scheduler = self.collection.sched
        queued = scheduler.get_queued_cards().cards[0]
        card = self.collection.get_card(queued.card.id)
        card.start_timer()
        scheduler.answer_card(scheduler.build_answer(card=card, states=queued.states, rating=4 - 1))
        return self.collection.get_card(card.id)


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    person = Anki(tmp_path)
    yield person
    person.collection.close()


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Anki]:
    """A collection with all the items, to look at only."""
    person = Anki(tmp_path_factory.mktemp("reader"))
    person.take(deck_of())
    yield person
    person.collection.close()


def seen(page: str, place: str) -> list[str]:
    """The texts of the elements at a place of a rendered card, as people see them."""
    for line_break in ("<br>", "<br/>"):
        page = page.replace(line_break, "\n")
    return [node.text() for node in LexborHTMLParser(page).css(place)]


every_item = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)


def test_every_item_becomes_one_note_and_one_card(anki: Anki) -> None:
    log = anki.take(deck_of())
    assert len(log.new) == len(ITEMS)
    assert anki.collection.note_count() == anki.collection.card_count() == len(ITEMS)
    assert anki.collection.fix_integrity()[1]


@every_item
def test_the_question_shows_the_stem_and_hides_the_key(reader: Anki, item: Item) -> None:
    question = reader.card(item.id).question()
    assert seen(question, ".st-stem") == [item.stem.replace(BLANK, "[...]")]
    assert seen(question, "#st-answer, .st-evidence, .st-note") == []
    assert len(seen(question, ".cloze")) == (len(item.key) if item.kind is ItemKind.CLOZE else 0)


@every_item
def test_the_question_shows_the_options_in_the_items_order(reader: Anki, item: Item) -> None:
    shown = seen(reader.card(item.id).question(), ".st-options ol li")
    assert shown == (["正确", "错误"] if item.kind is ItemKind.TRUE_FALSE else list(item.options))


@every_item
def test_the_back_shows_the_key_and_its_evidence(reader: Anki, item: Item) -> None:
    answer = reader.card(item.id).answer()
    key = (
        [pair.replace("=", " — ", 1) for pair in item.key] if item.kind is ItemKind.MATCHING else [*item.key]
    )
    assert seen(answer, ".cloze" if item.kind is ItemKind.CLOZE else "#st-answer li") == key
    assert seen(answer, ".st-evidence") == [item.evidence]
    assert item.article in seen(answer, ".st-origin")[0]


@every_item
def test_no_text_becomes_a_command(reader: Anki, item: Item) -> None:
    card = reader.card(item.id)
    for page in (card.question(), card.answer()):
        assert len(seen(page, "script")) == (item.kind is not ItemKind.CLOZE)
        assert "[anki:" not in page
        assert "[latex]" not in page
    assert not card.question_av_tags()
    assert not card.answer_av_tags()


def test_a_false_statement_is_corrected_on_the_back(reader: Anki) -> None:
    assert seen(reader.card("t2-false").answer(), ".st-note") == ["原文为“两次”，题中误作“五次”。"]


def test_the_back_names_other_answers_that_count(reader: Anki) -> None:
    assert seen(reader.card("c1-figure").answer(), ".st-note") == ["“24”也可答：二十四、24个"]


def test_decks_follow_source_and_article(reader: Anki) -> None:
    names = {deck.name for deck in reader.collection.decks.all_names_and_ids()}
    assert "学习::河湾区工作要点.txt::河湾区2025年工作要点" in names
    assert reader.collection.find_cards("deck:学习::治水简报.docx::河湾区治水简报")


@pytest.mark.parametrize(
    ("title", "root"), [("党建::2024", "党建::2024"), ("党建:: ", "党建"), ("::党建", "党建"), ("::", "学习")]
)
def test_a_title_nests_decks_and_no_deck_is_without_a_name(title: str, root: str) -> None:
    assert anki_notes.root_name(Deck(title, ())) == root


@pytest.mark.parametrize(
    ("search", "item_id"),
    [
        ("tag:题型::填空题", "c1-figure"),
        ("tag:类别::数字", "s2-figure"),
        ("tag:来源::治水简报.docx", "s2-figure"),
        ("tag:状态::已审", "s1-place"),
        ("tag:标签::重点_工程", "s1-place"),
    ],
)
def test_tags_find_items(reader: Anki, search: str, item_id: str) -> None:
    assert reader.note(item_id).id in reader.collection.find_notes(search)


def test_new_cards_come_best_first(anki: Anki) -> None:
    anki.take(deck_of((BY_ID["s1-place"], BY_ID["c2-list"], BY_ID["a1-points"])))
    due = [anki.card(item_id).due for item_id in ("s1-place", "c2-list", "a1-points")]
    assert due == sorted(due)
    assert len(set(due)) == 3


def test_typed_answers_are_a_choice_of_the_export_and_of_the_learner(anki: Anki) -> None:
    anki.take(deck_of(typed=True))
    assert "[[type:cloze:题干]]" in anki.card("c2-list").question()
    anki.edit("c2-list", "输入", "")
    assert "[[type:" not in anki.card("c2-list").question()


# ---- the next version of a deck -------------------------------------------------------------------


def test_the_same_deck_again_changes_nothing(anki: Anki) -> None:
    anki.take(deck_of())
    log = anki.take(deck_of())
    assert (len(log.new), len(log.updated), len(log.conflicting)) == (0, 0, 0)
    assert len(log.duplicate) == len(ITEMS)


def test_a_changed_item_is_updated_in_place(anki: Anki) -> None:
    anki.take(deck_of())
    before = anki.note("s1-place").id
    better = replace(BY_ID["s1-place"], stem="新码头建在河湾区的哪里？")
    log = anki.take(Deck("学习", (better, BY_ID["m1-some"]), {better.id: LATER, "m1-some": FIRST}))
    assert (len(log.new), len(log.updated), len(log.duplicate)) == (0, 1, 1)
    assert anki.note("s1-place").id == before
    assert anki.note("s1-place")["题干"] == "新码头建在河湾区的哪里？"


def test_a_persons_edit_stays_where_ours_did_not_change(anki: Anki) -> None:
    anki.take(deck_of())
    anki.edit("s1-place", "解析", "我的笔记")
    anki.take(deck_of())
    assert anki.note("s1-place")["解析"] == "我的笔记"


def test_ours_is_taken_where_it_changed_after_the_edit(anki: Anki) -> None:
    anki.take(deck_of())
    anki.edit("s1-place", "解析", "我的笔记")
    anki.edit("m1-some", "解析", "另一条笔记")
    better = replace(BY_ID["s1-place"], explanation="据要点第三条。")
    anki.take(Deck("学习", (better, BY_ID["m1-some"]), {better.id: LATEST, "m1-some": FIRST}))
    assert anki.note("s1-place")["解析"] == "据要点第三条。"
    assert anki.note("m1-some")["解析"] == "另一条笔记"


def test_a_persons_style_stays_while_the_templates_did_not_change(anki: Anki) -> None:
    anki.take(deck_of())
    kind = anki.note("s1-place").note_type()
    assert kind
    anki.collection.models.update_dict({**kind, "css": ".card { color: green }"})
    anki.take(deck_of(stamp=LATEST))
    assert anki.note("s1-place").note_type()["css"] == ".card { color: green }"  # type: ignore[index]


def test_studying_goes_on_after_an_update(anki: Anki) -> None:
    anki.take(deck_of())
    studied = anki.answer_first_card()
    anki.take(deck_of(stamp=LATEST))
    again = anki.collection.get_card(studied.id)
    assert (again.reps, again.type, again.due) == (1, studied.type, studied.due)


def test_withdrawn_items_are_blanked_and_found_by_their_tag(anki: Anki) -> None:
    anki.take(deck_of())
    gone = (BY_ID["s1-place"], BY_ID["c2-list"])
    kept = tuple(item for item in ITEMS if item not in gone)
    anki.take(Deck("学习", kept, dict.fromkeys((item.id for item in gone), LATEST), withdrawn=gone))
    assert anki.collection.note_count() == len(ITEMS)
    assert {anki.note(item.id).id for item in gone} == set(anki.collection.find_notes("tag:已撤回"))
    for item in gone:
        assert "已撤回" in seen(anki.card(item.id).question(), ".st-stem")[0]
        assert item.key[0] not in anki.card(item.id).answer()


def test_withdrawn_items_never_come_up_for_new_learners(anki: Anki) -> None:
    anki.take(Deck("学习", (), withdrawn=(BY_ID["s1-place"], BY_ID["c2-list"])))
    assert anki.collection.card_count() == 0


def test_the_text_beside_the_deck_finds_withdrawn_items_without_an_import(anki: Anki) -> None:
    anki.take(deck_of())
    gone = (BY_ID["s1-place"], BY_ID["c2-list"])
    advice = export("anki", deck_of((), withdrawn=gone)).beside[".已撤回.txt"].decode()
    assert set(anki.collection.find_notes(advice.splitlines()[-1])) == {
        anki.note(item.id).id for item in gone
    }


def test_a_deck_without_withdrawals_has_no_text_beside_it() -> None:
    assert export("anki", deck_of()).beside == {}


def test_an_item_that_came_back_is_not_withdrawn(anki: Anki) -> None:
    anki.take(deck_of(withdrawn=(BY_ID["s1-place"],)))
    assert not anki.collection.find_notes("tag:已撤回")


# ---- a learner's schedule -------------------------------------------------------------------------

NOW = datetime(2025, 3, 1, 8, tzinfo=UTC)
KNOWN = Memory(2, None, 31.5, 6.2, NOW + timedelta(days=30), NOW)
LEARNING = Memory(1, 0, 2.3, 5.1, NOW + timedelta(minutes=10), NOW)


def answers(item_id: str, *ratings: Rating) -> tuple[Review, ...]:
    first = NOW - timedelta(days=len(ratings) - 1)
    return tuple(
        Review(item_id, "我", first + timedelta(days=day), ("",), Mark.RIGHT, rating, 4.5)
        for day, rating in enumerate(ratings)
    )


def scheduled() -> Deck:
    known = answers("s1-place", Rating.GOOD, Rating.AGAIN, Rating.GOOD)
    memories = {"s1-place": KNOWN, "c2-list": LEARNING}
    return deck_of(
        memories=memories, reviews={"s1-place": known, "c2-list": answers("c2-list", Rating.AGAIN)}
    )


def test_a_memory_comes_along_for_those_who_ask(anki: Anki) -> None:
    anki.take(scheduled(), with_schedule=True)
    card = anki.card("s1-place")
    assert card.memory_state
    assert (round(card.memory_state.stability, 1), round(card.memory_state.difficulty, 1)) == (31.5, 6.2)
    assert (card.type, card.ivl, card.reps, card.lapses) == (2, 30, 3, 1)
    assert anki.card("c2-list").type == 1
    assert anki.card("a1-points").type == 0


def test_the_answers_come_along_once(anki: Anki) -> None:
    for _ in range(2):
        anki.take(scheduled(), with_schedule=True)
    log = anki.collection.card_stats_data(anki.card("s1-place").id).revlog
    assert [entry.button_chosen for entry in reversed(log)] == [3, 1, 3]


def test_without_asking_the_cards_are_new(anki: Anki) -> None:
    anki.take(scheduled())
    assert anki.card("s1-place").type == 0


# ---- the package itself ---------------------------------------------------------------------------


def test_the_same_deck_gives_the_same_bytes() -> None:
    assert export("anki", scheduled()) == export("anki", scheduled())


def test_the_time_of_the_templates_is_that_of_their_last_change() -> None:
    """When this fails: set TEMPLATES_CHANGED_AT to now, then templates.json to what is shown."""
    fronts_and_backs = [(model(kind).templates[0], model(kind).css) for kind in ItemKind]
    looks = [(template["qfmt"], template["afmt"], css) for template, css in fronts_and_backs]
    digest = hashlib.sha256(repr(looks).encode()).hexdigest()
    recorded = json.loads((FIXTURES / "templates.json").read_text(encoding="utf-8"))
    assert {"changed_at": TEMPLATES_CHANGED_AT, "sha256": digest} == recorded


def test_ten_thousand_items_go_in_once(anki: Anki) -> None:
    some = [BY_ID["s1-place"], BY_ID["c2-list"], BY_ID["t2-false"], BY_ID["a1-points"]]
    many = tuple(replace(some[n % 4], id=f"n{n}", article=f"第{n % 200}篇") for n in range(10_000))
    assert len(anki.take(Deck("学习", many)).new) == 10_000
    log = anki.take(Deck("学习", many, {"n7": LATER + 10**8}))
    assert (len(log.new), len(log.updated), len(log.duplicate)) == (0, 1, 9_999)
    assert anki.collection.card_count() == 10_000

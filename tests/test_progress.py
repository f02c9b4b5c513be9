"""Streak, calendar, forecast, the mistakes book and exam scores; and a week of study, right on every day."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from studytool import quiz, schedule
from studytool.cli.screen import Screen
from studytool.errors import StudyError
from studytool.model import Card, Harvest, Item, ItemFilter, ItemKind, Mark, Memory, Rating, Review
from studytool.quiz import rounds
from studytool.quiz.exam import score
from studytool.quiz.progress import calendar, forecast, forgiven, streak
from studytool.store import asides, doctor, documents, figures, measures, mistakes, sittings, study
from studytool.store.bank import Bank
from studytool.views import stats
from studytool.views.stats_page import page

MakeItem = Callable[..., Item]
MakeHarvest = Callable[..., Harvest]
ME = "李华"
MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
RIGHT, NEARLY, WRONG = Mark.RIGHT, Mark.NEARLY, Mark.WRONG
EVENING = datetime.fromisoformat("2026-03-02T20:00:00+08:00")


def days(*numbers: int) -> list[date]:
    return [date(2026, 3, number) for number in numbers]


# ---- streak, calendar, forecast ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("studied", "current", "longest"),
    [
        ([], 0, 0),
        ([8], 1, 1),
        ([6, 7, 8], 3, 3),
        ([6, 7], 2, 2),  # today is not over
        ([5, 6], 0, 2),
        ([1, 2, 3, 4, 7, 8], 2, 4),
        ([8, 9], 1, 1),  # a day to come does not count
    ],
)
def test_the_streak_counts_days_in_a_row(studied: list[int], current: int, longest: int) -> None:
    found = streak(days(*studied), date(2026, 3, 8))
    assert (found.current, found.longest) == (current, longest)


def test_the_calendar_ends_with_this_week_and_leaves_days_to_come_open() -> None:
    rows = calendar({MONDAY: 7, MONDAY - 7 * DAY: 2, MONDAY - 400 * DAY: 9}, MONDAY + DAY)
    assert [len(row) for row in rows] == [53] * 7
    assert [row[-1] for row in rows] == [7, 0, None, None, None, None, None]
    assert rows[0][-2] == 2
    assert sum(count or 0 for row in rows for count in row) == 9


def test_the_forecast_is_of_the_learners_own_days_and_today_has_what_is_overdue() -> None:
    due = [EVENING - 9 * DAY, EVENING, EVENING + timedelta(hours=5), EVENING.astimezone(UTC) + DAY]
    assert forecast(due, EVENING, 3) == ((MONDAY, 2), (MONDAY + DAY, 2), (MONDAY + 2 * DAY, 0))


# ---- the mistakes book ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "gone"),
    [
        ([], False),
        ([(3, RIGHT, False)], False),
        ([(3, RIGHT, False), (3, RIGHT, False)], False),  # on one day
        ([(3, RIGHT, False), (4, RIGHT, False)], True),
        ([(3, RIGHT, False), (4, NEARLY, False), (5, RIGHT, False)], False),
        ([(3, RIGHT, False), (4, RIGHT, True)], False),  # a guess
        ([(3, RIGHT, False), (4, WRONG, False), (5, RIGHT, False), (6, RIGHT, False)], True),
    ],
)
def test_a_mistake_leaves_after_two_right_in_a_row_on_different_days(
    since: list[tuple[int, Mark, bool]], gone: bool
) -> None:
    assert forgiven([(date(2026, 3, day), mark, guessed) for day, mark, guessed in since]) is gone


def reviewed(item: str, at: datetime, mark: Mark, mode: str = "quiz") -> Review:
    rating = Rating.GOOD if mark is RIGHT else Rating.AGAIN
    return Review(item, ME, at, ("两区",), mark, rating, 6.0, mode)


def test_the_book_knows_how_often_what_last_and_what_since(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest
) -> None:
    documents.keep(bank, make_harvest(make_item(1), make_item(2)), "s1", EVENING)
    for n, (item, mark) in enumerate(
        (("item1", WRONG), ("item2", WRONG), ("item1", WRONG), ("item1", RIGHT))
    ):
        study.record(bank, reviewed(item, EVENING + n * DAY, mark, "exam"), None)
    first, second = mistakes.missed(bank, ME, ItemFilter())
    assert (first.item_id, first.times, first.last_on) == ("item1", 2, MONDAY + 2 * DAY)
    assert first.since == ((MONDAY + 3 * DAY, RIGHT, False),)
    assert (second.item_id, second.since) == ("item2", ())
    assert mistakes.missed(bank, ME, ItemFilter(find="第2批"))[0].item_id == "item2"
    assert mistakes.missed(bank, "王芳", ItemFilter()) == ()


# ---- exam ----------------------------------------------------------------------------------------


def test_an_exam_is_scored_by_section_and_in_parts_where_paper_is(make_item: MakeItem) -> None:
    two = make_item(1, key=("甲", "乙"), accepted=(), stem="____、____")
    choice = make_item(2, kind=ItemKind.SINGLE_CHOICE, key=("北京",), options=("北京", "上海"))
    blank = make_item(3, kind=ItemKind.SINGLE_CHOICE, key=("北京",), options=("北京", "上海"))
    sitting = quiz.Sitting(quiz.EXAM, (Card(two), Card(choice)))
    sitting = quiz.answer(sitting, quiz.Attempt(("甲", "丁戊")))
    sitting = quiz.answer(sitting, quiz.Attempt(("北京",)))
    answers = {given.card.item.id: given for given in sitting.answers}
    result = score([(two, 4), (choice, 2), (blank, 2)], answers, 50)
    assert [(one.right, one.points, one.most) for one in result.sections] == [(0, 2.0, 4), (1, 2.0, 4)]
    assert (result.points, result.most, result.passed) == (4.0, 8, True)
    assert not score([(two, 4), (choice, 2), (blank, 2)], answers, 51).passed


def test_a_resumed_exam_is_the_one_that_was_left(make_item: MakeItem) -> None:
    whole = rounds.Round(tuple(Card(make_item(number)) for number in (1, 2, 3)))
    left = rounds.onward(whole)
    answer = rounds.marked(whole.cards[1], quiz.Attempt(("第2批",), 4.0))
    left = rounds.onward(rounds.put(left, answer))
    given = [(one.card.item.id, one.attempt, one.verdict.mark) for one in left.given]
    again = rounds.resumed(whole.cards, given)
    assert again.answers == left.answers
    assert (again.at, again.open) == (0, (0, 2))


def walked(now: rounds.Round, ways: str) -> list[int | None]:
    """The places one comes to: a, an answer; s, skipped; b, back."""
    places = []
    for way in ways:
        if way == "a" and now.current:
            now = rounds.put(now, rounds.marked(now.current, quiz.Attempt(("x",))))
        now = rounds.back(now) if way == "b" else rounds.onward(now)
        places.append(now.at)
    return places


@pytest.mark.parametrize(
    ("ways", "places"),
    [
        ("aaa", [1, 2, None]),
        ("sas", [1, 2, 0]),
        ("sasss", [1, 2, 0, 2, None]),
        ("sass" + "aa", [1, 2, 0, 2, None, None]),
        ("aabba", [1, 2, 1, 0, 2]),
        ("aaab", [1, 2, None, 2]),
        ("bb", [0, 0]),
    ],
    ids=[
        "straight on",
        "what was skipped comes round",
        "and once more skipped, not again",
        "the overview stays until a place is named",
        "after a change, on where nothing is answered",
        "from the overview to the last",
        "before the first is nothing",
    ],
)
def test_an_exam_leads_to_what_is_not_answered(
    make_item: MakeItem, ways: str, places: list[int | None]
) -> None:
    assert walked(rounds.Round(tuple(Card(make_item(number)) for number in (1, 2, 3))), ways) == places


def test_a_question_withdrawn_from_an_exam_is_passed_over(make_item: MakeItem) -> None:
    whole = rounds.Round(tuple(Card(make_item(number)) for number in (1, 2)))
    assert rounds.without(whole, {make_item(1).id}).current == Card(make_item(2))
    assert rounds.without(rounds.to(whole, 1), {make_item(2).id}).at is None
    assert rounds.without(rounds.to(whole, 1), {make_item(1).id}).current == Card(make_item(2))
    assert rounds.without(rounds.to(whole, None), {make_item(1).id}).at is None


def test_a_paper_keeps_its_answers_and_an_undone_one_is_asked_again(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest
) -> None:
    documents.keep(bank, make_harvest(make_item(1), make_item(2)), "s1", EVENING)
    terms = sittings.Terms("测试", 30.0, 60.0, (("item2", 2), ("item1", 3)))
    paper = sittings.begin_paper(bank, ME, terms, EVENING)
    number = study.record(bank, reviewed("item1", EVENING, RIGHT, "exam"), None)
    sittings.answered(bank, paper.id, "item1", number, 12.5)
    again = sittings.open_paper(bank, ME)
    assert again is not None
    assert (again.terms, again.seconds) == (terms, 12.5)
    assert [review.item_id for review in again.given] == ["item1"]
    study.undo(bank, ME, number)
    again = sittings.open_paper(bank, ME)
    assert again is not None
    assert again.given == ()
    sittings.finish_paper(bank, paper.id, [("cloze", 2, 1, 3.0, 5.0)], EVENING)
    assert sittings.open_paper(bank, ME) is None
    assert [result.sections for result in sittings.results(bank, ME)] == [(("cloze", 2, 1, 3.0, 5.0),)]


def test_a_paper_that_lies_open_at_two_terminals_is_answered_and_handed_in_once(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest
) -> None:
    documents.keep(bank, make_harvest(make_item(1), make_item(2)), "s1", EVENING)
    terms = sittings.Terms("测试", 30.0, 60.0, (("item1", 2), ("item2", 3)))
    paper = sittings.begin_paper(bank, ME, terms, EVENING)
    first, second = (study.record(bank, reviewed("item1", EVENING, RIGHT, "exam"), None) for _ in range(2))
    sittings.answered(bank, paper.id, "item1", first, 5.0)
    with pytest.raises(StudyError, match="别处"):
        sittings.answered(bank, paper.id, "item1", second, 5.0)
    sittings.finish_paper(bank, paper.id, [("cloze", 2, 2, 5.0, 5.0)], EVENING)
    for late in (
        lambda: sittings.answered(bank, paper.id, "item2", second, 9.0),
        lambda: sittings.finish_paper(bank, paper.id, [("cloze", 2, 0, 0.0, 5.0)], EVENING),
    ):
        with pytest.raises(StudyError, match="已经交了"):
            late()
    assert [result.sections for result in sittings.results(bank, ME)] == [(("cloze", 2, 2, 5.0, 5.0),)]


def test_what_was_answered_on_an_open_paper_is_not_told_before_it_is_handed_in(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest
) -> None:
    documents.keep(bank, make_harvest(make_item(1)), "s1", EVENING)
    paper = sittings.begin_paper(bank, ME, sittings.Terms("测试", 30.0, 60.0, (("item1", 2),)), EVENING)
    number = study.record(bank, reviewed("item1", EVENING, RIGHT, "exam"), None)
    sittings.answered(bank, paper.id, "item1", number, 5.0)
    assert figures.learner_figures(bank, ME, EVENING).work == ()
    sittings.finish_paper(bank, paper.id, [("cloze", 1, 1, 2.0, 2.0)], EVENING)
    assert [work.right for work in figures.learner_figures(bank, ME, EVENING).work] == [1]


def test_an_answer_counts_for_today_when_it_counts_for_the_whole(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest
) -> None:
    documents.keep(bank, make_harvest(make_item(1), make_item(2)), "s1", EVENING)
    study.record(bank, reviewed("item1", EVENING, RIGHT), None)
    paper = sittings.begin_paper(bank, ME, sittings.Terms("测试", 30.0, 60.0, (("item2", 2),)), EVENING)
    number = study.record(bank, reviewed("item2", EVENING, RIGHT, "exam"), None)
    sittings.answered(bank, paper.id, "item2", number, 5.0)
    for counted in (1, 2):
        learned = figures.learner_figures(bank, ME, EVENING)
        assert learned.today.answers == sum(work.answers for work in learned.work) == counted
        if counted == 1:
            sittings.finish_paper(bank, paper.id, [("cloze", 1, 1, 2.0, 2.0)], EVENING)


def test_what_was_withdrawn_takes_no_place_among_the_hardest(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest
) -> None:
    withdrawn = [make_item(n) for n in range(1, figures.HARDEST + 1)]
    documents.keep(bank, make_harvest(*withdrawn, make_item(50)), "s1", EVENING)
    for item in (*withdrawn, *withdrawn, make_item(50)):
        study.record(bank, reviewed(item.id, EVENING, WRONG), None)
    documents.keep(bank, make_harvest(make_item(50)), "s2", EVENING)
    assert [hard.item_id for hard in figures.learner_figures(bank, ME, EVENING).hardest] == ["item50"]


# ---- a week --------------------------------------------------------------------------------------

NEW_A_DAY = 3


def study_a_day(bank: Bank, now: datetime) -> int:
    """Answer all that a sitting brings, everything right; how many there were."""
    count = 0
    while True:
        morning = quiz.end_of_day(now) - DAY
        waiting = (
            *study.due(bank, ME, quiz.end_of_day(now), ItemFilter()),
            *study.fresh(bank, ME, now.date(), ItemFilter()),
        )
        left = NEW_A_DAY - study.new_of_day(bank, ME, morning)
        ids = quiz.select(waiting, now, left, None, study.families_of_day(bank, ME, morning))
        if not ids:
            return count
        for card in study.cards(bank, ME, ids):
            after = schedule.review(card.memory, Rating.GOOD, now)
            study.record(bank, reviewed(card.item.id, now, RIGHT), after)
            count += 1
        now += timedelta(minutes=11)  # past the learning steps


def test_a_week_of_study_is_counted_right_on_every_day(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest
) -> None:
    documents.keep(bank, make_harvest(*(make_item(n) for n in range(1, 41))), "s1", EVENING)
    total = 0
    answered: dict[date, int] = {}
    expected: dict[date, int] = {}
    for number in range(7):
        now = EVENING + number * DAY
        before = figures.learner_figures(bank, ME, now)
        assert before.today.due == before.today.ready == expected.get(now.date(), 0)
        assert streak(before.today.days, now.date()).current == number
        answered[now.date()] = study_a_day(bank, now)
        total += answered[now.date()]
        later = now + timedelta(hours=2)
        after = figures.learner_figures(bank, ME, later)
        assert after.today.due == 0
        assert after.today.met == NEW_A_DAY * (number + 1)
        assert after.today.answers == answered[now.date()]
        assert stats.answers_by_day(after) == answered
        assert sum(count or 0 for row in calendar(answered, now.date()) for count in row) == total
        expected = dict(forecast(after.due, later, 30))
        assert expected[now.date()] == 0
        memories = bank.rows("select due_at from memories where learner = ?", ME)
        due_on = [datetime.fromisoformat(row["due_at"]).astimezone(now.tzinfo).date() for row in memories]
        assert all(due_on.count(day) == count for day, count in expected.items())
    assert sum(expected.values()) > 0
    assert streak(after.today.days, (EVENING + 9 * DAY).date()).current == 0


def test_what_was_withdrawn_is_neither_under_review_nor_set_aside(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest
) -> None:
    documents.keep(bank, make_harvest(*(make_item(n) for n in (1, 2, 3))), "s1", EVENING)
    for n in (1, 2, 3):
        study.record(bank, reviewed(f"item{n}", EVENING, RIGHT), schedule.review(None, Rating.EASY, EVENING))
    for n in (1, 2):
        asides.hold(bank, asides.Hold(ME, f"item{n}"), EVENING)
    documents.keep(bank, make_harvest(make_item(2), make_item(3)), "s2", EVENING)
    learned = figures.learner_figures(bank, ME, EVENING)
    assert (learned.today.met, learned.today.held) == (sum(one.met for one in learned.by_kind), 1) == (2, 1)


def test_what_another_document_contradicts_is_told_as_due_when_a_quiz_asks_it_again(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest
) -> None:
    documents.keep(bank, make_harvest(make_item(1)), "s1", EVENING)
    study.record(bank, reviewed("item1", EVENING, RIGHT), schedule.review(None, Rating.EASY, EVENING))
    measures.put(bank, {"item1": 7})
    later = EVENING + 60 * DAY
    for contested in ((), ("item1",), ()):
        measures.hold_back(bank, (7,), contested)
        learned = figures.learner_figures(bank, ME, later)
        asked = len(study.due(bank, ME, quiz.end_of_day(later), ItemFilter()))
        assert learned.today.due == learned.today.ready == len(learned.due) == asked == 1 - len(contested)


def test_a_family_is_due_but_asked_once_a_day(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest
) -> None:
    documents.keep(bank, make_harvest(*(make_item(n, family="f") for n in (1, 2))), "s1", EVENING)
    for n in (1, 2):
        memory = schedule.review(None, Rating.EASY, EVENING)
        study.record(bank, reviewed(f"item{n}", EVENING, RIGHT), memory)
    later = EVENING + 60 * DAY
    before = figures.today(bank, ME, later)
    assert (before.due, before.ready) == (2, 1)
    study.record(bank, reviewed("item1", later, RIGHT), schedule.review(None, Rating.EASY, later))
    after = figures.today(bank, ME, later)
    assert (after.due, after.ready) == (1, 0)
    asides.hold(bank, asides.Hold(ME, "item2"), later)
    assert (figures.today(bank, ME, later).due, figures.today(bank, ME, later).held) == (0, 1)


def test_what_was_answered_by_a_clock_that_had_stopped_is_sound_west_of_greenwich(
    bank: Bank, make_item: Callable[..., Item], make_harvest: Callable[..., Harvest]
) -> None:
    at = datetime(1969, 12, 31, 16, 0, 30, tzinfo=timezone(-timedelta(hours=8)))
    documents.keep(bank, make_harvest(make_item(1)), "s1", at)
    memory = Memory(2, None, 2.0, 5.0, at, at)
    study.record(bank, Review(make_item(1).id, "我", at, ("x",), Mark.WRONG, Rating.AGAIN, 1.0), memory)
    assert doctor.examine(bank, repair=False) == ()


def test_what_a_wrong_clock_dated_ahead_is_due_at_once_and_counts_for_no_day_yet(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest
) -> None:
    documents.keep(bank, make_harvest(*(make_item(n, family=f"f{n % 2}") for n in (1, 2))), "s1", EVENING)
    ahead, known = EVENING + 3000 * DAY, schedule.review(None, Rating.EASY, EVENING - DAY)
    for item in ("item1", "item2"):
        study.record(bank, reviewed(item, EVENING - DAY, RIGHT), known)
    study.record(bank, reviewed("item1", ahead, RIGHT), schedule.review(known, Rating.GOOD, ahead))
    study.record(bank, reviewed("item2", ahead, RIGHT, "exam"), None)
    learned = figures.learner_figures(bank, ME, EVENING)
    assert (learned.today.due, learned.today.ready) == (1, 1)
    assert dict(forecast(learned.due, EVENING))[EVENING.date()] == 1
    assert learned.retained == (0, 0)
    waiting = study.due(bank, ME, quiz.end_of_day(EVENING), ItemFilter())
    resting = study.families_of_day(bank, ME, quiz.end_of_day(EVENING) - DAY)
    assert quiz.select(waiting, EVENING, 0, None, resting) == ("item1",)
    memory = study.memory_of(bank, ME, "item1")
    study.record(bank, reviewed("item1", EVENING, RIGHT), schedule.review(memory, Rating.GOOD, EVENING))
    assert figures.today(bank, ME, EVENING).due == 0


# ---- the screen and the page ---------------------------------------------------------------------


@pytest.fixture
def learned(bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest) -> figures.LearnerFigures:
    item = make_item(1, stem="<b>[red]题干</b>____" + "很长" * 40, article="<i>综述</i>")
    documents.keep(bank, make_harvest(item), "s1", EVENING)
    study.record(bank, reviewed("item1", EVENING, WRONG), schedule.review(None, Rating.AGAIN, EVENING))
    return figures.learner_figures(bank, ME, EVENING)


def test_the_screen_fits_eighty_columns_and_says_all_without_colours(
    bank: Bank, learned: figures.LearnerFigures
) -> None:
    console = Console(file=StringIO(), width=80, markup=False, no_color=True)
    console.print(stats.screen(figures.bank_figures(bank), learned, EVENING))
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    for words in ("今天答了 1 次", "连续学习 1 天", "一年", "今后两周", "记得", "掌握", "最难的题", "[red]"):
        assert words in shown
    assert "\x1b" not in shown


def test_what_was_answered_on_paper_or_in_anki_is_named_in_chinese(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest
) -> None:
    documents.keep(bank, make_harvest(make_item(1)), "s1", EVENING)
    for mode in ("sheet", "anki", "anki"):
        study.record(bank, reviewed("item1", EVENING, RIGHT, mode), None)
    learned = figures.learner_figures(bank, ME, EVENING)
    console = Console(file=StringIO(), width=80, markup=False, no_color=True)
    console.print(stats.screen(figures.bank_figures(bank), learned, EVENING))
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "排入复习 0 题；Anki 2 次，试卷 1 次。" in shown
    assert "sheet" not in shown


@pytest.mark.parametrize(
    ("width", "heading"), [(24, "近 21 周"), (40, "近 37 周"), (60, "一年"), (80, "一年")]
)
def test_the_screen_is_laid_out_for_the_width(
    bank: Bank, learned: figures.LearnerFigures, width: int, heading: str
) -> None:
    console = Screen(file=StringIO(), width=width, markup=False, no_color=True)
    console.print(stats.screen(figures.bank_figures(bank), learned, EVENING))
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert heading in lines
    assert max(map(cell_len, lines)) <= width
    assert sum(line.startswith("3月") and line.split()[1].isdecimal() for line in lines) == 14
    names = ("一 ", "三 ", "五 ", "日 ")
    assert {cell_len(line) for line in lines if line.startswith(names) and "." in line} <= {
        min(width, 56),
        min(width, 56) - 1,
    }
    assert any("掌握 0" in " ".join(line.split()) and "…" not in line for line in lines)


def test_the_json_has_every_answer_once(bank: Bank, learned: figures.LearnerFigures) -> None:
    given = stats.as_json(figures.bank_figures(bank), learned, EVENING)["learner"]
    assert json.loads(json.dumps(given))["days"] == {"2026-03-02": 1}
    assert given["hardest"][0]["wrong"] == 1  # type: ignore[index]


def test_the_page_escapes_texts_and_loads_nothing(bank: Bank, learned: figures.LearnerFigures) -> None:
    html = page(figures.bank_figures(bank), learned, EVENING)
    assert "&lt;b&gt;[red]题干" in html
    assert "<b>" not in html
    assert not [word for word in ("http", "src=", "<script", "url(", "@import") if word in html]
    assert html.count("<rect") == 52 * 7 + 1 + 30

"""Which cards come, and what a sitting does with answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from studytool import quiz
from studytool.cli.asking import Draft
from studytool.model import Card, Item, ItemKind, Mark, Memory, Rating
from studytool.views.cards import standing

MakeItem = Callable[..., Item]


def due(item: Item, at: datetime, state: int = 2) -> Card:
    step = None if state == 2 else 0
    return Card(item, Memory(state, step, 5.0, 5.0, at, at - timedelta(days=5)))


@dataclass(frozen=True)
class Waiting:
    """What the selection must know of a card."""

    card: Card

    id = property(lambda self: self.card.item.id)
    family = property(lambda self: self.card.item.family)
    score = property(lambda self: self.card.item.score)
    memory = property(lambda self: self.card.memory)


def select(cards: Iterable[Card], *rest: object, **options: object) -> list[str]:
    return list(quiz.select(map(Waiting, cards), *rest, **options))  # type: ignore[arg-type]


def ids(cards: tuple[Card, ...]) -> list[str]:
    return [card.item.id for card in cards]


def sitting(policy: quiz.Policy, *items: Item) -> quiz.Sitting:
    return quiz.Sitting(policy, tuple(Card(item) for item in items))


def given(current: quiz.Sitting, response: str, **details: object) -> quiz.Sitting:
    return quiz.answer(current, quiz.Attempt((response,), **details))  # type: ignore[arg-type]


def test_due_cards_come_first_and_the_longest_due_before_the_others(
    make_item: MakeItem, noon: datetime
) -> None:
    cards = [
        Card(make_item(1)),
        due(make_item(2), noon - timedelta(days=1)),
        due(make_item(3), noon - timedelta(days=9)),
    ]
    assert select(cards, noon, new_limit=5) == ["item3", "item2", "item1"]


def test_new_cards_come_best_first_and_up_to_the_limit(make_item: MakeItem, noon: datetime) -> None:
    cards = [Card(make_item(number)) for number in (3, 1, 2)]
    assert select(cards, noon, new_limit=2) == ["item1", "item2"]


def test_no_more_cards_come_than_asked_for(make_item: MakeItem, noon: datetime) -> None:
    cards = [Card(make_item(number)) for number in range(1, 9)]
    assert len(select(cards, noon, new_limit=5, count=3)) == 3


def test_a_family_brings_one_card_to_a_sitting(make_item: MakeItem, noon: datetime) -> None:
    cards = [Card(make_item(1, family="f")), due(make_item(2, family="f"), noon)]
    assert select(cards, noon, new_limit=5) == ["item2"]


def test_a_family_asked_today_rests(make_item: MakeItem, noon: datetime) -> None:
    cards = [Card(make_item(1, family="f")), due(make_item(2, family="f"), noon), Card(make_item(3))]
    assert select(cards, noon, new_limit=5, resting={"f"}) == ["item3"]


def test_a_card_comes_back_the_same_day_for_its_learning_step(make_item: MakeItem, noon: datetime) -> None:
    card = Card(make_item(family="f"), Memory(1, 0, 0.2, 5.0, noon, noon - timedelta(minutes=1)))
    assert select([card], noon, new_limit=0, resting={"f"}) == ["item1"]


@pytest.mark.parametrize(
    ("state", "ahead", "wanted"),
    [
        (2, timedelta(hours=11), True),  # due this evening: due all day
        (2, timedelta(hours=12), False),  # due tomorrow
        (1, timedelta(minutes=9), False),  # a learning step waits for its minute
        (3, timedelta(0), True),
    ],
)
def test_a_card_is_due_on_its_day_and_a_learning_step_at_its_minute(
    make_item: MakeItem, noon: datetime, state: int, ahead: timedelta, wanted: bool
) -> None:
    memory = due(make_item(), noon + ahead, state).memory
    assert memory is not None
    assert quiz.is_due(memory, noon) is wanted
    assert (standing(memory, None, noon) == "已到期") is wanted  # `cards` says what `quiz` does


def test_a_challenge_begins_easily_and_rises_to_the_hardest(make_item: MakeItem) -> None:
    items = [make_item(number, difficulty=number / 10) for number in (5, 2, 9, 1, 7, 4)]
    assert [item.id for item in quiz.ladder(items, 3)] == ["item1", "item4", "item7"]
    assert [item.id for item in quiz.ladder(items, 3, turn=1)] == ["item2", "item5", "item9"]
    assert len(quiz.ladder(items, 50)) == 6


def test_a_challenge_keeps_families_apart(make_item: MakeItem) -> None:
    items = [make_item(number, family="f") for number in range(1, 5)]
    assert len(quiz.ladder(items, 4)) == 1


def test_an_answer_is_marked_and_rated_and_the_next_question_comes(make_item: MakeItem) -> None:
    after = given(sitting(quiz.PRACTICE, make_item(1), make_item(2)), "第1批", seconds=60)
    assert (after.answers[0].verdict.mark, after.answers[0].rating) == (Mark.RIGHT, Rating.GOOD)
    assert after.current == Card(make_item(2))
    assert (after.number, after.total) == (2, 2)


def test_undoing_an_answer_gives_the_very_sitting_before_it(make_item: MakeItem) -> None:
    before = sitting(quiz.PRACTICE, make_item(1), make_item(2))
    assert quiz.undo(given(before, "第1批")) == before
    assert quiz.undo(before) == before


def test_a_skipped_question_comes_at_the_end_and_skipped_again_not_at_all(make_item: MakeItem) -> None:
    once = quiz.skip(sitting(quiz.PRACTICE, make_item(1), make_item(2)))
    assert ids(once.coming) == ["item2", "item1"]
    twice = quiz.skip(once)
    assert ids(twice.coming) == ["item1", "item2"]
    assert ids(quiz.skip(twice).coming) == ["item2"]
    assert quiz.skip(quiz.skip(twice)).current is None


def test_a_dropped_question_is_not_asked(make_item: MakeItem) -> None:
    assert quiz.drop(sitting(quiz.PRACTICE, make_item(1))).current is None


def test_a_hint_makes_the_answer_worth_less(make_item: MakeItem) -> None:
    after = given(sitting(quiz.PRACTICE, make_item(1)), "第1批", seconds=2, hinted=True)
    assert after.answers[0].rating is Rating.HARD


@pytest.mark.parametrize(("open_for", "counted"), [(7.04, 7.0), (599.0, 599.0), (36_000.0, 600.0)])
def test_whoever_left_a_question_open_has_not_studied_all_that_time(
    make_item: MakeItem, open_for: float, counted: float
) -> None:
    assert Draft(make_item(), seconds=open_for).attempt(("第1批",)).seconds == counted


def test_an_answer_can_be_called_a_guess_afterwards(make_item: MakeItem) -> None:
    item = make_item(kind=ItemKind.TRUE_FALSE, key=("正确",))
    answer = given(sitting(quiz.PRACTICE, item), "正确").answers[0]
    assert (answer.rating, quiz.guessed(answer).rating) == (Rating.GOOD, Rating.AGAIN)


def test_an_overruled_answer_is_right_and_its_words_are_remembered(make_item: MakeItem) -> None:
    item = make_item(stem="坚持____、____。", key=("真实", "立体"), accepted=())
    after = quiz.answer(sitting(quiz.PRACTICE, item), quiz.Attempt(("三维", "真实")))
    answer = after.answers[0]
    assert quiz.variants(answer) == ((1, "三维"),)
    passed = quiz.overruled(answer)
    assert (passed.verdict.mark, passed.rating, passed.best) == (Mark.RIGHT, Rating.GOOD, Rating.GOOD)
    again = quiz.answer(quiz.undo(after), answer.attempt, extra=((), ("三维",)))
    assert again.answers[0].verdict.mark is Mark.RIGHT


def test_words_let_pass_for_one_blank_are_not_remembered_for_another(make_item: MakeItem) -> None:
    item = make_item(stem="坚持____、____。", key=("真实", "立体"), accepted=())
    attempt = quiz.Attempt(("三维", "实在"))
    answer = quiz.answer(sitting(quiz.PRACTICE, item), attempt, extra=((), ("三维",))).answers[0]
    assert answer.verdict.parts == (Mark.WRONG, Mark.RIGHT)
    assert quiz.variants(answer) == ((0, "实在"),)


def test_a_revised_answer_takes_the_place_of_the_last(make_item: MakeItem) -> None:
    after = given(sitting(quiz.PRACTICE, make_item(1)), "第1批")
    easy = replace(after.answers[0], rating=Rating.HARD)
    assert quiz.revise(after, easy).answers == (easy,)


def test_a_challenge_ends_with_the_third_wrong_answer(make_item: MakeItem) -> None:
    current = sitting(quiz.CHALLENGE, *(make_item(number) for number in range(1, 6)))
    for lives in (2, 1, 0):
        current = given(current, "不知道")
        assert current.lives_left == lives
    assert current.current is None

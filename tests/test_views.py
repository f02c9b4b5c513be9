"""The quiz's screens: what they say, at any width, and that a document's text is only ever text."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from studytool import quiz, schedule
from studytool.model import Card, Item, ItemKind
from studytool.quiz import Answer, Attempt, Sitting
from studytool.views import clock, fitted, question, sitting, verdict

MakeItem = Callable[..., Item]
EVENING = datetime(2026, 3, 2, 20, 0, tzinfo=timezone(timedelta(hours=8)))
LONG = "坚持以人民为中心的发展思想" * 12


def drawn(view: RenderableType, width: int = 80, *, colours: bool = False) -> str:
    """A view as the terminal shows it."""
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=colours,
        color_system="standard" if colours else None,
        highlight=False,
        markup=False,
    )
    console.print(view)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def asked(item: Item) -> Sitting:
    return Sitting(quiz.PRACTICE, (Card(item),))


def answered(item: Item, *response: str) -> Answer:
    return quiz.answer(asked(item), Attempt(response, seconds=20)).answers[0]


def told(given: Answer, width: int = 80, *, colours: bool = False) -> str:
    after = schedule.review(None, given.rating, EVENING)
    return drawn(verdict.screen(given, after, EVENING), width, colours=colours)


@pytest.fixture
def choice(make_item: MakeItem) -> Item:
    return make_item(
        kind=ItemKind.MULTIPLE_RESPONSE,
        stem=LONG,
        key=("创新", LONG),
        options=("守旧", "创新", LONG),
        distractors=("守旧",),
        evidence=LONG,
        article=LONG[:40],
    )


def test_a_question_says_how_far_it_is_and_where_it_is_from(make_item: MakeItem) -> None:
    shown = drawn(question.screen(asked(make_item())))
    for words in ("第 1 题 / 共 1 题", "填空 · 新题", "全市建成____平台。", "《全市工作综述》 公报.txt"):
        assert words in shown


@pytest.mark.parametrize("width", [60, 80, 200])
def test_no_line_is_wider_than_the_terminal_and_nothing_is_cut_off(choice: Item, width: int) -> None:
    shown = drawn(question.screen(asked(choice))) + told(answered(choice, "守旧"), width)
    assert max(map(cell_len, drawn(question.screen(asked(choice)), width).splitlines())) <= width
    assert max(map(cell_len, told(answered(choice, "守旧"), width).splitlines())) <= width
    assert "…" not in shown


def test_a_wide_terminal_does_not_make_long_lines(choice: Item) -> None:
    lines = drawn(question.screen(asked(choice)), 200).splitlines()
    assert max(map(cell_len, lines)) == question.WIDEST


def test_every_option_has_its_letter(make_item: MakeItem) -> None:
    options = tuple(f"选项{number}" for number in range(26))
    item = make_item(kind=ItemKind.SINGLE_CHOICE, key=options[-1:], options=options, distractors=options[:-1])
    assert "K. 选项10" in drawn(question.screen(asked(item)))
    assert "Z. 选项25" in told(answered(item, options[0]))


def test_picked_options_are_ticked(choice: Item) -> None:
    shown = drawn(question.screen(asked(choice), chosen=("创新",)))
    assert "[ ] A. 守旧" in shown
    assert "[x] B. 创新" in shown


def test_a_documents_brackets_are_not_markup(make_item: MakeItem) -> None:
    item = make_item(stem="[red]____[/red]", evidence="[bold]第1批[/bold]")
    assert "[red]____[/red]" in drawn(question.screen(asked(item)))
    assert "[bold]第1批[/bold]" in told(answered(item, "第1批"))


def test_a_title_that_tells_the_answer_is_not_shown_before(make_item: MakeItem) -> None:
    item = make_item(article="建成第1批平台")
    assert "建成第1批平台" not in drawn(question.screen(asked(item)))
    assert "《建成第1批平台》" in told(answered(item, "第1批"))


@pytest.mark.parametrize(
    ("step", "words"), [(1, "提示：答案有 5 个字"), (2, "开头是 一…"), (3, "开头是 一基…")]
)
def test_hints_give_a_little_more_each_time(make_item: MakeItem, step: int, words: str) -> None:
    assert words in question.hint(make_item(key=("一基地三区",)), step)


def test_hints_never_give_the_whole_answer(make_item: MakeItem) -> None:
    assert "一基地三区" not in question.hint(make_item(key=("一基地三区",)), 9)


def test_a_near_miss_shows_both_texts_and_what_differs(make_item: MakeItem) -> None:
    shown = told(answered(make_item(key=("立德树人",), accepted=()), "立德数人"), colours=True)
    assert "\x1b[1;4;32m树\x1b[0m" in shown  # what is missing: bold, underlined, green
    assert "\x1b[1;9;31m数\x1b[0m" in shown  # what should not be there: bold, struck through, red


def test_words_let_pass_before_are_no_near_miss(make_item: MakeItem) -> None:
    item = make_item(stem="____通过____。", key=("代表大会", "工作的决定"), accepted=())
    attempt = Attempt(("代表会", "工作的决订"))
    (given,) = quiz.answer(asked(item), attempt, extra=(("代表会",), ())).answers
    assert "作答：代表会" not in told(given)
    assert "作答：工作的决订" in told(given)


def test_one_point_of_five_is_not_called_nearly_right(make_item: MakeItem) -> None:
    points = ("创新链", "产业链", "供应链", "资金链", "人才链")
    item = make_item(kind=ItemKind.SHORT_ANSWER, key=points, accepted=tuple((point,) for point in points))
    assert "只答对一部分" in told(answered(item, "创新链"))
    assert "差一点" in told(answered(item, *points[:4]))


def test_an_item_without_evidence_shows_no_empty_line_for_it(make_item: MakeItem) -> None:
    item = make_item(key=("5",), accepted=(), evidence="")
    assert "依据" not in told(answered(item, "5"))


def test_the_asked_words_stand_out_in_the_evidence(make_item: MakeItem) -> None:
    item = make_item(key=("5",), accepted=(), evidence="2025年新增5家。")
    assert "2025年新增\x1b[1;33m5\x1b[0m家" in told(answered(item, "5"), colours=True)


def test_what_was_changed_in_a_false_statement_is_told(make_item: MakeItem) -> None:
    item = make_item(kind=ItemKind.TRUE_FALSE, key=("错误",), original="三百家", changed="二百家")
    assert "错误（“二百家”应为“三百家”）" in told(answered(item, "正确"))


def test_only_typed_words_can_be_let_pass(make_item: MakeItem, choice: Item) -> None:
    assert "o 算对" in told(answered(make_item(), "第二批"))
    assert "o 算对" not in told(answered(make_item(), ""))
    assert "o 算对" not in told(answered(choice, "守旧"))


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (timedelta(seconds=20), "1 分钟后"),
        (timedelta(minutes=10), "10 分钟后"),
        (timedelta(hours=3), "3 小时后"),
        (timedelta(hours=5), "明天"),
        (timedelta(days=3), "3 天后（3月5日）"),
        (timedelta(days=400), "400 天后（2027年4月6日）"),
    ],
)
def test_when_a_card_comes_again_is_said_in_words(later: timedelta, words: str) -> None:
    assert clock.when(EVENING + later, EVENING) == words


def test_the_summary_names_what_was_wrong(make_item: MakeItem) -> None:
    after = quiz.answer(asked(make_item()), Attempt(("不知道",)))
    shown = drawn(sitting.summary(after))
    assert "答了 1 题，对 0 题；都已保存。" in shown
    assert "全市建成____平台。　第1批" in shown


@pytest.mark.parametrize(
    ("stem", "width", "line"),
    [
        ("会议在____召开。", 24, "会议在____召开。"),
        ("坚持以人民为中心的发展思想，会议在____召开。", 24, "…思想，会议在____召开。"),
        ("坚持以人民为中心的发展思想，会议在天津召开。", 24, "坚持以人民为中心的发展 …"),
    ],
    ids=["what fits stands whole", "the blank is in sight", "without a blank from the beginning"],
)
def test_a_stem_is_said_in_one_line(stem: str, width: int, line: str) -> None:
    assert drawn(fitted.in_a_line(stem), width) == f"{line}\n"


def test_where_j_is_an_option_a_sign_hands_in(make_item: MakeItem) -> None:
    for count, key in ((4, "j 交卷"), (10, "= 交卷")):
        item = make_item(kind=ItemKind.SINGLE_CHOICE, options=tuple(f"选项{n}" for n in range(count)))
        assert key in question.keys(item, quiz.EXAM)

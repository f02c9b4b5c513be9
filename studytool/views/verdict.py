"""An answer just given -> its screen: right or not and why, the evidence, and when it comes again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from rich.console import RenderableType
from rich.rule import Rule
from rich.text import Text

from studytool.exports.wording import letter
from studytool.marking import difference, paired
from studytool.model import Item, ItemKind, Mark, Memory, Rating
from studytool.quiz import Answer
from studytool.schedule import mostly_missed
from studytool.views.clock import when
from studytool.views.fitted import Summed
from studytool.views.items import CHOICES
from studytool.views.items import answer as right_answer
from studytool.views.prose import Prose
from studytool.views.question import Hints, framed

MARKS = {
    Mark.RIGHT: ("✓ 正确", "bold green"),
    Mark.NEARLY: ("≈ 差一点", "bold yellow"),
    Mark.WRONG: ("✗ 不对", "bold red"),
}
PARTLY = ("✗ 只答对一部分", "bold red")  # “差一点” with one point of five would be mockery
# Of a statement the answer may be 错误, and 正确 above it would be read as the answer.
STATEMENT_MARKS = {Mark.RIGHT: ("✓ 答对了", "bold green"), Mark.WRONG: ("✗ 答错了", "bold red")}
RATINGS = {Rating.AGAIN: "忘了", Rating.HARD: "吃力", Rating.GOOD: "记得", Rating.EASY: "容易"}
PLAIN_KEYS = ("回车 下一题", "f 报错", "q 结束")
KEYS = (
    "回车 下一题",
    "1–4 改评级",
    "g 我猜的",
    "u 撤销",
    "b 今天不再出",
    "x 不再出",
    "e 改题",
    "f 报错",
    "q 结束",
)
OVERRULE = "o 算对"
MISSING, EXTRA = "bold green underline", "bold red strike"
UNKNOWN_SHOWN = 12


def screen(given: Answer, after: Memory | None, now: datetime, notes: Sequence[str] = ()) -> RenderableType:
    """What to show after an answer; `after` is the memory it left, None if the memory stays."""
    item = given.card.item
    parts: list[RenderableType] = [
        Rule(style="dim"),
        _headline(given),
        *compared(given),
        Text(),
        *([Prose(evidence(item))] if item.evidence else []),
        *([Text(f"说明：{item.explanation}")] if item.explanation else []),
        Text(where_from(item), style="dim"),
        Text(),
        *_rated(given, after, now),
        Hints(_keys(given, after)),
        *(Text(note, style="yellow") for note in notes),
    ]
    return Summed(framed(*parts), _in_short(given))


def _in_short(given: Answer) -> Text:
    """Right or not, and what was right, in one line."""
    words, style = outcome(given)
    answer = "" if given.verdict.mark is Mark.RIGHT else f"　答案：{right_answer(given.card.item)}"
    return Text.assemble((words, style), answer, overflow="ellipsis", no_wrap=True)


def _rated(given: Answer, after: Memory | None, now: datetime) -> list[Text]:
    """The rating and what it does to the memory; nothing where the memory stays."""
    if after is None:
        return []
    again = f" · 下次：{when(after.due_at, now)}"
    return [Text(f"评级 {int(given.rating)} {RATINGS[given.rating]}{again}", style="cyan")]


def _keys(given: Answer, after: Memory | None) -> tuple[str, ...]:
    if after is None:
        return PLAIN_KEYS
    return (OVERRULE, *KEYS) if can_overrule(given) else KEYS


def known_keys(given: Answer, after: Memory | None) -> frozenset[str]:
    """The keys, beside Enter, that mean something here: those that are offered, and their signs."""
    if after is None:
        return frozenset("fq!")
    return frozenset("1234gubxefq-!" + ("o" if can_overrule(given) else ""))


def unknown(key: str) -> Text:
    """What to say, once, to a key that means nothing here."""
    return Text(f"“{key[:UNKNOWN_SHOWN]}”不是这里的键；回车 下一题", style="yellow")


def outcome(given: Answer) -> tuple[str, str]:
    """Right or not, in a word, and its style."""
    if given.verdict.mark is Mark.NEARLY and mostly_missed(given.verdict):
        return PARTLY
    marks = STATEMENT_MARKS if given.card.item.kind is ItemKind.TRUE_FALSE else MARKS
    return marks.get(given.verdict.mark, MARKS[given.verdict.mark])


def _headline(given: Answer) -> Text:
    words, style = outcome(given)
    text = Text.assemble((words, style))
    if given.verdict.reason:
        text.append(f"：{given.verdict.reason}")
    if given.attempt.guessed:
        text.append("（猜的）", style="yellow")
    return text


def can_overrule(given: Answer) -> bool:
    """Only typed words can be let pass; an option is right or it is not."""
    typed = given.card.item.kind in (ItemKind.CLOZE, ItemKind.SHORT_ANSWER)
    return typed and given.verdict.mark is not Mark.RIGHT and any(map(str.strip, given.attempt.response))


def compared(given: Answer) -> list[RenderableType]:
    """The right answer; beside a near miss, what differs character by character."""
    item, mark = given.card.item, given.verdict.mark
    answer = Text(f"答案：{right_answer(item)}", style="green")
    if item.kind is ItemKind.CLOZE:
        pairs = zip(item.key, paired(item, given.attempt.response, given.extra), strict=False)
        lines = [_near_miss(key, text) for key, (found, text) in pairs if found is Mark.NEARLY and text]
        if lines and mark is not Mark.RIGHT:
            return [*lines] if len(lines) == len(item.key) else [answer, *lines]
    if mark is Mark.RIGHT and item.kind is not ItemKind.TRUE_FALSE:
        return [] if given.attempt.response == item.key else [answer]
    shown = "；".join(_lettered(item, text) for text in given.attempt.response if text.strip())
    return [answer, Text(f"作答：{shown or '（没有作答）'}", style="dim")]


def _lettered(item: Item, text: str) -> str:
    """An option with its letter, as it stood on the screen."""
    if item.kind in CHOICES and text in item.options:
        return f"{letter(item.options.index(text))}. {text}"
    return text


def _near_miss(key: str, text: str) -> Text:
    """Both texts, one below the other; what only one of them has stands out."""
    above, below = Text("答案："), Text("作答：")
    for step in difference(key, text):
        if step.operation != "extra":
            above.append(step.text, style=MISSING if step.operation == "missing" else "green")
        if step.operation != "missing":
            below.append(step.text, style=EXTRA if step.operation == "extra" else None)
    return above.append("\n").append(below)


def evidence(item: Item) -> Text:
    """The evidence with the asked words standing out."""
    text = Text.assemble(("依据：", "bold"), " ".join(item.quotation.split()))
    for words in asked(item):
        text.highlight_regex(_whole(words), "bold yellow")
    return text


def _whole(words: str) -> str:
    """A pattern of the words, spaced or not; a number is not found inside a longer one."""
    before = r"(?<!\d)" if words[0].isdigit() else ""
    after = r"(?!\d)" if words[-1].isdigit() else ""
    return before + r"\s*".join(map(re.escape, words)) + after


def asked(item: Item) -> tuple[str, ...]:
    """The words of the evidence that the question was about."""
    if item.kind is ItemKind.TRUE_FALSE:
        return (item.original,) if item.original else ()
    if item.kind is ItemKind.MATCHING:
        return tuple(side for pair in item.key for side in pair.split("=", 1) if side)
    return tuple(key for key in item.key if key)


def where_from(item: Item) -> str:
    """Article, section, date and file."""
    parts = (
        f"《{item.article}》" if item.article else "",
        item.section or "",
        item.published_on.isoformat() if item.published_on else "",
        item.source,
    )
    return " · ".join(part for part in parts if part)

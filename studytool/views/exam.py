"""An exam's score -> its screen, with what was wrong; kept results -> a list, or JSON."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from studytool.model import ItemKind, Mark
from studytool.quiz import Answer
from studytool.quiz.exam import Score, Section
from studytool.quiz.rounds import Round
from studytool.store.sittings import Result
from studytool.views import items
from studytool.views.fitted import Summed
from studytool.views.names import KINDS
from studytool.views.question import Hints, clock, framed
from studytool.views.verdict import outcome

HAND_IN = "y 交卷"


def terms(minutes: float | None) -> str:
    """How long the paper may take, and what the clock does, in a line."""
    limit = "不限时" if minutes is None else f"限时 {minutes:g} 分钟"
    return f"{limit}；答过的都已保存，中途离开（q）时钟停住，再运行 studytool exam 接着做。"


def overview(now: Round, notes: Sequence[str] = (), unconfirmed: Sequence[int] = ()) -> RenderableType:
    """How much is answered and what is not, and the question whether to hand in; `unconfirmed` are the
    places where something was changed and no Enter pressed."""
    left = now.open
    lines = [Text(f"交卷前：答了 {len(now.given)} 题，共 {len(now.cards)} 题", style="bold")]
    if left:
        lines += [Text(f"没有答的：第 {_places(left)} 题", style="yellow")]
    if unconfirmed:
        said = f"第 {_places(unconfirmed)} 题改了没有按回车，改的不算：回到那一题答完，按回车才算"
        lines += [Text(said, style="yellow")]
    asked = f"还有 {len(left)} 题没答，交卷吗？" if left else "都答了，交卷吗？"
    return framed(
        *lines,
        Rule(style="dim"),
        Text(asked, style="bold"),
        Hints(
            (
                HAND_IN,
                "输入题号 回到那一题",
                *(("直接回车 不交，接着答",) if left else ()),
                "u 回到最后一题" if now.at is None else f"u 回到第 {now.at + 1} 题",
                "q 先离开",
            )
        ),
        *(Text(note, style="yellow") for note in notes),
    )


def _places(places: Sequence[int]) -> str:
    return "、".join(str(place + 1) for place in places)


def finished(
    score: Score, given: Sequence[Answer], seconds: float, *, in_time: bool, too_late: bool = False
) -> RenderableType:
    """The score by section, whether it is enough, and each answer that was not right; in a low window the
    score again at the end."""
    missed = [one for one in given if one.verdict.mark is not Mark.RIGHT]
    wrong = any(one.verdict.mark is Mark.WRONG for one in missed)
    blank = sum(section.questions for section in score.sections) - len(given)
    heading = Text("交卷" if in_time else "时间到，已交卷", style="bold")
    heading.append(f"：{_number(score.points)} / {_number(score.most)} 分，用时 {clock(seconds)}，")
    heading.append(*_verdict(score))
    body = framed(
        heading,
        *([Text("最后输入的那一题过了时间，没有计入", style="yellow")] if too_late else []),
        _sections(score.sections),
        *([Text(f"没有作答：{blank} 题", style="dim")] if blank else []),
        *(_missed(one) for one in missed),
        *([Text("答错的已记入错题本：studytool mistakes", style="dim")] if wrong else []),
    )
    return Summed(body, heading)


NOTHING_LEFT = Text("这份卷的题都已撤回，没有可以判分的：这份卷作废，不算成绩。")


def left(done: int, total: int) -> Text:
    """What to say to somebody who has put the paper down."""
    return Text(f"已保存 {done}/{total} 题，还没有交卷；再运行 studytool exam 接着做。")


def _verdict(score: Score) -> tuple[str, str]:
    line = f"（{_number(score.pass_percent)}% 及格）"
    return (f"及格{line}", "bold green") if score.passed else (f"不及格{line}", "bold red")


def _sections(sections: Sequence[Section]) -> Table:
    table = Table.grid(padding=(0, 2))
    for section in sections:
        table.add_row(
            f"  {KINDS[section.kind]}",
            f"对 {section.right}/{section.questions} 题",
            f"{_number(section.points)}/{_number(section.most)} 分",
        )
    return table


def _missed(given: Answer) -> RenderableType:
    words, style = outcome(given)
    item = given.card.item
    response = "；".join(text for text in given.attempt.response if text.strip())
    return Group(
        Text(),
        Text.assemble((words, style), f"　{item.stem}"),
        Text(f"  作答：{response or '（没有作答）'}", style="dim"),
        Text(f"  答案：{items.answer(item)}", style="green"),
        Text(f"  {items.origin(item)}", style="dim"),
    )


def as_json(result: Result) -> dict[str, object]:
    """A kept result."""
    names = ("kind", "questions", "right", "points", "most")
    score = _score(result)
    return {
        "title": result.title,
        "started_at": result.started_at.isoformat(),
        "seconds": round(result.seconds, 1),
        "points": score.points,
        "most": score.most,
        "pass_percent": result.pass_percent,
        "passed": score.passed,
        "sections": [dict(zip(names, section, strict=True)) for section in result.sections],
    }


def listing(results: Sequence[Result]) -> RenderableType:
    """Kept results, the last first."""
    if not results:
        return Text("还没有考过；开始：studytool exam")
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("时间", "试卷", "得分", "用时", "结果"):
        table.add_column(name)
    for result in results:
        score = _score(result)
        table.add_row(
            result.started_at.astimezone().strftime("%Y-%m-%d %H:%M"),
            Text(result.title),
            f"{_number(score.points)}/{_number(score.most)}",
            clock(result.seconds),
            Text("及格", style="green") if score.passed else Text("不及格", style="red"),
        )
    return table


def _score(result: Result) -> Score:
    sections = tuple(Section(ItemKind(row[0]), *row[1:]) for row in result.sections)
    return Score(sections, result.pass_percent)


def _number(value: float) -> str:
    """A number of points, without a needless .0."""
    return f"{value:g}"

"""Figures and a moment -> the statistics screen (80 columns, 16 colours), or JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Literal

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from studytool.model import SHEET, ItemKind, KnowledgeKind, Status
from studytool.quiz.progress import WEEKS, calendar, forecast, streak
from studytool.store.figures import BankFigures, Hard, LearnerFigures, Mastery
from studytool.views import exam
from studytool.views.fitted import Fitted
from studytool.views.names import ASKS, KINDS, STATUSES
from studytool.views.question import Hints

WEEKDAYS = ("一", "", "三", "", "五", "", "日")
# Answers of a day -> how it looks: distinct without colours, too.
SHADES = (
    (0, ".", "dim"),
    (1, "░", "green"),
    (10, "▒", "green"),
    (30, "▓", "bright_green"),
    (80, "█", "bright_green"),
)
MODES = {
    "quiz": "练习",
    "mistakes": "错题",
    "exam": "考试",
    "challenge": "挑战",
    SHEET: "试卷",
    "anki": "Anki",
}
COUNTED: tuple[Literal["left", "right"], ...] = ("left", "right") * 3 + ("right",)
BAR, DAYS_SHOWN, STEM_SHOWN = 24, 14, 40
NARROW, LABEL = 64, 3  # columns: below so many, figures stand under their names; before a week's row


def answers_by_day(learned: LearnerFigures) -> dict[date, int]:
    """How many answers were given on each day, in all modes."""
    counts: Counter[date] = Counter()
    for work in learned.work:
        counts[work.on] += work.answers
    return dict(sorted(counts.items()))


def as_json(bank: BankFigures, learned: LearnerFigures, now: datetime) -> dict[str, object]:
    """The figures behind the screen."""
    return {
        "bank": {
            "documents": bank.documents,
            "articles": bank.articles,
            "items": bank.items,
            "kinds": dict(bank.by_kind),
            "asks": dict(bank.by_asks),
            "statuses": dict(bank.by_status),
        },
        "learner": _learner_json(learned, now),
    }


def _learner_json(learned: LearnerFigures, now: datetime) -> dict[str, object]:
    today, run = learned.today, streak(learned.today.days, now.date())
    kept, asked = learned.retained
    return {
        "learner": today.learner,
        "answers": sum(work.answers for work in learned.work),
        "right": sum(work.right for work in learned.work),
        "seconds": round(sum(work.seconds for work in learned.work), 1),
        "met": today.met,
        "due": today.due,
        "ready": today.ready,
        "held": today.held,
        "today": {
            "date": now.date().isoformat(),
            "answers": today.answers,
            "seconds": _seconds(learned, now),
        },
        "streak": {"current": run.current, "longest": run.longest},
        "days": {day.isoformat(): count for day, count in answers_by_day(learned).items()},
        "modes": _by_mode(learned),
        "forecast": {day.isoformat(): count for day, count in forecast(learned.due, now, 30)},
        "retention": {"days": 30, "reviews": asked, "remembered": kept, "rate": _rate(kept, asked)},
        "kinds": [asdict(one) for one in learned.by_kind],
        "articles": [asdict(one) for one in learned.by_article],
        "hardest": [{**asdict(one), "key": json.loads(one.key)} for one in learned.hardest],
        "best_challenge": learned.best_challenge,
        "exams": [exam.as_json(result) for result in learned.exams],
    }


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _seconds(learned: LearnerFigures, now: datetime) -> float:
    return round(sum(work.seconds for work in learned.work if work.on == now.date()), 1)


def _by_mode(learned: LearnerFigures) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for work in learned.work:
        counts[work.mode] += work.answers
    return dict(sorted(counts.items()))


def screen(bank: BankFigures, learned: LearnerFigures, now: datetime) -> RenderableType:
    """The learner's progress, then the bank."""
    parts: list[RenderableType] = [_headline(learned, now)]
    if learned.work:
        parts += [
            Fitted(lambda width: _year(learned, now, width)),
            *_ahead(learned, now),
            *_remembered(learned),
            *_hardest(learned.hardest),
        ]
    parts += [
        Text(f"题库：{bank.documents} 个文件，{bank.articles} 篇文章，{bank.items} 题", style="bold"),
        _bars("题型", [(KINDS[ItemKind(name)], count) for name, count in bank.by_kind]),
        _bars("考查", [(ASKS[KnowledgeKind(name)], count) for name, count in bank.by_asks]),
        _bars("状态", [(STATUSES[Status(name)], count) for name, count in bank.by_status]),
    ]
    return Group(*parts)


def _headline(learned: LearnerFigures, now: datetime) -> Text:
    today, run = learned.today, streak(learned.today.days, now.date())
    answers = sum(work.answers for work in learned.work)
    right = sum(work.right for work in learned.work)
    text = Text(f"{today.learner} · {now.date()}\n", style="bold")
    text.append(f"今天答了 {today.answers} 次，用时 {_length(_seconds(learned, now))}；")
    text.append(f"{due_words(today.due, today.ready)}。\n")
    text.append(f"连续学习 {run.current} 天（最长 {run.longest} 天），共 {len(today.days)} 天；")
    text.append(f"共答 {answers} 次，答对 {percent(right, answers)}，")
    text.append(f"用时 {_length(sum(work.seconds for work in learned.work))}。\n")
    text.append(f"排入复习 {today.met} 题" + (f"，搁置 {today.held} 题" if today.held else "") + "；")
    text.append(
        "，".join(f"{MODES.get(mode, mode)} {count} 次" for mode, count in _by_mode(learned).items())
        or "还没有开始"
    )
    return text.append("。\n")


def due_words(due: int, ready: int) -> str:
    """What is due; of a family, one card a day is asked."""
    if not due:
        return "没有到期的题"
    rest = f"（同一句话的题隔天出，今天先出 {ready} 题）" if ready < due else ""
    return f"{due} 题到期{rest}"


def _length(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} 小时 {minutes % 60} 分" if minutes >= 60 else f"{minutes} 分钟"


def percent(part: int, whole: int) -> str:
    """A share, or a dash where there is nothing to share; halves are rounded up, as people do."""
    return f"{(200 * part + whole) // (2 * whole)}%" if whole else "—"


def shade(count: int) -> tuple[str, str]:
    """The sign of a day with so many answers, and its style."""
    return next((sign, style) for least, sign, style in reversed(SHADES) if count >= least)


def _year(learned: LearnerFigures, now: datetime, width: int) -> list[RenderableType]:
    """A year, or as many weeks as there are columns for."""
    weeks = max(1, min(WEEKS, width - LABEL))
    lines: list[RenderableType] = [Text("一年" if weeks == WEEKS else f"近 {weeks} 周", style="bold")]
    rows = calendar(answers_by_day(learned), now.date(), weeks)
    for name, days in zip(WEEKDAYS, rows, strict=True):
        line = Text(f"{name or '  '} ", style="dim")
        for count in days:
            sign, style = (" ", "") if count is None else shade(count)
            line.append(sign, style=style)
        lines.append(line)
    legend = tuple(f"{sign} {least} 次起" for least, sign, _ in SHADES[1:])
    return [*lines, Hints(("每列一周，最右是本周", *legend)), Text()]


def _ahead(learned: LearnerFigures, now: datetime) -> list[RenderableType]:
    days = forecast(learned.due, now, DAYS_SHOWN)
    rows = [(f"{day.month}月{day.day}日", count) for day, count in days]
    return [Text("今后两周要复习的（今天含逾期）", style="bold"), _bars("", rows)]


def _remembered(learned: LearnerFigures) -> list[RenderableType]:
    kept, asked = learned.retained
    rate = f"近 30 天复习旧题 {asked} 次，记得 {percent(kept, asked)}"
    by_kind = [(KINDS[ItemKind(one.name)], one) for one in learned.by_kind]
    by_article = [(f"《{one.name}》", one) for one in learned.by_article if one.met]
    parts: list[RenderableType] = [
        Text(rate + "\n", style="bold"),
        Text("掌握（能记三周以上）", style="bold"),
    ]
    for groups in (by_kind, by_article):
        if groups:
            parts += [_mastery(groups), Text()]
    return parts


def _mastery(groups: Sequence[tuple[str, Mastery]]) -> RenderableType:
    return Fitted(lambda width: _stacked(groups) if width < NARROW else (_mastery_table(groups),))


def _stacked(groups: Sequence[tuple[str, Mastery]]) -> Iterator[RenderableType]:
    """Each name, with its figures below it."""
    for name, one in groups:
        yield Text(name)
        share = percent(one.mastered, one.items)
        yield Hints((f"  掌握 {one.mastered}（{share}）", f"学过 {one.met}", f"共 {one.items}"))


def _mastery_table(groups: Sequence[tuple[str, Mastery]]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(max_width=36, no_wrap=True, overflow="ellipsis")
    for justify in COUNTED:
        table.add_column(justify=justify, no_wrap=True)
    for name, one in groups:
        counts = "掌握", str(one.mastered), "在复习", str(one.met), "共", str(one.items)
        table.add_row(Text(name), *counts, percent(one.mastered, one.items))
    return table


def _hardest(hardest: Sequence[Hard]) -> list[RenderableType]:
    if not hardest:
        return []
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for one in hardest:
        stem = one.stem if len(one.stem) <= STEM_SHOWN else one.stem[:STEM_SHOWN] + "…"
        table.add_row(Text(f"错 {one.wrong}/{one.answers}", style="red"), Text(stem))
    return [Text("最难的题", style="bold"), table, Text()]


def _bars(name: str, counts: Sequence[tuple[str, int]]) -> RenderableType:
    return Fitted(lambda width: (*_bar_rows(name, counts, width), Text()))


def _bar_rows(name: str, counts: Sequence[tuple[str, int]], width: int) -> Iterator[RenderableType]:
    """A bar for each count, as long as there is room; the name beside them, or above where there is none."""
    beside = bool(name) and width >= NARROW
    if name and not beside:
        yield Text(name, style="dim")
    taken = max((cell_len(label) + len(str(count)) for label, count in counts), default=0) + 5
    longest = min(BAR, width - taken - (cell_len(name) + 2 if beside else 0))
    top = max((count for _, count in counts), default=1) or 1
    table = Table.grid(padding=(0, 2))
    for justify in (*(("left",) if beside else ()), "left", "right", "left"):
        table.add_column(justify=justify, no_wrap=True)
    for index, (label, count) in enumerate(counts):
        bar = "█" * (max(1, round(longest * count / top)) if count and longest > 0 else 0)
        named = [Text(name if index == 0 else "", style="dim")] if beside else []
        table.add_row(*named, label, str(count), Text(bar, style="cyan"))
    yield table

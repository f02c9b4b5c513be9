"""Figures and a moment -> one HTML page with inline SVG charts; it loads nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from studytool.model import ItemKind
from studytool.quiz.progress import calendar, forecast, streak
from studytool.store.figures import BankFigures, LearnerFigures
from studytool.views.names import KINDS
from studytool.views.stats import answers_by_day, due_words, percent

CELL, GAP = 11, 2
BAR_HEIGHT, BAR_WIDTH = 120, 22
COLOURS = ((0, "#e5e7eb"), (1, "#bbf7d0"), (10, "#86efac"), (30, "#22c55e"), (80, "#15803d"))
STYLE = """
body{font:16px/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:48rem;margin:2rem auto;
padding:0 1rem;color:#111;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}
td,th{padding:.2rem .5rem;text-align:right;border-bottom:1px solid #ddd}
td:first-child,th:first-child{text-align:left}
svg{max-width:100%;height:auto}text{font-size:10px;fill:#555}
"""

Row = Sequence[object]


def page(bank: BankFigures, learned: LearnerFigures, now: datetime) -> str:
    """The whole page."""
    title = f"{learned.today.learner}的学习情况"
    sections = (
        f"<h1>{escape(title)}</h1>",
        *(f"<p>{escape(line)}</p>" for line in _lines(bank, learned, now)),
        "<h2>一年</h2>",
        _heat(learned, now),
        "<h2>今后 30 天要复习的（今天含逾期）</h2>",
        _forecast(learned, now),
        "<h2>掌握（能记三周以上）</h2>",
        _mastery(learned),
        "<h2>最难的题</h2>",
        _table(("题干", "错", "答"), [(one.stem, one.wrong, one.answers) for one in learned.hardest]),
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta name="generator" content="studytool"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{STYLE}</style></head><body>\n" + "\n".join(sections) + "\n</body></html>\n"
    )


def _lines(bank: BankFigures, learned: LearnerFigures, now: datetime) -> tuple[str, ...]:
    run = streak(learned.today.days, now.date())
    answers = sum(work.answers for work in learned.work)
    right = sum(work.right for work in learned.work)
    minutes = round(sum(work.seconds for work in learned.work) / 60)
    kept, asked = learned.retained
    today = learned.today
    return (
        f"{now.date()}：今天答了 {today.answers} 次；{due_words(today.due, today.ready)}。",
        f"连续学习 {run.current} 天（最长 {run.longest} 天）；"
        f"共答 {answers} 次，答对 {percent(right, answers)}，用时 {minutes} 分钟。"
        f"近 30 天复习旧题 {asked} 次，记得 {percent(kept, asked)}。",
        f"题库 {bank.items} 题，排入复习 {today.met} 题。",
    )


def _heat(learned: LearnerFigures, now: datetime) -> str:
    rows = calendar(answers_by_day(learned), now.date())
    step = CELL + GAP
    cells = [
        f'<rect x="{week * step}" y="{weekday * step}" width="{CELL}" height="{CELL}" rx="2"'
        f' fill="{_colour(count)}"><title>{count} 次</title></rect>'
        for weekday, row in enumerate(rows)
        for week, count in enumerate(row)
        if count is not None
    ]
    return _svg(len(rows[0]) * step, 7 * step, "每天答题次数", cells)


def _colour(count: int) -> str:
    return next(colour for least, colour in reversed(COLOURS) if count >= least)


def _forecast(learned: LearnerFigures, now: datetime) -> str:
    days = forecast(learned.due, now, 30)
    top = max(count for _, count in days) or 1
    bars = []
    for n, (day, count) in enumerate(days):
        height = round(BAR_HEIGHT * count / top)
        left = n * BAR_WIDTH
        bars.append(
            f'<rect x="{left}" y="{12 + BAR_HEIGHT - height}" width="{BAR_WIDTH - 4}" height="{height}"'
            f' fill="#0891b2"><title>{day}：{count} 题</title></rect>'
            f'<text x="{left}" y="{10 + BAR_HEIGHT - height}">{count or ""}</text>'
            f'<text x="{left}" y="{BAR_HEIGHT + 26}">{day.day}</text>'
        )
    return _svg(len(days) * BAR_WIDTH, BAR_HEIGHT + 30, "要复习的题数", bars)


def _mastery(learned: LearnerFigures) -> str:
    groups = [(KINDS[ItemKind(one.name)], one) for one in learned.by_kind]
    groups += [(f"《{one.name}》", one) for one in learned.by_article]
    rows = [
        (name, one.items, one.met, one.mastered, percent(one.mastered, one.items)) for name, one in groups
    ]
    return _table(("", "共", "在复习", "掌握", ""), rows)


def _svg(width: int, height: int, label: str, shapes: Sequence[str]) -> str:
    return (
        f'<svg role="img" aria-label="{escape(label)}" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}">{"".join(shapes)}</svg>'
    )


def _table(headings: Sequence[str], rows: Sequence[Row]) -> str:
    if not rows:
        return "<p>还没有。</p>"
    head = "".join(f"<th>{escape(name)}</th>" for name in headings)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><tr>{head}</tr>{body}</table>"

"""Figures -> the statistics screen, or JSON."""

from __future__ import annotations

from dataclasses import asdict

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from studytool.model import ItemKind, KnowledgeKind, Status
from studytool.store.figures import BankFigures, LearnerFigures
from studytool.views.names import ASKS, KINDS, STATUSES


def as_json(bank: BankFigures, learned: LearnerFigures) -> dict[str, object]:
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
        "learner": {**asdict(learned), "days": dict(learned.days)},
    }


def screen(bank: BankFigures, learned: LearnerFigures) -> RenderableType:
    """The figures as tables."""
    rate = f"{100 * learned.right / learned.answers:.0f}%" if learned.answers else "—"
    return Group(
        Text(f"题库：{bank.documents} 个文件，{bank.articles} 篇文章，{bank.items} 题", style="bold"),
        _bars("题型", [(KINDS[ItemKind(name)], count) for name, count in bank.by_kind]),
        _bars("考查", [(ASKS[KnowledgeKind(name)], count) for name, count in bank.by_asks]),
        _bars("状态", [(STATUSES[Status(name)], count) for name, count in bank.by_status]),
        Text(
            f"{learned.learner}：答题 {learned.answers} 次，答对 {rate}，学过 {learned.met} 题，",
            style="bold",
        ).append(f"到期 {learned.due} 题，共用 {learned.seconds / 60:.0f} 分钟"),
    )


def _bars(name: str, counts: list[tuple[str, int]]) -> RenderableType:
    top = max((count for _, count in counts), default=1)
    table = Table.grid(padding=(0, 2))
    for index, (label, count) in enumerate(counts):
        bar = "█" * max(1, round(24 * count / top))
        table.add_row(
            Text(name if index == 0 else "", style="dim"), label, str(count), Text(bar, style="cyan")
        )
    return Group(table, Text())

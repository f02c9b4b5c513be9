"""Cards -> a page to turn, one card in full, a plain list, or JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from rich.cells import cell_len
from rich.console import RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from studytool.exports.jsonl import item_json
from studytool.model import Card, Memory
from studytool.quiz import is_due
from studytool.store.asides import Hold
from studytool.views.clock import when
from studytool.views.items import answer, with_answer
from studytool.views.names import KINDS
from studytool.views.prose import Prose
from studytool.views.question import Hints, framed
from studytool.views.verdict import evidence

PAGE_KEYS = ("1–9 打开", "回车 下一页", "p 上一页", "/ 查找", "q 结束")
CARD_KEYS = ("回车 返回", "b 今天不再出", "x 不再出", "l 恢复", "f 报错", "q 结束")
STATES = {1: "初学", 2: "复习", 3: "重学"}
WIDEST_KIND = max(map(cell_len, KINDS.values()))  # so that the columns of portions stand below each other


def as_json(card: Card, held: Hold | None) -> dict[str, object]:
    """An item with the learner's memory of it."""
    memory = card.memory
    return {
        **item_json(card.item),
        "memory": {
            "state": STATE_NAMES[memory.state],
            "stability": memory.stability,
            "difficulty": memory.difficulty,
            "due_at": memory.due_at.isoformat(),
        }
        if memory
        else None,
        "held": (held.until.isoformat() if held.until else "suspended") if held else None,
    }


STATE_NAMES = {1: "learning", 2: "review", 3: "relearning"}


def page(
    cards: Sequence[Card], place: tuple[int, int], held: Mapping[str, Hold], now: datetime, note: str = ""
) -> RenderableType:
    """A page of cards; `place` is where it begins, and of how many."""
    start, total = place
    shown = f"第 {start + 1}–{start + len(cards)} 题 / 共 {total} 题" if cards else "没有符合条件的题"
    return framed(
        Text(shown, style="bold"),
        Rule(style="dim"),
        _lines(cards, held, now),
        Rule(style="dim"),
        Hints(PAGE_KEYS),
        *([Text(note, style="yellow")] if note else []),
    )


def listing(cards: Sequence[Card], held: Mapping[str, Hold], now: datetime) -> RenderableType:
    """The cards, a line or two each."""
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, min_width=WIDEST_KIND)
    table.add_column(overflow="fold", ratio=1)
    for card in cards:
        words = Text(card.item.stem)
        words.append(f"　{answer(card.item)}", style="green")
        words.append(f"　{standing(card.memory, held.get(card.item.id), now)}", style="dim")
        table.add_row(Text(KINDS[card.item.kind], style="cyan"), words)
    return table


def total(count: int) -> RenderableType:
    """The line below a listing: how many cards it had."""
    return Text(f"共 {count} 题", style="dim") if count else Text("没有符合条件的题。")


def _lines(cards: Sequence[Card], held: Mapping[str, Hold], now: datetime) -> Table:
    """One line a card, however narrow the terminal: a page must never be longer than the screen."""
    table = Table.grid(padding=(0, 1), expand=True)
    for ratio in (None, None, 1, None):
        table.add_column(no_wrap=True, overflow="ellipsis", ratio=ratio)
    for number, card in enumerate(cards, 1):
        table.add_row(
            Text(f"{number}", style="bold cyan"),
            Text(KINDS[card.item.kind], style="cyan"),
            Text(" ".join(card.item.stem.split())),
            Text(standing(card.memory, held.get(card.item.id), now), style="dim"),
        )
    return table


def standing(memory: Memory | None, held: Hold | None, now: datetime) -> str:
    """How the learner stands with a card, in a few words."""
    if held:
        return f"搁置到 {held.until}" if held.until else "不再出"
    if memory is None:
        return "没有学过"
    return "已到期" if is_due(memory, now) else f"{when(memory.due_at, now)}再来"


def one(card: Card, held: Hold | None, now: datetime, note: str = "") -> RenderableType:
    """One card in full."""
    return framed(
        with_answer(card.item),
        *([Prose(evidence(card.item))] if card.item.evidence else []),
        Text(),
        Text(
            _memory(card.memory, now) + ("；" + standing(card.memory, held, now) if held else ""),
            style="cyan",
        ),
        Rule(style="dim"),
        Hints(CARD_KEYS),
        *([Text(note, style="yellow")] if note else []),
    )


def _memory(memory: Memory | None, now: datetime) -> str:
    if memory is None or memory.stability is None or memory.difficulty is None:
        return "没有学过"
    return (
        f"{STATES[memory.state]}：能记住约 {memory.stability:.1f} 天，难度 {memory.difficulty:.1f}/10，"
        f"{standing(memory, None, now)}"
    )

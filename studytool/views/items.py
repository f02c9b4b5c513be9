"""Items -> what the screen shows of them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from studytool.exports.wording import letter
from studytool.model import Item, ItemKind
from studytool.views.names import ASKS, KINDS, STATUSES

CHOICES = (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE)


def listing(items: Sequence[Item]) -> RenderableType:
    """The items one below the other, each with its answer and where it is from."""
    return Group(*(with_answer(item) for item in items))


def total(count: int) -> RenderableType:
    """The line below a listing: how many items it had."""
    return Text(f"共 {count} 题", style="dim") if count else Text("没有符合条件的试题。", style="yellow")


def with_answer(item: Item, number: int | None = None) -> RenderableType:
    """One item with its answer and its source."""
    head = f"{number}. " if number else ""
    lines: list[RenderableType] = [Text(f"{head}[{KINDS[item.kind]}] {item.stem}", style="bold")]
    if item.kind in CHOICES:
        lines += [Text(f"   {letter(i)}. {option}") for i, option in enumerate(item.options)]
    lines.append(Text(f"   答案：{answer(item)}", style="green"))
    lines.append(
        Text(f"   {origin(item)} · {ASKS[item.asks]} · {STATUSES[item.status]} · {item.id}", style="dim")
    )
    return Padding(Group(*lines), (0, 0, 1, 0))


def answer(item: Item) -> str:
    """The right answer in one line: letters with texts for choices."""
    if item.kind in CHOICES:
        return "；".join(f"{letter(item.options.index(key))}. {key}" for key in item.key)
    text = "；".join(item.key)
    if item.original and item.changed:
        return f"{text}（“{item.changed}”应为“{item.original}”）"
    return text


def origin(item: Item) -> str:
    """Where the evidence stands: article, date, file."""
    parts = [f"《{item.article}》" if item.article else "", str(item.published_on or ""), item.source]
    return " ".join(part for part in parts if part)

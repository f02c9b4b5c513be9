"""The mistakes book -> a list, or JSON."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from studytool.exports.jsonl import item_json
from studytool.model import Item
from studytool.store.mistakes import Missed
from studytool.views.items import answer, origin
from studytool.views.names import KINDS


def as_json(missed: Missed, item: Item) -> dict[str, object]:
    """A mistake: how often and when it was wrong, what was given last, and the item."""
    return {
        "times": missed.times,
        "last_on": missed.last_on.isoformat(),
        "response": list(missed.response),
        "item": item_json(item),
    }


def listing(found: Sequence[tuple[Missed, Item]]) -> RenderableType:
    """The mistakes, the most frequent first, and what to do with them."""
    if not found:
        return Text("错题本是空的。")
    parts: list[RenderableType] = [_one(missed, item) for missed, item in found]
    parts.append(Text(f"共 {len(found)} 题。练习：studytool mistakes --practice", style="dim"))
    return Group(*parts)


def _one(missed: Missed, item: Item) -> RenderableType:
    response = "；".join(text for text in missed.response if text.strip())
    given = f"答的是：{response}" if response else "没有作答"
    return Padding(
        Group(
            Text(f"[{KINDS[item.kind]}] {item.stem}", style="bold"),
            Text(f"   答案：{answer(item)}", style="green"),
            Text(f"   错 {missed.times} 次，最近 {missed.last_on} {given}", style="red"),
            Text(f"   {origin(item)} · {item.id}", style="dim"),
        ),
        (0, 0, 1, 0),
    )

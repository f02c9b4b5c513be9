"""Views that look at the terminal before they are drawn: how wide it is, and how high."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from studytool.model import BLANK


@dataclass(frozen=True, slots=True)
class Fitted:
    """What is laid out otherwise in a narrow window: `drawn` is told how many columns there are."""

    drawn: Callable[[int], Iterable[RenderableType]]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from self.drawn(options.max_width)


@dataclass(frozen=True, slots=True)
class Summed:
    """A screen; where it is taller than the terminal, its top is gone, and `short` is said again below it."""

    body: RenderableType
    short: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self.body
        tall = console.is_terminal and len(console.render_lines(self.body, options)) >= options.max_height
        if tall:
            yield self.short


def in_a_line(stem: str) -> Fitted:
    """A stem in one line: from its beginning, or where that is too long from a little before its blank."""
    text = " ".join(stem.split())

    def line(width: int) -> Iterable[RenderableType]:
        start = _start(text, width)
        words = ("…" if start else "") + text[start:]
        yield Text(words, style="bold", no_wrap=True, overflow="ellipsis")

    return Fitted(line)


def _start(text: str, width: int) -> int:
    """Where the line begins, so that what stands before the blank takes half of it at most."""
    blank = text.find(BLANK)
    if blank < 0 or cell_len(text[:blank]) + len(BLANK) < width:
        return 0
    start = blank
    while start and cell_len(text[start - 1 : blank]) <= width // 2:
        start -= 1
    return start

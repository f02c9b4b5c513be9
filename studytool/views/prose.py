"""Chinese text -> lines as wide as the screen: broken anywhere but before a mark that closes, or in a number.

Rich breaks at spaces first, which leaves half a line empty where a title has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len, get_character_cell_size
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

CLOSING = frozenset("，。、；：？！”’）》〉】』」…—,.;:?!)]}%％")
OPENING = frozenset("“‘（《〈【『「([{")
_WORD = re.compile(r"[A-Za-z0-9._]")


@dataclass(frozen=True, slots=True)
class Prose:
    """A text to be read, filling its lines."""

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for paragraph in self.text.split("\n", allow_blank=True):
            for line in paragraph.divide(tuple(breaks(paragraph.plain, options.max_width))):
                line.rstrip()
                line.no_wrap = True
                yield line

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = max(map(cell_len, self.text.plain.splitlines()), default=0)
        return Measurement(min(2, widest), widest).with_maximum(options.max_width)


def breaks(text: str, width: int) -> Iterator[int]:
    """Where a line of `text` ends and the next begins, each at most `width` columns."""
    start = used = 0
    for index, character in enumerate(text):
        size = get_character_cell_size(character)
        if used + size > width and character != " ":
            end = _good(text, start, index)
            yield end
            start, used = end, cell_len(text[end:index])
        used += size


def _good(text: str, start: int, index: int) -> int:
    """The nearest place at or before `index` where a line may end; `index` if there is none nearby."""
    for end in range(index, max(start, index - 12), -1):
        if not _bound(text[end - 1], text[end]):
            return end
    return index


def _bound(before: str, after: str) -> bool:
    """Do two characters belong on one line?"""
    inside_word = bool(_WORD.match(before) and _WORD.match(after))
    return after in CLOSING or before in OPENING or inside_word

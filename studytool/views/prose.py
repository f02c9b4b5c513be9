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

CLOSING = frozenset(" ，。、；：？！”’）》〉】』」…—,.;:?!)]}%％")
OPENING = frozenset("“‘（《〈【『「([{")
NEARBY = 24  # so many characters a line may lose to keep a word together: the name of a file, say
_WORD = re.compile(r"[A-Za-z0-9._]")


@dataclass(frozen=True, slots=True)
class Prose:
    """A text to be read, filling its lines; those after the first are indented as the first is."""

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for paragraph in self.text.split("\n", allow_blank=True):
            yield from _lines(paragraph, options.max_width)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = max(map(cell_len, self.text.plain.splitlines()), default=0)
        return Measurement(min(2, widest), widest).with_maximum(options.max_width)


def _lines(paragraph: Text, width: int) -> Iterator[Text]:
    indent = _indent(paragraph.plain, width)
    for number, line in enumerate(paragraph.divide(tuple(breaks(paragraph.plain, width, indent)))):
        line.rstrip()
        if number:
            line.pad_left(indent)
        line.no_wrap = True
        yield line


def _indent(text: str, width: int) -> int:
    """How far a text stands from the left; nothing, where that would leave no room to read."""
    spaces = len(text) - len(text.lstrip(" "))
    return spaces if 4 * spaces <= width else 0


def breaks(text: str, width: int, indent: int = 0) -> Iterator[int]:
    """Where a line of `text` ends and the next begins, each at most `width` columns; all lines but the
    first begin `indent` columns from the left."""
    if cell_len(text) <= width:
        return
    start = used = 0
    for index, character in enumerate(text):
        size = get_character_cell_size(character)
        if used + size > width and character != " ":
            end = _good(text, start, index)
            yield end
            start, used = end, indent + cell_len(text[end:index])
        used += size


def _good(text: str, start: int, index: int) -> int:
    """The nearest place at or before `index` where a line may end; `index` if there is none nearby."""
    for end in range(index, max(start, index - NEARBY), -1):
        letter = text.endswith(". ", start, end)  # B. goes with its option
        if not letter and not _bound(text[end - 1], text[end]):
            return end
    return index


def _bound(before: str, after: str) -> bool:
    """Do two characters belong on one line?"""
    inside_word = bool(_WORD.match(before) and _WORD.match(after))
    return after in CLOSING or before in OPENING or inside_word

"""A rich console for Chinese texts that are only texts: lines are full, and nothing steers the terminal.

A document, a question or a file's name may hold an escape sequence; rich prints it as it is, and views
cannot all be trusted to think of it. Nor of lines: rich ends one at the last space, wherever that is.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from studytool.steering import without_steering
from studytool.views.prose import Prose

# What stands for a sign in an encoding that lacks it (GBK): two signs must never become the same mark.
INSTEAD = {"✓": "对", "✗": "错", "░": "+", "▒": "*", "▓": "#", "█": "@", "≈": "~"}


WIDEST = 1000  # columns: what is told beyond is no terminal's, and lines are filled up to their width


def _environ() -> dict[str, str]:
    """What rich may know of its surroundings. A width of nothing, as some consoles report it, or of more
    than any has, means that it is not known."""
    return {name: said for name, said in os.environ.items() if name != "COLUMNS" or _is_width(said)}


def _is_width(said: str) -> bool:
    return said.isascii() and said.isdecimal() and len(said) <= len(str(WIDEST)) and 0 < int(said) <= WIDEST


class Screen(Console):
    """Styles and the console's own control codes stay: they are no part of any text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, _environ=_environ())
        self._instead = str.maketrans({sign: word for sign, word in INSTEAD.items() if self._lacks(sign)})

    def _lacks(self, sign: str) -> bool:
        try:
            sign.encode(self.encoding)
        except UnicodeEncodeError:
            return True
        return False

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        if isinstance(renderable, Text) and not renderable.no_wrap and not (options and options.no_wrap):
            renderable = Prose(renderable)
        for segment in super().render(renderable, options):
            text = (
                segment.text if segment.control else without_steering(segment.text).translate(self._instead)
            )
            yield segment._replace(text=text)

"""A rich console for Chinese texts that are only texts: lines are full, and nothing steers the terminal.

A document, a question or a file's name may hold an escape sequence; rich prints it as it is, and views
cannot all be trusted to think of it. Nor of lines: rich ends one at the last space, wherever that is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from studytool.cli.console import printable
from studytool.views.prose import Prose

# What stands for a sign in an encoding that lacks it (GBK): two signs must never become the same mark.
INSTEAD = {"✓": "对", "✗": "错", "░": "+", "▒": "*", "▓": "#", "█": "@", "≈": "~"}


class Screen(Console):
    """Styles and the console's own control codes stay: they are no part of any text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
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
            text = segment.text if segment.control else printable(segment.text).translate(self._instead)
            yield segment._replace(text=text)

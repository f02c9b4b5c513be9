"""A rich console on which texts are only texts: what would steer a terminal or turn the line around is gone.

A document, a question or a file's name may hold an escape sequence; rich prints it as it is, and views
cannot all be trusted to think of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from studytool.cli.console import printable


class Screen(Console):
    """Styles and the console's own control codes stay: they are no part of any text."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=printable(segment.text))

"""How far long work has come -> a bar on a terminal; what is read by a program gets what the command says."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from studytool.cli import console

# Told after each step: how many are done, of how many, and which one it was.
Progress = Callable[[int, int, str], None]


def nothing(_done: int, _total: int, _name: str) -> None:
    """Says nothing."""


@contextmanager
def shown(doing: str, otherwise: Progress = nothing) -> Iterator[Progress]:
    """A bar on a terminal, first with what is being done, then with what was done last; else `otherwise`."""
    if sys.stderr.isatty():
        with _bar(doing) as progress:
            yield progress
    else:
        yield otherwise


@contextmanager
def _bar(doing: str) -> Iterator[Progress]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from studytool.cli.screen import Screen

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=Screen(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda done, total, name: bar.update(
            task, completed=done, total=total, description=console.on_one_line(name)
        )

"""`studytool` alone: what is due, and one key to start."""

from __future__ import annotations

from contextlib import suppress

import typer

from studytool.cli import console, keys, leaving
from studytool.cli.settings import load
from studytool.named import is_there


def greet(context: typer.Context) -> None:
    """Say what is due and how to start; without a bank, how to make one."""
    from studytool.views import summary

    if not is_there(console.place_of_bank(context)):
        console.show(summary.welcome())
        return
    from studytool.store import figures

    now = console.now()
    with console.open_bank(context) as bank:
        count = figures.item_count(bank)
        today = figures.today(bank, load().learner, now)
    waiting = count > 0 and keys.at_terminal()
    console.show(summary.greeting(count, today, now.date(), waiting=waiting))
    if waiting and _wants_to_start():
        from studytool.cli.quiz import quiz

        quiz(context)


def _wants_to_start() -> bool:
    with suppress(leaving.Left):
        return keys.Keyboard().key() == keys.ENTER
    return False

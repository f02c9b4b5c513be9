"""`studytool` alone: what is due, and what to type."""

from __future__ import annotations

from pathlib import Path

import typer

from studytool.cli import console


def greet(context: typer.Context) -> None:
    """Say what is due and how to start; without a bank, how to make one."""
    from studytool.views import summary

    if not Path(console.place_of_bank(context)).exists():
        console.show(summary.welcome())
        return
    from studytool.store import figures, study

    with console.open_bank(context) as bank:
        console.show(
            summary.greeting(
                figures.bank_figures(bank),
                figures.learner_figures(bank, study.DEFAULT_LEARNER, console.now()),
            )
        )

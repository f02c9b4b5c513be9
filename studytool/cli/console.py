"""The one place output goes through: values to stdout, words about the work to stderr."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from studytool.store.bank import Bank


def prepare_streams() -> None:
    """Make any text printable: UTF-8 to files and pipes, and on a console of another code page (GBK)
    a replacement mark for what it does not have."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")
    if isinstance(sys.stdin, io.TextIOWrapper) and not sys.stdin.isatty():
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


@cache
def console() -> Console:
    """The console of stdout."""
    from rich.console import Console

    return Console(highlight=False, markup=False)


def show(renderable: RenderableType) -> None:
    """Print a view."""
    console().print(renderable)


def show_json(value: object) -> None:
    """Print one JSON document."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def tell(message: str) -> None:
    """Say something about the work; not a result."""
    typer.echo(message, err=True)


def complain(message: str) -> None:
    """Say in one line what went wrong."""
    typer.echo(f"studytool: {' '.join(message.split())}", err=True)


def now() -> datetime:
    """This moment, in the zone of the person at the keyboard."""
    return datetime.now().astimezone()


def place_of_bank(context: typer.Context) -> str:
    """The bank's file: from --db, STUDYTOOL_DB, or in the user's data folder."""
    if context.obj:
        return str(context.obj)
    from platformdirs import user_data_path

    return str(user_data_path("studytool", appauthor=False) / "bank.db")


@contextmanager
def open_bank(context: typer.Context, *, create: bool = False) -> Iterator[Bank]:
    """The bank this call is about. The first call of a day leaves a backup when its work is done."""
    from studytool.errors import WorkFailed
    from studytool.store import backups
    from studytool.store.bank import open_bank as open_at

    place = place_of_bank(context)
    with open_at(place, create=create) as bank:
        yield bank
        if backups.is_due(Path(place), now()):
            try:
                backups.make(bank, Path(place), now())
            except WorkFailed as problem:
                tell(str(problem))  # the work itself is done and kept

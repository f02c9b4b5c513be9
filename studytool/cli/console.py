"""The one place output goes through: values to stdout, words about the work to stderr."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

import typer

from studytool.errors import StudyError
from studytool.steering import escaped, without_steering

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from studytool.store.bank import Bank

Shown = TypeVar("Shown")
DAY = 24 * 60 * 60  # seconds


def prepare_streams() -> None:
    """Make any text printable: UTF-8 to files and pipes, and on a console of another code page (GBK)
    a replacement mark for what it does not have. A stream that was closed leads nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # else the next file opened, maybe the bank, would take its place
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(encoding=_spoken(stream), errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        spoken = _spoken(sys.stdin) if sys.stdin.isatty() else "utf-8"
        sys.stdin.reconfigure(encoding=spoken, errors="surrogateescape")  # see keys.as_text


def _spoken(stream: TextIO) -> str:
    """The encoding of a terminal. A locale that has no Chinese (LANG=en_US) tells nothing of it: who reads
    Chinese there reads UTF-8, and in Latin-1 what they type would be marked as other words."""
    try:
        "的".encode(stream.encoding)
    except UnicodeEncodeError:
        return "utf-8"
    return stream.encoding


def prepare_clock() -> None:
    """A zone a day or more away (TZ=XXX+24) counts as UTC, as the system takes one it does not know: Python
    could tell no local time there."""
    if max(abs(time.timezone), abs(time.altzone)) >= DAY and sys.platform != "win32":
        os.environ["TZ"] = "UTC"
        time.tzset()


@cache
def console() -> Console:
    """The console of stdout."""
    from studytool.cli.screen import Screen

    return Screen(highlight=False, markup=False)


def show(renderable: RenderableType) -> None:
    """Print a view."""
    console().print(renderable)


def show_portions(
    portions: Iterable[Sequence[Shown]],
    listing: Callable[[Sequence[Shown]], RenderableType],
    total: Callable[[int], RenderableType],
) -> None:
    """Print a long listing a portion at a time, and below it how much it was."""
    count = 0
    for portion in portions:
        show(listing(portion))
        count += len(portion)
    show(total(count))


def show_json(value: object) -> None:
    """Print one JSON document."""
    typer.echo(_json(value))


def show_json_list(values: Iterable[object]) -> None:
    """Print one JSON list, value by value: of a hundred thousand only one need stand in memory."""
    sys.stdout.write("[")
    for place, value in enumerate(values):
        sys.stdout.write((", " if place else "") + _json(value))
    typer.echo("]")


def _json(value: object) -> str:
    return escaped(json.dumps(value, ensure_ascii=False))


def hand_over(data: bytes) -> None:
    """Write a file's bytes to stdout, as they are."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def tell(message: str) -> None:
    """Say something about the work; not a result."""
    _say(on_one_line(message))


def complain(message: str) -> None:
    """Say in one line what went wrong."""
    _say(f"studytool: {without_steering(' '.join(message.split()))}")


def on_one_line(text: str) -> str:
    """The text on one line: a file's name with a line break in it could say anything."""
    return without_steering(re.sub(r"[\r\n\u2028\u2029\x85]+", " ", text))


def _say(line: str) -> None:
    """Print to stderr. Where that leads nowhere (a full disk, a reader that has gone) the work goes on, and
    its exit code says how it ended: Python must not try once more at its end."""
    try:
        typer.echo(line, err=True)
    except OSError:
        lead_nowhere(sys.stderr)


def lead_nowhere(stream: TextIO) -> None:
    """Let what is printed there be lost: nothing more can be said there."""
    place = os.open(os.devnull, os.O_WRONLY)
    os.dup2(place, stream.fileno())
    os.close(place)


def now() -> datetime:
    """This moment, in the zone of the person at the keyboard."""
    return datetime.now().astimezone()


def place_of_bank(context: typer.Context) -> str:
    """The bank's file: from --db, STUDYTOOL_DB, or in the user's data folder."""
    if context.obj:
        _refuse_passing(str(context.obj))
        _refuse_folder(str(context.obj))
        place = os.path.expanduser(str(context.obj))  # noqa: PTH111 - no shell reads what an environment says
        if place.startswith("~"):
            raise StudyError(f"--db {place}：没有这个用户的主文件夹，请写出全路径")
        return place
    from platformdirs import user_data_path

    return str(user_data_path("studytool", appauthor=False) / "bank.db")


_opened: list[str] = []  # the bank this call has opened last


def blame_damage() -> None:
    """Raises StudyError if the bank of this call is damaged: then the traceback is no bug of ours."""
    from studytool.store import doctor
    from studytool.store.opening import open_bank as open_at

    for place in _opened:
        with open_at(place, create=False) as bank:
            found = doctor.examine(bank, repair=False)
        if found:
            raise StudyError(f"题库有损坏（{found[0].what}）：请运行 studytool doctor --repair")


def _refuse_passing(place: str) -> None:
    """A bank that is gone when the call ends would acknowledge answers and lose them."""
    if place == ":memory:" or place.startswith("file:"):
        raise StudyError(f"--db {place} 不是文件，存不住：请指定一个文件，如 bank.db")


def _refuse_folder(place: str) -> None:
    """What ends in a slash names a folder, also where there is none yet: the bank would lie nowhere."""
    if os.path.basename(place) in ("", ".", ".."):  # noqa: PTH119 - a Path takes the slash away
        raise StudyError(f"--db {place} 指的是文件夹，不是题库：请指定一个文件，如 bank.db")


@contextmanager
def open_bank(context: typer.Context, *, create: bool = False) -> Iterator[Bank]:
    """The bank this call is about. The first call of a day leaves a backup when its work is done."""
    from studytool.errors import WorkFailed
    from studytool.store.opening import open_bank as open_at

    place = place_of_bank(context)
    with open_at(place, create=create) as bank:
        _opened[:] = [place]
        yield bank
        from studytool.store import backups

        if backups.is_due(Path(place), now()):
            try:
                backups.make(bank, Path(place), now())
            except WorkFailed as problem:
                tell(str(problem))  # the work itself is done and kept

"""Leaving: by a key, by a closed window, by a machine that goes down; never an error."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prompt_toolkit.application import Application


class Left(Exception):
    """The person has gone; nothing more can be asked."""


class ToldToEnd(KeyboardInterrupt):
    """As by Ctrl-C; but that may give up only what is being typed, and this is the end of all."""


def leave_as_by_ctrl_c() -> None:
    """Let a closed window, or a machine that goes down, end a sitting in order: its time is noted, and the
    terminal is as it was before the first key."""

    def end(_number: int, _frame: object) -> None:
        raise ToldToEnd

    _when_told(end)


@contextmanager
def ended_between_keys() -> Iterator[Callable[[], None]]:
    """While a text is typed, let the editor come to its end by itself.

    An error raised into its event loop, wherever that is just then, may be lost there, or leave it waiting
    for ever. Gives what the editor is to do first: it may have been told before it could listen.

    Raises ToldToEnd behind it.
    """
    from prompt_toolkit.application.current import get_app_or_none

    told = False

    def end_if_told() -> None:
        app = get_app_or_none()
        if told and app is not None:
            _end(app)

    def end(_number: int, _frame: object) -> None:
        nonlocal told
        told = True
        app = get_app_or_none()
        if app is not None and app.loop is not None:
            with suppress(RuntimeError):  # it has closed: the editor is at its end
                app.loop.call_soon_threadsafe(end_if_told)

    before = {number: signal.getsignal(number) for number in _telling()}
    _when_told(end)
    try:
        yield end_if_told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if told:  # whatever else ended it, a closed terminal or the person's Ctrl-C
            raise ToldToEnd


def _end(app: Application[str]) -> None:
    if app.future is not None and not app.future.done():
        app.exit(exception=ToldToEnd)


def _when_told(handler: Callable[[int, object], None]) -> None:
    for number in _telling():
        signal.signal(number, handler)


def _telling() -> tuple[signal.Signals, ...]:
    """The signals that tell a program to end; Windows has only the last."""
    names = ("SIGHUP", "SIGQUIT", "SIGTERM")
    return tuple(getattr(signal, name) for name in names if hasattr(signal, name))

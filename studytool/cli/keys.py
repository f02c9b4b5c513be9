"""The keyboard: single keys as they are pressed, and lines typed in a real editor.

Whoever presses Ctrl-C or Ctrl-D, or closes the terminal, leaves: that is `Left`, never an error.
"""

from __future__ import annotations

import signal
import sys
import unicodedata
from collections import deque
from contextlib import suppress

import typer

from studytool.errors import StudyError

ENTER, BACKSPACE, OTHER = "enter", "backspace", "other"
NAMES = {"\r": ENTER, "\n": ENTER, " ": ENTER, "\x7f": BACKSPACE, "\x08": BACKSPACE}
LEAVING = frozenset("\x03\x04")


class Left(Exception):
    """The person has gone; nothing more can be asked."""


def at_terminal() -> bool:
    """Is there somebody to ask?"""
    return sys.stdin.isatty() and sys.stdout.isatty()


def need_terminal(command: str) -> None:
    """Raises StudyError where there is nobody to ask."""
    if not at_terminal():
        raise StudyError(
            f"{command} 要在终端里逐题作答，这里的输入或输出不是终端："
            f"请直接在终端窗口运行 studytool {command}"
        )
    _leave_as_by_ctrl_c()


def _leave_as_by_ctrl_c() -> None:
    """Let a closed window, or a machine that goes down, end a sitting in order: its time is noted."""
    for name in ("SIGHUP", "SIGTERM"):  # Windows has only the second
        if number := getattr(signal, name, None):
            signal.signal(number, signal.default_int_handler)


class Keyboard:
    """Keys one at a time: a terminal may hand over several that were pressed fast."""

    def __init__(self) -> None:
        self._pressed: deque[str] = deque()

    def key(self) -> str:
        """The next key: a character in lower case and half width, or one of the names above."""
        while not self._pressed:
            self._pressed.extend(_read())
        pressed = self._pressed.popleft()
        if pressed in LEAVING:
            raise Left
        narrow = unicodedata.normalize("NFKC", pressed).casefold()
        return NAMES.get(narrow, narrow if len(narrow) == 1 else pressed)  # ㏂ is no row of letters

    def line(self, prompt: str) -> str:
        """A typed line; keys pressed before it was asked for do not count."""
        self._pressed.clear()
        return typed(prompt)


def _read() -> list[str]:
    try:
        text = typer.getchar()
    except (KeyboardInterrupt, EOFError, OSError) as error:
        raise Left from error
    if not text:
        raise Left  # the terminal has closed
    if text.startswith(("\x1b", "\x00", "\xe0")):
        return [OTHER]  # an arrow or function key
    return list(text)


def typed(prompt: str) -> str:
    """A line from prompt_toolkit's editor, which knows wide characters and input methods."""
    from prompt_toolkit import prompt as ask
    from prompt_toolkit.formatted_text import FormattedText

    try:
        return as_text(ask(FormattedText([("bold", prompt)]))).strip()
    except (KeyboardInterrupt, EOFError, OSError) as error:
        raise Left from error


def as_text(typed: str) -> str:
    """What was typed, where the terminal sends no UTF-8: Python keeps such bytes as halves of characters,
    which nothing could store or print. Mostly they are GBK."""
    try:
        data = typed.encode(errors="surrogateescape")
    except UnicodeEncodeError:  # halves that were no bytes
        return typed.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode(errors="replace")

"""The keyboard: single keys as they are pressed, and lines typed in a real editor.

Whoever presses Ctrl-C or Ctrl-D, or closes the terminal, leaves: that is `Left`, never an error.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import unicodedata
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import typer

from studytool.cli.leaving import Left, ended_between_keys, leave_as_by_ctrl_c
from studytool.errors import StudyError

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.buffer import Buffer

ENTER, BACKSPACE, SPACE, OTHER = "\r", "\x7f", " ", "\x1b"  # none stands in a text
NAMES = {"\n": ENTER, "\x08": BACKSPACE, "\u3000": SPACE}
_STROKE = re.compile(r"[\x00-\x20\x7f\u3000]|[^\x00-\x20\x7f\u3000]+")
LEAVING = frozenset("\x03\x04")
# An escape sequence without its end: of a key, or of what a terminal answers.
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|O|[\]PX^_][^\x07\x1b]*)?$")
PIECES = 0.1  # seconds between two pieces of one
IDLE = 5.0  # seconds without a key, after which what is to be done meanwhile is done
LONGEST = 4_000  # characters of a typed line


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
    leave_as_by_ctrl_c()


Prompt = str | Callable[[], str]  # a prompt that changes while one types is asked for anew each second


class Keyboard:
    """Keys one at a time: a terminal may hand over several that were pressed fast. `meanwhile` is done every
    few seconds while none comes (not on Windows)."""

    def __init__(self) -> None:
        self._strokes: deque[str] = deque()
        self.meanwhile: Callable[[], None] | None = None

    def stroke(self) -> str:
        """The next key; or the characters that came together, as an input method or a paste sends them.

        In lower case and half width, or one of the names above."""
        while not self._strokes:
            self._strokes.extend(_read(self.meanwhile))
        stroke = self._strokes.popleft()
        if stroke in LEAVING:
            raise Left
        return stroke

    def key(self) -> str:
        """The next key: one character, or one of the names above; a space is as good as Enter."""
        stroke = self.stroke()
        first, rest = stroke[0], stroke[1:]
        if rest:
            self._strokes.appendleft(rest)
        return ENTER if first == SPACE else first

    def drop_enter(self) -> None:
        """Forget the Enter that came together with a word: it belongs to it."""
        if self._strokes and self._strokes[0] == ENTER:
            self._strokes.popleft()

    def line(self, prompt: Prompt) -> str:
        """A typed line; keys pressed before it was asked for do not count."""
        self._strokes.clear()
        return typed(prompt)


def narrow(text: str) -> str:
    """The text in half width and lower case, character by character: ㏂ is no row of letters."""
    forms = (unicodedata.normalize("NFKC", character).casefold() for character in text)
    return "".join(form if len(form) == 1 else character for form, character in zip(forms, text, strict=True))


def _read(meanwhile: Callable[[], None] | None) -> list[str]:
    """The strokes of what has come: what comes together is read together."""
    try:
        text = _got(meanwhile)
    except (KeyboardInterrupt, EOFError, OSError) as error:
        raise Left from error
    if not text:
        raise Left  # the terminal has closed
    if text.startswith(("\x00", "\xe0")):
        return [OTHER]  # an arrow or function key, on Windows
    pressed, escape, _ = text.partition(OTHER)
    strokes = [NAMES.get(stroke) or narrow(stroke) for stroke in _STROKE.findall(pressed)]
    return [*strokes, OTHER] if escape else strokes  # what follows may be a key's, a paste's or an answer's


def _got(meanwhile: Callable[[], None] | None) -> str:
    """All that waits at the terminal, at least one character; typer's own reader takes 32 bytes, and what is
    left of a longer text would be taken for keys of its own."""
    if sys.platform == "win32":
        import msvcrt

        text = typer.getchar()
        while msvcrt.kbhit() and len(text) < LONGEST:
            text += typer.getchar()
        return text
    import termios

    try:
        return as_text(_raw(sys.stdin.fileno(), meanwhile).decode(errors="surrogateescape"))
    except termios.error as error:  # which is no OSError: the terminal has gone
        raise EOFError from error


def _raw(place: int, meanwhile: Callable[[], None] | None) -> bytes:
    """The bytes that wait there, read before Enter."""
    import select
    import termios
    import tty

    before = termios.tcgetattr(place)
    # Whoever stops the program and lets it go on gets the terminal back as the shell had it.
    goes_on = signal.signal(signal.SIGCONT, lambda _number, _frame: tty.setraw(place, termios.TCSADRAIN))
    try:
        tty.setraw(place, termios.TCSADRAIN)
        while meanwhile and not select.select([place], [], [], IDLE)[0]:
            meanwhile()
        data = os.read(place, LONGEST)
        while data and len(data) < LONGEST and select.select([place], [], [], _patience(data))[0]:
            data += os.read(place, LONGEST) or b"\x04"
    finally:
        signal.signal(signal.SIGCONT, goes_on)
        termios.tcsetattr(place, termios.TCSADRAIN, before)
    return data


def _patience(data: bytes) -> float:
    """Seconds to wait for more: what begins as an escape sequence may come in pieces, over a slow line."""
    return PIECES if _UNFINISHED.search(data) else 0.0


def typed(prompt: Prompt) -> str:
    """A line from prompt_toolkit's editor, which knows wide characters and input methods."""
    from prompt_toolkit.formatted_text import FormattedText

    session = editor(LONGEST)

    def shown() -> FormattedText:
        return FormattedText([("bold", prompt if isinstance(prompt, str) else prompt())])

    every = 0 if isinstance(prompt, str) else 1
    try:
        with ended_between_keys() as told:
            return as_text(session.prompt(shown, refresh_interval=every, pre_run=told)).strip()
    except (KeyboardInterrupt, EOFError, OSError) as error:
        raise Left from error


def editor(longest: int) -> PromptSession[str]:
    """An editor for a text of so many characters at most."""
    import logging

    from prompt_toolkit import PromptSession

    # Where its terminal has gone, we say so; asyncio would print a traceback of it.
    logging.getLogger("asyncio").disabled = True
    session: PromptSession[str] = PromptSession()
    keep_below(longest, session.default_buffer)
    _let_leave(session)
    return session


def _let_leave(session: PromptSession[str]) -> None:
    """Let Ctrl-C and Ctrl-D also end a paste: one of which the terminal never tells the end, as on a line
    that broke off, would take in every key that follows."""
    if sys.platform == "win32":
        return
    from prompt_toolkit.input.vt100 import Vt100Input
    from prompt_toolkit.input.vt100_parser import Vt100Parser

    class Parser(Vt100Parser):
        def feed(self, data: str) -> None:
            if data in LEAVING:  # pressed alone; inside a paste it is text
                self.reset()
            super().feed(data)

    if isinstance(session.input, Vt100Input):
        session.input.vt100_parser = Parser(session.input.vt100_parser.feed_key_callback)


def keep_below(longest: int, buffer: Buffer) -> None:
    """Let no more be typed into it: the editor keeps the whole text for every key, to undo it, which for a
    text that somebody feeds in key by key is the square of its length."""
    from prompt_toolkit.document import Document

    def cut(changed: Buffer) -> None:
        over, at = len(changed.text) - longest, changed.cursor_position
        if over > 0:
            start = max(0, at - over)  # what was typed last goes, not what stands behind it
            text = (changed.text[:start] + changed.text[at:])[:longest]
            changed.document = Document(text, min(start, len(text)))

    buffer.on_text_changed += cut


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

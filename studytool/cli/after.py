"""The verdict stands on the screen -> the next key that means something there."""

from __future__ import annotations

from studytool.cli import console
from studytool.cli.keys import ENTER, SPACE, Keyboard
from studytool.model import Memory
from studytool.quiz import Answer


def pressed_under(given: Answer, after: Memory | None, keyboard: Keyboard) -> str:
    """The next key that means something; of another it is said once that it does not, and no more.

    Letters that come together are a word, perhaps 正确 or yes, and no keys at all."""
    from studytool.views import verdict

    said = False
    while True:
        key = keyboard.stroke()
        if key in (ENTER, SPACE) or key in verdict.known_keys(given, after):
            return key
        if key.isprintable() and not said:
            console.show(verdict.unknown(key))
            said = True
        if len(key) > 1:
            keyboard.drop_enter()

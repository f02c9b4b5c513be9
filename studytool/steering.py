"""Text -> the same without what steers a terminal or turns the text around it, or with that escaped.

A document, a question or a file's name may hold an escape sequence (in 7 or 8 bits) or a mark of writing
direction; nobody sees them, and they make what is read another text than what is kept.
"""

from __future__ import annotations

import re

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def without_steering(text: str) -> str:
    """The text without what a terminal would obey and not show."""
    return _STEERING.sub("", text)


def escaped(document: str) -> str:
    """A JSON document that says the same with such characters as \\u009b."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", document)

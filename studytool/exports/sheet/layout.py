"""Text -> how much room it takes: stems with blanks, columns of options, ruled lines. All in em.

The surprising decision: widths are estimated here, not measured by the typesetter, so that a paper
looks the same as PDF, Word and web page. Estimates err on the wide side: a wrap costs a line, an
overflow a question.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from studytool.exports.sheet.fonts import clean
from studytool.exports.sheet.paper import CHOICES, Question
from studytool.model import BLANK, ItemKind

LINE = 43.0  # em in a line of ordinary print, beside the number
LARGE_LINE = 24.0  # … of large print
_SLOT_IN_TEXT = re.compile(r"[（(]\s*[）)]")
_BLANK_IN_TEXT = re.compile(r"_{2,}")
_OWN_SLOT = re.compile(r"\s*(?:[（(]\s*[）)]|_{2,})(?=[。．.！!？?]*$)")  # of a statement from another bank
_END = re.compile(r"[。．.！!]+$")


@dataclass(frozen=True)
class Piece:
    """A part of a stem: text, a ruled blank of `width` em, or the slot （　　） for a letter or sign.

    An `end` slot stands at the right margin, where whoever marks runs down the page."""

    kind: str  # text, blank, slot, end
    text: str = ""
    width: int = 0


def width(text: str) -> float:
    """About how wide a text is set, in em."""
    wide = sum(unicodedata.east_asian_width(char) in "WFA" for char in text)
    return wide + 0.62 * (len(text) - wide)


def blank_width(answer: str) -> int:
    """How long a blank must be to take `answer` in handwriting; in steps, so as not to tell its length."""
    return max(6, 2 * math.ceil((1.6 * width(answer) + 1) / 2))


def columns(options: Sequence[str], line: float) -> int:
    """In how many columns options are set: four, two or one."""
    widest = max((width(option) for option in options), default=0) + 3.0  # the letter and a gap
    if widest <= line / 4 and len(options) not in (5, 6):
        return 4
    return 2 if widest <= line / 2 else 1


def answer_lines(key: Sequence[str], line: float) -> int:
    """Ruled lines for a short answer: handwriting takes twice the room of print."""
    return min(14, max(4, math.ceil(2 * sum(width(point) + 2 for point in key) / line) + 1))


def pieces(question: Question) -> tuple[Piece, ...]:
    """The stem as it is printed, with room for the answer where it belongs."""
    item = question.item
    stem = clean(item.stem)
    if item.kind is ItemKind.CLOZE:
        return _with_blanks(stem, item.key)
    if item.kind is ItemKind.TRUE_FALSE:
        return (Piece("text", _OWN_SLOT.sub("", stem)), Piece("end"))
    if item.kind in CHOICES:
        return _with_slot(stem)
    if item.kind is ItemKind.ORDERING:
        return _with_room(stem, 2 * len(item.key) + 2)
    return _with_blanks(stem, ())


def _with_blanks(stem: str, answers: Sequence[str]) -> tuple[Piece, ...]:
    parts = _BLANK_IN_TEXT.split(stem)
    found: list[Piece] = [Piece("text", parts[0])]
    for index, part in enumerate(parts[1:]):
        answer = answers[index] if index < len(answers) else ""
        found += [Piece("blank", width=blank_width(answer)), Piece("text", part)]
    return tuple(piece for piece in found if piece.kind != "text" or piece.text)


def _with_room(stem: str, width: int) -> tuple[Piece, ...]:
    """The blank for the letters of an order: where the stem has its one blank, otherwise at its end."""
    parts = _BLANK_IN_TEXT.split(_SLOT_IN_TEXT.sub(BLANK, stem))
    before, after = parts if len(parts) == 2 else (stem, "")
    found = (Piece("text", before), Piece("blank", width=width), Piece("text", after))
    return tuple(piece for piece in found if piece.kind != "text" or piece.text)


def _with_slot(stem: str) -> tuple[Piece, ...]:
    """The slot for letters: where the stem has its one blank, otherwise at its end, before the full stop."""
    stem = _SLOT_IN_TEXT.sub(BLANK, stem)
    parts = _BLANK_IN_TEXT.split(stem)
    if len(parts) == 2:
        before, after = parts
    else:
        end = _END.search(stem)
        before, after = (stem[: end.start()], end[0]) if end else (stem, "")
    slotted = (*_with_blanks(before, ()), Piece("slot"), Piece("text", after))
    return tuple(piece for piece in slotted if piece.kind != "text" or piece.text)

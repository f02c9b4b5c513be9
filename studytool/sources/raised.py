"""Raised characters -> what they are: the marks of notes are left out, powers stay raised (m², 10⁴).

A reader that sees what is raised sets it between OPENS and CLOSES, for a raised 1 behind 3521 must never
become a figure of 35211. The surprising decision: a raised number behind a figure is a note's only if the
notes count up to it; any other stays raised, so that whoever reads sees no figure in it. What stands before
a stroke (¹/3) or a letter (¹⁴C) belongs to what follows and is never a note's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Not characters by the standard: no text has them.
OPENS, CLOSES = "\ufdd0", "\ufdd1"

NUMBERS = r"\d{1,3}(?:\s*[-–—~～,，、;；]\s*\d{1,3})*"  # of notes: 1, 2-3, 4、5
_RAISED = re.compile(f"{OPENS}([^{OPENS}{CLOSES}]*){CLOSES}")
_STRAY = re.compile(f"[{OPENS}{CLOSES}]")
_NUMBER = re.compile(NUMBERS)
_FIRST = re.compile(r"\d{1,3}")
_CIRCLED = "①-⑳㉑-㉟㊱-㊿⓪❶-❿"
# What is a mark by its look: [1], (2-3), 注1, ①, *, †
MARK = re.compile(
    rf"(?:[\[［〔(（【]\s*(?:注释?\s*)?(?:{NUMBERS}|[{_CIRCLED}])?\s*[\]］〕)）】]|[{_CIRCLED}]|注释?\s*\d{{0,3}}|[*＊※†‡])+"
)
ROMAN = re.compile(r"[ivx]{1,5}")  # a mark, but not behind a letter: xⁱ
# What a raised 2 or 3 makes a measure of, and what a raised number makes a power of.
_MEASURE = re.compile(r"(?:(?<![A-Za-z])(?:[A-Za-zμ]{0,2}m|[KHDC]?M|[a-zμ]{1,2}|[A-Z])|米)$")
_TEN = re.compile(r"(?<![\d.])10$")
_TIMES_TEN = re.compile(r"[×xX*＊·]\s*10$")
# What a raised number in front of it belongs to: the stroke of a fraction, an element (¹⁴C), any letter.
_STROKE = re.compile(r"\s*[/／⁄∕](?!\s*[\u4e00-\u9fff])")
_DENOMINATOR = re.compile(r"[/／⁄∕]\s*$")
_ELEMENT = re.compile(r"[A-Z][a-z]?(?![A-Za-z])")
_LETTER = re.compile(r"[A-Za-z]")
_FIGURE = re.compile(r"\d$")
_LATIN = re.compile(r"[A-Za-z)\]]$")
_POWERS = str.maketrans("0123456789+-−–()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_LONGEST_POWER = 6
_NEAR = 40  # characters before a raised one tell what it is


def raised(text: str) -> str:
    """`text` as what is raised."""
    return f"{OPENS}{text}{CLOSES}"


def power(words: str) -> str:
    """`words` in raised characters, where all of them have one."""
    return words.translate(_POWERS) if all(ord(sign) in _POWERS for sign in words) else words


def is_of_next(after: str, *, begins: bool) -> bool:
    """Does a raised number belong to what follows it? What `begins` a line may number a note of letters."""
    return bool(_STROKE.match(after) or (_ELEMENT if begins else _LETTER).match(after))


def lowered(words: str, after: str) -> str:
    """Digits set low, apart from a figure behind them: CO₂500万吨. Elsewhere people type CO2."""
    return words.translate(_LOWERED) if after[:1].isdigit() else words


def gap(before: str, after: str) -> str:
    """What is left where a mark stood: a space between two figures, lest 6.1 and 2024 become one."""
    return " " if before[-1:].isdigit() and after[:1].isdigit() else ""


def parts(text: str) -> list[str]:
    """The raised parts of a text, in order."""
    return _RAISED.findall(text)


def replaced(text: str, readings: Iterable[str]) -> str:
    """The text with its raised parts as they read."""
    left = iter(readings)
    return _STRAY.sub("", _RAISED.sub(lambda _: next(left), text))


@dataclass(slots=True)
class Notes:
    """The notes of one text, met from its beginning: `last` is the number of the last one."""

    last: int = 0

    def settled(self, text: str) -> str:
        """`text` with its raised characters read."""
        return replaced(text, self.readings(text)) if OPENS in text else text

    def readings(self, text: str) -> Iterator[str]:
        """How each of the raised parts of `text` reads, in order."""
        before, at = "", 0
        for found in _RAISED.finditer(text):
            before = (before + text[at : found.start()])[-_NEAR:]
            after = text[found.end() : found.end() + _NEAR]
            reading = self._reading(found[1].strip(" ,，、;；"), before.rstrip(), after)
            yield reading or gap(before, after)
            before, at = before + reading, found.end()

    def _reading(self, words: str, before: str, after: str) -> str:
        of_next = is_of_next(after, begins=not before) or _DENOMINATOR.search(before)
        if _NUMBER.fullmatch(words) and not of_next and self._is_mark(words, before):
            self._count(words)
            return "" if before else f"[{words}] "  # before a paragraph: the note itself
        if MARK.fullmatch(words) or (ROMAN.fullmatch(words) and not _LETTER.match(before[-1:])):
            self._count(words)
            return "" if before else f"{words} "
        stands_apart = _NUMBER.fullmatch(words) and _LETTER.match(after)
        is_power = stands_apart or any(base.search(before) for base in (_FIGURE, _LATIN, _MEASURE))
        return power(words) if is_power and len(words) <= _LONGEST_POWER else words

    def _is_mark(self, words: str, before: str) -> bool:
        first = int(words) if words.isdecimal() else None
        if _TIMES_TEN.search(before) or (first in {2, 3} and _MEASURE.search(before)):
            return False  # or a note behind 千米; in doubt it stays raised
        if _FIGURE.search(before) or _LATIN.search(before):
            return first is None or first == 1 or (first == self.last + 1 and not _TEN.search(before))
        return True

    def _count(self, words: str) -> None:
        found = _FIRST.findall(words)
        self.last = int(found[-1]) if found else self.last

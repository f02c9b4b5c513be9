"""A cell with the numbers of the blanks its answers belong to -> the answers by their blanks.

The surprising decision: one number alone places nothing where several answers stand behind it (①甲；乙 is how
people begin a list), and a 1.5 is the decimal it looks like where a blank's answer is one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from studytool.model import Item

_AROUND = " \t\r\n；;，,、|｜:："
_CIRCLE, _IN_BRACKETS = r"(?P<circle>[①-⑳])", r"[（(]\s*(?P<inside>\d{1,2})\s*[）)]"
# Answers with the numbers of their blanks, as on the answer sheet; 1. and 1、 only where several have it.
_PLACED = re.compile(
    rf"{_CIRCLE}|(?:^|(?<=[\s；;，,、]))(?:{_IN_BRACKETS}|第\s*(?P<named>\d{{1,2}})\s*空[:：]?|"
    r"(?P<before>\d{1,2})[.．、](?!\d))"
)
# The ways to write a number, each believed anywhere in the cell if it runs from one to the last blank.
_FORMS = tuple(
    map(
        re.compile,
        (
            _CIRCLE,
            _IN_BRACKETS,
            r"第\s*(\d{1,2})\s*空",
            r"(?<![\d（(])(\d{1,2})[）)]",
            r"(?<![\d.．、])(\d{1,2})[.．、]",
        ),
    )
)
_FIRST = re.compile(r"\s*(?:①|[（(]\s*1\s*[）)]|第\s*1\s*空[:：]?|1(?:、|[.．](?!\d)|[）)]))\s*")
_ANY = re.compile(r"[①-⑳]|[（(]\d{1,2}[）)]|第\s*\d{1,2}\s*空|\d{1,2}(?:[、）)]|[.．](?P<decimal>(?=\d))?)")


def by_number(item: Item, text: str) -> tuple[str, ...]:
    """The texts behind the numbers of their blanks; nothing, if these are no such numbers."""
    return _run(item, text) or _placed(text, len(item.key))


def without_first(item: Item, text: str) -> str:
    """The cell without a number one that stands at its start and says nothing."""
    found = _FIRST.match(text)
    if not found or not text[found.end() :] or _is_known(item, text) or _is_known(item, "1"):
        return text
    return text[found.end() :]


def has_number(item: Item, response: Sequence[str]) -> bool:
    """Whether an answer still begins with what may be the number of a blank; of 9.5%, only if it is right
    without."""
    found = [(part.strip(), _ANY.match(part.strip())) for part in response]
    return any(
        number and (number["decimal"] is None or _is_known(item, part[number.end() :]))
        for part, number in found
    )


def _run(item: Item, text: str) -> tuple[str, ...]:
    """The answers where the numbers run from one on, one for each blank."""
    due = list(range(1, len(item.key) + 1))
    for form in _FORMS:
        found = list(form.finditer(text))
        if len(due) > 1 and [_number(one) for one in found] == due and not text[: found[0].start()].strip():
            cut = _between(text, found)
            whole = [
                text[a.start() : b].strip(_AROUND) for a, b in zip(found, _ends(text, found), strict=True)
            ]
            if any(cut) and not any(_is_known(item, part) for part in whole):
                return cut
    return ()


def _placed(text: str, count: int) -> tuple[str, ...]:
    """The answers to some of the blanks, by numbers that stand apart."""
    found = list(_PLACED.finditer(text))
    numbers = [_number(one) for one in found]
    is_clear = len(found) > 1 or (bool(found) and not found[0]["before"] and numbers != [1])
    are_blanks = set(numbers) <= set(range(1, count + 1)) and len(set(numbers)) == len(numbers)
    if not is_clear or not are_blanks or found[0].start():
        return ()
    cells = dict(zip(numbers, _between(text, found), strict=True))
    return tuple(cells.get(number, "") for number in range(1, count + 1))


def _number(found: re.Match[str]) -> int:
    return int(unicodedata.normalize("NFKC", "".join(filter(None, found.groups()))))


def _ends(text: str, found: list[re.Match[str]]) -> tuple[int, ...]:
    return (*(one.start() for one in found[1:]), len(text))


def _between(text: str, found: list[re.Match[str]]) -> tuple[str, ...]:
    ends = _ends(text, found)
    return tuple(text[one.end() : end].strip(_AROUND) for one, end in zip(found, ends, strict=True))


def _is_known(item: Item, text: str) -> bool:
    """Whether a text is an answer as it stands, number and all."""
    return any(text == accepted for some in (item.key, *item.accepted) for accepted in some)

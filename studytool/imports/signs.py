"""A text of nothing but numbers and signs (1-5: A B C D A, 1A2B3C) -> which sign answers which number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studytool.imports import labels
from studytool.imports.answers import SIGNS

_SIGN = f"(?:正确|错误|[A-JＡ-Ｊ{SIGNS}对错TFXVYN])"
_RANGE = re.compile(
    rf"(\d{{1,3}})\s*+[-－—–~～至到]++\s*+(\d{{1,3}})\s*+题?\s*+[:：.、．]?\s*+((?:{_SIGN}[\s,，、;；]*)+)"
)
_SINGLE = re.compile(rf"(\d{{1,3}})\s*+[.、．:：)）]?\s*+([A-JＡ-Ｊ]{{1,10}}|{_SIGN})")
# B（因为二）; × 应为己; 错误，应为己: a sign, and what explains it.
_EXPLAINED = re.compile(
    rf"([A-JＡ-Ｊ]{{1,10}}|{_SIGN})(?:\s*+[（(]([^（）()]+)[）)]\s*+[。.]?|[\s，,。；;：:—]++(.+))", re.DOTALL
)
_BETWEEN = re.compile(r"[\s,，;；、。|]*")
_DIGITS = re.compile(r"\d+")


def has_signs(text: str, least: int = 2) -> bool:
    """Whether a text is nothing but numbers and signs that answer them, so many or more."""
    return len(signs(text)) >= least


def signs(row: str) -> list[tuple[int, str]]:
    """The numbers and signs of a line that consists of nothing else; no sign where they do not come out."""
    found: list[tuple[int, str]] = []
    at = 0
    while at < len(row):
        ranged, single = _RANGE.match(row, at), _SINGLE.match(row, at)
        if ranged and int(ranged[1]) < int(ranged[2]):
            found += _spread(ranged)
            at = ranged.end()
        elif single:
            found.append((int(single[1]), single[2]))
            at = single.end()
        else:
            return []
        between = _BETWEEN.match(row, at)
        at = between.end() if between else at
    return found


def explained(answer: str) -> tuple[str, str]:
    """An answer that is a sign, and what is said behind it to explain it; the answer alone if nothing is."""
    found = _EXPLAINED.fullmatch(answer)
    if not found or not (found[2] or labels.explains(found[3])):
        return answer, ""
    return found[1], (found[2] or found[3]).strip()


def _spread(ranged: re.Match[str]) -> list[tuple[int, str]]:
    """1-3: A BC D -> 1 A, 2 BC, 3 D; without spaces, one letter each; nothing for each where the count is
    not right."""
    numbers = range(int(ranged[1]), int(ranged[2]) + 1)
    apart = re.split(r"[\s,，、;；]+", ranged[3].strip(" ,，、;；"))
    for texts in (apart, re.findall(_SIGN, "".join(apart))):
        if len(texts) == len(numbers):
            return list(zip(numbers, texts, strict=True))
    return [(number, "") for number in numbers]


def cells(row: str) -> list[str]:
    return re.split(r"[\s|]+", row.strip(" |\t"))


def below(numbers: Sequence[str], texts: Sequence[str]) -> list[tuple[int, str]]:
    """The answers of a table by the numbers above them: one, or several as 1-5; if there are not as many,
    an empty cell was lost, and nobody knows which."""
    rows = zip(numbers, texts, strict=True) if len(numbers) == len(texts) else ((one, "") for one in numbers)
    return [
        pair
        for number, text in rows
        for pair in (signs(f"{number} {text}") or [(int(_DIGITS.findall(number)[0]), text)])
    ]

"""The answer to a short-answer question as people write it -> its points, without the marks they have.

Points may stand in one line. Then their numbers must run from one on, so that no figure within an answer
divides it, and the full stop that ends the line is none of the last point.
"""

from __future__ import annotations

import re

from studytool.imports import asides

_NUMERALS = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# A figure behind the mark makes it a figure itself: 3.5万户.
POINT_MARK = re.compile(
    rf"^\s*(?:[①-⑳]|[（(](?:\d{{1,2}}|[{_NUMERALS}]{{1,2}})[）)]|\d{{1,2}}[.、．)）](?!\d))\s*"
)
# Marks within a line: at its start, or behind a point or a space; a circled number stands anywhere.
_WITHIN = re.compile(
    rf"[①-⑳]|(?<![第条款项])[（(](\d{{1,2}}|[{_NUMERALS}]{{1,2}})[）)](?![项款条目])"
    r"|(?:(?<=[；;。，,：:\s])|\A)(\d{1,2})[.、．)）](?!\d)"
)
_BEGINS = re.compile(r"(?:\A|.*[：:；;。，,\s])\Z", re.DOTALL)  # what the first mark of a line may follow
_LEADS_IN = re.compile(r"[：:，,]\s*\Z")
_ANSWER = re.compile(r"\A\s*答\s*[:：]\s*")
_END = re.compile(r"[；;]\s*$")
_END_OF_LINE = re.compile(r"[；;，,。]\s*$")


def points(answer: str) -> tuple[str, ...]:
    """The points of an answer: line by line, and within a line by their marks."""
    found: list[str] = []
    last = 0  # the number of the last point of the lines before
    lead = ""  # what leads in to the first point, which is none by itself
    for line in asides.without_scores(_ANSWER.sub("", answer)).split("\n"):
        marks = _marks(line, last + 1)
        last = _number(marks[-1]) if marks else last
        if not marks and not found and _LEADS_IN.search(line):
            lead += line.strip()
            continue
        parts = _of_line(line, marks)
        found += [lead + parts[0], *parts[1:]]
        lead = ""
    found += [lead]
    return tuple(part for part in found if part)


def _of_line(line: str, marks: list[re.Match[str]]) -> list[str]:
    parts = _divided(line, marks)
    bare = [POINT_MARK.sub("", part).strip() for part in parts]
    if len(parts) == 1:
        return [_END.sub("", part).strip() for part in bare]
    return [_closed(part) for part in bare]


def _closed(part: str) -> str:
    """A point of several in a line without the sign that parts it from the next; sentences keep theirs."""
    return part if "。" in part[:-1] else _END_OF_LINE.sub("", part).strip()


def _marks(line: str, expected: int) -> list[re.Match[str]]:
    """The marks of a line, if they number its points one after the other, from one or from `expected` on."""
    marks = list(_WITHIN.finditer(line))
    numbers = [_number(mark) for mark in marks]
    first = numbers[0] if numbers else 0
    runs = (
        bool(marks)
        and bool(_BEGINS.match(line[: marks[0].start()]))
        and first in (1, expected)
        and numbers == list(range(first, first + len(marks)))
    )
    return marks if runs else []


def _divided(line: str, marks: list[re.Match[str]]) -> list[str]:
    """A line cut before its marks; one alone, at its start, cuts nothing off."""
    starts = [mark.start() for mark in marks]
    if len(starts) < 2:
        return [line]
    before = line[: starts[0]].strip()
    first = POINT_MARK.sub("", line[starts[0] : starts[1]]) if before else line[starts[0] : starts[1]]
    ends = [*starts[2:], len(line)]
    return [before + first, *(line[a:b] for a, b in zip(starts[1:], ends, strict=True))]


def _number(mark: re.Match[str]) -> int:
    text = mark[1] or mark[2]
    if not text:
        return _CIRCLED.index(mark[0]) + 1
    if text.isdigit():
        return int(text)
    return _NUMERALS.find(text) + 1

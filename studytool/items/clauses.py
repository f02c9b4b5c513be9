"""A sentence -> its clauses, cut at commas and semicolons that stand outside quotes and brackets."""

from __future__ import annotations

import re
from functools import lru_cache

from studytool.model import Span

_OPENING, _CLOSING = "“‘《〈（【[(", "”’》〉）】])"
_MARK = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]|[，,；;：:。！？!?]+")

_BRACKET = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]")


def balanced(text: str) -> bool:
    """Does every quotation mark and bracket of `text` find its partner?"""
    waiting: list[str] = []
    for mark in _BRACKET.findall(text):
        if mark in _OPENING:
            waiting.append(_CLOSING[_OPENING.index(mark)])
        elif not waiting or waiting.pop() != mark:
            return False
    return not waiting


@lru_cache(maxsize=1 << 13)
def _cut(text: str, marks: str) -> tuple[Span, ...]:
    found: list[Span] = []
    start = depth = 0
    for match in _MARK.finditer(text):
        mark = match.group()
        if mark in _OPENING:
            depth += 1
        elif mark in _CLOSING:
            depth = max(0, depth - 1)
            if depth == 0 and mark == "”" and text[match.start() - 1] in "。！？" and match.end() < len(text):
                found.append(Span(start, match.end()))
                start = match.end()
        elif depth == 0 and mark[0] in marks:
            found.append(Span(start, match.end()))
            start = match.end()
    if start < len(text):
        found.append(Span(start, len(text)))
    return tuple(found)


def clauses(text: str) -> tuple[Span, ...]:
    """The clauses of `text`, each with the mark that ends it; together they are the text."""
    return _cut(text, "，,；;：:。！？!?")


def segments(text: str) -> tuple[Span, ...]:
    """The parts of `text` between semicolons and full stops."""
    return _cut(text, "；;。！？!?")

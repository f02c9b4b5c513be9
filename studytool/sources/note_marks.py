"""Paragraphs -> the marks of notes that stand in their lines: 一基地三区[1]，…制度[2-3]。

Such a bracket is a mark only in a text that has notes: where a paragraph below begins with the same mark,
or where the numbers count up from 1 and most of them end clauses; a[1] and 学习[1]分 do not. What begins a
clause ([1]坚持…；[2]坚持…) numbers it and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from studytool.model import Span
from studytool.sources.raised import NUMBERS, gap

_BRACKETED = rf"\\?[\[［〔]{NUMBERS}\\?[\]］〕]"  # Markdown writes \[1\]
_MARKS = re.compile(rf"(?<=[^\s：:；;，,、（(\[\]\\])(?:{_BRACKETED})+(?![(（:：]|\d+号)")
_BRACKET = re.compile(_BRACKETED)
_NUMBER = re.compile(r"\d+")
_STOP = re.compile(r"\s*(?:[，。；：、！？,;!?”’」》）)]|$)")
_NOTE = re.compile(r"\s*\\?[\[［〔](\d{1,3})\\?[\]］〕]")


class PlainMarks:
    """The marks of one text, known from all its paragraphs."""

    def __init__(self, paragraphs: Iterable[str]) -> None:
        texts = [text for text in paragraphs if "[" in text or "［" in text or "〔" in text]
        found = [(text, mark) for text in texts for mark in _MARKS.finditer(text)]
        marks = [numbers for _, mark in found for numbers in _numbers(mark[0])]
        ending = sum(_ends_clause(text, mark) for text, mark in found)
        has_list, numbers_its_own = _lists(texts)
        counted = _count_up(marks) and 2 * ending > len(found)
        self.are_notes = has_list or (counted and not numbers_its_own)

    def spans(self, text: str) -> list[Span]:
        """Where marks of notes stand in a paragraph."""
        return [Span(*found.span()) for found in _MARKS.finditer(text)] if self.are_notes else []

    def without(self, text: str) -> str:
        for span in reversed(self.spans(text)):
            text = text[: span.start] + left_by(text, span) + text[span.end :]
        return text


def left_by(text: str, span: Span) -> str:
    """What is left in a text where the mark at `span` stood."""
    return gap(text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1])


def _numbers(marks: str) -> Iterator[tuple[int, int]]:
    """The first and the last number of each mark."""
    for one in _BRACKET.finditer(marks):
        found = _NUMBER.findall(one[0])
        yield int(found[0]), int(found[-1])


def _ends_clause(text: str, mark: re.Match[str]) -> bool:
    """Does the mark stand before a stop, at the end, or behind what is quoted?"""
    return _STOP.match(text, mark.end()) is not None or text[mark.start() - 1] in "”》）"


def _lists(texts: Sequence[str]) -> tuple[bool, bool]:
    """Is there a list of notes, below their marks? Or a numbered list above all marks?"""
    met: set[int] = set()
    above = False
    for text in texts:
        note = _NOTE.match(text)
        if note and int(note[1]) in met:
            return True, False
        above = above or (note is not None and not met)
        met.update(first for mark in _MARKS.finditer(text) for first, _ in _numbers(mark[0]))
    return False, above


def _count_up(marks: Sequence[tuple[int, int]]) -> bool:
    """1, 2–3, 1, 4: none comes before those below it, and there are at least two."""
    last = 0
    for first, end in marks:
        if first > last + 1:
            return False
        last = max(last, end)
    return last > 1

"""The text of a question list (typed, from Word or a PDF) -> its questions, in the usual Chinese conventions.

Lines are read one after the other; each belongs to the stem, the options, the answer or a remark of the
question that is open. Surprising: a number opens a question only where one is due, because explanations and
answers are full of numbered steps.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from studytool.imports import lines as reading
from studytool.imports.answer_list import Given, matched, read_answers
from studytool.imports.answers import GAP, calls_options
from studytool.imports.entry import Entry, Imported, Problem, imported
from studytool.imports.lines import Row
from studytool.model import ItemKind

_FINAL_GAP = re.compile(r"(?:(?<!\s)\s++)?[（(]\s*+[）)]\s*+([。.？?]?)\s*+$")
_NEXT, _OTHER = re.compile(r"[；;\n]"), re.compile(r"[、；;\n]")  # between gaps, and between answers to one
_MARK = 4  # characters that hold the letter a line begins with, and what shows that it is none
_STEM, _OPTIONS, _ANSWER = "题干", "选项", "答案"


@dataclass(slots=True)
class _Open:
    """A question while its lines are read. `place` says to which of its parts the next line belongs."""

    line: int
    number: int
    form: int  # how the number is written
    kind_name: str | None
    group: int
    step: int = 0  # the last number within its answer or remarks
    parts: dict[str, list[str]] = field(default_factory=dict)
    options: list[str] = field(default_factory=list)
    place: str = _STEM
    is_loose: bool = False  # its options have letters and no signs behind them
    flaw: str | None = None  # why it cannot be asked
    doubt: str | None = None  # why not, if letters in the stem were meant for options

    def add(self, text: str) -> None:
        if self.place == _OPTIONS and text:
            self.options[-1] = f"{self.options[-1]}\n{text}".strip()
        elif text:
            self.parts.setdefault(self.place, []).append(text)

    def text(self, part: str) -> str:
        return "\n".join(self.parts.get(part, ()))

    @property
    def has_points(self) -> bool:
        """Whether it stands among questions that nobody chooses an answer to."""
        return self.kind_name is not None and reading.KINDS[self.kind_name] is ItemKind.SHORT_ANSWER

    @property
    def is_complete(self) -> bool:
        return self.place not in (_STEM, _OPTIONS) and bool(self.text(_ANSWER))

    @property
    def is_open(self) -> bool:
        """Whether no answer stands with it."""
        return not self.text(_ANSWER) and not reading.inside(self.text(_STEM))

    @property
    def asks(self) -> bool:
        """Whether it looks like a question at all, and not like a line of instructions."""
        stem = self.text(_STEM)
        return bool(self.options or _ANSWER in self.parts or GAP.search(stem) or reading.inside(stem))


def read(text: str, bank: str) -> Imported:
    """The questions of a list, and what is wrong with those that could not be understood."""
    rows = reading.rows(text)
    border = _answers_at(rows)
    questions = _questions(rows[:border])
    given, problems = read_answers(rows[border:])
    answers, unmatched = matched([(q.group, q.kind_name, q.number) for q in questions], given)
    entries = (_entry(question, answers.get(place)) for place, question in enumerate(questions))
    return imported(entries, bank, (*problems, *unmatched, *_missing_numbers(questions)))


def _answers_at(rows: list[Row]) -> int:
    """The index of the title of the answers collected at the end, or the number of lines.

    The same words can stand above the answer of one question: a collection answers most open questions,
    from the first on, and has no options below it."""
    last_option = max((n for n, row in enumerate(rows) if reading.options(row.text, 0)), default=-1)
    titles = [n for n in range(last_option + 1, len(rows)) if reading.answers_begin(rows[n].text)]
    for index in dict.fromkeys((*titles[:1], *titles[-1:])):
        unanswered = [question.number for question in _questions(rows[:index]) if question.is_open]
        given, _ = read_answers(rows[index:])
        if 1 < len(unanswered) <= len(given) * 2 and given[0].number == unanswered[0]:
            return index
    return len(rows)


def _questions(rows: list[Row]) -> list[_Open]:
    reader = _Reader(rows)
    for index, row in enumerate(rows):
        if row.text:
            reader.take(index, row)
    found = [question for question in reader.questions if question.parts.get(_STEM)]
    sectioned = any(question.group for question in found)
    return [question for question in found if question.asks or question.group or not sectioned]


class _Reader:
    """Takes lines one by one; `questions` are what has been read so far."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.questions: list[_Open] = []
        self.kind_name: str | None = None
        self.group = 0
        self.numbers: dict[int, list[int]] = {}  # a number -> the lines that begin with it
        for index, row in enumerate(rows):
            if cut := reading.numbered(row.text, None):
                self.numbers.setdefault(cut.number, []).append(index)
        self.is_numbered = any(reading.numbered(row.text, 1) for row in rows)

    @property
    def current(self) -> _Open | None:
        return self.questions[-1] if self.questions and self.questions[-1].group == self.group else None

    def take(self, index: int, row: Row) -> None:
        name = reading.section(row.text)
        if name:
            self.kind_name, self.group = name, self.group + 1
        elif self._label(row.text):
            return
        elif self._opens(index, row.text):
            self._open(row)
        elif self.current:
            self._continue(self.current, row.text)

    def _label(self, row: str) -> bool:
        """Whether the line begins the answer or a remark of the open question."""
        answer, note = reading.answer(row), reading.note(row)
        if self.current is None or (answer is None and note is None and not reading.answers_begin(row)):
            return False
        self.current.place = note.found if note and answer is None else _ANSWER
        self.current.parts.setdefault(self.current.place, [])
        self.current.add(note.rest if note and answer is None else answer or "")
        return True

    def _opens(self, index: int, row: str) -> bool:
        """Whether a line opens the next question."""
        if not self.is_numbered:
            return self._opens_without_number(index, row)
        current = self.current
        cut = reading.numbered(row, current.number + 1 if current else 1)
        if cut is None or current is None:
            return cut is not None
        return cut.form == current.form and self._is_due(index, cut.number, current)

    def _is_due(self, index: int, number: int, current: _Open) -> bool:
        """Whether a number is that of the next question and not of a step within the open one."""
        expected = current.number + 1
        if current.place in (_STEM, _OPTIONS):
            return number == expected or (number == 1 and self._asks(index))
        is_step = number == current.step + 1 or self._twice(index, number)
        if number == expected and current.is_complete and not is_step:
            return True
        return number in (1, expected, expected + 1) and self._asks(index)

    def _opens_without_number(self, index: int, row: str) -> bool:
        if reading.options(row, 0) and self.current:
            return False
        return self.current is None or (self.current.is_complete and not self.rows[index - 1].text)

    def _asks(self, index: int) -> bool:
        """Whether the lines up to the next number have options, an answer or a gap."""
        for place in range(index, len(self.rows)):
            text = self.rows[place].text
            if place > index and (reading.numbered(text, 0) or reading.section(text)):
                return False
            if reading.options(text, 0) or reading.answer(text) is not None or GAP.search(text):
                return True
            if place == index and reading.inside(text):
                return True
        return False

    def _twice(self, index: int, number: int) -> bool:
        """Whether the same number comes once more and is a question there: then this one is a step."""
        places = self.numbers.get(number, [])
        later = bisect_right(places, index)
        return later < len(places) and self._asks(places[later])

    def _open(self, row: Row) -> None:
        expected = self.current.number + 1 if self.current else 1
        cut = reading.numbered(row.text, expected) or reading.Numbered(expected, 0, row.text)
        if self.current and cut.number < expected:
            self.group += 1
        self.questions.append(_Open(row.line, cut.number, cut.form, self.kind_name, self.group))
        self._continue(self.questions[-1], cut.rest)

    def _continue(self, question: _Open, row: str) -> None:
        """Adds a line to the open question: options where they are due, else to the part that is open."""
        if question.place in (_STEM, _OPTIONS):
            found = None if question.has_points else reading.options(row, len(question.options))
            if question.place == _STEM and not found and question.parts:
                question.doubt = question.doubt or reading.skipped(row.lstrip()[:_MARK], 0)
            else:
                question.flaw = question.flaw or _misplaced(question, row, found)
            if found:
                before, texts = found
                question.add(before)
                question.place = _OPTIONS
                question.is_loose = reading.is_loose(row)
                question.options.extend(texts)
                return
        elif step := reading.numbered(row, question.step + 1):
            question.step = step.number
        question.add(row)


def _misplaced(question: _Open, row: str, found: tuple[str, tuple[str, ...]] | None) -> str | None:
    """What is wrong with the letters of a line, from the first option on: before, a letter means anything."""
    due = len(question.options)
    if found:
        return reading.skipped(row.strip()[len(found[0]) :], due)
    if question.place == _STEM:
        return None
    wrong = reading.skipped(row, due)
    return reading.skipped_loosely(row, due) if wrong is None and question.is_loose else wrong


def _flaw(question: _Open, kind: ItemKind | None, answer: str) -> str | None:
    """Why a question cannot be asked as it is read. Where nothing is chosen, letters belong to the text."""
    if kind in (ItemKind.TRUE_FALSE, ItemKind.CLOZE, ItemKind.SHORT_ANSWER):
        return None
    meant = question.doubt if not question.options and calls_options(answer) else None
    return question.flaw or meant or _empty(question.options)


def _entry(question: _Open, given: Given | None) -> Entry:
    stem = question.text(_STEM)
    tag = reading.tagged(stem)
    stem = tag.rest if tag else stem
    name = tag.found if tag else question.kind_name
    answer = question.text(_ANSWER) or (given.answer if given else "")
    if not answer and (inside := reading.inside(stem)):
        answer, stem = inside
    kind = reading.KINDS[name] if name else None
    if kind is ItemKind.TRUE_FALSE or (
        kind is None and not question.options and reading.is_statement(answer)
    ):
        stem = _FINAL_GAP.sub(r"\1", stem)
    note = question.text
    explanation = "\n".join(filter(None, map(note, ("解析", "答案解析", "试题解析", "解答", "详解", "说明"))))
    return Entry(
        line=question.line,
        flaw=_flaw(question, kind, answer),
        stem=stem,
        kind=kind,
        options=tuple(question.options),
        answer=answer,
        variants=_variants(note("也可答"), len(GAP.findall(stem))),
        id=note("编号") or None,
        explanation=explanation or (given.explanation if given else None) or None,
        evidence=note("依据"),
        article=note("出处") or note("来源"),
        section=note("章节") or None,
        difficulty=reading.DIFFICULTIES.get(note("难度"), 0.5),
        tags=tuple(filter(None, (note("考点"), note("知识点")))),
    )


def _variants(written: str, gaps: int) -> tuple[tuple[str, ...], ...]:
    """What else may be answered to each gap: a semicolon lies between gaps, a dash stands for nothing."""
    groups = _NEXT.split(written) if gaps > 1 else [written]
    found = tuple(tuple(filter(None, map(str.strip, _OTHER.split(group)))) for group in groups)
    return tuple(() if texts == ("—",) else texts for texts in found) if written else ()


def _empty(options: list[str]) -> str | None:
    """Which option is empty before one that is not; the letter of one behind them all was left over."""
    last = max((n for n, text in enumerate(options) if text), default=0)
    return next((f"选项 {chr(ord('A') + n)} 是空的" for n in range(last) if not options[n]), None)


def _missing_numbers(questions: list[_Open]) -> Iterator[Problem]:
    """Gaps in the numbering: a question there was taken for a part of the one before."""
    for before, after in pairwise(questions):
        if before.group == after.group and after.number > before.number + 1:
            found = after.text(_STEM)[:20]
            yield Problem(
                after.line,
                found,
                f"第 {before.number} 题之后应为第 {before.number + 1} 题，这里是第 {after.number} 题",
            )

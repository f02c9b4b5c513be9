"""The lines of a question list -> its questions, and the lines that belong to none.

Surprising: a number opens a question only where one is due, because explanations and answers are full of
numbered steps.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from studytool.imports import asides, labels, lettered, titles
from studytool.imports import lines as reading
from studytool.imports.answers import GAP
from studytool.imports.lines import Row
from studytool.imports.open_question import ANSWER, OPTIONS, STEM, OpenQuestion
from studytool.model import ItemKind


class Questions(NamedTuple):
    """The questions of some lines, and the lines that belong to none of them."""

    found: list[OpenQuestion]
    unused: list[Row]


def is_numbered(rows: Sequence[Row]) -> bool:
    """Whether the questions of a list have numbers."""
    return any(reading.numbered(row.text, 1) for row in rows)


def questions(rows: Sequence[Row], *, numbered: bool) -> Questions:
    """The questions of some lines of a list; `numbered` says whether those of the list are."""
    reader = _Reader(rows, numbered=numbered)
    for index, row in enumerate(rows):
        if row.text:
            reader.take(index, row)
    reader.leave_material()
    some = [question for question in reader.questions if question.parts or question.options]
    kept = [question for question in some if question.asks or question.group or not reader.is_sectioned]
    return Questions(kept, reader.unused)


class _Reader:
    """Takes lines one by one; `questions` are what has been read so far."""

    def __init__(self, rows: Sequence[Row], *, numbered: bool) -> None:
        self.rows = rows
        self.questions: list[OpenQuestion] = []
        self.unused: list[Row] = []
        self.kind_name: str | None = None
        self.group = 0
        self.below: set[str] = set()  # the forms of titles that stood right below that of the section
        self.is_sectioned = False  # a section we know has begun, or numbers have started again
        self.is_numbered = numbered
        self.material: list[Row] = []  # lines that the next question is about
        self.numbers: dict[int, list[int]] = {}  # a number -> the lines that begin with it
        for index, row in enumerate(rows):
            if cut := reading.numbered(row.text, None):
                self.numbers.setdefault(cut.number, []).append(index)

    @property
    def current(self) -> OpenQuestion | None:
        return self.questions[-1] if self.questions and self.questions[-1].group == self.group else None

    def take(self, index: int, row: Row) -> None:
        name = reading.section(row.text)
        if name and not self._is_tag(row.text):
            self.leave_material()
            self.kind_name, self.group, self.below = name, self.group + 1, set()
            self.is_sectioned = True
        elif self._is_material(row.text) or (self.material and not self._opens(index, row.text)):
            self.material.append(row)
        elif self._label(row.text) or self._aside(row.text):
            return
        elif self._is_option(row) and self.current:
            self.current.go_on(row.whole)
        elif title := self._title(index):
            self._leave(row, title)
        elif self._opens(index, row.text):
            self._open(row)
        elif self.current and self.current.is_judged and labels.explains(row.text):
            self.current.parts.setdefault(asides.EXPLANATION, []).append(row.text)
        elif self.current and not self._is_beside(row.text):
            self.current.go_on(row.whole or row.text)
        else:
            self.unused.append(row)

    def _is_tag(self, row: str) -> bool:
        """Whether the name of a kind stands below a number that nothing stands behind yet."""
        return self.current is not None and not self.current.parts and row.lstrip()[:1] in "【[［"

    def _is_material(self, row: str) -> bool:
        """Whether a line begins what the next question is about, and does not go on with the open one."""
        if not labels.is_material(row):
            return False
        current = self.current
        return current is None or current.place != STEM or current.is_about_material

    def _is_beside(self, row: str) -> bool:
        """Whether a line behind an answer is none of it: behind a sign, only what explains it is."""
        current = self.current
        if current is None or current.is_judged:
            return current is not None
        if not (current.is_complete or current.place == OPTIONS):
            return False
        is_sign = current.place == ANSWER and current.is_answered_by_sign
        return labels.closes(row) or (is_sign and not labels.explains(row))

    def _title(self, index: int) -> titles.Title | None:
        """The title of a part that a line is, if the question before it can end there."""
        found, current = titles.title(self.rows[index].text), self.current
        if found is None and current and self._may_be_bare(index, current):
            found = titles.BARE
        if found is None or current is None:
            return found
        ends = current.may_end(surely=found.is_sure) and not titles.counts_on(found, current.lines)
        return found if ends and self._begins_part(index, found) else None

    def _may_be_bare(self, index: int, current: OpenQuestion) -> bool:
        """Whether a line without a mark may be a title: one the document has as a heading among others that
        are none, or a short one before numbers that start again."""
        row = self.rows[index]
        if not titles.is_short(row.text):
            return False
        above, below = self._beside(index, -1), self._beside(index, 1)
        if row.is_heading:
            return above is not None and not self.rows[above].is_heading
        restarts = below is not None and self._may_be_next(below, surely=False)
        cut = reading.numbered(self.rows[below].text, 1) if below is not None and restarts else None
        return cut is not None and cut.number == 1 and self._asks(below or 0) and current.is_closed

    def _beside(self, index: int, step: int) -> int | None:
        """The place of the next line with text, upwards or downwards."""
        places = range(index + step, len(self.rows) if step > 0 else -1, step)
        return next((place for place in places if self.rows[place].text), None)

    def _begins_part(self, index: int, found: titles.Title) -> bool:
        """Whether a question begins below a title, or another title stands there."""
        below = self._beside(index, 1)
        if below is None or (found.is_sure and not self.is_numbered):
            return found.is_sure
        text = self.rows[below].text
        if reading.section(text) or labels.is_material(text) or (found.is_sure and titles.title(text)):
            return True
        if self._may_be_next(below, surely=found.is_sure):
            return True
        is_said = labels.answer(text) is None and labels.note(text) is None and not reading.numbered(text, 0)
        then = self._beside(below, 1)
        return found.names_kind and is_said and then is not None and self._may_be_next(then, surely=True)

    def _may_be_next(self, index: int, *, surely: bool) -> bool:
        """Whether the number of a line is that of the next question, or starts again; behind an answer
        that may have steps, only if what it numbers asks. Below a sure title it may be any."""
        current, row = self.current, self.rows[index].text
        if current is None:
            return False
        due = reading.numbered(row, current.number + 1)
        cut = due if due and due.number == current.number + 1 else reading.numbered(row, 1)
        if cut is None or cut.form != current.form:
            return False
        if cut.number == current.number + 1 or (surely and self._asks(index)):
            return True
        return cut.number == 1 and (surely or current.place in (STEM, OPTIONS) or self._asks(index))

    def _leave(self, row: Row, title: titles.Title) -> None:
        """Ends the part before a title, whose kind goes on only if its parts have such titles."""
        if self.current is None:
            self.below.add(title.form)
        else:
            self.kind_name = self.kind_name if title.form in self.below and not title.names_kind else None
            self.group += 1
        self.leave_material()
        self.unused.append(row)

    def leave_material(self) -> None:
        """What no question has come behind belongs to none."""
        self.unused += self.material
        self.material = []

    def _label(self, row: str) -> bool:
        """Whether the line begins the answer or a remark of the open question."""
        answer, note = labels.answer(row), labels.note(row)
        if self.current is None or (answer is None and note is None and not labels.answers_begin(row)):
            return False
        before = list(self.current.parts.get(ANSWER, ()))
        self.current.place = note.found if note and answer is None else ANSWER
        self.current.parts.setdefault(self.current.place, [])
        if answer and any(before):
            self.current.is_answered_twice |= before != [answer]
        else:
            self.current.add(note.rest if note and answer is None else answer or "")
        return True

    def _aside(self, row: str) -> bool:
        """Whether the line says something beside the question and not in answer to it."""
        current = self.current
        if current is None or not current.may_be_remarked:
            return False
        found = asides.aside(row, loosely=current.place != ANSWER or not current.is_answered_by_points)
        if found and found.goes_on and current.place != STEM:
            current.place = found.name
        if found:
            current.parts.setdefault(found.name, []).append(row)
        return found is not None

    def _is_option(self, row: Row) -> bool:
        """Whether what stands in brackets before a number is the letter of the option that is due."""
        if not row.mark or not self.current or self.current.place not in (STEM, OPTIONS):
            return False
        found = lettered.options(row.whole, len(self.current.options))
        return found is not None and not found[0]

    def _opens(self, index: int, row: str) -> bool:
        """Whether a line opens the next question."""
        if not self.is_numbered:
            return self._opens_without_number(index, row)
        current = self.current
        cut = self._cut(row)
        if cut is None or current is None:
            return cut is not None
        if self.material and cut.form == current.form and cut.number in (1, current.number + 1):
            return True
        return cut.form == current.form and self._is_due(index, cut.number, current)

    def _cut(self, row: str) -> reading.Numbered | None:
        """The number of a line where the next one is due; behind a title, the first or the next."""
        last = self.questions[-1].number + 1 if self.questions else 1
        if self.current:
            return reading.numbered(row, last)
        return reading.numbered(row, 1) or reading.numbered(row, last)

    def _is_due(self, index: int, number: int, current: OpenQuestion) -> bool:
        """Whether a number is that of the next question and not of a step within the open one."""
        expected = current.number + 1
        if current.place in (STEM, OPTIONS):
            return number == expected or (number == 1 and self._asks(index))
        is_step = number == current.step + 1 or self._twice(index, number)
        if number == expected and current.is_complete and not is_step:
            return True
        return number in (1, expected, expected + 1) and self._asks(index)

    def _opens_without_number(self, index: int, row: str) -> bool:
        if lettered.options(row, 0) and self.current:
            return False
        return self.current is None or (self.current.is_complete and not self.rows[index - 1].text)

    def _asks(self, index: int) -> bool:
        """Whether the lines up to the next number have options, an answer or a gap."""
        if self.rows[index].mark:
            return True
        states = self.kind_name is not None and reading.KINDS[self.kind_name] is ItemKind.TRUE_FALSE
        for place in range(index, len(self.rows)):
            text = self.rows[place].text
            if place > index and (reading.numbered(text, 0) or reading.section(text)):
                return False
            if lettered.options(text, 0) or labels.answer(text) is not None or GAP.search(text):
                return True
            if place == index and reading.inside(text, states=states):
                return True
        return False

    def _twice(self, index: int, number: int) -> bool:
        """Whether the same number comes once more and is a question there: then this one is a step."""
        places = self.numbers.get(number, [])
        later = bisect_right(places, index)
        return later < len(places) and self._asks(places[later])

    def _open(self, row: Row) -> None:
        expected = self.current.number + 1 if self.current else 1
        cut = self._cut(row.text) or reading.Numbered(expected, 0, row.text)
        if self.current and cut.number < expected:
            self.group += 1
            self.is_sectioned = True
        question = OpenQuestion(row.line, cut.number, cut.form, self.kind_name, self.group)
        if row.mark:
            question.parts[ANSWER] = [row.mark]
        self.questions.append(question)
        for material in self.material:
            question.add(material.whole or material.text)
        question.is_about_material, self.material = bool(self.material), []
        question.go_on(cut.rest)

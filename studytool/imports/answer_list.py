"""The answers collected at the end of a question list -> which answer belongs to which question.

They come as “1-5: A B C D A”, “1A2B3C”, “1. 甲；乙”, or as a table of numbers above answers, with or without
the titles of the sections they belong to.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from studytool.imports import labels, titles
from studytool.imports import lines as reading
from studytool.imports.entry import Problem, excerpt
from studytool.imports.signs import below, cells, explained, has_signs, signs

# 一、1-2 AB: the numeral of a section, without its name, before the answers to its questions.
_NUMERAL = re.compile(r"\s*+[（(]?[一二三四五六七八九十]{1,3}[)）]?\s*+[、.．:：]?\s*+(?=\d)")
_NUMBERS = re.compile(r"题\s*号[\s\t|]+(.+)")
_ANSWERS = re.compile(r"答\s*案[\s\t|]+(.+)")
_WRITTEN = re.compile(r"\s*(?:第\s*\d+\s*题|[【\[(（]?\s*\d+\s*[】\])）.．、:：]?)")
_DIGITS = re.compile(r"\d+")
_APART = re.compile(r"(?<=[\s；;，,。])[（(]?(\d{1,3})[.．、)）]")
_STEP = re.compile(r"(?:(?<=[\s；;。，,：:])|\A)[（(]?(\d{1,2})[.．、)）]")
_NO_NUMBERS = "这一节的答案没有题号，不知道是哪几题的：应写成“1-5 对错对对错”"


class Given(NamedTuple):
    """An answer of the list: the group it stands in, the section's name, the question's number."""

    line: int
    group: int
    section: str | None
    number: int
    answer: str
    explanation: str | None = None


def read_answers(rows: Sequence[reading.Row]) -> tuple[list[Given], list[Problem], list[reading.Row]]:
    """The answers of the lines from the title on, what is wrong with some, and other lines."""
    reader = _Reader(rows)
    for reader.place, row in enumerate(rows):
        if row.text and not labels.answers_begin(row.text):
            reader.take(row)
    return reader.given, reader.problems, reader.unused


class _Reader:
    """Takes lines one by one; `given` are the answers read so far."""

    def __init__(self, rows: Sequence[reading.Row]) -> None:
        self.place = 0  # of the line that is being taken
        self.rows = rows
        self.sections = list(accumulate(reading.section(row.text) is not None for row in rows))
        self.last: dict[tuple[int, int, str], int] = {}  # section, number, form -> the last line with it
        for place, row in enumerate(rows):
            if cut := reading.numbered(row.text, None):
                self.last[self.sections[place], cut.number, _form(row.text)] = place
        self.given: list[Given] = []
        self.problems: list[Problem] = []
        self.unused: list[reading.Row] = []
        self.is_fresh = False  # nothing has been given since the last title
        self.is_sign = False  # the last answer is a letter, or a sign for right or wrong
        self.form: str | None = None  # how the numbers of the section are written
        self.steps = ("", 0)  # how the steps of the last answer are numbered, and the last of them
        self.section: str | None = None
        self.group = 0
        self.numbers: list[str] = []  # the upper row of a table

    def take(self, row: reading.Row) -> None:
        heading, rest = _headed(row.text)
        if heading:
            self._begin(heading.name)
            if rest:
                self._text(row, rest)
        elif reading.heads_signs(row.text):
            self.problems.append(Problem(row.line, excerpt(row.text), _NO_NUMBERS))
            self._begin(None)
        elif header := _NUMBERS.match(row.text):
            numbers = cells(unicodedata.normalize("NFKC", header[1]))
            self.numbers = [cell for cell in numbers if _DIGITS.search(cell)]
        elif (answers := _ANSWERS.match(row.text)) and self.numbers:
            self._signs(row, row.text, below(self.numbers, cells(answers[1])))
        elif (note := labels.note(row.text)) and self.given:
            self.given[-1] = self.given[-1]._replace(explanation=note.rest)
        elif (said := labels.answer(row.text)) is not None and self.given and not self.is_fresh:
            self._said(row, said)
        elif (numeral := _NUMERAL.match(row.text)) and _begins(row.text[numeral.end() :]):
            self._begin(None)
            self._text(row, row.text[numeral.end() :])
        else:
            self._text(row, row.text)

    def _begin(self, section: str | None) -> None:
        self.section, self.group = section, self.group + 1
        self.is_fresh, self.form, self.steps = True, None, ("", 0)

    def _text(self, row: reading.Row, text: str) -> None:
        """A line of signs, of one answer in words, or one that goes on."""
        if found := signs(text):
            self._signs(row, text, found)
            self.form, self.steps = self.form or _form(text), ("", 0)
            return
        cut = self._cut(text)
        if cut is None or self._is_step(text, cut):
            self._go_on(row, text)
        elif self.form is None or (
            _alike(self.form, _form(text))
            and ((self.form, cut.number - 1) != self.steps or bool(_first_steps(cut.rest)[0]))
        ):
            self._word(row, text, cut)
        else:
            self._refuse(row, text)

    def _signs(self, row: reading.Row, text: str, found: Sequence[tuple[int, str]]) -> None:
        """Notes the signs of a line."""
        for number, sign in found:
            self._give(row.line, number, sign)
        short = [number for number, sign in found if not sign]
        if short:
            said = f"第 {short[0]} 到 {short[-1]} 题是 {len(short)} 题，答案的个数不同"
            self.problems.append(Problem(row.line, excerpt(text), said))
        self.is_sign = True

    def _word(self, row: reading.Row, text: str, cut: reading.Numbered) -> None:
        """An answer in words, and the next one if it stands in the same line."""
        form, steps = _form(text), _first_steps(cut.rest)
        after = _next(cut, form) if not steps[0] else None
        rest = cut.rest[: after.start()].strip(" \t　；;，,") if after else cut.rest
        answer, why = explained(labels.answer_of(rest.strip()))
        self._give(row.line, cut.number, answer)
        if why:
            self.given[-1] = self.given[-1]._replace(explanation=why)
        self.is_sign, self.form, self.steps = bool(why), self.form or form, steps
        if after:
            self._text(row, cut.rest[after.start() :].strip())

    def _said(self, row: reading.Row, said: str) -> None:
        """An answer with a label, below the number it belongs to, or behind the question written again."""
        last = self.given[-1]
        if self.is_sign and last.answer and said != last.answer:
            self.problems.append(Problem(row.line, excerpt(row.text), f"前面已写了第 {last.number} 题的答案"))
            said = ""
        self.given[-1] = last._replace(answer=said)
        self.is_sign = has_signs(f"1{said}", least=1)

    def _cut(self, text: str) -> reading.Numbered | None:
        """The number of a line, if it can be that of an answer; a figure behind it only where it is due."""
        due = self.given[-1].number + 1 if self.given else 1
        if self.is_fresh or not self.given:
            return reading.numbered(text, None)
        return reading.numbered(text, due) or (reading.numbered(text, 1) if self.is_sign else None)

    def _is_step(self, text: str, cut: reading.Numbered) -> bool:
        """Whether a number is that of a step within the answer before: it is written in another way."""
        form, (steps, last) = _form(text), self.steps
        if self.form is None or self.is_fresh or not self.given:
            return False
        due = self.given[-1].number + 1
        if form == self.form and cut.number == due and _first_steps(cut.rest)[0]:
            return False  # 4.1.修路: steps begin anew
        if form == self.form and (cut.number == 1 or (cut.number == due and not self._comes(due))):
            return False
        begins = cut.number == 1 and not self.is_sign
        if begins and _alike(self.form, form):
            begins = not self.given[-1].answer or self._comes(due)
        if not begins and (form != steps or cut.number != last + 1):
            return False
        self.steps = form, cut.number
        return True

    def _comes(self, number: int) -> bool:
        """Whether a later line of the section has a number, written as its first one is."""
        last = self.last.get((self.sections[self.place], number, self.form or ""), 0)
        return last > self.place

    def _go_on(self, row: reading.Row, text: str) -> None:
        """A line without a number of its own: what it belongs to, if to anything."""
        last = self.given[-1] if self.given else None
        if last is None and not self.is_fresh:
            expected = "应为题号和答案，如“1-5 ABCDA”或“1. 甲”"
            self.problems.append(Problem(row.line, excerpt(text), expected))
        elif last is None or self.is_fresh or labels.closes(text):
            self.unused.append(row)
        elif found := self._title(text, last):
            self._begin(None if found.names_kind else self.section)
            self.unused.append(row)
        elif last.explanation is not None or (self.is_sign and labels.explains(text)):
            explanation = f"{last.explanation}\n{text}" if last.explanation else text
            self.given[-1] = last._replace(explanation=explanation)
        elif self.is_sign:
            self.unused.append(row)
        elif reading.numbered(text, None) and not reading.numbered(text, 0):
            self._refuse(row, text)
        else:
            self.given[-1] = last._replace(answer=f"{last.answer}\n{text}".strip())

    def _title(self, text: str, last: Given) -> titles.Title | None:
        """The title of a part that a line is, if the answer before it can end there and another one begins
        below."""
        found, said = titles.title(text), (last.explanation or last.answer).split("\n")
        if not found or titles.leads_in(said[-1]) or titles.counts_on(found, said):
            return None
        after = next((row.text for row in self.rows[self.place + 1 :] if row.text), "")
        due = reading.numbered(after, last.number + 1)
        goes_on = due is not None and due.number == last.number + 1
        starts = found.is_sure and (_begins(after) or titles.title(after) is not None)
        return found if goes_on or starts or reading.section(after) or not after else None

    def _refuse(self, row: reading.Row, text: str) -> None:
        """Neither this line nor the answer before it, if in words, is to be believed."""
        said = "题号的写法与前面不同，不知道是下一题的答案还是上一题的内容"
        self.problems.append(Problem(row.line, excerpt(text), said))
        if self.given and not self.is_sign:
            self.given[-1] = self.given[-1]._replace(answer="")

    def _give(self, line: int, number: int, answer: str) -> None:
        """Notes an answer; numbers that start again start another group."""
        last = self.given[-1] if self.given else None
        if last and last.group == self.group and number <= last.number:
            self.group += 1
        self.given.append(Given(line, self.group, self.section, number, answer))
        self.is_fresh = False


def has_next(text: str) -> bool:
    """Whether a text begins with a number, and the next number stands in it as well."""
    cut = reading.numbered(text, 0)
    return cut is not None and _next(cut, _form(text)) is not None


def _next(cut: reading.Numbered, form: str) -> re.Match[str] | None:
    """Where the next number stands behind one, written in the same way."""
    marks = (one for one in _APART.finditer(cut.rest) if int(one[1]) == cut.number + 1)
    return next((one for one in marks if _form(one[0]) == form), None)


def _begins(text: str) -> bool:
    cut = reading.numbered(text.replace("-", ".", 1), 1)
    return cut is not None and cut.number == 1


def _form(text: str) -> str:
    """How the number of a line is written: 1. or 1、 or (1)."""
    found = _WRITTEN.match(text)
    return _DIGITS.sub("1", re.sub(r"\s", "", unicodedata.normalize("NFKC", found[0]))) if found else ""


def _alike(one: str, other: str) -> bool:
    """Whether people who write a number in the one way may slip into the other."""
    return one == other or {one, other} <= {"", "1", "1.", "1、", "1:"}


def _first_steps(rest: str) -> tuple[str, int]:
    """How the steps are numbered that begin in the line of an answer's number, and the last of them."""
    found = [(_form(one[0]), int(one[1])) for one in _STEP.finditer(rest)]
    return found[-1] if found and found[0][1] == 1 else ("", 0)


def _headed(line: str) -> tuple[reading.Heading | None, str]:
    """The heading a line begins with, and the answers that stand behind it."""
    before, colon, _ = line.replace("：", ":").partition(":")
    rest = line[len(before) + len(colon) :].strip()
    heading = reading.heading(before) if rest else None
    if heading and (signs(rest) or reading.numbered(rest, 1)):
        return heading, rest
    return reading.heading(line), ""

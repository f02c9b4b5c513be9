"""The answers collected at the end of a question list -> which answer belongs to which question.

They come as “1-5: A B C D A”, “1A2B3C”, “1. 甲；乙”, or as a table of numbers above answers, with or without
the titles of the sections they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from studytool.imports import labels
from studytool.imports import lines as reading
from studytool.imports.entry import Problem

_SIGN = "[A-JＡ-Ｊ√×✓✗✔✘╳✕对错TFXVYN]"
_RANGE = re.compile(
    rf"(\d{{1,3}})\s*+[-－—–~～至到]++\s*+(\d{{1,3}})\s*+题?\s*+[:：.、．]?\s*+((?:{_SIGN}[\s,，、;；]*)+)"
)
_SINGLE = re.compile(
    r"(\d{1,3})\s*+[.、．:：)）]?\s*+"
    r"((?:[A-JＡ-Ｊ]{1,10}|[√×✓✗✔✘╳✕TFXVYN]|正确|错误|对|错)(?![\w]*[\u4e00-\u9fff]))"
)
# 一、1-2 AB: the numeral of a section, without its name, before the answers to its questions.
_NUMERAL = re.compile(r"\s*+[（(]?[一二三四五六七八九十]{1,3}[)）]?\s*+[、.．:：]?\s*+(?=\d)")
_NUMBERS = re.compile(r"题\s*号[\s\t|]+(.+)")
_ANSWERS = re.compile(r"答\s*案[\s\t|]+(.+)")
_BETWEEN = re.compile(r"[\s,，;；、。|]*")


class Given(NamedTuple):
    """An answer of the list: the group it stands in, the section's name, the question's number."""

    line: int
    group: int
    section: str | None
    number: int
    answer: str
    explanation: str | None = None


class Asked(NamedTuple):
    """A question of the list: the group it stands in, the section's name, its number, and whether it has no
    answer yet."""

    group: int
    section: str | None
    number: int
    is_open: bool


def read_answers(rows: Sequence[reading.Row]) -> tuple[list[Given], list[Problem]]:
    """The answers of the lines from the title on."""
    reader = _Reader()
    for row in rows:
        if row.text and not labels.answers_begin(row.text):
            reader.take(row)
    return reader.given, reader.problems


def has_signs(text: str, least: int = 2) -> bool:
    """Whether a text is nothing but numbers and signs that answer them, so many or more."""
    return len(_signs(text)) >= least


class _Reader:
    """Takes lines one by one; `given` are the answers read so far."""

    def __init__(self) -> None:
        self.given: list[Given] = []
        self.problems: list[Problem] = []
        self.section: str | None = None
        self.group = 0
        self.numbers: list[str] = []  # the upper row of a table

    def take(self, row: reading.Row) -> None:
        heading, rest = _headed(row.text)
        if heading:
            self.section, self.group = heading.name, self.group + 1
            if rest:
                self._text(row.line, rest)
        elif header := _NUMBERS.match(row.text):
            self.numbers = _cells(header[1])
        elif (cells := _ANSWERS.match(row.text)) and self.numbers:
            for number, text in zip(self.numbers, _cells(cells[1]), strict=False):
                self._give(row.line, number, text)
        elif (note := labels.note(row.text)) and self.given:
            self.given[-1] = self.given[-1]._replace(explanation=note.rest)
        else:
            numeral = _NUMERAL.match(row.text)
            begins = numeral and reading.numbered(row.text[numeral.end() :].replace("-", ".", 1), 1)
            if numeral and begins and begins.number == 1:
                self.section, self.group = None, self.group + 1
                self._text(row.line, row.text[numeral.end() :])
            else:
                self._text(row.line, row.text)

    def _text(self, line: int, text: str) -> None:
        """A line of signs, of one answer in words, or one that goes on."""
        found = _signs(text)
        for number, sign in found:
            self._give(line, str(number), sign)
        short = [number for number, sign in found if not sign]
        if short:
            self.problems.append(
                Problem(line, text[:20], f"第 {short[0]} 到 {short[-1]} 题是 {len(short)} 题，答案的个数不同")
            )
        if found:
            return
        cut = reading.numbered(text, self.given[-1].number + 1 if self.given else 1)
        if cut:
            self._give(line, str(cut.number), cut.rest.strip())
        elif self.given:
            last = self.given[-1]
            self.given[-1] = last._replace(answer=f"{last.answer}\n{text}")
        else:
            expected = "应为题号和答案，如“1-5 ABCDA”或“1. 甲”"
            self.problems.append(Problem(line, text[:20], expected))

    def _give(self, line: int, number: str, answer: str) -> None:
        """Notes an answer; numbers that start again start another group."""
        if not number.isdigit():
            return
        last = self.given[-1] if self.given else None
        if last and last.group == self.group and int(number) <= last.number:
            self.group += 1
        self.given.append(Given(line, self.group, self.section, int(number), answer))


def _cells(row: str) -> list[str]:
    return re.split(r"[\s|]+", row.strip(" |\t"))


def _headed(line: str) -> tuple[reading.Heading | None, str]:
    """The heading a line begins with, and the answers that stand behind it."""
    before, colon, _ = line.replace("：", ":").partition(":")
    rest = line[len(before) + len(colon) :].strip()
    heading = reading.heading(before) if rest else None
    if heading and (_signs(rest) or reading.numbered(rest, 1)):
        return heading, rest
    return reading.heading(line), ""


def _signs(row: str) -> list[tuple[int, str]]:
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


def _spread(ranged: re.Match[str]) -> list[tuple[int, str]]:
    """1-3: A BC D -> 1 A, 2 BC, 3 D; without spaces, one letter each; nothing for each where the count is
    not right."""
    numbers = range(int(ranged[1]), int(ranged[2]) + 1)
    apart = re.split(r"[\s,，、;；]+", ranged[3].strip(" ,，、;；"))
    for texts in (apart, list("".join(apart))):
        if len(texts) == len(numbers):
            return list(zip(numbers, texts, strict=True))
    return [(number, "") for number in numbers]


def matched(questions: Sequence[Asked], given: Sequence[Given]) -> tuple[Mapping[int, Given], list[Problem]]:
    """The answers by the place of their question; problems for answers that belong to none or to several."""
    places: dict[int, Given] = {}
    problems: list[Problem] = []
    waiting = [question.group for question in questions if question.is_open]
    groups = _ranks(waiting or [question.group for question in questions])
    ranks = _ranks([answer.group for answer in given])
    for answer in given:
        found = [place for place, question in enumerate(questions) if question.number == answer.number]
        found = [place for place in found if questions[place].is_open] or found
        if len(found) > 1 and answer.section:
            found = [place for place in found if questions[place].section == answer.section]
        if len(found) > 1 and len(groups) == len(ranks):
            found = [place for place in found if groups.get(questions[place].group) == ranks[answer.group]]
        if len(found) == 1 and found[0] not in places:
            places[found[0]] = answer
        else:
            reason = "这个答案对应几道题，应按题型分开" if len(found) > 1 else "没有找到这个答案的题"
            problems.append(Problem(answer.line, f"{answer.number} {answer.answer}"[:20], reason))
    return places, problems


def _ranks(groups: Sequence[int]) -> dict[int, int]:
    """The groups by their order."""
    return {group: rank for rank, group in enumerate(sorted(set(groups)))}

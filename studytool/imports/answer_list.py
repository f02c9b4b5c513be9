"""The answers collected at the end of a question list -> which answer belongs to which question.

They come as “1-5: A B C D A”, “1A2B3C”, “1. 甲；乙”, or as a table of numbers above answers, with or without
the titles of the sections they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from studytool.imports import lines as reading
from studytool.imports.entry import Problem

_SIGN = "[A-JＡ-Ｊ√×✓✗✔✘对错TF]"
_RANGE = re.compile(
    rf"(\d{{1,3}})\s*+[-－—–~～至到]++\s*+(\d{{1,3}})\s*+题?\s*+[:：.、．]?\s*+((?:{_SIGN}[\s,，、;；]*)+)"
)
_SINGLE = re.compile(
    r"(\d{1,3})\s*+[.、．:：)）]?\s*+((?:[A-JＡ-Ｊ]{1,10}|√|×|✓|✗|✔|✘|正确|错误|对|错)(?![\w]*[\u4e00-\u9fff]))"
)
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


def read_answers(rows: Sequence[reading.Row]) -> tuple[list[Given], list[Problem]]:
    """The answers of the lines from the title on."""
    reader = _Reader()
    for row in rows:
        if row.text and not reading.answers_begin(row.text):
            reader.take(row)
    return reader.given, reader.problems


class _Reader:
    """Takes lines one by one; `given` are the answers read so far."""

    def __init__(self) -> None:
        self.given: list[Given] = []
        self.problems: list[Problem] = []
        self.section: str | None = None
        self.group = 0
        self.numbers: list[str] = []  # the upper row of a table

    def take(self, row: reading.Row) -> None:
        if name := reading.section(row.text):
            self.section, self.group = name, self.group + 1
        elif header := _NUMBERS.match(row.text):
            self.numbers = _cells(header[1])
        elif (cells := _ANSWERS.match(row.text)) and self.numbers:
            for number, text in zip(self.numbers, _cells(cells[1]), strict=False):
                self._give(row.line, number, text)
        elif (note := reading.note(row.text)) and self.given:
            self.given[-1] = self.given[-1]._replace(explanation=note.rest)
        else:
            self._text(row)

    def _text(self, row: reading.Row) -> None:
        """A line of signs, of one answer in words, or one that goes on."""
        found = list(_signs(row.text))
        for number, text in found:
            self._give(row.line, str(number), text)
        if found:
            return
        cut = reading.numbered(row.text, self.given[-1].number + 1 if self.given else 1)
        if cut:
            self._give(row.line, str(cut.number), cut.rest.strip())
        elif self.given:
            last = self.given[-1]
            self.given[-1] = last._replace(answer=f"{last.answer}\n{row.text}")
        else:
            expected = "应为题号和答案，如“1-5 ABCDA”或“1. 甲”"
            self.problems.append(Problem(row.line, row.text[:20], expected))

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


def _signs(row: str) -> Iterator[tuple[int, str]]:
    """The numbers and signs of a line that consists of nothing else."""
    found: list[tuple[int, str]] = []
    at = 0
    while at < len(row):
        ranged, single = _RANGE.match(row, at), _SINGLE.match(row, at)
        if ranged and (several := _spread(ranged)):
            found += several
            at = ranged.end()
        elif single:
            found.append((int(single[1]), single[2]))
            at = single.end()
        else:
            return
        between = _BETWEEN.match(row, at)
        at = between.end() if between else at
    yield from found


def _spread(ranged: re.Match[str]) -> list[tuple[int, str]]:
    """1-3: A BC D -> 1 A, 2 BC, 3 D; without spaces, one letter each; empty if the count is not right."""
    numbers = range(int(ranged[1]), int(ranged[2]) + 1)
    apart = re.split(r"[\s,，、;；]+", ranged[3].strip(" ,，、;；"))
    for texts in (apart, list("".join(apart))):
        if len(texts) == len(numbers):
            return list(zip(numbers, texts, strict=True))
    return []


def matched(
    questions: Sequence[tuple[int, str | None, int]], given: Sequence[Given]
) -> tuple[Mapping[int, Given], list[Problem]]:
    """The answers by the place of their question; problems for answers that belong to none or to several.

    A question is (group, section's name, number)."""
    places: dict[int, Given] = {}
    problems: list[Problem] = []
    groups = {group: rank for rank, group in enumerate(sorted({question[0] for question in questions}))}
    ranks = {group: rank for rank, group in enumerate(sorted({answer.group for answer in given}))}
    for answer in given:
        found = [place for place, (_, _, number) in enumerate(questions) if number == answer.number]
        if len(found) > 1 and answer.section:
            found = [place for place in found if questions[place][1] == answer.section]
        if len(found) > 1 and len(groups) == len(ranks):
            found = [place for place in found if groups[questions[place][0]] == ranks[answer.group]]
        if len(found) == 1 and found[0] not in places:
            places[found[0]] = answer
        else:
            reason = "这个答案对应几道题，应按题型分开" if len(found) > 1 else "没有找到这个答案的题"
            problems.append(Problem(answer.line, f"{answer.number} {answer.answer}"[:20], reason))
    return places, problems

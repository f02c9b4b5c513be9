"""The lines of a question list -> those of its questions, and the answers that are collected below them.

Answers are collected at the end of the list, or at the end of a section, after which others follow. The same
words can stand above the answer of one question: a collection answers most open questions, from the first
on, and has no options below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from studytool.imports import labels, lettered
from studytool.imports import lines as reading
from studytool.imports.answer_list import Given, has_next, read_answers
from studytool.imports.entry import Problem
from studytool.imports.lines import Row
from studytool.imports.open_question import OpenQuestion
from studytool.imports.question_reader import is_numbered, questions
from studytool.imports.signs import has_signs
from studytool.model import ItemKind


class Collection(NamedTuple):
    """Answers collected below the questions before `line`, what of them could not be read, and lines that
    say nothing of any."""

    line: int
    given: list[Given]
    problems: list[Problem]
    unused: list[Row]


def divided(rows: Sequence[Row]) -> tuple[list[Row], list[Collection]]:
    """The lines without the collected answers, and those."""
    numbered = is_numbered(rows)
    kept: list[Row] = []
    collections: list[Collection] = []
    waiting: list[OpenQuestion] = []  # questions of the sections before that have no answer yet
    for section in _sections(rows):
        border = len(section)
        for index in _titles(section):
            here = _unanswered(section[:index], numbered=numbered)
            given, problems, unused = read_answers(_answers(section[index:]))
            answers_them = _answers_them if _may_begin(section[index].text) else _answers_just
            if answers_them(given, waiting + here) or answers_them(given, here):
                border, waiting = index, []
                collections.append(Collection(section[index].line, given, problems, unused))
                break
        else:
            waiting += _unanswered(section, numbered=numbered)
        kept += section[:border]
    return kept, collections


def _unanswered(rows: Sequence[Row], *, numbered: bool) -> list[OpenQuestion]:
    """The questions of some lines that have no answer yet."""
    return [question for question in questions(rows, numbered=numbered).found if question.is_open]


def _answers_them(given: Sequence[Given], unanswered: Sequence[OpenQuestion]) -> bool:
    """Whether these are answers to several questions, and to the first of them first."""
    return 1 < len(unanswered) <= len(given) * 2 and given[0].number == unanswered[0].number


def _answers_just(given: Sequence[Given], unanswered: Sequence[OpenQuestion]) -> bool:
    """Whether these are answers to several questions and to nothing else; what is answered by points is not
    answered so, for points have numbers too."""
    numbers = [question.number for question in unanswered]
    is_pointed = any(question.is_answered_by_points for question in unanswered)
    return len(numbers) > 1 and not is_pointed and numbers == [answer.number for answer in given]


def _answers(rows: Sequence[Row]) -> list[Row]:
    """The lines of a collection, whose first may begin behind its title."""
    first, *others = rows
    return [first._replace(text=labels.answer(first.text) or ""), *others]


def _titles(section: Sequence[Row]) -> list[int]:
    """Where collected answers may begin: behind the last option, for all questions before or for a few."""
    last = max((n for n, row in enumerate(section) if lettered.options(row.text, 0)), default=-1)
    titles = [n for n in range(last + 1, len(section)) if _may_begin(section[n].text)]
    labelled = [n for n in range(last + 1, len(section)) if _is_numbered(section, n)]
    return list(dict.fromkeys((*titles[:1], *titles[-1:], *labelled[:1], *labelled[-1:])))


def _may_begin(line: str) -> bool:
    return labels.answers_begin(line) or has_signs(labels.answer(line) or "")


def _is_numbered(section: Sequence[Row], place: int) -> bool:
    """Whether an answer has a number, and another one behind it or in the line below (答案：1.五 2.三)."""
    said = labels.answer(section[place].text)
    if not said or reading.numbered(said, 0) is None:
        return False
    below = section[place + 1].text if place + 1 < len(section) else ""
    return has_next(said) or reading.numbered(below, 0) is not None


def _sections(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The lines up to each heading of a section of questions; above answers, headings come again."""
    seen: dict[ItemKind | str, set[str]] = {}  # the kinds of the headings so far, with their numerals
    start = 0
    found = [(index, heading) for index, row in enumerate(rows) if (heading := reading.heading(row.text))]
    for place, (index, heading) in enumerate(found):
        end = found[place + 1][0] if place + 1 < len(found) else len(rows)
        numerals = seen.setdefault(heading.kind, set())
        again = bool(numerals) and (not heading.numeral or bool(numerals & {heading.numeral, ""}))
        behind = rows[index]._replace(text=heading.rest.lstrip(":： "))
        if not again and not _are_signs([behind, *rows[index + 1 : end]]):
            yield list(rows[start:index])
            start = index
        numerals.add(heading.numeral)
    yield list(rows[start:])


def _are_signs(rows: Sequence[Row]) -> bool:
    """Whether some lines are nothing but numbers and the signs that answer them."""
    texts = [row.text for row in rows if row.text]
    return bool(texts) and all(has_signs(text, least=1) or labels.answers_begin(text) for text in texts)

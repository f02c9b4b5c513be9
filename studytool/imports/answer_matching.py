"""The questions of a list, and the answers collected below them -> which answer belongs to which question.

The surprising decision: what could belong to two questions, or is said of one in two ways, belongs to none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from studytool.imports import lines as reading
from studytool.imports.answer_list import Given
from studytool.imports.entry import Problem, excerpt
from studytool.imports.open_question import OpenQuestion
from studytool.imports.signs import has_signs


def matched(
    questions: Sequence[OpenQuestion], given: Sequence[Given]
) -> tuple[Mapping[int, Given], list[Problem]]:
    """The answers by the place of their question; problems for answers that belong to none or to several.

    Where two answers of a section are for one question, steps were taken for answers: then none is believed
    that is in words."""
    places: dict[int, Given] = {}
    problems: list[Problem] = []
    twice: set[tuple[str | None, int]] = set()
    for answer, found in zip(given, _found(questions, given), strict=True):
        if len(found) == 1 and found[0] not in places:
            places[found[0]] = answer
            continue
        if len(found) == 1 and _says_again(places[found[0]].answer, answer.answer):
            continue
        if len(found) == 1:
            twice.add((answer.section, found[0]))
        reason = "这个答案对应几道题，应按题型分开" if len(found) > 1 else "没有找到这个答案的题"
        problems.append(_unplaced(answer, reason))
    muddled = {section for section, _ in twice}
    claimed = {place for _, place in twice}
    for place, answer in list(places.items()):
        if place in claimed or (answer.section in muddled and not has_signs(f"1{answer.answer}", least=1)):
            problems.append(_unplaced(places.pop(place), "这几题的答案和要点的编号分不清，请分开写"))
    return places, problems


def _says_again(first: str, again: str) -> bool:
    """Is the second the first once more, perhaps with the words of the option: B, and B 4900?"""
    first, again = " ".join(first.split()), " ".join(again.split())
    return again.startswith(first) and not again[len(first) : len(first) + 1].isalnum()


def _unplaced(answer: Given, reason: str) -> Problem:
    return Problem(answer.line, excerpt(f"{answer.number} {answer.answer}"), reason)


def _found(questions: Sequence[OpenQuestion], given: Sequence[Given]) -> Iterator[list[int]]:
    """The places of the questions that each answer may belong to."""
    is_open = [question.is_open for question in questions]
    waiting = [question.group for question, waits in zip(questions, is_open, strict=True) if waits]
    groups = _ranks(waiting or [question.group for question in questions])
    ranks = _ranks([answer.group for answer in given])
    sections = {question.kind_name for question in questions}
    places: dict[int, list[int]] = {}
    for place, question in enumerate(questions):
        places.setdefault(question.number, []).append(place)
    for answer in given:
        found = places.get(answer.number, [])
        found = [place for place in found if is_open[place]] or found
        named = {answer.section} if answer.section in sections else _alike(answer.section, sections)
        if answer.section and (len(found) > 1 or named):
            found = [place for place in found if questions[place].kind_name in named]
        if len(found) > 1 and len(groups) == len(ranks):
            found = [place for place in found if groups.get(questions[place].group) == ranks[answer.group]]
        yield found


def _alike(name: str | None, sections: Collection[str | None]) -> set[str]:
    """The sections that are called by another name for the same kind: 单项选择题, and 单选题 above the
    answers."""
    bare = reading.bare_kind(name) if name else None
    return {one for one in sections if one and bare and reading.bare_kind(one) == bare}


def _ranks(groups: Sequence[int]) -> dict[int, int]:
    """The groups by their order."""
    return {group: rank for rank, group in enumerate(sorted(set(groups)))}

"""Moodle XML -> items; a type of question we do not have is named.

Right is what Moodle gives all of the marks for: nobody shall learn an answer that is worth half of them.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree import ElementTree as ET

from studytool.broken import BROKEN_PACKAGE
from studytool.errors import StudyError
from studytool.imports import declared
from studytool.imports.answers import Unclear
from studytool.imports.entry import Entry, Imported, Problem, excerpt, imported
from studytool.imports.marked import FULL, check_files, filled, gapped, literal, only, pairs, several
from studytool.imports.markup import plain
from studytool.imports.moodle_gaps import gaps_of
from studytool.imports.remarks import Corrected, Remarks, of_markup, of_text, points_of
from studytool.model import RIGHT, WRONG, ItemKind

_UNIT = "题"  # XML keeps no lines: questions are counted
_PLAIN, _LINED = ("plain_text", "markdown", "wiki_like"), "moodle_auto_format"
_TRUTHS = {"true": RIGHT, "false": WRONG, "正确": RIGHT, "错误": WRONG, "对": RIGHT, "错": WRONG}


def read(data: bytes, bank: str) -> Imported:
    try:
        quiz = declared.root_of(data, bank)
    except ET.ParseError as error:
        line, column = error.position
        raise StudyError(f"“{bank}”不是完整的 XML（第 {line} 行第 {column} 列），请重新导出。") from None
    except BROKEN_PACKAGE:
        raise StudyError(f"“{bank}”的编码不明，请另存为 UTF-8 再导入。") from None
    if quiz.tag != "quiz":
        raise StudyError(f"“{bank}”是 XML，但不是 Moodle 题库（应以 <quiz> 开头），请重新导出。")
    entries: list[Entry] = []
    problems: list[Problem] = []
    questions = (question for question in quiz.iter("question") if question.get("type") != "category")
    for number, question in enumerate(questions, 1):
        try:
            entries.append(_entry(number, question))
        except Unclear as unclear:
            name = (question.findtext("name/text") or "").strip()
            problems.append(Problem(number, excerpt(name), str(unclear), _UNIT))
    return imported(entries, bank, problems)


class Asked(NamedTuple):
    """What a question asks."""

    kind: ItemKind
    stem: str
    key: tuple[str, ...]
    options: tuple[str, ...] = ()
    accepted: tuple[tuple[str, ...], ...] = ()


def _entry(number: int, question: ET.Element) -> Entry:
    said = _remarks(question)
    asked = _asked(question, said)
    was_answer = asked.kind is ItemKind.SHORT_ANSWER and not said.points and asked.key == said.answer
    told = Corrected(None if was_answer else said.explanation)
    if asked.key == (WRONG,):
        told = said.of_false(asked.stem)
    return Entry(
        line=number,
        unit=_UNIT,
        stem=asked.stem,
        kind=asked.kind,
        options=asked.options,
        key=asked.key,
        accepted=asked.accepted,
        id=(question.findtext("idnumber") or "").strip() or None,
        evidence=said.evidence,
        **said.place._asdict(),
        **told._asdict(),
    )


def _remarks(question: ET.Element) -> Remarks:
    feedback = question.find("generalfeedback")
    if feedback is None:
        return Remarks()
    if feedback.get("format") in _PLAIN:
        return of_text(_seen(feedback))
    return of_markup(feedback.findtext("text") or "")


def _asked(question: ET.Element, said: Remarks) -> Asked:
    kind = question.get("type") or ""
    text = question.find("questiontext")
    if kind == "cloze":
        markup, lined = ("", False) if text is None else (text.findtext("text") or "", _is_lined(text))
        _check_files(text)
        gaps = gaps_of(markup, lined=lined)
        return Asked(ItemKind.CLOZE, gaps.stem, gaps.key, (), gaps.accepted)
    if kind in _READERS:
        return _READERS[kind](question, _seen(text))
    if kind == "essay":
        return Asked(ItemKind.SHORT_ANSWER, _seen(text), _points(question, said))
    raise Unclear(f"不支持 {kind} 这种题型")


class Answer(NamedTuple):
    """An answer and what it is worth in per cent."""

    weight: float
    text: str


def _answers(question: ET.Element) -> list[Answer]:
    answers = [Answer(_weight(answer), _seen(answer)) for answer in question.findall("answer")]
    filled(answer.text for answer in answers)
    return answers


def _multichoice(question: ET.Element, stem: str) -> Asked:
    answers = _answers(question)
    options = tuple(answer.text for answer in answers)
    if (question.findtext("single") or "true").strip() in ("true", "1"):
        key = only([answer.text for answer in answers if answer.weight >= FULL])
        return Asked(ItemKind.SINGLE_CHOICE, stem, key, options)
    key = several([answer for answer in answers if answer.weight > 0])
    return Asked(ItemKind.MULTIPLE_RESPONSE, stem, key, options)


def _true_false(question: ET.Element, stem: str) -> Asked:
    right = [answer.text for answer in _answers(question) if answer.weight >= FULL]
    if len(right) != 1 or right[0].lower() not in _TRUTHS:
        raise Unclear("判断题应有一个得满分的答案，true 或 false")
    return Asked(ItemKind.TRUE_FALSE, stem, (_TRUTHS[right[0].lower()],))


def _short_answer(question: ET.Element, stem: str) -> Asked:
    """Answers are plain text to Moodle, unless a writer says that they are HTML."""
    right = dict.fromkeys(
        literal(_seen(answer) if answer.get("format") == "html" else (answer.findtext("text") or "").strip())
        for answer in question.findall("answer")
        if _weight(answer) >= FULL
    )
    if not right:
        raise Unclear("没有得满分的答案")
    return Asked(ItemKind.CLOZE, gapped(stem), tuple(right)[:1], (), (tuple(right),))


def _matching(question: ET.Element, stem: str) -> Asked:
    sides = [
        (_seen(side), (side.findtext("answer/text") or "").strip())
        for side in question.findall("subquestion")
    ]
    key = pairs([(left, right) for left, right in sides if left])
    return Asked(ItemKind.MATCHING, stem, key, tuple(sorted({right for _, right in sides})))


def _ordering(question: ET.Element, stem: str) -> Asked:
    answers = sorted(_answers(question))
    if len({answer.weight for answer in answers}) < len(answers):
        raise Unclear("排序题有两项排在同一位")
    order = tuple(answer.text for answer in answers)
    return Asked(ItemKind.ORDERING, stem, order, tuple(sorted(order)))


_READERS = {
    "multichoice": _multichoice,
    "truefalse": _true_false,
    "shortanswer": _short_answer,
    "matching": _matching,
    "ordering": _ordering,
}


def _points(question: ET.Element, said: Remarks) -> tuple[str, ...]:
    """The points of an essay: the rubric's; where there is none, the feedback is the answer."""
    rubric = question.find("graderinfo")
    points: tuple[str, ...] = ()
    if rubric is not None:
        seen = tuple(filter(None, [_seen(rubric)]))
        points = seen if rubric.get("format") in _PLAIN else points_of(rubric.findtext("text") or "")
    points = points or said.answer
    if not points:
        raise Unclear("论述题没有给出要点")
    return points


def _weight(answer: ET.Element) -> float:
    found = re.fullmatch(r"\s*(-?\d+(?:\.\d+)?)\s*", answer.get("fraction") or "")
    return float(found[1]) if found else 0.0


def _is_lined(element: ET.Element) -> bool:
    return element.get("format") == _LINED


def _seen(element: ET.Element | None) -> str:
    """The text people see of an element with a format and a text."""
    if element is None:
        return ""
    _check_files(element)
    text = element.findtext("text") or ""
    if element.get("format") in _PLAIN:
        check_files(text)
        return text.strip()
    return plain(text, lined=_is_lined(element))


def _check_files(element: ET.Element | None) -> None:
    """Raises Unclear where a file goes with the text."""
    if element is not None and element.find("file") is not None:
        raise Unclear("题里有图片或附件，只能导入文字")

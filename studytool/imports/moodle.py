"""Moodle XML -> items; a type of question we do not have is named."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree as ET

from studytool.broken import BROKEN_PACKAGE
from studytool.errors import StudyError
from studytool.imports.answers import Unclear
from studytool.imports.archives import xml_root
from studytool.imports.entry import Entry, Imported, Problem, imported
from studytool.model import BLANK, RIGHT, WRONG, ItemKind

# What opens and never closes is looked through once, and not again from each place where it opens: then the
# second group is empty.
_EMBEDDED = re.compile(r"(?<!\\)\{\d*:(?:SHORTANSWER|SA|MW|SHORTANSWER_C|SAC|MWC):((?:\\.|[^\\}])*+)(\}?)")
_WEIGHT = re.compile(r"%(-?\d+(?:\.\d+)?)%")
_BREAK = re.compile(r"<br\s*/?>|</p>\s*<p[^>]*>|</li>\s*<li[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_EVIDENCE = re.compile(r"<p>依据：(.*?)</p>", re.DOTALL)
_POINT = re.compile(r"<li[^>]*>(.*?)</li>", re.DOTALL)

_UNIT = "题"  # XML keeps no lines: questions are counted


def read(data: bytes, bank: str) -> Imported:
    try:
        quiz = xml_root(data, bank)
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
            problems.append(Problem(number, _plain(question.findtext("name/text"))[:24], str(unclear), _UNIT))
    return imported(entries, bank, problems)


def _entry(number: int, question: ET.Element) -> Entry:
    markup = question.findtext("questiontext/text") or ""
    feedback = question.findtext("generalfeedback/text") or ""
    evidence = _EVIDENCE.search(feedback, 0, _end(feedback, "</p>"))
    kind, stem, key, accepted, options = _asked(question, markup)
    return Entry(
        line=number,
        unit=_UNIT,
        stem=stem,
        kind=kind,
        options=options,
        key=key,
        accepted=accepted,
        id=(question.findtext("idnumber") or "").strip() or None,
        explanation=None if evidence else _plain(feedback) or None,
        evidence=_plain(evidence[1]) if evidence else "",
        tags=(),
    )


Asked = tuple[ItemKind, str, tuple[str, ...], tuple[tuple[str, ...], ...], tuple[str, ...]]


def _asked(question: ET.Element, markup: str) -> Asked:
    """Kind, stem, key, accepted answers and options."""
    kind = question.get("type") or ""
    stem = _plain(markup)
    if kind == "cloze":
        return _cloze(markup)
    if kind == "matching":
        return _matching(question, stem)
    if kind == "essay":
        return ItemKind.SHORT_ANSWER, stem, _points(question), (), ()
    return _answered(question, kind, stem)


def _answered(question: ET.Element, kind: str, stem: str) -> Asked:
    """Types whose answers stand in `answer` elements with a weight."""
    answers = [(_weight(a), _plain(a.findtext("text"))) for a in question.findall("answer")]
    right = tuple(text for weight, text in answers if weight > 0)
    if kind == "multichoice":
        single = (question.findtext("single") or "true") in ("true", "1")
        options = tuple(text for _, text in answers)
        return ItemKind.SINGLE_CHOICE if single else ItemKind.MULTIPLE_RESPONSE, stem, right, (), options
    if kind == "truefalse":
        return ItemKind.TRUE_FALSE, stem, (RIGHT if right == ("true",) else WRONG,), (), ()
    if kind == "shortanswer":
        return ItemKind.CLOZE, stem if "__" in stem else stem + BLANK, right[:1], (right,), ()
    if kind == "ordering":
        order = tuple(text for _, text in sorted(answers))
        return ItemKind.ORDERING, stem, order, (), tuple(sorted(order))
    raise Unclear(f"不支持 {kind} 这种题型")


def _weight(answer: ET.Element) -> float:
    found = re.fullmatch(r"\s*(-?\d+(?:\.\d+)?)\s*", answer.get("fraction") or "")
    return float(found[1]) if found else 0.0


def _cloze(markup: str) -> Asked:
    blanks = []
    for found, closed in _EMBEDDED.findall(markup):
        if not closed:
            continue
        texts = [_bare(text) for text in re.split(r"(?<!\\)~", found)]
        blanks.append(tuple(_plain(re.sub(r"^=", "", _WEIGHT.sub("", text, count=1))) for text in texts))
    return (
        ItemKind.CLOZE,
        _plain(_EMBEDDED.sub(lambda found: BLANK if found[2] else found[0], markup)),
        tuple(texts[0] for texts in blanks),
        tuple(blanks),
        (),
    )


def _matching(question: ET.Element, stem: str) -> Asked:
    sides = [
        (_plain(s.findtext("text")), (s.findtext("answer/text") or "").strip())
        for s in question.findall("subquestion")
    ]
    key = tuple(f"{left}={right}" for left, right in sides if left)
    return ItemKind.MATCHING, stem, key, (), tuple(sorted({right for _, right in sides}))


def _points(question: ET.Element) -> tuple[str, ...]:
    rubric = question.findtext("graderinfo/text") or question.findtext("generalfeedback/text") or ""
    listed = _POINT.findall(rubric, 0, _end(rubric, "</li>"))
    points = tuple(filter(None, map(_plain, listed))) or tuple(filter(None, [_plain(rubric)]))
    if not points:
        raise Unclear("论述题没有给出要点")
    return points


def _plain(markup: str | None) -> str:
    """The text people see of a piece of HTML."""
    markup = markup or ""
    end = _end(markup, ">")
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", markup[:end])) + markup[end:]).strip()


def _end(markup: str, closing: str) -> int:
    """Where the last of these ends: nothing that opens behind it is closed."""
    return markup.rfind(closing) + len(closing) if closing in markup else 0


def _bare(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)

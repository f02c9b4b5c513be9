"""The text of a question list (typed, or from Word) -> its questions, in the usual Chinese conventions.

The surprising decision: what is said twice must be said alike. A letter in the stem and another one below
it, a list of answers that contradicts what stands with the question: nobody knows which is right.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from studytool.imports import answer_blocks, asides, lettered, question_reader, statements
from studytool.imports import lines as reading
from studytool.imports.answer_list import Given, has_next
from studytool.imports.answer_matching import matched
from studytool.imports.answers import GAP, STATEMENTS, Unclear, calls_options, plain
from studytool.imports.entry import Entry, Imported, Problem, excerpt, imported
from studytool.imports.lines import Row
from studytool.imports.open_question import ANSWER, STEM, OpenQuestion
from studytool.model import ItemKind

PICTURE = "\ufffc"  # stands in a text where its document shows what is no text
_NEXT, _OTHER = re.compile(r"[；;\n]"), re.compile(r"[、；;\n]")  # between gaps, and between answers to one
_ENDS = re.compile(r"[（(]\s*+[）)]\s*+[。.？?]?\s*+\Z")
_MOST_SHOWN = 5
_MUDDLED = "答案里的编号可能是前面几题的题号，分不清：请把每题的答案分开写"


def read(text: str, bank: str, headings: Collection[int] = ()) -> Imported:
    """The questions of a list, and what is wrong with those that could not be understood; `headings` are the
    numbers of the lines that its document has as headings."""
    rows = reading.rows(text, headings)
    kept, collections = answer_blocks.divided(rows)
    questions, unused = question_reader.questions(kept, numbered=question_reader.is_numbered(rows))
    answers, problems = _matched(questions, collections)
    muddled = set(_muddled(questions, answers))
    entries = (
        replace(entry, flaw=_MUDDLED) if place in muddled else entry
        for place, question in enumerate(questions)
        for entry in (_entry(question, answers.get(place)),)
    )
    lost = [
        Problem(row.line, excerpt(row.whole or row.text), "这一行没有用到：前面没有题号")
        for row in unused
        if _asks(row)
    ]
    extra = [row for collection in collections for row in collection.unused]
    found = imported(entries, bank, (*problems, *lost, *_missing_numbers(questions)))
    first = min((question.line for question in questions), default=0)
    return found._replace(
        notes=tuple(_unused(sorted([*(row for row in unused if not _asks(row)), *extra]), first))
    )


def _matched(
    questions: Sequence[OpenQuestion], collections: Sequence[answer_blocks.Collection]
) -> tuple[dict[int, Given], list[Problem]]:
    """The collected answers by the place of their question, each collection for the questions before it."""
    answers: dict[int, Given] = {}
    problems: list[Problem] = []
    start = 0
    for collection in collections:
        end = sum(question.line < collection.line for question in questions)
        found, unmatched = matched(questions[start:end], collection.given)
        answers |= {start + place: given for place, given in found.items()}
        problems += [*collection.problems, *unmatched]
        start = end
    return answers, problems


def _muddled(questions: Sequence[OpenQuestion], answers: Mapping[int, Given]) -> Iterator[int]:
    """The places of questions whose answer counts up to their own number, while the one before has none:
    it may answer both of them."""
    for place, (before, question) in enumerate(pairwise(questions), 1):
        said, number = question.text(ANSWER).split("\n"), question.number
        first = reading.numbered(said[0], 0)
        last = [found.number for line in said[1:] if (found := reading.numbered(line, 0))]
        waits = before.group == question.group and before.is_open and place - 1 not in answers
        if waits and first and first.number < number and (has_next(said[0]) or number in last):
            yield place


def _asks(row: Row) -> bool:
    """Whether a line looks like a question, or a part of one."""
    return bool(row.mark or GAP.search(row.text) or reading.inside(row.text, states=True))


def _unused(rows: Sequence[Row], first: int) -> Iterator[str]:
    """What is said of lines that are no question; a title above the first one is left out by everybody."""
    behind = [row for row in rows if row.line > first]
    if behind:
        shown = "；".join(
            f"第 {row.line} 行“{excerpt(row.whole or row.text)}”" for row in behind[:_MOST_SHOWN]
        )
        more = f" 等 {len(behind)} 行" if len(behind) > _MOST_SHOWN else ""
        yield f"没有用到：{shown}{more}"


def _entry(question: OpenQuestion, given: Given | None) -> Entry:
    stem = question.text(STEM)
    tag = reading.tagged(stem)
    stem = asides.unscored(tag.rest if tag else stem)
    name = tag.found if tag else question.kind_name
    kind = reading.KINDS[name] if name else None
    said = question.text(ANSWER) or (given.answer if given else "")
    stem, answer, twice = _answered(stem, said, kind)
    note = question.text
    entry = Entry(
        line=question.line,
        flaw=_flaw(question, kind, answer) or twice,
        stem=stem.replace(PICTURE, "［图］"),
        kind=kind,
        options=tuple(question.options),
        answer=answer,
        variants=_variants(note("也可答"), len(GAP.findall(stem))),
        id=note("编号") or None,
        explanation=note("解析") or (given.explanation if given else None) or None,
        evidence=note("依据"),
        article=note("出处") or note("来源"),
        section=note("章节") or None,
        difficulty=reading.difficulty(note("难度")),
        tags=tuple(filter(None, (note("考点"), note("知识点")))),
    )
    return _stated(entry)


def _answered(stem: str, said: str, kind: ItemKind | None) -> tuple[str, str, str | None]:
    """The stem without the answer written into it, the answer, and what is wrong if there are two."""
    inside = reading.inside(stem, states=kind is ItemKind.TRUE_FALSE)
    filled = kind is ItemKind.CLOZE and not said and not inside and not GAP.search(stem)
    if filled and (blank := reading.filled(stem)):
        return blank.rest, blank.found, None
    if not inside or not said:
        return (inside.rest, inside.found, None) if inside else (stem, said, None)
    if kind is ItemKind.TRUE_FALSE and plain(said) not in STATEMENTS and plain(inside.found) in STATEMENTS:
        return inside.rest, f"{inside.found}，{said}", None
    is_gap = _ENDS.search(inside.rest) and len(GAP.findall(inside.rest)) == 1
    if not is_gap or kind in (ItemKind.CLOZE, ItemKind.SHORT_ANSWER):
        return stem, said, None
    if _letters(inside.found) == _letters(said):
        return inside.rest, said, None
    return stem, said, f"题里写的答案是“{inside.found}”，题后写的是“{said}”"


def _letters(answer: str) -> str:
    said = plain(answer)
    return STATEMENTS.get(said) or re.sub(r"[\s、,;()]", "", said)


def _stated(entry: Entry) -> Entry:
    """The question; of a statement, what is said of it does not belong to it."""
    reads = entry.kind is None and not entry.options and reading.is_statement(entry.answer)
    if not reads and entry.kind is not ItemKind.TRUE_FALSE:
        return entry
    try:
        said = statements.read(entry.stem, entry.answer, entry.explanation)
    except Unclear as unclear:
        return replace(entry, flaw=entry.flaw or str(unclear))
    return replace(entry, **said._asdict())


def _flaw(question: OpenQuestion, kind: ItemKind | None, answer: str) -> str | None:
    """Why a question cannot be asked as it is read. Where nothing is chosen, letters belong to the text."""
    if any(PICTURE in text for texts in (*question.parts.values(), question.options) for text in texts):
        return "题里有图片或公式，只能导入文字"
    if question.is_answered_twice:
        return "答案写了两次，两次不同：可能是后面的题没有题号"
    if any(map(lettered.has_next_question, question.options)):
        return "选项里混进了后面的题，请检查换行"
    if kind in (ItemKind.TRUE_FALSE, ItemKind.CLOZE, ItemKind.SHORT_ANSWER):
        return None
    meant = question.doubt if not question.options and calls_options(answer) else None
    return question.flaw or meant or _empty(question.options)


def _variants(written: str, gaps: int) -> tuple[tuple[str, ...], ...]:
    """What else may be answered to each gap: a semicolon lies between gaps, a dash stands for nothing."""
    groups = _NEXT.split(written) if gaps > 1 else [written]
    found = tuple(tuple(filter(None, map(str.strip, _OTHER.split(group)))) for group in groups)
    return tuple(() if texts == ("—",) else texts for texts in found) if written else ()


def _empty(options: list[str]) -> str | None:
    """Which option is empty before one that is not; the letter of one behind them all was left over."""
    last = max((n for n, text in enumerate(options) if text), default=0)
    return next((f"选项 {chr(ord('A') + n)} 是空的" for n in range(last) if not options[n]), None)


def _missing_numbers(questions: Sequence[OpenQuestion]) -> Iterator[Problem]:
    """Gaps in the numbering: a question there was taken for a part of the one before."""
    for before, after in pairwise(questions):
        if before.group == after.group and after.number > before.number + 1:
            yield Problem(
                after.line,
                excerpt(after.text(STEM)),
                f"第 {before.number} 题之后应为第 {before.number + 1} 题，这里是第 {after.number} 题",
            )

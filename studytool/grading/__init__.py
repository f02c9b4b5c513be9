"""(papers of a manifest, rows of answers) -> people's scores, and what each item turned out to be.

The surprising decision: whatever is empty, doubled or impossible scores nothing, is not guessed at, and
is reported with its person and number. A person found twice is marked once; one of whom nothing came back was
absent, and is in no average.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from studytool.answer_columns import PERSON, VERSION, question, thing
from studytool.errors import StudyError
from studytool.grading.answers import Answered, answered
from studytool.grading.papers import Asked, Papers, read_manifest
from studytool.grading.people import is_nobody, name_meant
from studytool.grading.statistics import Answers, ItemReport, report

__all__ = ["Absent", "Answered", "Grading", "ItemReport", "Result", "Trouble", "grade", "read_manifest"]

_PAPER = re.compile(r"\(?(?:试?卷)?\(?([A-Z])\)?卷?\)?")  # A, A卷, 试卷A, (A)
_ABSENT = re.compile(
    r"(?:缺考|弃考|缺席|未考|未到|未参加|未交卷?|没交|[病事休产公]假|请假|休假|出差|外出|公出|/|-|—+|无|absent)"
    r"(?:\s*[(（][^()（）]*[)）])?",
    re.IGNORECASE,
)
# Told of each row: how many are done, of how many, and whose it was.
Watch = Callable[[int, int, str], None]
_Reader = Callable[[Asked, str], tuple[Answered, str | None]]
_Row = tuple[int, Mapping[str, str]]  # its number in the file, and its cells by heading
_A_PILE = 3  # of fewer rows one slip would be most


@dataclass(frozen=True, slots=True)
class Result:
    """A person's paper."""

    person: str
    version: str
    score: float = 0.0
    total: float = 0.0
    answers: tuple[Answered, ...] = ()
    named: bool = True  # False: `person` is only the number of the row


@dataclass(frozen=True, slots=True)
class Trouble:
    """An answer or a row that a person must look at; `row` is its number in the file."""

    row: int
    person: str
    number: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Absent:
    """Who stands in the table without an answer."""

    row: int
    person: str
    version: str


@dataclass(frozen=True, slots=True)
class Grading:
    """All that came back, and of whom nothing did."""

    results: tuple[Result, ...]
    troubles: tuple[Trouble, ...]
    items: tuple[ItemReport, ...]
    absent: tuple[Absent, ...] = ()


def grade(
    papers: Papers, rows: Iterable[tuple[int, Mapping[str, str]]], watch: Watch = lambda *_: None
) -> Grading:
    """Mark one row a person: its number in the file, and its cells by heading.

    The headings name the person, the version and the numbers of the questions. `watch` is told of each
    row."""
    trimmed = [(number, _trimmed(row)) for number, row in rows]
    for headings in dict.fromkeys(tuple(cells) for _, cells in trimmed):
        _refuse_doubles(headings)
    kept = [(number, cells) for number, cells in trimmed if not _no_person(cells)]
    present = [(number, cells) for number, cells in kept if not _is_absent(cells)]
    unasked = _without_column(papers, trimmed, present)
    results: list[Result] = []
    troubles = [Trouble(0, "", number, "表里没有这一题的列，按未作答计") for number in unasked]
    troubles += [
        Trouble(number, said, None, "不是人名，这一行没有批改")
        for number, cells in trimmed
        if (said := _no_person(cells))
    ]
    seen: dict[str, int] = {}
    reader = cache(answered)  # many give the same answer
    for done, (number, cells) in enumerate(present, 1):
        said = name_meant(_cell(cells, PERSON))
        person = said or f"第{number}行"
        version = _version(papers, _cell(cells, VERSION))
        if person in seen:
            reason = f"与第{seen[person]}行重复，未计分；同名的人请加以区分"
            troubles.append(Trouble(number, person, None, reason))
        elif version is None:
            reason = f"卷别“{_cell(cells, VERSION)}”不对；应当是 {'、'.join(papers)}"
            troubles.append(Trouble(number, person, None, reason))
        else:
            seen[person] = number
            blank = Result(person, version, named=bool(said))
            result, found = _result(number, blank, papers[version], reader, _given(cells))
            results.append(_without(result, unasked))
            if not said:
                troubles.append(Trouble(number, person, None, "没有写姓名"))
            troubles += [trouble for trouble in found if trouble.number not in unasked]
        watch(done, len(present), person)
    absent = tuple(_absent(kept, seen))
    return Grading(tuple(results), tuple(troubles), _reports(papers, results), absent)


def _no_person(cells: Mapping[str, str]) -> str:
    """What says that a row is one of sums, or of the key; it may stand beside an empty name."""
    person = _cell(cells, PERSON)
    beside = (text for heading, text in cells.items() if not thing(heading))
    return next(filter(is_nobody, (person,) if person else beside), "")


def _is_absent(cells: Mapping[str, str]) -> bool:
    """Is there no answer in the row, or only a word that says so?"""
    return all(not text or _ABSENT.fullmatch(text) for text in _given(cells).values())


def _absent(rows: Sequence[_Row], marked: Mapping[str, int]) -> Iterator[Absent]:
    """Who has a row of their own without an answer, and none with one."""
    for number, cells in rows:
        person = name_meant(_cell(cells, PERSON))
        if person and person not in marked and _is_absent(cells):
            yield Absent(number, person, _cell(cells, VERSION))


def _trimmed(row: Mapping[str, str]) -> dict[str, str]:
    return {heading.strip(): str(value or "").strip() for heading, value in row.items() if heading}


def _refuse_doubles(headings: Sequence[str]) -> None:
    """Of two columns for one thing, nobody knows which is meant."""
    first: dict[str, str] = {}
    for heading in headings:
        about = thing(heading)
        if about and about in first:
            raise StudyError(f"作答表里“{first[about]}”和“{heading}”两列都是{about}：请删去一列")
        first[about] = heading


def _without_column(papers: Papers, rows: Sequence[_Row], present: Sequence[_Row]) -> tuple[int, ...]:
    """The questions the table has no column for; raises StudyError when it has none for any."""
    numbers = sorted({asked.number for paper in papers.values() for asked in paper})
    columns = {number for _, cells in rows for number in _given(cells)}
    if not columns & set(numbers):
        raise StudyError("作答表里没有题号的列：表头应是 姓名、卷别、1、2、3……，每人一行")
    _refuse_another_paper(numbers, present)
    if len(papers) > 1 and present and not any(_cell(cells, VERSION) for _, cells in present):
        raise StudyError(f"作答表里没有写卷别：请加一列“卷别”，每人写 {'、'.join(papers)}")
    return tuple(number for number in numbers if number not in columns)


def _refuse_another_paper(numbers: Sequence[int], rows: Sequence[_Row]) -> None:
    """Whoever marks the answers to another paper gives everybody a wrong score, and nothing shows it."""
    last = max(numbers)
    beyond = [
        max((n for n, text in _given(cells).items() if text and n > last), default=0) for _, cells in rows
    ]
    if len(rows) >= _A_PILE and sum(map(bool, beyond)) * 2 > len(rows):
        said = f"作答表里答到第 {max(beyond)} 题，这份卷只有 {last} 题"
        raise StudyError(f"{said}：恐怕不是这份卷的作答，请换成那份卷的 .json")


def _cell(cells: Mapping[str, str], about: str) -> str:
    return next((value for heading, value in cells.items() if thing(heading) == about), "")


def _version(papers: Papers, said: str) -> str | None:
    """The version a person says they had; a paper of one version needs no saying."""
    name = "".join(unicodedata.normalize("NFKC", said).upper().split())
    if not name and len(papers) == 1:
        return next(iter(papers))
    found = _PAPER.fullmatch(name)
    name = found[1] if found else name
    return name if name in papers else None


def _given(cells: Mapping[str, str]) -> dict[int, str]:
    found = ((question(heading), value) for heading, value in cells.items())
    return {number: value for number, value in found if number is not None}


def _result(
    row: int, blank: Result, paper: Sequence[Asked], reader: _Reader, given: Mapping[int, str]
) -> tuple[Result, list[Trouble]]:
    """The paper of a person filled with their answers, and what of these somebody should look at."""
    person = blank.person
    read = [reader(asked, given.get(asked.number, "")) for asked in paper]
    answers = tuple(answer for answer, _ in read)
    troubles = [Trouble(row, person, answer.number, reason) for answer, reason in read if reason]
    numbers = {answer.number for answer in answers}
    beyond = (number for number, text in given.items() if text and number not in numbers)
    troubles += [Trouble(row, person, number, "卷上没有这个题号") for number in beyond]
    score = round(sum(answer.points for answer in answers), 1)
    total = sum(asked.points for asked in paper)
    return replace(blank, score=score, total=total, answers=answers), troubles


def _without(result: Result, unasked: Collection[int]) -> Result:
    """The paper where nothing is meant by what the table has no column for."""
    answers = (replace(one, meant=one.meant and one.number not in unasked) for one in result.answers)
    return replace(result, answers=tuple(answers))


def _reports(papers: Papers, results: Sequence[Result]) -> tuple[ItemReport, ...]:
    """Each item over all versions, in the order of the first."""
    items = {asked.item.id: asked.item for paper in papers.values() for asked in paper}
    worth = {(name, asked.number): asked.points for name, paper in papers.items() for asked in paper}
    gathered: dict[str, list[tuple[float, float, Counter[str]]]] = {identity: [] for identity in items}
    for result in results:
        for answer in result.answers:
            gained = answer.points / (worth[result.version, answer.number] or 1)
            rest = round(result.score - answer.points, 1)  # unrounded, equal scores would differ by a hair
            gathered[answer.item_id].append((gained, rest, Counter(answer.response)))
    return tuple(report(items[identity], Answers.of(rows)) for identity, rows in gathered.items())

"""Versions -> KeyPages: the answers at a glance, then each item with its proof.

The surprising decision: the glance is a table of numbers and letters per version, because whoever
marks holds one version in the hand; the proofs follow version A and name the other numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studytool.exports.sheet.fonts import clean
from studytool.exports.sheet.pages import ORDINALS, footer
from studytool.exports.sheet.paper import CHOICES, NAMES, Question, Version
from studytool.model import Item, ItemKind

_PER_ROW = {ItemKind.SINGLE_CHOICE: 10, ItemKind.TRUE_FALSE: 10}  # answers of one sign; others take more room
_PER_LONG_ROW = 5
_SPLIT_FROM = 600  # characters from which an entry may be split across pages
_LETTERED = (*CHOICES, ItemKind.TRUE_FALSE, ItemKind.ORDERING)
_LISTED = (ItemKind.CLOZE, ItemKind.MATCHING, ItemKind.SHORT_ANSWER)
PROOFS = "答案与解析"  # the title above the entries; read back, it is no answer itself


@dataclass(frozen=True)
class Grid:
    """A stretch of up to `columns` numbers and, for each version, the answers under them."""

    columns: int
    numbers: tuple[int, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Listing:
    """The answers of one version that are words: (number, answer)."""

    label: str
    answers: tuple[tuple[int, str], ...]
    wide: bool = False


@dataclass(frozen=True)
class Entry:
    """An item with its full answer and its proof."""

    place: str
    answer: str
    note: str
    evidence: str
    source: str
    id: str
    whole: bool


@dataclass(frozen=True)
class KeyPart:
    """The key of one section."""

    heading: str
    grids: tuple[Grid, ...]
    listings: tuple[Listing, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class KeyPages:
    """All that is printed of the key."""

    title: str
    subtitle: str
    parts: tuple[KeyPart, ...]
    footer: str


def key_pages(versions: tuple[Version, ...]) -> KeyPages:
    """The key of all versions of a sheet."""
    sheet = versions[0].sheet
    named = "、".join(f"{version.name}卷" for version in versions) if len(versions) > 1 else ""
    return KeyPages(
        title="参考答案",
        subtitle="　".join(filter(None, (clean(sheet.title), named))),
        parts=tuple(_part(versions, index) for index in range(len(sheet.sections))),
        footer=footer(sheet, "".join(version.name for version in versions)) + "　参考答案",
    )


def _part(versions: tuple[Version, ...], index: int) -> KeyPart:
    sections = [version.sections[index] for version in versions]
    kind = sections[0].kind
    labels = [f"{version.name}卷" if len(versions) > 1 else "" for version in versions]
    columns = list(zip(labels, (section.questions for section in sections), strict=True))
    return KeyPart(
        heading=f"{ORDINALS[index]}、{NAMES[kind]}",
        grids=_grids(columns) if kind in _LETTERED else (),
        listings=_listings(columns) if kind in _LISTED else (),
        entries=tuple(_entry(question, versions, index) for question in sections[0].questions),
    )


def _grids(columns: list[tuple[str, tuple[Question, ...]]]) -> tuple[Grid, ...]:
    questions = columns[0][1]
    step = _PER_ROW.get(questions[0].item.kind, _PER_LONG_ROW)
    return tuple(
        Grid(
            step,
            tuple(question.number for question in questions[at : at + step]),
            tuple((label or "答案", tuple(map(_letters, row[at : at + step]))) for label, row in columns),
        )
        for at in range(0, len(questions), step)
    )


def _listings(columns: list[tuple[str, tuple[Question, ...]]]) -> tuple[Listing, ...]:
    wide = columns[0][1][0].item.kind is ItemKind.SHORT_ANSWER
    return tuple(Listing(label, tuple((q.number, _words(q)) for q in row), wide) for label, row in columns)


def _words(question: Question) -> str:
    """A key that does not fit into a cell: words, numbered points, or the letters of a matching item."""
    if question.item.kind is ItemKind.MATCHING:
        return _letters(question)
    return _answer(question.item)


def _letters(question: Question) -> str:
    if question.item.kind is ItemKind.MATCHING:
        return " ".join(f"({place}){letter}" for place, letter in enumerate(question.answer, 1))
    return "".join(question.answer)


def _entry(question: Question, versions: tuple[Version, ...], index: int) -> Entry:
    item = question.item
    twins = [(v.name, q) for v in versions for q in v.sections[index].questions if q.item.id == item.id]
    several = len(versions) > 1
    return Entry(
        place="　".join((f"{name}卷" if several else "") + _place(twin) for name, twin in twins),
        answer=_answer(question.item, question.options),
        note=_note(item),
        evidence=clean(item.quotation),
        source=_source(item),
        id=item.id,
        whole=len(item.evidence) + sum(map(len, item.key)) <= _SPLIT_FROM,
    )


def _place(question: Question) -> str:
    """The number of a question and, where the answer is a sign, the sign: 7.B"""
    lettered = question.item.kind in _LETTERED or question.item.kind is ItemKind.MATCHING
    return f"{question.number}." + (_letters(question) if lettered else "")


def _answer(item: Item, printed: Sequence[str] = ()) -> str:
    """The full answer in words; of several right options in the order they are printed in."""
    if item.kind is ItemKind.MULTIPLE_RESPONSE and printed:
        return "；".join(clean(option) for option in printed if option in item.key)
    if item.kind is ItemKind.TRUE_FALSE:
        return clean(f"“{item.changed}”应为“{item.original}”") if item.original and item.changed else ""
    if item.kind is ItemKind.SHORT_ANSWER and len(item.key) > 1:
        return "；".join(f"（{number}）{clean(point)}" for number, point in enumerate(item.key, 1))
    return "；".join(
        clean(text.replace("=", "—") if item.kind is ItemKind.MATCHING else text) for text in item.key
    )


def _note(item: Item) -> str:
    """The explanation, unless it only repeats the evidence printed under it."""
    note = clean(item.explanation or "")
    evidence = clean(item.evidence)
    return "" if evidence and evidence in note else note


def _source(item: Item) -> str:
    """《文章》，日期，小标题; nothing, where an item has no place in an article."""
    day, article = item.published_on, clean(item.article)
    parts = (
        f"《{article}》" if article and not article.startswith("《") else article,
        clean(item.section or ""),
        f"{day.year}年{day.month}月{day.day}日" if day else "",
    )
    return "，".join(filter(None, parts))

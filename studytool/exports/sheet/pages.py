"""Version -> Paper, versions -> KeyPages: everything that is printed, in words, before any format.

PDF, Word and HTML set these values and decide nothing of their own, so a letter in one of them is
the same letter in all.
"""

from __future__ import annotations

from dataclasses import dataclass

from studytool.exports.sheet.fonts import clean
from studytool.exports.sheet.layout import LARGE_LINE, LINE, Piece, answer_lines, columns, pieces, width
from studytool.exports.sheet.paper import (
    CHOICES,
    CROSS,
    LETTERS,
    NAMES,
    TICK,
    Question,
    Sheet,
    Version,
    VersionSection,
    pairs_of,
)
from studytool.model import ItemKind

ORDINALS = "一二三四五六七八九十"
NOTES = {
    ItemKind.SINGLE_CHOICE: "每题只有一个正确答案，请把字母填在括号内。",
    ItemKind.MULTIPLE_RESPONSE: "每题有一个以上正确答案，多选、少选、错选均不得分，请把字母填在括号内。",
    ItemKind.TRUE_FALSE: f"正确的打“{TICK}”，错误的打“{CROSS}”。",
    ItemKind.CLOZE: "请把答案填在横线上。",
    ItemKind.MATCHING: "请在每项后面填上与之相配的字母。",
    ItemKind.ORDERING: "请按正确的顺序填写字母。",
    ItemKind.SHORT_ANSWER: "请写出要点。",
}
_SHORT_UNIT = 9  # em: a longer unit takes a line of its own
_LETTER_ROOM = 4  # em for the letter of a pair
_BESIDE = 4  # em that a number and the gap between two columns take
_CIRCLED = 20  # the last number there is in a circle
_TALLEST = 24  # lines: a question that takes more may be split across pages


@dataclass(frozen=True)
class Ask:
    """A question as printed; `lefts` are the sides of a matching item that wait for a letter."""

    number: int
    pieces: tuple[Piece, ...]
    options: tuple[tuple[str, str], ...] = ()
    columns: int = 1
    lefts: tuple[str, ...] = ()
    lines: int = 0
    whole: bool = True


@dataclass(frozen=True)
class Part:
    """A section as printed."""

    heading: str
    note: str
    asks: tuple[Ask, ...]


@dataclass(frozen=True)
class Row:
    """A number of the answer sheet: the marks to fill in, or its blanks, each with its name and its width
    in em; `long`: they take the whole line."""

    number: int
    marks: tuple[str, ...] = ()
    blanks: tuple[tuple[str, int], ...] = ()
    long: bool = False


@dataclass(frozen=True)
class Bubbles:
    """A part of the answer sheet; with `lines`, each number has so many lines to write on."""

    heading: str
    rows: tuple[Row, ...]
    lines: int = 0


@dataclass(frozen=True)
class Paper:
    """All that is printed of one version."""

    title: str
    subtitle: str
    fields: tuple[tuple[str, str], ...]
    unit_alone: bool
    score: tuple[str, ...]
    parts: tuple[Part, ...]
    answer_sheet: tuple[Bubbles, ...]
    footer: str
    large: bool


def paper(version: Version) -> Paper:
    """One version, ready to be set."""
    sheet = version.sheet
    return Paper(
        title=clean(sheet.title),
        subtitle=_subtitle(version),
        fields=_fields(sheet),
        unit_alone=sheet.large_print or width(sheet.unit or "") > _SHORT_UNIT,
        score=tuple(ORDINALS[index] for index in range(len(version.sections))),
        parts=tuple(_part(section, index, sheet) for index, section in enumerate(version.sections)),
        answer_sheet=_answer_sheet(version) if sheet.answer_sheet else (),
        footer=footer(sheet, version.name),
        large=sheet.large_print,
    )


def footer(sheet: Sheet, name: str) -> str:
    """What tells one print from another at a glance."""
    version = f"{name}卷" if sheet.versions > 1 else ""
    return "　".join(filter(None, (version, f"种子{sheet.seed}", f"卷号{sheet.number}")))


def heading(section: VersionSection, index: int) -> str:
    """一、单项选择题（每题2分，共20分）"""
    return f"{ORDINALS[index]}、{NAMES[section.kind]}（每题{section.points}分，共{section.total}分）"


def _subtitle(version: Version) -> str:
    sheet = version.sheet
    marks = f"共{sheet.count}题，满分{sheet.total}分"
    return f"{version.name}卷　{marks}" if sheet.versions > 1 else marks


def _fields(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    day = sheet.date
    return (
        ("单位", clean(sheet.unit or "")),
        ("姓名", ""),
        ("日期", f"{day.year}年{day.month}月{day.day}日" if day else ""),
    )


def _part(section: VersionSection, index: int, sheet: Sheet) -> Part:
    line = LARGE_LINE if sheet.large_print else LINE
    asks = tuple(_ask(question, line) for question in section.questions)
    return Part(heading(section, index), NOTES[section.kind], asks)


def _ask(question: Question, line: float) -> Ask:
    options = tuple(zip(LETTERS, map(clean, question.options), strict=False))
    lefts: tuple[str, ...] = ()
    lines = 0
    if question.item.kind is ItemKind.MATCHING:
        lefts = tuple(clean(left) for left, _ in pairs_of(question.item))
    elif question.item.kind is ItemKind.SHORT_ANSWER:
        lines = answer_lines(question.item.key, line)
    stem = pieces(question)
    shape = columns([text for _, text in options], line)
    height = sum(piece.width + width(piece.text) for piece in stem) / line + 1.8 * lines + len(lefts)
    height += sum(1 + width(text) * shape // line for _, text in options) / shape
    return Ask(question.number, stem, options, shape, lefts, lines, height <= _TALLEST)


def _answer_sheet(version: Version) -> tuple[Bubbles, ...]:
    line = LARGE_LINE if version.sheet.large_print else LINE
    return tuple(_bubbles(section, index, line) for index, section in enumerate(version.sections))


def _bubbles(section: VersionSection, index: int, line: float) -> Bubbles:
    title = f"{ORDINALS[index]}、{NAMES[section.kind]}"
    lines = 0
    if section.kind is ItemKind.SHORT_ANSWER:
        lines = max(answer_lines(question.item.key, line) for question in section.questions)
    return Bubbles(title, tuple(_row(question, line) for question in section.questions), lines)


def _row(question: Question, line: float) -> Row:
    number, kind, key = question.number, question.item.kind, question.item.key
    if kind in CHOICES:
        return Row(number, tuple(LETTERS[: len(question.order)]))
    if kind is ItemKind.TRUE_FALSE:
        return Row(number, (TICK, CROSS))
    if kind is ItemKind.SHORT_ANSWER:
        return Row(number)
    if kind is ItemKind.MATCHING:
        room = [(f"({place})", _LETTER_ROOM) for place in range(1, len(key) + 1)]
    else:
        widths = [one.width for one in pieces(question) if one.kind == "blank"]
        names = [_circled(place) if len(widths) > 1 else "" for place in range(1, len(widths) + 1)]
        most = int(line) - _BESIDE
        room = [
            one for name, width in zip(names, widths, strict=True) for one in _on_lines(name, width, most)
        ]
    return Row(number, (), tuple(room), len(room) > 1 or room[0][1] > line / 2 - _BESIDE)


def _on_lines(name: str, width: int, most: int) -> list[tuple[str, int]]:
    """A blank, on as many lines as it takes."""
    return [(name, width)] if width <= most else [(name, most), *[("", most)] * ((width - 1) // most)]


def _circled(number: int) -> str:
    """① and so on, as far as they go."""
    return chr(ord("①") + number - 1) if number <= _CIRCLED else f"({number})"

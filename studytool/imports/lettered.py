"""A line of a question list -> the options in it, by their letters, and what is wrong with the letters.

Letters must follow each other. The surprising decision: `（A）` in a line that goes on with `A.甲 B.乙` is
the answer written into the stem, for nobody marks the options of one question in two ways.
"""

from __future__ import annotations

import re
import unicodedata

# A. A、 A．A: (A) and the same in full width; not A型血, not the A of “B.A.”, not （ A ）, an answer.
_OPTION = re.compile(
    r"(?:(?<![A-Za-z0-9Ａ-Ｚ.])|^)(?:"
    r"(?<![（(])(?<![（(][ 　])(?<![（(][ 　][ 　])([A-Ja-jＡ-Ｊ])\s*[.、．:：)）]|[（(]([A-JＡ-Ｊ])[)）])\s*"
)
# C、D级, H、K两股: letters that are listed are no options. E. coli: nor is what is shortened.
_LISTED = re.compile(r"[A-JＡ-Ｊ]、[A-ZＡ-Ｚ](?![A-Za-zＡ-Ｚａ-ｚ])|[A-J]\.[ \t]*[a-z]")
_SELDOM = ("I", "J")  # a ninth option is rare, a numeral or an initial is not: they count where they are due
_LOOSE_OPTION = re.compile(r"\s*([A-JＡ-Ｊ])[ \t　]+(?=\S)")
# A letter without a sign behind the first one in a line: 维生素 B 族 has one, too.
_LOOSE_NEXT = re.compile(r"(?<=[ \t　])([A-JＡ-Ｊ])[ \t　]+(?=\S)")
_WIDE_GAP = re.compile(r"(?:[ \t　]{2}|[\t　])\Z")
_SURELY_OPTIONS = 3  # so many letters in a row are options, however narrow the gaps between them
# The number and the stem of a question, where an option should have ended.
_NUMBERED = re.compile(r"(?<!\d)\d{1,3}\s*[.、．](?!\d)")
# （A. 甲 B. 乙）at the end of a line
_IN_BRACKETS = re.compile(r"(?>(.*?)[（(]\s*(?=[AＡ]\s*[.、．:：]))(.*)[）)]\s*[。.？?]?\s*\Z")
_FAR = 200  # characters behind a number in which the options of its question begin


def options(line: str, expected: int) -> tuple[str, tuple[str, ...]] | None:
    """What stands before the options of a line, and the options from letter number `expected` on.

    Letters must follow each other. Within a line, a single letter is no option: it takes two."""
    marks = _marks(line, expected)
    if not marks:
        return _loose(line, expected)
    if len(marks) < 2 and line[: marks[0].start()].strip():
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    texts = tuple(line[mark.end() : end].strip(" \t　;；") for mark, end in zip(marks, ends, strict=True))
    return line[: marks[0].start()].strip(), texts


def in_brackets(line: str) -> tuple[str, tuple[str, ...]] | None:
    """What stands before the brackets a line ends with, and the options in them."""
    found = _IN_BRACKETS.match(line)
    inside = options(found[2], 0) if found else None
    if found is None or inside is None or inside[0] or len(inside[1]) < 2 or not all(inside[1]):
        return None
    return found[1].strip(), inside[1]


def _marks(line: str, expected: int) -> list[re.Match[str]]:
    """The letters of options, in their order."""
    found = list(_OPTION.finditer(line))
    marks = _in_order(found, expected)
    if not marks or not _is_bracketed(marks[0]):
        return marks
    # A bracketed letter before options with other signs is an answer; bracketed ones behind them are none.
    begins = (mark for mark in found if not _is_bracketed(mark) and _is_number(mark, expected))
    start = next(begins, None)
    if start is None or start.start() < marks[0].end():
        return marks
    signed = [mark for mark in found if not _is_bracketed(mark) and mark.start() >= start.start()]
    alone = all(mark.start() < start.start() for mark in found if _is_bracketed(mark))
    return _in_order(signed, expected) if alone else marks


def _in_order(found: list[re.Match[str]], expected: int) -> list[re.Match[str]]:
    marks: list[re.Match[str]] = []
    for mark in found:
        is_empty = bool(marks) and mark.start() == marks[-1].end()
        if _is_number(mark, expected + len(marks)) and not is_empty:
            marks.append(mark)
    return marks


def _is_bracketed(mark: re.Match[str]) -> bool:
    return mark[2] is not None


def _is_number(mark: re.Match[str], number: int) -> bool:
    return ord(_letter(mark)) - ord("A") == number


def _loose(line: str, expected: int) -> tuple[str, tuple[str, ...]] | None:
    """Options that have a letter and no sign behind it, the first at the start of the line."""
    first = _LOOSE_OPTION.match(line)
    if not first or not _is_number(first, expected):
        return None
    marks = [first]
    for mark in _LOOSE_NEXT.finditer(line, first.end()):
        if _is_number(mark, expected + len(marks)):
            marks.append(mark)
    if not all(_WIDE_GAP.search(line[mark.start() - 2 : mark.start()]) for mark in marks[1:]):
        marks = marks if len(marks) >= _SURELY_OPTIONS else [first]
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    return "", tuple(line[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True))


def has_next_question(option: str) -> bool:
    """Whether a question with options of its own has gone into an option: where lines were lost."""
    return any(
        (found := options(option[number.end() : number.end() + _FAR], 0)) is not None and len(found[1]) > 1
        for number in _NUMBERED.finditer(option)
    )


def skipped(line: str, expected: int) -> str | None:
    """What is wrong with the letters of options in a line, from letter number `expected` on: one left out,
    or, at the start of the line, one that has been.

    Within the line a letter is out of place only as a capital behind a space: else it may mean anything."""
    begins = len(line) - len(line.lstrip())
    for found in _OPTION.finditer(line):
        letter, due = _letter(found), chr(ord("A") + expected)
        is_first = found.start() <= begins
        if letter == due:
            expected += 1
        elif letter > due and (_LISTED.match(line, found.start()) or letter in _SELDOM):
            continue
        elif letter > due and (
            is_first or (line[found.start() - 1].isspace() and not (found[1] or "").islower())
        ):
            return _between(expected, letter)
        elif letter < due and is_first:
            return f"选项 {letter} 写了两次"
    return None


def _between(expected: int, letter: str) -> str:
    if expected == 0:
        return f"选项应从 A 开始，这里是 {letter}"
    return f"选项 {chr(ord('A') + expected - 1)} 之后应是 {chr(ord('A') + expected)}，这里是 {letter}"


def skipped_loosely(line: str, expected: int) -> str | None:
    """The same for a line of a list whose options have a letter and no sign behind it."""
    found = _LOOSE_OPTION.match(line)
    is_beyond = found is not None and _letter(found) > chr(ord("A") + expected)
    return _between(expected, _letter(found)) if found and is_beyond else None


def is_loose(line: str) -> bool:
    """Whether the line begins with the letter of an option and no sign behind it."""
    return bool(_LOOSE_OPTION.match(line)) and not _OPTION.match(line.lstrip())


def is_bracketed(line: str) -> bool:
    """Whether the line begins with a letter in brackets."""
    found = _OPTION.match(line.lstrip())
    return found is not None and _is_bracketed(found)


def _letter(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", next(filter(None, found.groups()))).upper()

"""A line of a question list -> what it looks like: section title, number, options, label of an answer.

Each pattern is a convention seen in Chinese question banks; what must not be taken for it stands beside.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from studytool.imports.answers import STATEMENTS
from studytool.model import ItemKind

# Names of kinds, longest first where one begins another. “选择题” leaves open how many are right.
# How hard a question is, as people write it.
DIFFICULTIES = {"易": 0.2, "偏易": 0.4, "适中": 0.6, "中": 0.6, "偏难": 0.75, "难": 0.9}
KINDS: dict[str, ItemKind | None] = {
    "单项选择题": ItemKind.SINGLE_CHOICE,
    "单项选择": ItemKind.SINGLE_CHOICE,
    "单选题": ItemKind.SINGLE_CHOICE,
    "单选": ItemKind.SINGLE_CHOICE,
    "多项选择题": ItemKind.MULTIPLE_RESPONSE,
    "多项选择": ItemKind.MULTIPLE_RESPONSE,
    "多选题": ItemKind.MULTIPLE_RESPONSE,
    "多选": ItemKind.MULTIPLE_RESPONSE,
    "不定项选择题": None,
    "不定项": None,
    "选择题": None,
    "判断题": ItemKind.TRUE_FALSE,
    "判断改错题": ItemKind.TRUE_FALSE,
    "是非题": ItemKind.TRUE_FALSE,
    "判断": ItemKind.TRUE_FALSE,
    "多项填空题": ItemKind.CLOZE,
    "填空题": ItemKind.CLOZE,
    "填空": ItemKind.CLOZE,
    "简答题": ItemKind.SHORT_ANSWER,
    "问答题": ItemKind.SHORT_ANSWER,
    "论述题": ItemKind.SHORT_ANSWER,
    "名词解释": ItemKind.SHORT_ANSWER,
    "简答": ItemKind.SHORT_ANSWER,
    "问答": ItemKind.SHORT_ANSWER,
    "论述": ItemKind.SHORT_ANSWER,
    "匹配题": ItemKind.MATCHING,
    "连线题": ItemKind.MATCHING,
    "排序题": ItemKind.ORDERING,
}
_KIND = "|".join(sorted(KINDS, key=len, reverse=True))

# Below, `*+` gives nothing back, and spaces begin only where no space is before them: a line may be all
# spaces, and to try each of them with each other takes the square of their number.

# 一、单选题（每题2分）; 第一部分 判断题; not a sentence that goes on.
_SECTION = re.compile(
    rf"(?:[#*\s]*+)(?:[一二三四五六七八九十]{{1,3}}[、.．:：]?|第[一二三四五六七八九十]+(?:部分|大题)[:：、]?|"
    rf"[（(][一二三四五六七八九十]{{1,3}}[)）])?\s*+({_KIND})(?:部分)?+\s*+(?:[（(：:，,共].{{0,60}})?[*\s]*+"
)
_TAG = re.compile(rf"[【\[［（(〔〖《]\s*({_KIND})\s*[】\]］）)〕〗》]")
# 第1题 【1】 (1) 1. 1、 1． 1: ; a digit after a point or colon is a decimal or a time of day, unless that
# number is due.
_NUMBER = re.compile(
    r"\s*(?:第\s*(\d{1,4})\s*题\s*[.、．:：]?|[【\[](\d{1,4})[】\]]\s*[.、．]?|[（(](\d{1,4})[)）]|"
    r"(\d{1,4})\s*[.、．:：)）])\s*"
)
# A. A、 A．A: (A) and the same in full width; not A型血, not the A of “B.A.”.
_OPTION = re.compile(
    r"(?:(?<![A-Za-z0-9Ａ-Ｚ.])|^)(?:([A-Ja-jＡ-Ｊ])\s*[.、．:：)）]|[（(]([A-JＡ-Ｊ])[)）])\s*"
)
# C、D级, H、K两股: letters that are listed are no options. E. coli: nor is what is shortened.
_LISTED = re.compile(r"[A-JＡ-Ｊ]、[A-ZＡ-Ｚ](?![A-Za-zＡ-Ｚａ-ｚ])|[A-J]\.[ \t]*[a-z]")
_SELDOM = ("I", "J")  # a ninth option is rare, a numeral or an initial is not: they count where they are due
_LOOSE_OPTION = re.compile(r"\s*([A-JＡ-Ｊ])[ \t　]+(?=\S)")
_ANSWER = re.compile(
    r"\s*(?:[【\[［]\s*(?:正确答案|参考答案|标准答案|本题答案|答案|答)\s*[】\]］]\s*[:：]?|"
    r"(?:正确答案|参考答案|标准答案|本题答案|答案)\s*+(?:[:：是为]|(?<=[ \t　])(?=\S))|答\s*[:：])\s*"
)
_ANSWER_ALONE = re.compile(
    r"\s*+(?:[一二三四五六七八九十]+[、.])?\s*+[【\[]?(?:参考答案|标准答案|答案|正确答案)(?:及解析|与解析|汇总|部分)?[】\]]?\s*+[:：]?\s*+"
)
_NOTE = re.compile(
    r"\s*+[【\[［<]?\s*+(答案解析|试题解析|解析|解答|详解|说明|依据|出处|来源|章节|考点|知识点|难度|编号|待配|也可答)\s*"
    r"(?:[】\]］>]\s*[:：]?|[:：])\s*"
)
# （B） （ABD） （√） in a stem; an empty bracket is a gap and no answer.
_INSIDE = re.compile(
    r"[（(]\s*((?![IJ]\s*[)）])[A-JＡ-Ｊ]{1,10}|[A-J](?:[、,，][A-J]){1,9}|√|×|✓|✗|✔|✘|对|错|正确|错误|T|F)\s*[)）]"
)


# Labels that may also stand behind something in a line; without brackets only after a space or a full stop.
_LABEL = "(?:正确|参考|标准|本题)?答案|答案解析|试题解析|解析"
_BREAK = re.compile(
    rf"(?:(?<!\s)\s++)?(?=[【\[](?:{_LABEL})[】\]])|(?<=[\s。.；;)）])(?=(?:{_LABEL})\s*[:：])"
)


class Row(NamedTuple):
    """A line, or the part of a line from a label on; `line` counts from 1."""

    line: int
    text: str


class Numbered(NamedTuple):
    """The number of a line, how it is written (第1题, 【1】, (1) or 1.), and the rest of the line."""

    number: int
    form: int
    rest: str


class Cut(NamedTuple):
    """A piece taken from a line, and the rest of the line."""

    found: str
    rest: str


def rows(text: str) -> list[Row]:
    """The lines of a text, cut before labels that stand within them."""
    found: list[Row] = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        pieces = [piece.strip() for piece in _BREAK.split(line)]
        found += [Row(number, piece) for piece in pieces if piece] or [Row(number, "")]
    return found


def section(line: str) -> str | None:
    """The kind's name if the line is the title of a section."""
    found = _SECTION.fullmatch(line.strip())
    return found[1] if found else None


def tagged(text: str) -> Cut | None:
    """The name of a kind in brackets at the start or the end of a text, and the text without it."""
    for found in _TAG.finditer(text):
        before, after = text[: found.start()].strip(), text[found.end() :].strip()
        if not before or not after:
            return Cut(found[1], before + after)
    return None


def numbered(line: str, expected: int | None) -> Numbered | None:
    """The number a line begins with; without an expected one, any that could be."""
    found = _NUMBER.match(line)
    if not found:
        return None
    number, rest = int(found[found.lastindex or 0]), line[found.end() :]
    if rest[:1].isdigit() and found.group()[-1] in ".:" and expected not in (number, None):
        return None
    return Numbered(number, found.lastindex or 0, rest)


def options(line: str, expected: int) -> tuple[str, tuple[str, ...]] | None:
    """What stands before the options of a line, and the options from letter number `expected` on.

    Letters must follow each other. Within a line, a single letter is no option: it takes two."""
    marks: list[re.Match[str]] = []
    for found in _OPTION.finditer(line):
        letter = unicodedata.normalize("NFKC", found[1] or found[2]).upper()
        is_empty = bool(marks) and found.start() == marks[-1].end()
        if ord(letter) - ord("A") == expected + len(marks) and not is_empty:
            marks.append(found)
    loose = None if marks else _LOOSE_OPTION.match(line)
    if loose and ord(unicodedata.normalize("NFKC", loose[1])) - ord("A") == expected:
        return "", (line[loose.end() :].strip(),)
    if not marks or (len(marks) < 2 and line[: marks[0].start()].strip()):
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    texts = tuple(line[mark.end() : end].strip(" \t　;；") for mark, end in zip(marks, ends, strict=True))
    return line[: marks[0].start()].strip(), texts


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


def _letter(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", next(filter(None, found.groups()))).upper()


def answer(line: str) -> str | None:
    """The answer of a line that begins with a label."""
    found = _ANSWER.match(line)
    return line[found.end() :].strip() if found else None


def answers_begin(line: str) -> bool:
    """Whether the line is nothing but a title of answers."""
    return bool(_ANSWER_ALONE.fullmatch(line))


def note(line: str) -> Cut | None:
    """The name of a remark (解析, 依据, 章节 …) and its text."""
    found = _NOTE.match(line)
    return Cut(found[1], line[found.end() :].strip()) if found else None


def inside(stem: str) -> Cut | None:
    """The answer given in brackets in a stem, and the stem with the brackets left empty."""
    found = list(_INSIDE.finditer(stem))
    if len(found) != 1:
        return None
    return Cut(found[0][1], f"{stem[: found[0].start()]}（ ）{stem[found[0].end() :]}")


def is_statement(text: str) -> bool:
    """Whether an answer says right or wrong."""
    return text.strip().rstrip("。.").upper() in STATEMENTS

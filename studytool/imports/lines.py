"""A line of a question list -> what it looks like: section title, number, options, label of an answer.

Each pattern is a convention seen in Chinese question banks; what must not be taken for it stands beside.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from studytool.imports import asides, labels, page_furniture
from studytool.imports.answers import SIGNS, STATEMENTS
from studytool.model import ItemKind

# How hard a question is, as people write it.
DIFFICULTIES = {
    **dict.fromkeys(("易", "容易", "简单"), 0.2),
    **dict.fromkeys(("偏易", "较易"), 0.4),
    **dict.fromkeys(("适中", "中", "中等", "一般"), 0.6),
    **dict.fromkeys(("偏难", "较难"), 0.75),
    **dict.fromkeys(("难", "困难"), 0.9),
}
# Names of kinds, longest first where one begins another. “选择题” leaves open how many are right.
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
    **dict.fromkeys(("案例分析题", "案例分析", "案例题", "材料分析题", "材料分析", "材料题")),
    "匹配题": ItemKind.MATCHING,
    "连线题": ItemKind.MATCHING,
    "排序题": ItemKind.ORDERING,
}
_SHARE = re.compile(r"0?\.\d+|[01](?:\.\d*)?")
_KIND = "|".join(sorted(KINDS, key=len, reverse=True))

# Below, `*+` gives nothing back, and spaces begin only where no space is before them: a line may be all
# spaces, and to try each of them with each other takes the square of their number.

# 一、单选题（每题2分）; 第一部分 判断题; not a sentence that goes on.
_SECTION = re.compile(
    rf"(?:[#*\s]*+)(?:([一二三四五六七八九十]{{1,3}})[、.．:：]?|第([一二三四五六七八九十]+)(?:部分|大题)[:：、]?|"
    rf"[（(]([一二三四五六七八九十]{{1,3}})[)）])?\s*+({_KIND})(?:部分)?+\s*+(?:([（(：:，,共].{{0,60}}))?[*\s]*+"
)
# 【判断题】 alone, as some programs write it; with more behind it, it is the tag of a question.
_BRACKETED_SECTION = re.compile(
    rf"[#*\s]*+[【\[［]\s*+({_KIND})\s*+[】\]］]\s*+([（(][^（）()]*[题分][^（）()]*[)）])?+[*\s]*+"
)
# 二、简答题（每题10分）1.乙是什么？: the title of a section, and its first question in the same line.
_SECTION_BEFORE = re.compile(
    rf"(?:[#*\s]*+(?:[一二三四五六七八九十]{{1,3}}[、.．:：]|第[一二三四五六七八九十]+(?:部分|大题)[:：、]?|"
    rf"[（(][一二三四五六七八九十]{{1,3}}[)）])\s*+(?:{_KIND})\s*+(?:[（(][^（）()]{{0,60}}[）)])?+|"
    rf"[#*\s]*+[【\[［]\s*+(?:{_KIND})\s*+[】\]］])\s*+[:：]?\s*+(?=[（(]?\d{{1,3}}[.、．)）](?!\d))"
)
_NAMED = re.compile(rf"\s*+({_KIND})\s*+[:：]\s*+(?=\S)")
# 三、判断题 对错对对错: the answers of a section, without numbers.
_SECTION_SIGNS = re.compile(
    rf"[^\d\n]{{0,8}}?(?:{_KIND})\s*+[:：]?\s*+(?:(?:正确|错误|[A-J{SIGNS}对错TFXV])[\s,，、;；]*+)++"
)
_TAG = re.compile(rf"[【\[［（(〔〖《]\s*({_KIND})\s*[】\]］）)〕〗》]")
# 第1题 【1】 (1) 1. 1、 1． 1: ; a digit after a point or colon is a decimal or a time of day, unless that
# number is due.
_NUMBER = re.compile(
    r"\s*(?:第\s*(\d{1,5})\s*题\s*[.、．:：]?|[【\[](\d{1,5})[】\]]\s*[.、．]?|[（(](\d{1,5})[)）]|"
    r"(\d{1,5})\s*[.、．:：)）])\s*"
)
# （B） （ABD） （√） in a stem; an empty bracket is a gap and no answer.
_LETTERS = r"(?![IJ]\s*[)）])[A-JＡ-Ｊ]{1,10}|[A-J](?:[、,， ]?[A-J]){1,9}"
_SIGN = f"[{SIGNS}]|对|错|正确|错误|T|F"
_INSIDE = re.compile(rf"[（(]\s*({_LETTERS}|{_SIGN})\s*[)）]")
# Among statements more signs are taken for answers, and a sign needs no brackets at the end.
_INSIDE_STATEMENT = re.compile(rf"[（(【]\s*({_LETTERS}|{_SIGN}|[XVYNxvＸＶ])\s*[)）】]|([{SIGNS}])(?=\s*\Z)")
# （√）1、…, √1、… and （ ）1、…: what stands in the brackets is the answer to the question behind them. A
# letter there is an option where one is due: whoever reads the lines knows.
_MARK = re.compile(
    rf"\s*+(?:[（(【\[]\s*+({_SIGN}|[XVＸＶ]|[A-JＡ-Ｊ]{{1,10}}|)\s*+[）)】\]]|([{SIGNS}]))\s*+"
    r"(?=(?:第\s*\d{1,5}\s*题|\d{1,5}\s*[.、．:：)）]|[（(]\d{1,5}[)）]|[【\[]\d{1,5}[】\]]))"
)
# …。（√）: a statement that ends with the sign, and perhaps with what it is worth.
_JUDGED = re.compile(rf"[（(【]\s*+(?:{_SIGN}|([XVYNxvＸＶ]))\s*+[)）】]\s*+[。.]?\s*+\Z")
# 宗旨是（为人民服务）: words written into the place of a blank; what is added to a word is none.
_ANY_BRACKETS = re.compile(r"[（(]([^（）()\n]{1,60})[）)]")
_ADDED = (
    "简称", "以下", "下称", "下同", "又称", "也称", "亦称", "原", "即", "指", "如", "例", "含", "不含",
    "包括", "除", "见", "参见", "详见", "注", "填", "写", "联系", "结合", "提示", "教材", "每",
    "共", "多选", "单选",
)  # fmt: skip
_DECIMAL = re.compile(r"\d+\s*[.:：]\d")


class Row(NamedTuple):
    """A line, or the part of a line from a label on; `line` counts from 1. `mark` is what stood in brackets
    before its number, and `whole` the line with it; `is_heading` says that its document has it as one."""

    line: int
    text: str
    mark: str = ""
    whole: str = ""
    is_heading: bool = False


class Numbered(NamedTuple):
    """The number of a line, how it is written (第1题, 【1】, (1) or 1.), and the rest of the line."""

    number: int
    form: int
    rest: str


class Cut(NamedTuple):
    """A piece taken from a line, and the rest of the line."""

    found: str
    rest: str


def rows(text: str, headings: Collection[int] = ()) -> list[Row]:
    """The lines of a text, cut before labels that stand within them, without what belongs to its pages;
    `headings` are the numbers of those that its document has as headings."""
    found: list[Row] = []
    before = ""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    titles = frozenset(filter(_is_title, page_furniture.running_titles(lines)))
    for number, line in enumerate(lines, 1):
        around = lines[max(0, number - 2) : number + 1]
        if page_furniture.is_furniture(line, before, around, titles):
            continue
        before = line if line.strip() else before
        mark, rest = _marked(line)
        pieces = [part for piece in labels.pieces(rest) for part in _from_section(piece)]
        found += [Row(number, piece, is_heading=number in headings) for piece in pieces] or [Row(number, "")]
        if pieces and len(rest) < len(line):
            first = len(found) - len(pieces)
            found[first] = found[first]._replace(mark=mark, whole=line.strip())
    return found


def _from_section(piece: str) -> list[str]:
    """The title of a section and what stands behind it, if a number does."""
    found = _SECTION_BEFORE.match(piece)
    return [found[0].strip(), piece[found.end() :]] if found else [piece]


def _is_title(line: str) -> bool:
    """Whether a line that comes again is nothing else: neither the title of a section nor of answers."""
    is_label = labels.answers_begin(line) or labels.answer(line) is not None or labels.note(line) is not None
    return not (is_label or section(line) or labels.is_material(line) or is_statement(line))


def _marked(line: str) -> tuple[str, str]:
    """What stands in brackets before the number of a line, and the line from the number on."""
    found = _MARK.match(line)
    if not found:
        return "", line
    mark, rest = found[1] or found[2] or "", line[found.end() :]
    is_sign = bool(mark) and mark in SIGNS
    return ("", line) if _DECIMAL.match(rest) and not is_sign else (mark, rest)


class Heading(NamedTuple):
    """The title of a section: its numeral, if any, the name of its kind, and what is said behind it."""

    numeral: str
    name: str
    rest: str

    @property
    def kind(self) -> ItemKind | str:
        """What tells it from another; names that leave the kind open are told apart themselves."""
        return bare_kind(self.name)


def heading(line: str) -> Heading | None:
    """The parts of a line that is the title of a section."""
    if bracketed := _BRACKETED_SECTION.fullmatch(line):
        return Heading("", bracketed[1], bracketed[2] or "")
    found = _SECTION.fullmatch(line.strip())
    return Heading(found[1] or found[2] or found[3] or "", found[4], found[5] or "") if found else None


def heads_signs(line: str) -> bool:
    """Whether a line is the title of a section and signs behind it, none of which has a number."""
    return bool(_SECTION_SIGNS.fullmatch(line.strip()))


def bare_kind(name: str) -> ItemKind | str:
    """What a name of a kind has in common with other names of it."""
    return KINDS[name] or name.removesuffix("题")


def section(line: str) -> str | None:
    """The kind's name if the line is the title of a section."""
    found = heading(line)
    return found.name if found else None


def tagged(text: str) -> Cut | None:
    """The name of a kind in brackets at the start or the end of a text, or before a colon, and the text
    without it."""
    if named := _NAMED.match(text):
        return Cut(named[1], text[named.end() :])
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


def inside(stem: str, *, states: bool = False) -> Cut | None:
    """The answer given in brackets in a stem, and the stem with the brackets left empty; `states` says that
    it is right or wrong."""
    found = list((_INSIDE_STATEMENT if states else _INSIDE).finditer(stem))
    if len(found) != 1:
        return None
    (one,) = found
    return Cut(one[1] or one[2], f"{stem[: one.start()]}（ ）{stem[one.end() :]}")


def filled(stem: str) -> Cut | None:
    """The words in the only brackets of a stem that has no gap, and the stem with a gap in their place."""
    found = list(_ANY_BRACKETS.finditer(stem))
    if len(found) != 1 or found[0][1].lstrip().startswith(_ADDED):
        return None
    return Cut(found[0][1].strip(), f"{stem[: found[0].start()]}（ ）{stem[found[0].end() :]}")


def is_judged(line: str, *, states: bool) -> bool:
    """Whether a line ends with the sign for right or wrong; `states` says it is one or the other."""
    found = _JUDGED.search(asides.unscored(line))
    return found is not None and bool(line[: found.start()].strip()) and (states or not found[1])


def is_statement(text: str) -> bool:
    """Whether an answer says right or wrong."""
    return text.strip().rstrip("。.").upper() in STATEMENTS


def difficulty(text: str) -> float:
    """How hard a question is, from 0 to 1: as a number, or in words; in the middle where nobody says."""
    if _SHARE.fullmatch(text):
        return min(1.0, float(text))
    return DIFFICULTIES.get(text, 0.5)

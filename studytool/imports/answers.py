"""An answer as people write it -> the key: letters, signs for right and wrong, words for blanks, points.

Nothing is guessed: an answer that does not fit raises Unclear, which says what was expected.
"""

from __future__ import annotations

import re
import unicodedata
from string import ascii_uppercase
from typing import Protocol

from studytool.imports.points import POINT_MARK, points
from studytool.model import RIGHT, WRONG, ItemKind

# A gap in a stem: a run of underscores, or brackets with nothing in them.
GAP = re.compile(r"[_＿]{2,}+|[（(][ \t　_＿]*+[）)]|【[ \t　]*+】")


class Unclear(ValueError):
    """A question that cannot be asked as it stands; the message says what was expected."""


class Answered(Protocol):
    """What is known of a question when its answer is read. An option that is empty keeps its letter."""

    @property
    def kind(self) -> ItemKind | None: ...
    @property
    def options(self) -> tuple[str, ...]: ...
    @property
    def answer(self) -> str: ...


STATEMENTS = {
    **dict.fromkeys(("正确", "对", "是", "√", "✓", "✔", "T", "TRUE", "Y", "YES", "V"), RIGHT),
    **dict.fromkeys(("错误", "错", "否", "×", "✗", "✘", "✕", "╳", "X", "F", "FALSE", "N", "NO"), WRONG),
}
SIGNS = "".join(word for word in STATEMENTS if not word.isalnum())  # √×…
_LETTERS = re.compile(r"[A-Z](?:[\s、,;.|和及-]*[A-Z])*")
_LETTERED = re.compile(r"([A-Z])\s*[.、:)]\s*(.+)", re.DOTALL)
_CALLED = re.compile(r"[a-j]|[A-J](?:[\s、,;.和及-]*[A-J])*")
_RANGE = re.compile(r"([A-Z])\s*-\s*([A-Z])")
# How several blanks are kept apart, the surest first.
_BLANK_BREAKS = (
    r"(?<!\s)\s*\n\s*",
    r"(?:(?<!\s)\s++)?[|｜]\s*",
    r"(?:(?<!\s)\s++)?[；;]\s*",
    r"(?<=[)）])\s*(?=[(（])",
    r"\s+",
    r"(?:(?<!\s)\s++)?[，,、]\s*",
)
# What lies between options that are said in full.
_TEXT_BREAKS = (r"\n", r"[|｜]", r"[；;]", r"[，,]", r"、")
_NEXT_NUMBER = re.compile(r"\n\s*(?:\d{1,3}\s*[.、．]|[（(【]\d{1,3}[）)】])")
_LISTED = re.compile(r"\s*+[（(]?1[.、．）)](?!\d).*?[\s；;，,。][（(]?2[.、．）)](?!\d)", re.DOTALL)
_ALL_BRACKETED = re.compile(r"[(\[【]([^()\[\]【】]+)[)\]】]")
_BRACKETED = re.compile(r"[（(](.*)[)）]")


def key_of(question: Answered, gaps: int) -> tuple[ItemKind, tuple[str, ...]]:
    """The kind of a question and its key; `gaps` is how many blanks its stem has."""
    answer = question.answer.strip()
    if not answer:
        raise Unclear("没有找到答案")
    kind = question.kind or _kind(question, gaps)
    if kind in (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE):
        return _choice(question, kind if question.kind else None)
    if kind is ItemKind.TRUE_FALSE:
        return kind, (_statement(question),)
    if (kind is ItemKind.CLOZE or not question.kind) and calls_options(answer):
        raise Unclear(f"答案“{answer}”是选项的字母，题里却没有读到选项")
    if kind is ItemKind.CLOZE:
        return kind, _blanks(answer, gaps)
    if kind is ItemKind.ORDERING:
        return kind, _order(question)
    return kind, _pairs(answer) if kind is ItemKind.MATCHING else points(answer)


def calls_options(answer: str) -> bool:
    """Whether an answer is nothing but letters of options, which are no words for a blank."""
    return bool(_CALLED.fullmatch(unicodedata.normalize("NFKC", answer).strip().rstrip(".。")))


def _kind(question: Answered, gaps: int) -> ItemKind:
    if _is_statement(question):
        return ItemKind.TRUE_FALSE
    if any(question.options):
        return ItemKind.SINGLE_CHOICE
    return ItemKind.CLOZE if gaps else ItemKind.SHORT_ANSWER


def _is_statement(question: Answered) -> bool:
    """Whether the answer says right or wrong and the options, if any, are those two."""
    options = {STATEMENTS.get(plain(text)) for text in question.options if text}
    said = _unbracketed(plain(question.answer))
    by_letter = options == {RIGHT, WRONG} and said in ("A", "B")
    by_word = said in STATEMENTS and (not options or options == {RIGHT, WRONG})
    return by_letter or by_word


def _statement(question: Answered) -> str:
    said = _unbracketed(plain(question.answer))
    if len(question.options) == 2 and said in ("A", "B"):
        said = plain(question.options["AB".index(said)])
    elif said in ("A", "B") and not question.options:
        return RIGHT if said == "A" else WRONG
    if said not in STATEMENTS:
        raise Unclear(f"判断题的答案应为正确或错误，而不是“{question.answer.strip()}”")
    return STATEMENTS[said]


def _choice(question: Answered, kind: ItemKind | None) -> tuple[ItemKind, tuple[str, ...]]:
    if sum(map(bool, question.options)) < 2:
        raise Unclear("选择题至少要有两个选项")
    key = _chosen(question)
    if kind is ItemKind.SINGLE_CHOICE and len(key) > 1:
        raise Unclear(f"单选题只应有一个答案，这里有 {len(key)} 个")
    if kind is ItemKind.MULTIPLE_RESPONSE or len(key) > 1:
        return ItemKind.MULTIPLE_RESPONSE, key
    return ItemKind.SINGLE_CHOICE, key


def _chosen(question: Answered) -> tuple[str, ...]:
    """The right options in display order: by letters, “全选”, or their own text."""
    options = question.options
    answer = _unbracketed(plain(question.answer))
    if answer in ("全选", "全部", "以上全选"):
        return tuple(filter(None, options))
    spelt = _LETTERED.fullmatch(answer)
    if spelt and not _LETTERS.fullmatch(answer):
        return (_spelt(question, spelt[1], spelt[2]),)
    if not _LETTERS.fullmatch(answer):
        if told := _told(question):
            return told
        raise Unclear(f"答案应为选项的字母，而不是“{question.answer.strip()}”")
    letters = _RANGE.sub(lambda ends: "".join(map(chr, range(ord(ends[1]), ord(ends[2]) + 1))), answer)
    places = [ord(letter) - ord("A") for letter in re.findall("[A-Z]", letters)]
    if not places:
        raise Unclear(f"答案“{answer}”应从前往后写，如 A-C")
    if len(set(places)) < len(places):
        raise Unclear(f"答案“{answer}”里有重复的字母")
    if max(places) >= len(options):
        raise Unclear(f"答案“{answer}”超出了选项，选项只有 {len(options)} 个")
    empty = [letter for letter in ascii_uppercase[: len(options)] if not options[ord(letter) - ord("A")]]
    missing = next((letter for letter in empty if ord(letter) - ord("A") in places), None)
    if missing:
        raise Unclear(f"答案“{answer}”里的选项 {missing} 是空的")
    return tuple(options[place] for place in sorted(places))


def _told(question: Answered) -> tuple[str, ...]:
    """The options that an answer says in full, one or, with signs between them, several."""
    answer = question.answer.strip()
    if answer in question.options:
        return (answer,)
    for separator in _TEXT_BREAKS:
        parts = [part.strip() for part in re.split(separator, answer)]
        if len(parts) > 1 and set(parts) <= set(filter(None, question.options)):
            if len(set(parts)) < len(parts):
                raise Unclear(f"答案“{answer}”里有重复的选项")
            return tuple(text for text in question.options if text in parts)
    return ()


def _unbracketed(answer: str) -> str:
    """An answer without the brackets around all of it: （A）, 【√】."""
    found = _ALL_BRACKETED.fullmatch(answer)
    return found[1].strip() if found else answer


def _spelt(question: Answered, letter: str, text: str) -> str:
    """An answer given as letter and text: both must mean the same option."""
    place = ord(letter) - ord("A")
    if place < len(question.options) and plain(question.options[place]) == text.strip():
        return question.options[place]
    raise Unclear(f"答案“{question.answer.strip()}”与选项 {letter} 的文字不一致")


def _order(question: Answered) -> tuple[str, ...]:
    answer = re.sub(r"[\s、,;→>-]", "", plain(question.answer))
    expected = "".join(chr(ord("A") + place) for place in range(len(question.options)))
    if not all(question.options):
        raise Unclear("排序题有一个选项是空的")
    if not expected or sorted(answer) != list(expected):
        raise Unclear(f"排序题的答案应把 {expected or '各选项'} 各写一次，而不是“{question.answer.strip()}”")
    return tuple(question.options[ord(letter) - ord("A")] for letter in answer)


def _blanks(answer: str, gaps: int) -> tuple[str, ...]:
    """The words of each blank, kept apart by the surest separator that gives as many as there are blanks."""
    if gaps == 0:
        raise Unclear("填空题的题干里应有空格，如 ____ 或（ ）")
    if gaps == 1 and (_NEXT_NUMBER.search(answer) or _LISTED.match(answer)):
        raise Unclear("题干只有 1 个空，答案里却有几个带编号的内容")
    if gaps == 1 and "\n" in answer:
        raise Unclear("题干只有 1 个空，答案却有几行：应写成一行")
    if gaps == 1:
        return (_bare(answer),)
    for separator in _BLANK_BREAKS:
        parts = [_bare(part) for part in re.split(separator, answer) if part.strip()]
        if len(parts) == gaps:
            return tuple(parts)
    raise Unclear(f"题干有 {gaps} 个空，答案应为 {gaps} 个，用“；”隔开，而不是“{answer}”")


def _bare(part: str) -> str:
    """A blank's words without the brackets or numbers they are listed with."""
    text = POINT_MARK.sub("", part.strip()) or part.strip()
    bracketed = _BRACKETED.fullmatch(text)
    return bracketed[1].strip() if bracketed and bracketed[1].strip() else text


def _pairs(answer: str) -> tuple[str, ...]:
    separator = r"\n" if "\n" in answer else r"[；;]"  # a semicolon may stand within a line
    pairs = [part.strip() for part in re.split(separator, answer) if part.strip()]
    if not all("=" in pair for pair in pairs):
        raise Unclear("匹配题的答案应写成“左=右”，每行一对")
    return tuple(pairs)


def plain(text: str) -> str:
    """Half-width, upper case, without the full stop at the end."""
    return unicodedata.normalize("NFKC", text).strip().rstrip(".。").strip().upper()

"""A row of a table, its cells by the names of their columns -> what it asks: options, and the answer.

The surprising decision: a letter counts columns, so an empty cell keeps its letter; and what cannot be
divided into options for sure is not divided.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import NamedTuple

from studytool.imports import lettered
from studytool.imports.answers import Unclear, plain
from studytool.model import BLANK, ItemKind

Cells = Mapping[str, str]

_OPTION = re.compile(r"选项\d+")
_SHORTENED = re.compile(r"-?\d(?:\.\d+)?E[+-]\d+")
_LETTERED = re.compile(r"\s*([A-ZＡ-Ｚ])\s*[.．、:：)）]\s*")
_BAR = re.compile("[|｜]")
_CHOSEN = (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE, ItemKind.ORDERING, ItemKind.MATCHING)


class Asked(NamedTuple):
    """What a row asks: its kind if it says so, options by letter, the answer as written or as the key."""

    kind: ItemKind | None
    options: tuple[str, ...] = ()
    answer: str = ""
    key: tuple[str, ...] = ()


def asked_by(kind: ItemKind | None, cells: Cells, *, own: bool) -> Asked:
    """What a row asks. Raises Unclear where its options cannot be told."""
    answer, options = cells.get("答案", ""), _options(cells, kind, own=own)
    filled = tuple(filter(None, options))
    if any(map(_SHORTENED.fullmatch, (answer, *filled))):
        raise Unclear("Excel 把一个长数字改写成了科学记数，原来的数字已经丢了")
    if kind is ItemKind.CLOZE and filled:  # 考试宝 keeps the words of the blanks where options would be
        if filled != options and not answer:
            raise Unclear("中间有一格是空的，不知道各空的答案")
        return Asked(kind, (), answer or "\n".join(filled))
    if kind is ItemKind.TRUE_FALSE:
        return Asked(kind, (), _statement(answer, options))
    key = _own_key(kind, cells.get("题干", ""), answer) if own else ()
    return Asked(kind, filled if key else options, answer, key)


def _own_key(kind: ItemKind | None, stem: str, answer: str) -> tuple[str, ...]:
    """The key of a row of ours, each part on a line; none where letters say it, or the lines do not fit."""
    parts = tuple(answer.split("\n"))
    if kind in (ItemKind.SHORT_ANSWER, ItemKind.MATCHING):
        return tuple(part for part in parts if part.strip())
    return parts if kind is ItemKind.CLOZE and len(parts) == stem.count(BLANK) else ()


def _statement(answer: str, options: tuple[str, ...]) -> str:
    """The answer to a statement; where a letter calls an option, the option."""
    letter = plain(answer)
    if not any(options) or not re.fullmatch("[A-Z]", letter):
        return answer
    text = dict(zip(ascii_uppercase, options, strict=False)).get(letter)
    if not text:
        raise Unclear(f"答案“{letter}”里的选项 {letter} 是空的")
    return text


def _options(cells: Cells, kind: ItemKind | None, *, own: bool) -> tuple[str, ...]:
    """The options, from columns of their own, where an empty one keeps its letter, or from one cell."""
    apart = {int(name[2:]): text for name, text in cells.items() if _OPTION.fullmatch(name) and text}
    if apart:
        apart = apart if own else _without_letters(apart)
        return tuple(apart.get(number, "") for number in range(1, max(apart) + 1))
    together = cells.get("选项", "")
    return _divided(together, may_be_one=kind not in (None, *_CHOSEN)) if together else ()


def _without_letters(apart: dict[int, str]) -> dict[int, str]:
    """The options without the letters that all of them begin with.

    Raises Unclear where one begins with the letter of another column."""
    written = [(number, found) for number, text in apart.items() if (found := _LETTERED.match(text))]
    if len(written) < len(apart) or max(apart) > len(ascii_uppercase):
        return apart
    for number, found in written:
        letter = plain(found[1])
        if letter != ascii_uppercase[number - 1]:
            raise Unclear(f"选项 {ascii_uppercase[number - 1]} 那一列里写的是 {letter}")
    return {number: found.string[found.end() :] for number, found in written}


def _by_letters(parts: Sequence[str]) -> tuple[str, ...]:
    """The options of A.甲 and B.乙 without the letters, if all have theirs."""
    letters = [_LETTERED.match(part) for part in parts]
    named = [plain(found[1]) for found in letters if found]
    if named != list(ascii_uppercase[: len(parts)]):
        return ()
    return tuple(part[found.end() :].strip() for part, found in zip(parts, letters, strict=True) if found)


def _divided(cell: str, *, may_be_one: bool) -> tuple[str, ...]:
    """The options of one cell: with letters, with bars between them, or line by line."""
    line = cell.replace("\n", " ")
    if wrong := lettered.skipped(line, 0):
        raise Unclear(wrong)
    barred = [text.strip() for text in _BAR.split(cell)]
    if len(barred) > 1 and (found := _by_letters(barred)):
        return found
    if found := (lettered.options(line, 0) or ("", ()))[1]:
        return found
    options = barred if len(barred) > 1 else [text.strip() for text in cell.split("\n") if text.strip()]
    if len(options) > 1:
        return tuple(options)
    if may_be_one:
        return ()
    raise Unclear("一格里的选项应写成“A.… B.…”，或每行一个")

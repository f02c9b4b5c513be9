"""A cell of a table of answers -> the response to an item: letters become the options they stood for.

The surprising decision: an answer nobody could have meant (a letter that is not printed, two letters
for one) is never guessed at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import chain

from studytool.grading.numbered import by_number, has_number, without_first
from studytool.marking.blanks import spread
from studytool.marking.chosen import SPOKEN, STROKES
from studytool.marking.writing import folded
from studytool.model import Item, ItemKind

_BETWEEN_LETTERS = re.compile(r"[\s,、;；/.．。()\d]+")
_THEN = re.compile(r"[-－—–→>]+")  # D-B-C-A; of several right options A-D could be all four
_BETWEEN_WORDS = re.compile(r"[;；|｜\n]+")
# Between blanks each mark counts: of 1921；；13 the second blank is empty.
_BETWEEN_BLANKS = re.compile(r"[;；|｜][^\S\n]*\n?|\n")
_COMMAS = (re.compile("[，、]"), re.compile(","))
_MARKS = (_BETWEEN_BLANKS, *_COMMAS)
_NUMBERED = re.compile(r"\(?(\d+)[).、:\s\-—–→=>]*([A-Z])(?![A-Z])")  # (1)B, 1.B, 1B, 1—B
_ONCE = (ItemKind.MULTIPLE_RESPONSE, ItemKind.ORDERING)  # a letter cannot be meant twice
_STATEMENTS = frozenset(chain.from_iterable(SPOKEN.values())) - {"1", "0"}  # these may be a mark


class Unmeant(Exception):
    """An answer that cannot have been meant; says why."""


def response_of(item: Item, text: str) -> tuple[str, ...]:
    """A cell of the table as a response to the item: letters become the options they stood for."""
    if not text:
        return ()
    if item.kind is ItemKind.TRUE_FALSE:
        if folded(text).strip(STROKES) not in _STATEMENTS:
            raise Unmeant("不是判断题的答案；请写 √ 或 ×")
        return (text,)
    if item.kind is ItemKind.CLOZE:
        return _blanks(item, text)
    if item.kind is ItemKind.SHORT_ANSWER:
        return (text,)
    if item.kind is ItemKind.MATCHING:
        return _pairs(item, text)
    return _chosen(item, text)


def miscounted(item: Item, response: Sequence[str]) -> str | None:
    """Why somebody should look at a response with more or fewer answers than there is room for."""
    room, count = len(item.key), len(response)
    if item.kind not in (ItemKind.CLOZE, ItemKind.MATCHING) or count == room:
        return None
    if count > room:
        return f"只有 {room} 空，写了 {count} 个答案，多出的没有计"
    if item.kind is ItemKind.CLOZE and count == 1:
        count = sum(map(bool, spread(item, response)))  # they may stand on one line with no mark between
    return f"有 {room} 空，只写了 {count} 个答案，是从第 1 空起算的" if count < room else None


def misnumbered(item: Item, response: Sequence[str]) -> str | None:
    """Why somebody should look at a response whose numbers are not those of its blanks."""
    is_one = item.kind is ItemKind.CLOZE and has_number(item, response)
    return "里的空号没有看懂，请人工核对" if is_one else None


def _blanks(item: Item, text: str) -> tuple[str, ...]:
    """One text for each blank, in its place, and whatever was written beyond; nothing if all are empty."""
    count = len(item.key)
    if placed := by_number(item, text):
        return placed if any(placed) else ()
    text = without_first(item, text)
    if count == 1:
        return (text,)
    parts = _parts(_BETWEEN_BLANKS, text, count)
    if len(parts) == 1:  # commas stand in answers too: they count where they leave a blank empty
        parts = next(
            (found for mark in _COMMAS if _has_gap(found := _parts(mark, text, count), count)), parts
        )
    return parts if any(parts) else ()


def _parts(between: re.Pattern[str], text: str, count: int) -> tuple[str, ...]:
    """The parts of a text; a mark behind the last of `count` says nothing."""
    parts = [part.strip() for part in between.split(text)]
    while len(parts) > count and not parts[-1]:
        parts.pop()
    return tuple(parts)


def _has_gap(parts: Sequence[str], count: int) -> bool:
    return len(parts) == count and not all(parts)


def _pairs(item: Item, text: str) -> tuple[str, ...]:
    """The pairs meant by letters: each beside its number, or one after the other."""
    lefts = tuple(pair.partition("=")[0].strip() for pair in item.key)
    written = unicodedata.normalize("NFKC", text).upper()
    numbered = _NUMBERED.findall(written)
    if numbered and not _BETWEEN_LETTERS.sub("", _NUMBERED.sub("", written)):
        cells = dict(numbered)
        if len(cells) < len(numbered) or not set(cells) <= {str(place) for place in range(1, len(lefts) + 1)}:
            raise Unmeant("里的题号不对")
        letters = [cells.get(str(place), "") for place in range(1, len(lefts) + 1)]
    else:
        found = next(
            (p for mark in _MARKS if _has_gap(p := _parts(mark, text, len(lefts)), len(lefts))), None
        )
        letters = list(found) if found else []
    if letters:
        rights = ((_chosen(item, one) if one else ("",)) for one in letters)
        return tuple(f"{left}={right[0]}" for left, right in zip(lefts, rights, strict=True))
    chosen = _chosen(item, text)
    if len(chosen) > len(lefts):
        raise Unmeant(f"写了 {len(chosen)} 个字母，只有 {len(lefts)} 项")
    return tuple(f"{left}={right}" for left, right in zip(lefts, chosen, strict=False))


def _chosen(item: Item, text: str) -> tuple[str, ...]:
    """The options meant by letters, or by their own words."""
    letters = _BETWEEN_LETTERS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if item.kind is ItemKind.ORDERING:
        letters = _THEN.sub("", letters)
    words = tuple(part.strip() for part in _BETWEEN_WORDS.split(text))
    if set(words) <= set(item.options):
        chosen = words
    elif re.fullmatch("[A-Z]+", letters):
        places = [ord(letter) - ord("A") for letter in letters]
        if max(places) >= len(item.options):
            raise Unmeant(f"超出了选项 A—{chr(ord('A') + len(item.options) - 1)}")
        chosen = tuple(item.options[place] for place in places)
    else:
        raise Unmeant("不是选项")
    if item.kind is ItemKind.SINGLE_CHOICE and len(chosen) > 1:
        raise Unmeant("选了不止一项")
    if item.kind in _ONCE and len(set(chosen)) < len(chosen):
        raise Unmeant("重复选了同一项")
    return chosen

"""A cell of a table of answers -> the response to an item: letters become the options they stood for.

The surprising decision: an answer nobody could have meant (a letter that is not printed, two letters
for one) is never guessed at.
"""

from __future__ import annotations

import re
import unicodedata

from studytool.model import Item, ItemKind

_BETWEEN_LETTERS = re.compile(r"[\s,、;；/.．。()\d]+")
_THEN = re.compile(r"[-－—–→>]+")  # D-B-C-A; of several right options A-D could be all four
_BETWEEN_WORDS = re.compile(r"[;；|｜\n]+")
_ONCE = (ItemKind.MULTIPLE_RESPONSE, ItemKind.ORDERING)  # a letter cannot be meant twice
_STATEMENTS = frozenset("√✓✔×✗✘对错是否tfynx") | {"正确", "错误", "true", "false"}


class Unmeant(Exception):
    """An answer that cannot have been meant; says why."""


def response_of(item: Item, text: str) -> tuple[str, ...]:
    """A cell of the table as a response to the item: letters become the options they stood for."""
    if not text:
        return ()
    if item.kind is ItemKind.TRUE_FALSE:
        if text.casefold() not in _STATEMENTS:
            raise Unmeant("不是判断题的答案；请写 √ 或 ×")
        return (text,)
    if item.kind is ItemKind.CLOZE:
        return tuple(part.strip() for part in _BETWEEN_WORDS.split(text)) if len(item.key) > 1 else (text,)
    if item.kind is ItemKind.SHORT_ANSWER:
        return (text,)
    chosen = _chosen(item, text)
    if item.kind is ItemKind.MATCHING:
        lefts = tuple(pair.partition("=")[0].strip() for pair in item.key)
        return tuple(f"{left}={right}" for left, right in zip(lefts, chosen, strict=False))
    return chosen


def _chosen(item: Item, text: str) -> tuple[str, ...]:
    """The options meant by letters, or by their own words."""
    letters = _BETWEEN_LETTERS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if item.kind is ItemKind.ORDERING:
        letters = _THEN.sub("", letters)
    words = tuple(part.strip() for part in (*_BETWEEN_WORDS.split(text),))
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

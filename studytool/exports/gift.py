"""Deck -> Moodle's GIFT text. What GIFT cannot hold (several blanks, orderings) is left out and counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection

from studytool.exports.deck import Deck, Exported
from studytool.exports.feedback import feedback, unsaid
from studytool.exports.moodle_weights import share
from studytool.exports.wording import CHOICES, pairs, rights
from studytool.model import BLANK, RIGHT, Item, ItemKind
from studytool.model.names import KIND_NAMES

_SPECIAL = re.compile(r"[\\~=#{}:]")
_GAP = "_____"  # from five lines on, Moodle puts the field to fill in here and not below


def export(deck: Deck) -> Exported:
    questions: list[str] = []
    missing: Counter[str] = Counter()
    for item in deck.items:
        reason = _unfit(item)
        if reason:
            missing[reason] += 1
        else:
            questions.append(_question(item, deck))
    text = "\n\n".join((f"// {_plain(deck.title)}", *questions))
    return Exported((text + "\n").encode(), missing + unsaid(deck.items), missing=missing.total())


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _unfit(item: Item) -> str | None:
    """Why GIFT cannot hold an item."""
    return next((reason for kinds, reason, applies in _UNFIT if item.kind in kinds and applies(item)), None)


def _has_arrow(item: Item) -> bool:
    """An arrow between answers makes a matching question of any question."""
    return any("->" in text for text in (*item.key, *sum(item.accepted, ())))


_UNFIT: tuple[tuple[Collection[ItemKind], str, Callable[[Item], bool]], ...] = (
    ((ItemKind.ORDERING,), "排序题（GIFT 没有这种题型）", lambda _: True),
    (
        (ItemKind.CLOZE,),
        "多空填空题（GIFT 一题只有一空，可改用 moodle 格式）",
        lambda item: len(item.key) > 1,
    ),
    ((ItemKind.MATCHING,), "少于两对的匹配题", lambda item: len(item.key) < 2),
    ((ItemKind.CLOZE, ItemKind.MATCHING), "答案里有“->”的填空题和匹配题（GIFT 会误读）", _has_arrow),
    (CHOICES, "只有一个选项的选择题", lambda item: len(item.options) < 2),
    (
        (ItemKind.MULTIPLE_RESPONSE,),
        "正确或错误选项超过十个的多选题",
        lambda item: not _weights(item),
    ),
)


def _question(item: Item, deck: Deck) -> str:
    name = _escaped(f"{KIND_NAMES[item.kind]} {item.id}")
    remarks = feedback(item, deck)
    said = f"####[html]{_escaped(remarks)}\n" if remarks else ""
    stem = _escaped(item.stem.replace(BLANK, _GAP) if item.kind is ItemKind.CLOZE else item.stem)
    number = _plain(item.id).replace("]", "\\]")
    return f"// [id:{number}]\n::{name}::[plain]{stem}{{\n{_answers(item)}{said}}}"


def _answers(item: Item) -> str:
    """The lines between the braces, each ended."""
    match item.kind:
        case ItemKind.TRUE_FALSE:
            lines = ["T" if item.key == (RIGHT,) else "F"]
        case ItemKind.CLOZE:
            lines = [f"={_typed(text)}" for text in _accepted(item)]
        case ItemKind.SINGLE_CHOICE:
            lines = [f"{'=' if text in item.key else '~'}{_text(text)}" for text in item.options]
        case ItemKind.MULTIPLE_RESPONSE:
            weights = _weights(item)
            lines = [f"~%{weights[text]}%{_text(text)}" for text in item.options]
        case ItemKind.MATCHING:
            lines = [f"={_text(left)} -> {_escaped(right)}" for left, right in pairs(item)]
            used = {pair.right for pair in pairs(item)}
            lines += [f"= -> {_escaped(text)}" for text in rights(item) if text not in used]
        case _:
            lines = []
    return "".join(f"{line}\n" for line in lines)


def _typed(text: str) -> str:
    """An answer to type; a star would stand for any text."""
    return _text(text).replace("*", "\\*")


def _text(text: str) -> str:
    """An answer, with its format spelt out if its own text begins like a format or a weight."""
    return f"{'[plain]' if text.startswith(('[', '%')) else ''}{_escaped(text)}"


def _accepted(item: Item) -> tuple[str, ...]:
    return tuple(dict.fromkeys((item.key[0], *(item.accepted[0] if item.accepted else ()))))


def _weights(item: Item) -> dict[str, str]:
    """What each option of a multiple response is worth in per cent; empty if Moodle has no such weights."""
    right, wrong = share(len(item.key)), share(len(item.options) - len(item.key))
    if not right or not wrong:
        return {}
    return {text: right if text in item.key else f"-{wrong}" for text in item.options}


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text).replace("\n", "\\n")

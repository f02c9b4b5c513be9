"""Items answered by choosing -> a finding for each member of the key. Nothing here is nearly right."""

from __future__ import annotations

from collections.abc import Sequence

from studytool.marking.finding import EMPTY, RIGHT, Finding, wrong
from studytool.marking.numerals import canonical
from studytool.marking.writing import folded
from studytool.model import RIGHT as TRUE
from studytool.model import WRONG as FALSE
from studytool.model import Item

SPOKEN = {
    TRUE: [
        *("正确", "正确的", "对", "对的", "是", "是的", "没错", "没有错", "√", "✓", "✔", "✅", "t", "true"),
        *("y", "yes", "1"),
    ],
    FALSE: [
        *("错误", "错误的", "错", "错的", "否", "非", "不对", "不正确", "不是", "×", "✗", "✘", "❌", "x"),
        *("f", "false", "n", "no", "0"),
    ],
}
STROKES = " \t。．.!！,，;；\ufe0f"  # what may stand around such a word


def _same(text: str) -> str:
    return canonical(text) or text.strip()


def mark_choices(item: Item, response: Sequence[str]) -> tuple[Finding, ...]:
    """Right are all the right options and no other."""
    key, chosen = {_same(text) for text in item.key}, {_same(text) for text in response if text.strip()}
    if not chosen:
        return (EMPTY,) * len(item.key)
    extra, missing = len(chosen - key), len(key - chosen)
    if extra:
        return tuple(wrong(_chosen_wrongly(extra, missing, len(item.key))) for _ in item.key)
    missed = wrong(f"漏选了{missing}项")
    return tuple(RIGHT if _same(text) in chosen else missed for text in item.key)


def _chosen_wrongly(extra: int, missing: int, right: int) -> str:
    if right == 1:
        return "选错了"
    return f"多选了{extra}项" + (f"，漏选了{missing}项" if missing else "")


def mark_statement(item: Item, response: Sequence[str]) -> tuple[Finding, ...]:
    said = folded("".join(response)).strip(STROKES)
    if not said:
        return (EMPTY,)
    if said in SPOKEN[item.key[0]]:
        return (RIGHT,)
    opposite = any(said in spoken for spoken in SPOKEN.values())
    return (wrong("判断反了" if opposite else "没有判断正确还是错误"),)


def _pair(text: str) -> tuple[str, str]:
    left, _, right = text.partition("=")
    return _same(left), _same(right)


def mark_pairs(item: Item, response: Sequence[str]) -> tuple[Finding, ...]:
    """Right is a pair whose left side is matched with nothing else."""
    given = {_pair(pair) for pair in map(folded, response) if "=" in pair}
    if not given:
        return (EMPTY,) * len(item.key)
    key = [_pair(folded(pair)) for pair in item.key]
    strayed = {left for left, right in given - set(key)}
    return tuple(RIGHT if pair in given and pair[0] not in strayed else wrong("配错了") for pair in key)


def mark_order(item: Item, response: Sequence[str]) -> tuple[Finding, ...]:
    if not any(text.strip() for text in response):
        return (EMPTY,) * len(item.key)
    said = [_same(text) for text in response]
    if len(said) > len(item.key) and any(said[len(item.key) :]):
        return (wrong("写的比要排的多"),) * len(item.key)
    given = (*said, *[""] * len(item.key))
    return tuple(
        RIGHT if _same(text) == there else wrong("顺序不对")
        for text, there in zip(item.key, given, strict=False)
    )

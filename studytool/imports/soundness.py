"""An item -> nothing, or why nobody could answer it as it stands: the one definition for all importers.

It is at least as strict as what `doctor` calls damaged, so that nothing goes in that he would take out again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from string import ascii_uppercase

from studytool.imports.answers import Unclear
from studytool.model import BLANK, RIGHT, WRONG, Item, ItemKind

_FIRST_YEAR, _LAST_YEAR = 1000, 2999  # beyond these a date is a slip, and the bank refuses it


def check_sound(item: Item) -> None:
    """Raises Unclear where nobody could answer the item as it stands."""
    if not item.stem.strip():
        raise Unclear("题干是空的")
    check_options(item.options)
    if not item.key or not all(part.strip() for part in item.key):
        raise Unclear("没有找到答案")
    if item.kind in _CHECKS:
        _CHECKS[item.kind](item)
    if len(item.accepted) > len(item.key):
        raise Unclear(f"也可答的有 {len(item.accepted)} 组，答案只有 {len(item.key)} 个")
    if item.published_on and not is_possible(item.published_on):
        raise Unclear(f"日期 {item.published_on.isoformat()} 不可能")


def is_possible(day: date) -> bool:
    """May something have been published on this day?"""
    return _FIRST_YEAR <= day.year <= _LAST_YEAR


def check_options(options: tuple[str, ...]) -> None:
    """Raises Unclear where options cannot be told apart, or there is no letter to call one by."""
    if len(options) > len(ascii_uppercase):
        raise Unclear(f"选项有 {len(options)} 个，最多 {len(ascii_uppercase)} 个（A 到 Z），请拆成几题")
    seen = {" ".join(text.split()) for text in options}
    if "" in seen:
        raise Unclear("有一个选项是空的")
    if len(seen) < len(options):
        raise Unclear("选项有重复")


def _check_cloze(item: Item) -> None:
    blanks = item.stem.count(BLANK)
    if blanks != len(item.key):
        raise Unclear(f"题干有 {blanks} 个空，答案有 {len(item.key)} 个，应当一样多")


def _check_single(item: Item) -> None:
    _check_choice(item)
    if len(item.key) > 1:
        raise Unclear(f"单选题只应有一个答案，这里有 {len(item.key)} 个")


def _check_choice(item: Item) -> None:
    if len(item.options) < 2:
        raise Unclear("选择题至少要有两个选项")
    if not set(item.key) <= set(item.options):
        raise Unclear("答案不在选项中")
    if len(set(item.key)) < len(item.key):
        raise Unclear("答案有重复")


def _check_statement(item: Item) -> None:
    if item.key not in ((RIGHT,), (WRONG,)):
        raise Unclear(f"判断题的答案应为{RIGHT}或{WRONG}")


def _check_pairs(item: Item) -> None:
    pairs = [pair.partition("=") for pair in item.key]
    if not all(left.strip() and right.strip() for left, _, right in pairs):
        raise Unclear("匹配题的答案应写成“左=右”，每行一对")
    if len({left.strip() for left, _, _ in pairs}) < len(pairs):
        raise Unclear("匹配题的左边有重复")
    if not {right for _, _, right in pairs} <= set(item.options):
        raise Unclear("匹配题的右边不在选项中")
    if len(item.options) < 2:
        raise Unclear("匹配题的右边至少要有两项")


def _check_order(item: Item) -> None:
    if len(item.key) < 2 or len(set(item.key)) < len(item.key):
        raise Unclear("排序题至少要有两项，各不相同")
    if sorted(item.key) != sorted(item.options):
        raise Unclear("排序题的答案应把各选项各写一次")


_CHECKS: Mapping[ItemKind, Callable[[Item], None]] = {
    ItemKind.CLOZE: _check_cloze,
    ItemKind.SINGLE_CHOICE: _check_single,
    ItemKind.MULTIPLE_RESPONSE: _check_choice,
    ItemKind.TRUE_FALSE: _check_statement,
    ItemKind.MATCHING: _check_pairs,
    ItemKind.ORDERING: _check_order,
}

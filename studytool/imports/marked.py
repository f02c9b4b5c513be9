"""Answers that a format has marked itself, by weights or signs -> a key nobody can take amiss, or Unclear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from studytool.imports.answers import GAP, Unclear
from studytool.model import BLANK

FULL = 100.0  # per cent: what is worth less is not right, or not wholly
_LEAST_WHOLE = 99.0  # the weights of three right options come to a little less than a hundred
# What stands in the texts of people whose pictures are kept beside the question.
_STORED_FILE = "@@PLUGINFILE@@"


def only(right: Sequence[str]) -> tuple[str, ...]:
    """The key of a single choice: the one option that is wholly right."""
    if len(right) != 1:
        raise Unclear(f"单选题应有一个得满分的选项，这里有 {len(right)} 个")
    return tuple(right)


def several(right: Sequence[tuple[float, str]]) -> tuple[str, ...]:
    """The key of a multiple response: what is worth something, if that is worth all of the marks."""
    whole = sum(weight for weight, _ in right)
    if not right:
        raise Unclear("没有标出正确的选项")
    if whole < _LEAST_WHOLE:
        raise Unclear(f"正确选项的分数合计只有 {whole:g}%，应为 100%")
    return tuple(text for _, text in right)


def filled(texts: Iterable[str]) -> tuple[str, ...]:
    """The options, if all of them say something."""
    options = tuple(texts)
    if "" in options:
        raise Unclear(f"第 {options.index('') + 1} 个选项是空的")
    return options


def gapped(stem: str) -> str:
    """The stem of a question whose answer is written; without a gap of its own, it has one at its end."""
    return stem if GAP.search(stem) else stem + BLANK


def pairs(sides: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The key of a matching question, if each left side can be told from the others and from its right."""
    lefts = [left for left, _ in sides]
    if not all(left and right for left, right in sides):
        raise Unclear("匹配题有一对缺了一边")
    if any("=" in left for left in lefts):
        raise Unclear("匹配题左边的文字里有等号“=”，不能导入")
    if len(set(lefts)) < len(lefts):
        raise Unclear("匹配题左边有重复的")
    return tuple(f"{left}={right}" for left, right in sides)


def literal(pattern: str) -> str:
    """The text that an answer to type stands for in Moodle, where `*` is any text and `\\*` a star."""
    if "*" in pattern.replace("\\*", ""):
        raise Unclear(f"答案“{pattern[:20]}”里的 * 在 Moodle 中代表任意文字，不能导入")
    return pattern.replace("\\*", "*")


def check_files(text: str) -> None:
    """Raises Unclear where a text refers to a file beside it."""
    if _STORED_FILE in text:
        raise Unclear("题里有图片或附件，只能导入文字")

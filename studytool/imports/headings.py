"""The row of headings of a table of questions -> which column holds what, however it is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

# The names a column goes by, after brackets, spaces and line breaks are taken off.
_COLUMNS = {
    "编号": ("编号", "ID"),
    "题型": ("题型", "题目类型", "试题类型", "类型"),
    "题干": (
        "题干", "题目", "试题", "问题", "题目内容", "试题内容", "题干内容", "试题题目", "试题题干",
        "题目描述", "试题描述", "题目题干", "题面", "问题内容", "题目名称", "试题名称",
    ),
    "选项": ("选项", "备选项", "备选答案"),
    "答案": (
        "答案", "正确答案", "参考答案", "标准答案", "正确选项", "题目答案", "试题答案", "正确项",
    ),
    "解析": ("解析", "答案解析", "试题解析", "题目解析", "解析说明", "答案说明"),
    "难度": ("难度", "难易度", "难易程度"),
    "章节": ("章节", "知识点", "考点"),
    **{
        name: (name,)
        for name in ("类别", "也可答", "依据", "来源", "文章", "日期", "评分", "状态", "标签", "原文", "误作")
    },
}  # fmt: skip
_NAMES = {alias: name for name, aliases in _COLUMNS.items() for alias in aliases}
_OPTION = re.compile(
    r"(?:选项|选择项|答案选项|备选答案|备选项)?([A-Z])(?:选项)?|选项(A[A-Z])|"
    r"(?:选项|选择项|备选答案|备选项)([1-9]\d?)"
)
_LONGEST_NAME = 200  # characters of the name of a column, with what stands in brackets behind it
_OURS = {"编号", "题型", "类别", "题干", "答案", "也可答", "依据", "评分", "状态"}  # nobody else has all
_ONCE = {"编号", "题型", "题干", "选项", "答案"}  # two of these could mean two questions
_STEM_AND_ANSWER = {"题干", "答案"}
_NUMBERS = {"序号", "题号", "NO", "NO."}  # of rows: nothing is lost with them


class Columns(NamedTuple):
    """What the columns are, by place: those we know (options as “选项01”, “选项02” …), and the headings of
    those we do not. `twice` are the places of columns of one meaning where there may be only one."""

    names: Mapping[int, str]
    unknown: Mapping[int, str]
    twice: tuple[tuple[int, ...], ...]

    @property
    def has_stem(self) -> bool:
        return "题干" in self.names.values()

    @property
    def is_ours(self) -> bool:
        return set(self.names.values()) >= _OURS

    @property
    def is_complete(self) -> bool:
        """Does the table say all that can be edited of a question of ours?"""
        return self.is_ours and "解析" in self.names.values()


def is_header(row: Sequence[object]) -> bool:
    """Whether a row among the questions is another row of headings."""
    return {_NAMES.get(cell) for cell in row if isinstance(cell, str)} >= _STEM_AND_ANSWER


def named(row: Sequence[object]) -> Columns:
    """The columns that a row of headings names."""
    found: dict[int, str] = {}
    unknown: dict[int, str] = {}
    places: dict[str, list[int]] = {}
    for place, heading in enumerate(map(str, row)):
        bare = _bare(heading)
        name = _name(bare)
        if name and (name not in places or name in _ONCE or name[-1].isdigit()):
            found[place] = name
            places.setdefault(name, []).append(place)
        elif bare and bare not in _NUMBERS:
            unknown[place] = " ".join(heading.split())[:20]
    return Columns(found, unknown, tuple(tuple(same) for same in places.values() if len(same) > 1))


def _bare(heading: str) -> str:
    """A heading without what is only remarked on it."""
    if len(heading) > _LONGEST_NAME:
        return ""
    return re.sub(r"[(（].*?[)）]|\s|\*", "", unicodedata.normalize("NFKC", heading)).upper()


def _name(bare: str) -> str | None:
    option = _OPTION.fullmatch(bare)
    return f"选项{_number(option):02}" if option else _NAMES.get(bare)


def _number(option: re.Match[str]) -> int:
    """Which option a column holds; ours go on behind Z with AA."""
    single, double, number = option.groups()
    if number:
        return int(number)
    return ord(single or double[1]) - ord("A") + (1 if single else 27)

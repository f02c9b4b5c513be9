"""A heading of a table of answers, as people write it -> whose or which question's answers stand below it.

The surprising decision: nothing is guessed from what stands below. 姓　名, 卷别（A/B） and 第３题（2分） are
headings that everybody reads alike; any other column is nobody's answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

PERSON, VERSION = "姓名", "卷别"
_NAMES = {
    **dict.fromkeys(("姓名", "name", "person", "学员", "学员姓名", "考生", "考生姓名"), PERSON),
    **dict.fromkeys(("卷", "卷别", "版本", "试卷", "version"), VERSION),
}
_QUESTION = re.compile(r"(?:第|题|q|\()?(\d{1,6})(?:题|[.、)])?(?:\(\d+(?:\.\d+)?分\))?")
_REMEMBERED = 4096  # headings: they are asked for in every row
_REMARK = re.compile(r"\([^()]*\)$")  # 姓名（必填）


@lru_cache(_REMEMBERED)
def question(heading: str) -> int | None:
    """The number of the question a column is about."""
    found = _QUESTION.fullmatch(_plain(heading))
    return int(found[1]) if found else None


@lru_cache(_REMEMBERED)
def thing(heading: str) -> str:
    """What a column is about, PERSON, VERSION or a question, in words; nothing if it is none of these."""
    number = question(heading)
    return f"第 {number} 题" if number is not None else _NAMES.get(_REMARK.sub("", _plain(heading)), "")


def heads_rows(headings: Iterable[str]) -> bool:
    """Whether a line of a table says both who answered, or which paper, and to what."""
    things = {thing(heading) for heading in headings} - {""}
    return bool(things & {PERSON, VERSION}) and bool(things - {PERSON, VERSION})


def _plain(heading: str) -> str:
    """The heading without the space and the signs around it, which mean nothing."""
    return "".join(unicodedata.normalize("NFKC", heading).split()).strip("*:").lower()

"""A line with a number behind its full stop, and the next line -> is the number a footnote's, or a day or
a figure that was cut there (……抵达莫斯科。22 │ 日，毛主席……)?

The surprising decision: the first word of the next line tells, not its first character: 日 and 个 go on
with a number, 日前 and 个人 do not.
"""

from __future__ import annotations

import re
from functools import cache

from studytool import data
from studytool.words import cut

_NUMBERED = re.compile(r"[。！？”’）](?P<number>\d{1,2})$")
_ENDED = re.compile(r"(?:[。！？；：]|…|——)[”’）》」』\])]*\d{1,2}$")
_SIZES = "余多几来万亿千百十"  # 20 │ 多万人
# Besides the units of measure and the counters.
_COUNTED = re.compile(
    r"[月日时点号省市区州乡镇斤尺丈里角口步路样方场章册卷句字页版副枚列组队笔道根首封层级轮遍趟例把盏桌车亩担石]"
    r"|月[底初中末份]|[上中下]旬|世纪.?|年代.?|年[多间]|[时点][许钟半整]|[分秒]钟|人[份大]|岁[多半]|个[多半].?|座桥|天后"
)
_MARKS = "，、～%％℃‰—+"
_YEAR = re.compile(r"(?:1[89]|20)\d\d年")


@cache
def _units() -> frozenset[str]:
    return frozenset(data.lines("units.txt"))


def ends_with_note(text: str, following: str) -> bool:
    """Does the line end as a sentence does, with the number of a footnote behind?"""
    found = _NUMBERED.search(text)
    return found is not None and _ENDED.search(text) is not None and not _goes_on(found["number"], following)


def _goes_on(number: str, following: str) -> bool:
    """Does the next line go on with the number?"""
    if following[:1].isdigit():
        return _YEAR.match(number + following) is not None and not _YEAR.match(following)
    if not following or following[0] in _MARKS:
        return bool(following)
    word = cut(following[:8])[0]
    unit = word.lstrip(_SIZES)
    return unit in _units() or (not unit and bool(word)) or _COUNTED.fullmatch(unit) is not None

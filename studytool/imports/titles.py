"""A line of a question list -> the title of a part of it that names no kind of question we know.

The surprising decision: 第二章 党的纪律 and 四、辨析题 are no part of the question before them, but points of
an answer are numbered as titles are. So a title needs a question below it, and it does not count on from
another mark in the text it stands behind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from studytool.numerals import value

_NUMERAL = "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_UNIT = "章|节|编|篇|讲|课|关|轮|环节|板块|部分|单元|模块|专题|大题"
_BLOCK = "模块|专题|单元|板块|篇章"
_SAID = r"[^。？?！!；;_＿|]{0,40}"  # a title, and no sentence
_WORTH = r"(?:[（(][^（）()]{0,40}[）)])?+[:：]?"  # （每题2分，共20分）
# What looks like the name of a kind and is a word of the text: 突出问题, 重点课题.
_WORDS = "问课主议专难标话命试习正本此该母例"
_ROUNDS = "|".join((
    "必答", "抢答", "风险", "附加", "加分", "综合", "辨析", "分析", "应用", "思考", "操作", "拓展", "互动",
    "听力", "视频", "图片", "观众", "看图", "情景", "实务", "写作",
))  # fmt: skip
_NAME = rf"[\u4e00-\u9fff]{{1,10}}(?<![{_WORDS}])题"
_SAYS_LITTLE = r"[^。？?！!；;，,：:_＿|\s][^。？?！!；;，,：:_＿|]{0,29}"

# Each form with what it looks like; whether it is sure, or may also be a point of an answer.
_FORMS = (
    ("章", re.compile(rf"第\s*({_NUMERAL}|\d{{1,2}})\s*(?:{_UNIT})(?:[\s:：、.．—-]{_SAID})?+"), True),
    ("块", re.compile(rf"(?:{_BLOCK})\s*({_NUMERAL}|\d{{1,2}})(?:[\s:：、.．—-]{_SAID})?+"), True),
    ("括", re.compile(rf"[【\[［]\s*(){_NAME}\s*[】\]］]{_WORTH}"), True),
    ("题", re.compile(rf"()(?:{_ROUNDS})题\s*{_WORTH}"), True),
    ("、", re.compile(rf"({_NUMERAL})\s*[、.．]\s*{_NAME}\s*{_WORTH}"), True),
    ("（", re.compile(rf"[（(]({_NUMERAL})[）)]\s*{_NAME}\s*{_WORTH}"), True),
    ("、", re.compile(rf"({_NUMERAL})\s*、\s*{_SAYS_LITTLE}"), False),
    ("（", re.compile(rf"[（(]({_NUMERAL})[）)]\s*{_SAYS_LITTLE}"), False),
)
# The marks that number parts, wherever they stand in a text.
_MARKS = re.compile(
    rf"第\s*(?P<章>{_NUMERAL}|\d{{1,2}})\s*(?:{_UNIT})|(?:{_BLOCK})\s*(?P<块>{_NUMERAL}|\d{{1,2}})"
    rf"|[（(](?P<括号>{_NUMERAL})[）)]|(?P<顿号>{_NUMERAL})[、.．]"
)
_NAMES = {"章": "章", "块": "块", "括号": "（", "顿号": "、"}


# What a title may follow in a stem that nothing answers yet; what it never follows: 包括以下三章：
_ENDS = re.compile(r"[。.？?！!…）)_＿”】]\s*\Z")
_LEADS_IN = re.compile(r"[：:，,、]\s*\Z")


class Title(NamedTuple):
    """How a title is numbered, its number or 0, and whether it can be nothing else than a title."""

    form: str
    number: int
    is_sure: bool

    @property
    def names_kind(self) -> bool:
        """Whether what stands below it is of another kind than what stood above it."""
        return self.is_sure and self.form not in ("章", "块")


BARE = Title("", 0, is_sure=False)  # one without a mark
_SHORT = re.compile(r"[^。.？?！!；;，,、：:_＿|（）()【】A-Za-z]{2,24}")


def is_short(line: str) -> bool:
    """Whether a line without a mark may be a title: a few words, and nothing that a sentence has."""
    return bool(_SHORT.fullmatch(line.strip()))


def title(line: str) -> Title | None:
    """What the line is a title of, if it looks like one."""
    bare = line.strip().strip("#*").strip()
    for form, pattern, is_sure in _FORMS:
        if found := pattern.fullmatch(bare):
            return Title(form, value(found[1]) or 0, is_sure)
    return None


def ends(text: str) -> bool:
    """Whether a text is done, and not wrapped in the middle of what it says."""
    return bool(_ENDS.search(text))


def leads_in(text: str) -> bool:
    """Whether a text announces what stands below it."""
    return bool(_LEADS_IN.search(text))


def counts_on(one: Title, texts: Sequence[str]) -> bool:
    """Whether a title goes on with marks that stand in some texts: then it is a point among others."""
    if not one.number:
        return False
    marks = (found for text in texts for found in _MARKS.finditer(text))
    return any(
        _NAMES[found.lastgroup or ""] == one.form and value(found[found.lastgroup or ""]) == one.number - 1
        for found in marks
    )

"""A line below a question -> what is said about it and belongs to no answer, option or stem of it.

The surprising decision: points of an answer have labels too (政治纪律：…), so where points are asked for only
names that no point has are believed; below letters, signs and words for blanks, any short label is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

EXPLANATION, WORTH = "解析", "作答"  # under which name a question keeps it

# Below, `*+` gives nothing back: a line may be all spaces.
_POINTS = r"\d{1,3}(?:\.\d)?\s*+分\s*+"
_EACH = "每[题空点个条项]|每小题|每答对[一1]?[点个条项]?|各|共|计|满分|本题|本小题|答对"
_SHARE = rf"(?:(?:{_EACH})\s*+)*+{_POINTS}"
# （2分）, （每点2分，共4分）
_SCORE = rf"[（(【\[]\s*+{_SHARE}(?:[，,、；;]\s*+{_SHARE})*+[】\]）)]"
_SCORES = re.compile(_SCORE)
# Behind a word it may be what the question is about: 每参加一次（2分）.
_SCORED_STEM = re.compile(rf"(?<=[。.？?！!）)_”：:;；\s]){_SCORE}\s*+\Z|\A\s*+{_SCORE}\s*+")

# What a text in brackets begins with that says where something stands, or how an answer is marked.
_REFERS = (
    "注|备注|附注|提示|见|参见|参看|参考|详见|教材|课本|讲义|读本|出自|摘自|选自|引自|来源|出处|依据|根据《|"
    "第\\s*+\\d++\\s*+[页章节]|[Pp]\\.?\\s*+\\d|意思|言之|答出|答对|答案|回答|此题|本题|每[点空条项]"
)
_IN_BRACKETS = rf"[（(\[［]\s*+(?:{_REFERS})[^（）()]{{0,80}}[）)\]］]"
_BRACKETED = re.compile(rf"\s*+{_IN_BRACKETS}\s*+[。.]?\s*+")
_BRACKETED_BEHIND = re.compile(rf"(?<=\S)\s*+(?=(?:{_IN_BRACKETS}|{_SCORE})\s*+[。.]?\s*+\Z)")

# Names that no point of an answer has.
_REMARKS = (
    "注|备注|附注|注释|注解|点评|评析|评注|名师点[评拨睛]|命题意图|命题角度|命题依据|出题依据|出题意图|考点定位|考查点|"
    "考查内容|考查要点|题源|试题来源|题目来源|页码|页数|教材页码|教材出处|答题思路|解题思路|解题技巧|思路点拨|易错点|易错提醒|"
    "知识拓展|知识链接|温馨提示|试题分析|题目分析|本题考查"
)
_MARKING = "评分标准|评分细则|评分说明|评分办法|评分参考|评分依据|给分标准|评卷说明|阅卷说明"
_NAMED = re.compile(
    rf"\s*+(?:[【\[［]\s*+(?:{_REMARKS}|分析|提示|思路|理由)\s*+[】\]］]|(?:{_REMARKS})\s*+[:：])"
)
_MARKED = re.compile(rf"\s*+(?:[【\[［]\s*+(?:{_MARKING})\s*+[】\]］]|(?:{_MARKING})\s*+[:：])")
_ANY_BRACKETED = r"【[\u4e00-\u9fff]{2,8}】"
# 第一空：五 is a part of the answer.
_ANY_LABEL = re.compile(rf"\s*+(?:{_ANY_BRACKETED}|(?!.?[第空])[\u4e00-\u9fff]{{2,4}}\s*+[:：])")
_ANY_BEHIND = re.compile(rf"(?<=[\sA-JＡ-Ｊ√×])(?={_ANY_BRACKETED})")


class Aside(NamedTuple):
    """Under which name a question keeps a remark, and whether what stands below it belongs to it too."""

    name: str
    goes_on: bool


def aside(line: str, *, loosely: bool) -> Aside | None:
    """What a line says beside the question; `loosely` if no part of that has a label."""
    if _SCORES.fullmatch(line.strip(" \t　。.；;")):
        return Aside(WORTH, goes_on=False)
    if _BRACKETED.fullmatch(line):
        return Aside(EXPLANATION, goes_on=False)
    if _MARKED.match(line):
        return Aside(WORTH, goes_on=True)
    if _NAMED.match(line) or (loosely and _ANY_LABEL.match(line)):
        return Aside(EXPLANATION, goes_on=True)
    return None


def cut_behind(answer: str) -> list[str]:
    """An answer, and what is said beside it in the same line."""
    pieces = [piece for part in _ANY_BEHIND.split(answer) for piece in _BRACKETED_BEHIND.split(part)]
    return [piece.strip() for piece in pieces if piece.strip()]


def without_scores(text: str) -> str:
    """The points of an answer without what each is worth."""
    return _SCORES.sub("", text)


def unscored(stem: str) -> str:
    """A stem without what the question is worth, in front or at the end."""
    return _SCORED_STEM.sub("", stem).rstrip()

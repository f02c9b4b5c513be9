"""A line of a question list -> the answer or the remark it begins with, under the labels people write."""

from __future__ import annotations

import re
from typing import NamedTuple

from studytool.imports import asides

_ANSWERS = "(?:正确|参考|标准|本题)?答案(?:要点)?|(?:答题|参考)要点"
_ANSWER = re.compile(
    rf"\s*(?:[【\[［]\s*(?:{_ANSWERS}|答)\s*[】\]］]\s*[:：]?|"
    rf"(?:{_ANSWERS})\s*+(?:[是为]?[:：]|[是为]|(?<=[ \t　])(?=\S))|答\s*[:：])\s*"
)
_ANSWER_ALONE = re.compile(
    r"\s*+(?:[一二三四五六七八九十]+[、.])?\s*+(?:附(?:件|录|录[一二三])?\s*+[:：]\s*+)?[【\[]?(?:试题|试卷|本卷|题库|习题|练习题?)?(?:参考答案|标准答案|答案|正确答案)(?:及解析|与解析|汇总|部分|要点|[及和与](?:评分|评卷)(?:标准|细则|参考|办法|说明))?[】\]]?\s*+[:：]?\s*+"
)
# Remarks by the name under which a question keeps them; what somebody has answered or earned belongs to none.
_NAMES = {
    **dict.fromkeys(("解析", "答案解析", "试题解析", "解答", "详解", "说明"), "解析"),
    **{name: name for name in ("依据", "出处", "来源", "章节", "考点", "知识点", "编号", "待配", "也可答")},
    **dict.fromkeys(("难度", "试题难度", "题目难度", "难易度", "难易程度"), "难度"),
    **dict.fromkeys(
        (
            *(
                f"{who}{what}"
                for who in ("我的", "你的", "您的", "考生", "学生", "学员", "用户", "本人")
                for what in ("答案", "作答", "回答", "选择", "得分")
            ),
            "得分",
            "本题得分",
            "实际得分",
            "最后得分",
            "分值",
            "作答",
            "作答结果",
            "正确率",
            "错误率",
            "得分率",
            "是否正确",
            "答题时间",
            "答题用时",
            "用时",
        ),
        "作答",
    ),
}
_NAME = "|".join(sorted(_NAMES, key=len, reverse=True))
_NOTE = re.compile(rf"\s*+[【\[［<]?\s*+({_NAME})\s*(?:[】\]］>]\s*[:：]?|[:：])\s*")

# Labels that may also stand behind something in a line; without brackets only after a space or a full stop.
_BREAKING = f"{_ANSWERS}|答案解析|试题解析|解析"
_BREAK = re.compile(
    rf"(?:(?<!\s)\s++)?(?=[【\[](?:{_BREAKING})[】\]])|(?<=[\s。.；;)）])(?=(?:{_BREAKING})\s*[:：])"
)
# Behind an answer or a remark, every label in brackets is one; without them, those of what is short.
_ANSWERED = sorted((name for name, kept in _NAMES.items() if kept == "作答"), key=len, reverse=True)
_SHORT = "|".join(["(?:试题|题目)?难度|难易程?度|章节|考点|知识点", *_ANSWERED])
_NEXT_BRACKETED = re.compile(rf"(?:(?<!\s)\s++)?(?=[【\[](?:{_NAME})[】\]])")
_NEXT_SHORT = re.compile(rf"(?<=[\s。.；;，,)）])(?=(?:{_SHORT})\s*[:：])")
_LINK = " \t　；;，,"  # between an answer and the next label

# What may stand below the sign of a statement and explain it; whatever else does is none of it.
_EXPLAINS = re.compile(
    r"\s*[（(【]?(?:解析|解释|说明|理由|原因|改正|更正|订正|修改|改为|改成|正确|错误|错在|应|原文|依据|因为|此题|本题)"
    r"|.*(?:应[当该]?[为是]|应改|改为|改成)"
)
# 命题人：张三; 附：…: what closes a whole paper.
_CLOSING = re.compile(
    r"\s*[（(]?(?:附[:：件录表]|备注[:：]|(?:命题|出题|制卷|审题|审核|校对|阅卷|监考|联系)(?:人|教师|单位|电话|部门)?\s*[:：])"
    r"|\s*+(?:[—－*=-]{4,}+|[—－*=-]{2,}+.{1,12}?[—－*=-]{2,}+)\s*+\Z"
)

# 案例二：…, 【材料一】, 材料1: what the next questions are about.
_MATERIAL = re.compile(
    r"\s*(?:[【\[（(]\s*(?:背景)?(?:材料|案例|资料|情景)\s*[一二三四五六七八九十\d]{0,3}\s*[】\]）)]"
    r"|(?:背景)?(?:材料|案例|资料|情景)\s*[一二三四五六七八九十\d]{1,3}\s*(?:[:：.．、\s]|\Z))"
)


class Note(NamedTuple):
    """The name of a remark (解析, 依据, 章节 …), and its text."""

    found: str
    rest: str


def pieces(line: str) -> list[str]:
    """A line cut before the labels that stand within it."""
    return [piece for part in _BREAK.split(line) for piece in _labelled(part.strip()) if piece]


def _labelled(part: str) -> list[str]:
    """A piece cut before the labels that may only follow another label."""
    said, remark = answer(part), note(part)
    if said is None and remark is None:
        return [part]
    if said is None and remark and remark.found not in ("难度", "章节", "考点", "知识点", "作答"):
        return [piece.strip() for piece in _NEXT_BRACKETED.split(part)]
    cut = [piece for some in _NEXT_BRACKETED.split(part) for piece in _NEXT_SHORT.split(some)]
    return [one for piece in cut for one in _apart(piece)]


def _apart(piece: str) -> list[str]:
    """A piece, and, of an answer, what is said beside it at its end."""
    return asides.cut_behind(piece.strip(_LINK)) if answer(piece) else [piece.strip()]


def answer(line: str) -> str | None:
    """The answer of a line that begins with a label."""
    found = _ANSWER.match(line)
    return line[found.end() :].strip() if found else None


def answer_of(text: str) -> str:
    """What stands behind a number among collected answers, without a label of its own (1．答：…)."""
    said = answer(text)
    return text.strip() if said is None else said


def answers_begin(line: str) -> bool:
    """Whether the line is nothing but a title of answers."""
    return bool(_ANSWER_ALONE.fullmatch(line))


def note(line: str) -> Note | None:
    """The name of a remark and its text."""
    found = _NOTE.match(line)
    return Note(_NAMES[found[1]], line[found.end() :].strip()) if found else None


def explains(line: str) -> bool:
    """Whether a line below the sign of a statement says why, or what should stand there instead."""
    return bool(_EXPLAINS.match(line))


def closes(line: str) -> bool:
    """Whether a line belongs to the whole paper and to no question of it."""
    return bool(_CLOSING.match(line))


def is_material(line: str) -> bool:
    """Whether a line begins what the questions behind it are about."""
    return bool(_MATERIAL.match(line))

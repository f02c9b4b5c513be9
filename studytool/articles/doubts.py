"""A paragraph's text -> the places a person should look at: unbalanced quotation marks, probable
recognition errors.

The surprising decision: nothing is corrected. A doubtful sentence is held back from questions, so a
rule may cry wolf, but it must name its reason.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from studytool import data
from studytool.articles import seams
from studytool.articles.lines import HAN
from studytool.model import Doubt, DoubtKind, Passage, Span
from studytool.words import cut, is_word

_REGIONS = (
    "京津", "京冀", "津冀", "河北", "河南", "山东", "山西", "陕西", "湖北", "湖南", "江苏", "浙江", "安徽",
    "福建", "江西", "广东", "广西", "海南", "四川", "贵州", "云南", "西藏", "甘肃", "青海", "宁夏", "新疆",
    "内蒙古", "辽宁", "吉林", "黑龙江", "雄安", "中关村", "滨海", "浦东", "粤港澳", "香港", "澳门", "台湾",
    "长三角", "珠三角", "长江", "黄河",
)  # fmt: skip


class Rule(NamedTuple):
    pattern: re.Pattern[str]
    reason: str


_DASH = "疑似识别错误：“一”或为“—”"
# Names of places, before which no numeral stands.
_PLACE = "(?:" + "|".join(sorted({*data.lines("cities.txt"), *_REGIONS})) + ")"
_NAME = f"(?:{'|'.join(sorted(set(data.lines('surnames.txt'))))})[{HAN}]{{1,2}}(?=[，、。：]|[{HAN}]{{2}})"

RULES: tuple[Rule, ...] = (
    Rule(re.compile(r"PM(?:25|2,5|2，5)(?!\d)"), "疑似识别错误：PM2.5 缺小数点"),
    Rule(re.compile(rf"(?<=[{HAN}A-Z])一(?={_PLACE})"), _DASH),
    Rule(re.compile(r"(?<=[0-9A-Z年月日%％])(?<![一二三四五六七八九]0)一(?=[0-9A-Z])"), _DASH),
    Rule(re.compile(r"一{1,2}(?=(?:作者|编者|引者|笔者|译者)注?[）)，。：])"), _DASH),
    Rule(re.compile(rf"(?<=[{HAN}”》）])一一(?=[“《]|(?:这|即|那|也就是|就是|从)[{HAN}])"), _DASH),
    Rule(
        re.compile(rf"(?:[省市区县镇乡党州旗]委|支部|总支|[、，])书(?={_NAME})"),
        "疑似缺字：“书”或为“书记”",
    ),
    Rule(
        re.compile(
            rf"(?:副|[省市区县州])(?:市|省|区|县|州|部|厅|局)(?={_NAME}(?:[，、]|出席|主持|讲话|强调|指出))"
        ),
        "疑似缺字：职务不完整",
    ),
    Rule(re.compile(rf"([{HAN}]{{2,4}})(?<!(?:[{HAN}])的)\1(?=[{HAN}，。、；])"), "疑似重复"),
    Rule(re.compile(r"[，。；：、]{2,}|[（《“][，。；：、]|[，、；：](?=[）》])"), "标点异常"),
    Rule(re.compile(r"�|□(?!$)|[\ue000-\uf8ff]"), "有无法识别的字符"),
    Rule(re.compile(rf"(?<=[{HAN}])[-~^|_\\]{{1,3}}(?=[{HAN}])"), "疑似识别错误：多余符号"),
)
# Doubled on purpose: reduplication is grammar, not an error.
_REDUPLICATED = re.compile(r"(.)\1|(.)(.)\2\3$")


def find(text: str) -> tuple[Doubt, ...]:
    """All doubts of a paragraph."""
    found = [
        Doubt(DoubtKind.RECOGNITION, Span(*match.span()), match.group(), rule.reason)
        for rule in RULES
        for match in rule.pattern.finditer(text)
        if rule.reason not in _JUDGES or _JUDGES[rule.reason](match)
    ]
    return (*found, *_quotes(text))


def _is_dash(match: re.Match[str]) -> bool:
    """A numeral is no dash where it is part of a word or stands alone before it (“统一上海”, “第一”)."""
    text, at = match.string, match.start()
    if text[at - 1].isascii():
        return True
    before = cut(text[max(0, at - 4) : at + 1])
    alone = len(before[-1]) == len(match.group()) or not is_word(before[-1])
    return alone and text[at - 1] not in "第统之万同专唯如归逐"


def _is_slip(match: re.Match[str]) -> bool:
    """A word twice in a row (“思想思想”) is a slip; “研究研究”, “一个一个” and “许许多多” are not."""
    word = match.group(1)
    if len(set(word)) == 1 or word[0] in "一两几各逐渐常刚偏" or not is_word(word):
        return False
    return len(word) > 2 or not _VERBS_THAT_DOUBLE.fullmatch(word)


_JUDGES = {"疑似重复": _is_slip, _DASH: _is_dash}
_VERBS_THAT_DOUBLE = re.compile(
    "研究|讨论|学习|商量|考虑|了解|调查|休息|检查|打听|认识|整理|总结|锻炼|准备|琢磨|交流|活动|比较|介绍|体会|体验|感受|反思|参观|非常|意思|表示|收拾"
)


def _quotes(text: str) -> tuple[Doubt, ...]:
    """A quotation that is never closed makes all behind it unsure; another mark only itself."""
    found: list[Span] = []
    if '"' in text:
        found.append(Span(text.index('"'), len(text)))
    for closer in dict.fromkeys(seams.unopened(text)):
        at = _first_unopened(text, closer)
        found.append(Span(at, at + 1))
    for opener in dict.fromkeys(seams.unclosed(text)):
        at = text.rindex(opener)
        found.append(Span(at, len(text) if opener in "“‘" else at + 1))
    return tuple(Doubt(DoubtKind.QUOTES, s, text[s.start : s.start + 12], "引号或括号不成对") for s in found)


def _first_unopened(text: str, closer: str) -> int:
    at = text.index(closer)
    while closer not in seams.unopened(text[: at + 1]):
        at = text.index(closer, at + 1)
    return at


def lost_characters(passage: Passage, corpus: str) -> tuple[Doubt, ...]:
    """Line ends inside a passage where the document elsewhere always goes on with another character:
    “一体化建│印发” beside “一体化建设”."""
    text = passage.text
    if len(passage.pieces) > _MANY_PIECES:
        return ()
    corpus = corpus[:_ENOUGH_TEXT]
    ends = (piece.at for piece in passage.pieces if 4 <= piece.at < len(text))
    return tuple(
        Doubt(DoubtKind.RECOGNITION, Span(at - 4, at), text[at - 4 : at], "疑似缺字")
        for at in ends
        if _is_torn(text, at, corpus)
    )


def _is_torn(text: str, at: int, corpus: str) -> bool:
    before = text[at - 4 : at]
    if not _ALL_HAN.fullmatch(before + text[at]) or cut(text[max(0, at - 6) : at])[-1] != text[at - 1]:
        return False
    following = {corpus[m.end() : m.end() + 1] for m in re.finditer(re.escape(before), corpus)} - {text[at]}
    joined = text[at - 1] + next(iter(following), "")
    return len(following) == 1 and is_word(joined) and not seams.word_formed(text[:at], text[at:])


_MANY_PIECES, _ENOUGH_TEXT = 200, 60_000  # beyond these the search costs more than it finds
_ALL_HAN = re.compile(f"[{HAN}]+")

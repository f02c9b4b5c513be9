"""Text -> the amounts in it: a number with its unit, whole.

The hedge (超、近、约、以上、左右) is outside the amount: it stays in the stem, because it belongs to
what is said of the number. “多” and “余” are inside, because “180个” would be another answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from studytool import data
from studytool.model import Span

_DIGITS = r"\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:百万|千万|万亿|十|百|千|万|亿)?"
_CHINESE = r"[一二两三四五六七八九十百千万亿〇零几]"
_JOIN = r"\s*[-—–~～至到]\s*"

SHARE_UNITS = frozenset(("%", "％", "‰", "成", "倍", "个百分点", "个千分点"))
SIZE_UNITS = re.compile(r"公里|千米|米$|公顷|亩|吨|公斤|千克|克$|箱|升|瓦|伏|元|币|小时|分钟|天|年|岁|月|日")
# A figure behind a digit and a space is the rest of one: 2 6.5%.
_NOT_BEFORE = r"(?<![\d.．·•・A-Za-z+＋/第∶□-])(?<!\d\s)"
# Digits in their places, as papers of the fifties write: 一九〇万吨, 百分之六三·二. Nobody answers so.
_IN_PLACES = re.compile("[〇一二三四五六七八九][〇零一二三四五六七八九]")
# What turns a number into a name or a time: “36个月前”, “十年来”, “三中全会”.
_NOT_AFTER = re.compile(r"来|以来|之前|之后|前(?!列)|后(?!备)|间|大以|[A-Za-z+＋]")


class Amount(NamedTuple):
    """`span` is number and unit; `unit` and `more` (多, 余, 几) are told apart."""

    span: Span
    unit: str
    share: bool
    size: bool


@cache
def _pattern() -> re.Pattern[str]:
    units = sorted((re.escape(unit) for unit in data.lines("units.txt")), key=len, reverse=True)
    unit = "|".join(units)
    number = rf"(?:{_DIGITS})(?:(?:\s*[%％‰])?{_JOIN}(?:{_DIGITS}))?"  # a share is no number: 300%支付
    digits = rf"{number}\s*[多余几]?{_SCALE}[多余]?\s*(?P<unit>{unit})[多余]?"
    span_of_time = r"\d+年零\d+个(?P<months>月)"
    tenths = r"[一二两三四五六七八九](?P<tenth>成|倍)(?=以上|多|[^人立员功长为果效份品分本员都绩交型])"
    # no unit: “335万贫困人口”, “300余团体”, “收入之比为1.79”
    bare = (
        rf"(?:{_DIGITS})(?:[多余]?(?:万亿|[万亿](?![万亿]))[多余]?|[多余])(?=[\u4e00-\u9fff])"
        rf"|(?:(?<=比为)|(?<=数为))(?:{_DIGITS})(?![\d.])"
    )
    point = "(?:点[〇零一二三四五六七八九]+)?"
    parts = rf"{_CHINESE}{{1,2}}分之{_CHINESE}{{1,4}}{point}"
    chinese = rf"(?:{_CHINESE}{{2,}}{point}|{_CHINESE}点{_CHINESE}+)[多余]?(?P<cn_unit>{unit})"
    spelled = rf"(?<!{_CHINESE})(?:{parts}|{chinese}|{tenths})"  # not 百二十六条 of 第四百二十六条
    return re.compile(rf"{_NOT_BEFORE}(?:{span_of_time}|{digits}|{bare}|{spelled})")


# 民国8年 is a year, and no length of time.
_ERA = re.compile("(?:民国|宣统|光绪|同治|咸丰|道光|嘉庆|乾隆|雍正|康熙|顺治|万历|洪武|永乐|昭和|公元前?)$")
_YEAR = re.compile(r"(?:1[89]|20)\d\d(?:年|\s*[-—–~～至到])")
_VAGUE = re.compile(r"[一几两十百千万亿零]{1,2}[多余]?|.*几.*")
_AMBIGUOUS = frozenset("村县国军师里站节部班度周团届期")  # units only where nothing is counted behind them
_NO_CHINESE = frozenset("年日月周天次个届期国军师班节")


def amounts(plain: str) -> Iterator[Amount]:
    """The amounts in a blotted text, in order."""
    for match in _pattern().finditer(plain):
        text = match[0]
        unit = next((u for u in match.groupdict().values() if u), "")
        after = plain[match.end() : match.end() + 3]
        if _YEAR.match(text) or _NOT_AFTER.match(after) or (unit == "年" and after[:1] in "度代级制初底末期"):
            continue
        if unit == "年" and _ERA.search(plain, max(0, match.start() - 4), match.start()):
            continue
        if not text[0].isdigit() and (_vague(text, unit) or _IN_PLACES.search(text.partition("点")[0])):
            continue
        if unit in _AMBIGUOUS and not (text[0].isdigit() and after[:1].strip("，。、；（和") == ""):
            continue
        share = unit in SHARE_UNITS or "分之" in text
        yield Amount(Span(*match.span()), unit, share, bool(SIZE_UNITS.search(unit)))


def _vague(text: str, unit: str) -> bool:
    """Chinese numerals count as a figure only where they are exact enough to be asked."""
    if "分之" in text or unit in SHARE_UNITS:
        return False
    return unit in _NO_CHINESE or _VAGUE.fullmatch(text.removesuffix(unit)) is not None

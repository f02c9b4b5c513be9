"""Two quantities as written -> do they say the same amount of the same thing.

A unit or a qualifier (约, 近, 超, 以上) may be left out; another unit, magnitude or direction is wrong.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from studytool.data import lines
from studytool.marking.finding import RIGHT, Finding, nearly, rank, wrong

_MEASURES = tuple(line.split() for line in lines("marking/measures.txt"))
_COUNTERS = tuple(line.split() for line in lines("marking/counters.txt"))
COUNTERS = frozenset(names[0] for names in _COUNTERS)
UNITS = {name: names[0] for names in (*_MEASURES, *_COUNTERS) for name in names}

_NO_UNIT = "答案没有单位，请核对"
_OTHER_UNIT, _OTHER_SIGN = "单位不对", "百分号不对"  # what is said of an amount of something else
CLOCK = "时"  # of a time of day; its other name, 点, also counts
TENTHS = "成"  # 七成 is 70%
ABOUT, NEAR, OVER, UNDER = "about", "near", "over", "under"
OPPOSED = ({OVER, UNDER}, {OVER, NEAR})
# How a qualifier bends a number, in front of it and behind it.
BEFORE = {
    ABOUT: ["大约", "大概", "约为", "约", "差不多"],
    NEAR: ["将近", "接近", "近"],
    OVER: [
        "超过",
        "超出",
        "超",
        "突破",
        "逾",
        "高于",
        "多于",
        "不少于",
        "不低于",
        "至少",
        "达到",
        "达",
        "增至",
        "上升至",
        "提高到",
    ],
    UNDER: ["不超过", "不多于", "不高于", "不到", "不足", "不满", "少于", "低于", "至多", "最多"],
}
AFTER = {
    ABOUT: ["左右", "上下", "前后"],
    OVER: ["以上", "多", "余", "开外", "有余"],
    UNDER: ["以下", "以内", "之内", "内", "不到"],
}
_FORBIDDEN = re.compile(r"(?:不[得能可宜会许]|不应当?|没有|未)(?=[超高低多少][过出于])")
REACHED = ("达到", "达", "增至", "上升至", "提高到")  # say nothing about the number


def _alternatives(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


_QUANTITY = re.compile(
    rf"(?P<before>{_alternatives([word for words in BEFORE.values() for word in words])})?"
    r"#(?P<number>-?\d[\d./]*[%‰]?);(?P<over>[多余])?"
    rf"(?P<unit>{_alternatives([*UNITS])})?"
    rf"(?P<after>{_alternatives([word for words in AFTER.values() for word in words])})?"
)
_AMOUNT = re.compile(rf"#(-?\d[^;]*);[多余]?({_alternatives([*UNITS])})?")
_UNIT = re.compile(rf"[万亿]*(?:{_alternatives([*UNITS])})(?![多余半])")


# Words that end like a qualifier and say nothing about a number.
_OTHER_WORDS = (
    *("签约", "节约", "合约", "预约", "履约", "公约", "条约", "契约", "特约", "邀约"),
    *("最近", "附近", "邻近", "靠近", "亲近", "临近", "赶超", "反超"),
)
# The stem's words right before and behind a blank.
_ENDS = re.compile(
    rf"({_alternatives([word for words in BEFORE.values() for word in words])})$"
    + "".join(f"(?<!{word})" for word in _OTHER_WORDS)
)
_BEGINS = re.compile(
    rf"(?:[%‰]|{_alternatives([*UNITS])})?"
    rf"({_alternatives([word for words in AFTER.values() for word in words if word != '内'])})"
)
# Spans of time in steps of the smallest: years and months have no common one with days.
SPANS = {
    "年": ("个月", 12),
    "个月": ("个月", 1),
    "星期": ("秒", 604_800),
    "天": ("秒", 86_400),
    "小时": ("秒", 3600),
    "分钟": ("秒", 60),
    "秒": ("秒", 1),
}
_STEP = re.compile(rf"#(\d{{1,9}}(?:\.\d{{1,3}})?);({_alternatives([*UNITS])})")
# 两个半小时, 一年半 and 三倍半 are 2.5 and 3.5 of them, 半年 is 0.5; the 半 of 三点半 is a half past.
_HALVED = _alternatives([name for name, unit in UNITS.items() if unit != CLOCK])
_HALF = re.compile(rf"(?:#(\d{{1,9}});(个)|^)半(?=(?:{_HALVED}|月)$)|#(\d{{1,9}});({_HALVED})半$")


class Said(NamedTuple):
    """How the source bends a number that stands bare in the blank or in a variant, and with which word."""

    word: str
    bend: str


def with_plain_bounds(text: str) -> str:
    """不得低于 as 不低于: what must not be is bounded like what is not."""
    return _FORBIDDEN.sub("不", text)


def said_beside(before: str, after: str) -> Said | None:
    """突破 of “突破____”, 以上 of “____家以上”; both sides are canonical texts."""
    for match, table in ((_ENDS.search(with_plain_bounds(before)), BEFORE), (_BEGINS.match(after), AFTER)):
        if match and match[1] not in REACHED:
            return next(Said(match[1], bend) for bend, words in table.items() if match[1] in words)
    return None


def unit_at(after: str) -> str:
    """The unit, with its 万 or 亿, that a folded text begins with; nothing where it begins with none."""
    unit = _UNIT.match(after)
    return unit[0] if unit else ""


def said_in(text: str) -> Said | None:
    """The 超 of 超4亿元, which the variant 4亿元 no longer has."""
    match = _QUANTITY.fullmatch(text)
    bend = _bend(match) if match else None
    if match is None or bend is None:
        return None
    return Said(match["over"] or match["before"] or match["after"], bend)


class Quantity(NamedTuple):
    number: str
    unit: str | None
    bend: str | None


def _bend(match: re.Match[str]) -> str | None:
    if match["before"] in REACHED:
        return None
    if match["over"]:
        return OVER
    for word, table in ((match["before"], BEFORE), (match["after"], AFTER)):
        for bend, words in table.items():
            if word in words:
                return bend
    return None


def quantity(text: str) -> Quantity | None:
    """The quantity a canonical text consists of; None for other texts."""
    match = _QUANTITY.fullmatch(text)
    if not match:
        return None
    return Quantity(match["number"], UNITS.get(match["unit"], match["unit"]), _bend(match))


def _percent(amount: Quantity) -> str:
    """The amount with tenths said in percent: 七成 is 70%."""
    if amount.unit != TENTHS or not re.fullmatch(r"\d+(?:\.\d+)?", amount.number):
        return f"{amount.number};{amount.unit or ''}"
    return f"{(Decimal(amount.number) * 10).normalize():f}%;"


def _units(wanted: Quantity, found: Quantity, evidence: str) -> Finding:
    if found.unit == wanted.unit or (found.unit is None and wanted.unit != TENTHS):
        return RIGHT
    if wanted.unit is None:
        return RIGHT if f"#{found.number};{found.unit}" in evidence else nearly(_NO_UNIT)
    if wanted.unit in COUNTERS and found.unit in COUNTERS:
        return nearly(f"量词应为“{wanted.unit}”")
    if wanted.unit == f"标准{found.unit}":
        return nearly(f"单位应写全：“{wanted.unit}”")
    return wrong(f"{_OTHER_UNIT}，应为“{wanted.unit}”")


def compare_units(expected: str, given: str) -> Finding | None:
    """投入30亿美元 for 投入30亿元: what the units of equal numbers, in order, say of two canonical texts."""
    wanted, found = _AMOUNT.findall(expected), _AMOUNT.findall(given)
    if [number for number, _ in wanted] != [number for number, _ in found]:
        return None
    for (_, one), (_, other) in zip(wanted, found, strict=True):
        units = {UNITS.get(one), UNITS.get(other)}
        if len(units) > 1 and units.isdisjoint({None, CLOCK}) and not units <= COUNTERS:
            return wrong(f"{_OTHER_UNIT}，应为“{UNITS[one]}”")
    return None


def amounts(text: str) -> list[tuple[str, str | None]]:
    """The numbers of a canonical text, each with the usual name of its unit."""
    return [(number, UNITS.get(unit)) for number, unit in _AMOUNT.findall(text)]


def knows_its_unit(finding: Finding) -> bool:
    """Was what was found measured against an answer with a unit? Then it can say which unit was wanted."""
    return finding.reason != _NO_UNIT


def is_of_something_else(finding: Finding) -> bool:
    """Was the amount found to be one of another unit?"""
    return finding.reason.startswith((_OTHER_UNIT, _OTHER_SIGN))


def _bends(wanted: Quantity, found: Quantity, said: Said | None) -> Finding:
    if wanted.bend == found.bend or {wanted.bend, found.bend} == {ABOUT, NEAR}:
        return RIGHT
    if {wanted.bend, found.bend} in OPPOSED:
        return wrong("范围说反了")
    if found.bend is None:
        return nearly("缺少“不到、以下”一类的限定") if wanted.bend == UNDER else RIGHT
    if wanted.bend:
        return nearly("限定词与原文不同")
    return _bent(found.bend, said) if said else nearly("原文是确数，不是约数")


def _bent(bend: str, said: Said) -> Finding:
    """What a bend says of an answer that the stem has bent already."""
    if bend == said.bend or {bend, said.bend} == {ABOUT, NEAR}:
        return RIGHT
    if {bend, said.bend} in OPPOSED:
        return wrong(f"范围说反了，原文说的是“{said.word}”")
    return nearly(f"限定词与原文不同，原文说的是“{said.word}”")


def _halved(text: str) -> str:
    """A canonical text with its half in figures: #2;个半小时 is #2.5;个小时."""
    return _HALF.sub(lambda half: f"#{half[1] or half[3] or 0}.5;{half[2] or half[4] or ''}", text)


def _span(text: str) -> tuple[str, Decimal] | None:
    """A span of time in its smallest step: #1;年#4;个月 is 16 of 个月. None for other texts."""
    steps = [(Decimal(number), SPANS.get(UNITS[unit], ("", 0))) for number, unit in _STEP.findall(text)]
    kinds = {kind for _, (kind, _) in steps}
    if _STEP.sub("", text) or len(kinds) != 1 or "" in kinds:
        return None
    return kinds.pop(), sum((number * size for number, (_, size) in steps), Decimal(0))


def _same_span(expected: str, given: str) -> bool:
    """Is it the same time in other steps: 1年零4个月, 16个月?"""
    units = [[UNITS[unit] for _, unit in _STEP.findall(text)] for text in (expected, given)]
    return units[0] != units[1] and _span(expected) is not None and _span(expected) == _span(given)


def compare_quantities(
    expected: str, given: str, evidence: str = "", said: Said | None = None
) -> Finding | None:
    """What two canonical texts say of each other as quantities; None where one is none.

    `said` is what the source says of a number that is expected bare."""
    expected, given = (_halved(with_plain_bounds(text)) for text in (expected, given))
    if _same_span(expected, given):
        return nearly("所说相等，写法与原文不同")
    wanted, found = quantity(expected), quantity(given)
    if wanted is None or found is None:
        return None
    if _percent(wanted) == _percent(found) and wanted.unit != found.unit:
        return nearly("与原文的写法不同：几成，百分之几")
    if wanted.number != found.number:
        same_digits = wanted.number.rstrip("%‰") == found.number.rstrip("%‰")
        return wrong(_OTHER_SIGN if same_digits else "数字不对")
    findings = (_units(wanted, found, evidence), _bends(wanted, found, said))
    return min(findings, key=rank)

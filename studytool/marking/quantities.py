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
TENTHS = "成"  # 七成 is 70%
ABOUT, OVER, UNDER = "about", "over", "under"
# How a qualifier bends a number, in front of it and behind it.
BEFORE = {
    ABOUT: ["大约", "大概", "约为", "约", "将近", "接近", "近", "差不多"],
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
REACHED = ("达到", "达", "增至", "上升至", "提高到")  # say nothing about the number


def _alternatives(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


_QUANTITY = re.compile(
    rf"(?P<before>{_alternatives([word for words in BEFORE.values() for word in words])})?"
    r"#(?P<number>-?\d[\d./]*[%‰]?);(?P<over>[多余])?"
    rf"(?P<unit>{_alternatives([*UNITS])})?"
    rf"(?P<after>{_alternatives([word for words in AFTER.values() for word in words])})?"
)


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
    if found.unit in (None, wanted.unit):
        return RIGHT
    if wanted.unit is None:
        return RIGHT if f"#{found.number};{found.unit}" in evidence else nearly(_NO_UNIT)
    if wanted.unit in COUNTERS and found.unit in COUNTERS:
        return nearly(f"量词应为“{wanted.unit}”")
    return wrong(f"{_OTHER_UNIT}，应为“{wanted.unit}”")


def knows_its_unit(finding: Finding) -> bool:
    """Was what was found measured against an answer with a unit? Then it can say which unit was wanted."""
    return finding.reason != _NO_UNIT


def is_of_something_else(finding: Finding) -> bool:
    """Was the amount found to be one of another unit?"""
    return finding.reason.startswith((_OTHER_UNIT, _OTHER_SIGN))


def _bends(wanted: Quantity, found: Quantity) -> Finding:
    if wanted.bend == found.bend:
        return RIGHT
    if {wanted.bend, found.bend} == {OVER, UNDER}:
        return wrong("范围说反了")
    if found.bend is None:
        return nearly("缺少“不到、以下”一类的限定") if wanted.bend == UNDER else RIGHT
    return nearly("限定词与原文不同" if wanted.bend else "原文是确数，不是约数")


def compare_quantities(expected: str, given: str, evidence: str = "") -> Finding | None:
    """What two canonical texts say of each other as quantities; None where one is none."""
    wanted, found = quantity(expected), quantity(given)
    if wanted is None or found is None:
        return None
    if _percent(wanted) == _percent(found) and wanted.unit != found.unit:
        return nearly("与原文的写法不同：几成，百分之几")
    if wanted.number != found.number:
        same_digits = wanted.number.rstrip("%‰") == found.number.rstrip("%‰")
        return wrong(_OTHER_SIGN if same_digits else "数字不对")
    findings = (_units(wanted, found, evidence), _bends(wanted, found))
    return min(findings, key=rank)

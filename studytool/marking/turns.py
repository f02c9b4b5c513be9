"""Two canonical texts -> does one have a word that makes another thing of it, however alike they look.

前 behind a date, 几 before a number, 国民党 before a congress: one small word, and it is another day, amount,
party. Nothing is turned by what the source itself says.
"""

from __future__ import annotations

import re
from functools import cache

from studytool.data import lines
from studytool.marking.finding import Finding, nearly, wrong
from studytool.marking.quantities import quantity

# What turns a text when only one of the two has it, whichever.
EITHER: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (r"倒数", "次序说反了"),
        (r"公元前|^前(?=#\d{1,4};年)", "年代说反了"),
        (r"负(?=#|增长)", "方向说反了"),
        (r"^(?:[好约近超达]|大约|超过)?[几数](?=#)", "数字不对"),
        (r"(?<=[年月日号底末初])[以之]?前$", "说的是在此之前，不是同一时间"),
        (r"(?<=[年月日号底末初])[以之]?后$", "说的是在此之后，不是同一时间"),
    )
)
# What turns a text when it is put to it; an answer that leaves it out only says less.
ADDED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"农历|阴历|旧历|夏历"), "历法不对"),
    (re.compile(r"(?<=;)个[多余](?=小时|月|星期|世纪|钟头)"), "数字不对"),
)
_NTH = re.compile(r"第(#.*)")
NUMBERED = frozenset({"届", "期", "批", "号", "世纪", "年代", "位", "名"})  # 五届 is the fifth as well
# What stands right before or behind the words of an answer and makes another thing of them.
_LEAD = r"倒数|公元前|农历|阴历|旧历|负|[几数第]|{others}"
_BEHIND = re.compile(r"个?半|(?:(?<=[年月日号底末初])[以之]?[前后](?!后))")

DOWN = "负增长|下降|减少|降低|下滑|回落|缩减|缩小|收窄|下跌|降幅|跌幅|负|减|降|跌"
UP = "增长|增加|提高|上升|提升|上涨|攀升|扩大|增速|增幅|涨幅|增|涨|升"
_REACHED = re.compile("[到至为]")
_WAY = re.compile(rf"(?:(?P<down>{DOWN})|(?P<up>{UP}))(?P<rest>[^#]{{0,4}})$")
_WORD = re.compile(rf"(?:(?P<down>{DOWN})|(?P<up>{UP}))了?(?=#)")
LOOK_BACK = 12  # characters of the source in front of an amount


@cache
def _others() -> str:
    return "|".join(name for line in lines("marking/other_parties.txt") for name in line.split())


@cache
def _added() -> tuple[tuple[re.Pattern[str], str], ...]:
    return (*ADDED, (re.compile(_others()), "说的是别的党派、团体或国家"))


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(f"(?:{_LEAD.format(others=_others())})$")


def turned(expected: str, given: str, evidence: str = "") -> Finding | None:
    """What a word that only one of the texts has makes of the answer; None where there is none."""
    if given in evidence:
        return None
    for pattern, reason in EITHER:
        if bool(pattern.search(expected)) != bool(pattern.search(given)):
            return wrong(reason)
    for pattern, reason in _added():
        if pattern.search(given) and not pattern.search(expected):
            return wrong(reason)
    return _counted(expected, given) or _directed(expected, given)


def turned_beside(text: str, start: int, end: int) -> bool:
    """Do the words around `text[start:end]` make another thing of it?"""
    return bool(_lead().search(text, 0, start) or _BEHIND.match(text, end))


def _counted(expected: str, given: str) -> Finding | None:
    """5年 is a span of time, 第5年 one year."""
    wanted, nth = quantity(expected), _NTH.fullmatch(given)
    if wanted is None or nth is None or wanted.unit is None or wanted.unit in NUMBERED:
        return None
    return wrong("说的是第几，不是多少")


def _way(text: str) -> str:
    """up or down, as the words say that `text` ends with; nothing where they say neither."""
    match = _WAY.search(text)
    return "" if match is None else "down" if match["down"] else "up"


def _directed(expected: str, given: str) -> Finding | None:
    ways = [_way(text.partition("#")[0]) for text in (expected, given) if "#" in text]
    if len(ways) == 2 and all(ways) and ways[0] != ways[1]:
        return wrong("方向说反了")
    return None


def misdirected(expected: str, given: str, before: str, evidence: str) -> Finding | None:
    """What a direction says of an amount that is expected bare: the source must move it the same way."""
    head, found, _ = given.partition("#")
    match = _WAY.search(head)
    amount = quantity(expected)
    if not found or match is None or amount is None:
        return None
    way = _way(head)
    known = {_way(before)} - {""} or _ways_in(evidence, expected)
    if way in known or (not known and _REACHED.match(match["rest"])):
        return None
    if known or way == "down" or amount.unit == "倍":
        return wrong("方向说反了" if known else "原文没有说增减")
    return None


def _ways_in(evidence: str, amount: str) -> set[str]:
    """How the source moves the amount, wherever it names it."""
    places = (match.start() for match in re.finditer(re.escape(amount), evidence))
    return {_way(evidence[max(0, at - LOOK_BACK) : at]) for at in places} - {""}


def synonymous(expected: str, given: str) -> Finding | None:
    """提高5.2% for 增长5.2%: the same amount moved the same way, in another word."""
    wanted, found = _WORD.match(expected), _WORD.match(given)
    if wanted is None or found is None or bool(wanted["down"]) != bool(found["down"]):
        return None
    if expected[wanted.end() :] == given[found.end() :] and quantity(expected[wanted.end() :]):
        return nearly("数字对，用词与原文不同")
    return None

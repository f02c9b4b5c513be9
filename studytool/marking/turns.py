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
# What makes the opposite of whatever stands behind it.
AGAINST = (
    *("反对", "抵制", "停止", "中止", "放弃", "抛弃", "拒绝", "取消", "禁止", "防止", "避免", "杜绝", "否定"),
    *("否认", "背离", "偏离", "脱离", "违背", "违反", "破坏", "削弱", "弱化", "淡化", "忽视", "动摇"),
    *("反", "伪", "假"),
)
_EXCEPT = ("除", "除了", "除去")
_SIDE = re.compile(r"[以之]?(?<!前)([前后])$")  # of a time: 改革开放前
_NTH = re.compile(r"第(#.*)")
NUMBERED = frozenset({"届", "期", "批", "号", "世纪", "年代", "位", "名"})  # 五届 is the fifth as well
# What stands right before or behind the words of an answer and makes another thing of them.
_BEFORE_NUMBER = re.compile(r"(?:倒数|公元前|农历|阴历|旧历|负|[几数第])$")
_BEFORE_HALF = re.compile(";个?$")  # a 半小时 behind 三个 is half of another hour
_BEHIND = re.compile(r"(?<=[年月天日时倍个;])个?半|(?<=[年月日号底末初])[以之]?(?:前(?!后)|后)")
# Every state and party has these; a person or a place of another state is still the same.
_ORGAN = re.compile(r"(?:[会院部委局署厅法党军团府大社]|主席|总理|总统|中央)$")

DOWN = "负增长|下降|减少|降低|下滑|回落|缩减|缩小|收窄|下跌|降幅|跌幅|减|降|跌"
UP = "增长|增加|提高|上升|提升|上涨|攀升|扩大|增速|增幅|涨幅|增|涨|升"
_REACHED = re.compile("[到至]")
_WAY = re.compile(rf"(?P<down>{DOWN})|(?P<up>{UP})")
_HOW_MANY = re.compile("多少|多大|百分之几|几")
_WORD = re.compile(rf"(?:(?P<down>{DOWN})|(?P<up>{UP}))了?(?=#)")
BETWEEN = 4  # characters between the word for a direction and its amount: 增长幅度约为
LOOK_BACK = 12  # characters of the source in front of an amount


@cache
def _other_party() -> re.Pattern[str]:
    names = "|".join(name for line in lines("marking/other_parties.txt") for name in line.split())
    return re.compile(f"(?:中国)?(?:{names})")


def turned(expected: str, given: str, evidence: str = "") -> Finding | None:
    """What a word that only one of the texts has makes of the answer; None where there is none."""
    if expected in given and given in evidence:
        return None  # it only says more of what the source says
    for pattern, reason in EITHER:
        if bool(pattern.search(expected)) != bool(pattern.search(given)):
            return wrong(reason)
    for pattern, reason in ADDED:
        if pattern.search(given) and not pattern.search(expected):
            return wrong(reason)
    rules = (_beside, _of_another, _counted, _directed, _opposed)
    return next(filter(None, (rule(expected, given) for rule in rules)), None)


def turned_beside(text: str, start: int, end: int) -> bool:
    """Do the words around `text[start:end]` make another thing of it?"""
    if text[start] in "#第" and _BEFORE_NUMBER.search(text, 0, start):
        return True
    if text[start] == "半" and _BEFORE_HALF.search(text, 0, start):
        return True
    owned = _ORGAN.search(text, start, end) and re.search(f"{_other_party().pattern}$", text[:start])
    return bool(owned or _BEHIND.match(text, end))


def _beside(expected: str, given: str) -> Finding | None:
    """改革开放前 is not 改革开放; 改革开放以前 is the same as it."""
    sides = [side[1] if (side := _SIDE.search(text)) else "" for text in (expected, given)]
    if sides[0] != sides[1] and _SIDE.sub("", expected) == _SIDE.sub("", given):
        return wrong("前、后不对")
    return None


def _of_another(expected: str, given: str) -> Finding | None:
    """美国国务院 is not 国务院."""
    if not _ORGAN.search(expected) or _other_party().match(expected) or not _other_party().match(given):
        return None
    return wrong("说的是别的党派、团体或国家")


def _opposed(expected: str, given: str) -> Finding | None:
    """反对形式主义 is not 形式主义, whichever was asked."""
    short, long = sorted((expected, given), key=len)
    if len(short) >= 2 and long.endswith(short) and long.removesuffix(short) in (*AGAINST, *_EXCEPT):
        return wrong("多了或少了反对、停止一类的字，意思相反")
    return None


def _counted(expected: str, given: str) -> Finding | None:
    """5年 is a span of time, 第5年 one year."""
    wanted, nth = quantity(expected), _NTH.fullmatch(given)
    if wanted is None or nth is None or wanted.unit is None or wanted.unit in NUMBERED:
        return None
    return wrong("说的是第几，不是多少")


def _way(text: str) -> str:
    """up or down, as the words say that `text` ends with; nothing where they say neither."""
    word = _last_way(text)
    return "" if word is None else "down" if word["down"] else "up"


def _last_way(text: str) -> re.Match[str] | None:
    """The 下降 of 增加值下降约, unless a number or much else stands behind it."""
    words = tuple(_WAY.finditer(text.rpartition(";")[2]))
    return words[-1] if words and len(words[-1].string) - words[-1].end() <= BETWEEN else None


def _reaches(text: str) -> bool:
    """Do its last words say what is reached, and not by how much it moves: 提高到?"""
    word = _last_way(text)
    return word is not None and _REACHED.search(word.string, word.end()) is not None


def _directed(expected: str, given: str) -> Finding | None:
    ways = [_way(text.partition("#")[0]) for text in (expected, given) if "#" in text]
    if len(ways) == 2 and all(ways) and ways[0] != ways[1]:
        return wrong("方向说反了")
    return None


def misdirected(expected: str, given: str, before: str, evidence: str) -> Finding | None:
    """What a direction says of an amount that is expected bare: the source must move it the same way."""
    head, found, _ = given.partition("#")
    way, amount = _way(head), quantity(expected)
    if head.endswith("负"):
        way = "down"
    if not found or not way or amount is None:
        return None
    known = {_way(before)} - {""} or _ways_in(evidence, expected)
    if known and way not in known:
        return wrong("方向说反了")
    if _way(before) and _reaches(head) and not _reaches(before):
        return wrong("原文说的是变化了多少，不是达到多少")
    if known or _reaches(head) or (way == "up" and amount.unit != "倍"):
        return None
    return wrong("原文没有说增减")


def asked_otherwise(expected: str, given: str, question: str) -> bool:
    """Does an amount move the other way than the question asks: 下降5% to 增长多少？"""
    before = _HOW_MANY.split(question)[0]
    return bool(_way(before) and misdirected(expected, given, before, before))


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

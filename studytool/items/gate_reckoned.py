"""Gates on what can be worked out, whole or half: by figures beside the blank, a plan, another name."""

from __future__ import annotations

import re

from studytool.items.context import Context
from studytool.items.drafts import BLANKED, Draft
from studytool.items.numerals import count_of
from studytool.model import BLANK, ItemKind, KnowledgeKind

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)[%％]")
WHOLE, _ROUNDING = 100, 0.15  # shares that make up a whole, each of them rounded
_PLAN = re.compile(r"“(?P<tens>十)?(?P<ones>[一二三四五六七八九])五”")
_PLAN_IN_FULL = re.compile(r"第(?P<tens>十)?(?P<ones>[一二三四五六七八九])个五年(?:计划|规划)")
_FIRST_PLAN = 1953  # the first of the plans of five years
_ALIAS = re.compile(r"（(?:即|也即|史称|又称|也称|简称)[^（）]{2,16}(?:会议|事件|起义|战役|惨案|协定|宣言)）")
_GREW = r"(?:增加?|增长|提高|提升|上升|扩大)[到至为]"
_A_YEAR = "年(?:平?均)?(?:增长|递增|增速)"
# Of four figures the right one can be worked out, roughly, from a share, a rate or a growth beside it.
_RECKONED = re.compile(
    r"____（占[\d.]+[%％]）"
    rf"|由[^，。；]*____[^，。；]*{_GREW}[^，。；]*，{_A_YEAR}"
    rf"|由[^，。；]*\d[^，。；]*{_GREW}____，{_A_YEAR}"
    rf"|由[^，。；]*\d[^，。；]*{_GREW}[^，。；]*\d[^。；]*{_A_YEAR}[率度]?(?:达到?|为)?____"
    r"|____，占[\d.]+[%％]|____，比上年(?:增加|减少)[\d.]+[^，。；]*，(?:增产|增长|减产|下降)[\d.]+[%％]"
    r"|____以上[^，。；]{1,6}以下"
    r"|\d[^。；]*(?:净增|新增|增加|减少)____，[^。；]{0,4}(?:增[幅长]|减幅|下降)[为了]?[\d.]+[%％]"
    r"|\d[^。；]*(?:净增|新增|增加|减少)[\d.]+[^，。；]*，[^。；]{0,4}(?:增[幅长]|减幅|下降)[为了]?____"
    r"|____，[^。；]*(?:净增|净减)[\d.]+[^，。；]*，[^。；]{0,4}(?:增[幅长]|减幅|下降)[为了]?[\d.]+[%％]"
    r"|____，占[^，。；]{2,10}的[\d.]+[%％]"
    r"|____，按[^。；]*汇率|\d元[^。；]*汇率[^。；]*____"
    r"|(?:出生|死亡)人口____，(?:出生|死亡)率|[男女]性(?:人口)?____[^。；]*性别比|性别比[^。；]*[男女]性(?:人口)?____"
    r"|[男女]性(?:人口)?\d[^。；]*性别比[^。；]{0,2}____"
)
_ROUNDED = re.compile(r"(?:突破|超过)____[、，](?:达到?|为)\d")  # 突破2万亿元、达到23562亿元
# 由法官三人与人民陪审员____组成七人合议庭; of births, deaths and growth two give the third.
_ADDED_UP = re.compile(
    # 收入55355元……收入30851元……之比为____
    r"\d元[^。]*\d元[^。]*之比[为是达到]{1,2}____|"
    r"____：（一）"  # 通用尺度为下列____：（一）……（二）……: whoever can count knows
    r"|出生率(?=[^。；]*____)[^。；]*死亡率[^。；]*自然增长率"
    r"|[一二三四五六七八九十\d]+[人名个][^，。；]*____(?:共同)?组成[一二三四五六七八九十\d]+[人名个]"
    r"|[一二三四五六七八九十\d]+[人名个][与和、][^，。；]*[人名个](?:共同)?组成____"
    r"|\d[^。；]*(?:净增|净减)[\d.]+[^，。；]*，[^。；]{0,4}(?:增[幅长]|减幅|下降)[为了]?____"
    r"|[男女]性(?:人口)?\d[^。；]*[男女]性(?:人口)?\d[^。；]*性别比[^。；]{0,2}____"
)
# An amount that can be a part of another: its number, its myriads and its unit.
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(万亿|亿|万)?(?!\d|年|月|日)([\u4e00-\u9fff])")
_MYRIADS = {"": 1.0, "万": 1e4, "亿": 1e8, "万亿": 1e12}
_OF_WHICH = "其中"
_ONES = "一二三四五六七八九"


# 二至____, ____多一点: with it the other half of the number was left in the stem.
_HALF_A_RANGE = re.compile(
    r"[\d一二两三四五六七八九十百](?:个?[年月日天周]|小时|[名人个次户届件])?(?:[至到—～~]|-(?=_))____|____[多余](?![边元媒党样])"
    "|____[至到][\\d一二两三四五六七八九十]{1,3}(?:个?[年月日天周]|小时|[名人个次户届件])"
    # 城区常住人口____至500万的大城市; but 从____到3382户 tells a growth
    "|(?<![从由的为])____[至到—－～~]\\d[\\d.]*[万亿千百]"
)
_HALF_A_TIME = re.compile(  # ____至15时, 12月7日－1954年____
    # 1952—____完成三大改造
    r"(?<!\d)\d{4}(?:[—－～~]|-(?=_))____|____(?:凌晨|清晨|上午|中午|下午|傍晚|晚|深夜|午夜|夜)?(?:[至到—－～~]|-(?!_))\d|\d[日时](?:[至到—－～~]|-(?=_))(?:\d{4}年)?____"
)


_UNIT_TO_COME = re.compile(r"____个?[、和与][\d.]+个?百分点")


def of_a_range(draft: Draft, _context: Context) -> bool:
    """Is the key one end of a range with one unit, a number without the 多 that makes it about so many, or
    one whose unit is told with the next (分别提高____个和4个百分点)?"""
    counted = draft.knowledge.kind in (KnowledgeKind.FIGURE, KnowledgeKind.RULE)
    half = _HALF_A_RANGE if counted else _HALF_A_TIME
    told = counted or draft.knowledge.kind is KnowledgeKind.DATE
    if draft.kind not in BLANKED or not told:
        return False
    return half.search(draft.said) is not None or (counted and _without_unit(draft))


def _without_unit(draft: Draft) -> bool:
    return not draft.key[0].endswith("百分点") and _UNIT_TO_COME.search(draft.said) is not None


def reckoned(draft: Draft, _context: Context) -> bool:
    """The share that is left of a whole; the year a plan named ends; the place an event is called after."""
    if draft.kind not in BLANKED:
        return False
    if _ADDED_UP.search(draft.stem) or _counted_out(draft) or _goes_without_saying(draft):
        return True
    if draft.knowledge.kind is KnowledgeKind.PLACE:
        return _ALIAS.search(draft.stem) is not None
    if _ROUNDED.search(draft.stem) or (draft.kind is ItemKind.SINGLE_CHOICE and _RECKONED.search(draft.stem)):
        return True
    return _makes_whole(draft) or _ends_plan(draft) or _links(draft)


# 港口带物流、____、经贸带产业: what the one before ends with, and the next begins with.
_CHAIN = re.compile("(?P<before>[一-鿿]{2})、____、(?P<after>[一-鿿]{2})")


def _links(draft: Draft) -> bool:
    """Is the key the link of a chain whose neighbours stand on both sides of it?"""
    found, key = _CHAIN.search(draft.stem), draft.key[0]
    return found is not None and key.startswith(found["before"]) and key.endswith(found["after"])


# 每5年召开____全国组织工作会议: once, what else? 党走过了____的光辉历程: from 1921, to the year that is told.
_ONCE = re.compile("每[^，。；]{1,8}(?:召开|举行|举办|开展|进行|修订)____")
_WALKED = re.compile("(?:党|共和国|新中国|人民军队)[^，。；]{0,8}走过了?____")
_PAPER = re.compile("《[^《》]*》")
# 2013年至2018年，连续____: from the first year to the last.
_YEARS_ON_END = re.compile(r"(?P<first>\d{4})年?(?:至|到|—|－|-)(?P<last>\d{4})年[^。；]*连续____")


def _counted_out(draft: Draft) -> bool:
    """“《甲》《乙》和《丙》，被认为是____历史性文件”: who can count knows."""
    number = re.match(r"\d+|[一二两三四五六七八九十]", draft.key[0])
    if draft.knowledge.kind is not KnowledgeKind.FIGURE or number is None:
        return False
    told = count_of(number.group())
    return told > 1 and len(_PAPER.findall(draft.said)) == told


# 庆祝中华人民共和国成立大会: on the first of October.
_FEASTS = (("中华人民共和国成立", "10月1日"), ("国庆", "10月1日"), ("建军节", "8月1日"), ("青年节", "5月4日"))


def _goes_without_saying(draft: Draft) -> bool:
    if any(name in draft.said and day in draft.key for name, day in _FEASTS):
        return True
    on_end = _YEARS_ON_END.search(draft.stem)
    if on_end and draft.key[0].startswith(str(int(on_end["last"]) - int(on_end["first"]) + 1)):
        return True
    once = _ONCE.search(draft.stem) is not None and draft.key[0] in ("1次", "一次", "1", "一")
    return once or (draft.knowledge.kind is KnowledgeKind.FIGURE and _WALKED.search(draft.stem) is not None)


def shares_in(text: str) -> list[float]:
    """The percentages in a text."""
    return [float(share) for share in _PERCENT.findall(text)]


def _makes_whole(draft: Draft) -> bool:
    shares = shares_in(draft.statement)
    asked = any(_PERCENT.search(key) for key in draft.key)
    return asked and len(shares) > 1 and abs(sum(shares) - WHOLE) <= _ROUNDING


def _ends_plan(draft: Draft) -> bool:
    """“到____，全面实现‘十三五’发展目标”: in 2020."""
    stem = draft.stem.replace(BLANK, "")
    plan = _PLAN.search(stem) or _PLAN_IN_FULL.search(stem)
    if draft.knowledge.kind is not KnowledgeKind.DATE or plan is None:
        return False
    number = 10 * bool(plan["tens"]) + _ONES.index(plan["ones"]) + 1
    # The seventh plan ran from 1986: the years of readjustment before the third belong to none.
    first = _FIRST_PLAN + 5 * (number - 1) + (3 if number > 2 else 0)
    return any(key in (f"{first}年", f"{first + 4}年") for key in draft.key)


# 较“十三五”末的9323.1亿元增加4374.4亿元，增长33.6%: at other prices, of which nothing is said.
_GROWN = re.compile(
    r"[较比][^，；。]*?(?P<base>[\d.]+)(?P<unit>[万亿]*[\u4e00-\u9fff])(?:增加|提高|增长)了?(?P<more>[\d.]+)(?P=unit)"
    r"，(?:同比)?增长(?P<rate>[\d.]+)[%％]"
)
_AT_OTHER_PRICES = re.compile("可比|不变价|实际|名义|扣除")
_OTHER_RATE = 1.0  # per cent


def _does_not_add_up(told: str) -> bool:
    """Who reckons the growth from the amounts told finds another one."""
    grown = _GROWN.search(told)
    if grown is None or _AT_OTHER_PRICES.search(told):
        return False
    reckoned = 100 * float(grown["more"]) / (float(grown["base"]) or 1.0)
    return abs(reckoned - float(grown["rate"])) > _OTHER_RATE


def impossible(draft: Draft, context: Context) -> bool:
    """Is what is 其中 more than the whole, or a growth not that of the amounts? Then one was misprinted,
    or is of another kind, and nobody knows which."""
    sentence = draft.knowledge.sentence
    if draft.knowledge.kind is KnowledgeKind.FIGURE and _does_not_add_up(draft.filled):
        return True
    if draft.knowledge.kind is not KnowledgeKind.FIGURE or _OF_WHICH not in sentence.text:
        return False
    return context.recall(
        ("impossible", *context.place_of(sentence)),
        lambda: any(map(_exceeds, re.split("[；。]", sentence.text))),
    )


def _exceeds(told: str) -> bool:
    """Does an amount after 其中 exceed all those of its unit before it?"""
    before, _, after = told.partition(_OF_WHICH)
    wholes = _largest(before)
    return any(size > wholes[unit] for unit, size in _largest(after).items() if unit in wholes)


def _largest(told: str) -> dict[str, float]:
    """unit -> the largest amount of it."""
    found: dict[str, float] = {}
    for number, myriads, unit in _AMOUNT.findall(told.replace(",", "")):
        found[unit] = max(found.get(unit, 0.0), float(number) * _MYRIADS[myriads])
    return found

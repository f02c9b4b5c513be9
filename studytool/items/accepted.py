"""A key -> every response that counts as right for it, the key first.

Variants are ways of writing the same answer, never near answers: 四个善作善成 and 4个善作善成.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from studytool.data import lines, tables
from studytool.items.numerals import CHINESE, large, with_arabic, with_chinese

_HEDGE = re.compile(r"^(?:大约|约|近|超过|超|逾|突破|达到|达|至少)(?=[\d一二三四五六七八九十百千])")
_UNIT = re.compile(
    r"^(\d[\d.,]*(?:[十百千万亿](?![瓦米克卡伏帕升]))*)(?:余|多)?(?:[^\d\s%+＋十百千万亿年月日至到—–~～-]{1,4})$"
)
_DATE = re.compile(r"^(\d{4})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?$")
_MYRIAD = re.compile(r"^(\d+(?:\.\d{1,4})?)([万亿])(.*)$")
_ALIASES = (  # two names of one thing: an answer may use either
    ("习近平总书记", "习近平"),
    ("习近平同志", "习近平"),
    ("毛泽东同志", "毛泽东"),
    ("邓小平同志", "邓小平"),
    ("中国共产党", "党"),
    ("中国共产党", "中共"),
    ("中央纪委", "中央纪律检查委员会"),
    ("我国", "中国"),
    ("人大", "人民代表大会"),
    ("政协", "人民政治协商会议"),
)


def _without_marks(key: str) -> Iterator[str]:
    yield re.sub("[“”‘’]", "", key)
    yield re.sub("[《》]", "", key)
    yield re.sub("[“”‘’《》]", "", key)


def _numerals(key: str) -> Iterator[str]:
    yield with_arabic(key)
    if re.search(r"\d", key) and not key.endswith(("%", "％")):
        yield with_chinese(key)


def _without_hedge(key: str) -> Iterator[str]:
    yield _HEDGE.sub("", key)


def _without_unit(key: str) -> Iterator[str]:
    match = _UNIT.match(_HEDGE.sub("", key))
    if match:
        yield match[1]


def _without_zeros(key: str) -> Iterator[str]:
    """91.90万亩 -> 91.9万亩; not 工业4.0."""
    yield re.sub(r"^(\d+\.\d*?)0+(?!\d)", lambda found: found[1].rstrip("."), key)


def _whole_number(key: str) -> Iterator[str]:
    match = _MYRIAD.match(_HEDGE.sub("", key))
    if match and match[2] == "万":
        whole = round(float(match[1]) * 10000)
        yield f"{whole}{match[3]}"
        if not match[3].startswith("亿"):  # 22.23万亿元 is 222300亿元, and never 222300
            yield str(whole)


def _percent(key: str) -> Iterator[str]:
    match = re.fullmatch(r"(-?\d[\d.]*)[%％]", key)
    if match:
        yield f"百分之{match[1]}"
        yield f"百分之{with_chinese(match[1])}"
        yield match[1]
    said = re.fullmatch(r"百分之(\d[\d.]*)", with_arabic(key))
    if said:
        yield f"{said[1]}%"


def _rounded(key: str) -> Iterator[str]:
    """十亿四千万人 -> 10.4亿人, 八万一千元 -> 8.1万元."""
    match = re.fullmatch(f"([{CHINESE}亿]*[万亿][{CHINESE}]*)([^{CHINESE}亿]{{0,3}})", key)
    value = large(match[1]) if match else None
    if match and value:
        size, name = (10**8, "亿") if value >= 10**8 else (10**4, "万")
        yield f"{value / size:.10g}{name}{match[2]}"


def _date_forms(key: str) -> Iterator[str]:
    match = _DATE.match(with_arabic(key))
    if match is None:
        return
    parts = [part for part in match.groups() if part]
    yield ".".join(parts)
    yield "-".join(parts)
    yield "-".join(part.zfill(2) for part in parts)
    if len(parts) == 1:
        yield parts[0]


def _aliases(key: str) -> Iterator[str]:
    for one, other in _ALIASES:
        if one in key:
            yield key.replace(one, other, 1)
        elif key == other:
            yield one


@cache
def _in_a_province() -> re.Pattern[str]:
    provinces = tables("gazetteers.toml")["families"]["省份"]
    return re.compile(f"(?:{'|'.join(provinces)})({'|'.join(lines('cities.txt'))})")


def _without_province(key: str) -> Iterator[str]:
    """江西南昌 -> 南昌."""
    match = _in_a_province().fullmatch(key)
    if match:
        yield match[1]


_SESSION = re.compile(
    r"(?:党的|中共)?(?P<term>[一二三四五六七八九十]{1,3})届(?P<number>[一二三四五六七八九十])中全会"
)
_PEOPLES = re.compile(
    r"(?P<term>[一二三四五六七八九十]{1,3})届全国(?P<body>人大|政协)(?P<number>[一二三四五六七八九十])次会议"
)
_PARTYS = re.compile(r"(?:党的|中共)(?P<number>[一二三四五六七八九十]{1,3})大")


def _meetings(key: str) -> Iterator[str]:
    """党的十八届三中全会, 中共十八届三中全会, 第十八届中央委员会第三次全体会议: one meeting."""
    if session := _SESSION.fullmatch(key):
        term, number = session["term"], session["number"]
        whole = f"第{term}届中央委员会第{number}次全体会议"
        yield from (f"{whose}{term}届{number}中全会" for whose in ("党的", "中共", ""))
        yield from (f"{whose}{whole}" for whose in ("中国共产党", "党的", "中共", ""))
    if people := _PEOPLES.fullmatch(key):
        term, body, number = people["term"], people["body"], people["number"]
        yield f"第{term}届全国{body}第{number}次会议"
        if body == "人大":
            yield f"第{term}届全国人民代表大会第{number}次会议"
    if congress := _PARTYS.fullmatch(key):
        yield from (f"{whose}{congress['number']}大" for whose in ("党的", "中共", ""))
        yield f"中国共产党第{congress['number']}次全国代表大会"


VARIANTS: tuple[Callable[[str], Iterator[str]], ...] = (
    _without_marks,
    _numerals,
    _without_hedge,
    _without_unit,
    _without_zeros,
    _whole_number,
    _percent,
    _rounded,
    _date_forms,
    _aliases,
    _without_province,
    _meetings,
)


def accepted(key: str) -> tuple[str, ...]:
    """Every response that counts as right for `key`, the key first."""
    found = {key: None}
    for variants in VARIANTS:
        found.update(dict.fromkeys(v for v in variants(key) if v))
    return tuple(found)

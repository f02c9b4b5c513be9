"""A number in words or digits -> the other way of writing it.

Only whole numbers below a hundred million are turned: nobody types more in Chinese numerals.
"""

from __future__ import annotations

import re

_DIGITS = "〇一二三四五六七八九"
_VALUES = {char: value for value, char in enumerate(_DIGITS)} | {"零": 0, "两": 2, "○": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
CHINESE = "〇零○一二两三四五六七八九十百千万"
_SPOKEN = str.maketrans("首", "一")
MOST_DIGITS = 18  # no count has more; Python refuses to read thousands
_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=年)")
_CHINESE_RUN = re.compile(f"[{CHINESE}]+")
_ARABIC_RUN = re.compile(r"(?<![\d.,])\d{1,4}(?![\d.,])")


def _below_myriad(text: str) -> int | None:
    total, digit = 0, None
    for char in text:
        if char in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[char]
            digit = None
        elif digit:
            return None
        else:
            digit = _VALUES[char]
    return total + (digit or 0)


def number(text: str) -> int | None:
    """二十三 -> 23; None where it is not one plain number."""
    if not text or not _CHINESE_RUN.fullmatch(text):
        return None
    if "万" not in text:
        return _below_myriad(text)
    high, _, low = text.partition("万")
    upper, lower = _below_myriad(high), _below_myriad(low) if "万" not in low else None
    return None if upper is None or lower is None or not high else upper * 10000 + lower


def count_of(text: str) -> int:
    """How many 三, 两, 首 or 3 says; 0 where it is not one plain number: 一九四八."""
    if text.isascii() and text.isdigit():
        return int(text[:MOST_DIGITS])
    return number(text.translate(_SPOKEN)) or 0


def chinese(value: int) -> str:
    """23 -> 二十三, for numbers below ten thousand."""
    if value == 0:
        return "零"
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = bool(text)
    return text.removeprefix("一") if text.startswith("一十") else text


def with_arabic(text: str) -> str:
    """四个善作善成 -> 4个善作善成, 二〇二九年 -> 2029年."""
    text = _YEAR.sub(lambda m: "".join(str(_VALUES[c]) for c in m.group()), text)
    return _CHINESE_RUN.sub(_as_arabic, text)


def _as_arabic(match: re.Match[str]) -> str:
    value = number(match.group())
    return match.group() if value is None or _is_part(match) else str(value)


def _is_part(match: re.Match[str]) -> bool:
    """Is it no number by itself: 百 of 百分之 and 百分百, 零 of 1年零4个月, one side of 十亿四千万?"""
    said, before, after = match.group(), match.string[: match.start()], match.string[match.end() :]
    if (said.endswith("百") and after.startswith("分")) or (said == "百" and before.endswith("百分")):
        return True
    if said == "零" and before:
        return True
    return before.endswith("亿") or (after[:1] == "亿" and after[1:2] in CHINESE and len(after) > 1)


def large(text: str) -> int | None:
    """十亿四千万 -> 1040000000; None where it is not one plain number."""
    high, hundred_millions, low = text.rpartition("亿")
    lower = number(low) if low or not hundred_millions else 0
    upper = number(high) if hundred_millions else 0
    return None if lower is None or upper is None else upper * 10**8 + lower


def with_chinese(text: str) -> str:
    """2029年 -> 二〇二九年, 8月25日 -> 八月二十五日, 17家 -> 十七家."""
    text = re.sub(r"\d{4}(?=年)", lambda m: "".join(_DIGITS[int(c)] for c in m.group()), text)
    return _ARABIC_RUN.sub(lambda m: chinese(int(m.group())), text)


_OF_A_BOUND = re.compile(r"(?<=\d\D)(?:以上|以下|以内)$")  # 7人以上, beside 不足7人


def says(text: str, key: str, *, ruled: bool) -> bool:
    """Does `text` say `key`, whatever else it says with it (十年 of 二十年)? An amount that is `ruled` it
    also says in other digits."""
    if key in text or _OF_A_BOUND.sub("", key) in text:
        return True
    plain = _OF_A_BOUND.sub("", with_arabic(key))
    if not ruled or not plain[:1].isdigit():
        return False
    return re.search(rf"(?<![\d.]){re.escape(plain)}", with_arabic(text)) is not None

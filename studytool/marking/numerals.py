"""A text in normal form -> its tokens, where a number is one token however it is written.

五, 5 and 两千零二十四, 二〇二四 become “#5” and “#2024”; 百分之三十五 is “#35%”. What only looks like a
number stays what it is: 十四五, 三五年, 统一, 千方百计.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from studytool.marking.writing import CHINESE_DIGITS, plain

DIGIT_VALUES = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
GREAT_UNITS = (("亿", 10**8), ("万", 10**4))  # the greatest first
MOST_GREAT_UNITS = 4  # 一万二千亿零三万; what has more of them is no number

# Words whose numeral is no number: a slip in them is a slip of wording.
WORDS = (
    "进一步",
    "统一",
    "一致",
    "一切",
    "一定",
    "一起",
    "一样",
    "一般",
    "一体",
    "同一",
    "唯一",
    "单一",
    "专一",
    "一律",
    "一贯",
    "一旦",
    "一直",
    "一些",
    "万一",
    "十分",
    "四川",
    "九江",
    "三亚",
    "三明",
    "百分点",
    "百姓",
)

_D = f"[{CHINESE_DIGITS}]"
# The 千 of 30千米 and 30万千瓦 belongs to the unit, and so does the 百 of 百分点. No character may fit in two
# ways: with two, forty 千 on end would be tried in 2^40.
_N = rf"(?:[0-9{CHINESE_DIGITS}十万亿]|百(?!分[点比])|千(?![米克瓦])|(?<![\d万亿方])千(?=[米克瓦]))"
# Nothing is given back once it is taken (++): twenty thousand digits would be tried at every length.
_RUN = (
    rf"{_N}++(?:\.\d++{_N}*+)?"  # 12000, 1.2万, 一万二千
    rf"(?:点{_D}+(?![十百千])[万亿]*)?"  # 三点五万; not the 八点三十分 of a clock
)
_NUMBER = re.compile(
    rf"(?P<rate>百分之|千分之)(?P<share>{_RUN})"
    rf"|(?P<parts>{_RUN})分之(?P<count>{_RUN})"
    rf"|(?P<above>\d+)/(?P<below>\d+)"
    rf"|(?P<word>{'|'.join(WORDS)})"
    rf"|(?P<run>-?{_RUN})(?P<sign>[%‰]?)"
)
_SMALL = re.compile(rf"\d+(?:\.\d+)?|{_D}|[十百千]")
_ARABIC = re.compile(r"-?\d+(?:\.\d+)?")
_POSITIONAL = re.compile(rf"{_D}{{4,}}|{_D}*[〇零]{_D}+|{_D}+[〇零]{_D}*")
_OTHER = re.compile(rf"#({_D}+|[百千万亿][十百千万亿]*);")
_LEAST_UNIT_FOR_SHORT_FORM = 100  # 一百二 is 120, 十二 is 12


def _spoken_decimal(text: str) -> Decimal | None:
    whole, _, decimals = text.partition("点")
    value = _small(whole)
    if value is None:
        return None
    return value + Decimal("0." + "".join(str(DIGIT_VALUES[digit]) for digit in decimals))


def _small(text: str) -> Decimal | None:
    """The value of a numeral below 万: 二百零五, 3千, 十二, and the short form 一百二."""
    total, least, coefficient, zero = Decimal(0), 10_000, None, False
    for token in _SMALL.findall(text):
        if unit := SMALL_UNITS.get(token):
            if unit >= least or (coefficient is None and (unit > 10 or total)):
                return None
            total, least = total + (1 if coefficient is None else coefficient) * unit, unit
            coefficient, zero = None, False
        elif coefficient is not None:
            return None
        elif token in "〇零":
            zero = True
        else:
            coefficient = Decimal(DIGIT_VALUES.get(token, token))
    if coefficient is None:
        return total
    short_form = total and not zero and least >= _LEAST_UNIT_FOR_SHORT_FORM
    return total + coefficient * (least // 10 if short_form else 1)


def value_of(text: str) -> Decimal | None:
    """The value of a numeral, or None where it has none: 十四五, 千万 in 千万不能."""
    if _ARABIC.fullmatch(text):
        return Decimal(text)
    if _POSITIONAL.fullmatch(text):
        return Decimal("".join(str(DIGIT_VALUES[digit]) for digit in text))
    if sum(text.count(unit) for unit, _ in GREAT_UNITS) > MOST_GREAT_UNITS:
        return None
    for unit, size in GREAT_UNITS:
        head, found, tail = text.rpartition(unit)
        if found:
            return _great(head, tail, size)
    if "点" in text:
        return _spoken_decimal(text)
    return _small(text)


def _great(head: str, tail: str, size: int) -> Decimal | None:
    count = value_of(head) if head else None
    rest = value_of(tail) if tail else Decimal(0)
    if count is None or rest is None or rest >= size:
        return None
    if len(tail) == 1 and tail in CHINESE_DIGITS:  # 一万二 is 12000
        rest *= size // 10
    return count * size + rest


def _written(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _token(match: re.Match[str]) -> str:
    if match["rate"]:
        sign = "%" if match["rate"] == "百分之" else "‰"
        share = Decimal(100) if match["share"] == "百" else value_of(match["share"])
        return f"#{match[0] if share is None else _written(share) + sign};"
    if match["parts"] or match["above"]:
        below = value_of(match["parts"] or match["below"])
        above = value_of(match["count"] or match["above"])
        if below is None or above is None:
            return f"#{match[0]};"
        return f"#{_written(above)}/{_written(below)};"
    if match["word"]:
        return match[0]
    value = value_of(match["run"])
    return f"#{match['run'] if value is None else _written(value)}{match['sign']};"


@lru_cache(maxsize=4096)
def canonical(text: str) -> str:
    """`text` in normal form with every number as “#value;”."""
    return _NUMBER.sub(_token, plain(text))


_TOKEN = re.compile(r"#[^;]*;|.", re.DOTALL)


def tokens(text: str) -> tuple[str, ...]:
    """The numbers (“#5;”) and characters of a canonical text."""
    return tuple(_TOKEN.findall(text))


def numbers(text: str) -> tuple[str, ...]:
    """The numbers of a canonical text, in order."""
    return tuple(token for token in tokens(text) if token[0] == "#")


def _spelled(run: re.Match[str]) -> str:
    if run[1][0] in "百千万亿":
        value = value_of(f"一{run[1]}")
        return run[0] if value is None else f"#{_written(value)};"
    return "#" + "".join(str(DIGIT_VALUES[digit]) for digit in run[1]) + ";"


def spelled(text: str) -> str:
    """A canonical text whose other numerals are figures too: #五四; is #54; and #百万; is #1000000;."""
    return _OTHER.sub(_spelled, text)

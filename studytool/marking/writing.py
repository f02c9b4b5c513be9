"""A text as typed -> its writing in normal form: what differs only in how it is written is equal.

Width, case, script, spaces, quotation marks and punctuation go. A mark between two Arabic numerals
stays as one separator: without it “12、5” would be “125”.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

SEPARATOR = "、"

CHINESE_DIGITS = "〇零一二两三四五六七八九"
NUMERALS = f"0-9{CHINESE_DIGITS}十百千万亿"

FINANCIAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_FINANCIAL_DIGIT = re.compile("[壹贰叁肆伍陆柒捌玖拾佰仟]")
_FINANCIAL_RUN = re.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟零万亿]{2,}")

# In order: a rule relies on those above it.
REWRITINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # ①②③ number the points of a list; NFKC would make figures of them
        (r"[①-⑳⑴-⑽]", " "),
        (r"[−﹣]", "-"),
        (r"∶", ":"),
        # 2½ is 2.5; NFKC would make 21/2 of it
        (r"(?<=\d)½", ".5"),
        (r"(?<=\d)¼", ".25"),
        (r"(?<=\d)¾", ".75"),
        (r"(?<=\d)(?=[⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])", " "),
        (r"[○◯⭘]", "〇"),
        # a letter O or a 0 typed for the zero of a year: 二O二四, 二0二四, 二〇二0年, 一九00年
        (rf"(?<=[{CHINESE_DIGITS}])[oO0０]{{2}}(?=[{CHINESE_DIGITS}年])", "〇〇"),
        (rf"(?<=[{CHINESE_DIGITS}])[oO0０](?=[{CHINESE_DIGITS}年])", "〇"),
    )
)

# The same, once width and script are folded.
FOLDED_REWRITINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # an input method left in Chinese gives 1。2 for 1.2
        (r"(?<=\d)。(?=\d)", "."),
        # the stroke in ⅔
        (r"(?<=\d)⁄(?=\d)", "/"),
        # 12,000 and 12 000
        (r"(?<=\d)[, ](?=\d{3}(?!\d))", ""),
        # a space says nothing, except between two Arabic numerals
        (r"(?<!\d)\s+|\s+(?!\d)", ""),
        (r"\s+", SEPARATOR),
        # 2024-08-25, 2024/8/25, 2024.8.25, 2024-08; but 2020-2025 is a range
        (r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})日?(?!\d)", r"\1年\3月\4日"),
        (r"(?<!\d)((?:19|20)\d\d)[-/](0?[1-9]|1[0-2])(?!\d)", r"\1年\2月"),
        # 8:30 is a time, 1:3 a ratio
        (r"(?<!\d)(\d{1,2}):(\d{2})(?!\d)", r"\1时\2分"),
        (r"(?<=\d):(?=\d)", "比"),
        # signs of comparison are words; <2024年> is a title in other brackets
        (r"(?:≥|>=)(?=\d)", "不少于"),
        (r"(?:≤|<=)(?=\d)", "不超过"),
        (r"(?<!-)>(?=\d)", "超过"),
        (r"<(?=\d[^>]*$)", "低于"),
        (r"(?<=\d)°c", "摄氏度"),
        # the 2 of 40m² is no number; but M2 is money
        (r"(?<=[\d十百千万亿])(?:km2(?!\d)|平方km)", "平方公里"),
        (r"(?<=[\d十百千万亿])cm2(?!\d)", "平方厘米"),
        (r"(?<=[\d十百千万亿])(?:m2(?!\d)|平方m(?![a-z]))", "平方米"),
        (r"(?<=[\d十百千万亿])(?:m3(?!\d)|立方m(?![a-z]))", "立方米"),
        # a dash or 到 between numbers is 至
        (rf"(?<=[{NUMERALS}%年月日号])(?:-+|—+|–|~+|到)(?=[{NUMERALS}])", "至"),
        # 3+N is not 3N, 互联网+ not 互联网; said aloud it is 3加N, 互联网加
        (rf"(?<=[0-9{CHINESE_DIGITS}十])\+(?=[^\W_])|(?<=[^\W\d_])\+", "加"),
        # 50余万 is 50万余
        (rf"(?<=[{NUMERALS}])([多余])(万亿|万|亿)", r"\2\1"),
        # the one mark that stays: what keeps two Arabic numerals apart
        (r"(?<=\d)[^\w.%‰/-](?=\d)", SEPARATOR),
        # points, strokes and minus signs belong to a number or go
        (r"(?<!\d)[./]|[./](?!\d)|(?<=\w)-|-(?!\d)|(?<!\d)、|、(?!\d)|[^\w.%‰/、-]|_", ""),
    )
)


@cache
def _simplifier() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415 - the first typed response pays for the dictionaries

    return OpenCC("t2s")


def rewritten(text: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """`text` in half width, lower case and simplified script; its marks are still there."""
    text = unicodedata.normalize("NFKC", rewritten(text, REWRITINGS)).casefold()
    if not text.isascii():
        text = str(_simplifier().convert(text))
    return _FINANCIAL_RUN.sub(lambda run: run[0].translate(FINANCIAL), text)


def in_small_numerals(text: str) -> str:
    """叁招 as 三招; where it is no numeral, 队伍, it becomes nonsense."""
    return _FINANCIAL_DIGIT.sub(lambda digit: digit[0].translate(FINANCIAL), folded(text))


def has_capital_numerals(text: str) -> bool:
    return _FINANCIAL_DIGIT.search(folded(text)) is not None


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """`text` in normal form: nothing is left that only writing decides."""
    return rewritten(folded(text).strip(), FOLDED_REWRITINGS)

"""Two canonical texts -> do they say the same in two settled ways: 年底, 年末; short and full names."""

from __future__ import annotations

import re
from functools import cache

from studytool.data import lines
from studytool.marking.finding import RIGHT, Finding, nearly

# Writings that say the same; one may stand for the other.
SAME: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), usual)
    for pattern, usual in (
        (r"(?<=;年)年?[底末]", "底"),
        (r"(?<=;年)年(?=[初中])", ""),
        (r"(?<=;月)月?[底末]", "底"),
        (r"(?<=五;)(?:时期|期间)$", ""),  # “十四五”时期
        (r"[以之](?=[前后]$)", ""),
    )
)
# Writings that say the same in words of their own: nearly right.
NEAR: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), usual)
    for pattern, usual in (
        (r"^(?:#20;世纪|上世纪)#(\d)0;年代", r"#19\g<1>0;年代"),
        (r"^#21;世纪#(\d)0;年代", r"#20\g<1>0;年代"),
        (r"^首(?=[位个次名批届家])", "第#1;"),
        (r"^(第#\d+;)[位名]$", r"\1"),
    )
)


@cache
def _full_names() -> dict[str, str]:
    named = (line.split() for line in lines("marking/full_names.txt"))
    return {names[0]: names[1] for names in named}


def _rewritten(text: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, usual in rules:
        text = pattern.sub(usual, text)
    return text


def compare_equivalents(expected: str, given: str) -> Finding | None:
    """What settled ways of writing say of two canonical texts; None where they know nothing of them."""
    if _full_names().get(expected) == given:
        return RIGHT
    if _full_names().get(given) == expected:
        return nearly("应写全称")
    wanted, found = _rewritten(expected, SAME), _rewritten(given, SAME)
    if wanted == found:
        return RIGHT
    if _rewritten(wanted, NEAR) == _rewritten(found, NEAR):
        return nearly("所说相同，写法与原文不同")
    return None

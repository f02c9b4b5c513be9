"""Reading -> numeric abbreviations (“一基地三区”, “四个善作善成”, “871”) with their members.

Without members an abbreviation is known by name alone. “两会” and “三峡” have its form and are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from studytool.knowledge.finding import Finding, Setting
from studytool.knowledge.members import Name, members
from studytool.knowledge.pattern import one_of
from studytool.knowledge.reading import Reading
from studytool.model import KnowledgeKind, Span
from studytool.numerals import value
from studytool.words import terms

_DIGITS = "一二三四五六七八九十两"
_NUMERAL = rf"(?:[{_DIGITS}]{{1,2}}|\d{{1,2}})"
_COUNTER = one_of("个 大 种 项 条 类 位 步 张 点 层 级 道 句 批 件 方面 门 股")
_PART = re.compile(rf"(?P<n>{_NUMERAL}){_COUNTER}?(?P<core>[^\d{_DIGITS}多+“”，、。《》]{{1,8}})")
_WHOLE = re.compile(rf"(?:[{_DIGITS}]{{1,2}}{_COUNTER}?[^“”，、。+《》]{{1,8}}){{1,4}}")
_CODE = re.compile(r"\d{3,5}|\d{1,2}(?:[+＋](?:\d{1,3}|[NX]))+")
_OPEN_PART = re.compile("多")
# What begins like a numeral and is a name, a date or a figure of speech.
_NOT = re.compile(
    r"一(?!带一路|基地|核|轴|网|老|主|中心|廊|区|体|张|个|条|河|老一小|把手)|[十一二三四五六七八九]+五|十月|[五一七八九][四一七八]|一二|第"
    r"|两会$|三峡|九一八|七七|八一|十一届|四两拨|[一二三四五六七八九十]{1,3}(?:个工作)?[日天]$|三言两语|十八[盘般]|一石二鸟|一箭双雕|.{0,4}年|三国|四川|五四|百团|两弹|一国两制|三公|十字"
)
_CORNERS = re.compile(r"[\u4e00-\u9fff]{0,4}(?P<n>[三四五六])角")
_SORT = re.compile(
    r"的?(?P<sort>[\u4e00-\u9fff]{0,4}?"
    + one_of(
        "定位 布局 战略 要求 体系 原则 方针 思想 工程 行动 目标 机制 格局 结构 模式 理念 标准 集群 "
        "制度 纪律 任务 规划 政策 路径"
    )
    + ")"
)


def abbreviations(reading: Reading, setting: Setting) -> Iterator[Finding]:
    """The abbreviations of a sentence: quoted ones of the right form, and well-known ones anywhere."""
    for span in _named(reading):
        text = span.of(reading.text)
        official = terms().get(text)
        name = Name(((len(official), text),)) if official else parsed(text)
        found = members(reading, setting, span, name) if name else None
        weight = 0.9 if found else 0.75 if official else 0.55
        yield Finding(
            KnowledgeKind.ABBREVIATION,
            (span,),
            weight,
            _head(reading, span),
            found.spans if found else (),
            found.home if found else None,
            closed=found is not None,
            place=found.place if found else None,
        )


def parsed(text: str) -> Name | None:
    """The parts of an abbreviation, or None where it does not say how many members it has."""
    if corners := _CORNERS.fullmatch(text):
        return Name(((value(corners["n"]) or 0, ""),))
    parts = [(value(match["n"]) or 0, match["core"]) for match in _PART.finditer(text)]
    if not parts or _OPEN_PART.search(text) or _CODE.fullmatch(text):
        return None
    return Name(tuple(parts)) if 2 <= sum(number for number, _ in parts) <= 12 else None


@cache
def _known() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, terms()), key=len, reverse=True)))


def _named(reading: Reading) -> Iterator[Span]:
    quoted = [quote for quote in reading.quotes if is_name(quote.of(reading.text))]
    yield from quoted
    for match in _known().finditer(reading.text):
        span = Span(*match.span())
        free = not any(span.overlaps(other) for other in (*reading.quotes, *reading.titles))
        if free and reading.whole(span):
            yield span


def is_name(text: str) -> bool:
    """Has a quoted name the form of a numeric abbreviation, or is it a well-known one?"""
    if text in terms() or _CODE.fullmatch(text) or _CORNERS.fullmatch(text):
        return True
    return 2 <= len(text) <= 12 and not _NOT.match(text) and _WHOLE.fullmatch(text) is not None


def _head(reading: Reading, span: Span) -> Span | None:
    """What the abbreviation is the name of, as its sentence says: “…”功能定位."""
    start = span.end + reading.text.startswith("”", span.end)
    match = _SORT.match(reading.text, start)
    return Span(*match.span("sort")) if match else None

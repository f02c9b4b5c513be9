"""Reading -> numeric abbreviations (“一基地三区”, “四个善作善成”, “871”) with their members.

Members are looked for beside the abbreviation first, then in the sentences around it, then in the
whole document. They are claimed only if their number is the number in the name (or the sum of its
numbers) and they stand where a name's members stand or all carry its core; otherwise the abbreviation is
known without members.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from studytool.knowledge.finding import Finding, Setting
from studytool.knowledge.numerals import value
from studytool.knowledge.pattern import one_of
from studytool.knowledge.reading import Reading
from studytool.knowledge.series import Series
from studytool.model import KnowledgeKind, Span
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
    r"|两会$|三峡|九一八|七七|八一|十一届|.{0,4}年|三国|四川|五四|百团|两弹|一国两制|三公|十字"
)
_SORT = re.compile(
    r"的?(?P<sort>[\u4e00-\u9fff]{0,4}?"
    + one_of(
        "定位 布局 战略 要求 体系 原则 方针 思想 工程 行动 目标 机制 格局 结构 模式 理念 标准 集群 "
        "制度 纪律 任务 规划 政策 路径"
    )
    + ")"
)
_REACH = 3  # sentences to each side in which members may stand
_GAP = re.compile(r"(?:等|这|的|为|是|：|，|即|包括|主要|“|”|（|—|功能定位|分别)*")


class Name(NamedTuple):
    """An abbreviation's numbers and cores: 一基地三区 -> (1, 基地), (3, 区)."""

    parts: tuple[tuple[int, str], ...]

    @property
    def total(self) -> int:
        return sum(number for number, _ in self.parts)


def abbreviations(reading: Reading, setting: Setting) -> Iterator[Finding]:
    """The abbreviations of a sentence: quoted ones of the right form, and well-known ones anywhere."""
    for span in _named(reading):
        text = span.of(reading.text)
        official = terms().get(text)
        name = Name(((len(official), text),)) if official else parsed(text)
        found = _members(reading, setting, span, name) if name else None
        weight = 0.9 if found else 0.75 if official else 0.55
        members, home = found or ((), None)
        cue = _head(reading, span)
        yield Finding(KnowledgeKind.ABBREVIATION, (span,), weight, cue, members, home, closed=bool(found))


def parsed(text: str) -> Name | None:
    """The parts of an abbreviation, or None where it does not say how many members it has."""
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
    if text in terms() or _CODE.fullmatch(text):
        return True
    return 2 <= len(text) <= 12 and not _NOT.match(text) and _WHOLE.fullmatch(text) is not None


def _head(reading: Reading, span: Span) -> Span | None:
    """What the abbreviation is the name of, as its sentence says: “…”功能定位."""
    start = span.end + reading.text.startswith("”", span.end)
    match = _SORT.match(reading.text, start)
    return Span(*match.span("sort")) if match else None


def _members(
    reading: Reading, setting: Setting, span: Span, name: Name
) -> tuple[tuple[Span, ...], Reading | None] | None:
    for series in setting.series[reading.at]:
        if len(series.members) == name.total and not series.etc and _beside(reading, span, series):
            return series.members, None
    beside = _numbered_beside(reading, span, name)
    if beside:
        return beside, None
    for other in (*setting.neighbours(reading, _REACH), *setting.readings):
        found = _carriers(other, setting, name)
        if found:
            return found, other
    return None


def _beside(reading: Reading, span: Span, series: Series) -> bool:
    """Does the series stand beside the abbreviation, with nothing but joints between?"""
    if series.members[-1].end <= span.start:
        between = Span(series.members[-1].end, span.start)
    elif span.end <= series.members[0].start:
        between = Span(span.end, series.members[0].start)
        named = reading.text[span.end : series.members[0].start]
        return bool(re.search(r"即|包括|分别|：|（|是指", named)) and len(named) <= 16
    else:
        return False
    return _GAP.fullmatch(between.of(reading.text)) is not None


def _numbered_beside(reading: Reading, span: Span, name: Name) -> tuple[Span, ...]:
    """“四张清单”…，即面向…的“A”、面向…的“B”: as many quotations behind it as it counts."""
    behind = [quote for quote in reading.quotes if quote.start > span.end]
    opening = reading.text[span.end : behind[0].start] if behind else ""
    if len(behind) == name.total and re.search(r"即|包括|分别|：|是指", opening):
        return tuple(behind)
    return ()


def _carriers(other: Reading, setting: Setting, name: Name) -> tuple[Span, ...]:
    """As many parallel members as the name counts, each carrying its core: 创新链、产业链… for 五链."""
    if len(name.parts) != 1:
        return ()
    count, core = name.parts[0]
    core = core if core in terms() else core.removesuffix("协同").removesuffix("融合")
    for series in setting.series[other.at]:
        texts = tuple(member.of(other.text) for member in series.members)
        carried = texts == terms()[core] if core in terms() else _share(texts, core)
        if len(texts) == count and not series.etc and carried:
            return series.members
    return _clauses_with(other, count, core) if len(core) >= 4 else ()


def _share(texts: Sequence[str], core: str) -> bool:
    ends = all(text.endswith(core) for text in texts)
    begins = all(text.startswith(core) for text in texts)
    carries = len(core) == 1 and sum(core in text for text in texts) == len(texts)
    return (ends or begins or (carries and core in "化")) and all(len(text) > len(core) for text in texts)


def _clauses_with(other: Reading, count: int, core: str) -> tuple[Span, ...]:
    """“在…上善作善成” four times in one sentence, for 四个善作善成."""
    if other.text.count(core) < count:
        return ()
    pattern = re.compile(rf"(?:在|做到|实现)[^，；。、“”]{{2,24}}{re.escape(core)}")
    found = tuple(Span(*match.span()) for match in pattern.finditer(other.text))
    distinct = {span.of(other.text) for span in found}
    return found if len(found) == count == len(distinct) else ()

"""Reading -> lists: parallel series with the name they go by.

Closed only where the source says that nobody is missing: it counts them, or says 分别是, 包括 or 即
without 等.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.finding import Finding, Setting
from studytool.knowledge.pattern import one_of
from studytool.knowledge.reading import Reading, openers, stripped
from studytool.knowledge.series import Series
from studytool.model import KnowledgeKind, Span
from studytool.numerals import value

_COUNTED = re.compile(
    r"^等?这?(?P<n>[一二两三四五六七八九十]{1,2}|\d{1,2})"
    + one_of("个方面 方面 个 大 种 项 类 条 型 位 名 家 支 座 门 部 省区 省 市 县 区 级 者")
    + "?"
)
_NAMED_BEFORE = re.compile(
    "(?:主要)?" + one_of("包括 包含 涵盖 分为 分别是 分别为 就是 即 是指 是 为 有 如下 ：") + "+(?:了|以下)?$"
)
_SAYS_ALL = re.compile(one_of("包括 分为 分别是 分别为 就是 即 是指 三个方面 ：") + "+$")
_NO_NAMING = re.compile(
    r"(?:成|作|称|视|现|转变|升级|发展|誉|列|定位|上升)为$|以[^，]*为$|[这其该此它他她]|把|将|我们"
)
_ALSO = re.compile(r"[又还也既]要?(?:包括|包含|有|是)$")
_NAME_TO_END = re.compile(
    r"[\u4e00-\u9fff]{1,9}"
    + one_of(
        "行动 产业 集群 原则 任务 要求 工程 制度 体系 战略 机制 战役 纪律 意识 能力 关系 铁路 高铁 "
        "园区 中心 基地"
    )
    + "(?=[，。；]|$)"
)
_NAME_TAGS = frozenset(("n", "nz", "ns", "nt", "j", "b", "a", "l", "vn", "an", "i", "m", "q", "k"))
_NO_NAME = frozenset(
    ("方面", "领域", "方式", "活动", "工作", "内容", "情况", "行为", "问题", "手段", "形式", "人士")
)
# 院校教育、毕业后教育、继续教育三阶段有机|衔接: what is said of the members, and no name of theirs.
_JOINED = re.compile(
    "(?:有机|紧密|深度|相互|协调|良性)*(?:衔接|结合|融合|统一|协同|贯通|互动|联动|互补|并重|并举)"
)
_TOO_LONG = 8  # a list of more members is a register, not something to know by heart


def lists(reading: Reading, setting: Setting) -> Iterator[Finding]:
    """The series worth asking for, each with its name where it has one."""
    for series in setting.series[reading.at]:
        count = _count(reading, series)
        cue = series.counted or _after(reading, series) or _before(reading, series)
        lead = series.lead.of(reading.text)
        says_all = _SAYS_ALL.search(lead) is not None and not _ALSO.search(lead)
        told = series.counted is not None or count == len(series.members)
        closed = told or (says_all and not series.etc and _even(reading, series))
        if count is not None and count < len(series.members):
            continue
        yield Finding(KnowledgeKind.LIST, series.members, _weight(series, closed, cue), cue, closed=closed)


def _even(reading: Reading, series: Series) -> bool:
    """Are the members alike in length and make? “人与自然、人与人之间和谐统一、协调发展的社会” are not."""
    texts = [member.of(reading.text) for member in series.members]
    modified = {"的" in text for text in texts}
    return len(modified) == 1 and max(map(len, texts)) <= 2 * min(map(len, texts)) + 2


def _weight(series: Series, closed: bool, cue: Span | None) -> float:
    sizes = {member.end - member.start for member in series.members}
    weight = 0.5 + (0.2 if closed else 0.0) + (0.1 if cue else 0.0) + (0.1 if sizes == {4} else 0.0)
    weight -= 0.15 if series.etc else 0.0
    return weight - (0.15 if len(series.members) > _TOO_LONG else 0.0)


def _count(reading: Reading, series: Series) -> int | None:
    match = _COUNTED.match(series.tail.of(reading.text))
    return value(match["n"]) if match else None


def _after(reading: Reading, series: Series) -> Span | None:
    """“…等重点领域”, “…4个千亿级产业集群”: the head noun behind the members."""
    tail = series.tail.of(reading.text)
    counted = _COUNTED.match(tail)
    skip = counted.end() if counted else next((len(etc) for etc in ("等等", "等") if tail.startswith(etc)), 0)
    if tail[skip : skip + 1] == "的":
        skip += 1
    start = end = series.tail.start + skip
    if counted and (rest := _NAME_TO_END.match(tail, skip)):
        start, end = series.tail.start + rest.start(), series.tail.start + rest.end()
        return Span(start, end) if reading.is_term(Span(start, end)) else None
    while (word := reading.starts.get(end)) and end < series.tail.end and word.tag in _NAME_TAGS:
        end = word.end
    while (last := reading.ends.get(end)) and last.start >= start and last.tag[0] != "n" and last.tag != "l":
        end = last.start
    if _JOINED.match(reading.text, end):
        return None
    span = stripped(reading.text, Span(start, end), " 的")
    first = reading.starts.get(span.start)
    named = first is not None and first.text not in _NO_NAME and first.text not in openers()
    return span if named and 2 <= span.end - span.start <= 12 else None


def _before(reading: Reading, series: Series) -> Span | None:
    """“…的总要求是A、B、C”: the name before the members."""
    lead = series.lead.of(reading.text)
    match = _NAMED_BEFORE.search(lead)
    if not match or _NO_NAMING.search(lead[: match.end()].rstrip("了")):
        return None
    span = stripped(reading.text, Span(series.lead.start, series.lead.start + match.start()), " 、，的")
    short = 2 <= span.end - span.start <= 24
    first = reading.starts.get(span.start)
    adverb = first is not None and first.tag in ("d", "p", "c", "ad") and first.end < span.end
    return span if short and not adverb and span.of(reading.text) not in openers() else None

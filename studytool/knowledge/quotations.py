"""Reading -> the cores of quoted speech: 习近平总书记指出：“…”.

Not the whole quotation is asked but the formulation it turns on: a name in inner quotes, a defining
noun, a series member or a phrase the document repeats. Who said it is the cue and stays in the stem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.definitions import definition_heads, definition_terms
from studytool.knowledge.finding import Finding, Setting
from studytool.knowledge.formulations import formulations
from studytool.knowledge.pattern import one_of
from studytool.knowledge.reading import NAME_LENGTH, Reading, openers
from studytool.model import KnowledgeKind, Span

_SAYS = re.compile(
    r"(?P<who>[^，。；：“”《》]{2,40}?)"
    + one_of("深刻 明确 反复 多次 特别 曾 还 进一步 鲜明 庄严")
    + "*"
    + one_of("指出 强调 提出 宣告 要求 号召 说 写道 题词 表示 认为 勉励 嘱托")
    + "(?:的|了|要)?[：，]?“"
)
_SPEAKER = re.compile(
    one_of(
        "习近平 总书记 主席 总理 同志 书记 《 会议 全会 报告 决定 宣言 宪法 章程 马克思 恩格斯 "
        "列宁 毛泽东 邓小平"
    )
)
_TURNS_ON = (
    re.compile(r"成为[^，。]{2,20}的(?P<core>[^，。；]{3,12})(?=[，。；”]|$)"),
    re.compile(r"走(?P<core>[^，。；]{4,12}?)(?:之路|道路)"),
    re.compile(r"(?:发挥|起到)[^，。；、]{0,6}?(?P<core>[^，。；的]{4,8})作用"),
    re.compile(r"(?:上升到|提升到|提高到)(?P<core>[^，。；的]{4,10})(?:层面|高度|地位)"),
)
_OBJECT = re.compile(
    r"(?<![\u4e00-\u9fff])"
    + one_of("要 更加 不断 始终 必须 进一步 坚定不移 切实")
    + "*(?P<rest>[^，。；：“”]{6,16})(?=[，。；：”]|$)"
)


def quotations(reading: Reading, setting: Setting) -> Iterator[Finding]:
    """One or two cores for each attributed quotation."""
    if not any(quote.end - quote.start > NAME_LENGTH for quote in reading.quotes):
        return
    for match in _SAYS.finditer(reading.text):
        speech = next((q for q in reading.quotes if q.start == match.end()), None)
        if speech is None or speech.end - speech.start <= NAME_LENGTH:
            continue
        named = _SPEAKER.search(match["who"])
        cue = Span(*match.span("who")) if named else None
        weight = 0.75 if named else 0.5
        cores = _cores(reading, setting, speech)[:2]
        for core in cores:
            yield Finding(KnowledgeKind.QUOTATION, (core,), weight, cue)
        for core in [] if cores or not named else _objects(reading, speech)[:1]:
            yield Finding(KnowledgeKind.QUOTATION, (core,), weight - 0.15, cue)


def _cores(reading: Reading, setting: Setting, speech: Span) -> list[Span]:
    found = [
        finding.spans[0]
        for rule in (definition_terms, definition_heads)
        for finding in rule(reading)
        if speech.contains(finding.spans[0])
    ]
    framed = (finding.spans[0] for finding in formulations(reading))
    found.extend(span for span in framed if speech.contains(span))
    for pattern in _TURNS_ON:
        found.extend(Span(*m.span("core")) for m in pattern.finditer(reading.text, *speech))
    for series in setting.series[reading.at]:
        if speech.contains(series.region):
            found.extend(series.members[1:2])
    whole = [core for core in found if reading.is_term(core) and 3 <= core.end - core.start <= 12]
    return [core for place, core in enumerate(whole) if not any(core.overlaps(o) for o in whole[:place])]


def _objects(reading: Reading, speech: Span) -> list[Span]:
    """What the clauses of the speech call for: 历史耐心和战略定力 in “保持历史耐心和战略定力”."""
    found = []
    for match in _OBJECT.finditer(reading.plain, *speech):
        verb = reading.starts.get(match.start("rest"))
        core = (
            Span(verb.end, match.end("rest"))
            if verb is not None and len(verb.text) > 1 and verb.text in openers()
            else None
        )
        if (
            core
            and 4 <= core.end - core.start <= 12
            and reading.is_term(core)
            and "的" not in core.of(reading.text)
        ):
            found.append(core)
    return found

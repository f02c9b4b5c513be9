"""Reading -> firsts and ranks: “居全国第一”, “我国首个大型地震工程模拟研究设施”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.finding import Finding
from studytool.knowledge.pattern import one_of
from studytool.knowledge.reading import Reading, stripped
from studytool.model import KnowledgeKind, Span

_NUMBER = r"[一二三四五六七八九十]{1,2}|\d{1,2}"
_RANK = re.compile(
    r"(?P<thing>[^，。；：]{0,40}?)[均都分]?"
    + one_of("稳居 分居 居 稳居于 居于 位居 位列 排名 名列 跃居 跃升至 跃升到 上升至 上升到 列 成为")
    + "(?:"
    + one_of("全国 全球 世界 全市 全省 行业 国内 亚洲 沿海")
    + rf"|[^，。；、]{{0,8}}?)(?P<rank>第(?:{_NUMBER})位?|前[三五十](?:位|名|强)?|首位|榜首)"
    r"(?=[，。；、和]|$|”)"
)
_ORDINAL = re.compile(
    r"(?:是|成为|为)(?:我国|全国|全市|全省|[\u4e00-\u9fff]{1,8}?)?(?P<rank>第\d{1,3}[个家条座次届])(?P<kind>[^，。；、的]{2,16})"
)
_SCOPE = (
    "(?:党的十八大以来|"
    + one_of("全球 世界 全国 我国 国内 中国 新中国 全省 全市 亚洲 北方 南方 中西部 区域 历史上 以来")
    + r"|[\u4e00-\u9fff]{2}[省市])的?"
)
_ONE = one_of(
    "首个 首家 首座 首条 首批 首部 首艘 首台 首单 唯一 第一个 第一家 第一部 第一条 第一座 第一只 "
    "第一颗 第一批 最大的 最早的"
)
_FIRST = re.compile(
    rf"{_SCOPE}{_ONE}的?(?P<thing>[^，。；：、（）]{{3,20}}?)(?=[，。；：、（）]|——|$|"
    + one_of("正式 投入 投运 建成 落户 落地 揭牌 启动 成立 在")
    + ")"
)
_IS_FIRST = re.compile(
    rf"(?P<thing>[^，。；：]{{2,24}}?)(?:是|成为|为)(?P<rank>[^，。；：]{{0,14}}?(?:[\u4e00-\u9fff]{{2,4}}第一大|{_SCOPE}"
    + one_of("首个 首家 首批 首次 唯一 第一个 第一家 第一次 第一条 第一座 第一大 最早 最大")
    + r")[^，。；]{2,30})"
)
# Without these words the patterns above cannot match, and looking for them is quick.
_RANKED = re.compile("第|首位|榜首|前[三五十]")
_SINGLED_OUT = re.compile("首|唯一|第一|最早|最大")


def ranks(reading: Reading) -> Iterator[Finding]:
    """The places things take in an order."""
    if not _RANKED.search(reading.plain):
        return
    for match in _RANK.finditer(reading.plain):
        span = Span(*match.span("rank"))
        cue = stripped(reading.text, Span(*match.span("thing")), " 、，的")
        if not reading.undated(span):
            told = cue.end - cue.start >= 3 and not cue.of(reading.text).startswith("连续")
            yield Finding(KnowledgeKind.FIGURE, (span,), 0.6, cue if told else None)


def ordinals(reading: Reading) -> Iterator[Finding]:
    """The how-manieth of its kind something is: “这是全国第22个自由贸易试验区”."""
    for match in _ORDINAL.finditer(reading.plain):
        span, kind = Span(*match.span("rank")), Span(*match.span("kind"))
        if reading.is_edge(kind.end) and not reading.undated(span):
            yield Finding(KnowledgeKind.FIGURE, (span,), 0.5, kind)


def firsts(reading: Reading) -> Iterator[Finding]:
    """What was the first or only one of its kind."""
    if not _SINGLED_OUT.search(reading.plain):
        return
    for match in _IS_FIRST.finditer(reading.plain):
        thing = stripped(reading.text, Span(*match.span("thing")), " 、，“”")
        if 2 <= thing.end - thing.start <= 12 and _names(reading, thing):
            yield Finding(KnowledgeKind.DEFINITION, (thing,), 0.65, Span(*match.span("rank")))
    for match in _FIRST.finditer(reading.plain):
        thing = Span(*match.span("thing"))
        quoted = [quote for quote in reading.quotes if thing.contains(quote) and quote.end - quote.start >= 2]
        core = quoted[0] if len(quoted) == 1 else thing
        if core.end - core.start <= 12 and (quoted or _names(reading, core)):
            yield Finding(KnowledgeKind.FORMULATION, (core,), 0.5, Span(match.start(), match.start("thing")))


def _names(reading: Reading, thing: Span) -> bool:
    text = thing.of(reading.text)
    broken = re.search(r"[“”]|^[一且而并这那其该此它他她也就都不已又]|[是被]|曾|一度|成为", text)
    return reading.is_term(thing) and not broken

"""Reading -> fixed wording (提法) by the frames it stands in: 以A为B, 把A作为B, A与B相结合, 坚持A的原则."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.finding import Finding
from studytool.knowledge.pattern import one_of
from studytool.knowledge.reading import Reading, openers, stripped
from studytool.knowledge.worth import of_wording
from studytool.model import KnowledgeKind, Span

_PART = r"[^，。；：！？、“”《》（）]"
_TERM = r"[^，。；：！？、“”《》（）的和与及]"
_BASIS = "(?:发展|战略|指导|工作)?" + one_of(
    "原则 方针 思想 理念 总基调 立场 方向 道路 路线 制度 战略 基本国策 观点 标准 导向 主题 目标 "
    "使命 宗旨 总要求 要求 体制 格局 方法论"
)
_RANK = one_of("中心 主体 主线 本 先 重 根本 核心 基础 主导 导向")
_OPENED = r"(?:坚持|实行|做到|实现|推动|促进|加快|注重|强化|实施|(?<=[，。；、：“])|^)"
# frame, the groups that can be asked, weight, why
FRAMES: tuple[tuple[re.Pattern[str], tuple[str, ...], float, str], ...] = (
    (
        re.compile(rf"(?:坚持|贯彻|体现|践行|落实)(?P<a>以{_TERM}{{2,8}}?为{_RANK})(?=[，。；、”的]|$)"),
        ("a",),
        0.65,
        "the whole of “以人民为中心”",
    ),
    (
        re.compile(
            rf"(?<![可予加得足所])以(?![上下内来外前后及])(?P<a>{_PART}{{2,14}}?)(?:作)?为(?P<b>{_TERM}{{2,8}}?)(?<!使用)(?=[，。；、”的]|$)"
        ),
        ("a", "b"),
        0.6,
        "what is taken as what",
    ),
    (
        re.compile(
            rf"[把将](?P<a>{_PART}{{2,20}}?)(?:作为|视为|当作|摆在|放在)(?P<b>{_PART}{{2,9}}?)上?(?=[，。；、”]|$|来抓)"
        ),
        ("b", "a"),
        0.6,
        "what rank something is given",
    ),
    (
        re.compile(
            rf"{_OPENED}(?P<a>{_TERM}{{2,10}}?)[与和同](?P<b>{_TERM}{{2,10}}?)(?:紧密结合|相结合|有机统一|相统一|深度融合|一体推进|并举|并重)(?=[，。；、”]|$)"
        ),
        ("a", "b"),
        0.5,
        "what is joined with what",
    ),
    (
        re.compile(
            rf"(?:由|从)(?P<a>[^，。；：！？、“”《》（）到至的]{{2,10}}?)(?:转向|走向|迈向|转变为|转为)(?P<b>{_TERM}{{2,10}}?)(?:转变)?(?=[，。；、”]|$|的)"
        ),
        ("b", "a"),
        0.55,
        "from what to what",
    ),
    (
        re.compile(
            rf"(?:坚持|贯彻|遵循|秉持|树立|践行|坚守|奉行)(?:好|了|走|实行)?(?P<a>{_TERM}{{4,12}}?)的?{_BASIS}(?=[，。；、”]|$)"
        ),
        ("a",),
        0.6,
        "the name of a principle before its head noun",
    ),
    (
        re.compile(rf"(?:根本|关键|核心|实质|要害|出路)(?:就)?在于(?P<a>{_PART}{{4,12}})(?=[，。；、”]|$)"),
        ("a",),
        0.6,
        "what it all hangs on",
    ),
    (
        re.compile(
            r"(?:总目标|总要求|总任务|主题|主线|总基调|奋斗目标|根本方向|首要任务|中心任务|工作重点|基本原则|主要任务)"
            rf"(?:就)?是(?P<a>{_PART}{{4,12}})(?=[，。；、”]|$)"
        ),
        ("a",),
        0.6,
        "the overall aim in its wording",
    ),
)
_LEADERSHIP = re.compile(r"习近平|同志")  # “以…同志为核心的党中央” is a form of address
_STOCK = re.compile(
    r"\d|习近平|为核心的党|指导$|^己任$|^例$|^[他她它这那其此该]|重要位置|突出位置|同志为|^目的$|^内容$|^主要|第一[，。]?$|^什么|^基本|作$|基本$|重要$|重大$|主要$"
)


def formulations(reading: Reading) -> Iterator[Finding]:
    """The parts of the frames above that are whole words and no stock phrase."""
    for frame, groups, weight, _ in FRAMES:
        for match in frame.finditer(reading.plain):
            if _LEADERSHIP.search(match[0]) or "的党中央" in reading.text[match.start() : match.end() + 8]:
                continue
            for group in groups:
                span = _opened(reading, stripped(reading.text, Span(*match.span(group)), " 了着"))
                if _askable(reading, span):
                    yield Finding(
                        KnowledgeKind.FORMULATION,
                        (span,),
                        of_wording(reading, span, weight),
                        _other(match, groups, group),
                    )


def _askable(reading: Reading, span: Span) -> bool:
    text = span.of(reading.text)
    return (
        3 <= len(text) <= 12
        and (reading.is_term(span) or (text[0] == "以" and reading.whole(span)))
        and not _STOCK.search(text)
        and "□" not in reading.plain[span.start : span.end]
    )


def _opened(reading: Reading, span: Span) -> Span:
    """Behind a verb that an adverb leads in: 合力推动科技创新 -> 科技创新."""
    first = reading.starts.get(span.start)
    second = reading.starts.get(first.end) if first else None
    leads = (
        first is not None
        and first.tag in ("d", "ad", "n")
        and second is not None
        and second.text in openers()
    )
    inner = Span(second.end, span.end) if leads and second is not None else span
    return inner if inner.end - inner.start >= 4 else span


def _other(match: re.Match[str], groups: tuple[str, ...], group: str) -> Span | None:
    rest = [name for name in groups if name != group]
    return Span(*match.span(rest[0])) if rest else None

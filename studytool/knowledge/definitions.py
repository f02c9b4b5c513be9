"""Reading -> definitions: X是…的根本/核心/首要任务, from both sides.

Either the term is asked and the predicate is its cue, or the ranking noun phrase at the end of the
predicate is asked and the term is its cue. Only ranking words make a definition here: 是一项工作 is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.finding import Finding
from studytool.knowledge.pattern import PROVISION, one_of
from studytool.knowledge.reading import Reading, stripped
from studytool.knowledge.worth import of_wording
from studytool.model import KnowledgeKind, Span

_RANKED = (
    "(?:最?"
    + one_of(
        "根本 核心 关键 首要 基础 基本 重要 本质 鲜明 主要 内在 必然 重大 大 终 生动 有效 战略 "
        "先决 强大 坚强 显著 突出 独特 中心 长远 直接"
    )
    + "的?)"
)
# Nouns that define by themselves, and nouns that do so only with a ranking word before them.
_STRONG = one_of(
    "任务 前提 基础 基石 关键 核心 根本 灵魂 本质 生命线 主线 主题 底色 底线 动力 动力源 源泉 引擎 "
    "支点 抓手 着力点 出发点 落脚点 立足点 切入点 突破口 途径 必由之路 法宝 纲领 指南 遵循 方向 "
    "目标 目的 宗旨 天职 血脉 根基 命脉 纽带 精髓 实质 保证 保障 标志 标识 特征 优势 要求 国情 "
    "品质 试金石 压舱石 总目标 总任务 总要求 总依据 总布局 之基 之本 之魂 之源 之要 之策 领导核心 "
    "指导思想"
)
_WEAK = one_of(
    "特点 条件 支撑 路径 原则 方针 方法 方法论 制度 道路 内容 内涵 力量 领域 环节 举措 战略 工程 "
    "路线 桥梁 载体 平台 阵地 屏障 旗帜 主体 主导 政治 样板 要素 变量 窗口 门户"
)
_NOUNS = rf"(?:{_STRONG}|{_WEAK})"
_FIRST = "(?<!是)第一责任人"  # for what, must be said
# What can be asked as a head: one of a kind. “重要内容” could be anything.
_SINGULAR = re.compile(
    one_of(
        "最 根本 核心 首要 本质 关键 中心任务 生命线 灵魂 基石 必由之路 内在要求 试金石 压舱石 "
        "法宝 落脚点 天职 血脉 宗旨 精髓 纲领 遵循 指南 鲜明 第一责任人"
    )
)
_IS = re.compile(
    rf"[就也都既更正才]?(?:始终)?是(?!否)(?P<predicate>[^，；。：！？]{{0,60}}?(?P<head>{_RANKED}{_NOUNS}|{_STRONG}|{_FIRST}))"
    r"(?=[，；。、！？”]|和|与|及|$)"
)
_RANK_IS = re.compile(
    rf"(?P<what>[^，；。：！？]{{2,30}}{_RANKED}{_NOUNS})就?(?:是|在于)(?P<value>[^，；。：！？、]{{2,12}})(?=[，；。]|$)"
)
# Without this it cannot match, and looking for it is quick.
_RANKS = re.compile(rf"{_RANKED}{_NOUNS}就?(?:是|在于)")
# What may stand before the term and is not part of it: an item's number, who says so, a conjunction.
_LEAD = re.compile(
    rf"^(?:{PROVISION}|[（(]?[\da-zA-Z]{{1,2}}[）)】.、]|\s|[—-]+|[^，]{{0,6}}(?:指出|强调|认为|表明|证明|提出|明确|深刻认识到)|"
    + one_of(
        "因此 可以说 总之 同时 其中 总体而言 从根本上说 实践证明 当前 而 但 则 更 且 既 又 也 只有 必须 要"
    )
    + ")+"
)
_POINTS_OUT = re.compile(
    "^"
    + one_of("这 其 该 此 它 他 她 我 你 那 就 上述 以上 本 不 没 谁 什么 也 都 之")
    + "|^[一二三四五六七八九十][是个]|[吗呢]$"
)
_GENERIC = re.compile(
    "^(?:坚持..|"
    + one_of(
        "总目标 目标 关键 核心 根本 目的 重点 本质 实质 基础 主题 结果 原因 意义 任务 内容 特点 "
        "总任务 国情 一类 一个 前者 后者"
    )
    + ")$"
)
_VERBS_IN_TERM = re.compile(
    one_of("认为 指出 强调 表示 说 如果 因为 由于 只要 无论 虽然 不仅 为了 被 把 使 让")
)


def definition_terms(reading: Reading) -> Iterator[Finding]:
    """The terms that are defined."""
    for term, predicate, head in _defined(reading):
        if 2 <= term.end - term.start <= 12 and predicate.end - predicate.start >= 6:
            yield Finding(KnowledgeKind.DEFINITION, (term,), _weight(reading, head, term), predicate)


def definition_heads(reading: Reading) -> Iterator[Finding]:
    """The ranking nouns that define."""
    for term, _, head in _defined(reading):
        if 4 <= head.end - head.start <= 10 and _SINGULAR.search(head.of(reading.text)):
            yield Finding(KnowledgeKind.DEFINITION, (head,), _weight(reading, head, term) - 0.05, term)


def definition_values(reading: Reading) -> Iterator[Finding]:
    """“…最本质的特征是X”: what the rank is given to, with the rank as cue."""
    if not _RANKS.search(reading.plain):
        return
    for match in _RANK_IS.finditer(reading.plain):
        value, what = Span(*match.span("value")), Span(*match.span("what"))
        lead = _LEAD.match(what.of(reading.plain))
        what = Span(what.start + (lead.end() if lead else 0), what.end)
        named = what.end - what.start >= 5 and not _POINTS_OUT.search(what.of(reading.text))
        if named and reading.is_term(value) and not _POINTS_OUT.search(value.of(reading.text)):
            yield Finding(KnowledgeKind.DEFINITION, (value,), 0.75, what)


def _defined(reading: Reading) -> Iterator[tuple[Span, Span, Span]]:
    for match in _IS.finditer(reading.plain):
        clause = reading.clause_at(match.start())
        text = reading.plain[clause.start : match.start()]
        lead = _LEAD.match(text)
        term = Span(clause.start + (lead.end() if lead else 0), match.start())
        term = stripped(reading.text, term, " “”、")
        quoted = reading.text[term.start - 1 : term.start] == "“" and term.of(reading.text).count("”") > 0
        if quoted:
            continue
        head = _whole_head(
            reading, Span(*match.span("head")) if match["head"] else Span(match.end(), match.end())
        )
        predicate = _whole_predicate(reading, Span(*match.span("predicate")))
        if _stands_alone(reading, term) and head is not None:
            yield term, predicate, head


def _whole_predicate(reading: Reading, predicate: Span) -> Span:
    """With what is joined to the head: “…的重点任务和主体工程”."""
    joined = re.compile(rf"[和与及、]{_RANKED}?{_NOUNS}(?=[，；。])").match(reading.plain, predicate.end)
    return Span(predicate.start, joined.end()) if joined else predicate


def _whole_head(reading: Reading, head: Span) -> Span | None:
    if head.start == head.end:
        return None
    start = head.start
    while not reading.is_edge(start) and start > 0:
        start -= 1
    head = Span(start, head.end)
    return head if reading.whole(head) else None


def _stands_alone(reading: Reading, term: Span) -> bool:
    text = term.of(reading.text)
    fits = 2 <= len(text) <= 24 and reading.is_edge(term.start) and reading.is_edge(term.end)
    good = reading.is_term(term) and not _GENERIC.search(text)
    return fits and good and not _POINTS_OUT.search(text) and not _VERBS_IN_TERM.search(text)


def _weight(reading: Reading, head: Span, term: Span) -> float:
    ranked = _SINGULAR.search(head.of(reading.text)) is not None
    weight = 0.65 + (0.15 if ranked else 0.0) - (0.1 if term.end - term.start > 16 else 0.0)
    return of_wording(reading, term, weight)

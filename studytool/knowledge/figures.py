"""Reading -> figures with their measure.

A counted thing stands behind the amount (“78个国家”), a measured one before it (“覆盖率达到98.86%”).
A change without a subject of its own (“，增长4.4%”) is the change of the measure before it. Each of
several figures in a sentence keeps its own measure; “分别” deals them out in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.amounts import Amount, amounts
from studytool.knowledge.finding import Finding
from studytool.knowledge.pattern import MARKS, one_of
from studytool.knowledge.reading import Reading, openers, stripped
from studytool.knowledge.worth import of_figure
from studytool.model import KnowledgeKind, Span

LONGEST_MEASURE = 30

# Between a measure and its value: never part of either.
_LINK = re.compile(
    "(?:"
    + one_of(
        "已经 已 共计 共有 共 累计 总计 合计 均 都 也 还 只有 只 仅 就 平均 每年 同比 环比 分别 再 "
        "又 高达 多达 突破 超过 超 近 约 大约 不足 不到 接近 将近 达到 达 为 是 有 由 从 至 到 "
        "增至 升至 降至 增加到 增加至 增长到 增长至 提高到 提高至 扩大到 下降到 下降至 降低到 "
        "压缩至 压缩到 上升到 上升至 发展到 稳定在 控制在 保持在 维持在 高于 低于 同 比 占 了 各 "
        "在 ，"
    )
    + r"|\s)+$"
)
_CHANGE = re.compile(
    one_of("增长 下降 上升 提升 提高 降低 减少 增加 缩短 压减 压缩 回落 增 降 涨 跌") + "了?$"
)
_DAY = r"(?:\d{4}年|今年|去年)(?:\d{1,2}月)?(?:\d{1,2}日)?"
_UNTIL = r"截[至止][^，]{0,14}?(?:末|底|月|日|年|前)"
_TIME_LEAD = re.compile(
    rf"^(?:{_UNTIL}|{_DAY}(?:[-—至到](?:\d{{4}}年)?(?:\d{{1,2}}月)?)?(?:底|末|初|间|上半年|下半年|全年|春)?"
    r"|[上下]半年|前[一二三四]季度|"
    + one_of("， 、 其中 同时 此外 据统计 目前 到 至 仅 自 在 于 共 已 年末 全年 我们 并 还 则 又 也")
    + ")+"
)
# Verbs whose object is the measure: “建成5G基站7.3万个” measures the 5G基站.
_COLLECTIVE = re.compile(
    one_of(
        "拥有 建成 新增 新建 完成 实现 发放 签约 累计 建立 设立 汇聚 聚集 共有 组建 开展 举办 建设 "
        "打造 上线 开通 引进 培育 有"
    )
    + "+"
)
_HEAD_END = re.compile(rf"[{MARKS}(),;\s]")
# What ends the noun phrase behind a count.
_PREDICATES = re.compile(
    one_of(
        "作为 达到 达成 参加 落地 完成 入围 实现 保持 全部 获评 获批 获得 入选 签署 位于 投产 成立 "
        "列入 纳入 通过 得到 集中 组成 相连 每年 以上 以下 左右 以内 不等 之多 开工 建成 竣工 运行 "
        "运营 推动 提升 增加 减少 改善 包括 涉及 覆盖 提高 支持 奔赴 赴 为 在 是 被 把 将 向 与 和 "
        "及 同 对 从 于 等"
    )
)
_SHORT_HEADS = frozenset("村县镇乡区人户厂校站港")
_TURN = re.compile(one_of("已达 达到 达 占 为 是 比 相当于 已完成 完成"))
_NO_MEASURE = re.compile(r"相当于|为[修建]|经过|用[了去]|[这其该此他她它]")
_EACH = re.compile(r"分别|依次")


CROWDED = 60  # amounts in a sentence: with more it is a table without its lines, and nothing is measured
_POINT_AND_YEAR = re.compile(r"\d{1,2}[.．](?:19|20)\d\d年")


def figures(reading: Reading) -> Iterator[Finding]:
    """The figures whose measure is plain."""
    found = [a for a in amounts(reading.plain) if not _part_of_name(reading, a)]
    if len(found) > CROWDED:
        return
    last: Span | None = None
    for place, amount in enumerate(found):
        if reading.undated(amount.span):
            return
        cue = _dealt(reading, found, place) or _measure(reading, found[:place], amount, last)
        if cue is not None:
            last = cue
            yield Finding(KnowledgeKind.FIGURE, (amount.span,), _weight(reading, amount, len(found)), cue)


def _part_of_name(reading: Reading, amount: Amount) -> bool:
    """An amount in brackets, one cut out of a longer word (“500强企业”, “三十二连山”), or the number of
    a point before a year (“4.2023年……”)."""
    if _POINT_AND_YEAR.match(amount.span.of(reading.text)):
        return True
    bracketed = any(aside.contains(amount.span) for aside in reading.asides)
    digits = reading.text[amount.span.start].isdigit()
    return bracketed or not (digits or reading.whole(amount.span))


def _weight(reading: Reading, amount: Amount, count: int) -> float:
    weight = of_figure(reading, amount.span)
    written = any(char.isdigit() for char in amount.span.of(reading.text))
    return weight - (0.1 if count > 5 else 0.0) - (0.0 if written else 0.1)


def _measure(reading: Reading, earlier: list[Amount], amount: Amount, last: Span | None) -> Span | None:
    if not amount.share and not amount.size:
        behind = _counted(reading, amount)
        if behind is not None:
            return behind
    before = _measured(reading, earlier, amount)
    if before is not None:
        return before
    if _CHANGE.search(_before(reading, earlier, amount)) or amount.share:
        return last
    return _counted(reading, amount)


def _counted(reading: Reading, amount: Amount) -> Span | None:
    """The noun phrase right behind the amount."""
    start = end = amount.span.end
    quote = next((quote for quote in reading.quotes if quote.start == start + 1), None)
    end = quote.end + 1 if quote is not None else end  # 875平方公里“1+4”湿地
    word = reading.word_from(end)
    while word is not None and not _HEAD_END.match(word.text) and not _PREDICATES.match(word.text):
        if word.tag in ("d", "p", "c", "y", "r", "m", "uj", "f") and end > start:
            break
        end = word.end
        word = reading.starts.get(end)
    while (tail := reading.ends.get(end)) and tail.start >= start and tail.tag in ("v", "a", "ad", "d", "z"):
        end = tail.start
    span = stripped(reading.text, Span(start, end), " 的")
    least = 1 if span.of(reading.text) in _SHORT_HEADS else 2
    return span if least <= span.end - span.start <= 16 else None


def _segment(reading: Reading, earlier: list[Amount], amount: Amount) -> Span:
    """From where the words on this amount begin, up to it."""
    clause = reading.clause_at(amount.span.start)
    start = clause.start
    for other in earlier:
        if other.span.start < clause.start:
            continue
        mark = re.search(r"[、和及与]", reading.plain[other.span.end : amount.span.start])
        if mark:
            start = other.span.end + mark.end()
    return Span(start, amount.span.start)


def _before(reading: Reading, earlier: list[Amount], amount: Amount) -> str:
    text = _segment(reading, earlier, amount).of(reading.text)
    return _unlinked(text)


def _unlinked(text: str) -> str:
    """Without what links the measure to its value; the 比 of 收入之比 belongs to the measure."""
    bare = _LINK.sub("", text)
    return bare + "比" if bare.endswith("之") and text.startswith(bare + "比") else bare


def _measured(reading: Reading, earlier: list[Amount], amount: Amount) -> Span | None:
    """The phrase before the amount, without what links the two and without the time."""
    segment = _segment(reading, earlier, amount)
    text = _before(reading, earlier, amount)
    text = _CHANGE.sub("", text)
    text = re.sub(
        r"同比$|环比$|年均$|平均$|比[^，]{2,10}年?$|较[^，]{2,8}$|[由从][^，]{0,12}$|是[^，是]{2,10}的$",
        "",
        text,
    )
    text = _unlinked(text)
    start = _past(_TIME_LEAD, reading, segment.start, text)
    start = _past(_COLLECTIVE, reading, start, text[start - segment.start :])
    span = stripped(reading.text, Span(start, segment.start + len(text)), " 、的了")
    if span.end - span.start > LONGEST_MEASURE:
        span = _subject(reading, span)
    if not 2 <= span.end - span.start <= LONGEST_MEASURE or not re.search(
        r"[\u4e00-\u9fff]{2}", span.of(reading.text)
    ):
        return None
    if span.of(reading.text) in openers() or not reading.is_edge(span.start):
        return None
    return span if _names_something(reading, span) else None


def _names_something(reading: Reading, span: Span) -> bool:
    """Is there a noun in the measure? “扎实推进” and “相当于1952年” measure nothing."""
    own = (word for word in reading.words if span.start <= word.start and word.end <= span.end)
    nominal = any(word.tag[:1] in "njbli" or word.tag in ("vn", "an", "eng", "s") for word in own)
    return nominal and not _NO_MEASURE.match(span.of(reading.text))


def _past(pattern: re.Pattern[str], reading: Reading, start: int, text: str) -> int:
    """Where `text`, which stands at `start`, goes on behind what the pattern takes off its front."""
    match = pattern.match(text)
    behind = start + match.end() if match else start
    return behind if reading.is_edge(behind) and match and match.end() < len(text) - 1 else start


def _subject(reading: Reading, span: Span) -> Span:
    """The front of a measure that is too long: what stands before its first verb."""
    turn = _TURN.search(span.of(reading.plain), 4)
    return Span(span.start, span.start + turn.start()) if turn else span


def _dealt(reading: Reading, found: list[Amount], place: int) -> Span | None:
    """“A、B、C分别达到1家、2家、3家”: the member that belongs to this amount."""
    amount = found[place]
    clause = reading.clause_at(amount.span.start)
    in_clause = [a for a in found if clause.contains(a.span)]
    head = Span(clause.start, in_clause[0].span.start) if in_clause else clause
    each = _EACH.search(head.of(reading.plain))
    if not each:
        return None
    names = Span(head.start, head.start + each.start())
    if names.end - names.start < 4 and (before := reading.clause_before(clause.start)):
        names = before
    names = Span(names.start + (reading.plain[names.start] in "与和及"), names.end)
    text = names.of(reading.plain)
    cuts = [m.span() for m in re.finditer(r"、|和|与|及|，", text)]
    if len(cuts) + 1 != len(in_clause):
        return None
    edges = [0, *(edge for cut in cuts for edge in cut), len(text)]
    index = in_clause.index(amount)
    member = Span(names.start + edges[2 * index], names.start + edges[2 * index + 1])
    lead = _TIME_LEAD.match(member.of(reading.text))
    member = stripped(reading.text, Span(member.start + (lead.end() if lead else 0), member.end))
    return member if 2 <= member.end - member.start <= 24 else None

"""Reading -> historical events by name, with what is said of them: “五四运动在北京爆发”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.finding import Finding
from studytool.knowledge.pattern import one_of
from studytool.knowledge.reading import Reading, stripped
from studytool.model import KnowledgeKind, Span

_SORTS = one_of(
    "战役 事变 起义 运动 惨案 战争 革命 会师 暴动 大罢工 长征 会战 大会战 大讨论 攻坚战 保卫战 "
    "阻击战 和约 大地震"
)
_ENDED = r"开始(?!后)|胜利(?!后|的|前|[^，。；]{0,8}周年)|结束(?!后)|发生(?!后)"
_SAYS = re.compile(
    rf"[中后前的]?(?:在[^，。；]{{2,10}})?(?P<says>(?:{_ENDED}|"
    + one_of("爆发 打响 取得 拉开 标志 掀起 揭开 开启 成为 席卷 使 为 历经 全歼 粉碎 推动 促成 宣告")
    + ")[^，。；]{0,40})"
)
# A sort of event is not an event: 新民主主义革命, 三大攻坚战.
_COMMON = re.compile(
    "^"
    + one_of(
        "三大 四大 第一 第二 第三 第四 新 旧 民主 民主主义 中国 资产阶级 无产阶级 产业 科技 厕所 "
        "世界 罢工 革命 战争 运动 工人 学生 群众 反帝 土地 武装 人民 解放 农民 爱国 社会主义 体育 "
        "国防 人民革命 工业 技术"
    )
    + "*"
    + one_of("运动 革命 战争 会师 攻坚战 保卫战 战役 起义")
    + "$"
)


def events(reading: Reading) -> Iterator[Finding]:
    """Events with a proper name that are the subject of their clause."""
    for match in re.finditer(_SORTS, reading.plain):
        span = _whole_name(reading, match.end())
        if span is None or _COMMON.match(span.of(reading.text)):
            continue
        says = _SAYS.match(reading.plain, match.end()) or _SAYS.match(reading.plain, match.end() + 1)
        if says:
            cue = stripped(reading.text, Span(*says.span("says")), " ，、")
            told = cue.end - cue.start >= 4 or says["says"].startswith(("爆发", "打响"))
            if told:
                yield Finding(KnowledgeKind.EVENT, (span,), 0.55, cue)


def _whole_name(reading: Reading, end: int) -> Span | None:
    """The event's name: the dictionary's word for it, or the noun before the sort."""
    word = reading.ends.get(end)
    if word is None:
        return None
    start = word.start
    if (
        word.end - word.start <= 3
        and (before := reading.ends.get(start))
        and before.tag[:1] in ("n", "j", "m")
    ):
        start = before.start
    return Span(start, end) if 4 <= end - start <= 10 else None

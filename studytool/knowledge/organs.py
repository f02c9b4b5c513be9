"""Reading -> organs that decided, issued or led something: “国务院批复…”, “由…主持”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.finding import Finding
from studytool.knowledge.pattern import one_of
from studytool.knowledge.reading import Reading, stripped
from studytool.model import KnowledgeKind, Span

_ORGAN = (
    "(?:"
    + one_of("中共中央 党中央 中央军委 国务院 中央政治局 全国人大常委会 全国人大 全国政协")
    + r"|[\u4e00-\u9fff]{2,14}"
    + one_of(
        "委员会 国务院 人民政府 政府 市委 省委 区委 县委 地委 军委 纪委 监委 党委 党组 总局 部 局 "
        "厅 院 协会 联合会 总工会 法院 检察院 常委会 代表大会 指挥部 司令部 领导小组 军管会"
    )
    + ")"
)
_BY = re.compile(
    rf"由(?P<organ>{_ORGAN})(?P<does>"
    + one_of(
        "负责 主持 批准 领导 牵头 审批 决定 印发 制定 主办 管理 选举产生 召集 颁布 行使 执行 任命 组织实施"
    )
    + "(?!的|或者)[^，。；]{0,30})"
)
_DOES = re.compile(
    rf"(?:^|(?<=[，。；：]))(?:(?:\d{{4}}年)?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?，?)(?P<organ>{_ORGAN})(?P<does>(?:正式|联合|首次)?"
    + one_of("批准 批复 颁布 决定 任命 授予 确认 宣布成立 作出 发出")
    + "(?!提出的|中要|的)[^，。；]{3,40})"
)
_REPORTED = re.compile(
    "报" + f"(?={one_of('国务院 中央 党中央 中共中央 全国人 上级 上一级 省 自治区 本级 同级')})"
)
_VAGUE = re.compile(
    "^"
    + one_of("各级 有关 相关 上级 全会 会议 本部 全部 一部 各 市委 全体 其 该 这")
    + "|"
    + one_of("全部 一部 干部 外部 内部 大部 部分 结局 布局 格局 副部")
    + "$"
)


def organs(reading: Reading) -> Iterator[Finding]:
    """Organs that acted, with the act as cue."""
    for pattern in (_BY, _DOES):
        for match in pattern.finditer(reading.plain):
            organ = _trimmed(reading, Span(*match.span("organ")))
            if _VAGUE.search(organ.of(reading.text)) or not reading.is_term(organ) or _acts(reading, organ):
                continue
            cue = stripped(reading.text, Span(*match.span("does")), " ，、")
            yield Finding(KnowledgeKind.ORGAN, (organ,), 0.5, cue)


def _trimmed(reading: Reading, organ: Span) -> Span:
    """From the last 由, 经, 被 or 报 on: “保护区经国务院批准”, “由国家发展改革委核报国务院审批”."""
    inner = (word for word in reading.words if organ.start <= word.start and word.end < organ.end)
    marks = [word.end for word in inner if word.text in ("由", "经", "被", "向")]
    marks += [match.end() for match in _REPORTED.finditer(reading.text, *organ)]  # jieba reads 委核报|国务院
    return Span(max(marks, default=organ.start), organ.end)


def _acts(reading: Reading, organ: Span) -> bool:
    """“完成市委决定…”: a verb first, and so no organ."""
    first = reading.starts[organ.start]
    return first.tag in ("v", "d", "p", "ad") and first.end < organ.end and first.text != "组织"

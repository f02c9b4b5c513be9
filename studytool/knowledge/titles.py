"""Reading -> titles 《》 with who issued them or when.

The blank lies inside the marks, as examiners set it. A title without a verb of issuing is only cited
and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.finding import Finding
from studytool.knowledge.pattern import one_of
from studytool.knowledge.reading import Reading, stripped
from studytool.model import KnowledgeKind, Span

_ISSUES = re.compile(
    one_of(
        "出台 印发 发布 发表 通过 制定 颁布 颁行 公布 撰写 起草 签署 签订 编制 修订 写下 写出 写成 "
        "著有 施行 实施 批复 提交 审议 发出 推出 出版 创办 创作 撰 下发"
    )
    + "(?:了|的|出|并实施|并部署)?(?:题为|的)?$"
)
_ISSUED = re.compile(
    r"^》?(?:正式|开始|自[^，。]{0,12}起|于[^，。]{0,12}|今|公开|获[^，。]{0,6}|经[^，。]{0,16})?"
    + one_of("出台 印发 发布 发表 通过 颁布 公布 施行 实施 获批 批复 问世 出版 提出 生效")
)
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
# Plenums call a law by its bare name: 制定民族团结进步促进法.
_LAW = re.compile(
    r"(?P<cue>制定|颁布|出台|修[订改])了?(?P<law>(?!有关|相关|其他|具体|配套)(?:(?![的和与或及])[\u4e00-\u9fff]){4,14}"
    r"(?<![办方做书立司执违合守用])法)(?=[，。；、]|$)"
)
# What a text calls a paper for short: 《加快推进教育现代化实施方案》（以下简称《实施方案》）.
_SHORT = re.compile(
    "(?:(?:指导|实施|若干|行动|工作|总体|试点|改革|发展|建设)?"
    "(?:方案|意见|决定|决议|规划|纲要|计划|条例|规定|办法|准则|通知|细则|报告|公报|宣言|声明|要点|指南|建议|白皮书|协定))"
)
_CHAIN = re.compile(r"^[》、和及《]+$")


def titles(reading: Reading) -> Iterator[Finding]:
    """The titles somebody issued, with the words on the issue as cue."""
    issuing: Span | None = None
    last_end = -1
    for title in reading.titles:
        start = max(reading.clause_at(title.start).start, last_end + 1)
        before = reading.plain[start : title.start - 1]
        if last_end >= 0 and _CHAIN.match(reading.text[last_end : title.start]):
            cue = issuing
        elif _ISSUES.search(before):
            aside = _ASIDE.match(reading.text, start)
            begins = aside.end() if aside else start
            cue = stripped(reading.text, Span(begins, title.start - 1), " ，、了")
        elif _ISSUED.match(reading.text[title.end :]):
            clause = reading.clause_at(title.end)
            cue = Span(title.end + 1, clause.end)
        else:
            cue = None
        issuing, last_end = cue, title.end
        if cue is not None and title.end - title.start >= 3 and not _SHORT.fullmatch(title.of(reading.text)):
            yield Finding(
                KnowledgeKind.TITLE, (title,), _weight(title), cue if cue.end - cue.start > 3 else None
            )


def laws(reading: Reading) -> Iterator[Finding]:
    """The laws somebody made, called without the marks of a title."""
    for match in _LAW.finditer(reading.plain):
        span = Span(*match.span("law"))
        if reading.whole(span):
            yield Finding(KnowledgeKind.TITLE, (span,), 0.55, Span(*match.span("cue")))


def _weight(title: Span) -> float:
    """A long title is no blank, at most an option."""
    size = title.end - title.start
    return 0.55 if size <= 12 else 0.4 if size <= 24 else 0.25

"""Reading -> what a policy says in a row of clauses: “自上而下，原封不动，先接后管”的接收方针.

It is quoted whole and called a policy, a principle, a demand: so it is learnt by heart, member by member.
Rows joined by “、” are series like others (`lists`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.finding import Finding
from studytool.knowledge.pattern import one_of
from studytool.knowledge.reading import Reading
from studytool.model import KnowledgeKind, Span

_CLAUSE = r"[\u4e00-\u9fff]{2,9}"
_QUOTED = re.compile(
    rf"“(?P<row>{_CLAUSE}(?:[，；—]{_CLAUSE}){{1,5}})”(?:这一|的)?(?P<head>[\u4e00-\u9fff]{{0,8}}"
    + one_of(
        "方针 原则 总要求 要求 总目标 目标 总任务 任务 精神 理念 思路 路子 路径 战略 策略 口号 政策 作风 "
        "校训 体系 模式 链条 机制 格局"
    )
    + ")"
)
PAIR = 2
_MEMBER = re.compile(_CLAUSE)


def policies(reading: Reading) -> Iterator[Finding]:
    """The clauses of a policy that is quoted whole, with what it is."""
    for match in _QUOTED.finditer(reading.text):
        start = match.start("row")
        members = [Span(start + part.start(), start + part.end()) for part in _MEMBER.finditer(match["row"])]
        head = Span(*match.span("head"))
        if not all(reading.whole(member) for member in members):
            continue
        if len(members) == PAIR:  # of two one has to stand in the stem
            yield Finding(KnowledgeKind.FORMULATION, (members[1],), 0.65, head)
        else:
            yield Finding(KnowledgeKind.LIST, tuple(members), 0.7, head, closed=True)

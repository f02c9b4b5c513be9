"""Reading -> what a regulation says a thing is: 党徽为镰刀和锤头组成的图案.

Elsewhere 是 praises or explains, and only a rank makes a definition; a provision says once and exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.finding import Finding, Setting
from studytool.knowledge.pattern import PROVISION, one_of
from studytool.knowledge.reading import Reading
from studytool.model import KnowledgeKind, Span

_IS = re.compile(
    rf"^(?:{PROVISION}\s*)?(?P<what>[^，。；：！？、（）]{{2,20}}?)"
    # 以……为, 行为, 称为; 凡是, 还是
    r"(?:(?<![认作成分称行因列定选视改变转名评推升降划确])为|(?<![凡就但还不或若只可于要都既])是(?![否指]))"
    r"(?P<value>[^，。；：！？、（）]{3,24})(?P<more>(?:，是[^，。；：！？、（）]{3,24})*)(?=[。；]|$)"
)
_ALSO_IS = re.compile("，是([^，]+)")  # 公务员是……，是社会主义事业的中坚力量，是人民的公仆
_NO_THING = re.compile(
    "^"
    + one_of("本 其 该 此 这 凡 前款 上述 有 在 对 自 如 一般 每 由")
    + "|"
    + one_of("以 把 将 应当 必须 不得 可以 下列 以下 目的 原因 情形 行为")
)
_NO_VALUE = re.compile(one_of("下列 以下 如下 为了 上述 前款 本条 之一") + "|[的者]$|重要组成部分$")


def declarations(reading: Reading, setting: Setting) -> Iterator[Finding]:
    """What the thing a provision begins with is."""
    if reading.sentence.article.id not in setting.regulating:
        return
    match = _IS.search(reading.plain)
    if match is None or _NO_THING.search(match["what"]) or not reading.whole(Span(*match.span("what"))):
        return
    others = (other.span(1) for other in _ALSO_IS.finditer(reading.plain, *match.span("more")))
    for span in (Span(*match.span("value")), *(Span(*other) for other in others)):
        value = _without_owner(reading, span, match["what"])
        telling = value.end - value.start >= 3 and not _NO_VALUE.search(span.of(reading.plain))
        if telling and reading.is_term(value):
            # The thing is no cue: the title of the regulation often names it, and that gives nothing away.
            yield Finding(KnowledgeKind.DEFINITION, (value,), 0.6)


def _without_owner(reading: Reading, value: Span, what: str) -> Span:
    """The 审判机关 of 国家的审判机关: whose it is, a word says, or the thing itself has said."""
    owner, has, own = value.of(reading.plain).rpartition("的")
    first = reading.starts.get(value.start)
    told = owner in what or (first is not None and first.text == owner)
    return Span(value.end - len(own), value.end) if has and told and len(own) > 2 else value

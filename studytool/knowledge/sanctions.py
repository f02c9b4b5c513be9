"""Reading -> the sanctions a provision gives, each with the deed it is given for.

Of a ladder like everybody's only the first step is told, as a trifle: the rest is in every provision.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from studytool.knowledge.finding import Finding, Setting
from studytool.knowledge.joining import Part, joined, whole
from studytool.knowledge.pattern import one_of
from studytool.knowledge.reading import Reading, stripped
from studytool.model import KnowledgeKind, Span

_SANCTION = one_of(
    "警告 严重警告 撤销党内职务 留党察看 开除党籍 记过 记大过 降级 撤职 开除 罚款 拘留 通报批评 "
    "诫勉 改组 解散 除名 劝退"
)
_PENALTY = re.compile(
    rf"给予(?P<what>{_SANCTION}(?:(?:、|或者|或|以及){_SANCTION})*)(?:处分|处罚|处理)?(?=[，。；、；]|处分|$)"
)
# A case that only goes on from the deed told before, and a deed that is told elsewhere.
_DEPENDS = re.compile(r"(?:情节|造成|致使|导致|后果|数额|拒不|有前)")
_OPEN_DEED = re.compile(r"下列|之一|前款|上述|本条|前两款|第[一二三四]款|所列")
_GRADE = re.compile(r"情节[\u4e00-\u9fff]{2,3}的，$")
_LONGEST_DEED = 90
_USUAL = 3  # provisions that make a ladder the usual one


def sanctions(reading: Reading, setting: Setting) -> Iterator[Finding]:
    """What is given for what."""
    steps = [match for match in _PENALTY.finditer(reading.plain) if reading.whole(Span(*match.span("what")))]
    usual = len(steps) > 1 and ladder(reading) == setting.ladder
    for place, match in enumerate(steps[:1] if usual else steps):
        span = Span(*match.span("what"))
        if place == 0 and not _DEPENDS.match(reading.plain):
            common = setting.ladder[:1] == (match["what"],)
            weight = 0.25 if usual else 0.4 if common else 0.65
            case = case_of(reading, reading.clause_at(span.start), span)
            yield Finding(KnowledgeKind.RULE, (span,), weight, case)
        elif step := _with_deed(reading, setting, span, steps[0].start() if place else 0):
            yield step


def ladder(reading: Reading) -> tuple[str, ...]:
    """The sanctions of a sentence in order."""
    return tuple(match["what"] for match in _PENALTY.finditer(reading.plain))


def usual_ladder(readings: Sequence[Reading], regulating: frozenset[str]) -> tuple[str, ...]:
    """The ladder of sanctions that most provisions of the document have."""
    own = (ladder(reading) for reading in readings if reading.sentence.article.id in regulating)
    found = Counter(steps for steps in own if len(steps) > 1)
    usual = max(found, key=lambda steps: (found[steps], steps), default=())
    return usual if found[usual] >= _USUAL else ()


def _with_deed(reading: Reading, setting: Setting, span: Span, first: int) -> Finding | None:
    """“情节严重的，给予…” behind the deed it is about: from this sentence, or from the one before."""
    before = reading.clause_before(reading.clause_at(span.start).start)
    start = before.start if before is not None else reading.clause_at(span.start).start
    stop = re.compile("[；。]").search(reading.plain, span.end)
    part = Part(reading.sentence, Span(start, stop.start() if stop else len(reading.text)))
    if first:
        deed = reading.plain[: reading.clause_at(first).start]
        told = Part(reading.sentence, Span(0, len(_GRADE.sub("", deed))))
    else:
        other = setting.readings[reading.at - 1] if reading.at and not reading.sentence.opens else None
        if other is None or other.sentence.doubts or other.sentence.article.id != reading.sentence.article.id:
            return None
        told = whole(other)
    text = told.span.of(told.sentence.text)
    if _OPEN_DEED.search(text) or not 8 <= len(text) <= _LONGEST_DEED or not text.endswith(("，", "。")):
        return None
    home = joined((told, part), reading.at)
    shift = len(text) - part.span.start
    moved = Span(span.start + shift, span.end + shift)
    return Finding(KnowledgeKind.RULE, (moved,), 0.55, Span(0, len(text) - 1), place=home)


def case_of(reading: Reading, clause: Span, span: Span) -> Span | None:
    """The case the rule is for: the words before it in its clause, else the clause before."""
    before = stripped(reading.text, Span(clause.start, span.start), " ，、")
    if before.end - before.start >= 6:
        return before
    earlier = reading.clause_before(clause.start)
    return earlier if earlier is not None and earlier.end - earlier.start >= 4 else None

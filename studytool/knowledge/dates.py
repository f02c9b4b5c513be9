"""Reading -> dates with their event.

A date is worth asking when something happened on it: a verb of happening in the clause it opens or
closes. A year that only frames figures is not. Goals (“到二〇三五年，基本…”) are dates too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from studytool import data
from studytool.knowledge.finding import Finding
from studytool.knowledge.pattern import one_of
from studytool.knowledge.reading import Reading, inside, stripped
from studytool.model import KnowledgeKind, Span

_YEAR = r"(?:(?:1[6-9]|20)\d\d年|[一二][〇零一二三四五六七八九]{3}年)"
_DAY = r"(?:\d{1,2}月(?:\d{1,2}日)?|[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)"
_PARTS = r"(?:年?[初末底]|[春夏秋冬](?!节|运|耕|种|收|粮|奥|令)天?|[上中下]旬|[上下]半年|[春秋]季)"
_UNTIL = rf"(?:[至到—–－～\-](?:{_YEAR}?{_DAY}|\d{{1,2}}日|{_YEAR}))"
_SAME = r"(?:[同当次]年)?(?<!\d)\d{1,2}月\d{1,2}日"  # the year stands in an earlier sentence
_AND_DAYS = r"(?:(?:、\d{1,2}日)+(?![至到—]))"  # 5月14日、25日，……相继成立
DATE = re.compile(rf"(?:{_YEAR}{_DAY}?|{_SAME})(?:{_UNTIL}|{_AND_DAYS})?{_PARTS}?(?:\d{{1,2}}时)?")
_YEAR_ALONE = re.compile(_YEAR)
_EXACT = re.compile(r"日|号")
_FULL = re.compile(r"月")
_NOT_BEFORE = re.compile(one_of("截至 截止 截止到 自 从 与 比 较 同 和 以来 过去") + "$|(?:^|[，；。])至$")
_NOT_AFTER = re.compile(r"以来|起|度|版|级|代|之?前|之?后|以前|以后|—|、|和|与|底以来")
_GOAL = re.compile(rf"到(?P<date>{_YEAR}{_PARTS}?)(?:[^，。；]{{0,20}}?时)?，(?P<goal>[^，。；]{{6,60}})")
_AT_END = re.compile(r"(?P<event>[^，。；：]{3,40}?(?:于|自))$")
_ONLY_LEADS = re.compile(r"(?:经|根据|按照|为|在|随着|应)[^，。；]+$|[^，。；]+(?:后|时|之际|期间)$")
_STORY = re.compile(r"我(?![国市省区县军党校])|他|她")  # what a narrator did is no date of history
_LONGEST_EVENT = 45
FARTHEST = 2  # clauses behind that of a month, or behind a reason, that may tell what happened


@cache
def _happening() -> re.Pattern[str]:
    verbs = sorted(data.lines("happenings.txt"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, verbs)))


def dates(reading: Reading) -> Iterator[Finding]:
    """The dates on which something happened."""
    for match in DATE.finditer(reading.plain):
        span = _mentioned(reading, Span(*match.span()))
        if _frames_only(reading, match) or inside(span, reading.asides) or not _known(reading, span):
            continue
        event = _event(reading, span, _EXACT.search(match[0]) is not None)
        if (
            event is not None
            and not _STORY.match(event.of(reading.text))
            and not (_bare(match[0]) and re.search(r"\d", event.of(reading.text)[8:]))
        ):
            yield Finding(KnowledgeKind.DATE, (span,), 0.65 if _FULL.search(match[0]) else 0.55, event)


def goals(reading: Reading) -> Iterator[Finding]:
    """By when what is to be reached."""
    for match in _GOAL.finditer(reading.plain):
        yield Finding(KnowledgeKind.DATE, (Span(*match.span("date")),), 0.65, Span(*match.span("goal")))


def _bare(text: str) -> bool:
    return not _FULL.search(text)


def _frames_only(reading: Reading, match: re.Match[str]) -> bool:
    before, after = reading.plain[: match.start()], reading.plain[match.end() :]
    return bool(_NOT_BEFORE.search(before) or _NOT_AFTER.match(after))


def _known(reading: Reading, span: Span) -> bool:
    """Is the date itself known? One that depends on an unknown year is not asked."""
    return not any(t.resolved is None and t.span.overlaps(span) for t in reading.sentence.times)


def _mentioned(reading: Reading, span: Span) -> Span:
    """With all of the time it is a part of: 同年1月16日 is asked whole."""
    for time in reading.sentence.times:
        if time.span.overlaps(span):
            return Span(min(span.start, time.span.start), max(span.end, time.span.end))
    return span


def _event(reading: Reading, span: Span, exact: bool) -> Span | None:
    """What happened then. On an exact day anything did; a month or a year needs a verb that says so."""
    clause = reading.clause_at(span.start)
    behind = Span(span.end, clause.end)
    if behind.end - behind.start < 2:
        ending = _AT_END.match(reading.plain[clause.start : span.start])
        if ending and (exact or _happening().search(ending["event"])):
            return stripped(reading.text, Span(clause.start, span.start - 1))
        following = reading.clause_after(span.end)
        if following is None or reading.plain[span.end : span.end + 1] not in "，,":
            return None
        behind = following
    behind = _main_clause(reading, behind, span)
    if not (_happening().search(behind.of(reading.plain)) or (exact and behind.end - behind.start >= 6)):
        return None
    return _best_words(reading, clause, span, stripped(reading.text, behind, " ，、的"))


def _main_clause(reading: Reading, behind: Span, date: Span) -> Span:
    """The clause that says what happened, behind those that say why and how: 为贯彻……精神，加强……领导，….

    On an exact day anything happens; a year alone reaches so far only over reasons."""
    told = date.of(reading.text)
    if leads := _ONLY_LEADS.match(behind.of(reading.plain)) is not None:
        behind = reading.clause_after(behind.end) or behind
    far = not _EXACT.search(told) and (leads or not _YEAR_ALONE.fullmatch(told))
    for _ in range(FARTHEST if far else 0):
        following = reading.clause_after(behind.end)
        said = behind.of(reading.plain)
        if following is None or _happening().search(said) or re.search(r"\d", said):
            break
        if reading.plain[behind.end : behind.end + 1] not in "，," or DATE.search(
            following.of(reading.plain)
        ):
            break
        behind = following
    return behind


def _best_words(reading: Reading, clause: Span, date: Span, behind: Span) -> Span | None:
    """The words that say the event: what follows the date, or the subject where that is only a verb."""
    if behind.end - behind.start > 6:
        return Span(behind.start, min(behind.end, behind.start + _LONGEST_EVENT))
    subject = Span(clause.start, date.start)
    if subject.end - subject.start <= 1 and (before := reading.clause_before(clause.start)):
        subject = before
    subject = stripped(reading.text, subject, " ，、于在是")
    return subject if subject.end - subject.start >= 3 else None

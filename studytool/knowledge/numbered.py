"""Readings -> the points numbered over several sentences: 一是…。二是…。三是…。 under one name.

The first clause of each point is asked, whole or not at all; with the second, where there are but two and
both are short: 及时发出预警，提早研究对策措施. The name is the words before the first
mark, or the sentence that announces the points, or the heading they are the only ones under. All of these
are joined to one sentence, without what stands between, so that a point and its name can be proved
together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from studytool.knowledge.finding import Finding, Setting
from studytool.knowledge.joining import Part, joined, starts, whole
from studytool.knowledge.pattern import one_of
from studytool.knowledge.reading import Reading, stripped
from studytool.model import KnowledgeKind, Role, Sentence, Span
from studytool.numerals import value

_N = "[一二三四五六七八九]"
_MARK = re.compile(
    rf"(?:^|(?<=[：，；。]))(?:(?P<is>{_N})(?:是要?|要)|第(?P<th>{_N})[，、是]|(?P<word>首先|其次|再次|最后)(?:是|要|，)?)"
    r"(?:，|需要|必须|应当)?(?=[\u4e00-\u9fff“《□])"
)
_WORDS = {"首先": 1, "其次": 2, "再次": 3}
_LAST = -1
_POINT = re.compile(r"[^，。；：！？]+")
_OF_TWO = re.compile(r"[^，。；：！？]+，[^，。；：！？]+(?=[。；]|$)")
_LONGEST, _SHORTEST, _LONGEST_NAME = 25, 4, 32
_LONGEST_OF_TWO = 18  # characters of two clauses together that one learns as one point
_REACH = 40  # sentences in which the next mark must come
# A clause that only leads up to the point is no point.
_LEADS = re.compile(
    r"^(?:通过|随着|为了?|由于|虽然|如果|只要|当|按照|根据|针对|对于?|关于|从|[在以][^，]*(?:上|中|下|里|面|为[^，]{2,6}))$|^(?:通过|随着|由于|如果|针对)"
    r"|[的了后时]$|这|我们"
)
_NAME_ENDS = re.compile(
    "(?:"
    + one_of(
        "主要 就 还需 需要 要 有 是 为 即 包括 体现在 表现在 表现 反映在 以下 如下 几方面 在 着重 "
        "呈现出几个特点 呈现出"
    )
    + r")*[：，]?$"
)
_POINTS_OUT = re.compile(
    r"[这其该此他她它]|我[们还说]|上述|以上|答|^(?:但|而|因此|所以|为此|同时|当时)|^[（(\d]"
)
_HEADING_NUMBER = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）).、．]\s*|第[一二三四五六七八九十]+[章节]\s*|\s)+"
)


class Point(NamedTuple):
    """A numbered point: where its mark and its first clause stand in `reading`."""

    reading: Reading
    mark: int
    span: Span


def numbered(reading: Reading, setting: Setting) -> Iterator[Finding]:
    """The points of which the first stands in this sentence and others behind it."""
    points = _points(reading, setting)
    if points is None:
        return
    name = _name(points, setting)
    if name is None:
        return
    own = tuple(dict.fromkeys(point.reading.at for point in points))
    parts = [*name.before, *(whole(setting.readings[at]) for at in own)]
    places = dict(zip(own, starts(parts)[len(name.before) :], strict=True))
    if any(part.sentence.doubts for part in parts):
        return
    home = joined(parts, reading.at)
    shift = places[reading.at] if name.inside else 0
    spans = tuple(_moved(point.span, places[point.reading.at]) for point in points)
    yield Finding(KnowledgeKind.LIST, spans, name.weight, _moved(name.span, shift), closed=True, place=home)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


# ---- the points ---------------------------------------------------------------------------------------


def _points(reading: Reading, setting: Setting) -> tuple[Point, ...] | None:
    """All points of the series that begins here; None where one is missing or one cannot be asked."""
    if not any(_number(match) == 1 for match in _MARK.finditer(reading.plain)):
        return None
    found: list[Point] = []
    style: str | None = None
    for other, match in _marks(reading, setting):
        number = _number(match)
        if found and (number == 1 or (match.lastgroup != style != "word" and number != _LAST)):
            break
        wanted = number == len(found) + 1 or (number == _LAST and len(found) > 1)
        point = _point(other, match) if wanted else None
        if point is None:
            return None
        style = match.lastgroup
        found.append(point)
        if number == _LAST:
            break
    return _complete(found)


def _marks(reading: Reading, setting: Setting) -> Iterator[tuple[Reading, re.Match[str]]]:
    """The marks from the first one of the sentence on."""
    begun = False
    for other in setting.onward(reading, _REACH):
        for match in _MARK.finditer(other.plain):
            begun = begun or _number(match) == 1
            if begun:
                yield other, match


def _number(match: re.Match[str]) -> int:
    if match["word"]:
        return _WORDS.get(match["word"], _LAST)
    return value(match["is"] or match["th"]) or 0


def _point(reading: Reading, match: re.Match[str]) -> Point | None:
    clause = _POINT.match(reading.plain, match.end())
    if clause is None or _LEADS.search(clause.group()):
        return None
    both = _OF_TWO.match(reading.plain, match.end())
    clause = both if both and len(both.group()) <= _LONGEST_OF_TWO else clause
    span = stripped(reading.text, Span(*clause.span()), " 、")
    text = span.of(reading.text)
    fits = _SHORTEST <= len(text) <= _LONGEST
    whole_quotes = text.count("“") == text.count("”")
    return Point(reading, match.start(), span) if fits and whole_quotes else None


def _complete(points: Sequence[Point]) -> tuple[Point, ...] | None:
    """Three points or more, all different, over more than one sentence (`points` has those in one)."""
    places = {point.reading.at for point in points}
    texts = {point.span.of(point.reading.text) for point in points}
    return tuple(points) if len(points) >= 3 and len(places) > 1 and len(texts) == len(points) else None


# ---- their name ---------------------------------------------------------------------------------------


class _Name(NamedTuple):
    """`span` in the first of `before`, or, `inside`, in the sentence of the first point."""

    before: tuple[Part, ...]
    span: Span
    inside: bool
    weight: float


def _name(points: Sequence[Point], setting: Setting) -> _Name | None:
    first = points[0]
    own = first.reading.clause_before(first.mark) if first.mark else None
    if own is not None:
        span = _bare(first.reading, own)
        return _Name((), span, True, 0.65) if span else None
    before = setting.readings[first.reading.at - 1] if first.reading.at else None
    if before is not None and before.sentence.article.id == first.reading.sentence.article.id:
        span = _announcing(before, len(points))
        if span is not None:
            return _Name((whole(before),), span, False, 0.65)
    return _heading(points, setting)


def _announcing(before: Reading, count: int) -> Span | None:
    """“中财委提出了四项措施。”, “…的理由是：”: the clause of a sentence that announces the points."""
    last = before.clauses[-1] if before.clauses else None
    if last is None:
        return None
    counted = re.search(rf"({_N}|两)[个项条点大](?:方面)?[\u4e00-\u9fff]{{2,10}}$", last.of(before.plain))
    if before.text.endswith("：") or (counted and value(counted[1]) == count):
        return _bare(before, last)
    return None


def _bare(reading: Reading, clause: Span) -> Span | None:
    """The clause without its verb of announcing."""
    ending = _NAME_ENDS.search(clause.of(reading.plain))
    span = Span(clause.start, clause.start + ending.start()) if ending else clause
    span = stripped(reading.text, span, " ，、：")
    text = span.of(reading.text)
    return span if 4 <= len(text) <= _LONGEST_NAME and not _POINTS_OUT.search(text) else None


def _heading(points: Sequence[Point], setting: Setting) -> _Name | None:
    """The heading the points stand under, if no other series stands there."""
    sentence = points[0].reading.sentence
    heading = _heading_of(sentence)
    if heading is None or _shared(points, setting):
        return None
    text = heading.sentence.passage.text
    number = _HEADING_NUMBER.match(text)
    span = Span(number.end() if number else 0, len(text.rstrip()))
    fits = 4 <= span.end - span.start <= _LONGEST_NAME and not re.search(r"[。？！：（]", span.of(text))
    return _Name((heading,), span, False, 0.6) if fits else None


def _heading_of(sentence: Sentence) -> Part | None:
    paragraphs = sentence.article.paragraphs[: sentence.paragraph]
    for paragraph in reversed(paragraphs):
        if paragraph.role is Role.HEADING:
            if paragraph.passage.text.strip() != (sentence.section or "").strip() or paragraph.doubts:
                return None
            head = replace(sentence, passage=paragraph.passage, times=(), doubts=())
            return Part(head, Span(0, len(head.text)))
    return None


def _shared(points: Sequence[Point], setting: Setting) -> bool:
    """Does another series of points begin in the same section?"""
    own = {point.reading.at for point in points}
    home = points[0].reading.sentence
    return any(
        _number(match) == 1
        for other in setting.of_article(home.article.id)
        if other.sentence.section == home.section and other.at not in own
        for match in _MARK.finditer(other.plain)
    )

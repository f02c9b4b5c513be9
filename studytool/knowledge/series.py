"""Reading -> the parallel series in it (A、B、C和D), with the exact ends of each member.

Members between two “、” are exact as they stand. The first may have swallowed a verb and the last a
head noun, so every word edge is tried as its outer end and scored by how alike that makes the
members: length, common first or last character, and what stands beyond the edge. A series with a
doubtful end is left out: half a term must never be blanked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from studytool.knowledge.likeness import AND, OPEN_END, Shape
from studytool.knowledge.pattern import PROVISION
from studytool.knowledge.reading import CLAUSE_END, Reading, stripped
from studytool.model import Span
from studytool.numerals import value
from studytool.words import beginning_in

LONGEST = 14
PAIR = 2
_CALLS = 3  # segments that begin with the same word (坚持…、坚持…) are members whatever is in them
ENOUGH = 2.5  # the score an outer end needs; found by reading a few hundred series

_SPEECH_MARK = re.compile(r"“(?!□)|(?<!□)”")
_REGION = re.compile(rf"[^{CLAUSE_END}]+")
_BREAKS = frozenset("以把将对为由从向按被是")
_FIGURE = re.compile(r"\d")
_QUOTED = re.compile(r"“(.+)”")
_PIECE = re.compile("[^、]+")


class Series(NamedTuple):
    """`members` in order; `region` is the clause or quotation around them; `etc` says that 等 follows;
    `counted` are the words before that count all of them."""

    members: tuple[Span, ...]
    region: Span
    etc: bool
    counted: Span | None = None

    @property
    def lead(self) -> Span:
        """What stands before the first member."""
        return Span(self.region.start, self.members[0].start)

    @property
    def tail(self) -> Span:
        """What stands behind the last member."""
        return Span(self.members[-1].end, self.region.end)


def series_in(reading: Reading) -> tuple[Series, ...]:
    """All series of three members or more whose ends are sure."""
    if "、" not in reading.text:
        return ()
    found = (series for region in _regions(reading) for series in _chains(reading, region))
    return tuple(series for series in found if series is not None)


def _regions(reading: Reading) -> Iterator[Span]:
    marked = _SPEECH_MARK.sub("，", reading.plain)
    for match in _REGION.finditer(marked):
        yield Span(*match.span())
    for quote in reading.quotes:
        if "□" in reading.plain[quote.start : quote.end]:
            yield quote


def _chains(reading: Reading, region: Span) -> Iterator[Series | None]:
    """The runs of segments between “、” in a region, cut where a middle segment cannot be a member."""
    text = region.of(reading.text if region in reading.quotes else reading.plain)
    if "、" not in text:
        return
    told = _announced(reading, region)
    if told is not None:
        yield told
        return
    marks = [region.start + index for index, mark in enumerate(text) if mark == "、"]
    segments = [Span(a, b) for a, b in pairwise([region.start, *(m + 1 for m in marks), region.end + 1])]
    segments = [Span(segment.start, segment.end - 1) for segment in segments]
    run: list[Span] = segments[:1]
    called = Counter(reading.starts[s.start].text for s in segments if s.start in reading.starts)
    for segment in segments[1:]:
        run.append(segment)
        first = reading.starts.get(segment.start)
        calls = first is not None and called[first.text] >= _CALLS and len(first.text) > 1
        ends = _counts(segment.of(reading.text), len(run)) or not (calls or _may_be_middle(reading, segment))
        if segment is not segments[-1] and ends:
            yield _series(reading, run, region)
            run = [segment]
    yield _series(reading, run, region)


_SUM = re.compile(r".{2,}?(?P<n>[二两三四五六七八九十]|\d{1,2})(?:大|个|项|种|条|者)[\u4e00-\u9fff]")


def _counts(segment: str, members: int) -> bool:
    """共享五大发展理念相互贯通, the fifth: it counts the members and goes on with something else."""
    counted = _SUM.match(segment)
    return counted is not None and members > PAIR and value(counted["n"]) == members


# 纪律处分有五种：警告、严重警告、……: who counts the members has said where each begins and ends.
_COUNTED = re.compile(
    rf"(?:{PROVISION}\s*)?(?P<what>[^{CLAUSE_END}]{{2,20}}?)(?:分为|共有|有|是|为|包括)?"
    r"(?:以下|下列)?(?P<n>[二两三四五六七八九十]{1,2}|\d)[种个类项条级等点][\u4e00-\u9fff]{0,6}：$"
)


# （一）总监、副总监、助理总监；（二）……: the row is all of one point of several.
_POINT = re.compile("[（(][一二三四五六七八九十]{1,3}[）)]")


def _announced(reading: Reading, region: Span) -> Series | None:
    """The members of a region before which they are counted, if they are so many."""
    before = reading.plain[: region.start]
    counted = _COUNTED.search(before) if before.endswith("：") else None
    if counted is None or _POINT.match(reading.text, region.start):
        return None
    places = (match.span() for match in _PIECE.finditer(reading.plain, region.start, region.end))
    pieces = [Span(*place) for place in places]
    if len(pieces) != value(counted["n"]) or not all(map(reading.whole, pieces)):
        return None
    members = tuple(_unquoted(reading.text, piece) for piece in pieces)
    if not _sound(reading.text, members):
        return None
    return Series(members, region, etc=False, counted=Span(*counted.span("what")))


def _may_be_middle(reading: Reading, segment: Span) -> bool:
    words = beginning_in(segment, reading.words)
    broken = any(word.text in _BREAKS for word in words[1:])
    return 2 <= segment.end - segment.start <= LONGEST and not broken


def _series(reading: Reading, run: Sequence[Span], region: Span) -> Series | None:
    if len(run) < 2:
        return None
    first, *middle, last = run
    parts = _last_parts(reading, last)
    options = [_finished(reading, _Members(first, middle, *tails), region) for tails in parts]
    scored = [option for option in options if option is not None]
    if not scored:
        return None
    _, members = max(scored, key=lambda option: option[0])
    point = _POINT.match(reading.text, region.start)
    if point is not None and members[0].start <= point.end():
        return None
    etc = reading.text.startswith(OPEN_END, members[-1].end)
    trimmed = tuple(_unquoted(reading.text, member) for member in members)
    return Series(trimmed, region, etc) if _sound(reading.text, trimmed) else None


class _Members(NamedTuple):
    """A run taken apart: `middle` stands between two “、”, `joined` between the last “、” and a 和."""

    first: Span
    middle: Sequence[Span]
    last: Span
    joined: Sequence[Span] = ()


# ……、资本性支出和其他支出: what is left over is a member of its own.
_AND_OTHERS = re.compile("[和与及](?:其他|其它)")


def _last_parts(reading: Reading, last: Span) -> Iterator[tuple[Span, Sequence[Span]]]:
    """The last segment as it is, or with its final 和 as one more joint."""
    if not _AND_OTHERS.search(reading.text, last.start, last.end):
        yield last, ()
    for word in beginning_in(last, reading.words):
        if word.text in AND and last.start + 2 <= word.start and word.end + 2 <= last.end:
            member = Span(last.start, word.start)
            if _may_be_middle(reading, member):
                yield Span(word.end, last.end), (member,)


def _finished(reading: Reading, run: _Members, region: Span) -> tuple[float, tuple[Span, ...]] | None:
    """The members with the best outer ends, and how good these are."""
    first, last, inner = run.first, run.last, (*run.middle, *run.joined)
    if not inner:
        return None
    shape = Shape(reading, run.middle or inner)
    start = _best(
        shape.start_score(region, first.end), _edges(reading, first, range(first.start, first.end - 1))
    )
    end = _best(
        shape.end_score(region, last.start), _edges(reading, last, range(last.start + 2, last.end + 1))
    )
    if start is None or end is None:
        return None
    fit = -sum(shape.difference(member) for member in inner)
    members = (Span(start[1], first.end), *inner, Span(last.start, end[1]))
    return start[0] + end[0] + fit, (_shortened(reading, members), *members[1:])


def _shortened(reading: Reading, members: tuple[Span, ...]) -> Span:
    """The first member as long as the others, where all end alike: 我国|根本政治制度、基本政治制度."""
    first, *others = members
    lengths = {member.end - member.start for member in others}
    alike = len({reading.text[member.end - 1] for member in members}) == 1
    start = first.end - min(lengths)
    if alike and len(lengths) == 1 and first.start < start and reading.is_edge(start):
        return Span(start, first.end)
    return first


def _edges(reading: Reading, segment: Span, places: Iterable[int]) -> list[int]:
    near = (place for place in places if segment.end - place <= LONGEST or place - segment.start <= LONGEST)
    return [place for place in near if reading.is_edge(place)]


def _best(score: Callable[[int], float], places: Sequence[int]) -> tuple[float, int] | None:
    rated = [(score(place), place) for place in places]
    best = max(rated, default=None)
    return best if best is not None and best[0] >= ENOUGH else None


def _unquoted(text: str, member: Span) -> Span:
    member = stripped(text, member)
    match = _QUOTED.fullmatch(member.of(text))
    return Span(member.start + 1, member.end - 1) if match and "”" not in match[1] else member


def _sound(text: str, members: Sequence[Span]) -> bool:
    """Three members or more, all different, none a figure, of 1–14 characters and of one kind."""
    texts = [member.of(text) for member in members]
    counted = sum(1 for member in texts if _FIGURE.search(member))
    sizes = [len(member) for member in texts]
    return (
        len(texts) >= 3
        and len(set(texts)) == len(texts)
        and counted < 2
        and min(sizes) >= 2
        and max(sizes) <= LONGEST
        and max(sizes) <= 3 * min(sizes)
        and not any(("“" in t) != ("”" in t) for t in texts)
    )

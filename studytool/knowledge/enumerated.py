"""Reading -> the points a provision numbers below its head: 政务处分的种类为：（一）警告；（二）记过；……

Only points that a person can write down, all of them, and none that stands for others not named. A point
that is explained in the sentences behind it (（三）实事求是。对党组织和党员……) is its own first sentence;
a principle that goes on (（一）坚持党要管党、全面从严治党，将严的要求……) its first clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from studytool.knowledge.finding import Finding, Setting
from studytool.knowledge.joining import joined, whole
from studytool.knowledge.pattern import PROVISION
from studytool.knowledge.reading import Reading, stripped
from studytool.model import KnowledgeKind, Span
from studytool.numerals import value

_HEAD = re.compile(
    rf"^(?:{PROVISION}\s*)?(?P<head>[^。；：]{{4,45}}"
    r"(?:(?:下列|以下)[^。；：，]{2,16}|(?:种类|步骤|程序|顺序|原则)(?:为|是|包括|分为)?|分为|如下))：(?=（一）|$)"
)
_MARK = re.compile("（(?P<n>[一二三四五六七八九十]{1,2})）")
_PROVISION = re.compile(PROVISION)
_OF_ONE = re.compile("之一|其他|前款|本条|上述|情形|职权|[这该此]")  # each alone will do, or whose they are
_NOT_ALL = re.compile("其他|(?<![平对同均])等$|规定的|有关|应当.*的$")
_PRINCIPLE = re.compile("坚持[^，。；：]{2,}")
FEWEST, MOST, LONGEST = 3, 6, 18
_REACH = 30  # sentences in which the next point must come


def enumerated(reading: Reading, setting: Setting) -> Iterator[Finding]:
    """The numbered points of a provision, where it names them all; the cue is their head."""
    if reading.sentence.article.id not in setting.regulating:
        return
    head = _HEAD.search(reading.text)
    if head is None or _OF_ONE.search(head["head"]):
        return
    home = _with_its_points(reading, setting) if head.end() == len(reading.text) else reading
    if home is None:
        return
    points = tuple(_points(home, head.end()))
    if "原则" in head["head"]:
        points = _principles(home, points)
    texts = {point.of(home.text) for point in points}
    told = all(2 <= len(text) <= LONGEST and not _NOT_ALL.search(text) for text in texts)
    if FEWEST <= len(points) <= MOST and len(texts) == len(points) and told:
        cue, place = Span(*head.span("head")), None if home is reading else home
        yield Finding(KnowledgeKind.LIST, points, 0.75, cue, closed=True, place=place)


def _with_its_points(reading: Reading, setting: Setting) -> Reading | None:
    """The head joined with the first sentence of every point below it; None where one of them may have been
    read wrongly."""
    parts = [whole(reading)]
    for other in islice(setting.onward(reading, _REACH), 1, None):
        if _PROVISION.match(other.text):
            break
        if _MARK.match(other.text):
            parts.append(whole(other))
    doubtful = any(part.sentence.doubts for part in parts)
    return None if doubtful or len(parts) <= FEWEST else joined(parts, reading.at)


def _points(reading: Reading, start: int) -> Iterator[Span]:
    """What stands behind each number, while these go on by one; nothing where they do not."""
    marks = list(_MARK.finditer(reading.text, start))
    if [value(mark["n"]) for mark in marks] != list(range(1, len(marks) + 1)):
        return
    ends = [following.start() for _, following in pairwise(marks)] + [len(reading.text)]
    for mark, end in zip(marks, ends, strict=True):
        yield stripped(reading.text, Span(mark.end(), end), " ；。，")


def _principles(reading: Reading, points: Sequence[Span]) -> tuple[Span, ...]:
    """Of principles that all begin with 坚持 what is to be kept to, without how; others as they are."""
    found = [_PRINCIPLE.match(reading.text, point.start) for point in points]
    return tuple(Span(*match.span()) for match in found if match) if all(found) else tuple(points)

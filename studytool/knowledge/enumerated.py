"""Reading -> the points a provision numbers below its head: 政务处分的种类为：（一）警告；（二）记过；……

Only points that a person can write down, all of them, and none that stands for others not named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from studytool.knowledge.finding import Finding, Setting
from studytool.knowledge.pattern import PROVISION
from studytool.knowledge.reading import Reading, stripped
from studytool.model import KnowledgeKind, Span
from studytool.numerals import value

_HEAD = re.compile(
    rf"^(?:{PROVISION}\s*)?(?P<head>[^。；：]{{4,45}}"
    r"(?:(?:下列|以下)[^。；：，]{2,16}|(?:种类|步骤|程序|顺序)(?:为|是|包括|分为)|分为|如下))：(?=（一）)"
)
_MARK = re.compile("（(?P<n>[一二三四五六七八九十]{1,2})）")
_OF_ONE = re.compile("之一|其他|前款|本条|上述|情形|职权|[这该此]")  # each alone will do, or whose they are
_NOT_ALL = re.compile("其他|等$|规定的|有关|应当.*的$")
FEWEST, MOST, LONGEST = 3, 6, 18


def enumerated(reading: Reading, setting: Setting) -> Iterator[Finding]:
    """The numbered points of a provision, where it names them all; the cue is their head."""
    if reading.sentence.article.id not in setting.regulating:
        return
    head = _HEAD.search(reading.text)
    if head is None or _OF_ONE.search(head["head"]):
        return
    points = tuple(_points(reading, head.end()))
    texts = {point.of(reading.text) for point in points}
    told = all(2 <= len(text) <= LONGEST and not _NOT_ALL.search(text) for text in texts)
    if FEWEST <= len(points) <= MOST and len(texts) == len(points) and told:
        yield Finding(KnowledgeKind.LIST, points, 0.75, Span(*head.span("head")), closed=True)


def _points(reading: Reading, start: int) -> Iterator[Span]:
    """What stands behind each number, while these go on by one; nothing where they do not."""
    marks = list(_MARK.finditer(reading.text, start))
    if [value(mark["n"]) for mark in marks] != list(range(1, len(marks) + 1)):
        return
    ends = [following.start() for _, following in pairwise(marks)] + [len(reading.text)]
    for mark, end in zip(marks, ends, strict=True):
        yield stripped(reading.text, Span(mark.end(), end), " ；。，")

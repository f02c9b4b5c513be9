"""Readings -> a point of a provision under its head: 公证员应当具备下列条件：（二）年龄二十五周岁以上……

Alone a point says of nobody what it says, and with all the others nobody would read it: so the head is joined
with one point at a time, whether the points are one sentence with it or stand below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from studytool.knowledge.finding import Finding, Setting
from studytool.knowledge.joining import Part, joined, whole
from studytool.knowledge.pattern import PROVISION
from studytool.knowledge.reading import Reading
from studytool.knowledge.regulations import ELEMENTS, elements
from studytool.model import Span

_HEAD = re.compile(rf"^(?:{PROVISION}\s*)(?P<head>[^。；：]{{6,60}})：(?=（一）|$)")
_MARK = re.compile("（[一二三四五六七八九十]{1,3}）")
_POINT = re.compile("(?P<point>（[一二三四五六七八九十]{1,3}）[^；。：]{6,80})[；。]")
_WHOLE = 120  # characters of a provision that is asked as it stands, with all its points
_REACH = 30  # sentences in which a point stands below its head


class _Head(NamedTuple):
    """The head of a point, and the words of the point to be joined with it."""

    head: Part
    points: tuple[Part, ...]


def headed(reading: Reading, setting: Setting) -> Iterator[Finding]:
    """The elements of each point, joined with its head."""
    if reading.sentence.article.id not in setting.regulating:
        return
    found = _within(reading) or _below(reading, setting)
    if found is None:
        return
    for point in found.points:
        home = joined((found.head, point), reading.at)
        begins = len(home.text) - (point.span.end - point.span.start)
        yield from (
            one._replace(place=home) for one in elements(home, ELEMENTS) if one.spans[0].start >= begins
        )


def _within(reading: Reading) -> _Head | None:
    """The points that are one sentence with their head, where this is too long to be asked as it stands."""
    head = _HEAD.match(reading.text)
    if head is None or head.end() == len(reading.text) or len(reading.text) <= _WHOLE:
        return None
    points = _POINT.finditer(reading.text, head.end())
    parts = tuple(Part(reading.sentence, Span(*match.span("point"))) for match in points)
    return _Head(Part(reading.sentence, Span(0, head.end())), parts)


def _below(reading: Reading, setting: Setting) -> _Head | None:
    """The point this sentence is, under the head that stands above it."""
    if _POINT.fullmatch(reading.text) is None:
        return None
    for other in reversed(setting.readings[max(0, reading.at - _REACH) : reading.at]):
        same = other.sentence.article.id == reading.sentence.article.id
        if not same or other.sentence.section != reading.sentence.section or other.sentence.doubts:
            return None
        if _HEAD.fullmatch(other.text):
            return _Head(whole(other), (whole(reading),))
        if not _MARK.match(other.text):
            return None
    return None

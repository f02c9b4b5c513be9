"""What was written for a short answer -> the texts that may each be a point: its clauses and list members.

The numbers of a list are no part of its points, wherever on the line they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from studytool.marking.numerals import value_of
from studytool.marking.quantities import unit_at
from studytool.marking.wording import NEGATIONS
from studytool.marking.writing import SEPARATOR, plain

_SEPARATORS = re.compile(r"[、，,;；。．\n/|｜!！?？]|(?<!\d)\.|\.(?!\d)|\s+")
# 1. （2） 三、 第四， 一是
_COUNTED = re.compile(
    r"^[\s（(]*(?:[0-9]{1,2}(?![.．:：]\d)|[一二三四五六七八九十]{1,3})[\s.．、)）:：]+"  # but 3.5公里
    r"|^第[一二三四五六七八九十]{1,2}[，,、:：]?|^[一二三四五六七八九十]是|^[①-⑳]"
)
# 即……, 分别是……, 它是指……; also behind words of the stem: “三招”是指……
_ANNOUNCING = re.compile(
    r"^(?:答[:：]?|它们|它|其)?(?P<whose>[^是指为即有包:：]{0,20}?)"
    r"(?:(?:分别|主要|也就|就|即|具体)*(?:是指|指的是|指|是|为|即|有|包括|包含|如下)[:：]?|[:：])"
)
_HAN = "[一二三四五六七八九十]{1,3}"
# How the points of a list are numbered, one way throughout.
_NUMBERINGS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[（(](\d{1,2})[）)]",
        rf"[（(]({_HAN})[）)]",
        r"(?<!\d)(\d{1,2})[.．、)）:：](?=\s*[^\d\s])",
        rf"(?<!第)({_HAN})[、.．](?=\s*[^一二三四五六七八九十\s])",
        rf"第({_HAN})[、，,:：]",
        rf"({_HAN})是",
        r"(?<![\d.])(\d{1,2})(?![\d.%])",
    )
)
_LEAD = re.compile(r"\s*(?:[^:：，。；;\n]{0,30}[:：])?\s*")  # 新发展理念包括：
MOST_IN_A_POINT = 12  # segments of one point


def numbered(text: str) -> tuple[str, ...]:
    """The members of a list that opens with a number, 1. or ①; nothing where there is none."""
    text = text.strip()
    circled = re.split("[①-⑳]", text)
    lines = circled if len(circled) > 1 else without_numbers(text, _NUMBERINGS[:-1]).split("\n")
    members = tuple(line.strip(" \t、，,;；。") for line in lines)
    return members[1:] if len(members) > 1 and not members[0] else ()


def without_numbers(text: str, numberings: Sequence[re.Pattern[str]] = _NUMBERINGS) -> str:
    """`text` with the numbers of its list as line breaks; they run from one on, and the first opens it."""
    lead = _LEAD.match(text)
    start = lead.end() if lead and NEGATIONS.isdisjoint(lead[0]) else 0
    for numbering in numberings:
        if not (first := numbering.match(text, start)) or unit_at(text[first.end() :][:4]):
            continue
        marks = list(numbering.finditer(text, start))
        if len(marks) > 1 and all(value_of(mark[1]) == place for place, mark in enumerate(marks, 1)):
            return text[:start] + numbering.sub("\n", text[start:])
    return text


def segments_of(response: Sequence[str]) -> Iterator[str]:
    lines = (line for text in response for line in re.split(r"\n+", text))
    bare = (_COUNTED.sub("", line) for line in lines)
    parts = (_COUNTED.sub("", part).strip() for line in bare for part in _SEPARATORS.split(line))
    return filter(None, parts)


def announced(segments: Sequence[str], stem: str) -> Iterator[str]:
    return filter(None, (_announced(segment, stem) for segment in segments))


def runs(segments: Sequence[str], key: Sequence[Sequence[str]]) -> Iterator[str]:
    """As many segments on end as a point has that is itself a list, without the numbers they may have had."""
    sizes = {len(tuple(segments_of((text,)))) for texts in key for text in texts}
    for size in sizes & set(range(2, MOST_IN_A_POINT + 1)):
        for start in range(len(segments) - size + 1):
            yield SEPARATOR.join(segments[start : start + size])


def _announced(segment: str, stem: str) -> str:
    """The 北京 of “即北京” and of “黄金三角是指北京”; nothing where no such word opens the segment."""
    match = _ANNOUNCING.match(segment)
    if match is None or match["whose"][-1:] in NEGATIONS or plain(match["whose"]) not in plain(stem):
        return ""
    return _COUNTED.sub("", segment[match.end() :].strip())

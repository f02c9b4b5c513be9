"""The points of a short answer and what was written -> a finding for each point of the key, in any order.

Conservative: a point counts when its own words stand in the answer; a short point hidden inside other
words does not, and neither does one that is denied.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from rapidfuzz.fuzz import partial_ratio_alignment

from studytool.marking.admissions import admitted
from studytool.marking.finding import EMPTY, Finding, nearly, rank, wrong
from studytool.marking.finding import RIGHT as SAID
from studytool.marking.frames import frame_of, framed
from studytool.marking.numerals import canonical, numbers, tokens
from studytool.marking.opposites import opposed
from studytool.marking.quantities import compare_units, quantity
from studytool.marking.rivals import beside
from studytool.marking.turns import turned_beside
from studytool.marking.wording import NEGATIONS, compare
from studytool.marking.writing import SEPARATOR, plain
from studytool.model import Mark

_SEPARATORS = re.compile(r"[、，,;；。．\n/|｜!！?？]|(?<!\d)\.|\.(?!\d)|\s+")
# 1. （2） 三、 第四， 一是
_COUNTED = re.compile(
    r"^[\s（(]*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[\s.．、)）:：]+|^第[一二三四五六七八九十]{1,2}[，,、:：]?|^[一二三四五六七八九十]是|^[①-⑳]"
)
_FILLERS = re.compile(r"[和与及的等是]|以及|包括|就是|分别|它们|答")
# 即……, 分别是……, 它是指……; also behind words of the stem: “三招”是指……
_ANNOUNCING = re.compile(
    r"^(?:答[:：]?|它们|它|其)?(?P<whose>[^是指为即有包:：]{0,20}?)"
    r"(?:(?:分别|主要|也就|就|即|具体)*(?:是指|指的是|指|是|为|即|有|包括|包含|如下)[:：]?|[:：])"
)
# What makes the opposite of the point behind it; not where the question speaks of it: 要反对哪些现象？
_AGAINST = re.compile(
    "反对|抵制|停止|中止|放弃|抛弃|拒绝|取消|禁止|防止|避免|杜绝|否定|否认|背离|偏离|脱离|违背|违反|破坏|削弱|弱化|淡化|忽视"
)
STANDS_ALONE_FROM = 4  # a shorter point must not be a part of some other word
ALIKE = 85.0  # of 100: how much of a point's text must stand together in the answer


def _segments(response: Sequence[str], stem: str) -> tuple[str, ...]:
    lines = (line for text in response for line in re.split(r"\n+", text))
    bare = (_COUNTED.sub("", line) for line in lines)
    parts = (_COUNTED.sub("", part) for line in bare for part in _SEPARATORS.split(line))
    kept = [part.strip() for part in parts if part.strip()]
    announced = (_announced(part, stem) for part in kept)
    return tuple(dict.fromkeys((*kept, *(part for part in announced if part))))


def _announced(segment: str, stem: str) -> str:
    """The 北京 of “即北京” and of “黄金三角是指北京”; nothing where no such word opens the segment."""
    match = _ANNOUNCING.match(segment)
    if match is None or match["whose"][-1:] in NEGATIONS or plain(match["whose"]) not in plain(stem):
        return ""
    return _COUNTED.sub("", segment[match.end() :].strip())


class _Asked(NamedTuple):
    """All points of the key, and the words that deny one of them before it."""

    key: Sequence[Sequence[str]]
    against: tuple[str, ...]

    @classmethod
    def of(cls, key: Sequence[Sequence[str]], stem: str) -> _Asked:
        known = (plain(stem), *(canonical(text) for texts in key for text in texts))
        meant = {word for text in known for word in _AGAINST.findall(text)}
        return cls(key, tuple(word for word in _AGAINST.pattern.split("|") if word not in meant))

    def denies(self, text: str, at: int) -> bool:
        """Do the words of `text` right before `at` deny what stands there?"""
        return any(char in NEGATIONS for char in text[max(0, at - 2) : at]) or text[:at].endswith(
            self.against
        )


def _said(variants: Sequence[str], text: str, asked: _Asked) -> bool:
    """Do the words of one of the variants stand in `text`, undenied?"""
    everything = _rest(text, asked.key)
    text = _without_longer(text, variants, asked.key)
    for variant in sorted(map(canonical, variants), key=len, reverse=True):
        at = text.find(variant) if variant else -1
        if at >= 0 and not asked.denies(text, at) and not turned_beside(text, at, at + len(variant)):
            return len(tokens(variant)) >= STANDS_ALONE_FROM or not everything
    return False


def _without_longer(text: str, variants: Sequence[str], key: Sequence[Sequence[str]]) -> str:
    """`text` without the points that have this one in them: 严重警告 does not say 警告 as well."""
    own = set(map(canonical, variants))
    others = {canonical(other) for texts in key for other in texts} - own
    for longer in sorted(others, key=lambda other: (-len(other), other)):
        if any(variant and variant in longer for variant in own):
            text = text.replace(longer, SEPARATOR)
    return text


def _rest(text: str, key: Sequence[Sequence[str]]) -> str:
    """What `text` says beside the points of the key and words that only join them."""
    for variant in sorted((canonical(v) for variants in key for v in variants), key=len, reverse=True):
        text = text.replace(variant, "") if variant else text
    return _FILLERS.sub("", text)


def _alike(point: str, text: str, asked: _Asked) -> bool:
    wanted = canonical(point)
    if len(tokens(wanted)) < STANDS_ALONE_FROM or quantity(wanted):
        return False
    alignment = partial_ratio_alignment(wanted, text, score_cutoff=ALIKE)
    if alignment is None or len(text) < len(wanted) * 0.7:
        return False
    start, end = alignment.dest_start, alignment.dest_end
    part = text[start:end]
    # what is turned round at either end of a point, 北方…… 南方……, the best alignment leaves out
    wider = [text[a:b] for a in range(max(0, start - 2), start + 1) for b in (end, end + 1, end + 2)]
    if not any(set(numbers(wanted)) <= set(numbers(one)) for one in wider):
        return False
    if any(opposed(wanted, one) or compare_units(wanted, one) for one in wider):
        return False
    if asked.denies(text, start) or turned_beside(text, start, end):
        return False
    return sum(c in NEGATIONS for c in part) == sum(c in NEGATIONS for c in wanted)


def _point(variants: Sequence[str], segments: Sequence[str], asked: _Asked) -> Finding:
    findings = [compare(variant, segment) for variant in variants for segment in segments]
    finding = max(findings, key=rank, default=EMPTY)
    if finding.mark is Mark.RIGHT:
        return finding
    for segment in map(canonical, segments):
        if _said(variants, segment, asked):
            return SAID
    whole = _without_longer(canonical("".join(segments)), variants, asked.key)
    if finding.mark is Mark.NEARLY:
        return finding
    if any(_alike(variant, whole, asked) for variant in variants):
        return nearly("意思相近，请对照原文")
    return wrong("没有答出")


MOST_SEGMENTS = 300  # of a response; each is compared with each point, and nobody types so many


def mark_points(
    response: Sequence[str], variants: Sequence[Sequence[str]], stem: str = ""
) -> tuple[Finding, ...]:
    """A finding for each point, wherever in the response it stands; `stem` may say what all points share."""
    asked = _Asked.of(variants, stem)
    known = {text for texts in variants for text in texts}

    def meant(text: str) -> bool:
        return text in known or not (admitted(text) or canonical(text).startswith(asked.against))

    parts = tuple(islice(filter(meant, _segments(response, stem)), MOST_SEGMENTS))
    segments = (*parts, *(text for text in response if text.strip() and meant(text)))
    findings = tuple(_point(wanted, segments, asked) for wanted in variants)
    if len(variants) == 1:
        rival = beside(variants[0], response, stem)
        return (min(findings[0], rival or SAID, key=rank),)
    frame = frame_of([wanted[0] for wanted in variants])
    if frame is None:
        return findings
    return tuple(
        max(finding, framed(wanted[0], parts, frame, stem), key=rank)
        for finding, wanted in zip(findings, variants, strict=True)
    )

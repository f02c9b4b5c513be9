"""The points of a short answer and what was written -> a finding for each point of the key, in any order.

Conservative: a point counts when its own words stand in the answer; a short point hidden inside other
words does not, and neither does one that is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from rapidfuzz.fuzz import partial_ratio_alignment

from studytool.marking.admissions import admitted
from studytool.marking.denials import Denials, with_what_is_besides
from studytool.marking.finding import EMPTY, Finding, nearly, rank, wrong
from studytool.marking.finding import RIGHT as SAID
from studytool.marking.frames import frame_of, framed
from studytool.marking.numerals import canonical, numbers, tokens
from studytool.marking.opposites import opposed
from studytool.marking.quantities import compare_units, quantity
from studytool.marking.rivals import beside
from studytool.marking.segments import announced, runs, segments_of, without_numbers
from studytool.marking.turns import asked_otherwise, turned_beside
from studytool.marking.wording import NEGATIONS, compare
from studytool.marking.wrapped import unwrapped
from studytool.marking.writing import SEPARATOR
from studytool.model import Mark

_FILLERS = re.compile(r"[和与及的等是]|以及|包括|就是|分别|它们|答")
# What may stand behind a point and adds nothing to it, and what goes on with something else.
_ENDING = re.compile("等?(?:方面|内容)|这?[几两三四五六七八九十]?[个项]方面|[等了的]")
_GOES_ON = re.compile("[和与及并且而又还也]|以及|同时|从而|要")
MORE_BEHIND = nearly("后面还有别的字，请看原文")
STANDS_ALONE_FROM = 4  # a shorter point must not be a part of some other word
ALIKE_FROM = 5  # a shorter point that lacks a character is another word: 同步富裕
ALIKE = 85.0  # of 100: how much of a point's text must stand together in the answer


class _Asked(NamedTuple):
    """All points of the key, what the question says, and the words that deny a point."""

    key: Sequence[Sequence[str]]
    stem: str
    denials: Denials


def _said(variants: Sequence[str], text: str, asked: _Asked) -> Finding | None:
    """Do the words of one of the variants stand in `text`? They may be the beginning of another thing."""
    alone = not _rest(text, asked.key)
    text = _without_longer(text, variants, asked.key)
    for variant in sorted(map(canonical, variants), key=len, reverse=True):
        at = text.find(variant) if variant else -1
        if at < 0 or turned_beside(text, at, at + len(variant)):
            continue
        if len(tokens(variant)) < STANDS_ALONE_FROM:
            return SAID if alone else None
        return SAID if _ends(text[at + len(variant) :], asked) else MORE_BEHIND
    return None


def _ends(tail: str, asked: _Asked) -> bool:
    """Is what stands behind a point no part of it: another point, the question's words, 等方面?"""
    if any(variant in tail for texts in asked.key for variant in map(canonical, texts) if variant):
        return True
    rest = _ENDING.sub("", tail)
    return not rest or _GOES_ON.match(tail) is not None or rest in canonical(asked.stem)


def _denied(variants: Sequence[str], text: str, denials: Denials) -> bool:
    """Does one of the variants stand in `text`, and is it denied?"""
    for variant in map(canonical, variants):
        at = text.find(variant) if variant else -1
        if at >= 0 and denials.deny(text, at, at + len(variant)):
            return True
    return False


def _without_longer(text: str, variants: Sequence[str], key: Sequence[Sequence[str]]) -> str:
    """`text` without the points that have this one in them: 严重警告 does not say 警告 as well."""
    own = set(map(canonical, variants))
    others = {canonical(other) for texts in key for other in texts} - own
    for longer in sorted(others, key=lambda other: (-len(other), other)):
        if any(variant and variant in longer for variant in own):
            text = text.replace(longer, SEPARATOR)
    return text


def _others(variants: Sequence[str], key: Sequence[Sequence[str]]) -> frozenset[str]:
    """The other points of the key: who says one has made no slip in this one (高速公路, 高速铁路)."""
    return frozenset(canonical(other) for texts in key for other in texts) - {"", *map(canonical, variants)}


def _without(others: frozenset[str], text: str, variants: Sequence[str]) -> str:
    """`text` without the other points, but for those that this one has in it."""
    own = tuple(map(canonical, variants))
    for other in sorted(others, key=lambda one: (-len(one), one)):
        if not any(other in variant for variant in own):
            text = text.replace(other, SEPARATOR)
    return text


def _rest(text: str, key: Sequence[Sequence[str]]) -> str:
    """What `text` says beside the points of the key and words that only join them."""
    for variant in sorted((canonical(v) for variants in key for v in variants), key=len, reverse=True):
        text = text.replace(variant, "") if variant else text
    return _FILLERS.sub("", text)


def _alike(point: str, text: str, asked: _Asked) -> bool:
    wanted = canonical(point)
    if len(tokens(wanted)) < ALIKE_FROM or quantity(wanted):
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
    if asked.denials.deny(text, start, end) or turned_beside(text, start, end):
        return False
    return sum(c in NEGATIONS for c in part) == sum(c in NEGATIONS for c in wanted)


def _point(variants: Sequence[str], segments: Sequence[str], asked: _Asked) -> Finding:
    denied = [one for one in segments if _denied(variants, canonical(one), asked.denials)]
    heard = [one for one in segments if not any(part in one for part in denied)]
    others = _others(variants, asked.key)
    heard = [one for one in heard if canonical(one) not in others]
    heard = [one for one in heard if not _otherwise(variants, one, asked.stem)]
    findings = [compare(variant, segment) for variant in variants for segment in heard]
    found = [
        *findings,
        *_wrapped(variants, heard, asked.stem),
        *(_said(variants, segment, asked) for segment in map(canonical, heard)),
    ]
    finding = max(filter(None, found), key=rank, default=EMPTY)
    if finding.mark is not Mark.WRONG:
        return finding
    whole = _without(others, canonical("".join(heard)), variants)
    if any(_alike(variant, whole, asked) for variant in variants):
        return nearly("意思相近，请对照原文")
    return wrong("没有答出")


def _otherwise(variants: Sequence[str], segment: str, stem: str) -> bool:
    question = canonical(stem)
    return any(asked_otherwise(canonical(one), canonical(segment), question) for one in variants)


def _wrapped(variants: Sequence[str], segments: Sequence[str], stem: str) -> Iterator[Finding]:
    """What the segments say once the sentence around the answer is taken away."""
    for segment in segments:
        for text, best in unwrapped(segment, stem):
            yield from (min(best, compare(variant, text), key=rank) for variant in variants)


MOST_SEGMENTS = 300  # of a response; each is compared with each point, and nobody types so many


def mark_points(
    response: Sequence[str], variants: Sequence[Sequence[str]], stem: str = ""
) -> tuple[Finding, ...]:
    """A finding for each point, wherever in the response it stands; `stem` may say what all points share."""
    findings = _findings(response, variants, stem)
    lines = {text.strip() for text in response}
    if not lines <= {text.strip() for texts in variants for text in texts}:
        return findings
    return tuple(  # nothing but points of the key, word for word: 除外 itself excepts nothing
        SAID if any(text.strip() and text.strip() in lines for text in texts) else finding
        for finding, texts in zip(findings, variants, strict=True)
    )


def _findings(response: Sequence[str], variants: Sequence[Sequence[str]], stem: str) -> tuple[Finding, ...]:
    variants = [tuple(dict.fromkeys((*texts, *map(without_numbers, texts)))) for texts in variants]
    asked = _Asked(variants, stem, Denials.of(variants, stem))
    known = {text for texts in variants for text in texts}

    def meant(text: str) -> bool:
        return text in known or not (admitted(text) or asked.denials.opens(text))

    spoken = (text for text in response if not asked.denials.lead(text))
    response = tuple(with_what_is_besides(without_numbers(text)) for text in spoken)
    written = list(islice(segments_of(response), MOST_SEGMENTS))
    kept = asked.denials.kept(written)
    whole = response if kept == written else ()
    parts = tuple(filter(meant, (*kept, *announced(kept, stem), *runs(kept, variants))))
    segments = tuple(dict.fromkeys((*parts, *(text for text in whole if text.strip() and meant(text)))))
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

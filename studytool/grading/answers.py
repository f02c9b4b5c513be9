"""What a person wrote to a question -> what it was worth, and what of it somebody should look at.

The surprising decision: a short answer that was written and that the program gives nothing is never settled
by it: the words of a point can be other than the key's.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from studytool.grading.papers import Asked
from studytool.grading.responses import Unmeant, miscounted, misnumbered, response_of
from studytool.marking import mark
from studytool.marking.numerals import value_of
from studytool.model import ItemKind, Mark

_IN_PARTS = (ItemKind.CLOZE, ItemKind.SHORT_ANSWER, ItemKind.MATCHING)  # these score part by part
_SAID = r"(?:得分?|给|记|计|评|打)?[:\s]*"
# 8, 8分, 得 8.5 分, 8/10 分, 7分半; in Chinese numerals only with 分, for 八 alone may be a word.
_POINTS = re.compile(
    rf"{_SAID}(?P<points>-?\d+(?:\.\d+)?)\s*(?:/\s*(?P<of>\d+(?:\.\d+)?)\s*)?(?:分(?P<half>半)?)?"
)
_SPOKEN = re.compile(rf"{_SAID}(?P<points>[零〇一二两三四五六七八九十百]+)\s*分(?P<half>半)?")
_BARE = re.compile(r"\d+(?:\.\d+)?")
# A point that says hardly more than a number: 1人, 约1.3万亿斤, 二十年.
_NUMBER = re.compile(
    r"(?:约|近|第|共|有|是|为)*(?:\d[\d.,]*|[零〇一二两三四五六七八九十百千]+)[万亿多余]*[^\d零〇一二两三四五六七八九十]{0,2}[。.]?"
)
_FULL = re.compile(rf"{_SAID}满分")
_SHOWN = 12  # characters of what was written


@dataclass(frozen=True, slots=True)
class Answered:
    """What a person gave to a question, and what it was worth."""

    number: int
    item_id: str
    response: tuple[str, ...]
    mark: Mark
    points: float
    meant: bool = True  # False: it shows nothing of what the person knows (impossible, or not settled yet)


def answered(asked: Asked, text: str) -> tuple[Answered, str | None]:
    """The answer in a cell, and why somebody should look at it."""
    number, item = asked.number, asked.item
    try:
        awarded, response = _awarded(asked, text), response_of(item, text)
    except Unmeant as unmeant:
        return Answered(number, item.id, (text,), Mark.WRONG, 0.0, meant=False), f"“{text}”{unmeant}"
    if not response:
        return Answered(number, item.id, (), Mark.WRONG, 0.0), "没有作答"
    if awarded is not None:
        reached = Mark.RIGHT if awarded == asked.points else Mark.NEARLY if awarded else Mark.WRONG
        return Answered(number, item.id, response, reached, awarded), None
    found = _marked(asked, response)
    if item.kind is ItemKind.SHORT_ANSWER and not found.points and asked.points:
        return replace(
            found, meant=False
        ), f"“{_short(text)}”自动判为 0 分，请人工核对；可在这一格写上得分，如 8分"
    numbers = misnumbered(item, response) if found.points < asked.points else None
    return found, miscounted(item, response) or (numbers and f"“{_short(text)}”{numbers}")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _marked(asked: Asked, response: tuple[str, ...]) -> Answered:
    verdict = mark(asked.item, response)
    if asked.item.kind in _IN_PARTS:
        share = sum(part is Mark.RIGHT for part in verdict.parts) / (len(verdict.parts) or 1)
    else:
        share = float(verdict.mark is Mark.RIGHT)
    return Answered(asked.number, asked.item.id, response, verdict.mark, round(asked.points * share, 1))


def _awarded(asked: Asked, text: str) -> float | None:
    """The points a person has given a short answer by hand, written in place of its text."""
    if asked.item.kind is not ItemKind.SHORT_ANSWER:
        return None
    written = unicodedata.normalize("NFKC", text).strip()
    if _BARE.fullmatch(written) and any(map(_NUMBER.fullmatch, asked.item.key)):
        return None  # to 几位代表 it is an answer; 1分 says that it is none
    if _FULL.fullmatch(written):
        return asked.points
    found = _POINTS.fullmatch(written) or _SPOKEN.fullmatch(written)
    value = value_of(found["points"]) if found else None
    if found is None or value is None:
        return None
    of = found.groupdict().get("of")
    if of and float(of) != asked.points:
        raise Unmeant(f"不是按这题的 {asked.points:g} 分给的，按 0 分计")
    points = float(value) + (0.5 if found["half"] else 0.0)
    if not 0 <= points <= asked.points:
        raise Unmeant(f"不在 0 到 {asked.points:g} 分之间，按 0 分计")
    return points

"""Lines with their looks -> the same, with what closes a paper told apart: its annexes listed, who signed
it and when, who printed it, and the label of an annex that follows.

The surprising decision: a signature closes no article. A letter may be quoted with its own; whether it
dates the article it stands in is told by what the article is, in `papers`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile, islice

from studytool.articles import dates, organs
from studytool.articles.elements import Signature
from studytool.articles.lines import heading_text, spaced
from studytool.articles.looks import Look, Seen

_MOST_LINES = 30  # with an organ each that stand above a day, those of a list with them
_MOST_ORGANS = 3  # that sign together; more are a list
# What stands above a list of organs: its last line may be one of them, and no signer.
_ANNOUNCED = re.compile(r"如下|下列|以下|名单|予以表[彰扬]|授予")
_DAY = (
    r"(?:(?:19|20)\d\d ?(?:年|[-./]) ?\d{1,2} ?(?:月|[-./]) ?\d{1,2}(?: ?日)?"
    r"|[一二][〇○零Ｏ九][〇○零一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
_WHOLE_DAY = re.compile(rf"[（(]?{_DAY}[）)]?")
_ONE_LINE = re.compile(rf"(?P<organ>.{{3,60}}?) ?(?P<day>{_DAY})")
# Whoever prints a paper notes it below all else: 滨河市人民政府办公室 2023年6月19日印发.
_PRINTED = re.compile(rf"[^，。；：]{{2,40}}{_DAY}印发?")
_LISTED = re.compile(r"附件(?:\d{1,2})?[:：]?\s*(?:\d{1,2}[.．、])?[^。：]{2,80}")
_LISTED_MORE = re.compile(r"\d{1,2}[.．、][^。]{2,80}")
_LABEL = re.compile(r"附件[\d一二三四五六七八九十]{0,2}[:：]?")
_ENDED = re.compile(r"[。！？；…][”’）》]*$|）$")


def told_apart(seen: Sequence[Seen]) -> list[Seen]:
    """The lines with their looks, below the first whole sentence with those of what closes a paper."""
    found = list(seen)
    first = next((i for i, one in enumerate(seen) if one.look is Look.PROSE and "。" in one.text), len(seen))
    for at in range(first + 1, len(found)):
        if found[at].look in (Look.FURNITURE, Look.MARKED):
            continue
        if _LABEL.fullmatch(found[at].text):
            found[at] = replace(found[at], look=Look.ANNEX)
        elif _PRINTED.fullmatch(found[at].text):
            found[at] = _furniture(found[at], "imprint of a paper")
        elif _is_of_a_newspaper(found[at].text) and _text_above(found, at):
            found[at] = replace(found[at], look=Look.SIGNATURE)
    for at in range(first + 1, len(found)):
        _sign(found, at)
    _drop_list(found, len(found))
    _drop_label(found)
    return found


def read(lines: Sequence[Seen]) -> Signature:
    """Who signed and when, from the lines of a signature."""
    named: list[str] = []
    for one in lines:
        match = _ONE_LINE.fullmatch(spaced(one.line))
        words = match["organ"] if match else heading_text(one.line)
        if organ := organs.signed(words):
            named.append(organ)
    days = (dates.find(one.text) for one in lines)
    printed = any(_is_of_a_newspaper(one.text) for one in lines)
    return Signature(" ".join(named) or None, next((day for day in days if day), None), printed)


def _is_of_a_newspaper(text: str) -> bool:
    """Does it say where a page has an article from: 《人民日报》（2025年10月21日01版）?"""
    return text.startswith("《") and dates.of_page(text) is not None


def _furniture(one: Seen, why: str) -> Seen:
    return replace(one, look=Look.FURNITURE, why=why)


def _sign(found: list[Seen], at: int) -> None:
    """Marks the signature whose day stands at this line, and drops the list of annexes above it."""
    start = _start(found, at)
    if start is None:
        return
    signers = _signers(found, start, at)
    for index in range(start, at + 1):
        if found[index].look is not Look.FURNITURE:
            look = Look.SIGNATURE if index >= signers else Look.PROSE
            found[index] = replace(found[index], look=look)
    _drop_list(found, start)


def _start(found: Sequence[Seen], at: int) -> int | None:
    """Where the signature begins whose day stands at this line, with a list right above it; None: it is
    none."""
    one = found[at]
    if one.line.level or one.look not in (Look.DATE, Look.SHORT, Look.BROKEN):
        return None
    start = at
    if _WHOLE_DAY.fullmatch(one.text):
        while at - start < _MOST_LINES and _names_organ(found[start - 1]):
            start -= 1
        if start == at and not _is_last(found, at):
            return None
    elif not ((match := _ONE_LINE.fullmatch(one.text)) and organs.signed(match["organ"])):
        return None
    return start if _text_above(found, start) else None


def _signers(found: Sequence[Seen], start: int, at: int) -> int:
    """Where those begin who sign, below the organs that are only listed; the line of the day: nobody."""
    if at - start == 0:
        return at
    gaps = [one.line.gap for one in found[start + 1 : at]]
    parted = len({*gaps, found[at].line.gap}) > 1  # a blank line parts some, and not all
    together = start + max((n + 1 for n, gap in enumerate(gaps) if gap), default=0) if parted else start
    named = [one.text for one in found[together:at]]
    if together == start and len(named) > 1 and _announced(found, start):
        return at - 1 if organs.governs(named[-1]) else at
    level = {organs.level(name) for name in named}
    return together if len(named) <= _MOST_ORGANS and len(level) == 1 else at - 1


def _announced(found: Sequence[Seen], start: int) -> bool:
    """Is what stands below this place a list that the text above it announces?"""
    above = _above(found, start)
    return above is not None and _ANNOUNCED.search(above.text) is not None


def _names_organ(one: Seen) -> bool:
    short = one.look in (Look.SHORT, Look.NAMES) and one.line.level == 0
    return short and organs.signed(one.text) is not None


def _is_last(found: Sequence[Seen], at: int) -> bool:
    """Does nothing but furniture, or an annex, stand below a day that no organ stands above? Where more
    such days stand below entries they are those of a chronicle, and below a question its answer."""
    above, below = _above(found, at), _below(found, at)
    if below is not None and below.look is not Look.ANNEX:
        return False
    if above is not None and ("？" in above.text or above.text.endswith(("如下。", "如下："))):
        return False
    text = dropwhile(lambda one: one.look is not Look.PROSE, islice(found, at))
    return not any(one.look is not Look.SIGNATURE and _WHOLE_DAY.fullmatch(one.text) for one in text)


def _above(found: Sequence[Seen], at: int) -> Seen | None:
    """The nearest line above that is no furniture."""
    return next((found[i] for i in range(at - 1, -1, -1) if found[i].look is not Look.FURNITURE), None)


def _below(found: Sequence[Seen], at: int) -> Seen | None:
    """The nearest line below that is no furniture."""
    return next((one for one in islice(found, at + 1, None) if one.look is not Look.FURNITURE), None)


def _text_above(found: Sequence[Seen], start: int) -> bool:
    """Has a text ended above? Else the lines belong to a head, below its title."""
    last = _above(found, _list_start(found, start))
    return last is not None and last.look in (Look.PROSE, Look.NOTE) and _ENDED.search(last.text) is not None


def _list_start(found: Sequence[Seen], end: int) -> int:
    """Where the list of annexes begins that ends before this line; this line, if there is none."""
    index = end
    while index > 0:
        one = found[index - 1]
        if one.look is not Look.FURNITURE and not one.line.level:
            label = one.look is Look.ANNEX
            if (label and index < end < len(found)) or (not label and _LISTED.fullmatch(one.text)):
                return index - 1
            if one.look in (Look.PROSE, Look.NOTE) or not _LISTED_MORE.fullmatch(one.text):
                return end
        index -= 1
    return end


def _drop_label(found: list[Seen]) -> None:
    """Drops the label of an annex below which the paper goes on: it is signed below it, and not above."""
    signed = next((i for i, one in enumerate(found) if one.look is Look.SIGNATURE), 0)
    at = next((i for i in range(signed - 1, -1, -1) if found[i].look is Look.ANNEX), None)
    if at is not None and found[at].text.endswith("：") and _goes_on(found, at):
        found[at] = _furniture(found[at], "label of an annex")


def _goes_on(found: Sequence[Seen], at: int) -> bool:
    below = _below(found, at)
    return below is not None and below.look is Look.PROSE


def _drop_list(found: list[Seen], end: int) -> None:
    for index in range(_list_start(found, end), end):
        found[index] = _furniture(found[index], "list of annexes")

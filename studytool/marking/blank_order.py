"""A cloze item -> its blanks in groups within which the order means nothing, or may mean nothing.

Blanks that only 、 or 和 joins are equals, unless the stem orders them (依次, 三个阶段), gives each a partner
(面积、人口为____、____) or asks for figures: those belong where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from studytool.marking.dates import days
from studytool.marking.numerals import canonical
from studytool.marking.quantities import quantity
from studytool.model import BLANK, Item

SPLIT_BLANKS = re.compile(re.escape(BLANK) + "_*")
# 、 or 和 joins two blanks, with or without the marks around them; so do the marks of “____”“____”
_EQUAL_STATUS = re.compile(r"(?=.)[”’》\"'）)]*(?:、|和|与|及|以及|或|或者)?[“‘《\"'（(]*")
# Words that order or deal out whatever stands in the blanks, wherever in the stem.
_ORDER_MATTERS = re.compile(
    r"依次|先后|顺序|次序|分别|由.{1,4}到|从.{1,4}[到至]|上联|下联|前者|后者|步走"
    r"|(?:经[过由历]?|[由从])[“《]?(?:_+[”》]?[、，和]?[“《]?){1,9}[到至]"  # 经____、____到____
    r"|各(?:自|由|为|是|占|达|设|派|有(?!关))"
)
# Steps of time: three of them, as the words right before or behind the blanks say.
_STEP = "(?:历史|发展|重要|主要|大)*(?:时期|阶段|步骤|时代|步)"
_STEPS_BEFORE = re.compile(rf"[几两二三四五六七八九十\d]个?{_STEP}[^，。；、]{{0,6}}$")
_STEPS_BEHIND = re.compile(rf"[”》]*等?(?:这|[几两二三四五六七八九十\d])*个?{_STEP}|[”》]*的步骤")
_CLAUSE = re.compile("[，。；：！？,;:!?]")
_JOINT = re.compile("、|以及|[和与及]")
# What joins things to what is said of each of them: 主席和副主席是____、____.
_LINK = re.compile(
    "(?:为|是|达到?|增至|升至|[由有占在于叫]|称|简称|名为|增长|下降|增加|减少|提高|等于|约|超过?)$"
)
_LINK_BEHIND = re.compile("(?:的[^的]{1,6})?(?:分?为|是|达到?|简?称|由)(?P<list>[^的]*)$")
_MARKS = "”’》\"'）)“‘《（( "
# Two that are one: the tasks of 党和国家 are no tasks of each.
_AS_ONE = re.compile(
    "党和(?:国家|政府|人民)|国家和(?:人民|民族|社会)|政府和(?:人民|社会)|经济和社会|理论和实践"
)


class Group(NamedTuple):
    """Blanks that may be exchanged; in doubt where the stem may give each of them a partner."""

    blanks: tuple[int, ...]
    doubtful: bool = False


def groups(item: Item) -> tuple[Group, ...]:
    """The blanks in groups; within a group the order has no meaning."""
    between = SPLIT_BLANKS.split(item.stem)
    found: list[Group] = []
    for blanks in _joined(between, len(item.key)):
        state = _state(item, blanks, between) if len(blanks) > 1 else ""
        if state == _APART:
            found += [Group((blank,)) for blank in blanks]
        else:
            found.append(Group(blanks, state == _IN_DOUBT))
    return tuple(found)


_APART, _IN_DOUBT = "apart", "in doubt"


def _joined(between: list[str], count: int) -> Iterator[tuple[int, ...]]:
    """The blanks in runs that only 、 or 和 joins; a stem may have lost a blank."""
    run = [0]
    for index in range(1, count):
        if index < len(between) - 1 and _EQUAL_STATUS.fullmatch(between[index]):
            run.append(index)
        else:
            yield tuple(run)
            run = [index]
    yield tuple(run)


def _state(item: Item, blanks: tuple[int, ...], between: list[str]) -> str:
    """What parts the blanks of a run; nothing where they are equals."""
    before, behind = between[blanks[0]].rstrip(_MARKS), between[blanks[-1] + 1]
    if _ORDER_MATTERS.search(item.stem) or _STEPS_BEFORE.search(before) or _STEPS_BEHIND.match(behind):
        return _APART
    if all(_is_figure(item.key[blank]) for blank in blanks):
        return _APART
    return _partners(_CLAUSE.split(before)[-1], len(blanks)) or _partners_behind(behind, len(blanks))


def _is_figure(text: str) -> bool:
    return quantity(canonical(text)) is not None or days(text) is not None


def _partners(clause: str, count: int) -> str:
    """Does a clause list as many things as blanks follow it? 的 may make one thing of all of them."""
    if not _LINK.search(clause) or len(_JOINT.split(_AS_ONE.sub("", clause))) != count:
        return ""
    return _IN_DOUBT if "的" in clause else _APART


def _partners_behind(behind: str, count: int) -> str:
    """____、____的简称是沪、京: does what follows the blanks list as many things?"""
    link = _LINK_BEHIND.match(_CLAUSE.split(behind.lstrip(_MARKS))[0])
    return _APART if link and link["list"].count("、") == count - 1 else ""

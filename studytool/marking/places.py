"""Two names of places, one with the place it lies in -> what that says of the answer.

Only where the table knows that the one lies in the other is the longer name as right as the shorter;
where it does not know, nearly. A district of a name that several cities have needs the source's word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from studytool.data import lines
from studytool.marking.finding import RIGHT, Finding, nearly, wrong
from studytool.marking.writing import plain

_ENDING = re.compile(r"(?:[省市区县旗镇乡村盟州]|街道|[^\W\d]路)$")
_SHORTEST = 2  # characters of a name: 市 and 区 are none
_ELSEWHERE = wrong("所属的地区不对")
_MORE = nearly("多写了所属的地区，原文不能证实")
_LESS = nearly("少写了所属的地区")


class _Gazetteer(NamedTuple):
    """`called` gives the short name of a place by any of its names, `lies_in` the short names around it."""

    called: Mapping[str, str]
    lies_in: Mapping[str, tuple[str, ...]]
    opening: re.Pattern[str]


@cache
def _gazetteer() -> _Gazetteer:
    called: dict[str, str] = {}
    lies_in: dict[str, tuple[str, ...]] = {}
    for line in lines("marking/places.txt"):
        names, _, parts = line.partition("：")
        full, short = names.split()
        called |= {full: short, short: short}
        for part in parts.split():
            known_as = part.removesuffix("市")
            called |= {part: known_as, known_as: called.get(known_as, known_as)}
            lies_in[known_as] = (*lies_in.get(known_as, ()), short)
    for name in called.values():
        lies_in.setdefault(name, ())  # a province lies in none of these
    longest_first = sorted(called, key=lambda name: (-len(name), name))
    return _Gazetteer(called, lies_in, re.compile("|".join(map(re.escape, longest_first))))


class _Place(NamedTuple):
    """A place as written: the short names of what it lies in, the greatest first, and its own name."""

    around: tuple[str, ...]
    name: str


def _place(text: str) -> _Place:
    known, around = _gazetteer(), []
    while text not in known.called and (opening := known.opening.match(text)):
        if len(text) - opening.end() < _SHORTEST:
            break
        around.append(known.called[opening[0]])
        text = text[opening.end() :]
    return _Place(tuple(around), text)


def is_place(text: str) -> bool:
    """Does the table of places know the name?"""
    return text in _gazetteer().called


def _inside(place: str, around: str) -> bool | None:
    """Does the one lie in the other? None where the table does not know."""
    known = _gazetteer()
    parents = known.lies_in.get(known.called.get(place, place))
    if parents is None:
        return None
    return around in parents or any(_inside(parent, around) for parent in parents if parent != place)


def _one_of_several(place: str, around: str, evidence: str) -> Finding:
    """What to say of a place in front of a name that several places may have: which does the source mean?"""
    known = _gazetteer()
    parents = known.lies_in.get(known.called.get(place, place), ())
    named = [parent for parent in parents if parent in evidence]
    if len(parents) < 2:
        return RIGHT
    if len(named) != 1:
        return _MORE
    return RIGHT if around == named[0] or _inside(named[0], around) else _ELSEWHERE


def _added(around: Sequence[str], name: str, evidence: str) -> Finding:
    """What to say of places put in front of a name."""
    links = [_inside(inner, outer) for outer, inner in pairwise((*around, name))]
    if False in links:
        return _ELSEWHERE
    return _MORE if None in links else _one_of_several(name, around[-1], evidence)


def compare_surroundings(expected: str, given: str, evidence: str = "") -> tuple[str, str, Finding] | None:
    """The names without the places in front of them, and what those places say of each other.

    None for texts that are no places or have the same in front."""
    wanted, found = _place(plain(expected)), _place(plain(given))
    if not (wanted.around or found.around) or wanted == (found.around, plain(given)):
        return None
    if wanted.name not in _gazetteer().called and not _ENDING.search(wanted.name):
        return None
    if set(found.around) == set(wanted.around):
        finding = RIGHT
    elif set(found.around) < set(wanted.around):
        finding = _LESS
    elif set(wanted.around) < set(found.around):
        finding = _added(found.around, wanted.name, evidence)
    else:
        finding = _ELSEWHERE
    return wanted.name, found.name, finding

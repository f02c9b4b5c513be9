"""Two names, one with more in front of or behind it -> is it the same name, said more fully.

A person's office is no part of the name, so it is nearly right; the state's name before one of its
organs is part of the full name, so it is right.
"""

from __future__ import annotations

import re
from functools import cache

from studytool.data import lines
from studytool.marking.finding import RIGHT, Finding, nearly
from studytool.marking.writing import folded, plain

_STATE = "中华人民共和国"
_OF_A_STATE = re.compile(r"[部委院署局会法典]$")
_ANOTHER_STATE = re.compile("国民党|国民政府|民国|苏维埃|北洋")
_JOINED = re.compile("[、，,;；和与及]")
# Family names that are mostly other words: beside an office they are names.
_ALSO_WORDS = frozenset("习任安成时万华向项柯师连童粟薄栗迟晏")
LONGEST_NAME = 3
LONGEST_OFFICE = 16  # 东北野战军参谋长


@cache
def _surnames() -> frozenset[str]:
    return _ALSO_WORDS.union(lines("surnames.txt"))


@cache
def _title() -> re.Pattern[str]:
    names = {name for line in (*lines("marking/titles.txt"), *lines("roles.txt")) for name in line.split()}
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(f"[副代总前原老]?(?:{'|'.join(longest_first)})$")


@cache
def _organs() -> frozenset[str]:
    return frozenset(lines("marking/state_organs.txt"))


def is_person(text: str) -> bool:
    """Does it look like the name of a person: 陈长捷, 欧阳海?"""
    if text[:2] in _surnames() and len(text) - 2 in (1, 2):
        return True
    return text[:1] in _surnames() and 1 < len(text) <= LONGEST_NAME


def _office(text: str, name: str) -> bool:
    """Is `text` the name with an office before or behind it, and nothing else?"""
    if text.startswith(name):
        return _title().match(text[len(name) :]) is not None
    office = text.removesuffix(name)
    if office == text or len(office) > LONGEST_OFFICE or office[0] in _surnames():
        return False  # 张市长黄敬 are two persons
    return _title().search(office) is not None


def compare_titles(expected: str, given: str) -> Finding | None:
    """What an office with a person's name says of the answer; None where neither has one."""
    short, long = sorted((plain(expected), plain(given)), key=len)
    if short == long or not is_person(short) or _JOINED.search(folded(given).strip("、，,;； ")):
        return None
    if not _office(long, short):
        return None
    return nearly("多了职务或称呼" if long == plain(given) else "少了职务或称呼")


def compare_states(expected: str, given: str, evidence: str = "") -> Finding | None:
    """What 中华人民共和国 before one of two names says of the answer; None where it is before neither."""
    wanted, found = plain(expected), plain(given)
    if found == _STATE + wanted and _OF_A_STATE.search(wanted):
        if wanted in _organs() and not _ANOTHER_STATE.search(evidence):
            return RIGHT
        return nearly(f"多写了“{_STATE}”，请看原文的写法")
    if wanted == _STATE + found and _OF_A_STATE.search(found):
        return nearly(f"少写了“{_STATE}”")
    return None

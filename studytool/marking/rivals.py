"""What was written for a short answer of one point -> does it name another thing beside that one?

4种、5种 says neither: whoever names several has not answered. An amount or a date beside the one asked is
a rival, and so is a name of the same kind; what else stands there is a person's to judge or explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from studytool.marking.dates import days
from studytool.marking.finding import Finding, nearly, rank, wrong
from studytool.marking.names import is_person
from studytool.marking.numerals import canonical, tokens
from studytool.marking.places import is_place
from studytool.marking.quantities import amounts, quantity
from studytool.marking.wording import NEGATIONS, compare
from studytool.marking.writing import folded, plain
from studytool.model import Mark

SEVERAL = wrong("写了不止一个答案")
ANOTHER_AMOUNT = nearly("还写了别的数字，请看原文")
MORE = nearly("还写了别的，请看原文")
_OR = re.compile(r"[、/|｜\s]+|或者?是?|还是|抑或")
_CLAUSE = re.compile(r"[，,;；。\n!！?？]+")
_NUMBER = re.compile(r"^\s*(?:\(\d{1,2}\)|\d{1,2}[.)](?!\d))")  # of a list of one
_LISTED = re.compile(r"[、，,;；。/|]|以及")
_AND = ("和", "与", "及", "以及", "跟")
_NOTHING = re.compile(r"(?:等|答案?|是|为|即|指|分别|包括|共|一共|总共)*")
# What tells of which kind a name is.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("title", re.compile(r"^《.+》$")),
    ("organ", re.compile(r"(?:[会院部委局署厅团府社党军]|法院|检察院|公司|大学|中央|政府)$")),
)
LONGEST_AMOUNT = 10  # tokens of a key that is an amount or a date with a word or two: 比上年增长5.2%
LONGEST_NAME = 16
MOST = 60  # clauses of a response, and members of a clause: nobody types so many
LONGEST_OTHER = 60  # characters of what may be another name
SHORT = 3  # tokens of a key that is hardly more than a name
SHORT_REMARK = 6  # tokens beside a short name that may be another one; what is longer explains


def beside(variants: Sequence[str], response: Sequence[str], stem: str) -> Finding | None:
    """What names another answer beside the one point; None where nothing does."""
    if any(compare(variant, "".join(response[:MOST])).mark is Mark.RIGHT for variant in variants):
        return None  # nothing stands beside it: the space of 上 海 parts no names
    key = canonical(variants[0])
    if "#" in key:
        return _another_amount(variants, response, stem) if len(tokens(key)) <= LONGEST_AMOUNT else None
    if _LISTED.search(variants[0].strip("。，、；;,. ")):
        return _another_member(variants, response)
    if len(tokens(key)) > LONGEST_NAME:
        return None
    return min(_others(variants, response), key=rank, default=None)


def _members(response: Sequence[str]) -> list[list[str]]:
    """The clauses of a response, each in the members that 、 and 或 join."""
    clauses = (_NUMBER.sub("", clause) for text in response for clause in _CLAUSE.split(folded(text)))
    listed = ([part.strip() for part in _OR.split(clause) if part.strip()][:MOST] for clause in clauses)
    return list(islice(filter(None, listed), MOST))


def _another_amount(variants: Sequence[str], response: Sequence[str], stem: str) -> Finding | None:
    """Amounts of the same kind beside the one asked; what the stem itself says is none."""
    wanted = [amount for variant in variants for amount in amounts(canonical(variant))]
    numbers, units = {number for number, _ in wanted}, {unit for _, unit in wanted} | {None}
    members = [member for clause in _members(response) for member in clause]
    said = [amount for member in members for amount in amounts(canonical(member))]
    rivals = [number for number, unit in said if number not in numbers and unit in units]
    if rivals and len(members) > 1 and all(map(_bare_amount, members)):
        return SEVERAL
    known = canonical(stem)
    return ANOTHER_AMOUNT if any(f"#{number};" not in known for number in rivals) else None


def _another_member(variants: Sequence[str], response: Sequence[str]) -> Finding | None:
    """What is listed with the members of a point that is a list."""
    wanted = [canonical(member) for clause in _members(variants) for member in clause]
    for clause in _members(response):
        said = list(filter(None, map(canonical, clause)))
        known = [member for member in said if any(one in member for one in wanted)]
        if known and len(known) < len(said):
            return MORE
    return None


def _bare_amount(text: str) -> bool:
    return quantity(canonical(text)) is not None or days(text) is not None


def _others(variants: Sequence[str], response: Sequence[str]) -> Iterator[Finding]:
    """What each member beside the one that answers is: another name, or a remark to be looked at."""
    clauses = _members(response)
    for clause in clauses:
        listed = len(clause) > 1 and any(_has(variants, member) for member in clause)
        for member in clause:
            for other in _apart(variants, member):
                yield from _judged(variants, other, listed or other != member)


def _has(variants: Sequence[str], text: str) -> bool:
    return any(plain(variant) in plain(text) for variant in variants if plain(variant))


def _apart(variants: Sequence[str], member: str) -> Iterator[str]:
    """What a member says beside the point: all of it, the other one that 和 joins to it, or nothing."""
    text = plain(member)
    for name in map(plain, variants):
        head, found, tail = text.partition(name) if name else (text, "", "")
        if found:
            if head.endswith(_AND):
                yield head[:-1]
            if tail.startswith(_AND):
                yield tail[1:]
            return
    yield member


def _judged(variants: Sequence[str], other: str, listed: bool) -> Iterator[Finding]:
    if _NOTHING.fullmatch(plain(other)) or not NEGATIONS.isdisjoint(other) or len(other) > LONGEST_OTHER:
        return
    readings = ((variant, text) for variant in variants for text in (other, f"{plain(variant)}{other}"))
    if any(compare(*reading).mark is not Mark.WRONG for reading in readings):
        return  # the same in another writing, or the 同志 behind a name
    kinds = {_kind(variants[0].strip("。 ")), _kind(other)}
    short, brief = len(tokens(canonical(variants[0]))) <= SHORT, len(plain(other)) <= SHORT_REMARK
    if (len(kinds) == 1 and "" not in kinds) or (short and listed and brief):
        yield SEVERAL
    elif listed or (short and brief):
        yield MORE


def _kind(name: str) -> str:
    """Of which kind a name is; nothing where it shows none."""
    if is_place(plain(name)):
        return "place"
    if is_person(plain(name)):
        return "person"
    return next((kind for kind, pattern in _KINDS if pattern.search(name)), "")

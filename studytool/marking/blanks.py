"""A cloze item and what was typed into its blanks -> a finding for each blank.

Blanks of one group may be filled in any order. Words the stem already gives beside a blank may be typed
again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from studytool.marking.blank_order import SPLIT_BLANKS, Group, groups
from studytool.marking.finding import RIGHT, Finding, nearly, rank
from studytool.marking.numerals import canonical
from studytool.marking.quantities import (
    is_of_something_else,
    knows_its_unit,
    quantity,
    said_beside,
    said_in,
    unit_at,
    with_plain_bounds,
)
from studytool.marking.segments import numbered
from studytool.marking.turns import misdirected
from studytool.marking.wording import NEGATIONS, compare
from studytool.marking.writing import NUMERALS, folded
from studytool.model import Item, Mark

_NUMERALS = re.compile(f"[{NUMERALS}.]+")
_QUOTES = re.compile("[“”‘’\"'「」『』《》〈〉]")
_SWAPPED = nearly("填的都有，请看原文的先后")
_SEPARATORS = (
    re.compile(r"\s*[、，,;；/／|｜]\s*|\s{2,}"),
    re.compile(r"\s+"),
    re.compile(r"以及|[和与及]"),
)


def around(item: Item) -> tuple[tuple[str, str], ...]:
    """What the stem says right before and right behind each blank."""
    parts = SPLIT_BLANKS.split(item.stem)
    return tuple(pairwise(parts))


def spread(item: Item, response: Sequence[str]) -> tuple[str, ...]:
    """One text for each blank; what was typed on one line is taken apart."""
    count = len(item.key)
    if count > len(response) == 1:
        if len(members := numbered(response[0])) == count and all(members):
            return members
        for separator in _SEPARATORS:
            parts = separator.split(response[0].strip(" \t、，,;；。"))
            if len(parts) == count and all(part.strip() for part in parts):
                return tuple(parts)
    return (*response, *[""] * count)[:count]


def _repeated(text: str, stem: str) -> int:
    """How many characters at the start of `text` repeat the end of `stem`; never a part of a number."""
    for size in range(min(len(stem), len(text) - 1), 0, -1):
        if stem.endswith(text[:size]) and not _NUMERALS.fullmatch(text[:size]):
            return size
    return 0


def _unquoted(text: str) -> str:
    """`text` without quotation marks: they may close between a blank and the words behind it."""
    return _QUOTES.sub("", folded(text)).strip()


def _without_stem(text: str, before: str, after: str) -> tuple[str, ...]:
    """`text` without the words it repeats from the stem on either side of the blank, with or without
    the 的 between them."""
    bare, ahead = (with_plain_bounds(_unquoted(one)) for one in (text, before))
    repeated = _repeated(bare, ahead)
    if ahead[-repeated - 1 : -repeated] not in NEGATIONS:  # 超过 is not what the stem says with 不超过
        bare = bare[repeated:]
    behind = _unquoted(after)
    if bare[-1:] in NEGATIONS:
        return (bare,)  # the 不 of 不平等 is not the stem's word, but half of one
    ends = (_repeated(bare[::-1], words[::-1]) for words in (behind, behind.removeprefix("的")))
    return tuple(bare[: len(bare) - end] for end in dict.fromkeys(ends))


def _with_unit(variants: Sequence[str], given: str, unit: str) -> tuple[str, ...]:
    """The variants with the unit the stem goes on with, for what was typed with one: 30万吨 for 30."""
    amounts = [(quantity(canonical(variant)), variant) for variant in variants]
    whole = tuple(text if amount is None or amount.unit else text + unit for amount, text in amounts)
    typed = quantity(canonical(given))
    return whole if typed and typed.unit else tuple(dict.fromkeys((*variants, *whole)))


def best(variants: Sequence[str], given: str, sides: tuple[str, str], evidence: str) -> Finding:
    """The most favourable finding over the variants of one answer."""
    said = said_beside(*map(canonical, sides)) or said_in(canonical(variants[0]))
    wanted, *others = map(canonical, variants)
    turn = misdirected(wanted, canonical(given), canonical(sides[0]), evidence)
    if turn and canonical(given) not in others:
        return turn
    variants = _with_unit(variants, given, unit_at(folded(sides[1])))
    findings = [compare(variant, given, evidence, said) for variant in variants]
    finding = max(findings, key=lambda one: (rank(one), knows_its_unit(one)))
    if finding.mark is Mark.NEARLY and is_of_something_else(findings[0]):
        return findings[0]  # 1000亿美元 is near to “1000亿”, and no 1000亿元
    if finding.mark is Mark.RIGHT:
        return finding
    bare = [text for text in _without_stem(given, *sides) if text != given]
    repeated = (compare(variant, text, evidence, said) for text in bare for variant in variants)
    return RIGHT if any(one.mark is Mark.RIGHT for one in repeated) else finding


def _assigned(group: Group, table: dict[tuple[int, int], Finding]) -> dict[int, tuple[Finding, int]]:
    """Each blank of a group with the text that suits it best; a text is used once.

    The better pairs choose first, and of equal ones those that stand where they were typed."""
    pairs = sorted(table, key=lambda pair: (-rank(table[pair]), pair[0] != pair[1], pair))
    found: dict[int, tuple[Finding, int]] = {}
    used: set[int] = set()
    for blank, text in pairs:
        if blank not in found and text not in used:
            found[blank] = table[blank, text], text
            used.add(text)
    return {
        blank: (_SWAPPED if group.doubtful and text != blank and one.mark is Mark.RIGHT else one, text)
        for blank, (one, text) in found.items()
    }


def filled(
    item: Item, response: Sequence[str], variants: Sequence[Sequence[str]]
) -> tuple[tuple[Finding, str], ...]:
    """For each member of the key, what was found and the text it was found of."""
    texts = spread(item, response)
    sides = (*around(item), *[("", "")] * len(item.key))  # a stem may have lost a blank
    evidence = canonical(f"{item.stem} {item.evidence}")
    found: dict[int, tuple[Finding, int]] = {}
    for group in groups(item):
        table = {
            (blank, text): best(variants[blank], texts[text], sides[blank], evidence)
            for blank in group.blanks
            for text in group.blanks
        }
        found |= _assigned(group, table)
    return tuple((found[index][0], texts[found[index][1]]) for index in range(len(item.key)))


def mark_blanks(
    item: Item, response: Sequence[str], variants: Sequence[Sequence[str]]
) -> tuple[Finding, ...]:
    """A finding for each member of the key."""
    return tuple(finding for finding, _ in filled(item, response, variants))

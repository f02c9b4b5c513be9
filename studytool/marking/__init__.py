"""(item, response) -> right, nearly or wrong, part by part, and why.

Nothing is silently wrong or right: a response that only nearly says the answer is marked so, and a
wrong digit, unit or negation is wrong however alike the texts look.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest

from studytool.marking.blanks import filled, mark_blanks
from studytool.marking.chosen import mark_choices, mark_order, mark_pairs, mark_statement
from studytool.marking.difference import Step, difference
from studytool.marking.finding import Finding
from studytool.marking.points import mark_points
from studytool.model import Item, ItemKind, Mark, Verdict

__all__ = ["Step", "difference", "mark", "paired"]

Variants = Sequence[Sequence[str]]

CHOSEN: dict[ItemKind, Callable[[Item, Sequence[str]], tuple[Finding, ...]]] = {
    ItemKind.SINGLE_CHOICE: mark_choices,
    ItemKind.MULTIPLE_RESPONSE: mark_choices,
    ItemKind.TRUE_FALSE: mark_statement,
    ItemKind.MATCHING: mark_pairs,
    ItemKind.ORDERING: mark_order,
}


def mark(item: Item, response: Sequence[str], extra: Variants = ()) -> Verdict:
    """The verdict on `response`; `extra[i]` are variants of `key[i]` a person has let pass before."""
    findings = _findings(item, response, _variants(item, extra))
    parts = tuple(finding.mark for finding in findings)
    return Verdict(_whole(item, parts), parts, _reasons(item, findings))


def paired(item: Item, response: Sequence[str], extra: Variants) -> tuple[tuple[Mark, str], ...]:
    """For each member of a cloze's key its mark and the text that was taken for it."""
    return tuple((finding.mark, text) for finding, text in filled(item, response, _variants(item, extra)))


def _findings(item: Item, response: Sequence[str], variants: Variants) -> tuple[Finding, ...]:
    if item.kind is ItemKind.CLOZE:
        return mark_blanks(item, response, variants)
    if item.kind is ItemKind.SHORT_ANSWER:
        return mark_points(response, variants, item.stem)
    return CHOSEN[item.kind](item, response)


def _variants(item: Item, extra: Variants) -> Variants:
    rows = zip_longest(item.key, item.accepted[: len(item.key)], extra[: len(item.key)], fillvalue=())
    return tuple(tuple(dict.fromkeys((str(key), *accepted, *more))) for key, accepted, more in rows)


def _whole(item: Item, parts: tuple[Mark, ...]) -> Mark:
    """A short answer with some of its points is nearly right; one wrong blank makes a cloze wrong."""
    if all(part is Mark.RIGHT for part in parts):
        return Mark.RIGHT
    if item.kind is ItemKind.SHORT_ANSWER:
        return Mark.NEARLY if any(part is not Mark.WRONG for part in parts) else Mark.WRONG
    return Mark.WRONG if Mark.WRONG in parts else Mark.NEARLY


PLACES = {ItemKind.CLOZE: "第{}空", ItemKind.SHORT_ANSWER: "第{}个要点"}


def _reasons(item: Item, findings: tuple[Finding, ...]) -> str:
    """The reasons, each said once, and where several parts were typed, which of them it concerns."""
    said: dict[str, list[str]] = {}
    for number, finding in enumerate(findings, 1):
        if finding.reason:
            said.setdefault(finding.reason, []).append(str(number))
    place = PLACES.get(item.kind, "")
    if len(findings) == 1 or not place:
        return "；".join(said)
    return "；".join(
        reason if len(numbers) == len(findings) else place.format("、".join(numbers)) + reason
        for reason, numbers in said.items()
    )

"""A list -> terms that look like its members and are none: from the document's other lists, then lexical."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from statistics import mean
from typing import NamedTuple

from studytool.items import confusables, siblings
from studytool.items.context import Context
from studytool.items.forms import normal, pick
from studytool.items.propriety import LEADERS
from studytool.model import Knowledge

LIKE_ENOUGH = 0.48


def intruders(
    knowledge: Knowledge, members: Sequence[str], context: Context, count: int
) -> list[tuple[str, float]]:
    """Up to `count` intruders with their closeness to the members, the closest first."""
    scored: dict[str, float] = {}
    for source, worth in ((_lexical(members), 0.8), (_of_families(members, context), 0.75)):
        for text in source:
            if text not in scored and _foreign(text, knowledge, members):
                scored[text] = worth
    for text in _of_other_lists(members, context):
        if text not in scored and _same_sort(text, tuple(members)) and _foreign(text, knowledge, members):
            scored[text] = mean(siblings.likeness(member, text) for member in members)
    ranked = sorted(scored, key=lambda t: (-scored[t], pick(1 << 30, members[0], t)))
    taken: list[tuple[str, float]] = []
    for text in ranked:
        apart = all(normal(text) not in normal(o) and normal(o) not in normal(text) for o, _ in taken)
        if scored[text] >= LIKE_ENOUGH and apart and len(taken) < count:
            taken.append((text, scored[text]))
    return taken


class Build(NamedTuple):
    """What the members of a list have in common, found once for the list."""

    begins: str  # the one character all begin with, or nothing
    heads: frozenset[str]
    alike_ends: bool
    builds: frozenset[tuple[str, ...]]


@lru_cache(maxsize=1 << 10)
def _build(members: tuple[str, ...]) -> Build:
    begins = {member[:1] for member in members}
    return Build(
        begins.pop() if len(begins) == 1 else "",
        frozenset(head for head in map(siblings.last_word, members) if len(head) > 1),
        len({member[-1:] for member in members}) == 1,
        frozenset(map(siblings.build, members)),
    )


def _same_sort(text: str, members: tuple[str, ...]) -> bool:
    """Does `text` end as a member ends, or is it built as all of them are?"""
    own = _build(members)
    if own.begins:
        return False  # 新目标 beside 新产业, 新模式: what one makes and what one sets are no rivals
    if siblings.last_word(text) in own.heads:
        return True
    if own.alike_ends:
        return False  # all in 化, 性 or 力: only their own families have what fits
    built = siblings.build(text)
    if built in own.builds and any(m[-1:] == text[-1:] and siblings.build(m) == built for m in members):
        return not any(_slip(member, text) for member in members)
    return len(own.builds) == 1 and built in own.builds and len(text) == 4


def _slip(member: str, text: str) -> bool:
    """Two names one character apart: one of them is probably a misprint (沽源, 控源)."""
    return len(member) == len(text) == 2 and sum(a != b for a, b in zip(member, text, strict=True)) == 1


def _of_other_lists(members: Sequence[str], context: Context) -> Iterator[str]:
    """Members of the document's other lists, where those lists do not share a member with this one."""
    own = {normal(member) for member in members}
    average = sum(map(len, members)) / len(members)
    for size in sorted(context.members):
        if abs(size - average) <= max(1.5, average / 3):
            yield from (text for text, series in context.members[size] if not own & series)


def _of_families(members: Sequence[str], context: Context) -> Iterator[str]:
    yield from siblings.of_shared_family(members, context)


def _lexical(members: Sequence[str]) -> Iterator[str]:
    """A member that is itself a word gives its rivals; the last word of a longer one is never exchanged."""
    for member in members:
        for variant in confusables.variants(member):
            if variant.original == member or not member.endswith(variant.original):
                yield variant.text


def _foreign(text: str, knowledge: Knowledge, members: Sequence[str]) -> bool:
    """Is `text` no member, no part of one, not in the evidence, and of the members' length?"""
    average = sum(map(len, members)) / len(members)
    if abs(len(text) - average) > max(1.5, average / 3):
        return False
    form = normal(text)
    homes = (knowledge.sentence, knowledge.member_sentence or knowledge.sentence)
    if not form or any(form in normal(home.text) for home in homes) or LEADERS.search(text):
        return False
    if any(form in normal(member) or normal(member) in form for member in members):
        return False
    if sum(member[-2:] == text[-2:] for member in members) == 1:
        return False  # 保险补贴 beside 产业补贴: the pair shows which of the two was added
    ends = {member[-1:] for member in members}
    return len(ends) > 1 or text[-1:] in ends

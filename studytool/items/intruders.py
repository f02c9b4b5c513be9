"""A list -> terms that look like its members and are none.

They come from the table of official sets, or from the one family of names that holds the list. Terms that
merely end alike are no rivals: 融入社会发展 beside 京津冀协同发展 tempts nobody, and 供应链 beside 产业链 may
be right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from studytool.data import tables
from studytool.items import siblings
from studytool.items.context import Context
from studytool.items.forms import normal
from studytool.items.propriety import LEADERS
from studytool.items.series import named
from studytool.model import Knowledge, KnowledgeKind

CLOSENESS = {"set": 0.8, "family": 0.75}
SHARE = 0.75  # of the list that must be of one set
LEAST = 4  # members of a set that is known as one


class OfficialSet(NamedTuple):
    """Terms that official language keeps together, and those mixed up with them."""

    together: frozenset[str]
    apart: tuple[str, ...]


@cache
def _sets() -> tuple[OfficialSet, ...]:
    rows = tables("official_sets.toml")["set"]
    return tuple(OfficialSet(frozenset(row["together"]), tuple(row["apart"])) for row in rows)


def intruders(
    knowledge: Knowledge, members: Sequence[str], context: Context, count: int
) -> list[tuple[str, float]]:
    """Up to `count` intruders with their closeness to the members, the closest first."""
    taken: dict[str, float] = {}
    if _overgrown(knowledge, members):
        return []
    for source, texts in (("set", _of_set(members)), ("family", _of_family(knowledge, members, context))):
        for text in texts:
            apart = all(normal(text) not in normal(o) and normal(o) not in normal(text) for o in taken)
            if len(taken) < count and apart and _foreign(text, knowledge, members, context):
                taken[text] = CLOSENESS[source]
    return list(taken.items())


def _of_set(members: Sequence[str]) -> tuple[str, ...]:
    """What is mixed up with the set that has most of `members`; nothing where it has too few."""
    shared = {one: len(one.together.intersection(members)) for one in _sets()}
    best = max(shared, key=lambda one: (shared[one], -len(one.together)))
    return best.apart if shared[best] >= max(2, SHARE * len(members)) else ()


def _overgrown(knowledge: Knowledge, members: Sequence[str]) -> bool:
    """A well-known set and one more, of no name: 供应链 beside the four chains everybody knows."""
    whole = any(len(one.together) >= LEAST and one.together < set(members) for one in _sets())
    return whole and not knowledge.closed and knowledge.kind is KnowledgeKind.LIST


def _of_family(knowledge: Knowledge, members: Sequence[str], context: Context) -> Iterator[str]:
    named_list = knowledge.kind is KnowledgeKind.LIST and knowledge.closed and named(knowledge)
    for text in siblings.of_shared_family(members, named_list, context):
        if not (named_list and _overlaps(text, members)):
            yield text


def _overlaps(text: str, members: Sequence[str]) -> bool:
    """信息技术 beside 电子信息 may be taken for the same thing."""
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    return any(pair in member for pair in pairs for member in members)


def _foreign(text: str, knowledge: Knowledge, members: Sequence[str], context: Context) -> bool:
    """Is `text` no member, no part of one, not in the evidence, and said nowhere in the members' place?"""
    form = normal(text)
    homes = (knowledge.sentence, knowledge.member_sentence or knowledge.sentence)
    if any(form in normal(home.text) for home in homes) or LEADERS.search(text):
        return False
    if any(form in normal(member) or normal(member) in form for member in members):
        return False
    return not _in_their_place(text, members, context)


def _in_their_place(text: str, members: Sequence[str], context: Context) -> bool:
    """Does the document list `text` beside one of the members somewhere? Then it may be right here too."""
    said, at = context.text, context.text.find(text)
    while at >= 0:
        if _listed(said, at, at + len(text), tuple(members)):
            return True
        at = said.find(text, at + 1)
    return False


_BETWEEN = frozenset("、和与及”“")  # one or two of them stand between what is listed


def _listed(said: str, start: int, end: int, members: tuple[str, ...]) -> bool:
    """Does a member stand right before `start` or right behind `end`?"""
    for width in (1, 2):
        before, after = said[max(0, start - width) : start], said[end : end + width]
        if _BETWEEN.issuperset(before) and said.endswith(members, 0, start - len(before)):
            return True
        if _BETWEEN.issuperset(after) and said.startswith(members, end + len(after)):
            return True
    return False

"""A key -> terms of the same sort and shape from the document itself, or from a family of names.

72% of human wrong options stand in the text of another question of the same bank: the document's own
other terms tempt most, for a half-prepared person has met them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from studytool.data import tables
from studytool.items.context import Context
from studytool.items.forms import normal, pick
from studytool.items.numerals import count_of
from studytool.items.propriety import LEADERS
from studytool.model import Knowledge, KnowledgeKind
from studytool.words import tagged

_TERMS = (
    KnowledgeKind.FORMULATION,
    KnowledgeKind.QUOTATION,
    KnowledgeKind.DEFINITION,
    KnowledgeKind.ABBREVIATION,
    KnowledgeKind.LIST,
)
LIKE_ENOUGH = 0.62
NEAREST, WIDER = 0.78, 0.06  # how near the first of the narrowest family comes, and of a wider one
SET_TERM = 4  # characters of a term like 四个意识; longer ones each go with verbs of their own
MOSTLY = 0.6  # the share of a list that a family must hold


@cache
def _families(table: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in tables("gazetteers.toml")[table].values())


def of_family(key: str, context: Context) -> Iterator[tuple[str, float]]:
    """Other members of the families `key` belongs to, the narrowest first; of each, those the document also
    names come first."""
    own = sorted((f for f in (*_families("families"), *_families("words")) if key in f), key=len)
    for members in own:
        nearest = NEAREST if len(members) == len(own[0]) else NEAREST - WIDER
        fitting = (m for m in members if m != key and (not _counts(key) or _counted_alike(m, key)))
        near = sorted(fitting, key=lambda m: _distance(m, key, context))
        for rank, member in enumerate(near):
            yield member, max(0.62, nearest - rank * 0.01)


def _counts(term: str) -> bool:
    return term[:1] in _NUMERALS


def _counted_alike(one: str, other: str) -> bool:
    """四个意识 beside 四个自信: 八项规定 is of another build and goes with other verbs."""
    same_build = one[1:2] == other[1:2] and len(one) == len(other) <= SET_TERM
    return same_build or one[:2] == other[:2] or one[-2:] == other[-2:]


_NUMERALS = "一二两三四五六七八九十"


def of_shared_family(members: Sequence[str], named: bool, context: Context) -> Iterator[str]:
    """Others of the family that holds most of `members`, the smallest of several; of common words only
    where the list has a name."""
    tables = ("families", "words") if named else ("families",)
    families = [family for table in tables for family in _families(table)]
    held = {at: sum(member in family for member in members) for at, family in enumerate(families)}
    most = max(held.values())
    if most < max(2, MOSTLY * len(members)):
        return
    best = min((family for at, family in enumerate(families) if held[at] == most), key=len)
    yield from sorted((m for m in best if m not in members), key=lambda m: _distance(m, members[0], context))


def _distance(member: str, key: str, context: Context) -> tuple[int, int, int, int]:
    named = min(context.count(member), 5)
    return _steps(member, key), abs(len(member) - len(key)), -named, pick(1 << 30, key, member)


_ONE_COUNT = re.compile("(?<=[第的届])[一二三四五六七八九十]{1,3}(?=[大届次])")
_FAR = 20  # steps: nothing is so far away that is counted


def _steps(one: str, other: str) -> int:
    """党的十七大 is one step from 党的十八大; what is not counted is as far away as anything."""
    frames = {_ONE_COUNT.sub("_", text, count=1) for text in (one, other)}
    counts = [count_of(found[0]) for text in (one, other) if (found := _ONE_COUNT.search(text))]
    return abs(counts[0] - counts[1]) if len(frames) == 1 and len(counts) == 2 else _FAR


def of_document(knowledge: Knowledge, key: str, context: Context) -> Iterator[tuple[str, float]]:
    """The document's other terms of the same sort, the most alike first."""
    termed = (
        knowledge.kind in (*_TERMS, KnowledgeKind.RULE) and knowledge.kind is not KnowledgeKind.ABBREVIATION
    )
    kinds = _TERMS if termed else (knowledge.kind,)
    own = normal(knowledge.sentence.text)
    room = max(2, len(key) // 2)
    scored: dict[str, float] = {}
    for kind in kinds:
        for value in _known_values(knowledge, kind, context).near(key):
            if abs(len(value) - len(key)) > room or _opens(key) != _opens(value):
                continue
            like = likeness(key, value)
            if like >= LIKE_ENOUGH and normal(value) not in own:
                scored[value] = like
    ranked = sorted(scored, key=lambda v: (-scored[v], pick(1 << 30, key, v)))
    for value in ranked[:24]:
        if not LEADERS.search(value):
            yield value, scored[value]


class Terms:
    """Terms by their first and last characters: without either in common none is alike."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = tuple(terms)
        self._first: defaultdict[str, list[int]] = defaultdict(list)
        self._last: defaultdict[str, list[int]] = defaultdict(list)
        for at, term in enumerate(self._terms):
            self._first[bare(term)[:1]].append(at)
            self._last[bare(term)[-1:]].append(at)

    def near(self, key: str) -> Iterator[str]:
        """Those that begin or end as `key` does, in their order."""
        first, last = self._first.get(bare(key)[:1], ()), self._last.get(bare(key)[-1:], ())
        return (self._terms[at] for at in sorted({*first, *last}))


def _known_values(knowledge: Knowledge, kind: KnowledgeKind, context: Context) -> Terms:
    """Values of `kind`. Of persons and places only those of the same article: others belong elsewhere."""
    if kind not in (KnowledgeKind.PERSON, KnowledgeKind.PLACE):
        return context.recall(("values", kind), lambda: Terms(context.values.get(kind, ())))
    home = knowledge.sentence.article.id
    own = (o for o in context.knowledge if o.kind is kind and o.sentence.article.id == home)
    return context.recall(
        ("values", kind, home), lambda: Terms(dict.fromkeys(value for one in own for value in one.values))
    )


def bare(text: str) -> str:
    """`text` without quotation marks and 《》."""
    return text.translate(_MARKS)


_MARKS = str.maketrans(dict.fromkeys("“”《》"))


@lru_cache(maxsize=1 << 15)
def _tag(text: str, at: int) -> str:
    words = [w for w in tagged(text) if w.tag != "x"]
    return words[at].tag[:1] if words else ""


def _opens(text: str) -> bool:
    """Does a term open with a verb or a preposition: 促进发展, 以开放促改革?"""
    return _tag(bare(text), 0) in ("v", "p")


@lru_cache(maxsize=1 << 16)
def likeness(key: str, other: str) -> float:
    """How much `other` looks like `key` (0–1): length, head, build, common beginning."""
    one, two = bare(key), bare(other)
    score = 0.38 - 0.14 * abs(len(one) - len(two))
    if len(last_word(one)) > 1 and last_word(one) == last_word(two):
        score += 0.36
    elif one[-1:] == two[-1:] and len(one) < 5:  # 历史虚无主义 is no rival of 社会公平正义
        score += 0.1
    score += 0.18 if one[:2] == two[:2] else 0.06 if one[:1] == two[:1] else 0.0
    score += 0.12 if build(one) == build(two) else 0.0
    score += 0.1 if _tag(one, -1) == _tag(two, -1) else -0.15
    return max(0.0, min(score, 1.0))


@lru_cache(maxsize=1 << 14)
def last_word(text: str) -> str:
    """The word a term ends with: its head."""
    return tagged(text)[-1].text if text else ""


@lru_cache(maxsize=1 << 14)
def build(text: str) -> tuple[str, ...]:
    """How a term is built: the tags of its words."""
    return tuple(word.tag[:2] + str(len(word.text)) for word in tagged(text) if word.tag != "x")

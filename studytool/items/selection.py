"""Judged drafts with scores -> those that go into the bank: fewer and sound beats many.

A knowledge gives at most two items, of two kinds; a sentence six; of two items that ask the same the
better stays; true and false statements keep the balance. Which second kind a knowledge gives is hashed
against the shares examiners use.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from studytool.items.authority import is_of_authority
from studytool.items.drafts import BLANKED, Draft
from studytool.items.forms import normal, overlap, pick
from studytool.items.series import RECITED
from studytool.model import BLANK, RIGHT, ItemKind, Knowledge, KnowledgeKind

A_SENTENCE = 6
DAYS = 12  # asked for of one article
A_KEY, A_TERM = 2, 4  # of a set all of which is asked, one will do; many rules have a term of six months
FEW = 4  # characters beside a blank that make a set phrase
SAME = 0.6  # share of common character pairs from which two stems ask the same

C, S, M, T, A = (
    ItemKind.CLOZE,
    ItemKind.SINGLE_CHOICE,
    ItemKind.MULTIPLE_RESPONSE,
    ItemKind.TRUE_FALSE,
    ItemKind.SHORT_ANSWER,
)
# Orders of preference for each kind of knowledge; one is hashed, and the first kinds that passed win.
ORDERS: dict[KnowledgeKind, tuple[tuple[ItemKind, ...], ...]] = {
    KnowledgeKind.FIGURE: ((C, T), (S,), (C,), (C, T), (S, T)),
    KnowledgeKind.DATE: ((C, T), (S, T), (C, T), (S,)),
    KnowledgeKind.LIST: ((M, C), (A, M), (M, S), (C, M), (M, C)),
    KnowledgeKind.ABBREVIATION: ((C, A), (A, S), (C, M), (A, C), (C, T)),
    KnowledgeKind.RULE: ((S, C), (C, S), (S, T), (T, C)),
}
ONCE = ((C,), (S,))  # the day a law comes into force is worth one question
DEFAULT: tuple[tuple[ItemKind, ...], ...] = ((C, S), (S, C), (C, T), (S, T), (C, S))


# A figure to fill in and the same figure to choose are one question, and so are two of a day.
ASKED_ONCE = frozenset((KnowledgeKind.FIGURE, KnowledgeKind.DATE))

OF_SEVERAL = (ItemKind.MATCHING, ItemKind.ORDERING)  # they ask a whole sentence, or several, beside the rest


class Scored(NamedTuple):
    """A draft that passed the gate, and its score."""

    draft: Draft
    score: float


def chosen(scored: Sequence[Scored]) -> list[Scored]:
    """What goes into the bank, in the order of the document."""
    best = _of_each_sentence(_of_each_knowledge(scored))
    return _balanced(_without_repeats(_of_each_chronicle(best)))


def preferred(knowledge: Knowledge) -> tuple[ItemKind, ...]:
    """The kinds of items `knowledge` gives if they pass, the best first; it gives as many as there are here,
    of other kinds where these do not pass."""
    commenced = knowledge.kind is KnowledgeKind.DATE and knowledge.rule == "regulations"
    orders = ONCE if commenced else ORDERS.get(knowledge.kind, DEFAULT)
    return orders[pick(len(orders), "序", *knowledge.values, normal(knowledge.sentence.text))]


def instead(kinds: Iterable[ItemKind], passed: Sequence[Scored]) -> list[ItemKind]:
    """Of the `kinds` left where too few of those preferred have `passed`: those that do not ask the same
    again. Where the counter stays beside the blank (____家), the choice is tried, which asks for the whole
    figure."""
    asked = any(_asked_whole(one.draft) for one in passed)
    return [kind for kind in kinds if not (asked and kind in BLANKED)]


def _asked_whole(draft: Draft) -> bool:
    return draft.kind in BLANKED and draft.knowledge.kind in ASKED_ONCE and draft.key == draft.asked


def _of_each_knowledge(scored: Sequence[Scored]) -> list[Scored]:
    groups: defaultdict[int, list[Scored]] = defaultdict(list)
    for one in scored:
        groups[id(one.draft.knowledge)].append(one)
    taken: list[Scored] = []
    for group in groups.values():
        order = preferred(group[0].draft.knowledge)
        ranked = sorted(_asked_once(group), key=lambda s: _preference(s, order))
        kinds: set[ItemKind] = set()
        for one in ranked:
            if one.draft.kind not in kinds and len(kinds) < len(order):
                kinds.add(one.draft.kind)
                taken.append(one)
    return taken


def _asked_once(group: Sequence[Scored]) -> Sequence[Scored]:
    """Without the blank that keeps a figure's counter beside it, where the choice has the whole figure."""
    whole = [one for one in group if not (one.draft.kind is C and _asks_without_counter(one.draft))]
    return whole if any(one.draft.kind is S for one in whole) else group


def _asks_without_counter(draft: Draft) -> bool:
    return draft.knowledge.kind in ASKED_ONCE and draft.key != draft.asked


def _preference(one: Scored, order: tuple[ItemKind, ...]) -> tuple[int, float]:
    return (order.index(one.draft.kind) if one.draft.kind in order else len(order), -one.score)


def _of_each_sentence(scored: Iterable[Scored]) -> list[Scored]:
    groups: defaultdict[str, list[tuple[int, float, Scored]]] = defaultdict(list)
    turns: Counter[int] = Counter()
    for one in scored:  # a second item of one piece of knowledge waits until every other has its first
        turn = -1 if one.draft.kind in OF_SEVERAL else turns[id(one.draft.knowledge)]
        turns[id(one.draft.knowledge)] += 1
        groups[normal(one.draft.knowledge.sentence.text)].append((turn, -one.score, one))
    ranked = (sorted(group, key=lambda entry: entry[:2]) for group in groups.values())
    return [one for group in ranked for one in _recited_once([one for _, _, one in group])[:A_SENTENCE]]


def _of_each_chronicle(scored: list[Scored]) -> list[Scored]:
    """Of an article that gives a day for all it tells, the days that count most: what leaders and the Centre
    did, and then the best."""
    groups: defaultdict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        if one.draft.knowledge.kind is KnowledgeKind.DATE and one.draft.kind not in OF_SEVERAL:
            groups[one.draft.knowledge.sentence.article.id].append(one)
    surplus: set[int] = set()
    for group in groups.values():
        ranked = sorted(group, key=lambda s: (not is_of_authority(s.draft.statement), -s.score))
        surplus.update(id(one.draft) for one in ranked[DAYS:])
    return [one for one in scored if id(one.draft) not in surplus]


def _recited_once(scored: Sequence[Scored]) -> list[Scored]:
    """Of 增强“四个意识”、坚定“四个自信”、做到“两个维护” one is asked."""
    recited = [at for at, one in enumerate(scored) if one.draft.key[0] in RECITED]
    return [one for at, one in enumerate(scored) if at not in recited[1:]]


def _without_repeats(scored: Iterable[Scored]) -> list[Scored]:
    """Of several that ask the same with the same key the best stays."""
    groups: defaultdict[tuple[str, ...], list[Scored]] = defaultdict(list)
    order = {id(one.draft): at for at, one in enumerate(scored)} if isinstance(scored, list) else {}
    for one in sorted(scored, key=lambda s: (-s.score, order.get(id(s.draft), 0))):
        group = groups[(one.draft.kind, *map(normal, one.draft.asked))]
        ruled = one.draft.knowledge.kind is KnowledgeKind.RULE
        most = 1 if one.draft.kind is M else A_TERM if ruled else A_KEY
        if len(group) < most and not any(_ask_the_same(one, other) for other in group):
            group.append(one)
    kept = [one for group in groups.values() for one in group]
    stems: set[tuple[str, str]] = set()
    unique = []
    for one in sorted(kept, key=lambda s: order.get(id(s.draft), 0)):
        stem = (one.draft.kind, normal(one.draft.stem))
        if stem not in stems:
            stems.add(stem)
            unique.append(one)
    return unique


def _ask_the_same(one: Scored, other: Scored) -> bool:
    """Do two items with one key ask the same: in like words, or in the same phrase (坚持____的发展思想)?"""
    worded = one.draft.kind in BLANKED and one.draft.knowledge.kind in _WORDINGS  # 增长2% is said of many
    return (worded and _in_one_phrase(one, other)) or overlap(_said(one), _said(other)) >= SAME


_WORDINGS = (
    KnowledgeKind.ABBREVIATION,
    KnowledgeKind.FORMULATION,
    KnowledgeKind.LIST,
    KnowledgeKind.QUOTATION,
)


def _in_one_phrase(one: Scored, other: Scored) -> bool:
    (before, after), (left, right) = _beside(one), _beside(other)
    return before[-FEW:] == left[-FEW:] or (before[-2:], after[:FEW]) == (left[-2:], right[:FEW])


def _beside(one: Scored) -> tuple[str, str]:
    """The words on the two sides of the first blank."""
    before, _, after = one.draft.stem.partition(BLANK)
    return normal(before), normal(after)


def _said(one: Scored) -> str:
    return one.draft.stem.removeprefix(one.draft.frame.anchor)


def _balanced(scored: list[Scored]) -> list[Scored]:
    """True and false statements in equal numbers: the weakest of the majority go."""
    statements = [one for one in scored if one.draft.kind is ItemKind.TRUE_FALSE]
    counts = Counter(one.draft.key for one in statements)
    true, false = counts[(RIGHT,)], len(statements) - counts[(RIGHT,)]
    surplus = abs(true - false) - max(1, min(true, false) // 5)
    if surplus <= 0:
        return scored
    major = [one for one in statements if (one.draft.key == (RIGHT,)) == (true > false)]
    weakest = {id(one.draft) for one in sorted(major, key=lambda s: s.score)[:surplus]}
    return [one for one in scored if id(one.draft) not in weakest]

"""Elements -> Links: which paragraph goes on where, all broken paragraphs of a document together.

Every broken paragraph may continue in any paragraph nearby; every paragraph continues at most one.
The surprising decision: the pairs are chosen together, for the greatest sum of evidence, because the
wrong partner of one break is usually the right partner of another.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from studytool.articles import misfits, pairing, seams
from studytool.articles.elements import Element, End, Gap, Head, Heading, Hole, Note, Prose
from studytool.articles.language import Language, Topic
from studytool.articles.pairing import ENOUGH, ENOUGH_ADJACENT, Pair

REACH = 60  # paragraphs between two halves, at most
ENOUGH_LOST = 1.5  # … when the second half has no beginning of its own
ENOUGH_WHILE_PENDING = 2.4
ROUNDS = 3
AT_MOST_WEAK = 0.8
# How much confidence a joint needs for its sentence to be asked about: over other text, and over none.
SURE_FAR, SURE_NEXT = 0.97, 0.98
BEYOND_DOUBT = 99.0  # a person has said so
CERTAIN = 4.5  # … and what makes looking further needless
NEXT, NEXT_OVER_HEADING = 3.5, 1.5  # what standing next to each other is worth
NEXT_WHILE_PENDING = 2.0  # … while an earlier paragraph, cut off by a head, waits for its other half
IN_PLACE = 2.5  # a paragraph that stands where paragraphs stand is seldom a lost half
TOPIC, CONTEXT = 10.0, 3  # what a common topic is worth, told from so many paragraphs
LOOSE = 1.5  # a text without a head behind an article's end continues something
BEREFT = 2.5  # a text whose neighbour before it went on elsewhere
COMPLETES = 3.0  # a headless text and a head without a beginning belong together
BACKWARDS = 1.5  # a column is mostly read on, not back


class Link(NamedTuple):
    """Element `left` goes on in element `right` (None: open), with this confidence (0–1): 1 says a person."""

    left: int
    right: int | None
    confidence: float
    overlap: int = 0


def link(
    elements: Sequence[Element], said: Mapping[int, int | None], *, in_order: bool = False
) -> tuple[Link, ...]:
    """One link for every broken paragraph; what a person has `said` of some of them holds. `in_order`: a
    paragraph goes on in the next one, or nowhere."""
    gaps = [i for i, e in enumerate(elements) if isinstance(e, Gap)]
    whole = [i for i, e in enumerate(elements) if isinstance(e, Prose)]
    between = pairwise([-1, *gaps, len(elements)])
    parts = [[i for i in whole if start < i < end] for start, end in between] if gaps else [whole]
    reach = 0 if in_order else REACH
    return tuple(one for proses in parts for one in _linked(elements, proses, said, reach))


def _linked(
    elements: Sequence[Element], proses: list[int], said: Mapping[int, int | None], reach: int
) -> tuple[Link, ...]:
    """The links of the broken ones of these paragraphs among themselves."""
    broken = [i for i in proses if _prose(elements, i).broken]
    if not broken:
        return ()
    language = Language([_prose(elements, i).text for i in proses])
    scorer = _Scorer(elements, proses, language, reach)
    chosen = {left: Pair(BEYOND_DOUBT, left, right, 0.0) for left, right in said.items() if right is not None}
    for _ in range(ROUNDS):
        rest = [left for left in broken if left not in chosen and left not in said]
        found = pairing.choose(scorer.candidates(rest, chosen))
        if not found:
            break
        chosen |= found
    ended = {left for left, right in said.items() if right is None}
    return tuple(
        Link(left, None, 1.0) if left in ended else _link(elements, left, chosen.get(left), language)
        for left in broken
    )


def is_over_text(elements: Sequence[Element], left: int, right: int) -> bool:
    """Does the paragraph go on before itself, or behind other text?"""
    return right < left or any(isinstance(e, End | Prose) for e in elements[left + 1 : right])


def is_sure(elements: Sequence[Element], link: Link) -> bool:
    """Is the joint sure enough for its sentence to be asked about?"""
    if link.right is None:
        return False
    return link.confidence >= (SURE_FAR if is_over_text(elements, link.left, link.right) else SURE_NEXT)


def _prose(elements: Sequence[Element], index: int) -> Prose:
    element = elements[index]
    assert isinstance(element, Prose)
    return element


class _Scorer:
    def __init__(
        self, elements: Sequence[Element], proses: list[int], language: Language, reach: int
    ) -> None:
        self.elements, self.proses, self.language, self.reach = elements, proses, language, reach
        self.topics: dict[tuple[int, int], Topic] = {}
        self.order = {index: n for n, index in enumerate(proses)}
        self.cut_off = {i for i in proses if _prose(elements, i).broken and self._is_cut_off(i)}
        self.ever_cut_off = frozenset(self.cut_off)
        long = [p for i in proses if len((p := _prose(elements, i)).text) >= 30]
        loose = sum(p.broken for p in long) > 0.5 * max(1, len(long))
        self.discount = 3.0 if loose else 0.0  # notes without full stops: standing next proves nothing

    def _pairs(self, left: int) -> list[Pair]:
        """The paragraphs that may continue this one; only the next, where that is beyond doubt."""
        n = self.order[left]
        following = self.proses[n + 1] if n + 1 < len(self.proses) else None
        first = self._pair(left, following) if following is not None else None
        if first and self._certain(left, first):
            return [first]
        around = self.proses[max(0, n - self.reach) : n + self.reach + 1]
        near = [i for i in around if i not in (left, following)]
        return ([first] if first else []) + [p for i in near if (p := self._pair(left, i)) and p.score > 0]

    def candidates(self, lefts: list[int], chosen: dict[int, Pair]) -> list[Pair]:
        """What may go together, after what is chosen: each choice makes some others needless."""
        taken = {pair.right for pair in chosen.values()}
        self.cut_off -= chosen.keys()
        pairs = [pair for left in lefts for pair in self._pairs(left) if pair.right not in taken]
        return pairs + (self._left_over(lefts, chosen, taken) if self.reach else [])

    def _left_over(self, lefts: list[int], chosen: dict[int, Pair], taken: set[int]) -> list[Pair]:
        """A paragraph behind a broken one that went on elsewhere has lost its beginning too, and belongs
        to one of the broken ones that remain."""
        bereft = [
            right
            for before, right in pairwise(self.proses)
            if before in chosen and right not in taken and self._lacks_beginning(right)
        ]
        found = [pair for left in lefts for right in bereft if (pair := self._pair(left, right))]
        return [pair._replace(score=pair.score + BEREFT, enough=ENOUGH_LOST) for pair in found]

    def _lacks_beginning(self, index: int) -> bool:
        text = _prose(self.elements, index).text
        return not seams.fresh(text, self.language.topics_first) and not isinstance(
            self._before(index), Head | Heading
        )

    def _certain(self, left: int, pair: Pair) -> bool:
        """Nothing between the halves, and much speaks for it: most likely a word or a phrase of this
        document that runs across."""
        return (
            pair.score >= CERTAIN
            and self._standing(left, pair.right) == NEXT
            and not self._pending(left, self.ever_cut_off)
        )

    def _pair(self, left: int, right: int) -> Pair | None:
        one, other = _prose(self.elements, left), _prose(self.elements, right)
        score = seams.evidence(self.language, one.text, other.text)
        if not 0 <= self.order[left] - self.order[right] < 2 * CONTEXT:  # else both sides are the same text
            score += TOPIC * self._topic(left, -1).likeness(self._topic(right, 1))
        standing = self._standing(left, right)
        if one.ends and not one.broken:
            return None
        weak = score < 0 and self._pending(left, self.ever_cut_off)
        if standing == NEXT and self._pending(left, self.cut_off):
            standing = NEXT_WHILE_PENDING
        if standing is not None:
            needs = ENOUGH_WHILE_PENDING if standing == NEXT_WHILE_PENDING else ENOUGH_ADJACENT
            return Pair(score + standing - self.discount, left, right, ENOUGH_ADJACENT, needs, weak)
        orphaned = seams.orphaned(other.text)
        if right > left or orphaned:
            orphaned += self._completes(left, right)
        lost = orphaned > 0 and not self._in_place(right)
        score += orphaned
        if self._in_place(right) and seams.word_formed(one.text, other.text) < 3.0:
            score -= IN_PLACE
        distance = abs(self.order[right] - self.order[left])
        backwards = BACKWARDS if right < left else 0.0
        return Pair(
            score - 0.25 * math.log2(1 + distance) - backwards - self.discount,
            left,
            right,
            ENOUGH_LOST if lost else ENOUGH,
        )

    def _topic(self, index: int, step: int) -> Topic:
        """What the text is about on the side of the paragraph away from the joint, up to a head."""
        if (index, step) not in self.topics:
            texts: list[str] = []
            at = index
            while 0 <= at < len(self.elements) and len(texts) < CONTEXT:
                element = self.elements[at]
                if isinstance(element, Prose):
                    texts.append(element.text)
                if isinstance(element, Head | Note) or (
                    isinstance(element, Prose) and at != index and element.broken
                ):
                    break
                at += step
            self.topics[index, step] = self.language.topic("\n".join(texts))
        return self.topics[index, step]

    def _standing(self, left: int, right: int) -> float | None:
        """What standing next to each other is worth; None if prose or an article's end is between."""
        if right < left or self.order[right] != self.order[left] + 1:
            return None
        between = self.elements[left + 1 : right]
        if any(isinstance(e, End) for e in between) or _prose(self.elements, left).ends:
            return None
        return NEXT_OVER_HEADING if any(isinstance(e, Heading) for e in between) else NEXT

    def _completes(self, left: int, right: int) -> float:
        """A text without a title breaks off, and a title stands before a text without a beginning: the one
        is what the other lacks. So is a label (“天津日报 社论”) to a titled text."""
        head = self._before(right)
        if isinstance(head, Note) or (isinstance(head, Prose) and head.ends):
            return LOOSE
        if not isinstance(head, Head):
            return 0.0
        owner = next((e for e in reversed(self.elements[:left]) if isinstance(e, Head | Note)), None)
        titled = isinstance(owner, Head) and owner.title is not None
        if head.title is None:
            return COMPLETES / 2 if titled else 0.0
        return 0.0 if titled else COMPLETES

    def _is_cut_off(self, index: int) -> bool:
        after = next((e for e in self.elements[index + 1 : index + 5] if not isinstance(e, Hole)), None)
        return isinstance(after, End)

    def _pending(self, left: int, cut_off: Collection[int]) -> bool:
        """Was a paragraph not far before this one cut off by a head?"""
        n = self.order[left]
        return any(cut in cut_off for cut in self.proses[max(0, n - REACH // 2) : n])

    def _before(self, index: int) -> Element | None:
        return next(
            (e for e in reversed(self.elements[max(0, index - 4) : index]) if not isinstance(e, Hole)), None
        )

    def _in_place(self, index: int) -> bool:
        """Does the paragraph follow a whole one, or a section heading, as paragraphs do?"""
        before = self.elements[index - 1] if index else None
        return isinstance(before, Heading) or (
            isinstance(before, Prose) and not before.broken and not before.ends
        )


def _link(elements: Sequence[Element], left: int, pair: Pair | None, language: Language) -> Link:
    if pair is None:
        return Link(left, None, 0.0)
    before, after = _prose(elements, left).text, _prose(elements, pair.right).text
    overlap = seams.repeated(before, after)
    weak = pair.weak or (overlap < seams.REPEATED and misfits.misfit(language, before, after))
    confidence = min(
        AT_MOST_WEAK if weak else 0.999,
        1 / (1 + math.exp(-min(pair.score - pair.enough + 0.5, 2 * pair.margin))),
    )
    if pair.score >= BEYOND_DOUBT:
        confidence = 1.0
    return Link(left, pair.right, round(confidence, 3), overlap if overlap >= seams.REPEATED else 0)

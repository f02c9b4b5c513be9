"""A figure or a day of which the document tells another: no draft that leaves open which of them is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studytool.items.context import Context
from studytool.items.drafts import BLANKED, Draft
from studytool.items.figures import counted_in
from studytool.items.forms import normal, overlap
from studytool.items.window import AIM
from studytool.model import Knowledge, KnowledgeKind

ALIKE = 0.6  # share of common character pairs from which two sentences say the same


def conflict(draft: Draft, context: Context) -> bool:
    """Another value of the same measure and unit, neither dated apart; or another day of the same event."""
    one = draft.knowledge
    if one.cue is None or one.kind not in (KnowledgeKind.FIGURE, KnowledgeKind.DATE):
        return False
    cue = normal(one.cue.of(one.sentence.text))
    if one.kind is KnowledgeKind.DATE:
        return _on_another_day(draft, context.measures.get(cue, ()))
    by_unit = context.recall(("figures of", cue), lambda: _by_unit(context.measures.get(cue, ())))
    value = normal(one.values[0])
    rivals = (
        other
        for other_value, other in by_unit.get(counted_in(one.values[0]), ())
        if other_value != value
        and not (other.sentence.text == one.sentence.text and other.values[0] in draft.stem)
    )
    return any(_alike(draft, other) and not _apart(one, other, draft) for other in rivals)


def _on_another_day(draft: Draft, same: Sequence[Knowledge]) -> bool:
    """1月3日 and 1月5日，发布《情况通报》: which of the two papers of one name?"""
    own = draft.knowledge.values
    others = (one for one in same if one.kind is KnowledgeKind.DATE and one.values != own)
    return draft.kind in BLANKED and any(overlap(draft.said, one.sentence.text) > ALIKE for one in others)


def _by_unit(same: Sequence[Knowledge]) -> dict[str, tuple[tuple[str, Knowledge], ...]]:
    """The figures among `same`, with the normal forms of their values, by unit; what an article says twice in
    the same words stands there once."""
    found: dict[str, dict[tuple[str, str, str], Knowledge]] = {}
    for one in same:
        if one.kind is KnowledgeKind.FIGURE:
            value, sentence = one.values[0], one.sentence
            said = (value, sentence.text, sentence.article.id)
            found.setdefault(counted_in(value), {}).setdefault(said, one)
    return {unit: tuple((normal(one.values[0]), one) for one in own.values()) for unit, own in found.items()}


def _alike(draft: Draft, other: Knowledge) -> bool:
    """Does the other sentence say nearly all that the stem says, or that say little more than the measure?"""
    said = draft.statement
    share = overlap(said, other.sentence.text)
    return share > ALIKE or (share > 0.25 and len(said) <= 30 and not re.search(r"\d{4}年|五”", said))


def _years(text: str) -> set[str]:
    return set(re.findall(r"\d{4}(?=年)", text))


_AIM = re.compile(AIM)


def _apart(one: Knowledge, other: Knowledge, draft: Draft) -> bool:
    """Told apart by the year the stem says, by its saying that this is an aim, or by the paper it cites."""
    own, theirs = _years(draft.stem), _years(other.sentence.text)
    if own and theirs and not own & theirs:
        return True
    if _AIM.search(draft.said) and not _AIM.search(other.sentence.text):
        return True
    if draft.frame.anchor and one.sentence.article.id != other.sentence.article.id:
        return True
    return _in_another_case(draft, other)


_CASE = re.compile(r"(?:^|[；。])(?P<case>[^；。]*?[\u4e00-\u9fff]{3}的)，(?P<ruled>[^；。]*)")


def _in_another_case(draft: Draft, other: Knowledge) -> bool:
    """取得初级证书的，不超过____；取得中级证书的，不超过1500元: the stem tells its own case."""
    told = _CASE.match(draft.said)
    cases = _CASE.finditer(other.sentence.text)
    theirs = next((case["case"] for case in cases if other.values[0] in case["ruled"]), None)
    return told is not None and theirs is not None and normal(told["case"]) != normal(theirs)

"""What one sentence pairs off -> a matching item: 技术研发—京、创新应用—津; 江浩—组织部主任.

Only pairs the sentence itself makes: members of a series that are built alike, persons with their offices,
and what “分别” deals out. Every left side has one right side and no other could be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from studytool.items.anchors import cited
from studytool.items.clauses import balanced
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.forms import normal, pick
from studytool.items.series import contiguous
from studytool.items.stems import Frame, framed
from studytool.model import ItemKind, Knowledge, KnowledgeKind, Sentence, Span
from studytool.words import tagged

FEWEST, MOST = 3, 6
LONGEST_SIDE = 16

Pair = tuple[str, str]

_IN_PLACE = re.compile(r"(?P<left>[^在“”]{2,8})在(?P<right>[^在“”]{1,6})")
_EACH = re.compile(r"分别|依次")
_SPLIT = re.compile(r"[，。；：]")
_HANGING = re.compile(r"[其他她它该此这那我你]|[=＝]|^(?:的|和|与|及)")


def write(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """The matching items `knowledge` gives."""
    if knowledge.kind is KnowledgeKind.LIST:
        yield from _of_series(knowledge, context)
    elif knowledge.kind is KnowledgeKind.PERSON:
        yield from _of_offices(knowledge, context)
    elif knowledge.kind is KnowledgeKind.FIGURE:
        yield from _of_figures(knowledge, context)


# ---- series whose members are built alike -----------------------------------------------------------------


def _of_series(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """“技术研发在京、创新应用在津”, “责任共担、成果共享”: left and right of each member."""
    pairs = halves(knowledge.values)
    if not pairs or not contiguous(knowledge):
        return
    frame = _anchored(framed(knowledge.sentence, knowledge.spans, context), context)
    if frame is not None and _sound(pairs):
        yield _draft(knowledge, frame, pairs, "请按原文把以下各项配成完整的提法。")


def halves(members: Sequence[str]) -> tuple[Pair, ...]:
    """The members cut where all are cut alike; nothing where that leaves a doubt."""
    placed = [_IN_PLACE.fullmatch(member) for member in members]
    if all(placed):
        return tuple((m["left"], m["right"]) for m in placed if m)
    if len(set(map(len, members))) != 1:
        return ()
    edges = [{word.end for word in tagged(member)} for member in members]
    shared = sorted(set.intersection(*edges)) if edges else []
    for cut in reversed(shared):
        pairs = tuple((member[:cut], member[cut:]) for member in members)
        if cut >= 2 and all(len(right) == 2 for _, right in pairs) and _patterned(pairs):
            return pairs
    return ()


def _patterned(pairs: Sequence[Pair]) -> bool:
    """Do the right sides share a character in one place (共担、共享; 补链、延链) and differ in the other?"""
    rights = [right for _, right in pairs]
    if any(left[-1] in "在得了着" or (len(left) > 2 and tagged(left)[0].tag == "v") for left, _ in pairs):
        return False  # 学在|深处, 加强压力|传导
    alike = any(len({right[at] for right in rights}) == 1 for at in range(2))
    if all(right[0] == "不" for right in rights):
        return False  # 不散, 不变, 不减 go with anything
    return alike and len(set(rights)) == len(rights)


# ---- persons and their offices ----------------------------------------------------------------------------


def _of_offices(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """“选举于方舟为委员长，江浩为组织部主任，李锡九为宣传部主任”."""
    beside = _beside(knowledge, context)
    if not beside or beside[0] is not knowledge:
        return
    sentence = knowledge.sentence
    pairs = tuple((one.values[0], one.cue.of(sentence.text)) for one in beside if one.cue)
    setting = _setting(sentence, min(min(one.spans[0].start, one.cue.start) for one in beside if one.cue))
    frame = _anchored(framed(sentence, (Span(0, len(sentence.text)),), context, len(sentence.text)), context)
    if frame is not None and setting and _sound(pairs):
        yield _draft(knowledge, frame, pairs, f"{setting}请将人物与当时所任职务对应起来。")


def _setting(sentence: Sentence, first: int) -> str:
    """The clauses before the one that names the first person: when it was, and of what body they speak."""
    ends = [match.end() for match in _SPLIT.finditer(sentence.text, 0, first)]
    text = sentence.text[: ends[-1]] if ends else ""
    resolved = all(
        time.resolved == time.span.of(text) for time in sentence.times if time.span.end <= len(text)
    )
    return (
        text if 8 <= len(text) <= 70 and text[-1] == "，" and resolved and not _HANGING.search(text) else ""
    )


def _beside(knowledge: Knowledge, context: Context) -> tuple[Knowledge, ...]:
    """The knowledge of the same kind in the same sentence, in order."""
    home = (knowledge.kind, *context.place_of(knowledge.sentence))
    table = context.recall(("beside",), lambda: _by_sentence(context))
    return table.get(home, ())


def _by_sentence(context: Context) -> dict[tuple[KnowledgeKind, str, int], tuple[Knowledge, ...]]:
    found: dict[tuple[KnowledgeKind, str, int], list[Knowledge]] = {}
    for one in context.knowledge:
        if one.kind in (KnowledgeKind.PERSON, KnowledgeKind.FIGURE) and one.cue is not None:
            found.setdefault((one.kind, *context.place_of(one.sentence)), []).append(one)
    return {home: tuple(sorted(own, key=lambda k: k.spans[0])) for home, own in found.items()}


# ---- what is dealt out --------------------------------------------------------------------------------


def _of_figures(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """“住院、普通门诊、门诊慢特病定点机构分别达到458家、1642家、617家”."""
    dealt = _dealt(_beside(knowledge, context))
    if not dealt or dealt[0] is not knowledge:
        return
    sentence = knowledge.sentence
    pairs = tuple((one.cue.of(sentence.text), one.values[0]) for one in dealt if one.cue)
    start, end = min(one.cue.start for one in dealt if one.cue), dealt[0].spans[0].start
    frame = _anchored(framed(sentence, tuple(one.spans[0] for one in dealt), context), context)
    if frame is not None and _sound(pairs):
        yield _draft(knowledge, frame, pairs, f"{sentence.text[start:end]}多少，请将各项与数值对应起来。")


def _dealt(beside: Sequence[Knowledge]) -> tuple[Knowledge, ...]:
    """The figures of a sentence that one “分别” deals out, if it has no others."""
    if len(beside) < FEWEST:
        return ()
    text = beside[0].sentence.text
    cues = [one.cue for one in beside if one.cue]
    between = text[max(cue.end for cue in cues) : beside[0].spans[0].start]
    ordered = all(one.start < other.start for one, other in pairwise(cues))
    single = len(_EACH.findall(text)) == 1 and _EACH.match(between) and not _SPLIT.search(between)
    return tuple(beside) if single and ordered else ()


# ---- the item -----------------------------------------------------------------------------------------


def _anchored(frame: Frame, context: Context) -> Frame | None:
    """The frame with its source named, whatever else it says; None where it cannot be."""
    if frame.anchor:
        return frame
    citation = cited(frame.sentence.article, context)
    return replace(frame, anchor=f"据{citation}，") if citation else None


def _draft(knowledge: Knowledge, frame: Frame, pairs: tuple[Pair, ...], asks: str) -> Draft:
    key = tuple(f"{left}={right}" for left, right in pairs)
    rights = tuple(right for _, right in pairs)
    return Draft(
        kind=ItemKind.MATCHING,
        knowledge=replace(knowledge),
        frame=frame,
        stem=frame.anchor + asks,
        key=key,
        evidence=frame.evidence,
        asked=key,
        fit=0.75,
        options=_shuffled(rights),
        closeness=0.6,
    )


def _sound(pairs: Sequence[Pair]) -> bool:
    """Three to six pairs, every side short, whole and said once."""
    sides = [side for pair in pairs for side in pair]
    fits = all(
        1 <= len(side) <= LONGEST_SIDE and balanced(side) and not _HANGING.search(side) for side in sides
    )
    once = len({normal(side) for side in sides}) == len(sides)
    return FEWEST <= len(pairs) <= MOST and fits and once


def _shuffled(rights: tuple[str, ...]) -> tuple[str, ...]:
    """The right sides in an order that is always the same and not that of the left."""
    shown = tuple(sorted(rights, key=lambda side: pick(1 << 30, "配对", normal(side), normal(rights[0]))))
    return shown if shown != rights else (*shown[1:], shown[0])

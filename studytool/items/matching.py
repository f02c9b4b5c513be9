"""What one sentence pairs off -> a matching item: 技术研发—京、创新应用—津; 江浩—组织部主任.

Only pairs the sentence itself makes: members of a series that are built alike, persons with their offices,
and what “分别” deals out. Every left side has one right side and no other could be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from studytool.items import dates, events
from studytool.items.citations import cited
from studytool.items.clauses import balanced
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.figures import unit_of
from studytool.items.forms import normal, pick
from studytool.items.frame import Frame
from studytool.items.series import contiguous
from studytool.items.stems import framed
from studytool.items.subjects import is_verb
from studytool.items.topics import home
from studytool.model import ItemKind, Knowledge, KnowledgeKind, Sentence, Span
from studytool.words import tagged

LOPSIDED = 3  # times as long as the others the last side is, where it has a part they share
FEWEST, MOST, MOST_EVENTS = 3, 6, 5
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
        yield from _of_inventory(knowledge, context)
    elif knowledge.kind is KnowledgeKind.DATE:
        yield from _of_events(knowledge, context)


# ---- series whose members are built alike -----------------------------------------------------------------


def _of_series(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """“技术研发在京、创新应用在津”: what and where."""
    pairs = halves(knowledge.values)
    if not pairs or not contiguous(knowledge):
        return
    frame = _anchored(framed(knowledge.sentence, knowledge.spans, context), context)
    if frame is not None and _sound(pairs):
        yield _draft(knowledge, frame, pairs, "请按原文把以下各项配成完整的提法。")


def halves(members: Sequence[str]) -> tuple[Pair, ...]:
    """“研发在京” cut at its 在, where every member is built so. What goes with what in 成本共担、效益共享
    anybody can tell who knows the language, so such series are left alone."""
    placed = [_IN_PLACE.fullmatch(member) for member in members]
    return tuple((m["left"], m["right"]) for m in placed if m) if all(placed) else ()


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


def _by_sentence(context: Context) -> dict[tuple[KnowledgeKind, str, int, str], tuple[Knowledge, ...]]:
    found: dict[tuple[KnowledgeKind, str, int, str], list[Knowledge]] = {}
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
    # “传统、重化、高新产业项目投资”: the last side has a part that all share.
    shared = len(pairs[-1][0]) > LOPSIDED * max(len(left) for left, _ in pairs[:-1])
    # “开通住院、门诊机构分别达到”: the verb is no part of the first.
    led = shared or is_verb(tagged(pairs[0][0])[0])
    if frame is not None and _sound(pairs) and not led and "年" in frame.anchor:
        yield _draft(knowledge, frame, pairs, f"{sentence.text[start:end]}多少，请将各项与数值对应起来。")


def _of_inventory(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """“天津市有养老机构377个、老人家食堂1887个、日间照料中心1374个”: one unit, so that none tells its own."""
    beside = _beside(knowledge, context)
    if len(beside) < FEWEST or beside[0] is not knowledge or not _listed(beside):
        return
    text = knowledge.sentence.text
    things = tuple(_thing(one, text) for one in beside)
    frame = _anchored(framed(knowledge.sentence, (*things, beside[-1].spans[0]), context), context)
    if frame is None or len(frame.kept) > 1 or frame.gaps or not frame.kept[0].start < things[0].start:
        return
    lead = replace(frame, kept=(Span(frame.kept[0].start, things[0].start),)).worded().rstrip("。")
    pairs = tuple((thing.of(text), one.values[0]) for thing, one in zip(things, beside, strict=True))
    told = re.search(r"\d{4}年", lead) and "其中" not in lead and not _kindred(pairs)
    if told and _sound(pairs) and not any(is_verb(tagged(thing)[0]) for thing, _ in pairs):
        frame = replace(frame, anchor=f"{lead}以下各项，")
        yield _draft(knowledge, frame, pairs, "请将各项与其数量对应起来。")


def _kindred(pairs: Sequence[Pair]) -> bool:
    """新增就业 and 再就业: of things of one sort the size tells which is which."""
    grams = [{thing[at : at + 2] for at in range(len(thing) - 1)} for thing, _ in pairs]
    return any(one & other for place, one in enumerate(grams) for other in grams[place + 1 :])


_HAS = re.compile(r"^.*?(?:拥有|建有|共有|现有|设有|有|实现|新增|完成|建成)")


def _thing(one: Knowledge, text: str) -> Span:
    """What is counted, without the words that lead up to it: 全市有|养老机构."""
    cue = one.cue or one.spans[0]
    led = _HAS.match(cue.of(text))
    return Span(cue.start + led.end(), cue.end) if led and led.end() < cue.end - cue.start else cue


_HOW_LONG = re.compile("(?:年|岁|月|天|日|周|小时|分钟)$")  # and not how many


def _listed(beside: Sequence[Knowledge]) -> bool:
    """Figures of one unit, each right behind what it counts, with nothing but 、 or ，between them."""
    text = beside[0].sentence.text
    units = {unit_of(one.values[0]) for one in beside}
    behind = all(one.cue is not None and one.cue.end == one.spans[0].start for one in beside)
    gaps = (text[a.spans[0].end : b.cue.start] for a, b in pairwise(beside) if b.cue)
    counted = len(units) == 1 and not any(map(_HOW_LONG.search, units))
    return counted and behind and all(gap in ("、", "，", "和") for gap in gaps)


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


# ---- events and their dates ---------------------------------------------------------------------------


def _of_events(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """Up to five events of an article, each with the date its sentence gives; `knowledge` is the first."""
    known = events.of_articles(context).get(knowledge.sentence.article.id, ())
    # 五卅运动 says its day itself
    told = tuple(event for event in known if not dates.is_named(event.knowledge.values[0], event.text))
    days = tuple(event for event in told if len(event.when) == 3)
    months = tuple(event for event in told if len(event.when) == 2)
    group = max((days, months), key=len)[:MOST_EVENTS]  # dates of one form: a lone month would tell itself
    if len(group) < FEWEST or group[0].knowledge is not knowledge:
        return
    years = {event.when[0] for event in group}
    if len(years) > 1 and not all(
        event.knowledge.values[0].startswith(str(event.when[0])) for event in group
    ):
        return
    shared = f"{years.pop()}年" if len(years) == 1 else ""
    joined = events.told_together(group)
    citation = cited(joined.article, context)
    pairs = tuple((event.text, event.knowledge.values[0].removeprefix(shared)) for event in group)
    if citation is None or not _sound(pairs, events.LONGEST):
        return
    frame = Frame(joined, (Span(0, len(joined.text)),), (), f"据{citation}，", ())
    whose = home(joined.article, context)
    when = events.years(group) + (whose.name if whose else "")
    one = replace(knowledge, sentence=joined, spans=(Span(0, 1),), cue=Span(0, 1))
    yield _draft(one, frame, pairs, f"请将{when}的以下事件与发生的时间对应起来。")


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


def _sound(pairs: Sequence[Pair], longest: int = LONGEST_SIDE) -> bool:
    """Three to six pairs, every side short, whole and said once."""
    sides = [side for pair in pairs for side in pair]
    fits = all(1 <= len(side) <= longest and balanced(side) and not _HANGING.search(side) for side in sides)
    once = len({normal(side) for side in sides}) == len(sides)
    return FEWEST <= len(pairs) <= MOST and fits and once


def _shuffled(rights: tuple[str, ...]) -> tuple[str, ...]:
    """The right sides in an order that is always the same and not that of the left."""
    shown = tuple(sorted(rights, key=lambda side: pick(1 << 30, "配对", normal(side), normal(rights[0]))))
    return shown if shown != rights else (*shown[1:], shown[0])

"""A sentence and the words asked -> the Frame of a stem: what is kept, what is replaced, what goes before.

A stem is the source's own words. It is trimmed to the clauses that hold the answer and what the answer
hangs on; the only words of ours are the resolved time or place and the anchor “据《…》，”. What cannot
be made to stand alone carries its gaps, and the gate drops it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from studytool.items import agents, anchors, citations, dating, provisions, speeches, topics, window
from studytool.items.clauses import clauses, segments
from studytool.items.context import WIDE, Context
from studytool.items.forms import LABEL
from studytool.items.frame import POINT_MARK, Frame
from studytool.items.plenums import plenum
from studytool.items.scope import Edit, resolved_places
from studytool.items.subjects import has_subject, has_verb, is_adverbial, names_something, opens_with_doing
from studytool.model import Sentence, Span, TimeMention
from studytool.words import beginning_in, tagged

_OPENER = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]+[)）]、?|[一二三四五六七八九十]+、(?![一二三四五六七八九十\d])|\d+[.．、](?!\d)|第[一二三四五六七八九十]+(?=[，、])"
    r"|[一二三四五六七八九十](?:是要?|要)(?=[\u4e00-\u9fff])|首先|其次|再次|最后|此外|同时|另外|因此|所以|总之|总体而言|可见|与此同时|在此基础上|对此|为此"
    r"|由此可见|实践证明|具体来看|具体来说|换言之|也就是说|近年来|多年来|一年来|一年多来|几年来|目前|当时|如今|当前|现在|随后|后来|不久|据统计)"
    r"(?:[，、]|(?<=[、）)．.])|(?<=是)|(?<=要))"
)

_OWN = re.compile(  # places and offices named without saying of which city
    r"[我本全][市省区县州]|(?<![\u4e00-\u9fff])[市省区县](?:委|人委|政府|人民政府|军管会|总工会|人大|政协|纪委"
    r"|[\u4e00-\u9fff]{2,10}?[委局办院厅会部](?:党组|党委|书记|主任|局长|副))"
)


def framed(sentence: Sentence, asked: tuple[Span, ...], context: Context, limit: int = WIDE) -> Frame:
    """The frame in which `asked` can be asked alone."""
    width = min(limit, context.width, len(sentence.text))  # what leaves all of it leaves no more of it
    name = ("frame", *context.place_of(sentence), asked, width)
    return context.recall(name, lambda: _framed(sentence, asked, context, width))


def _framed(sentence: Sentence, asked: tuple[Span, ...], context: Context, limit: int) -> Frame:
    hull = Span(min(s.start for s in asked), max(s.end for s in asked))
    place = context.place_of(sentence)
    kept = context.recall(("kept", *place, hull, limit), lambda: _kept(sentence, hull, context, limit))
    standing = context.recall(("standing", *place, kept), lambda: _standing(sentence, kept, context))
    gaps: tuple[str, ...] = (*standing.gaps, *_open_times(sentence, kept, asked))
    # Of a rule nothing can be asked without its paper, whatever the title tells.
    told = not citations.is_norm(sentence.article) and anchors.gives_away(
        sentence, asked, standing.dispensable, context
    )
    anchor = "" if told else _without_year(standing.anchor, sentence, asked)
    gaps += ("time",) if told and citations.is_of_another_time(sentence.article) else ()
    gaps += ("subject",) if told and speeches.utterance(sentence, context) is not None else ()
    if anchor and (size := provisions.numbered(kept[0].of(sentence.text))):
        kept = (Span(kept[0].start + size, kept[0].end), *kept[1:])
    edits = (*standing.edits, *_asides(sentence, asked), *_lone_mark(sentence, kept))
    return Frame(sentence, kept, edits, anchor, gaps, standing.lead, standing.dated_by, standing.case)


def _without_year(anchor: str, sentence: Sentence, asked: tuple[Span, ...]) -> str:
    """The anchor without the year of a regulation's edition, where that is asked: 自2018年3月20日起施行."""
    year = citations.edition(sentence.article)
    said = year and any(year[1:-1] in span.of(sentence.text) for span in asked)
    return anchor.replace(year, "", 1) if said else anchor


class _Standing(NamedTuple):
    """What the words kept of a sentence need to stand alone, whatever of them is asked."""

    edits: tuple[Edit, ...]
    gaps: tuple[str, ...]
    lead: Sentence | None
    anchor: str
    dispensable: bool
    dated_by: Sentence | None
    case: tuple[Sentence, ...]


def _standing(sentence: Sentence, kept: tuple[Span, ...], context: Context) -> _Standing:
    places, placed = resolved_places(sentence, context)
    named = plenum(sentence, context)
    edits = (*places, *((named,) if named else ()), *_times(sentence))
    nowhere = citations.is_of_unknown_place(sentence.article, context)
    gaps = ["place"] if nowhere or (not placed and _unplaced(sentence, kept)) else []
    case = provisions.case(sentence, context) if kept[0].start == 0 else ()
    bare = not case and not _opens_with_subject(sentence, kept[0], context)
    bare = bare and not speeches.demands(sentence, kept[0], context)
    spoken = speeches.utterance(sentence, context) is not None
    heir = topics.inherited(sentence, kept, context) if bare and not (named or spoken) else None
    told = heir is not None and citations.names(sentence.article, heir[1], context)
    edits = (*edits, Edit(Span(heir[0], heir[0]), heir[1])) if heir and not told else edits
    located = anchors.located(anchors.Part(sentence, kept, bare, None, edits), context)
    edits = (*edits, located) if located and not (bare or named or spoken) else edits
    time, dated_by = dating.time_before(sentence, kept, context)
    edits = (*edits, Edit(Span(kept[0].start, kept[0].start), f"{time}，")) if time else edits
    alone = heir is None and not (spoken or topics.names_carrier(sentence))
    lead = _lead(sentence, kept, context) if bare and alone else None
    gaps += ["subject"] if bare and lead is None and (told or heir is None) else []
    speaker = named.text if named and named.span.start == kept[0].start == 0 else None
    part = anchors.Part(sentence, kept, bare, speaker, edits)
    anchor, dispensable = anchors.wanted(part, context), anchors.dispensable(part, context)
    return _Standing(edits, tuple(gaps), lead, anchor, dispensable, dated_by, case)


def _times(sentence: Sentence) -> list[Edit]:
    """The times told by the day of the text; in a rule 本年度 is any year."""
    any_year = citations.is_norm(sentence.article)
    return [
        Edit(time.span, time.resolved)
        for time in sentence.times
        if time.resolved and not (any_year and re.search(r"\d", time.span.of(sentence.text)) is None)
    ]


_ASIDE = re.compile(r"（(?:以下)?简称[^（）]*）")


def _asides(sentence: Sentence, asked: tuple[Span, ...]) -> list[Edit]:
    """（以下简称“军管会”） is for the reader of the article, not of one sentence."""
    if "简称" not in sentence.text:
        return []
    spans = (Span(*match.span()) for match in _ASIDE.finditer(sentence.text))
    return [Edit(span, "") for span in spans if not any(span.contains(one) for one in asked)]


_NUMBER_MARK = re.compile(r"\d{1,2}[.．、](?!\d)")


def _lone_mark(sentence: Sentence, kept: tuple[Span, ...]) -> list[Edit]:
    """应当具备下列条件：（三）……: the number of a point that is told alone under its head."""
    marks = [m.span() for m in POINT_MARK.finditer(sentence.text)]
    told = [Span(*mark) for mark in marks if any(part.contains(Span(*mark)) for part in kept)]
    lone = len(told) == 1 and sentence.text[: told[0].start].endswith("：")
    return [Edit(told[0], "")] if lone else []


def _open_times(sentence: Sentence, kept: tuple[Span, ...], asked: tuple[Span, ...]) -> list[str]:
    def hurts(mention: TimeMention) -> bool:
        inside = any(part.overlaps(mention.span) for part in kept)
        return inside and mention.resolved is None and not any(mention.span.contains(s) for s in asked)

    return ["time"] if any(hurts(mention) for mention in sentence.times) else []


def _unplaced(sentence: Sentence, kept: tuple[Span, ...]) -> bool:
    return any(_OWN.search(span.of(sentence.text)) for span in kept)


def _opens_with_subject(sentence: Sentence, first: Span, context: Context) -> bool:
    words = context.words(sentence)
    for clause in clauses(first.of(sentence.text)):
        span = Span(first.start + clause.start, first.start + clause.end)
        own = beginning_in(span, words)
        if not is_adverbial(span.of(sentence.text), own):
            return has_subject(span, words)
    return False


def _lead(sentence: Sentence, kept: tuple[Span, ...], context: Context) -> Sentence | None:
    """The topic sentence of the paragraph, when it is short, names the subject and none came in between."""
    telling = (
        other
        for other in context.earlier(sentence)
        if other.opens or _opens_with_subject(other, Span(0, len(other.text)), context)
    )
    other = next(telling, None)
    if other is None or kept[0].start > 6 or len(other.text) > 28 or other.doubts or not other.opens:
        return None
    if other.times:
        return None  # 2月东北各抗日武装统编为……: of which year, it does not say itself
    named = names_something([w for w in context.words(other)[:3] if w.tag != "nr"])
    named = named and has_verb(context.words(other))
    whole = Span(0, len(other.text))
    return other if named and has_subject(whole, context.words(other)) else None


def _behind_label(sentence: Sentence, start: int, hull: Span) -> int:
    """Where a point begins under whose name a digest has put it: 区域协调：发挥……; 0 if it does not."""
    label = LABEL.match(sentence.text[start : hull.start])
    if label is None or citations.is_norm(sentence.article):
        return 0
    end = start + label.end()
    words = tagged(sentence.text[end:])
    timed = bool(words) and words[0].tag[:1] in "tm"  # 春节：1月28日放假: of what is told, the day
    return end if opens_with_doing(words) and not timed else 0


def _behind_speaker(sentence: Sentence, hull: Span, context: Context) -> int:
    """Where what is said begins, whose speaker the anchor names: 习近平强调，|要……; 0 if it names none."""
    start = speeches.utterance(sentence, context) or 0
    return start if start <= hull.start else 0


def _kept(sentence: Sentence, hull: Span, context: Context, limit: int) -> tuple[Span, ...]:
    text = sentence.text
    opener = _OPENER.match(text)
    # what is measured may begin with it: （一）职工应在……核发之日起12个月内, 2．深刻领会过去5年
    if mark := POINT_MARK.match(text) or _NUMBER_MARK.match(text):
        hull = Span(max(hull.start, mark.end()), hull.end)
    start = (
        opener.end() if opener and opener.end() <= hull.start else len(text) - len(text.lstrip("—－-●■◆▲◎□"))
    )
    start = max(start, _behind_label(sentence, start, hull))
    spoken = _behind_speaker(sentence, hull, context)
    start, limit = max(start, spoken), limit - spoken
    # In a rule what follows a comma may be the exception; of what it only lists a part will do.
    ruled = limit == WIDE and not opener and citations.is_norm(sentence.article)
    if len(text) - start <= (window.LONGEST if ruled else limit):
        return (Span(start, len(text)),)
    segment = next((s for s in segments(text) if s.start <= hull.start < s.end), Span(0, len(text)))
    segment = Span(max(segment.start, start), max(segment.end, hull.end))
    inner = _OPENER.match(segment.of(text))
    if inner and segment.start + inner.end() <= hull.start:
        segment = Span(segment.start + inner.end(), segment.end)
    if len(segment.of(text)) > limit:
        segment = window.around(sentence, segment, hull, context)
    head = window.head(text, start, segment)
    told = agents.told_of(sentence, head[-1].end if head else start, segment, context)
    return (*head, *told, segment)

"""A sentence and the words asked -> the Frame of a stem: what is kept, what is replaced, what goes before.

A stem is the source's own words. It is trimmed to the clauses that hold the answer and what the answer
hangs on; the only words of ours are the resolved time or place and the anchor “据《…》，”. What cannot
be made to stand alone carries its gaps, and the gate drops it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from studytool.items import anchors, citations, dating, provisions, topics
from studytool.items.clauses import clauses, segments
from studytool.items.context import WIDE, Context
from studytool.items.scope import Edit, plenum, resolved_places
from studytool.items.subjects import has_subject, is_adverbial, is_topic, is_verb, names_something, told_to
from studytool.model import BLANK, Passage, Sentence, Span, TimeMention
from studytool.words import Word, beginning_in

SCANT = 22  # below this a trimmed stem takes the next clause as well
LONGEST = 115  # above this, with the anchor, no stem
_OPENER = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]+[)）]、?|[一二三四五六七八九十]+、(?![一二三四五六七八九十\d])|\d+[.．、](?!\d)|第[一二三四五六七八九十]+(?=[，、])"
    r"|[一二三四五六七八九十](?:是要?|要)(?=[\u4e00-\u9fff])|首先|其次|再次|最后|此外|同时|另外|因此|所以|总之|总体而言|可见|与此同时|在此基础上|对此|为此"
    r"|由此可见|实践证明|具体来看|具体来说|换言之|也就是说|近年来|多年来|一年来|一年多来|几年来|目前|当时|如今|当前|现在|随后|后来|不久)"
    r"(?:[，、]|(?<=[、）)．.])|(?<=是)|(?<=要))"
)
_LEADS = re.compile(  # a clause that opens a pair: what follows belongs to it
    r"(?:按照|根据|依据|遵照|本着).*的(?:原则|要求|方针|战略|部署|战略部署|总要求|思路|精神|规定|决定|指示|意见|办法)$"
    r"|^(?:适应|顺应).*的(?:要求|需要|形势|趋势|变化|任务)$|^不顾|^(?:要|应|应当|必须)?(?:对照|对标|紧扣|着眼)"
    # “建成以……为龙头，整体协同、响应迅速的……体系”: one noun, and a comma within it
    r"|(?:建成|构建|建立|形成|打造|健全|完善|建设|组建|确立)[了起]?以[^，]*为[^，的]{1,6}$"
    r"|^就[^，]*(?:方针|问题|工作|精神|事项|事宜)$|关于.*的[^，]{2,6}$|(?:表示|说|指出|强调|提出|认为|要求)$|不仅|不但|不只|既要|既(?!有)|虽|尽管|只有|只要|如果|无论|不管|一方面|与其|宁可|除.{1,20}外|越是|^从|^当|因为|由于|即使|要求$|包括$|如下|分别(?:为|是)$"
)
_FOLLOWS = re.compile(  # a clause that closes a pair: what stands before belongs to it
    r"^(?:更|而|又|也|还|但|才|就|则|使|使得|从而|并|以及|到|甚至|按(?:可比价|不变价)格?计算|其|这|此|该|进而|因而|却|反而|特别是|尤其是|包括|其中|占|同比|较|比|增长|下降|分别|由此|它|他|她|以便|致)"
)
_HANGS_ON = (
    *("占", "同比", "较", "比", "其中", "增长", "下降", "分别"),
    *("才", "则", "就", "从而", "而不是", "而是"),
)
_MEANS = re.compile(r"经过|通过(?!了|《)|采取|借助")
_SPEAKS = re.compile(r"(?:指出|强调|提出|认为|要求|明确|规定|表示|号召|决定|宣布|指明|说)(?:，|：|,|:)$")

_ENDED = re.compile(r"[。！？?][”’）]?$")
_OWN = re.compile(  # places and offices named without saying of which city
    r"[我本全][市省区县州]|(?<![\u4e00-\u9fff])[市省区县](?:委|人委|政府|人民政府|军管会|总工会|人大|政协|纪委"
    r"|[\u4e00-\u9fff]{2,10}?[委局办院厅会部](?:党组|党委|书记|主任|局长|副))"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a sentence a stem is made of.

    `lead` is the sentence before, kept where it alone names the subject; `dated_by` is one before that gives
    the years a growth is told of. `gaps` names what is still
    missing for it to stand alone.
    """

    sentence: Sentence
    kept: tuple[Span, ...]
    edits: tuple[Edit, ...]
    anchor: str
    gaps: tuple[str, ...]
    lead: Sentence | None = None
    dated_by: Sentence | None = None

    def worded(self, *changes: Edit) -> str:
        """The frame's words with `changes` made (and the recorded times and places put in)."""
        body = "".join(self._part(span, changes) for span in self.kept)
        body = body.rstrip("，,；;：:、")
        body = body if _ENDED.search(body[-3:]) else body + "。"
        return self.anchor + (self.lead.text if self.lead else "") + body

    def _part(self, kept: Span, changes: tuple[Edit, ...]) -> str:
        if not (self.edits or changes):
            return kept.of(self.sentence.text)
        own = [edit for edit in self.edits if not any(edit.span.overlaps(c.span) for c in changes)]
        text, at = "", kept.start
        for edit in sorted((*own, *changes)):
            if kept.start <= edit.span.start and edit.span.end <= kept.end and edit.span.start >= at:
                text += self.sentence.text[at : edit.span.start] + edit.text
                at = edit.span.end
        return text + self.sentence.text[at : kept.end]

    @property
    def evidence(self) -> Passage:
        """What proves a stem made of this frame."""
        before = (other.passage for other in (self.dated_by, self.lead) if other)
        return Passage.joined((*before, self.sentence.passage))


def blanks(spans: Iterable[Span]) -> tuple[Edit, ...]:
    """Blanks in place of `spans`."""
    return tuple(Edit(span, BLANK) for span in spans)


def blanked(frame: Frame, span: Span) -> Edit:
    """A blank in place of `span`; of a time resolved in part, the part we know stays: 2023年____. Of a
    period, where both its days are of that year."""
    text = frame.sentence.text
    within = [mention for mention in frame.sentence.times if span.contains(mention.span)]
    known = {dating.left_out(mention, text) for mention in within}
    if len(known) != 1 or min(mention.span.start for mention in within) != span.start:
        return Edit(span, BLANK)
    return Edit(span, known.pop() + BLANK)


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
    told = anchors.gives_away(sentence, asked, standing.dispensable, context)
    anchor = "" if told else standing.anchor
    gaps += ("time",) if told and citations.is_of_another_time(sentence.article) else ()
    if anchor and (size := provisions.numbered(kept[0].of(sentence.text))):
        kept = (Span(kept[0].start + size, kept[0].end), *kept[1:])
    edits = (*standing.edits, *_asides(sentence, asked))
    return Frame(sentence, kept, edits, anchor, gaps, standing.lead, standing.dated_by)


class _Standing(NamedTuple):
    """What the words kept of a sentence need to stand alone, whatever of them is asked."""

    edits: tuple[Edit, ...]
    gaps: tuple[str, ...]
    lead: Sentence | None
    anchor: str
    dispensable: bool
    dated_by: Sentence | None


def _standing(sentence: Sentence, kept: tuple[Span, ...], context: Context) -> _Standing:
    places, placed = resolved_places(sentence, context)
    named = plenum(sentence, context)
    edits = (*places, *((named,) if named else ()), *_times(sentence))
    nowhere = citations.is_of_unknown_place(sentence.article, context)
    gaps = ["place"] if nowhere or (not placed and _unplaced(sentence, kept)) else []
    bare = not _opens_with_subject(sentence, kept[0], context)
    heir = topics.inherited(sentence, kept, context) if bare and not named else None
    told = heir is not None and citations.names(sentence.article, heir[1], context)
    edits = (*edits, Edit(Span(heir[0], heir[0]), heir[1])) if heir and not told else edits
    time, dated_by = dating.time_before(sentence, kept, context)
    edits = (*edits, Edit(Span(kept[0].start, kept[0].start), f"{time}，")) if time else edits
    alone = heir is None and not topics.names_carrier(sentence)
    lead = _lead(sentence, kept, context) if bare and alone else None
    gaps += ["subject"] if bare and lead is None and (told or heir is None) else []
    speaker = named.text if named and named.span.start == kept[0].start == 0 else None
    part = anchors.Part(sentence, kept, bare, speaker, edits)
    anchor, dispensable = anchors.wanted(part, context), anchors.dispensable(part, context)
    return _Standing(edits, tuple(gaps), lead, anchor, dispensable, dated_by)


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
    named = names_something([w for w in context.words(other)[:3] if w.tag != "nr"])
    named = named and _happens(Span(0, len(other.text)), context.words(other))
    whole = Span(0, len(other.text))
    return other if named and has_subject(whole, context.words(other)) else None


def _kept(sentence: Sentence, hull: Span, context: Context, limit: int) -> tuple[Span, ...]:
    text = sentence.text
    opener = _OPENER.match(text)
    start = opener.end() if opener and opener.end() <= hull.start else len(text) - len(text.lstrip("—－-"))
    # In a rule what follows a comma may be the exception; of what it only lists a part will do.
    ruled = limit == WIDE and not opener and citations.is_norm(sentence.article)
    if len(text) - start <= (LONGEST if ruled else limit):
        return (Span(start, len(text)),)
    segment = next((s for s in segments(text) if s.start <= hull.start < s.end), Span(0, len(text)))
    segment = Span(max(segment.start, start), max(segment.end, hull.end))
    inner = _OPENER.match(segment.of(text))
    if inner and segment.start + inner.end() <= hull.start:
        segment = Span(segment.start + inner.end(), segment.end)
    head = _head(text, start, segment)
    if len(segment.of(text)) <= limit:
        return (*head, segment)
    window = _window(sentence, segment, hull, context)
    return (*(h for h in _head(text, start, window)), window)


def _head(text: str, start: int, window: Span) -> tuple[Span, ...]:
    """The opening words that say who speaks (“全会强调，”), if the window left them out."""
    first = clauses(text[start:])[0] if text[start:] else Span(0, 0)
    head = Span(start + first.start, start + first.end)
    speaks = _SPEAKS.search(head.of(text)) and len(head.of(text)) <= 30
    return (head,) if speaks and window.start >= head.end else ()


def _window(sentence: Sentence, segment: Span, hull: Span, context: Context) -> Span:
    """The fewest clauses around `hull` that make a statement with a subject."""
    text = sentence.text
    parts = [Span(segment.start + c.start, segment.start + c.end) for c in clauses(segment.of(text))]
    first = next(i for i, part in enumerate(parts) if part.end > hull.start)
    last = next((i for i, part in enumerate(parts) if part.end >= hull.end), len(parts) - 1)
    words = context.words(sentence)
    while last + 1 < len(parts) and _needs_next(parts[last], parts[last + 1], text, words):
        last += 1
    while first > 0 and _needs_previous(parts[first], parts[first - 1], text, words):
        first -= 1
    if _head(text, segment.start, parts[first]):
        return Span(parts[told_to(parts, first, words)].start, parts[last].end)
    earlier = first
    while earlier > 0 and not has_subject(parts[earlier], words):
        earlier -= 1
    if has_subject(parts[earlier], words) and parts[last].end - parts[earlier].start <= LONGEST:
        first = earlier
        while first > 0 and _needs_previous(parts[first], parts[first - 1], text, words):
            first -= 1
    while last + 1 < len(parts) and parts[last].end - parts[first].start < SCANT:
        last += 1  # “1979年1月，天津市委召开工作会议，” says too little to be known by
    return Span(parts[first].start, parts[last].end)


def _needs_next(part: Span, following: Span, text: str, words: tuple[Word, ...]) -> bool:
    own = beginning_in(part, words)
    words_of = part.of(text)
    if words_of.endswith(("：", ":")):
        return True
    if is_adverbial(words_of, own) or _LEADS.search(words_of.rstrip("，,")) or is_topic(own):
        return True
    if _MEANS.search(words_of) and not has_subject(following, words):
        return True  # “经过合并、扩大和调整，” says only how
    return following.of(text).startswith(_HANGS_ON)


def _happens(part: Span, words: tuple[Word, ...]) -> bool:
    """Is there a verb in the clause? “仓库165处” hangs on “接管” in the clause before."""
    return any(map(is_verb, beginning_in(part, words)))


def _needs_previous(part: Span, before: Span, text: str, words: tuple[Word, ...]) -> bool:
    own = beginning_in(before, words)
    if _FOLLOWS.match(part.of(text)) or not _happens(part, words):
        return True
    words_of = before.of(text)
    if _LEADS.search(words_of.rstrip("，,")) or words_of.endswith(("：", ":")):
        return True
    return is_adverbial(words_of, own) and len(words_of) <= 40

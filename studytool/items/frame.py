"""What a stem is made of: the words kept of a sentence, what is put into them and what goes before.

`stems` finds what can be asked alone; here it is only held, and worded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from studytool.items import dating, provisions, window
from studytool.items.agents import ELIDED
from studytool.items.scope import Edit
from studytool.model import BLANK, Passage, Sentence, Span

POINT_MARK = re.compile("（[一二三四五六七八九十]{1,3}）")
_ENDED = re.compile(r"[。！？?][”’）]?$")


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a sentence a stem is made of.

    `lead` is the sentence before, kept where it alone names the subject; `case` are those that a provision
    says before it, in its paragraph; `dated_by` is one before that gives the years a growth is told of.
    `gaps` names what is still missing for it to stand alone.
    """

    sentence: Sentence
    kept: tuple[Span, ...]
    edits: tuple[Edit, ...]
    anchor: str
    gaps: tuple[str, ...]
    lead: Sentence | None = None
    dated_by: Sentence | None = None
    case: tuple[Sentence, ...] = ()

    def worded(self, *changes: Edit) -> str:
        """The frame's words with `changes` made (and the recorded times and places put in)."""
        parts = [self._part(span, changes) for span in self.kept]
        body = ELIDED.join(("".join(parts[:-1]), parts[-1])) if self.elides else "".join(parts)
        body = body.rstrip("，,；;：:、")
        body = body if _ENDED.search(body[-3:]) else body + "。"
        before = "".join(one.text[provisions.numbered(one.text) :] for one in self.case)
        return self.anchor + before + (self.lead.text if self.lead else "") + body

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
    def elides(self) -> bool:
        """Are words left out between who does it, or what it is told of, and the rest?"""
        before = self.kept[-2:-1]
        apart = any(one.end < self.kept[-1].start for one in before)
        return apart and not any(window.speaks(one.of(self.sentence.text)) for one in before)

    @property
    def left_out(self) -> str:
        """The words of the sentence before the last that are kept, without those that are kept, too."""
        ends = (0, *(span.end for span in self.kept[:-1]))
        pairs = zip(ends, self.kept, strict=True)
        return "".join(self.sentence.text[end : span.start] for end, span in pairs)

    @property
    def tells_one_point(self) -> bool:
        """Is one point told under its head, without its number?"""
        text = self.sentence.text
        return any(not edit.text and POINT_MARK.fullmatch(edit.span.of(text)) for edit in self.edits)

    @property
    def evidence(self) -> Passage:
        """What proves a stem made of this frame."""
        before = (other.passage for other in (self.dated_by, *self.case, self.lead) if other)
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

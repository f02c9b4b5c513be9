"""An article's elements in reading order -> its paragraphs with sections, joints and doubts.

The halves of a broken paragraph become one passage; what was recognised twice at a joint stands once.
The surprising decision: a list whose items end in “；” is one sentence, and so becomes one paragraph
with the words that introduce it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from studytool.articles import doubts
from studytool.articles.elements import Element, Gap, Heading, Hole, Prose
from studytool.articles.joints import Link, is_over_text, is_sure
from studytool.articles.lines import paired
from studytool.model import Doubt, DoubtKind, Joint, Paragraph, Passage, Role, Span

_SIDE = 16  # characters on each side of a joint, to tell it by
_LONGEST_LIST = 420  # a list joined into one sentence is no longer than this
_LONGEST_LEAD_IN = 36  # longer bold words are an emphasised sentence, not a section's name
_ITEM = re.compile(
    r"[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}[是、]|\d{1,2}[.．、]|——|[①-⑳]"
)
_NO_SECTION = re.compile(r"第[一二三四五六七八九十百零]+条|[^\u4e00-\u9fff]*|.{0,3}")


@dataclass(frozen=True, slots=True)
class Body:
    paragraphs: tuple[Paragraph, ...]
    joints: tuple[Joint, ...]


class Builder:
    """Builds bodies from the elements and links of one document."""

    def __init__(
        self,
        elements: Sequence[Element],
        links: Mapping[int, Link],
        strays: Collection[int] = (),
        mixed: Collection[int] = (),
    ) -> None:
        """`strays` are rather another article's, of `mixed` the lines may be two columns'."""
        self.elements, self.links, self.strays, self.mixed = elements, links, strays, mixed
        self.corpus = "\n".join(e.text for e in elements if isinstance(e, Prose))

    def body(self, order: Sequence[int]) -> Body:
        """The body of the article whose elements stand in this order."""
        joints: list[Joint] = []
        paragraphs: list[Paragraph] = []
        section: str | None = None
        used: set[int] = set()
        for index in order:
            element = self.elements[index]
            if isinstance(element, Heading):
                section = element.text
                passage = Passage(paired(element.passage.text), element.passage.pieces)
                paragraphs.append(Paragraph(passage, section, Role.HEADING))
            elif isinstance(element, Prose) and index not in used:
                chain = self._chain(index)
                used.update(i for i, _ in chain)
                joints.extend(self._joints(chain))
                section = _lead_in(element) or (None if self._is_behind_gap(index) else section)
                paragraphs.append(self._paragraph(chain, section))
        return Body(tuple(_with_lists(paragraphs)), tuple(joints))

    def _chain(self, start: int) -> list[tuple[int, int]]:
        """The parts of one paragraph: element, and how many characters repeat the part before."""
        chain = [(start, 0)]
        seen = {start}
        while (link := self.links.get(chain[-1][0])) and link.right is not None and link.right not in seen:
            chain.append((link.right, link.overlap))
            seen.add(link.right)
        return chain

    def _part(self, index: int, skipped: int = 0) -> Passage:
        element = self.elements[index]
        assert isinstance(element, Prose)
        return element.seen.line.passage.cut(Span(skipped, element.seen.length))

    def _is_open(self, index: int) -> bool:
        link = self.links.get(index)
        return link is not None and link.right is None

    def _is_behind_gap(self, index: int) -> bool:
        """Does the paragraph stand right behind a page that was not read?"""
        above = (self.elements[at] for at in range(index - 1, -1, -1))  # a slice would copy them all
        before = takewhile(lambda e: isinstance(e, Hole), above)
        return any(isinstance(e, Gap) for e in before)

    def _joints(self, chain: list[tuple[int, int]]) -> Iterator[Joint]:
        for (left, _), (right, skipped) in pairwise(chain):
            confidence = self.links[left].confidence
            after = self._part(right, skipped)
            if not after.text:
                continue  # it says the end of the part before once more, and nothing else
            before = self._part(left).text[-_SIDE:]
            yield Joint(self._last(left), after.source_at(0), confidence, True, before, after.text[:_SIDE])
        if self._is_open(last := chain[-1][0]):
            yield Joint(self._last(last), None, 0.0, False, self._part(last).text[-_SIDE:])

    def _last(self, index: int) -> int:
        part = self._part(index)
        return part.source_at(len(part.text) - 1)

    def _paragraph(self, chain: list[tuple[int, int]], section: str | None) -> Paragraph:
        joined = Passage.joined(self._part(i, skipped) for i, skipped in chain)
        passage = Passage(paired(joined.text), joined.pieces)
        found = [*doubts.find(passage.text), *doubts.lost_characters(passage, self.corpus)]
        if self._is_open(chain[-1][0]):
            found.append(_open_end(passage.text))
        if self._is_behind_gap(chain[0][0]):
            found.append(_lost_beginning(passage.text))
        if chain[0][0] in self.mixed:
            found.extend(_mixed(passage))
        found.extend(self._strays(chain, passage.text))
        found.extend(self._repeats(chain))
        found.extend(self._unsure_joints(chain, passage.text))
        return Paragraph(passage, section, Role.BODY, tuple(found))

    def _repeats(self, chain: list[tuple[int, int]]) -> Iterator[Doubt]:
        at = 0
        for index, skipped in chain:
            if skipped:
                words = self._part(index).text[:skipped]
                reason = "接缝处重复识别，已略去一次"
                yield Doubt(DoubtKind.RECOGNITION, Span(max(0, at - skipped), at), words, reason)
            at += len(self._part(index, skipped).text)

    def _strays(self, chain: list[tuple[int, int]], text: str) -> Iterator[Doubt]:
        at = 0
        for index, skipped in chain:
            size = len(self._part(index, skipped).text)
            if index in self.strays:
                reason = "前面的接续不够确定，这一段可能属于另一篇文章"
                yield Doubt(DoubtKind.OPEN_JOINT, Span(at, at + size), text[at : at + 12], reason)
            at += size

    def _unsure_joints(self, chain: list[tuple[int, int]], text: str) -> Iterator[Doubt]:
        """Halves brought together may be strangers: then no question rests on them."""
        at = 0
        for (left, skipped), (right, _) in pairwise(chain):
            at += len(self._part(left, skipped).text)
            if not is_sure(self.elements, self.links[left]):
                far = is_over_text(self.elements, left, right)
                reason = "两半相隔较远，接续不够确定" if far else "两半的接续不够确定"
                around = Span(max(0, at - 8), min(len(text), at + 8))
                yield Doubt(DoubtKind.OPEN_JOINT, Span(at - 1, at + 1), around.of(text), reason)


def _mixed(passage: Passage) -> Iterator[Doubt]:
    """All from the first line's end to the last's: it may be made of the lines of two columns."""
    ends = [piece.at for piece in passage.pieces if piece.at]
    if ends:
        around = Span(ends[0] - 1, ends[-1] + 1)
        words = around.of(passage.text)[:12]
        yield Doubt(DoubtKind.OPEN_JOINT, around, words, "版面可能串栏，行与行的接续不可靠")


def _open_end(text: str) -> Doubt:
    start = max(text.rfind(mark) for mark in "。！？") + 1
    return Doubt(DoubtKind.OPEN_JOINT, Span(start, len(text)), text[-12:], "句子中断，未找到可靠的下文")


def _lost_beginning(text: str) -> Doubt:
    end = min((at for mark in "。！？" if (at := text.find(mark) + 1)), default=len(text))
    return Doubt(DoubtKind.OPEN_JOINT, Span(0, end), text[:12], "上一页没有读到，这一句可能缺了开头")


def _lead_in(prose: Prose) -> str | None:
    """A bold lead-in names the section it opens: “**五四运动席卷津城。**1919年……”."""
    size = prose.seen.line.bold
    if not 0 < size <= _LONGEST_LEAD_IN or size >= prose.seen.length:
        return None
    lead = paired(prose.seen.line.text[:size]).rstrip("。：:")
    return None if _NO_SECTION.fullmatch(lead) else lead


# ---- lists -------------------------------------------------------------------------------------------


def _with_lists(paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """“……如下：” and items that end with “；” up to the last become one paragraph."""
    index = 0
    while index < len(paragraphs):
        end = _list_end(paragraphs, index)
        if end > index + 2:
            group = paragraphs[index:end]
            passage = Passage.joined(p.passage for p in group)
            yield replace(group[0], passage=passage, doubts=doubts.find(passage.text))
            index = end
        else:
            yield paragraphs[index]
            index += 1


def _list_end(paragraphs: list[Paragraph], start: int) -> int:
    """Behind the last item of the list this paragraph introduces (`start`, if there is none)."""
    intro = paragraphs[start]
    if intro.role is not Role.BODY or not intro.passage.text.endswith("："):
        return start
    size = len(intro.passage.text)
    for index in range(start + 1, len(paragraphs)):
        one = paragraphs[index]
        text = one.passage.text
        size += len(text)
        if one.role is not Role.BODY or one.doubts or size > _LONGEST_LIST or not _ITEM.match(text):
            return start
        if "。" in text:
            return index + 1 if text.index("。") == len(text) - 1 else start
        if not text.endswith(("；", ";")):
            return start
    return start

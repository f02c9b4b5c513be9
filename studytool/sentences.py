"""Article -> Sentences: whole sentences, each with its section, times and doubts.

A sentence ends at “。”, “！” or “？”, with the marks that close behind it; never inside a quotation
that goes on, never at “；”; a dateline is no part of the first. The surprising decision: a quotation and
the words that say who spoke are one sentence, because neither can be understood without the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from studytool import datelines, times
from studytool.limits import LONGEST_SENTENCE
from studytool.model import Article, Doubt, DoubtKind, Paragraph, Role, Sentence, Span
from studytool.years import Years

_MARKS = re.compile(r"[。！？“”‘’（）《》]")
_STOPS = "。！？"
_PAIRS = {"”": "“", "’": "‘", "）": "（", "》": "《"}
_LONGEST_QUOTATION = 600  # a mark left open longer than this was never closed
_SAYS = re.compile(
    r"[^。！？“]{0,40}(?:说|道|表示|介绍|指出|认为|告诉|感慨|坦言|强调|感叹|回忆|写道|解释|透露|称|决心|心想|问|答|喊|笑|念叨|呼吁|嘱咐|叮嘱|评价)"
)
# … and “X……座谈会上的重要讲话” says who spoke and where.
_SPOKE = re.compile(
    r"[^，。！？“”]{4,56}(?:上(?:的|所作的?|发表的?)(?:重要)?(?:讲话|报告|致辞|发言)|(?:作出|提出)的?重要(?:指示|批示|论断|要求)|的(?:殷殷|谆谆)?嘱托|这(?:句|番)话|的?(?:回信|贺信|贺电)[中里])"
)
_NUMBER_MARK = re.compile(r"(?:^|(?<=[。；：，！？]))[\d一二三四五六七八九十]{1,2}[）】]")
# When the paper was adopted, run together with its title and its text; not what a sentence says of it.
_ADOPTED = re.compile(
    r"（\d{4}年\d{1,2}月\d{1,2}日[^（）]{2,60}(?:通过|批准|公布|发布|修订)）"
    r"(?![，。、；：的]|规定|明确|指出|提出|强调|要求|是|在|对|将|由|于|自|共|已|为|全文)"
)
_COMPLETE = re.compile(r"(?:[。！？；：]|…|——)[”’）》】」』\])]*$")
MOST_DOUBTS = 20  # of one sentence
NEAR = 100  # characters beside a doubt in a longer one


def split(article: Article) -> tuple[Sentence, ...]:
    """All sentences of an article, in order; headings are none, nor is what tells whose a quotation is."""
    found: list[Sentence] = []
    years = Years(article)
    for number, paragraph in enumerate(article.paragraphs):
        if paragraph.role is Role.HEADING:
            years.pass_heading(paragraph.passage.text)
            continue
        if paragraph.role is Role.CREDIT:
            continue
        years.enter(paragraph, article)
        credit = paragraph.credit
        anchor = times.Anchor(credit.on) if credit else None
        within = _without_head(paragraph.passage.text, article.title or "")
        for order, (span, near) in enumerate(zip(within, _nearby(paragraph, within), strict=True)):
            passage = paragraph.passage.cut(span)
            sentence = Sentence(
                passage=passage,
                article=article,
                index=len(found),
                paragraph=number,
                section=paragraph.section,
                opens=order == 0,
                times=times.mentions(passage.text, anchor or years.anchor)
                if len(passage.text) <= LONGEST_SENTENCE
                else (),
                doubts=_doubts(paragraph.passage.text, span, near),
                credit=credit,
            )
            found.append(sentence)
            if credit is None:
                years.leave(sentence)
    return tuple(found)


def spans(text: str) -> tuple[Span, ...]:
    """Where the sentences of a paragraph stand."""
    found: list[Span] = []
    start = 0
    for end in _ends(text):
        if end > start:
            found.append(Span(start, end))
            start = end
    if start < len(text):
        found.append(Span(start, len(text)))
    return tuple(found)


def _without_head(text: str, title: str) -> tuple[Span, ...]:
    """The sentences of a paragraph; the first without the dateline before it, and the article's title."""
    within = spans(text)
    start = datelines.length(text)
    if title and text.startswith(title, start) and (adopted := _ADOPTED.match(text, start + len(title))):
        start = adopted.end()
    if not start or not within or start >= within[0].end:
        return within
    return (Span(start, within[0].end), *within[1:])


def _ends(text: str) -> Iterator[int]:
    """Behind each sentence's last character."""
    stack: list[tuple[str, int]] = []
    start = 0
    marks = list(_MARKS.finditer(text))
    for number, match in enumerate(marks):
        mark, at = match.group(), match.start()
        if stack and at - stack[0][1] > _LONGEST_QUOTATION:
            stack.clear()
        end = 0
        if mark in _STOPS:
            following = marks[number + 1] if number + 1 < len(marks) else None
            closes = following and following.start() == at + 1 and following.group() in _PAIRS
            repeated = text[at + 1 : at + 2] in _STOPS and at + 1 < len(text)
            if not stack and not repeated:
                end = at + 1 + (_stray_closers(text, at + 1) if closes else 0)
        elif mark in _PAIRS:
            opened = _pop(stack, _PAIRS[mark])
            if opened is not None and not stack and _sentence_closed(text, Span(opened, at + 1), start):
                end = at + 1
        else:
            stack.append((mark, at))
        if end:
            start = end
            yield end


def _stray_closers(text: str, at: int) -> int:
    match = re.compile("[”’）》]+").match(text, at)
    return len(match.group()) if match else 0


def _pop(stack: list[tuple[str, int]], opener: str) -> int | None:
    """Closes the mark and returns where it was opened; a closer that fits nothing changes nothing."""
    if opener not in [mark for mark, _ in stack]:
        return None
    while stack:
        mark, at = stack.pop()
        if mark == opener:
            return at
    return None


def _sentence_closed(text: str, quoted: Span, start: int) -> bool:
    """Does the sentence end with this closing mark, which has a full stop before it?"""
    if text[quoted.end - 2] not in _STOPS:
        return False
    after = text[quoted.end : quoted.end + 60]
    if not after:
        return True
    if after[0] in "，、；：。！？—…”’）》“":
        return False
    before = text[quoted.start - 1] if quoted.start else ""
    if before == "：" or text[quoted.start] == "（":
        return True
    if quoted.start == start:  # the quotation opens the sentence: do the next words say who spoke?
        return not (_SAYS.match(after) or _SPOKE.match(after))
    return after[0] not in "的等和与及这那为是之"


# ---- doubts and times --------------------------------------------------------------------------------


def _nearby(paragraph: Paragraph, within: Sequence[Span]) -> Iterator[list[Doubt]]:
    """The doubts of a paragraph that reach into each of its sentences."""
    numbered = sorted(enumerate(paragraph.doubts), key=lambda one: one[1].span.start)
    at, near = 0, list[tuple[int, Doubt]]()
    for span in within:
        while at < len(numbered) and numbered[at][1].span.start < span.end:
            near.append(numbered[at])
            at += 1
        near = [one for one in near if one[1].span.end > span.start]
        yield [doubt for _, doubt in sorted(near, key=lambda one: one[0]) if doubt.span.overlaps(span)]


def _doubts(whole: str, span: Span, near: Sequence[Doubt]) -> tuple[Doubt, ...]:
    """The paragraph's doubts in this sentence, and its own: it has no end."""
    text = span.of(whole)
    found = [_moved(doubt, span) for doubt in near]
    if not _COMPLETE.search(text) and not any(d.kind is DoubtKind.OPEN_JOINT for d in found):
        found.append(
            Doubt(DoubtKind.OPEN_JOINT, Span(0, len(text)), text[-12:], "缺少句末标点，可能不是完整的句子")
        )
    if not any(d.kind is DoubtKind.QUOTES for d in found) and _unbalanced(text):
        found.append(Doubt(DoubtKind.QUOTES, Span(0, len(text)), text[:12], "引号或括号不成对"))
    return tuple(found)


def _unbalanced(text: str) -> bool:
    plain = _NUMBER_MARK.sub("", text)
    return any(plain.count(closing) != plain.count(opening) for closing, opening in _PAIRS.items())


def doubts_in(sentence: Sentence) -> tuple[Doubt, ...]:
    """All that a person should look at in a sentence: its doubts, and the times that nothing resolves.

    Those hold no question back by themselves: a question may leave the time out. Of a sentence that is all
    doubts, the first of them: each is kept with the words around it, and noise would fill the disk."""
    times = [
        Doubt(DoubtKind.DATE, time.span, time.span.of(sentence.text), "所指的时间不明")
        for time in sentence.times
        if time.resolved is None
    ]
    found = (*sentence.doubts, *times)[:MOST_DOUBTS]
    return tuple(replace(doubt, sentence=_around(doubt.span, sentence.text)) for doubt in found)


def _around(span: Span, text: str) -> str:
    """The sentence, or what stands near the doubt in one that is too long to be one."""
    if len(text) <= LONGEST_SENTENCE:
        return text
    return text[max(0, span.start - NEAR) : span.start + NEAR]


def _moved(doubt: Doubt, span: Span) -> Doubt:
    within = Span(max(0, doubt.span.start - span.start), min(span.end, doubt.span.end) - span.start)
    return replace(doubt, span=within)

"""A page of quotations -> its paragraphs, each quotation with what the page says of whose words it is.

“——2016年2月23日，习近平在……时的讲话” on a line of its own, or in brackets behind the words. The surprising
decision: a page is one of quotations only where such lines stand behind every other paragraph. Elsewhere what
begins with a dash is a subtitle, and a day in brackets is the day of the text. And only the last paragraph
above such a line is surely its quotation, unless another is marked as its beginning: one before it may have
lost its own line, and is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from studytool.articles import dates
from studytool.model import Credit, Paragraph, Role, Span

_FEWEST = 3  # such lines make a page of quotations
_SHARE = 0.4  # of its paragraphs
_PARAGRAPH = 25  # characters; shorter lines may be headings
_LONGEST = 120  # characters of such a line
_DASH = "(?:—{1,2}|－{1,2}|-{1,2}|–|―{1,2})"
_YEAR = r"(?:(?<!\d)(?:19|20)\d\d(?:年|[-./]\d)|[一二][〇○零一二三四五六七八九]{3}年)"
# What was said, and how a line that cites it ends.
_KIND = (
    "(?:讲话|谈话|演讲|致辞|致词|发言|报告|文章|说明|批示|指示|[贺回复来]信|贺电|贺词|祝酒辞|主旨发言|题词|信)"
    "(?:要点|摘要|节选|摘录|提纲)?"
)
_SAID_WHERE = re.compile(
    rf"^(?=.*(?:在|同|给|致|对|就|向|于|为|出席|主持|会见|接受))[^。！？；]*(?:{_KIND}|指出|强调|提出|要求|表示|说)"
    r"(?:（[^（）]*）|》|的一部分|，?(?:19|20)\d\d年[\d年月日至]*+)*+$"
)
_TITLED = re.compile("^[^《》。；：]{0,30}《[^《》]{4,60}》[^。！？；]*$")
_DATED = re.compile(_YEAR)
# Where it was printed stands behind what is cited and its day, or names a paper, a magazine, a press.
_PRINTED = re.compile(
    r"(?<=[》）日话文信辞告])[，。、；](?=(?:载|见|原载)?(?:人民日报|光明日报|新华社|新华网|求是|[\u4e00-\u9fff]{2,6}出版社"
    r"|《(?:人民日报|光明日报|解放军报|经济日报|求是|习近平谈治国理政|[^《》]{1,12}(?:选集|文集|文选|选读|选编|论述摘编))》)).*$"
    r"|(?<=[日月年]）)，《[^《》]*》.*$"
)
_LEAD = re.compile(r"(?P<said>.{10,120}?(?:指出|强调|提出|要求|表示|说|写道|谈到))：")
_NOBODYS = Credit("")  # whose a paragraph is, or of which year, the page does not tell
_QUOTED = re.compile("“[^“”]+”")


def _cites(text: str) -> bool:
    """Does a line, or what stands in brackets, say whose words were quoted, or where they were said?"""
    said = _bare(text)
    return len(said) <= _LONGEST and (_SAID_WHERE.match(said) or _TITLED.match(said)) is not None


def credited_at(text: str) -> int | None:
    """Where in a paragraph begins what cites it, behind a dash or in brackets; None if nothing does."""
    at = _opened(text)
    return at if at is not None and _cites(text[at:]) else None


def is_page_of_quotations(lines: Iterable[str]) -> bool:
    """Do such lines, or such words behind it, with their year, stand at many of these paragraphs?"""
    found = paragraphs = 0
    for line in lines:
        at = 0 if _leads(line) else credited_at(line)
        found += at is not None and _DATED.search(line, at) is not None
        paragraphs += at != 0 and len(line) >= _PARAGRAPH
    return found >= _FEWEST and found >= _SHARE * paragraphs


def told(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs of a page of quotations: what cites stands alone, and quotations know it."""
    found: list[Paragraph] = []
    for paragraph in (part for whole in paragraphs for part in _parted(whole)):
        if paragraph.role is Role.CREDIT:
            credit = _credit(paragraph.passage.text)
            for at, own in _quoted_above(found):
                alone = own and not _CITED_WITHIN.search(found[at].passage.text)
                found[at] = replace(found[at], credit=credit if alone else _NOBODYS)
        found.append(paragraph)
    return tuple(_led(found))


def _parted(paragraph: Paragraph) -> Iterator[Paragraph]:
    """A paragraph, and what cites it, if that stands behind it."""
    at = None if paragraph.role is not Role.BODY else credited_at(paragraph.passage.text)
    if at is None:
        yield paragraph
        return
    words, cited = Span(0, at), Span(at, len(paragraph.passage.text))
    if at:
        doubts = tuple(doubt for doubt in paragraph.doubts if doubt.span.start < at)
        yield replace(paragraph, passage=paragraph.passage.cut(words), doubts=doubts)
    yield replace(paragraph, passage=paragraph.passage.cut(cited), role=Role.CREDIT, doubts=())


# Several quotations run together, each with its own: ……的动力。——《论联合政府》（1945年4月24日）下定决心…….
_CITED_WITHIN = re.compile(
    rf"[。！？…”]\s*(?:{_DASH}(?=[^。！？；，]{{0,30}}(?:《|{_YEAR}))|[（(](?=[^。！？；]{{0,60}}{_YEAR}))"
)
_BEHIND_DASH = re.compile(rf"(?:^|(?<=[。！？…”）])){_DASH}(?=[^—－–―-])")
_CLOSED = re.compile("[）)】\\]]。?$")
_BRACKETS = {"）": "（", ")": "(", "】": "【", "]": "["}


def _opened(text: str) -> int | None:
    """Where the last words of a paragraph begin that stand behind a dash or in brackets."""
    if _CLOSED.search(text):
        opened = _bracket(text)
        if opened is not None and (opened == 0 or text[opened - 1] in "。！？…”"):
            return opened
    *_, last = (None, *_BEHIND_DASH.finditer(text))
    return last.start() if last else None


def _bracket(text: str) -> int | None:
    """Where the bracket was opened that closes the text."""
    closed = text.rstrip("。")
    depth, closing = 0, closed[-1]
    for at in range(len(closed) - 1, -1, -1):
        depth += (closed[at] == closing) - (closed[at] == _BRACKETS[closing])
        if depth == 0:
            return at
    return None


def _bare(text: str) -> str:
    """What cites, without its dash or its brackets, and without where it was printed."""
    bare = re.sub(rf"^{_DASH}", "", text).rstrip("。：")
    if bare[:1] in _BRACKETS.values() and _CLOSED.search(bare):
        bare = bare[1:-1]
    return _PRINTED.sub("", re.sub("^(?:摘自|引自|选自|出自|见)[：:]?", "", bare)).rstrip("。，")


def _credit(text: str) -> Credit:
    said = _bare(text)
    return Credit(said, dates.find(said)) if _DATED.search(said) else _NOBODYS


_BEGINS = re.compile(r"[□■◎●○▲◆]|\d{1,2}[、.．](?!\d)")  # each quotation, on some pages


def _quoted_above(before: Sequence[Paragraph]) -> Iterator[tuple[int, bool]]:
    """The paragraphs since the last credit or heading: is each what is cited here? The last is, with those
    above it up to one that is marked or numbered. What stands above the first introduces the page."""
    start = len(before)
    while start and before[start - 1].role is Role.BODY:
        start -= 1
    begins = [at for at in range(start, len(before)) if _BEGINS.match(before[at].passage.text)]
    own = begins[-1] if begins else len(before) - 1
    yield from ((at, at >= own) for at in range(start or max(own, 0), len(before)))


def _led(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs; one that is all in quotation marks knows the line above that says who speaks."""
    yield from paragraphs[:1]
    for above, one in pairwise(paragraphs):
        led = one.credit is None and _leads(above.passage.text) and _QUOTED.fullmatch(one.passage.text)
        yield replace(one, credit=_credit(above.passage.text)) if led else one


def _leads(text: str) -> bool:
    """Does a line say who speaks below it?"""
    lead = _LEAD.fullmatch(text)
    return lead is not None and _cites(lead["said"])

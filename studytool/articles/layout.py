"""Document -> its Lines in order, whatever the file's form: front matter, Markdown, HTML, plain
text, text broken at column width, a whole report on one giant line.

The surprising decision: text broken at column width is recognised by its own regularity (most lines
have the same width), not by the file type; page heads and numbers go while pages are still visible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from studytool.articles import numbers, pages, wrapped
from studytool.articles.lines import DROPPED, Line, clean, narrowed
from studytool.articles.wrapped import Raw
from studytool.model import Block, BlockKind, Document, Span

# Keys and what belongs to them: text between two rules is none.
_KEY = r"[\"']?\w[\w .-]{0,39}[\"']?[ \t]*(?::|：(?![^\r\n]*。))[^\r\n]*"
_OF_A_KEY = r"[ \t#\]}][^\r\n]*|-(?!--)[^\r\n]*|(?=\r?\n)"
_FRONT_MATTER = re.compile(
    r"\ufeff?\s*---[ \t]*\r?\n((?:#[^\r\n]*\r?\n|\r?\n)*"
    # Each line is of one sort and stays so: else there are as many ways to read them as lines allow.
    rf"{_KEY}(?:\r?\n(?>{_OF_A_KEY}|{_KEY}))*)"
    r"\r?\n---[ \t]*(?:\r?\n|$)"
)
_PHYSICAL = re.compile(r"[^\r\n\f\v\u2028\u2029\x85]*(?:\r\n|[\r\n\f\v\u2028\u2029\x85]|$)")
_HTML_BREAK = re.compile(
    r"<(?:/?(?:p|div|tr|table|ul|ol|section|article|h[1-6]|blockquote)\b[^>]*|br\s*/?|li\b[^>]*)>", re.I
)
_PREFIX = re.compile(r"[ \t\u3000]*(?:>[ \t]*)*(?P<hash>#{1,6}(?=[\s■□])\s*)?(?P<item>[-*+](?=\s)\s+)?")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_CELL = re.compile(r"[^|\t]+")
_WHOLE_CELL = re.compile(r"[。！？；…”’）)]\s*(?:\*+|<br/?>)?\s*$")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1|<(?:strong|b)>(.+?)</(?:strong|b)>")
_FEWEST_ENDED = 3  # lines, of a paragraph that holds several
GIANT = 1500  # a physical line longer than this has lost its paragraph breaks


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """What a YAML head says (one line per key is all that is read), and where the text begins."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, 0
    pairs = (line.partition(":") for line in match.group(1).splitlines() if not line.startswith((" ", "-")))
    return {key.strip(): value.strip().strip("'\"") for key, _, value in pairs}, match.end()


def lines_of(document: Document) -> tuple[Line, ...]:
    """All lines of the document that have any text."""
    text = narrowed(document.text)
    _, start = front_matter(text)
    found: list[Line] = []
    for alike, run in groupby(document.blocks, key=lambda block: block.kind is BlockKind.PARAGRAPH):
        blocks = list(run)
        raws = _of_paragraphs(text, blocks) if alike else _of_others(text, blocks, start)
        for block, raw in numbers.joined(text, raws):
            found += filter(None, (_line(text, part, block) for part in _apart(text, raw)))
    return tuple(found)


def _of_others(text: str, blocks: Iterable[Block], start: int) -> Iterator[tuple[Block, Raw]]:
    for block in blocks:
        yield from ((block, raw) for raw in _raws(text, block, start))


def _of_paragraphs(text: str, blocks: Sequence[Block]) -> Iterator[tuple[Block, Raw]]:
    """Paragraphs of a word processor or a page; those that are lines of one, joined again."""
    spans = [(span, 0) for block in blocks for span in _parts(text, block.span)]
    width = wrapped.width_of(text, spans, strict=True)
    for lines in [spans] if width else wrapped.unended(text, spans):
        narrow = width or wrapped.width_of(text, lines, strict=True)
        raws = wrapped.paragraphs(text, lines, narrow) if narrow else (Raw((span,)) for span, _ in lines)
        yield from ((blocks[0], raw) for raw in raws)


def _parts(text: str, span: Span) -> list[Span]:
    """A paragraph with line breaks in it: the paragraphs it holds, if most of its lines end as such do."""
    if text.find("\n", span.start, span.end) < 0:
        return [span]
    lines = [one for one, _ in _physical(text, span.start, span.end)]
    ended = sum(pages.is_closed(text[one.start : one.end].strip()) for one in lines)
    return lines if ended >= max(_FEWEST_ENDED, 0.5 * len(lines)) else [span]


def _raws(text: str, block: Block, start: int) -> Iterator[Raw]:
    if block.kind is not BlockKind.LINES:
        if block.kind is BlockKind.TABLE_ROW:
            yield from _cells(text, block.span)
        else:
            yield Raw((block.span,), level=block.level)
        return
    physical = list(_physical(text, max(block.span.start, start), block.span.end))
    if width := wrapped.width_of(text, physical):
        yield from wrapped.paragraphs(text, physical, width)
        return
    for span, gap in physical:
        if _ROW.match(text, span.start, span.end):
            yield from _cells(text, span)
            continue
        for index, part in enumerate(_inline_parts(text, span)):
            yield Raw((part,), gap=0 if index else gap)


def _physical(text: str, start: int, end: int) -> Iterator[tuple[Span, int]]:
    """The lines with text, each with the number of blank lines before it."""
    gap = 0
    for match in _PHYSICAL.finditer(text, start, end):
        if match.start() == match.end():
            continue
        here = match.start()
        blank = True
        for tag in [*_HTML_BREAK.finditer(text, match.start(), match.end()), None]:
            there = tag.start() if tag else match.end()
            if text[here:there].strip():
                yield Span(here, there), gap
                gap, blank = 0, False
            here = tag.end() if tag else there
        if blank:
            gap += 1


# ---- a whole report on one line ---------------------------------------------------------------------

_INLINE_BREAK = re.compile(
    r"(?<=[。！？”])[ \u3000]+(?=\S)"  # a space after a full stop is a lost paragraph break
    r"|(?=\*\*[（(一二三四五六七八九十]{1,4}[）)、])"  # a bold numbered heading begins
    r"|(?<=[^。！？*]\*\*)\s+(?=\S)"  # … and ends without a full stop
    r"|(?<=[。！？])(?=[一二三四五六七八九十]{1,3}、[^。，；！？]{2,30}\s)"  # a plain numbered heading begins
)
_PLAIN_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、[^。，；！？\s]{2,30}(?=\s)")


def _inline_parts(text: str, span: Span) -> Iterator[Span]:
    if span.end - span.start < GIANT:
        yield span
        return
    here = span.start
    for match in _INLINE_BREAK.finditer(text, span.start, span.end):
        if match.start() > here:
            yield from _after_heading(text, Span(here, match.start()))
            here = match.end()
    if here < span.end:
        yield from _after_heading(text, Span(here, span.end))


def _after_heading(text: str, span: Span) -> Iterator[Span]:
    heading = _PLAIN_HEADING.match(text, span.start, span.end)
    if heading and heading.end() < span.end:
        yield Span(span.start, heading.end())
        yield Span(heading.end(), span.end)
    else:
        yield span


# A title, and on the same line behind a dash where it was said: 甲——习近平总书记在……上讲话的一部分.
_SPOKEN = re.compile(
    r"[^，。；—]{6,60}(?=——[^。—]{10,120}?(?:讲话|致辞|报告|演讲|发言)(?:的一部分|节选|摘要|摘编|（.{1,16}）)?\s*$)"
)


# A heading that has lost the line break before it: ……提出意见。一、2003年工作的回顾 (and not 三、四线城市)
_RUN_ON = re.compile(
    r"(?<=[。！？])(?=(?P<number>[一二三四五六七八九十])、(?![一二三四五六七八九十])[^，。；：！？、\s]{4,24}\s*$)"
)
_NUMERALS = "一二三四五六七八九十"
_BELOW_FIRST = re.compile(r"^[\s#*　]*(?:二、|[（(]一[）)])", re.MULTILINE)


def _apart(text: str, raw: Raw) -> tuple[Raw, ...]:
    """The line as it is; or a title and its subtitle, or a paragraph and the heading behind it."""
    first, *rest = raw.spans
    if rest:
        return (raw,)
    title = _SPOKEN.match(text, first.start, first.end)
    cut = title.end() if title else _run_on(text, first)
    if cut is None:
        return (raw,)
    above, below = Span(first.start, cut), Span(cut, first.end)
    return replace(raw, spans=(above,)), replace(raw, spans=(below,), gap=0)


def _run_on(text: str, line: Span) -> int | None:
    """Where in the line a heading begins that ends it: the first of several, or the next after one."""
    found = _RUN_ON.search(text[line.start : line.end])
    if found is None:
        return None
    place = _NUMERALS.index(found["number"])
    before = re.compile(rf"^[\s#*　]*{_NUMERALS[place - 1]}、", re.MULTILINE)
    goes_on = before.search(text, 0, line.start) if place else _BELOW_FIRST.search(text, line.end)
    return line.start + found.start() if goes_on else None


# ---- one line ---------------------------------------------------------------------------------------


def _line(text: str, raw: Raw, block: Block) -> Line | None:
    first, *rest = raw.spans
    prefix = _PREFIX.match(text, first.start, first.end)
    level, item, row = raw.level, block.kind is BlockKind.LIST_ITEM, raw.row
    if block.kind is BlockKind.LINES and prefix:
        level = len((prefix.group("hash") or "").strip()) or level
        item = bool(prefix.group("item"))
        first = Span(prefix.end(), first.end)
    spans = (first, *rest)
    passage = clean(text, spans)
    if not passage.text:
        return None
    source = "".join(text[s.start : s.end].strip() if rest else text[s.start : s.end] for s in spans)
    raw_text = raw.words or DROPPED.sub("", source).strip()
    return Line(passage, raw_text, level, raw.gap, _bold_lead(source, passage.text), item, row)


def _cells(text: str, span: Span) -> Iterator[Raw]:
    """A table's cells that hold whole sentences, each a paragraph; of the others only that they stood there:
    figures without their head and their row say nothing, and run together they lie. So do pieces of
    sentences, where columns of text have been taken for those of a table."""
    told = False
    for match in _CELL.finditer(text, span.start, span.end):
        if "。" in match.group() and _WHOLE_CELL.search(match.group()):
            yield Raw((Span(match.start(), match.end()),))
        elif not told and not re.fullmatch(r"[\s:-]*", match.group()):
            told = True
            yield Raw((Span(match.start(), match.end()),), row=True)


def _bold_lead(source: str, text: str) -> int:
    """How many characters of `text` the bold words at its very beginning make."""
    match = _BOLD.match(source.lstrip())
    if not match:
        return 0
    words = re.sub(r"\s+|\*", "", match.group(2) or match.group(3))
    count = at = 0
    while at < len(text) and count < len(words):
        count += not text[at].isspace()
        at += 1
    return at

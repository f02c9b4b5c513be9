"""Document -> its Lines in order, whatever the file's form: front matter, Markdown, HTML, plain
text, text broken at column width, a whole report on one giant line.

The surprising decision: text broken at column width is recognised by its own regularity (most lines
have the same width), not by the file type; page heads and numbers go while pages are still visible.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from studytool.articles import pages
from studytool.articles.lines import DROPPED, Line, clean, columns
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
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1|<(?:strong|b)>(.+?)</(?:strong|b)>")
_OPENS_PARAGRAPH = re.compile(
    r"[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]+[章节编条]|\d{1,2}[.、．](?!\d)"
)
_FIGURE = re.compile(r"\d")
_OF_SENTENCE = re.compile(r"(?<!\d)[，。；、]|[，。；、](?!\d)")
FULL = 3  # so many characters short, or over, a line still fills its column
RUNNING = 0.6  # of the full lines go on in the next one where a text was broken at column width
GIANT = 1500  # a physical line longer than this has lost its paragraph breaks


@dataclass(frozen=True, slots=True)
class Raw:
    """A paragraph to be: the source spans of its physical lines, and what stood around it."""

    spans: tuple[Span, ...]
    gap: int = 0
    level: int = 0
    row: bool = False
    words: str | None = None  # how a heading reads, where its own recognition is worse


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """What a YAML head says (one line per key is all that is read), and where the text begins."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, 0
    pairs = (line.partition(":") for line in match.group(1).splitlines() if not line.startswith((" ", "-")))
    return {key.strip(): value.strip().strip("'\"") for key, _, value in pairs}, match.end()


def lines_of(document: Document) -> tuple[Line, ...]:
    """All lines of the document that have any text."""
    _, start = front_matter(document.text)
    found: list[Line] = []
    for block in document.blocks:
        for raw in _raws(document.text, block, start):
            line = _line(document.text, raw, block)
            if line:
                found.append(line)
    return tuple(found)


def _raws(text: str, block: Block, start: int) -> Iterator[Raw]:
    if block.kind is not BlockKind.LINES:
        if block.kind is BlockKind.TABLE_ROW:
            yield from _cells(text, block.span)
        else:
            yield Raw((block.span,), level=block.level)
        return
    physical = list(_physical(text, max(block.span.start, start), block.span.end))
    width = column_width([columns(text[s.start : s.end].strip()) for s, _ in physical])
    if width and _runs_on(text, physical, width):
        yield from _unwrapped(text, pages.without_heads(text, physical, width), width)
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


def column_width(widths: list[int]) -> int:
    """The width at which this text was broken, or 0 if its lines are paragraphs."""
    if len(widths) < 12:
        return 0
    counts = Counter(widths)
    common = max(counts, key=lambda w: (sum(counts[n] for n in range(w - 1, w + 2)), w))
    full = sum(n for w, n in counts.items() if abs(w - common) <= FULL)
    return common if 12 <= common <= 60 and full >= 0.55 * len(widths) else 0


def _runs_on(text: str, physical: list[tuple[Span, int]], width: int) -> bool:
    """Do most full lines go on in the next one? Paragraphs as long by chance, and rows of figures, do not."""
    full = [
        (text[span.start : span.end].strip(), gap)
        for (span, _), (_, gap) in pairwise(physical)
        if abs(columns(text[span.start : span.end].strip()) - width) <= FULL
    ]
    on = sum(not gap and not line.endswith(tuple(pages.ENDED)) and not _is_row(line) for line, gap in full)
    return on >= RUNNING * len(full)


def _is_row(line: str) -> bool:
    """粮食 38，728万吨 9.2: figures, and no mark of a sentence but within them."""
    return "|" in line or (_FIGURE.search(line) is not None and _OF_SENTENCE.search(line) is None)


def _unwrapped(text: str, printed: pages.Printed, width: int) -> Iterator[Raw]:
    """Lines of column width joined into paragraphs: a full line goes on, a short one ends."""
    run: list[Span] = []
    first_gap = skip = 0
    for index, (span, gap) in enumerate(printed.lines):
        if skip:
            skip -= 1
            continue
        opening = printed.openings.get(span.start)
        if run and (opening or _begins_anew(text, run[-1], span, width)):
            yield Raw(tuple(run), first_gap)
            run = []
        if opening:
            yield Raw(opening.spans, gap, level=1, words=opening.title)
            skip = opening.size - 1
            continue
        if not run:
            first_gap = gap
        run.append(span)
        following = printed.lines[index + 1][1] if index + 1 < len(printed.lines) else 1
        if following and _closed(text, span) and columns(text[span.start : span.end].strip()) < width - 2:
            yield Raw(tuple(run), first_gap)
            run = []
    if run:
        yield Raw(tuple(run), first_gap)


def _begins_anew(text: str, last: Span, span: Span, width: int) -> bool:
    words = text[span.start : span.end].strip()
    return _ends(text, last, width) or (bool(_OPENS_PARAGRAPH.match(words)) and _closed(text, last))


def _ends(text: str, span: Span, width: int) -> bool:
    """A short line ends its paragraph; one a little short without a full stop is an indented quotation."""
    size = columns(text[span.start : span.end].strip())
    return size < width - 3 and (_closed(text, span) or size < 0.72 * width)


def _closed(text: str, span: Span) -> bool:
    return text[span.start : span.end].strip().endswith(tuple(pages.ENDED))


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
    """A table's cells that hold sentences, each a paragraph; of the others only that they stood there:
    figures without their head and their row say nothing, and run together they lie."""
    told = False
    for match in _CELL.finditer(text, span.start, span.end):
        if "。" in match.group():
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

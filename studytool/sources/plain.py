"""Text and Markdown files -> Extract: the file's own characters, untouched; blocks leave out the markup.

A .txt is one block of lines. In Markdown the front matter, comments, scripts and block-level HTML
tags stand between the blocks, and so do notes (`[^1]: …`); inline markup (`**`, `<strong>`) stays inside
them, because a block border means a paragraph border. The marks of notes are blanked, each in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from studytool.model import Block, BlockKind, SourceNote, Span, telling
from studytool.sources import markdown_notes
from studytool.sources.assembly import Extract
from studytool.sources.encoding import decode
from studytool.sources.formats import Content
from studytool.sources.noted import date_in, organ_in

BYTE_ORDER_MARK = "\ufeff"

# Keys and what belongs to them: text between two rules is none. Each line is of one sort and stays so: else
# there are as many ways to read them as lines allow.
_KEY = r"[\"']?\w[\w .-]{0,39}[\"']?[ \t]*(?::|：(?![^\n]*。))[^\n]*"
_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n("
    rf"(?:(?!---|\.\.\.)(?>[ \t#\]}}-][^\n]*|\r?(?=\n)|{_KEY})\n){{0,200}}+"
    r")(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)"
)
_ENTRY = re.compile(r"^([\w\u4e00-\u9fff-]+)[ \t]*[:：][ \t]*(.*?)[ \t]*$", re.MULTILINE)
_LIST_ENTRY = re.compile(r"\s+-[ \t]+(.+)")

BLOCK_TAGS = (
    "address|article|aside|blockquote|body|br|center|dd|details|div|dl|dt|figcaption|figure|footer|form|h[1-6]|head|"
    "header|hr|html|img|iframe|li|link|main|meta|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
# Bounded, so that a file of a million unclosed tags is still read once.
_TAG = re.compile(rf"</?(?:{BLOCK_TAGS})(?:[\s/][^<>]{{0,2000}})?>", re.IGNORECASE)

# Regions that are no prose, from an opening to its closing mark.
ENCLOSED = (
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<script\b", re.IGNORECASE), re.compile(r"</script\s*>", re.IGNORECASE)),
    (re.compile(r"<style\b", re.IGNORECASE), re.compile(r"</style\s*>", re.IGNORECASE)),
)

# What front matter calls the things of a SourceNote, best first.
TITLES = ("title", "标题", "题目", "name")
DATES = ("date", "published_on", "publication_date", "published", "pubdate", "日期", "发布日期", "发布时间")
ISSUERS = (
    "issuer",
    "publisher",
    "organization",
    "发布机关",
    "发文机关",
    "制定机关",
    "authors",
    "author",
    "source",
)
GENRES = ("genre", "kind", "type", "文种", "体裁")


def read(content: Content) -> Extract:
    """A text file: one block of lines."""
    text = decode(content.data)
    start = 1 if text.startswith(BYTE_ORDER_MARK) else 0
    return Extract(text, (Block(BlockKind.LINES, Span(start, len(text))),))


def read_markdown(content: Content) -> Extract:
    """A Markdown file: its prose between front matter and block-level HTML."""
    text = decode(content.data)
    front = _FRONT_MATTER.match(text)
    start = front.end() if front else (1 if text.startswith(BYTE_ORDER_MARK) else 0)
    regions = sorted((*_markup(text, start), *markdown_notes.notes(text, start)))
    text = markdown_notes.blanked(text)
    blocks = tuple(Block(BlockKind.LINES, span) for span in _between(text, start, regions))
    return Extract(text, blocks, _note(front[1]) if front else SourceNote())


def _markup(text: str, start: int) -> Iterator[Span]:
    if "<" not in text:
        return
    for opening, closing in ENCLOSED:
        yield from _enclosed(text, start, opening, closing)
    for tag in _TAG.finditer(text, start):
        yield Span(*tag.span())


def _enclosed(text: str, at: int, opening: re.Pattern[str], closing: re.Pattern[str]) -> Iterator[Span]:
    while (start := opening.search(text, at)) and (end := closing.search(text, start.end())):
        yield Span(start.start(), end.end())
        at = end.end()


def _between(text: str, at: int, regions: Iterable[Span]) -> Iterator[Span]:
    """What is left of the text from `at` on, as far as it holds more than white space."""
    for region in (*regions, Span(len(text), len(text))):
        if region.start > at and not text[at : region.start].isspace():
            yield Span(at, region.start)
        at = max(at, region.end)


def _note(front_matter: str) -> SourceNote:
    entries = dict(_entries(front_matter))

    def first(keys: tuple[str, ...]) -> str | None:
        return next((entries[key] for key in keys if entries.get(key)), None)

    def first_date() -> date | None:
        return next((found for key in DATES if (found := date_in(entries.get(key, "")))), None)

    issuers = (organ_in(entries.get(key, "")) for key in ISSUERS)
    return SourceNote(telling(first(TITLES)), next(filter(None, issuers), None), first_date(), first(GENRES))


def _entries(front_matter: str) -> Iterator[tuple[str, str]]:
    """`key: value` of the top level; of a list its first entry. YAML beyond that says nothing we use."""
    for entry in _ENTRY.finditer(front_matter):
        value = entry[2]
        if not value and (listed := _LIST_ENTRY.match(front_matter, entry.end())):
            value = listed[1]
        yield entry[1].lower(), value.strip().strip("'\"")

"""A file taken in, and its readable content."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from studytool.model.text import Span


@dataclass(frozen=True, slots=True)
class ArticleNote:
    """What a person says of one article; `of` is its id, or its title as reading found it."""

    of: str
    title: str | None = None
    byline: str | None = None
    issuer: str | None = None
    published_on: date | None = None
    genre: str | None = None


@dataclass(frozen=True, slots=True)
class JointNote:
    """A person's word on one joint: the text that ends with `left` goes on in the one that begins with
    `right`, or (None) nowhere in this document."""

    left: str
    right: str | None = None


@dataclass(frozen=True, slots=True)
class SourceNote:
    """What a person says of a source: it goes before what the text seems to say.

    Only `assumed_on` gives way to it: the day to take for a text that nothing else dates."""

    title: str | None = None
    issuer: str | None = None
    published_on: date | None = None
    genre: str | None = None
    articles: tuple[ArticleNote, ...] = ()
    joints: tuple[JointNote, ...] = ()
    assumed_on: date | None = None


# 1983年, 第12期: where among others a text has its place, and not what it is.
_PLACE_ALONE = re.compile(
    r"(?:(?:\d{4}|[〇一二三四五六七八九]{4})年|\d{1,2}月|\d{1,2}日|第?[\d〇一二三四五六七八九十]+[期号届卷册辑]|[()（）\s./-])+"
)


def telling(title: str | None) -> str | None:
    """The title that a file's own head gives it, if it says what the text is."""
    return None if not title or _PLACE_ALONE.fullmatch(title) else title


@dataclass(frozen=True, slots=True)
class Source:
    """A file taken in: where it is, its base name, and a digest of its bytes.

    `path` is absolute; a member of an archive is `archive.zip!/folder/member.txt`; standard input
    is `-`. `note` is what `sources.toml` or the command line says of it.
    """

    path: str
    name: str
    digest: str
    note: SourceNote = field(default_factory=SourceNote)


class BlockKind(StrEnum):
    """What a reader can tell of a layout unit from the file format alone."""

    LINES = "lines"  # plain text whose layout is unknown: everything in .txt, .md, OCR
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Block:
    """A layout unit: `span` of the document's text; `level` is 1–6 for headings, else 0."""

    kind: BlockKind
    span: Span
    level: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A file's readable content: its decoded text (offsets everywhere refer to it) and its blocks."""

    source: Source
    text: str
    blocks: tuple[Block, ...]

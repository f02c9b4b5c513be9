"""What a line looks like by itself, and the line with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studytool.articles.lines import Line

LONGEST_TITLE = 45  # characters: what is longer is text, with few exceptions


class Look(StrEnum):
    PROSE = "prose"  # ends as a sentence does
    BROKEN = "broken"  # prose without its end
    HEADING = "heading"  # numbered
    MARKED = "marked"  # a heading by its markup
    SHORT = "short"  # unmarked, without a full stop: title, caption, heading …
    BYLINE = "byline"
    NAMES = "names"
    DATE = "date"
    ADDRESS = "address"  # where the thing lies that the line above names
    LABEL = "label"  # a column's name: “·我讲我心·”
    EDITORIAL = "editorial"  # “天津日报 社论”
    NOTE = "note"  # an author's note: closes an article
    SIGNATURE = "signature"  # who signed a paper below its text, and when
    ANNEX = "annex"  # the label of an annex, or of one of many records: “附件2”, “新闻内容：”
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Seen:
    """A line and what it looks like; `ends`: it carries the mark that ends an article, which `length`
    leaves out."""

    line: Line
    look: Look
    length: int
    ends: bool = False
    why: str | None = None

    @property
    def text(self) -> str:
        return self.line.text[: self.length]

"""Pieces of writing, rebuilt, and their sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from studytool.model.text import Passage, Span


class DoubtKind(StrEnum):
    OPEN_JOINT = "open_joint"  # a sentence whose continuation was not found for sure
    QUOTES = "quotes"  # unbalanced quotation marks or brackets
    RECOGNITION = "recognition"  # a probable recognition error
    DATE = "date"  # a relative time that cannot be resolved
    CONFLICT = "conflict"  # two values for the same measure


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at: `span` is in the text of what carries the doubt, `sentence` the
    sentence it is in, once that is known."""

    kind: DoubtKind
    span: Span
    text: str
    reason: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Joint:
    """Two parts of a sentence that stood apart: source offsets of the last character before the gap
    and of the first behind it. Below confidence a joint stays open (`made` is false). `before` and
    `after` are the words on its two sides, to tell it by."""

    left: int
    right: int | None
    confidence: float
    made: bool
    before: str = ""
    after: str = ""


class Role(StrEnum):
    """What a paragraph is within its article."""

    BODY = "body"
    HEADING = "heading"
    CREDIT = "credit"  # it says whose words a quotation is


class Credit(NamedTuple):
    """Whose words a quotation is, where and when they were said: `said` as the page has it
    (“2016年2月23日，习近平在……时的讲话”; nothing, where it does not tell enough), `on` the day, if it tells
    a whole one."""

    said: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article; `section` is the heading it stands under. `credit` says whose words it
    quotes, on a page of quotations; a build knows it, a bank does not keep it."""

    passage: Passage
    section: str | None = None
    role: Role = Role.BODY
    doubts: tuple[Doubt, ...] = ()
    credit: Credit | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One piece of writing. `id` is stable: a hash of the source's name and the title (and a count
    where one file has the same title twice). `edition` is the year in which a regulation was adopted or
    last amended, as its own head tells it; a build knows it, a bank does not keep it."""

    id: str
    source: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    kicker: str | None = None
    subtitle: str | None = None
    byline: str | None = None
    issuer: str | None = None
    published_on: date | None = None
    genre: str | None = None
    joints: tuple[Joint, ...] = ()
    edition: int | None = None


class TimeMention(NamedTuple):
    """A time in a sentence that depends on where it stands: 今年, 5月12日, 截至目前.

    `resolved` replaces the words of `span` so that the text can stand alone (“2024年”, “2024年5月12日”),
    or is None where the date is not known."""

    span: Span
    resolved: str | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit of evidence: one whole sentence, with the article it stands in.

    `index` counts sentences within the article, `paragraph` its paragraphs; `opens` says that it is
    its paragraph's first; `credit` is its paragraph's. A sentence with doubts makes no items."""

    passage: Passage
    article: Article
    index: int
    paragraph: int
    section: str | None = None
    opens: bool = False
    times: tuple[TimeMention, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    credit: Credit | None = None

    @property
    def text(self) -> str:
        return self.passage.text

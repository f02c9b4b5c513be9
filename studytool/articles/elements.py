"""What a document consists of, in the order of its source: heads, headings, prose, notes, holes.

Shared by the steps of reconstruction. The surprising decision: what was left out leaves a hole, because
two halves of a sentence may stand on either side of a picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from studytool.articles.looks import Seen
from studytool.model import Passage

_NOTHING = Passage("", ())


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an article, as far as the page shows it in one place."""

    title: str | None = None
    kicker: str | None = None
    subtitle: str | None = None
    byline: str | None = None
    issuer: str | None = None
    genre: str | None = None
    published_on: date | None = None
    edition: int | None = None
    sure: bool = True
    passage: Passage = _NOTHING


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading; `level` orders it among the headings of its article."""

    passage: Passage
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph or a part of one; `broken`: it has no end; `ends`: it carried an article's end mark."""

    seen: Seen
    broken: bool = False
    ends: bool = False

    @property
    def text(self) -> str:
        return self.seen.text


@dataclass(frozen=True, slots=True)
class Note:
    """An author's note, or (without words) what opens something else, as the label of an annex: here an
    article ends."""

    text: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a paper below its text, and when; or `printed`: the newspaper an article was printed in."""

    issuer: str | None
    published_on: date | None
    printed: bool = False


@dataclass(frozen=True, slots=True)
class Hole:
    """Furniture that was left out between two elements."""


@dataclass(frozen=True, slots=True)
class Gap(Hole):
    """A page that nobody could read: nothing goes on over it."""


Element = Head | Heading | Prose | Note | Signature | Hole
End = Head | Note | Signature  # over these no paragraph goes on as if it stood next to its other half

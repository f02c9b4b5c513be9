"""Every type of the product, frozen, in the order the data flows.

A file becomes a Document, its text is rebuilt into Articles, split into Sentences, searched for
Knowledge and asked about in Items; a learner's Responses become Reviews and move a Memory.

The one surprising decision: readable text never loses its way back. A Passage is text together with
the place of each of its characters in the source, so an item can always prove itself.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple

# ---- text and its place in the source -------------------------------------------------------------


class Span(NamedTuple):
    """Half-open character offsets into some text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        return text[self.start : self.end]


class Piece(NamedTuple):
    """From `at` in a passage on, characters stand at `source`, `source + 1`, … in the source text."""

    at: int
    source: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Readable text that knows where each of its characters stood in the source's decoded text.

    Characters may differ from the source in width or in the form of a quotation mark, never in
    number: one character here is one character there, and what was dropped (spaces, line breaks,
    markup) only starts a new piece.
    """

    text: str
    pieces: tuple[Piece, ...]

    def source_at(self, index: int) -> int:
        """The source offset of the character at `index` of this passage."""
        piece = self.pieces[bisect.bisect_right(self.pieces, index, key=lambda p: p.at) - 1]
        return piece.source + index - piece.at

    def ranges(self, span: Span | None = None) -> tuple[Span, ...]:
        """The source ranges which, concatenated, are the text of `span` (default: all of it)."""
        span = span or Span(0, len(self.text))
        found: list[Span] = []
        for index, piece in enumerate(self.pieces):
            end = self.pieces[index + 1].at if index + 1 < len(self.pieces) else len(self.text)
            start, end = max(piece.at, span.start), min(end, span.end)
            if start < end:
                first = piece.source + start - piece.at
                found.append(Span(first, first + end - start))
        return tuple(found)

    def cut(self, span: Span) -> Passage:
        """The part of this passage in `span`, as a passage of its own."""
        pieces: list[Piece] = []
        at = 0
        for source in self.ranges(span):
            pieces.append(Piece(at, source.start))
            at += source.end - source.start
        return Passage(span.of(self.text), tuple(pieces))

    @classmethod
    def whole(cls, text: str, source: int = 0) -> Passage:
        """A passage that stands in the source just as it is, from offset `source` on."""
        return cls(text, (Piece(0, source),) if text else ())

    @classmethod
    def joined(cls, passages: Iterable[Passage]) -> Passage:
        """The passages one after the other, with nothing between them."""
        texts: list[str] = []
        pieces: list[Piece] = []
        at = 0
        for passage in passages:
            for piece in passage.pieces:
                moved = Piece(piece.at + at, piece.source)
                if pieces and moved.source - pieces[-1].source == moved.at - pieces[-1].at:
                    continue
                pieces.append(moved)
            texts.append(passage.text)
            at += len(passage.text)
        return cls("".join(texts), tuple(pieces))


# ---- a file taken in ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceNote:
    """What a person says of a source: it goes before what the text seems to say."""

    title: str | None = None
    issuer: str | None = None
    published_on: date | None = None
    genre: str | None = None


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


# ---- pieces of writing ----------------------------------------------------------------------------


class DoubtKind(StrEnum):
    OPEN_JOINT = "open_joint"  # a sentence whose continuation was not found for sure
    QUOTES = "quotes"  # unbalanced quotation marks or brackets
    RECOGNITION = "recognition"  # a probable recognition error
    DATE = "date"  # a relative time that cannot be resolved
    CONFLICT = "conflict"  # two values for the same measure


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at: `span` is in the text of what carries the doubt."""

    kind: DoubtKind
    span: Span
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Joint:
    """Two parts of a sentence that stood apart: source offsets of the last character before the gap
    and of the first behind it. Below confidence a joint stays open (`made` is false)."""

    left: int
    right: int | None
    confidence: float
    made: bool


class Role(StrEnum):
    """What a paragraph is within its article."""

    BODY = "body"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article; `section` is the heading it stands under."""

    passage: Passage
    section: str | None = None
    role: Role = Role.BODY
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One piece of writing. `id` is stable: a hash of the source's name and the title (and a count
    where one file has the same title twice)."""

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
    its paragraph's first. A sentence with doubts makes no items."""

    passage: Passage
    article: Article
    index: int
    paragraph: int
    section: str | None = None
    opens: bool = False
    times: tuple[TimeMention, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def text(self) -> str:
        return self.passage.text


# ---- what is worth knowing ------------------------------------------------------------------------


class KnowledgeKind(StrEnum):
    """Kinds of knowledge; `asks` of an item."""

    FORMULATION = "formulation"
    ABBREVIATION = "abbreviation"
    LIST = "list"
    DEFINITION = "definition"
    RULE = "rule"
    QUOTATION = "quotation"
    FIGURE = "figure"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    ORGAN = "organ"
    TITLE = "title"
    EVENT = "event"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Something worth knowing, found in a sentence.

    `spans` (in `sentence.text`) are what can be asked: one value; or, for a LIST, all members in
    order; or, for an ABBREVIATION with members beside it, the abbreviation alone.
    `cue` is the words in `sentence.text` the answer hangs on: the measure of a figure (“资质资格互认事项”),
    the event of a date, the role of a person, the term a definition defines, the name of a list.
    `members` are the members of an abbreviation in order, as spans in `member_sentence.text` (which
    is `sentence` itself unless they stand elsewhere).
    `closed` says of a list that the source names all its members.
    `rule` names the rule that found it; `weight` (0–1) how much worth asking it looks.
    """

    kind: KnowledgeKind
    sentence: Sentence
    spans: tuple[Span, ...]
    rule: str
    weight: float
    cue: Span | None = None
    members: tuple[Span, ...] = ()
    member_sentence: Sentence | None = None
    closed: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """The texts of `spans`."""
        return tuple(span.of(self.sentence.text) for span in self.spans)

    @property
    def member_texts(self) -> tuple[str, ...]:
        home = self.member_sentence or self.sentence
        return tuple(span.of(home.text) for span in self.members)


# ---- questions ------------------------------------------------------------------------------------

BLANK = "____"
RIGHT, WRONG = "正确", "错误"  # the keys of true_false items


class ItemKind(StrEnum):
    CLOZE = "cloze"
    SINGLE_CHOICE = "single_choice"
    MULTIPLE_RESPONSE = "multiple_response"
    TRUE_FALSE = "true_false"
    SHORT_ANSWER = "short_answer"
    MATCHING = "matching"
    ORDERING = "ordering"


class Status(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Item:
    """One question, as the contract in the README describes it.

    `article_id` and `section` say where the evidence stands; `evidence` is verbatim and `ranges`
    are its source ranges. A false true_false item also has `original` and `changed`.
    """

    id: str
    kind: ItemKind
    asks: KnowledgeKind
    stem: str
    key: tuple[str, ...]
    accepted: tuple[tuple[str, ...], ...]
    evidence: str
    ranges: tuple[Span, ...]
    source: str
    article: str
    article_id: str
    family: str
    options: tuple[str, ...] = ()
    distractors: tuple[str, ...] = ()
    explanation: str | None = None
    section: str | None = None
    published_on: date | None = None
    difficulty: float = 0.5
    score: float = 0.5
    status: Status = Status.DRAFT
    tags: tuple[str, ...] = ()
    original: str | None = None
    changed: str | None = None


class Dropped(NamedTuple):
    """An item that did not pass a gate: which gate, and what it would have asked."""

    gate: str
    kind: ItemKind
    stem: str
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Harvest:
    """All that one document gave: what the store keeps in one transaction."""

    document: Document
    articles: tuple[Article, ...]
    sentence_count: int
    knowledge_count: int
    items: tuple[Item, ...]
    dropped: tuple[Dropped, ...]
    doubts: tuple[tuple[str, Doubt], ...] = ()  # (article id, doubt)


# ---- studying -------------------------------------------------------------------------------------


class Mark(StrEnum):
    """The outcome of marking a response."""

    RIGHT = "right"
    NEARLY = "nearly"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A marked response: the outcome of the whole and of each part of the key, and why."""

    mark: Mark
    parts: tuple[Mark, ...]
    reason: str = ""


class Rating(IntEnum):
    """The grade a review carries to the scheduler; the values are those of FSRS and Anki."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """The FSRS state of one item in one learner's head.

    `stability` in days, `difficulty` 1–10; `step` is the learning step, None once in review.
    `state` is FSRS's: 1 learning, 2 review, 3 relearning."""

    state: int
    step: int | None
    stability: float | None
    difficulty: float | None
    due_at: datetime
    reviewed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Card:
    """An item as one learner meets it; `memory` is None while it is new to them."""

    item: Item
    memory: Memory | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """One answer, as logged: never changed, only undone. `reviewed_at` is in the learner's zone: its date
    is the day the answer counts for."""

    item_id: str
    learner: str
    reviewed_at: datetime
    response: tuple[str, ...]
    mark: Mark
    rating: Rating
    seconds: float
    mode: str = "quiz"
    guessed: bool = False


# ---- choosing from the bank -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items: every field that is set must hold; several values of one field are alternatives.

    `sources` and `articles` match a part of the name or title, `tags` a whole tag, `find` a part of
    the stem, the key or the evidence."""

    kinds: tuple[ItemKind, ...] = ()
    asks: tuple[KnowledgeKind, ...] = ()
    sources: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    find: str | None = None
    statuses: tuple[Status, ...] = (Status.DRAFT, Status.APPROVED)
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one call of `build` did; the counts are of the documents of the call."""

    documents: int = 0
    articles: int = 0
    sentences: int = 0
    knowledge: int = 0
    items: int = 0
    new: int = 0
    changed: int = 0
    retired: int = 0
    skipped: tuple[tuple[str, str], ...] = ()  # (path, reason)
    dropped: tuple[tuple[str, int], ...] = ()  # (gate, count)

"""What is worth knowing, found in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studytool.model.articles import Sentence
from studytool.model.text import Span


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

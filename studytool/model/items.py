"""Questions, and all that one document gave."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import zip_longest
from typing import NamedTuple

from studytool.model.articles import Article, Doubt
from studytool.model.documents import Document
from studytool.model.knowledge import KnowledgeKind
from studytool.model.text import Span

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


_LINE_BREAK = 8  # characters between two paragraphs, with nothing said in them
_ENDED = re.compile("[。！？][”’）》】]*$")


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

    @property
    def quotation(self) -> str:
        """The evidence as it is shown to people: “……” stands where its source says more between two of its
        sentences."""
        if not self.ranges[1:]:
            return self.evidence
        parts: list[str] = []
        at = 0
        for one, following in zip_longest(self.ranges, self.ranges[1:]):
            parts.append(self.evidence[at : at + one.end - one.start])
            at += one.end - one.start
            apart = following is not None and not 0 <= following.start - one.end <= _LINE_BREAK
            if apart and _ENDED.search(parts[-1]):
                parts.append("……")
        return "".join(parts) if at == len(self.evidence) else self.evidence


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
    dropped: Mapping[str, int]  # how many drafts each gate stopped
    doubts: tuple[tuple[str, Doubt], ...] = ()  # (article id, doubt)

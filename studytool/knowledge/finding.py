"""What a rule yields and what it may look at, before `find` makes it Knowledge."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple, TypeVar, cast

from studytool.knowledge.reading import Reading
from studytool.knowledge.series import Series
from studytool.model import KnowledgeKind, Span


class Finding(NamedTuple):
    """Knowledge without the sentence and the rule it came from, which `find` knows.

    `members` are spans in `home`, or in the sentence itself where `home` is None; `place` is the joined
    sentences or parts the other spans stand in, where they are not in the sentence itself."""

    kind: KnowledgeKind
    spans: tuple[Span, ...]
    weight: float
    cue: Span | None = None
    members: tuple[Span, ...] = ()
    home: Reading | None = None
    closed: bool = False
    place: Reading | None = None


T = TypeVar("T")


@dataclass(frozen=True)
class Setting:
    """The document around a sentence.

    `series` are those of each reading; `phrases` the document's formulations by the places they are
    asked in; `quoted` how often it quotes a name; `regulating` the ids of its articles that lay down rules,
    `ladder` the sanctions most of their provisions have.
    """

    readings: tuple[Reading, ...]
    series: tuple[tuple[Series, ...], ...]
    phrases: Mapping[int, frozenset[str]]
    quoted: Mapping[str, int]
    regulating: frozenset[str]
    ladder: tuple[str, ...] = ()

    def saying(self, words: str) -> Iterator[Reading]:
        """The readings in which `words` stand, in order."""
        at = self._text.find(words)
        while at >= 0:
            place = bisect.bisect_right(self._starts, at) - 1
            yield self.readings[place]
            at = self._text.find(words, self._starts[place + 1])

    @cached_property
    def _text(self) -> str:
        return "\n".join(reading.text for reading in self.readings)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        """Where each reading begins in the whole text; and its end."""
        return tuple(accumulate((len(reading.text) + 1 for reading in self.readings), initial=0))

    def recall(self, what: tuple[object, ...], make: Callable[[], T]) -> T:
        """What `make` gives, made once for this document and kept under the name `what`."""
        if what not in self._made:
            self._made[what] = make()
        return cast(T, self._made[what])

    @cached_property
    def _made(self) -> dict[tuple[object, ...], object]:
        return {}

    def onward(self, reading: Reading, reach: int) -> Iterator[Reading]:
        """The reading and those behind it in the same section of its article, `reach` at most."""
        home = reading.sentence
        for other in self.readings[reading.at : reading.at + reach]:
            if other.sentence.article.id != home.article.id or other.sentence.section != home.section:
                return
            yield other

    def of_article(self, article_id: str) -> tuple[Reading, ...]:
        """The readings of an article, in order."""
        return tuple(reading for reading in self.readings if reading.sentence.article.id == article_id)

    def behind(self, reading: Reading, reach: int) -> tuple[Reading, ...]:
        """The readings of the same article up to `reach` behind this one, in order."""
        near = self.readings[reading.at + 1 : reading.at + 1 + reach]
        return tuple(other for other in near if other.sentence.article.id == reading.sentence.article.id)

    def neighbours(self, reading: Reading, reach: int) -> tuple[Reading, ...]:
        """The readings of the same article up to `reach` away, nearest first."""
        article = reading.sentence.article.id
        order = sorted(range(-reach, reach + 1), key=lambda step: (abs(step), -step))
        places = (reading.at + step for step in order)
        near = (self.readings[place] for place in places if 0 <= place < len(self.readings))
        return tuple(other for other in near if other.sentence.article.id == article)


Rule = Callable[[Reading, Setting], Iterable[Finding]]


def alone(rule: Callable[[Reading], Iterable[Finding]]) -> Rule:
    """A rule that needs nothing but the sentence, as one that may look around."""
    return lambda reading, setting: rule(reading)  # noqa: ARG005

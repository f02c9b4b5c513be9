"""All sentences and knowledge of one document -> what writers and gates ask of it.

Sentences are looked up by article and index, never hashed: hashing one would walk its whole article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from functools import cached_property
from typing import TypeVar, cast

from studytool.items.dates import FAR_AHEAD
from studytool.items.forms import normal
from studytool.model import Knowledge, KnowledgeKind, Sentence, Span
from studytool.occurrences import Occurrences
from studytool.words import Word, tagged

_STOP = re.compile(r"[，,；;：:。！？!?、“”‘’《》（）()\n]")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?=年)")
WIDE, NARROW = 80, 30  # characters of source text a stem keeps when it can choose
FARTHEST = 50  # sentences back; without an end, a text of one paragraph would take quadratic time
FRAME = 4  # characters of left and right context that make a frame (C2)


T = TypeVar("T")
_UNMADE = object()


class Context:
    """One document, as the item stage sees it."""

    def __init__(self, knowledge: Sequence[Knowledge], sentences: Sequence[Sentence]) -> None:
        self.width = WIDE
        self.knowledge = tuple(knowledge)
        self.sentences = tuple(sentences)
        self._place = {(s.article.id, s.index): at for at, s in enumerate(self.sentences)}
        self._words: dict[int, tuple[Word, ...]] = {}
        self._made: dict[tuple[object, ...], object] = {}
        self._places: dict[str, tuple[int, ...]] = {}

    def narrowed(self) -> Context:
        """The same document, for stems of as few clauses as will do."""
        other = copy(self)
        other.width = NARROW
        return other

    @cached_property
    def _searched(self) -> Occurrences:
        return Occurrences(self.text)

    @cached_property
    def text(self) -> str:
        """The document's sentences, one a line."""
        return "\n".join(sentence.text for sentence in self.sentences)

    def count(self, words: str) -> int:
        """How often the document says `words`."""
        return len(self.places(words))

    def places(self, words: str) -> tuple[int, ...]:
        """Where the document says `words`: looked for once, for a long document is long to search."""
        if words not in self._places:
            self._places[words] = tuple(self._searched.of(words))
        return self._places[words]

    def recall(self, what: tuple[object, ...], make: Callable[[], T]) -> T:
        """What `make` gives, made once for this document and kept under the name `what`."""
        made = self._made.get(what, _UNMADE)
        if made is _UNMADE:
            made = self._made[what] = make()
        return cast(T, made)

    def place_of(self, sentence: Sentence) -> tuple[str, int, str]:
        """What stands for `sentence` in names: hashing the sentence would walk its article. The text too,
        since sentences that were joined may share an index."""
        return sentence.article.id, sentence.index, sentence.text

    def words(self, sentence: Sentence) -> tuple[Word, ...]:
        """The words of `sentence`, cut once."""
        place = self._place.get((sentence.article.id, sentence.index))
        if place is None:
            return tagged(sentence.text)
        if place not in self._words:
            self._words[place] = tagged(sentence.text)
        return self._words[place]

    def earlier(self, sentence: Sentence) -> Iterator[Sentence]:
        """The sentences before it in its paragraph, the nearest first."""
        place = self._place.get((sentence.article.id, sentence.index), 0)
        for other in reversed(self.sentences[max(0, place - FARTHEST) : place]):
            if other.article.id != sentence.article.id or other.paragraph != sentence.paragraph:
                return
            yield other

    def opens_section(self, sentence: Sentence) -> bool:
        """Is it the first under its heading?"""
        place = self._place.get((sentence.article.id, sentence.index), 0)
        before = self.sentences[max(0, place - 1) : place]
        here = (sentence.article.id, sentence.section)
        return not any((one.article.id, one.section) == here for one in before)

    def year_of(self, sentence: Sentence) -> int | None:
        """The year last named before the end of `sentence` in its article."""
        years = (
            re.findall(r"\d{4}(?=年)", other.text)
            for other in reversed(self.of_article(sentence.article.id))
            if other.index <= sentence.index
        )
        return next((int(found[-1]) for found in years if found), None)

    def last_year(self, article_id: str) -> int | None:
        """The last year that is no aim yet and that an article names: it was not written before."""
        told = (int(year) for s in self.of_article(article_id) for year in _YEAR.findall(s.text))
        past = (year for year in told if year < FAR_AHEAD)
        return self.recall(("last year", article_id), lambda: max(past, default=None))

    def of_article(self, article_id: str) -> tuple[Sentence, ...]:
        return self._by_article.get(article_id, ())

    @cached_property
    def _by_article(self) -> dict[str, tuple[Sentence, ...]]:
        found: defaultdict[str, list[Sentence]] = defaultdict(list)
        for sentence in self.sentences:
            found[sentence.article.id].append(sentence)
        return {article: tuple(own) for article, own in found.items()}

    def figures_of(self, sentence: Sentence) -> tuple[Knowledge, ...]:
        """The figures of one sentence."""
        return self._figures.get(self.place_of(sentence), ())

    @cached_property
    def _figures(self) -> dict[tuple[str, int, str], tuple[Knowledge, ...]]:
        found: defaultdict[tuple[str, int, str], list[Knowledge]] = defaultdict(list)
        for one in self.knowledge:
            if one.kind is KnowledgeKind.FIGURE:
                found[self.place_of(one.sentence)].append(one)
        return {place: tuple(own) for place, own in found.items()}

    @cached_property
    def values(self) -> dict[KnowledgeKind, tuple[str, ...]]:
        """Every value of each kind, in the order of the document, once."""
        found: defaultdict[KnowledgeKind, dict[str, None]] = defaultdict(dict)
        for one in self.knowledge:
            found[one.kind].update(dict.fromkeys(one.values))
        return {kind: tuple(values) for kind, values in found.items()}

    @cached_property
    def series(self) -> tuple[tuple[tuple[str, ...], Knowledge], ...]:
        """The members of every list and abbreviation, with the knowledge they belong to."""
        lists = ((one.member_texts or one.values, one) for one in self.knowledge)
        return tuple((members, one) for members, one in lists if len(members) > 1)

    @cached_property
    def members(self) -> dict[int, tuple[tuple[str, frozenset[str]], ...]]:
        """Members of lists by length, once, each with the normal forms of the list it first stood in."""
        found: defaultdict[int, dict[str, frozenset[str]]] = defaultdict(dict)
        for series, _ in self.series:
            forms = frozenset(map(normal, series))
            for member in series:
                found[len(member)].setdefault(member, forms)
        return {size: tuple(own.items()) for size, own in found.items()}

    @cached_property
    def measures(self) -> dict[str, tuple[Knowledge, ...]]:
        """Knowledge by the words it hangs on (the measure of a figure, the event of a date)."""
        found: defaultdict[str, list[Knowledge]] = defaultdict(list)
        for one in self.knowledge:
            if one.cue is not None:
                found[normal(one.cue.of(one.sentence.text))].append(one)
        return {cue: tuple(own) for cue, own in found.items()}

    @cached_property
    def measured(self) -> dict[str, frozenset[str]]:
        """The normal forms of all values of each measure."""
        return {
            cue: frozenset(normal(value) for one in same for value in one.values)
            for cue, same in self.measures.items()
        }

    def completions(self, left: str, right: str, longest: int) -> frozenset[str]:
        """What stands between `left` and `right` anywhere in the document, within one clause."""
        name = ("completions", left, right, longest)
        return self.recall(name, lambda: frozenset(self._completions(left, right, longest)))

    def _completions(self, left: str, right: str, longest: int) -> Iterator[str]:
        for at in self.places(left):
            start = at + len(left)
            end = self.text.find(right, start + 1, start + longest + len(right) + 1)
            if end > 0 and not _STOP.search(self.text, start, end):
                yield self.text[start:end]


def sides(text: str, span: Span, width: int = FRAME) -> tuple[str, str]:
    """Up to `width` characters left and right of `span`, not beyond its line."""
    left = text[max(0, span.start - width) : span.start].rpartition("\n")[2]
    right = text[span.end : span.end + width].partition("\n")[0]
    return left, right

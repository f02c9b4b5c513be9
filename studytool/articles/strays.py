"""Articles in reading order -> the paragraphs that may be another article's.

Behind a joint that is not sure, and behind a sentence that stays open, a page may have gone on with a column
of another article, with all its whole paragraphs. The surprising decision: the joint alone proves nothing
against them (most are right); they are given up only where the words, read on from there and read up to
there, are rather those of another article nearby than those of their own article's beginning, or too few
to tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain, pairwise

from studytool.articles.elements import Element, Prose
from studytool.articles.joints import Link, is_over_text, is_sure
from studytool.articles.language import Language, Topic

_READ = 300  # characters that tell what a place is about …
_READ_LEAST = 200  # … and fewer tell nothing
# As much of the one article's beginning as of the other's is compared: more text is like more.
_SIZES = (600, 300, 150)
_NEAR = 3  # articles before and behind that a page may have mixed in
_RATHER = 0.2  # how much liker, as a share of both likenesses


def find(
    elements: Sequence[Element], orders: Sequence[Sequence[int]], links: Mapping[int, Link]
) -> frozenset[int]:
    """The elements, of the articles that stand in these `orders`, that are rather another article's."""
    texts = {i: element.text for i, element in enumerate(elements) if isinstance(element, Prose)}
    articles = [[i for i in order if i in texts] for order in orders]
    unsure = [_unsure(elements, prose, links) for prose in articles]
    if len(articles) < 2 or not any(unsure):
        return frozenset()
    subjects = _Subjects([[texts[i] for i in prose] for prose in articles])
    return frozenset(
        prose[place]
        for which, (prose, places) in enumerate(zip(articles, unsure, strict=True))
        for start, end in pairwise([*places, len(prose)])
        for place in range(start, end)
        if subjects.is_rather_anothers(which, place, start)
    )


def _unsure(elements: Sequence[Element], prose: Sequence[int], links: Mapping[int, Link]) -> list[int]:
    """The places of the paragraphs of which it is not sure that the article goes on with them."""
    return [
        place
        for place, (before, index) in enumerate(pairwise(prose), start=1)
        if not _goes_on(elements, before, index, links.get(before))
    ]


def _goes_on(elements: Sequence[Element], before: int, index: int, link: Link | None) -> bool:
    if link is None:
        return not is_over_text(elements, before, index)
    if link.right is None:
        return link.confidence >= 1.0  # a person says that its end is lost, and has seen what follows
    return link.right == index and is_sure(elements, link)


class _Subjects:
    """What the articles of a document are about, by the words of their paragraphs."""

    def __init__(self, articles: Sequence[Sequence[str]]) -> None:
        self.articles = articles
        self.texts = ["\n".join(paragraphs) for paragraphs in articles]
        self.starts = [list(accumulate((len(p) + 1 for p in ps), initial=0)) for ps in articles]
        self.language = Language([text for paragraphs in articles for text in paragraphs])
        self.topics: dict[tuple[int, int], Topic] = {}

    def is_rather_anothers(self, which: int, place: int, start: int) -> bool:
        """Is the paragraph at this place of an article rather one of another article nearby? What it is
        read with begins at `start`, where it is not sure that the article goes on."""
        before = self.starts[which][place]
        read = [
            self.language.subject(text)
            for text in self._around(which, place, start)
            if len(text) >= _READ_LEAST
        ]
        others = range(max(0, which - _NEAR), min(len(self.texts), which + _NEAR + 1))
        return all(
            any(self._is_rather(topic, other, which, before) for other in others if other != which)
            for topic in read
        )

    def _around(self, which: int, place: int, start: int) -> Iterator[str]:
        """The text from this paragraph on, and the text up to its end, each as long as it must be: where the
        one way is too short, some of the other."""
        paragraphs = self.articles[which]
        behind, before = range(place + 1, len(paragraphs)), range(place - 1, start - 1, -1)
        for ways in ((behind, before), (before, behind)):
            read = [paragraphs[place]]
            for near in chain(*ways):
                if sum(map(len, read)) >= _READ:
                    break
                read.append(paragraphs[near])
            yield "\n".join(read)

    def _is_rather(self, topic: Topic, other: int, own: int, before: int) -> bool:
        shorter = min(len(self.texts[other]), before)
        size = next((size for size in _SIZES if size <= shorter), 0)
        if not size:
            return False
        one, two = (self._beginning(which, size).likeness(topic) for which in (other, own))
        return one - two > _RATHER * (one + two)

    def _beginning(self, which: int, size: int) -> Topic:
        if (which, size) not in self.topics:
            self.topics[which, size] = self.language.subject(self.texts[which][:size])
        return self.topics[which, size]

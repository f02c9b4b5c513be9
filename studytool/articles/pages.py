"""Lines of a book printed page by page -> the same without page numbers and running heads, and where its
chapters open.

The surprising decision: running heads are evidence before they go. What stands at the top of many pages
in a row names the chapter they are in, and the chapter opens where a page begins with those words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from studytool.articles.lines import HAN, columns
from studytool.model import Span

PAGE_NUMBER = re.compile(r"[-—–·.\s]*(?:第\s*)?\d{1,4}(?:\s*页)?[-—–·.\s]*")
_ENDS = tuple("。！？…；：”’）!?;:)》")
_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,2}[、.．·]?(?![一二三四五六七八九十带体个些切起定是])")
_WORDS = re.compile(r"[^\s。.·]+")  # what stains are read as, no title has
_ALIKE = 0.8  # two recognitions of the same head are this alike
_THROUGHOUT = 0.6  # a head on so many pages' spread is the book's, not a chapter's
_LONGEST_OPENING = 3  # lines

Physical = tuple[Span, int]


@dataclass(frozen=True, slots=True)
class Opening:
    """A chapter's title: on how many lines, where its words stand, and how it reads."""

    size: int
    spans: tuple[Span, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Printed:
    """The lines that are left, and the chapter titles among them, by the offset of their first line."""

    lines: tuple[Physical, ...]
    openings: dict[int, Opening]


def without_heads(text: str, physical: Sequence[Physical], width: int) -> Printed:
    """The lines without page numbers and running heads."""
    return _Pages(text, physical, width).printed()


class _Pages:
    def __init__(self, text: str, physical: Sequence[Physical], width: int) -> None:
        self.text, self.physical, self.width = text, physical, width
        self.words = [text[span.start : span.end].strip() for span, _ in physical]
        self.numbers = {i for i, words in enumerate(self.words) if PAGE_NUMBER.fullmatch(words)}
        self.tops = self._tops()

    def printed(self) -> Printed:
        found = self._openings()
        inside = {i for start, (size, _) in found.items() for i in range(start, start + size)}
        seen = Counter(_letters(self.words[i]) for i in self.tops)
        once: set[str] = set()
        kept: list[Physical] = []
        for index, line in enumerate(self.physical):
            if index in self.numbers or (index in self.tops and index not in inside and self._runs(index)):
                words = _letters(self.words[index])
                if index in self.numbers or seen[words] > 1 or not self._opens(index) or words in once:
                    continue
                once.add(words)
            kept.append(line)
        openings = {self.physical[at][0].start: self._opening(at, *one) for at, one in found.items()}
        return Printed(tuple(kept), openings)

    def _opening(self, at: int, size: int, title: str) -> Opening:
        start, end = self.physical[at][0].start, self.physical[at + size - 1][0].end
        words = _WORDS.finditer(self.text, start, end)
        return Opening(size, tuple(Span(*match.span()) for match in words), title)

    def _tops(self) -> set[int]:
        """The lines beside a page number at the top of a page (a page begins after a blank line)."""
        tops: set[int] = set()
        for index, (_, gap) in enumerate(self.physical):
            if index and not gap:
                continue
            window = range(index, min(index + 3, len(self.physical)))
            number = next((i for i in window if i in self.numbers), None)
            if number is None:
                continue
            heads = (
                range(index, number)
                if number > index
                else range(index + 1, min(index + 2, len(self.physical)))
            )
            tops.update(i for i in heads if not is_closed(self.words[i]))
        return tops

    def _runs(self, index: int) -> bool:
        """Is it shorter than a line of the text, and no end of a paragraph?"""
        return columns(self.words[index]) < self.width - 2 and "。" not in self.words[index]

    def _opens(self, index: int) -> bool:
        """A head that comes right after its page number, with the last page's text ended, opens a chapter."""
        if not index or index - 1 not in self.numbers:
            return False
        if index == 1:
            return True
        before = self.words[index - 2]
        return columns(before) < self.width - 2 or before.endswith(("。", "！", "？", "”"))

    # ---- chapters ------------------------------------------------------------------------------------

    def _openings(self) -> dict[int, tuple[int, str]]:
        """First line of a chapter -> how many lines its title has, and the title."""
        chapters = self._chapters()
        found: dict[int, tuple[int, str]] = {}
        for number in sorted(self.numbers):
            for size in range(_LONGEST_OPENING, 0, -1):
                lines = range(number + 1, min(number + 1 + size, len(self.words)))
                words = _named("".join(self.words[i] for i in lines))
                chapter = next((c for c in chapters if c[1] >= number and _alike(words, _named(c[0]))), None)
                if chapter:
                    chapters.remove(chapter)
                    found[number + 1] = (len(lines), _ORDINAL.sub("", chapter[0], count=1))
                    break
        return found

    def _chapters(self) -> list[tuple[str, int]]:
        """The running heads of chapters, each as it is mostly printed, and the line of the last."""
        clusters: list[list[int]] = []
        for index in sorted(self.tops):
            words = _named(self.words[index])
            if len(words) < 2:
                continue
            home = next((c for c in clusters if _alike(words, _named(self.words[c[0]]))), None)
            if home is None:
                clusters.append([index])
            else:
                home.append(index)
        whole = max(1, len(self.physical)) * _THROUGHOUT
        running = [c for c in clusters if c[-1] - c[0] < whole]
        return [(self._mostly(c), c[-1]) for c in running]

    def _mostly(self, cluster: list[int]) -> str:
        """The wording most of the heads have; of as many, the latest: openings are set in larger type."""
        counts = Counter(self.words[i] for i in cluster)
        most = max(counts.values())
        return next(self.words[i] for i in reversed(cluster) if counts[self.words[i]] == most)


def is_closed(words: str) -> bool:
    """Does the line end as a sentence does, or a part of one?"""
    return words.endswith(_ENDS)


def _named(words: str) -> str:
    """The letters of a head without the number of its chapter."""
    return _letters(_ORDINAL.sub("", words.lstrip("、.·"), count=1))


def _letters(words: str) -> str:
    return "".join(re.findall(f"[{HAN}A-Za-z]", words))


def _alike(one: str, other: str) -> bool:
    if len(one) < 2 or abs(len(one) - len(other)) > 0.4 * max(len(one), len(other)):
        return False
    return one == other or (
        min(len(one), len(other)) >= 4 and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
    )

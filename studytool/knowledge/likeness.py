"""The members of a series that are sure -> how well an outer end makes the others like them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from statistics import median

from studytool.knowledge.reading import Reading, openers
from studytool.model import Span

AND = ("以及", "和", "与", "及", "或者", "或")
_LOOSE = frozenset(("或者", "或", "和", "及", "并", "与", "以及", "而", "例如", "比如", "好"))
_SUMS_UP = re.compile("[二两三四五六七八九十]大")  # 五大, which the tokenizer calls an abbreviation
OPEN_END = ("等", "等等")


class Shape:
    """What the sure members of a series look like, to judge the two outer ones by."""

    def __init__(self, reading: Reading, inner: Sequence[Span]) -> None:
        self.reading = reading
        self.lengths = [member.end - member.start for member in inner]
        self.length = median(self.lengths)
        texts = [member.of(reading.text) for member in inner]
        self.head = _common(text[0] for text in texts)
        self.foot = _common(text[-1] for text in texts)
        self.bonus = (
            1.0 if len(inner) == 1 else 0.0 if len(set(self.lengths)) > 1 else 2.5 if self.foot else 1.5
        )
        self.shared = 3.0 if len(inner) > 1 else 1.5  # what a common last character is worth
        self.tag = _common(self._tag(member.start) for member in inner)
        self.opened = any(self._word(m.start) in openers() or self._tag(m.start) == "v" for m in inner)

    def likeness(self, member: Span) -> float:
        """Minus for every difference in length, plus for the very same one."""
        return -self.difference(member) or self.bonus

    def difference(self, member: Span) -> float:
        size = member.end - member.start
        return 4 * abs(size - self.length) / max(size, self.length)

    def start_score(self, region: Span, end: int) -> Callable[[int], float]:
        def score(place: int) -> float:
            member = Span(place, end)
            points = self.likeness(member)
            points += 3.0 if self.reading.text[place] == self.head else 0.0
            points += 1.5 if self.foot and self.reading.text[end - 1] == self.foot else 0.0
            points += 1.0 if self._tag(place) == self.tag else 0.0
            if self._word(place) in _LOOSE or (self._tag(place) == "d" and self.tag != "d"):
                points -= 4.0
            if self.opened and self._tag(place) == "v" and self.likeness(member) > -1:
                points += 2.0
            if self._word(place) in openers() and not self.opened:
                points -= 1.0 if self.likeness(member) >= 0 and place != region.start else 4.0
            return points + (3.0 if place == region.start else self._before(place))

        return score

    def end_score(self, region: Span, start: int) -> Callable[[int], float]:
        def score(place: int) -> float:
            points = self.likeness(Span(start, place))
            if self.foot:
                points += self.shared if self.reading.text[place - 1] == self.foot else -self.shared / 2
            return points + (self._at_end(start, place) if place == region.end else self._after(place))

        return score

    def _at_end(self, start: int, place: int) -> float:
        """The end of the region is an end, unless 等 has already closed the series."""
        inner = (self.reading.starts.get(index) for index in range(start, place))
        return 0.0 if any(word is not None and word.text in OPEN_END for word in inner) else 3.0

    def _before(self, place: int) -> float:
        word = self.reading.ends.get(place)
        if word is None or word.text in AND:
            return -2.0
        if word.text in openers() or word.text in "：“（":
            return 3.0
        if word.text in ("的", "了", "着") or word.tag in ("p", "m"):
            return 1.5
        return 0.5 if word.tag == "v" else 0.0

    def _after(self, place: int) -> float:
        word = self.reading.starts.get(place)
        if word is None or word.text in AND:
            return -2.0
        if word.text in OPEN_END:
            return 5.0
        if word.text[0].isdigit():
            return 5.0
        if word.tag == "m" or word.text in "“”（" or _SUMS_UP.match(word.text):
            return 2.5
        if word.text == "的" or word.tag in ("p", "d", "ad") or word.text in openers():
            return 1.5
        return 0.5 if word.tag in ("v", "vn", "a", "z") else 0.0

    def _word(self, place: int) -> str:
        word = self.reading.starts.get(place)
        return word.text if word else ""

    def _tag(self, place: int) -> str:
        word = self.reading.starts.get(place)
        return word.tag if word else ""


def _common(values: Iterable[str]) -> str:
    """The value most of them share, or nothing. One value alone is shared with nobody but itself."""
    listed = list(values)
    value, count = Counter(listed).most_common(1)[0]
    return value if count * 2 > len(listed) else ""

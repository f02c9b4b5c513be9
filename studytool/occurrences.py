"""A text -> where its short strings stand.

A text is searched from end to end for each string while it is short. The surprising decision: of a long one
(a year's newspapers in one file) the places of every two neighbouring characters are kept, for thousands of
strings are looked for in it: they would take minutes, and more with the square of its length.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

_LONG = 100_000  # characters


class Occurrences:
    """Where strings stand in `text`; occurrences may overlap."""

    def __init__(self, text: str) -> None:
        self.text = text

    def of(self, gram: str) -> Iterator[int]:
        """The places at which `gram` begins, in order."""
        return self._indexed(gram) if len(self.text) > _LONG and len(gram) > 1 else self._searched(gram)

    def _searched(self, gram: str) -> Iterator[int]:
        at = self.text.find(gram)
        while at >= 0:
            yield at
            at = self.text.find(gram, at + 1)

    def _indexed(self, gram: str) -> Iterator[int]:
        pairs = [(self._pairs.get(pair, ()), place) for place, pair in enumerate(pairwise(gram))]
        rarest, shift = min(pairs, key=lambda one: len(one[0]))
        return (at - shift for at in rarest if self.text.startswith(gram, at - shift))

    @cached_property
    def _pairs(self) -> dict[tuple[str, str], array[int]]:
        found: dict[tuple[str, str], array[int]] = {}
        for at, pair in enumerate(pairwise(self.text)):
            if pair not in found:
                found[pair] = array("I")
            found[pair].append(at)
        return found

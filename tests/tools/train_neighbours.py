"""Texts -> the tables of `studytool.articles.neighbours`: what stands side by side, how much above chance.

    python tests/tools/train_neighbours.py OUT_FOLDER DOCUMENT…

Every document is read and rebuilt as in a build; a `.jsonl` file gives one sentence a line in its field
`text` or `stem`. The shipped tables were learned from the five seeds, eight other public documents of the
same sorts (work reports, a regulation, a bulletin, a congress report, a memoir, notes, a broadcast) and about
1,400 single sentences: counts of pairs, no sentence of theirs can be told from them. The same input gives
the same tables.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from studytool import articles, sources
from studytool.model import Role
from studytool.words import Word, tagged

HAN = re.compile(r"[\u4e00-\u9fff]+$")
SMOOTHING = 4  # pairs of tags seen and expected less often than this say little
RARE = 30  # tags seen less often are left out
LEAST = 1.5  # pairs of words closer to chance than this are left out


def paragraphs(paths: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The paragraphs of the documents, and whether each is one whole (a lone sentence is not)."""
    for path in paths:
        if path.endswith(".jsonl"):
            for line in Path(path).read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                yield row.get("text") or row.get("stem") or "", False
            continue
        for source in sources.discover([path]).sources:
            for article in articles.reconstruct(sources.read(source)):
                yield from ((p.passage.text, True) for p in article.paragraphs if p.role is Role.BODY)


def tag_of(word: Word) -> str:
    """The class of a word: its tag; `num` for digits, `x` for what is no word."""
    if HAN.match(word.text):
        return word.tag
    return "num" if word.text[0].isdigit() else "x"


class Counts:
    """How often words and tags stand, alone and side by side."""

    def __init__(self, texts: Iterable[tuple[str, bool]]) -> None:
        self.tags: Counter[tuple[str, str]] = Counter()
        self.words: Counter[tuple[str, str]] = Counter()
        self.left: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.opening: Counter[str] = Counter()
        for text, whole in texts:
            words = tagged(text)
            if whole and words:
                self.opening[tag_of(words[0])] += 1
            for one, two in pairwise(words):
                self._see(one, two)
        self.total = sum(self.tags.values())

    def _see(self, one: Word, two: Word) -> None:
        tags = tag_of(one), tag_of(two)
        if "x" in tags:
            return
        self.tags[tags] += 1
        if "num" not in tags:
            self.words[one.text, two.text] += 1
        self.left[one.text] += 1
        self.right[two.text] += 1


def tag_rows(counts: Counts) -> Iterator[str]:
    left: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for (one, two), count in counts.tags.items():
        left[one] += count
        right[two] += count
    for one in sorted(tag for tag in left if left[tag] >= RARE):
        for two in sorted(tag for tag in right if right[tag] >= RARE):
            chance = left[one] * right[two] / counts.total
            worth = round(math.log((counts.tags[one, two] + SMOOTHING) / (chance + SMOOTHING)), 1)
            if abs(worth) >= 0.2:
                yield f"{one} {two} {worth}"


def opening_rows(counts: Counts) -> Iterator[str]:
    anywhere: Counter[str] = Counter()
    for (_, two), count in counts.tags.items():
        anywhere[two] += count
    for tag in sorted(tag for tag in anywhere if anywhere[tag] >= RARE):
        chance = sum(counts.opening.values()) * anywhere[tag] / counts.total
        yield f"{tag} {math.log((counts.opening[tag] + 2) / (chance + 2)):.1f}"


def word_rows(counts: Counts) -> Iterator[str]:
    for (one, two), count in sorted(counts.words.items()):
        if count < 2 or len(one) == len(two) == 1:
            continue
        chance = counts.left[one] * counts.right[two] / counts.total
        worth = math.log(count / chance) * count / (count + 1)
        if worth >= LEAST:
            yield f"{one} {two} {min(worth, 6):.1f}"


def main(folder: str, *paths: str) -> None:
    counts = Counts(paragraphs(paths))
    for name, says, rows in (
        ("tags", "Parts of speech side by side: left, right, how much above chance (log).", tag_rows),
        ("openings", "Parts of speech that open a paragraph: how much above chance (log).", opening_rows),
        ("words", "Words side by side: left, right, how much above chance (log).", word_rows),
    ):
        text = "\n".join((f"# {says}", *rows(counts))) + "\n"
        Path(folder, f"neighbours_{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Human items -> sentences with their spans, for the ranker to learn from and be measured with.

The surprising decision: how often a phrase occurs is counted for each sentence without the sentence
itself and those nearly the same. That is what will be known of a sentence never seen.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studytool.ranker.candidates import Candidate, candidates
from studytool.ranker.features import Count
from studytool.ranker.scene import Scene
from studytool.words import tagged

PHRASE_SEEN, PHRASE_LONGEST = 4, 8  # a phrase must occur so often; its characters
SHINGLE, NEAR = 10, 0.4  # sentences are nearly the same that share so many strings of so many characters


@dataclass
class Example:
    """A sentence, its spans, and which of them a human blanked."""

    text: str
    human: set[tuple[int, int]]
    checked: bool  # counts in the figures
    scene: Scene
    spans: list[Candidate]


def example(text: str, spans: Sequence[Sequence[int]], checked: bool) -> Example:
    scene = Scene(text, tagged(text))
    human = {(span[0], span[1]) for span in spans}
    return Example(text, human, checked, scene, candidates(text, scene.words))


# ---- reading ------------------------------------------------------------------------------------

_GAP = re.compile(r"[（(]\s*[)）]|_{2,}|[ \u3000]{2,}|(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")
_CREDIT = re.compile(r"[（(]出题单位.*$")
_SHORT = re.compile(r"[^，。；]{1,13}")
_EMPTY_TAIL = re.compile(r"[。．]?\s*[（(]\s*[)）]。?$")


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def from_blanks(path: Path) -> Iterator[Example]:
    for row in read_lines(path):
        yield example(row["text"].replace("\n", ""), row["spans"], True)


def from_items(path: Path) -> Iterator[Example]:
    """The stems of human choice items with their right options put in."""
    for item in read_lines(path):
        if item["type"] not in ("single", "multi"):
            continue
        stem = _CREDIT.sub("", item["stem"]).strip()
        if len(_GAP.findall(stem)) > 1:
            stem = _EMPTY_TAIL.sub("。", stem)
        gaps = [match.span() for match in _GAP.finditer(stem)]
        keys = keys_of(item)
        if len(gaps) in (1, len(keys)) and keys and all(_SHORT.fullmatch(key) for key in keys):
            yield example(*filled(stem, gaps, keys), False)


def keys_of(item: dict[str, Any]) -> list[str]:
    """The right options."""
    options, answer = [option.strip("。；;. ") for option in item["options"]], item["answer"]
    if re.fullmatch("[A-H]+", answer):
        return [options[ord(c) - 65] for c in answer if ord(c) - 65 < len(options)]
    return [part.strip("。；;. ") for part in answer.split(" ")]


def filled(stem: str, gaps: list[tuple[int, int]], texts: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """The stem with the texts in its gaps (several texts in one gap become a series), and their spans."""
    made, at, spans = "", 0, []
    for index, text in enumerate(texts):
        if len(gaps) == len(texts) or index == 0:
            made += stem[at : gaps[index][0]]
            at = gaps[index][1]
        else:
            made += "、"
        spans.append((len(made), len(made) + len(text)))
        made += text
    return made + stem[at:], spans


# ---- phrases ------------------------------------------------------------------------------------


def strings_of(text: str) -> Counter[str]:
    """How often each short string of Chinese characters occurs."""
    runs = re.findall(r"[㐀-鿿]+", text)
    return Counter(
        run[k : k + size]
        for run in runs
        for size in range(2, PHRASE_LONGEST + 1)
        for k in range(len(run) - size + 1)
    )


def counters(examples: list[Example], phrases: Counter[str]) -> list[Count]:
    """For each sentence, how often a phrase occurs outside it and its like: what will be known of a
    sentence never seen."""
    family = families(examples)
    texts: dict[int, list[str]] = defaultdict(list)
    for name, e in zip(family, examples, strict=True):
        texts[name].append(e.text)
    own = {name: strings_of("\n".join(group)) for name, group in texts.items()}

    def counter(mine: Counter[str]) -> Count:
        def count(phrase: str) -> int:
            often = phrases.get(phrase, 0) - mine.get(phrase, 0)
            return often if often >= PHRASE_SEEN else 0

        return count

    return [counter(own[name]) for name in family]


# ---- folds --------------------------------------------------------------------------------------


def families(examples: list[Example]) -> list[int]:
    """For each sentence the first that is nearly the same, by steps."""
    texts = [re.sub(r"[^㐀-鿿0-9a-zA-Z]", "", unicodedata.normalize("NFKC", e.text)) for e in examples]
    shingles = [{t[k : k + SHINGLE] for k in range(max(1, len(t) - SHINGLE + 1))} for t in texts]
    where: dict[str, list[int]] = defaultdict(list)
    parent = list(range(len(texts)))

    def root(k: int) -> int:
        while parent[k] != k:
            k = parent[k]
        return k

    for k, own in enumerate(shingles):
        shared = Counter(other for shingle in own for other in where[shingle])
        for other, count in shared.items():
            if count / min(len(own), len(shingles[other])) > NEAR:
                low, high = sorted((root(k), root(other)))
                parent[high] = low
        for shingle in own:
            where[shingle].append(k)
    return [root(k) for k in range(len(texts))]


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))

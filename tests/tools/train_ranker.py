"""Human blanks -> `studytool/data/ranker.json`: how much each feature speaks for blanking a span.

    python tests/tools/train_ranker.py BLANKS.jsonl [--items ITEMS.jsonl] [--texts FILE…]
                [--vectors VECTORS.txt] [--folds 10] [--out studytool/data/ranker.json]

BLANKS has one sentence a line with the spans a human examiner blanked (`text`, `spans`). ITEMS are
human choice items: their stems with the right options put in are further sentences; fill-in items are
left out, for they may be among sentences kept back for checking. TEXTS are political texts (UTF-8) to
count phrases in, together with the sentences themselves. VECTORS are word vectors in word2vec's text
format; only the five numbers a word's vector comes to under the learned weights go into the result.
Ours were the 75 dimensions PaddleNLP's vectors have in the package cnsyn 1.2.0 (Apache 2.0), cut down
to the words of the texts and jieba's words of frequency 200 and more.

The model is a softmax over the spans of a sentence (a conditional logit): the loss is −log of the
chance given to what the human blanked, with a ridge on all weights, found by L-BFGS from zero. So it
is deterministic, and linear: what runs in the product are table look-ups.

`--folds` first reports honest figures: sentences sharing many 10-character strings stay in one fold.
Tried and left out, as no better out of fold: boosted trees (lambdarank, xendcg, binary) alone and
stacked, pushing apart the first three, stems with wrong options put in, word frequency, products of
word vectors, a loss that forgives hopeless sentences, averages of models that see half the names each,
the kind of knowledge with its place and number, another ridge for words than for shapes, weights of
their own for a style of sentence.

Needs numpy and scipy, here only.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ranker_examples import (
    PHRASE_SEEN,
    Example,
    counters,
    families,
    from_blanks,
    from_items,
    overlap,
    strings_of,
)
from scipy import sparse
from scipy.optimize import minimize

from studytool import data
from studytool.ranker.features import Count, joint_features, left_features, right_features
from studytool.ranker.weights import SLOTS, pieces, slot_words

RIDGE_NAMES = 8.0
RIDGE_VECTORS = 6.0
ITERATIONS = 90
SHUFFLES = 3
SEEN_IN = 2  # a feature must occur in so many sentences
STEP = 0.02  # weights are stored as whole multiples of it
# The package's own lists of fixed terms and names, each with a letter.
LISTS = {
    "o": "official_sets.toml",
    "t": "terms.toml",
    "g": "gazetteers.toml",
    "f": "confusable.toml",
    "c": "coinages.txt",
}
_TERM = re.compile(r"[一-鿿]{2,14}")
LEAST = 0.01  # smaller weights are not stored: four of five, and worth nothing together

Array = np.ndarray[Any, np.dtype[np.float64]]


def read_vectors(path: Path | None) -> dict[str, Array]:
    if path is None:
        return {}
    rows = (line.split(" ") for line in path.read_text(encoding="utf-8").splitlines()[1:])
    return {row[0]: np.array(row[1:], dtype=np.float64) for row in rows}


# ---- folds --------------------------------------------------------------------------------------


def fold_of(family: list[int], folds: int, shuffle: int) -> Array:
    """The fold of each sentence: the same within a family."""
    order = sorted(set(family))
    np.random.default_rng(shuffle).shuffle(order)
    number = {name: k % folds for k, name in enumerate(order)}
    return np.array([number[name] for name in family])


# ---- the model ----------------------------------------------------------------------------------


@dataclass
class Table:
    """All spans of all sentences as numbers."""

    names: list[str]
    words: list[str]
    vectors: Array
    features: sparse.csr_matrix
    slots: list[sparse.csr_matrix]
    group: Array
    human: Array

    def rows(self, keep: Array) -> Table:
        """The table of the sentences `keep` (a mask) alone."""
        rows = keep[self.group]
        group = np.unique(self.group[rows], return_inverse=True)[1]
        slots = [slot[rows] for slot in self.slots]
        features, human = self.features[rows], self.human[rows]
        return Table(self.names, self.words, self.vectors, features, slots, group, human)

    def scores(self, solution: Array) -> Array:
        size, width = self.features.shape[1], self.vectors.shape[1]
        total: Array = self.features @ solution[:size]
        for k, slot in enumerate(self.slots):
            part = solution[size + k * width : size + (k + 1) * width]
            total = total + slot @ (self.vectors @ part)
        return total


def term_lists() -> dict[str, str]:
    """For each official term and name of the package's lists, the letters of the lists it stands on."""
    where: dict[str, str] = defaultdict(str)
    for letter, file in LISTS.items():
        for term in sorted(set(_TERM.findall(data.text(file)))):
            where[term] += letter
    return where


def span_features(e: Example, count: Count, listed: dict[str, str]) -> Iterator[list[str]]:
    for span in e.spans:
        names = [*left_features(e.scene, span), *right_features(e.scene, span)]
        names += joint_features(e.scene, span, count, lambda term: listed.get(term, ""))
        names += [f"w{word.text}" for word in e.scene.words[span.first : span.last + 1]]
        names += [f"Q{e.text[k : k + 2]}" for k in range(span.start, span.end - 1)]
        yield names


def tabulate(examples: list[Example], vectors: dict[str, Array], phrases: Counter[str]) -> Table:
    known = counters(examples, phrases)
    listed = term_lists()
    per_span = [list(span_features(e, count, listed)) for e, count in zip(examples, known, strict=True)]
    seen = Counter(name for spans in per_span for name in {n for names in spans for n in names})
    index = {name: k for k, name in enumerate(sorted(n for n, count in seen.items() if count >= SEEN_IN))}
    rows = [[index[n] for n in names if n in index] for spans in per_span for names in spans]
    group = np.repeat(np.arange(len(examples)), [len(e.spans) for e in examples])
    human = np.array([(s.start, s.end) in e.human for e in examples for s in e.spans])
    words, slots = tabulate_words(examples, vectors)
    matrix = np.array([vectors[word] for word in words]) if words else np.zeros((0, 0))
    return Table(list(index), words, matrix, indicator(rows, len(index)), slots, group, human)


def indicator(rows: list[list[int]], width: int) -> sparse.csr_matrix:
    ends = np.cumsum([0] + [len(row) for row in rows])
    columns = np.fromiter((c for row in rows for c in row), dtype=np.int64, count=int(ends[-1]))
    return sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), width))


def tabulate_words(
    examples: list[Example], vectors: dict[str, Array]
) -> tuple[list[str], list[sparse.csr_matrix]]:
    """For each slot, which words of the vocabulary (and how much of each) stand in it."""
    if not vectors:
        return [], []
    shares: list[list[dict[str, float]]] = [[] for _ in SLOTS]
    for e in examples:
        for span in e.spans:
            for slot, texts in enumerate(slot_words(e.scene, span)):
                share: Counter[str] = Counter()
                for text in texts:
                    parts = pieces(text, vectors)
                    for part in parts:
                        share[part] += 1 / len(parts) / len(texts)
                shares[slot].append(dict(share))
    words = sorted({word for slot in shares for share in slot for word in share})
    index = {word: k for k, word in enumerate(words)}
    return words, [shared_matrix(slot, index) for slot in shares]


def shared_matrix(shares: list[dict[str, float]], index: dict[str, int]) -> sparse.csr_matrix:
    matrix = indicator([[index[word] for word in share] for share in shares], len(index))
    matrix.data = np.array([value for share in shares for value in share.values()])
    return matrix


def log_sum(values: Array, group: Array, count: int) -> Array:
    """log Σ exp of each group's values; very small for a group without any."""
    top = np.full(count, -1e30)
    np.maximum.at(top, group, values)
    return top + np.log(np.maximum(np.bincount(group, np.exp(values - top[group]), count), 1e-300))


def fit(table: Table) -> Array:
    """The weights of all names, then of the vectors slot by slot."""
    size, width = table.features.shape[1], table.vectors.shape[1] if table.slots else 0
    count = int(table.group[-1]) + 1
    human = np.flatnonzero(table.human)
    owner = table.group[human]
    answered = np.bincount(owner, minlength=count) > 0
    weight = answered.astype(float)  # a sentence whose blank is no span of ours teaches nothing
    ridge = np.concatenate([np.full(size, RIDGE_NAMES), np.full(width * len(table.slots), RIDGE_VECTORS)])
    turned = table.features.T.tocsr()
    turned_slots = [slot.T.tocsr() for slot in table.slots]

    def loss(solution: Array) -> tuple[float, Array]:
        z = table.scores(solution)
        everything = log_sum(z, table.group, count)
        right = np.zeros(count)
        right[answered] = log_sum(z[human], owner, count)[answered]
        residual = np.exp(z - everything[table.group]) * weight[table.group]
        residual[human] -= np.exp(z[human] - right[owner]) * weight[owner]
        parts = [turned @ residual]
        parts += [table.vectors.T @ (slot @ residual) for slot in turned_slots]
        value = float(np.sum((everything - right) * weight) + 0.5 * np.sum(ridge * solution**2))
        return value, np.concatenate(parts) + ridge * solution

    start = np.zeros(len(ridge))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS})
    return np.asarray(found.x)


# ---- figures ------------------------------------------------------------------------------------


def figures(examples: list[Example], scores: Array, table: Table) -> dict[str, float]:
    """Same blank as the human: first, in three, half-overlapping in three; what is reachable at all."""
    hits: Counter[str] = Counter()
    bounds = np.searchsorted(table.group, np.arange(len(examples) + 1))
    for k, e in enumerate(examples):
        if not e.checked:
            continue
        order = np.argsort(-scores[bounds[k] : bounds[k + 1]], kind="stable")[:3]
        mine = [(e.spans[i].start, e.spans[i].end) for i in order]
        hits["of"] += 1
        hits["first"] += bool(mine) and mine[0] in e.human
        hits["in_three"] += any(span in e.human for span in mine)
        hits["half_in_three"] += any(overlap(span, h) >= 0.5 for span in mine for h in e.human)
        hits["reachable"] += any((s.start, s.end) in e.human for s in e.spans)
    share = {name: round(100 * hits[name] / hits["of"], 1) for name in hits if name != "of"}
    return {"sentences": hits["of"], **share}


def temperature(examples: list[Example], scores: Array, table: Table) -> float:
    """What to divide scores by so that the chances out of fold are as good as they can be."""
    checked = np.array([e.checked for e in examples])
    human = np.flatnonzero(table.human & checked[table.group])
    owner = table.group[human]
    seen = np.unique(owner)

    def loss(t: float) -> float:
        z = scores / t
        return float(
            np.mean((log_sum(z, table.group, len(examples)) - log_sum(z[human], owner, len(examples)))[seen])
        )

    return float(min((round(0.5 + 0.02 * k, 2) for k in range(50)), key=loss))


def cross_validate(examples: list[Example], table: Table, folds: int) -> tuple[dict[str, float], float]:
    """The mean figures over some shuffles (one alone is off by up to a point), and the temperature."""
    family = families(examples)
    runs, warmths = [], []
    for shuffle in range(SHUFFLES):
        fold = fold_of(family, folds, shuffle)
        scores = np.zeros(len(table.group))
        for k in range(folds):
            solution = fit(table.rows(fold != k))
            out = (fold == k)[table.group]
            scores[out] = table.scores(solution)[out]
        runs.append(figures(examples, scores, table))
        warmths.append(temperature(examples, scores, table))
    means = {name: round(sum(run[name] for run in runs) / len(runs), 1) for name in runs[0]}
    return means, round(sum(warmths) / len(warmths), 2)


# ---- the result ---------------------------------------------------------------------------------


def stored(values: Array) -> list[int]:
    return [round(float(v) / STEP) if abs(v) >= LEAST else 0 for v in values]


def result(table: Table, solution: Array, vectors: dict[str, Array], phrases: Counter[str]) -> dict[str, Any]:
    size = table.features.shape[1]
    names = defaultdict(list)
    for name, value in zip(table.names, stored(solution[:size]), strict=True):
        if value and "\t" not in name:
            names[value].append(name)
    matrix = np.array([vectors[word] for word in vectors]) if vectors else np.zeros((0, 0))
    parts = solution[size:].reshape(len(SLOTS), -1) if vectors else [np.zeros(0)] * len(SLOTS)
    worth = {slot: stored(matrix @ part) for slot, part in zip(SLOTS, parts, strict=True)}
    often = defaultdict(list)
    for phrase, count in sorted(phrases.items()):
        if count >= PHRASE_SEEN:
            often[count].append(phrase)
    listed = defaultdict(list)
    for term, where in sorted(term_lists().items()):
        listed[where].append(term)
    return {
        "step": STEP,
        "names": [[value, "\t".join(group)] for value, group in sorted(names.items())],
        "words": " ".join(vectors),
        "worth": worth,
        "phrases": [[count, " ".join(group)] for count, group in sorted(often.items())],
        "listed": [[where, " ".join(group)] for where, group in sorted(listed.items())],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("blanks", type=Path)
    parser.add_argument("--items", type=Path)
    parser.add_argument("--texts", type=Path, nargs="*", default=[])
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    examples = list(from_blanks(given.blanks))
    examples += list(from_items(given.items)) if given.items else []
    vectors = read_vectors(given.vectors)
    texts = [path.read_text(encoding="utf-8") for path in given.texts]
    phrases = strings_of("\n".join([*texts, *(e.text for e in examples)]))
    table = tabulate(examples, vectors, phrases)
    about: dict[str, Any] = {"sentences": len(examples), "spans": len(table.group), "names": len(table.names)}
    about["temperature"] = 1.0
    if given.folds:
        about["out_of_fold"], about["temperature"] = cross_validate(examples, table, given.folds)
    sys.stdout.write(json.dumps(about) + "\n")
    if given.out:
        made = {"about": about, **result(table, fit(table), vectors, phrases)}
        text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
        given.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

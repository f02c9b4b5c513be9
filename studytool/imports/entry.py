"""What an importer understood of one question -> an item, or the problem that keeps it from being one.

Every importer, from whatever format, ends here: the same rules decide what is a sound question.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from types import MappingProxyType
from typing import NamedTuple

from studytool.imports import contradictions
from studytool.imports.answers import GAP, Unclear, key_of
from studytool.imports.soundness import check_options, check_sound
from studytool.model import BLANK, Item, ItemKind, KnowledgeKind, Status

__all__ = [
    "Entry",
    "Imported",
    "Problem",
    "check_sound",
    "content_id",
    "excerpt",
    "imported",
    "item_of",
    "problem",
]


class Problem(NamedTuple):
    """Something that could not be understood: the line, what stands there, what was expected.

    In formats without lines it is the number of the question, and `unit` says so; `sheet` is the worksheet
    it is on, where there are several."""

    line: int
    found: str
    expected: str
    unit: str = "行"
    sheet: str = ""

    @property
    def place(self) -> str:
        """Where it is in the file."""
        sheet = f"工作表“{self.sheet}”" if self.sheet else ""
        return f"{sheet}第 {self.line} {self.unit}"

    def __str__(self) -> str:
        found, expected = (" ".join(text.split()) for text in (self.found, self.expected))
        return f"{self.place}“{found}”：{expected}"


class Imported(NamedTuple):
    """A bank as it was understood; nothing has been stored. `notes` say what of the file was not read,
    `places` where each item without an id of its own stands, by the id it was given. A `complete` file leaves
    nothing out: where it has no explanation and no other answers, there are to be none."""

    items: tuple[Item, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()
    places: Mapping[str, Problem] = MappingProxyType({})
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One question as it stands in a file.

    `answer` is as written (“ABD”, “√”, “甲；乙”); `key` is given instead by formats that mark the right
    answers themselves. Where letters call the options, an empty one keeps its letter. `variants` are other
    answers to each part of the key, without the part; `accepted` has it. `id` is that of an item of ours that
    has come back; `flaw` is why the question cannot be asked, where whoever read it knows."""

    line: int
    stem: str
    kind: ItemKind | None = None
    options: tuple[str, ...] = ()
    answer: str = ""
    key: tuple[str, ...] = ()
    accepted: tuple[tuple[str, ...], ...] = ()
    variants: tuple[tuple[str, ...], ...] = ()
    id: str | None = None
    asks: KnowledgeKind = KnowledgeKind.FORMULATION
    explanation: str | None = None
    evidence: str = ""
    source: str | None = None
    article: str = ""
    section: str | None = None
    published_on: date | None = None
    difficulty: float = 0.5
    score: float = 0.5
    status: Status = Status.DRAFT
    tags: tuple[str, ...] = ()
    original: str | None = None
    changed: str | None = None
    unit: str = "行"  # what `line` counts
    sheet: str = ""
    flaw: str | None = None
    as_it_stands: bool = False  # the stem has our blanks already


_RULE = re.compile(r"[_＿]{2,}")
_LAST_RULE = re.compile(r"(?:(?<![ \t　])[ \t　]++|(?<![ \t　_＿]))[_＿]{2,}+[ \t　]*+$")
_SHOWN = 24  # characters of what a message speaks of


def imported(entries: Iterable[Entry], bank: str, problems: Iterable[Problem] = ()) -> Imported:
    """The items of a bank's entries, and what is wrong, both in the order of the file."""
    items: dict[str, Item] = {}
    wrong = list(problems)
    sheets: dict[str, int] = {}
    places: dict[str, Problem] = {}
    for entry in entries:
        sheets.setdefault(entry.sheet, len(sheets))
        try:
            item = item_of(entry, bank)
        except Unclear as unclear:
            wrong.append(problem(entry, str(unclear)))
            continue
        if item.id in items:
            wrong.append(problem(entry, "与前面的题重复"))
            continue
        items[item.id] = item
        if not entry.id or entry.id.isdecimal():  # a number of somebody's list tells no two questions apart
            places[item.id] = problem(entry, "")
    for one, reason in _contradictory([items[item_id] for item_id in places], places):
        wrong.append(places[one]._replace(expected=reason))
        del items[one]
    in_order = sorted(wrong, key=lambda one: (sheets.get(one.sheet, 0), one))
    return Imported(tuple(items.values()), tuple(in_order), places=places)


def _contradictory(items: Sequence[Item], places: Mapping[str, Problem]) -> list[tuple[str, str]]:
    """The ids of items that contradict another one of the file, and what is said of them."""
    return [
        (
            one.id,
            f"与{places[other.id].place}是同一题，答案却不同（{shown_key(one)}，那里是{shown_key(other)}）",
        )
        for one, other in contradictions.others(items)
    ]


def shown_key(item: Item) -> str:
    """The key of an item as a message says it."""
    return f"“{excerpt('；'.join(item.key))}”"


def problem(entry: Entry, expected: str) -> Problem:
    return Problem(entry.line, excerpt(entry.stem), expected, entry.unit, entry.sheet)


def excerpt(text: str) -> str:
    """As much of a text, in one line, as a message says of it."""
    line = " ".join(text.split())
    return line[:_SHOWN] + ("…" if len(line) > _SHOWN else "")


def _stem(text: str, kind: ItemKind) -> str:
    """The stem with its gaps as ours; behind a statement there is only room for a sign."""
    if kind is ItemKind.TRUE_FALSE:
        return _LAST_RULE.sub("", text)
    return (GAP if kind is ItemKind.CLOZE else _RULE).sub(BLANK, text)


def item_of(entry: Entry, bank: str) -> Item:
    """The item an entry describes. Raises Unclear where it cannot be answered as it stands."""
    if entry.flaw:
        raise Unclear(entry.flaw)
    if not entry.stem.strip():
        raise Unclear("题干是空的")
    check_options(entry.options if entry.key else tuple(filter(None, entry.options)))
    gaps = len(GAP.findall(entry.stem))
    kind, key = (entry.kind, entry.key) if entry.kind and entry.key else key_of(entry, gaps)
    item = _item(entry, bank, kind, key)
    check_sound(item)
    return item


def _item(entry: Entry, bank: str, kind: ItemKind, key: tuple[str, ...]) -> Item:
    stem = entry.stem if entry.as_it_stands else _stem(entry.stem, kind)
    options = _options(entry, kind, key)
    return Item(
        id=entry.id or _content_id(kind, stem, key),
        kind=kind,
        asks=entry.asks,
        stem=stem.strip(),
        key=key,
        accepted=entry.accepted or _accepted(key, entry.variants),
        evidence=entry.evidence,
        ranges=(),
        source=entry.source or bank,
        article=entry.article,
        article_id="",
        family=_digest(_normal(entry.evidence or stem)),
        options=_mixed(kind, options, key),
        distractors=_distractors(kind, options, key),
        explanation=entry.explanation or None,
        section=entry.section,
        published_on=entry.published_on,
        difficulty=entry.difficulty,
        score=entry.score,
        status=entry.status,
        tags=entry.tags,
        original=entry.original,
        changed=entry.changed,
    )


def _options(entry: Entry, kind: ItemKind, key: tuple[str, ...]) -> tuple[str, ...]:
    """The options without empty ones; those of pairs are the right-hand sides, if nothing else is said.

    Right and wrong are no options: a statement has none, whatever its file lists."""
    if kind is ItemKind.TRUE_FALSE:
        return ()
    if kind is ItemKind.MATCHING and not entry.options:
        return tuple(sorted({part.partition("=")[2] for part in key}))
    return entry.options if entry.key else tuple(filter(None, entry.options))


def _accepted(key: tuple[str, ...], variants: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    if len(variants) > len(key):
        raise Unclear(f"“也可答”有 {len(variants)} 行，答案只有 {len(key)} 个")
    return tuple((part, *others) for part, others in zip_longest(key, variants, fillvalue=()))


def _mixed(kind: ItemKind, options: tuple[str, ...], key: tuple[str, ...]) -> tuple[str, ...]:
    """The options; where they stand in the order of the answer, and would tell it, each one further on."""
    order = tuple(part.partition("=")[2] for part in key) if kind is ItemKind.MATCHING else key
    told = kind in (ItemKind.MATCHING, ItemKind.ORDERING) and options[: len(order)] == order
    return (*options[1:], options[0]) if told else options


def content_id(item: Item) -> str:
    """The id of an item that has none of ours: the same question is the same item, whatever file it is in."""
    return _content_id(item.kind, item.stem, item.key)


def _content_id(kind: ItemKind, stem: str, key: tuple[str, ...]) -> str:
    return _digest(kind, _normal(stem), *map(_normal, key))


def _distractors(kind: ItemKind, options: tuple[str, ...], key: tuple[str, ...]) -> tuple[str, ...]:
    right = {part.partition("=")[2] for part in key} if kind is ItemKind.MATCHING else set(key)
    return tuple(text for text in options if text not in right)


def _normal(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:12]

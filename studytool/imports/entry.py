"""What an importer understood of one question -> an item, or the problem that keeps it from being one.

Every importer, from whatever format, ends here: the same rules decide what is a sound question.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from typing import NamedTuple

from studytool.imports.answers import Unclear, key_of
from studytool.model import BLANK, RIGHT, WRONG, Item, ItemKind, KnowledgeKind, Status


class Problem(NamedTuple):
    """Something that could not be understood: the line, what stands there, what was expected.

    In formats without lines it is the number of the question, and `unit` says so."""

    line: int
    found: str
    expected: str
    unit: str = "行"

    def __str__(self) -> str:
        found, expected = (" ".join(text.split()) for text in (self.found, self.expected))
        return f"第 {self.line} {self.unit}“{found}”：{expected}"


class Imported(NamedTuple):
    """A bank as it was understood; nothing has been stored."""

    items: tuple[Item, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One question as it stands in a file.

    `answer` is as written (“ABD”, “√”, “甲；乙”); `key` is given instead by formats that mark the right
    answers themselves. `id` is that of an item of ours that has come back."""

    line: int
    stem: str
    kind: ItemKind | None = None
    options: tuple[str, ...] = ()
    answer: str = ""
    key: tuple[str, ...] = ()
    accepted: tuple[tuple[str, ...], ...] = ()
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


# A gap in a stem: a run of underscores, or brackets with nothing in them.
_GAP = re.compile(r"[_＿]{2,}|[（(][ \t　_＿]*[）)]|【[ \t　]*】")
_RULE = re.compile(r"[_＿]{2,}")
_LAST_RULE = re.compile(r"(?:(?<![ \t　])[ \t　]++|(?<![ \t　_＿]))[_＿]{2,}+[ \t　]*+$")
_SHOWN_LENGTH = 24


def imported(entries: Iterable[Entry], bank: str, problems: Iterable[Problem] = ()) -> Imported:
    """The items of a bank's entries, and what is wrong, both in the order of the file."""
    items: dict[str, Item] = {}
    wrong = list(problems)
    for entry in entries:
        try:
            item = item_of(entry, bank)
        except Unclear as unclear:
            wrong.append(problem(entry, str(unclear)))
            continue
        if item.id in items:
            wrong.append(problem(entry, "与前面的题重复"))
        else:
            items[item.id] = item
    return Imported(tuple(items.values()), tuple(sorted(wrong)))


def problem(entry: Entry, expected: str) -> Problem:
    shown = re.sub(r"\s+", " ", entry.stem).strip()
    cut = shown[:_SHOWN_LENGTH] + ("…" if len(shown) > _SHOWN_LENGTH else "")
    return Problem(entry.line, cut, expected, entry.unit)


def _stem(text: str, kind: ItemKind) -> str:
    """The stem with its gaps as ours; behind a statement there is only room for a sign."""
    if kind is ItemKind.TRUE_FALSE:
        return _LAST_RULE.sub("", text)
    return (_GAP if kind is ItemKind.CLOZE else _RULE).sub(BLANK, text)


def item_of(entry: Entry, bank: str) -> Item:
    """The item an entry describes. Raises Unclear where it cannot be answered as it stands."""
    if not entry.stem.strip():
        raise Unclear("题干是空的")
    _check_options(entry.options)
    gaps = len(_GAP.findall(entry.stem))
    kind, key = (entry.kind, entry.key) if entry.kind and entry.key else key_of(entry, gaps)
    if not key or not all(part.strip() for part in key):
        raise Unclear("没有找到答案")
    stem = _stem(entry.stem, kind)
    if kind is ItemKind.CLOZE and stem.count(BLANK) != len(key):
        raise Unclear(f"题干有 {stem.count(BLANK)} 个空，答案有 {len(key)} 个，应当一样多")
    return Item(
        id=entry.id or _content_id(kind, stem, key),
        kind=kind,
        asks=entry.asks,
        stem=stem.strip(),
        key=key,
        accepted=entry.accepted or tuple((part,) for part in key),
        evidence=entry.evidence,
        ranges=(),
        source=entry.source or bank,
        article=entry.article,
        article_id="",
        family=_digest(_normal(entry.evidence or stem)),
        options=_mixed(kind, entry.options, key),
        distractors=_distractors(kind, entry.options, key),
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


def _mixed(kind: ItemKind, options: tuple[str, ...], key: tuple[str, ...]) -> tuple[str, ...]:
    """The options; where they stand in the order of the answer, and would tell it, each one further on."""
    order = tuple(part.partition("=")[2] for part in key) if kind is ItemKind.MATCHING else key
    told = kind in (ItemKind.MATCHING, ItemKind.ORDERING) and options[: len(order)] == order
    return (*options[1:], options[0]) if told else options


def check_sound(item: Item) -> None:
    """Raises Unclear where nobody could answer the item as it stands."""
    if not item.stem.strip():
        raise Unclear("题干是空的")
    _check_options(item.options)
    if not item.key or not all(part.strip() for part in item.key):
        raise Unclear("没有找到答案")
    if item.kind is ItemKind.CLOZE and item.stem.count(BLANK) != len(item.key):
        raise Unclear(f"题干有 {item.stem.count(BLANK)} 个空，答案有 {len(item.key)} 个，应当一样多")
    if item.kind is ItemKind.TRUE_FALSE and item.key not in ((RIGHT,), (WRONG,)):
        raise Unclear(f"判断题的答案应为{RIGHT}或{WRONG}")
    if item.kind is ItemKind.MATCHING and not all("=" in pair for pair in item.key):
        raise Unclear("匹配题的答案应写成“左=右”，每行一对")
    if item.kind in _WITH_OPTIONS and not set(item.key) <= set(item.options):
        raise Unclear("答案不在选项中")


def _check_options(options: tuple[str, ...]) -> None:
    """Raises Unclear where options cannot be told apart, or there is no letter to call one by."""
    if len(options) > len(ascii_uppercase):
        raise Unclear(f"选项有 {len(options)} 个，最多 {len(ascii_uppercase)} 个（A 到 Z），请拆成几题")
    if len(set(options)) < len(options):
        raise Unclear("选项有重复")


_WITH_OPTIONS = (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE, ItemKind.ORDERING)


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

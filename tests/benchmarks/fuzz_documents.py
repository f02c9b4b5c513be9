"""Documents, sentences, answers, memories: bytes -> nothing, or an exception where the word was broken."""

from __future__ import annotations

import struct
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import fuzz_seeds as seeds
from fsrs.scheduler import DEFAULT_PARAMETERS
from fuzz_oracle import Check, one_line, scratch, text_of

from studytool import pipeline, ranker, sources, verification
from studytool import schedule as fsrs
from studytool.imports.entry import check_sound
from studytool.marking import difference, mark, paired
from studytool.model import (
    BLANK,
    Block,
    BlockKind,
    Document,
    ItemKind,
    Mark,
    Memory,
    Rating,
    Source,
    Span,
)
from studytool.sources import noted
from studytool.store.items import Evidence
from studytool.views import explained

# ---- documents ------------------------------------------------------------------------------------


def reading(suffix: str) -> Check:
    """A file of this kind is read, or refused."""

    place = scratch(f"文{suffix}")

    def check(data: bytes) -> None:
        place.write_bytes(data)
        read = sources.read_or_skip(Source(str(place), place.name, ""))
        if not isinstance(read, Document):
            one_line(read.reason)
            return
        read.text.encode("utf-8")  # no half characters, which nothing can store or print
        borders = [
            0,
            *(at for block in read.blocks for at in (block.span.start, block.span.end)),
            len(read.text),
        ]
        assert borders == sorted(borders), "blocks out of order or beyond the text"

    return check


def harvest(data: bytes) -> None:
    """Whatever the text, its items can be proved from it and answered with their own keys."""

    text = text_of(data)
    document = Document(Source("/文.txt", "文.txt", ""), text, (Block(BlockKind.LINES, Span(0, len(text))),))
    found = pipeline.harvest(document)
    for item in found.items:
        check_sound(item)
        piece = Evidence(item.id, "/文.txt", item.evidence, item.ranges)
        assert verification.is_found(piece, text), f"evidence not in the source: {item.evidence!r}"
        assert mark(item, item.key).mark is Mark.RIGHT, f"own key is not right: {item.kind} {item.key}"


def notes(data: bytes) -> None:
    """What somebody says of the documents in sources.toml."""
    noted.notes_in(text_of(data), "sources.toml")


def explain(data: bytes) -> None:

    for line in text_of(data).splitlines():
        for span in explained.as_json(line, ranker.rank(line)):
            assert line[span["start"] : span["end"]] == span["text"], "a span that is not its text"


# ---- marking, schedule ----------------------------------------------------------------------------

_WIDE = {at: at + 0xFEE0 for at in range(0x21, 0x7F)}


def marking(data: bytes) -> None:
    """Any key, any answer: kind and stem, key, empty line, options, empty line, response, each in lines."""

    head, _, rest = text_of(data).partition("\n")
    keys, _, rest = rest.partition("\n\n")
    options, _, given = rest.partition("\n\n")
    kind = list(ItemKind)[ord(head[:1] or "0") % len(ItemKind)]
    key = tuple(part for part in keys.split("\n") if part.strip())[:8] or ("天津",)
    if kind is ItemKind.MATCHING:
        key = tuple(part if "=" in part else f"{part}=津" for part in key)
    if kind is ItemKind.TRUE_FALSE:
        key = ("正确",)
    stem = head + "、".join([BLANK] * len(key)) if kind is ItemKind.CLOZE else head
    all_options = tuple(dict.fromkeys((*key, *filter(str.strip, options.split("\n")))))
    item = replace(
        seeds.ITEM,
        kind=kind,
        stem=stem,
        key=key,
        accepted=tuple((part,) for part in key),
        options=all_options,
    )
    response = tuple(given.split("\n"))[:12]
    verdict = mark(item, response)
    assert verdict.parts, "no parts"
    if kind is ItemKind.CLOZE:
        paired(item, response, ())
        assert mark(item, tuple(r.translate(_WIDE) for r in response)).parts == verdict.parts, "width decides"
    for one, other in zip(key, response, strict=False):
        difference(one, other)
    if kind in (ItemKind.CLOZE, ItemKind.SHORT_ANSWER, ItemKind.SINGLE_CHOICE, ItemKind.ORDERING):
        assert mark(item, key).mark is Mark.RIGHT, f"the key itself is not right: {kind} {key}"


def schedule(data: bytes) -> None:
    """Any settings, any gaps, any ratings, clocks that go back: dates that exist, or one line."""

    numbers = [x[0] for x in struct.iter_unpack("<d", data[: len(data) // 8 * 8])]
    whole = [int(n) if abs(n) < 1e15 else 0 for n in numbers]
    if len(numbers) < 6:
        return
    weights = list(DEFAULT_PARAMETERS)
    for place, value in zip(range(len(weights)), numbers[6::2], strict=False):
        weights[place] = value if whole[0] % 2 else weights[place]
    wishes = fsrs.Settings(numbers[1], tuple(weights), maximum_interval=max(1, min(36_500, whole[2])))
    at, memory = datetime(2026, 3, 2, tzinfo=UTC), None
    if whole[3] % 3 == 0:
        difficulty = max(1.0, min(10.0, numbers[5]))  # what doctor lets stand
        memory = Memory(2, None, max(0.001, min(36_500.0, numbers[4])), difficulty, at, at)
    for gap in whole[6:20]:
        at = max(
            datetime(1990, 1, 1, tzinfo=UTC),
            min(datetime(2200, 1, 1, tzinfo=UTC), at + timedelta(minutes=gap % 10**8 - 10**6)),
        )
        memory = fsrs.review(memory, Rating(gap % 4 + 1), at, wishes)
        assert memory.due_at >= at, "due before it was answered"
        assert 0 <= fsrs.retrievability(memory, at, wishes) <= 1

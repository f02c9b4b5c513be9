"""What fuzzing begins with: the project's own documents and fixtures, and its questions in every format."""

from __future__ import annotations

import functools
import io
import json
import re
import struct
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import Workbook

from studytool import exports
from studytool.cli import item_text
from studytool.exports import anki_notes
from studytool.exports.deck import Deck
from studytool.exports.sheet.manifest import manifest
from studytool.exports.sheet.plan import plan
from studytool.exports.sheet.versions import versions
from studytool.grading import read_manifest
from studytool.grading.papers import Papers
from studytool.imports import jsonl
from studytool.model import (
    Article,
    Document,
    Harvest,
    Item,
    ItemKind,
    KnowledgeKind,
    Mark,
    Memory,
    Paragraph,
    Passage,
    Rating,
    Review,
    Source,
    Span,
)
from studytool.settings import TEMPLATE
from studytool.store import documents, study
from studytool.store.opening import open_bank

ROOT = Path(__file__).parent.parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
PIECE = 1000  # characters of a document: short enough to be made many times a second

ITEM = Item(
    id="a" * 12,
    kind=ItemKind.CLOZE,
    asks=KnowledgeKind.FIGURE,
    stem="会议在____召开。",
    key=("天津",),
    accepted=(("天津",),),
    evidence="会议在天津召开。",
    ranges=(Span(0, 8),),
    source="文.txt",
    article="文",
    article_id="a",
    family="f",
)


@functools.cache
def items() -> tuple[Item, ...]:
    """Our fixtures' items: every kind, with what is awkward to write."""

    return jsonl.read((FIXTURES / "exports" / "items.jsonl").read_bytes(), "items.jsonl").items


@functools.cache
def of_kind(kind: ItemKind) -> Item:
    return next((item for item in items() if item.kind is kind), replace(ITEM, kind=kind))


# ---- texts ----------------------------------------------------------------------------------------


def prose() -> Iterator[bytes]:
    """Pieces of the documents, of the sentences that rules are tested on, of a book; pages of quotations."""
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        yield from _pieces(path.read_text(encoding="utf-8")[: 15 * PIECE])
    for path in sorted(FIXTURES.glob("knowledge/*.md")):
        yield from _pieces(re.sub(r"[\[\]{}|`]", "", path.read_text(encoding="utf-8")))
    yield from _pieces((FIXTURES / "articles" / "book.txt").read_text(encoding="utf-8")[: 5 * PIECE])
    pages = (FIXTURES / "articles" / "quotations.toml").read_text(encoding="utf-8")
    yield from (page["text"].encode() for page in tomllib.loads(pages)["page"])


def _pieces(text: str) -> Iterator[bytes]:
    for start in range(0, len(text), PIECE):
        yield text[start : start + PIECE].encode()


def encoded() -> Iterator[bytes]:
    """A text in the encodings Chinese files come in."""
    text = next(prose()).decode()[:600]
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-16-be", "utf-32"):
        yield text.encode(encoding, "replace")


def files(pattern: str) -> Callable[[], Iterator[bytes]]:
    def found() -> Iterator[bytes]:
        for path in sorted((FIXTURES / "sources").glob(pattern)):
            yield path.read_bytes()

    return found


def lists() -> Iterator[bytes]:
    """Question lists as people type them, one by one, and some on end."""
    text = (FIXTURES / "imports" / "lists.txt").read_text(encoding="utf-8")
    cases = [case.partition("\n")[2].partition("\n----")[0] for case in text.split("\n==== ")[1:]]
    yield from (case.encode() for case in cases)
    yield "\n\n".join(cases).encode()


def marked() -> Iterator[bytes]:
    """Answers and responses: kind and stem, key, options, response."""
    text = (FIXTURES / "marking.md").read_text(encoding="utf-8")
    for number, row in enumerate(re.findall(r"^\| (.*?) \| (.*?) \| [对近错]", text, re.MULTILINE)):
        expected, given = (cell.split("／") for cell in row)
        yield "\n".join([str(number % 7), *expected, "", "北京", "", *given]).encode()


def numbers() -> Iterator[bytes]:
    plain = (1, 0.9, 36500, 0, 5.0, 5.0, 10, 1440, 100_000, 3, 2, 7, 10**8)
    yield struct.pack(f"<{len(plain)}d", *plain)
    for first in (0.0, 1.0, -1.0, 1e308, float("inf"), float("nan"), 5e-324):
        yield struct.pack("<21d", first, 0.9, 36500, *([first] * 18))


# ---- questions ------------------------------------------------------------------------------------


def exported(*formats: str) -> Callable[[], Iterator[bytes]]:
    """All fixture items, and a few alone, in these formats."""

    def found() -> Iterator[bytes]:

        for name in formats:
            for some in (items(), items()[:2], *((of_kind(kind),) for kind in ItemKind)):
                yield exports.export(name, exports.Deck("题", some)).data

    return found


def notes() -> Iterator[bytes]:

    for number, kind in enumerate(ItemKind):
        yield "\x1f".join([str(number), *anki_notes.fields(of_kind(kind), Deck("", ()))[1:]]).encode()


def edited() -> Iterator[bytes]:

    for number, kind in enumerate(ItemKind):
        yield f"{number}{item_text.text_of(of_kind(kind))}".encode()


@functools.cache
def _manifest() -> bytes:

    return manifest(versions(plan(items())))


@functools.cache
def papers() -> Papers:

    return read_manifest(_manifest().decode(), "卷.json")


def manifests() -> Iterable[bytes]:
    return (_manifest(),)


def answers() -> Iterator[bytes]:
    rows = (
        ("姓名", "卷别", *range(1, 12)),
        ("张三", "A", *["A"] * 11),
        ("李四", "A", "AC", 0.628, True, "8分", "甲；乙"),
    )
    table = "\n".join(",".join(map(str, row)) for row in rows)
    yield table.encode()
    yield table.encode("gb18030")
    yield table.replace(",", "\t").encode("utf-16")
    book = Workbook()
    for row in rows:
        book.active.append(row)

    data = io.BytesIO()
    book.save(data)
    yield data.getvalue()


def reports() -> Iterator[bytes]:
    met = {
        "id": "a",
        "kind": "cloze",
        "asks": "figure",
        "stem": "甲____",
        "key": ["乙"],
        "source": "文.txt",
        "article": "文",
        "answers": 3,
        "right": 2,
        "repeats": 1,
        "repeats_right": 1,
        "last": "right",
        "last_on": "2026-03-02",
    }
    for learner in ("张三", None):
        made = {"format": "studytool-report", "format_version": 1, "learner": learner, "days": ["2026-03-02"]}
        yield json.dumps({**made, "seconds": 3.5, "items": [met, met]}, ensure_ascii=False).encode()


def bank_files() -> Iterator[bytes]:
    """A bank with a document, and a learner's answers."""
    at = datetime(2026, 3, 2, tzinfo=UTC)
    document = Document(Source("/文.txt", "文.txt", "0"), "会议在天津召开。", ())
    article = Article("a", "文.txt", "文", (Paragraph(Passage.whole("会议在天津召开。", 0)),))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "题库.db"
        with open_bank(place) as bank:
            documents.keep(bank, Harvest(document, (article,), 1, 1, (ITEM,), {}), "1", at)
            given = Review(ITEM.id, "我", at, ("天津",), Mark.RIGHT, Rating.GOOD, 1.0)
            study.record(bank, given, Memory(2, None, 2.0, 5.0, at, at))
        yield place.read_bytes()


def said() -> Iterator[bytes]:
    yield (ROOT / "seeds" / "sources.toml").read_bytes()


def settings() -> Iterator[bytes]:

    yield TEMPLATE.replace("# ", "").encode()
    yield b"count = 1e999\n[boxes]\nx = 1"


def recipes() -> Iterator[bytes]:
    for path in sorted((ROOT / "decks").glob("*.toml")):
        yield path.read_bytes()
    yield b'kinds = ["cloze"]\ncount = 3\norder = "source"\ndate = 2026-01-01\n[counts]\ncloze = 2\n'

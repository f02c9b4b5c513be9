"""Values <-> rows: how items, articles and memories are written in their columns."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import wraps
from typing import Any, TypeVar

from studytool.errors import StudyError
from studytool.model import Article, Doubt, Item, ItemKind, KnowledgeKind, Memory, Span, Status

Row = TypeVar("Row")
Value = TypeVar("Value")

# The columns of `items` that say what an item is: all but its id, status and dates.
CONTENT = (
    "kind", "asks", "stem", "key", "accepted", "options", "distractors", "explanation",
    "family", "difficulty", "score", "tags", "original", "changed",
)  # fmt: skip

# Those people see: a change in another column is none to them, and no reason to update a card.
SHOWN = tuple(name for name in CONTENT if name not in ("family", "difficulty", "score"))


def dump(value: object) -> str:
    """JSON as it is kept in a column: short, and Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def content(item: Item) -> dict[str, object]:
    """The columns of CONTENT."""
    return {
        "kind": item.kind,
        "asks": item.asks,
        "stem": item.stem,
        "key": dump(item.key),
        "accepted": dump(item.accepted),
        "options": dump(item.options),
        "distractors": dump(item.distractors),
        "explanation": item.explanation,
        "family": item.family,
        "difficulty": item.difficulty,
        "score": item.score,
        "tags": dump(item.tags),
        "original": item.original,
        "changed": item.changed,
    }


def origin(item: Item) -> dict[str, object]:
    """The columns of `origins` that say where an item's evidence stands."""
    return {
        "article_id": item.article_id,
        "article": item.article,
        "section": item.section,
        "published_on": day(item.published_on),
        "evidence": item.evidence,
        "ranges": dump(item.ranges),
    }


def values(columns: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an Item that these columns of `items` mean: what `content` made of them."""
    readers: Mapping[str, Callable[[Any], object]] = {
        "kind": ItemKind,
        "asks": KnowledgeKind,
        "accepted": lambda text: tuple(tuple(variants) for variants in json.loads(text)),
        **dict.fromkeys(("key", "options", "distractors", "tags"), lambda text: tuple(json.loads(text))),
    }
    return {
        name: readers[name](columns[name]) if name in readers else columns[name]
        for name in CONTENT
        if name in columns
    }


def or_damaged(read: Callable[[Row], Value]) -> Callable[[Row], Value]:
    """The reader of a row, where what no program of ours has written is said in a line: a disk has failed."""

    @wraps(read)
    def checked(row: Row) -> Value:
        try:
            return read(row)
        except (ValueError, TypeError, LookupError) as error:
            why = " ".join(str(error).split())[:60]
            raise StudyError(
                f"题库已损坏，有一行读不出来（{why}）：请运行 studytool doctor --repair"
            ) from error

    return checked


@or_damaged
def item(row: sqlite3.Row) -> Item:
    """An item from a row of items joined with its origin and the document's name as `source`."""
    published = row["published_on"]
    return Item(
        id=row["id"],
        evidence=row["evidence"] or "",
        ranges=tuple(Span(*pair) for pair in json.loads(row["ranges"] or "[]")),
        source=row["source"] or "",
        article=row["article"] or "",
        article_id=row["article_id"] or "",
        section=row["section"],
        published_on=date.fromisoformat(published) if published else None,
        status=Status(row["status"]),
        **values({name: row[name] for name in CONTENT}),
    )


@or_damaged
def memory(row: sqlite3.Row | Mapping[str, object]) -> Memory:
    """A memory from its columns."""
    reviewed = row["reviewed_at"]
    return Memory(
        state=row["state"],  # type: ignore[arg-type]
        step=row["step"],  # type: ignore[arg-type]
        stability=row["stability"],  # type: ignore[arg-type]
        difficulty=row["difficulty"],  # type: ignore[arg-type]
        due_at=read_instant(row["due_at"]),
        reviewed_at=read_instant(reviewed) if reviewed else None,
    )


def memory_columns(memory: Memory) -> dict[str, object]:
    """The columns of a memory, in the order of its table."""
    return {
        "state": memory.state,
        "step": memory.step,
        "stability": memory.stability,
        "difficulty": memory.difficulty,
        "due_at": instant(memory.due_at),
        "reviewed_at": instant(memory.reviewed_at) if memory.reviewed_at else None,
    }


def article_columns(article: Article, doubts: Iterable[Doubt]) -> dict[str, object]:
    """The columns of an article."""
    paragraphs = [{"text": p.passage.text, "section": p.section, "role": p.role} for p in article.paragraphs]
    return {
        "id": article.id,
        "title": article.title,
        "kicker": article.kicker,
        "subtitle": article.subtitle,
        "byline": article.byline,
        "issuer": article.issuer,
        "published_on": day(article.published_on),
        "genre": article.genre,
        "paragraphs": dump(paragraphs),
        "joints": dump([joint_columns(joint) for joint in article.joints]),
        "doubts": dump([doubt_columns(doubt) for doubt in doubts]),
    }


def joint_columns(joint: object) -> dict[str, object]:
    """A joint as it is kept in JSON."""
    fields = ("left", "right", "confidence", "made", "before", "after")
    return {field: getattr(joint, field) for field in fields}


def doubt_columns(doubt: Doubt) -> dict[str, object]:
    """A doubt as it is kept in JSON."""
    return {"kind": doubt.kind, "text": doubt.text, "reason": doubt.reason, "sentence": doubt.sentence}


def read_instant(text: object) -> datetime:
    """The instant that `instant` wrote; raises ValueError for what it did not write."""
    read = datetime.fromisoformat(str(text))
    if read.tzinfo is None:
        raise ValueError(f"{text} says no zone")
    return read


def instant(value: datetime) -> str:
    """An instant as it is kept: in UTC and always of one length, so that text order is time order."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def day(value: date | None) -> str | None:
    """A date as it is kept: ISO, or null."""
    return value.isoformat() if value else None

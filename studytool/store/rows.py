"""Values <-> rows: how items, articles and memories are written in their columns."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from studytool.model import Article, Doubt, Item, ItemKind, KnowledgeKind, Memory, Role, Span, Status


def dump(value: object) -> str:
    """JSON as it is kept in a column: short, and Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def content(item: Item) -> dict[str, object]:
    """The columns of `items` that say what an item is: all but its id, status and dates."""
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


def item(row: sqlite3.Row) -> Item:
    """An item from a row of items joined with its origin and the document's name as `source`."""
    published = row["published_on"]
    return Item(
        id=row["id"],
        kind=ItemKind(row["kind"]),
        asks=KnowledgeKind(row["asks"]),
        stem=row["stem"],
        key=tuple(json.loads(row["key"])),
        accepted=tuple(tuple(variants) for variants in json.loads(row["accepted"])),
        options=tuple(json.loads(row["options"])),
        distractors=tuple(json.loads(row["distractors"])),
        explanation=row["explanation"],
        evidence=row["evidence"] or "",
        ranges=tuple(Span(*pair) for pair in json.loads(row["ranges"] or "[]")),
        source=row["source"] or "",
        article=row["article"] or "",
        article_id=row["article_id"] or "",
        section=row["section"],
        published_on=date.fromisoformat(published) if published else None,
        family=row["family"],
        difficulty=row["difficulty"],
        score=row["score"],
        status=Status(row["status"]),
        tags=tuple(json.loads(row["tags"])),
        original=row["original"],
        changed=row["changed"],
    )


def memory(row: sqlite3.Row | Mapping[str, object]) -> Memory:
    """A memory from its columns."""
    reviewed = row["reviewed_at"]
    return Memory(
        state=row["state"],  # type: ignore[arg-type]
        step=row["step"],  # type: ignore[arg-type]
        stability=row["stability"],  # type: ignore[arg-type]
        difficulty=row["difficulty"],  # type: ignore[arg-type]
        due_at=datetime.fromisoformat(str(row["due_at"])),
        reviewed_at=datetime.fromisoformat(str(reviewed)) if reviewed else None,
    )


def memory_columns(memory: Memory) -> dict[str, object]:
    """The columns of a memory."""
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
        "doubts": dump([{"kind": d.kind, "text": d.text, "reason": d.reason} for d in doubts]),
    }


def joint_columns(joint: object) -> dict[str, object]:
    """A joint as it is kept in JSON."""
    fields = ("left", "right", "confidence", "made")
    return {field: getattr(joint, field) for field in fields}


def instant(value: datetime) -> str:
    """An instant as it is kept: in UTC and always of one length, so that text order is time order."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def day(value: date | None) -> str | None:
    """A date as it is kept: ISO, or null."""
    return value.isoformat() if value else None


BODY = Role.BODY.value

"""JSON Lines, as `export jsonl` writes them -> items."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from studytool.imports.decoding import decoded
from studytool.imports.entry import Imported, Problem
from studytool.model import Item, ItemKind, KnowledgeKind, Span, Status


def read(data: bytes, bank: str) -> Imported:
    items: list[Item] = []
    problems: list[Problem] = []
    for number, line in enumerate(decoded(data, bank).split("\n"), 1):
        if not line.strip():
            continue
        try:
            items.append(item_from_json(json.loads(line)))
        except json.JSONDecodeError as error:
            problems.append(Problem(number, line[:24], f"不是一个 JSON 对象（第 {error.colno} 个字符处）"))
        except KeyError as error:
            problems.append(Problem(number, line[:24], f"缺少 {error} 一项"))
        except (ValueError, TypeError, AttributeError) as error:
            problems.append(Problem(number, line[:24], f"有一项的值不对：{error}"))
    return Imported(tuple(items), tuple(problems))


def item_from_json(given: dict[str, Any]) -> Item:
    """The item an object of the item contract describes; what the contract leaves out gets its default."""
    day = given.get("published_on")
    return Item(
        id=given["id"],
        kind=ItemKind(given["kind"]),
        asks=KnowledgeKind(given["asks"]),
        stem=given["stem"],
        key=tuple(given["key"]),
        accepted=tuple(tuple(responses) for responses in given["accepted"]),
        evidence=given["evidence"],
        ranges=tuple(Span(start, end) for start, end in given["ranges"]),
        source=given["source"],
        article=given["article"],
        article_id="",
        family=given["family"],
        options=tuple(given["options"]),
        distractors=tuple(given["distractors"]),
        explanation=given["explanation"],
        section=given["section"],
        published_on=date.fromisoformat(day) if day else None,
        difficulty=given["difficulty"],
        score=given["score"],
        status=Status(given["status"]),
        tags=tuple(given["tags"]),
        original=given.get("original"),
        changed=given.get("changed"),
    )

"""JSON Lines, as `export jsonl` writes them -> items."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from studytool.imports.answers import Unclear
from studytool.imports.decoding import decoded
from studytool.imports.entry import Imported, Problem, check_sound
from studytool.model import Item, ItemKind, KnowledgeKind, Span, Status

_TEXTS = ("id", "kind", "asks", "stem", "evidence", "source", "article", "family")
_LISTS = ("key", "options", "distractors", "tags")


# What reading a line raises, and what is said of it; the first that fits.
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (Unclear, "{0}"),
    (json.JSONDecodeError, "不是一个 JSON 对象（第 {0.colno} 个字符处）"),
    (UnicodeEncodeError, "里面有残缺的字符"),
    (RecursionError, "括号嵌套太深"),
    (KeyError, "缺少 {0} 一项"),
    (ValueError, "有一项的值不对：{0}"),
    (TypeError, "有一项的值不对：{0}"),
    (AttributeError, "有一项的值不对：{0}"),
)
_WRONG = tuple(kind for kind, _ in _REASONS)


def read(data: bytes, bank: str) -> Imported:
    items: dict[str, Item] = {}
    problems: list[Problem] = []
    for number, line in enumerate(decoded(data, bank).split("\n"), 1):
        if not line.strip():
            continue
        try:
            item = _item(line)
            if item.id in items:
                raise Unclear("与前面的题重复")
            items[item.id] = item
        except _WRONG as error:
            reason = next(reason for kind, reason in _REASONS if isinstance(error, kind))
            problems.append(Problem(number, line[:24], reason.format(error)))
    return Imported(tuple(items.values()), tuple(problems))


def _item(line: str) -> Item:
    given = json.loads(line)
    check(given)
    if "\\u" in line:
        json.dumps(given, ensure_ascii=False).encode()  # half a character cannot be kept
    item = item_from_json(given)
    check_sound(item)
    return item


def check(given: Any) -> None:
    """Raises Unclear where a value is not of the sort the contract says."""
    if not isinstance(given, dict):
        raise Unclear("不是一个 JSON 对象")
    for name in _TEXTS:
        if not isinstance(given[name], str):
            raise Unclear(f"{name} 应为文字")
    for name in _LISTS:
        if not _is_texts(given[name]):
            raise Unclear(f"{name} 应为一列文字")
    if not (isinstance(given["accepted"], list) and all(map(_is_texts, given["accepted"]))):
        raise Unclear("accepted 应为一列一列的文字")
    for name in ("difficulty", "score"):
        if type(given[name]) not in (int, float):
            raise Unclear(f"{name} 应为数字")


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


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

"""JSON Lines, as `export jsonl` writes them -> items; a table that only bears the name is read as one."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from studytool.errors import StudyError
from studytool.imports import tables
from studytool.imports.answers import Unclear
from studytool.imports.decoding import decoded
from studytool.imports.entry import Imported, Problem, excerpt
from studytool.imports.soundness import check_sound
from studytool.model import Item, ItemKind, KnowledgeKind, Span, Status

_TEXTS = ("id", "stem", "evidence", "source", "article", "family")
_PERHAPS = ("explanation", "section", "published_on", "original", "changed")  # texts, or nothing
_LISTS = ("key", "options", "distractors", "tags")
_SHARES = ("difficulty", "score")
_NAMES: dict[str, tuple[str, ...]] = {
    "kind": tuple(ItemKind),
    "asks": tuple(KnowledgeKind),
    "status": tuple(Status),
}


# What reading a line raises, and what is said of it; the first that fits.
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (Unclear, "{0}"),
    (json.JSONDecodeError, "不是一个 JSON 对象（第 {0.colno} 个字符处）"),
    (UnicodeEncodeError, "里面有残缺的字符"),
    (RecursionError, "括号嵌套太深"),
    (KeyError, "缺少 {0} 一项"),
    (ValueError, "有一个数字太长"),  # of thousands of digits: all that can still be wrong with a value
)
_WRONG = tuple(kind for kind, _ in _REASONS)


def read(data: bytes, bank: str) -> Imported:
    text = decoded(data, bank)
    if not text.lstrip().startswith("{") and tables.is_table(text):
        return tables.read_text(text, bank)
    _refuse_other(text, bank)
    items: dict[str, Item] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            item = _item(line)
            if item.id in items:
                raise Unclear("与前面的题重复")
            items[item.id] = item
        except _WRONG as error:
            reason = next(reason for kind, reason in _REASONS if isinstance(error, kind))
            problems.append(Problem(number, excerpt(line), reason.format(error)))
    return Imported(tuple(items.values()), tuple(problems), complete=True)


def _refuse_other(text: str, bank: str) -> None:
    """Raises StudyError for a file that is one value of JSON, over several lines or in one list."""
    first = text.lstrip()[:1]
    if first != "[" and text.strip().count("\n") == 0:
        return
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return
    raise StudyError(f"“{bank}”是 JSON，但不是题库：题库应是一行一题的 JSON Lines，如 export jsonl 写出的")


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
    for name, values in _NAMES.items():
        if given[name] not in values:
            said = excerpt(str(given[name]))
            raise Unclear(f"{name} 应为 {'、'.join(values)} 之一，而不是“{said}”")
    for name in _TEXTS:
        _expect(isinstance(given[name], str), name, "应为文字")
    for name in _PERHAPS:
        _expect(isinstance(given.get(name), str | None), name, "应为文字或 null")
    for name in _LISTS:
        _expect(_is_texts(given[name]), name, "应为一列文字")
    for name in _SHARES:
        _expect(_is_share(given[name]), name, "应为 0 到 1 的数")
    lists = given["accepted"]
    _expect(isinstance(lists, list) and all(map(_is_texts, lists)), "accepted", "应为一列一列的文字")
    spans = given["ranges"]
    _expect(isinstance(spans, list) and all(map(_is_span, spans)), "ranges", "应为一对一对的整数")
    _expect(_is_day(given.get("published_on") or _ANY_DAY), "published_on", f"应为日期，如 {_ANY_DAY}")


_ANY_DAY = "2026-01-31"


def _expect(holds: bool, name: str, expected: str) -> None:
    if not holds:
        raise Unclear(f"{name} {expected}")


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _is_share(value: Any) -> bool:
    """Neither true nor false, nor without end, nor not a number."""
    return type(value) in (int, float) and 0 <= value <= 1


def _is_span(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(place) is int for place in value)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


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

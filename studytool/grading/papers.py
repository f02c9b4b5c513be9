"""The manifest written beside printed papers -> what each number of each version asks."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from studytool.errors import StudyError
from studytool.limits import MOST_POINTS
from studytool.model import RIGHT, WRONG, Item, ItemKind, KnowledgeKind

FORMAT = "studytool-sheet"
_NUMBER = re.compile("[0-9A-F]{4}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a printed version; the item's options stand in printed order."""

    number: int
    points: float
    item: Item


Papers = Mapping[str, tuple[Asked, ...]]


def read_manifest(text: str, name: str) -> Papers:
    """The questions of each version, from the manifest written beside the papers; `name` is for messages."""
    try:
        content = json.loads(text)
        json.dumps(content, ensure_ascii=False).encode()  # half characters are refused here
        if content["format"] != FORMAT or content["format_version"] != 1:
            raise KeyError
        papers = {
            _text(version, "version"): tuple(_asked(row) for row in version["questions"])
            for version in content["versions"]
        }
        if not any(papers.values()):
            raise ValueError("nothing is asked")
        return papers
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        remedy = "请给出 studytool sheet 与试卷一起写出的 .json 文件"
        raise StudyError(f"{name} 不是试卷的答案清单；{remedy}") from None


def printed_for(text: str) -> date | None:
    """The day the papers of a manifest were printed for, where it says so."""
    try:
        return date.fromisoformat(str(json.loads(text).get("date")))
    except (ValueError, AttributeError, RecursionError):
        return None


def number_of(text: str) -> str | None:
    """The number of the paper a manifest belongs to; of an older one, what its questions make of it."""
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            return None
        said = str(content.get("number"))
        made_of = crc32(json.dumps(content["versions"]).encode()) & 0xFFFF
        return said if _NUMBER.fullmatch(said) else f"{made_of:04X}"
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _asked(row: Mapping[str, object]) -> Asked:
    points = float(str(row["points"]))
    if not 0 <= points <= MOST_POINTS:
        raise ValueError("points that cannot be")
    item = Item(
        id=_text(row, "id"),
        kind=ItemKind(_text(row, "kind")),
        asks=KnowledgeKind(_text(row, "asks")),
        stem=_text(row, "stem"),
        key=_texts(row["answers"]),
        accepted=tuple(map(_texts, _list(row["accepted"]))),
        evidence=str(row["evidence"]),
        ranges=(),
        source="",
        article="",
        article_id="",
        family="",
        options=_texts(row["options"]),
    )
    if not item.key or (item.kind is ItemKind.TRUE_FALSE and item.key not in ((RIGHT,), (WRONG,))):
        raise ValueError("a question without an answer")
    return Asked(int(str(row["number"])), points, item)


def _text(row: Mapping[str, object], name: str) -> str:
    value = row[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, _list(value)))


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value

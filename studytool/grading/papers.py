"""The manifest written beside printed papers -> what each number of each version asks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from studytool.errors import StudyError
from studytool.model import Item, ItemKind, KnowledgeKind


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
        if content["format"] != "studytool-sheet" or content["format_version"] != 1:
            raise KeyError
        return {
            version["version"]: tuple(_asked(row) for row in version["questions"])
            for version in content["versions"]
        }
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        remedy = "请给出 studytool sheet 与试卷一起写出的 .json 文件"
        raise StudyError(f"{name} 不是试卷的答案清单；{remedy}") from None


def printed_for(text: str) -> date | None:
    """The day the papers of a manifest were printed for, where it says so."""
    try:
        return date.fromisoformat(str(json.loads(text).get("date")))
    except (ValueError, AttributeError, RecursionError):
        return None


def _asked(row: Mapping[str, object]) -> Asked:
    def texts(name: str) -> tuple[str, ...]:
        values = row[name]
        if not isinstance(values, list):
            raise TypeError(name)
        return tuple(str(value) for value in values)

    accepted = row["accepted"]
    if not isinstance(accepted, list):
        raise TypeError("accepted")
    item = Item(
        id=str(row["id"]),
        kind=ItemKind(str(row["kind"])),
        asks=KnowledgeKind(str(row["asks"])),
        stem=str(row["stem"]),
        key=texts("answers"),
        accepted=tuple(tuple(map(str, variants)) for variants in accepted),
        evidence=str(row["evidence"]),
        ranges=(),
        source="",
        article="",
        article_id="",
        family="",
        options=texts("options"),
    )
    return Asked(int(str(row["number"])), float(str(row["points"])), item)

"""Versions -> the manifest: what marks a pile of answered papers without the bank (studytool/grading.py)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from studytool.exports.sheet.paper import Question, Version, VersionSection


def manifest(versions: Sequence[Version]) -> bytes:
    """The manifest as one JSON document."""
    sheet = versions[0].sheet
    content = {
        "format": "studytool-sheet",
        "format_version": 1,
        "title": sheet.title,
        "unit": sheet.unit,
        "date": sheet.date.isoformat() if sheet.date else None,
        "seed": sheet.seed,
        "number": sheet.number,
        "total": sheet.total,
        "versions": [
            {
                "version": version.name,
                "questions": [
                    _question(question, section)
                    for section in version.sections
                    for question in section.questions
                ],
            }
            for version in versions
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _question(question: Question, section: VersionSection) -> dict[str, object]:
    """`order` holds the places of the item's own options in printed order; `key` is what the key prints."""
    item = question.item
    return {
        "number": question.number,
        "id": item.id,
        "kind": item.kind.value,
        "asks": item.asks.value,
        "points": section.points,
        "order": list(question.order),
        "options": list(question.options),
        "key": list(question.answer),
        "stem": item.stem,
        "answers": list(item.key),
        "accepted": [list(accepted) for accepted in item.accepted],
        "evidence": item.evidence,
    }

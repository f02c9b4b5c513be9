"""A learner's report -> the JSON to hand in, and back: counts and marks, never words."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from math import inf

from studytool.errors import StudyError
from studytool.model import ItemKind, KnowledgeKind, Mark, Met, Report

FORMAT, FORMAT_VERSION = "studytool-report", 1


def written(report: Report) -> dict[str, object]:
    """The report as JSON values."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "learner": report.learner,
        "answers": report.answers,
        "right": report.right,
        "days": [day.isoformat() for day in report.days],
        "seconds": report.seconds,
        "items": [{**asdict(met), "last_on": met.last_on.isoformat()} for met in report.met],
    }


def read_report(text: str, name: str) -> Report:
    """A report that was handed in; `name` is for messages."""
    try:
        content = json.loads(text)
        json.dumps(content, ensure_ascii=False).encode()  # half characters are refused here
        if content["format"] != FORMAT or content["format_version"] != FORMAT_VERSION:
            raise KeyError
        learner, seconds = content["learner"], float(content["seconds"])
        if not 0 <= seconds < inf:
            raise ValueError("seconds that cannot be")
        return Report(
            None if learner is None else str(learner),
            tuple(date.fromisoformat(day) for day in content["days"]),
            seconds,
            tuple(_read_met(row) for row in content["items"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        remedy = "请给出 studytool report -o 写出的文件"
        raise StudyError(f"{name} 不是学习情况文件；{remedy}") from None


def _read_met(row: dict[str, object]) -> Met:
    key = row["key"]
    counts = [row[name] for name in ("answers", "right", "repeats", "repeats_right")]
    if not isinstance(key, list) or not all(type(count) is int and count >= 0 for count in counts):
        raise TypeError("key or counts")
    answers, right, repeats, repeats_right = (int(str(count)) for count in counts)
    if not repeats_right <= repeats <= answers >= right:
        raise ValueError("counts that cannot be")
    return Met(
        id=str(row["id"]),
        kind=ItemKind(str(row["kind"])),
        asks=KnowledgeKind(str(row["asks"])),
        stem=str(row["stem"]),
        key=tuple(map(str, key)),
        source=str(row["source"]),
        article=str(row["article"]),
        answers=answers,
        right=right,
        repeats=repeats,
        repeats_right=repeats_right,
        last=Mark(str(row["last"])),
        last_on=date.fromisoformat(str(row["last_on"])),
    )

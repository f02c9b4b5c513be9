"""A learner's answers -> a report to hand in, and back from JSON: counts and marks, never words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from math import inf
from typing import Protocol

from studytool.errors import StudyError
from studytool.model import ItemKind, KnowledgeKind, Mark

FORMAT, FORMAT_VERSION = "studytool-report", 1


class Answer(Protocol):
    """One answer, as the bank logs it; `repeated`: the learner had met the item on an earlier day."""

    @property
    def item_id(self) -> str: ...
    @property
    def kind(self) -> ItemKind: ...
    @property
    def asks(self) -> KnowledgeKind: ...
    @property
    def stem(self) -> str: ...
    @property
    def key(self) -> tuple[str, ...]: ...
    @property
    def source(self) -> str: ...
    @property
    def article(self) -> str: ...
    @property
    def studied_on(self) -> date: ...
    @property
    def mark(self) -> Mark: ...
    @property
    def seconds(self) -> float: ...
    @property
    def repeated(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Met:
    """An item as a learner met it: how often, how well, and how it went last.

    `repeats` are the answers on later days than the first, which show what was retained."""

    id: str
    kind: ItemKind
    asks: KnowledgeKind
    stem: str
    key: tuple[str, ...]
    source: str
    article: str
    answers: int
    right: int
    repeats: int
    repeats_right: int
    last: Mark
    last_on: date


@dataclass(frozen=True, slots=True)
class Report:
    """What one learner has done; without a name if they wish."""

    learner: str | None
    days: tuple[date, ...]
    seconds: float
    met: tuple[Met, ...]

    @property
    def answers(self) -> int:
        return sum(item.answers for item in self.met)

    @property
    def right(self) -> int:
        return sum(item.right for item in self.met)


def report_of(learner: str | None, answers: Iterable[Answer]) -> Report:
    """The report of one learner's answers, given in the order they were given."""
    kept = tuple(answers)
    by_item: dict[str, list[Answer]] = {}
    for answer in kept:
        by_item.setdefault(answer.item_id, []).append(answer)
    days = tuple(sorted({answer.studied_on for answer in kept}))
    met = tuple(_met(found) for _, found in sorted(by_item.items()))
    return Report(learner, days, round(sum(answer.seconds for answer in kept), 1), met)


def _met(answers: list[Answer]) -> Met:
    last = answers[-1]
    repeats = [answer for answer in answers if answer.repeated]
    return Met(
        id=last.item_id,
        kind=last.kind,
        asks=last.asks,
        stem=last.stem,
        key=last.key,
        source=last.source,
        article=last.article,
        answers=len(answers),
        right=sum(answer.mark is Mark.RIGHT for answer in answers),
        repeats=len(repeats),
        repeats_right=sum(answer.mark is Mark.RIGHT for answer in repeats),
        last=last.mark,
        last_on=last.studied_on,
    )


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

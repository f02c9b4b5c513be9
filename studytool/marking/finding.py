"""What comparing one response with one answer found: a mark and the reason the learner reads."""

from __future__ import annotations

from typing import NamedTuple

from studytool.model import Mark


class Finding(NamedTuple):
    mark: Mark
    reason: str = ""


RIGHT = Finding(Mark.RIGHT)
EMPTY = Finding(Mark.WRONG, "未作答")
_ORDER = (Mark.WRONG, Mark.NEARLY, Mark.RIGHT)


def nearly(reason: str) -> Finding:
    return Finding(Mark.NEARLY, reason)


def wrong(reason: str) -> Finding:
    return Finding(Mark.WRONG, reason)


def rank(finding: Finding) -> int:
    """0 for wrong, 2 for right: what `max` goes by."""
    return _ORDER.index(finding.mark)

"""Answer and response -> the steps from one to the other, character by character, for near misses."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Operation = Literal["same", "missing", "extra"]


class Step(NamedTuple):
    """`missing` stands in the answer only, `extra` in the response only."""

    operation: Operation
    text: str


def difference(expected: str, given: str) -> tuple[Step, ...]:
    """The steps in reading order; a replaced text is missing first, then extra."""
    steps: list[Step] = []
    matcher = SequenceMatcher(None, expected, given, autojunk=False)
    for tag, start, end, from_, to in matcher.get_opcodes():
        if tag == "equal":
            steps.append(Step("same", expected[start:end]))
            continue
        if start < end:
            steps.append(Step("missing", expected[start:end]))
        if from_ < to:
            steps.append(Step("extra", given[from_:to]))
    return tuple(steps)

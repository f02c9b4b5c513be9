"""The remarks that stand together in one text of an exported question -> remarks by their label."""

from __future__ import annotations

import re

_LABELLED = re.compile(r"(要点|依据|出处)：(.*)", re.DOTALL)


def remarks(text: str) -> dict[str, str]:
    """The lines under each label we write, and what stands before them under “”."""
    found: dict[str, list[str]] = {}
    place = ""
    for row in text.split("\n"):
        labelled = _LABELLED.match(row)
        place = labelled[1] if labelled else place
        found.setdefault(place, []).append(labelled[2] if labelled else row)
    return {label: "\n".join(rows) for label, rows in found.items() if any(rows)}

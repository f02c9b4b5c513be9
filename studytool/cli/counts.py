"""`--number cloze=10` and the like -> numbers by kind of item."""

from __future__ import annotations

from collections.abc import Iterable

from studytool.errors import StudyError
from studytool.model import ItemKind


def by_kind(pairs: Iterable[str] | None, option: str) -> dict[ItemKind, int]:
    """The numbers that `option` gives, each as KIND=N. Raises StudyError."""
    counts: dict[ItemKind, int] = {}
    for pair in pairs or ():
        kind, _, number = pair.partition("=")
        if kind not in set(ItemKind) or not number.isdecimal() or int(number) < 1:
            raise StudyError(
                f"{option} {pair} 不对：应当写成 题型=数目，如 cloze=10，题型有 {'、'.join(ItemKind)}"
            )
        counts[ItemKind(kind)] = int(number)
    return counts

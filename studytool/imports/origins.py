"""Where evidence stands, as our exports say it in one line -> its article, its section and its day.

The last part is the title of the source: whoever imports the file has the file for a source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from studytool.imports.soundness import is_possible

_BETWEEN = " · "


class Origin(NamedTuple):
    """The fields of an item that say where its evidence stands."""

    article: str = ""
    section: str | None = None
    published_on: date | None = None


def origin_of(line: str) -> Origin:
    """The origin that a line of ours names; of somebody else's, all of it is what they call the article."""
    article, *rest = line.strip().split(_BETWEEN)
    days = [place for place, part in enumerate(rest) if _day(part)]
    if not days:
        return Origin(article, _joined(rest[:-1]))
    return Origin(article, _joined(rest[: days[-1]]), _day(rest[days[-1]]))


def _joined(parts: Sequence[str]) -> str | None:
    return _BETWEEN.join(parts) or None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if is_possible(day) else None

"""Gate on phrases that every paper says in the same words: whoever fills the blank need not have read it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from studytool.data import tables
from studytool.items.context import Context
from studytool.items.drafts import BLANKED, Draft
from studytool.items.forms import normal
from studytool.model import BLANK


class Phrase(NamedTuple):
    """A term, and what stands on its two sides where everybody knows it."""

    before: str
    key: str
    after: str


@cache
def _phrases() -> dict[str, tuple[Phrase, ...]]:
    rows = tables("recited.toml")["phrase"]
    phrases = [Phrase(row.get("before", ""), row["key"], row.get("after", "")) for row in rows]
    return {one.key: tuple(other for other in phrases if other.key == one.key) for one in phrases}


def recited(draft: Draft, _context: Context) -> bool:
    """“完整、准确、全面贯彻____”: what else?"""
    if draft.kind not in BLANKED or len(draft.key) > 1:
        return False
    before, _, after = draft.stem.partition(BLANK)
    left, right = normal(before), normal(after)
    phrases = _phrases().get(normal(draft.key[0]), ())
    return any(left.endswith(one.before) and right.startswith(one.after) for one in phrases)

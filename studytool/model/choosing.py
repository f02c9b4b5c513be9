"""Which items, and what a build did."""

from __future__ import annotations

from dataclasses import dataclass

from studytool.model.items import ItemKind, Status
from studytool.model.knowledge import KnowledgeKind


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items: every field that is set must hold; several values of one field are alternatives.

    `sources` and `articles` match a part of the name or title, `tags` a whole tag, `find` a part of
    the stem, the key or the evidence. Drafts whose value another document contradicts are left out, unless
    they are named by `ids` or `contested` is set."""

    kinds: tuple[ItemKind, ...] = ()
    asks: tuple[KnowledgeKind, ...] = ()
    sources: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    find: str | None = None
    statuses: tuple[Status, ...] = (Status.DRAFT, Status.APPROVED)
    ids: tuple[str, ...] = ()
    contested: bool = False


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one call of `build` did; the counts are of the documents of the call."""

    documents: int = 0
    articles: int = 0
    sentences: int = 0
    knowledge: int = 0
    items: int = 0
    new: int = 0
    changed: int = 0
    retired: int = 0
    skipped: tuple[tuple[str, str], ...] = ()  # (path, reason)
    moved: tuple[tuple[str, str], ...] = ()  # (path before, path now)
    dropped: tuple[tuple[str, int], ...] = ()  # (gate, count)
    unread: tuple[tuple[str, str], ...] = ()  # (path, which pages, or what is said of it, is of no use)

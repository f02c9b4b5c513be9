"""The number of a provision or a chapter that stands alone on its line -> one line with what it numbers.

Pages of the web set 第一条 in bold and its text in an element of its own: copied, or read, they are two
lines, and a law would be a hundred pieces without a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from studytool.articles.wrapped import Raw
from studytool.model import Block, Span

_COUNT = "第[一二三四五六七八九十百千零〇\\d]{1,7}"
# Possessive: of a thousand spaces each would else be tried as the end of each run.
_ALONE = re.compile(
    r"[\s>]*+(?:#{1,6}\s)?+\s*+(?:\*\*|__)?+"
    rf"(?P<number>{_COUNT}(?:(?P<provision>条(?:之[一二三四五六七八九十]{{1,2}})?)|[编章节]))"
    r"\s*+(?:\*\*|__)?+\s*+"
)
_HEADING = re.compile(r"[^。，；：\n]{1,30}")  # what a chapter is called


def joined(text: str, raws: Iterable[tuple[Block, Raw]]) -> Iterator[tuple[Block, Raw]]:
    """The paragraphs, each with the number that stood alone above it."""
    waiting: tuple[Block, Raw] | None = None
    for block, raw in raws:
        if waiting:
            if whole := _with_number(text, waiting[1], raw):
                waiting = None
                yield block, whole
                continue
            yield waiting
        waiting = (block, raw) if _number(text, raw) else None
        if waiting is None:
            yield block, raw
    if waiting:
        yield waiting


def _number(text: str, raw: Raw) -> re.Match[str] | None:
    """The number, where it is all that stands on a line."""
    if len(raw.spans) > 1 or raw.row:
        return None
    return _ALONE.fullmatch(text, raw.spans[0].start, raw.spans[0].end)


def _with_number(text: str, above: Raw, raw: Raw) -> Raw | None:
    """The paragraph with its number; None where it is another number, a row, or no name of a chapter."""
    found = _number(text, above)
    if found is None or raw.row or _number(text, raw):
        return None
    first = Span(found.start("number"), found.end("number"))
    if found["provision"]:
        return replace(raw, spans=(first, *raw.spans), gap=above.gap)
    words = text[raw.spans[0].start : raw.spans[-1].end].strip()
    if not _HEADING.fullmatch(words):
        return None
    return replace(raw, spans=(first, *raw.spans), gap=above.gap, level=max(raw.level, above.level))

"""Paragraphs a reader found -> a document's text and its blocks, one paragraph a line.

For formats whose text we build ourselves (Word, PDF, web pages, tables of texts): the text is made
here and nowhere else, so the spans of the blocks are right by construction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from studytool.model import Block, BlockKind, SourceNote, Span

CELL_BREAK = "\t"  # between the cells of a TABLE_ROW
LINE_BREAK = " \n"  # within a paragraph; the space is what is left of it between Latin words

_BREAKS = re.compile(r"[ \u3000]*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+[ \u3000]*")


class Part(NamedTuple):
    """One paragraph as a reader found it; `broken`: whoever wrote it has broken its lines.

    To those who read prose such a break is a space; a list of questions needs it. `aside`: it stands in
    the text and is no part of what the text says, as a footnote: it makes no block."""

    kind: BlockKind
    text: str
    level: int = 0
    broken: bool = False
    aside: bool = False


class Extract(NamedTuple):
    """What a reader gives: text, blocks, and what the file says of itself."""

    text: str
    blocks: tuple[Block, ...]
    note: SourceNote = SourceNote()


def assembled(parts: Iterable[Part], note: SourceNote | None = None) -> Extract:
    """The parts one below the other; empty ones are left out."""
    lines: list[str] = []
    blocks: list[Block] = []
    at = 0
    for kind, text, level, broken, aside in parts:
        clean = _tidied(text, kind, LINE_BREAK if broken else " ")
        if clean:
            lines.append(clean)
            if not aside:
                blocks.append(Block(kind, Span(at, at + len(clean)), level))
            at += len(clean) + 1
    return Extract("\n".join(lines), tuple(blocks), note or SourceNote())


def _tidied(text: str, kind: BlockKind, between: str) -> str:
    """One line, except where the lines mean something (LINES)."""
    if kind is BlockKind.LINES:
        return text.strip("\r\n")
    return _BREAKS.sub(between, text.strip()) if kind is not BlockKind.TABLE_ROW else text.strip(" \r\n")


def row(cells: Iterable[str]) -> Part:
    """A table row; empty cells keep their place so that columns can be told apart."""
    texts = [_BREAKS.sub(" ", cell.strip()).replace(CELL_BREAK, " ") for cell in cells]
    return Part(BlockKind.TABLE_ROW, CELL_BREAK.join(texts) if any(texts) else "")

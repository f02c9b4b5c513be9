"""Document -> Articles: lines, looks, contents page, elements, links, reading order, articles.

The order of these steps is all this module knows. The surprising decision of the whole stage: layout is
lost for good, so every question about it (“does this line go on there?”) is answered from language.
"""

from __future__ import annotations

from studytool.articles import (
    boundaries,
    contents,
    corrections,
    drafts,
    headings,
    joints,
    layout,
    page_furniture,
    roles,
    signatures,
)
from studytool.articles import flow as reading
from studytool.articles.corrections import is_said
from studytool.model import Article, Document

__all__ = ["is_said", "reconstruct"]


_IN_ORDER = (".html", ".htm", ".docx")


def reconstruct(document: Document) -> tuple[Article, ...]:
    """The pieces of writing in a document, each whole and in reading order."""
    looks = headings.under_chapter(roles.look_at(layout.lines_of(document)))
    seen = signatures.told_apart(page_furniture.told_apart(looks))
    front = contents.read_front(seen)
    said = document.source.note.joints
    elements = boundaries.elements(corrections.looks(seen, said, front), front)
    told = corrections.links(elements, said)
    in_order = _is_in_order(document)
    order = reading.flow(elements, joints.link(elements, told, in_order=in_order))
    return drafts.build(document, order, front, in_order=in_order)


def _is_in_order(document: Document) -> bool:
    """Was it written as one text, a page of the web or of a word processor? Nobody cut that into columns."""
    return document.source.name.lower().endswith(_IN_ORDER)

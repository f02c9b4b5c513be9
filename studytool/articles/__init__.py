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


def reconstruct(document: Document) -> tuple[Article, ...]:
    """The pieces of writing in a document, each whole and in reading order."""
    looks = roles.look_at(layout.lines_of(document))
    seen = signatures.told_apart(page_furniture.told_apart(looks))
    front = contents.read_front(seen)
    said = document.source.note.joints
    elements = boundaries.elements(corrections.looks(seen, said, front), front)
    order = reading.flow(elements, joints.link(elements, corrections.links(elements, said)))
    return drafts.build(document, order, front)

"""Every type of the product, frozen, in the order the data flows.

A file becomes a Document, its text is rebuilt into Articles, split into Sentences, searched for
Knowledge and asked about in Items; a learner's Responses become Reviews and move a Memory.

The one surprising decision: readable text never loses its way back. A Passage is text together with
the place of each of its characters in the source, so an item can always prove itself.
"""

from studytool.model.articles import (
    Article,
    Credit,
    Doubt,
    DoubtKind,
    Joint,
    Paragraph,
    Role,
    Sentence,
    TimeMention,
)
from studytool.model.choosing import BuildReport, ItemFilter
from studytool.model.documents import (
    ArticleNote,
    Block,
    BlockKind,
    Document,
    JointNote,
    Source,
    SourceNote,
    telling,
)
from studytool.model.items import BLANK, RIGHT, WRONG, Dropped, Harvest, Item, ItemKind, Status
from studytool.model.knowledge import Knowledge, KnowledgeKind
from studytool.model.study import ASIDE, SHEET, Card, Mark, Memory, Met, Rating, Report, Review, Verdict
from studytool.model.text import Passage, Piece, Span

__all__ = [
    "ASIDE",
    "BLANK",
    "RIGHT",
    "SHEET",
    "WRONG",
    "Article",
    "ArticleNote",
    "Block",
    "BlockKind",
    "BuildReport",
    "Card",
    "Credit",
    "Document",
    "Doubt",
    "DoubtKind",
    "Dropped",
    "Harvest",
    "Item",
    "ItemFilter",
    "ItemKind",
    "Joint",
    "JointNote",
    "Knowledge",
    "KnowledgeKind",
    "Mark",
    "Memory",
    "Met",
    "Paragraph",
    "Passage",
    "Piece",
    "Rating",
    "Report",
    "Review",
    "Role",
    "Sentence",
    "Source",
    "SourceNote",
    "Span",
    "Status",
    "TimeMention",
    "Verdict",
    "telling",
]

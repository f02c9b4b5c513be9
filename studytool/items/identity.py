"""A draft -> the id it keeps for life and the family it belongs to.

The id hashes what is asked: item kind, kind of knowledge, key and evidence in normal form. Better wording
or distractors keep it; so do another place in the file and another run.
"""

from __future__ import annotations

from studytool.items.drafts import Draft
from studytool.items.forms import digest, normal


def item_id(draft: Draft) -> str:
    """The item's id: the same wherever and whenever it is made."""
    asked, evidence = (normal(part) for part in draft.asked), draft.evidence.text
    for told in draft.frame.case:  # the same question, asked with its case or without
        evidence = evidence.removeprefix(told.text)
    return digest(draft.kind, draft.knowledge.kind, *asked, normal(evidence))


def family(draft: Draft) -> str:
    """Items of one sentence are a family."""
    return digest(normal(draft.knowledge.sentence.text))

"""Knowledge and the frame it stands in -> a Draft: an item before it is judged.

A draft holds everything a gate has to know, so that gates need nothing but the draft and the
document it comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from studytool.items.agents import ELIDED
from studytool.items.context import Context
from studytool.items.frame import Frame
from studytool.model import BLANK, ItemKind, Knowledge, Passage


@dataclass(frozen=True)
class Draft:
    """An item before it is judged.

    `asked` is what its identity hangs on (of a true/false item the words tested and their truth);
    `fit` says how well this kind of item suits this knowledge (0–1), `closeness` how near the
    distractors come to the key. A choice is drafted without its options and a statement as the source has
    it: what is wrong beside or in it is looked for only where the source's words have passed.
    """

    kind: ItemKind
    knowledge: Knowledge
    frame: Frame
    stem: str
    key: tuple[str, ...]
    evidence: Passage
    asked: tuple[str, ...]
    fit: float
    options: tuple[str, ...] = ()
    distractors: tuple[str, ...] = ()
    closeness: float = 0.0
    explanation: str | None = None
    original: str | None = None
    changed: str | None = None

    @cached_property
    def said(self) -> str:
        """The stem without its anchor, and as if nothing were left out in it."""
        return self._unbroken(self.stem)

    @cached_property
    def filled(self) -> str:
        """The stem with the key put back into its blanks (of a choice: all right options)."""
        text = self.stem
        if self.kind is ItemKind.MULTIPLE_RESPONSE:
            return text.replace(BLANK, "、".join(self.key), 1)
        for part in self.key:
            text = text.replace(BLANK, part, 1)
        return text

    @cached_property
    def statement(self) -> str:
        """`filled` without the anchor: what the source says."""
        return self._unbroken(self.filled)

    def _unbroken(self, stem: str) -> str:
        said = stem.removeprefix(self.frame.anchor)
        return said.replace(ELIDED, "", 1) if self.frame.elides else said


BLANKED = frozenset((ItemKind.CLOZE, ItemKind.SINGLE_CHOICE))  # kinds that ask the same words

Writer = Callable[[Knowledge, Context], Iterable[Draft]]
Chooser = Callable[[Draft, Context], Draft]


def gathered(knowledge: Knowledge) -> Passage:
    """The sentence, and behind it the one its members stand in, if that is another."""
    other = knowledge.member_sentence
    if other is None or other.passage == knowledge.sentence.passage:
        return knowledge.sentence.passage
    return Passage.joined((knowledge.sentence.passage, other.passage))

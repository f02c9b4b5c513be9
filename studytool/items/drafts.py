"""Knowledge and the frame it stands in -> a Draft: an item before it is judged.

A draft holds everything a gate has to know, so that gates need nothing but the draft and the
document it comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from studytool.items.context import Context
from studytool.items.stems import Frame
from studytool.model import ItemKind, Knowledge, Passage


@dataclass(frozen=True, slots=True)
class Draft:
    """An item before it is judged.

    `asked` is what its identity hangs on (of a true/false item the words tested and their truth);
    `fit` says how well this kind of item suits this knowledge (0–1), `closeness` how near the
    distractors come to the key. `changed_in` is the false statement's text with the change in it.
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

    @property
    def filled(self) -> str:
        """The stem with the key put back into its blanks (of a choice: all right options)."""
        text = self.stem
        if self.kind is ItemKind.MULTIPLE_RESPONSE:
            return text.replace("____", "、".join(self.key), 1)
        for part in self.key:
            text = text.replace("____", part, 1)
        return text


Writer = Callable[[Knowledge, Context], Iterable[Draft]]


def gathered(knowledge: Knowledge) -> Passage:
    """The sentence, and behind it the one its members stand in, if that is another."""
    other = knowledge.member_sentence
    if other is None or other.passage == knowledge.sentence.passage:
        return knowledge.sentence.passage
    return Passage.joined((knowledge.sentence.passage, other.passage))

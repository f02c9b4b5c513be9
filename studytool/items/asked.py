"""What a wrong option is wanted for: a key, where it stands, and what every candidate is held against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from studytool.items.forms import normal, pick
from studytool.items.frame import Frame
from studytool.model import Knowledge, Span

FIGURE_LIKE = re.compile(
    r"^[^\d]{0,3}\d[\d,.]*[^\d]{0,6}$|^[一二两三四五六七八九十百]+(?:个|名|次|人|家|年|月|日|票|件|项|岁|倍|成|分之)[\u4e00-\u9fff]{0,4}$"
)
_MARKS = re.compile(r"[“”《》]")
RANK = re.compile(r"第[一二三四五六七八九十]+位?|首位")
DATE_LIKE = re.compile(r"^(?:[\d〇零一二三四五六七八九]{4}年|\d{1,2}月|[一二三四五六七八九十]{1,2}月)")


def numeric(key: str) -> bool:
    """Is the key a figure or a date?"""
    return bool(FIGURE_LIKE.match(key) or DATE_LIKE.match(key))


@dataclass(frozen=True)
class Asked:
    """What a wrong option is wanted for: `key` at `span` of the frame's sentence.

    What every candidate is held against is worked out once."""

    knowledge: Knowledge
    frame: Frame
    key: str
    span: Span

    @property
    def rank(self) -> int:
        """How many options shall stand before the key: hashed, so that no place is favoured."""
        return pick(4, self.key, self.evidence)

    @cached_property
    def numeric(self) -> bool:
        """Is the key a figure or a date?"""
        return numeric(self.key)

    @cached_property
    def form(self) -> str:
        """The key in normal form."""
        return normal(self.key)

    @cached_property
    def evidence(self) -> str:
        """The sentence in normal form."""
        return normal(self.knowledge.sentence.text)

    @cached_property
    def said(self) -> str:
        """The frame's words in normal form."""
        return normal(self.frame.worded())

    @cached_property
    def beside(self) -> tuple[str, str]:
        """What stands right before and right behind the key, within its clause."""
        text, span = self.knowledge.sentence.text, self.span
        before, after = text[max(0, span.start - 3) : span.start], text[span.end :][:3]
        return re.split(r"[，。；、：]", before)[-1], re.split(r"[，。；、：]", after)[0]

    @cached_property
    def frames(self) -> tuple[str, str]:
        """`beside`, each side only if it is long enough to tell what belongs there."""
        before, after = (side if len(_MARKS.sub("", side)) >= 2 else "" for side in self.beside)
        return before, after

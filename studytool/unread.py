"""A page that could not be read <-> the line that stands for it in the text of its document.

It is a line of the text, and nothing beside it, so that whoever reads on from the text (also from a copy
of it) knows that here something is missing: no sentence goes on over it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from studytool.model import Document, Doubt, DoubtKind, Span

LINE = "〔第{}页没有文字层，没有读〕"
PATTERN = r"〔第(\d{1,5})页没有文字层，没有读〕"

_LINE = re.compile(rf"^{PATTERN}\r?$", re.MULTILINE)
_FIRST = 12  # pages that are named one by one


def pages(text: str) -> tuple[int, ...]:
    """The pages of a document that its text says were not read."""
    return tuple(int(number) for number in _LINE.findall(text))


def doubts(document: Document) -> tuple[Doubt, ...]:
    """A doubt of the whole document, if it has pages that could not be read."""
    numbers = pages(document.text)
    line = LINE.format(numbers[0]) if numbers else ""
    return (Doubt(DoubtKind.RECOGNITION, Span(0, 0), line, remark(numbers), line),) if numbers else ()


def remark(numbers: Sequence[int]) -> str:
    """What to tell of them on one line: what, which pages, the remedy."""
    named = "、".join(map(str, numbers[:_FIRST])) + (f" 等 {len(numbers)} " if numbers[_FIRST:] else " ")
    return (
        f"第 {named}页是扫描图片，没有文字层，没有读到；"
        '请安装识别组件（pip install "studytool[ocr]"）后重新读入，或另给这几页的文字'
    )

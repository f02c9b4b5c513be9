"""A line of a text -> whether it is what stands at the foot or head of a page, and no part of a question."""

from __future__ import annotations

import re

_DASH = "[-－—–―~～·]"
_OF = r"\s*+[,，/／、]?\s*+(?:共|总)\s*+\d{1,4}\s*+页"
# — 2 — and - 2 -; 第3页; 第 2 页 共 3 页, with the title of the list before it. An answer may be “第3页”.
_NUMBER = re.compile(rf"\s*+{_DASH}{{1,3}}\s*+\d{{1,4}}\s*+{_DASH}{{1,3}}\s*+")
_PAGE = re.compile(rf"\s*+第\s*+\d{{1,4}}\s*+页(?:{_OF})?+\s*+")
_RUNNING = re.compile(rf"\s*+(?![\dA-ZＡ-Ｚa-z（(【\[]).{{1,40}}?\s第\s*+\d{{1,4}}\s*+页{_OF}\s*+")
_ENDS_LABEL = re.compile(r"[:：】\]]\s*\Z")


def is_furniture(line: str, before: str) -> bool:
    """Whether the line is page furniture; `before` is the last line with text."""
    if _NUMBER.fullmatch(line) or _RUNNING.fullmatch(line):
        return True
    # Below a label that nothing stands behind, it is the answer.
    return bool(_PAGE.fullmatch(line)) and not _ENDS_LABEL.search(before)

"""A line of a text -> whether it is what stands at the foot or head of a page, and no part of a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_DASH = "[-－—–―~～·]"
_OF = r"\s*+[,，/／、]?\s*+(?:共|总)\s*+\d{1,4}\s*+页"
# — 2 — and - 2 -; 第3页; 第 2 页 共 3 页, with the title of the list before it. An answer may be “第3页”.
_NUMBER = re.compile(rf"\s*+{_DASH}{{1,3}}\s*+\d{{1,4}}\s*+{_DASH}{{1,3}}\s*+")
_PAGE = re.compile(rf"\s*+第\s*+\d{{1,4}}\s*+页(?:{_OF})?+\s*+")
_RUNNING = re.compile(rf"\s*+(?![\dA-ZＡ-Ｚa-z（(【\[]).{{1,40}}?\s第\s*+\d{{1,4}}\s*+页{_OF}\s*+")
_OFTEN = 3
# No sentence, no number, no option and no gap; the second is also called what a paper is called.
_TITLE = re.compile(
    r"(?![\d(（【\[#*|]|第\s*\d|[A-Za-zＡ-Ｚ]\s*[.．、:：])[^。？?！!；;：:，,_＿|]{4,40}(?<![)）])"
)
_PAPER = re.compile(r".{3,}(?:[测考]试题?|(?:练习|竞赛|复习|模拟|知识|试)题|题库|[试考]卷|竞赛|测验)\Z")
_BARE_NUMBER = re.compile(r"\s*+\d{1,4}\s*+")
_ENDS_LABEL = re.compile(r"[:：】\]]\s*\Z")


def running_titles(lines: Sequence[str]) -> frozenset[str]:
    """The titles of a list that stand at the head of its pages too: its first line, if that comes again, and
    what is called a paper and comes three times."""
    texts = [line.strip() for line in lines if line.strip()]
    counts = Counter(texts)
    first = texts[0] if texts else ""
    is_first = counts[first] > 1 and bool(_TITLE.fullmatch(first))
    often = (
        text
        for text, count in counts.items()
        if count >= _OFTEN and _PAPER.match(text) and _TITLE.fullmatch(text)
    )
    return frozenset([*([first] if is_first else []), *often])


def is_furniture(line: str, before: str, around: Sequence[str], titles: frozenset[str]) -> bool:
    """Whether the line is page furniture: a page number, or one of the titles, or a bare number beside one.

    `before` is the last line with text, `around` the lines right above and below."""
    if _NUMBER.fullmatch(line) or _RUNNING.fullmatch(line):
        return True
    if _ENDS_LABEL.search(before):
        return False  # below a label that nothing stands behind, it is the answer
    is_beside_title = any(other.strip() in titles for other in around)
    is_number = _PAGE.fullmatch(line) or (is_beside_title and _BARE_NUMBER.fullmatch(line))
    return bool(is_number) or line.strip() in titles

"""The words of a paragraph in display type (larger, bold, black) -> is it a heading, and of which depth."""

from __future__ import annotations

import re

LONGEST_HEADING = 60  # characters
DEEPEST = 6

_ENDS_SENTENCE = re.compile(r"[。；，;,！？…：:、]$|。")
_CALLS_OUT = re.compile(r"^[^。；;]{4,}(?:[！？]|…{1,2})$")
_CAPTION = re.compile(r"[图表]\s*[\d一二三四五六七八九十]+[\s:：.、\-—]")  # of a table: no section begins
_NAME_OR_DATE = re.compile(
    r"[\u4e00-\u9fff·\s]{1,4}|[（(].*[)）]|[\d年月日.\-/\s]+"
)  # 习近平; （2022年10月16日）
_PREFACE = re.compile(
    r"前\s*言|引\s*言|序\s*言|总\s*则|附\s*则|分\s*则|结\s*语|结束语|导\s*语|绪\s*论|附\s*录"
)

# Numbers before a heading, by depth. Documents go 一、（一）1. (1); regulations 编 章 节.
_NUMBERED: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"第[一二三四五六七八九十百\d]+[编篇部]"), 1),
    (re.compile(r"第[一二三四五六七八九十百\d]+章|[一二三四五六七八九十]+[、．.]"), 2),
    (re.compile(r"第[一二三四五六七八九十百\d]+节|[（(][一二三四五六七八九十]+[)）]"), 3),
    (re.compile(r"\d+[、．.](?!\d)"), 4),
    (re.compile(r"[（(]\d+[)）]|[①-⑳]"), 5),
)


def is_heading(text: str) -> bool:
    """Can `text`, set in display type, be a heading? Bold sentences, names and dates are none."""
    if len(text) > LONGEST_HEADING or _ENDS_SENTENCE.search(text) or _CAPTION.match(text):
        return False
    return bool(_PREFACE.fullmatch(text)) or not _NAME_OR_DATE.fullmatch(text)


def is_headline(text: str) -> bool:
    """Can `text`, set over columns in type far larger than theirs, be an article's title? It may ask or
    call out; what is numbered is a part of something."""
    called = is_heading(text) or (len(text) <= LONGEST_HEADING and _CALLS_OUT.search(text) is not None)
    return called and not any(pattern.match(text) for pattern, _ in _NUMBERED)


def level(text: str, larger_sizes: int) -> int:
    """The level of a heading, 1–6: by the sizes of type above its own, and at least by its number."""
    numbered = next((depth for pattern, depth in _NUMBERED if pattern.match(text)), 1)
    return min(DEEPEST, max(numbered, larger_sizes + 1))

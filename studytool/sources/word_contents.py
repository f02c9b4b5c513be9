"""Word's paragraphs -> which are a table of contents: by the field Word makes it with, by style, by look.

Its lines are the text's own headings once more; left in, they take the place of the first headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from studytool.sources.word_styles import W

_TITLE = re.compile(r"目\s*[录次]")
# 第一节　发展环境 ⇥ 4, 第一节……4
_ENTRY = re.compile(r".*?(?:\t|[.．·…‥]{3,}|…)\s*[-—–(（]?\s*\d{1,4}\s*[-—–)）]?", re.DOTALL)
_INSTRUCTION = re.compile(r"\s*TOC\b", re.IGNORECASE)
FEWEST = 2  # entries typed by hand
LONGEST = 200  # characters of one


class Fields:
    """The fields that are open while a text is walked through."""

    def __init__(self, body: Any) -> None:
        kinds = [one.get(W + "fldCharType") for one in body.iter(W + "fldChar")]
        self._are_closed = kinds.count("begin") == kinds.count("end")  # else one would swallow the text
        self._open: list[str] = []

    def meet(self, run: Any) -> None:
        """Takes in what a run says of fields."""
        for child in run:
            if child.tag == W + "fldChar":
                self._turn(child.get(W + "fldCharType"))
            elif child.tag == W + "instrText" and self._open:
                self._open[-1] += child.text or ""

    def _turn(self, kind: str | None) -> None:
        if kind == "begin":
            self._open.append("")
        elif kind == "end" and self._open:
            self._open.pop()

    @property
    def in_contents(self) -> bool:
        return self._are_closed and any(_INSTRUCTION.match(field) for field in self._open)


def is_contents(control: Any) -> bool:
    """Is it the content control, or the simple field, that Word sets a table of contents in?"""
    if control.tag == W + "fldSimple":
        return _INSTRUCTION.match(control.get(W + "instr") or "") is not None
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery") if control.tag == W + "sdt" else None
    return gallery is not None and gallery.get(W + "val") == "Table of Contents"


def listed(texts: Sequence[str | None]) -> frozenset[int]:
    """Which of the paragraphs are a title 目录 and what is listed below it; None: a line known as listed."""
    found: set[int] = set()
    for at, text in enumerate(texts):
        if text is None or not _TITLE.fullmatch(text.strip()):
            continue
        end = at + 1
        while end < len(texts) and _is_entry(texts[end]):
            end += 1
        if end - at > FEWEST or None in texts[at + 1 : end]:
            found.update(range(at, end))
    return frozenset(found)


def _is_entry(text: str | None) -> bool:
    return text is None or (len(text) <= LONGEST and _ENTRY.fullmatch(text) is not None)

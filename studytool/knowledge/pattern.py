"""Words -> the part of a regular expression that matches any of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

PROVISION = "第[一二三四五六七八九十百零〇]+条"  # the number of a provision
MARKS = "，。；：！？、“”《》（）"  # what a phrase cannot contain


def one_of(words: str | Iterable[str]) -> str:
    """Any of the words, the longest first, so that 中央军委 is not taken for 中央."""
    listed = words.split() if isinstance(words, str) else words
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(listed), key=lambda w: (-len(w), w))) + ")"

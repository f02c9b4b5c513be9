"""Text -> the form in which two texts are compared: width, white space and quotation marks do not count."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

_QUOTES = str.maketrans(dict.fromkeys("“”‘’\"'「」『』《》〈〉") | {"—": "-", "–": "-", "～": "~"})
_SPACE = re.compile(r"\s+")
# 据……，周国富：浙江是一个……: what somebody says who was asked; and 区域协调：发挥……, the name of a point.
LABEL = re.compile("^[\u4e00-\u9fff、]{2,8}(?<!目标)(?<!指标)(?<![是为如括下出调求说示])：(?!____)")
SPLIT_FIGURE = re.compile(r"\d\s+\d")  # 2 6.5%, 20 15年: one figure that a line cut in two, or two columns


@lru_cache(maxsize=1 << 16)
def normal(text: str) -> str:
    """`text` in normal form."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text).translate(_QUOTES))


def digest(*parts: str, size: int = 12) -> str:
    """A short stable hash of `parts`."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:size]


def pick(count: int, *parts: str) -> int:
    """A number below `count` that looks random but always comes out the same for `parts`."""
    return int(digest(*parts, size=8), 16) % count


def pairs(text: str) -> frozenset[str]:
    """The neighbouring pairs of Chinese characters in `text`: what it is about, without its figures."""
    plain = re.sub(r"[^\u4e00-\u9fff]", "", normal(text))
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def overlap(one: str, other: str) -> float:
    """The share of character pairs the shorter of two texts has in common with the other (0–1)."""
    left, right = pairs(one), pairs(other)
    return len(left & right) / max(1, min(len(left), len(right)))

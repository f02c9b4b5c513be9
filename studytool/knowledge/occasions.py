"""Reading -> how many times something was done, told in words: 先后五次视察天津, 共召开了十次会议.

One or two times is said of anything; from three on somebody has counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.finding import Finding
from studytool.knowledge.reading import Reading
from studytool.model import KnowledgeKind, Span

_COUNTED = re.compile(
    r"(?:先后|总共|一共|(?<![中公])共(?![产青同和])|累计|连续)[^，。；：、\d第]{0,6}?了?"
    r"(?P<times>(?:[三四五六七八九]|[二三四五六七八九]?十[一二三四五六七八九]?)次)(?P<what>[^，。；：□]{2,20})"
)


def occasions(reading: Reading) -> Iterator[Finding]:
    """The numbers of times, with what was done."""
    for match in _COUNTED.finditer(reading.plain):
        span = Span(*match.span("times"))
        if not reading.undated(span):
            yield Finding(KnowledgeKind.FIGURE, (span,), 0.55, Span(*match.span("what")))

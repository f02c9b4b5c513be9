"""Reading -> the words a regulation gives a meaning of its own: 本条例所称主动交代，是指……

The word is asked, by all that the regulation says it means: that is said once, and of nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.finding import Finding, Setting
from studytool.knowledge.pattern import PROVISION, one_of
from studytool.knowledge.reading import Reading
from studytool.model import KnowledgeKind, Span

_MEANS = re.compile(
    rf"(?:^(?:{PROVISION}\s*)?|(?<=[；：。])(?:（[一二三四五六七八九十]+）)?)"
    r"(?:本(?:条例|法|规定|办法|准则|规则|细则|章程|决定)(?:中?所称的?|中的?))?"
    r"“?(?P<what>[^，。；：“”（）《》的]{2,12})”?，?是指(?P<meaning>[^。；]{12,})(?=[。；]|$)"
)
_NO_WORD = re.compile(
    "^" + one_of("本 其 该 此 这 前款 上述 所称 所谓 第 一 主要") + "|" + one_of("下列 以下 前款")
)
# What it means stands somewhere else, or is only counted up.
_ELSEWHERE = re.compile(one_of("下列 以下 如下 上述 前款 前条 前项 规定的人员") + f"|{PROVISION}|等$")


def statutory(reading: Reading, setting: Setting) -> Iterator[Finding]:
    """The words whose meaning the sentence lays down; the cue is the meaning."""
    if reading.sentence.article.id not in setting.regulating:
        return
    for match in _MEANS.finditer(reading.text):
        what, meaning = Span(*match.span("what")), Span(*match.span("meaning"))
        if _NO_WORD.search(match["what"]) or _ELSEWHERE.search(match["meaning"]):
            continue
        if reading.whole(what) and not _tells(match["meaning"], match["what"]):
            yield Finding(KnowledgeKind.DEFINITION, (what,), 0.7, meaning)


def _tells(meaning: str, word: str) -> bool:
    """加重处分，是指……加重一档给予处分: who reads what it means has read how the word begins."""
    return word[:2] in meaning

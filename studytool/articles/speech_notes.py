"""A note below a printed speech -> who held it, and when: ※这是习近平总书记2021年12月6日在……时的讲话。

It goes before the day of the page or the issue that printed the speech: 今年 in it is that of the day it
was held.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from studytool.articles import dates
from studytool.articles.elements import Element, Head, Prose

_NOTE = re.compile(
    r"[（(]?[※＊*]?\s?[（(]?(?:本文|这)(?:是|系)(?P<who>[\u4e00-\u9fff]{2,4}?)(?:总书记|同志|主席|总理)?于?"
    r"(?P<day>\d{4}年\d{1,2}月\d{1,2}日)(?:至(?:\d{1,2}月)?\d{1,2}日)?在[^。]{4,80}?(?:讲话|报告|演讲|致辞|发言)"
    r"(?:的(?:一部分|主要部分|节选|摘要|要点|主要内容))?[。）)]*"
)


def told(head: Head, inside: Sequence[Element]) -> Head:
    """The head, with who held the speech and when, where one paragraph of its text is a note that says so."""
    notes = [m for one in inside if isinstance(one, Prose) and (m := _NOTE.fullmatch(one.text.strip()))]
    if len(notes) != 1:
        return head
    (note,) = notes
    return replace(
        head,
        byline=head.byline or note["who"],
        published_on=dates.find(note["day"]) or head.published_on,
    )

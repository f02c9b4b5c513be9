"""A short line on a page of many pieces -> does another piece begin below it, or a section of the one above?

A page of a newspaper prints its headlines as it prints the headings within an article. What goes on tells of
the people, places and organs that were told of before; another piece tells of others. In doubt it goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from studytool import datelines
from studytool.articles.elements import Element, Head, Note, Prose, Signature
from studytool.articles.looks import Look, Seen
from studytool.words import tagged

PIECES = 3  # that were sent: then it is a page of a newspaper
NEAR = 4  # paragraphs below the line that are looked at
FEWEST = 2  # names below it, of which none was told above
_NAMED = ("ns", "nr", "nt", "nz")
_STEM = 2  # characters by which a name is known again: 贵阳 of 贵阳市
# Named everywhere, and telling nothing of whose the words are.
_EVERYWHERE = frozenset(
    (
        "中国",
        "我国",
        "全国",
        "中共",
        "中央",
        "中共中央",
        "党中央",
        "国务院",
        "新中国",
        "中华",
        "中华人民共和国",
    )
)


def is_page(seen: Sequence[Seen]) -> bool:
    """Do several pieces stand here, each of them sent?"""
    return sum(datelines.is_sent(one.text) for one in seen) >= PIECES


def begin(found: Sequence[Element], lines: Sequence[Seen], below: Sequence[Seen]) -> bool:
    """Does what stands below these lines tell of others than the piece that they stand in? Below a name alone
    it does: he has written what is above it, or what is below."""
    if [one.look for one in lines] == [Look.NAMES]:
        return isinstance(next(reversed(found), None), Prose) and [one.look for one in below[:1]] == [
            Look.PROSE
        ]
    since = list(takewhile(lambda e: not isinstance(e, Note | Signature), reversed(found)))
    head = next((at for at, one in enumerate(since) if isinstance(one, Head)), None)
    if head is None:
        return False
    title = since[head]
    above = [e.text for e in since[:head] if isinstance(e, Prose)]
    told = "".join((*above, (title.title or "") if isinstance(title, Head) else ""))
    text = takewhile(lambda one: one.look in (Look.PROSE, Look.BROKEN), below)
    words = [one.text for one, _ in zip(text, range(NEAR), strict=False)]
    named = _names("，".join((*(one.text for one in lines), *words)))
    return bool(above) and len(named) >= FEWEST and not any(name[:_STEM] in told for name in named)


def _names(text: str) -> set[str]:
    found = {word.text for word in tagged(text) if word.tag in _NAMED and len(word.text) >= _STEM}
    return found - _EVERYWHERE

"""A short line on a page of many pieces -> does another piece begin below it, or a section of the one above?

A page of a newspaper prints its headlines as it prints the headings within an article. What goes on tells of
the people, places and organs that were told of before; another piece tells of others. In doubt it goes on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, takewhile

from studytool import datelines
from studytool.articles import so_far
from studytool.articles.elements import Element, Head, Note, Prose, Signature
from studytool.articles.looks import Look, Seen
from studytool.words import tagged

PIECES = 3  # that were sent: then it is a page of a newspaper
NEAR = 4  # paragraphs below the line that are looked at
FEWEST = 2  # names below it, of which none was told above
_NAMED = ("ns", "nr", "nt", "nz")
_STEM = 2  # characters by which a name is known again: 贵阳 of 贵阳市
# Named everywhere, and telling nothing of whose the words are.
_EVERYWHERE = re.compile("中国|我国|全国|中共|中央|中共中央|党中央|国务院|新中国|中华|中华人民共和国")


def is_page(seen: Sequence[Seen]) -> bool:
    """Do several pieces stand here, each of them sent?"""
    return sum(datelines.is_sent(one.text) for one in seen) >= PIECES


def begin(found: Sequence[Element], lines: Sequence[Seen], below: Sequence[Seen]) -> bool:
    """Does what stands below these lines tell of others than the piece that they stand in?"""
    if [one.look for one in lines] == [Look.NAMES]:
        return _is_alone(found, below)
    told = _told(found)
    text = takewhile(lambda one: one.look in (Look.PROSE, Look.BROKEN), below)
    words = [one.text for one in islice(text, NEAR)]
    named = _names("，".join((*(one.text for one in lines), *words)))
    return told != "" and len(named) >= FEWEST and not any(name[:_STEM] in told for name in named)


def _is_alone(found: Sequence[Element], below: Sequence[Seen]) -> bool:
    """Does a name stand between two paragraphs? He has written what is above it, or what is below."""
    above = isinstance(next(reversed(found), None), Prose)
    return above and [one.look for one in below[:1]] == [Look.PROSE]


def _told(found: Sequence[Element]) -> str:
    """The headline and the text of a piece so far; nothing, where it has no headline, no text yet, or so much
    that it is no piece of a page."""
    texts: list[str] = []
    for one in reversed(found):
        if isinstance(one, Note | Signature) or len(texts) > so_far.LONG:
            return ""
        if isinstance(one, Head):
            return "".join((one.title or "", *texts)) if texts else ""
        if isinstance(one, Prose):
            texts.append(one.text)
    return ""


def _names(text: str) -> set[str]:
    found = {word.text for word in tagged(text) if word.tag in _NAMED and len(word.text) >= _STEM}
    return {name for name in found if not _EVERYWHERE.fullmatch(name)}

"""The elements found so far -> what they say of the line below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, takewhile

from studytool import datelines
from studytool.articles.elements import Element, Head, Hole, Note, Prose, Signature

LONG = 60  # paragraphs: no piece of a page has more
_CLOSING = re.compile(r"！[”★■▲]?$|^(?:全会|大会|会议)?号召|努力奋斗|让我们")


def has_prose(found: Sequence[Element]) -> bool:
    """Is there any text yet?"""
    return any(isinstance(e, Prose) for e in found)


def last(found: Sequence[Element]) -> Element | None:
    """The last of them that is anything."""
    return next((e for e in reversed(found) if not isinstance(e, Hole)), None)


def has_ended(found: Sequence[Element]) -> bool:
    """Has an article ended here, by its mark or who signed it?"""
    one = last(found)
    return isinstance(one, Note | Signature) or (isinstance(one, Prose) and one.ends)


def is_whole(found: Sequence[Element]) -> bool:
    """Does a paragraph end here?"""
    one = last(found)
    return isinstance(one, Prose) and not one.broken


def is_annex(found: Sequence[Element]) -> bool:
    """Does the label of an annex stand right above, which is a note without words?"""
    one = last(found)
    return isinstance(one, Note) and not one.text


def is_closing(found: Sequence[Element]) -> bool:
    """Does what stands above close a speech or an appeal?"""
    one = last(found)
    return isinstance(one, Prose) and bool(_CLOSING.search(one.text))


def has_told(found: Sequence[Element], *, signed: bool) -> bool:
    """Has a piece been told below its headline? One that was sent, or that somebody has signed, or that is
    long; else what stands there may be the summary of the news."""
    since = takewhile(lambda e: not isinstance(e, Head | Note | Signature), reversed(found))
    told = [e for e in islice(since, LONG) if isinstance(e, Prose)]
    return bool(told) and (signed or len(told) == LONG or datelines.is_sent(told[-1].text))

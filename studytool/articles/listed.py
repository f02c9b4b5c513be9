"""Lines that together are a list: who held which office, the verses of a poem, points of two halves.

None of them is a headline or a byline, whatever it looks like by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from studytool.articles import names, seams
from studytool.articles.language import Language
from studytool.articles.looks import LONGEST_TITLE, Look, Seen

_HALVED = re.compile("[，；、][^，；、].*$")
_ALIKE = 0.25  # of its length a line of a list may be longer or shorter than the one above


def placed(seen: Sequence[Seen]) -> list[Seen]:
    """The lines; three such lines together tell who held which office, and none of them who has written."""
    return [
        replace(one, look=Look.PROSE) if one.look is Look.BYLINE and _is_list_of_offices(seen, at) else one
        for at, one in enumerate(seen)
    ]


def _is_list_of_offices(seen: Sequence[Seen], at: int) -> bool:
    near = "".join("y" if names.holds_office(one.text) else "n" for one in seen[max(0, at - 2) : at + 3])
    return "yyy" in near


def with_lists(seen: Sequence[Seen], language: Language) -> list[Seen]:
    """The lines; those of a poem, or of a list of short lines, end with themselves, the last one too."""
    found = list(seen)
    for at, one in enumerate(seen):
        start = _list_start(seen, at)
        below = seen[at + 1 : at + 2]
        goes_on = any(seams.evidence(language, one.text, following.text) >= 0 for following in below)
        if start == at or goes_on:
            continue
        below_text = start > 0 and seen[start - 1].look is Look.PROSE  # else they may be a head
        for index in range(start if below_text else at, at + 1):
            found[index] = replace(seen[index], look=Look.PROSE)
    return found


def _list_start(seen: Sequence[Seen], at: int) -> int:
    """Where the list begins whose last line this seems to be, since it has no end; itself: it is none."""
    start = at
    if seen[at].look is Look.BROKEN and _in_halves(seen[at]):
        while start and seen[start - 1].look is Look.SHORT and _in_halves(seen[start - 1]):
            if abs(len(seen[start - 1].text) - len(seen[at].text)) > _ALIKE * len(seen[at].text):
                break
            start -= 1
    return start


def _in_halves(one: Seen) -> bool:
    """Is it a short line of two halves, and not of a sentence that a comma breaks off?"""
    plain = one.line.level == 0 and len(one.text) <= LONGEST_TITLE and "。" not in one.text
    return plain and _HALVED.search(one.text) is not None

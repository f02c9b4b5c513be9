"""What a person says of a document's articles and joints -> the looks, links and articles it changes.

A joint is named by the words on its two sides, an article by its id or by the title that reading found
for it. The surprising decision: only letters and digits are compared, so that what a person copied from
the screen, from the file or from the printed page all name the same place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from studytool.articles.contents import Front
from studytool.articles.elements import Element, Prose
from studytool.articles.looks import Look, Seen
from studytool.model import Article, ArticleNote, Joint, JointNote

_NO_LETTER = re.compile(r"[\W_]+")
_FEWEST = 2  # letters that name a place
_TOLD = 8  # letters by which a joint is told
_WINDOW = 80  # characters of a line that can be named


def letters(text: str) -> str:
    """The letters and digits of a text, all that is compared."""
    return _NO_LETTER.sub("", text)


def looks(seen: Sequence[Seen], joints: Sequence[JointNote], front: Front) -> list[Seen]:
    """The lines with what a person says of them: the left side of a joint is broken prose, its right side
    is prose, whatever they look like."""
    lefts = [letters(joint.left) for joint in joints if joint.right is not None]
    rights = [letters(joint.right) for joint in joints if joint.right is not None]
    found = list(seen)
    for index, one in enumerate(seen):
        if index in front.dropped or not lefts:
            continue
        if _ends_with(one.text, lefts):
            found[index] = replace(one, look=Look.BROKEN)
        elif _begins_with(one.text, rights) and one.look is not Look.BROKEN:
            found[index] = replace(one, look=Look.PROSE, length=one.length or len(one.line.text))
    return found


def links(elements: Sequence[Element], joints: Sequence[JointNote]) -> dict[int, int | None]:
    """Left element -> the element a person says it goes on in (None: nowhere here)."""
    said: dict[int, int | None] = {}
    for joint in joints:
        left = _only([i for i, e in enumerate(elements) if _is_left(e, joint)])
        if left is not None and joint.right is None:
            said[left] = None
        elif left is not None:
            rights = [letters(joint.right or "")]
            right = _nearest(
                [i for i, e in enumerate(elements) if isinstance(e, Prose) and _begins_with(e.text, rights)],
                left,
            )
            if right is not None:
                said[left] = right
    return said


def _is_left(element: Element, joint: JointNote) -> bool:
    return isinstance(element, Prose) and element.broken and _ends_with(element.text, [letters(joint.left)])


def _only(found: list[int]) -> int | None:
    return found[0] if found else None


def _nearest(found: list[int], left: int) -> int | None:
    return min((i for i in found if i != left), key=lambda i: (abs(i - left), i), default=None)


def _ends_with(text: str, words: Sequence[str]) -> bool:
    tail = letters(text[-_WINDOW:])
    return any(len(word) >= _FEWEST and tail.endswith(word) for word in words)


def _begins_with(text: str, words: Sequence[str]) -> bool:
    head = letters(text[:_WINDOW])
    return any(len(word) >= _FEWEST and head.startswith(word) for word in words)


def is_said(joint: Joint, note: JointNote) -> bool:
    """Is this the joint, made or left open, that the note speaks of?"""
    if not _ends_with(joint.before, [letters(note.left)[-_TOLD:]]):
        return False
    if note.right is None:
        return not joint.made
    return joint.made and _begins_with(joint.after, [letters(note.right)[:_TOLD]])


def corrected(article: Article, notes: Sequence[ArticleNote]) -> Article:
    """The article as a person says it is; its id stays."""
    for note in notes:
        if note.of in (article.id, article.title):
            return replace(
                article,
                title=note.title or article.title,
                byline=note.byline or article.byline,
                issuer=note.issuer or article.issuer,
                published_on=note.published_on or article.published_on,
                genre=note.genre or article.genre,
            )
    return article

"""Drafts of a file -> the same, with the day and the issuer that are told below the text, and those of the
notice before it that issues it (现将《……规划》印发给你们).

The surprising decision: standing behind a notice is not enough, its words must name what it issues. A file
holds many papers, and a wrong day changes what 今年 says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from studytool.articles.contents import letters
from studytool.articles.elements import Element, Head, Prose, Signature
from studytool.articles.paragraphs import Body
from studytool.articles.titles import unwrapped
from studytool.model import Role

Draft = tuple[Head, Body, str | None]

_ISSUES = re.compile(r"印发|转发|公布|发布|下发")
_NAMED = re.compile("《([^《》]{4,60})》")
# What may stand below a signature, and the paper has still ended with it: notes.
_AFTERWORD = re.compile(r"(?:附?注|说明|备注|注释)[\d一二三]?[:：]|[（(\[【]|[①-⑳*＊]")
_NOTICE = 6  # paragraphs, in which a notice names what it issues


def signed(head: Head, inside: Sequence[Element]) -> Head:
    """The head, with who signed below the text and when, where it does not say so itself. Where the text
    goes on, or several have signed, one quoted in it may have."""
    found = [at for at, one in enumerate(inside) if isinstance(one, Signature)]
    if len(found) != 1:
        return head
    behind = [one.text for one in inside[found[0] :] if isinstance(one, Prose)]
    signature = inside[found[0]]
    assert isinstance(signature, Signature)
    if not all(map(_AFTERWORD.match, behind)):
        return head
    named = letters(head.issuer or "")  # of several that sign, the letterhead may name the first
    more = signature.issuer and named in letters(signature.issuer)
    return replace(
        head,
        issuer=signature.issuer if more else head.issuer,
        published_on=head.published_on or signature.published_on,
    )


def dated(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, each annex with the day and the issuer of the notice before it that issues it."""
    return list(accumulate(drafts, lambda before, draft: _dated(draft, before)))


def _dated(draft: Draft, before: Draft) -> Draft:
    head, (notice, body, _) = draft[0], before
    if head.published_on or not (head.title and notice.published_on and _issues(notice, body, head.title)):
        return draft
    day, issuer = notice.published_on, head.issuer or notice.issuer
    return (replace(head, published_on=day, issuer=issuer), *draft[1:])


def _issues(notice: Head, body: Body, title: str) -> bool:
    """Does the notice say of a paper of this title that it is issued?"""
    said = [p.passage.text for p in body.paragraphs if p.role is Role.BODY][:_NOTICE]
    text = "\n".join([notice.title or "", *said])
    wanted = letters(unwrapped(title))
    named = {letters(match) for match in _NAMED.findall(text)}
    return bool(_ISSUES.search(text)) and (wanted in named or f"印发{wanted}" in letters(notice.title or ""))

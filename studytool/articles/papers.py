"""Drafts of a file -> the same, with the day and the issuer that are told below the text, and those of the
notice before it that issues it (现将《……规划》印发给你们).

The surprising decision: a signature is believed only below a paper, and standing behind a notice is not
enough, its words must name what it issues. A text quotes papers, and a wrong day changes what 今年 says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate

from studytool.articles import organs, titles
from studytool.articles.contents import letters
from studytool.articles.elements import Element, Head, Heading, Prose, Signature
from studytool.articles.paragraphs import Body
from studytool.model import Role

Draft = tuple[Head, Body, str | None]

_ISSUES = re.compile(r"印发|转发|公布|发布|下发")
_NAMED = re.compile("《([^《》]{4,60})》")
# What may stand below a signature, and the paper has still ended with it: notes.
_AFTERWORD = re.compile(r"(?:附?注|说明|备注|注释)[\d一二三]?[:：]|[（(\[【]|[①-⑳*＊]")
_NOTICE = 6  # paragraphs, in which a notice names what it issues

# Titles of what is signed, besides those of `titles.is_paper`.
_SIGNED = re.compile(
    r"(?:倡议书?|公开信|感谢信|[贺慰]问?[信电]|唁电|声明|讲话|致辞|贺词|发言|命令|令|布告|指示|训令|制度|守则|规则|章程|预案"
    r"|措施|说明|公示|简报)(?:（.{1,30}）)?$|^[致给].{2,40}信$"
)
# Who tells of a paper names it as well: 一份尘封的命令.
_TOLD = re.compile(r"一[份封纸张道则个]|背后|[里中]的|尘封|泛黄|珍[贵藏]|重[温读]|难忘|永远的|诞生")
_ADDRESSED = re.compile("(?P<first>[^。？！，、：]{2,40})(?:[，、][^。？！：]{2,120})?：")
# What opens the words of another, to the end of its paragraph.
_QUOTED = (
    "全文|原文|电文|信文|来信|回信|复信|书信|电报|嘉奖令|布告|文告|公告|命令|训令|题词|遗书|家书|内容|正文"
)
_QUOTES = re.compile(
    rf"(?:{_QUOTED})[^。，；：]{{0,8}}如下[。：:]?$|(?:全文|原文|电文|信文)(?:[是为]|附后)?[：:]$|[写说]道[：:。]$"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_SENTENCE = re.compile("[^。；！？]+")
# A paper plans for later years, and tells of none; so far ahead it does not plan.
_PLANS = re.compile(
    r"[到至—－-](?:19|20)\d\d|年[底前末起]|[月日][底前末起]|将|要|计划|目标|力争|规划|预计|届时|为期|年度"
)
_AHEAD = 20  # years
_PUT_UP = 31  # days after it was printed


def signed(head: Head, inside: Sequence[Element], named: str) -> Head:
    """The head, with who signed below the text and when, where it does not say so itself; `named`: what
    else the file is called. Where the text goes on, several have signed, or the text is no paper, one
    quoted in it may have."""
    head = _printed(head, inside)
    found = [one for one in inside if isinstance(one, Signature) and not one.printed]
    texts = [one.text for one in inside if isinstance(one, Prose)]
    headed = [one.text for one in inside if isinstance(one, Heading)]
    if len(found) != 1 or not _is_paper(head, texts, named) or _quotes(texts + headed):
        return head
    (signature,) = found
    behind = [one.text for one in inside[inside.index(signature) :] if isinstance(one, Prose)]
    if not all(map(_AFTERWORD.match, behind)) or _contradicted(signature.published_on, texts):
        return head
    name = letters(head.issuer or "")  # of several that sign, the letterhead may name the first
    more = signature.issuer and name in letters(signature.issuer)
    return replace(
        head,
        issuer=signature.issuer if more else head.issuer,
        published_on=head.published_on or signature.published_on,
    )


def _printed(head: Head, inside: Sequence[Element]) -> Head:
    """The head, with the day of the newspaper that is named once and below all of the text: a page may tell
    of itself that it was put up some days later."""
    found = [one for one in inside if isinstance(one, Signature) and one.printed]
    if len(found) != 1 or any(isinstance(one, Prose) for one in inside[inside.index(found[0]) :]):
        return head
    put_up, printed = head.published_on, found[0].published_on
    if printed is None or (put_up and not 0 <= (put_up - printed).days <= _PUT_UP):
        return head
    return replace(head, published_on=printed)


def _is_paper(head: Head, texts: Sequence[str], named: str) -> bool:
    """Is the text one that is signed: by its title, or since it says first whom it is for?"""
    called = [titles.unwrapped(words) for words in (head.title or named, head.subtitle) if words]
    if any(map(_names_paper, called)):
        return True
    to = _ADDRESSED.fullmatch(texts[0]) if texts else None
    return to is not None and (to["first"].startswith("各") or organs.signed(to["first"]) is not None)


def _names_paper(title: str) -> bool:
    told = "关于" not in title and not title.startswith(("致", "给")) and _TOLD.search(title)
    return not told and (titles.is_paper(title) or _SIGNED.search(title) is not None)


def _quotes(texts: Sequence[str]) -> bool:
    """Does the text introduce the words of another, or open a quotation without its end?"""
    return any(map(_QUOTES.search, texts)) or sum(one.count("“") - one.count("”") for one in texts) > 0


def _contradicted(day: date | None, texts: Sequence[str]) -> bool:
    """Does the text tell of a year after this day?"""
    if day is None:
        return False
    later = (
        (year - day.year, sentence)
        for text in texts
        for sentence in _SENTENCE.findall(text)
        for year in map(int, _YEAR.findall(sentence))
        if year > day.year
    )
    return any(ahead > _AHEAD or not _PLANS.search(sentence) for ahead, sentence in later)


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
    wanted = letters(titles.unwrapped(title))
    named = {letters(match) for match in _NAMED.findall(text)}
    return bool(_ISSUES.search(text)) and (wanted in named or f"印发{wanted}" in letters(notice.title or ""))

"""Gates on what is cited before a stem: do the title, or the years given, tell the answer?"""

from __future__ import annotations

import re

from studytool.items import citations, dates
from studytool.items.context import Context
from studytool.items.drafts import BLANKED, Draft
from studytool.items.forms import normal
from studytool.model import ItemKind, KnowledgeKind

SHARED = 4  # characters in common with the title cited that tell the answer
_DIGIT = re.compile(r"\d")
_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
_YEAR = re.compile(r"\d{4}年|[〇零一二三四五六七八九]{4}年")


def told(draft: Draft, _context: Context) -> bool:
    """The title cited shares half the key, or the years given let the anniversary be reckoned."""
    if draft.knowledge.kind is KnowledgeKind.DATE and any(
        tells(draft) for tells in (_day_named, _reckoned, _of_the_year_reported, _weekday_given)
    ):
        return True
    if draft.kind not in BLANKED:
        return False
    if draft.knowledge.kind is KnowledgeKind.FIGURE and (_headline(draft) or _foreseen(draft)):
        return True
    if draft.knowledge.kind is KnowledgeKind.PLACE and any(_of_its_title(key, draft) for key in draft.key):
        return True
    if any(key.endswith(("周年", "届")) for key in draft.key) and _YEAR.search(draft.said):
        return True
    return (draft.kind is ItemKind.CLOZE and shared_with_title(draft)) or _is_its_matter(draft)


_PAPER = re.compile("(?:决定|意见|通知|办法|方案|措施|规定|规划|纲要|计划|条例)(?:（[^（）]*）)?$")


def _is_its_matter(draft: Draft) -> bool:
    """“____”改革, of the decision on that reform: cited, it tells the answer; without it, which reform?"""
    title = draft.knowledge.sentence.article.title or ""
    return _PAPER.search(title) is not None and any(len(key) >= SHARED and key in title for key in draft.key)


LONGEST_NAME = 10  # characters of a title with which a sentence may begin by chance


def read_out(draft: Draft, _context: Context) -> bool:
    """Does the sentence begin with the headline of its own piece, which was read out with it?"""
    article, text = draft.knowledge.sentence.article, draft.knowledge.sentence.text
    title = article.title or ""
    return len(title) > LONGEST_NAME and not citations.is_norm(article) and text.startswith(title)


_LEVEL = re.compile("(?:省|市|自治区|区|县|州)$")


def _of_its_title(place: str, draft: Draft) -> bool:
    """落户____, in the report of 河北省: where else? And without its title, in many a province."""
    bare, article = _LEVEL.sub("", place), draft.knowledge.sentence.article
    where = draft.frame.anchor + (article.title if citations.is_report(article) else "")
    return len(bare) > 1 and bare in where


_FIRST = re.compile("(?:稳居|领跑|蝉联|雄踞|独占)[^，。；]{0,6}____")


def _foreseen(draft: Draft) -> bool:
    """庆祝成立____: who knows the year can reckon it; “稳居____”: nobody keeps the fourth place so."""
    return draft.key[0].endswith("周年") or _FIRST.search(draft.said) is not None


def _headline(draft: Draft) -> bool:
    """Does the title cited say the figure roundly: 突破7万亿元, of 7.62万亿元?"""
    unit = re.sub(r"[\d.,]", "", draft.key[0])
    return len(unit) > 1 and re.search(rf"\d{re.escape(unit)}", draft.frame.anchor) is not None


def _reckoned(draft: Draft) -> bool:
    """Beside “八十周年” three of four years are wrong for who can reckon; alone the year has to be known."""
    return "周年" in draft.stem and draft.kind is not ItemKind.CLOZE


_REPORTED = re.compile(r"(?P<year>\d{4})年(?:《[^》]*|[^《》]*)工作报告》")


def _of_the_year_reported(draft: Draft) -> bool:
    """2011年, of the report of 2012: it tells of the year before."""
    report = _REPORTED.search(draft.frame.anchor)
    own = re.fullmatch(r"(\d{4})年", draft.key[0])
    return report is not None and own is not None and 0 <= int(report["year"]) - int(own[1]) <= 1


_WEEKDAY = re.compile("____（(?:周|星期)[一二三四五六日天]")


def _weekday_given(draft: Draft) -> bool:
    """“2025年____（周六）上班”: of four days one is a Saturday."""
    return draft.kind is not ItemKind.CLOZE and _WEEKDAY.search(draft.stem) is not None


def _day_named(draft: Draft) -> bool:
    """“五卅惨案”, on the 30th of May; or what a page tells of the day that it is called after."""
    days = {day for value in draft.knowledge.values for day in _DAY.findall(value)}
    return any(dates.is_named(day, draft.stem) for day in draft.knowledge.values) or any(
        day in draft.frame.anchor for day in days
    )


def shared_with_title(draft: Draft) -> bool:
    """Does the title cited say a part of the key which not every option has?"""
    return any(_shares(normal(key), draft) for key in draft.key if not _DIGIT.search(key))


def _shares(key: str, draft: Draft) -> bool:
    cited = normal(draft.frame.anchor)
    pieces = (key[at : at + SHARED] for at in range(len(key) - SHARED + 1))
    return any(p in cited and not (draft.options and all(p in o for o in draft.options)) for p in pieces)

"""A sentence of a report or a plan -> the part it stands in, which tells of what time it speaks.

Of a part that is told of two times (2025年和“十四五”时期工作回顾) the surprising decision: its sentences are
of the year from one that opens a paragraph with it (一年来，……) up to the first that tells of the five years.
"""

from __future__ import annotations

import re

from studytool.items.context import Context
from studytool.items.forms import SPLIT_FIGURE
from studytool.model import Article, Sentence

LONGEST_PART = 20
_REPORT = re.compile(r"报告(?:[（(][^（）()]*[）)])?$")
_PROPOSED = re.compile("五年规划的建议$")
OUTLINE = re.compile("五”(?:计划|规划)|五年(?:计划|规划)|纲要$")
_TOLD_PART = re.compile(r"^[^，。]{0,14}(?:完成情况|执行情况|回顾|总结|成就|安排|任务|目标|打算|建议|重点)$")
_TOP = re.compile(r"^[一二三四五六七八九十]+、")
_OF_A_TIME = re.compile(
    r"\d{4}年|“[一二三四五六七八九十]+五”|[过去今后未来]{2}[一二三四五六七八九十]*年|[五5]年|以来"
)

AIMS = "主要目标"
_AIMS_FOLLOW = re.compile("(?:主要|预期|发展|奋斗)目标(?:[。：]|[是为有]|如下)")
_AIMS_REACHED = re.compile("完成|实现了|提前|超额")  # those of the plan before
_AN_AIM = ("——", "--", "—")


def is_aim(sentence: Sentence, context: Context) -> bool:
    """Does a plan tell it under its aims, dash by dash: ——高质量发展取得显著成效。……?"""
    article = sentence.article
    if not OUTLINE.search(article.title) and not _PROPOSED.search(article.title):
        return False
    return sentence.paragraph in context.recall(("aims", article.id), lambda: _aims(article, context))


def _aims(article: Article, context: Context) -> frozenset[int]:
    """The paragraphs that tell aims: those with dashes below a sentence that says so."""
    found, telling = set(), False
    for sentence in context.of_article(article.id):
        if sentence.opens:
            telling = telling and sentence.text.startswith(_AN_AIM)
        if _AIMS_FOLLOW.search(sentence.text) and not _AIMS_REACHED.search(sentence.text):
            telling = True
        elif telling:
            found.add(sentence.paragraph)
    return frozenset(found)


def part_of(sentence: Sentence, context: Context) -> str:
    """“十二五”时期的奋斗目标和主要任务: the part of a report that is told of a time; 2025年, where it is told
    of that year and of five, and this sentence of the year."""
    article = sentence.article
    if not _REPORT.search(article.title) and not OUTLINE.search(article.title):
        return ""
    return context.recall(("parts", article.id), lambda: _parts(article, context)).get(sentence.index, "")


def _parts(article: Article, context: Context) -> dict[int, str]:
    parts, current, of_the_year = {}, "", False
    for sentence in context.of_article(article.id):
        section = sentence.section or ""
        if _TOP.match(section) or (_OF_A_TIME.search(section) and _TOLD_PART.match(section)):
            current = _TOP.sub("", section)
        year = _year_among_others(current)
        of_the_year = year is not None and _speaks_of(year, sentence, before=of_the_year)
        told = f"{year}年" if of_the_year and not _TO_THEN.search(sentence.text) else current
        parts[sentence.index] = told if _is_citable(told) else ""
    return parts


LOOKS_BACK = re.compile("回顾|完成情况|执行情况|总结|成就")
# 2025年工作和“十四五”发展回顾, “十二五”时期和2015年工作回顾
_TWO_TIMES = re.compile(
    r"(?=.*“[一二三四五六七八九十]+五”|.*五年)(?!.*\d{4}年.*\d{4}年).*?(?P<year>(?:19|20)\d\d)年.*"
)
_THE_YEAR = re.compile(
    r"(?:过去的?一年|一年来)[，里是]|(?:(?:刚刚)?过去的)?(?P<year>\d{4})年(?:，|是|极不平凡)"
)
_FIVE_YEARS = re.compile("[五5]年|“[一二三四五六七八九十]+五”|回[首顾]")
_TO_THEN = re.compile("以来|年[末底]|累计")  # what had come to be by then


def _year_among_others(part: str) -> str | None:
    """The year of a part that looks back on it and on five."""
    match = _TWO_TIMES.fullmatch(part) if LOOKS_BACK.search(part) else None
    return match["year"] if match else None


def _speaks_of(year: str, sentence: Sentence, *, before: bool) -> bool:
    """Does this sentence tell of the year alone? `before`: the one before it did."""
    opens = _THE_YEAR.match(sentence.text) if sentence.opens else None
    if opens is not None:
        return opens["year"] in (None, year)
    return before and _FIVE_YEARS.search(sentence.text) is None


def _is_citable(part: str) -> bool:
    return _OF_A_TIME.search(part) is not None and len(part) <= LONGEST_PART and not SPLIT_FIGURE.search(part)

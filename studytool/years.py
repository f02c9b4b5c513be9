"""The paragraphs of an article, one after another -> the years that are known before each sentence.

A chronicle's heading dates all below it; else a year holds for the paragraph that names it, and for the
section that names no other. The surprising decision: news that leaves its own year out lends no other to
its days.
"""

from __future__ import annotations

import re
from dataclasses import replace

from studytool import datelines, times
from studytool.model import Article, Paragraph, Role, Sentence

# A chronicle's heading: all below it happened in that year, unless another is named. And an entry's label.
_CHRONICLED = re.compile(
    r"(?:民国[\d一二三四五六七八九十]{1,3}年[（(])?((?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3})年[）)]?"
)
# An entry taken for a heading.
_RUNS_ON = re.compile(r"[：:]?\s*(?:\d{1,2}月|是[年月日]|同[月日])|.*[。；]|(?=.*，).{31,}")
_ENTRY = re.compile(
    r"(?:\d{1,2}月)?(?:\d{1,2}日|[上中下]旬|[初底])?(?:[－—～~至到-](?:\d{1,2}月)?(?:\d{1,2}日|[上中下]旬|[初底])?)?"
)
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_OPENING = 3  # paragraphs, in which news says who sent it


class Years:
    """The years named so far, in the paragraph, the section and the article."""

    def __init__(self, article: Article) -> None:
        self.anchor = times.Anchor(
            article.published_on, title_year=_title_year(article), sent=_is_undated_news(article)
        )
        self._sections: dict[str, int | None] = {}
        self._section = ""
        self._named: set[int] = set()  # in the section, so far: what it names later may be another year's
        self._chronicled: int | None = None
        self._since_told = 0  # paragraphs

    def pass_heading(self, text: str) -> None:
        of, words = _CHRONICLED.fullmatch(text.strip()), text.strip()
        if of or not (_ENTRY.fullmatch(words) or (self._chronicled and _RUNS_ON.match(words))):
            self._chronicled = int(of[1].translate(_DIGITS)) if of else None

    def enter(self, paragraph: Paragraph, article: Article) -> None:
        if not self._sections:
            self._sections = _only_years(article)
        self._since_told += 1
        section = paragraph.section or ""
        if section != self._section:
            self._section, self._named = section, set()
            self.pass_heading(section)
        only = self._sections.get(section)
        self.anchor = replace(
            self.anchor,
            paragraph_year=self._chronicled,
            near=self._since_told <= 1,
            section_year=only if only in self._named else None,
        )

    def leave(self, sentence: Sentence) -> None:
        text = sentence.text
        self._named |= times.years_named(text)
        year = times.last_year(text)
        if self._chronicled and year not in (None, self._chronicled):
            year = times.UNSURE  # an entry looks ahead; what follows it may be the next
        told = times.last_told(text, sentence.times)
        issued = self.anchor.published_on
        if told and issued and told[0] == issued.year and year is None:
            self.anchor = replace(self.anchor, current=True)
        if year is not None:
            self.anchor = replace(
                self.anchor, paragraph_year=year, article_year=year or self.anchor.article_year
            )
        if told or year is not None:
            self._since_told = 0
            self.anchor = replace(self.anchor, told=told if told and year in (None, told[0]) else None)


# A report looks back, and plans: of which of the two years a day is, its title does not say.
_REPORTS = re.compile("报告|总结|草案")


def _title_year(article: Article) -> int | None:
    """The year that a paper is about, where it was issued in another: 关于2025年节假日安排的通知, of 2024."""
    found = times.years_named(article.title or "")
    year = next(iter(found)) if len(found) == 1 and not _REPORTS.search(article.title or "") else None
    return None if article.published_on and article.published_on.year == year else year


def _only_years(article: Article) -> dict[str, int | None]:
    """For each section the one year it names, or None where it names none or several."""
    years: dict[str, set[int]] = {"": set()}
    for paragraph in article.paragraphs:
        years.setdefault(paragraph.section or "", set()).update(times.years_named(paragraph.passage.text))
    return {section: next(iter(found)) if len(found) == 1 else None for section, found in years.items()}


def _is_undated_news(article: Article) -> bool:
    """Does it begin as a piece that was sent (新华社北京1月18日电), of which nothing tells the year?"""
    if article.published_on is not None:
        return False
    first = [p.passage.text for p in article.paragraphs if p.role is not Role.HEADING][:_OPENING]
    heads = (article.title, *(p.passage.text for p in article.paragraphs if p.role is Role.HEADING))
    named = any(re.search(r"\d{4}|[〇○零]", one) for one in heads)
    return (datelines.leaves_year_out(first[0]) and not named) or any(map(datelines.is_of_a_day, first))

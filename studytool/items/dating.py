"""What is kept of a sentence -> the time its figures are told of, where the words left out had it."""

from __future__ import annotations

import re

from studytool.items.context import Context
from studytool.model import Sentence, Span, TimeMention

_GROWS = re.compile(r"[由从][^，。；]{1,14}?(?:增|提|升|上升|下降|降|减)[^，。；\d]{0,3}[至到为]")
_YEARS = re.compile(r"\d{4}[—－-]\d{4}年")
_COMPARES = re.compile(r"相比|[比较]\d{4}年")
_ANY_YEAR = re.compile(r"\d{4}年|\d{4}[—－-]")


_OPENS_WITH_TIME = re.compile(
    r"(?:^|(?<=[，。；：]))(?:到|至|截至|截止|自)?\d{4}年(?:[—－-]\d{4}年)?"
    r"(?:\d{1,2}(?:月份?)?[至到—－~～-]\d{1,2}月份?|前?[一二三四]个?季度|第[一二三四]季度|前\d{1,2}个月|\d{1,2}月份?)?"
    r"(?:\d{1,2}日)?(?:年?[底末初]|[上下]半年|以来)?(?![\d前第])"
)


# The heading of an entry of a chronicle: what was done that day, or that year, is told with it.
ENTRY = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?")
_IN_ANOTHER = re.compile("[次翌同][年月日]|[此随][前后]|当[年月日]")


def _of_its_entry(sentence: Sentence, kept: tuple[Span, ...], context: Context) -> str:
    """The day or year of an entry, of the first sentence below it, where that tells no time itself."""
    section = sentence.section or ""
    opens = ENTRY.fullmatch(section) and kept[0].start == 0 and context.opens_section(sentence)
    told = sentence.times or _ANY_YEAR.search(sentence.text) or _IN_ANOTHER.match(sentence.text)
    return section if opens and not told else ""


def time_before(sentence: Sentence, kept: tuple[Span, ...], context: Context) -> tuple[str, Sentence | None]:
    """The day or year of an entry of a chronicle, of its first sentence; else the time figures are told of,
    where it stands before the words kept: in the same sentence, or, of a growth (“2013—2022年，……。与此同时，
    支出由214亿元增长至600亿元”), in one before, which is returned."""
    if entry := _of_its_entry(sentence, kept, context):
        return entry, None
    said = "".join(span.of(sentence.text) for span in kept)
    own = any(time.resolved and any(k.contains(time.span) for k in kept) for time in sentence.times)
    if own or _ANY_YEAR.search(said) or not re.search(r"\d", said):
        return "", None
    trimmed = sentence.text[: kept[0].start]
    if _COMPARES.search(trimmed):
        return "", None  # “与1952年相比，1956年……”: half of the comparison would be lost
    if _ANY_YEAR.search(trimmed):
        *_, last = _ANY_YEAR.finditer(trimmed)
        opening = [m for m in _OPENS_WITH_TIME.finditer(trimmed) if m.end() >= last.end()]
        return (opening[0].group() if opening else ""), None
    time, told = _years_of_growth(sentence, said, context)
    return (time, told) if time else _year_reviewed(sentence, said, context)


def _years_of_growth(sentence: Sentence, said: str, context: Context) -> tuple[str, Sentence | None]:
    if not _GROWS.search(said):
        return "", None
    for other in context.earlier(sentence):
        if other.doubts:
            break
        if found := _ANY_YEAR.search(other.text):
            years = set(_YEARS.findall(other.text))
            sure = len(years) == 1 and _YEARS.match(other.text, found.start()) is not None
            return (years.pop(), other) if sure else ("", None)
    return "", None


# What opens the review of a year: 2025年，面对……; 2025年是“十四五”收官之年; 过去一年，…….
_REVIEW = re.compile(r"(?P<year>\d{4})年(?:，|是|极不平凡)|过去的?一年(?:，|里|是)")
_OTHER_TIMES = re.compile(
    r"\d{4}年|[五5三3四4两]年|五”(?:时期|期间|以来)|以来|累计|连续|今年|目标|预期|力争|将|到\d|比\d"
)


def _year_reviewed(sentence: Sentence, said: str, context: Context) -> tuple[str, Sentence | None]:
    """The year before a report, where its paragraph opens with it and speaks of no other time."""
    article = sentence.article
    if "工作报告" not in article.title or article.published_on is None or _OTHER_TIMES.search(said):
        return "", None
    for other in context.earlier(sentence):
        found = _REVIEW.match(other.text) if other.opens and not other.doubts else None
        year = article.published_on.year - 1
        if found and found["year"] in (None, str(year)):
            rest = other.text[found.end() :]
            return ("", None) if _OTHER_TIMES.search(rest) else (f"{year}年", other)
        if other.doubts or _OTHER_TIMES.search(other.text):
            break
    return "", None


def left_out(mention: TimeMention, text: str) -> str:
    """What the text leaves out of a time: the 2023年 of 5月1日; nothing where it says it in other words."""
    said = mention.span.of(text)
    if mention.resolved is None or not mention.resolved.endswith(said):
        return ""
    return mention.resolved.removesuffix(said)

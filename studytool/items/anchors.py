"""A sentence and what is kept of it -> the words before it that say where it stands: “据《…》，”.

An anchor is added unless the words themselves say who speaks or when it was: a figure without its
document belongs to any year and any city.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from studytool.items import citations, provisions, speeches, topics
from studytool.items.context import Context
from studytool.items.forms import normal
from studytool.items.report_parts import AIMS, LOOKS_BACK, OUTLINE, is_aim, part_of
from studytool.items.scope import REGION, Edit
from studytool.items.subjects import names_something
from studytool.items.topics import home
from studytool.model import Article, Sentence, Span
from studytool.words import beginning_in

HISTORY = 1990  # an undated text that tells of years before is history


class Part(NamedTuple):
    """What an anchor is for: the words `kept` of a sentence. `bare` says that they have no subject of their
    own, `speaker` the assembly named there in place of “全会”, `edits` what is put for words that need their
    place."""

    sentence: Sentence
    kept: tuple[Span, ...]
    bare: bool
    speaker: str | None
    edits: tuple[Edit, ...] = ()

    @property
    def body(self) -> str:
        return "".join(span.of(self.sentence.text) for span in self.kept)

    @property
    def meant(self) -> str:
        """The words kept, and what is put into them."""
        put = (e.text for e in self.edits if any(k.start <= e.span.start <= k.end for k in self.kept))
        return self.body + "".join(put)


_ATTRIBUTED = re.compile(r"(?:指出|强调|提出|认为|要求|明确|规定|表示|号召|决定|宣布|审议通过|印发|发布)")
# Another law that a rule names, by which or against which something is done; it does not speak here.
_BY_LAW = re.compile(r"(?:违反|依照|按照|参照|符合|遵守)[^，。《》]{0,8}《[^《》]+》[^，。；]{0,12}?规定")
_AUTHORITY = re.compile(r"习近平|党中央|国务院|中共中央|全国人大|党的[一二三四五六七八九十]+[届大]|中央军委")
_YEARS = re.compile(r"\d{4}(?=年)")
_YEAR = re.compile(r"\d{4}年|[〇零一二三四五六七八九]{4}年|新中国成立|建党|世纪")
_LASTING = re.compile(r"以来|累计|已(?!经)|截至")  # true on the day of writing, and no longer after it
_COUNTED = re.compile(r"\d|[一二三四五六七八九十][十百千万亿]|[居列排占]|首[个家批位次]|率先|唯一")
_OF_YEAR = re.compile(r"（\d{4}）》$")
_OF_A_DAY = re.compile(r"\d日会议$")  # a meeting that is known by its day


def wanted(frame: Part, context: Context) -> str:
    """The anchor this part of a sentence needs, or nothing."""
    if spoken := speeches.said_at(frame.sentence, context):
        return f"{spoken}，"
    citation = citations.cited(frame.sentence.article, context)
    opening = _BY_LAW.sub("", frame.body)[:40]
    speaks = _ATTRIBUTED.search(opening) and "《" in opening
    speaker = frame.speaker or ""
    known = speaker and (_OF_A_DAY.search(speaker) or speaker in (citation or ""))
    if speaks or citation is None or known:
        return ""
    if _AUTHORITY.search(frame.body) and dispensable(frame, context):
        return ""
    body = frame.body
    norm = citations.is_norm(frame.sentence.article)
    number = provisions.number_of(frame.sentence, context) if norm else provisions.own_number(body)
    source = f"{citations.preposition(frame.sentence.article)}{citation}{number}"
    note = _note(frame, citation, context)
    if _ONE_YEAR.fullmatch(note):
        return f"{source}，{note}，"
    return f"{source}（{note}），" if note else f"{source}，"


def dispensable(frame: Part, context: Context) -> bool:
    """Do the words themselves say whose doings these are, and when, and stay true when the day is over?"""
    sentence, kept, body = frame.sentence, frame.kept, frame.body
    article = sentence.article
    citation = citations.cited(article, context)
    if citation is not None and not citation.endswith("》"):
        return False  # what an office counts is told of its place, and the place of it
    if citations.is_of_another_time(article):
        return False
    if frame.bare or _LASTING.search(body) or _homeless(frame, context) or looks_back(article, context):
        return False
    if any(mention.resolved is None for mention in sentence.times):
        return False  # 明年是……，为2020年……打下基础: said in which year?
    resolved = any(
        mention.resolved and _YEAR.match(mention.resolved) and any(k.contains(mention.span) for k in kept)
        for mention in sentence.times
    )
    words = context.words(sentence)
    dated = resolved or _YEAR.search(body) is not None
    return dated and any(names_something(beginning_in(k, words)) for k in kept)


def gives_away(sentence: Sentence, asked: tuple[Span, ...], dispensable: bool, context: Context) -> bool:
    """Does the citation tell the answer; or, where one can do without it, four characters of the answer?"""
    spoken = speeches.said_at(sentence, context)
    citation = normal(spoken or citations.cited(sentence.article, context) or "")
    keys = [normal(span.of(sentence.text)) for span in asked]
    if any(len(key) >= 2 and key in citation for key in keys):
        return True
    pieces = (key[at : at + 4] for key in keys[:1] for at in range(len(key) - 3))
    return dispensable and any(piece in citation for piece in pieces)


def _homeless(frame: Part, context: Context) -> bool:
    """Is the place left out that the whole article is about?"""
    whose = home(frame.sentence.article, context)
    return whose is not None and whose.bare not in frame.meant and whose.name[:2] not in frame.meant


def located(frame: Part, context: Context) -> Edit | None:
    """The place a figure is of, which the citation does not name, put before what is told of it:
    1957年|天津市|工业总产值达……"""
    article = frame.sentence.article
    if not _COUNTED.search(frame.body) or not _homeless(frame, context) or _names_home(article, context):
        return None
    found = topics.located(frame.sentence, frame.kept, context)
    return Edit(Span(found[0], found[0]), found[1]) if found else None


def _names_home(article: Article, context: Context) -> bool:
    """Does the citation name the place the whole article is about?"""
    whose, citation = home(article, context), citations.cited(article, context) or ""
    return whose is not None and (whose.bare in citation or whose.name[:2] in citation)


# Whose doings these are, the words themselves say.
_OF_A_REGION = re.compile(
    f"{REGION}|[两三四]地|^(?:[^，。]{{0,12}}[年月日]，?)?(?:中共中央|党中央|国务院|党领导)"
)


def _note(frame: Part, citation: str, context: Context) -> str:
    """天津，2024年2月: place and month, where a figure would otherwise have none."""
    article = frame.sentence.article
    aims = AIMS if is_aim(frame.sentence, context) and "目标" not in frame.body else ""
    if not _COUNTED.search(frame.body):
        of_a_day = citations.author(article) or _HEADLINE.search(article.title)
        if of_a_day and (held := _held(frame, citation)):
            return held
        done = _done(frame, context)  # 扎实做好“六稳”工作: in the year reported, and no task of the next
        return aims or done
    whose, cited = home(article, context), _names_home(article, context)
    told = cited or not _homeless(frame, context) or _OF_A_REGION.search(frame.body) is not None
    parts = (
        "" if told or whose is None else whose.name.removesuffix("市"),
        _when(frame, citation, context),
        aims or ("" if _YEAR.search(frame.body) else _untold(part_of(frame.sentence, context), frame)),
    )
    return "，".join(filter(None, parts))


# What took place on a day, and may have on others: 中央城市工作会议在北京举行, 习近平视察…….
_HEADLINE = re.compile(
    "(?:会议?|大会|全会|座谈会|仪式|论坛)(?:在[\u4e00-\u9fff]{2,6})?(?:开幕|闭幕|召开|举行|开班)"
    "|主持召开|召开[^，。]{0,12}会议|发表[^，。]{0,8}讲话|(?:强调|指出)(?:$|[ 　：])|视察|考察|调研|会见|出席"
)


def _held(frame: Part, citation: str) -> str:
    """The month in which a leader has said or written it, or in which it took place."""
    day = frame.sentence.article.published_on
    told = _YEAR.search(frame.body) or _YEAR.search(citation) or _tells_its_day(frame)
    return f"{day.year}年{day.month}月" if day and not told else ""


_ONE_YEAR = re.compile(r"\d{4}年")


def _untold(part: str, frame: Part) -> str:
    """The part of a report, unless it is a year that was put before the words."""
    return "" if _ONE_YEAR.fullmatch(part) and part in frame.meant else part


def _done(frame: Part, context: Context) -> str:
    """The part of a report that tells what has been done, where the words do not say so."""
    report = citations.is_report(frame.sentence.article) and not _YEAR.search(frame.body)
    part = part_of(frame.sentence, context) if report else ""
    return part if LOOKS_BACK.search(part) or _ONE_YEAR.fullmatch(part) else ""


_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


def _tells_its_day(frame: Part) -> bool:
    """Is a day told in the words, its year put in or not?"""
    put = (time for time in frame.sentence.times if time.resolved and _DAY.match(time.resolved))
    told = any(kept.contains(time.span) for time in put for kept in frame.kept)
    return told or _DAY.search(frame.body) is not None


def _when(frame: Part, citation: str, context: Context) -> str:
    """2024年2月, where a figure would otherwise have no time, and nothing says that it has another."""
    article, body = frame.sentence.article, frame.body
    day = article.published_on
    if (
        day is None
        or citations.is_norm(article)
        or OUTLINE.search(article.title)  # what a plan aims at is not of the month it was printed
        or not re.search(r"\d", body)
        or _YEAR.search(citation)
        or _OF_YEAR.search(citation)
    ):
        return ""  # (a regulation is in force whenever it was printed; a year in the citation is enough)
    if _tells_its_day(frame):
        return ""  # (a month beside the day says too much: the day may be what is asked)
    if looks_back(article, context) or (_year_before(frame.sentence, context) or day.year) < day.year:
        return ""
    return f"{day.year}年{day.month}月"


def _year_before(sentence: Sentence, context: Context) -> int | None:
    """The last year its paragraph has named before the sentence: 从2013年至2020年……"""
    years = (_YEARS.findall(other.text) for other in context.earlier(sentence))
    return next((int(found[-1]) for found in years if found), None)


def looks_back(article: Article, context: Context) -> bool:
    """Is the article history? Then the month it appeared in dates nothing."""
    return context.recall(("looks back", article.id), lambda: _mostly_past(article, context))


def _mostly_past(article: Article, context: Context) -> bool:
    years = sorted(int(y) for s in context.of_article(article.id) for y in _YEARS.findall(s.text))
    newest = article.published_on.year - 10 if article.published_on else HISTORY
    return bool(years) and years[len(years) // 2] < newest

"""A sentence and what is kept of it -> the words before it that say where it stands: “据《…》，”.

An anchor is added unless the words themselves say who speaks or when it was: a figure without its
document belongs to any year and any city.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from studytool.items.context import Context
from studytool.items.forms import normal
from studytool.items.scope import Edit, place
from studytool.items.subjects import names_something
from studytool.items.topics import home
from studytool.model import Article, Sentence, Span
from studytool.words import beginning_in, tagged

LONGEST_TITLE, LONGEST_PART = 40, 20
REFORM = 1979  # formulations of papers before it may have been given up since
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


_NORM = re.compile(r"(?:条例|规定|办法|准则|章程|规则|细则|法|守则|宪法)$")
_GENRE = re.compile(
    r"条例|规定|报告|公报|决定|决议|规划|纲要|意见|办法|准则|章程|讲话|通知|方案|白皮书|讲义|纪要|新闻联播"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{2}(?:省|市|区|县|州|旗|港|镇)(?!域)")
_NO_TITLE = re.compile(r"[\n_…。]|^[\x00-\x7f]+$|^\d{4}年，")  # a file name, the beginning of a text
_ASSEMBLY = re.compile(r"(?:会议|全会|代表大会)$")
_BARE_REPORT = re.compile(r"^(?:\d{4}年)?(?:政府)?工作报告$|^(?:公报|决定|决议|通知|报告|意见|讲话)$")
_ANYONES = re.compile(  # 《我市农村经济稳步发展》, 《省委办公厅印发〈通知〉》: of which city, which province?
    r"我[省市区县州]|(?<![\u4e00-\u9fff])[省市区县](?:委|政府|人大|政协|纪委)"
)
_SAID_SO = re.compile("(?<=讲话)(?:时)?(?:强调|指出|要求)$")  # a headline whose other half is another line
_ATTRIBUTED = re.compile(r"(?:指出|强调|提出|认为|要求|明确|规定|表示|号召|决定|宣布|审议通过|印发|发布)")
_AUTHORITY = re.compile(r"习近平|党中央|国务院|中共中央|全国人大|党的[一二三四五六七八九十]+[届大]|中央军委")
_BULLETIN = re.compile(r"据[\u4e00-\u9fff]+\d{4}年数据[，（]")
_YEARS = re.compile(r"\d{4}(?=年)")
_YEAR = re.compile(r"\d{4}年|[〇零一二三四五六七八九]{4}年|新中国成立|建党|世纪")
_NUMBER = re.compile(
    r"^(第[一二三四五六七八九十百千零〇\d]+条)[\s\u3000]*(?![、款和的规至]|第[一二三四五六七八九十\d]+[款项条目])"
)
_LASTING = re.compile(r"以来|累计|已(?!经)|截至")  # true on the day of writing, and no longer after it
_COUNTED = re.compile(r"\d|[居列排占]|首[个家批位次]|率先|唯一")
_COUNTS = re.compile(r"统计|局$|厅$|办$|调查队$")
_TAIL = re.compile(r"[（(][^（）()]*[）)]$")


def cited(article: Article, context: Context) -> str | None:
    """《title》, with its issuer or city where the title alone would name any city's report."""
    return context.recall(("cited", article.id), lambda: _cited(article, context))


def _cited(article: Article, context: Context) -> str | None:
    title = _SAID_SO.sub("", _TAIL.sub("", article.title or "").strip())
    if not 4 <= len(title) <= LONGEST_TITLE or _NO_TITLE.search(title):
        return _bulletin(article, context)
    if _ASSEMBLY.search(title):
        return None  # a meeting is no document
    inner = title.replace("《", "〈").replace("》", "〉")
    if not (_BARE_REPORT.match(title) or _ANYONES.search(title)):
        return f"《{inner}》"
    whose = article.issuer or place(article, "市", context)
    year = f"{article.published_on.year}年" if article.published_on and not _YEARS.search(title) else ""
    return f"{whose}{year}《{inner}》" if whose else None


def is_untitled(article: Article, context: Context) -> bool:
    """Has the article no title to be cited by? (《我市……》 is one, of a city nobody knows.)"""
    return cited(article, context) is None and _ANYONES.search(article.title or "") is None


def _bulletin(article: Article, context: Context) -> str | None:
    """“黔东南州统计局2023年数据”: what an office counted in a year, where the paper has no heading."""
    own = context.of_article(article.id)
    told = re.match(r"\d{4}年", article.title) or (re.match(r"\d{4}年", own[0].text) if own else None)
    if not told or not article.issuer or not _COUNTS.search(article.issuer):
        return None
    counted = sum(re.search(r"\d", sentence.text) is not None for sentence in own)
    return f"{article.issuer.replace(' ', '、')}{told.group()}数据" if counted >= 0.6 * len(own) else None


def names_subject(article: Article) -> bool:
    """Does the citation tell a stranger whose doings the text is about?"""
    text = (
        f"{article.issuer or ''}{article.title}" if _BARE_REPORT.match(article.title or "") else article.title
    )
    if not text:
        return False
    return bool(_GENRE.search(text) or _PLACE.search(text)) or any(
        word.tag in ("ns", "nt") for word in tagged(text)
    )


def is_norm(article: Article) -> bool:
    """Is the article a regulation, of which no half may be told?"""
    return _NORM.search(_TAIL.sub("", article.title or "")) is not None


def is_bulletin(anchor: str) -> bool:
    """Does `anchor` cite the figures of an office for a year, in place of a title?"""
    return _BULLETIN.match(anchor) is not None


def is_report(article: Article) -> bool:
    """Is the article a report, plan or communiqué, whose title says of whom and of which year?"""
    return _GENRE.search(article.title or "") is not None and names_subject(article)


def wanted(frame: Part, context: Context) -> str:
    """The anchor this part of a sentence needs, or nothing."""
    citation = cited(frame.sentence.article, context)
    speaks = _ATTRIBUTED.search(frame.body[:40]) and "《" in frame.body[:40]
    if speaks or citation is None or (frame.speaker and frame.speaker in citation):
        return ""
    if _AUTHORITY.search(frame.body) and dispensable(frame, context):
        return ""
    body = frame.body
    number = found[1] if (found := _NUMBER.match(body)) else ""
    return f"{_preposition(frame.sentence.article)}{citation}{number}{_note(frame, citation, context)}，"


def dispensable(frame: Part, context: Context) -> bool:
    """Do the words themselves say whose doings these are, and when, and stay true when the day is over?"""
    sentence, kept, body = frame.sentence, frame.kept, frame.body
    article = sentence.article
    citation = cited(sentence.article, context)
    if citation is not None and not citation.endswith("》"):
        return False  # what an office counts is told of its place, and the place of it
    if article.published_on and article.published_on.year < REFORM:
        return False  # what was said then is told as said then
    if (
        frame.bare
        or _LASTING.search(body)
        or _homeless(frame, context)
        or looks_back(sentence.article, context)
    ):
        return False
    resolved = any(
        mention.resolved and _YEAR.match(mention.resolved) and any(k.contains(mention.span) for k in kept)
        for mention in sentence.times
    )
    words = context.words(sentence)
    dated = resolved or _YEAR.search(body) is not None
    return dated and any(names_something(beginning_in(k, words)) for k in kept)


def numbered(text: str) -> int:
    """How many characters of `text` are the number of an article, which an anchor takes over."""
    match = _NUMBER.match(text)
    return match.end() if match else 0


def gives_away(sentence: Sentence, asked: tuple[Span, ...], dispensable: bool, context: Context) -> bool:
    """Does the citation tell the answer; or, where one can do without it, four characters of the answer?"""
    citation = normal(cited(sentence.article, context) or "")
    keys = [normal(span.of(sentence.text)) for span in asked]
    if any(len(key) >= 2 and key in citation for key in keys):
        return True
    pieces = (key[at : at + 4] for key in keys[:1] for at in range(len(key) - 3))
    return dispensable and any(piece in citation for piece in pieces)


def _preposition(article: Article) -> str:
    return "根据" if _NORM.search(_TAIL.sub("", article.title)) else "据"


def names(article: Article, subject: str, context: Context) -> bool:
    """Does the citation already say whose doings these are?"""
    citation = cited(article, context) or ""
    return _GENRE.search(citation) is not None and subject.removesuffix("市") in citation


def _homeless(frame: Part, context: Context) -> bool:
    """Is the place left out that the whole article is about?"""
    whose = home(frame.sentence.article, context)
    return whose is not None and whose.bare not in frame.meant and whose.name[:2] not in frame.meant


def _note(frame: Part, citation: str, context: Context) -> str:
    """（天津，2024年2月）: place and month, where a figure would otherwise have none."""
    article = frame.sentence.article
    if not _COUNTED.search(frame.body):
        return ""
    whose = home(article, context)
    told = (
        whose is None or not _homeless(frame, context) or whose.bare in citation or whose.name[:2] in citation
    )
    parts = (
        "" if told or whose is None else whose.name.removesuffix("市"),
        _when(frame, citation, context),
        "" if _YEAR.search(frame.body) else part_of(frame.sentence, context),
    )
    note = "，".join(filter(None, parts))
    return f"（{note}）" if note else ""


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
    if day is None or is_norm(article) or not re.search(r"\d", body) or _YEAR.search(citation):
        return ""  # (a regulation is in force, whenever it was printed)
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


_TOP = re.compile(r"^[一二三四五六七八九十]+、")
_OF_A_TIME = re.compile(
    r"\d{4}年|“[一二三四五六七八九十]+五”|[过去今后未来]{2}[一二三四五六七八九十]*年|以来"
)


def part_of(sentence: Sentence, context: Context) -> str:
    """“十二五”时期的奋斗目标和主要任务: the part of a report that is told of a time."""
    article = sentence.article
    if not article.title.endswith("报告"):
        return ""
    return context.recall(("parts", article.id), lambda: _parts(article, context)).get(sentence.index, "")


def _parts(article: Article, context: Context) -> dict[int, str]:
    parts, current = {}, ""
    for sentence in context.of_article(article.id):
        if sentence.section and _TOP.match(sentence.section):
            current = _TOP.sub("", sentence.section)
        parts[sentence.index] = current if _OF_A_TIME.search(current) and len(current) <= LONGEST_PART else ""
    return parts

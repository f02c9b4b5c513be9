"""Reading order -> Articles: each draft's body with the article's data.

The surprising decision: what the text says of one article (its own date, issuer, genre) goes before
what is known of the whole file, unless the file is a single article.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date

from studytool import datelines
from studytool.articles import (
    addresses,
    columns,
    corrections,
    dates,
    layout,
    news,
    organs,
    papers,
    quotation_pages,
    speech_notes,
    strays,
    titles,
)
from studytool.articles.contents import Front
from studytool.articles.elements import Head, Prose
from studytool.articles.flow import Flow
from studytool.articles.papers import Draft
from studytool.articles.paragraphs import Builder
from studytool.model import Article, Document, Paragraph, Role, SourceNote, telling

_COLLECTIONS = ("期刊", "报纸", "文集", "网页")  # what a file is, but none of its articles
_BEGINS = 6  # paragraphs in which a report says which meeting it is of
_LONGEST_TITLE = 20  # of the first words of a piece that shows no title
_STOOD_IN = re.compile(
    r"[（(][\u4e00-\u9fff]{0,8}(?:[日晚早周时]报|网|社|杂志|求是)\s?((?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2})日?[）)]\.\w{1,5}$"
)
_MEANINGLESS = re.compile(
    r"[\W\d_a-f]*|(?i:(?:img|dsc|scan|doc|file|page|text|新建|未命名|扫描|无标题|文档|文稿|稿件|材料|资料|附件|课件)[\W\d_].*)"
)
# 03-政府工作报告.txt: the third file of a folder, and no third report. 5.12讲话 has a day.
_PLACE_IN_ROW = re.compile(
    r"^(?:\d{1,3}[-_.、\s]+|[（(]\d{1,3}[）)][-_.、\s]*)(?=[\u4e00-\u9fff《“]|(?:19|20)\d\d年)"
)
_MEETING = re.compile(
    r"(?P<name>[^，。]{2,24}?第(?P<term>[一二三四五六七八九十]{1,3})届委员会第(?P<number>[一二三四五六七八九十]{1,3})次全体会议)，?于"
)


def build(document: Document, flow: Flow, front: Front, *, in_order: bool = False) -> tuple[Article, ...]:
    """The articles of a document, without those that have no text. `in_order`: nobody has cut it into
    columns."""
    drafts: list[Draft] = []
    said = _said(document)
    named = said.title or _PLACE_IN_ROW.sub("", document.source.name.rpartition(".")[0])
    called = named if len(flow.drafts) == 1 else ""
    issued = front.published_on
    orders = [order for _, order, _ in flow.drafts]
    strayed = strays.find(flow.elements, orders, flow.links)
    mixed = frozenset[int]() if in_order else columns.mixed(document.text, flow.elements, orders)
    builder = Builder(flow.elements, flow.links, strayed, mixed)
    quotes = quotation_pages.is_page_of_quotations(
        one.text for one in flow.elements if isinstance(one, Prose)
    )
    for head, order, note in flow.drafts:
        body = builder.body(order)
        body = replace(body, paragraphs=quotation_pages.told(body.paragraphs)) if quotes else body
        if not drafts and news.is_programme(head.title or ""):
            issued = issued or head.published_on
        if any(p.role is Role.BODY for p in body.paragraphs):
            inside = [flow.elements[i] for i in order]
            drafts.append((speech_notes.told(papers.signed(head, inside, called), inside), body, note))
        elif not drafts:  # the head of the whole file
            issued = issued or head.published_on
    drafts = papers.dated(drafts)
    taken: dict[str, int] = {}
    single = len(drafts) == 1
    put_up_on = addresses.put_up_on(document.text) if single else None
    known = _Known(said, issued, front.publisher, single, put_up_on)
    name, notes = document.source.name, document.source.note.articles
    return tuple(corrections.corrected(_article(name, draft, known, taken), notes) for draft in drafts)


_CORNERS = str.maketrans("『』", "“”")  # a page may name itself so, as newspapers did


@dataclass(frozen=True, slots=True)
class _Known:
    """What holds for the whole file: what a person or its front matter says, what its imprint says."""

    said: SourceNote
    issued_on: date | None
    publisher: str | None
    single: bool
    put_up_on: date | None


def _said(document: Document) -> SourceNote:
    """The source's note, with the file's front matter where the note is silent."""
    note = document.source.note
    pairs, _ = layout.front_matter(document.text)
    published = next(
        (pairs[key] for key in ("publication_date", "published_on", "published", "date") if pairs.get(key)),
        "",
    )
    return replace(
        note,
        title=note.title or telling(pairs.get("title")),
        published_on=note.published_on or dates.find(published),
    )


def _article(name: str, draft: Draft, known: _Known, taken: dict[str, int]) -> Article:
    (head, body, note), said, single = draft, known.said, known.single
    first = body.paragraphs[0]
    opening = next(p.passage.text for p in body.paragraphs if p.role is Role.BODY)
    title = titles.unwrapped(
        (said.title if single and not titles.is_vague(said.title or "") else None)
        or head.title
        or said.title
        or _derived_title(name, first, opening, single)
    )
    title = titles.closed_up(title).translate(_CORNERS)
    taken[title] = taken.get(title, 0) + 1
    genre = head.genre or _genre(head, note, opening)
    begins = "".join(p.passage.text for p in body.paragraphs[:_BEGINS] if p.role is Role.BODY)
    adopted = dates.of_meeting(opening) if genre in ("公报", "决议") else None
    own = head.published_on or adopted or dates.of_yearly_meeting(begins)
    return Article(
        id=_id(name, title, taken[title]),
        source=name,
        title=title,
        paragraphs=body.paragraphs,
        kicker=head.kicker,
        subtitle=head.subtitle,
        # The organ below a title in a magazine has written the piece; the magazine has issued it.
        byline=head.byline or (head.issuer if known.publisher else None),
        issuer=_issuer(head, known),
        published_on=_first(single, said.published_on, own)
        or known.issued_on
        or (_day_in_name(name, opening) if single else None)
        or (known.put_up_on if _is_news(title, opening) else None)
        or said.assumed_on,
        genre=(said.genre if single else None)
        or genre
        or (None if said.genre in _COLLECTIONS else said.genre),
        joints=body.joints,
        edition=head.edition,
    )


def _is_news(title: str, opening: str) -> bool:
    """Does it open with a day of which only the news leaves out the year?"""
    of_this_year = datelines.leaves_year_out(opening) and not re.search(r"\d{4}", title)
    return of_this_year or datelines.is_of_a_day(opening)


def _issuer(head: Head, known: _Known) -> str | None:
    """Whose paper it is: who governs and has given it, before the paper or the site that has printed it."""
    said, own = known.said.issuer, None if known.publisher else head.issuer
    printed = own and said and organs.prints(said) and organs.governs(own)
    first = said if known.single and not printed else own
    return first or own or said or known.publisher


def _first(single: bool, said: date | None, own: date | None) -> date | None:
    return (said or own) if single else (own or said)


def _day_in_name(name: str, opening: str) -> date | None:
    """The day of the paper it stood in, where its file is named so: ……（人民日报2019-07-22）.txt. Any other
    day in the name of a file may be that on which somebody kept it, unless the text, which is news, opens
    with it, too, and leaves out the year."""
    if found := _STOOD_IN.search(name):
        return dates.find(found[1])
    day = dates.find(name)
    return day if day and datelines.tells(opening, day) else None


def _id(name: str, title: str, count: int) -> str:
    key = "\n".join([name, title, str(count)])
    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:12]


def _derived_title(name: str, first: Paragraph, opening: str, single: bool) -> str:
    """A name for a piece whose title the page does not show: its meeting, the file, its first words."""
    meeting = _MEETING.match(opening)
    if meeting:
        short = f"{meeting['term']}届{meeting['number']}次全会"
        return f"{meeting['name']}（{short}）"
    stem = titles.plain(_PLACE_IN_ROW.sub("", name.rpartition(".")[0]))
    if stem and (first.role is Role.HEADING or (single and not _MEANINGLESS.fullmatch(stem))):
        return stem
    words = re.split(r"[。！？；：，]", opening, maxsplit=1)[0]
    return words[:_LONGEST_TITLE] + "…"


def _genre(head: Head, note: str | None, opening: str) -> str | None:
    if _MEETING.match(opening):
        return "公报"
    if head.byline and re.search(r"本[报刊网台].{0,2}记者", head.byline):
        return "通讯"
    if note and re.search(r"教授|研究员|研究生|学者|理论|党校|社科|学院|大学|讲师|院长", note):
        return "理论文章"
    return None

"""Line -> what it looks like by itself: prose, a broken piece of prose, a heading, a byline …

The surprising decision: a short line without a full stop says nothing of itself. Whether it is a
title, a caption or a broken sentence is told by its neighbours, in `boundaries`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from studytool import datelines
from studytool.articles import (
    dates,
    footnotes,
    furniture,
    headlines,
    listed,
    names,
    quotation_pages,
    seams,
    titles,
)
from studytool.articles.language import Language
from studytool.articles.lines import HAN, Line, holds_sentences, spaced
from studytool.articles.looks import LONGEST_TITLE, Look, Seen

WHOLE_LINES = 3  # so many long lines tell how a document was broken

_ENDED = re.compile(r"(?:[。！？；：]|…|——)[”’）》」』\])]*(?:\[\d{1,3}\])?$")
_END_SYMBOL = re.compile(r"(?<=[。！？”’）…])[★■▲●◆◎□☒☑◼▪♦※①-⑳]$")
_END_HAN = re.compile(rf"(?<=[。！？])[”’）]?([{HAN}])$")
# Where a digest has a piece from, behind its last sentence: （来源：新华网）.
_CREDIT = re.compile(
    r"(?<=[。！？”’）…])[（(](?:[\u4e00-\u9fff]{0,4}来源[:：]|摘自|转自|原载|选自)[^（()）]{2,30}[）)]$"
    r"|(?<=[。！？”’…])[（(](?:据?(?:本[报刊]|新华社|中新社)[^（()）]{0,20}(?:电|讯))[）)]$"
)
# Who has written it, or whence it was sent, behind the last sentence: （刘明 英保平）, （本报伦敦1月26日电）.
_SIGNED = re.compile(r"(?<=[。！？”’…])[（(](?P<who>[\u4e00-\u9fff 、·]{2,16})[）)]$")
# The name of a field, alone on its line: 新闻内容：, before each piece of a collection.
_FIELD = re.compile(r"(?:新闻|文章|稿件|正文)?(?:内容|正文|全文|标题)[:：]")
RECORDS = 3
_MARKED = re.compile(r"[□■◎●○▲◆]\s*(?=.{6})")
_LONE_MARK = re.compile(r"[★■▲●◆◎□☒☑◼▪♦※①-⑳]|[文支图完]")
NUMBERED = re.compile(
    r"第[一二三四五六七八九十百零\d]{1,4}[编章节部篇](?!分)|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d)"
)
# A chronicle's: above what happened in that year it is no title.
_YEAR = re.compile(
    r"(?:民国[\d一二三四五六七八九十]{1,3}年[（(])?(?:(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3})年[）)]?"
)
_DAY_OF_IT = re.compile(r"(?:\d{1,2}月|[一二三四五六七八九十]{1,2}月|同日|[春夏秋冬]|年初)")
_LABEL = re.compile(r"[·•]\S{2,14}[·•]")
_INSIDE = re.compile(r"[。，；]")
# An entry of a list, with what belongs to it in brackets: 重庆市公路局（包含……4个三级预算单位）
_ENTRY = re.compile(r"[^，。；：（）]{4,24}（(?:包含|包括|含|下设|下辖)[^（）。]{8,}）")
_ITEM = re.compile(r"[（(]?\d{1,2}[）)】]|[①-⑳]")


def look_at(lines: Sequence[Line]) -> list[Seen]:
    """Every line with its look."""
    own_marks = _end_marks(lines)
    language = Language([line.text for line in lines if len(line.text) > 40])
    marked = sum(line.level > 0 for line in lines) >= 3
    seen = [_seen(lines, i, (own_marks, language, marked)) for i in range(len(lines))]
    told = headlines.with_days(headlines.with_addresses(listed.placed(seen)))
    told = headlines.with_headlines(told, uncut=_is_whole(lines[1:]))  # a title may be long
    return _with_credits(listed.with_lists(told, language))


def _with_credits(seen: Sequence[Seen]) -> list[Seen]:
    """The lines; on a page of quotations those that end by saying whose words they are go on nowhere, and
    what is marked stands above some (●调查研究必须……), where elsewhere it might sign."""
    if not quotation_pages.is_page_of_quotations(one.line.text for one in seen):
        return list(seen)
    return [_on_page_of_quotations(one) for one in seen]


def _on_page_of_quotations(one: Seen) -> Seen:
    if quotation_pages.credited_at(one.line.text) is not None:
        return Seen(one.line, Look.PROSE, len(one.line.text))
    return replace(one, look=Look.HEADING) if one.look is Look.BYLINE and _MARKED.match(one.text) else one


def _is_whole(lines: Sequence[Line]) -> bool:
    """Do the long lines end as sentences do? Then nothing was cut, and what stands first is a title."""
    long = [line for line in lines if len(line.text) > LONGEST_TITLE]
    ended = sum(_is_ended(line.text, None) for line in long)
    return len(long) >= WHOLE_LINES and ended >= 0.9 * len(long)


def _is_ended(text: str, following: Line | None) -> bool:
    """Does the line end as a sentence does, the mark of a footnote apart? A short one that ends with a dash
    leads to a title, or to the text below it."""
    if text.endswith("——") and len(text) <= LONGEST_TITLE:
        return False
    below = following.text if following else ""
    return _ENDED.search(text) is not None or footnotes.ends_with_note(text, below)


def _end_marks(lines: Sequence[Line]) -> set[str]:
    """The characters this document prints at the end of its articles, or the field before each."""
    marks = Counter(m.group(1) for line in lines if (m := _END_HAN.search(line.text)))
    marks.update(line.text for line in lines if _LONE_MARK.fullmatch(line.text))
    fields = Counter(line.text for line in lines if _FIELD.fullmatch(line.text))
    many = {field for field, count in fields.items() if count >= RECORDS}
    return many | {mark for mark, count in marks.items() if count >= 2}


def _seen(lines: Sequence[Line], index: int, known: tuple[set[str], Language, bool]) -> Seen:
    own_marks, language, marked = known
    line = lines[index]
    following = lines[index + 1] if index + 1 < len(lines) else None
    if _LONE_MARK.fullmatch(line.text):
        return Seen(line, Look.FURNITURE, 0, ends=True, why="end mark")
    if line.text in own_marks and _FIELD.fullmatch(line.text):
        return Seen(line, Look.ANNEX, 0)
    length = _without_mark(line, following, own_marks)
    ends = length < len(line.text)
    why = None if ends else furniture.reason(line)
    if line.row:
        why = furniture.TABLE_ROW
    if why:
        return Seen(line, Look.FURNITURE, length, why=why)
    look = _look(line, line.text[:length], following)
    listed = look is Look.PROSE and line.item and index < 4
    if listed and not _is_ended(line.text, following) and not holds_sentences(line.text):
        look = Look.SHORT  # a title given a list mark by a converter
    if look is Look.SHORT and following and _broken_off(line, following, language, marked):
        look = Look.BROKEN
    return Seen(line, look, length, ends)


def _without_mark(line: Line, following: Line | None, own_marks: set[str]) -> int:
    """The length of the text without the mark that ends an article."""
    text = line.text
    if _END_SYMBOL.search(text):
        return len(text) - 1
    if credit := _CREDIT.search(text):
        return credit.start()
    if (signed := _SIGNED.search(text)) and names.are_names(signed["who"]):
        return signed.start()
    match = _END_HAN.search(text)
    if not match:
        return len(text)
    alone = (
        following is None or following.gap >= 3 or following.level > 0 or names.is_author_note(following.text)
    )
    return len(text) - 1 if match.group(1) in own_marks or alone else len(text)


def _look(line: Line, text: str, following: Line | None) -> Look:
    if names.is_author_note(text):
        return Look.NOTE
    if titles.is_announced(text):
        return Look.SHORT
    if len(text) > 200 or holds_sentences(text):
        return _by_form(line, text, following)
    words = spaced(line)
    looks = (
        (Look.LABEL, _LABEL.fullmatch(text)),
        (Look.BYLINE, names.byline(words)),
        (Look.EDITORIAL, names.editorial(words)),
        (Look.DATE, dates.is_date_line(words)),
        (Look.NAMES, line.level == 0 and names.names(words)),
    )
    return next((look for look, found in looks if found), None) or _by_form(line, text, following)


def _by_form(line: Line, text: str, following: Line | None) -> Look:
    ended = _is_ended(text, following)
    numbered = not ended and "。" not in text and NUMBERED.match(text) and len(text) <= 50
    if _YEAR.fullmatch(text) and following and _DAY_OF_IT.match(following.text):
        return Look.HEADING
    if numbered and not (following and datelines.is_sent(following.text)):  # else a headline, counted
        return Look.HEADING
    if line.level and len(text) <= 70 and "。" not in text:
        return Look.MARKED
    return Look.PROSE if ended else _unended(line, text)


def _unended(line: Line, text: str) -> Look:
    """A line without a full stop, number or mark."""
    if _ENTRY.fullmatch(text):
        return Look.PROSE
    if _ITEM.match(text) or (line.item and len(text) <= 60):
        return Look.PROSE if len(text) > 12 or line.item else Look.SHORT
    if len(text) > LONGEST_TITLE or text[-1] in "，、" or "。" in text:
        return Look.BROKEN if len(text) > 6 else Look.SHORT
    return Look.SHORT


def _broken_off(line: Line, following: Line, language: Language, marked: bool) -> bool:
    """Does the short line run on, in the middle of a word or a phrase, into the next?"""
    left, right = line.text, following.text
    if (
        titles.is_announced(left)
        or following.level
        or NUMBERED.match(right)
        or not (_is_ended(right, None) or len(right) > 45)
    ):
        return False
    bond = seams.word_formed(left, right) + seams.usage(language, left, right)
    if _INSIDE.search(left):
        return (
            line.gap < 3
            and bond + seams.marks(left, right) - seams.fresh(right, language.topics_first) > -1.5
        )
    return bond >= (1.4 if marked and line.gap < 3 else 3.0)

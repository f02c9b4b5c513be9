"""Lines with their looks -> the same without what only the page says: the values of its fields, and days
that are not those of the text.

A page says when it was put up. That is the day of a news item; of a paper whose own number names
another year, or of a text somebody handed in, it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from studytool.articles import dates, furniture
from studytool.articles.lines import spaced
from studytool.articles.roles import Look, Seen

_HEAD = 20  # lines, in which a paper tells its number
# Its own, on a line of its own or before its name; a paper cites the numbers of others.
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,10}〔(?P<year>(?:19|20)\d\d)〕\s?第?\d{1,4}号(?:《.+)?")


_ABOVE = 60  # lines, in which a page is described
_LONG = 60  # characters; a longer line is the text
_ENTRIES = 2  # so many fields are a catalogue's
# Fields of a catalogue or a portal, by name: 四个意识：… is what a handout teaches.
_ENTRY = re.compile(
    r"(?:知识类型|内容出处|知识出处|唯一号|颗粒名称|机构名称|分类号|页[数码]|起始页|文件路径|摘要|关键词|主题词|主题分类|专题分类"
    r"|公文种类|体裁分类|时效性|有效性|效力(?:级别|位阶|状态)|法规类别|公开(?:形式|方式|范围|属性)|文号|发文字号|索引号|信息索引"
    r"|状态|层级|类[型别]|分类|级别|语种|载体|格式|官方链接|原文链接|数据源|(?:新闻|信息|文章)?来源|责任?编辑|责编|字[号体]"
    r"|浏览(?:次数|量)?|阅读(?:次数|量)?|点击(?:次数|数|量)?|访问量) ?[:：].{0,60}"
)
_LENGTHS = 2  # lines of a column are of one length, and the last of each paragraph of another
_MARKED = re.compile(r"[，。、；：！？“”（）\d]|^[一二三四五六七八九十]、")
_NARROWEST = 4  # characters; no column is so narrow
_MENU, _WORD = 8, 6  # so many lines of so few characters, one after the other, are a menu
# The name of a field on a line of its own; its value stands on the next.
_FIELD = re.compile(r"(?:信息)?(?:来源|责任编辑|编辑|责编|分类|栏目)[:：]")
_LONGEST_VALUE = 20


def without_fields(seen: Sequence[Seen]) -> list[Seen]:
    """The lines, those as furniture that give the value of a field named on the line above."""
    pairs = zip([None, *seen], seen, strict=False)
    told = [
        _as_furniture(one) if before and _FIELD.fullmatch(before.text) and _is_value(one) else one
        for before, one in pairs
    ]
    return _without_catalogue(_without_menu(told))


def _as_furniture(one: Seen) -> Seen:
    return replace(one, look=Look.FURNITURE, why="field of a page")


def _without_catalogue(seen: list[Seen]) -> list[Seen]:
    """Without the fields of a library's card: 知识类型：析出资源, 分类号：K269.5."""
    end = next((i for i, one in enumerate(seen) if len(one.text) > _LONG), len(seen))
    above = seen[: min(end, _ABOVE)]
    entries = [one.line.level == 0 and _ENTRY.fullmatch(spaced(one.line)) is not None for one in above]
    if sum(entries) < _ENTRIES:
        return seen
    pairs = zip(above, entries, strict=True)
    return [*(_as_furniture(one) if entry else one for one, entry in pairs), *seen[len(above) :]]


def _without_menu(seen: list[Seen]) -> list[Seen]:
    """Without the words of a menu, each on a line of its own above the text. A narrow column has marks among
    its words, and headings have numbers."""
    end = next((i for i, one in enumerate(seen) if len(one.text) > _LONG), len(seen))
    words = [_is_word(one) for one in seen[: min(end, _ABOVE)]]
    at = 0
    menu: set[int] = set()
    for is_word, run in groupby(words):
        size = len(list(run))
        if is_word and size >= _MENU and not _is_column({len(one.text) for one in seen[at : at + size]}):
            menu.update(range(at, at + size))
        at += size
    return [_as_furniture(one) if at in menu else one for at, one in enumerate(seen)]


def _is_value(one: Seen) -> bool:
    if one.line.level or len(one.text) > _LONGEST_VALUE or dates.genre_of(one.text):
        return False
    return one.look in (Look.SHORT, Look.NAMES)


def _is_column(lengths: set[int]) -> bool:
    return len(lengths) <= _LENGTHS and max(lengths) > _NARROWEST


def _is_word(one: Seen) -> bool:
    plain = one.look in (Look.SHORT, Look.NAMES, Look.FURNITURE)
    return plain and len(one.text) <= _WORD and not _MARKED.search(one.text)


def without_strangers(seen: Sequence[Seen]) -> list[Seen]:
    """The lines, those with a day that is not the text's own as furniture."""
    handed_in = any(one.why == furniture.REPRINT for one in seen)
    numbers = (_NUMBER.fullmatch(one.line.text) for one in seen[:_HEAD])
    years = {match["year"] for match in numbers if match}
    return [
        replace(one, look=Look.FURNITURE, why="day of the page")
        if one.look is Look.DATE and _is_strange(spaced(one.line), handed_in, years)
        else one
        for one in seen
    ]


def _is_strange(words: str, handed_in: bool, years: set[str]) -> bool:
    day = dates.find(words)
    if day is None or not dates.is_stamp(words):
        return False
    return handed_in or (bool(years) and str(day.year) not in years)

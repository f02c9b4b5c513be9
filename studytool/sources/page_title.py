"""A page's <title>, its headings and lines -> the headline of its article.

The <title> tells which line of the page is the headline, for what stands beside the headline there (the
site, the column: …-工作动态-滨河市水务局) does not stand on the page. The name of a site or a column is never
a headline, though sites set it in the largest type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from studytool.model import BlockKind
from studytool.sources.html_flat import Flat, Paragraph
from studytool.sources.page_article import heads_others

LONGEST = 80  # characters of a headline
SHORTEST = 4
MOST_SEGMENTS = 8
LINES = 2  # on which a headline may stand, each in a heading of its own
_BELOW_TITLE = re.compile(r"\s*[-—–―(（]")

# What parts a headline from the site's name; blanks and hyphens may stand within a headline, too.
_BORDER = re.compile(r"\s*(?:[-—–_|｜·]+|>+|»)\s*|\s+")
_LAST_BORDER = re.compile(r"\s*[-—–|｜]+\s*(?=[^-—–|｜]*$)")
_TAIL = re.compile(r"\s*(?:[_|｜]|\s[-—–]+\s|--|——(?=[^——]*(?:网|报|门户|政府)$)).*$")
_SITE = re.compile(
    r".{0,3}网"  # 新华网, but not 织密一张网
    r"|.{0,12}(?:党建|新闻|政务|政府|信息|文明|日报|晚报|廉政|清风|先锋|党员|学习|教育|统战|法[治制]|政法|监察|监委|红|中国|门户)网"
    r"|(?:中国|中共).{2,12}网|.{0,12}(?:网站|门户|频道|在线|客户端|首页|主页)|.{2,10}(?:日报|晚报|发布)"
    r"|.{2,12}(?:人民政府(?:办公[厅室])?|委员会|[市县区省州](?:委|[^开新创展]{2,6}[局委厅办]))"
    # Columns.
    r"|.{0,4}(?:要闻|动态|资讯|专栏|专题|栏目|速递|之窗)|.{0,2}新闻|通知公告|公告公示|公示公告|新闻中心"
    r"|政策(?:解读|文件|法规)|政务公开|信息公开|理论学习|(?:文章|新闻|信息)?(?:正文|内容|详情|标题)页?"
)
_ADDED = re.compile(r"\s*[-—–_|｜·>»（(]|\s+\S")
_SPACE = re.compile(r"\s+")
_DASHES = re.compile(r"^[-—–―\s]+")
_SENTENCE = re.compile(r"[。；]|[，,：:、]$")
# A section of the text: 一、会议要求, but not 三、四线城市.
_SECTION = re.compile(
    r"[一二三四五六七八九十]+、(?![一二三四五六七八九十])|[（(][一二三四五六七八九十]+[）)]"
)
# Lines between a headline and the text: the day, where it is from, how often it was read.
_OF_TEXT = re.compile(
    r"\d{4}\s*[-/.年]\s*\d{1,2}|来源|作者|记者|时间|日期|浏览|阅读|点击|字[号体]|分享|打印|位置|首页"
)


def is_name_of_site(text: str) -> bool:
    """The name of a site or a column, or both: 滨河党建网-党建要闻."""
    parts = [part for part in _BORDER.split(text.strip()) if part]
    return _SITE.fullmatch(_SPACE.sub("", text)) is not None or all(map(_SITE.fullmatch, parts))


def is_menu(one: Paragraph) -> bool:
    """Words most of which lead elsewhere, and neither a sentence nor a headline that leads to itself."""
    text = _SPACE.sub("", one.part.text)
    return 2 * one.linked >= len(text) and not (text.endswith("。") or _is_heading(one, 1))


def on_one_line(flat: Flat) -> Flat:
    """The page with its headline on one line where it stands in two headings of the first level."""
    firsts = [at for at, one in enumerate(flat.paragraphs) if _is_heading(one, 1)]
    if len(firsts) != LINES or firsts[1] != firsts[0] + 1:
        return flat
    above, below = (flat.paragraphs[at] for at in firsts)
    both = above.part.text + below.part.text
    if len(both) > LONGEST or _BELOW_TITLE.match(below.part.text) or is_name_of_site(above.part.text):
        return flat
    whole = above._replace(part=above.part._replace(text=both), linked=above.linked + below.linked)
    paragraphs = [*flat.paragraphs[: firsts[0]], whole, *flat.paragraphs[firsts[1] + 1 :]]
    return Flat(paragraphs, flat.parents, flat.names)


def headline(said: str | None, title: str, paragraphs: Sequence[Paragraph], text_from: int) -> str | None:
    """What the page's article is called: `said` by its own data, `title` its <title>; its text begins at
    the paragraph `text_from`."""
    lines = [one for one in paragraphs if _can_be_headline(one)]
    shown = {_bare(one.part.text): one.part.text for one in reversed(lines)}
    above = [one for one in paragraphs[:text_from] if _can_be_headline(one)]
    if not title:
        above = []  # the page does not say that it has a headline: whoever reads its text finds out
    found = (
        _without_site(said or "", shown),
        *(one.part.text for one in lines if _is_heading(one, 1)),
        _on_page(title, shown),
        *(one.part.text for one in above if _is_heading(one, 3)),
    )
    last = (
        _beginning(title),
        *(one.part.text for one in reversed(above) if not _OF_TEXT.search(one.part.text)),
    )
    called = (name for name in found if name and not is_name_of_site(name))
    rest = (name for name in last if name and not is_name_of_site(name))
    named = next(called, None) or _before_tail(title, lines) or next(rest, None)
    return _before_subtitle(named, lines) if named else None


def _can_be_headline(one: Paragraph) -> bool:
    text = one.part.text
    return (
        (len(text) >= SHORTEST or one.part.kind is BlockKind.HEADING)
        and len(text) <= LONGEST
        and one.part.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH)
        and not (is_menu(one) or heads_others(text))
        and not (_SENTENCE.search(text) or _SECTION.match(text))
    )


def _is_heading(one: Paragraph, deepest: int) -> bool:
    return one.part.kind is BlockKind.HEADING and one.part.level <= deepest


def _bare(text: str) -> str:
    return _SPACE.sub("", _DASHES.sub("", text))


def _without_site(title: str, shown: dict[str, str]) -> str | None:
    """A title without the site's name, if what is left stands on the page; else all of it."""
    return _on_page(title, shown) or title.strip() or None


def _on_page(title: str, shown: dict[str, str]) -> str | None:
    """The longest part of a title, from border to border, that stands as a line on the page."""
    lines = (shown.get(_bare(part)) for part in _parts(title))
    return next((line for line in lines if line and not is_name_of_site(line)), None)


def _parts(title: str) -> Iterator[str]:
    """All of a title, then what stands between two of its borders, the longest first."""
    borders = list(_BORDER.finditer(title))[:MOST_SEGMENTS]
    starts = [0, *(border.end() for border in borders)]
    ends = [*(border.start() for border in borders), len(title)]
    whole = [(0, len(title)), *((start, end) for start in starts for end in ends if start < end)]
    yield from (title[start:end] for start, end in sorted(whole, key=lambda span: (span[0] - span[1], span)))


def _before_tail(title: str, lines: Sequence[Paragraph]) -> str | None:
    """The largest heading, an organ's or a site's name, to which the title adds only what is no such name:
    中国共产党滨河市委员会-滨河百科."""
    heads = (one.part.text for one in lines if _is_heading(one, 1))
    found = ((head, title.removeprefix(head)) for head in heads if title.startswith(head))
    return next((head for head, tail in found if _ADDED.match(tail) and not _is_of_site(tail)), None)


def _is_of_site(tail: str) -> bool:
    return is_name_of_site(_BORDER.sub(" ", tail).strip())


def _beginning(title: str) -> str | None:
    """The title without the names of its site, where no line of the page tells more."""
    name = _TAIL.sub("", title.strip())
    while (border := _LAST_BORDER.search(name)) and is_name_of_site(name[border.end() :]):
        name = name[: border.start()]
    return name or None


def _before_subtitle(named: str, lines: Sequence[Paragraph]) -> str:
    """——滨河市2023年工作综述 is a subtitle: the headline is the line above it."""
    texts = [one.part.text for one in lines]
    if named in texts[1:] and _DASHES.match(named):
        above = texts[texts.index(named) - 1]
        return above if not is_name_of_site(above) else named
    return named

"""Text -> what a newspaper or a bulletin shows of itself: its name, what a piece is called, what goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studytool.articles import dates, organs

_LABELLED = re.compile(r"(?:短评|时评|快评|社论|评论|述评|编后|记者手记|今日谈|编辑点评)[:：].{4,40}")
_FROM_PAGE = re.compile(r"[（(]上接第?[^（()）]{1,6}版[^（()）]{0,8}[）)]")
# 信息 and 动态 alone end many a title: 保护公民个人信息.
_BULLETIN = re.compile(
    r"[\u4e00-\u9fff]{2,14}(?:简报|信息|动态|快报|专报|要情|[日晚晨早周]报)(?P<issue>第?\d{1,4}期)?(?:（.{1,16}）)?"
)
_MASTHEAD = re.compile(r"(?:简报|工作信息|工作动态|快报|专报|要情|[日晚晨早周]报)(?:（.{1,16}）)?$")
# 新闻联播 2007-01-29, 河东新闻（2024年3月5日）: of a programme the day is the issue.
_A_PROGRAMME = r"《?[\u4e00-\u9fff]{0,8}(?:联播|新闻|播报|要闻|早报|晚报)》?"
_PROGRAMME_ALONE = re.compile(_A_PROGRAMME)
_PROGRAMME = re.compile(rf"{_A_PROGRAMME}\s?[（(]?(?:19|20)\d\d[-./年]?\d{{1,2}}[-./月]?\d{{1,2}}日?[）)]?")
_NEWSPAPER = re.compile(r"[\u4e00-\u9fff]{2,4}[日晚晨早周]报")  # its name alone is its masthead
_ISSUE = re.compile(r".{0,12}第\s?\d{1,4}\s?期.{0,30}|.{0,12}[（(]总第?\s?\d{1,4}\s?期[）)]")
_BELOW = 3  # lines below its name, in which a bulletin says of which issue it is, or of whom and when


def is_labelled(title: str) -> bool:
    """Does the title say what it stands above: 短评：把好事办好?"""
    return _LABELLED.fullmatch(title) is not None


# 省十三届人大六次会议胜利闭幕 / 袁家军讲话 黄莉新等出席: what took place, and who was there.
_TOOK_PLACE = re.compile(
    "(?:会议?|大会|全会|座谈会|仪式|论坛)[^，。；：]{0,8}(?:闭幕|开幕|召开|举行|开班)|(?:作出|发表)重要(?:指示|讲话|批示)"
)
_WHO = re.compile("(?:讲话|致辞|主持|强调|出席|宣读|作报告)$|(?:讲话|致辞|主持|出席|选举)(?=.{4})")
_FEWEST_LINES, _LONG_LINE = 2, 12


def is_headline(lines: Sequence[str]) -> bool:
    """Are these lines, in no larger type, the headline of a dispatch: what took place, and who spoke?"""
    whole = len(lines) >= _FEWEST_LINES and all(len(line) >= _LONG_LINE for line in lines)
    return whole and any(map(_TOOK_PLACE.search, lines)) and _WHO.search(lines[-1]) is not None


_CHAIRED = re.compile(
    "[\u4e00-\u9fff]{2,4}(?:[、 　][\u4e00-\u9fff]{2,4}){0,3}(?:等)?(?:主持|讲话|致辞|出席)(?:会议|并讲话)?"
)


def names_chair(line: str) -> bool:
    """Is the line, the last of a headline, no more than who presided or spoke: 车俊主持?"""
    return _CHAIRED.fullmatch(line) is not None


_CAME = re.compile("(?:出席|主持|会见|陪同|参加)[^，。；：]{0,14}(?:（附图片.{0,4}）)?$")


def tells_who_came(line: str) -> bool:
    """李鹏朱镕基等出席会议尉健行主持（附图片１张）: is it the line of a headline that says who was there?"""
    return _CAME.search(line) is not None


def is_bulletin(first: Sequence[str]) -> bool:
    """Do the first lines of a file name a bulletin (河东信息, 河东工作简报) and its issue, or, below a
    masthead, its organ or its day; or a programme and its day?"""
    if first and _PROGRAMME.fullmatch(first[0]):
        return True
    name = _BULLETIN.fullmatch(first[0]) if first else None
    if name is None:
        return False
    below = first[1 : 1 + _BELOW]
    if name["issue"] or _NEWSPAPER.fullmatch(first[0]) or any(map(_ISSUE.fullmatch, below)):
        return True
    return _MASTHEAD.search(first[0]) is not None and any(
        organs.is_organ(one) or dates.find(one) for one in below
    )


def is_programme(title: str) -> bool:
    """Is it the name of a programme or a bulletin alone, whose day is that of all its pieces?"""
    return _PROGRAMME_ALONE.fullmatch(title) is not None


def comes_from_page(text: str) -> bool:
    """Does the text go on that of another page: （上接第1版）……?"""
    return _FROM_PAGE.match(text) is not None

"""Reading -> persons with their role: “国家超级计算天津中心党组书记孟祥飞”, “黄敬为天津市市长”.

A name is only believed beside a role, with a family name in front and something behind that can follow
a name: the tokenizer's own guess (nr) takes 江浩为 for a name and 戴永康 for none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from studytool import data
from studytool.knowledge.finding import Finding
from studytool.knowledge.pattern import one_of
from studytool.knowledge.reading import Reading, inside, openers
from studytool.model import KnowledgeKind, Span
from studytool.words import Word, is_word, tagged

# What can stand behind a name.
_FOLLOWS = (
    r"(?!和[、，；。])"  # of 魏凤和、李作成 the first is not called 魏凤
    r"(?=[，。、；：！？（）”“\s]|$|"
    + one_of(
        "以及 任 为 担任 兼任 出任 同志 先生 女士 等 说 表示 指出 强调 介绍 认为 坦言 透露 告诉 率 带领 "
        "主持 出席 宣布 发布 作 就 在 代表 接见 会见 致辞 讲话 先后 与 和 及 到 来 赴 亲 对 向 于 "
        "关于 基于 鉴于 "
        "被 受 从 曾 也 则 将 发表 提出 起草 参加 深入 调研"
    )
    + ")"
)
_NAMES_NEXT = ("选举", "选出", "任命", "委任", "推选", "推举", "由", "以", "派", "和", "令：")
# What can stand before a name that has its role behind it.
_BEFORE_NAME = r"(?:^|(?<=[，。、；：“”（\s])|" + "|".join(f"(?<={word})" for word in _NAMES_NEXT) + ")"
_IS = one_of("为 任 担任 兼任 出任 当选为 当选 被任命为 被选为 继任")
_OFFICE_EDGE = "，。；：！？“”《》（）,;: "
_ROLE_START = re.compile(
    r"[，。；：！？“”《》（）\s/\d]|"
    + one_of("由 派 任命 以及 对于 指出 通过 时任 聘请 邀请 会见 接见 中， 时 的")
)
_SPEAKS = re.compile(one_of("说 表示 介绍 认为 坦言 透露 告诉"))  # an interviewee is less than an officer
_NO_NAME = re.compile("祝[寿贺福愿酒词]|纪[念律]|安[全排葬]|贺[信电词]|[方高][针案]|万岁|平反|成[立员]|史料")
_UNASKED = frozenset(("习近平",))  # named in every second sentence, and never a question
_NO_GIVEN_NAME = re.compile(r"[他她它我你们的了是不为在和与有说这那其及等并将把被向]")
_LONGEST_WORD = 6  # characters of one that a name could be cut from
_OFFICE = 4  # characters a role phrase needs to tell one office from another


@cache
def any_name() -> str:
    """A pattern for what may be a name: a family name and one or two characters."""
    names = sorted(data.lines("surnames.txt"), key=len, reverse=True)
    return rf"(?:{'|'.join(names)})[\u4e00-\u9fff]{{1,2}}?"


@cache
def _role() -> str:
    return "(?:" + "|".join(sorted(data.lines("roles.txt"), key=len, reverse=True)) + ")"


@cache
def _any_role() -> re.Pattern[str]:
    return re.compile(_role())


@cache
def _after_role() -> re.Pattern[str]:
    return re.compile(rf"(?P<role>{_role()})(?P<name>{any_name()}){_FOLLOWS}")


@cache
def _before_role() -> re.Pattern[str]:
    return re.compile(
        rf"{_BEFORE_NAME}(?P<name>{any_name()}){_IS}(?P<role>[^，。；：、“”的]{{0,18}}?{_role()})(?=[，。；、”的兼]|$)"
    )


def persons(reading: Reading) -> Iterator[Finding]:
    """Names beside a role that tells the office."""
    if not _any_role().search(reading.text):
        return
    seen: set[Span] = set()
    for pattern, least in ((_before_role(), 3), (_after_role(), _OFFICE)):
        for match in pattern.finditer(reading.text):
            who, role = Span(*match.span("name")), Span(*match.span("role"))
            role = _trimmed(reading, _office(reading.text, role) if role.end == who.start else role)
            told = least <= role.end - role.start <= 32 and _stands_apart(reading, who)
            if told and who not in seen and not inside(who, reading.titles) and is_name(match["name"]):
                seen.add(who)
                spoke = _SPEAKS.match(reading.text, who.end) is not None
                yield Finding(KnowledgeKind.PERSON, (who,), 0.45 if spoke else 0.6, role)


_MADE_OF = re.compile("工作|方面|方案|方式|方法|主义|建设|发展|管理|要求|规定|任务")


def _stands_apart(reading: Reading, name: Span) -> bool:
    """Is no other word cut where it begins or ends? In 地处长江上游 there is neither a 处长 nor an 江上游, in
    教师管理工作 no 管理工."""
    if _MADE_OF.match(reading.text, name.end - 1):
        return False
    before = range(name.start - 1, name.start - _LONGEST_WORD, -1)
    word = next((reading.starts[at] for at in before if at in reading.starts), None)
    return word is None or word.end <= name.start or word.tag.startswith("nr")


def _opens_role(word: Word) -> bool:
    """A verb before the office is not part of it; 指导员 and 组织部 are."""
    return (word.text in openers() and word.tag in ("v", "p", "d", "c")) or word.tag in ("t", "ad", "d")


def is_name(text: str) -> bool:
    """May `text` be a name? A dictionary word that is none (高度, 方向) is none here either."""
    believable = not (_NO_GIVEN_NAME.search(text[1:]) or _NO_NAME.match(text))
    return believable and text not in _UNASKED and (not is_word(text) or tagged(text)[0].tag.startswith("nr"))


def _office(text: str, role: Span) -> Span:
    """The role with the office it belongs to, over “、” only where offices are joined (党组书记、主任)."""
    start = max(text.rfind(mark, 0, role.start) for mark in _OFFICE_EDGE) + 1
    while (mark := text.rfind("、", start, role.start)) >= 0:
        if not _ends_in_role().search(text[start:mark]):
            return Span(mark + 1, role.end)
        role = Span(mark, role.end)
    return Span(start, role.end)


@cache
def _ends_in_role() -> re.Pattern[str]:
    return re.compile(rf"{_role()}$")


def _trimmed(reading: Reading, role: Span) -> Span:
    """The role from the office on, without the verb or time before it."""
    text = role.of(reading.text)
    cuts = [match.end() for match in _ROLE_START.finditer(text[:-2])]
    start = role.start + max(cuts, default=0)
    while start < role.end and not reading.is_edge(start):
        start += 1
    while (word := reading.starts.get(start)) and word.end < role.end and _opens_role(word):
        start = word.end
    return Span(start, role.end)

"""The lines of a head that may word it -> kicker, title and subtitle.

The surprising decision: of several unmarked lines the first long one is the title; only marked headings
say by their level which of them is the greater.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from studytool.articles import dates, furniture, organs
from studytool.articles.lines import WIDE, Line, heading_text, spaced

Worded = tuple[str, int]  # a line's words, and its level

_NAMED = re.compile(r"^(?:名称|标题|题目|题名|篇名)[:：] ?")
# The day behind a title and where it stood then, the time it was put up, the number of the paper, the mark
# of a footnote to it, and its file's kind.
_DATED = re.compile(
    r"\s?（[^（）\d]{0,12}(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2})）$"
    r"|\s?（[\u4e00-\u9fff]{2,16}〔(?:19|20)\d\d〕\d{1,5}号）$|\s?_{0,2}(?:19|20)\d\d年第\d{1,2}号国务院公报$|\[\d{1,2}\]$|\.(?:docx?|pdf|txt|wps)$"
    r"|(?<=[\u4e00-\u9fff])[※＊]$"
    r"|(?<=[^\d\s])\s?(?:19|20)\d\d-\d{1,2}-\d{1,2}(?:\s?\d{1,2}:\d{2}(?::\d{2})?)?$"
)
# What an agency files it under: （新华时评·奥运会倒计时一百天）让我们共同守护奥林匹克精神.
_FILED = re.compile(r"^（[^（）\d]{2,24}）\s?(?=[^（）\s]{6})")
# A paper's number in front of its name, and a year a page says twice.
_NUMBERED = re.compile(rf"{furniture.NUMBERED}\s?(?=《)")
_YEAR_TWICE = re.compile(r"(?P<whole>(?P<year>(?:19|20)\d\d)年.+?)\s?(?P=year)")
# Who sent it, whence and when, run together with the title; and an annex's label before it.
_DATELINE = re.compile(
    r"^[（(]?(?:新华社|本报|人民网|中新社|中新网|央视网|[\u4e00-\u9fff]{2,4}日报)[^，。：:（(]{0,12}?\d{1,2}月\d{1,2}日(?:电|讯)[）)]?[:：]?\s*(?:题[:：]\s*)?(?=\S{4})"
)
# The place of a piece of news among several: ## 1. 全国农业工作会议召开.
_COUNTED = re.compile(
    r"^(?:\d{1,2}[.．、](?:(?!\d)|\s?(?=(?:19|20)\d\d年))|[一二三四五六七八九十]{1,3}[、.．]|（[一二三四五六七八九十]{1,3}）)\s*(?=\S{4})"
)
_PLACE = re.compile(r"(\d{1,2}[.．、]) (?=\S{4})")
_ANNEX = re.compile(r"^附件\d{0,2}[:：]\s?(?=\S{4})")
_LONGEST = 60  # characters of a title
_MOST_LINES = 4  # of a paper's title
# What a paper is called at its very end, and by what its title begins to say so.
_PAPER_END = re.compile(
    r"(?:意见|通知|决定|公报|条例|规定|办法|细则|准则|决议|方案|通告|公告|通报|批复|请示|报告|规划|纲要|计划|要点|纪要|函)(?:（.{1,30}）)?$"
)
_PASSES_ON = re.compile(
    rf"(?:转发|印发|批转)[^《》]{{0,20}}《[^《》]*{_PAPER_END.pattern.removesuffix('$')}》$"
)
# 文化体制改革中经营性文化事业单位 / 转制为企业的规定: the end of a title that began on the line above.
_PAPER_ENDS = re.compile(
    r"(?!.*(?:关于|印发|转发|批转|[《（]))[\u4e00-\u9fff]{3,30}的(?:若干|暂行|补充|实施)?(?:规定|办法|意见|方案|通知|决定|通告|细则|通报|批复)"
)
_WRAPPED = re.compile("《([^《》]+)》")
_PAPER_OPENS = re.compile(r"关于|印发|转发|批转")
_SPEECH = re.compile(r"在.{2,40}[上时]的(?:讲话|报告|致辞|发言|讲稿|总结讲话)(?:（.{1,30}）)?")
# 王某某在全省经济工作会议上强调, and below it what.
_ANNOUNCES = re.compile(
    r"(?:上|时|中|后|并|讲话|致辞|演讲|[，、])(?:再次|明确|着重)?(?:强调|指出|要求|提出|表示)$"
)
_LETTER_SPACED = re.compile(r"(?<!\S)\S(?: \S(?!\S)){2,} ?")
_INNER_SPACE = re.compile(rf"(?<=[{WIDE}\"]) (?=[{WIDE}\"])")


def is_paper(title: str) -> bool:
    """Does the title end as those of papers do: 关于……的通知, ……工作条例（试行）, 转发《……的请示报告》?"""
    return _PAPER_END.search(unwrapped(title)) is not None or _PASSES_ON.search(title) is not None


# What is divided into provisions, 第一条 or at least 第一章.
_RULES = re.compile(
    r"[\u4e00-\u9fff《》〈〉、（）]{2,60}(?:条例|规定|办法|细则|准则|规则|章程|守则|规范|公约|制度|法)(?:（.{1,30}）)?》?"
)
_AMENDS = re.compile("修正案(?:（.{1,30}）)?$")
_ANY_PROVISION = re.compile("[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,5}条")
_FIRST_PROVISION = re.compile(r"第[一1]\s*[编章条](?!第)|总\s?则$")


# 《关于……的意见》全文如下。 below the news that it was issued.
_ANNOUNCED = re.compile("《([^《》]{6,60})》(?:全文|主要内容|具体内容|内容)?(?:公布)?如下[。：:]?")


def is_announced(text: str) -> bool:
    """Does the line only say which paper follows?"""
    return _ANNOUNCED.fullmatch(text) is not None


def opens(title: str, below: str) -> bool:
    """Is it, by what it says or by what stands below it, the title of a paper that begins here?"""
    return is_announced(title) or opens_rules(title, below) or opens_paper(title, below)


def opens_rules(title: str, below: str) -> bool:
    """Is it the title of a law or of rules, with their first chapter or provision below it?"""
    if _AMENDS.search(title):
        return _ANY_PROVISION.match(below) is not None  # it goes on from those before it
    return _RULES.fullmatch(title) is not None and _FIRST_PROVISION.match(below) is not None


_PAPER_TO = re.compile(
    r"(?:[\u4e00-\u9fff、 　]{2,30})?关于.{4,70}"
    r"(?:通知|意见|决定|办法|方案|规定|批复|通报|函|请示|规划|纲要|措施)"
    r"(?:[（(].{1,30}[）)])?"
)
# 有关省、自治区、直辖市教育厅（教委），部属有关高等学校：
_ADDRESSEES = re.compile(
    r"(?:各|有关|中央|国务院|全[国省市区县]"
    r"|[\u4e00-\u9fff]{2,12}(?:政府|委员会|[党工]委|[厅局部院]|公司|学校))"
    r"[^。；？！：]{0,150}[：:]"
)


def opens_paper(title: str, below: str) -> bool:
    """Is it the title of a paper, with those it is sent to below it?"""
    return _PAPER_TO.fullmatch(title) is not None and _ADDRESSEES.fullmatch(below) is not None


def plain(title: str) -> str:
    """The title without its day and number, as they stand behind it also in the names of files."""
    return _DATED.sub("", title)


def closed_up(title: str) -> str:
    """2 0 1 5 年 政府工作报告 -> 2015年政府工作报告: spaced letter by letter, as it was printed."""
    return _LETTER_SPACED.sub(lambda match: match.group().replace(" ", ""), title)


def unwrapped(title: str) -> str:
    """《信访工作条例》 above its own text is named, not cited."""
    own = title.removeprefix("原标题：") or title
    match = _WRAPPED.fullmatch(own) or _ANNOUNCED.fullmatch(own)
    return match[1] if match else own


def begins_paper(lines: Sequence[str]) -> bool:
    """Do the lines begin with the title of a paper or of a speech, on one line or on several?"""
    if not lines:
        return False
    opens = _PAPER_OPENS.search(lines[0]) or _SPEECH.fullmatch(lines[0])
    return opens is not None or is_paper(lines[0])


def text_of(line: Line) -> str:
    """The words of a line of a head, without what numbers, names or dates them."""
    counted = _PLACE.match(spaced(line))  # 7. 5000万千瓦: closed up, it would be a figure
    text = heading_text(line).removeprefix(counted[1] if counted else "")
    text = _NUMBERED.sub("", _NAMED.sub("", text, count=1))
    for before in (_DATELINE, _ANNEX, _COUNTED, _FILED):
        text = before.sub("", text)
    twice = _YEAR_TWICE.fullmatch(text)
    return _closed_up(plain(twice["whole"] if twice else text))


def _closed_up(text: str) -> str:
    """A paper's title without the spaces behind its 关于, where only its lines were broken."""
    opens = _PAPER_OPENS.search(text)
    if opens is None or not is_paper(text):
        return text
    return text[: opens.end()] + _INNER_SPACE.sub("", text[opens.end() :])


# What a piece is filed under, above its title: 每周一学（2021年11月8日—14日）, 【学习贯彻党的二十大精神】.
_OF_A_COLUMN = re.compile(
    "每[日天周月]一[学课读讲题](?:（[^（）]*）)?|【[^【】]{2,24}】|[\u4e00-\u9fff]{2,6}(?:网|客户端|公众号)"
    "|[\u4e00-\u9fff]{0,16}学习(?:材料|资料|参考|文件)"
    "(?:[ 　]*第[一二三四五六七八九十\\d]+(?:专题|讲|期|部分))?"
)


_SHORTEST = 3  # characters of a title: 下载 is a button


def is_vague(title: str) -> bool:
    """Is it what a site files a piece under, or a button on its page, and no title?"""
    short = len(title) < _SHORTEST or title.endswith(("：", ":"))  # 当前位置：
    return short or _OF_A_COLUMN.fullmatch(title) is not None


_NOTED = re.compile("[\u4e00-\u9fff][※＊]$")


def up_to_note(lines: Sequence[Line]) -> list[Worded]:
    """The words of the lines of a head. A footnote to the title has its mark at the title's end, on whichever
    line that is: 坚持走中国特色社会主义法治道路 │ 更好推进中国特色社会主义法治体系建设※."""
    lines = [line for at, line in enumerate(lines) if not _said_again(line, lines[at + 1 :])]
    found = [(text_of(line), line.level) for line in lines]
    end = next((at for at, line in enumerate(lines[:3], 1) if _NOTED.search(line.text)), 1)
    if end == 1 or len({level for _, level in found[:end]}) > 1 or found[end - 1][0].startswith("——"):
        return found
    return [(" ".join(text for text, _ in found[:end]), found[0][1]), *found[end:]]


def _said_again(line: Line, below: Sequence[Line]) -> bool:
    """Is it what the site calls the piece (每周一学, 习近平：……), with the title itself on the next line?"""
    if not below:
        return False
    text, following = text_of(line), text_of(below[0]).rstrip("※＊*")
    return _OF_A_COLUMN.fullmatch(text) is not None or text.endswith(f"：{following}")


def worded(lines: Sequence[Worded]) -> tuple[str | None, str | None, list[str]]:
    """Kicker, title and the lines of the subtitle among the lines of a head."""
    if all(text.startswith("——") for text, _ in lines):
        return None, None, [text for text, _ in lines]
    named = [one for one in lines if not _OF_A_COLUMN.fullmatch(one[0])]
    if named and len(named) < len(lines):
        return worded(named)
    at = _title_at(lines)
    end = _paper_end(lines, at)
    title = "".join(text for text, _ in lines[at:end])
    if end == at + 1:
        end = at + 2 if _ends_below(lines, at) else _over_subtitle(lines, at)
        title = " ".join(text for text, _ in lines[at:end])
    kicker = " ".join(text for text, _ in lines[:at]) or None
    return kicker, title, [text for text, _ in lines[end:]]


# 用好红色资源 赓续红色血脉 / 努力创造无愧于历史和人民的新业绩: what is done, and below it what for.
_HALVES = re.compile("[\u4e00-\u9fff“”]{4,14} [\u4e00-\u9fff“”]{4,14}")
_WHAT_FOR = re.compile(
    "(?:努力|奋力|全力|不断|共同|加快|谱写|书写|开创|创造|夺取|凝聚)[\u4e00-\u9fff“”]{4,22}(?<!综述)(?<!纪实)(?<!侧记)[※＊*]?"
)


_PRINTS = re.compile("(?:发表|刊发|刊登|推出)[^，。]*(?:文章|讲话|社论)$")


def _ends_below(lines: Sequence[Worded], at: int) -> bool:
    """Does a title of two halves end on the line below it; or does that line name what was printed?"""
    if at + 2 != len(lines) or lines[at][1] != lines[at + 1][1]:
        return False
    if _PRINTS.search(lines[at][0]) and _WRAPPED.fullmatch(lines[at + 1][0]):
        return True
    return _HALVES.fullmatch(lines[at][0]) is not None and _WHAT_FOR.fullmatch(lines[at + 1][0]) is not None


def _over_subtitle(lines: Sequence[Worded], at: int) -> int:
    """Behind a title on two or three lines over its subtitle."""
    sub = next((i for i, (text, _) in enumerate(lines) if text.startswith("——")), 0)
    if sub and all(level == lines[at][1] for _, level in lines[at:sub]):
        return max(at + 1, min(sub, at + 3))
    return at + 1


def _paper_end(lines: Sequence[Worded], at: int) -> int:
    """Behind the last line of a paper's title, which has begun as one but not ended as one."""
    text, level = lines[at]
    if is_paper(text):
        return at + 1
    if not _PAPER_OPENS.search(text):
        return at + 2 if _goes_on(lines, at) else at + 1
    for end in range(at + 1, min(len(lines), at + _MOST_LINES)):
        if lines[end][1] != level and not _PAPER_ENDS.fullmatch(lines[end][0]):
            break
        if is_paper(lines[end][0]):
            return end + 1
    return at + 1


def _goes_on(lines: Sequence[Worded], at: int) -> bool:
    """Does the title of a paper or a speech end on the next line, though this one does not say that one
    follows?"""
    if at + 1 == len(lines) or organs.is_organ(lines[at][0]):
        return False
    (first, level), (second, below) = lines[at : at + 2]
    whole_speech = _SPEECH.fullmatch(first) is None and _SPEECH.fullmatch(first + second) is not None
    return level == below and (whole_speech or _PAPER_ENDS.fullmatch(second) is not None)


def _title_at(lines: Sequence[Worded]) -> int:
    """Where the title begins: what is over it and announces it is a kicker."""
    at = _first_at(lines)
    announced = at + 1 < len(lines) and lines[at + 1][1] == lines[at][1] and _ANNOUNCES.search(lines[at][0])
    return at + 1 if announced else at


def _first_at(lines: Sequence[Worded]) -> int:
    """The first of the greatest marked headings; without marks a short first line is a kicker."""
    marked = [i for i, (_, level) in enumerate(lines) if level]
    if marked:
        return min(marked, key=lambda i: (lines[i][1], i))
    if len(lines) < 2 or len(lines[0][0]) > 8 or dates.genre_of(lines[0][0]) or lines[1][0].startswith("——"):
        return 0
    named = [at for at, (text, _) in enumerate(lines) if dates.genre_of(text) and len(text) <= _LONGEST]
    return max(named, key=lambda at: len(lines[at][0])) if named else int(len(lines[1][0]) > 8)

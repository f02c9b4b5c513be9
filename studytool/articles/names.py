"""Line -> is it a byline, an author's note, a label of an editorial: who wrote this piece.

The surprising decision: a line of names alone is a byline only where every word of it begins with a
common surname; whether it stands in a head is for the caller to say.
"""

from __future__ import annotations

import re
from functools import cache

from studytool import data

_ROLES = "通讯员|记者|评论员|实习生|编辑|撰稿|作者|代市长|市长|省长|县长|区长|主席|主任|局长|书记"

_BYLINE = re.compile(
    r"(?:文\s*(?:[/／|丨:：]|并图)\s*|[□■◎●○▲◆]\s*|作\s*者\s*[:：]\s*)\S.{0,80}"
    r"|(?:[□■◎●○▲◆]\s*)?(?:本[报刊网台])?(?:首席|特约)?(?:记者|通讯员|评论员)(?:[:：\s]\s*[^，。；]{2,80})"
    r"|本[报刊网台](?:特约)?(?:记者|评论员|通讯员|编辑部)"
)
_NAMES_WITH_ROLE = re.compile(
    rf"(?:{_ROLES})\s+(?P<names>[\u4e00-\u9fff·]{{2,6}}(?:\s+[\u4e00-\u9fff·]{{2,6}}){{0,5}})"
)
# An official who signs: the office with its organ or place, then the name. It tells the organ, too.
_OFFICE = (
    r"(?:(?P<organ>[\u4e00-\u9fff]{2,30}?(?:政府|委员会|法院|检察院|[委局厅部]))"
    r"|(?P<place>[\u4e00-\u9fff]{1,8}[省市县区州旗盟镇乡]))"
    r"(?:代理?|副|常务副|党组)?(?:[省市县区州旗盟镇乡]长|主席|主任|书记|院长|检察长|[局厅部]长)"
)
_OFFICIAL = re.compile(rf"{_OFFICE}\s+[\u4e00-\u9fff·]{{1,6}}(?:\s[\u4e00-\u9fff])?")
# The same without the organ, as below an order: 总理 李强.
_OF_NO_ORGAN = re.compile(
    r"(?:(?:中华人民共和国|国家)?主席|(?:国务院)?总理|[省市县区州部]长|主任)\s+[\u4e00-\u9fff](?:\s?[\u4e00-\u9fff·]){1,5}"
)
_RUN_ON = re.compile(
    r"(?:(?:中华人民共和国|国家)主席|(?:国务院)?总理)(?P<name>[\u4e00-\u9fff]{2,4})"
)  # 总理李鹏
_RUN_TOGETHER = re.compile(rf"{_OFFICE}(?P<name>[\u4e00-\u9fff]{{2,4}})")  # 水利部部长傅作义
# Who wrote it, run together, one or several: 本报记者董宏君, 新华社通讯员史照栋新华社记者赵忠生.
_REPORTER = re.compile(
    r"(?:本[报刊网台]|新华社|《[^》]{2,12}》|[\u4e00-\u9fff]{2,12}?(?:电台|电视台|日报|晚报))(?:驻[\u4e00-\u9fff]{2,4}?)?"
    r"(?:首席|特约)?(?:记者|通讯员|评论员)"
)
_NOTE = re.compile(
    r"[（(]?\s*(?:本文(?:系|为|作者|由)|作\s*者(?:[^，。；]{0,12})?(?:系|为|分别|单位|均|是)|(?:第[一二三]|通讯)作者|执笔人?[:：]|撰稿[:：]"
    r"|(?:责任|本文|本版)?编辑[:：]|[^，。]{0,40}\s?(?:供稿|整理|综合)\s*[）)]$|(?:据|原载|转自|来源[:：]|摘自).{0,40}[）)]$)"
)
_BRACKETED = re.compile(r"[（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]")
# What may follow a scholar's, for a sentence: 感谢匿名评审专家的意见。文责自负。
_THANKS = re.compile(
    r"(?:[作笔]者|本文|在此|特此|谨此|谨|并|特){0,3}(?:感谢|致谢|鸣谢|[对向].{1,60}(?:感谢|谢意|致谢|谢忱))|(?:当然，)?文责自负"
)
_LONG = 40  # characters
_LONGEST_THANKS = 80
_OFFICE_OF_A_WRITER = re.compile(
    "教授|研究员|研究[院所生]|学院|大学|党校|社科|讲师|博士|院长|主任|会长|课题|项目|基金|成果|记者|编辑|单位"
)
_EDITORIAL = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff《》]{2,12})?\s?(?P<genre>社论|评论员文章|本报评论员|编辑部文章|时评|短评)"
)
_NAME_LINE = re.compile(r"[\u4e00-\u9fff·]{1,6}(?:[ 、,，/]+[\u4e00-\u9fff·]{1,6})*")


@cache
def _surnames() -> frozenset[str]:
    return frozenset(data.lines("surnames.txt")) | {"习"}


def is_name(word: str) -> bool:
    """Two or three characters behind a surname of one, three or four behind one of two."""
    if word[:2] in _surnames() and len(word) > 2:
        return len(word) <= 4
    return 2 <= len(word) <= 3 and word[0] in _surnames()


def byline(spaced: str) -> str | None:
    """The writers named by a line that is marked as a byline (“文/…”, “本报记者 …”, “□ …”)."""
    if len(spaced) > 90 or spaced.endswith(("。", "，", "；")):
        return None
    forms = (_BYLINE, _NAMES_WITH_ROLE, _OFFICIAL)
    if any(form.fullmatch(spaced) for form in forms) or holds_office(spaced) or _reported(spaced):
        return re.sub(r"^(?:文\s*[/／|丨:：]|[□■◎●○▲◆]|作\s*者\s*[:：])\s*", "", spaced).strip()
    return None


def _reported(spaced: str) -> bool:
    """Are these reporters, each with the paper or station he writes for, and nothing else?"""
    if not _REPORTER.match(spaced):
        return False
    told = [part for part in _REPORTER.split(spaced) if part]
    return bool(told) and all(map(are_names, told))


def holds_office(spaced: str) -> bool:
    """Is it an office and a name and nothing else: 水利部部长傅作义? Below a headline he has written what
    follows; alone above a text, it is about him."""
    run = _RUN_TOGETHER.fullmatch(spaced)
    return run is not None and is_name(run["name"])


def organ_of(byline: str) -> str | None:
    """The organ an official signs for: 河东区人民政府, of 河东区人民政府区长 张天喜 or 河东区区长 张天喜."""
    match = _OFFICIAL.fullmatch(byline)
    if match is None:
        return None
    return match["organ"] or f"{match['place']}人民政府"


def official(byline: str) -> bool:
    """Does an official sign, and no writer: 总理 李强, 河东区区长 张天喜?"""
    run = _RUN_ON.fullmatch(byline)
    return bool(
        _OFFICIAL.fullmatch(byline) or _OF_NO_ORGAN.fullmatch(byline) or (run and is_name(run["name"]))
    )


def names(spaced: str) -> str | None:
    """The writers, if the line is nothing but names."""
    if len(spaced) > 40 or not _NAME_LINE.fullmatch(spaced):
        return None
    words = re.split(
        r"[ 、,，/]+",
        re.sub(
            r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]) ([\u4e00-\u9fff])(?![\u4e00-\u9fff])", r"\1\2", spaced
        ),
    )
    return spaced if all(is_name(word) for word in words) else None


# 李克强主持 栗战书汪洋王沪宁赵乐际韩正出席
_ATTENDANCE = re.compile(
    r"(?:(?P<first>[\u4e00-\u9fff]{2,4})(?:主持|讲话|致辞|作报告)[ 、]?)?"
    r"(?P<all>[\u4e00-\u9fff、 ]{4,60}?)等?(?:出席|参加|陪同)"
)


def is_attendance(spaced: str) -> bool:
    """Does the line say nothing but who presided and who was there?"""
    match = _ATTENDANCE.fullmatch(spaced)
    if match is None or (match["first"] and not is_name(match["first"])):
        return False
    return are_names(match["all"], 2)


def are_names(text: str, fewest: int = 1) -> bool:
    """Is it so many names or more, run together?"""
    text = re.sub("[、 ·]", "", text)
    most = {0: 0}  # a place in the text -> the most names that end there
    for start in range(len(text)):
        if start in most:
            for end in (start + 2, start + 3, start + 4):
                if end <= len(text) and is_name(text[start:end]):
                    most[end] = max(most.get(end, 0), most[start] + 1)
    return most.get(len(text), 0) >= fewest


def is_author_note(text: str) -> bool:
    """“（作者系……）”, “（执笔人：……）”: it closes an article. Of several sentences each says such a thing,
    or thanks those who helped a scholar, or all stand in brackets; else they are the text of a piece that
    begins so."""
    if len(text) > 400 or not _NOTE.match(text):
        return False
    if _BRACKETED.fullmatch(text):
        return True
    sentences = [one for one in text.split("。") if one]
    told = [one for one in sentences if not _thanks(one)]
    if told != sentences and not _OFFICE_OF_A_WRITER.search("".join(told)):
        return False
    return all(map(_tells_of_a_writer, told))


def _thanks(sentence: str) -> bool:
    return len(sentence) <= _LONGEST_THANKS and _THANKS.match(sentence) is not None


def _tells_of_a_writer(sentence: str) -> bool:
    """A long one says what the writer is, or for what the piece was written; else it is the text's own:
    本文为纪念……而作，……"""
    if not _NOTE.match(sentence):
        return False
    return len(sentence) < _LONG or _OFFICE_OF_A_WRITER.search(sentence) is not None


def editorial(spaced: str) -> tuple[str | None, str] | None:
    """Issuer and genre, if the line is an editorial's label (“天津日报 社论”)."""
    match = _EDITORIAL.fullmatch(spaced) if len(spaced) <= 20 else None
    return (match.group("issuer"), match.group("genre")) if match else None

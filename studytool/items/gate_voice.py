"""Gates on who speaks and how: demands that nobody makes, leaders without a name, some office's rules,
figures of speech."""

from __future__ import annotations

import re

from studytool.items import citations, speeches
from studytool.items.authority import is_of_authority
from studytool.items.context import Context
from studytool.items.drafts import BLANKED, Draft
from studytool.model import ItemKind, KnowledgeKind
from studytool.words import tagged

_DEMANDED = re.compile("(?:^|，)(?:要求|号召|强调|指出|提出|认为)(?![的了])")
_SOMEBODY = re.compile("书记|主席|部长|市长|省长|会议|全会|中央|政府|委员会")
# How a sentence begins whose subject is that of the heading or sentence before.
_OF_WHAT = re.compile(
    r"最(?:重要|根本|关键|核心|紧要|主要)(?:、最[\u4e00-\u9fff]{2})*的?(?:就是|是)"
    r"|(?:深入|广泛|大力|全面)?(?:学习|宣传|阐释|领会|理解|认识|把握|讲清){1,2}“?____”?(?:的[^，。]{1,4})?是"
)
# ，体现了新发展理念，集中了全国人民的智慧: what does?
_SHOWS = re.compile("(?:^|，)(?:充分|集中|深刻|生动)?(?:体现|集中|反映|彰显|凝结|凝聚|展现)了")
_MADE_CLEAR = re.compile("明确(?!的|了)")
_LEADER = re.compile(r"(?<![\u4e00-\u9fff])总书记(?![、，])")
_NAMED_LEADER = re.compile("习近平|胡锦涛|江泽民|胡耀邦|赵紫阳|总书记的|中共中央总书记")
# Somebody asked for it, on which occasion?
_SAID_SOMEWHERE = re.compile(
    r"^[\u4e00-\u9fff]{2,4}(?:总书记|主席|总理|同志)?(?:还|又|曾|进一步|明确)?(?:指出|强调|提出|要求|认为|表示)，(?:要|必须|应|需)"
)
_HONOURED = re.compile("授予[^，。]{0,20}(?:勋章|奖章|称号|荣誉)|授予“____”")
_YEAR = re.compile(r"\d{4}年|[〇一二三四五六七八九]{4}年")
_RHETORIC = re.compile(
    "吹响[^，。]{0,14}号角|巨轮|扬帆|劈波斩浪|乘风破浪|破浪前行|航船|春潮|春风化雨|浩荡东风|鼓角|征帆|灯塔|沃土|春华秋实"
    # 筑牢“压舱石”: one of a dozen pictures, and nothing that it is a picture of
    "|(?:坚定|筑牢|把准|把稳|把好|系好|当好|念好|下好|牵住|牵牢|拧紧|上紧)(?:“[^”]{2,4}”的)?“(?![一二三四五六七八九十两])[^”]{2,4}”(?=[，。；、])"
)
# 7年磨一剑, 冬奥7年艰辛: a number, and no figure.
_SAYING = re.compile("____(?:磨一剑|艰辛|如一日|耕耘|奋斗|风雨|坚守|砥砺)")
_WORDINGS = (
    KnowledgeKind.ABBREVIATION,
    KnowledgeKind.FORMULATION,
    KnowledgeKind.MEETING,
    KnowledgeKind.DEFINITION,
    KnowledgeKind.QUOTATION,
)
# What could be said of many things, and is a formulation where authority has said it of one.
_PRAISE = re.compile("(?:鲜明|显著|突出|重要|基本|重大)(?:标识|特征|特点|标志|主题|品格|内容|成果|优势)")
_OF_AN_OFFICE = re.compile("(?:制度|须知|流程|程序|做法|规程)$")
_WHOSE = re.compile(r"中国|中共|中华人民共和国|全国|国家|中央|国务院|党内|[\u4e00-\u9fff]{2}[省市县区州旗]")
_RULED = (KnowledgeKind.RULE, KnowledgeKind.FIGURE, KnowledgeKind.DATE)


def unvoiced(draft: Draft, _context: Context) -> bool:
    """Something is demanded, made clear or said, and neither the words nor the citation say by whom."""
    said = draft.said
    demanded = _DEMANDED.search(said) if "subject" in draft.frame.gaps else _trimmed_demand(draft)
    if demanded and not _SOMEBODY.search(said[: demanded.start()]) and not _named(said[: demanded.start()]):
        return True
    if "subject" in draft.frame.gaps and _SHOWS.search(said):
        return True
    if _OF_WHAT.match(said) or (_MADE_CLEAR.match(said) and not draft.frame.anchor):
        return True
    passing = _HONOURED.search(said) or _said_somewhere(draft)  # every year somebody is, or does
    if passing and not _YEAR.search(draft.stem):
        return True
    return _LEADER.search(said) is not None and _NAMED_LEADER.search(draft.filled) is None


_REQUIRED = re.compile("，要求(?![的了其])")


def _trimmed_demand(draft: Draft) -> re.Match[str] | None:
    """“具有独特而重要的地位，要求四川……”: who requires it, the words trimmed away say."""
    trimmed = draft.frame.kept[0].start > 0 and not citations.is_norm(draft.knowledge.sentence.article)
    return _REQUIRED.search(draft.said) if trimmed else None


_GENERATION = re.compile(
    "(?<![在同与])以(?:[\u4e00-\u9fff]{2,4}同志为主要代表的中国共产党人|(?!习近平)[\u4e00-\u9fff]{2,4}同志为核心的党中央)"
    "(?!周围|坚强|集中|的|权威|领导|保持|决策|关于)"
)


def unled(draft: Draft, _context: Context) -> bool:
    """“推进理论创新、制度创新”, in a resolution on history: done by the Party of one time, whom it names, and
    not demanded of anybody today."""
    if draft.kind is ItemKind.SHORT_ANSWER:
        return False
    text, last = draft.knowledge.sentence.text, draft.frame.kept[-1]
    told = _GENERATION.search(text, 0, last.start)
    return told is not None and "，" in text[told.end() : last.start] and not _GENERATION.search(draft.said)


_SPEAKS_OF_HIMSELF = re.compile(
    "(?:说|表示|指出|强调|认为|谈到|介绍)[，：][^。]*(?<![自敌忘小唯本])我(?![国们省市区县党军院校州厂司队团行部])"
)


# 李克强在主持大会时指出，……。要……: what follows is his, too.
_PERSON_SAYS = re.compile(
    "(?:^|[。！？][”’]?)(?P<who>[^，。；：！？“”]{2,40}?)(?:指出|强调|表示|要求|认为|说)[，：]"
)
_GOES_ON = re.compile("(?:还|也|同时，)?(?:要|必须|应当?|需要)(?![点素求])")


def _is_of_another_person(draft: Draft, context: Context) -> bool:
    """Does it go on with what somebody has said, whom the stem does not name, and whom nobody expects?"""
    sentence = draft.knowledge.sentence
    if not _GOES_ON.match(sentence.text):
        return False
    said = (_PERSON_SAYS.findall(other.text) for other in context.earlier(sentence))
    who = next((found[-1] for found in said if found), "")
    named = [word.text for word in tagged(who) if word.tag.startswith("nr")]
    return bool(named) and not any(name in draft.stem or _NAMED_LEADER.search(name) for name in named)


def of_a_speaker(draft: Draft, context: Context) -> bool:
    """“把拥护‘两个确立’转化为……行动”, in what a governor promised at the beginning of the paragraph: who
    does, if the stem does not name him?"""
    if _is_of_another_person(draft, context):
        return True
    if draft.kind is ItemKind.SHORT_ANSWER or "subject" not in draft.frame.gaps:
        return False
    if speeches.is_anothers(draft.knowledge.sentence, context):
        return True
    return any(_SPEAKS_OF_HIMSELF.search(one.text) for one in context.earlier(draft.knowledge.sentence))


_ACHIEVED = re.compile(
    "(?:创造|取得|实现|开创|开辟|书写|谱写|赢得|建立|确立|形成|完成|夺取|迎来)了[^，。；]*(?:成就|奇迹|胜利|飞跃|篇章|局面|道路|历史|制度|体系)"
)


# 回顾总结了过去5年的工作, of a decision about a congress: the congress has.
_OF_A_CONGRESS = re.compile(
    "[\u4e00-\u9fff]{0,4}(?:总结|回顾|分析|阐[述明]|擘画|谋划|制定|批准|选举|产生|通过|提出|确定|部署)了"
)
_DECISION = re.compile("(?:决定|决议|意见|通知)$")


def unachieved(draft: Draft, _context: Context) -> bool:
    """“自信自强、守正创新，……，创造了新时代的伟大成就”, whose subject was trimmed away: who has?"""
    trimmed, title = draft.frame.kept[0].start > 0, draft.knowledge.sentence.article.title
    if trimmed and _DECISION.search(title) and _OF_A_CONGRESS.match(draft.said):
        return True
    if draft.kind is ItemKind.SHORT_ANSWER or "subject" not in draft.frame.gaps:
        return False
    return trimmed and not _is_report(draft) and _ACHIEVED.search(draft.said) is not None


def _is_report(draft: Draft) -> bool:
    """Is what has been done without a subject the place's whose report it is?"""
    return citations.is_report(draft.knowledge.sentence.article)


def _said_somewhere(draft: Draft) -> bool:
    nowhere = not draft.frame.anchor and _SAID_SOMEWHERE.match(draft.stem) is not None
    return nowhere and tagged(draft.stem)[0].tag.startswith("nr")


def _named(said: str) -> bool:
    return any(word.tag in ("nr", "nt") for word in tagged(said))


def rhetorical(draft: Draft, _context: Context) -> bool:
    """“‘中国号’巨轮驶入更加宽阔的航程”: how a thing is said, and not what."""
    if draft.knowledge.kind is KnowledgeKind.FIGURE and _SAYING.search(draft.stem):
        return True
    return draft.knowledge.kind in _WORDINGS and _RHETORIC.search(draft.statement) is not None


# One of several: ____正是学习贯彻党的二十大精神的重要内容.
_ONE_OF_SEVERAL = re.compile(
    "____”?(?:正|也|就|更|同样|无疑|既)?是[^，。；]{2,40}的(?:一[项个条种])?(?:重要|关键|主要|必要|有效|有力|具体|生动)"
    "(?:内容|部分|组成部分|环节|举措|途径|抓手|任务|方面|体现|保障|保证|基础|支撑|手段|方式|方法|内涵|因素|标志|力量|载体)[，。；]"
)


def of_praise(draft: Draft, _context: Context) -> bool:
    """“全面从严治党是新时代党的建设____”: 鲜明标识, 鲜明主题, 鲜明特征?"""
    asked = draft.kind in BLANKED and (
        any(map(_PRAISE.fullmatch, draft.key)) or _ONE_OF_SEVERAL.match(draft.said.lstrip("“"))
    )
    return bool(asked) and not is_of_authority(draft.said)


def of_an_office(draft: Draft, _context: Context) -> bool:
    """What an office has ruled for itself, which is ruled otherwise in the next one."""
    article = draft.knowledge.sentence.article
    some = _OF_AN_OFFICE.search(article.title or "") and not (article.issuer or _WHOSE.search(article.title))
    return bool(some) and draft.knowledge.kind in _RULED

"""Gate on stems without a subject: do the words, or what is cited before them, say whose doings they are?"""

from __future__ import annotations

import re

from studytool.items import citations, speeches
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.narration import narrated
from studytool.items.subjects import names_something, opens_with_doing
from studytool.model import ItemKind, KnowledgeKind
from studytool.words import tagged

_FACTS = (KnowledgeKind.FIGURE, KnowledgeKind.DATE, KnowledgeKind.PLACE, KnowledgeKind.TITLE)
_RULED = re.compile("必须|应当?|不得|不准|要|可以?|由")


def _told_of_one(draft: Draft) -> bool:
    """Is the document a report or bulletin, whose statements without a subject are of its own place?"""
    return citations.is_report(draft.knowledge.sentence.article) or citations.is_bulletin(draft.frame.anchor)


_DOINGS = re.compile(  # “2020年6月17日，主持峰会并发表讲话”: who did? A chronicle tells of many
    r"^[^，]*[年月日]，(?:主持|会见|考察|视察|访问|签署|接见|(?:在|出席)[^，。]*(?:发表|致辞|讲话)"
    r"|(?:[\u4e00-\u9fff]{1,4}地)?(?:加入|参加|当选|出生|牺牲|投身|考入|毕业|担?任|被[捕选]|调任|率[部领]|入党|奉命))"
    r"|^[^，]*[年月日](?:加入|参加|当选|出生|牺牲|投身|考入|毕业于|被[捕选]|调任|入党|奉命)"
)


def _not_ruled(draft: Draft) -> bool:
    """“团结全党……实现现代化的伟大任务”, of a regulation: who must, and is it a rule?"""
    norm = citations.is_norm(draft.knowledge.sentence.article)
    return draft.kind is ItemKind.TRUE_FALSE and norm and not _RULED.search(draft.said)


# 鼓励采购单位提高预付款比例, of a paper: it is whoever issued it that does so.
_DIRECTS = re.compile("鼓励|支持|引导|允许|严禁|禁止|推动|督促")
_OF_POLICY = re.compile("(?:意见|措施|通知|方案|规划|纲要|计划|要点|清单)(?:（[^（）]{1,16}）)?$")


# 贯穿基础教育、职业教育各领域, whose 把立德树人融入…… was left out: what does?
_OF_WHAT = re.compile(
    "(?:并|还|也|更)?(?:贯穿|融入|纳入|转化为|延伸[到至]|覆盖|渗透|落实[到在]|成为|上升为|体现[在为])"
)


# What happens to one: 1985年4月更名为连云港市群众艺术馆, 1973年1月8日在灌云县逝世, 占地5000平方米.
_HAPPENS_TO = re.compile(
    r"^(?:[^，。]{0,16}?[年月日底初末]，?)?(?:又|再|后|即|先后|正式|曾|经[^，。]{2,20}批准，?|[被由][^，。]{2,24}?"
    r"|在[^，。]{2,16}?)*(?:(?:更名|改名|改称|易名|改[为属]|划归|隶属|升格|并入|迁[往至到]|公布为|命名为|评为|列[为入]|定为"
    r"|逝世|去世|病逝|牺牲|就义|遇难|诞生|出生|奠基|破土|占地|位于|坐落|地处|学制)|(?:成立|建成|竣工|通车|落成|开业|投产|开馆)[，。])"
)
# A gazetteer tells of one thing after the other, and names it once.
_GAZETTEER = re.compile("大事记|纪事|年表|[\u4e00-\u9fff]{2}[省市县区州旗]志|简史")
_TOLD_ANYWHERE = (KnowledgeKind.ABBREVIATION, KnowledgeKind.DEFINITION)


def _of_something_left_out(draft: Draft) -> bool:
    """Is it told of one thing or person, whom other words named?"""
    if _told_of_one(draft) and citations.can_be_of_a_place(draft.knowledge.sentence.article):
        return False
    title = draft.knowledge.sentence.article.title or ""
    told = draft.knowledge.kind not in _TOLD_ANYWHERE and _GAZETTEER.search(title) is not None
    return told or _HAPPENS_TO.match(draft.statement) is not None


# 他毫不动摇坚持……，|旗帜鲜明坚持……: who he was, the words trimmed away do not say either. (Of 他强调， the
# citation says whose speech it is.)
_HE_DID = re.compile(
    "(?:^|[，；])[他她](?![们的人]|[^，]{0,4}(?:指出|强调|提出|要求|表示|认为|说)，)[^，。；]{2,}，"
)


def _of_him(draft: Draft) -> bool:
    """Does what is kept go on with what he did?"""
    trimmed = draft.knowledge.sentence.text[: draft.frame.kept[-1].start]
    if _HE_DID.search(trimmed) is None:
        return False
    words = tagged(draft.statement)
    how = words[0].tag[:1] in "ild" if words else False  # 旗帜鲜明, 始终
    return how or "subject" in draft.frame.gaps or opens_with_doing(words)


def subjectless(draft: Draft, context: Context) -> bool:
    """Without a subject of its own a stem needs an anchor that names one."""
    if "subject" not in draft.frame.gaps:
        untold = not draft.frame.anchor and opens_with_doing(tagged(draft.statement))
        return untold or (draft.kind is not ItemKind.SHORT_ANSWER and _of_him(draft))
    if draft.kind is ItemKind.SHORT_ANSWER or not draft.frame.anchor:
        return not draft.frame.anchor  # 努力实现怎样的发展？
    article = draft.knowledge.sentence.article
    of_him = _of_him(draft)
    of_what = _OF_WHAT.match(draft.said) is not None and not citations.is_norm(article)
    if of_him or of_what or _of_something_left_out(draft):
        return True
    alone = draft.kind is ItemKind.TRUE_FALSE or _DOINGS.search(draft.statement) is not None
    untold = alone and not (_told_of_one(draft) and citations.can_be_of_a_place(article))
    by_whom = draft.knowledge.kind is KnowledgeKind.TITLE and not citations.is_report(article)  # 出台《……》
    if untold or by_whom or _not_ruled(draft):
        return True
    factual = draft.knowledge.kind in _FACTS or draft.kind is ItemKind.TRUE_FALSE
    if factual and narrated(article, context):
        return True
    spoken = speeches.utterance(draft.knowledge.sentence, context) is not None
    told = (citations.names_subject(article) and not spoken) or names_something(tagged(draft.said))
    return (
        factual and not told and not (_DIRECTS.match(draft.said) and _OF_POLICY.search(article.title or ""))
    )

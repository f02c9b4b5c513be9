"""Gates on the end and the length of a stem: does it end as a sentence does, with all that was begun?"""

from __future__ import annotations

import re

from studytool.items import citations, events, provisions
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.gate_provisions import FIGURE
from studytool.items.gate_rules import declares
from studytool.items.subjects import has_subject, has_verb, is_adverbial, is_verb
from studytool.model import BLANK, ItemKind, KnowledgeKind, Span
from studytool.words import is_word, tagged

LONGEST, SHORTEST = 138, 10  # characters of a stem

_OPEN_END = re.compile(
    r"(?:表示|说|指出|强调|提出|认为|等方式|等形式|等途径|方面|以来|期间|时间里|过程中|时候|之前|之后|之际|的同时|(?<=[\u4e00-\u9fff]{3})(?<![前先背最落身幕今以])后|为了|(?<![数致议决会])通过|围绕|如下|其中|包括|例如|比如|以及|和(?![平谐])|与(?!会)|的|是|为|按(?:可比价|不变价)格?计算"
    r"|(?:提出|实行|坚持|实施|推行|规定|决定)在[^，。；]*[下中上])[。]$"  # what, the next words say
)
_ROUND = re.compile(r"(?:围绕|针对)[^，。]*。$|(?:召开|举行)了?[\u4e00-\u9fff]{0,2}(?:大会|会议|座谈会)。$")
_FRAGMENT = re.compile(
    r"[^，]*在[^，]*会上的(?:重要)?讲话。$|在[^，。]*[中里上下][^，。是有]*的[^，。]*。$|从[^，。]*到[^，。]*。$|[^，是]*关于[^，是]*的[^，。是]{2,10}。$"
    # a thing, and nothing of it
    r"|(?:[^，。；]{2,20}，)?(?:一切|所有|任何|凡)(?![^。]*(?:不得|应当?|必须|可以|[都均要能由]))[^，。；是]*的[\u4e00-\u9fff]{2,8}。$"
    r"|[^，。；是有]*(?:颁布|制定|出台|通过|发布|印发)的《》。$"
    # what is looked at, and not by whom
    r"|(?![^。]*(?:检查|报告|汇报|监督|了解|通报|掌握|听取|公开|评估|考核|研究|分析|审议|督查|跟踪))"
    r"[^，。；是有]*的[^，。；是有]*(?:贯彻|落实|执行|完成|进展|开展)情况。$"
    # what is followed, or taken hold of, and not what is done
    r"|^[^，。；]{0,16}(?:遵照|按照|依照|本着)[^，。；]*(?:大局|方针|要求|原则|精神|部署|指示|思路)。$"
    r"|^(?:\d{4}年)?包括[^。]*的[^，。的]{2,8}。$"
    r"|(?:^|，)[则就便却又]?把[^，。]*中的[^，。]{1,8}。$"
    r"|[^。]*(?:无论|不论|不管)[^，。]*，还是[^，。]*。$"  # and what was done in either case?
    r"|^[^。《》“]*(?:发出|下发|印发)了?通知。$"  # of what?
    r"|^(?:[^，。]*[年月日]，)?经[^，。]*(?:介绍|推荐|批准|同意|研究)。$"
    r"|[^。]*，(?:特别|尤其)是[^，。]*(?:以后|以来|之后|期间|前后)。$"  # since when, and not what
    r"|[^。]*在[^，。]{1,8}(?:年|月|日|天|小时|时间)[内里]。$"  # 力争在一两年内: what is to be done?
    r"|[^。]*，经[^，。]*(?:申请|同意|批准)。$"  # what they may do, the next words say
    r"|[^。]*[\d万多个_]+[省市县区镇乡]（?[市区镇道]?）?级。$"  # 2534个县（市）级、……服务中心
    r"|本[\u4e00-\u9fff]{1,3}所称(?:的)?“[^”]*”。$"  # and what is it?
    r"|(?:[^。]*，)?分别就[^，。]*(?:问题|工作|情况|任务)。$"
    # of great moment, the next words say
    r"|(?:[^。]*，)?对(?:推动|促进|推进)(?![^，。]*(?:提|作|进行|产生|发挥|起|给予|部署))[^，。是有]*。$"
    r"|^对于?[^，。；]*的[^，。；的]{2,8}。$"  # 对于被判处拘役、____以下有期徒刑的犯罪分子。
    r"|(?:[^。]*，)?对于(?![^，。]*(?:提|作|进行|给予))[^，。是有]*。$"
    r"|(?:[^。]*，)?(?:剔除|扣除)[^，。]*(?:因素|影响)。$"  # and then?
    r"|[^。]*，[与同和][^，。]*(?:相比|比较)。$|自从?[^。]*(?:以来|以后|之后)。$"
    # who is, and does what?
    r"|[^，。由是为任有选请派向对说]*(?:书记|主任|部长|组长|主席|局长|省长|市长|总理|政委)____。$"
    # one of the thirteen advantages, whose noun comes last: 坚持……，走共同富裕道路的显著优势
    r"|(?:[^。]*，)?坚持[^。]*的(?:显著优势|优势)。$"
    # “会议通过的《……》和《……》。”: papers, and nothing that is said of them
    r"|(?:[^。]*，)?(?![^，。]{0,12}(?:学习|贯彻|落实|执行|按照|根据|讨论|研究))[^，。《》]{0,24}(?:会议|大会|全会)(?:审议)?(?:通过|制定|提出|发布|审议)的(?:《[^》]*》[、，和与及以]*)+。$"
)
_BY_WHAT = re.compile(r"(?:^|，)(?:利用|借助|趁|抓住)[^，。]*的(?:机会|时机|契机)。$")
_WITH_WHOM = re.compile(  # “率领军队两万余人，在南昌打响第一枪”: who came along, and not what was done
    r"(?:率领|带领|率)[^，。]*(?:\d|[一二三四五六七八九十百千万])[余多]?[人名]。$"
)
_HANGING_NOUN = re.compile(r"(?:为|有|达|长|约)\d[^，。；]*的[\u4e00-\u9fff]{2,8}。$")
_ACCORDING = re.compile(r"，(?:并|再|又|还)?(?:根据|按照|依照|遵照)[^，。]{2,24}。$")
# “涉嫌职务犯罪的国家工作人员554人。”: a noun, with what is said of it in front, and its number.
_QUALIFIED = re.compile(
    r"^(?![^，。]*[有达为共是占获计过超])[^，。]{2,40}的[^，。的]{2,12}?\d[\d.]*[万亿]?[人名件个起]。$"
)
_AND_THE_LAST = re.compile("^[^，。]*(?:以及|及|和)____[\u4e00-\u9fff]{3,}。$")
# 计划投入47.7亿元，: for what?
_SPENT = re.compile(r"(?:投入|筹集|拨付|安排)(?:资金|经费)?(?:约|达|超过?)?\d[\d.]*[万亿]*元。$")
_OF_SOMETHING = (_SPENT, _HANGING_NOUN, _ROUND, _BY_WHAT, _WITH_WHOM, _ACCORDING)


def _of_something(draft: Draft) -> bool:
    """“原计划工期为4个月的明渠工程，”: what of it, the words trimmed away said."""
    text, end = draft.knowledge.sentence.text, draft.frame.kept[-1].end
    trimmed = end < len(text) and text[end - 1] in "，,"
    found = (pattern.search(draft.filled) for pattern in _OF_SOMETHING) if trimmed else ()
    return any(match is not None and not _is_named(match[0]) for match in found)


def _is_named(words: str) -> bool:
    """举行遵义会议。: which, everybody knows."""
    return is_word(re.sub("^(?:召开|举行)了?|。$", "", words))


_COUNTED_LIST = re.compile(
    r"(?:[两二三四五六七八九十\d](?:大|个|项|条|件|方面|点)[^，。：；]{0,14}|(?:以下|如下)[^，。：；]{0,8}|下列[^，。：；]{1,8})：[^（]"
)
# “‘十四个坚持’，就是坚持党对一切工作的领导。”: and the other thirteen?
_COUNTED_MEANS = re.compile(
    r"[两二三四五六七八九十\d](?:个|大|项|条|种|点)?[\u4e00-\u9fff]{1,8}[”’]?(?:[\u4e00-\u9fff]{0,8})"
    r"(?:，|——)?(?:就是|即(?![将使])|是指|指的是|分别[是为])"
)
# “不断发展的成就是：开辟了中国特色社会主义道路。”: and what else?
_ALL_OF_IT = re.compile(r"(?:是|为|有|包括|即)：[^：]*。$")


# “……；（3）支持价格体系改革。”: the third of points whose first two were trimmed away.
_LATER_POINT = re.compile("[；，](?:（[二三四五六七八九十2-9２-９]）|[②-⑨])")
_FIRST_POINT = re.compile("（[一1１]）|①")


def _later_point(draft: Draft) -> bool:
    return _LATER_POINT.search(draft.said) is not None and _FIRST_POINT.search(draft.said) is None


def _announces(draft: Draft) -> bool:
    """“全省上下形成强烈共识：”: what, the words trimmed away say."""
    text, end = draft.knowledge.sentence.text, draft.frame.kept[-1].end
    return text[end : end + 1] == "：" or (end < len(text) and text[end - 1] == "：")


_COUNTED_HEAD = re.compile(
    "^[^：]*[两二三四五六七八九十\\d](?:大|个|项|条|件|方面|点|种|类|级|档)[^：，]{0,8}："
)


_DOES_WHAT = re.compile("(?:做好|抓好|开展|了解|掌握|检查|听取)(?![^。]*(?:工作|活动|情况))[^。]*。$")
_ITS_OBJECT = re.compile("[^。；]*等[^。；]{0,6}(?:工作|活动|情况)")


def _object_lost(draft: Draft) -> bool:
    """“做好扩大国内需求、实施____战略。”, cut before “等方面工作”: that was what to do well."""
    text, end = draft.knowledge.sentence.text, draft.frame.kept[-1].end
    return _DOES_WHAT.search(draft.said) is not None and _ITS_OBJECT.match(text, end) is not None


def _list_cut(draft: Draft) -> bool:
    """“提出八大基本理念：更加注重以德为先。”: and the other seven?"""
    text, end = draft.knowledge.sentence.text, draft.frame.kept[-1].end
    if draft.frame.tells_one_point and not _COUNTED_HEAD.search(draft.filled):
        return False  # 应当具备下列条件：有一百万元人民币以上的注册资本, and others
    if draft.knowledge.kind is KnowledgeKind.FIGURE:
        return bool(text[end:].strip("。”")) and _COUNTED_LIST.search(draft.filled) is not None
    listings = (_COUNTED_LIST, _COUNTED_MEANS, *(() if draft.frame.elides else (_ALL_OF_IT,)))
    return bool(text[end:].strip("。”")) and any(one.search(draft.filled) for one in listings)


_BESIDES = re.compile("并(?![不非])|同时")  # what is to be done besides


def _without_exception(draft: Draft) -> bool:
    """Is a rule cut before its end? What follows a comma there may be the exception to it."""
    text, end = draft.knowledge.sentence.text, draft.frame.kept[-1].end
    return end < len(text) and text[end - 1] not in "。；" and not _BESIDES.match(text, end)


_WORDINGS = frozenset((KnowledgeKind.ABBREVIATION, KnowledgeKind.FORMULATION))  # whatever else is ruled
_MAY = "可以"  # tagged as a conjunction, and what one may do can be an idiom: 连选连任
_STATES = frozenset(("是", "为", "有", "达", "达到", "占", "居"))


# 每届任期五年: said without a verb; 主管 is a noun to jieba.
_LASTS = re.compile("任期[一二三四五六七八九十两\\d]{1,2}年[，。]|主管全国")


def _says_something(draft: Draft, said: str) -> bool:
    """Is there a verb? A row of names can be asked for its number; to be true or false it must be told of."""
    if _QUALIFIED.search(draft.statement) and (
        draft.kind is ItemKind.TRUE_FALSE or draft.frame.kept[0].start
    ):
        return False
    if _LASTS.search(draft.statement):
        return True
    if draft.kind is not ItemKind.TRUE_FALSE:
        return any(word.tag[:1] in "dpav" or word.text == _MAY or is_verb(word) for word in tagged(said))
    return events.happens(said) or any(word.tag == "v" or word.text in _STATES for word in tagged(said))


def _happens(said: str) -> bool:
    """“____，湖南西南部通道县恭城书院里。”: when and where, and nothing that happened."""
    return events.happens(said) or has_verb(tagged(said.replace(BLANK, "，")))


_SAID = re.compile(r"(?:指出|强调|提出|认为|要求)，(?P<what>[^，。]*)。$")


def _announced(said: str) -> bool:
    """“……指出，新世纪头二十年。”: of which something was said that is not there."""
    match = _SAID.search(said)
    return match is not None and not has_verb(tagged(match["what"]))


# “……提出，紧扣高质量发展“____”。”: how, but not what; who says it may stand before.
_HOW_ALONE = re.compile(
    r"^(?:[^，。]*(?:指出|强调|提出|认为|要求|表示|说)，)?要?(?:紧扣|围绕|立足|按照|根据|着眼|针对|对照|依托|遵照|本着)[^，。]*。$"
)
# 在____的革命生涯中，特别是在……的伟大实践中。
_IN_AND_IN = re.compile("^(?:在[^，。]*[中时上下里后]，)+(?:特别|尤其)是在[^，。]*[中时上下里后]。$")
_DURING = re.compile(r"(?:^|，)(?P<before>[^，。]{0,12})在[^，。]*(?:中|时|上|下)。$")


def _setting_alone(said: str) -> bool:
    """“____，中央在给东北局的指示中。”: when and where, but not what was done."""
    if _HOW_ALONE.search(said) or _IN_AND_IN.match(said):
        return True
    match = _DURING.search(said)
    if match is None or has_verb(tagged(match["before"])):
        return False
    return not has_verb(tagged(said[: match.start()]))


_SAYS_OF = re.compile("(?:指出|强调|提出|要求|认为)，[^，。]*。$")
_IS = re.compile("，?(?:就|也|既|正|都)?是(?!否)")


def _without_predicate(draft: Draft) -> bool:
    """“强调，开展专题教育，是今年的一项重要任务”: cut before 是 it becomes a demand."""
    rest = draft.knowledge.sentence.text[draft.frame.kept[-1].end :]
    judged = draft.kind is ItemKind.TRUE_FALSE  # 一九五七年发动的斗争。, of 发动的斗争，是……
    return _IS.match(rest) is not None and (judged or _SAYS_OF.search(draft.filled) is not None)


_HEARS = re.compile("听取|审议|讨论|审查")
_DECIDES = re.compile("^[^。；]{0,80}?，?(?:并|会议)?(?:决定|批准|通过|同意)")


def _does_all(draft: Draft) -> bool:
    """“____，全国人大听取了说明，审议了方案”: and decided, on that day; it had heard on another."""
    rest = draft.knowledge.sentence.text[draft.frame.kept[-1].end :]
    return not (_HEARS.search(draft.statement) and _DECIDES.match(rest))


def cut_off(draft: Draft, _context: Context) -> bool:
    if draft.kind is ItemKind.SHORT_ANSWER:
        return False
    said = draft.said
    ruled = draft.knowledge.kind is KnowledgeKind.RULE or citations.is_norm(draft.knowledge.sentence.article)
    if ruled and draft.knowledge.kind not in _WORDINGS and _without_exception(draft):
        return True
    if not _says_something(draft, said):
        return True
    if draft.knowledge.kind is KnowledgeKind.DATE and not (_happens(said) and _does_all(draft)):
        return True
    part = _of_something(draft) or _half_a_speech(draft, said) or _is_fragment(said)
    if part or _announced(said) or _setting_alone(said) or _without_predicate(draft):
        return True
    last = _AND_THE_LAST.search(said) is not None and draft.frame.kept[0].start > 0
    return (
        last
        or _object_lost(draft)
        or _later_point(draft)
        or _list_cut(draft)
        or _announces(draft)
        or bool(_OPEN_END.search(said.replace(BLANK, "空格")))
    )


_TITLE = re.compile("《[^《》]*》")
_ABOUT = re.compile(  # a meeting about something
    "(?:召开|举行|作出|发布|通过|提出|发表|印发|制定)了?关于[^，。]*。$"
)


def _is_fragment(said: str) -> bool:
    """Is it a part of a sentence? What a title says is no part of it."""
    return _FRAGMENT.match(_TITLE.sub("《》", said)) is not None and _ABOUT.search(said) is None


_SPEECH = re.compile(
    "(?:表示|认为|指出|强调|介绍|坦言|透露|说)，(?!(?:还|也|都|就|我们)?(?:要|将|应当?|必须|需要?|坚持))(?P<told>[^，。；：]+)。$"
)


def _half_a_speech(draft: Draft, said: str) -> bool:
    """“____表示，进入新时代。”: what was said is left out; one clause has to be a sentence."""
    speech = _SPEECH.search(said) if draft.knowledge.kind is KnowledgeKind.PERSON else None
    if speech is None:
        return False
    words = tagged(speech["told"])
    whole = has_subject(Span(0, len(speech["told"])), words) and has_verb(words)
    return not whole or is_adverbial(speech["told"], words)


def long(draft: Draft, _context: Context) -> bool:
    return len(draft.stem) > LONGEST


_IN_FORCE = re.compile("起(?:施行|实施|执行|生效)")  # “本法自____起施行”: of the law that is cited


def short(draft: Draft, _context: Context) -> bool:
    said = draft.said.replace(BLANK, "")
    if draft.kind is ItemKind.TRUE_FALSE:
        return len(said) < 14 or (_IN_FORCE.search(said) is not None and len(said) < 24)
    ruled = draft.knowledge.kind is KnowledgeKind.RULE
    named = ruled and draft.key[0].endswith("制")  # 国务院实行____。
    # 留置时间不得超过____。
    term = ruled and FIGURE.search(draft.key[0]) and provisions.is_cited(draft.frame.anchor)
    counted = draft.knowledge.kind is KnowledgeKind.FIGURE
    exact = counted or named or term or _IN_FORCE.search(said) or declares(draft)
    enough = 5 if exact and draft.frame.anchor else SHORTEST
    return len(said) < enough and draft.kind is not ItemKind.SHORT_ANSWER and "包括" not in said

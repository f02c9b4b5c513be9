"""Gates on wordings: could others than these words have stood there as well?"""

from __future__ import annotations

import re

from studytool.data import lines
from studytool.items import citations
from studytool.items.authority import by_authority, is_demand_of_the_centre, known
from studytool.items.confusables import rivals
from studytool.items.context import Context
from studytool.items.drafts import BLANKED, Draft
from studytool.items.forms import normal
from studytool.model import ItemKind, KnowledgeKind, Span
from studytool.words import tagged, terms

_TERMED = frozenset((KnowledgeKind.FORMULATION, KnowledgeKind.DEFINITION))
_BARE_ROLE = re.compile(
    r"^[^，。]{0,8}[以把]____(?:作为|为)[^的，。]{2,6}。$|^[^，。]{0,8}[以把][^，。]{2,14}(?:作为|为)____。$"
)
_FIXED = re.compile(  # before these stands one wording and no other
    r"的?(?:发展思想|战略思想|思想|发展理念|理念|(?:工作)?总基调|方针|功能定位|总体布局|战略布局|战略部署|精神|宗旨|基本国策)(?=[，。；、]|$)"
)
_ROLE = re.compile(  # 以加快转变经济发展方式为主线: which is what, authority lays down
    "(?:作)?为(?:鲜明)?(?:主题|主线|核心|中心|根本|根本目的|根本动力|主攻方向|宗旨|统领|纲|总抓手|总牵引|战略基点|出发点和落脚点)(?=[，。；、的]|$)"
)
_COINED = re.compile(
    r"(?:称为|称作|誉为|被称|号称|喻为|叫做|即|概括为|简称|品牌|打造|唱响|叫响|实施|开展|推出|首创|创新|提出|擦亮|等)[^，。；]{0,8}“$"
)
_SPEAKERS = frozenset((KnowledgeKind.ORGAN, KnowledgeKind.MEETING))
_SPEAKS = re.compile(r"，____(?:提出|指出|强调|要求|决定)")  # who? a person, a meeting or an organ
# “中共中央办公厅2014年印发了《____》，并发出通知，要求各地区各部门遵照执行”: so it does with many papers.
_ISSUED = re.compile("^(?![^。]*\\d日)[^。]*(?:印发|下发|发布|公布|出台)了?《____》，并[^。]*通知[^。]*。$")
_LIES = re.compile("(?:位于|地处|坐落于|坐落在|处于|落户于?)____")  # of what level, a town or a province?
_NAMES = frozenset((KnowledgeKind.TITLE, KnowledgeKind.PLACE))
_SOURCED = re.compile(r"中央|市委|省委|毛主席|国务院|1[89]\d\d年[^。]*、[^。]*等“____")
_LAYOUT = re.compile(r"”?(?:总体布局|战略布局|奋斗目标)")  # of which there is one each: nothing else tempts
_LOOSE_PLACE = re.compile(r"在“____”上(?:做文章|下功夫|求突破|出实招|见[实成]效|用力|发力)")
_SERIAL = "性感链化力度"
BARE = 16  # a stem of so few characters does not say which list is meant
RECURS, WORN = 2, 12  # times a document says a wording it keeps to, and one that tells nothing any more
SHORTEST, LONGEST = 4, 8


def own_words(draft: Draft, context: Context) -> bool:
    """A term of the author's own making, blanked where other words would do as well."""
    one = draft.knowledge
    if draft.kind is ItemKind.MULTIPLE_RESPONSE and one.kind is KnowledgeKind.LIST:
        return _any_list(draft, context)
    in_row = draft.kind is ItemKind.CLOZE and _any_of_a_row(draft)
    if _of_one_place(draft) or _merely_issued(draft) or in_row:
        return True
    if draft.kind is ItemKind.CLOZE and one.kind in (*_SPEAKERS, *_NAMES):
        return _any_name(draft)
    if draft.kind is ItemKind.SINGLE_CHOICE and one.kind is KnowledgeKind.ABBREVIATION:
        only = _LAYOUT.match(one.sentence.text[one.spans[0].end :]) is not None
        return only or draft.key[0].endswith("战役")  # nobody tells of two great battles, or four
    if draft.kind not in BLANKED or one.kind not in _TERMED or _is_settled(draft):
        return False
    worn = (
        one.rule == "demands"  # of anybody but the Centre
        or _LOOSE_PLACE.search(draft.stem) is not None
        or _everywhere(draft, context)
        or _one_of_a_set_said(draft)
    )
    return worn or _roleless(draft) or _replaceable(draft, context)


def _is_settled(draft: Draft) -> bool:
    """The words of a rule, and of a demand of the Centre, are nobody's own, nor is a set term or a name."""
    ruled = citations.is_norm(draft.knowledge.sentence.article) or is_demand_of_the_centre(draft)
    return ruled or normal(draft.key[0]) in terms() or _is_a_name(draft)


_A_PLACE = re.compile(r"(?:社区|街道|[村乡镇县区市省港桥馆校院站库湖])$")
_WORKS = re.compile(r"(?:设施|工程|铁路|公路|大桥|隧道|机场|电站|装置|平台|中心|基地|试验区|示范区)$")
NAMED = 6  # characters of a thing that is named at some length


def _is_a_name(draft: Draft) -> bool:
    """和平区新兴街道朝阳里社区, or 我国首个大型地震工程模拟研究设施: of the first of a kind there is one, and
    nobody else's name stands there."""
    one, key = draft.knowledge, draft.key[0]
    if one.rule == "glosses":
        return draft.kind is ItemKind.CLOZE  # the letters beside it leave no other
    if one.rule != "firsts":
        return False
    if one.kind is KnowledgeKind.DEFINITION:
        blank = draft.kind is ItemKind.CLOZE and "第一大" in draft.said
        return blank or _A_PLACE.search(key) is not None
    return draft.kind is ItemKind.CLOZE and len(key) >= NAMED and _WORKS.search(key) is not None


_ROW = re.compile(  # of terms side by side that nobody is said to have put there, or that goes on
    "^(?:“____”“[^”]+”|“[^”]+”“____”)|“____”(?:“[^”]+”)+等|(?:“[^”]+”)+“____”(?:“[^”]+”)*等"
)
_PART_PLAYED = re.compile("发挥[^，。；]*“____”的?作用")  # 压舱石, 主心骨, 领头雁


def _any_of_a_row(draft: Draft) -> bool:
    """“____”“四个善作善成”重要要求……; a figure of speech for the part somebody plays."""
    if _ROW.search(draft.said):
        return True
    return _PART_PLAYED.search(draft.said) is not None and not by_authority(draft)


def _merely_issued(draft: Draft) -> bool:
    """Does the stem only say that a paper was issued, in that year?"""
    return draft.knowledge.kind is KnowledgeKind.TITLE and _ISSUED.search(draft.said) is not None


def _any_name(draft: Draft) -> bool:
    """“____提出”, and one of several places or titles."""
    one = draft.knowledge
    if one.kind in _SPEAKERS:
        return _SPEAKS.search(draft.stem) is not None
    if one.kind is KnowledgeKind.PLACE and _LIES.search(draft.stem):
        return True
    return _one_of_several(one.sentence.text, one.spans[0])


_MODIFIER = re.compile(r"(?:新型|现代|高水平|高质量)$")


def _any_list(draft: Draft, context: Context) -> bool:
    """“全会号召，____。”, or a row of qualities (一个战略性、综合性的规划) which only its author can tell."""
    one = draft.knowledge
    if _MODIFIER.search(one.sentence.text[: one.spans[0].start]):
        return True  # 新型工业化、信息化: the row was cut within its first member
    if len(draft.said) < BARE:
        return True
    text = one.sentence.text
    fused = text[one.spans[-1].end :].startswith("深度融合")
    if (
        not fused
        and len({k[-1:] for k in draft.key}) == 1
        and draft.key[0][-1:] in _SERIAL
        and not by_authority(draft)
    ):
        hull = normal(text[one.spans[0].start : one.spans[-1].end])
        if normal(context.text).count(hull) < RECURS:
            return True  # 人才链、服务链: any other would fit as well
    after = text[one.spans[-1].end :]
    return after.startswith("的") and all(k.endswith("性") for k in draft.key) and not by_authority(draft)


def _roleless(draft: Draft) -> bool:
    """“以____作为核心要素。”: of what? And options of a long phrase differ by an absurd word."""
    long = draft.kind is ItemKind.SINGLE_CHOICE and len(draft.key[0]) > LONGEST
    if draft.kind is ItemKind.SINGLE_CHOICE and len(draft.key[0]) < SHORTEST - 1:
        return True  # 法治 among 和谐, 平等 and 文明
    bare_role = _BARE_ROLE.search(draft.said) is not None
    return bare_role or (long and not _known_or_quoted(draft))


def _everywhere(draft: Draft, context: Context) -> bool:
    """高质量发展 in a document that says it on every page: nobody would put another word there."""
    one = draft.knowledge
    plain = one.kind is KnowledgeKind.FORMULATION and not _quoted(one.sentence.text, one.spans[0].start)
    return plain and context.count(draft.key[0]) >= WORN


def _one_of_a_set_said(draft: Draft) -> bool:
    """围绕技术“卡点”……，围绕产业链“____”: 断点 and 痛点 stand there as well."""
    own = set(rivals(normal(draft.key[0])))
    return draft.kind is ItemKind.CLOZE and any(f"“{other}”" in draft.stem for other in own)


_HALF_OF_IT = re.compile("[把将][^，。；“”]{1,8}[和与及]$")  # 把国家和____放在自己力量的基点上


def _replaceable(draft: Draft, context: Context) -> bool:
    text, span, said_so = draft.knowledge.sentence.text, draft.knowledge.spans[0], by_authority(draft)
    if _brought_in(text, span):
        return False
    if (_beside(text, span) and not said_so) or _HALF_OF_IT.search(text[: span.start]):
        return True
    if _quoted(text, span.start):
        if not (_sourced(draft) or _settled(draft, context)):
            return True  # an author's own figure of speech, said once
        return not (_coined(text, span) or _settled(draft, context))
    return not (said_so and _settled(draft, context)) and _loose(draft, said_so)


# 在全国率先推出“船边直提”和“抵港直装”改革: what is brought in under a name is no figure of speech.
_BROUGHT_IN = re.compile(
    r"(?:率先|首创|创新)(?:推出|推行|实施|建立|探索|开展)?了?(?:[^，。；“”]{0,10}“[^“”]{2,12}”[和、与及]?)*[^，。；“”]{0,10}“?$"
)
_REFORM = re.compile(
    r"”?(?:[和、与及]“[^“”]{2,12}”)*(?:的?[\u4e00-\u9fff]{0,6}?)(?:改革|模式|机制|制度|做法|服务|举措|清单|标准)(?=[，。；、]|$)"
)


def _brought_in(text: str, span: Span) -> bool:
    return (
        _quoted(text, span.start)
        and _BROUGHT_IN.search(text[: span.start]) is not None
        and _REFORM.match(text[span.end :]) is not None
    )


def _sourced(draft: Draft) -> bool:
    """Are the words an authority's, a report's, or a name that history knows a thing by?"""
    report = citations.is_report(draft.knowledge.sentence.article)
    return report or by_authority(draft) or _SOURCED.search(draft.stem) is not None


def _known_or_quoted(draft: Draft) -> bool:
    one = draft.knowledge
    return normal(draft.key[0]) in known() or _quoted(one.sentence.text, one.spans[0].start)


def _settled(draft: Draft, context: Context) -> bool:
    """Is the wording known, or one the document keeps to?"""
    key = normal(draft.key[0])
    return key in known() or context.count(key) >= RECURS


_FOREMOST = re.compile("最本质|根本|首要")  # 最本质的特征是中国共产党领导, whoever repeats it


def _loose(draft: Draft, said_so: bool) -> bool:
    """Is a wording without quotation marks held by nothing: no head, no definition by authority?"""
    one, key = draft.knowledge, normal(draft.key[0])
    after = one.sentence.text[one.spans[0].end :]
    if "的" in key or _beside(one.sentence.text, one.spans[0], "、"):
        return True
    if key in known() and (draft.kind is ItemKind.SINGLE_CHOICE or _heads(after)):
        return False
    fixed = len(key) >= SHORTEST and _FIXED.match(after) is not None
    fixed = fixed or (
        said_so and (_ROLE.match(after) is not None or (len(key) >= SHORTEST and _heads(after)))
    )
    sure = said_so or (key in known() and _FOREMOST.search(draft.statement) is not None)
    defined = one.kind is KnowledgeKind.DEFINITION and sure and (len(key) >= SHORTEST or key in known())
    return not (fixed or defined)


def _one_of_several(text: str, span: Span) -> bool:
    """《新民主主义论》等著作, 井陉、阳泉等: other names would be as right."""
    after = text[span.end :].lstrip("》")
    return (after.startswith("等") and text.count("《") <= 1) or after.startswith("、")


def _beside(text: str, span: Span, marks: str = "、和与及") -> bool:
    """Is it one of a pair: “压舱石”和“增长极”? Then the other could as well be another."""
    before, after = text[: span.start].rstrip("“"), text[span.end :].lstrip("”")
    return before.endswith(tuple(marks)) or after.startswith(tuple(marks))


def _quoted(text: str, start: int) -> bool:
    return text[start : start + 1] == "“" or text[start - 1 : start] == "“"


def _coined(text: str, span: Span) -> bool:
    """Does a noun follow the quotation, or a word of naming go before it?"""
    after = text[span.end :].lstrip("”")
    before = text[: span.start].rstrip("“") + "“"
    if _heads(after) or _FIXED.match(after) or _COINED.search(before):
        return True
    words = tagged(after[:8])
    follows = bool(words) and words[0].tag[:1] in ("n", "j", "b", "e") and len(words[0].text) > 1
    described = len(words) > 1 and words[0].tag[:1] in ("a", "d") and words[1].tag[:1] == "n"
    named = bool(words) and words[0].text in lines("formulation_heads.txt")
    return follows or described or named


def _heads(after: str) -> bool:
    clause = re.split(r"[，。；、：！？”》和与及]", after)[0].removeprefix("的")
    return clause in lines("formulation_heads.txt")


_ALONE = re.compile(r"^“____”(?!是|指|包括|即|为|中的|工程|行动|计划|战略|机制|模式|平台)")


def _of_one_place(draft: Draft) -> bool:
    """“‘三大板块’实现从构想到路线图”: of what? The article has said it somewhere else."""
    one = draft.knowledge
    bare = one.kind is KnowledgeKind.ABBREVIATION and not one.members and draft.key[0] not in known()
    return bare and draft.kind in BLANKED and _ALONE.search(draft.said) is not None

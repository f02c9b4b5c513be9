"""Gate on figures, dates and wordings of nobody and nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.items import citations, quoted
from studytool.items.authority import by_authority, known
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.gate_rules import WORDINGS
from studytool.items.subjects import names_something
from studytool.model import BLANK, Article, ItemKind, KnowledgeKind
from studytool.words import tagged

DATED = re.compile(
    r"\d{4}年|[〇零一二三四五六七八九]{4}年|“[一二三四五六七八九十]+五”|[十八九]大以来|新中国成立"
)
_VALUES = (KnowledgeKind.FIGURE, KnowledgeKind.DATE)
_BROAD = re.compile(r"我国|全国|全党|全球|世界|国际|中国|中央|人类|各国|华北|东北|本市|全军|京津|国家级")
_MEASURE = re.compile(
    r"^(?:其|实际|注册|合同|累计|总|新增|人均|年均)?[\u4e00-\u9fff]{0,5}(?:额|资本|产值|增加值|总值|总量|数量|面积|比重|占比|规模|收入|利润|密度|率|企业|产量)"
    r"(?:再|均|已)?(?:累计)?(?:达到?|为|超过?|突破|增|居|占|提|下降|不足|近|约|_|\d)"
)
# Of what? The sentence before says it: 工业……。总产值达到1.7万亿元
_GENERIC = re.compile(
    r"(?:总产值|总收入|总额|总量|总面积|总投资|总数|产量|产值|占比|比重|年均增长|投资额|会员|队员|成员|社员|人数)"
    r"(?:已|共|约|近)?(?:达到?|为|超过?|突破|增至|发展到|____)"
)
_WHOLE = re.compile(r"全年|年末|全[省市州县区]|[\u4e00-\u9fff]{2,5}[省市州县区]")
_TIME = re.compile(r"^[^，]{0,3}\d{4}年[^，]{0,8}，")
_FIRMS = re.compile(r"营业收入|利润|成本|资产负债率|产销率")
_NOTED_PLACE = re.compile(r"（[\u4e00-\u9fff]{2,8}[，）]")

_BARE_SET = re.compile("“[^”]{2,6}”(?:包括|是指|即|是)____。")  # 四化: the four of which time?
_WHO = ("ns", "nt")


def of_a_quotation(draft: Draft, _context: Context) -> bool:
    """What a page of quotations quotes, and does not tell from whom, or from when."""
    return quoted.is_nobodys(draft.knowledge.sentence)


def nobodys(draft: Draft, context: Context) -> bool:
    """A figure or date of nobody and nowhere; a wording of nobody."""
    if draft.kind is ItemKind.SHORT_ANSWER:
        return False
    if _within_nowhere(draft):
        return True
    several = draft.kind is ItemKind.MULTIPLE_RESPONSE
    if several and (_MEASURE.match(draft.said) or _BARE_SET.fullmatch(draft.stem)):
        return True
    if draft.knowledge.kind in WORDINGS and not draft.frame.anchor:
        untitled = citations.is_untitled(draft.knowledge.sentence.article, context)
        settled = by_authority(draft) or DATED.search(draft.stem) or draft.knowledge.rule == "spirits"
        return not settled and not (untitled and any(k in known() for k in draft.key))
    if draft.knowledge.kind not in _VALUES:
        return False
    return _value_of_nobody(draft) or _of_no_paper(draft, context) or _without_names(draft, context)


# 境内森林覆盖率: of which place? In a law it is the country's.
_WITHIN = re.compile("(?:^|[，。；])(?:辖区|全境|境内)")


def _within_nowhere(draft: Draft) -> bool:
    inside = _WITHIN.search(draft.said)
    if inside is None or citations.is_norm(draft.knowledge.sentence.article):
        return False
    return not any(word.tag == "ns" for word in tagged(draft.said[: inside.start()]))


def _of_no_paper(draft: Draft, context: Context) -> bool:
    """“1995年，小麦种植面积1亿亩”, in a paper without a title: where, and was it so, or planned?"""
    if draft.knowledge.kind is not KnowledgeKind.FIGURE or draft.frame.anchor:
        return False
    named = _BROAD.search(draft.stem) or any(word.tag in _WHO for word in tagged(draft.stem))
    return not named and citations.is_untitled(draft.knowledge.sentence.article, context)


# 某市2023年国民经济和社会发展统计公报: an exercise, whose places have no names.
_SOME_PLACE = re.compile(r"(?:^|[，。；：（])(?:[12]\d{3}年)?某[省市县区国]")


def _without_names(draft: Draft, context: Context) -> bool:
    """Does the paper withhold of which place it tells?"""
    article = draft.knowledge.sentence.article
    return context.recall(
        ("no names", article.id), lambda: any(map(_SOME_PLACE.search, _texts(article, context)))
    )


def _texts(article: Article, context: Context) -> Iterator[str]:
    yield article.title
    yield from (one.text for one in context.of_article(article.id))


def _value_of_nobody(draft: Draft) -> bool:
    said = draft.said
    if citations.is_bulletin(draft.frame.anchor):
        if _FIRMS.search(said) and not re.search("企业|工业|建筑业|服务业", said):
            return True  # the profit of whom?
        return not (draft.knowledge.sentence.opens or _WHOLE.match(said))
    if _GENERIC.match(_TIME.sub("", said)):
        return True
    if _placed(draft):
        return False
    told = _TIME.sub("", said).removeprefix(BLANK)
    if _MEASURE.match(told) and not _BROAD.search(said):
        return True
    return not (_BROAD.search(draft.stem) or names_something(tagged(draft.stem.replace(BLANK, "，"))))


def _placed(draft: Draft) -> bool:
    """Does the anchor say where: by its note, or as the report of a place?"""
    anchor = draft.frame.anchor
    if _NOTED_PLACE.search(anchor):
        return True
    return bool(anchor) and citations.is_report(draft.knowledge.sentence.article)

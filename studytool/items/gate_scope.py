"""Gates on what an answer depends on: whose doings, where, since when and compared with what."""

from __future__ import annotations

import re

from studytool.items import citations
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.gate_aims import BY_YEAR
from studytool.items.gate_nobodys import DATED
from studytool.model import BLANK, Article, ItemKind, KnowledgeKind

_VALUES = (KnowledgeKind.FIGURE, KnowledgeKind.DATE)
_RISES = re.compile(
    r"(?:增长|增加|上升|提高|提升|增|减少|上涨|下跌|回落|回升|下降|降低|降|缩短|压减|缩减|节约|提速)(?:了|近|约|超过?|达)?$"
)
_BASE = re.compile(
    r"\d{4}年|比|较|同比|年均|每年|从.{1,30}到|由.{1,30}[到至]|以来|期间|时期|“[一二三四五]+五”|目标|上年|计划"
)
_SHARE = re.compile(r"，占(?:比)?(?:____|[\d.]+%)[，。；]")
_TIMES_NOTHING = re.compile(
    r"的占(?:____|[\d.]+[%％])|，(?:是|为|相当于)(?:____|[\d.]+倍)[，。；]|，分别[是为](?:____|[\d.]+倍)和(?:____|[\d.]+倍)[，。；]"
)
_OF_WHOLE = re.compile(r"其中|总[量数额值]|全[部国省市县区]|占[^，。；\d_]{2,}")
_COMPARED = re.compile(r"(?:比|较|与|是|相当于|为)\d{4}年")
_ECONOMY = re.compile(r"产值|产量|总额|收入|比重|消费|销售|购进|利润|成本|生产率")
_REACHED = re.compile(r"(?:达到?|共有|总数|总量)[^，。；]{0,8}$")
_EVENT = re.compile(r"期间|高峰|战役|解放|历经|经过|大会|会议|接管|时")
_BARE_MONTH = re.compile(r"(?<![年\d—至到])\d{1,2}月(?:底|末|初|\d{1,2}日)")
_YEAR = re.compile(r"\d{4}年")
_BASE_YEAR = re.compile("以[^，。；]{2,14}为(?:基期|基数|基准|基年)")
_SINCE_YEAR = re.compile(r"\d{4}年(?:\d+月)?以来")
_WHOLE_YEAR = re.compile(r"全年|上半年|下半年|一季度|前三季度|年度")
_PLENUM = re.compile(r"(?<![次中])全会")
_THE_MEETING = re.compile("(?:全会|会议|大会)(?!堂)")
_A_PLENUM = re.compile(r"[^，。]{2,40}?[次中](?:全会|全体会议)")
_DIGIT = re.compile(r"\d")


def _asks_value(draft: Draft) -> bool:
    return draft.knowledge.kind in _VALUES or bool(_DIGIT.search("".join((*draft.key, draft.original or ""))))


_ANNUAL = re.compile(r"《[^》]*\d{4}年[^》]*工作报告》")
_SECTION = re.compile(r"》（[^）]*[年五][^）]*）")
_DONE_OR_PLANNED = re.compile(
    "^(?:实施|新增|新建|改造|完成|建设|开工|推进|发放|培育|引进|发行|获批|认定|获评|开通|建成)|(?:稳定|保持|控制)在"
)
_OF_YEARS = re.compile(r"[五5]年来?|“[一二三四五六七八九十]+五”(?:时期|期间|以来)")
_TOLD_OF = re.compile(r"\d{4}年|(?<![前上])[五5]年|五”|以来|连续|累计")

_TWO_TIMES = re.compile(r"（[^）]*\d{4}年[^）]*五”|（[^）]*五”[^）]*\d{4}年")
_IN_A_TIME = re.compile(
    "获批|发行|认定|获评|建设|出口|进口|消费|销售|营收|收入|交易额|新增|净增|新建|建成|完成|清收|引进|开工|增长|改善|吸纳|发放|投入|培育|改造|实施"
)
_FROM_YEAR_TO_YEAR = re.compile(r"(?:19|20)\d\d年?[至到—－-](?:19|20)\d\d年")
OPENING = 12  # sentences that say of which years a report is
_PRINTED = re.compile(r"\d{4}年\d{1,2}月")  # the month of a paper is not the time it tells of
# Of one time: not 2025年和“十四五”时期.
_ONE_TIME = re.compile(r"（[^（）和与、]*(?:五”|\d{4}年|[五5]年|过去一年)[^（）和与、]*）")


_THEN_TOLD = re.compile(r"》，\d{4}年，$")  # 据《2026年……报告》，2025年，


def _tells_of_years(article: Article, context: Context) -> bool:
    """Does the report begin with saying that it is one of several years?"""
    if "工作报告" not in article.title:
        return False  # a bulletin is of the year in its title
    opening = context.of_article(article.id)[:OPENING]
    return any(_OF_YEARS.search(s.text) or _FROM_YEAR_TO_YEAR.search(s.text) for s in opening)


# In a review of five years a growth since the year before is of one of them, and of which?
_SEVERAL_YEARS = re.compile(r"(?<![\d〇一二三四五六七八九十])[五5]年")
_OF_A_YEAR = re.compile(r"[比较]上年|同比|增长(?:了|约|超过)?(?:____|[\d.]+[%％])")
_ON_AVERAGE = re.compile("年均|平均")


def of_one_of_several(draft: Draft, _context: Context) -> bool:
    """“（过去五年工作回顾），国内生产总值增长6.9%”: in the last of them."""
    told = draft.knowledge.kind is KnowledgeKind.FIGURE and _OF_A_YEAR.search(draft.said) is not None
    if _TOLD_OF.search(draft.said) or _ON_AVERAGE.search(draft.said):
        return False
    return told and _SEVERAL_YEARS.search(_PRINTED.sub("", draft.frame.anchor)) is not None


_YEARS_LONG = re.compile(r"[两三四五六七八九十]年来|[五5]年[间内中]|[从自]\d{4}年[^，。；]{0,8}[到至]\d{4}年")
_AMOUNT = re.compile(r"\d[\d.]*[万亿]")


def of_years_left_out(draft: Draft, _context: Context) -> bool:
    """“五年来，运用‘四种形态’处理933.6万人次”: without its 五年来, nobody knows in what time."""
    left_out = draft.frame.left_out
    if draft.knowledge.kind is KnowledgeKind.FIGURE and BY_YEAR.search(left_out):
        return BY_YEAR.search(draft.said) is None and not _YEAR.search(draft.said)
    trimmed = _YEARS_LONG.search(left_out) is not None
    return trimmed and _AMOUNT.search(draft.statement) is not None and not _TOLD_OF.search(draft.said)


def of_which_years(draft: Draft, context: Context) -> bool:
    """“上市公司增加到731家”, where the paragraph tells of five years and the report of one."""
    sentence = draft.knowledge.sentence
    if draft.knowledge.kind is not KnowledgeKind.FIGURE or not citations.is_report(sentence.article):
        return False
    noted = _PRINTED.sub("", draft.frame.anchor)
    if _TOLD_OF.search(draft.said) or _ONE_TIME.search(noted) or _THEN_TOLD.search(noted):
        return False
    of_a_part = _SECTION.search(noted) is not None
    if not of_a_part and _tells_of_years(sentence.article, context):
        return True
    annual = _ANNUAL.search(noted) and not of_a_part
    if annual and _DONE_OR_PLANNED.search(draft.said):
        return True  # last year, or this year?
    if _TWO_TIMES.search(draft.frame.anchor):
        return _IN_A_TIME.search(draft.said) is not None
    before = (draft.frame.left_out, *(other.text for other in context.earlier(sentence)))
    return any(_OF_YEARS.search(text) for text in before)


def baseless(draft: Draft, _context: Context) -> bool:
    """“增长43%”: since when, compared with what?"""
    if not _asks_value(draft) or draft.kind is ItemKind.SHORT_ANSWER:
        return False
    said = draft.said
    in_a_year = _WHOLE_YEAR.search(said) or _BARE_MONTH.search(said)
    if _only_since(said, draft.frame.anchor) or (in_a_year and not _YEAR.search(draft.stem)):
        return True
    article = draft.knowledge.sentence.article
    told = DATED.search(_COMPARED.sub("", said)) or citations.is_report(article) or "年" in draft.frame.anchor
    if _ECONOMY.search(said) and draft.frame.anchor and not told and article.published_on:
        return True
    asked = draft.changed or (BLANK if BLANK in said else draft.knowledge.values[0])
    if _state(draft, said, asked) and not told:
        return True
    before = said.split(asked)[0] if asked in said else said
    grown = _RISES.search(before) is not None and not _BASE.search(said)
    return (grown and (_trimmed_base(draft) or not citations.is_report(article))) or _share_of_nothing(said)


def _share_of_nothing(said: str) -> bool:
    """“个人卫生支出25007.5亿元，占27.5%”: of what?"""
    if _TIMES_NOTHING.search(said):
        return True
    return _SHARE.search(said) is not None and _OF_WHOLE.search(said) is None


def _trimmed_base(draft: Draft) -> bool:
    """“床位增加0.2万张”, cut out of a sentence that begins “与上年比较”."""
    return re.search(r"[比与较](?:上年|去年|\d{4}年)", draft.frame.left_out) is not None


def _only_since(said: str, anchor: str) -> bool:
    """Does it say since when something has grown, or with what it is compared, but not until when?"""
    base = _BASE_YEAR.search(said)
    if base and not _YEAR.search(said.replace(base[0], "")):
        return True
    return _SINCE_YEAR.search(said) is not None and not anchor


def _state(draft: Draft, said: str, asked: str) -> bool:
    """“职工总数达到____”: a state of things, which belongs to some year, not to an event named."""
    if draft.knowledge.kind is not KnowledgeKind.FIGURE or not draft.knowledge.sentence.article.published_on:
        return False
    before = said.partition(asked)[0]
    return bool(_REACHED.search(before)) and not _EVENT.search(said)


def other_meeting(draft: Draft, _context: Context) -> bool:
    """“全会” in words that another plenum is said to have spoken: which of the two?"""
    said = draft.statement
    if _THE_MEETING.match(said) and "会" not in draft.frame.anchor:
        return True
    spoken = _A_PLENUM.match(said)
    return spoken is not None and _PLENUM.search(said[spoken.end() :]) is not None


_SHARE_TOLD = re.compile(r"占(?:____|[\d.]+[%％])")
# 其中，氮肥增长11.5%: what of it, was used or made, the sentence before tells.
_GOODS_GROW = re.compile(
    r"^(?:____|[\u4e00-\u9fff]{2,8}?(?<![量额值数入出资口积率业产润费重]))(?:增长|增加|下降|减少|提高)(?:____|[\d.．]+[%％])"
)
# 其中，……；农副产品586.8亿元: bought or sold?
_GOODS_COST = re.compile(
    r"^(?:____|[\u4e00-\u9fff]{2,8}?(?<![量额值数入出资口积率业产润费重款税债贷]))(?:____|\d[\d.．]*[万亿]*(?:元|美元))"
)
_SHARE_OF = re.compile(r"占[^，。；\d_]{2,}")
_LAST_YEAR = re.compile(r"[比较](?:上年|去年|上一年)|同比")
_GROWS = re.compile(r"同比|增长|增幅|增速|增加值|下降")
_ANY_TIME = re.compile(r"[年月]|季度|五”|以来|期间")
_PART_OF_YEAR = re.compile(r"上半年|下半年|季度|\d{1,2}(?:月份?)?[至到—－-]\d{1,2}月")


# 共剖析亏损企业1.5万多家，……，查处案件2.06万多起: in these, not in all.
_SEARCHED = re.compile(
    r"(?:剖析|检查|清查|审计|抽查|排查|巡视|巡察|走访|督查|清理|普查|整顿|整治)[^，。；]{2,20}?\d[\d.]*[万多余]*[家个处户次件项]"
)
_FOUND = re.compile("(?:^|，)(?:共|并|累计)?(?:查处|处分|处理|挽回|发现|查出|追缴|收缴|立案|整改|移送)")


_OF_THE_PEOPLE = re.compile("^(?:死亡率|出生率|自然增长率)")  # without its 人口
_OF_THE_PROJECT = re.compile("项目[^。；]*，$")


def _cut_from_its_own(draft: Draft, left_out: str) -> bool:
    """“死亡率为6.2‰”, of the people told of before; “完成市政配套管线16.6公里”, of that project."""
    if not left_out.endswith("，"):
        return False
    attached = "配套" in draft.said and _OF_THE_PROJECT.search(left_out) is not None
    return attached or ("人口" in left_out and _OF_THE_PEOPLE.search(draft.said) is not None)


def trimmed(draft: Draft, context: Context) -> bool:
    """“大学生村官占0.5%”, of what the words before tell; “比上年增加5.3万个”, “比2010年增加10525元”, in which
    year?"""
    if draft.knowledge.kind is not KnowledgeKind.FIGURE or draft.kind is ItemKind.SHORT_ANSWER:
        return False
    if _LAST_YEAR.search(draft.said) and not DATED.search(draft.stem):
        return True
    left_out = draft.frame.left_out
    compared = _COMPARED.search(draft.said) and not DATED.search(_COMPARED.sub("", draft.said))
    if compared and DATED.search(left_out):
        return True
    found = _SEARCHED.search(left_out) and _FOUND.search(draft.said)
    if found or _cut_from_its_own(draft, left_out) or _of_part_of_a_year(draft, context):
        return True
    told = draft.knowledge.sentence.text.startswith("其中") or left_out.endswith(("其中，", "其中：", "其中"))
    if not told:
        return False
    share = _SHARE_TOLD.search(draft.stem) is not None and not _SHARE_OF.search(draft.said)
    return share or any(goods.search(draft.said) for goods in (_GOODS_GROW, _GOODS_COST))


def _of_part_of_a_year(draft: Draft, context: Context) -> bool:
    """“税收收入59261亿元，同比增长7.9%”, where what was told before is of half a year, if in a paragraph
    above: it would be taken for the year's."""
    sentence = draft.knowledge.sentence
    if not _GROWS.search(draft.said) or _ANY_TIME.search(draft.said) or citations.is_norm(sentence.article):
        return False
    before = (one.text for one in context.of_article(sentence.article.id) if one.index < sentence.index)
    timed = [text for text in before if _PART_OF_YEAR.search(text) or _YEAR.search(text)]
    return bool(timed) and _PART_OF_YEAR.search(timed[-1]) is not None

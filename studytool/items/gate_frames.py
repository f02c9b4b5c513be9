"""Gates on the frame around a blank: too thin, a slogan, half a sentence."""

from __future__ import annotations

import re

from studytool.items import anchors, citations, events
from studytool.items.authority import by_authority, is_demand_of_the_centre, known
from studytool.items.context import Context
from studytool.items.drafts import BLANKED, Draft
from studytool.items.forms import normal
from studytool.model import BLANK, ItemKind, KnowledgeKind

_WORDINGS = frozenset((KnowledgeKind.FORMULATION, KnowledgeKind.ABBREVIATION, KnowledgeKind.QUOTATION))
CLAUSE, STEM = 7, 16  # characters a blank needs beside it, in its clause and in its stem
LEAST = 5  # whichever wording is asked
_HE_SAID = re.compile("^[^，。；]{2,40}(?:强调|指出|提出|要求|认为)，")
CHOSEN = 12  # fewer do where there are options to choose from
TITLED = 10  # “2017年12月1日，《____》施行。” fits every rule of that day
SCANT = 20  # a figure of history told in fewer needs its year
OFTEN = 3  # sentences of advice that make an article a handout
_EXHORTS = re.compile(r"号召|我们(?:一定)?(?:要|必须|应)|切实增强|让我们|催生")
_ADVICE = re.compile(
    r"混为一谈|不要漏掉|别漏|易混|易错|考点|答题|应试|背诵|口诀|速记|记忆[点法]|用一句话|试述|简述|论述题|选择题|填空题|简答题|判断题|材料题|串台|先记|任选一[个项]|偏(?:理论|实践)(?:判断|方略|成果)"
)
_HALF = re.compile(
    r"(?:^|(?:强调|指出|要求|提出|认为|明确|，)，?)(?:又先后|与[^，。；]{2,60}(?:结合起来|相结合))|，即如何[^，。]*。$"
)
_BARE_IS = re.compile(  # “全会认为，是增强政治意识”: what is, the words trimmed away say
    r"(?:^|(?:指出|强调|认为)，)(?:就|也|更|而|既|都)?是(?!否|的|不)"
)
_AN_END = re.compile("^[^，。以]*为(?:终点|起点)")  # “以此为起点，……罢工为终点”
_NEED = re.compile(r"是[^。；]{10,300}?的(?:需要|必然要求|应有之义)(?=[；。，])")
_HALF_WORDS = ("又先后", "结合", "即如何")  # without one of them `_HALF` finds nothing
_OPENS_HALF = re.compile(
    r"^从[^。；]*，到[^，。]*。$|^共?\d+余?[个家]?[\u4e00-\u9fff]{2,4}、|^(?:保护区|园区|项目|公司|集团|基地|林场|企业|学校|示范区)[^，。]*[，。]|^(?:我们|随后|此后|之后|其后|后来|带动|并|又|还)[^，。]*[，。]"
    r"|^[\u4e00-\u9fff]{2,8}——"  # 几组数据，简单有力——
)
_ANY_SUCH = re.compile("保护区|园区|项目|公司|集团|基地|林场|企业|学校|示范区")  # of which a law speaks
_THE_MAIN_THING = re.compile(r"^(?:关键|根本|重点|核心|要害|实质)是")  # of what?
_ONLY_IF = re.compile(
    r"(?:^|[。；])(?:(?:只有|只要|如果|倘若|除非)[^。；]*|(?:只有这样|唯有如此)，才能[^。；]*)，$"
)
_OF_A_WHOLE = re.compile(
    r"[^，。；：]{2,16}(?:总[产额量数]值?|总[额量数]|收入|支出|构成|人口|面积)中，"
    r"|在[^，。；：]{2,16}(?:商品|产品|产量|货物|职工|党员|干部|学生|项目|企业)中，"
    r"|[^，。；：]{4,30}(?:相比|比较|对比)："  # 各类消费品的零售量同上年相比：……；鲜蛋增长54.5％
)
_REST = re.compile(r"(?:扣除|剔除|减去|加上)[^，。；]*，(?:为|达)(?:____|\d)")
# Whom? In front of this clause another one has a subject of its own.
_OTHER_SUBJECT = re.compile(r"(?:成立|召开|举行|诞生|胜利)，(?:被选|当选|被任命|被推选|任命为|担任|兼?任)")
_OF_WHAT = re.compile(r"^(?!.*[关对就]).*作了?说明。$")
_UNTOLD = re.compile(r"(?<![\u4e00-\u9fff])各界联合会")
_TO_MONTH = re.compile(r"[至到]\d{1,2}月")
_YEAR = re.compile(r"\d{4}年|[〇零一二三四五六七八九]{4}年")
_REGION = re.compile(r"京津冀|北京.*河北|长三角|沪苏浙")
_DOUBTFUL_WORDS = re.compile(r"要更加[^以，。；]{2,14}的[\u4e00-\u9fff]{2,8}(?:推进|推动|做好|抓好)")
_RATE = re.compile(r"(?:比率|比例|占比|浓度|之比|[\u4e00-\u9fff]{2}率)(?:平均)?(?:达到?|为|超过?|是|保持在)")
_GREW = re.compile(
    r"[由从](?:[\d.]+|[一二三四五六七八九十百千万亿]{2,})[^，。；]{1,8}?(?:增|提|升|上升|下降|降|减)[^，。；\d]{0,3}[至到为]"
)
_SPAN = re.compile(r"\d{4}[—－-]|五”|以来|期间|时期|初期")
_NAMELESS = re.compile(r"^[^，。]{4,60}等____[^，。的]{2,20}。$")  # names and their number, and no verb
_ROW = re.compile(r"[^，]*、[^，]*等\d+[多余]?[个家项名位](?P<tail>[^，]*)。")
_OF_TWO_TIMES = re.compile(r"（[^）]*五”[^）]*和[^）]*\d{4}年|（[^）]*\d{4}年[^）]*和[^）]*五”")
_TOLD_TIME = re.compile(r"\d{4}年|五”|[五5]年|以来|期间|全年|年末|累计|连续")
_SPAN_OF_YEARS = re.compile(r"\d{4}年?[至到—－-]\d{4}年|[五5]年来|^\d{4}年[^，]*；")
_RANGE = re.compile(r"\d[日月]?(?:至|到|—|－|-)\d")


def _han(text: str) -> int:
    return len(re.findall(r"[\u4e00-\u9fff]", text))


def thin(draft: Draft, _context: Context) -> bool:
    """“守护“____”。”, “全会强调，增强“____”。”: a dozen terms would do."""
    if draft.kind not in BLANKED:
        return False
    bare = draft.knowledge.kind in _WORDINGS and _han(_HE_SAID.sub("", draft.said)) < LEAST
    sure = draft.knowledge.members or is_demand_of_the_centre(draft)
    return bare or (not sure and _any_term_would_do(draft))


def _any_term_would_do(draft: Draft) -> bool:
    said = draft.said
    if draft.kind is ItemKind.SINGLE_CHOICE:
        return draft.knowledge.kind in _WORDINGS and _han(said) < CHOSEN
    if draft.knowledge.kind is KnowledgeKind.TITLE:
        return _han(said) < TITLED
    if draft.knowledge.kind not in _WORDINGS:
        return False
    # 全党增强“____”，自觉……同党中央保持高度一致: a set term is known by what comes of it.
    settled = draft.knowledge.kind is KnowledgeKind.ABBREVIATION and normal(draft.key[0]) in known()
    own = (part for part in re.split("[，。；：！？]", said) if BLANK in part)
    return _han(said) < STEM or (not settled and any(_han(part) < CLAUSE for part in own))


def exhorting(draft: Draft, _context: Context) -> bool:
    """“全会号召，____。”: any row of four-character calls would do."""
    text = draft.knowledge.sentence.text
    asks = draft.kind in (*BLANKED, ItemKind.MULTIPLE_RESPONSE)
    return asks and draft.knowledge.kind is KnowledgeKind.LIST and _EXHORTS.search(text) is not None


def advising(draft: Draft, context: Context) -> bool:
    """“不要把A与B混为一谈，也不要漏掉____”: the compiler of a handout speaks, not the document."""
    advised = context.recall(
        ("advice", draft.knowledge.sentence.article.id), lambda: _is_handout(draft, context)
    )
    return advised or _ADVICE.search(draft.statement) is not None


def _is_handout(draft: Draft, context: Context) -> bool:
    """Does the article say again and again how to learn it?"""
    own = context.of_article(draft.knowledge.sentence.article.id)
    return sum(_ADVICE.search(sentence.text) is not None for sentence in own) >= OFTEN


def half_said(draft: Draft, context: Context) -> bool:
    """“带动整体工作取得……”, “与……结合起来”, “三地”: who, what, which?"""
    if draft.kind is ItemKind.SHORT_ANSWER:
        return False
    said = draft.statement
    ours = said.startswith("我们党") or (said.startswith("我们") and by_authority(draft))
    any_such = _ANY_SUCH.match(said) and citations.is_norm(draft.knowledge.sentence.article)
    if (_OPENS_HALF.match(said) and not (ours or any_such)) or (
        any(word in said for word in _HALF_WORDS) and _HALF.search(said)
    ):
        return True
    if any(pattern.search(said) for pattern in _HALVES) or _cut_from_its_need(draft):
        return True
    spliced = draft.frame.lead is not None and len(draft.frame.kept) > 1  # a topic, and a clause amid
    if spliced or ("分别" in said and _cut_from_its_like(draft)) or _cut_from_whom(draft):
        return True
    if "三地" in said and not _REGION.search(draft.stem):
        return True
    return _nameless(draft) or _elected_somewhere(draft) or _undated(draft, said, context)


# 凸显发展质量的全局和长远意义党的二十大报告指出: a heading that the page ran together with the sentence.
_RUN_IN = re.compile(
    r"(?:^|，)(?![^，。]*[在从当据按如正])[\u4e00-\u9fff“”、]{8,40}(?<![的和与是由把被即着了上中里时后前日为])"
    r"(?:党的[一二三四五六七八九十]+大报告|习近平总书记|中央[\u4e00-\u9fff]{2,16}(?:主任|部长|书记)(?:____|[\u4e00-\u9fff]{2,3}))"
    r"(?:指出|强调|提出|表示|要求|认为|深刻指出|第[一二三四五六七八九十]部分|展开|专门)"
)
# 李克强指出，全面回顾了……: the words trimmed away say what did.
_REVIEWED = re.compile(
    r"(?:指出|强调|表示|认为|提出)，(?:全面|深入|充分|深刻|系统)?(?:回顾|总结|肯定|阐述|阐明|分析)了"
)
_HALVES = (
    _REVIEWED,
    _RUN_IN,
    _UNTOLD,
    _DOUBTFUL_WORDS,
    _BARE_IS,
    _AN_END,
    _OTHER_SUBJECT,
    _OF_WHAT,
    _REST,
    _THE_MAIN_THING,
)


def _cut_from_its_need(draft: Draft) -> bool:
    """“全会认为，坚定道路自信”, cut out of “总结历史经验，是……坚定道路自信……的需要”."""
    last = draft.frame.kept[-1]
    needs = (match.span() for match in _NEED.finditer(draft.knowledge.sentence.text))
    if any(start < last.start and last.end < end for start, end in needs):
        return True
    text = draft.knowledge.sentence.text
    return _ONLY_IF.search(draft.frame.left_out) is not None or _cut_from_its_whole(draft, text)


def _cut_from_its_whole(draft: Draft, text: str) -> bool:
    """“副业为505亿元”, cut out of “农业总产值中，农业为1942亿元；……；副业为505亿元”."""
    whole = _OF_A_WHOLE.match(text)
    counted = draft.knowledge.kind is KnowledgeKind.FIGURE
    return counted and whole is not None and draft.frame.kept[0].start >= whole.end()


def _undated(draft: Draft, said: str, context: Context) -> bool:
    """“至6月底”, “年均增长7%”, “由214亿元增至600亿元”: of which years?"""
    article = draft.knowledge.sentence.article
    if _cut_from_its_year(draft, said) or _changes(draft, said):
        return True
    if "年均" in said and not (_YEAR.search(said) or _SPAN.search(said)):
        return True
    two_times = _OF_TWO_TIMES.search(draft.frame.anchor) is not None
    if two_times and draft.knowledge.kind is KnowledgeKind.FIGURE and not _TOLD_TIME.search(said):
        return True  # of the year, or of the five years?
    yearly = citations.is_report(article) and not two_times
    if _GREW.search(said) and not (_YEAR.search(said) or _SPAN.search(said) or yearly):
        return True
    if _TO_MONTH.search(draft.said) and not _YEAR.search(draft.stem):
        return True
    return _when_and_where(draft, said, context)


def _nameless(draft: Draft) -> bool:
    """“A公司、B公司等4家融资租赁机构。”: names and their number, and nothing said of them."""
    if _NAMELESS.search(draft.said):
        return True
    row = _ROW.fullmatch(draft.said)
    return row is not None and not events.happens(row["tail"])


def _elected_somewhere(draft: Draft) -> bool:
    """“____当选为代表会议主席”: of which assembly, and when? Nothing before it says so."""
    told = draft.frame.anchor or _YEAR.search(draft.stem)
    return draft.knowledge.kind is KnowledgeKind.PERSON and "当选" in draft.said and not told


def _cut_from_its_like(draft: Draft) -> bool:
    """“技术密集型产业……，分别增长”: the other of the two stood in the words that were trimmed."""
    text, kept = draft.knowledge.sentence.text, draft.frame.kept[-1]
    before = re.split("[，。；]", draft.filled.partition("分别")[0])[-1]
    trimmed = kept.start > 0 and text[kept.start - 1] in "，、"
    return trimmed and not re.search("[、和与及]", before)


_HELPED = re.compile(r"(?:助力|帮助|帮扶|支援|援助|带动|支持)[^，。；]*(?:，[^，。；]{0,30})?，$")
# 广水、咸丰等市县5000多名税官竞争上岗，229名落聘人员待岗学习: not of the whole province
_SOMEWHERE = re.compile(
    "^[^，。；]{2,24}等(?:市|县|区|省|地|州)(?![场民委政级域位方里间块])|^[^，。；全]{2,5}[市县镇乡村](?![场民委政级])"
)
_COUNTED_ALONE = re.compile(r"^(?:____|\d)[^，。]*。$")


def _cut_from_whom(draft: Draft) -> bool:
    """“助力五省区50个县摘帽，335万贫困人口全部脱贫”: whose poor, the words trimmed away said."""
    alone, left_out = _COUNTED_ALONE.search(draft.said) is not None, draft.frame.left_out
    return alone and any(one.search(left_out) for one in (_HELPED, _SOMEWHERE))


def _cut_from_its_year(draft: Draft, said: str) -> bool:
    """Did the year a figure belongs to stay behind in the words that were trimmed?"""
    one, trimmed = draft.knowledge, draft.frame.left_out
    report = citations.is_report(one.sentence.article) and not _SPAN_OF_YEARS.search(trimmed)
    if one.kind is not KnowledgeKind.FIGURE or report:
        return False
    dated = re.search(r"\d{4}年|“[一二三四五六七八九十]+五”|[五5]年来", trimmed)
    return dated is not None and not (_YEAR.search(said) or _SPAN.search(said))


# 从三十万人减到四万人: when? A report tells of its year.
_FROM_TO = re.compile("从[^，。；]{1,14}(?:减|降|增|升|涨|扩|发展|提高|下降)[^，。；]{0,4}[到至]")
_OF_ITS_YEAR = re.compile("报告|公报|总结|情况")


def _changes(draft: Draft, said: str) -> bool:
    """Is a change told in a few words, and not when?"""
    figure = draft.knowledge.kind is KnowledgeKind.FIGURE and _FROM_TO.search(said) is not None
    yearly = _OF_ITS_YEAR.search(draft.knowledge.sentence.article.title) is not None
    return figure and not yearly and _han(said) < SCANT and not _YEAR.search(said)


_LASTING = re.compile("全长|总长|海拔|库容|跨度")  # as long in every year


def _when_and_where(draft: Draft, said: str, context: Context) -> bool:
    """A figure of a few words, or a yearly rate, of which no year is told."""
    one = draft.knowledge
    if (
        one.kind is not KnowledgeKind.FIGURE
        or citations.is_report(one.sentence.article)
        or _YEAR.search(said)
    ):
        return False
    if citations.is_bulletin(draft.frame.anchor) or re.search("“[一二三四五六七八九十]+五”", said):
        return False
    scant = _han(said) < SCANT and not _LASTING.search(said)
    return (scant and anchors.looks_back(one.sentence.article, context)) or _RATE.search(said) is not None


def begun_in_a_range(draft: Draft, _context: Context) -> bool:
    """“1月3日至13日，……开始……”: what begins, begins on a day."""
    ranged = any(_RANGE.search(value) for value in draft.knowledge.values)
    return draft.knowledge.kind is KnowledgeKind.DATE and ranged and "开始" in draft.stem

"""Gate on what is found well and told well, and is yet nothing to keep in mind: too exact, too plain, or
nobody's business."""

from __future__ import annotations

import re

from studytool.items import citations
from studytool.items.context import Context
from studytool.items.drafts import BLANKED, Draft
from studytool.items.figures import unit_of
from studytool.model import BLANK, ItemKind, Knowledge, KnowledgeKind
from studytool.words import tagged

MOST_DIGITS = 6  # that anybody keeps in mind: 1370536875人 is said as 13.7亿
_COUNTY_DIGITS = re.compile(r"\d{6,}(?:万元|吨|元|头|只|羽|株)")  # what is counted so is small: 626858万元
LONGEST_ROW = 5  # figures of one unit, side by side
SEVERALLY = 3  # of several things, each with its own: 黄金、白银、铜产量分别增长……
CROWD = 6  # figures of any kind in one stem
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ABOUT_WHEN = re.compile(r"[初底末]$|[上中下]旬$")
_DYNASTY = re.compile(r"[清明宋元唐]代|[清明]朝|光绪|宣统|乾隆|康熙|雍正|嘉庆|道光|咸丰|同治|万历")
# Said in one breath: beside one of a row everybody fills in the other.
_ROWS = (
    frozenset(("积极性", "主动性", "创造性", "自觉性")),
    frozenset(("新建", "改建", "扩建", "翻建", "迁建")),
    frozenset(("初级", "中级", "高级")),
    frozenset(("一级", "二级", "三级", "四级")),
    frozenset(("权利", "义务")),
    frozenset(("公开", "公平", "公正")),
    frozenset(("路线", "方针", "政策")),
    frozenset(("立场", "观点", "方法")),
    frozenset(("人力", "物力", "财力")),
)
# 500万元及以上固定资产投资: from where it is counted, not how much there is.
_THRESHOLD = re.compile(r"____(?:及|（含）)?以上(?:的)?(?:固定资产|工业|项目|企业|单位)")
_HISTORY_OF = re.compile("____的?(?:源远流长|悠久|绵延|灿烂|辉煌)")  # 5000多年: so says everybody
# How many of them a town has set up or mended, in the report of its government.
_PETTY = re.compile(
    "公交车|候车|背街|小巷|小区|高层|[栋幢]|锅炉|网点|集贸市场|农贸市场|菜市场|公厕|厕所|路灯|车位|停车场|酒店|商业街|联络站|河道"
    "|廉租房|公租房|公园|绿地|游园|广场|道路|街巷|街道|自来水|专用车|法规草案|规章|销售|变电|熟料|办公用房"
)
_MANY_OF_THEM = 200  # and more are a figure of the town's
_OF_MANY = re.compile("国家级|全国|世界|国际|首[个家批条座]|省级|自治区级|城中村|棚户区")
_LONG_PAPER = re.compile("全文[长共约]{0,4}____字|____(?:余|多)?字")  # how long a paper is
_EVERYWHERE = re.compile("以____为中心|不得?少于____")  # 经济建设; 二人
_KNOWN_THERE = frozenset(("经济建设", "二人", "两人", "2人"))
# 应当遵守本条例: so says every rule of itself.
_ITSELF = re.compile(
    "^(?:遵守|执行|适用|符合|依照|按照|违反)?本(?:条例|法(?!西斯)|办法|规定|准则|规则|细则|章程|决定|意见|通知|方案)"
)
# A paper whose names were taken out before it was handed on: XX水利局.
_ANONYMOUS = re.compile(r"(?<![A-Za-z0-9])[XxＸ×]{1,4}(?=[\u4e00-\u9fff])")
_FOREMOST = re.compile("(?:总书记|国家主席|国务院总理|中央军委主席|全国人大常委会委员长|全国政协主席)____")
# Where one drank tea together nobody has to know.
_RECEPTION = re.compile(
    "____[^，。]{0,8}(?:举行|召开|举办)[^，。]{0,10}(?:茶话会|招待会|团拜会|见面会|晚会|酒会|座谈会|仪式)"
)
_SPEAKER = re.compile(
    r"[区县镇乡旗](?:委|政府|人大|政协|纪委)?[^，。]{0,16}____(?:表示|说|认为)|[排班连营]长____|____：|街道[^，。]{0,12}____"
    r"|(?:教授|研究员|专家|学者|分析师|评论员|博士|所长)____(?:等)?(?:认为|表示|说|指出|介绍|分析|告诉)"
    r"|____对[^，。；]{1,8}(?:充满|满怀)"  # whom of many a reporter has asked
)

# Of what year? Another holds the office today.
_IN_OFFICE = re.compile("____(?:同志)?(?:表示|说|认为|介绍|指出|坦言)")
_YEAR = re.compile(r"\d{4}年")

# Who else was there: ……、教育部部长____等出席了活动; 国务委员____出席座谈会.
_ATTENDS = re.compile(
    "(?:[、，][^。；]*等(?:同志|领导)?(?:也|都|一同|一起)?|____[^。；]*)(?:出席|陪同|列席|就座|表示祝贺|先后发言|(?:参加|在座)(?:了?(?:会见|活动|考察|调研|座谈)|。))(?![^。；]*(?:讲话|致辞|报告|主持))"
    "|(?:出席|参加)[^。；]{0,20}还有[：:]?[^。；]*____|(?:开幕|闭幕|颁奖)(?:式|仪式|典礼)上(?:致辞|讲话)|____作了?(?:工作)?汇报"
    "|____在[\u4e00-\u9fff、]{2,24}(?:调研|考察|视察|访问|会见)"  # who travelled where
    # who reported to a meeting on one of its bills, whose hand was shaken
    "|____[^，。；]{0,8}作(?:工作|[的了]?关于[^，。；]*(?:报告|说明))|(?:握着|看望|慰问)[^，。；]{0,30}____"
)
# 志愿者代表等约3000人参加, 10个部门负责同志作了发言
_AUDIENCE = re.compile(
    "等(?:约|近)?(?:____(?:[余多]?人)?|\\d[\\d,]*[余多]?人)(?:参加|出席|聆听|到会)"
    "|(?:____|\\d[余多]?[个名位])[^，。；]{0,12}作了?发言"
)
# Nor when and where somebody unveiled, watched or visited what.
_OF_A_CEREMONY = (KnowledgeKind.DATE, KnowledgeKind.PLACE, KnowledgeKind.ORGAN)
_CEREMONY = re.compile(
    "(?:出席|参加|观看|主持|来到)[^。；]{0,40}(?:(?<!受降)(?<!签字)仪式|揭[幕牌]|剪彩|晚会|茶话会|团拜会|招待会)|看望|慰问"
)
_ONE_OF_DAYS = re.compile(r"日、(?:\d{4}年)?____|____、(?:\d{4}年)?\d{1,2}月")
# Who counted the votes, how many were there, and who carried the torch.
_COUNTERS_OF_VOTES = re.compile("(?:总?监票|计票|唱票)人|应到[^。；]{0,16}[，、](?:实到|出席|到会)|火炬|圣火")
# Who was found guilty of what, nobody learns by heart.
_CASE = re.compile(
    "[受贪行]贿|贪污|索要|倒卖|非法所得|违法违纪|(?:给予|受到)[^，。；]{0,8}(?:撤职|开除党籍|开除公职|警告|记过|降级)处分"
    "|对自己的?[^，。；]{0,8}错误|[作做]了?(?:初步|深刻|书面|公开)?(?:的)?(?:检查|检讨)(?:，|。|但)"
)
_OF_THE_GUILTY = re.compile(
    "警示教育|警示录|忏悔|以案[说为促]|警钟长鸣|(?:违纪|违法|腐败|反面)[^，。]{0,8}典型案例|落马"
)
_OF_CASES = (
    KnowledgeKind.PERSON,
    KnowledgeKind.PLACE,
    KnowledgeKind.ORGAN,
    KnowledgeKind.FIGURE,
    KnowledgeKind.DATE,
)


# 新海面粉厂修复开工: in a chronicle that nothing names this is nobody's business.
_ENTRY = re.compile(r"^\d{4}年(?:____|\d{1,2}月)")
_OF_SOME_PLACE = re.compile(
    "(?:厂|公司|商店|矿|农场|合作社)[^，。；]{0,6}(?:修复|恢复|复工|复业|开业|停业)|抽调[^，。；]{0,8}(?:干部|民工)|[饿冻]死|批干部"
)


def _of_a_nameless_chronicle(draft: Draft) -> bool:
    told = draft.knowledge.kind in (KnowledgeKind.DATE, KnowledgeKind.FIGURE, KnowledgeKind.PLACE)
    entry = told and not draft.frame.anchor and _ENTRY.match(draft.said) is not None
    return entry and _OF_SOME_PLACE.search(draft.statement) is not None


# Pieces of a few lines, whose headlines run into them; 《财贸简讯》 is a paper.
_FLASHES = re.compile("(?:国内|国际|各地|时政|简明)?(?:联播|新闻)?(?:快讯|简讯|短讯)")


def _is_some_official(draft: Draft) -> bool:
    """A name nobody has to know: who attended, whom a reporter asked, who held an office in no year told."""
    when_unknown = draft.knowledge.sentence.article.published_on is None and not _YEAR.search(draft.stem)
    if when_unknown and _IN_OFFICE.search(draft.stem):
        return True
    return any(one.search(draft.stem) for one in (_FOREMOST, _SPEAKER, _ATTENDS)) or _of_some_office(draft)


def idle(draft: Draft, _context: Context) -> bool:
    """Too exact to be known, one of too many, of a time long past, or a name nobody has to know."""
    article = draft.knowledge.sentence.article
    if any(map(_ANONYMOUS.search, (article.title, draft.said))) or _FLASHES.fullmatch(article.title):
        return True
    if _of_a_nameless_chronicle(draft) or _of_a_case(draft) or _COUNTERS_OF_VOTES.search(draft.said):
        return True
    figure = draft.knowledge.kind is KnowledgeKind.FIGURE
    if figure and (_AUDIENCE.search(draft.said) or _petty(draft.knowledge)):
        return True
    if draft.kind not in BLANKED:
        return False
    if draft.knowledge.kind is KnowledgeKind.PERSON:
        return _is_some_official(draft)
    little = _of_a_ceremony(draft) or (figure and _of_little(draft))
    return little or _goes_without_saying(draft) or _too_exact(draft) or _of_any_law(draft)


# 具体办法由____规定: who but the government? 责令改正，给予____: a warning.
_BY_WHOM_ELSE = re.compile(
    "(?:办法|步骤|规定|细则|格式|式样|样式)，?由____(?:另行|统一)?(?:规定|制定|印制)|实施细则，[^。；]{0,12}报____备案"
)
_GOVERNMENT = re.compile("^(?:国务院|省|县级|地方|各级|国家)")
_WARNED = re.compile("责令(?:限期)?改正，(?:可以)?给予____")


def _of_any_law(draft: Draft) -> bool:
    """What stands at the end of any law."""
    ruled = citations.is_norm(draft.knowledge.sentence.article)
    warned = _WARNED.search(draft.stem) is not None and draft.key[0] == "警告"
    usual = _BY_WHOM_ELSE.search(draft.stem) is not None and _GOVERNMENT.match(draft.key[0]) is not None
    return ruled and (warned or usual)


def _of_a_ceremony(draft: Draft) -> bool:
    if draft.knowledge.kind is KnowledgeKind.PLACE and _RECEPTION.search(draft.stem):
        return True
    told = draft.knowledge.kind in _OF_A_CEREMONY
    return told and _CEREMONY.search(draft.knowledge.sentence.text) is not None


def _of_a_case(draft: Draft) -> bool:
    """Is it told of somebody's guilt, and not by a rule?"""
    article = draft.knowledge.sentence.article
    if _OF_THE_GUILTY.search(article.title):
        return True
    told = draft.knowledge.kind in _OF_CASES and _CASE.search(draft.statement) is not None
    return told and not citations.is_norm(article)


# 新当选的省人民政府省长____: of which province? Who went before it in the stem, or is cited, may say.
_OFFICE = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{0,2})[省市县州区](?:委|人民政府|政府|人大|政协)[^，。；]{0,12}"
)
_NO_PLACE = re.compile("|.|.*[的选任由是为和在]")


def _of_some_office(draft: Draft) -> bool:
    before, _, _ = draft.said.partition(BLANK)
    offices = tuple(_OFFICE.finditer(before))
    nowhere = offices and all(_NO_PLACE.fullmatch(office["place"]) for office in offices)
    return bool(nowhere) and not any(word.tag == "ns" for word in tagged(draft.frame.anchor + before))


_FOR_THAT_ALONE = re.compile("(?:只能|仅|专门)用于")  # and so for nothing else
_OF_THAT_YEAR = re.compile("____(?:年会|新年贺词|年度|全国两会)")  # which of those held every year?
_SINCE_THEN = re.compile("[会大年]以来____的")  # 党的十八大以来5年的工作, in 2017
_YEAR_OF = re.compile("____是[^。；]*之年")  # in which year was the congress held?


def _goes_without_saying(draft: Draft) -> bool:
    if any(one.search(draft.said) for one in (_OF_THAT_YEAR, _YEAR_OF, _SINCE_THEN)):
        return True
    known = _EVERYWHERE.search(draft.stem) is not None and draft.key[0] in _KNOWN_THERE
    known = known or any(_ITSELF.search(key) for key in draft.key)
    known = known or (_FOR_THAT_ALONE.search(draft.said) is not None and draft.key[0].startswith("用于其他"))
    return known or any(_fills_a_row(key, draft.said) for key in draft.key)


def _fills_a_row(key: str, said: str) -> bool:
    return any(key in row and any(other in said for other in row - {key}) for row in _ROWS)


_DECIMALS = re.compile(r"\.\d{4}")  # 10.3333万公顷 of a wood


_RECEIVED = re.compile("会见了?(?:前来|来访|到访|来华|出席|以)")  # on which day somebody received a guest


def _too_exact(draft: Draft) -> bool:
    """“总人口为____”, to the last person; “____召开”, at the beginning of a month or in it?"""
    if draft.knowledge.kind is KnowledgeKind.DATE:
        if _RECEIVED.search(draft.said) or draft.knowledge.sentence.article.title.endswith("简历"):
            return True
        vague = draft.kind is ItemKind.CLOZE and any(_ABOUT_WHEN.search(key) for key in draft.key)
        return vague or _ONE_OF_DAYS.search(draft.stem) is not None
    if draft.knowledge.kind is not KnowledgeKind.FIGURE:
        return False
    if any(map(_COUNTY_DIGITS.fullmatch, draft.key)) or any(map(_DECIMALS.search, draft.key)):
        return True
    digits = ("".join(_NUMBER.findall(key)).replace(".", "").rstrip("0") for key in draft.key)
    return draft.kind is ItemKind.CLOZE and any(len(own) > MOST_DIGITS for own in digits)


def _of_little(draft: Draft) -> bool:
    """A threshold, a number written in groups, a time long past, one of a long row."""
    little = any(one.search(draft.stem) for one in (_THRESHOLD, _LONG_PAPER))
    old = draft.key[0].endswith("年") and _HISTORY_OF.search(draft.said) is not None
    if little or old or any("，" in key for key in draft.key):
        return True
    return _DYNASTY.search(draft.said) is not None or _in_a_long_row(draft)


# 年产3000辆专用车项目, 10万吨铝基材料等项目投产: what one works is to make.
_OF_A_WORKS = re.compile(
    "(?:年产|日产)▁[^，。；]{0,10}(?:项目|生产线)|▁[^，。；]{2,16}(?:项目|生产线)[^，。；]{0,6}(?:投产|开工|建成|竣工|完工|试车)"
)
_WEIGHED = re.compile(r"(?:吨|辆|台|套|千瓦|匹|件)$")
_PLAIN_COUNT = re.compile(r"(\d{1,4})[余多]?[座栋辆处条个家项台套盏块株间户所幢]?")


def _petty(one: Knowledge) -> bool:
    """How many bus stops were mended, in the work report of a town."""
    if not one.sentence.article.title.endswith("工作报告"):
        return False
    figure, text = one.values[0], one.sentence.text
    said = f"{text[: one.spans[0].start]}▁{text[one.spans[0].end :]}"
    if _OF_A_WORKS.search(said) and _WEIGHED.search(figure):
        return True
    count = _PLAIN_COUNT.fullmatch(figure)
    if count is None or int(count[1]) >= _MANY_OF_THEM:
        return False
    clause = next(part for part in re.split("[，、；。]", said) if "▁" in part)
    return _PETTY.search(clause) is not None and _OF_MANY.search(clause) is None


def _in_a_long_row(draft: Draft) -> bool:
    unit = re.escape(unit_of(draft.key[0]).strip("_"))
    row = re.findall(rf"(?:{BLANK}|\d(?:\d|\.)*{unit})", draft.said) if unit else []
    severally = len(row) >= SEVERALLY and _SEVERALLY.search(draft.said) is not None
    return severally or len(row) >= LONGEST_ROW or len(_COUNTED.findall(draft.said)) >= CROWD


# 一产、二产、三产增加值分别增长……: what an economy is measured by is known each for itself.
_SEVERALLY = re.compile(f"(?<!增加值)(?<!收入)(?<!比重)(?<!产业)(?<!贡献率)分别[^，。；]*{BLANK}")
_COUNTED = re.compile(rf"{BLANK}|\d[\d.,]*(?![\d.,年月日])")

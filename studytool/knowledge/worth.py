"""A figure or a wording in its Reading -> how much worth asking it is (0–1).

An examiner asks totals, ranks and targets of a whole area, and what an authority has said in so many
words. He does not ask a village's income, a shop's sales or an author's own turn of phrase: below
`TRIFLE` a piece of knowledge is only there to be a distractor.
"""

from __future__ import annotations

import re

from studytool.knowledge.pattern import one_of
from studytool.knowledge.reading import NAME_LENGTH, Reading
from studytool.model import Span
from studytool.words import terms

TRIFLE = 0.3
_TRIFLING, _SMALL, _PLAIN, _TELLING, _GREAT = 0.2, 0.35, 0.5, 0.6, 0.7

_AREA = one_of("全国 全球 世界 我国 全市 全省 全区 全县 地区生产总值 国家级 生产总值 三地 城镇居民 农村居民")
# What the words around a figure say of its worth, the first that fits, with the reason.
_FIGURES: tuple[tuple[re.Pattern[str], float, str], ...] = (
    (
        re.compile(r"[年天日载]多?(?:过去|来，|的风雨|的奋斗|弹指)|短短|历时|经过(?=\d)|用时"),
        _TRIFLING,
        "time that went by is a turn of phrase",
    ),
    (re.compile("^[^，；。]{0,16}(?:全市|全国|全省|全区|全县)"), _TELLING, "a total of the whole area"),
    (
        re.compile(
            r"客户|农户|村民|户主|老人|店铺|门店|餐厅|超市|食堂|合作社|平均年龄|宣讲团|单个|每小时|毫米|年销售额|年收入"
            r"|对接会|签约(?:现场|仪式)|村(?:集体|支部|子)|(?<![难政关农乡城全])村(?![镇庄振民级])"
        ),
        _TRIFLING,
        "a detail of one shop, one village, one product",
    ),
    (
        re.compile(r"歼敌|毙|俘|据点|炮|个军|个师|缴获|专列|消费量|销售量|购进|零售店"),
        _SMALL,
        "what only a chronicle needs",
    ),
    (
        re.compile(rf"(?:居|列|占){_AREA}|第一|首位|{_AREA}[^，；。]{{0,6}}(?:首[个批家]|唯一)|翻[一两]番"),
        _GREAT,
        "a place among all",
    ),
    (
        re.compile(
            one_of(
                "地区生产总值 国内生产总值 生产总值 财政收入 预算收入 可支配收入 固定资产投资 进出口总 "
                "常住人口 覆盖率 优良 PM2.5 城镇化率 研发投入 研发经费 吞吐量 增加值 粮食产量 就业 "
                "高新技术企业 科技型 专精特新 工业总产值 贫困 航线"
            )
        ),
        _GREAT,
        "a leading indicator",
    ),
    (re.compile(r"力争|预期目标|目标|到20[2-9]\d年|到二〇"), _GREAT, "a target"),
    (re.compile(_AREA), _TELLING, "a total of the whole area"),
    (
        re.compile(
            r"公司|集团(?!军)|[\u4e00-\u9fff]{2}厂|小区|社区|学校|小学|活动\d|场次|人次|景区|工作室|宣讲"
        ),
        _SMALL,
        "a detail of one firm, one event",
    ),
)
_NUMBER_OF_TIME = re.compile(r"(?:多|余)?(?:小时|分钟|天|岁|周年|个月)$")
_TRAVEL = re.compile(r"通达|通勤|交通圈|生活圈|过境|时限|压缩")
_SPEAKERS = re.compile(r"习近平|总书记|毛泽东|邓小平|总理|书记|市长|主席")

# ---- wordings ----

_AUTHORITY = re.compile(
    r"习近平(?:总书记|主席)?[^，。：]{0,14}(?:指出|强调|提出|要求|说)|党的[一二三四五六七八九十]+(?:届[一二三四五六七八九十]+中全会|大)[^，。]{0,8}(?:提出|指出|强调|明确)"
    r"|《决定》|党章|宪法|总书记[^，。：]{0,8}(?:指出|强调)|全会(?:指出|强调|提出|认为)|中共中央"
)
_OWN_PHRASE = re.compile(
    r"(?:重要|有效|必要|重大|基本)(?:的)?(?:条件|基础|支撑|举措|途径|路径|方法|手段|抓手|环节|内容|载体|力量|因素|方面|保障|保证)"
)

_RANKING = re.compile(r"最|首要|根本|核心|第一|唯一|关键在于")


def of_figure(reading: Reading, span: Span) -> float:
    """How much worth asking the figure at `span` is, by the words of its clause and the one before."""
    clause = reading.clause_at(span.start)
    before = reading.clause_before(clause.start)
    around = reading.text[before.start if before else clause.start : clause.end]
    hours = _NUMBER_OF_TIME.search(span.of(reading.text)) and not _TRAVEL.search(clause.of(reading.text))
    if hours or _spoken(reading, span):
        return _TRIFLING
    for pattern, worth, _ in _FIGURES:
        if pattern.search(clause.of(reading.text)) or (worth < TRIFLE and pattern.search(around)):
            return worth
    return _PLAIN


def _spoken(reading: Reading, span: Span) -> bool:
    """Said by somebody who is no authority."""
    speech = any(q.contains(span) and q.end - q.start > NAME_LENGTH for q in reading.quotes)
    return speech and not _SPEAKERS.search(reading.text)


def by_authority(reading: Reading) -> bool:
    """Does the sentence give the words of a leader, a plenum or a document of the Party?"""
    return _AUTHORITY.search(reading.text) is not None


def of_wording(reading: Reading, span: Span, weight: float) -> float:
    """The weight of a definition or formulation by who says it, and how."""
    if by_authority(reading):
        return weight + 0.1
    text = span.of(reading.text)
    if text in terms():
        return weight + 0.1
    clause = reading.clause_at(span.start).of(reading.plain)
    return weight - 0.2 if _OWN_PHRASE.search(clause) and not _RANKING.search(clause) else weight

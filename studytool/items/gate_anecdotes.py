"""Gates on stories: what is told by the way, of one house, one firm or one day, is no examination matter."""

from __future__ import annotations

import re

from studytool.items import citations
from studytool.items.authority import known
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.forms import normal
from studytool.items.narration import is_leaders, narrated
from studytool.items.subjects import names_something
from studytool.model import ItemKind, KnowledgeKind
from studytool.words import tagged

_NAMED = frozenset(
    (
        KnowledgeKind.PERSON,
        KnowledgeKind.TITLE,
        KnowledgeKind.MEETING,
        KnowledgeKind.QUOTATION,
        KnowledgeKind.ORGAN,
        KnowledgeKind.EVENT,
        KnowledgeKind.PLACE,
        KnowledgeKind.DATE,
    )
)
_PUBLIC = re.compile(
    r"全国|我国|国家级|全市|[\u4e00-\u9fff]{2}市(?!场)|首[个批家]|第一|唯一|[^社小园景街]区|省|自治[州区]|县|上市企业|覆盖率|党中央|国务院"
)
# What concerns the people of one house, one school, one branch.
_OF_FEW = re.compile(
    r"(?<!老旧)小区(?!改造)|居民区|业主|党支部(?:召开|开展|组织)|观看影片|分享会|[一二三四五六七八九十]中(?=\d{4}|的|学|校)|小学|幼儿园"
)
ROSTER = 8  # names in one sentence
_TRIVIAL = re.compile(
    r"客户|跑遍|走遍了|骑着?(?:摩托|自行|电动)车|合作意向|营业额|年销售|销售量|销量|游客|村民|主题公园|门店|店铺|展厅|过去了|补贷|放款|授信|订单|演出|小程序|直播|试驾"
    r"|调研成果|走研成果|一期项目|厂房|车间|工位|亩产|养殖|羊|(?<![犀子荒黄])牛(?!鼻子|商)|采摘|民宿|活动\d*____|场活动|小分队|走访|合影|专利\d+余?项|对接会|宣讲活动|主题活动|微视频|[\u4e00-\u9fff]{2}街道(?!办|[、和])[^，。；]{0,16}\d"
)
_OFFICE = re.compile(r"书记|主任|局长|市长|区长|省长|部长|行长|主席|院长|校长|院士|司令|委员|参谋长")
_ONE = re.compile(r"[1一][个名家项座条处所次]")  # whoever counts one thing tells that it is there
_APPEARED = re.compile(
    "____(?:[^，。；]{0,12}(?:感激|感谢|谢意|致谢)|讲话|致辞|出席|主持|参加|陪同|介绍|汇报|宣读|传达|透露|带队|作(?:政府)?(?:工作)?报告)"
    "|原[^，。；]{0,14}(?:市长|书记|省长|局长|厅长|部长|主任|行长)____"  # who fell since
)
_SOMEBODY = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]某(?![些种个一])")  # 林某等人
_WAYS = re.compile("____(?:个)?(?:方面|环节)(?:的)?(?:工作|努力|探索)?")  # “做了____方面工作”
# 1美元兑6.3元; 14亿中国人民; 把健康放在第一位: nothing else could stand there.
_NOTHING_ELSE = re.compile(
    r"____兑|____(?:多)?(?:中国|各族|全国|全体)?(?:人民|同胞|人口大国)|(?:放|摆|置|排|立)[在于]____"
)
_TO_THIS_DAY = re.compile(r"了(?:近|约)?\d+多年")  # 封存了80多年: until the day of writing
_YEAR = re.compile(r"\d{4}年")
_UNSURE = re.compile(r"(?:[一二三四五六七八九十百千\d]+余|数[十百千万]|几[十百千]?|若干|多)[年月天]")


def anecdote(draft: Draft, context: Context) -> bool:
    """Details of a story, of one firm's business, of one village."""
    # In a law 村民 have rights, and no stories.
    return not citations.is_norm(draft.knowledge.sentence.article) and _is_told(draft, context)


def _is_told(draft: Draft, context: Context) -> bool:
    kind, said = draft.knowledge.kind, draft.statement
    if _TRIVIAL.search(said) and kind not in (KnowledgeKind.PERSON, KnowledgeKind.TITLE):
        return True
    if _OF_FEW.search(draft.knowledge.sentence.article.title) or _SOMEBODY.search(said):
        return True
    unsure = kind in (KnowledgeKind.FIGURE, KnowledgeKind.DATE) and any(map(_UNSURE.match, draft.key))
    if unsure or (kind is KnowledgeKind.FIGURE and _trifling(draft)):
        return True
    if kind is KnowledgeKind.PERSON and (_APPEARED.search(draft.stem) or _in_a_roster(draft, context)):
        return True
    article, credit = draft.knowledge.sentence.article, draft.knowledge.sentence.credit
    wording = is_leaders(article) and kind not in (KnowledgeKind.FIGURE, KnowledgeKind.DATE)
    wording = wording or credit is not None  # quoted, and not told by the page
    return narrated(article, context) and not wording and _by_the_way(draft, said)


def _in_a_roster(draft: Draft, context: Context) -> bool:
    """One of those who were present; who did something was not only there."""
    if draft.knowledge.rule == "deeds":
        return False
    words = context.words(draft.knowledge.sentence)
    return sum(word.tag == "nr" for word in words) >= ROSTER


def _trifling(draft: Draft) -> bool:
    """One of something, so many ways of doing it, so many years until the day of writing."""
    one = any(_ONE.fullmatch(key) for key in draft.key)
    lasting = _TO_THIS_DAY.search(draft.statement) is not None and not _YEAR.search(draft.statement)
    return one or lasting or any(idle.search(draft.stem) for idle in (_WAYS, _NOTHING_ELSE))


def _by_the_way(draft: Draft, said: str) -> bool:
    """Of a story: is this no name, no set term and nothing public?"""
    kind = draft.knowledge.kind
    settled = any(normal(key) in known() for key in draft.key)
    public = _PUBLIC.search(said) is not None
    if kind is KnowledgeKind.FORMULATION:
        return not settled
    if kind is KnowledgeKind.PERSON:
        return not _OFFICE.search(said)
    if kind in _NAMED or (settled and kind is not KnowledgeKind.FIGURE):
        return draft.kind is ItemKind.TRUE_FALSE and not public
    return not (public and names_something(tagged(said)))

"""Reading -> rule elements of regulations: who decides, within what time, what follows.

Only in articles that regulate (by title or by their numbered provisions): elsewhere 必须 and 应当 only
exhort.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from studytool.knowledge.finding import Finding, Setting
from studytool.knowledge.pattern import PROVISION, one_of
from studytool.knowledge.reading import Reading, row_of, stripped
from studytool.knowledge.sanctions import case_of, sanctions
from studytool.model import KnowledgeKind, Span

_NUMBER = r"(?<![百千万亿零〇点.\d])(?:[一二两三四五六七八九十]{1,3}|\d{1,3})"
_PERCENT = r"百分之(?:[一二两三四五六七八九十百]+(?:点[一二三四五六七八九零]+)?|\d+)"
_TERM = re.compile(
    rf"(?P<what>{_NUMBER}(?:年半?|个月|个工作日|日|天|周|小时))(?=$|"
    + one_of("内 以内 以上 以下 前 的 ， 。 后 期满 ； 为限")
    + ")"
)
_COUNT = re.compile(
    rf"(?P<what>{_PERCENT}|(?:{_NUMBER}[至到])?{_NUMBER}(?:名|人|次|届|倍|学时|课时|票|户|份|个以上|分之[一二三四五])(?:以上(?![一二两三四五六七八九十百\d]+(?:倍|年|日|名|人|个))|以下)?)(?!采集间隔|间隔|之间)"
)
_BY = re.compile(
    r"(?:由|报|经|须经|应当经|提请|向|征得)(?P<what>[^，。；、由报经]{3,16}?)"
    + one_of(
        "决定 批准 备案 审批 审查 讨论决定 同意 通过 审议 执行 负责 选举产生 任命 "
        "组织实施 承办 主管 制定 聘任 提名"
    )
    + "(?:并|后|，|。|；|的|$|或)"
)
_WHO = re.compile(  # who does it, which any text may tell: an organ as elsewhere
    "由(?P<what>[^，。；、由报经商]{3,16}?)"
    + one_of("负责组织 负责解释 规定 解释 召集 主持")
    + "(?=并|，|。|；|$|和)"
)
_IN_CHARGE = re.compile(  # 国家保密行政管理部门主管全国的保密工作
    rf"^(?:{PROVISION}\s*)?(?P<what>[^，。；：、本其该上]{{4,16}}?)(?:主管|负责)全国的?[^，。；]{{2,12}}工作(?=[。；，])"
)
_HELD_BY = re.compile(  # 组长由中央纪律检查委员会书记担任
    r"由(?P<what>[^，。；、由报经本其该]{3,18}?(?:书记|部长|主任|主席|院长|检察长|负责人|董事长|总理|省长|市长))担任"
)
_SEATED = re.compile(r"设在(?P<what>[^，。；、本其该]{4,14})(?=[，。；])")  # 办公室设在中央纪律检查委员会
_AGE = re.compile(rf"(?:年满|满|不满|未满|年龄)(?P<what>{_NUMBER}周?岁)")
_EVERY = re.compile(  # 党的全国代表大会每五年举行一次
    rf"每(?P<what>(?:{_NUMBER}(?:年|个月|个季度|周|天)|半年))[^，。；]{{0,16}}?(?=[一两12]次|换届|改选)"
)
_AS_OFTEN = re.compile(  # 党员大会一般每季度召开1次: asked with its 每, or nobody would see what is wanted
    r"(?P<what>每(?:半年|季度|个?月|周|年))(?:至少)?[^，。；一二1-9]{0,16}?(?:[一1][次天])"
)
_LASTS = re.compile(  # 预备期为一年, 每届任期五年
    rf"(?:期|期限|任期)(?:一般|最长|最短)?(?:为|是)?(?P<what>{_NUMBER}(?:年|个月|个工作日|日|天))(?=[，。；（]|$)"
)
_IN_A_ROW = re.compile(rf"连续(?P<what>{_NUMBER}(?:年|个月|天|日|次))(?=[不未没])")
_FROM_DAY = re.compile(
    r"(?:^|[，、])[^，。；]{0,12}?从(?P<what>[^，。；从他她它其该这]{4,16})之日(?:算起|起)"
)
_SINCE = re.compile(
    r"自(?P<what>(?:\d{4}|[一二][〇零一二三四五六七八九]{3})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日)"
    r"起(?P<cue>施行|实施|执行|生效)"
)
_MEMBER = r"[\u4e00-\u9fff]{2,8}"
_LAST_TWO = re.compile(rf"({_MEMBER}?)[和与]({_MEMBER})")
_PRINCIPLES = re.compile(  # 实行积极扶持，合理规划，正确引导，加强管理的方针
    rf"(?:坚持|实行|遵循|贯彻|按照|依照|本着)(?P<members>{_MEMBER}(?:[、，]{_MEMBER})+(?:[和与]{_MEMBER})?)"
    r"的(?P<name>方针|原则|体制|机制)"
)
_STEPS = re.compile(  # 监察官等级分为十三级
    rf"(?:共?分为|设)(?P<what>{_NUMBER}(?:级|个等级|个等次|类|档))(?=[。；])"
)
_SYSTEM = re.compile(  # 中央军事委员会实行主席负责制, 国家实行中央和地方分税制
    "实行(?P<what>(?:(?<=国家实行)[^，。；、：的制]{3,12}|[^，。；、：和与的]{2,8})制)(?=[，。；]|$)"
)
_BESIDE = re.compile(  # 坚持监督约束与激励保障并重的原则
    "坚持[^，。；、：与和同]{2,12}[与和同](?P<what>[^，。；、：与和同的]{2,8}?)(?:并重|相结合|并举|相统一|相适应)(?=的原则|的方针|[，。；]|$)"
)
_FOLLOWS = re.compile(r"(?:应当|必须|不得|可以|予以|一律)(?P<what>[^，。；、：（）的]{4,12})(?=[，。；]|$)")
_ORGAN = re.compile(r"(?:中央|集体|委|局|组织|机关|部|部门|会|院|室|办|人|府|组|单位|厅|党委|法院)$")
# Of a duty to tell an organ the organ is asked: 应当抄送同级人民检察院. And whoever asks is none who decides:
# 经当事人申请和行政机关批准.
_TO_WHOM = re.compile(
    "(?:书面)?(?:抄送|抄告|抄报|通报|移送|移交|提交给?|送交|报送|报告|上报|告知|通知|送达)给?(?=.{3})"
)
_ASKED_FOR = re.compile("(?:申请|请求|提出|建议|提名)[和与并、后]")
_MODAL = re.compile(
    one_of("应当 必须 不得 可以 予以 给予 须 应 每 任期 期限 期满 最长 最短 不超过 要有 期为 连续 之日")
)
_BINDS = re.compile(  # so does this, where a figure or a system stands
    "由|设在|分为|实行|坚持|全国|不[少低]于|期间为"
)
Element = tuple[re.Pattern[str], float]  # what it is known by, and what it is worth
# The elements of a provision.
_DECIDED = ((_BY, 0.6),)
ELEMENTS: tuple[Element, ...] = (
    (_HELD_BY, 0.65),
    (_SEATED, 0.6),
    (_AGE, 0.6),
    (_EVERY, 0.65),
    (_AS_OFTEN, 0.65),
    (_LASTS, 0.65),
    (_IN_A_ROW, 0.65),
    (_TERM, 0.65),
    (_FROM_DAY, 0.55),
    (_COUNT, 0.55),
    (_STEPS, 0.6),
    (_SYSTEM, 0.6),
    (_BESIDE, 0.6),
    (_FOLLOWS, 0.45),
)
_WEAK = re.compile(
    "^(?:[一二两](?:个|人|名)以上|一人)$|^"
    + one_of(
        "会同有关 经 报 受到 进行 成为 按照 依照 根据 坚持 是 有 对 在 以 将 把 由 向 同时 给予 予以 认真 "
        "自觉 始终 做到 其 不超过 不少于 不低于 超过 少于 低于 多于 高于"
    )
    + "|下列|以下|规定$|情形|行为$"
)
_PROVISION = re.compile(rf"^{PROVISION}")
_REGULATION = re.compile(r"(?:条例|章程|规定|办法|准则|规则|细则|规程|法)(?:（.*）)?$")


def regulations(reading: Reading, setting: Setting) -> Iterator[Finding]:
    """The elements of a provision that can be asked."""
    if reading.sentence.article.id not in setting.regulating:
        return
    yield from _principles(reading)
    for match in _SINCE.finditer(reading.plain):
        yield Finding(KnowledgeKind.DATE, (Span(*match.span("what")),), 0.65, Span(*match.span("cue")))
    bound = _MODAL.search(reading.plain) is not None
    if not bound and not _BINDS.search(reading.plain):
        return
    yield from sanctions(reading, setting)
    yield from _organs(reading)
    yield from elements(reading, (*_DECIDED, *ELEMENTS) if bound else ELEMENTS)


def _organs(reading: Reading) -> Iterator[Finding]:
    """Who organises, calls, interprets or is in charge."""
    for match in chain(_WHO.finditer(reading.plain), _IN_CHARGE.finditer(reading.plain)):
        span = Span(*match.span("what"))
        if _ORGAN.search(span.of(reading.text)) and reading.whole(span):
            case = case_of(reading, reading.clause_at(span.start), span)
            yield Finding(KnowledgeKind.ORGAN, (span,), 0.6, case)


def elements(reading: Reading, wanted: Sequence[Element]) -> Iterator[Finding]:
    """The elements of a provision; a duty that holds a term or a number is asked for that alone."""
    exact: list[Span] = []
    for pattern, weight in wanted:
        for match in pattern.finditer(reading.plain):
            span = stripped(reading.text, Span(*match.span("what")))
            if pattern is _BY and not _decides(span.of(reading.text)):
                continue
            if pattern is _FOLLOWS:
                span = _told(span, reading.text)
            if pattern is _FOLLOWS and any(span.contains(other) for other in exact):
                continue
            if reading.whole(span) and not _WEAK.search(span.of(reading.text)):
                exact.append(span)
                case = case_of(reading, reading.clause_at(span.start), span)
                yield Finding(KnowledgeKind.RULE, (span,), weight, case)


def _decides(who: str) -> bool:
    """“向作出或者批准处分决定的机关”: no organ decides here."""
    return _ORGAN.search(who) is not None and _ASKED_FOR.search(who) is None


def _told(duty: Span, text: str) -> Span:
    """The organ that is to be told, of a duty to tell one; else all of the duty."""
    match = _TO_WHOM.match(duty.of(text))
    whom = Span(duty.start + match.end(), duty.end) if match else duty
    return whom if _ORGAN.search(whom.of(text)) else duty


def _principles(reading: Reading) -> Iterator[Finding]:
    """The principles a rule names one by one; with 等 it would name others, too."""
    for match in _PRINCIPLES.finditer(reading.plain):
        members = row_of(reading.plain, Span(*match.span("members")), _LAST_TWO)
        if not match["members"].endswith("等"):
            yield Finding(KnowledgeKind.LIST, members, 0.7, Span(*match.span("name")), closed=True)


def regulating(readings: Sequence[Reading]) -> frozenset[str]:
    """The articles that lay down rules: by their title, or by three numbered provisions or more."""
    provisions = Counter(r.sentence.article.id for r in readings if _PROVISION.match(r.text))
    numbered = {article for article, count in provisions.items() if count >= 3}
    titled = {r.sentence.article.id for r in readings if _REGULATION.search(r.sentence.article.title)}
    return frozenset(numbered | titled)

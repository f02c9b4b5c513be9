"""Reading -> rule elements of regulations: who decides, within what time, what follows.

Only in articles that regulate (by title or by their numbered provisions): elsewhere 必须 and 应当 only
exhort.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from studytool.knowledge.finding import Finding, Setting
from studytool.knowledge.joining import Part, joined, whole
from studytool.knowledge.pattern import one_of
from studytool.knowledge.reading import Reading, stripped
from studytool.model import KnowledgeKind, Span

_SANCTION = one_of(
    "警告 严重警告 撤销党内职务 留党察看 开除党籍 记过 记大过 降级 撤职 开除 罚款 拘留 通报批评 "
    "诫勉 改组 解散 除名 劝退"
)
_PENALTY = re.compile(
    rf"给予(?P<what>{_SANCTION}(?:(?:、|或者|或|以及){_SANCTION})*)(?:处分|处罚|处理)?(?=[，。；、；]|处分|$)"
)
_NUMBER = r"(?:[一二两三四五六七八九十]{1,3}|\d{1,3})"
_TERM = re.compile(
    rf"(?P<what>{_NUMBER}(?:年半?|个月|个工作日|日|天|周|小时))(?=$|"
    + one_of("内 以内 以上 以下 前 的 ， 。 后 期满 ； 为限")
    + ")"
)
_COUNT = re.compile(
    rf"(?P<what>{_NUMBER}(?:名|人|次|倍|学时|课时|票|户|份|个以上|分之[一二三四五])(?:以上|以下)?)"
)
_BY = re.compile(
    r"(?:由|报|经|须经|应当经|提请|向)(?P<what>[^，。；、由报经]{3,16}?)"
    + one_of(
        "决定 批准 备案 审批 审查 讨论决定 同意 通过 审议 执行 负责 选举产生 任命 "
        "组织实施 承办 主管 制定 聘任 提名"
    )
    + "(?:并|后|，|。|；|的|$|或)"
)
_AGE = re.compile(rf"(?:年满|满|不满|未满)(?P<what>{_NUMBER}周?岁)")
_EVERY = re.compile(  # 党的全国代表大会每五年举行一次
    rf"每(?P<what>(?:{_NUMBER}(?:年|个月|个季度|周|天)|半年))[^，。；]{{0,8}}?(?=[一两12]次|换届|改选)"
)
_AS_OFTEN = re.compile(  # 党员大会一般每季度召开1次: asked with its 每, or nobody would see what is wanted
    r"(?P<what>每(?:半年|季度|个?月|周|年))(?:至少)?[^，。；一二1-9]{0,8}?(?:[一1][次天])"
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
_FOLLOWS = re.compile(r"(?:应当|必须|不得|可以|予以|一律)(?P<what>[^，。；、：（）的]{4,12})(?=[，。；]|$)")
_ORGAN = re.compile(r"(?:中央|集体|委|局|组织|机关|部|部门|会|院|室|办|人|府|组|单位|厅|党委|法院)$")
_MODAL = re.compile(
    one_of("应当 必须 不得 可以 予以 给予 须 应 每 任期 期限 期满 最长 最短 不超过 要有 期为 连续 之日")
)
# The elements of a provision, and what each is worth.
_ELEMENTS = (
    (_BY, 0.6),
    (_AGE, 0.6),
    (_EVERY, 0.65),
    (_AS_OFTEN, 0.65),
    (_LASTS, 0.65),
    (_IN_A_ROW, 0.65),
    (_TERM, 0.65),
    (_FROM_DAY, 0.55),
    (_COUNT, 0.55),
    (_FOLLOWS, 0.45),
)
_WEAK = re.compile(
    "^(?:[一二两](?:个|人|名)以上|一人)$|^"
    + one_of(
        "经 报 受到 进行 成为 按照 依照 根据 坚持 是 有 对 在 以 将 把 由 向 同时 给予 予以 认真 自觉 始终 "
        "做到 其"
    )
    + "|下列|以下|规定$|情形|行为$"
)
# A case that only goes on from the deed told before, and a deed that is told elsewhere.
_DEPENDS = re.compile(r"(?:情节|造成|致使|导致|后果|数额|拒不|有前)")
_OPEN_DEED = re.compile(r"下列|之一|前款|上述|本条|前两款|第[一二三四]款|所列")
_GRADE = re.compile(r"情节[\u4e00-\u9fff]{2,3}的，$")
_LONGEST_DEED = 90
_USUAL = 3  # provisions that make a ladder the usual one
_PROVISION = re.compile(r"^第[一二三四五六七八九十百零〇]+条")
_REGULATION = re.compile(r"(?:条例|章程|规定|办法|准则|规则|细则|规程|法)(?:（.*）)?$")


def regulations(reading: Reading, setting: Setting) -> Iterator[Finding]:
    """The elements of a provision that can be asked."""
    if reading.sentence.article.id not in setting.regulating:
        return
    yield from _principles(reading)
    for match in _SINCE.finditer(reading.plain):
        yield Finding(KnowledgeKind.DATE, (Span(*match.span("what")),), 0.65, Span(*match.span("cue")))
    if not _MODAL.search(reading.plain):
        return
    yield from _sanctions(reading, setting)
    for pattern, weight in _ELEMENTS:
        for match in pattern.finditer(reading.plain):
            span = stripped(reading.text, Span(*match.span("what")))
            clause = reading.clause_at(span.start)
            if pattern is _BY and not _ORGAN.search(span.of(reading.text)):
                continue  # “向作出或者批准处分决定的机关”: no organ decides here
            if reading.whole(span) and not _WEAK.search(span.of(reading.text)):
                yield Finding(KnowledgeKind.RULE, (span,), weight, _case(reading, clause, span))


def _principles(reading: Reading) -> Iterator[Finding]:
    """The principles a rule names one by one; with 等 it would name others, too."""
    for match in _PRINCIPLES.finditer(reading.plain):
        members = tuple(_each(reading.plain, Span(*match.span("members"))))
        if not match["members"].endswith("等"):
            yield Finding(KnowledgeKind.LIST, members, 0.7, Span(*match.span("name")), closed=True)


def _each(text: str, row: Span) -> Iterator[Span]:
    """The members of a row; 和 or 与 stands before the last."""
    pieces = [Span(row.start + m.start(), row.start + m.end()) for m in re.finditer("[^、，]+", row.of(text))]
    yield from pieces[:-1]
    last = _LAST_TWO.fullmatch(text, pieces[-1].start, pieces[-1].end)
    yield from (Span(*last.span(1)), Span(*last.span(2))) if last else (pieces[-1],)


# ---- sanctions ----------------------------------------------------------------------------------------


def _sanctions(reading: Reading, setting: Setting) -> Iterator[Finding]:
    """What is given for what. Of a ladder like everybody's only the first step is told, as a trifle."""
    steps = [match for match in _PENALTY.finditer(reading.plain) if reading.whole(Span(*match.span("what")))]
    usual = len(steps) > 1 and ladder(reading) == setting.ladder
    for place, match in enumerate(steps[:1] if usual else steps):
        span = Span(*match.span("what"))
        if place == 0 and not _DEPENDS.match(reading.plain):
            common = setting.ladder[:1] == (match["what"],)
            weight = 0.25 if usual else 0.4 if common else 0.65
            case = _case(reading, reading.clause_at(span.start), span)
            yield Finding(KnowledgeKind.RULE, (span,), weight, case)
        elif step := _with_deed(reading, setting, span, steps[0].start() if place else 0):
            yield step


def ladder(reading: Reading) -> tuple[str, ...]:
    """The sanctions of a sentence in order."""
    return tuple(match["what"] for match in _PENALTY.finditer(reading.plain))


def usual_ladder(readings: Sequence[Reading], regulating: frozenset[str]) -> tuple[str, ...]:
    """The ladder of sanctions that most provisions of the document have."""
    own = (ladder(reading) for reading in readings if reading.sentence.article.id in regulating)
    found = Counter(steps for steps in own if len(steps) > 1)
    usual = max(found, key=lambda steps: (found[steps], steps), default=())
    return usual if found[usual] >= _USUAL else ()


def _with_deed(reading: Reading, setting: Setting, span: Span, first: int) -> Finding | None:
    """“情节严重的，给予…” behind the deed it is about: from this sentence, or from the one before."""
    before = reading.clause_before(reading.clause_at(span.start).start)
    start = before.start if before is not None else reading.clause_at(span.start).start
    stop = re.compile("[；。]").search(reading.plain, span.end)
    part = Part(reading.sentence, Span(start, stop.start() if stop else len(reading.text)))
    if first:
        deed = reading.plain[: reading.clause_at(first).start]
        told = Part(reading.sentence, Span(0, len(_GRADE.sub("", deed))))
    else:
        other = setting.readings[reading.at - 1] if reading.at and not reading.sentence.opens else None
        if other is None or other.sentence.doubts or other.sentence.article.id != reading.sentence.article.id:
            return None
        told = whole(other)
    text = told.span.of(told.sentence.text)
    if _OPEN_DEED.search(text) or not 8 <= len(text) <= _LONGEST_DEED or not text.endswith(("，", "。")):
        return None
    home = joined((told, part), reading.at)
    shift = len(text) - part.span.start
    moved = Span(span.start + shift, span.end + shift)
    return Finding(KnowledgeKind.RULE, (moved,), 0.55, Span(0, len(text) - 1), place=home)


def _case(reading: Reading, clause: Span, span: Span) -> Span | None:
    """The case the rule is for: the words before it in its clause, else the clause before."""
    before = stripped(reading.text, Span(clause.start, span.start), " ，、")
    if before.end - before.start >= 6:
        return before
    earlier = reading.clause_before(clause.start)
    return earlier if earlier is not None and earlier.end - earlier.start >= 4 else None


def regulating(readings: Sequence[Reading]) -> frozenset[str]:
    """The articles that lay down rules: by their title, or by three numbered provisions or more."""
    provisions = Counter(r.sentence.article.id for r in readings if _PROVISION.match(r.text))
    numbered = {article for article, count in provisions.items() if count >= 3}
    titled = {r.sentence.article.id for r in readings if _REGULATION.search(r.sentence.article.title)}
    return frozenset(numbered | titled)

"""Gates on rules: of a regulation no half may be told, and what any rule says is not asked."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from studytool.data import lines
from studytool.items import citations, provisions
from studytool.items.context import Context
from studytool.items.drafts import BLANKED, Draft
from studytool.items.gate_provisions import FIGURE, ORGAN, hangs, is_exact, of_a_bare_case, stands_alone
from studytool.model import BLANK, Article, ItemKind, KnowledgeKind
from studytool.words import tagged

LONGEST = 9  # characters of a duty that one can be expected to word as the rule does
WORDINGS = frozenset(  # what is said so in most cases
    (KnowledgeKind.LIST, KnowledgeKind.ABBREVIATION, KnowledgeKind.FORMULATION, KnowledgeKind.DEFINITION)
)
_WHOLE = (ItemKind.TRUE_FALSE,)  # what is judged must hold all that the rule says of it
_OTHERS = re.compile(r"^[^，。；]*(?:闭会期间|另有规定|除外|但)")


# What it quotes is in force no more, or not before it stands in the law itself.
_AMENDS = re.compile("修正案|关于修[改订正].*的决[定议]$")
_APPROVES = re.compile("(?:批准|印发|公布|发布|通过|修改|颁布).*(?:决议|决定|通知|命令|公告)$")

_ARTICLE = re.compile("第[一二三四五六七八九十百零〇\\d]+条(?![约件例])")


def declares(draft: Draft) -> bool:
    """“根据《……条例》第二条，党徽为____。”: what a rule says a thing is, of one thing, in one place."""
    one = draft.knowledge
    return one.kind is KnowledgeKind.DEFINITION and citations.is_norm(one.sentence.article)


def incomplete(draft: Draft, context: Context) -> bool:
    """A rule without its article, its case or its exception."""
    one, article = draft.knowledge, draft.knowledge.sentence.article
    if _AMENDS.search(article.title):
        return True
    if draft.kind is ItemKind.SHORT_ANSWER:
        return False
    if one.kind is KnowledgeKind.RULE and _out_of_its_article(draft, context):
        return True
    if not citations.is_norm(article):
        return _of_what_it_approves(draft) or _of_no_paper(draft, context)
    by_number = _BY_NUMBER.search(draft.said) is not None
    if one.kind in WORDINGS:
        untold = by_number or _OF_A_CASE.match(draft.said) is not None or of_a_bare_case(draft, context)
        return untold or _without_its_case(draft) or _without_its_doer(draft) or _without_its_head(draft)
    astray = by_number or (_numbers_its_articles(article, context) and _unnumbered(draft))
    loose = astray or hangs(draft, context) or _excepted_below(draft, context)
    return loose or _without_its_case(draft) or _without_the_rest(draft)


def _of_what_it_approves(draft: Draft) -> bool:
    """第五条 below a resolution that approves a regulation: of which of the two?"""
    sentence = draft.knowledge.sentence
    return _APPROVES.search(sentence.article.title) is not None and provisions.numbered(sentence.text) > 0


def _of_no_paper(draft: Draft, context: Context) -> bool:
    """第十四条 of something that is not named, or a rule of nobody knows what."""
    if draft.frame.anchor:
        return False
    ruled = draft.knowledge.kind is KnowledgeKind.RULE or _ARTICLE.match(draft.said) is not None
    own = "《" not in draft.stem  # what is said of the paper, above it, names it
    return ruled or (own and _numbers_its_articles(draft.knowledge.sentence.article, context))


def _unnumbered(draft: Draft) -> bool:
    """“应当自收到请求之日起十五日内裁定”: which request, the beginning of the article says."""
    return not provisions.is_cited(draft.frame.anchor) and not provisions.says_whom(draft.statement)


def _numbers_its_articles(article: Article, context: Context) -> bool:
    own = context.of_article(article.id)
    return context.recall(("numbered", article.id), lambda: any(provisions.numbered(s.text) for s in own))


def _out_of_its_article(draft: Draft, context: Context) -> bool:
    """“办理期限最长不得超过六个月”: of what, the sentence before says."""
    filled, unnumbered = draft.statement, not provisions.is_cited(draft.frame.anchor)
    if _unnumbered(draft) and not _of_a_paper_without_numbers(draft, context):
        return True
    return draft.frame.kept[0].start > 12 or "其他" in filled[:20] or (unnumbered and len(filled) < 26)


def _of_a_paper_without_numbers(draft: Draft, context: Context) -> bool:
    """“未经同级党委批准，不得……” of a regulation that has no provisions with numbers to be cited by."""
    sentence = draft.knowledge.sentence
    if not citations.is_norm(sentence.article) or _numbers_its_articles(sentence.article, context):
        return False
    alone = "subject" not in draft.frame.gaps and stands_alone(sentence.text)
    return alone and bool(draft.frame.anchor) and is_exact(draft)


def _without_its_case(draft: Draft) -> bool:
    """“另行选举的，……所得票数不得少于三分之一”: in which case, the words trimmed from the rule say."""
    text, kept = draft.knowledge.sentence.text, draft.frame.kept
    middle = (text[before.end : behind.start] for before, behind in pairwise(kept))
    trimmed = "".join((text[provisions.numbered(text) : kept[0].start].rstrip(), *middle))
    return "的，" in trimmed if draft.knowledge.kind in WORDINGS else bool(trimmed)


def _without_its_doer(draft: Draft) -> bool:
    """“研究制定、指导实施____”: who does, the words trimmed from the front say."""
    text, start = draft.knowledge.sentence.text, draft.frame.kept[0].start
    doing = tagged(text[start:])[:1]  # 研究 is a noun to jieba
    unsaid = "subject" in draft.frame.gaps or any(word.tag.startswith("v") for word in doing)
    return unsaid and start > provisions.numbered(text)


def _without_its_head(draft: Draft) -> bool:
    """“股东的出资额、出资方式和____”: point (五) of what a charter has to say, and nothing of the charter."""
    text, start = draft.knowledge.sentence.text, draft.frame.kept[0].start
    if draft.kind in BLANKED and _A_POINT.match(text) and not _has_predicate(draft):
        return True
    return _POINT_MARK.search(text, 0, start) is not None and text[start - 1] in "）"


def _has_predicate(draft: Draft) -> bool:
    """Is more told than a thing: 可以转让的商标专用权、专利权等财产权?"""
    return re.search("的[\u4e00-\u9fff、]{2,40}[。；]$", draft.statement) is None


def _without_the_rest(draft: Draft) -> bool:
    """“外国人非法居留的，给予警告”; “由全国人大决定”, and when it is not in session?"""
    rest = draft.knowledge.sentence.text[draft.frame.kept[-1].end :]
    return bool(rest) and (
        draft.kind in _WHOLE or _OTHERS.match(rest) is not None or _has_another(draft, rest)
    )


def _excepted_below(draft: Draft, context: Context) -> bool:
    """“新聘用工作人员，应当面向社会公开招聘。但是，……除外。”: the exception may be a sentence of its own."""
    own = draft.knowledge.sentence
    below = next((one for one in context.of_article(own.article.id) if one.index == own.index + 1), None)
    return below is not None and below.paragraph == own.paragraph and below.text.startswith("但")


_POINT_MARK = re.compile("：[^：]*（[一二三四五六七八九十]{1,3}）$")
_A_POINT = re.compile("（[一二三四五六七八九十]{1,3}）")
# 人民法院的判决为最后决定: of which suit?
_OF_A_CASE = re.compile("^(?:人民法院|仲裁委员会|复议机关|上述机关)?的?(?:判决|裁定|裁决|决定)(?:为|是)")
_TERM = re.compile(r"[\d一二两三四五六七八九十百千半]+(?P<unit>个?[\u4e00-\u9fff]{1,3})")


def _has_another(draft: Draft, rest: str) -> bool:
    """“持续的时间不得超过十二小时；……的，不得超过二十四小时”: which it is, the words trimmed away say."""
    term = _TERM.fullmatch(draft.key[0])
    return term is not None and any(other["unit"].startswith(term["unit"]) for other in _TERM.finditer(rest))


# “必须遵守以下纪律：（一）不得____。”: they must not do (二) and (三) either; asked are all of them.
_FIRST_OF_SEVERAL = re.compile(
    "[：，](?:（[一二三四五六七八九十]）|[一二三四五六七八九]、)(?:不得|应当|必须)?____。$"
    "|：（一）.*（[一二三四五六七八九十]{1,2}）(?:不得|应当|必须|可以)____[；。]|：（一）(?:不得|应当|必须|可以)____；"
    "|：(?:不得|应当|必须)____。$"
)


_FOR_INSTANCE = re.compile("比如|例如|譬如|诸如|如[，：]")


def example(draft: Draft, _context: Context) -> bool:
    """“收购、销售、轮换、____等应当……”: what a rule names by way of example, or first of several."""
    one = draft.knowledge
    if _FIRST_OF_SEVERAL.search(draft.said) or _FOR_INSTANCE.match(one.sentence.text):
        return True
    if draft.kind not in BLANKED or one.kind is not KnowledgeKind.LIST or one.closed:
        return False
    after = one.sentence.text[one.spans[-1].end :]
    return citations.is_norm(one.sentence.article) and after.startswith("等")


# “违反本法第四十三条规定发送广告的，处……”: what was forbidden there is not said here.
_BY_NUMBER = re.compile(
    r"(?:违反|依照)[^，。；]{0,8}第[^，。；]{1,14}条(?:的|之)?规定?[^，。；]{0,10}的，(?:由|处|责令|给予|依法)"
    "|本(?:法|条例|规定|办法|细则|准则)第[^，。；]{1,14}[条款项]"
)


@cache
def _duties() -> frozenset[str]:
    return frozenset(lines("duties.txt"))


# How, or with whom: 组织有关部门建立护林组织，负责护林工作.
_HOW = re.compile("通过|按照|依照|根据|结合|利用|依法按照|组织|会同|协调|协同|联合|围绕|配合|指导|督促")
# 推举一名监事, 申请复议一次: what else?
_BARE_ONE = re.compile("[一1](?:名|次|人|户|个|处|份)")
_AT_MOST_ONE = re.compile("(?:超过|多于|至多|安排[^，。；]{0,6})____")  # but how often one may
# Whom nobody can name: 国务院有关部门, 相应的文物行政部门.
_NOBODY = re.compile("有关(?:部门|机关|单位|方面)|^相应的|规定的[^，。]*(?:部门|机关|单位)$")
_BOUND = ("超过", "少于", "低于", "多于", "高于", "不超过", "不少于", "不低于", "不得")
# 主动关心, 发挥各自优势: any of a dozen such words would do.
_LOOSE = (
    "主动",
    "及时",
    "适当",
    "合理",
    "保证",
    "科学",
    "积极",
    "认真",
    "切实",
    "充分",
    "努力",
    "大力",
    "自觉",
    "热情",
    "发挥",
    "重视",
    "关心",
    "加强",
    "强化",
    "完善",
    "优化",
    "提升",
    "提高",
    "推进",
    "促进",
    "做好",
)
# “在____选举中”, “每10年开展____普查”: 一次
_ANY_ONE = re.compile("(?:在|任何|每)____|每[^，。；]{1,16}____")
_ONE = re.compile("一(?!个?[年月日天周]|小时|个工作日)")  # 在一个月内派人谈话: a term, and one of many
_NOBODY_MAY = re.compile("任何(?:组织|单位|个人|人)[^，。；]{0,8}不得____[。；]")  # 阻挠, 干涉, 限制?
_WHO_ALONE = re.compile(  # “核设施营运单位应当____”: it has a hundred duties
    r"^[^，。的在对向]{2,20}(?:单位|企业|政府|机关|部门|组织|人员|委员会|法院|公民|部队|公司|机构|[人者社])"
    r"(?:都|均)?(?:应当|必须|可以|不得|有权)____"
)


# A law says in a predicate of its own what is to be done: of it one asks for a part, the term or the organ.
_OF_THE_STATE = re.compile(r"^中华人民共和国|法(?:（[^（）]*）)?$")
_PREDICATE = re.compile(r"(?:应当|可以|不得|必须)____[。；，]")


def _bare_one(draft: Draft) -> bool:
    """推举____监事: one, what else?"""
    key = draft.key[0]
    of_any = _ONE.match(key) is not None and _ANY_ONE.search(draft.stem) is not None
    return of_any or (_BARE_ONE.fullmatch(key) is not None and _AT_MOST_ONE.search(draft.stem) is None)


def any_duty(draft: Draft) -> bool:
    """“应当____”: 及时依法处理; before a comma, only how: 通过老年人组织; more than is asked: 超过二个月."""
    key = draft.key[0]
    if _bare_one(draft) or _NOBODY.search(key) or key.startswith((*_BOUND, *_LOOSE)):
        return True
    if _HOW.match(key) and f"{BLANK}，" in draft.stem:
        return True
    if FIGURE.search(key) or f"{BLANK}处分" in draft.stem:
        return False
    law = _OF_THE_STATE.search(draft.knowledge.sentence.article.title) and _PREDICATE.search(draft.stem)
    return bool(law) or (ORGAN.search(key) is None and _of_any_words(draft))


def _of_any_words(draft: Draft) -> bool:
    """Is it a duty that the rule could have worded otherwise, or one of a hundred?"""
    key = draft.key[0]
    if len(key) > LONGEST or "并" in key or _WHO_ALONE.search(draft.said):
        return True
    if (key.startswith("依法") and len(key) <= len("依法办学")) or _NOBODY_MAY.search(draft.said):
        return True
    telling = [word.text for word in tagged(key) if word.text not in _duties()]
    return all(word in draft.said for word in telling)

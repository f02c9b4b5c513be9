"""A draft -> how settled the words are that it asks for: known to all, said by authority, or an author's."""

from __future__ import annotations

import re
from functools import cache

from studytool.data import lines, tables
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.forms import normal
from studytool.items.narration import narrated
from studytool.model import Article, ItemKind, KnowledgeKind
from studytool.words import terms

_AUTHORITY = re.compile(
    r"习近平|毛泽东|邓小平|全会|党的[一二三四五六七八九十]+大|党中央|宪法|党章|中共中央|国务院|条例|公报|决定》|全体会议|代表大会"
)
_CENTRAL = re.compile(r"(?<!统计)公报|决议|条例|准则|宪法|党章")
# 中共中央 国务院关于……的意见: what the Centre has issued.
_OF_THE_CENTRE = re.compile("中共中央(?:委员会|办公厅)?[ 、　]*(?:国务院(?:办公厅)?)?[ 、　]*(?:关于|印发)")
_CENTRAL_MEETING = re.compile(
    r"^(?:中共)?中央[\u4e00-\u9fff]{2,6}工作会议|中央政治局(?:常[务委员会]{1,4})?(?:召开)?会议"
)
# 坚定不移沿着……而奋斗——在中国共产党第十八次全国代表大会上的报告: the congress stands in the subtitle.
_TO_A_CONGRESS = re.compile(
    r"在(?:中国共产党|党的?)第?[一二三四五六七八九十]+(?:次全国代表大会|大|届[一二三四五六七八九十]+中全会)上的(?:政治)?报告"
)
_RANKING = re.compile(r"最|首[个家批次位]|第一|唯一|根本|核心|总要求|总目标|主线|全国第")
_SHORTEST = 3
_STANDING = {  # how much an examiner would rather ask the one than the other
    KnowledgeKind.ABBREVIATION: 0.8,
    KnowledgeKind.RULE: 0.8,
    KnowledgeKind.MEETING: 0.7,
    KnowledgeKind.QUOTATION: 0.7,
    KnowledgeKind.DATE: 0.6,
    KnowledgeKind.PERSON: 0.55,
    KnowledgeKind.TITLE: 0.55,
    KnowledgeKind.ORGAN: 0.5,
    KnowledgeKind.PLACE: 0.5,
    KnowledgeKind.EVENT: 0.5,
    KnowledgeKind.DEFINITION: 0.5,
    KnowledgeKind.LIST: 0.45,
    KnowledgeKind.FORMULATION: 0.4,
    KnowledgeKind.FIGURE: 0.35,
}


@cache
def known() -> frozenset[str]:
    """Terms everybody in this field knows: set terms, coinages, families of names, words mixed up."""
    names = tables("gazetteers.toml")
    families = (*names["families"].values(), *names["words"].values())
    sets = [row for place in tables("confusable.toml").values() for row in place]
    plain = {term for row in (*families, *sets) for term in row if len(term) >= _SHORTEST}
    return (
        frozenset(plain)
        | frozenset(lines("coinages.txt"))
        | frozenset(terms())
        | {m for listed in terms().values() for m in listed}
    )


def by_authority(draft: Draft) -> bool:
    """Are these the words of a leader, a congress, the Centre or a regulation?"""
    return is_central(draft.knowledge.sentence.article) or is_of_authority(draft.stem)


def is_central(article: Article) -> bool:
    """Is it a paper of the Party's own, a leader's, or the report to a congress?"""
    central = _CENTRAL.search(article.title) or (article.byline or "").startswith("习近平")
    issued = _OF_THE_CENTRE.match(article.title) or _OF_THE_CENTRE.match(f"{article.issuer or ''}关于")
    return bool(central or issued) or is_to_a_congress(article) or _is_of_a_meeting(article)


def _is_of_a_meeting(article: Article) -> bool:
    """Does it report a meeting of the Centre, which speaks through it?"""
    return _CENTRAL_MEETING.search(article.title) is not None


def is_demand_of_the_centre(draft: Draft) -> bool:
    """Is it a wording of a dated meeting or paper of the Centre, which is recited as it stands?"""
    one = draft.knowledge
    dated = one.sentence.article.published_on is not None
    return one.rule == "demands" and dated and is_central(one.sentence.article)


def is_to_a_congress(article: Article) -> bool:
    """Is it the report to a congress or plenum of the Party?"""
    return any(
        _TO_A_CONGRESS.search(line) for line in (article.title, article.subtitle, article.kicker) if line
    )


def without_reporter(said: str, article: Article) -> str:
    """The words of a report to a congress, or of a meeting of the Centre, without those that point at who
    reports, and when: its 我们 is the Party, its 从现在起 begins with the congress. Other words are left."""
    reported = is_to_a_congress(article) or _is_of_a_meeting(article)
    return said.replace("我们", "").replace("从现在起，", "") if reported else said


def is_of_authority(words: str) -> bool:
    """Do the words say that a leader, a congress, the Centre or a regulation speaks?"""
    return _AUTHORITY.search(words) is not None


def standing(draft: Draft, context: Context) -> float:
    """How much these words count (0–1): well-known terms and definitions by authority first, stories last."""
    one = draft.knowledge
    value = _STANDING[one.kind]
    if any(normal(key) in known() for key in draft.key) and one.kind is not KnowledgeKind.FIGURE:
        value += 0.3
    if one.kind in (KnowledgeKind.DEFINITION, KnowledgeKind.FORMULATION) and by_authority(draft):
        value += 0.3
    if one.closed or draft.kind is ItemKind.SHORT_ANSWER:
        value += 0.2
    if _RANKING.search(draft.statement):
        value += 0.1
    if narrated(one.sentence.article, context):
        value -= 0.3
    return max(0.0, min(1.0, value))

"""Gates on what is aimed at, planned or demanded, and would be told as if it had been reached."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from studytool.items import citations, topics
from studytool.items.clauses import clauses
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.subjects import MUST, WILL, has_subject, is_adverbial, opens_with_doing
from studytool.model import ItemKind, KnowledgeKind, Sentence
from studytool.words import Word, beginning_in

_YEAR = re.compile(r"(\d{4})年")
BY_YEAR = re.compile(r"[到至]20\d\d年[底末]?，")  # 提出到2030年，……妥投率达到88%: until when
_AIMS = re.compile(r"(?:预期|主要|发展|总体|奋斗|具体)目标(?:建议)?(?:是|为|：|:)")
_AIMED = re.compile(r"目标|预期|力争|计划|确保|争取")
_EXPECTED = re.compile("预计(?:全年)?(?:将|可)?(?:实现|完成|达到?)?")
_ROUGHLY = re.compile(r"左右|以上|以内|不低于|不超过|高于")


def aimed(draft: Draft, context: Context) -> bool:
    """“城镇新增就业60万人左右”, where the sentence before says that these are aims."""
    sentence = draft.knowledge.sentence
    if draft.knowledge.kind is not KnowledgeKind.FIGURE or _AIMED.search(draft.statement):
        return False
    if _EXPECTED.search(draft.frame.left_out) and "预计" not in draft.statement:
        return True  # what was not yet counted when it was told, to the end of the sentence
    before = next(context.earlier(sentence), None)
    if before is not None and _AIMS.search(before.text):
        return True  # the last of the aims, after a full stop
    if not _ROUGHLY.search(sentence.text):
        return False
    return _AIMS.search(draft.frame.left_out) is not None or any(
        _AIMS.search(other.text) for other in context.earlier(sentence)
    )


_SECTION_OF_AIMS = re.compile("(?:主要|发展|总体|预期|奋斗|工作)目标")
_DEMANDED = re.compile("(?<![全主重需])要(?![素点闻])|推动|努力|加快|全力|着力|坚持|确保|推进")
_REACHED_ALREADY = re.compile("取得|实现|达到|形成|完成|(?:提高|提升|增强|改善|优化)。$")


def of_a_section_of_aims(draft: Draft, _context: Context) -> bool:
    """“新型工业化、信息化取得重大进展”, under the heading 主要目标: not yet."""
    section = draft.knowledge.sentence.section or ""
    if not _SECTION_OF_AIMS.search(section) or _AIMED.search(draft.stem) or BY_YEAR.search(draft.said):
        return False
    told = _REACHED_ALREADY.search(draft.statement) is not None and not _YEAR.search(draft.said)
    return told and not _DEMANDED.search(draft.said)


_SAID = re.compile("[将要拟]|计划|力争|争取|必须|应当|目标|预计|已|了|[上去]年")  # by itself
_AS_FAR = 3  # words behind the subject
_ASKED = (KnowledgeKind.FIGURE, KnowledgeKind.DATE)


def intended(draft: Draft, context: Context) -> bool:
    """“……，全区技术合同成交额突破120亿元”, where the paragraph has said “东丽区将……” and goes on for it; so
    does 今年工业产值突破1000亿元, in the year that is told of."""
    sentence = draft.knowledge.sentence
    asked = draft.knowledge.kind in _ASKED or draft.kind is ItemKind.TRUE_FALSE
    if not asked or citations.is_norm(sentence.article) or _SAID.search(draft.statement):
        return False
    years = {int(year) for year in _YEAR.findall(draft.statement)}
    if not years and opens_with_doing(context.words(sentence)):
        opened = (_opening(other, context) for other in context.earlier(sentence))
        return _says(WILL, next(filter(None, opened), ()))
    day = sentence.article.published_on
    own = day is not None and years == {day.year} and draft.knowledge.kind is KnowledgeKind.FIGURE
    return own and any(_says(WILL - MUST, _opening(other, context)) for other in context.earlier(sentence))


def _says(said: Set[str], opening: Sequence[Word]) -> bool:
    return any(word.text in said for word in opening)


def _opening(sentence: Sentence, context: Context) -> Sequence[Word]:
    """The first words of the clause that says whose doings `sentence` tells; none where none does."""
    if topics.POINT.match(sentence.text):
        return ()
    words = context.words(sentence)
    for clause in clauses(sentence.text):
        own = beginning_in(clause, words)
        if not is_adverbial(clause.of(sentence.text), own):
            return own[: 1 + _AS_FAR] if has_subject(clause, words) else ()
    return ()

"""Gate on keys that are not the only right ones: the document fills the same frame with other words."""

from __future__ import annotations

import re
from collections import defaultdict

from studytool.items.context import FRAME, Context, sides
from studytool.items.drafts import Draft
from studytool.items.forms import normal
from studytool.items.gate_keys import BREATH, asked_spans
from studytool.items.gate_rules import declares
from studytool.model import BLANK, ItemKind, KnowledgeKind, Span

_VALUED = (KnowledgeKind.FIGURE, KnowledgeKind.DATE, KnowledgeKind.PERSON)  # told apart by their measure
_MUST = ("应当", "必须", "不得")
_FOUNDED = re.compile(
    r"(?P<day>\d{1,2}月\d{1,2}日)，?(?P<what>[\u4e00-\u9fff]{5,30}?)(?:在[\u4e00-\u9fff]{2,6})?(?:正式|宣告|宣布)?成立"
)
_SHOWN, _LEAST, _ENOUGH = 16, 2, 8  # characters beside a blank, at least on either side, and on both
_DEMANDED = 8  # characters that say who must, and that he must


def ambiguous(draft: Draft, context: Context) -> bool:
    """Another string of the same sort in the same frame anywhere in the document (C2); of a rule, another
    demand in as many words in its own provision."""
    if draft.kind is not ItemKind.CLOZE:
        return False
    if draft.knowledge.kind is KnowledgeKind.RULE:
        return _demanded_besides(draft, context)
    if draft.knowledge.kind in _VALUED:
        return False
    text = draft.knowledge.sentence.text
    width = len(text) if declares(draft) else FRAME  # 人民法院是国家的…, 人民检察院是国家的…
    if draft.knowledge.kind is KnowledgeKind.TITLE and _is_of_one_meeting(draft, context):
        return False
    if _shown_otherwise(draft, context):
        return True
    return any(_otherwise_filled(text, span, width, context) for span in asked_spans(draft))


def founded_twice(draft: Draft, context: Context) -> bool:
    """“11月7日专员公署成立”, and three entries below, on the 28th: one of the two is wrong."""
    article = draft.knowledge.sentence.article.id
    founded = context.recall(("founded", article), lambda: _foundings(article, context))
    told = _FOUNDED.finditer(draft.knowledge.sentence.text)
    return any(len(founded[match["what"]]) > 1 for match in told)


def _foundings(article: str, context: Context) -> dict[str, set[str]]:
    """Whose founding the article tells of, with the days it gives for it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for sentence in context.of_article(article):
        for match in _FOUNDED.finditer(sentence.text):
            found[match["what"]].add(match["day"])
    return found


_BESIDE = re.compile("，(?P<verb>坚持|坚定|增强|维护|反对|发扬|树立|贯彻|落实)")


def demanded_beside(draft: Draft, _context: Context) -> bool:
    """“以经济建设为中心，坚持____。”, cut before “，坚持改革开放”: that would fill the blank as well."""
    if draft.kind is not ItemKind.CLOZE or not draft.said.endswith(f"{BLANK}。"):
        return False
    text, span = draft.knowledge.sentence.text, asked_spans(draft)[-1]
    beside = _BESIDE.match(text, span.end)
    return beside is not None and text[: span.start].endswith(beside["verb"])


def _is_of_one_meeting(draft: Draft, context: Context) -> bool:
    """“中共十五届三中全会通过《____》”, unlike “全会通过《____》”: if that plenum passed no other paper."""
    one = draft.knowledge.sentence
    if not any("会" in edit.text and edit.span.start < edit.span.end for edit in draft.frame.edits):
        return False
    return not any(
        "通过《" in other.text
        for other in context.of_article(one.article.id)
        if other is not one and abs(other.index - one.index) <= BREATH and other.paragraph == one.paragraph
    )


def _demanded_besides(draft: Draft, context: Context) -> bool:
    """“……社会保险基金预算应当____”: does the provision demand something else of the same?"""
    one = draft.knowledge.sentence
    clauses = (re.split("[，。；：]", one.text[: span.start])[-1] for span in asked_spans(draft))
    said = [left[-_DEMANDED:] for left in clauses if len(left) >= _DEMANDED and left.endswith(_MUST)]
    beside = (
        other.text
        for other in context.of_article(one.article.id)
        if other is not one and abs(other.index - one.index) <= BREATH
    )
    return any(left in text for text in beside for left in said)


def _shown_otherwise(draft: Draft, context: Context) -> bool:
    """“坚持____，坚持以供给侧结构性改革为主线”: does the document say it of something else, as far as
    the stem shows it? A clause before it that would tell may have been left out."""
    before, _, after = draft.said.partition(BLANK)
    if BLANK in after:
        return False
    left, right = before[-_SHOWN:], after.removesuffix("。")[:_SHOWN]
    if min(len(left), len(right)) < _LEAST or len(left + right) < _ENOUGH:
        return False
    key = draft.key[0]
    return any(normal(text) != normal(key) for text in context.completions(left, right, len(key) + 6))


def _otherwise_filled(text: str, span: Span, width: int, context: Context) -> bool:
    left, right = sides(text, span, width)
    left, right = re.split("[，。；：]", left)[-1], re.split("[，。；：]", right)[0] or right[:1]
    key, room = normal(span.of(text)), span.end - span.start + 6
    frames = ((left, right[:2]), (left[-2:], right))  # close on one side is enough if the other is long
    wide = [(one, other) for one, other in frames if len(one) >= 2 and len(one + other) >= 5]
    return any(normal(text) != key for frame in wide for text in context.completions(*frame, room))

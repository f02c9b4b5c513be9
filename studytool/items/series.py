"""A list -> is it tight: do its members hold each other, so that a missing one can be told?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from studytool.items import citations, confusables, speeches
from studytool.items.authority import is_central
from studytool.items.clauses import balanced
from studytool.items.context import Context
from studytool.items.numerals import with_arabic
from studytool.model import Knowledge, Span
from studytool.words import tagged

# Said in one breath: beside two of them the third is filled in by everybody, and nothing else tempts.
RECITED = frozenset(("四个意识", "四个自信", "两个确立", "两个维护"))
DIFFER = 2  # characters by which members of one row are longer than others


def parallel(members: tuple[str, ...]) -> bool:
    """All members of one length, or all with the same first or last character."""
    lengths = Counter(map(len, members))
    common = lengths.most_common(1)[0][1] >= len(members) - (1 if len(members) > 3 else 0)
    shared = len({m[-1:] for m in members}) == 1 or len({m[:1] for m in members}) == 1
    return common or shared


_BETWEEN = frozenset(("、", "和", "与", "及", "以及", "", "，", "；", "—", "或者", "或"))
_NUMBER = re.compile("[；。]（[一二三四五六七八九十]{1,2}）")  # （一）警告；（二）严重警告


def contiguous(knowledge: Knowledge) -> bool:
    """Do only 、, 和 and the marks and numbers of a row stand between the members?"""
    text = knowledge.sentence.text
    gaps = (text[one.end : other.start] for one, other in pairwise(knowledge.spans))
    return all(gap.strip("“”") in _BETWEEN or _NUMBER.fullmatch(gap) for gap in gaps)


def whole(members: tuple[str, ...]) -> bool:
    """Is every member short, a term of its own and not cut through a quotation?"""
    if any(not balanced(member) or len(member) > 16 or member[0] in "的和与及等" for member in members):
        return False
    first, *others = map(len, members)
    # “产业高端化、智能化、绿色化”: the first took a head along
    return len(set(others)) > 1 or first < others[0] + 2


def tight(knowledge: Knowledge, context: Context) -> bool:
    """Three to six parallel members in a row: 产业兴旺、生态宜居、乡风文明、治理有效、生活富裕."""
    members = knowledge.values
    return (
        3 <= len(members) <= 6
        and (whole(members) or _told_all(knowledge))
        and contiguous(knowledge)
        and (_coined(knowledge) or _told_all(knowledge) or parallel(members))
        and (
            _coined(knowledge)
            or knowledge.closed
            or _known(members)
            or _repeated(knowledge, context)
            or _laid_down(knowledge, context)
        )
    )


_ANNOUNCED = re.compile(
    r"(?P<what>[^，。；：]+?)(?:以下|下列)?(?P<many>[二两三四五六七八九十]{1,2}|\d)(?P<sort>[种个类项条级等点][^，。；：]{0,6})：“?$"
)


def announced(knowledge: Knowledge, start: int) -> re.Match[str] | None:
    """What counts the members and announces them, in the words from `start` on: 纪律处分有五种：."""
    before = knowledge.sentence.text[start : knowledge.spans[0].start]
    return _ANNOUNCED.search(before) if knowledge.closed and knowledge.cue is not None else None


def counted(knowledge: Knowledge) -> bool:
    """Are the members counted and announced?"""
    return announced(knowledge, 0) is not None


def divided(knowledge: Knowledge) -> bool:
    """Are the members what a regulation divides a thing into?"""
    return knowledge.rule == "divisions"


def _told_all(knowledge: Knowledge) -> bool:
    """Does the source itself say where each member begins and ends?"""
    return knowledge.rule == "enumerated" or divided(knowledge) or counted(knowledge)


def _coined(knowledge: Knowledge) -> bool:
    """Is the whole series one coinage in quotation marks: “供得出、流得动、用得好、保安全”?"""
    text, first, last = knowledge.sentence.text, knowledge.spans[0], knowledge.spans[-1]
    return text[first.start - 1 : first.start] == "“" and text[last.end : last.end + 1] == "”"


# Whose every row is exact, besides the Centre's papers; or whom a sentence quotes from there.
_PLENUM = re.compile(r"(?:全会|全体会议|代表大会)[^，。]*(?:决定|举行)|^(?:中共)?中央关于")
_QUOTES = re.compile(
    r"(?:习近平总书记|党中央|党的[一二三四五六七八九十]+(?:大|届[一二三四五六七八九十]+中全会)(?:报告|《决定》)?)[^，。；]{0,12}(?:指出|强调|提出|要求)"
)


def _laid_down(knowledge: Knowledge, context: Context) -> bool:
    """Does a congress, a plenum or the Centre say the row, and go on in no “等”?"""
    article, text, members = knowledge.sentence.article, knowledge.sentence.text, knowledge.values
    said = (
        is_central(article)
        or _PLENUM.search(article.title)
        or _QUOTES.match(text)
        or speeches.is_leaders(knowledge.sentence, context)
    )
    whole_row = not text.startswith("等", knowledge.spans[-1].end) and _alike(text, knowledge.spans)
    named = not any("“" in member or member.startswith(("其他", "其它", "各")) for member in members)
    if citations.is_norm(article):
        return whole_row and named and citations.is_national_norm(article) and _demanded(knowledge)
    return bool(said) and whole_row and named


# 实行管行业必须管安全、管业务必须管安全、……: a law's own wording, where of what it
# only lists (资金、物资、技术) one could name others.
_DEMANDS = re.compile("(?:实行|坚持|遵循|贯彻|做到|必须|应当)“?$")
_A_WORDING = 4  # characters a member has at least


def _demanded(knowledge: Knowledge) -> bool:
    said = _DEMANDS.search(knowledge.sentence.text[: knowledge.spans[0].start]) is not None
    return said and min(map(len, knowledge.values)) >= _A_WORDING


def _alike(text: str, spans: Sequence[Span]) -> bool:
    """Are the members as long as one another, or do they end alike (……现代化)? Behind a 和 may stand what all
    of them do: 医保、医疗、医药协同发展和治理."""
    sizes = [span.end - span.start for span in spans]
    shared = len({text[span.end - 2 : span.end] for span in spans}) == 1
    joined = text[spans[-2].end : spans[-1].start] != "、"
    return max(sizes) == min(sizes) if joined else shared or max(sizes) - min(sizes) <= DIFFER


_LONG_ROW = 5


def _known(members: tuple[str, ...]) -> bool:
    """One set that everybody knows: 立法、执法、司法; in a long row, and one thing more. 产业链、创新链、
    人才链、服务链 is an author's own row: another goes on with 资金链."""
    most = len(members) - (1 if len(members) < _LONG_ROW else 2)
    return any(sum(other in confusables.rivals(one) for other in members) >= most for one in members)


def _repeated(knowledge: Knowledge, context: Context) -> bool:
    """Does the document say the series more than once? Then it is a fixed one."""
    hull = knowledge.sentence.text[knowledge.spans[0].start : knowledge.spans[-1].end]
    return context.count(hull) > 1


def name_of(knowledge: Knowledge) -> str:
    """What the list is called, or nothing."""
    return knowledge.cue.of(knowledge.sentence.text) if knowledge.cue else ""


def named(knowledge: Knowledge) -> bool:
    """Is the list's name a noun phrase that says something: “优势支柱产业”, not “方面”, not “推进建设”?"""
    name = name_of(knowledge)
    counted = _COUNTED.match(name)
    if counted and with_arabic(counted.group()) != str(len(knowledge.spans)):
        return False  # “四省区50个贫困县”: the provinces are not the counties
    nominal = all(word.tag[:1] in _NOMINAL or word.tag in ("vn", "uj") for word in tagged(name))
    described = knowledge.cue is not None and knowledge.sentence.text[knowledge.cue.end :].startswith("的")
    return len(name) >= 4 and nominal and not described


_COUNTED = re.compile(r"\d+|[一二三四五六七八九十]+")
_NOMINAL = ("n", "a", "b", "j", "l", "i", "s", "f", "m", "q", "x")

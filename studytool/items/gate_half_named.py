"""Gate on what is called by half its name: 《条例》, 第一个阶段, 利用率, which the text before has named.

Each pattern stands with what tells, elsewhere in the stem, which one is meant.
"""

from __future__ import annotations

import re

from studytool.items import citations
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.forms import LABEL
from studytool.items.numerals import count_of
from studytool.model import KnowledgeKind

_PAPERS = "条例|规定|准则|办法|决定|意见|纲要|规划|通知|方案|建议|报告|公报|决议|章程|规则|细则|计划"
_PAPER = re.compile(rf"《(?P<name>(?:{_PAPERS})(?:（[^（）]{{1,8}}）)?)》")
_OPENS_WITH_PAPER = re.compile(rf"[^《，]{{0,4}}{_PAPER.pattern}")
_OF_AN_ASSEMBLY = re.compile("届|[全大]会|代表大会|讨论稿|草案")  # 党的二十届三中全会《决定》
# What begins so is of one that was told of before; and what in the stem says which.
_HALF_NAMED: tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...] = (
    (re.compile(r"^(?:条例|准则|规定|办法)(?:修订|明确|规定|提出|要求|对|将|第|的)"), None),
    (re.compile(r"^如(?!期|实|何|果|此|今|意|数|愿|约|同|火|虎)"), None),  # an example, of what?
    (re.compile(r"^第[一二三四]个?(?:阶段|步)，"), re.compile("战略|规划|计划|步走")),
    (re.compile(r"新一届"), re.compile(r"(?<![新上下])[一二三四五六七八九十\d]届|组织法")),
    (
        re.compile(
            r"^(?:利用|使用|覆盖|妥投|合格|满意|完成|达标|出租|入住|开工|转化|回收|参与|知晓|普及|占)[率比面]"
        ),
        None,
    ),
    (re.compile(r"^(?:[^，。；]{0,14}，)?还(?:专门|特别|亲自|多次)"), None),
    (re.compile("^(?:几|一)组数据"), None),
    (re.compile("^《(?:公报|决定|决议|建议)》(?:已|于|由)"), None),  # so says who reads it out
)
_EXPLAINED = re.compile("____[”’]?（(?:即|指|是指|包括)(?P<members>[^（）]*)）")
# Met it has every month; the words trimmed away say what about.
_SOME_MEETING = re.compile("____(?:在[^，。]{2,8})?(?:召开|举行)了?(?:会议|全体会议|大会)。$")


def half_named(draft: Draft, _context: Context) -> bool:
    """A paper, a person, a plan or a meeting that only the text around it names."""
    said, article = draft.said, draft.knowledge.sentence.article
    for begins, told in _HALF_NAMED:
        if begins.search(said) and not (told and told.search(draft.stem)):
            return True
    if LABEL.match(said) and not citations.is_norm(article):
        return True
    dated = draft.knowledge.kind is KnowledgeKind.DATE and _SOME_MEETING.search(said) is not None
    return dated or any(_is_untold(paper, draft) for paper in _PAPER.finditer(_with_its_subject(draft)))


def _with_its_subject(draft: Draft) -> str:
    """What is said, behind the words trimmed away that name what it is said of: 《条例》……，进一步细化……."""
    left_out = draft.frame.left_out
    return (left_out if _OPENS_WITH_PAPER.match(left_out) else "") + draft.said


def _is_untold(paper: re.Match[str], draft: Draft) -> bool:
    """Do neither the citation nor the words before it say which 《条例》 it is?"""
    before = draft.frame.anchor + paper.string[: paper.start()]
    named = re.search(rf"[^《]{paper['name']}(?:（[^（）]*）)?[》〉]", before)
    return named is None and _OF_AN_ASSEMBLY.search(paper.string[: paper.end()]) is None


def explained(draft: Draft, _context: Context) -> bool:
    """“____”（指农业、农村、农民）: whoever can count and read knows."""
    found = _EXPLAINED.search(draft.said)
    if found is None or draft.knowledge.kind is not KnowledgeKind.ABBREVIATION:
        return False
    members, key = found["members"].split("、"), draft.key[0]
    return len(members) == count_of(key[:1]) and all(key[-1] in member for member in members)

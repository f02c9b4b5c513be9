"""Gate on what the words beside a blank ask for: does anything pin the answer down?"""

from __future__ import annotations

import re

from studytool.data import lines
from studytool.items.authority import by_authority, is_demand_of_the_centre, known
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.forms import normal
from studytool.items.gate_keys import asked_spans
from studytool.model import BLANK, ItemKind, KnowledgeKind

_TERMS = frozenset(
    (KnowledgeKind.FORMULATION, KnowledgeKind.ABBREVIATION, KnowledgeKind.QUOTATION, KnowledgeKind.EVENT)
)
SURE = 4  # characters of a known term that an authority's sentence asks for
_PINNED_BEFORE = re.compile(r"(?:是|作为|叫作|叫做|称为|称作|誉为|即|就是|成为|在于|[“《])$")
_PINNED_AFTER = re.compile(r"^(?:[”》]|是|就是)")


# “____”为……提供了重要支撑，并为……奠定了坚实基础: so does everything that is praised.
_PRAISED = re.compile(
    r"^[“《]?____[”》]?(?:，?(?:并|也|还)?(?:正在?)?为[^，。；]*(?:提供|奠定|注入|创造|打下|作出|做出)[^，。；]*"
    r"(?:支撑|基础|动力|保障|活力|条件|贡献)[，；]?)+。$"
)


_ANY_MEETING = re.compile(  # “____，党中央在北京召开工作会议”: so it did many times
    r"^(?:\d{4}年)?[到至]?____，?[^，。]{2,12}(?:召开|举行)了?(?:工作|全体|扩大|紧急|常务)?(?:会议|座谈会)。$"
    r"|____(?:主持)?召开(?:国务院常务会议|(?:中共中央)?政治局会议|常委会会议|会议)。$"
)


_BY_WHEN = re.compile("(?:^|[，；])(?:到|至|截至|截止)____，")  # 到1980年6月: or to the end of the year?


def _of_any_day(draft: Draft, said: str) -> bool:
    """A day that the words do not pin down; the year by which something shall be reached does."""
    by_when = _BY_WHEN.search(said) is not None and re.search("[月底末初]", draft.key[0]) is not None
    return by_when or _ANY_MEETING.search(said) is not None


def _with_blank(draft: Draft) -> str:
    """The stem without its anchor; of a statement to be judged, with a blank for what is to be doubted."""
    said = draft.said
    if draft.kind is not ItemKind.TRUE_FALSE:
        return said
    return said.replace(draft.changed or draft.knowledge.values[0].strip("“”"), BLANK, 1)


def _settled(draft: Draft) -> bool:
    """全会强调，完整准确全面贯彻____: a term that authority has settled, or a demand of the Centre."""
    known_so = by_authority(draft) and all(len(key) >= SURE and normal(key) in known() for key in draft.key)
    return known_so or is_demand_of_the_centre(draft)


def open_frame(draft: Draft, _context: Context) -> bool:
    """A term blanked between an urging verb and a comma: 推进____，"""
    if draft.kind is ItemKind.CLOZE and _of_several(draft):
        return True
    said = _with_blank(draft)
    if _PRAISED.search(said) or (draft.knowledge.kind is KnowledgeKind.DATE and _of_any_day(draft, said)):
        return True
    if draft.kind is not ItemKind.CLOZE or draft.knowledge.kind not in _TERMS or _own_members_shown(draft):
        return False
    if _settled(draft):
        return False
    text = draft.knowledge.sentence.text
    for span in asked_spans(draft):
        before, after = text[: span.start], text[span.end :]
        if not (_PINNED_BEFORE.search(before) or _PINNED_AFTER.match(after) or _names_kind(after)):
            return True
    return False


def _own_members_shown(draft: Draft) -> bool:
    one = draft.knowledge
    return bool(one.members) and one.member_sentence in (None, one.sentence)


_SHARED_ROLE = re.compile(
    r"”?是[^，。；]*的(?:本质|必然|内在|客观|现实)要求|”?是[^，。；]*的(?:重要|重大|有力|坚实)[\u4e00-\u9fff]{2,4}(?=[，。；])"
)


def _of_several(draft: Draft) -> bool:
    """“____是中国式现代化的本质要求”: so are eight other things."""
    one = draft.knowledge
    after = one.sentence.text[one.spans[0].end :]
    return one.kind is KnowledgeKind.DEFINITION and _SHARED_ROLE.match(after) is not None


def _names_kind(after: str) -> bool:
    """Does a noun follow that names a kind of wording: ____的发展思想?"""
    clause = re.split(r"[，。；、：！？”》和与及]", after)[0].removeprefix("的")
    return clause in lines("formulation_heads.txt")

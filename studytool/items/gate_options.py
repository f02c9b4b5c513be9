"""Gates on options and on the one change of a false statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from studytool.items import citations, events, multiple_response
from studytool.items.asked import DATE_LIKE, FIGURE_LIKE
from studytool.items.clauses import balanced, clauses
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.forms import normal
from studytool.items.gate_misread import misread
from studytool.items.gate_stems import spoilt
from studytool.items.gate_told import shared_with_title
from studytool.items.guards import bound
from studytool.items.propriety import touchable
from studytool.items.series import RECITED
from studytool.items.subjects import has_subject, is_adverbial, is_verb
from studytool.model import BLANK, RIGHT, ItemKind, KnowledgeKind, Span
from studytool.words import Word, beginning_in, tagged

TEMPTING = 0.5
_HELD_IN = re.compile("在[^，。；]{2,8}(?:召开|举行)____")  # 古田会议 was not held in 汉口
LONGEST = 20  # characters of an option
TAIL = 9  # characters of a clause that only rounds off the one before: 居全国前列
_CHOICES = (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE)
_FIRST = re.compile("(?:世界|全国|全球)?(?:第一|第1|第一位|第一名)")  # nobody boasts of the third place
_EACH = re.compile("(?:增强|树牢|坚定|做到|领悟)“____”")  # a verb that goes with one of them
_THE_LEAST = re.compile("[一1][票次名人个件项份倍家级处座条](?:以上)?")
_DATES = re.compile(r"\d{4}[—－-]?(?:\d{4})?年(?:\d+月)?(?:\d+日)?|\d+月(?:\d+日)?|“[^”]*”|第\d+")
_FIGURES = re.compile(r"\d[\d.,]*")
_SETTING = re.compile(
    r"(?:指出|强调|提出|认为|要求|明确|规定|表示|决定|宣布)$|^\d{4}年[\d月日底末初]*$|^“[^”]*”(?:时期|期间)$"
)
_CLAIM = re.compile(r"\d")
_GIVEAWAY = re.compile(r"只能|一律|唯一|绝对|永远|从不|所有的")


def garbled(draft: Draft, _context: Context) -> bool:
    return any(map(spoilt, draft.options))


def slipped(draft: Draft, context: Context) -> bool:
    return any(misread(option, context) for option in draft.options)


def unbalanced(draft: Draft, _context: Context) -> bool:
    return not all(map(balanced, draft.options))


def too_long(draft: Draft, _context: Context) -> bool:
    if draft.kind is ItemKind.ORDERING:
        return False  # its options are whole events; the writer measures them
    return any(len(option) > LONGEST for option in draft.options)


def told(draft: Draft, _context: Context) -> bool:
    return draft.kind is ItemKind.SINGLE_CHOICE and shared_with_title(draft)


def few(draft: Draft, _context: Context) -> bool:
    if draft.kind not in _CHOICES:
        return False
    if draft.kind is ItemKind.MULTIPLE_RESPONSE and len(draft.distractors) < multiple_response.WANTED:
        return True
    forms = {normal(option) for option in draft.options}
    return len(draft.options) < 4 or len(forms) != len(draft.options) or not draft.distractors


def unlike(draft: Draft, _context: Context) -> bool:
    if draft.kind not in _CHOICES:
        return False
    lengths = sorted(map(len, draft.options))
    if draft.kind is ItemKind.MULTIPLE_RESPONSE:
        wrong = [len(text) for text in draft.distractors]
        right = [len(text) for text in draft.key]
        return any(not min(right) - 1 <= length <= max(right) + 1 for length in wrong)
    key = len(draft.key[0])
    if re.search(r"\d", draft.key[0]):
        return lengths.count(key) == 1 and draft.knowledge.kind is KnowledgeKind.FIGURE
    return key > lengths[-2] + 1 if key == lengths[-1] else lengths[-1] - lengths[0] > max(3, key // 2)


def at_the_edge(draft: Draft, _context: Context) -> bool:
    """“突破____”: whatever is less than 4亿吨 would be right, too, so only more can stand beside it, and
    everybody sees that the smallest is meant. Nor is there anything less than 一票."""
    if draft.kind is not ItemKind.SINGLE_CHOICE:
        return False
    if _THE_LEAST.fullmatch(draft.key[0]):
        return True
    if draft.knowledge.kind is not KnowledgeKind.FIGURE:
        return False
    at = draft.stem.find(BLANK)
    return bound(draft.stem, Span(at, at + len(BLANK))) != 0


def untempting(draft: Draft, _context: Context) -> bool:
    placed = draft.knowledge.kind is KnowledgeKind.MEETING and _HELD_IN.search(draft.stem) is not None
    beside = _EACH.search(draft.stem) is not None or any(term in draft.stem for term in RECITED)
    idle = (beside and draft.key[0] in RECITED) or _FIRST.fullmatch(draft.key[0]) is not None
    idle = idle or _ONLY_ONE.search(draft.stem) is not None
    return draft.kind in _CHOICES and (draft.closeness < TEMPTING or placed or idle)


# Of the great goals one is called 奋斗目标, and a plenum nobody else presides over.
_ONLY_ONE = re.compile("____”奋斗目标|____工作总基调|(?:全会|全体会议|代表大会)由____主持")
_AWARDED = re.compile(r"获得(?!感)|荣获|获评|获批|入选|评为|命名为|授予")
_PLANNED = re.compile(r"计划|将于?|拟于?|力争|预计|争取")


def past(draft: Draft, _context: Context) -> bool:
    """“1948年9月，中央计划在____成立政府”: what is planned for a year before then nobody takes for right."""
    if draft.knowledge.kind is not KnowledgeKind.DATE:
        return False
    right, wrong = (draft.original, draft.changed) if draft.original else (draft.key[0], None)
    asked = _years_in(right or "")
    offered = _years_in(wrong) if wrong else [y for option in draft.options for y in _years_in(option)]
    day = draft.knowledge.sentence.article.published_on
    aimed = draft.said.startswith(f"到{BLANK}") or f"：到{BLANK}" in draft.said
    aimed = aimed or bool(day and asked and _is_to_come(right or "", asked, day))
    if not (asked and offered) or not (aimed or _PLANNED.search(draft.stem)):
        return False
    told = [year for year in _years_in(draft.said) if not wrong or year not in (*asked, *offered)]
    told += [day.year - 1] if aimed and day else []
    return bool(told) and min(offered) <= max(told) < min(asked)


def _years_in(text: str) -> list[int]:
    return [int(year) for year in re.findall(r"\d{4}(?=年)", text)]


def _is_to_come(said: str, years: list[int], day: date) -> bool:
    """Does a paper of this day speak of a time to come?"""
    return min(years) > day.year or (min(years) == day.year and said.endswith(("底", "末", "前")))


_AND_MORE = re.compile("不得[^，。；]{0,6}[一二两三四五六七八九十\\d]+[次个人]以上")


def maybe_true(draft: Draft, _context: Context) -> bool:
    """An option that stands in the evidence or the stem is, or may be, right."""
    if draft.kind not in _CHOICES or draft.asked[:1] == ("不属于",):
        return False
    if _AND_MORE.search(draft.filled) and draft.key[0].endswith("以上"):
        return True  # 不得给予两次以上罚款: three times neither
    open_list = draft.knowledge.kind is KnowledgeKind.LIST and not draft.knowledge.closed
    if open_list and _AWARDED.search(draft.knowledge.sentence.text):
        return True  # others may have been as well
    home = normal(draft.evidence.text)
    numeric = any(FIGURE_LIKE.match(k) or DATE_LIKE.match(k) for k in draft.key)
    return not numeric and any(normal(text) in home for text in draft.distractors)


def bad_change(draft: Draft, _context: Context) -> bool:
    if draft.kind is not ItemKind.TRUE_FALSE or draft.key == (RIGHT,):
        return False
    if not draft.original or not draft.changed:
        return True
    if draft.original not in draft.evidence.text or normal(draft.original) == normal(draft.changed):
        return True
    restored = draft.stem.replace(draft.changed, draft.original)
    return (
        _of_every_year(draft)
        or not touchable(draft.stem + draft.evidence.text)
        or bool(_GIVEAWAY.search(draft.changed))
        or draft.original in draft.stem.replace(draft.changed, "")
        or restored != draft.frame.worded()
    )


_A_YEAR = re.compile(r"\d{4}年")
_YEARLY = re.compile("工作会议|全国人民代表大会|全国两会|论坛|博览会|峰会|大会|年会")


def _of_every_year(draft: Draft) -> bool:
    """“中央经济工作会议对2025年经济工作作出部署”: the one of the year before did."""
    changed = draft.changed is not None and _A_YEAR.fullmatch(draft.changed) is not None
    undated = draft.knowledge.sentence.article.published_on is None
    return changed and undated and _YEARLY.search(draft.said) is not None


_AND_RANKED = re.compile("、(?:保持|位居|稳居|居|排名|位列)")  # 突破1亿千瓦、保持全国第1位
_TITLE = re.compile(r"《[^《》]*》")


def undated(draft: Draft, _context: Context) -> bool:
    """A figure true on the day of writing and of no day told: right then, wrong now. And a day of a scene, on
    which nothing happened that has a day."""
    if draft.kind is ItemKind.TRUE_FALSE and draft.knowledge.kind is KnowledgeKind.DATE:
        return not events.happens(draft.said)
    if draft.kind is not ItemKind.TRUE_FALSE or draft.knowledge.kind is not KnowledgeKind.FIGURE:
        return False
    if citations.is_norm(draft.knowledge.sentence.article):
        return False  # it holds until the rule is changed, and is cited
    dated = citations.is_report(draft.knowledge.sentence.article)  # by its own title
    return re.search("年|五”", draft.stem if dated else _TITLE.sub("", draft.stem)) is None


def compound(draft: Draft, _context: Context) -> bool:
    if draft.kind is not ItemKind.TRUE_FALSE:
        return False
    said = draft.said
    if re.match("[以从通在]", said) and len(clauses(said)) == 1:
        return True  # a heading, not a statement
    if draft.knowledge.kind is KnowledgeKind.FIGURE and len(_FIGURES.findall(_DATES.sub("", said))) > 1:
        return True  # of several figures nobody knows which is to be doubted
    if _AND_RANKED.search(said):
        return True
    return len(said) > 75 or _propositions(said) > 1 or re.search("；|？|如何", said) is not None


def _propositions(said: str) -> int:
    """How many things are claimed: a clause with a subject of its own, or a third clause, is another."""
    words = tagged(said)
    parts = [c for c in clauses(said) if not _SETTING.search(c.of(said).rstrip("，,：:。"))]
    parts = [c for c in parts if not is_adverbial(c.of(said), beginning_in(c, words))]
    later = parts[1:]
    own = sum(has_subject(c, words) or _CLAIM.search(c.of(said)) is not None for c in later)
    does = sum(len(c.of(said)) > TAIL and _happens(c, words) for c in later)
    return max(1 + own, 1 + does, len(parts) - 1)


def _happens(clause: Span, words: Sequence[Word]) -> bool:
    return any(is_verb(w) for w in words if clause.start <= w.start < clause.end)


_WHEN = r"(?P<year>\d{4})年(?:(?P<season>[春夏秋冬])|(?P<month>\d{1,2})月)?"
_TIME, _FROM = re.compile(_WHEN), re.compile(rf"{_WHEN}[^，。；]{{0,4}}[到至]____")


def backwards(draft: Draft, _context: Context) -> bool:
    """“1930年冬到____”: 1930年秋 is no end."""
    begun = _FROM.search(draft.stem) if draft.knowledge.kind is KnowledgeKind.DATE else None
    ends = (_TIME.match(option) for option in draft.options)
    return begun is not None and any(end is not None and _rank(end) <= _rank(begun) for end in ends)


def _rank(time: re.Match[str]) -> tuple[int, int]:
    """Earlier and later; a season counts as the month it begins in or is at its height."""
    season = {"春": 3, "夏": 6, "秋": 9, "冬": 12}.get(time["season"] or "", 0)
    return int(time["year"]), int(time["month"] or season)

"""Gates on the key: whole, telling, not given away, and the only right answer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from operator import attrgetter

from studytool.data import lines, tables
from studytool.items.context import Context
from studytool.items.drafts import BLANKED, Draft
from studytool.items.figures import counted_in
from studytool.items.forms import normal
from studytool.items.gate_rules import any_duty
from studytool.items.numerals import says, with_arabic
from studytool.items.series import divided
from studytool.items.subjects import has_verb
from studytool.model import BLANK, ItemKind, Knowledge, KnowledgeKind, Sentence, Span
from studytool.words import Word, ends_half, tagged

LONGEST_KEY = 12
LONGEST_NAME = 20
_NOTICE = re.compile("(?:通知|手册|通告|公告|通报|批复|方案)$")  # whose whole names nobody writes down
ALIKE = 0.6  # share of common character pairs from which two sentences say the same
BREATH = 3  # sentences of one paragraph
_SURE = frozenset((KnowledgeKind.FIGURE, KnowledgeKind.DATE, KnowledgeKind.PERSON))  # found by their form
_LONG_NAMES = frozenset((KnowledgeKind.TITLE, KnowledgeKind.MEETING, KnowledgeKind.DATE, KnowledgeKind.PLACE))

_COUNTER = "[批个家项件名人条次期位只张%]"
_CROWDED = re.compile(  # looked for by the blank, which the search can leap to
    rf"____(?:\d|(?<=\d____)|(?<=\d[万亿]____)|(?<=\d{_COUNTER}____)|(?<=\d[万亿]{_COUNTER}____))"
)


def blanks_and_key(draft: Draft, _context: Context) -> bool:
    count = draft.stem.count(BLANK)
    if _CROWDED.search(draft.stem) and draft.knowledge.kind is not KnowledgeKind.DATE:
        return True  # half of “33批822件”
    if not draft.key or any(not part.strip() for part in draft.key):
        return True
    if draft.kind is ItemKind.CLOZE:
        return count != len(draft.key) or count > 4
    if draft.kind in (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE):
        return count != 1
    return count > 0


def key_length(draft: Draft, _context: Context) -> bool:
    named = draft.knowledge.kind in _LONG_NAMES and not _NOTICE.search(draft.key[0])
    longest = LONGEST_NAME if named else LONGEST_KEY
    return draft.kind is ItemKind.CLOZE and any(len(part) > longest for part in draft.key)


def asked_spans(draft: Draft) -> tuple[Span, ...]:
    """Where the keys stand in the sentence."""
    text = draft.knowledge.sentence.text
    found = []
    for span in draft.knowledge.spans:
        inner = span.of(text)
        found += [
            Span(span.start + inner.index(part), span.start + inner.index(part) + len(part))
            for part in draft.key
            if part in inner
        ]
    return tuple(found)


# 建设____, with 单位不得开工建设 for its key.
_HALF_A_BODY = re.compile("(?:单位|部门|机关|机构|人员|企业)(?:应当|不得|可以|必须)")
# 一人____: half of a set phrase of two counts.
_HALF_A_PAIR = re.compile(f"一[人户事岗票次][^一]?{BLANK}|{BLANK}一[票次][制的]")
_HALF_A_DAY = re.compile("的(?:截止|起始|开始|届满)$")  # 从提交投标文件的截止|之日起
_WITH_IT = re.compile(".(?:一并|一同|分别|予以)[一-鿿]{2}$")
_IN_A_NAME = re.compile("[\u4e00-\u9fff](?<![、的或和及由经向对把])____")


def half_term(draft: Draft, context: Context) -> bool:
    """Does an edge of the key fall inside a word, or is it part of a row of which the rest is told?"""
    if any("、" in part for part in draft.key) and (f"{BLANK}、" in draft.stem or f"、{BLANK}" in draft.stem):
        return True
    if _HALF_A_PAIR.search(draft.said) and draft.kind in BLANKED and draft.key[0].startswith("一"):
        return True
    if any(_HALF_A_BODY.match(part) for part in draft.key) and _IN_A_NAME.search(draft.said):
        return True
    if any(map(_HALF_A_DAY.search, draft.key)) or _does_besides(draft):
        return True
    if draft.knowledge.kind in _SURE or draft.kind in (ItemKind.TRUE_FALSE, ItemKind.SHORT_ANSWER):
        return False
    words = context.words(draft.knowledge.sentence)
    text = draft.knowledge.sentence.text
    holders = ((_around(edge, words), edge) for span in asked_spans(draft) for edge in span)
    return any(
        edge < word.end and word.tag not in ("m", "t", "eng") and _cuts(text, edge)
        for word, edge in holders
        if word is not None
    )


def _does_besides(draft: Draft) -> bool:
    """作为采购文件一并存档: a thing, and what is done with it."""
    return draft.knowledge.kind is KnowledgeKind.FORMULATION and any(
        _WITH_IT.search(part) for part in draft.key
    )


def _around(edge: int, words: Sequence[Word]) -> Word | None:
    """The word that begins last before `edge`."""
    place = bisect_left(words, edge, key=attrgetter("start")) - 1
    return words[place] if place >= 0 else None


def _cuts(text: str, edge: int) -> bool:
    """A word is cut only between two Chinese characters that are no numbers."""
    between = re.fullmatch(r"[\u4e00-\u9fff]{2}", text[edge - 1 : edge + 1])
    return between is not None and not ends_half(text, edge)


@cache
def _vague() -> frozenset[str]:
    return frozenset(lines("generic_terms.txt"))


_OF_ANY_PAPER = re.compile(
    "(?:重大|主要|具体|有关|相关|各项)?"
    "(?:政策|措施|任务|思路|要求|举措|办法|部署|安排|目标|工作|方案|精神|意见|决策|原则|重点){1,2}"
    "|.{2,}一些"  # 盼望房子住得更宽敞一些: whatever is wished for
)


def generic(draft: Draft, _context: Context) -> bool:
    if draft.kind not in BLANKED:
        return False
    if draft.knowledge.kind is KnowledgeKind.RULE:
        return any_duty(draft)
    if any(part.startswith(("其他", "其它")) for part in draft.key):
        return True  # what is left over: 其他支出
    alone = [part for part in draft.key if part in _vague() or (len(part) < 2 and not part.isdigit())]
    if draft.knowledge.kind is KnowledgeKind.LIST and draft.kind is ItemKind.CLOZE:
        if any(map(_OF_ANY_PAPER.fullmatch, draft.key)):
            return True  # 思路、任务、____
        return any(len(part) < 2 for part in draft.key) and not divided(draft.knowledge)  # 德、能、勤、绩、廉
    return bool(alone)


def given_away(draft: Draft, _context: Context) -> bool:
    """The key, or nearly all of it, elsewhere in the stem."""
    if draft.kind in (ItemKind.TRUE_FALSE, ItemKind.SHORT_ANSWER):
        return False
    if draft.knowledge.kind is KnowledgeKind.PLACE and _by_its_letter(draft):
        return True
    rest = normal(draft.stem.replace(BLANK, "▁"))
    said = normal(draft.said.replace(BLANK, "▁"))
    for part in draft.key:
        form = normal(part)
        form = form.removesuffix("的") if len(form) > 2 else form  # 整体的, where the stem says 整体
        own = _own_part(part, draft)
        if len(form) >= 2 and says(rest, form, ruled=draft.knowledge.kind is KnowledgeKind.RULE):
            return True
        if (
            len(form) >= 6
            and not re.search(r"\d", with_arabic(form))
            and any(own[i : i + 4] in said for i in range(len(own) - 3))
        ):
            return draft.kind is not ItemKind.MULTIPLE_RESPONSE
    return False


def _own_part(part: str, draft: Draft) -> str:
    """What a member of a row has for itself: 管业务 of 管业务必须管安全, beside 管行业必须管安全."""
    if draft.knowledge.kind is not KnowledgeKind.LIST:
        return normal(part)
    others = [one for one in map(normal, draft.knowledge.values) if one != normal(part)]
    own = normal(part)
    while own and others and all(one.endswith(own[-1]) for one in others):
        own, others = own[:-1], [one[:-1] for one in others]
    return own


_LETTER = re.compile("[在赴来入离驻抵返援](?P<letter>[\u4e00-\u9fff])")


def _by_its_letter(draft: Draft) -> bool:
    """“华侨银行在渝设立分行，结算中心落户____”: 渝 is 重庆."""
    letters = tables("gazetteers.toml")["letters"]
    told = {letters.get(match["letter"]) for match in _LETTER.finditer(draft.said)}
    return any(place is not None and draft.key[0].startswith(place) for place in told)


# 有拖拉机、缝纫机、收音机等____: so many of what? 大中型拖拉机____，增长3.5%: were made, sold or in use?
_SO_MANY = re.compile("、[^，。；、]{1,10}等____[，。；]")
_SO_MANY_MACHINES = re.compile(r"(?:^|[，；])[\u4e00-\u9fff和]{2,14}(?<![量额值数有达到])____(?=[，。；])")
_MACHINES = re.compile("_(?:台|辆|马力)")


def unmeasured(draft: Draft, _context: Context) -> bool:
    if draft.knowledge.kind not in (KnowledgeKind.FIGURE, KnowledgeKind.DATE):
        return False
    if draft.knowledge.cue is None or _SO_MANY.search(draft.said):
        return True
    machines = draft.kind in BLANKED and _MACHINES.fullmatch(counted_in(draft.key[0]))
    clause = _SO_MANY_MACHINES.search(draft.said) if machines else None
    return clause is not None and not has_verb(tagged(clause.group().strip("，；_")))


def unproven(draft: Draft, _context: Context) -> bool:
    """Members from another sentence, which neither says the abbreviation nor shares its wording: “三新” might
    be any three new things."""
    one = draft.knowledge
    elsewhere = one.members and one.member_sentence not in (None, one.sentence)
    if one.kind is not KnowledgeKind.ABBREVIATION or not elsewhere:
        return False
    name = bare_name(one)
    home = one.member_sentence.text if one.member_sentence else ""
    head = name.lstrip("一二两三四五六七八九十个大项")
    if one.member_sentence and _next_to(one.sentence, one.member_sentence):
        return not all(member.endswith(head) for member in one.member_texts)
    # 体系 ends many rows of three; 以文化人、以文惠民…… begin with it, each of them.
    shared = len(head) >= 3 and all(head in member for member in one.member_texts)
    begun = len(head) >= 2 and all(member.startswith(head) for member in one.member_texts)
    return name not in home and not (shared or begun)


def _next_to(one: Sentence, other: Sentence) -> bool:
    """“坚持促进“五链”融合。推动创新链、产业链……”: said in one breath."""
    return one.paragraph == other.paragraph and abs(one.index - other.index) <= BREATH


def bare_name(one: Knowledge) -> str:
    return one.values[0].strip("“”")

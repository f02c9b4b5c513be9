"""Gates on the matter and its blank: is it worth a question, is it given away, can one see what is wanted?"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from studytool.data import tables
from studytool.items import citations
from studytool.items.asked import RANK
from studytool.items.authority import is_central, known
from studytool.items.context import Context
from studytool.items.drafts import BLANKED, Draft
from studytool.items.figures import unit_of
from studytool.items.forms import normal
from studytool.items.numerals import count_of, with_arabic
from studytool.items.propriety import LEADERS
from studytool.model import BLANK, ItemKind, Knowledge, KnowledgeKind
from studytool.words import is_word, tagged


def leaks(draft: Draft, context: Context) -> bool:
    """产权制度 beside 产权关系, 硬联通 beside 软联通: half the key stands in the stem."""
    if _names_its_region(draft):
        return True
    counted = draft.kind is ItemKind.TRUE_FALSE and draft.knowledge.kind is KnowledgeKind.ABBREVIATION
    if draft.knowledge.kind is KnowledgeKind.FIGURE or counted:
        return _figure_leaks(draft, context)
    ruled = draft.knowledge.kind is KnowledgeKind.RULE and with_arabic(draft.key[0])[:1].isdigit()
    # 二十年 tells nothing of 三十年; nor what all of a row share: 以人民安全为宗旨，以政治安全为根本.
    alike = ruled or len(_AS_WHAT.findall(draft.said)) >= IN_A_ROW
    if draft.kind not in BLANKED or draft.asked[:1] == ("不属于",) or alike:
        return False
    in_row = _known_by_its_row(draft)
    if draft.kind is ItemKind.SINGLE_CHOICE and draft.knowledge.kind is KnowledgeKind.ABBREVIATION:
        return in_row or _members_shown(draft) or _counted_out(draft)
    told = draft.knowledge.kind is KnowledgeKind.ABBREVIATION and _summed_up_by_name(draft)
    said = draft.said
    if in_row or told or any(_spelt_out(key, said) or _has_twin(key, said) for key in draft.key):
        return True
    return not _is_exact(draft) and _half_shown(draft)


_WORDINGS = frozenset((KnowledgeKind.FORMULATION, KnowledgeKind.DEFINITION, KnowledgeKind.ABBREVIATION))


def _is_exact(draft: Draft) -> bool:
    """Is it a wording of the Centre's, or of a norm? They say like things in like words, and each exactly:
    为民造福是立党为公、执政为民的本质要求."""
    article = draft.knowledge.sentence.article
    return draft.knowledge.kind in _WORDINGS and (citations.is_norm(article) or is_central(article))


def _names_its_region(draft: Draft) -> bool:
    """____要增强一体化意识，……推进长三角一体化发展: whose provinces are known."""
    regions = tables("gazetteers.toml")["regions"]
    members = {name for region, own in regions.items() if region in draft.said for name in own}
    return any(key.rstrip("省市") in members for key in draft.key)


def _half_shown(draft: Draft) -> bool:
    said, members = draft.said, draft.knowledge.values if draft.knowledge.kind is KnowledgeKind.LIST else ()
    if any(member in key and member != key for member in members for key in draft.key):
        return True  # 选举权和____: 被选举权
    if draft.knowledge.kind is KnowledgeKind.LIST:  # the other members are the way in, not a leak
        for member in draft.knowledge.values:
            said = said.replace(member, "、")
    said = normal(said.replace(BLANK, "▁"))
    if any("章程" in key for key in draft.key) and "党章" in said:
        return True  # 《____》是……第一部党章
    common = _suffix(draft.knowledge.values) if draft.knowledge.kind is KnowledgeKind.LIST else ""
    return any(_tells(normal(key), said, common) for key in draft.key if not _exempt(key))


@cache
def _guiding_thoughts() -> tuple[str, ...]:
    return tuple(tables("gazetteers.toml")["families"]["思想理论"])


def _known_by_its_row(draft: Draft) -> bool:
    """邓小平理论、“____”重要思想、科学发展观: the thoughts beside it leave but one for the blank."""
    thoughts = _guiding_thoughts()
    if not any(key in thought for key in draft.key for thought in thoughts):
        return False
    whose = LEADERS.search(draft.said) is not None and any(key in thoughts for key in draft.key)
    return whose or any(thought in draft.said for thought in thoughts)


def _figure_leaks(draft: Draft, context: Context) -> bool:
    if draft.kind is ItemKind.TRUE_FALSE:
        return _counted_out(draft)
    blanked = BLANK in draft.stem
    return blanked and (
        _counted_out(draft) or _summed_up(draft) or _part_of_another(draft.knowledge, context)
    )


_COUNTED = "一二两三四五六七八九十个大项"
_SPELT = re.compile("“([^”]{1,2})”")
_DIGIT = re.compile(r"\d")
_HAN = re.compile("[\u4e00-\u9fff]+")
_AS_WHAT = re.compile("以[^，。；]{2,14}为[^，。；]{2,10}[，。；]")
IN_A_ROW = 3
TWIN = 4  # characters of a term of which one may be exchanged: 爱国者治港, 爱国者治澳; 港人治港, 澳人治澳


def _spelt_out(key: str, said: str) -> bool:
    """四个善作善成 beside “善”, “作” and “成”."""
    told = set("".join(_SPELT.findall(said)))
    asked = set(key).difference(_COUNTED)
    return len(asked) > 1 and len(asked & told) * 3 >= len(asked) * 2


def _has_twin(key: str, said: str) -> bool:
    """Does the stem say a term that is the key with one character exchanged?"""
    size = len(key)
    if size < TWIN or not _HAN.fullmatch(key):
        return False
    if not any(all(part in said for part in key.split(char)) for char in set(key)):
        return False  # what stays of a twin stands in the stem: cheap to look for
    windows = (said[at : at + size] for at in range(len(said) - size + 1))
    return any(
        len({pair for pair in zip(window, key, strict=True) if pair[0] != pair[1]}) == 1 for window in windows
    )


def _members_shown(draft: Draft) -> bool:
    """“工业化、信息化……“____””: whoever can count the members has the abbreviation among four that differ in
    their number."""
    texts = draft.knowledge.member_texts
    if len(texts) > 1 and all(text in draft.stem for text in texts):
        return True
    before = re.split(r"[，。；：]", draft.stem.partition(BLANK)[0].rstrip("“"))[-1]
    listed = before.removesuffix("等").count("、") + 1
    number = with_arabic(draft.key[0][:1].replace("两", "二"))
    return listed > 1 and number == str(listed)


_RECKONED = re.compile(
    r"[一二三四五六七八九十\d]+[人名个]组成____|其余____|____，其中[^。；]*各[^，。；]{0,4}\d|其中[^。；]*各[^，。；\d]{0,4}____|[一二三四五六七八九十\d]+[人名个][^，。；]*____(?:共同)?组成[一二三四五六七八九十\d]+"
    r"|[、和与][^。；]*先后____|超额.*计划的____|____.*(?:之比|比值)为?\d|(?:之比|比值)为?\d.*____|，\d{4}年.*连续____"
)


_MANY = 5
_ROW_BEFORE = re.compile(
    r".*等[\d一二两三四五六七八九十]+个[^、]*?[和与及]"
)  # 天津、重庆等5个机械厂和北京、上海等


def _counted_out(draft: Draft) -> bool:
    """“京津、京沪、京滨、津兴____高铁”: the members are there to be counted, a ratio to be worked out."""
    if _RECKONED.search(draft.stem):
        return True
    asked = draft.knowledge.values[0] if draft.kind is ItemKind.TRUE_FALSE else draft.key[0]
    digits = re.match(r"(\d{1,2}|[一二两三四五六七八九十])[^\d]", asked)
    before = re.split(r"[，。；：]", draft.stem.partition(BLANK if BLANK in draft.stem else asked)[0])[-1]
    count = count_of(digits[1]) if digits else 0
    rows = [before.split("、"), _ROW_BEFORE.sub("", before).split("、")]
    if count >= _MANY:  # 天津、上海、……和北海____沿海港口城市
        rows.append(re.split("、|[和与及]", before))
    if draft.knowledge.kind is KnowledgeKind.ABBREVIATION:
        told = re.match(r"”?：(?P<row>[^。；]*)", draft.stem.partition(BLANK)[2])
        rows += [re.split("、|及其|以及|[和与及]", before), re.split("[，、]", told["row"]) if told else []]
    return any(len(row) >= 2 and count == len(row) for row in rows)


def _part_of_another(one: Knowledge, context: Context) -> bool:
    """“大专院校4所，省立大专院校____”: of what is counted beside it, it can only be a part, or the whole."""
    text, unit = one.sentence.text, unit_of(one.values[0])
    measure = one.cue.of(text) if one.cue else ""
    beside = (o for o in context.figures_of(one.sentence) if o.spans != one.spans and _follows(o))
    others = (o.cue.of(text) for o in beside if o.cue is not None and unit_of(o.values[0]) == unit)
    return _follows(one) and any(
        measure != other and (measure.endswith(other) or other.endswith(measure)) for other in others
    )


_NUMBERED = re.compile("[一二两三四五六七八九十]+[个大项]?(?P<noun>[^一二两三四五六七八九十].*)")


def _summed_up_by_name(draft: Draft) -> bool:
    """“示范工业园区、农业产业园区、农村居住社区‘____’”: three 区, and so they are called."""
    named = _NUMBERED.fullmatch(draft.key[0])
    if named is None or not _counted_out(draft):
        return False
    before = re.split(r"[，。；：]", draft.said.partition(BLANK)[0])[-1].rstrip("“")
    noun = named["noun"]
    return all(row.endswith(noun) for row in before.split("、")) or (len(noun) > 1 and noun in draft.said)


def _summed_up(draft: Draft) -> bool:
    """“设施2770个，其中……1个、141个、____、5个”: what is left of the whole."""
    unit = draft.key[0].lstrip("0123456789.")
    if not unit or unit == draft.key[0]:
        return False
    found = re.findall(rf"(\d+(?:\.\d+)?){re.escape(unit)}", draft.filled)
    numbers = sorted((Decimal(number) for number in found), reverse=True)
    return len(numbers) > 2 and numbers[0] == sum(numbers[1:])


def _follows(one: Knowledge) -> bool:
    """Does the figure stand behind what it counts, as in an inventory?"""
    return one.cue is not None and one.cue.end == one.spans[0].start


def _exempt(key: str) -> bool:
    """Set terms are told by the whole, not by a part; figures have no parts."""
    return _DIGIT.search(key) is not None or (len(key) >= 4 and normal(key) in known())


def _suffix(members: tuple[str, ...]) -> str:
    """What all members end with: of such a list it is the rest that is asked."""
    shortest = min(members, key=len)
    ends = (shortest[at:] for at in range(1, len(shortest)))
    return next((end for end in ends if all(m.endswith(end) for m in members)), "")


def _tells(key: str, said: str, common: str) -> bool:
    plain = re.sub(r"[^\u4e00-\u9fff]", "", key.removesuffix(common))
    if len(plain) < 3:
        return False
    need = max(2, -(-len(plain) // 2))
    pieces = (plain[at : at + need] for at in range(len(plain) - need + 1))
    return any(piece in said and (is_word(piece) or need > 2 or len(plain) == 3) for piece in pieces)


_HALF_UNIT = re.compile(r"____(?:半|小时|月|百分点|工作日|世纪|安时|安|瓦|伏)")  # half of “16个小时”


_NO_TIME_SEEN = re.compile(
    r"[，；：。》]____[，\u4e00-\u9fff]|[年于]____，|随着____|(?<![定称作设列])为____[\u4e00-\u9fff]"
)
_JOINED = re.compile(r"(?:^|[，；：。])[^\d，；：。]*[和与及]$")
_ONE_OF = re.compile("____[^，。；]{0,20}之一")  # “3个……之一”: one of one there cannot be


_PLACED = re.compile(r"第\d{1,2}[位名]?")


def untyped(draft: Draft, _context: Context) -> bool:
    """A blank of which one cannot see that a time or a number is wanted, or how exact."""
    odd = _HALF_UNIT.search(draft.stem) or _ONE_OF.search(draft.stem)
    if draft.knowledge.kind is KnowledgeKind.FIGURE and odd:
        return True
    exact = (KnowledgeKind.FIGURE, KnowledgeKind.DATE)
    if draft.kind is not ItemKind.CLOZE or draft.knowledge.kind not in exact:
        return False
    if RANK.fullmatch(draft.key[0]) or _PLACED.fullmatch(draft.key[0]):
        return True  # 第一, 首位, 榜首, 居国内第3位 (or 前列): of a choice one is right
    said = draft.said
    if draft.knowledge.kind is KnowledgeKind.DATE:
        return said.startswith(BLANK) or _NO_TIME_SEEN.search(said) is not None
    return _number_unseen(said.split(BLANK)[0], said.split(BLANK)[-1])


def _number_unseen(before: str, after: str) -> bool:
    """Could other words than a number stand between these?"""
    if not before or before[-1] in "，；：":
        return not re.match(r"[个名家项次条人]", after)
    if _JOINED.search(before):
        return True  # 清单和____概念验证中心清单
    last = tagged(before)[-1]
    plain = last.tag[:1] == "n" and re.match(r"[\u4e00-\u9fff]", after) is not None
    return plain and re.match(r"[的以左余多上下]", after) is None

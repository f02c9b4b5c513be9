"""Gates on the matter and its blank: is it worth a question, is it given away, can one see what is wanted?"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from studytool.data import tables
from studytool.items.asked import RANK
from studytool.items.authority import known
from studytool.items.context import Context
from studytool.items.drafts import BLANKED, Draft
from studytool.items.figures import unit_of
from studytool.items.forms import normal
from studytool.items.narration import narrated
from studytool.items.numerals import count_of, with_arabic
from studytool.items.propriety import LEADERS
from studytool.items.subjects import names_something
from studytool.model import BLANK, ItemKind, Knowledge, KnowledgeKind
from studytool.words import is_word, tagged

_NAMED = frozenset(
    (
        KnowledgeKind.PERSON,
        KnowledgeKind.TITLE,
        KnowledgeKind.MEETING,
        KnowledgeKind.QUOTATION,
        KnowledgeKind.ORGAN,
        KnowledgeKind.EVENT,
        KnowledgeKind.PLACE,
        KnowledgeKind.DATE,
    )
)
_PUBLIC = re.compile(
    r"全国|我国|国家级|全市|[\u4e00-\u9fff]{2}市(?!场)|首[个批家]|第一|唯一|[^社小园景街]区|省|自治[州区]|县|上市企业|覆盖率|党中央|国务院"
)
# What concerns the people of one house, one school, one branch.
_OF_FEW = re.compile(
    r"(?<!老旧)小区(?!改造)|居民区|业主|党支部(?:召开|开展|组织)|观看影片|分享会|[一二三四五六七八九十]中(?=\d{4}|的|学|校)|小学|幼儿园"
)
ROSTER = 8  # names in one sentence
_TRIVIAL = re.compile(
    r"客户|合作意向|营业额|年销售|销售量|销量|游客|村民|主题公园|门店|店铺|展厅|过去了|补贷|放款|授信|订单|演出|小程序|直播|试驾"
    r"|调研成果|走研成果|一期项目|厂房|车间|工位|亩产|养殖|羊|牛(?!鼻子|商)|采摘|民宿|活动\d*____|场活动|小分队|走访|合影|专利\d+余?项|对接会|宣讲活动|主题活动|微视频|[\u4e00-\u9fff]{2}街道(?!办|[、和])[^，。；]{0,16}\d"
)
_OFFICE = re.compile(r"书记|主任|局长|市长|区长|省长|部长|行长|主席|院长|校长|院士|司令|委员|参谋长")
_ONE = re.compile(r"[1一][个名家项座条处所次]")  # whoever counts one thing tells that it is there
_APPEARED = re.compile(
    "____(?:[^，。；]{0,12}(?:感激|感谢|谢意|致谢)|讲话|致辞|出席|主持|参加|陪同|介绍|汇报|宣读|传达|透露|带队|作(?:政府)?(?:工作)?报告)"
    "|原[^，。；]{0,14}(?:市长|书记|省长|局长|厅长|部长|主任|行长)____"  # who fell since
)
_SOMEBODY = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]某(?![些种个一])")  # 林某等人
_WAYS = re.compile("____(?:个)?(?:方面|环节)(?:的)?(?:工作|努力|探索)?")  # “做了____方面工作”
# 1美元兑6.3元; 14亿中国人民; 把健康放在第一位: nothing else could stand there.
_NOTHING_ELSE = re.compile(
    r"____兑|____(?:多)?(?:中国|各族|全国|全体)?(?:人民|同胞|人口大国)|(?:放|摆|置|排|立)[在于]____"
)
_TO_THIS_DAY = re.compile(r"了(?:近|约)?\d+多年")  # 封存了80多年: until the day of writing
_YEAR = re.compile(r"\d{4}年")
_UNSURE = re.compile(r"(?:[一二三四五六七八九十百千\d]+余|数[十百千万]|几[十百千]?|若干|多)[年月天]")


def anecdote(draft: Draft, context: Context) -> bool:
    """Details of a story, of one firm's business, of one village."""
    kind, said = draft.knowledge.kind, draft.statement
    if _TRIVIAL.search(said) and kind not in (KnowledgeKind.PERSON, KnowledgeKind.TITLE):
        return True
    if _OF_FEW.search(draft.knowledge.sentence.article.title) or _SOMEBODY.search(said):
        return True
    if kind in (KnowledgeKind.FIGURE, KnowledgeKind.DATE) and any(_UNSURE.match(key) for key in draft.key):
        return True
    if kind is KnowledgeKind.FIGURE and _trifling(draft):
        return True
    if kind is KnowledgeKind.PERSON and (_APPEARED.search(draft.stem) or _in_a_roster(draft, context)):
        return True
    return narrated(draft.knowledge.sentence.article, context) and _by_the_way(draft, said)


def _in_a_roster(draft: Draft, context: Context) -> bool:
    """One of those who were present."""
    words = context.words(draft.knowledge.sentence)
    return sum(word.tag == "nr" for word in words) >= ROSTER


def _trifling(draft: Draft) -> bool:
    """One of something, so many ways of doing it, so many years until the day of writing."""
    one = any(_ONE.fullmatch(key) for key in draft.key)
    lasting = _TO_THIS_DAY.search(draft.statement) is not None and not _YEAR.search(draft.statement)
    return one or lasting or any(idle.search(draft.stem) for idle in (_WAYS, _NOTHING_ELSE))


def _by_the_way(draft: Draft, said: str) -> bool:
    """Of a story: is this no name, no set term and nothing public?"""
    kind = draft.knowledge.kind
    settled = any(normal(key) in known() for key in draft.key)
    public = _PUBLIC.search(said) is not None
    if kind is KnowledgeKind.FORMULATION:
        return not settled
    if kind is KnowledgeKind.PERSON:
        return not _OFFICE.search(said)
    if kind in _NAMED or (settled and kind is not KnowledgeKind.FIGURE):
        return draft.kind is ItemKind.TRUE_FALSE and not public
    return not (public and names_something(tagged(said)))


def leaks(draft: Draft, context: Context) -> bool:
    """产权制度 beside 产权关系, 硬联通 beside 软联通: half the key stands in the stem."""
    counted = draft.kind is ItemKind.TRUE_FALSE and draft.knowledge.kind is KnowledgeKind.ABBREVIATION
    if draft.knowledge.kind is KnowledgeKind.FIGURE or counted:
        return _figure_leaks(draft, context)
    ruled = draft.knowledge.kind is KnowledgeKind.RULE and with_arabic(draft.key[0])[:1].isdigit()
    if draft.kind not in BLANKED or draft.asked[:1] == ("不属于",) or ruled:
        return False  # 二十年 tells nothing of 三十年
    in_row = _known_by_its_row(draft)
    if draft.kind is ItemKind.SINGLE_CHOICE and draft.knowledge.kind is KnowledgeKind.ABBREVIATION:
        return in_row or _members_shown(draft) or _counted_out(draft)
    said = draft.said
    if in_row or any(_spelt_out(key, said) or _has_twin(key, said) for key in draft.key):
        return True
    members = draft.knowledge.values if draft.knowledge.kind is KnowledgeKind.LIST else ()
    if any(member in key and member != key for member in members for key in draft.key):
        return True  # 选举权和____: 被选举权
    if draft.knowledge.kind is KnowledgeKind.LIST:  # the other members are the way in, not a leak
        for member in draft.knowledge.values:
            said = said.replace(member, "、")
    said = normal(said.replace(BLANK, "▁"))
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
    r"|先后____|超额.*计划的____|____.*(?:之比|比值)为?\d|(?:之比|比值)为?\d.*____|，\d{4}年.*连续____"
)


def _counted_out(draft: Draft) -> bool:
    """“京津、京沪、京滨、津兴____高铁”: the members are there to be counted, a ratio to be worked out."""
    if _RECKONED.search(draft.stem):
        return True
    asked = draft.knowledge.values[0] if draft.kind is ItemKind.TRUE_FALSE else draft.key[0]
    digits = re.match(r"(\d{1,2}|[一二两三四五六七八九十])[^\d]", asked)
    before = re.split(r"[，。；：]", draft.stem.partition(BLANK if BLANK in draft.stem else asked)[0])[-1]
    count = count_of(digits[1]) if digits else 0
    rows = [before.split("、")]
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


def untyped(draft: Draft, _context: Context) -> bool:
    """A blank of which one cannot see that a time or a number is wanted, or how exact."""
    odd = _HALF_UNIT.search(draft.stem) or _ONE_OF.search(draft.stem)
    if draft.knowledge.kind is KnowledgeKind.FIGURE and odd:
        return True
    exact = (KnowledgeKind.FIGURE, KnowledgeKind.DATE)
    if draft.kind is not ItemKind.CLOZE or draft.knowledge.kind not in exact:
        return False
    if RANK.fullmatch(draft.key[0]):
        return True  # 第一, 首位, 榜首: of a choice one is right
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

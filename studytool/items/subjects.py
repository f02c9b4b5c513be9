"""A clause -> does it say who or what it is about, before it says what happens?

Officialese drops the subject after the first clause. A clause without one may only be asked alone
when the anchor names it, so this is read strictly: in doubt there is no subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from studytool.data import lines
from studytool.model import Span
from studytool.words import Word, beginning_in

_ADVERBIAL_END = re.compile(r"(?:方面|中|下|上|时|后|前|以来|期间|过程|之际|一带|内|里|间|同时|基础)$")
_ADVERBIAL_START = re.compile(
    r"在|从|自|为|为了|围绕|按照|根据|通过|随着|经过|作为|以|依托|聚焦|立足|截至|面对|针对|对|对于|据|当|到|至"
    r"|由于|因|用|依照|依据|基于|沿着|经|向|于|将|把|与|同|和"
)
_WHEN = re.compile(r"(?:截至|截止|自|从|到|至|在|于)?\D{0,2}\d{1,4}[年月日][^，]{0,9}")
_SETTING = re.compile(
    r"围绕|按照|根据|依托|聚焦|立足|随着|面对|针对|截至|作为|为|为了|由于|通过|经过|以|依据|基于|沿着"
)
_BY_AS = re.compile("以(?![及后来前上下外内])[^，。]+为[^，。的]+")
_WHERE_OR_BY = frozenset(("在", "由", "于", "自", "从"))
_NAMED = 4  # words: the last 的 of what is named, and those behind it
_SKIPPED_TAGS = ("a", "ad", "an", "b", "t", "d", "c", "x", "o", "e", "y", "u", "ul", "uj", "ud", "uv", "zg")
# Manners, before a verb: 充分发挥 is a noun to jieba, and no subject.
_MANNER = re.compile(
    r"(?:充分|全面|紧紧|切实|深入|扎实|不断|进一步|大力|积极|坚决|认真|着力|努力|持续|牢牢|始终|自觉|严格|有效|稳步|坚定"
    r"|广泛)[\u4e00-\u9fff]+"
)
_MAINLY = re.compile("主要|大体|基本|总体|分别|统一")  # 主要包括: what does?
_NOMINAL_TAGS = ("n", "j", "l", "i", "s", "q", "r", "eng", "vn", "b")
_CLAUSE_SUBJECT = frozenset(
    ("是", "就是", "意味着", "成为", "关键在于", "有利于", "离不开", "需要", "必须", "事关", "关乎")
)


@cache
def _verbs() -> frozenset[str]:
    return frozenset(lines("items_verbs.txt"))


def is_adverbial(text: str, words: Sequence[Word]) -> bool:
    """Is the whole clause only the setting of the next one: 在科技协同创新方面，"""
    bare = text.rstrip("，,；;。：:")
    happens = any(is_verb(word) for word in words if not _ADVERBIAL_START.fullmatch(word.text))
    if _WHEN.fullmatch(bare) and (_ADVERBIAL_END.search(bare) or not happens):
        return True  # 1930年冬; but 1930年加入中国共产党 says what happened
    if _BY_AS.fullmatch(bare):
        return True  # 以党的政治建设为统领, whatever the dictionary makes of 以党
    if not words or not _ADVERBIAL_START.fullmatch(words[0].text):
        return bool(words) and all(word.tag in ("t", "m", "x", "f") for word in words)
    if not has_verb(words):
        return True
    return bool(_ADVERBIAL_END.search(bare) or _SETTING.fullmatch(words[0].text))


def is_topic(words: Sequence[Word]) -> bool:
    """Does the whole clause only name what the next one speaks of: 党在长征途中举行的遵义会议，"""
    own = [word for word in words if word.tag != "x"]
    last = max((at for at, word in enumerate(own) if word.text == "的"), default=0)
    verbs = [at for at, word in enumerate(own) if is_verb(word) and word.tag != "vn"]
    placed = next((at for at, word in enumerate(own) if word.text in _WHERE_OR_BY), last)
    if not verbs or not placed < verbs[0] <= verbs[-1] < last:
        return False
    # 李大钊在刊物上发表……的文章: the place ends before what he did there
    done_there = any(word.tag == "f" for word in own[placed : verbs[0]]) and own[verbs[0] + 1].text != "的"
    return not done_there and 1 < len(own) - last <= _NAMED and own[last + 1].tag != "m"


def is_verb(word: Word) -> bool:
    """Does the word say what happens?"""
    return word.tag.startswith("v") or word.text in _verbs() or word.text in ("是", "为", "在于")


def has_verb(words: Sequence[Word]) -> bool:
    """Is there a verb in the clause? “仓库165处” hangs on “接管” in the clause before."""
    return any(map(is_verb, words))


_DOES = frozenset(
    ("将", "把", "要", "必须", "应当", "任何", "落实", "贯彻", "完善", "健全", "强化", "部署", "审议", "研究")
)


def opens_with_doing(words: Sequence[Word]) -> bool:
    """“将‘四种形态’从监督执纪向监察执法拓展”: who does? 落实, an adjective to jieba, is a doing too."""
    if words and (words[0].text in "“《" or words[0].text in _DOES):
        return words[0].text in _DOES
    first = next((word for word in words if word.tag[:1] not in "tmxfc"), None)
    return first is not None and first.tag[:1] == "v"


def _content(words: Sequence[Word]) -> Word | None:
    """The first word that is neither time, adverb, conjunction nor punctuation."""
    for index, word in enumerate(words):
        if word.tag in _SKIPPED_TAGS:
            continue
        if word.tag == "m" and index + 1 < len(words) and words[index + 1].text in ("年", "月", "日"):
            continue
        if word.text in ("年", "月", "日", "以来", "底", "初", "末"):
            continue
        return word
    return None


# 一手牵着企业，一手连着世界: whose hands, the words before have said.
_BOTH_HANDS = re.compile("[一另]([手头边面端]|方面)(?=[牵抓连系挑是要])")

# 五四运动|前后|接触: the event is when it was, and not who did it.
_AROUND = ("前后", "期间", "以后", "之后", "以前", "之前", "时期", "初期", "末期", "中期", "前夕")
_FAR = 4  # words from the beginning


def _behind_time(words: Sequence[Word]) -> Sequence[Word]:
    at = next((i for i, word in enumerate(words[:_FAR], 1) if word.text in _AROUND), 0)
    return words[at:] if _content(words[at:]) else words


# Behind one of these stands what is done, though jieba has it for a noun: 已经综合比选出5个省份.
_ASPECTS = frozenset(("已", "已经", "正", "正在", "曾", "曾经", "将", "共", "累计", "均", "都"))


_LED = re.compile("人民|全党|全国|中国|群众|军民|部队|红军|八路军|农民|工人|各族|广大")  # by somebody


def _is_done(first: Word, own: Sequence[Word]) -> bool:
    before = next((word.text for word in own if word.end == first.start), "")
    after = next((word for word in own if word.start == first.end), None)
    if after and first.text == "计划" and after.tag.startswith("v"):
        return True  # 计划建设工程2607处: who does?
    if after and first.text in ("领导", "组织") and _LED.match(after.text):
        return True  # 领导人民解放军进行了解放战争: who did?
    return first.tag == "vn" and before in _ASPECTS


def has_subject(clause: Span, words: Sequence[Word]) -> bool:
    """Does `clause` of the sentence with these `words` open with what it is about?"""
    own = _behind_time(beginning_in(clause, words))
    first = _content(own)
    if (
        first is None
        or _is_passive(first, own)
        or _is_done(first, own)
        or _BOTH_HANDS.match("".join(w.text for w in own[:4]))
    ):
        return False
    before = next((word.text for word in own if word.tag != "x"), "")
    if before not in _TOWARDS and any(word.text in _CLAUSE_SUBJECT for word in own if word.start > first.end):
        return True
    if first.text in _verbs() or any(
        one.fullmatch(first.text) for one in (_ADVERBIAL_START, _MANNER, _MAINLY)
    ):
        return False
    if _is_conduct(first, own):
        return False
    return first.tag.startswith(_NOMINAL_TAGS) or first.tag == "m"


# 对交易所经过努力发展成为全国性市场，表示祝贺: who does?
_TOWARDS = frozenset(("对", "对于", "把", "将", "向", "给"))
_IDIOM = 4  # characters


def _is_conduct(first: Word, own: Sequence[Word]) -> bool:
    """恪尽职守，廉洁奉公 says how somebody behaves; 绝不允许, what nobody may do."""
    if first.tag not in ("i", "l", "nr") or len(first.text) != _IDIOM:
        return False
    alone = all(word.tag == "x" for word in own if word.start >= first.end)
    return alone or re.match("[绝决]不|不[得许准能应]", first.text) is not None


def _is_passive(first: Word, own: Sequence[Word]) -> bool:
    """被认为是……: who or what is? (被告人 and 被征地农民 are somebody.)"""
    if first.text != "被":
        return first.text.startswith("被") and is_verb(first)
    behind = next((word for word in own if word.start == first.end), None)
    return behind is not None and is_verb(behind)


MUST = frozenset(("要", "应", "应该", "应当", "必须", "需", "需要", "须"))
# Behind a subject: what follows, in the next sentences too, is not done yet.
WILL = MUST | {"将", "拟", "计划", "力争", "争取", "准备", "打算"}


_NEAR = 4  # clauses


def told_to(parts: Sequence[Span], first: int, words: Sequence[Word]) -> int:
    """The clause of a speech that says who has to do what is asked (人民政协要……), else `first` itself.

    “胡锦涛强调，发挥怎样的作用” would not say whose."""
    for at in range(first, max(0, first - _NEAR), -1):
        own = beginning_in(parts[at], words)
        if own and has_subject(parts[at], words) and not _is_doing(own[0]):
            return at if any(word.text in MUST for word in own) else first
        if own and own[0].text in MUST:
            return first
    return first


def _is_doing(word: Word) -> bool:
    """充分发挥 and 调动 are nouns to jieba, which begin no clause about themselves."""
    return word.tag == "vn" or _MANNER.fullmatch(word.text) is not None


PROPER = ("ns", "nt", "nz", "nr")
_NO_NAMES = frozenset(
    (
        "深度",
        "高水平",
        "高质量",
        "高标准",
        "高品质",
        "高效能",
        "高峰",
        "改革开放",
        "新时代",
        "第一产业",
        "第二产业",
        "第三产业",
    )
)  # to jieba


def names_something(words: Sequence[Word]) -> bool:
    """Is there a proper name among the words?"""
    named = (w for w in words if len(w.text) > 1 and w.text not in _NO_NAMES)
    return any((w.tag in PROPER or (w.tag == "j" and len(w.text) > 2)) for w in named)

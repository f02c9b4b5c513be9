"""Gates on the matter: is it worth a question, and could anyone but the author have chosen these words?"""

from __future__ import annotations

import re

from studytool.data import lines
from studytool.items.authority import by_authority, known
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.forms import normal
from studytool.items.narration import narrated
from studytool.items.subjects import names_something
from studytool.model import BLANK, ItemKind, KnowledgeKind
from studytool.words import cut, tagged, terms

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
    r"全国|我国|国家级|全市|天津市|首[个批家]|第一|唯一|[^社小园景街]区|省|自治[州区]|县|上市企业|覆盖率|党中央|国务院"
)
_TRIVIAL = re.compile(
    r"客户|合作意向|年销售|销售量|销量|游客|村民|主题公园|门店|店铺|展厅|过去了|补贷|放款|授信|订单|演出|小程序|直播|试驾|楼栋|桌椅|认下|刊出"
    r"|[调走]研成果|一期项目|厂房|车间|工位|亩产|养殖|羊|牛(?!鼻子|商)|采摘|民宿|活动\d*____|场活动|小分队|走访|合影|专利\d+余?项|对接会|试验室|头部制造|台班"
)
_UNSURE = re.compile(r"(?:[一二三四五六七八九十百千\d]+余|数[十百千万]|几[十百千]?|若干|多)[年月天]")
_TERMED = frozenset((KnowledgeKind.FORMULATION, KnowledgeKind.DEFINITION))
_BARE_ROLE = re.compile(
    r"^[^，。]{0,8}[以把]____(?:作为|为)[^的，。]{2,6}。$|^[^，。]{0,8}[以把][^，。]{2,14}(?:作为|为)____。$"
)
_COINED = re.compile(
    r"(?:称为|称作|誉为|被称|号称|喻为|叫做|即|概括为|简称|品牌|打造|唱响|叫响|实施|开展|推出|首创|创新|提出|擦亮|等)[^，。；]{0,8}“$"
)


def anecdote(draft: Draft, context: Context) -> bool:
    """Details of a story, of one firm's business, of one village."""
    kind, said = draft.knowledge.kind, draft.filled.removeprefix(draft.frame.anchor)
    if _TRIVIAL.search(said) and kind not in (KnowledgeKind.PERSON, KnowledgeKind.TITLE):
        return True
    if kind in (KnowledgeKind.FIGURE, KnowledgeKind.DATE) and any(_UNSURE.match(key) for key in draft.key):
        return True
    if not narrated(draft.knowledge.sentence.article, context):
        return False
    if kind in _NAMED or (kind is not KnowledgeKind.FIGURE and any(normal(k) in known() for k in draft.key)):
        return draft.kind is ItemKind.TRUE_FALSE and not _PUBLIC.search(said)
    return not (_PUBLIC.search(said) and names_something(tagged(said)))


def own_words(draft: Draft, context: Context) -> bool:
    """A term of the author's own making, blanked where other words would do as well."""
    one = draft.knowledge
    if draft.kind not in (ItemKind.CLOZE, ItemKind.SINGLE_CHOICE) or one.kind not in _TERMED:
        return False
    key = normal(draft.key[0])
    if key in terms():
        return False
    text, span = one.sentence.text, one.spans[0]
    choice = draft.kind is ItemKind.SINGLE_CHOICE
    if _BARE_ROLE.search(draft.stem.removeprefix(draft.frame.anchor)):
        return True
    if _quoted(text, span.start, span.end):
        return not (_coined(text, span.start, span.end) or key in known() or _recurs(key, context))
    if by_authority(draft) and (key in known() or _recurs(key, context)):
        return False
    if "的" in key or "、" in (text[span.start - 1 : span.start], text[span.end : span.end + 1]):
        return True
    if (_heads(text[span.end :]) or choice) and key in known():
        return False
    settled = by_authority(draft) and (len(key) >= 4 or key in known())
    return not (one.kind is KnowledgeKind.DEFINITION and settled)


def _quoted(text: str, start: int, end: int) -> bool:
    return text[start : start + 1] == "“" or text[start - 1 : start] == "“"


def _coined(text: str, start: int, end: int) -> bool:
    """Does a noun follow the quotation, or a word of naming go before it?"""
    after = text[end:].lstrip("”")
    before = text[:start] + ("“" if text[start : start + 1] == "“" else "")
    if _heads(after):
        return True
    words = tagged(after[:8])
    follows = bool(words) and words[0].tag[:1] in ("n", "j", "b", "e") and len(words[0].text) > 1
    described = len(words) > 1 and words[0].tag[:1] in ("a", "d") and words[1].tag[:1] == "n"
    named = bool(words) and words[0].text in lines("formulation_heads.txt")
    return follows or described or named or bool(_COINED.search(before))


def _heads(after: str) -> bool:
    clause = re.split(r"[，。；、：！？”》和与及]", after)[0].removeprefix("的")
    return clause in lines("formulation_heads.txt")


def _recurs(key: str, context: Context) -> bool:
    return context.text.count(key) >= 2


def leaks(draft: Draft, _context: Context) -> bool:
    """产权制度 beside 产权关系, 硬联通 beside 软联通: half the key stands in the stem."""
    if draft.kind not in (ItemKind.CLOZE, ItemKind.SINGLE_CHOICE) or draft.asked[:1] == ("不属于",):
        return False
    said = draft.stem.removeprefix(draft.frame.anchor)
    if draft.knowledge.kind is KnowledgeKind.LIST:  # the other members are the way in, not a leak
        for member in draft.knowledge.values:
            said = said.replace(member, "、")
    said = normal(said.replace(BLANK, "▁"))
    common = _suffix(draft.knowledge.values) if draft.knowledge.kind is KnowledgeKind.LIST else ""
    return any(_tells(normal(key), said, common) for key in draft.key if not _exempt(key))


def _exempt(key: str) -> bool:
    """Set terms are told by the whole, not by a part; figures have no parts."""
    return re.search(r"\d", key) is not None or (len(key) >= 4 and normal(key) in known())


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
    shown = {word for word in cut(plain)}
    return any(piece in said and (piece in shown or need > 2 or len(plain) == 3) for piece in pieces)


def untyped(draft: Draft, _context: Context) -> bool:
    """A blank of which one cannot see that a time or a number is wanted, or how exact."""
    if draft.kind is not ItemKind.CLOZE or draft.knowledge.kind not in (
        KnowledgeKind.FIGURE,
        KnowledgeKind.DATE,
    ):
        return False
    said = draft.stem.removeprefix(draft.frame.anchor)
    if draft.knowledge.kind is KnowledgeKind.DATE:
        return said.startswith(BLANK) or re.search(r"[，；：。]____[，\u4e00-\u9fff]", said) is not None
    before, after = said.split(BLANK)[0], said.split(BLANK)[-1]
    if re.match("小时|月|百分点|工作日|世纪", after):
        return True  # half of “16个小时”
    if not before or before[-1] in "，；：":
        return not re.match(r"[个名家项次条人]", after)
    last = tagged(before)[-1]
    plain = last.tag[:1] == "n" and re.match(r"[\u4e00-\u9fff]", after) is not None
    return plain and re.match(r"[的以左余多上下]", after) is None

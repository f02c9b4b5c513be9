"""What makes a candidate unfit for a wrong option: a table of guards, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from studytool.items import figures
from studytool.items.asked import Asked
from studytool.items.context import Context
from studytool.items.forms import normal
from studytool.items.ladders import HOW_OFTEN
from studytool.items.numerals import count_of
from studytool.model import Span


def _repeats_key(text: str, asked: Asked, _context: Context) -> bool:
    one, other = normal(text), asked.form
    return one == other or (not asked.numeric and (one in other or other in one))


def _expands_key(text: str, asked: Asked, _context: Context) -> bool:
    """绿色低碳发展 for 绿色发展: the same thing said longer or shorter."""
    if asked.numeric or (asked.key in HOW_OFTEN and text in HOW_OFTEN):
        return False
    one, other = sorted((normal(text), asked.form), key=len)
    rest = iter(other)
    return len(one) < len(other) and all(char in rest for char in one)


def _in_sentence(text: str, asked: Asked, _context: Context) -> bool:
    return _stands(normal(text), asked.evidence) if asked.numeric else normal(text) in asked.evidence


def in_frame(text: str, asked: Asked) -> bool:
    """Does the stem itself say it?"""
    return _stands(normal(text), asked.said) if asked.numeric else normal(text) in asked.said


def _stands(figure: str, text: str) -> bool:
    """Does `figure` stand in `text`, not as the end of a longer number?"""
    at = text.find(figure)
    while at > 0 and text[at - 1] in "0123456789.":
        at = text.find(figure, at + 1)
    return at >= 0


def _true_elsewhere(text: str, asked: Asked, context: Context) -> bool:
    """Another true value of the same measure."""
    cue = asked.knowledge.cue
    if cue is None:
        return False
    return normal(text) in context.measured.get(normal(cue.of(asked.knowledge.sentence.text)), ())


def _fills_frame(text: str, asked: Asked, context: Context) -> bool:
    """The document has these words after the same words, or before the same words (C2, C5)."""
    if asked.numeric:
        return False
    before, after = asked.frames
    said, gap = context.text, len(before)
    if before and any(said.startswith(text, at + gap) for at in context.places(before)):
        return True
    return after != "" and any(said.endswith(text, 0, at) for at in context.places(after))


def _doubles_neighbour(text: str, asked: Asked, _context: Context) -> bool:
    """“…作用作用”: the option repeats the word it stands beside."""
    sentence = asked.knowledge.sentence.text
    after, before = sentence[asked.span.end :], sentence[: asked.span.start]
    return any(after.startswith(text[-n:]) or before.endswith(text[:n]) for n in (2, 3) if len(text) > n)


def _unlike(text: str, asked: Asked, _context: Context) -> bool:
    """Another form: length, marks."""
    if asked.numeric:
        return abs(len(text) - len(asked.key)) > 2
    gap = abs(len(text) - len(asked.key))
    return gap > max(2, len(asked.key) // 2 if len(asked.key) < 6 else len(asked.key) // 3) or (
        text[:1] in "“《"
    ) != (asked.key[:1] in "“《")


_AT_LEAST = re.compile(r"(?:(?<!不)超过?|突破|至少|不少于|不低于|高于|大于|不小于)了?$")
_AT_MOST = re.compile(r"(?:不足|不到|不超过?|不高于|至多|低于|少于|不大于)了?$")


def bound(text: str, figure: Span) -> int:
    """1 where `figure` is the least it may be (超过500家), -1 where it is the most (不足500家), else 0."""
    before, after = text[max(0, figure.start - 4) : figure.start], text[figure.end :]
    if _AT_LEAST.search(before) or after.startswith("以上"):
        return 1
    return -1 if _AT_MOST.search(before) or after.startswith(("以内", "以下")) else 0


def _not_yet(text: str, asked: Asked, context: Context) -> bool:
    """全国人大 in 1948: no such body was there yet."""
    founded = FOUNDED.get(text)
    year = context.year_of(asked.knowledge.sentence) if founded else None
    return founded is not None and year is not None and year < founded


FOUNDED = {  # when bodies that serve as wrong options came to be
    "全国人大": 1954,
    "国务院": 1954,
    "全国政协": 1949,
    "中央纪委": 1949,
    "最高人民法院": 1949,
    "最高人民检察院": 1949,
    "中央政法委": 1980,
    "中央党校": 1955,
    "民政部": 1978,
    "科技部": 1998,
    "商务部": 2003,
}


def _strange_term(text: str, asked: Asked, context: Context) -> bool:
    """任期一年半: half a year more is a term only where the document has such terms; nobody is elected for
    half a year; and who is persuaded to leave the Party, or struck off, is not punished by it."""
    said = asked.knowledge.sentence.text
    if text in _NO_PENALTIES and said.startswith("处分", asked.span.end):
        return True
    if text in _TOO_SHORT and OF_OFFICE.search(said, 0, asked.span.start):
        return True
    return text.endswith("年半") and "年半" not in context.text


OF_OFFICE = re.compile("任期(?:一般|均|都|同为?)?为?$")  # so long is somebody elected
_TOO_SHORT = frozenset(("半年", "六个月", "1年", "一年", "一年半"))
_LOWEST = re.compile("(?P<n>[一二两三四五六七八九十百]+|\\d+)(?:个月|[日天年倍元人名])以上$")
_HIGHEST = re.compile("(?:以上)?(?P<n>[一二两三四五六七八九十百]+|\\d+)(?:个月|[日天年倍元人名])以下")
_ODD = re.compile("[^。；]{0,14}单数")
_OF_AGE, _ADULT = re.compile("周?岁$"), 18


_AN_AGE = re.compile(r"(\d{1,2})周?岁")


def _between_ages(value: Decimal, before: str, after: str) -> bool:
    """14岁入团，18岁转为党员: whoever joined first at twenty was no member at eighteen."""
    younger, older = _AN_AGE.findall(before), _AN_AGE.findall(after)
    if not (younger or older) or "，" not in (before if younger else after):
        return True
    return (not younger or value > int(younger[-1])) and (not older or value < int(older[0]))


_A_TERM = re.compile("(?P<n>[一二三四五六七八九十]{1,3})(?P<unit>个月|年|日)")


def _between_steps(key: str, value: Decimal, before: str, after: str) -> bool:
    """“警告，六个月；记过，十二个月；记大过，____；撤职，二十四个月”: what rises goes on rising."""
    own = _A_TERM.fullmatch(key)
    if own is None:
        return True
    below, above = (
        [count_of(term["n"]) for term in _A_TERM.finditer(side) if term["unit"] == own["unit"]]
        for side in (before, after)
    )
    row = [*below, count_of(own["n"]), *above]
    if len(row) < SHORTEST_ROW or row != sorted(set(row)):
        return True
    return (not below or value > below[-1]) and (not above or value < above[0])


SHORTEST_ROW = 3  # two terms are none: 三年以上七年以下


def _out_of_range(text: str, asked: Asked, _context: Context) -> bool:
    """“____三倍以下的罚款” and 四倍以上, “五日以上____以下” and 三日; a minor of twenty; 两人以上单数."""
    value, said = figures.magnitude(text), asked.knowledge.sentence.text
    if value is None or asked.knowledge.kind not in ("rule", "figure"):
        return False
    before, after = said[: asked.span.start], said[asked.span.end :]
    lowest, highest = _LOWEST.search(before), _HIGHEST.match(after)
    if lowest and after.startswith("以下") and value <= count_of(lowest["n"]):
        return True
    least = asked.key.endswith("以上") or after.startswith("以上")
    if highest and least and value >= count_of(highest["n"]):
        return True
    between = not _OF_AGE.search(asked.key) or _between_ages(value, before, after)
    if not (between and _between_steps(asked.key, value, before, after)):
        return True
    if _OF_AGE.search(asked.key) and "未成年人" in said and "期间" not in before:
        return value > _ADULT or (value == _ADULT and before.endswith(("已满", "年满")))
    return _ODD.match(after) is not None and value % 2 == 0


_NO_PENALTIES = ("劝其退党", "除名")


def _beyond(text: str, asked: Asked, _context: Context) -> bool:
    """“400多个国家”: there are not so many."""
    after = asked.knowledge.sentence.text[asked.span.end :]
    most = next((most for what, most in THERE_ARE if after.startswith(what)), None)
    value = figures.magnitude(text) if most else None
    return most is not None and value is not None and value > most


THERE_ARE = (("国家和地区", 250), ("国家和国际", 250), ("国家", 197), ("省", 34), ("小时", 24 * 366))


def _within_bound(text: str, asked: Asked, _context: Context) -> bool:
    """“超过500家” is true of 400 as well."""
    if asked.knowledge.kind != "figure":
        return False
    one, other = figures.magnitude(asked.key), figures.magnitude(text)
    if one is None or other is None:
        return False
    side = bound(asked.knowledge.sentence.text, asked.span)
    return (other - one) * side < 0


GUARDS: tuple[tuple[str, Callable[[str, Asked, Context], bool]], ...] = (
    ("unlike", _unlike),  # first: it drops most, and looks at nothing but lengths
    ("repeats_key", _repeats_key),
    ("expands_key", _expands_key),
    ("in_sentence", _in_sentence),
    ("true_elsewhere", _true_elsewhere),
    ("doubles_neighbour", _doubles_neighbour),
    ("within_bound", _within_bound),
    ("not_yet", _not_yet),
    ("beyond", _beyond),
    ("strange_term", _strange_term),
    ("out_of_range", _out_of_range),
    ("fills_frame", _fills_frame),  # last: it reads the whole document
)


def fit(text: str, asked: Asked, context: Context) -> bool:
    """Does `text` pass every guard?"""
    return sound(text, asked, context) and not in_frame(text, asked)


def sound(text: str, asked: Asked, context: Context) -> bool:
    """Does `text` pass the guards, whatever of the sentence the frame keeps?"""
    for _, guard in GUARDS:  # noqa: SIM110 - a generator would take as long as the guards
        if guard(text, asked, context):
            return False
    return True

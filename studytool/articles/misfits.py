"""Two texts -> do their edges say that they cannot be one, whatever else speaks for it?

Columns that stand next to each other mostly go on in each other, so place is strong evidence; where blocks
of a page have changed places it is strong evidence for the wrong thing. A half word that the other side does
not complete is the one trace that leaves: such a joint may be made, but no question rests on it.
"""

from __future__ import annotations

import re

from studytool import datelines
from studytool.articles import seams
from studytool.articles.language import Language
from studytool.articles.lines import HAN
from studytool.words import Word, cut, tagged

_NEAR = 10  # characters of each side that are cut into words
_USED = 1.0  # evidence of use from which the characters are known to stand together
_LONE = re.compile(f"[{HAN}]")
_MARK = re.compile("[，、。；：]")
# A single character of these kinds at the end is the beginning of a word: 高水|, 现|, 信息技|. Others stand
# alone (因, 更, 了, 11家, 中), and a verb may (有|了新的).
_PARTS_OF_WORDS = frozenset(("a", "c", "n", "nr", "tg", "vg", "vn", "zg"))
_AWAITING = frozenset(("p", "c"))  # a preposition or a conjunction has its noun before any mark
_WAITS = (
    "是",
    "没有",
    "成为",
    "具有",
    "有",
    "到",
    "使",
    "让",
    "占",
    "不能",
    "能",
    "能够",
    "可以",
    "必须",
    "将",
    "或许",
)
# So many characters, printed so often elsewhere, always have their one neighbour: 高水(平), (马)克思主.
_ALWAYS = ((2, 3), (3, 2))
_DECIMAL = re.compile(r"\d[.．]\d+$")
_POINT = re.compile(r"[.．]\d")
_DEPENDS = re.compile("[的了着们](?![确解手装重想])|之一")  # never the first word behind a mark
_SIGNED = re.compile(
    rf"(?:^|[。！？”])[（(][{HAN}、/／\d]{{2,20}}[）)]$"
)  # who wrote or took it: the end of a piece
_LABEL = re.compile(  # a caption, and what is printed at the edges of a page
    r"编者按|编者的话|图为|图[一二三四五六七八九十\d①-⑳]|附图|题图|[A-Z]{3,}(?: [A-Z]{3,})|[Ee]-?mail"
    r"|国内统一|邮发代号|[\u4e00-\u9fff]{2,6}报(?:19|20)\d\d年"
)
_DAY = re.compile(r"\d[年月日]$")


def misfit(language: Language, left: str, right: str) -> bool:
    """Can `right` hardly be what follows `left`, by the words on the two sides of the joint?"""
    if not left or not right:
        return False
    return (
        _begins_anew(left, right)
        or _printed_otherwise(language, left, right)
        or (_before_a_mark(left) if _MARK.match(right) else _torn(language, left, right))
    )


def _begins_anew(left: str, right: str) -> bool:
    """Does the left end, or the right begin, as only the whole of a text does, or half a number?"""
    if _POINT.match(right):
        return not left[-1].isdigit() or _DECIMAL.search(left) is not None
    if datelines.is_sent(right) or _LABEL.match(right) or _SIGNED.search(left):
        return True
    return _MARK.match(left[-1]) is not None and _DEPENDS.match(right) is not None


def _before_a_mark(left: str) -> bool:
    """Does the left end in what no mark can follow?"""
    last = tagged(left[-_NEAR:])[-1]
    return last.tag in _AWAITING or last.text in _WAITS or _is_part(last)


def _torn(language: Language, left: str, right: str) -> bool:
    """Is there half a word on one side that the other does not complete?"""
    if seams.usage(language, left, right) >= _USED:
        return False
    # 7月26日|化: that is no 日化
    of_a_day = _DAY.search(left) is not None and seams.word_formed(left, right) >= seams.WHOLE
    return of_a_day or is_torn(left, right)


def is_torn(left: str, right: str) -> bool:
    """Does one side end or begin in a part of a word of which the other has no rest?"""
    if seams.word_formed(left, right) >= seams.WHOLE:
        return False
    begun = _is_part(tagged(left[-_NEAR:])[-1]) and not seams.wants_more(left)
    return begun or _is_rest(left, right)


def _printed_otherwise(language: Language, left: str, right: str) -> bool:
    """Does one of the edges stand beside another character wherever else the document prints it?"""
    return any(
        language.always_before(left[-size:], least) not in ("", right[0])
        or language.always_behind(right[:size], least) not in ("", left[-1])
        for size, least in _ALWAYS
    )


def _is_part(last: Word) -> bool:
    return last.tag in _PARTS_OF_WORDS and _LONE.fullmatch(last.text) is not None


def _is_rest(left: str, right: str) -> bool:
    """Does the right begin with the rest of a word that the left has not begun?"""
    first = cut(right[:_NEAR])[0]
    return (
        len(first) == 1
        and seams.orphaned(right) >= seams.LOST
        and seams.word_formed(left, right) >= seams.UNKNOWN
    )

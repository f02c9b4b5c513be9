"""A point of a short answer and the words around it -> do they say that it is not so?

反对……, 不需要……, ……是错误的, ……的反面: the point's own words stand there, and the answer is another. What the
question or the key itself says denies nothing: 要反对哪些现象？
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from studytool.marking.numerals import canonical
from studytool.marking.turns import AGAINST
from studytool.marking.wording import NEGATIONS
from studytool.marking.writing import folded, plain

# Words with a negation in them that deny nothing.
_AFFIRMING = re.compile(
    "不得不|不能不|不可不|不会不|无一不|无不|莫不|不断|不仅|不但|不只|不光|不单|不懈|不忘|不管|不论|无论|不妨"
    "|未来|非常|无疑|无比|无私|相反|毫不动摇|坚定不移"
)
_LONGEST_HEAD = 10  # characters in front of a point that are looked at
# What denies the point behind it, with the words between: 不需要, 没有必要.
_DENYING = re.compile(
    r"(?:[不没未无非莫勿毋别]有?(?:应该|应当|必要|需要|可以|愿意|主张|赞成|同意|支持|允许|提倡|认为|觉得|相信|真正|完全|一定"
    r"|必须|属于|包括|包含|等于|[是要能应会必需须用想可得肯敢再去许宜准曾在含])*"
    r"|谁说[要应该]*|[很太极较]难|难以|除[了去开]?|错误?的(?:说法|观点|看法|做法)?是?)$"
)
_SPOKEN_OF = r"(?:以上|上述)?[这那此该]?[一种个样些]*(?:说法|观点|看法|做法|提法|想法|认识|主张|答案|说|讲)?"
_WRONG = (
    r"(?:完全|显然|根本|本身|属于|[都均也就是为])*(?:错误|错|不对|不正确|不准确|不成立|不可取|不可能|不应该?"
    r"|不需要|不必要?|不适用|不存在|不合适|不行|行不通|要不得|没有?必要|没有?用|过时|假)"
    r"的?(?:说法|观点|看法|做法|认识|主张)?[了啊]?"
)
_REFUTED = re.compile(_SPOKEN_OF + _WRONG + "|我?们?(?:不|不同意|不赞成|不认同|不赞同|反对)")
_ALL_OF_IT = re.compile("以上|上述|[都均些]")
# What denies the point in front of it.
_DENIED = re.compile(rf"的?{_SPOKEN_OF}{_WRONG}$|的?(?:反面|对立面|反义|相反|敌人|反例)|[以之]外|除外|外$")
_ABOUT_ERRORS = re.compile("错|不对|不正确|不成立|反面|[以之]外|除外")
# 除了……还……: what stands between counts as well.
_BESIDES = re.compile(r"除[了去开]?")
_OUTSIDE = re.compile(r"[之以]?外[，,、\s]*(?=[还也又更])")


def with_what_is_besides(text: str) -> str:
    """除了甲外，还有乙 as 甲，还有乙."""
    last = max(text.rfind(word) for word in "还也又更")
    return _OUTSIDE.sub("，", _BESIDES.sub("", text[: last + 1])) + text[last + 1 :]


class Denials(NamedTuple):
    """The words that deny a point: those in front of it, and whether words behind it may."""

    against: tuple[str, ...]
    behind: bool
    known: str

    @classmethod
    def of(cls, key: Sequence[Sequence[str]], stem: str) -> Denials:
        known = "、".join((plain(stem), *(canonical(text) for texts in key for text in texts)))
        against = tuple(word for word in AGAINST if word not in known)
        return cls(against, not _ABOUT_ERRORS.search(known), known)

    def opens(self, text: str) -> bool:
        """Does a text begin by denying all it goes on to say?"""
        return canonical(text).startswith(tuple(word for word in self.against if len(word) > 1))  # no 反映

    def lead(self, text: str) -> bool:
        """Do the words in front of a colon deny all that follows it: 不包括：……?"""
        lead, colon, _ = folded(text).partition(":")
        denying = _DENYING.search(lead)
        return bool(colon and denying and denying[0] not in self.known)

    def deny(self, text: str, start: int, end: int) -> bool:
        """Do the words of a canonical text around `text[start:end]` deny what stands there?"""
        head = _AFFIRMING.sub("", text[max(0, start - _LONGEST_HEAD) : start])
        if not NEGATIONS.isdisjoint(head[-2:]) or head.removesuffix("了").endswith(self.against):
            return True
        asked = next((size for size in range(len(head), 0, -1) if head[-size:] in self.known), 0)
        denying = _DENYING.search(head) or _DENYING.search(head[: len(head) - asked])
        return bool(denying or (self.behind and _DENIED.match(text, end)))

    def kept(self, parts: Sequence[str]) -> list[str]:
        """The parts of a response that no part behind them refutes: ……，这种说法错误."""
        left: list[str] = []
        for part in parts:
            refuted = self.behind and _REFUTED.fullmatch(folded(part))
            if not refuted:
                left.append(part)
            elif _ALL_OF_IT.search(part):
                left.clear()
            else:
                del left[-1:]
        return left

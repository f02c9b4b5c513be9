"""Gate on amounts offered beside the key that anybody rules out who counts.

They would be more than the whole, less than a part of it, or out of a row that grows."""

from __future__ import annotations

import re
from math import inf

from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.gate_reckoned import WHOLE, shares_in
from studytool.items.numerals import count_of
from studytool.model import ItemKind, KnowledgeKind

_A_ROW = 3  # amounts that grow, from which on everybody sees it
_SHARE = re.compile("比重|占")
_AMOUNT = re.compile(r"(?P<count>\d[\d.]*|[一二三四五六七八九十百]+)(?P<unit>个?[\u4e00-\u9fff])")
# 有____贫困村（深度贫困村218个）
_PART = re.compile(
    r"____[^，。；（]{0,10}（[^（）]*?(?P<count>\d[\d.]*)(?P<unit>个?[\u4e00-\u9fff])[^（）]{0,4}）"
)


def ruled_out(draft: Draft, _context: Context) -> bool:
    """Is one of the options, or all but one, none for whoever can count?"""
    if draft.kind not in (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE):
        return False
    return _more_than_whole(draft) or _less_than_part(draft) or _out_of_row(draft)


def _more_than_whole(draft: Draft) -> bool:
    """“第二产业比重为____，第三产业比重为57.7%”: 43.6% and 47.6% would make more than a whole."""
    if len(_SHARE.findall(draft.said)) < 2:
        return False
    others = sum(shares_in(draft.said))
    return any(others + share > WHOLE for option in draft.options for share in shares_in(option))


def _less_than_part(draft: Draft) -> bool:
    """“有____贫困村（深度贫困村218个）”: no less than those."""
    part = _PART.search(draft.said)
    if part is None:
        return False
    return any(amount["unit"] == part["unit"] and _worth(amount) < _worth(part) for amount in _offered(draft))


def _out_of_row(draft: Draft) -> bool:
    """“警告，6个月；记过，12个月；撤职，____”: 3个月 and 9个月 are wrong for who can see that it grows."""
    key = _AMOUNT.fullmatch(draft.key[0])
    single = draft.kind is ItemKind.SINGLE_CHOICE and draft.knowledge.kind is not KnowledgeKind.DATE
    if key is None or not single:
        return False
    row = [_worth(one) for one in _AMOUNT.finditer(draft.filled) if one["unit"] == key["unit"]]
    if len(row) < _A_ROW or row != sorted(set(row)):
        return False
    at = row.index(_worth(key))
    below, above = (row[at - 1] if at else 0), (row[at + 1] if at + 1 < len(row) else inf)
    options = _offered(draft)
    fitting = [one for one in options if below < _worth(one) < above]
    return len(fitting) < len(options) - 1


def _offered(draft: Draft) -> list[re.Match[str]]:
    return [amount for option in draft.options if (amount := _AMOUNT.fullmatch(option))]


def _worth(amount: re.Match[str]) -> float:
    count = amount["count"]
    return float(count) if count[0].isdigit() else float(count_of(count))

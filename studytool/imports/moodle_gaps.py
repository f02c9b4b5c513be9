"""The codes of a Moodle cloze question, `{1:SHORTANSWER:=甲~%50%乙#feedback}` -> gaps and their answers.

Only gaps to write in can be held. Any other code would leave its answer in the stem, so it is refused.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from studytool.imports.answers import Unclear
from studytool.imports.marked import FULL, literal
from studytool.imports.markup import plain
from studytool.model import BLANK

# What opens and never closes is looked through once, and not again from each place where it opens: then the
# last group is empty.
_CODE = re.compile(r"\{\d*:(?P<type>[A-Za-z_]+):(?P<answers>(?:\\.|[^\\}])*+)(?P<end>\}?)", re.DOTALL)
_WRITTEN = ("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC")
_KINDS = {"N": "数字", "M": "选择"}  # NUMERICAL, NM; MULTICHOICE, MC…, MULTIRESPONSE, MR…
_ANSWER = re.compile(
    # The # of an entity, &#39; or &amp;#39;, begins no feedback.
    r"\s*+(?P<sign>=|%(?P<weight>-?\d+(?:[.,]\d*)?)%)?(?P<text>(?:\\.|(?<=&)#|(?<=&amp;)#|[^\\#])*+)(?:#.*)?",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\([\\~#{}=%/\"'])")
_SPLIT = re.compile(r"((?:\\.|[^\\~])*+)(?:~|\Z)", re.DOTALL)


class Gaps(NamedTuple):
    """A stem with a blank for each gap, the best answer of each, and all that are wholly right."""

    stem: str
    key: tuple[str, ...]
    accepted: tuple[tuple[str, ...], ...]


def gaps_of(markup: str, *, lined: bool) -> Gaps:
    """The gaps of the text of a question. Raises Unclear for a code that is no gap to write in."""
    found = list(_CODE.finditer(markup))
    accepted = tuple(_accepted(code, number) for number, code in enumerate(found, 1))
    stem = plain(_CODE.sub(BLANK, markup), lined=lined)
    return Gaps(stem, tuple(texts[0] for texts in accepted), accepted)


def _accepted(code: re.Match[str], number: int) -> tuple[str, ...]:
    if not code["end"]:
        raise Unclear(f"第 {number} 个空“{code[0][:16]}”没有以 }} 结束")
    if code["type"] not in _WRITTEN:
        kind = _KINDS.get(code["type"][:1].upper(), "别的")
        raise Unclear(f"第 {number} 个空是{kind}题（{code['type']}），不能导入，只收填写的空")
    answers = filter(None, map(_ANSWER.fullmatch, _SPLIT.findall(code["answers"])))
    right = dict.fromkeys(_text(answer["text"]) for answer in answers if _is_full(answer))
    if not right or not all(right):
        raise Unclear(f"第 {number} 个空没有得满分的答案")
    return tuple(right)


def _is_full(answer: re.Match[str]) -> bool:
    weight = answer["weight"]
    return float(weight.replace(",", ".")) >= FULL if weight else answer["sign"] == "="


def _text(written: str) -> str:
    return literal(plain(_ESCAPED.sub(r"\1", written)))

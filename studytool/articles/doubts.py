"""A paragraph's text -> the places a person should look at: unbalanced quotation marks, probable
recognition errors.

The surprising decision: nothing is corrected. A doubtful sentence is held back from questions, so a
rule may cry wolf, but it must name its reason.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from studytool.articles import seams
from studytool.articles.lines import HAN
from studytool.model import Doubt, DoubtKind, Passage, Span
from studytool.words import cut, is_word


class Rule(NamedTuple):
    pattern: re.Pattern[str]
    reason: str


RULES: tuple[Rule, ...] = (
    Rule(re.compile(r"PM(?:25|2,5|2，5)(?!\d)"), "疑似识别错误：PM2.5 缺小数点"),
    Rule(
        re.compile(rf"(?<=[{HAN}A-Z])(?<![第统之万同专唯])一(?=(?:中关村|北京|天津|河北|京津|雄安|上海))"),
        "疑似识别错误：“一”或为“—”",
    ),
    Rule(re.compile(r"(?<=[0-9])一(?=[0-9])"), "疑似识别错误：“一”或为“—”"),
    Rule(re.compile(rf"([{HAN}]{{2,4}})(?<!(?:[{HAN}])的)\1(?=[{HAN}，。、；])"), "疑似重复"),
    Rule(re.compile(r"[，。；：、]{2,}|[（《“][，。；：、]|[，、；：](?=[）》])"), "标点异常"),
    Rule(re.compile(r"�|□(?!$)|[\ue000-\uf8ff]"), "有无法识别的字符"),
    Rule(re.compile(rf"(?<=[{HAN}])[-~^|_\\]{{1,3}}(?=[{HAN}])"), "疑似识别错误：多余符号"),
)
# Doubled on purpose: reduplication is grammar, not an error.
_REDUPLICATED = re.compile(r"(.)\1|(.)(.)\2\3$")


def find(text: str) -> tuple[Doubt, ...]:
    """All doubts of a paragraph."""
    found = [
        Doubt(DoubtKind.RECOGNITION, Span(*match.span()), match.group(), rule.reason)
        for rule in RULES
        for match in rule.pattern.finditer(text)
        if rule.reason != "疑似重复" or _is_slip(match)
    ]
    return (*found, *_quotes(text))


def _is_slip(match: re.Match[str]) -> bool:
    """A word twice in a row (“思想思想”) is a slip; “研究研究”, “一个一个” and “许许多多” are not."""
    word = match.group(1)
    if len(set(word)) == 1 or word[0] in "一两几各逐渐常刚偏" or not is_word(word):
        return False
    return len(word) > 2 or not _VERBS_THAT_DOUBLE.fullmatch(word)


_VERBS_THAT_DOUBLE = re.compile(
    "研究|讨论|学习|商量|考虑|了解|调查|休息|检查|打听|认识|整理|总结|锻炼|准备|琢磨|交流|活动|比较|介绍|体会|体验|感受|反思|参观|非常|意思|表示|收拾"
)


def _quotes(text: str) -> tuple[Doubt, ...]:
    """A quotation that is never closed makes all behind it unsure; another mark only itself."""
    found: list[Span] = []
    if '"' in text:
        found.append(Span(text.index('"'), len(text)))
    for closer in dict.fromkeys(seams.unopened(text)):
        at = _first_unopened(text, closer)
        found.append(Span(at, at + 1))
    for opener in dict.fromkeys(seams.unclosed(text)):
        at = text.rindex(opener)
        found.append(Span(at, len(text) if opener in "“‘" else at + 1))
    return tuple(Doubt(DoubtKind.QUOTES, s, text[s.start : s.start + 12], "引号或括号不成对") for s in found)


def _first_unopened(text: str, closer: str) -> int:
    at = text.index(closer)
    while closer not in seams.unopened(text[: at + 1]):
        at = text.index(closer, at + 1)
    return at


def lost_characters(passage: Passage, corpus: str) -> tuple[Doubt, ...]:
    """Line ends inside a passage where the document elsewhere always goes on with another character:
    “一体化建│印发” beside “一体化建设”."""
    text = passage.text
    if len(passage.pieces) > _MANY_PIECES:
        return ()
    corpus = corpus[:_ENOUGH_TEXT]
    ends = (piece.at for piece in passage.pieces if 4 <= piece.at < len(text))
    return tuple(
        Doubt(DoubtKind.RECOGNITION, Span(at - 4, at), text[at - 4 : at], "疑似缺字")
        for at in ends
        if _is_torn(text, at, corpus)
    )


def _is_torn(text: str, at: int, corpus: str) -> bool:
    before = text[at - 4 : at]
    if not _ALL_HAN.fullmatch(before + text[at]) or cut(text[max(0, at - 6) : at])[-1] != text[at - 1]:
        return False
    following = {corpus[m.end() : m.end() + 1] for m in re.finditer(re.escape(before), corpus)} - {text[at]}
    joined = text[at - 1] + next(iter(following), "")
    return len(following) == 1 and is_word(joined) and not seams.word_formed(text[:at], text[at:])


_MANY_PIECES, _ENOUGH_TEXT = 200, 60_000  # beyond these the search costs more than it finds
_ALL_HAN = re.compile(f"[{HAN}]+")

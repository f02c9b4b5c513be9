"""Two halves of a text -> how well they continue each other: word formation, the document's own
language statistics, brackets and numbering, as one sum of evidence.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from studytool.articles import neighbours
from studytool.articles.language import NOT_HAN, Language, opens_with_topic
from studytool.articles.lines import HAN
from studytool.words import cut, is_word

GRAMMAR, COLLOCATION, OPENING = 0.6, 0.8, 0.3  # what the general statistics are worth
UNKNOWN = 1.0  # … that a word across the seam is worth which no dictionary has
WHOLE = 3.0  # the least that a word of the dictionary across the seam is worth
REPEATED = 3  # characters that the right says again: a column recognised twice
LOST = 1.2  # what a first character is worth that begins no sentence

_CLOSERS = {"”": "“", "’": "‘", "）": "（", "》": "《", "】": "【", ")": "(", "』": "『", "」": "「"}
_OPENERS = {opener: closer for closer, opener in _CLOSERS.items()}
_CONTINUES = re.compile(r"[，。、；：！？）》”’】%℃]|[的地得了等和与及或之们]")
_WANTS_MORE = re.compile(
    r"[，、：—（《“‘【]$|(?:的|和|与|及|以及|或|把|将|对|为|以|在|从|向|于|由|被|是|其|各|这|该)$"
)
_ORDINAL = re.compile(
    r"(?:(?<=[。；，！？：”])|^)(第?)([一二三四五六七八九十]|\d{1,2})(是|要|、|，|[.．]|）)"
)
_FRESH = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,2}(?:是|要|、|，)|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{4}年(?!以|来)|近日|日前|近年来|截至|当前|目前|如今"
    r"|在[^，。]{4,20}(?:下|中|上|时|方面)，|党的[^，。]{2,14}(?:以来|提出|指出|强调)|习近平总书记(?:指出|强调|在)|十年来|[■□◆●])"
)
_NUMERALS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)}


@lru_cache(maxsize=4096)
def _spanning(left: str, right: str) -> str:
    """The word across the seam, if the tokenizer finds one."""
    at = 0
    for word in cut(left + right):
        if at < len(left) < at + len(word):
            return word
        at += len(word)
    return ""


def word_formed(left: str, right: str) -> float:
    """Evidence that a word was cut in two."""
    word = _spanning(left[-6:], right[:6])
    if _TAIL_OF_NAME.match(right) and _MODIFIER.search(left):
        return 2.0
    if not word or not re.fullmatch(f"[{HAN}]+", word):
        return 0.5 if left[-1:].isdigit() and right[:1] in "年月日个家条%亿万.％" else 0.0
    if not is_word(word) or _splits_a_word(left, right, word):
        return UNKNOWN
    return WHOLE if len(word) == 2 else 4.0


def _splits_a_word(left: str, right: str, word: str) -> bool:
    """Does the word across the seam take only a part of the right side's own first word (“安│全会”)?"""
    taken = next(n for n in range(1, len(word)) if left.endswith(word[:-n]))
    first = cut(right[:6])[0]
    return len(first) > taken and is_word(first)


def usage(language: Language, left: str, right: str) -> float:
    """Evidence from the same characters standing together elsewhere in the document."""
    if NOT_HAN.search(left[-1:] + right[:1]):
        return 0.0
    if not language.has_pair(left[-1:] + right[:1]):
        return -0.5
    wide = language.count(left[-2:] + right[:2])
    narrow = max(language.count(left[-2:] + right[:1]), language.count(left[-1:] + right[:2]))
    if wide:
        return 2.0 + min(1.0, wide / 4)
    if narrow:
        return min(1.5, 0.6 + 0.3 * narrow)
    return 0.0


def marks(left: str, right: str) -> float:
    """Evidence from punctuation: what the left still wants, what the right cannot begin with."""
    score = 0.0
    if right[:1] in _CLOSERS or right[:1] in "，。、；：！？":
        score += -3.0 if left[-1:] in "，、；：。" else 2.0
    elif _CONTINUES.match(right):
        score += 0.7
    if wants_more(left):
        score += 0.5
    return score + _balance(left, right)


def wants_more(left: str) -> bool:
    """Does the left end in a mark or a word that cannot be the last?"""
    return _WANTS_MORE.search(left) is not None


def _balance(left: str, right: str) -> float:
    opened, closed = unclosed(left), unopened(right)
    if opened and closed:
        return 3.0 if _OPENERS[opened[-1]] == closed[0] else -1.0
    if closed:
        return -3.0
    return -1.5 if opened else 0.0


# A number's bracket (“1）”, “2】”) closes nothing.
_NUMBER_MARK = re.compile(r"(?:^|(?<=[。；：，！？]))[\d一二三四五六七八九十]{1,2}[）】]")


def unclosed(text: str) -> list[str]:
    """The opening marks that are not closed again, outermost first."""
    stack: list[str] = []
    for mark in re.findall(r"[“”‘’（）《》【】]", text):
        if mark in _OPENERS:
            stack.append(mark)
        elif stack and stack[-1] == _CLOSERS[mark]:
            stack.pop()
    return stack


def unopened(text: str) -> list[str]:
    """The closing marks that were never opened, in order."""
    depth: Counter[str] = Counter()
    found: list[str] = []
    for mark in re.findall(r"[“”‘’（）《》【】]", _NUMBER_MARK.sub("", text)):
        if mark in _OPENERS:
            depth[mark] += 1
        elif depth[_CLOSERS[mark]]:
            depth[_CLOSERS[mark]] -= 1
        else:
            found.append(mark)
    return found


def fresh(right: str, topics_first: float) -> float:
    """How much the right side looks like the beginning of a paragraph (subtracted); `topics_first` is the
    share of the document's paragraphs that open with their topic."""
    score = 0.0
    if opens_with_topic(right):
        score += 2.5 if topics_first >= 0.3 else 0.5
    if _FRESH.match(right):
        score += 2.0
    return score


_STARTERS = frozenset(
    "在从以对这那把为有要我他她它你当自由据经让使就到按将每各全其该此若如因故并而但也又还不是一二三四五六七八九十第党人大新中市区县省国"
)


_MODIFIER = re.compile(
    r"(?:研发|创新|科技|生产|制造|服务|指挥|展览|会展|数据|物流|运营|管理|研究|检测|交易|培训|产业|示范|实验|教育|文化|医疗|监测|孵化|转化"
    r"|技术|信息|合作|建设|试验|体育|活动|工作|领导|保障|供应|投资|开发)$"
)
# The last word of a name (“……研发中心、……大学基地”) opens no paragraph when “、” or “等” follows it.
_TAIL_OF_NAME = re.compile(
    r"(?:中心|基地|平台|园区|工程|项目|会议|公司|集团|学院|大学|医院|委员会|研究院|研究所|实验室|制度|机制|体系|条例|办法|行动|计划|工作)[、，等]"
)
_ENUMERATES = re.compile(rf"[{HAN}]{{1,4}}、[{HAN}]")


def orphaned(right: str) -> float:
    """How much the right side looks like a text without its beginning: it opens with a single character
    that begins no sentence (“进土地、数据……”, “制，建立……”)."""
    if _TAIL_OF_NAME.match(right):
        return 2.0
    first = cut(right[:8])[0] if right else ""
    if re.fullmatch(f"[{HAN}]", first) and first not in _STARTERS:
        return LOST
    return 0.5 if _ENUMERATES.match(right) else 0.0


def numbering(left: str, right: str) -> float:
    """“一是……二是……” goes on with “三是”: the next number says whose continuation it is."""
    after = _ORDINAL.search(right)
    if not after:
        return 0.0
    head, number, tail = after.groups()
    before = [m.group(2) for m in _ORDINAL.finditer(left) if (m.group(1), m.group(3)) == (head, tail)]
    if before:
        return 2.5 if _value(number) - _value(before[-1]) == 1 else -2.0
    lost = after.start() > 0 and _value(number) > 1 and len(left) > 150
    return -1.5 if lost else 0.0


def _value(number: str) -> int:
    return _NUMERALS.get(number, 0) or (int(number) if number.isdigit() else 0)


# 即，5个着力解决 | 着力解决……: a heading counts what each of the lines below begins with.
_COUNTS_THEM = re.compile(r"[二两三四五六七八九十\d][个项条点大种类]“?$")


def repeated(left: str, right: str) -> int:
    """How many characters of the left's end the right repeats (a column recognised twice)."""
    for size in range(min(12, len(left), len(right)), 1, -1):
        if left.endswith(right[:size]) and len(NOT_HAN.sub("", right[:size])) >= 2:
            return 0 if _COUNTS_THEM.search(left[:-size]) else size
    return 0


def evidence(language: Language, left: str, right: str) -> float:
    """The sum of the evidence in the two texts that `right` continues `left`."""
    if repeated(left, right) >= REPEATED:
        return 6.0
    local = word_formed(left, right) + usage(language, left, right)
    if local >= 3.0:
        return min(local, 5.0) + marks(left, right) + numbering(left, right)
    local += GRAMMAR * neighbours.grammar(left, right) + COLLOCATION * neighbours.collocation(left, right)
    freshness = fresh(right, language.topics_first) + OPENING * neighbours.opening(right)
    return local + marks(left, right) + numbering(left, right) - freshness

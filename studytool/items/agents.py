"""A window without a subject -> the words of its sentence that say who does it, or of what it is told.

Officialese names who acts in the first clause and goes on without: 全党必须牢记……，坚持……，增强……. What was
cut out of its end is told with that clause before it, and “……” for what lies between. Read strictly: where
anybody else might be meant, nothing is put before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from studytool.items.clauses import clauses
from studytool.items.context import Context
from studytool.items.subjects import MUST, has_subject, is_adverbial, opens_with_doing
from studytool.model import Sentence, Span, TimeMention
from studytool.words import Word, beginning_in

ELIDED = "……"  # stands where a stem leaves out words of its sentence
LONGEST_TOLD = 46  # characters before “……”
LONGEST_STEM = 112  # characters of the source in such a stem

# Who can be told to do something, or have done it; their name opens the clause.
_AGENT = re.compile(
    "(?:[省市区县]委|自治区党委)(?:、(?:[省市区县]|自治区)(?:人民)?政府)?(?=坚决|坚持|全面|深入|始终|认真|把|团结|带领|必须|要)|"
    "(?:以习近平同志为核心的|以[\u4e00-\u9fff]{2,4}同志为核心的)?党中央|(?:中共)?中央(?:政治局|委员会|军委|纪委)"
    "|中国共产党(?:人)?(?!第|中央)|(?:我们)?党(?=始终|必须|要|在|领导|团结|带领|坚持|从|把|对|制定|提出)|全党(?=同志|必须|要|始终)"
    "|(?:中国|全国各族|各族|[\u4e00-\u9fff]{2})人民(?=必须|要|在|团结|全面|坚持|始终|将)"
    "|各级(?:党委|党组织|政府|领导干部|国家|纪律|纪检|人民|党和)|(?:广大|全体)?(?:党员|领导干部|共产党员|干部)(?=必须|要|应|都)"
    "|(?:国务院|全国人民代表大会|全国政协|人民政协|人民军队|全军)(?=必须|要|在|及其|坚持|始终|全面)"
    "|[\u4e00-\u9fff]{2,8}(?:省|市|自治区|州|县|区)(?:委|政府)?(?=必须|要|坚持|深入|全面|始终|认真|以|聚焦|围绕|立足|把|将)"
)
# Tells what the rest of the sentence is a list of: 到二〇三五年，我国发展的总体目标是：
_OF_ALL = re.compile(
    "(?:目标|要求|任务|原则|思路|方针|方向|重点|举措|经验|内涵|特征|意义)(?:任务|原则)?(?:主要)?(?:就?是|为|有|包括|如下)：$"
)
_ONE_OF_THEM = re.compile("^(?:第?[一二三四五六七八九十]+[是、，]|[（(]|首先|其次)")
# What goes with all points of a list: 团结带领人民, and not 采取一系列举措.
_AT_ALL_TIMES = re.compile("团结|带领|领导|贯彻|学习|坚持|高举|牢记|始终|必须|要")
_CLOSES = re.compile("[。！？?!]")


def told_of(sentence: Sentence, start: int, window: Span, context: Context) -> tuple[Span, ...]:
    """The words of `sentence`, from `start` on, that a `window` of it has to be told with; none, where it has
    a subject itself, or none is sure."""
    words = context.words(sentence)
    parts = [Span(start + c.start, start + c.end) for c in clauses(sentence.text[start:])]
    before = [part for part in parts if part.end <= window.start]
    if not before or _CLOSES.search(sentence.text, start, window.start):
        return ()
    found = _list_head(sentence.text, before) or _agent(sentence.text, before, window, words)
    if not found or found.end >= window.start or any(found.overlaps(one.span) for one in _untold(sentence)):
        return ()
    size = len(found.of(sentence.text)) + len(window.of(sentence.text))
    return (found,) if size <= LONGEST_STEM else ()


def _untold(sentence: Sentence) -> Iterable[TimeMention]:
    """The times of which nobody knows the year."""
    return (mention for mention in sentence.times if mention.resolved is None)


def _list_head(text: str, before: Sequence[Span]) -> Span | None:
    """The clauses the sentence opens with, where they end with what all that follows is a list of."""
    for part in before:
        opening = Span(before[0].start, part.end)
        if len(opening.of(text)) > LONGEST_TOLD:
            return None
        if part.of(text).endswith("："):
            named = _OF_ALL.search(part.of(text)) and not _ONE_OF_THEM.match(opening.of(text))
            return opening if named else None
    return None


def _agent(text: str, before: Sequence[Span], window: Span, words: Sequence[Word]) -> Span | None:
    """The one clause before the window that names who acts, with the time or place told before it."""
    opening = window.start + clauses(window.of(text))[0].end
    if has_subject(Span(window.start, opening), words):
        return None
    named = [at for at, part in enumerate(before) if _names_agent(part, text, words)]
    if len(named) != 1 or any(_is_anothers(part, text, words) for part in before[named[0] + 1 :]):
        return None
    at = named[0]
    if not all(_is_setting(part, text, words) for part in before[:at]):
        return None
    # Of the points of a list the time before the first need not be that of the others.
    of_all = "；" not in text[before[at].start : window.start]
    timed = of_all and at > 0 and _TIME.match(before[at - 1].of(text))
    if not (of_all or _AT_ALL_TIMES.search(before[at].of(text))):
        return None
    found = Span(before[at - 1 if timed else at].start, before[at].end)
    return found if len(found.of(text)) <= LONGEST_TOLD else None


def _names_agent(part: Span, text: str, words: Sequence[Word]) -> bool:
    """Does the clause open with who acts; or with a place that is told to (重庆要对标……)?"""
    own = beginning_in(part, words)[:2]
    told = len(own) == 2 and own[0].tag in ("ns", "nt") and own[1].text in MUST
    return told or _AGENT.match(part.of(text)) is not None


_TIME = re.compile("[^，]{0,16}(?:以来|以后|之后|以前|期间|时期|年来|之际|\\d年|后|时)，$")


def _is_setting(part: Span, text: str, words: Sequence[Word]) -> bool:
    said = part.of(text)
    return _TIME.match(said) is not None or is_adverbial(said, beginning_in(part, words))


def _is_anothers(part: Span, text: str, words: Sequence[Word]) -> bool:
    """Is it anybody or anything else that a clause tells of? An idiom (自力更生，) does not."""
    own = beginning_in(part, words)
    if opens_with_doing(own) or is_adverbial(part.of(text), own):
        return False
    first = next((word for word in own if word.tag[:1] not in "tmxfcd"), None)
    doing = first is None or first.tag[:1] in "vail" or first.text in _DOINGS
    return not doing and has_subject(part, words)


_DOINGS = frozenset(("高举", "严明", "坚定", "团结", "弘扬"))  # nouns, names or manners to jieba

"""The dates of a document -> the events that can be told apart by when they were.

An event is a clause with its own subject, told whole and without its date, which is known to the month or
the day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from studytool.data import lines
from studytool.items.clauses import balanced
from studytool.items.context import Context
from studytool.items.forms import overlap
from studytool.items.scope import resolved_places
from studytool.items.subjects import has_subject
from studytool.model import Knowledge, KnowledgeKind, Passage, Sentence, Span

LONGEST, SHORTEST = 30, 7
SAME = 0.5  # share of common character pairs from which two events may be one
_DATE = re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?(?![\d至到—–~-])")
_REFERS = re.compile(r"以此|据此|其间|此")  # it hangs on the sentence before
_FROM, _UNTIL = re.compile("[年月日][至到—－~～-]$"), re.compile(r"[至到—－~～-][\d翌次同当]")
_ASIDE = re.compile(r"（(?:以下)?简称[^（）]*）")
_TOLD_BY_HALVES = re.compile(
    r"(?:决定|指出|说|提到|强调|规定|认为|表示|要求|提出|批示|通知|予以[\u4e00-\u9fff]{2}|为[起终]点|为|是|后|前|时|中|上|下|以来|期间|将|把|宣告|宣布)$|^[\u4e00-\u9fff]{2,3}的"
    r"|[其他她它该此这那我你]|本[市省区县]|同[年月日]|\d月|\d日|\d年|周年|又|再次|随后|曾|(?<!第)一[个次份]|(?:举行|召开)了?会议$|进一步|继续|“|，|：|；"
)


class Event(NamedTuple):
    """What happened, and when: year, month and, where it is known, day."""

    text: str
    when: tuple[int, ...]
    knowledge: Knowledge


def of_articles(context: Context) -> Mapping[str, tuple[Event, ...]]:
    """The events of each article in the order of time, none told twice."""
    return context.recall(("events",), lambda: _of_articles(context))


def _of_articles(context: Context) -> Mapping[str, tuple[Event, ...]]:
    articles: defaultdict[str, list[Event]] = defaultdict(list)
    for one in context.knowledge:
        event = _event(one, context) if one.kind is KnowledgeKind.DATE else None
        if event is not None:
            articles[one.sentence.article.id].append(event)
    return {article: tuple(_apart(events)) for article, events in articles.items()}


def _apart(events: Sequence[Event]) -> list[Event]:
    """The events in order of time, without those that are told twice or not surely apart."""
    kept: list[Event] = []
    for event in sorted(events, key=lambda e: e.when):
        if any(_happened_again(event, other) for other in events):
            continue
        if kept and not _later(kept[-1].when, event.when):
            continue
        if all(overlap(event.text, other.text) < SAME for other in kept):
            kept.append(event)
    return kept


def _happened_again(event: Event, other: Event) -> bool:
    """On the 4th they spoke by telephone, and on the 8th again: which of the two is asked for?"""
    return event.when != other.when and overlap(event.text, other.text) >= SAME


def _later(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    known = min(len(one), len(other))
    return one[:known] < other[:known]


def _event(one: Knowledge, context: Context) -> Event | None:
    """The event of a date, if it is told whole and its date is known to the month."""
    sentence, cue = one.sentence, one.cue
    match = _DATE.fullmatch(when(one))
    if (
        cue is None
        or match is None
        or sentence.doubts
        or _REFERS.match(sentence.text)
        or _in_a_range(sentence.text, one.spans[0])
        or not has_subject(cue, context.words(sentence))
    ):
        return None
    text = _told(sentence, cue, context)
    if text is None or not SHORTEST <= len(text) <= LONGEST or not balanced(text):
        return None
    if _TOLD_BY_HALVES.search(text) or not happens(text):
        return None
    return Event(text, tuple(int(part) for part in match.groups() if part), one)


def _in_a_range(text: str, span: Span) -> bool:
    """“6月至1926年10月，爆发省港大罢工”: the day it ended is not the day it broke out."""
    return _FROM.search(text[: span.start]) is not None or _UNTIL.match(text[span.end :]) is not None


def when(one: Knowledge) -> str:
    """The date, with what its sentence leaves out of it."""
    for time in one.sentence.times:
        if time.resolved and time.span.overlaps(one.spans[0]):
            return time.resolved
    return one.values[0]


def _told(sentence: Sentence, cue: Span, context: Context) -> str | None:
    """The words of the event, its city named, without asides; None where they end within a clause."""
    if sentence.text[cue.end : cue.end + 1] not in tuple("，。；"):
        return None
    edits, placed = resolved_places(sentence, context)
    if not placed:
        return None
    text, at = "", cue.start
    for edit in sorted(edits):
        if cue.contains(edit.span):
            text += sentence.text[at : edit.span.start] + edit.text
            at = edit.span.end
    return _ASIDE.sub("", text + sentence.text[at : cue.end])


def happens(text: str) -> bool:
    """Does `text` say that something happened of which there is a day: 成立, 召开, 通过?"""
    return _happening().search(text) is not None


@cache
def _happening() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, lines("happenings.txt"))))


def told_together(group: Sequence[Event]) -> Sentence:
    """The sentences of `group` as one; its index, below zero, is no other sentence's."""
    own = {event.knowledge.sentence.index: event.knowledge.sentence for event in group}
    return replace(
        group[0].knowledge.sentence,
        passage=Passage.joined(own[index].passage for index in sorted(own)),
        index=-1 - min(own),
        times=(),
    )


def years(group: Sequence[Event]) -> str:
    """The time `group` spans: 1949年至1953年."""
    first, last = group[0].when[0], group[-1].when[0]
    return f"{first}年" if first == last else f"{first}年至{last}年"

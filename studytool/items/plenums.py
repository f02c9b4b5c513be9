"""“全会强调”, “大会通过”, “会议指出” -> the name of the meeting, where its article tells which it is.

Only one that the headline or the opening names, or the sentence before, and never one of several.
"""

from __future__ import annotations

import re

from studytool.items.context import Context
from studytool.items.scope import Edit, headings
from studytool.model import Sentence, Span

_PLENUM = re.compile(
    r"(?:中共|中国共产党)?[\u4e00-\u9fff]{0,8}?(?:第?[一二三四五六七八九十]+届)(?:[\u4e00-\u9fff]{0,5}第?)?"
    r"[一二三四五六七八九十]+[次中](?:全会|全体会议)"
)
_PARTY_PLENUM = re.compile(r"党的[一二三四五六七八九十]+届[一二三四五六七八九十]+中全会")
_LOCAL_PLENUM = re.compile(
    r"[\u4e00-\u9fff]{2,4}[市省区县]委[一二三四五六七八九十]+届[一二三四五六七八九十]+次全会"
)
_SPOKEN = re.compile(
    r"^(?P<plenum>(?:这次|本次|此次)?全会)(?=[\u4e00-\u9fff]{0,4}(?:指出|强调|提出|认为|要求|号召|决定|审议|听取|一致|充分|由|对))"
)
_DECIDED = re.compile(r"(?P<meeting>全会|大会|会议)(?=(?:审议)?(?:通过|批准|选举|决定|作出|讨论))")
_COUNT = "[一二三四五六七八九十]{1,3}"
# A sentence that tells of nothing but a plenum or a congress of the Party, and when and where it met.
_HELD = re.compile(
    r"^[\d年月日至到、，—－～-]{0,30}"
    rf"(?P<name>(?:中共|中国共产党|党的)?第?{_COUNT}"
    rf"(?:(?P<plenum>届(?:{_COUNT}中全会|中央委员会第{_COUNT}次全体会议))|次全国代表大会))"
    r"(?:于[^，。；会]{2,14})?(?:在[^，。；会]{2,12})?(?:隆重)?(?:召开|举行)[。，；](?![^。]*(?:会议|全会|大会))"
)
_MEETING_SPOKE = re.compile(
    r"^会议(?=[\u4e00-\u9fff]{0,4}(?:指出|强调|提出|认为|要求|决定|同意|审议))"
)  # of the Political Bureau, whose meetings have no other name than their day
_BUREAU_MET = re.compile(
    r"^(?P<who>中共中央政治局(?:常务委员会|常委会)?)(?P<day>(?:\d{4}年)?\d{1,2}月\d{1,2}日)召开会议"
)
_ATTENDED = re.compile(r"^出席(?P<plenum>(?:这次|本次|此次)?全会)(?=的?有)")

_EXPLAINED = re.compile(r"向(?P<plenum>全会)(?=作)")


def plenum(sentence: Sentence, context: Context) -> Edit | None:
    """“全会强调”, “出席这次全会的有”, “会议强调” as the first words -> the meeting's name, if the article
    names one and no other."""
    text = sentence.text
    match = _SPOKEN.match(text) or _ATTENDED.match(text) or _EXPLAINED.search(text)
    if match is None:
        return _just_named(sentence, context) or _bureau_meeting(sentence, context)
    named = Span(*match.span("plenum"))
    head = [*headings(sentence.article), *(s.text for s in context.of_article(sentence.article.id)[:4])]
    for pattern in (_LOCAL_PLENUM, _PLENUM, _PARTY_PLENUM):
        for said in head:
            found = pattern.search(said)
            if found and len(found.group()) <= 32:
                return Edit(named, found.group())
    return None


def _just_named(sentence: Sentence, context: Context) -> Edit | None:
    """“中共十五届三中全会召开。全会通过……”: the meeting that the sentence before tells of."""
    decided = _DECIDED.match(sentence.text)
    if decided is None:
        return None
    for other in context.earlier(sentence):
        if _DECIDED.match(other.text):
            continue
        held = _HELD.match(other.text)
        fits = held is not None and decided["meeting"] in ("会议", "全会" if held["plenum"] else "大会")
        return Edit(Span(*decided.span("meeting")), held["name"]) if held and fits else None
    return None


def _bureau_meeting(sentence: Sentence, context: Context) -> Edit | None:
    """“会议强调”, where the article opens with the day on which the Political Bureau met, and tells of no
    other meeting."""
    spoke = _MEETING_SPOKE.match(sentence.text)
    own = context.of_article(sentence.article.id) if spoke else ()
    met = _BUREAU_MET.match(own[0].text) if own else None
    since = (other.text for other in own[1:] if other.index < sentence.index)
    if spoke is None or met is None or any("召开" in text for text in since):
        return None
    resolved = {time.span: time.resolved for time in own[0].times}
    day = resolved.get(Span(*met.span("day")), met["day"])
    return Edit(Span(*spoke.span()), f"{met['who']}{day}会议") if day and "年" in day else None

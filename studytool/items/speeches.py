"""A report of a speech or meeting -> which of its sentences are the speaker's words.

One of them opens with “习近平强调，”, and the next go on without it. They are told with words before them
that say who speaks, where and when; never with those of somebody else who speaks in the same report: in
doubt they are nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from studytool.items import quoted
from studytool.items.clauses import clauses
from studytool.items.context import Context
from studytool.items.narration import may_be_name
from studytool.items.propriety import LEADERS
from studytool.items.speakers import MEETING, Speaker, speaker_of
from studytool.items.subjects import has_subject, opens_with_doing
from studytool.model import Sentence, Span
from studytool.words import beginning_in, tagged

_SAYS = "(?:指出|强调|要求|表示|说|认为|希望|提出|明确|确定|决定)"
_ANOTHER = re.compile(f"^[^，。；]{{1,40}}(?:{_SAYS}|介绍|汇报)[，：]|[。；”][^，。；]{{1,24}}{_SAYS}[，：]")
# What a reporter tells between the words of a speaker.
_REPORTED = re.compile(
    r"出席|列席|陪同|主持(?:了)?(?:会议|座谈|学习|这次|大会)|听取|参加(?:了)?(?:会议|座谈|学习|上述|活动|考察|调研|会见)|发言|掌声"
    r"|\d日(?:上午|下午|晚|电)|(?:上午|下午)[，习]|来到|走进|会见|合影|新华社|记者|（完）|讲解|宣读|传达|审议|表决|通过了"
    r"|发表(?:了)?(?:重要)?讲话|作(?:了)?(?:重要)?讲话|会议还?(?:研究|听取|讨论|决定)"
    r"|[会议]以[^，。；]{2,12}形式|(?:在京|在北京|在[\u4e00-\u9fff]{2,4})(?:举行|召开|开幕|闭幕)"
)


class _Told(NamedTuple):
    """Where in a sentence the words of the speaker begin; as who, and with which verb, he was named last."""

    start: int
    who: str
    verb: str


def said_at(sentence: Sentence, context: Context) -> str | None:
    """The words that go before what is said in `sentence`: when, who, where; None if it is nobody's."""
    if quoted_from := quoted.told(sentence):
        return quoted_from
    speaker, told = speaker_of(sentence.article, context), _told_in(sentence, context)
    if speaker is None or told is None:
        return None
    where = speaker.meeting if speaker.meeting and re.fullmatch(MEETING, told.who) else speaker.said_at
    return f"{where}{told.who if speaker.cited else ''}{told.verb}"


def utterance(sentence: Sentence, context: Context) -> int | None:
    """Where in `sentence` the speaker's own words begin; None if they are not his."""
    if quoted.told(sentence):
        return 0
    told = _told_in(sentence, context)
    return told.start if told else None


def is_anothers(sentence: Sentence, context: Context) -> bool:
    """Does the article report what one person has said, and is this not said by him?"""
    speaker = speaker_of(sentence.article, context)
    return speaker is not None and not speaker.is_meeting and utterance(sentence, context) is None


def is_leaders(sentence: Sentence, context: Context) -> bool:
    """Are these the words of a leader of the Party or of the Centre, which are recited as they stand?"""
    if quoted.is_leaders(sentence):
        return True
    speaker = speaker_of(sentence.article, context)
    led = speaker is not None and (speaker.is_meeting or LEADERS.match(speaker.named) is not None)
    return led and utterance(sentence, context) is not None


# 开辟了……: who has? 到2030年，全面建成……: which city?
_DONE = re.compile("[\u4e00-\u9fff]{1,4}[了过]|[到至]\\d{4}年")


def demands(sentence: Sentence, kept: Span, context: Context) -> bool:
    """Does the speaker demand what is kept of his words, of everybody? Nobody stands before it, then, of whom
    he might demand it: 各级党委要……，加强……."""
    start = utterance(sentence, context)
    if start is None or _is_to_somebody(sentence, context):
        return False
    words = context.words(sentence)
    before = (Span(start + c.start, start + c.end) for c in clauses(sentence.text[start:]))
    left_out = [one for one in before if one.end <= kept.start]
    if any(has_subject(one, words) or _CARRIED.search(one.of(sentence.text)) for one in left_out):
        return False
    return opens_with_doing(beginning_in(kept, words)) and not _DONE.match(kept.of(sentence.text))


# 要把立德树人融入……，贯穿……各领域: what is to be done with it is said of what was named before.
_CARRIED = re.compile("[把将使让令]|(?<![面相针应核绝反一])对(?![标比照外内称待接口])")


# 纪检监察机关是……，各级党委要……: what follows is demanded of them.
_TO_SOMEBODY = re.compile(
    r"[^，。；]{0,14}?(?:机关|部门|党委|党组|党组织|支部|干部|同志|党员|委员会|政协|人大|企业|院校|学校|青年|工会|团|军|省|市|区|县|地区|地方|各方面|各级|各地)"
    r"(?:[^，。；]{0,10}(?:要|必须|应当|应该?|是|肩负|承担)|，)"
)


def _is_to_somebody(sentence: Sentence, context: Context) -> bool:
    """Has the speaker named, since he was named last, of whom he demands what follows?"""
    for other in context.earlier(sentence):
        start = utterance(other, context)
        if start is None:
            return False
        if _TO_SOMEBODY.match(other.text, start):
            return True
        if start:
            return False
    return False


def _told_in(sentence: Sentence, context: Context) -> _Told | None:
    article = sentence.article
    speaker = speaker_of(article, context)
    if speaker is None:
        return None
    name, own = ("utterances", article.id), context.of_article
    found: Mapping[int, _Told] = context.recall(name, lambda: dict(_told(speaker, own(article.id))))
    return found.get(sentence.index)


_HELD = re.compile("召开|举行")
_OFFICES = "中共中央总书记|国家主席|中央军委主席|国务院总理|中共中央政治局(?:常委|委员)|、"


def _told(speaker: Speaker, sentences: Iterable[Sentence]) -> Iterator[tuple[int, _Told]]:
    """The sentences that are the speaker's, by their indices."""
    speakers = f"{speaker.named}|{MEETING}" if speaker.meeting else speaker.named
    opens = re.compile(
        rf"^(?:{_OFFICES})*(?P<who>{speakers}|(?P<he>他))(?P<called>(?:总书记|主席|总理|同志)?)"
        rf"(?:还|又|最后|首先|同时|进一步)*(?P<where>[^，。；：]{{0,30}}?)(?P<verb>{_SAYS}{{1,2}})，"
    )
    told, named = None, ""
    for sentence in sentences:
        match = opens.match(sentence.text)
        if match and (named or not match["he"]) and _is_there(match["where"], speaker):
            named = named if match["he"] else match["who"] + match["called"]
            told = _Told(match.end(), named, match["verb"])
        elif told is None or sentence.opens or _is_anothers(sentence, speaker):
            if speaker.is_meeting and sentence.index and _HELD.search(sentence.text):
                return  # another meeting: which of them speaks?
            told, named = None, _named_alone(sentence, speaker)
        else:
            told = told._replace(start=0)
        if told is not None:
            yield sentence.index, told


# Where he spoke, said in few words: 习近平在讲话中指出, 习近平在主持学习时强调.
_THERE = re.compile(
    "(?:在|出席)?(?:(?:主持|这次|此次)?(?:讲话|会议|大会|座谈|座谈会|学习|考察|调研|会|指示|批示)[时中上]?)?"
    "(?:在听取[^，。]{0,16}后)?(?:并?(?:发表|作)?了?(?:重要)?(?:讲话|指示))?"
)
_WHEN = re.compile("^(?:近日|日前|(?:\\d{1,2}月)?\\d{1,2}日(?:上午|下午|晚)?|今日|昨日)?")


def _is_there(where: str, speaker: Speaker) -> bool:
    """Is it said on the occasion that the headline tells of? 习近平在党的二十大报告中指出 is not."""
    place = _WHEN.sub("", where)
    return _THERE.fullmatch(place) is not None or place in speaker.said_at


def _named_alone(sentence: Sentence, speaker: Speaker) -> str:
    """The speaker as a sentence names him, and nobody else, so that 他 in the next is he; else nothing."""
    told = re.findall(speaker.named, sentence.text)
    names = (word.text for word in tagged(sentence.text) if word.tag.startswith("nr"))
    others = (name for name in names if may_be_name(name) and not any(name in own for own in told))
    return told[-1] if told and not any(others) else ""


def _is_anothers(sentence: Sentence, speaker: Speaker) -> bool:
    """Does somebody else speak here, or the reporter, who alone calls the speaker by his name?"""
    text = sentence.text
    if speaker.is_on_a_journey and not opens_with_doing(tagged(text)):
        return True  # 民主村社区是一个老小区: what the reporter tells of the place, as like as not
    called = re.match if speaker.is_meeting else re.search  # ……会议精神 may stand anywhere
    if _ANOTHER.search(text) or _REPORTED.search(text) or called(speaker.named, text):
        return True
    return any(word.tag.startswith("nr") and word.text != speaker.named for word in tagged(text[:12])[:1])

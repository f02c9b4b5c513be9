"""What is asked of a sentence -> its window: the fewest clauses around it that make a statement.

Surprising: of two clauses that hang on each other none is kept alone, whichever of them holds the answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from studytool.items import speeches
from studytool.items.clauses import clauses
from studytool.items.context import Context
from studytool.items.subjects import has_subject, has_verb, is_adverbial, is_topic, told_to
from studytool.model import Sentence, Span
from studytool.words import Word, beginning_in

SCANT = 22  # below this a trimmed stem takes the next clause as well
BRIEF = 18  # the same, where the words before it say who speaks, and where
LONGEST = 115  # above this, with the anchor, no stem
_LEADS = re.compile(  # a clause that opens a pair: what follows belongs to it
    r"(?:按照|根据|依据|遵照|本着).*的(?:原则|要求|方针|战略|部署|战略部署|总要求|思路|精神|规定|决定|指示|意见|办法)$"
    r"|^(?:适应|顺应).*的(?:要求|需要|形势|趋势|变化|任务)$|^不顾|^(?:要|应|应当|必须)?(?:对照|对标|紧扣|着眼)"
    # “建成以……为龙头，整体协同、响应迅速的……体系”: one noun, and a comma within it
    r"|(?:建成|构建|建立|形成|打造|健全|完善|建设|组建|确立)[了起]?以[^，]*为[^，的]{1,6}$"
    r"|^就[^，]*(?:方针|问题|工作|精神|事项|事宜)$|关于.*的[^，]{2,6}$|(?:表示|说|指出|强调|提出|认为|要求)$|不仅|不但|不只|既要|既(?!有)|虽|尽管|只有|只要|如果|无论|不管|一方面|与其|宁可|除.{1,20}外|越是|^从|^当|因为|由于|即使|要求$|包括$|如下|分别(?:为|是)$"
)
# In which case: 对适宜由中小企业提供的，; but 是……走出来的 is all there is.
_CASE = re.compile(r"^(?!.*是)[^，]*[\u4e00-\u9fff]{4}的$")
_FOLLOWS = re.compile(  # a clause that closes a pair: what stands before belongs to it
    r"^(?:更|而|又|也|即(?![将使可刻便])|还|但|才|就|则|使|使得|从而|并|以及|到|甚至|按(?:可比价|不变价)格?计算|其|这|此|该|进而|因而|却|反而|特别是|尤其是|包括|其中|占|同比|较|比|增长|下降|分别|由此|它|他|她|以便|致|为[^，]+提供[^，]*(?:保[证障]|支撑|基础)|[^，]{0,20}(?:将得到|受益[，。；]?$))"
)
_HANGS_ON = (
    *("占", "同比", "较", "比", "其中", "增长", "下降", "分别"),
    *("才", "则", "就", "从而", "而不是", "而是"),
)
# 就贯彻……的方针，加深理解……，把工作搞上去等问题|作了重要指示: about what, and at last what was done.
_ABOUT = re.compile("就(?![是要能会])")
_DEALT_WITH = re.compile("(?:问题|方面|事项|工作|情况)(?:作|进行|发表|提出|交换|展开|达成)")
_MEANS = re.compile(r"经过|通过(?!了|《)|采取|借助")
_SPEAKS = re.compile(
    r"(?:指出|强调|提出|认为|(?<![的体总新高各项署关])要求|明确|规定|表示|号召|决定|宣布|指明|说)(?:，|：|,|:)$"
)


# 今年全市经济社会发展的主要预期目标是：……: what follows is aimed at, and not what was reached.
AIM = "(?:目标|预期指标)(?:建议)?(?:是|为)"
_AIMS = re.compile(f"{AIM}：$")
LONGEST_HEAD, LONGEST_AIM = 30, 40


# Behind it somebody may be told of who speaks: 今年1月，中央政治局决定，……
_WHEN = re.compile(
    r"(?=[^，])(?:\d{4}年|[今去同]年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[底初末]|[上中下]旬|[上下]午)?，"
)


def head(text: str, start: int, kept: Span) -> tuple[Span, ...]:
    """The opening words, if what is kept left them out: who speaks (“全会强调，”), or that these are aims."""
    for part in clauses(text[start:])[:2]:
        opening, said = Span(start, start + part.end), part.of(text[start:])
        told = speaks(said) or (_AIMS.search(said) is not None and len(said) <= LONGEST_AIM)
        if told:
            return (opening,) if kept.start >= opening.end else ()
        if not _WHEN.fullmatch(said):
            break
    return ()


def speaks(said: str) -> bool:
    """Do these words say who speaks: 全会强调，?"""
    return _SPEAKS.search(said) is not None and len(said) <= LONGEST_HEAD


def around(sentence: Sentence, segment: Span, hull: Span, context: Context) -> Span:
    """The fewest clauses around `hull` that make a statement with a subject."""
    name = ("clauses", *context.place_of(sentence), segment)
    whole = context.recall(name, lambda: _Clauses(sentence, segment, context))
    parts = whole.spans
    first = next(i for i, part in enumerate(parts) if part.end > hull.start)
    last = next((i for i, part in enumerate(parts) if part.end >= hull.end), len(parts) - 1)
    while whole.needs_next(last):
        last += 1
    first = whole.opened(first)
    if head(sentence.text, segment.start, parts[first]):
        return Span(parts[told_to(parts, first, whole.words)].start, parts[last].end)
    earlier = first
    while earlier > 0 and not whole.has_subject(earlier):
        earlier -= 1
    if whole.has_subject(earlier) and parts[last].end - parts[earlier].start <= LONGEST:
        first = whole.opened(earlier)
    scant = SCANT if speeches.utterance(sentence, context) is None else BRIEF
    while last + 1 < len(parts) and parts[last].end - parts[first].start < scant:
        last += 1  # “1979年1月，天津市委召开工作会议，” says too little to be known by
    return Span(parts[first].start, parts[last].end)


class _Clauses:
    """The clauses of a part of a sentence, and which of them need which; each is looked at once, whatever
    is asked of the sentence."""

    def __init__(self, sentence: Sentence, segment: Span, context: Context) -> None:
        self.text, self.words = sentence.text, context.words(sentence)
        own = clauses(segment.of(sentence.text))
        self.spans = [Span(segment.start + c.start, segment.start + c.end) for c in own]
        self._with_subject: dict[int, bool] = {}
        self._open: dict[int, bool] = {}
        self._hanging: dict[int, bool] = {}

    def has_subject(self, at: int) -> bool:
        if at not in self._with_subject:
            self._with_subject[at] = has_subject(self.spans[at], self.words)
        return self._with_subject[at]

    def needs_next(self, at: int) -> bool:
        """Does the clause say nothing without the next one, if there is one?"""
        if at not in self._open:
            self._open[at] = at + 1 < len(self.spans) and self._is_open(at)
        return self._open[at]

    def opened(self, at: int) -> int:
        """The clause from which on those up to the one at `at` hang on each other."""
        while at > 0 and self._needs_previous(at):
            at -= 1
        return at

    def _needs_previous(self, at: int) -> bool:
        if at not in self._hanging:
            self._hanging[at] = _hangs_on(self.spans[at], self.spans[at - 1], self.text, self.words)
        return self._hanging[at]

    def _is_open(self, at: int) -> bool:
        part, following = self.spans[at : at + 2]
        words_of = part.of(self.text)
        if words_of.endswith(("：", ":")):
            return True
        own = beginning_in(part, self.words)
        if is_adverbial(words_of, own) or _LEADS.search(words_of.rstrip("，,")) or is_topic(own):
            return True
        if _MEANS.search(words_of) and not self.has_subject(at + 1):
            return True  # “经过合并、扩大和调整，” says only how
        return following.of(self.text).startswith(_HANGS_ON) or self._tells_about_what(at)

    def _tells_about_what(self, at: int) -> bool:
        """Is it part of what something was done about, which only a later clause tells?"""
        about = next((s for s in reversed(self.spans[: at + 1]) if _ABOUT.match(s.of(self.text))), None)
        if about is None:
            return False
        done = _DEALT_WITH.search(self.text, about.start, self.spans[-1].end)
        return done is not None and done.start() >= self.spans[at].end


def _hangs_on(part: Span, before: Span, text: str, words: Sequence[Word]) -> bool:
    """Does a clause say nothing without the one before it?"""
    if _FOLLOWS.match(part.of(text)) or not has_verb(beginning_in(part, words)):
        return True
    words_of = before.of(text)
    bare = words_of.rstrip("，,")
    if _LEADS.search(bare) or _CASE.search(bare) or words_of.endswith(("：", ":")):
        return True
    return is_adverbial(words_of, beginning_in(before, words)) and len(words_of) <= 40

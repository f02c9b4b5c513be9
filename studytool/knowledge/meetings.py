"""Reading -> meetings with what they decided: “党的二十届三中全会提出…”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.finding import Finding
from studytool.knowledge.pattern import one_of
from studytool.knowledge.reading import Reading, inside, stripped
from studytool.model import KnowledgeKind, Span

_N = r"[一二三四五六七八九十]{1,3}"
_MEETING = "|".join(
    (
        rf"(?:党的|中共|中国共产党)第?{_N}(?:届(?:{_N}中全会|中央委员会第{_N}次全体会议|{_N}次全会)|次全国代表大会|大)(?!以)",
        rf"(?:中国共产党)?(?:(?![届次会和与及])[\u4e00-\u9fff]){{0,6}}?[省市区县州][委第]{_N}届(?:委员会第)?{_N}次(?:全会|全体会议|党代会|会议)",
        rf"(?:{_N}届)?全国(?:人大|政协)(?:{_N}届)?{_N}次会议",
        rf"[\u4e00-\u9fff]{{2,6}}第{_N}次(?:党代表会议|代表大会|党代会|代表会议|全体会议)",
        r"(?:中央|市委|省委|全国)[\u4e00-\u9fff]{2,10}工作会议",
        one_of("瓦窑堡 遵义 古田 洛川 西柏坡 八七 庐山 郑州 北戴河 南宁 成都 武昌 七千人 雅尔塔 波茨坦 万隆")
        + "(?:会议|大会)",
    )
)
_DOES = re.compile(
    rf"(?P<meeting>{_MEETING})，?(?P<decides>(?:于[^，。]{{0,14}}(?:召开|举行)|"
    + one_of(
        "审议 通过 提出 强调 指出 决定 确立 确定 开启 明确 作出 做出 选举 部署 高度评价 宣布 认为 "
        "吹响 制定 聚焦 把 将 首次 正式 号召 要求 实现 标志"
    )
    + ")[^。；]{4,60})"
)
_MET = re.compile(
    "会|[一二三四五六七八九十]大"
)  # stands in the name of every meeting, and is quickly looked for
# “…全会通过的决定” speaks of the decision, not of the meeting.
_OF = re.compile(
    r"(?:审议)?(?:通过|提出|制定|确定|确立|决定|作出|做出|选举产生)(?:了)?的"
    r"|部署(?:要求|安排|任务)?(?:[，、]|$)"  # 落实全会部署，……
    r"|[^，。；]{0,20}(?:以来|以后|之后|后)(?:，|$)"
)


def meetings(reading: Reading) -> Iterator[Finding]:
    """The meetings that did something in this sentence."""
    if not _MET.search(reading.plain):
        return
    for match in _DOES.finditer(reading.plain):
        meeting = Span(*match.span("meeting"))
        decides = stripped(reading.text, Span(*match.span("decides")), "，、 ")
        cue = Span(decides.start, min(decides.end, _first_words_end(reading, decides)))
        attributive = _OF.match(match["decides"]) or "召开" in match["meeting"]
        if meeting.end - meeting.start <= 24 and not attributive and not inside(meeting, reading.titles):
            yield Finding(KnowledgeKind.MEETING, (meeting,), 0.6, cue)


def _first_words_end(reading: Reading, decides: Span) -> int:
    """To the end of the clause, or of the next where the first is hardly more than a verb."""
    clause = reading.clause_at(decides.start)
    following = reading.clause_after(clause.end)
    return following.end if clause.end - decides.start < 8 and following is not None else clause.end

"""A span in its sentence -> the kind of knowledge a blank there asks for.

Rules in order, the first that holds decides: what stands at the span's edges (marks, 、, 是) says more
than the words in it, and these more than the sentence around. What no rule knows is a formulation: so
it is with a third of human blanks.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from studytool.model import KnowledgeKind
from studytool.ranker.candidates import Candidate
from studytool.ranker.scene import Scene

_NUMERAL = "0-9０-９一二三四五六七八九十百千万亿零〇两"
_DATE = re.compile(
    rf"(?:公元前?)?[{_NUMERAL}]+(?:年代?|世纪|月份?|日)[{_NUMERAL}年月日初底末]*|本?世纪.{{0,3}}年代"
)
_FIGURE = re.compile(
    rf"第?(?:近|约|超|超过|不少于|不低于|不超过)?[{_NUMERAL}][{_NUMERAL}.．,，]*(?:分之[{_NUMERAL}]+)?[%％‰+多余]?[^{_NUMERAL}]{{0,4}}"
)
_ABBREVIATION = re.compile(
    r"[一二两三四五六七八九十]{1,2}(?:个|大|位|项|严|有|不|同|点|条|性|力|风|化|步|基|新).{0,5}"
)
_MEETING = re.compile(
    r".*(?:全会|大会|会议|座谈会)|(?:中共|党的?)?[一二三四五六七八九十]{1,3}大|.*[一二三四五六七八九十]中全会"
)
_ORGAN = re.compile(r".*(?:委员会|政治局|书记处|国务院|检察院|法院|军委|中央|党组|支部|党委|总局|人大|政协)")
_DOCTRINE = re.compile(r".*(?:主义|思想|理论|路线|精神)")  # the dictionary takes some for places
_RULED = re.compile(r"应当|必须|不得|可以|禁止|应该")
_RANKED = re.compile(
    r"最|首|第一|根本|核心|关键|本质|基础|主题|主线|灵魂|生命线|基石|保证|前提|标志|目标|任务"
)
# The commonest surnames: the dictionary takes many a word for a name that does not begin with one.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤焦习"
)

Rule = Callable[[Scene, Candidate, str], bool]


def asks_for(scene: Scene, span: Candidate) -> KnowledgeKind:
    """The kind of knowledge a blank at `span` asks for."""
    text = scene.text[span.start : span.end]
    return next((kind for kind, holds in _RULES if holds(scene, span, text)), KnowledgeKind.FORMULATION)


def _between(scene: Scene, span: Candidate, marks: tuple[str, ...]) -> bool:
    return scene.text[max(0, span.start - 1) : span.start] + scene.text[span.end : span.end + 1] in marks


def _titled(scene: Scene, span: Candidate, text: str) -> bool:
    return _between(scene, span, ("《》",)) or (text[0] == "《" and text[-1] == "》")


def _dated(_scene: Scene, _span: Candidate, text: str) -> bool:
    return bool(_DATE.fullmatch(text))


def _abbreviated(_scene: Scene, _span: Candidate, text: str) -> bool:
    return bool(_ABBREVIATION.fullmatch(text))


def _counted(scene: Scene, span: Candidate, text: str) -> bool:
    numbered = any(word.tag in ("m", "eng") for word in scene.words[span.first : span.last + 1])
    return numbered and bool(_FIGURE.fullmatch(text))


def _quoted(scene: Scene, span: Candidate, _text: str) -> bool:
    return _between(scene, span, ("“”", "‘’"))


def _quoted_abbreviation(scene: Scene, span: Candidate, text: str) -> bool:
    return _quoted(scene, span, text) and _abbreviated(scene, span, text)


def _listed(scene: Scene, span: Candidate, _text: str) -> bool:
    series = scene.series[scene.clause_of[span.first]]
    if series is None:
        return False
    for index, (start, end) in enumerate(series.members):
        begins = span.start == start or index == 0
        ends = span.end == end or index == len(series.members) - 1
        if start <= span.start and span.end <= end and begins and ends:
            return span.start == start or span.end == end
    return False


def _defined(scene: Scene, span: Candidate, _text: str) -> bool:
    """The subject or the predicate of “X是Y”, where the sentence ranks or defines."""
    before, _, behind, _ = scene.around(span)
    clause = scene.clauses[scene.clause_of[span.first]]
    subject = span.start == clause.start and behind.text in ("是", "标志着")
    predicate = before.text in ("是", "为", "作为") and span.end == clause.end
    return (subject or predicate) and bool(_RANKED.search(clause.of(scene.text)))


def _met(_scene: Scene, _span: Candidate, text: str) -> bool:
    return bool(_MEETING.fullmatch(text))


def _named(scene: Scene, span: Candidate, text: str) -> bool:
    whole = span.first == span.last and span.cut == "w" and scene.words[span.first].tag.startswith("nr")
    return whole and ("·" in text or (len(text) in (2, 3) and text[0] in _SURNAMES))


def _placed(scene: Scene, span: Candidate, text: str) -> bool:
    places = scene.words[span.last].tag == "ns" and scene.words[span.first].tag == "ns"
    return places and not _DOCTRINE.fullmatch(text)


def _organised(scene: Scene, span: Candidate, text: str) -> bool:
    return scene.words[span.last].tag == "nt" or bool(_ORGAN.fullmatch(text))


def _ruled(scene: Scene, span: Candidate, _text: str) -> bool:
    return bool(_RULED.search(scene.clauses[scene.clause_of[span.first]].of(scene.text)))


_RULES: tuple[tuple[KnowledgeKind, Rule], ...] = (
    (KnowledgeKind.TITLE, _titled),
    (KnowledgeKind.DATE, _dated),
    (KnowledgeKind.ABBREVIATION, _quoted_abbreviation),
    (KnowledgeKind.FIGURE, _counted),
    (KnowledgeKind.ABBREVIATION, _abbreviated),
    (KnowledgeKind.QUOTATION, _quoted),
    (KnowledgeKind.PERSON, _named),
    (KnowledgeKind.LIST, _listed),
    (KnowledgeKind.MEETING, _met),
    (KnowledgeKind.DEFINITION, _defined),
    (KnowledgeKind.PLACE, _placed),
    (KnowledgeKind.ORGAN, _organised),
    (KnowledgeKind.RULE, _ruled),
)

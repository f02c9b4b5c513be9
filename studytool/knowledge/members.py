"""A numeric abbreviation in its Reading -> its members, or nothing.

Members are claimed only if there are exactly as many as the name counts and if the text ties them to the
name: they stand beside it, are announced by 即 or 包括, or stand in the same or the next paragraph and
all carry the name's own core. Three new things are not the “三新” of some other article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from studytool.knowledge.finding import Setting
from studytool.knowledge.joining import joined, starts, whole
from studytool.knowledge.reading import Reading, openers
from studytool.knowledge.series import Series
from studytool.model import Span
from studytool.words import terms


class Name(NamedTuple):
    """An abbreviation's numbers and cores: 一基地三区 -> (1, 基地), (3, 区)."""

    parts: tuple[tuple[int, str], ...]

    @property
    def total(self) -> int:
        return sum(number for number, _ in self.parts)

    @property
    def core(self) -> str:
        """What each member must carry; nothing where the name sums up things of several kinds."""
        return self.parts[0][1] if len(self.parts) == 1 else ""


class Members(NamedTuple):
    """`spans` in `home`, or in the sentence of the name where `home` is None; `place` is the joined
    sentence, where the name and its members stand in several."""

    spans: tuple[Span, ...]
    home: Reading | None = None
    place: Reading | None = None

    def texts(self, reading: Reading) -> tuple[str, ...]:
        """The members' words; `reading` is the sentence of the name."""
        home = self.place or self.home or reading
        return tuple(span.of(home.text) for span in self.spans)


_REACH = 3  # sentences to each side in which members may stand
_GAP = re.compile(
    r"(?:等|这|的|为|是|：|，|即|包括|主要|“|”|（|—|功能定位|分别|为顶点|为支点|为核心|为重点|组成|构成)*"
)
_TELLS = re.compile(r"即|包括|分别|：|（|是指")
_COUNTED_GAP = re.compile(r"(?:等[\u4e00-\u9fff]{0,8}|(?:为|组成|构成)[\u4e00-\u9fff]{0,3}的|的)?$")
_PAIR = re.compile(
    r"”?，?(?:即|是指|指的是)(?:推动|促进|实现)?(?P<a>[^，。；、和与的]{2,10})[和与](?P<b>[^，。；、的]{2,10}?)(?=的|，|。|；|深度融合|融合)"
)
_VERB_CORE = re.compile(r"(?:坚持|必须|聚焦|着力|注重|确保|坚决|务必|更加|突出|强化|始终)$")
_LONGEST_CLAUSE, _LONGEST_MEMBER = 26, 20
_FIGURE = re.compile(r"\d")


def members(reading: Reading, setting: Setting, span: Span, name: Name) -> Members | None:
    """The members of the abbreviation at `span`."""
    found = _claimed(reading, setting, span, name)
    return found if found and _may_be(span.of(reading.text), found.texts(reading)) else None


def _claimed(reading: Reading, setting: Setting, span: Span, name: Name) -> Members | None:
    for series in setting.series[reading.at]:
        if len(series.members) == name.total and not series.etc and _beside(reading, span, series):
            return Members(series.members)
    for found in (_before(reading, span, name), _quoted(reading, span, name), _pair(reading, span, name)):
        if found:
            return Members(found)
    return _clauses(reading, setting, span, name) or _elsewhere(reading, setting, name)


def _may_be(name: str, texts: Sequence[str]) -> bool:
    """Members of a well-known name are those known, but for one: 全面建成小康社会 was one of the 四个全面."""
    official = terms().get(name)
    return official is None or sum(text in official for text in texts) >= len(official) - 1


# ---- beside the name ----------------------------------------------------------------------------------


def _beside(reading: Reading, span: Span, series: Series) -> bool:
    """Does the series stand beside the abbreviation, with nothing but joints between?"""
    if series.members[-1].end <= span.start:
        between = Span(series.members[-1].end, span.start)
    elif span.end <= series.members[0].start:
        named = reading.text[span.end : series.members[0].start]
        return bool(_TELLS.search(named)) and len(named) <= 16
    else:
        return False
    return _GAP.fullmatch(between.of(reading.text)) is not None


def _before(reading: Reading, span: Span, name: Name) -> tuple[Span, ...]:
    """“控源、治污、扩容、严管“四措””: as many segments right before the name as it counts."""
    if name.total < 3:
        return ()
    start = reading.clause_at(max(0, span.start - 1)).start
    text = reading.plain[start : span.start].rstrip("“")
    gap = _COUNTED_GAP.search(text)
    body = text[: gap.start()] if gap else text
    marks = [start + m.end() for m in re.finditer("、", body)]
    if len(marks) < name.total - 1:
        return ()
    edges = [*marks[-(name.total - 1) :], start + len(body) + 1]
    inner = [Span(a, b - 1) for a, b in pairwise(edges)]
    first = _first(
        reading, Span(marks[-name.total] if len(marks) >= name.total else start, edges[0] - 1), inner
    )
    if first is None:
        return ()
    found = (first, *inner)
    if found[-1].of(reading.text) in openers():
        return ()  # 抗美援朝、镇压反革命、进行“三反”: the name is a member itself
    loose = gap is not None and gap[0].startswith("等") and len(gap[0]) > 1
    carried = bool(name.core) and all(m.of(reading.text).endswith(name.core) for m in found)
    return found if _sound(reading, found) and (carried or not loose) else ()


def _first(reading: Reading, segment: Span, others: Sequence[Span]) -> Span | None:
    """The first member, behind the verbs or the 和 that lead up to it."""
    start = segment.start
    joint = max(segment.of(reading.plain).rfind(mark) for mark in "和与及”")
    usual = median(other.end - other.start for other in others)
    if joint >= 0 and segment.end - segment.start > 1.5 * usual:
        start = segment.start + joint + 1
    while (word := reading.starts.get(start)) and word.end < segment.end and _leads(word.text, word.tag):
        start = word.end
    span = Span(start, segment.end)
    size = span.end - span.start
    return span if reading.is_edge(start) and usual / 2 <= size <= 1.5 * usual + 1 else None


def _leads(text: str, tag: str) -> bool:
    return tag in ("d", "p", "c", "r", "ul") or (tag in ("v", "vn") and text in openers()) or text == "组织"


def _sound(reading: Reading, found: Sequence[Span]) -> bool:
    texts = [span.of(reading.text) for span in found]
    sized = all(2 <= len(text) <= _LONGEST_MEMBER for text in texts)
    return sized and len(set(texts)) == len(texts) and not any(_FIGURE.search(text) for text in texts)


def _quoted(reading: Reading, span: Span, name: Name) -> tuple[Span, ...]:
    """“四张清单”…，即面向…的“A”、面向…的“B”: as many quotations behind it as it counts."""
    behind = [quote for quote in reading.quotes if quote.start > span.end]
    opening = reading.text[span.end : behind[0].start] if behind else ""
    return tuple(behind) if len(behind) == name.total and _TELLS.search(opening) else ()


def _pair(reading: Reading, span: Span, name: Name) -> tuple[Span, ...]:
    """“两化融合”，即工业化与信息化的融合."""
    match = _PAIR.match(reading.text, span.end)
    if name.total != 2 or match is None or not name.core:
        return ()
    found = (Span(*match.span("a")), Span(*match.span("b")))
    carried = all(member.of(reading.text).endswith(name.core[0]) for member in found)
    return found if carried and all(map(reading.whole, found)) else ()


# ---- in clauses that begin with the core ----------------------------------------------------------------


def _clauses(reading: Reading, setting: Setting, span: Span, name: Name) -> Members | None:
    """“六个必须”：必须…。必须…。 in this sentence and those behind it."""
    if not (
        _VERB_CORE.fullmatch(name.core) and re.match("”?(?:的[^，。]{2,6})?：", reading.text[span.end :])
    ):
        return None
    found: list[tuple[Reading, Span]] = []
    for other in (reading, *setting.behind(reading, 4 * name.total)):
        for clause in other.clauses:
            if other is reading and clause.start <= span.end:
                continue
            if clause.of(other.text).startswith(name.core):
                found.append((other, clause))
        if len(found) >= name.total:
            break
    fits = all(4 <= c.end - c.start <= _LONGEST_CLAUSE and r.is_edge(c.end) for r, c in found)
    return _joined(reading, found) if len(found) == name.total and fits else None


def _joined(reading: Reading, found: Sequence[tuple[Reading, Span]]) -> Members | None:
    homes = {other.at: other for other in (reading, *(other for other, _ in found))}
    if len(homes) == 1:
        return Members(tuple(span for _, span in found))
    parts = [whole(other) for other in homes.values()]
    if any(part.sentence.doubts for part in parts):
        return None
    shift = dict(zip(homes, starts(parts), strict=True))
    spans = tuple(Span(s.start + shift[other.at], s.end + shift[other.at]) for other, s in found)
    return Members(spans, place=joined(parts, reading.at))


# ---- elsewhere, by the core they carry ------------------------------------------------------------------


def _elsewhere(reading: Reading, setting: Setting, name: Name) -> Members | None:
    """As many parallel members as the name counts, each carrying its core."""
    if not name.core:
        return None
    found = _carried(_near(reading, setting), setting, name)
    if found or len(name.core) < 2 or name.core in _COMMON_CORES:
        return found
    # A telling core ties them wherever they stand; the name may recur in every sentence.
    return setting.recall(
        ("carriers", name), lambda: _carried(setting.saying(_told(name.core)), setting, name)
    )


def _carried(places: Iterable[Reading], setting: Setting, name: Name) -> Members | None:
    found = ((other, _carriers(other, setting, name)) for other in places)
    return next((Members(spans, other) for other, spans in found if spans), None)


def _near(reading: Reading, setting: Setting) -> Iterator[Reading]:
    """Where a name of one common character may have its members."""
    for other in setting.neighbours(reading, _REACH):
        if abs(other.sentence.paragraph - reading.sentence.paragraph) <= 1:
            yield other


_COMMON_CORES = frozenset(
    (
        "行动",
        "工程",
        "坚持",
        "必须",
        "着力",
        "聚焦",
        "明确",
        "建设",
        "方面",
        "任务",
        "原则",
        "体系",
        "机制",
        "改革",
        "项目",
    )
)


def _carriers(other: Reading, setting: Setting, name: Name) -> tuple[Span, ...]:
    if _told(name.core) not in other.text:
        return ()
    core = _plain(name.core)
    for series in setting.series[other.at]:
        texts = tuple(member.of(other.text) for member in series.members)
        carried = texts == terms()[core] if core in terms() else _share(texts, core)
        if len(texts) == name.total and not series.etc and carried:
            return series.members
    return _clauses_with(other, name.total, core) if len(core) >= 4 else ()


def _plain(core: str) -> str:
    return core if core in terms() else core.removesuffix("协同").removesuffix("融合")


def _told(core: str) -> str:
    """What a sentence must say to be looked at for members that carry `core`."""
    plain = _plain(core)
    return terms()[plain][0] if plain in terms() else plain


def _share(texts: Sequence[str], core: str) -> bool:
    """Do all end with the core, or begin with it where it is a word and not one character?"""
    ends = all(text.endswith(core) for text in texts)
    begins = len(core) > 1 and all(text.startswith(core) for text in texts)
    with_body = core[0] in "以" and all(text.startswith(core) for text in texts)
    carries = core == "化" and all(core in text for text in texts)
    return (ends or begins or with_body or carries) and all(len(text) > len(core) for text in texts)


def _clauses_with(other: Reading, count: int, core: str) -> tuple[Span, ...]:
    """“在…上善作善成” four times in one sentence, for 四个善作善成."""
    if other.text.count(core) < count:
        return ()
    pattern = re.compile(rf"(?:在|做到|实现)[^，；。、“”]{{2,24}}{re.escape(core)}")
    found = tuple(Span(*match.span()) for match in pattern.finditer(other.text))
    distinct = {span.of(other.text) for span in found}
    return found if len(found) == count == len(distinct) else ()

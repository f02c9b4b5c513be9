"""A closed list or an abbreviation with its members -> “X”是指什么？, the members being the points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from studytool.items import citations
from studytool.items.clauses import balanced, clauses
from studytool.items.context import Context
from studytool.items.drafts import Draft, gathered
from studytool.items.frame import Frame
from studytool.items.numerals import chinese
from studytool.items.scope import Edit
from studytool.items.series import announced, contiguous, counted, divided, name_of, named
from studytool.items.stems import framed
from studytool.items.subjects import has_verb, is_verb
from studytool.model import ItemKind, Knowledge, KnowledgeKind, Span
from studytool.words import tagged, terms

LONGEST_POINT, LONGEST_ANSWER = 18, 64  # what a person writes down from memory, a point and all together
LONGEST_ROW_OF_RULES = 84  # of points a regulation numbers, which are learnt in a row
MOST_POINTS = 5  # nobody writes down six headings from memory
LONGEST_ROW = 8  # members counted in one breath
LONGEST_CLAUSE, SHORT_NAME = 45, 4
RECURS = 2  # times a document says a description it keeps to
SHORT = 40  # a question wants fewer words around it than a blank


def write(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """The short-answer items `knowledge` gives."""
    if knowledge.kind is KnowledgeKind.ABBREVIATION and knowledge.members:
        yield from _asking(knowledge, knowledge.values[0].strip("“”"), knowledge.member_texts, context)
    elif knowledge.rule in ("numbered", "points") and knowledge.closed:
        yield from _points(knowledge, context)
    elif knowledge.rule == "enumerated":
        yield from _in_turn(knowledge, context)
    elif knowledge.kind is KnowledgeKind.LIST and divided(knowledge):
        yield from _into_what(knowledge, context)
    elif knowledge.kind is KnowledgeKind.LIST and counted(knowledge):
        yield from _which(knowledge, context)
    elif knowledge.closed and knowledge.kind is KnowledgeKind.LIST and named(knowledge):
        name = name_of(knowledge)
        yield from _asking(knowledge, name, knowledge.values, context)
    elif knowledge.kind is KnowledgeKind.LIST:
        yield from _what_sort(knowledge, context)


def _draft(knowledge: Knowledge, frame: Frame, stem: str, points: tuple[str, ...], fit: float) -> Draft:
    return Draft(
        kind=ItemKind.SHORT_ANSWER,
        knowledge=knowledge,
        frame=frame,
        stem=stem,
        key=points,
        evidence=frame.evidence,
        asked=points,
        fit=fit,
    )


def _which(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """对党员的纪律处分有五种：警告、…… -> 对党员的纪律处分有哪五种？"""
    frame = framed(knowledge.sentence, knowledge.spans, context)
    asked, points = announced(knowledge, frame.kept[0].start), knowledge.values
    if asked is None or asked.start() or not frame.anchor:
        return  # the clauses before it may say of whom
    if not _writable(points) or len(points) > LONGEST_ROW:
        return
    yield _draft(
        knowledge, frame, f"{frame.anchor}{asked['what']}哪{asked['many']}{asked['sort']}？", points, 0.75
    )


_COUNTS = re.compile("(?:下列|以下)(?=[二两三四五六七八九十\\d])")
_LISTS = re.compile("下列|以下")
_NAMES = re.compile("(?:为|是|包括|分为|如下)$")
# 四个等次, 三级: what counts the members behind them.
_BEHIND = re.compile("(?P<many>[二两三四五六七八九十]|\\d)(?P<sort>[\u4e00-\u9fff]{1,5})")


def _into_what(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """定期考核的结果分为优秀、…四个等次 -> 定期考核的结果分为哪四个等次？"""
    frame, points = framed(knowledge.sentence, knowledge.spans, context), knowledge.values
    text, first, last = knowledge.sentence.text, knowledge.spans[0], knowledge.spans[-1]
    if not frame.anchor or not _writable(points):
        return
    asked = text[frame.kept[0].start : first.start].rstrip("：")
    counted_behind = _BEHIND.match(text, last.end)
    sort = "制度" if asked.endswith("实行") else "方面" if asked.endswith("的") else ""
    which = (
        f"哪{counted_behind.group()}？"
        if counted_behind
        else f"哪些{sort}？（请答出{chinese(len(points))}种）"
    )
    yield _draft(knowledge, frame, f"{frame.anchor}{asked}{which}", points, 0.75)


def _in_turn(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """按照下列程序办理：（一）动议；…… -> 按照哪些程序办理？"""
    frame, points = framed(knowledge.sentence, knowledge.spans, context), knowledge.values
    head = name_of(knowledge)
    ends = knowledge.sentence.text.find(head) + len(head)
    if not frame.anchor or frame.kept[0].start >= ends or not _writable(points, LONGEST_ROW_OF_RULES):
        return
    yield _draft(
        knowledge,
        frame,
        f"{frame.anchor}{_asked(head)}？（请答出{chinese(len(points))}项）",
        points,
        0.75,
    )


def _asked(head: str) -> str:
    """按照下列程序办理 -> 按照哪些程序办理, 尺度为下列3种 -> 尺度为哪3种, 种类为 -> 种类有哪些."""
    for listed, question in ((_COUNTS, "哪"), (_LISTS, "哪些"), (_NAMES, "有哪些")):
        if listed.search(head):
            return listed.sub(question, head, count=1)
    return f"{head}有哪些"


def _points(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """“（二）大力拓展国际经贸合作”, 一是…二是…三是… -> 围绕“大力拓展国际经贸合作”讲了哪三点？"""
    name, points = name_of(knowledge), knowledge.values
    if (
        knowledge.cue is None
        or "“" in name
        or _PROPOSED.search(name)
        or not all(balanced(point) for point in points)
    ):
        return
    if len(points) > MOST_POINTS or not (_parallel(points) and _writable(points)):
        return
    if not citations.is_report(knowledge.sentence.article):
        return  # the headings of an essay could have been worded otherwise
    frame = framed(knowledge.sentence, (*knowledge.spans, knowledge.cue), context)
    yield _draft(
        knowledge, frame, f"{frame.anchor}围绕“{name}”讲了哪{chinese(len(points))}点？", points, 0.65
    )


_PROPOSED = re.compile(
    r"[两三四五六七八九十\d][点项条](?:建议|意见|要求|主张|希望|倡议|看法)$"
)  # to whom, on what?
_PREDICATE = re.compile(r"[为是在已正将对给使让]|成为|不断|得到|体现|包括|取得|提供")


def _where(knowledge: Knowledge, name: str) -> str | None:
    """The clause a name of the author's stands in, without the members: 坚持“四措”治水，. None where a member
    stands in it elsewhere, nothing where it says no more than the name."""
    text, own = knowledge.sentence.text, knowledge.spans[0]
    clause = next((c for c in clauses(text) if c.start <= own.start < c.end), own)
    told = _without_members(knowledge, clause)
    if any(member in told for member in knowledge.member_texts):
        return None
    plain = told.strip("，。；：、")
    if not 4 <= len(plain.replace(name, "").strip("“”")) <= LONGEST_CLAUSE or not balanced(plain):
        return None if len(name) <= SHORT_NAME else ""
    rest = plain.removeprefix(f"“{name}”")
    if plain.startswith("“") and not (_PREDICATE.match(rest) or has_verb(tagged(rest))):
        return f"{plain}中的"  # “黄金三角”快速交通网: no clause, a name and its head
    return f"{plain}，"


def _without_members(knowledge: Knowledge, clause: Span) -> str:
    text = knowledge.sentence.text
    inside = knowledge.member_sentence in (None, knowledge.sentence) and all(
        clause.start <= member.start and member.end <= clause.end for member in knowledge.members
    )
    if not inside:
        return clause.of(text)
    first, last = min(m.start for m in knowledge.members), max(m.end for m in knowledge.members)
    name = knowledge.spans[0]
    if text[last : name.start].strip("“"):
        return "“" * (text[name.start - 1] == "“") + text[name.start : clause.end]  # 以……为顶点的“黄金三角”
    return text[clause.start : first] + text[last : clause.end]


_NAMES_SOME = re.compile(
    r"(?:包括|其中有|涵盖|[等如像和与及、])$"
)  # 包括台湾同胞、港澳同胞: these are no qualities


def _writable(points: tuple[str, ...], longest: int = LONGEST_ANSWER) -> bool:
    short = all(2 <= len(point) <= LONGEST_POINT for point in points)
    return short and sum(map(len, points)) <= longest


def _parallel(points: tuple[str, ...]) -> bool:
    """Are all built alike, each with an end of its own? Two “主力军” are no two points."""
    opens = {is_verb(tagged(point)[0]) for point in points}
    ends = {re.sub(r"[“”。；]", "", point)[-3:] for point in points}
    return len(opens) == 1 and len(ends) == len(points)


def _what_sort(knowledge: Knowledge, context: Context) -> Iterator[Draft]:
    """“形成了大气洋气、清新靓丽、中西合璧的城市风格” -> 形成了怎样的城市风格？"""
    sentence, points = knowledge.sentence, knowledge.values
    hull = Span(knowledge.spans[0].start, knowledge.spans[-1].end)
    described = re.match(r"的[\u4e00-\u9fff]{2,10}[，。；]", sentence.text[hull.end :])
    if described is None or not (_describe(points) and contiguous(knowledge)):
        return
    if _NAMES_SOME.search(sentence.text[: hull.start]):
        return
    if context.count(hull.of(sentence.text)) < RECURS:
        return  # said once, it may as well have been said a little otherwise
    end = hull.end + len(described.group())
    frame = framed(sentence, knowledge.spans, context, SHORT)
    if not frame.kept[-1].contains(Span(hull.start, end)):
        return
    frame = replace(frame, kept=(*frame.kept[:-1], Span(frame.kept[-1].start, end)))
    stem = frame.worded(Edit(hull, "怎样")).rstrip("。")
    yield _draft(knowledge, frame, f"{stem}？（请答出{chinese(len(points))}点）", points, 0.6)


def _describe(points: tuple[str, ...]) -> bool:
    """Three to five four-character phrases, not kinds of one thing (工人运动、农民运动)."""
    fours = 3 <= len(points) <= 5 and {len(point) for point in points} == {4}
    return fours and len({point[-2:] for point in points}) > 1


def _numbers_its_name(knowledge: Knowledge) -> bool:
    """深圳、珠海、汕头、厦门四个经济特区: what they are called, others are called as well."""
    last, cue = knowledge.spans[-1], knowledge.cue
    if cue is None or cue.start < last.end:
        return False
    return _NUMBERED.fullmatch(knowledge.sentence.text[last.end : cue.start]) is not None


_NUMBERED = re.compile(  # but 八大支柱产业 is what all of them are called
    "等?(?:[一二两三四五六七八九十]+|\\d+)[个项种类家座条]"
)


def _asking(knowledge: Knowledge, name: str, points: tuple[str, ...], context: Context) -> Iterator[Draft]:
    sizes = sorted(map(len, points))
    if knowledge.kind is KnowledgeKind.LIST and sizes[-1] > max(7, 2 * sizes[0]):
        return  # points of such different size were not cut where the list was
    if not 2 <= len(points) <= 8 or not (all(map(balanced, points)) and _writable(points)):
        return
    if knowledge.kind is KnowledgeKind.LIST and (
        not citations.is_report(knowledge.sentence.article) or _numbers_its_name(knowledge)
    ):
        return  # 千亿级产业集群: of which city? 四个经济特区: of all there are, which four?
    needed = knowledge.spans if knowledge.cue is None else (*knowledge.spans, knowledge.cue)
    frame = framed(knowledge.sentence, needed, context)
    if knowledge.kind is KnowledgeKind.LIST and not frame.anchor:
        return
    many = "两" if len(points) == 2 else chinese(len(points))
    if knowledge.kind is KnowledgeKind.ABBREVIATION:
        where = "" if name in terms() else _where(knowledge, name)
        if where is None:
            return
        home = knowledge.member_sentence or knowledge.sentence
        # What another article of the issue says it is, is not cited as this one's.
        anchor = frame.anchor if home.article.id == knowledge.sentence.article.id else ""
        stem = f"{anchor}{where}“{name}”是指什么？（请答出{many}点）"
    else:
        stem = f"{frame.anchor}{name}包括哪些内容？（请答出{many}点）"
    fit = 0.8 if knowledge.kind is KnowledgeKind.ABBREVIATION else 0.65
    yield replace(_draft(knowledge, frame, stem, points, fit), evidence=gathered(knowledge))

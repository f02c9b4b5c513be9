"""Items -> a study handout: two pages a document of its sentences worth knowing, what is asked in bold.

The surprising decision: a handout is made of the items' evidence, not of their stems, so that it says
nothing its sources do not say, in their own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from studytool.errors import StudyError
from studytool.exports.sheet import pdf
from studytool.exports.sheet.fonts import clean, drawable, printable
from studytool.exports.sheet.layout import LINE, width
from studytool.model import Item, ItemKind, KnowledgeKind, Status

_K = KnowledgeKind
# What a sentence is filed under: the first group one of its items belongs to.
GROUPS: tuple[tuple[str, tuple[KnowledgeKind, ...]], ...] = (
    ("数字缩略语和并列要点", (_K.ABBREVIATION, _K.LIST)),
    ("重要提法", (_K.FORMULATION, _K.QUOTATION, _K.DEFINITION, _K.RULE)),
    ("数据", (_K.FIGURE,)),
    ("时间、会议和事件", (_K.DATE, _K.MEETING, _K.EVENT)),
    ("人物、地点、机构和文件", (_K.PERSON, _K.PLACE, _K.ORGAN, _K.TITLE)),
)
_QUOTED = (ItemKind.CLOZE, ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE, ItemKind.SHORT_ANSWER)
_TWO_PAGES = 88  # lines of text two pages take, headings and gaps between entries included
_GAP = 0.25  # lines between entries


@dataclass(frozen=True)
class Point:
    """A sentence of a source in parts, (text, whether it is asked), and, where the chapter has several
    articles, the one it stands in."""

    parts: tuple[tuple[str, bool], ...]
    source: str


@dataclass(frozen=True)
class Chapter:
    """What the handout says of one document."""

    title: str
    groups: tuple[tuple[str, tuple[Point, ...]], ...]


def handout(items: Iterable[Item], title: str = "学习要点", titles: Mapping[str, str] | None = None) -> bytes:
    """The handout as PDF; `titles` are those of the documents. Raises StudyError when there is nothing."""
    made = chapters(items, titles or {})
    if not made:
        raise StudyError("没有可以印的要点：筛选条件下题库是空的；请放宽条件，或先运行 studytool build")
    pages = {"title": drawable(title), "chapters": made}
    return pdf.typeset("handout.typ", pages)


def chapters(items: Iterable[Item], titles: Mapping[str, str]) -> tuple[Chapter, ...]:
    """The documents in the order of their names, each with its best sentences, in text order."""
    sources: dict[str, dict[str, list[Item]]] = {}
    for item in items:
        told = item.evidence and item.kind in _QUOTED  # what was imported may have no sentence to quote
        if told and item.status is not Status.RETIRED and printable(item):
            sources.setdefault(item.source, {}).setdefault(clean(item.evidence), []).append(item)
    return tuple(_chapter(_once(found), titles.get(name)) for name, found in sorted(sources.items()))


def _once(sentences: dict[str, list[Item]]) -> dict[str, list[Item]]:
    """The same items with each sentence said once: one that stands in another evidence of its article is told
    there."""
    found: dict[str, list[Item]] = {}
    wholes: dict[str, list[str]] = {}
    for evidence in sorted(sentences, key=lambda one: (-len(one), one)):
        longer = wholes.setdefault(sentences[evidence][0].article_id, [])
        whole = next((one for one in longer if evidence in one), evidence)
        if whole is evidence:
            longer.append(evidence)
        found.setdefault(whole, []).extend(sentences[evidence])
    return found


def _chapter(sentences: dict[str, list[Item]], known: str | None) -> Chapter:
    """A document of one article names it once, above; of several, at each sentence."""
    several = len({items[0].article for items in sentences.values()}) > 1
    kept = _best(sentences, several=several)
    grouped = (
        (name, tuple(_point(*pair, named=several) for pair in kept if _group(pair[1]) == name))
        for name, _ in GROUPS
    )
    articles = tuple(dict.fromkeys(clean(items[0].article) for _, items in kept))
    title = f"《{articles[0]}》等{len(articles)}篇" if len(articles) > 1 else _source(kept[0][1][0])
    return Chapter(
        drawable(known) if known and several else title,
        tuple((name, points) for name, points in grouped if points),
    )


def _best(sentences: dict[str, list[Item]], *, several: bool) -> list[tuple[str, list[Item]]]:
    """As many of the best sentences as two pages take, in text order."""
    best = sorted(sentences.items(), key=lambda pair: (-max(item.score for item in pair[1]), pair[0]))
    room = float(_TWO_PAGES)
    kept: list[tuple[str, list[Item]]] = []
    for evidence, items in best:
        source = 0.8 * width(_source(items[0])) + 1 if several else 0
        lines = (width(evidence) + source) // LINE + 1 + _GAP
        if lines <= room or not kept:
            room -= lines
            kept.append((evidence, items))
    return sorted(kept, key=lambda pair: (pair[1][0].ranges[:1], pair[0]))


def _group(items: Sequence[Item]) -> str:
    asked = {item.asks for item in items}
    return next(name for name, kinds in GROUPS if asked & set(kinds))


def _point(evidence: str, items: Sequence[Item], *, named: bool) -> Point:
    """The sentence, with every answer found in it told apart."""
    asked = [False] * len(evidence)
    for answer in {clean(answer) for item in items for answer in item.key}:
        at = evidence.find(answer) if answer else -1
        if at >= 0:
            asked[at : at + len(answer)] = [True] * len(answer)
    parts: list[tuple[str, bool]] = []
    start = 0
    for end in range(1, len(evidence) + 1):
        if end == len(evidence) or asked[end] != asked[start]:
            parts.append((evidence[start:end], asked[start]))
            start = end
    return Point(tuple(parts), _source(items[0]) if named else "")


def _source(item: Item) -> str:
    """《文章》，日期"""
    day, article = item.published_on, clean(item.article)
    parts = (f"《{article}》" if article else "", f"{day.year}年{day.month}月{day.day}日" if day else "")
    return "，".join(filter(None, parts))

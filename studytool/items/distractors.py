"""A key and its frame -> wrong options that tempt and are never also true.

Sources are asked in the order of a table per shape of key; every candidate must pass every guard. What a
source offers is text with its closeness to the key (0–1); the closest are taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from studytool.items import citations, confusables, dates, figures, ladders, siblings
from studytool.items.anchors import looks_back
from studytool.items.asked import DATE_LIKE, FIGURE_LIKE, RANK, Asked, numeric
from studytool.items.context import Context
from studytool.items.forms import normal, pick
from studytool.items.guards import OF_OFFICE, in_frame, sound
from studytool.items.numerals import count_of
from studytool.items.propriety import LEADERS, touchable

WANTED = 3
TEMPTING = 0.62  # a candidate at least this close makes a half-prepared person hesitate


Source = Callable[[Asked, Context], Iterable[tuple[str, float]]]


def _figures(asked: Asked, _: Context) -> Iterator[tuple[str, float]]:
    before = asked.knowledge.sentence.text[: asked.span.start]
    ruled = citations.is_norm(asked.knowledge.sentence.article) and not OF_OFFICE.search(before)
    for text in figures.stepped(asked.key, asked.rank, ruled=ruled):
        yield _printed_as(asked.key, text), 0.8


def _dates(asked: Asked, context: Context) -> Iterator[tuple[str, float]]:
    for text in dates.shifted(asked.key, asked.rank, _newest(asked, context)):
        yield _printed_as(asked.key, text), 0.8


def _newest(asked: Asked, context: Context) -> int | None:
    """The year of the paper: its own, or the last it names."""
    article = asked.knowledge.sentence.article
    if article.published_on:
        return article.published_on.year
    return None if looks_back(article, context) else context.last_year(article.id)


_WIDE_DIGITS = "０１２３４５６７８９"
_WIDE = str.maketrans("0123456789", _WIDE_DIGITS)


def _printed_as(key: str, text: str) -> str:
    """`text` in digits as wide as those of the key, which would stand out beside others: １９７９年."""
    return text.translate(_WIDE) if any(digit in key for digit in _WIDE_DIGITS) else text


def _siblings(asked: Asked, context: Context) -> Iterator[tuple[str, float]]:
    yield from siblings.of_document(asked.knowledge, asked.key, context)


def _family(asked: Asked, context: Context) -> Iterator[tuple[str, float]]:
    return siblings.of_family(asked.key, context)


# 八八战略: a nickname is its number, and 八八计划 or 八八工程 nobody has ever heard of.
# So is 三保障: its number and one word, and 三牵引 is not known to anybody; nor is 两不愁三牵引.
_NICKNAME = re.compile(
    r"[一二三四五六七八九十百千\d+]{2,}[\u4e00-\u9fff]{2}|(?:[一二两三四五六七八九十][\u4e00-\u9fff]{2}){1,3}"
)


def _confusable(asked: Asked, _: Context) -> Iterator[tuple[str, float]]:
    one = asked.knowledge
    if one.kind == "definition" and citations.is_norm(one.sentence.article):
        return  # what a law defines is a word of its own: 登记主题 beside 登记主体 nobody has ever met
    if touchable(asked.key) and not _NICKNAME.fullmatch(asked.key):
        yield from ((variant.text, 0.85) for variant in confusables.variants(asked.key))


def _rivals(asked: Asked, _: Context) -> Iterator[tuple[str, float]]:
    if touchable(asked.key):
        yield from ((text, 0.95) for text in confusables.rivals(asked.key))


def _counted(asked: Asked, _: Context) -> Iterator[tuple[str, float]]:
    if touchable(asked.key):
        yield from ((text, 0.7) for text in confusables.recounted(asked.key))


SOURCES: Mapping[str, tuple[Source, ...]] = {
    "date": (_dates,),
    "figure": (_figures,),
    "none": (),
    "rank": (_rivals,),
    "duty": (
        _rivals,
        _family,
    ),  # 守法证件 beside 执法证件 tempts nobody, 测量标识 beside 测量标志 is no other thing
    "name": (_siblings, _family),
    "words": (_rivals, _siblings, _family, _confusable, _counted),
}
_BY_KIND = {  # where the key has no shape of its own
    **dict.fromkeys(("person", "place", "organ", "title", "event", "meeting"), "name"),
    **dict.fromkeys(("figure", "date"), "none"),  # 20%到300%: not one figure
    "rule": "duty",
}


def shape(asked: Asked) -> str:
    """Which row of SOURCES serves this key."""
    if DATE_LIKE.match(asked.key) and asked.knowledge.kind in ("date", "figure", "rule"):
        return "date" if asked.knowledge.kind == "date" or "年" not in asked.key[1:3] else "figure"
    if asked.knowledge.sentence.text[asked.span.end :].startswith("级"):
        return "none"  # 25万吨级: classes come in steps of their own
    if asked.key.endswith("千伏"):
        return "none"  # so do the voltages of lines
    counted = FIGURE_LIKE.match(asked.key) and asked.knowledge.kind in ("figure", "rule", "date")
    if counted or ladders.ladder(asked.key, 0):  # 每季度 has no figure, and its rungs
        return "figure"
    if RANK.fullmatch(asked.key):
        return "rank"
    return _BY_KIND.get(asked.knowledge.kind, "words")


def _offered(asked: Asked, context: Context) -> tuple[tuple[tuple[str, float, bool], ...], ...]:
    """What each source offers, and whether it is sound: the same for every kind and width of item."""
    one = asked.knowledge
    name = ("offered", one.kind, one.cue, asked.span, *context.place_of(one.sentence))
    return context.recall(name, lambda: tuple(_judged(s, asked, context) for s in SOURCES[shape(asked)]))


def _judged(source: Source, asked: Asked, context: Context) -> tuple[tuple[str, float, bool], ...]:
    newest = _newest(asked, context) or dates.FAR_AHEAD
    return tuple(
        (text, near, (dates.year_of_congress(text) or 0) <= newest and sound(text, asked, context))
        for text, near in source(asked, context)
    )


def chosen(asked: Asked, context: Context, count: int = WANTED) -> tuple[tuple[str, ...], float]:
    """Up to `count` wrong options and their mean closeness."""
    found: dict[str, float] = {}
    if LEADERS.search(asked.key):
        return (), 0.0  # nothing but a leader's own name or theory may stand in such a place
    for source, candidates in zip(SOURCES[shape(asked)], _offered(asked, context), strict=True):
        if source is _siblings and len(found) > 1:
            continue  # beside 政治建设 and 文化建设 no 载体建设
        for text, closeness, passes in candidates:
            if passes and text not in found and not in_frame(text, asked) and not _twin(text, found):
                found[text] = closeness
            if len(found) >= count * 4:
                break
    found = _alike(found, asked, count)
    best = sorted(found, key=lambda text: -found[text])[:count]
    if count > 1 and sum(found[text] >= TEMPTING for text in best) < 2:
        return (), 0.0
    return tuple(best), sum(found[text] for text in best) / len(best) if best else 0.0


def _alike(found: dict[str, float], asked: Asked, count: int) -> dict[str, float]:
    """Beside 三个区分开来 three other abbreviations, or three other numbers of it: one of either tells."""
    if asked.knowledge.kind != "abbreviation":
        return found
    rest = _COUNT.sub("", asked.key, count=1)
    counted = {text: near for text, near in found.items() if _COUNT.sub("", text, count=1) == rest}
    mixed = 0 < len(found) - len(counted) < count <= len(counted)
    return counted if mixed else found


def _twin(text: str, found: Iterable[str]) -> bool:
    """Nearly the same as one taken already: contained in it, or it in this one."""
    if numeric(text):
        return False
    return any(normal(text) in normal(other) or normal(other) in normal(text) for other in found)


_DURATION = re.compile(
    r"(?P<half>半)年|(?P<count>[一二两三四五六七八九十]+|\d+)(?P<unit>年|个月)(?P<more>半)?"
)


def _months(duration: str) -> float:
    """How long: 半年, 一年半, 三个月."""
    match = _DURATION.fullmatch(duration)
    if match is None or match["half"]:
        return 6
    unit = 12 if match["unit"] == "年" else 1
    return (count_of(match["count"]) + (0.5 if match["more"] else 0)) * unit


_COUNT = re.compile(r"^第?([首一二两三四五六七八九十百]+|\d+)")
_INNER_COUNT = re.compile(r"(?<=[党第届的])([一二三四五六七八九十百]+|\d+)(?=[大届次条])")


def _counted_by(text: str) -> str:
    """六 of 六链五群: options that differ in it alone stand in its order."""
    match = _COUNT.match(text) or _INNER_COUNT.search(text)
    return match[1] if match else "0"


def in_order(options: Iterable[str], key: str, asked: Asked) -> tuple[str, ...]:
    """Options as shown: figures and dates ascending, others with the key at its hashed place."""
    shown = list(options)
    if all(map(DATE_LIKE.match, shown)):
        return tuple(sorted(shown, key=dates.order))
    if climbed := ladders.climbing(shown):
        return climbed
    if all(map(_DURATION.fullmatch, shown)):
        return tuple(sorted(shown, key=_months))
    if all(figures.magnitude(o) is not None for o in shown) and numeric(key) and not DATE_LIKE.match(key):
        return tuple(sorted(shown, key=lambda o: figures.magnitude(o) or 0))
    for counted in (_COUNT, _INNER_COUNT):
        if len({counted.sub("_", o, count=1) for o in shown}) == 1 and all(map(counted.search, shown)):
            return tuple(sorted(shown, key=lambda o: count_of(_counted_by(o))))
    others = sorted((o for o in shown if o != key), key=lambda o: pick(1 << 30, key, o))
    place = min(asked.rank, len(others))
    return (*others[:place], key, *others[place:])

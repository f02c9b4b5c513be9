"""A key and its frame -> wrong options that tempt and are never also true.

Sources are asked in the order of a table per shape of key; every candidate must pass every guard. What a
source offers is text with its closeness to the key (0–1); the closest are taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from studytool.items import confusables, dates, figures, siblings
from studytool.items.context import Context
from studytool.items.forms import normal, pick
from studytool.items.numerals import with_arabic
from studytool.items.propriety import LEADERS, touchable
from studytool.items.stems import Frame
from studytool.model import Knowledge, Span

WANTED = 3
TEMPTING = 0.62  # a candidate at least this close makes a half-prepared person hesitate


@dataclass(frozen=True)
class Asked:
    """What a wrong option is wanted for: `key` at `span` of the frame's sentence.

    What every candidate is held against is worked out once."""

    knowledge: Knowledge
    frame: Frame
    key: str
    span: Span

    @property
    def rank(self) -> int:
        """How many options shall stand before the key: hashed, so that no place is favoured."""
        return pick(4, self.key, self.evidence)

    @cached_property
    def numeric(self) -> bool:
        return _numeric(self.key)

    @cached_property
    def form(self) -> str:
        """The key in normal form."""
        return normal(self.key)

    @cached_property
    def evidence(self) -> str:
        """The sentence in normal form."""
        return normal(self.knowledge.sentence.text)

    @cached_property
    def said(self) -> str:
        """The frame's words in normal form."""
        return normal(self.frame.worded())

    @cached_property
    def beside(self) -> tuple[str, str]:
        """What stands right before and right behind the key, within its clause."""
        text, span = self.knowledge.sentence.text, self.span
        before, after = text[max(0, span.start - 3) : span.start], text[span.end :][:3]
        return re.split(r"[，。；、：]", before)[-1], re.split(r"[，。；、：]", after)[0]


Source = Callable[[Asked, Context], Iterable[tuple[str, float]]]


def _figures(asked: Asked, _: Context) -> Iterator[tuple[str, float]]:
    for text in figures.stepped(asked.key, asked.rank):
        yield text, 0.8


def _dates(asked: Asked, _: Context) -> Iterator[tuple[str, float]]:
    newest = asked.knowledge.sentence.article.published_on
    for text in dates.shifted(asked.key, asked.rank, newest):
        yield text, 0.8


def _siblings(asked: Asked, context: Context) -> Iterator[tuple[str, float]]:
    yield from siblings.of_document(asked.knowledge, asked.key, context)


def _family(asked: Asked, context: Context) -> Iterator[tuple[str, float]]:
    yield from siblings.of_family(asked.key, context)


def _confusable(asked: Asked, _: Context) -> Iterator[tuple[str, float]]:
    if touchable(asked.key):
        yield from ((variant.text, 0.85) for variant in confusables.variants(asked.key))


def _rivals(asked: Asked, _: Context) -> Iterator[tuple[str, float]]:
    if touchable(asked.key):
        yield from ((text, 0.95) for text in confusables.rivals(asked.key))


def _counted(asked: Asked, _: Context) -> Iterator[tuple[str, float]]:
    if touchable(asked.key):
        yield from ((text, 0.7) for text in confusables.recounted(asked.key))


FIGURE_LIKE = re.compile(
    r"^[^\d]{0,3}\d[\d,.]*[^\d]{0,6}$|^[一二两三四五六七八九十百]+(?:个|名|次|人|家|年|月|日|票|件|项|岁|倍|成|分之)[\u4e00-\u9fff]{0,4}$"
)
DATE_LIKE = re.compile(r"^(?:[\d〇零一二三四五六七八九]{4}年|\d{1,2}月|[一二三四五六七八九十]{1,2}月)")

SOURCES: Mapping[str, tuple[Source, ...]] = {
    "date": (_dates,),
    "figure": (_figures,),
    "none": (),
    "name": (_siblings, _family),
    "words": (_rivals, _siblings, _family, _confusable, _counted),
}
_NAMES = frozenset(("person", "place", "organ", "title", "event", "meeting"))


def shape(asked: Asked) -> str:
    """Which row of SOURCES serves this key."""
    if DATE_LIKE.match(asked.key) and asked.knowledge.kind in ("date", "figure", "rule"):
        return "date" if asked.knowledge.kind == "date" or "年" not in asked.key[1:3] else "figure"
    if asked.knowledge.sentence.text[asked.span.end :].startswith("级"):
        return "none"  # 25万吨级: classes come in steps of their own
    if FIGURE_LIKE.match(asked.key) and asked.knowledge.kind in ("figure", "rule", "date"):
        return "figure"
    if asked.knowledge.kind in ("figure", "date"):
        return "none"  # 20%到300%: not one figure
    return "name" if asked.knowledge.kind in _NAMES else "words"


# ---- guards: what makes a candidate unfit ---------------------------------------------------------


def _repeats_key(text: str, asked: Asked, _context: Context) -> bool:
    one, other = normal(text), asked.form
    return one == other or (not asked.numeric and (one in other or other in one))


def _expands_key(text: str, asked: Asked, _context: Context) -> bool:
    """绿色低碳发展 for 绿色发展: the same thing said longer or shorter."""
    if asked.numeric:
        return False
    one, other = sorted((normal(text), asked.form), key=len)
    rest = iter(other)
    return len(one) < len(other) and all(char in rest for char in one)


def _in_sentence(text: str, asked: Asked, _context: Context) -> bool:
    return _stands(normal(text), asked.evidence) if asked.numeric else normal(text) in asked.evidence


def _in_frame(text: str, asked: Asked) -> bool:
    return _stands(normal(text), asked.said) if asked.numeric else normal(text) in asked.said


def _stands(figure: str, text: str) -> bool:
    """Does `figure` stand in `text`, not as the end of a longer number?"""
    at = text.find(figure)
    while at > 0 and text[at - 1] in "0123456789.":
        at = text.find(figure, at + 1)
    return at >= 0


def _true_elsewhere(text: str, asked: Asked, context: Context) -> bool:
    """Another true value of the same measure."""
    cue = asked.knowledge.cue
    if cue is None:
        return False
    return normal(text) in context.measured.get(normal(cue.of(asked.knowledge.sentence.text)), ())


def _fills_frame(text: str, asked: Asked, context: Context) -> bool:
    """The document has these words after the same words, or before the same words (C2, C5)."""
    if asked.numeric:
        return False
    before, after = asked.beside
    return any(
        len(re.sub(r"[“”《》]", "", side)) >= 2 and joined in context.text
        for side, joined in ((before, before + text), (after, text + after))
    )


def _doubles_neighbour(text: str, asked: Asked, _context: Context) -> bool:
    """“…作用作用”: the option repeats the word it stands beside."""
    sentence = asked.knowledge.sentence.text
    after, before = sentence[asked.span.end :], sentence[: asked.span.start]
    return any(after.startswith(text[-n:]) or before.endswith(text[:n]) for n in (2, 3) if len(text) > n)


def _unlike(text: str, asked: Asked, _context: Context) -> bool:
    """Another form: length, marks."""
    if asked.numeric:
        return abs(len(text) - len(asked.key)) > 2
    gap = abs(len(text) - len(asked.key))
    return gap > max(2, len(asked.key) // 2 if len(asked.key) < 6 else len(asked.key) // 3) or (
        text[:1] in "“《"
    ) != (asked.key[:1] in "“《")


_AT_LEAST = re.compile(r"超|突破|以上|至少|不少于|不低于|高于|大于|不小于")
_AT_MOST = re.compile(r"不足|以内|以下|不超过|不高于|至多|低于|少于|不大于")


def _not_yet(text: str, asked: Asked, context: Context) -> bool:
    """全国人大 in 1948: no such body was there yet."""
    founded = FOUNDED.get(text)
    year = context.year_of(asked.knowledge.sentence) if founded else None
    return founded is not None and year is not None and year < founded


FOUNDED = {  # when bodies that serve as wrong options came to be
    "全国人大": 1954,
    "国务院": 1954,
    "全国政协": 1949,
    "中央纪委": 1949,
    "最高人民法院": 1949,
    "最高人民检察院": 1949,
    "中央政法委": 1980,
    "中央党校": 1955,
    "民政部": 1978,
    "科技部": 1998,
    "商务部": 2003,
}


def _within_bound(text: str, asked: Asked, _context: Context) -> bool:
    """“超过500家” is true of 400 as well."""
    if asked.knowledge.kind != "figure":
        return False
    one, other = figures.magnitude(asked.key), figures.magnitude(text)
    if one is None or other is None:
        return False
    sentence = asked.knowledge.sentence.text
    around = sentence[max(0, asked.span.start - 3) : asked.span.end + 2]
    if _AT_MOST.search(around):
        return other > one
    return other < one and _AT_LEAST.search(around) is not None


def _numeric(key: str) -> bool:
    return bool(FIGURE_LIKE.match(key) or DATE_LIKE.match(key))


GUARDS: tuple[tuple[str, Callable[[str, Asked, Context], bool]], ...] = (
    ("repeats_key", _repeats_key),
    ("expands_key", _expands_key),
    ("in_sentence", _in_sentence),
    ("true_elsewhere", _true_elsewhere),
    ("fills_frame", _fills_frame),
    ("doubles_neighbour", _doubles_neighbour),
    ("unlike", _unlike),
    ("within_bound", _within_bound),
    ("not_yet", _not_yet),
)


def fit(text: str, asked: Asked, context: Context) -> bool:
    """Does `text` pass every guard?"""
    return _sound(text, asked, context) and not _in_frame(text, asked)


def _sound(text: str, asked: Asked, context: Context) -> bool:
    """Does `text` pass the guards, whatever of the sentence the frame keeps?"""
    return not any(guard(text, asked, context) for _, guard in GUARDS)


def _offered(asked: Asked, context: Context) -> tuple[tuple[tuple[str, float, bool], ...], ...]:
    """What each source offers, and whether it is sound: the same for every kind and width of item."""
    one = asked.knowledge
    name = ("offered", one.kind, one.cue, asked.span, one.sentence.text, *context.place_of(one.sentence))
    return context.recall(name, lambda: tuple(_judged(s, asked, context) for s in SOURCES[shape(asked)]))


def _judged(source: Source, asked: Asked, context: Context) -> tuple[tuple[str, float, bool], ...]:
    return tuple((text, near, _sound(text, asked, context)) for text, near in source(asked, context))


def chosen(asked: Asked, context: Context, count: int = WANTED) -> tuple[tuple[str, ...], float]:
    """Up to `count` wrong options and their mean closeness."""
    found: dict[str, float] = {}
    if LEADERS.search(asked.key):
        return (), 0.0  # nothing but a leader's own name or theory may stand in such a place
    for source, candidates in zip(SOURCES[shape(asked)], _offered(asked, context), strict=True):
        if source is _siblings and len(found) > 1:
            continue  # beside 政治建设 and 文化建设 no 载体建设
        for text, closeness, sound in candidates:
            if sound and text not in found and not _in_frame(text, asked) and not _twin(text, found):
                found[text] = closeness
            if len(found) >= count * 4:
                break
    best = sorted(found, key=lambda text: -found[text])[:count]
    if count > 1 and sum(found[text] >= TEMPTING for text in best) < 2:
        return (), 0.0
    return tuple(best), sum(found[text] for text in best) / len(best) if best else 0.0


def _twin(text: str, found: Iterable[str]) -> bool:
    """Nearly the same as one taken already: contained in it, or it in this one."""
    if _numeric(text):
        return False
    return any(normal(text) in normal(other) or normal(other) in normal(text) for other in found)


_COUNT = re.compile(r"^第?([一二两三四五六七八九十百]+|\d+)")


def _counted_by(text: str) -> str:
    """六 of 六链五群: options that differ in it alone stand in its order."""
    match = _COUNT.match(text)
    return match[1] if match else "0"


def in_order(options: Iterable[str], key: str, asked: Asked) -> tuple[str, ...]:
    """Options as shown: figures and dates ascending, others with the key at its hashed place."""
    shown = list(options)
    if all(figures.magnitude(o) is not None for o in shown) and _numeric(key) and not DATE_LIKE.match(key):
        return tuple(sorted(shown, key=lambda o: figures.magnitude(o) or 0))
    if all(DATE_LIKE.match(o) for o in shown):
        return tuple(sorted(shown, key=dates.order))
    if len({_COUNT.sub("_", o, count=1) for o in shown}) == 1 and all(map(_COUNT.match, shown)):
        return tuple(sorted(shown, key=lambda o: int(with_arabic(_counted_by(o).replace("两", "二")))))
    others = sorted((o for o in shown if o != key), key=lambda o: pick(1 << 30, key, o))
    place = min(asked.rank, len(others))
    return (*others[:place], key, *others[place:])

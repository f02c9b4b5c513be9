"""A span in its sentence -> the names of what is true of it; a weight is learned for each name.

The features fall into three heaps, because that is what makes ranking fast: what depends on the left
edge alone, on the right edge alone (both reckoned once per edge, not once per span), and on the two
together. A model is linear in them, so every score can be explained as a sum of named reasons.

A name is one character for what was looked at and then what was found (`a坚持`: the word before is
坚持); they are that short because some thirty thousand of them are shipped. Whoever changes a feature
trains anew (`tests/tools/train_ranker.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from math import log1p

from studytool.ranker.candidates import Candidate
from studytool.ranker.scene import Scene, Series, coarse

_DATE = re.compile(r"[0-9一二三四五六七八九十〇]年|[0-9]月|[0-9]日")
_DIGIT = re.compile(r"[0-9]")
_RANKING_WORD = re.compile(
    r"最|首要|首先|第一|根本|核心|关键|本质|基础|总|主题|主线|灵魂|生命线|基石|重点|保证|前提"
)
_IS = frozenset({"是", "为", "成为", "作为", "即"})
_AND = frozenset({"和", "与", "及", "或", "、"})
Count = Callable[[str], int]
Lists = Callable[[str], str]

_LONGEST_TEXT = 10  # longer spans do not recur: their text is not worth a name


def step(value: float, *edges: float) -> int:
    """The number of the bucket a value falls into."""
    return bisect_left(edges, value)


def left_features(scene: Scene, candidate: Candidate) -> Iterator[str]:
    """What is true of a span because it begins where it does."""
    before, before2, _, _ = scene.around(candidate)
    first, start = scene.words[candidate.first], candidate.start
    tag, tag1, tag2 = coarse(first), coarse(before), coarse(before2)
    yield f"a{before.text}"
    yield f"b{tag1}"
    yield f"c{tag1}{tag}"
    yield f"d{tag2}{tag1}"
    yield f"e{before2.text}{before.text}"
    yield f"f{first.text}"
    yield f"g{tag}"
    yield f"h{before.text}|{first.text}"
    yield f"i{before.text}|{tag}"
    yield f"j{tag1}|{first.text}"
    text = scene.text
    yield f"u{text[start]}"
    yield f"v{text[start : start + 2]}"
    yield f"x{text[start - 1] if start else '^'}{text[start]}"
    yield from _place(scene, candidate, start)


def _place(scene: Scene, candidate: Candidate, start: int) -> Iterator[str]:
    """Where in the sentence a span begins: its clause, and whether somebody has been quoted by then."""
    number = scene.clause_of[candidate.first]
    from_end = min(len(scene.clauses) - 1 - number, 5)
    attributed = scene.attribution
    behind = start - attributed if attributed else -1
    style = "A" if attributed else "B"
    quotes, commas, stops = scene.quotes_and_stops
    said = bisect_left(scene.sentence_ends, start)
    yield f"k{step(start - scene.clauses[number].start, 0, 1, 2, 4, 8, 16)}"
    yield f"l{int(start == 0)}{style}"
    yield f"m{min(number, 5)}"
    yield f"n{from_end}"
    yield f"o{step(behind, -1, 0, 1, 10, 20, 40, 80)}"
    yield f"p{int(bool(attributed) and start < attributed)}"
    yield f"q{min(said, 3)}{stops}{style}"
    yield f"r{step(start / len(scene.text), 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)}"
    yield f"s{scene.enclosed[start]}{quotes}{style}"
    yield f"t{commas}{int(scene.series[number] is not None)}"


def right_features(scene: Scene, candidate: Candidate) -> Iterator[str]:
    """What is true of a span because it ends where it does."""
    _, _, behind, behind2 = scene.around(candidate)
    last, end = scene.words[candidate.last], candidate.end
    tag, tag1, tag2 = coarse(last), coarse(behind), coarse(behind2)
    number = scene.clause_of[candidate.last]
    yield f"A{behind.text}"
    yield f"B{tag1}"
    yield f"C{tag}{tag1}"
    yield f"D{tag1}{tag2}"
    yield f"E{behind.text}{behind2.text}"
    yield f"F{last.text}"
    yield f"G{tag}"
    yield f"H{last.text}|{behind.text}"
    yield f"I{behind.text}|{tag}"
    yield f"J{tag1}|{last.text}"
    yield f"K{step(scene.clauses[number].end - end, 0, 1, 2, 4, 8, 16)}"
    yield f"L{step(len(scene.text) - end, 0, 1, 2, 4, 8, 16, 32)}"
    yield f"M{int(bool(_RANKING_WORD.search(scene.text, end, end + 12)))}"
    text = scene.text
    yield f"y{text[end - 1]}"
    yield f"z{text[max(0, end - 2) : end]}"
    yield f"N{text[end - 1]}{text[end] if end < len(text) else '$'}"


def joint_features(scene: Scene, candidate: Candidate, count: Count, lists: Lists) -> Iterator[str]:
    """What is true of a span because of both its edges; `count` tells how often political texts have a
    string, `lists` which lists of official terms and names do (one letter each)."""
    yield from _shape(scene, candidate)
    yield from _phrase(scene.text, candidate, count)
    yield from _term(scene.text[candidate.start : candidate.end], lists)
    yield from _frame(scene, candidate)
    yield from _marks(scene, candidate)
    yield from _repetition(scene, candidate)
    series = scene.series[scene.clause_of[candidate.first]]
    if series is not None:
        yield from _membership(scene.text, candidate, series)


def _shape(scene: Scene, candidate: Candidate) -> Iterator[str]:
    """Length, tags and text of the span itself."""
    start, end, first, last, cut = candidate
    words = scene.words[first : last + 1]
    size, count = min(end - start, 12), last - first + 1
    tags = " ".join(scene.tags[first : last + 1])
    lengths = "".join(str(min(len(word.text), 9)) for word in words)
    text = scene.text[start:end]
    yield f"0{size}.{count}"
    yield f"1{size}"
    yield f"2{tags}"
    yield f"3{tags}{lengths}"
    yield f"4{lengths}"
    yield f"5{cut}{size}"
    if size <= _LONGEST_TEXT:
        yield f"6{text}"
    if _DIGIT.search(text):
        yield f"7{int(bool(_DATE.search(text)))}{size}"
    yield f"8{int('的' in text)}{count}"
    yield f"9{int(bool(_RANKING_WORD.search(text)))}{int(scene.ranking[scene.clause_of[first]])}"
    verbs = sum(tag == "v" for tag in scene.tags[first : last + 1])
    loose = sum(tag in "udpcrf" for tag in scene.tags[first : last + 1])
    yield f"+{verbs}{loose}{count}"


def _phrase(text: str, candidate: Candidate, count: Count) -> Iterator[str]:
    """Whether it is a phrase of political texts, and a whole one: the same words mostly stand in it
    without the character before it, or the one behind it."""
    start, end = candidate.start, candidate.end
    often = count(text[start:end])
    if not often:
        return
    size, level = min(end - start, 12), log1p(often)
    left = step(level - log1p(count(text[start - 1 : end] if start else "")), 0, 0.3, 0.7, 1, 2, 3)
    right = step(level - log1p(count(text[start : end + 1] if end < len(text) else "")), 0, 0.3, 0.7, 1, 2, 3)
    yield f"\\{int(level)}.{size}"
    yield f"^{int(level)}"
    yield f"'{left}{right}"
    yield f"Y{left}.{size}"
    yield f"Z{right}.{size}"


def _term(text: str, lists: Lists) -> Iterator[str]:
    """The characters at both ends (“…主义”, “…性” are terms), and whether it is a term on a list."""
    size = min(len(text), 8)
    yield f"O{text[-1]}{size}"
    yield f"P{text[0]}{text[-1]}"
    listed = lists(text)
    if listed:
        for name in listed:
            yield f"R{name}"
        yield f"S{listed}"
        yield f"T{size}"


def _frame(scene: Scene, candidate: Candidate) -> Iterator[str]:
    """The words on both sides at once."""
    before, _, behind, _ = scene.around(candidate)
    size = min(candidate.end - candidate.start, 12)
    tag1, tag2 = coarse(before), coarse(behind)
    tags = " ".join(scene.tags[candidate.first : candidate.last + 1])
    yield f"!{tag1}|{tag2}"
    yield f'"{tag1}|{size}|{tag2}'
    yield f"#{tag1}|{tags}|{tag2}"
    yield f"${before.text}|{behind.text}"
    yield f"%{before.text}|{size}"
    yield f"&{behind.text}|{size}"
    yield f"({before.text}|{tag2}"
    yield f"){tag1}|{behind.text}"
    clause = scene.clauses[scene.clause_of[candidate.first]]
    at, left = candidate.start - clause.start, clause.end - candidate.end
    yield f"*{min(at, 3)}{min(left, 3)}"
    yield f",{int(before.text in _IS)}{min(left, 2)}{int(behind.text in _IS)}{min(at, 2)}"
    yield f"-{int(before.text in _AND)}{int(behind.text in _AND)}"


def _marks(scene: Scene, candidate: Candidate) -> Iterator[str]:
    """Quotation marks, title marks and 、 at its edges."""
    text, size = scene.text, min(candidate.end - candidate.start, 12)
    before = text[candidate.start - 1] if candidate.start else "^"
    behind = text[candidate.end] if candidate.end < len(text) else "$"
    inside = scene.enclosed[candidate.start]
    opened, closed = int(before in "“《‘"), int(behind in "”》’")
    if inside or opened or closed:
        yield f".{inside}{opened}{closed}"
        yield f"/{inside}{opened & closed}{size}"
        yield f":{inside}{opened & closed}{scene.quotes_and_stops[0]}"
    after, ahead = int(before == "、"), int(behind == "、")
    if after or ahead:
        yield f";{after}{ahead}{size}"
        yield f"<{after}{ahead}{candidate.last - candidate.first}"


def _repetition(scene: Scene, candidate: Candidate) -> Iterator[str]:
    """Whether the sentence gives the span away elsewhere."""
    share = scene.repeated_share(candidate.start, candidate.end)
    if share:
        yield f"={step(share, 0.3, 0.6, 0.99)}"
        before, behind = scene.given_away(candidate.start, candidate.end)
        if before or behind:
            yield f">{before}{behind}"
            yield f"?{int(before > 0)}{int(behind > 0)}{min(candidate.end - candidate.start, 8)}"


def _membership(text: str, candidate: Candidate, series: Series) -> Iterator[str]:
    """Whether it is a member of an enumeration, which one, and how alike the others are."""
    start, end, size = candidate.start, candidate.end, candidate.end - candidate.start
    members = series.members
    index = next((k for k, member in enumerate(members) if start >= member.start and end <= member.end), -1)
    if index < 0:
        return
    begins, ends = start == members[index].start, end == members[index].end
    outer_left, outer_right = index == 0, index == len(members) - 1
    fit = (
        1
        if begins and ends
        else 2
        if (begins and outer_right) or (ends and outer_left)
        else int(begins or ends) * 3
    )
    others = max(1, len(members) - 1)
    alike_end = step((series.lasts[text[end - 1]] - 1) / others, 0, 0.4, 0.9) if ends else 4
    alike_start = step((series.firsts[text[start]] - 1) / others, 0, 0.4, 0.9) if begins else 4
    yield f"@{fit}{min(len(members), 6)}"
    yield f"[{fit}{min(index, 5)}"
    yield f"]{fit}{min(series.lengths[size], 3)}"
    yield f"~{fit}{min(size, 12)}"
    yield f"`{fit}{min(len(members) - 1 - index, 5)}"
    yield f"{{{fit}{alike_end}{alike_start}"

"""One article and its items -> a worksheet: its text with blanks in place, the answers on the last page.

The surprising decision: a sentence gets one blank and a paragraph a few; a text full of holes is no
reading. And an answer that can be read elsewhere in the article is not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from studytool.errors import StudyError
from studytool.exports.sheet import pdf
from studytool.exports.sheet.fonts import clean, drawable, printable
from studytool.exports.sheet.layout import Piece, blank_width
from studytool.model import BLANK, Item, ItemKind, Role, Status

_SPACING = 70  # characters of a paragraph for each of its blanks
_MOST = 4  # blanks in a paragraph, however long
_LONG = 3  # characters from which an answer read elsewhere is an answer given away


@dataclass(frozen=True)
class Heads:
    """What stands above the text."""

    article: str
    byline: str | None
    published_on: str | None
    title: str = "填空练习"


@dataclass(frozen=True)
class Gap:
    """A place in a text that is left blank."""

    start: int
    end: int
    item: Item


@dataclass(frozen=True)
class Text:
    """A paragraph as printed; the numbers of its blanks stand in their pieces."""

    pieces: tuple[Piece, ...]
    heading: bool


def worksheet(heads: Heads, paragraphs: Sequence[tuple[str, str]], items: Iterable[Item]) -> bytes:
    """The worksheet as PDF; `paragraphs` are texts with their roles."""
    texts, answers = blanked(paragraphs, items)
    if not answers:
        raise StudyError(f"《{heads.article}》没有可以挖空的题：请换一篇，或放宽筛选条件")
    about = "　".join(filter(None, (heads.byline, heads.published_on)))
    pages = {
        "title": drawable(heads.title),
        "article": drawable(heads.article),
        "about": drawable(about),
        "texts": texts,
        "answers": list(enumerate(answers, 1)),
    }
    return pdf.typeset("worksheet.typ", pages)


def blanked(
    paragraphs: Sequence[tuple[str, str]], items: Iterable[Item]
) -> tuple[tuple[Text, ...], tuple[str, ...]]:
    """The paragraphs with their blanks, and the answers in order."""
    cleaned = [(clean(text), role) for text, role in paragraphs]
    whole = "\n".join(text for text, _ in cleaned)
    kept = [item for item in items if _can_be_blanked(item, whole)]
    kept.sort(key=lambda item: (-item.score, item.id))
    families: set[str] = set()
    texts: list[Text] = []
    answers: list[str] = []
    for text, role in cleaned:
        is_heading = role == Role.HEADING
        gaps = () if is_heading else _gaps(text, kept, families)
        texts.append(Text(tuple(_pieces(text, gaps, len(answers))), is_heading))
        answers += [text[gap.start : gap.end] for gap in gaps]
    return tuple(texts), tuple(answers)


def _can_be_blanked(item: Item, whole: str) -> bool:
    """Whether it is a blank with one answer, which the rest of the article does not give away."""
    if item.kind is not ItemKind.CLOZE or item.status is Status.RETIRED or len(item.key) != 1:
        return False
    answer = clean(item.key[0])
    return printable(item) and (len(answer) < _LONG or whole.count(answer) == 1)


def _gaps(text: str, items: Sequence[Item], families: set[str]) -> tuple[Gap, ...]:
    """The best few gaps of a paragraph, in text order; the families they belong to are used up."""
    room = min(_MOST, max(1, len(text) // _SPACING))
    chosen: list[Gap] = []
    for item in items:
        gap = None if item.family in families or len(chosen) == room else _gap(text, item)
        if gap and all(gap.end < other.start or other.end < gap.start for other in chosen):
            chosen.append(gap)
            families.add(item.family)
    return tuple(sorted(chosen, key=lambda gap: gap.start))


def _gap(text: str, item: Item) -> Gap | None:
    """Where the item's answer stands in a paragraph: in its evidence, between the words of its stem."""
    evidence, answer = clean(item.evidence), clean(item.key[0])
    at = text.find(evidence)
    if at < 0:
        return None
    before, _, after = clean(item.stem).partition(BLANK)
    found = [
        start
        for start in _places(evidence, answer)
        if _meets(evidence[:start], before) and _meets(evidence[start + len(answer) :][::-1], after[::-1])
    ]
    return Gap(at + found[0], at + found[0] + len(answer), item) if len(found) == 1 else None


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _meets(text: str, stem: str) -> bool:
    """Whether a text ends as the stem does beside its blank; a stem may begin or end there."""
    return not stem or not text or text[-1] == stem[-1]


def _pieces(text: str, gaps: Sequence[Gap], answered: int) -> Iterator[Piece]:
    at = 0
    for number, gap in enumerate(gaps, answered + 1):
        if gap.start > at:
            yield Piece("text", drawable(text[at : gap.start]))
        yield Piece("blank", str(number), blank_width(text[gap.start : gap.end]))
        at = gap.end
    if at < len(text):
        yield Piece("text", drawable(text[at:]))

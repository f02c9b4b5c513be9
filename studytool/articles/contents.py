"""Lines -> the pages that only list or imprint: contents page, masthead, imprint; what they tell.

They are no prose, but they are evidence: the titles of the articles to come, the publisher, the day.
The surprising decision: a contents page ends where its lines no longer return later in the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from studytool.articles import dates, furniture
from studytool.articles.lines import HAN, holds_sentences, spaced
from studytool.articles.looks import Look, Seen

_LETTERS = re.compile(rf"[^{HAN}A-Za-z0-9]")
_LONG_SENTENCE = 40  # characters
_PAGE = re.compile(r"^\d{1,3} ")
_WRITERS = re.compile(r" ?[/／] ?[\u4e00-\u9fff· ]{2,30}$")
_NUMBER = re.compile(r"^(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]|[■●◆·])+")
# The publisher's name, from the first of these that the imprint has.
_PUBLISHERS = tuple(
    re.compile(rf"(?m)^{label}[\s:：/]+(\S{{4,30}})")
    for label in ("编辑出版", "出版(?:单位)?", "主\\s?办(?:单位)?", "主管主办")
)


@dataclass(frozen=True, slots=True)
class Front:
    """What contents page and imprint say; `dropped` are the indices of their lines."""

    dropped: frozenset[int] = frozenset()
    titles: frozenset[str] = frozenset()
    publisher: str | None = None
    published_on: date | None = None


def letters(text: str) -> str:
    """The wording of a title without numbers before it, punctuation and spaces."""
    return _LETTERS.sub("", _NUMBER.sub("", text))


def _entry(one: Seen) -> str:
    """The wording of an entry without the page before it and its writers behind it: 04 标题 / 王建国."""
    return letters(_WRITERS.sub("", _PAGE.sub("", spaced(one.line))))


def read_front(seen: Sequence[Seen]) -> Front:
    """Finds the contents page and the imprint, if the document has them."""
    where = {i: letters(s.text) for i, s in enumerate(seen) if len(s.text) <= 70}
    last = {key: index for index, key in where.items()}
    dropped: set[int] = set()
    titles: set[str] = set()
    for start, one in enumerate(seen):
        if start not in dropped and furniture.opens_contents(one.line):
            end = _contents_end(seen, start)
            dropped.update(range(start, end))
            listed = (key for i in range(start + 1, end) if i in where for key in (where[i], _entry(seen[i])))
            titles.update(key for key in listed if len(key) >= 4 and last.get(key, 0) >= end)
    imprint = _imprint(seen, dropped)
    dropped.update(imprint)
    said = "\n".join(spaced(seen[i].line) for i in sorted(imprint))
    publisher = next((found for label in _PUBLISHERS if (found := label.search(said))), None)
    issued = dates.of_issue(said) or (dates.of_page(spaced(seen[0].line)) if seen else None)
    return Front(frozenset(dropped), frozenset(titles), publisher.group(1) if publisher else None, issued)


def _contents_end(seen: Sequence[Seen], start: int) -> int:
    """The first line behind a contents page: real prose, or a heading of the same or a higher level."""
    level = seen[start].line.level
    entries: set[str] = set()
    for index in range(start + 1, len(seen)):
        one = seen[index]
        if _is_text(one):
            return _back_to_title(seen, start, index)
        if level and 0 < one.line.level <= level:
            return index
        if not level and letters(one.text) in entries:
            return index
        entries.update((letters(one.text), _entry(one)))
    ended = (i for i in range(start + 1, len(seen)) if _is_sentence(seen[i]))
    return next(ended, len(seen))  # where all the text is short sentences


def _is_sentence(one: Seen) -> bool:
    return one.look is Look.PROSE and one.text.endswith("。")


def _is_text(one: Seen) -> bool:
    """Text, also where its last sentence is broken off: no entry has two sentences."""
    if one.look is Look.PROSE and len(one.text) >= _LONG_SENTENCE and "。" in one.text:
        return True
    return one.look in (Look.PROSE, Look.BROKEN) and holds_sentences(one.text)


def _back_to_title(seen: Sequence[Seen], start: int, end: int) -> int:
    """Without heading levels the head of the first article stands right before its prose: give it back."""
    entries = {letters(seen[i].text): i for i in range(end - 1, start, -1)}
    index = end
    while index > start + 1 and entries.get(letters(seen[index - 1].text), index - 1) < index - 1:
        index -= 1
    return index


def _imprint(seen: Sequence[Seen], dropped: set[int]) -> set[int]:
    """A run of short lines with three or more imprint lines is an imprint, up to its last such line and
    on to the next marked heading."""
    found: set[int] = set()
    run: list[int] = []
    for index in range(len(seen) + 1):
        short = index < len(seen) and (
            seen[index].look not in (Look.PROSE, Look.BROKEN) or len(seen[index].text) < 30
        )
        if short:
            run.append(index)
            continue
        marks = [i for i in run if furniture.is_imprint(seen[i].why) and i not in dropped]
        if len(marks) >= 3:
            first = max((i for i in run if i < marks[0] and seen[i].line.level), default=marks[0])
            tail = next((i for i in run if i > marks[-1] and seen[i].line.level), marks[-1] + 1)
            found.update(range(first, tail))
        run = []
    return found

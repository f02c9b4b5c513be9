"""Reading -> what letters stand for: TOD（以公共交通为导向的开发模式）, 生态产品总值（GEP）.

Whoever explains an abbreviation beside it wants both remembered; the letters pin the words down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.finding import Finding
from studytool.knowledge.reading import Reading, inside
from studytool.model import KnowledgeKind, Span

_LETTERS = r"(?P<letters>[A-Z]{2,6})"
_EXPLAINED = re.compile(_LETTERS + r"[（(](?:即)?(?P<words>[\u4e00-\u9fff]{4,14})[）)]")
_SHORTENED = re.compile(r"(?P<words>[\u4e00-\u9fff]{4,24})[（(](?:简称)?" + _LETTERS + "[）)]")
_DONE = re.compile(".*(?:的|实现|完成|达到|创造|突破)")
SHORTEST, LONGEST = 4, 12  # characters of a name that has letters for short


def glosses(reading: Reading) -> Iterator[Finding]:
    """The words that the sentence says letters stand for."""
    for match in _EXPLAINED.finditer(reading.text):
        yield _finding(Span(*match.span("words")), match)
    for match in _SHORTENED.finditer(reading.text):
        name = _name(reading, Span(*match.span("words")))
        if name is not None and not inside(name, reading.titles):
            yield _finding(name, match)


def _finding(words: Span, match: re.Match[str]) -> Finding:
    return Finding(KnowledgeKind.DEFINITION, (words,), 0.6, Span(*match.span("letters")))


def _name(reading: Reading, before: Span) -> Span | None:
    """The name at the end of the words before the letters: a noun phrase, behind 的 if there is one, and
    behind what is done with it (实现地区生产总值)."""
    done = _DONE.match(reading.text, before.start, before.end)
    start = done.end() if done else before.start
    while start < before.end and not _begins_name(reading, Span(start, before.end)):
        start += 1
    name = Span(start, before.end)
    return name if SHORTEST <= name.end - name.start <= LONGEST else None


def _begins_name(reading: Reading, words: Span) -> bool:
    """Are they a term, without the time or the number before it (三季度国内生产总值)?"""
    first = reading.starts.get(words.start)
    return first is not None and first.tag[:1] not in ("m", "t") and reading.is_term(words)

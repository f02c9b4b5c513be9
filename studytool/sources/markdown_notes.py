"""Markdown -> the same text with the marks of its notes blanked, and where its notes stand.

Offsets must stay those of the file, so a mark is overwritten with characters that nobody sees, as many as
it had; a power (m<sup>2</sup>) is overwritten with its raised digit and such characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.model import Span
from studytool.sources.note_marks import PlainMarks, left_by
from studytool.sources.raised import Notes, raised

UNSEEN = "\u200b"

# [^1]: … with the lines indented below it.
_NOTE = re.compile(
    r"^[ ]{0,3}\[\^[^\]\s]{1,40}\]:[^\n]*(?:\n(?:[ \t]*+\n)*+(?:[ ]{4}|\t)[^\n]*)*", re.MULTILINE
)
_LABEL = re.compile(r"(?<=[^\s>])\[\^[^\]\s]{1,40}\](?![:：])")
_WITHIN = re.compile(r"\^\[[^\[\]\n]{1,400}\]")  # ^[a note in its place]
# [1](#fn1), [\[1\]](https://…): a link whose words are a mark.
_LINKED = re.compile(
    r"\[(?:\^?\d{1,3}|[①-⑳])\]\(#[^)\s]{0,200}\)"
    r"|\[\\?\[\^?(?:\d{1,3}(?:[-–,，]\d{1,3})*|注\d*)\\?\]\]\([^)\s]{0,400}\)"
)
# <sup>1</sup>, 1^st^, $^{2}$: what is raised.
_RAISED = re.compile(
    r"<sup\b[^<>]{0,400}>(?P<tag>(?:(?!<sup\b)[^\n]){0,800}?)</sup\s*>"
    r"|(?<=\S)\^(?P<mark>[\d,，–\-+*①-⑳\[\]]{1,8})\^"
    r"|\$\s*\^\s*\{?\s*(?P<formula>[^{}$\n]{1,8}?)\s*\}?\s*\$",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>|\]\([^)\s]*\)|\\(?=[\[\]])|(?<=\[)\[|\](?=\])")
_LINE_END = re.compile(rf"(?<!{UNSEEN}){UNSEEN}++(?=[ \t]*\r?(?:\n|\Z))")
_LINE = re.compile(r"[^\n]+")


def notes(text: str, start: int) -> Iterator[Span]:
    """Where the notes at the end of a text stand."""
    return (Span(*found.span()) for found in _NOTE.finditer(text, start)) if "[^" in text else iter(())


def blanked(text: str) -> str:
    """The text, as long as it was, without marks of notes in its sentences."""
    for pattern in (_LABEL, _WITHIN, _LINKED):
        text = pattern.sub(_unseen, text)
    text = _without_plain(_settled(text))
    return _LINE_END.sub(lambda found: " " * len(found[0]), text) if UNSEEN in text else text


def _unseen(found: re.Match[str]) -> str:
    return _filled(left_by(found.string, Span(*found.span())), len(found[0]))


def _filled(words: str, length: int) -> str:
    return words[:length].ljust(length, UNSEEN)


def _settled(text: str) -> str:
    """Raised characters read, line by line."""
    if "^" not in text and "<sup" not in text.lower():
        return text
    counted = Notes()

    def settled(line: re.Match[str]) -> str:
        readings = counted.readings(_RAISED.sub(lambda found: raised(_words(found)), line[0]))
        return _RAISED.sub(lambda found: _filled(next(readings), len(found[0])), line[0])

    return _LINE.sub(settled, text)


def _words(found: re.Match[str]) -> str:
    words = found["tag"] or found["mark"] or found["formula"] or ""
    shown = _TAG.sub("", words).strip()
    linked = ("<a" in words or "](" in words) and shown.isdecimal()
    return f"[{shown}]" if linked else shown


def _without_plain(text: str) -> str:
    """The brackets of a text that has notes: [1], \\[1\\], 〔1〕."""
    if not any(bracket in text for bracket in "[［〔"):
        return text
    marks = PlainMarks(text.split("\n"))
    return _LINE.sub(lambda line: _blanked_line(line[0], marks), text) if marks.are_notes else text


def _blanked_line(line: str, marks: PlainMarks) -> str:
    for span in marks.spans(line):
        blank = _filled(left_by(line, span), span.end - span.start)
        line = line[: span.start] + blank + line[span.end :]
    return line

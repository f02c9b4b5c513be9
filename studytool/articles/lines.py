"""Document -> Lines: the smallest layout units worth looking at, cleaned for reading.

A line is a paragraph, a heading, a caption … as it stands in the file: its `passage` has no stray
spaces and no markup, and its punctuation has Chinese width. The surprising decision: a space is
dropped by leaving it out of the passage, never by rewriting the source, so every character still
knows its place; quotation marks are paired later, when the halves of a paragraph are together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from studytool.model import Passage, Piece, Span

HAN = r"\u3400-\u9fff\uf900-\ufaff〇"
WIDE = HAN + r"，。、；：？！（）《》〈〉【】“”‘’「」『』—…·～％℃〔〕"


@dataclass(frozen=True, slots=True)
class Line:
    """A layout unit. `raw` is its source without markup but with its spaces; `level` is that of a
    marked heading (0: none); `gap` counts the blank lines before it; `bold` is the length of a bold
    lead-in (of the whole text, if all is bold); `item` says that it had a list mark."""

    passage: Passage
    raw: str
    level: int = 0
    gap: int = 0
    bold: int = 0
    item: bool = False
    row: bool = False

    @property
    def text(self) -> str:
        return self.passage.text

    @property
    def start(self) -> int:
        return self.passage.pieces[0].source


_SENTENCES = 40  # characters; shorter lines with a full stop in them are labels, mottos, fields


def holds_sentences(text: str) -> bool:
    """Does a full stop stand inside? Then it is prose, whatever else it looks like: no title, no day, no
    byline may take it out of the text."""
    return len(text) >= _SENTENCES and "。" in text[:-1]


# What is not prose inside a line, and why it goes. Where another picture or link begins, the one before has
# ended: else each of many that never end would be looked through to the end of the file.
DROPPED = re.compile(
    r"\*\*+|__+(?=\S)|`+"  # Markdown emphasis
    r"|!\[[^\]!]*+(?:!(?!\[)[^\]!]*+)*+\]\([^)\]]*+(?:\](?!\()[^)\]]*+)*+\)"  # a picture
    r"|\]\([^)\s\]。]*+(?:\](?!\()[^)\s\]。]*+)*+\)"  # a link keeps its words
    r"|\[(?=[^\[\]]*\]\((?![^)\s。]{0,400}。))"
    r"|\[!\w+\]"  # a callout's kind
    r"|<!\[CDATA\[|\]\]>"  # what they hold is text
    r"|<(?:!|/?[a-zA-Z][a-zA-Z0-9:-]*(?=[\s/>=]))[^<>]*>"  # tags, <color=red> too, but not <APEC会议纪要>
    r"|&nbsp;|[\u200b\u200e\u200f\ufeff\u00ad\x00-\x08]"  # invisible characters
    r"|(?<=\S)[（(]下转第?[^（()）]{1,6}版[^（()）]{0,8}[）)](?=\s|$)"  # where the page is to be turned
    r"|\\(?=[*#|>_\[\]()-])"  # Markdown escapes
)
_SPACES = re.compile(r"\s+")
_LATIN = re.compile(r"[A-Za-z0-9]")
_NEAR = f"[{WIDE}\"'#-&]"  # what makes a half-width mark beside it a Chinese one
_PAIRED = re.compile(r"\(([^()\n]{1,60})\)")
_HALF_PAIRED = re.compile(r"（([^（）()\n]{0,60})\)|\(([^（）()\n]{0,60})）")
_HAN = re.compile(f"[{HAN}]")
_BEFORE = re.compile(rf"(?<=[{WIDE}\"])[,:;?!()]|[,:;?!()](?=[{WIDE}\"])")
_AFTER_NUMBER = re.compile(rf"(?<=[0-9A-Za-z%)])(?<![0-9](?=[,:][0-9]))[,;:](?=[0-9A-Za-z]*[{HAN}])")
_WIDER = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}

# Newspapers set figures and letters as wide as Hanzi: ２０２４年１１月３０日, １．６％, ＧＤＰ.
_WIDE_FIGURE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_FULL_WIDTH = {
    wide: wide - 0xFEE0
    for first, last in ("０９", "ＡＺ", "ａｚ")
    for wide in range(ord(first), ord(last) + 1)
}
# １．６, ３７·４, １３，２９７; a line of print may end behind the point
_WIDE_MARK = re.compile(r"(?<=[０-９])(?:[．·](?=\s?[０-９])|，(?=[０-９]{3}(?![０-９])))")


def narrowed(text: str) -> str:
    """Full-width figures and letters at the width they are read at; not a character more or less."""
    if not _WIDE_FIGURE.search(text):
        return text
    return _WIDE_MARK.sub(lambda mark: "," if mark[0] == "，" else ".", text).translate(_FULL_WIDTH)


def clean(text: str, spans: tuple[Span, ...], keep_spaces: bool = False) -> Passage:
    """The readable text of `spans` of the source: one passage."""
    kept: list[Span] = []
    for span in spans:
        at = span.start
        for match in DROPPED.finditer(text, span.start, span.end):
            kept.append(Span(at, match.start()))
            at = match.end()
        kept.append(Span(at, span.end))
    return _widened(_without_spaces(text, [s for s in kept if s.start < s.end], keep_spaces))


def _without_spaces(text: str, spans: list[Span], keep: bool) -> Passage:
    """One space stays between two Latin words (or, with `keep`, anywhere); all others go."""
    parts: list[str] = []
    pieces: list[Piece] = []
    at = 0

    def add(start: int, end: int) -> None:
        nonlocal at
        if start >= end:
            return
        if not pieces or pieces[-1].source - pieces[-1].at != start - at:
            pieces.append(Piece(at, start))
        parts.append(text[start:end])
        at += end - start

    for span in spans:
        here = span.start
        for match in _SPACES.finditer(text, span.start, span.end):
            add(here, match.start())
            here = match.end()
            if not parts or here == span.end:
                continue
            latin = _LATIN.match(parts[-1][-1]) and _LATIN.match(text[here])
            if (keep or latin) and not parts[-1][-1].isspace():
                add(match.start(), match.start() + 1)
        add(here, span.end)
    return Passage("".join(parts), tuple(pieces))


def _widened(passage: Passage) -> Passage:
    """Half-width punctuation beside Chinese gets Chinese width; not a character more or less."""
    text = passage.text
    if not any(mark in text for mark in _WIDER):
        return passage
    text = _PAIRED.sub(lambda m: _wide_brackets(m, passage.text), text)
    text = _HALF_PAIRED.sub(lambda m: f"（{m.group(1) or m.group(2)}）", text)
    for pattern in (_BEFORE, _AFTER_NUMBER, _BEFORE):
        text = pattern.sub(lambda m: _WIDER[m.group()], text)
    return Passage(text, passage.pieces)


def _wide_brackets(match: re.Match[str], text: str) -> str:
    near = (
        text[max(0, match.start() - 1) : match.start()] + match.group(1) + text[match.end() : match.end() + 1]
    )
    return f"（{match.group(1)}）" if _HAN.search(near) else match.group()


def columns(text: str) -> int:
    """How many Chinese characters wide a line is printed: two Latin ones take the room of one."""
    return len(text) - len(text.encode("ascii", "ignore")) // 2


def spaced(line: Line) -> str:
    """The line as a heading or a byline reads: one space where the source had some."""
    text = _SPACES.sub(" ", line.raw).strip()
    return _widened(Passage.whole(text)).text if text else ""


def heading_text(line: Line) -> str:
    """A heading's wording: a space between two halves of a title stays, a wrapped line's goes."""
    text = re.sub(rf"(?<=[{WIDE}])$", "", spaced(line))
    numbered = re.match(
        r"(（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十]+、|\d+[.、．]|[■●◆])\s*", text
    )
    lead, rest = (numbered.group(1), text[numbered.end() :]) if numbered else ("", text)
    halves = rest.split(" ")
    if "，" in rest or any(len(_HAN.findall(half)) < 3 for half in halves):
        rest = re.sub(rf"(?<=[{WIDE}\"]) | (?=[{WIDE}\"])", "", rest)
    return paired(lead + rest).replace("『", "“").replace("』", "”")


def paired(text: str) -> str:
    """Straight quotation marks, paired in turn, become Chinese ones."""
    if '"' not in text and "'" not in text:
        return text
    text = _paired_marks(text, '"', "“", "”")
    if re.search(rf"'[^']*[{HAN}][^']*'", text):
        text = _paired_marks(text, "'", "‘", "’")
    return text


def _paired_marks(text: str, mark: str, opening: str, closing: str) -> str:
    parts = text.split(mark)
    if len(parts) == 1:
        return text
    out = [parts[0]]
    inside = False
    for part in parts[1:]:
        inside = not inside
        out.append((opening if inside else closing) + part)
    return "".join(out)

"""Runs of Word -> the characters they print: no hidden ones, no marks of notes, raised ones marked as such.

The surprising decision: footnotes and endnotes are no part of the text. They stand between the halves of
sentences, say what the sources of a text say, and nobody learns them by heart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from studytool.model import Span
from studytool.sources.note_marks import left_by
from studytool.sources.raised import lowered, raised
from studytool.sources.word_styles import OFF, Look, W

_SPACES = {W + "br": "\n", W + "cr": "\n", W + "tab": "\t", W + "noBreakHyphen": "-"}
_NEAR = 8  # runs of one blank on either side, at most
_NOTES = frozenset((W + "footnoteReference", W + "endnoteReference", W + "footnoteRef", W + "endnoteRef"))


class Run(NamedTuple):
    text: str
    look: Look
    is_raised: bool = False
    is_lowered: bool = False

    @property
    def marked(self) -> str:
        return raised(self.text) if self.is_raised else self.text


def printed(run: Any) -> str:
    """The characters of a run; none of the mark of a note, Word's own or typed beside it."""
    if any(child.tag in _NOTES for child in run):
        return ""
    return "".join(_characters(run))


def _characters(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == W + "t":
            yield (child.text or "").replace("\n", " ")
        elif child.tag in _SPACES:
            yield _SPACES[child.tag]
        elif child.tag in {W + "ruby", W + "rubyBase", W + "r"}:
            yield from _characters(child)


def is_blank(run: Any) -> bool:
    """Whether a run is an underlined space, as people make blanks; what pads underlined words is none."""
    if not _is_ruled(run) or not _is_empty(run):
        return False
    beside = (run.itersiblings(W + "r", preceding=before) for before in (True, False))
    words = (next((one for one in islice(runs, _NEAR) if not _is_padding(one)), None) for runs in beside)
    return not any(other is not None and _is_ruled(other) for other in words)


def _is_padding(run: Any) -> bool:
    return _is_ruled(run) and _is_empty(run)


def _is_ruled(run: Any) -> bool:
    properties = run.find(W + "rPr")
    ruled = None if properties is None else properties.find(W + "u")
    return ruled is not None and ruled.get(W + "val") not in {"none", *OFF}


def _is_empty(run: Any) -> bool:
    text = "".join(_characters(run))
    return not text.strip() and (len(text) > 1 or "\t" in text)


def is_hidden(properties: Any) -> bool:
    hidden = None if properties is None else properties.find(W + "vanish")
    return hidden is not None and hidden.get(W + "val") not in OFF


def place_of(properties: Any, styles: Mapping[str, Any]) -> str | None:
    """Where a run stands, by itself or by its character style: superscript, subscript, or on the line."""
    if properties is None:
        return None
    named = properties.find(W + "rStyle")
    for said in (properties, None if named is None else styles.get(named.get(W + "val"))):
        place = None if said is None else said.find(W + "vertAlign")
        if place is not None:
            return str(place.get(W + "val"))
    return None


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Raised runs side by side are one: Word cuts 12 into 1 and 2. Lowered digits run into no figure."""
    whole: list[Run] = []
    for run in runs:
        if whole and whole[-1].is_lowered:
            whole[-1] = whole[-1]._replace(text=lowered(whole[-1].text, run.text))
        if whole and run.is_raised and whole[-1].is_raised:
            whole[-1] = whole[-1]._replace(text=whole[-1].text + run.text)
        elif run.text:
            whole.append(run)
    return tuple(whole)


def without(runs: Sequence[Run], spans: Sequence[Span]) -> tuple[Run, ...]:
    """The runs without the marks at `spans` of their text."""
    whole = "".join(run.text for run in runs)
    read = {place: "" for span in spans for place in range(span.start, span.end)}
    read.update((span.start, left_by(whole, span)) for span in spans)
    left: list[Run] = []
    at = 0
    for run in runs:
        kept = (read.get(place, sign) for place, sign in enumerate(run.text, at))
        left.append(run._replace(text="".join(kept)))
        at += len(run.text)
    return tuple(left)

"""The remarks that stand together in one text of an exported question -> remarks by their label.

Our own stand in paragraphs of their own, the last two of which are 依据 and 出处: whatever an explanation
says, it is not taken for one of them. In other people's texts a label at the start of a line is believed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from studytool.imports.markup import plain
from studytool.imports.origins import Origin, origin_of

_LABELLED = re.compile(r"(要点|依据|出处)：(.*)", re.DOTALL)
# Text of ours has no tag but a line break.
_TEXT = r"[^<]*+(?:<br>[^<]*+)*+"
_OURS = re.compile(
    rf"\s*+(?:<ol>(?P<points>(?:<li>{_TEXT}</li>)++)</ol>)?+(?P<notes>(?:<p>{_TEXT}</p>\s*+)++)"
)
_POINT, _NOTE = re.compile(rf"<li>({_TEXT})</li>"), re.compile(rf"<p>({_TEXT})</p>")
_ANY_POINT = re.compile(r"<li\b[^<>]*+>(.*?)</li>", re.DOTALL)
_EVIDENCE, _ORIGIN = "依据：", "出处："
_CORRECTION = re.compile(r"原文为“(.*)”，题中误作“(.*)”。", re.DOTALL)


class Corrected(NamedTuple):
    """What explains a statement; what its source says, and what it says instead, where it is false."""

    explanation: str | None
    original: str | None = None
    changed: str | None = None


class Remarks(NamedTuple):
    """What is said after the answer; `notes` are the paragraphs that explain it."""

    notes: tuple[str, ...] = ()
    evidence: str = ""
    points: tuple[str, ...] = ()
    origin: str = ""  # as other people say it
    place: Origin = Origin()  # as we say it

    @property
    def explanation(self) -> str | None:
        return "\n".join((*self.notes, *([_ORIGIN + self.origin] if self.origin else ()))) or None

    @property
    def answer(self) -> tuple[str, ...]:
        """The points of a question that has no other answer: those that are named so, or line by line."""
        return self.points or tuple(line for note in self.notes for line in note.split("\n") if line)

    def of_false(self, stem: str) -> Corrected:
        """What is said of a false statement: what its source says, if the first note tells, and the rest."""
        found = _CORRECTION.fullmatch(self.notes[0]) if self.notes else None
        if not found or found[2] not in stem:
            return Corrected(self.explanation)
        return Corrected(self._replace(notes=self.notes[1:]).explanation, found[1], found[2])


def remarks(text: str) -> dict[str, str]:
    """The lines under each label we write, and what stands before them under “”."""
    found: dict[str, list[str]] = {}
    place = ""
    for row in text.split("\n"):
        labelled = _LABELLED.match(row)
        place = labelled[1] if labelled else place
        found.setdefault(place, []).append(labelled[2] if labelled else row)
    return {label: "\n".join(rows) for label, rows in found.items() if any(rows)}


def of_markup(markup: str) -> Remarks:
    """The remarks of feedback in HTML."""
    ours = _OURS.fullmatch(markup)
    notes = of_paragraphs([plain(note) for note in _NOTE.findall(ours["notes"])]) if ours else None
    if not ours or not notes:
        return of_text(plain(markup))
    return notes._replace(points=tuple(map(plain, _POINT.findall(ours["points"] or ""))))


def of_paragraphs(paragraphs: Sequence[str]) -> Remarks | None:
    """The remarks of paragraphs of ours; None if they are not."""
    *notes, evidence, origin = ("", "", *paragraphs)
    if not evidence.startswith(_EVIDENCE) or not origin.startswith(_ORIGIN):
        return None
    place = origin_of(origin.removeprefix(_ORIGIN))
    return Remarks(tuple(filter(None, notes)), evidence.removeprefix(_EVIDENCE), place=place)


def of_text(text: str) -> Remarks:
    """The remarks of a text whose lines may be labelled."""
    found = remarks(text)
    notes = tuple(filter(None, [found.get("", "")]))
    points = tuple(filter(None, found.get("要点", "").split("\n")))
    return Remarks(notes, found.get("依据", ""), points, found.get("出处", ""))


def points_of(rubric: str) -> tuple[str, ...]:
    """The points of a rubric in HTML: what it lists, or all of it where it says more than its list."""
    end = rubric.rfind("</li>") + len("</li>") if "</li>" in rubric else 0  # none that opens later is closed
    listed = tuple(filter(None, (plain(text) for text in _ANY_POINT.findall(rubric, 0, end))))
    around = plain(_ANY_POINT.sub("", rubric[:end]) + rubric[end:]) if listed else ""
    if listed and (not around or ("\n" not in around and around.endswith(("：", ":")))):
        return listed
    return tuple(filter(None, [plain(rubric)]))

"""A question of a list while its lines are read: which of its parts the next line belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from studytool.imports import lettered, titles
from studytool.imports import lines as reading
from studytool.imports.answers import GAP, calls_options
from studytool.model import ItemKind

STEM, OPTIONS, ANSWER = "题干", "选项", "答案"
_STEM_LABEL = re.compile(r"\A\s*+[【\[]?(?:题目|题干|试题内容|题目内容)(?:[】\]]\s*+[:：]?|[:：])\s*+")
_OPTIONS_LABEL = re.compile(
    r"\A\s*+[【\[]?(?:备选)?(?:选项|答案选项)(?:[】\]]\s*+[:：]?|[:：])\s*+(?=[AＡ（(]|\Z)"
)
_MARK = 4  # characters that hold the letter a line begins with, and what shows that it is none


@dataclass(slots=True)
class OpenQuestion:
    """A question while its lines are read. `place` says to which of its parts the next line belongs."""

    line: int
    number: int
    form: int  # how the number is written
    kind_name: str | None
    group: int
    step: int = 0  # the last number within its answer or remarks
    parts: dict[str, list[str]] = field(default_factory=dict)
    options: list[str] = field(default_factory=list)
    place: str = STEM
    is_loose: bool = False  # its options have letters and no signs behind them
    sole: str | None = None  # the line that is its only option, if the letter stands in brackets
    is_about_material: bool = False  # lines before its number belong to it
    is_answered_twice: bool = False  # with different answers
    flaw: str | None = None  # why it cannot be asked
    doubt: str | None = None  # why not, if letters in the stem were meant for options

    def add(self, text: str) -> None:
        if self.place == OPTIONS and text:
            self.options[-1] = f"{self.options[-1]}\n{text}".strip()
        elif text:
            self.parts.setdefault(self.place, []).append(text)

    def text(self, part: str) -> str:
        return "\n".join(self.parts.get(part, ()))

    @property
    def kind(self) -> ItemKind | None:
        return reading.KINDS[self.kind_name] if self.kind_name else None

    @property
    def inside(self) -> reading.Cut | None:
        """The answer written into its stem."""
        return reading.inside(self.text(STEM), states=self.kind is ItemKind.TRUE_FALSE)

    @property
    def is_complete(self) -> bool:
        return self.place not in (STEM, OPTIONS) and self.is_answered

    @property
    def is_answered(self) -> bool:
        return any(self.parts.get(ANSWER, ()))

    @property
    def is_answered_by_sign(self) -> bool:
        """Whether its answer is one line that says right or wrong."""
        said = self.parts.get(ANSWER, ())
        return len(said) == 1 and reading.is_statement(said[0])

    @property
    def is_open(self) -> bool:
        """Whether no answer stands with it."""
        return not self.is_answered and not self.inside

    @property
    def lines(self) -> list[str]:
        """What stands in the part that is open."""
        return self.options if self.place == OPTIONS else self.parts.get(self.place, [])

    def may_end(self, *, surely: bool) -> bool:
        """Whether nothing more need come; `surely` if what stands below can be no part of a stem."""
        if not self.lines or titles.leads_in(self.lines[-1]):
            return False
        if self.place == STEM:
            return surely or self.is_judged or titles.ends(self.lines[-1])
        return self.place != OPTIONS or len(self.options) > 1

    @property
    def is_closed(self) -> bool:
        """Whether a short line below can be no part of it: options are whole, an answer is letters, or a
        sentence, or words for the one gap."""
        if self.place == STEM:
            return self.is_judged
        if self.place != ANSWER:
            return True
        said = self.text(ANSWER)
        is_word = len(self.lines) == len(GAP.findall(self.text(STEM))) == 1
        return calls_options(said) or said.rstrip().endswith("。") or is_word

    @property
    def is_judged(self) -> bool:
        """Whether the line it ends with says that it is right or wrong."""
        last = self.parts.get(STEM, [""])[-1] if self.place == STEM else ""
        return reading.is_judged(last, states=self.kind is ItemKind.TRUE_FALSE)

    @property
    def may_be_remarked(self) -> bool:
        """Whether what stands below may be said about it, and not go on with it."""
        if self.place == OPTIONS:
            return len(self.options) > 1 and bool(self.options[-1])
        return self.is_judged if self.place == STEM else self.place == ANSWER and bool(self.lines)

    @property
    def is_answered_by_points(self) -> bool:
        has_place = bool(self.options or self.inside or GAP.search(self.text(STEM)))
        return self.kind is ItemKind.SHORT_ANSWER or (self.kind is None and not has_place)

    @property
    def asks(self) -> bool:
        """Whether it looks like a question at all, and not like a line of instructions."""
        return bool(self.options or ANSWER in self.parts or GAP.search(self.text(STEM)) or self.inside)

    def go_on(self, row: str) -> None:
        """Adds a line: options where they are due, else to the part that is open."""
        if self.place in (STEM, OPTIONS):
            row = (_OPTIONS_LABEL if self.parts.get(STEM) else _STEM_LABEL).sub("", row)
            if self._take_options(row):
                return
        elif step := reading.numbered(row, self.step + 1):
            self.step = step.number
        self.add(row)

    def _take_options(self, row: str) -> bool:
        """Takes the options of a line, if it has any that are due."""
        row = self._asked_with(row) if self.place == STEM and not self.options else row
        if self.options and not row:
            return True
        self._free_sole(row)
        found = self._options(row)
        if self.place == STEM and not found and self.parts.get(STEM):
            self.doubt = self.doubt or lettered.skipped(row.lstrip()[:_MARK], 0)
        else:
            self.flaw = self.flaw or self._misplaced(row, found)
        if not found:
            return False
        before, texts = found
        is_first = not self.options
        self.add(before)
        self.place = OPTIONS
        self.is_loose = lettered.is_loose(row)
        self.options.extend(texts)
        self.sole = row if is_first and len(texts) == 1 and lettered.is_bracketed(row) else None
        return True

    def _asked_with(self, row: str) -> str:
        """Nothing, if the line ends with all options in brackets (（A. 甲 B. 乙）): then they are taken."""
        found = lettered.in_brackets(row) if self.kind is not ItemKind.SHORT_ANSWER else None
        if not found:
            return row
        self.add(found[0])
        self.place = OPTIONS
        self.options.extend(found[1])
        return ""

    def _options(self, row: str) -> tuple[str, tuple[str, ...]] | None:
        """The options of a line; where nobody chooses there are none, and none before a stem."""
        if self.kind is ItemKind.SHORT_ANSWER:
            return None
        found = lettered.options(row, len(self.options))
        return found if found and (found[0] or self.options or self.parts.get(STEM)) else None

    def _free_sole(self, row: str) -> None:
        """Gives the only option back to the stem where the options begin anew: its letter was the answer."""
        anew = self.sole is not None and not lettered.is_bracketed(row) and lettered.options(row, 0)
        if self.sole is None or not anew:
            return
        self.options.clear()
        self.place = STEM
        self.add(self.sole)
        self.sole = None

    def _misplaced(self, row: str, found: tuple[str, tuple[str, ...]] | None) -> str | None:
        """What is wrong with the letters of a line, from the first option on: before, one means anything."""
        due = len(self.options)
        if found:
            return lettered.skipped(row.strip()[len(found[0]) :], due)
        if self.place == STEM:
            return None
        wrong = lettered.skipped(row, due)
        return lettered.skipped_loosely(row, due) if wrong is None and self.is_loose else wrong

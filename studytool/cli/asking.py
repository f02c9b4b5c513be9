"""One question on the terminal -> the response, or the command the person gave instead.

What has been chosen, typed or admitted on the way stands in a draft, which outlives the asking: whoever
reports a question, looks for a hint or goes on to another finds it again. The surprising decision: letters
that come together are one word, never several commands: an input method sends 不对 at once, a paste anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from studytool.cli import console
from studytool.cli.keys import Keyboard
from studytool.model import Item
from studytool.quiz import Attempt, Policy, Sitting, asks_same
from studytool.views import question
from studytool.views.names import LETTERS


class Command(StrEnum):
    """What can be asked for instead of answering."""

    HINT = "h"
    GUESS = "g"
    SKIP = "s"
    UNDO = "u"
    BURY = "b"
    SUSPEND = "x"
    FLAG = "f"
    HAND_IN = "j"
    QUIT = "q"


# Keys of the same meaning where the letter is an option (B, F, J …).
SIGNS = {"-": Command.BURY, "!": Command.FLAG, "?": Command.HINT, "=": Command.HAND_IN}
SEPARATORS = frozenset("、，,;；/|｜.。-–— ")  # between the letters of several options
# 1c2b3a, 1-c 2-b or 1=C、2=B: the number of a left side, then the letter of its right side.
_PAIR = re.compile(r"(\d{1,2})[-.:=、→]{0,2}([a-z])[、，,;；/|｜.。]?")
SHOWN = 20  # characters of what was not understood
LONGEST_LOOK = 600.0  # seconds; whoever has a question open for longer has been away from it


def allowed(policy: Policy) -> frozenset[Command]:
    """What may be asked for instead of answering."""
    always = {Command.FLAG, Command.QUIT}
    helping = {Command.HINT, Command.GUESS, Command.BURY, Command.SUSPEND} if policy.helps else set()
    returning = {Command.SKIP, Command.UNDO} if policy.returns else set()
    ending = set() if policy.tells else {Command.HAND_IN}
    return frozenset(always | helping | returning | ending)


def command_of(key: str, policy: Policy) -> Command | None:
    """The command a key means, if it is allowed."""
    command = SIGNS.get(key) or (Command(key) if key in set(Command) else None)
    return command if command in allowed(policy) else None


@dataclass(frozen=True, slots=True)
class Given:
    """A response, or a command to carry out."""

    response: tuple[str, ...] = ()
    command: Command | None = None


@dataclass(slots=True)
class Draft:
    """What somebody has said of a question before they answer it: `told`, they have seen the verdict on an
    earlier answer; `seconds`, how long they have looked at it; `earlier`, what they answered before."""

    item: Item
    chosen: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    guessed: bool = False
    hints: int = 0
    told: bool = False
    seconds: float = 0.0
    earlier: tuple[str, ...] = ()

    def attempt(self, response: tuple[str, ...]) -> Attempt:
        """The attempt that this response is, with all that was said on the way to it."""
        seconds = round(min(self.seconds, LONGEST_LOOK), 1)
        return Attempt(response, seconds, self.guessed, self.hints > 0, self.told)

    def answered(self, *, told: bool) -> None:
        """An answer has been kept: whoever takes it back begins with what they had admitted, not chosen."""
        self.chosen, self.lines, self.seconds, self.told = [], [], 0.0, told


def draft_of(drafts: dict[str, Draft], item: Item) -> Draft:
    """What has been said of an item so far; only what was admitted, where its wording has changed."""
    draft = drafts.setdefault(item.id, Draft(item))
    if not asks_same(draft.item, item):
        draft = drafts[item.id] = Draft(item, guessed=draft.guessed, hints=draft.hints, told=draft.told)
    return draft


@dataclass(slots=True)
class Asking:
    """One question on the screen while the person thinks about it."""

    sitting: Sitting
    keyboard: Keyboard
    draft: Draft
    look: Callable[[], question.Look]
    notes: tuple[str, ...] = ()

    @property
    def item(self) -> Item:
        return self.sitting.coming[0].item

    @property
    def policy(self) -> Policy:
        return self.sitting.policy

    def show(self, *notes: str) -> None:
        """The question on a clean screen, with what there is to say now."""
        self.notes = notes or self.notes
        console.console().clear()
        console.show(question.screen(self.sitting, self.draft.chosen, self._notes(), self.look()))
        self.notes = ()

    def _notes(self) -> tuple[str, ...]:
        draft = self.draft
        said = tuple(f"已填 {number}：{line or '（空着）'}" for number, line in enumerate(draft.lines, 1))
        earlier = (f"已答：{'；'.join(draft.earlier)}（重新作答就改）",) if draft.earlier else ()
        hint = (question.hint(self.item, draft.hints),) if draft.hints else ()
        return (*self.notes, *earlier, *said, *hint, *(("记作猜的",) if draft.guessed else ()))

    def obey(self, command: Command) -> Given | None:
        """Carry out what concerns the question alone; hand everything else on."""
        if command is Command.HINT:
            self.draft.hints += 1
        elif command is Command.GUESS:
            self.draft.guessed = not self.draft.guessed
        else:
            return Given(command=command)
        return None

    def admits_guess(self, stroke: str) -> str:
        """What is left of keys that came together, of which the first may say that the rest is a guess."""
        if len(stroke) > 1 and stroke[0] == Command.GUESS and self.policy.helps:
            return stroke[1:]
        return stroke

    def not_understood(self, stroke: str, remedy: str) -> None:
        """Say that nothing was done with keys that came together."""
        self.keyboard.drop_enter()
        self.notes = (f"没有看懂“{stroke[:SHOWN]}”：{remedy}",)


@dataclass(frozen=True, slots=True)
class Pressed:
    """What keys mean: options by their places, or pairs of a left side's place and an option's, or a
    command, or none of these."""

    stroke: str
    options: tuple[int, ...] = ()
    command: Command | None = None
    pairs: tuple[tuple[int, int], ...] = ()


def pressed(asking: Asking, count: int, lefts: int = 0) -> Pressed:
    """The next keys, where there are `count` options, perhaps to be paired with so many `lefts`. Options go
    before commands."""
    stroke = asking.keyboard.stroke()
    if stroke == "-" and asking.draft.chosen:
        asking.notes = ("已经选了，- 只当分隔；要今天不再出，先把选的去掉",)
        return Pressed(stroke)
    if len(stroke) == 1:
        option = _option(stroke, count)
        command = None if option is not None else command_of(stroke, asking.policy)
        return Pressed(stroke, () if option is None else (option,), command)
    if pairs := _pairs(stroke, lefts, count):
        return Pressed(stroke, pairs=pairs)
    letters = stroke if _options(stroke, count) else asking.admits_guess(stroke)
    options = _options(letters, count)
    if not options:
        asking.not_understood(stroke, "请按选项的字母")
    asking.draft.guessed |= bool(options) and letters != stroke
    return Pressed(stroke, options)


def _pairs(stroke: str, lefts: int, count: int) -> tuple[tuple[int, int], ...]:
    """The places that a row of pairs names, each left side once; nothing if it is no such row."""
    if "".join(found.group() for found in _PAIR.finditer(stroke)) != stroke:
        return ()
    named = [(int(number) - 1, _option(letter, count)) for number, letter in _PAIR.findall(stroke)]
    places = {left for left, _ in named}
    known = tuple((left, option) for left, option in named if option is not None and 0 <= left < lefts)
    return known if len(known) == len(named) == len(places) else ()


def _options(stroke: str, count: int) -> tuple[int, ...]:
    """The options that letters or numbers name, with marks between them or none; nothing if one names none,
    or where letters and numbers are mixed: 1c2b is no row of options."""
    if re.search(r"\d", stroke) and re.search(r"[a-z]", stroke):
        return ()
    found = [_option(key, count) for key in stroke if key not in SEPARATORS]
    return tuple(one for one in found if one is not None) if None not in found else ()


def _option(key: str, count: int) -> int | None:
    names = LETTERS[:count].casefold()
    if key in names:
        return names.index(key)
    return int(key) - 1 if key.isascii() and key.isdigit() and 1 <= int(key) <= count else None

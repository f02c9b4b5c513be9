"""One question on the terminal -> the response, or the command the person gave instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from studytool.cli import console
from studytool.cli.keys import BACKSPACE, ENTER, Keyboard
from studytool.model import RIGHT, WRONG, Item, ItemKind
from studytool.quiz import Policy, Sitting
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
    QUIT = "q"


# Keys of the same meaning where the letter is an option (B, F …).
SIGNS = {"-": Command.BURY, "!": Command.FLAG, "！": Command.FLAG, "?": Command.HINT, "？": Command.HINT}
_MARKS = re.compile(r"[、，,;；/|｜\s]")
# What people press for true and false; x and f are no commands here.
TRUE_FALSE_KEYS = {**dict.fromkeys("yt1对是正√✓✔", RIGHT), **dict.fromkeys("nf2x错否×✗✘", WRONG)}


def allowed(policy: Policy) -> frozenset[Command]:
    """What may be asked for instead of answering."""
    helping = {Command.HINT, Command.GUESS, Command.BURY, Command.SUSPEND}
    returning = {Command.SKIP, Command.UNDO}
    always = {Command.FLAG, Command.QUIT}
    return frozenset(always | (helping if policy.helps else set()) | (returning if policy.returns else set()))


def command_of(key: str, policy: Policy) -> Command | None:
    """The command a key means, if it is allowed."""
    command = SIGNS.get(key) or (Command(key) if key in set(Command) else None)
    return command if command in allowed(policy) else None


@dataclass(frozen=True, slots=True)
class Given:
    """A response, with what was said on the way to it; or a command to carry out."""

    response: tuple[str, ...] = ()
    command: Command | None = None
    guessed: bool = False
    hinted: bool = False


@dataclass(slots=True)
class Asking:
    """The state of one question while the person thinks about it."""

    sitting: Sitting
    keyboard: Keyboard
    look: question.Look = question.PLAIN
    chosen: list[str] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    guessed: bool = False
    hints: int = 0

    @property
    def item(self) -> Item:
        return self.sitting.coming[0].item

    def show(self) -> None:
        """The question on a clean screen."""
        console.console().clear()
        console.show(question.screen(self.sitting, self.chosen, self._notes(), self.look))

    def _notes(self) -> tuple[str, ...]:
        hint = (question.hint(self.item, self.hints),) if self.hints else ()
        return (*self.notes, *hint, *(("记作猜的",) if self.guessed else ()))

    def given(self, *response: str) -> Given:
        return Given(response, guessed=self.guessed, hinted=self.hints > 0)

    def obey(self, command: Command) -> Given | None:
        """Carry out what concerns the question alone; hand everything else on."""
        if command is Command.HINT:
            self.hints += 1
        elif command is Command.GUESS:
            self.guessed = not self.guessed
        else:
            return Given(command=command)
        return None


def ask(
    sitting: Sitting, keyboard: Keyboard, notes: tuple[str, ...] = (), look: question.Look = question.PLAIN
) -> Given:
    """Show the current question and wait for a response or a command."""
    asking = Asking(sitting, keyboard, look, notes=notes)
    return ASKERS[asking.item.kind](asking)


def _pressed(asking: Asking, options: int) -> tuple[str, int | None, Command | None]:
    """A key: what it is, which option it means, which command it means. Options go first."""
    key = asking.keyboard.key()
    names = LETTERS[:options].casefold()
    if key in names:
        return key, names.index(key), None
    if key.isascii() and key.isdigit() and 1 <= int(key) <= options:
        return key, int(key) - 1, None
    return key, None, command_of(key, asking.sitting.policy)


def _one_option(asking: Asking) -> Given:
    while True:
        asking.show()
        _, option, command = _pressed(asking, len(asking.item.options))
        if option is not None:
            return asking.given(asking.item.options[option])
        if command and (given := asking.obey(command)):
            return given


def _several_options(asking: Asking) -> Given:
    options = asking.item.options
    while True:
        asking.show()
        key, option, command = _pressed(asking, len(options))
        if option is not None:
            text = options[option]
            asking.chosen = [one for one in options if (one in asking.chosen) != (one == text)]
        elif key == ENTER and asking.chosen:
            return asking.given(*asking.chosen)
        elif key == ENTER:
            asking.notes = ("还没有选：按字母选择，再按回车",)
        elif command and (given := asking.obey(command)):
            return given


def _true_or_false(asking: Asking) -> Given:
    while True:
        asking.show()
        key, _, command = _pressed(asking, 0)
        if key in TRUE_FALSE_KEYS:
            return asking.given(TRUE_FALSE_KEYS[key])
        if command and (given := asking.obey(command)):
            return given


def _in_turn(asking: Asking, options: tuple[str, ...]) -> Given:
    """Options picked one after the other until all places are filled, then confirmed."""
    places = len(asking.item.key)
    while True:
        asking.show()
        key, option, command = _pressed(asking, len(options))
        asking.notes = ()
        if option is not None and len(asking.chosen) < places and options[option] not in asking.chosen:
            asking.chosen.append(options[option])
        elif option is not None:
            asking.notes = ("这一项用过了，或者已经填满：按退格可以改",)
        elif key == BACKSPACE:
            asking.chosen = asking.chosen[:-1]
        elif key == ENTER and len(asking.chosen) == places:
            return asking.given(*asking.chosen)
        elif key == ENTER:
            asking.notes = (f"还差 {places - len(asking.chosen)} 项：按字母选完，再按回车",)
        elif command and (given := asking.obey(command)):
            return given


def _order(asking: Asking) -> Given:
    return _in_turn(asking, asking.item.options)


def _pairs(asking: Asking) -> Given:
    given = _in_turn(asking, question.rights_of(asking.item))
    if given.command:
        return given
    lefts = (key.split("=", 1)[0] for key in asking.item.key)
    pairs = (f"{left}={right}" for left, right in zip(lefts, given.response, strict=True))
    return asking.given(*pairs)


def _means_command(line: str, asking: Asking) -> Command | None:
    """A letter alone is a command, unless it is what the question asks for."""
    letter, item = line.casefold(), asking.item
    answers = {text.casefold() for variants in (item.key, *item.accepted) for text in variants}
    if letter in answers:
        return None
    return command_of(letter, asking.sitting.policy)


def _blanks(asking: Asking) -> Given:
    return _lines(asking, "空", stops_at_empty=False)


def _points(asking: Asking) -> Given:
    return _lines(asking, "要点", stops_at_empty=True)


def _lines(asking: Asking, name: str, *, stops_at_empty: bool) -> Given:
    """One typed line for each member of the key; one line may give them all."""
    count = len(asking.item.key)
    lines: list[str] = []
    asking.show()
    while len(lines) < count:
        line = asking.keyboard.line(f"{name} {len(lines) + 1}/{count} > " if count > 1 else "> ")
        command = _means_command(line, asking)
        if command and (given := asking.obey(command)):
            return given
        if command:
            lines.clear()
            asking.show()
            continue
        if stops_at_empty and not line:
            break
        lines.append(line)
        if _says_all(asking.item, lines):
            break
    return asking.given(*lines)


def _says_all(item: Item, lines: list[str]) -> bool:
    """Does the first line, with marks between its parts, answer every blank?"""
    if len(lines) != 1 or len(item.key) == 1 or any(_MARKS.search(key) for key in item.key):
        return False
    from studytool.marking.blanks import spread

    return bool(_MARKS.search(lines[0])) and "" not in spread(item, lines)


ASKERS: dict[ItemKind, Callable[[Asking], Given]] = {
    ItemKind.SINGLE_CHOICE: _one_option,
    ItemKind.MULTIPLE_RESPONSE: _several_options,
    ItemKind.TRUE_FALSE: _true_or_false,
    ItemKind.MATCHING: _pairs,
    ItemKind.ORDERING: _order,
    ItemKind.CLOZE: _blanks,
    ItemKind.SHORT_ANSWER: _points,
}

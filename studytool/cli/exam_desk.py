"""An exam at the terminal: every answer is kept before the next question, and none is final before the end.

The clock runs while somebody sits here; whoever leaves finds it where they left it.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum

from studytool.cli import console
from studytool.cli.askers import ask
from studytool.cli.asking import Asking, Command, Draft, Given, draft_of
from studytool.cli.flagging import CANCELLED, flagged
from studytool.cli.keys import Keyboard, Prompt, narrow
from studytool.cli.leaving import Left
from studytool.errors import StudyError
from studytool.model import Card, Item, ItemKind
from studytool.quiz import EXAM, Answer, Sitting, asks_same, logged, rounds
from studytool.store import sittings, study
from studytool.store.bank import Bank
from studytool.views import exam as views
from studytool.views.question import Look, clock, rights_of

YES = frozenset(("y", "yes", "是", "好", "交", "交卷"))
WITHDRAWN = ("有一道题刚被撤回，不再出",)
NOTED = 5.0  # seconds of the clock that a killed terminal may give back


class End(Enum):
    """How a sitting ends: handed in; out of time, perhaps with an answer that came too late; put down."""

    HANDED_IN = "handed in"
    OUT_OF_TIME = "out of time"
    TOO_LATE = "too late"
    LEFT = "left"


@dataclass(slots=True)
class ExamDesk:
    """Who sits which paper, and how far they are; `numbers` are the reviews that answer its items,
    `unconfirmed` the items of which something was chosen or typed that no Enter has made an answer;
    `noted`, how much of the time used the bank knows of."""

    bank: Bank
    learner: str
    paper: sittings.Paper
    round: rounds.Round
    boxes: bool = False
    keyboard: Keyboard = field(default_factory=Keyboard)
    drafts: dict[str, Draft] = field(default_factory=dict)
    unconfirmed: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(init=False)
    noted: float = 0.0
    started: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.numbers = dict(self.paper.numbers)
        self.keyboard.meanwhile = self._tick

    def run(self, notes: tuple[str, ...] = ()) -> End:
        """Ask until the paper is handed in, the time is over or the person leaves."""
        end = self._sat(notes)
        if end is not End.LEFT:
            self._drop_withdrawn()
        return end

    def _sat(self, notes: tuple[str, ...]) -> End:
        try:
            while self.round.cards:
                if self.time_is_up():
                    return End.OUT_OF_TIME
                notes = self._turn(notes) if self.round.current else self._overview(notes)
        except (Left, KeyboardInterrupt):
            return End.LEFT
        except _Ended as ended:
            return ended.end
        return End.HANDED_IN  # everything has been withdrawn

    def seconds(self) -> float:
        """How long it has taken so far, earlier sittings included."""
        return self.paper.seconds + time.monotonic() - self.started

    def time_is_up(self) -> bool:
        left = self._left()
        return left is not None and left <= 0

    def _left(self) -> float | None:
        minutes = self.paper.terms.minutes
        return None if minutes is None else minutes * 60 - self.seconds()

    def _look(self) -> Look:
        self._tick()
        return Look(self.boxes, self._left(), ((self.round.at or 0) + 1, len(self.round.cards)))

    def _tick(self) -> None:
        """Note the time used every few seconds, so that a killed terminal gives back no more of it."""
        if self.seconds() - self.noted >= NOTED:
            with suppress(StudyError):  # while another writes: a little later
                self._note_time()

    def _note_time(self) -> None:
        self.noted = self.seconds()
        sittings.used(self.bank, self.paper.id, self.noted)

    # ---- a question ---------------------------------------------------------------------------------

    def _turn(self, notes: tuple[str, ...]) -> tuple[str, ...]:
        """One question; what to say above the next."""
        card = self._card()
        if card is None:
            assert self.round.current
            self.round = rounds.without(self.round, {self.round.current.item.id})
            return WITHDRAWN
        self._note_time()
        draft, shown = self._draft(card), time.monotonic()
        given = ask(Asking(Sitting(EXAM, (card,)), self.keyboard, draft, self._look, notes))
        draft.seconds += time.monotonic() - shown
        if given.command:
            self._see_unconfirmed(draft)
            return self._obey(given.command, card)
        if self.time_is_up():
            raise _Ended(End.TOO_LATE)
        if not self._keep(given, draft, card):
            return ("这道题刚改过，请按新的作答",)
        return self._onward()

    def _see_unconfirmed(self, draft: Draft) -> None:
        """Has something been chosen or typed since the last answer, which is none itself yet?"""
        before = self.round.answers.get(draft.item.id)
        if draft.lines or draft.chosen != (_chosen(before, draft.item) if before else []):
            self.unconfirmed.add(draft.item.id)
        else:
            self.unconfirmed.discard(draft.item.id)

    def _onward(self) -> tuple[str, ...]:
        comes_round = self.round.again
        self.round = rounds.onward(self.round)
        if self.round.current and self.round.again and not comes_round:
            return (f"回到没有答的题，还有 {len(self.round.open)} 题",)
        return ()

    def _card(self) -> Card | None:
        """The current question as the bank has it now, if it may still be asked."""
        assert self.round.current
        found = study.askable(self.bank, self.learner, (self.round.current.item.id,))
        return found[0] if found else None

    def _draft(self, card: Card) -> Draft:
        """What has been said of a question so far, in this sitting or before."""
        draft = draft_of(self.drafts, card.item)
        if before := self.round.answers.get(card.item.id):
            draft.earlier = before.attempt.response
            draft.chosen = draft.chosen or _chosen(before, card.item)
        return draft

    def _keep(self, given: Given, draft: Draft, card: Card) -> bool:
        """Put an answer into the bank; false where the question has changed since it was shown."""
        answer = rounds.marked(card, draft.attempt(given.response))
        with self.bank.writing():
            now = self._card()
            if now is None or not asks_same(now.item, card.item):
                return False
            self._record(answer)
        draft.answered(told=False)
        self.unconfirmed.discard(card.item.id)
        self.round = rounds.put(self.round, answer)
        return True

    def _record(self, answer: Answer) -> None:
        review = logged(answer, self.learner, console.now(), EXAM.mode)
        number = self.numbers.get(review.item_id)
        if number is not None:
            sittings.changed(self.bank, self.paper.id, number, review, self.seconds())
            return
        number = study.record(self.bank, review, None)
        sittings.answered(self.bank, self.paper.id, review.item_id, number, self.seconds())
        self.numbers[review.item_id] = number

    def _obey(self, command: Command, card: Card) -> tuple[str, ...]:
        if command is Command.QUIT:
            raise Left
        if command is Command.FLAG:
            told = flagged(self.bank, self.learner, card.item.id, self.keyboard)
            return (CANCELLED,) if told is None else ("已记下，请教员核对",) if told else ()
        if command is Command.HAND_IN:
            return self._overview(())
        if command is Command.UNDO:
            first = self.round.at == 0
            self.round = rounds.back(self.round)
            return ("已经是第一题",) if first else ()
        return self._onward()

    # ---- the overview -------------------------------------------------------------------------------

    def _overview(self, notes: tuple[str, ...]) -> tuple[str, ...]:
        """What is answered and what is not; hand in, or go on at a question."""
        while True:
            notes = (*notes, *self._drop_withdrawn())
            if not self.round.cards:
                return ()
            console.console().clear()
            console.show(views.overview(self.round, notes, self._unconfirmed_places()))
            line = narrow(self.keyboard.line(self._prompt()))
            if self.time_is_up():
                raise _Ended(End.OUT_OF_TIME)
            if line in YES:
                raise _Ended(End.HANDED_IN)
            if self._goes_to(line):
                return ()
            notes = (
                ("都答了：输入 y 再回车才交卷，输入题号可以改",)
                if not line
                else (f"没有“{line[:20]}”这一题",)
            )

    def _drop_withdrawn(self) -> tuple[str, ...]:
        """Let go of what has been withdrawn, answered or not: it counts for and against nobody."""
        ids = {card.item.id for card in self.round.cards}
        gone = ids - {card.item.id for card in study.askable(self.bank, self.learner, tuple(ids))}
        self.round = rounds.without(self.round, gone)
        return (f"有 {len(gone)} 道题已被撤回，不算在内",) if gone else ()

    def _unconfirmed_places(self) -> tuple[int, ...]:
        cards = enumerate(self.round.cards)
        return tuple(place for place, card in cards if card.item.id in self.unconfirmed)

    def _goes_to(self, line: str) -> bool:
        """Does the line name a question, or is there one to go on with? Then go there."""
        if line == "q":
            raise Left
        if line == "u":
            self.round = rounds.back(self.round) if self.round.at is None else self.round
            return True
        if not line and self.round.at is None and self.round.open:
            self.round = rounds.to(self.round, self.round.open[0])
        elif line.isdecimal() and len(line) < 5 and 1 <= int(line) <= len(self.round.cards):
            self.round = rounds.to(self.round, int(line) - 1)
        elif line or self.round.at is None:
            return False
        return True

    def _prompt(self) -> Prompt:
        if self.paper.terms.minutes is None:
            return "> "
        return lambda: f"剩 {clock(self._look().seconds_left or 0)} > "


def _chosen(before: Answer, item: Item) -> list[str]:
    """The options that an answer has chosen, as they are shown when it is looked at again; none, where one of
    them is no option any more."""
    response, shown = before.attempt.response, item.options
    if item.kind is ItemKind.MATCHING:
        response, shown = tuple(pair.split("=", 1)[1] for pair in response), rights_of(item)
    elif item.kind not in (ItemKind.MULTIPLE_RESPONSE, ItemKind.ORDERING):
        return []
    return list(response) if set(response) <= set(shown) else []


class _Ended(Exception):
    """The paper is over."""

    def __init__(self, end: End) -> None:
        self.end = end

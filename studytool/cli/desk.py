"""A sitting at the terminal: questions are asked, and every answer is in the bank before the next one.

The sitting is a value; what has been done to the bank for it is kept beside the sitting before, so that
every step can be taken back.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from datetime import timedelta

from studytool import quiz, schedule
from studytool.cli import console
from studytool.cli.asking import SIGNS, Command, Given, ask
from studytool.cli.keys import ENTER, Keyboard, Left
from studytool.model import Memory, Rating, Review
from studytool.quiz import Answer, Sitting
from studytool.store import study
from studytool.store.bank import Bank
from studytool.views import verdict

HOLDS = (Command.BURY, Command.SUSPEND)


@dataclass(frozen=True, slots=True)
class Step:
    """The sitting before something was done, and the item set aside by it; None for an answer."""

    before: Sitting
    held: str | None = None


@dataclass(slots=True)
class Kept:
    """The answer on the screen as the bank has it."""

    answer: Answer
    review: Review
    id: int
    after: Memory | None


@dataclass(slots=True)
class Desk:
    """Who studies, in which bank, under which settings, and for how long."""

    bank: Bank
    learner: str
    sitting: Sitting
    settings: schedule.Settings = schedule.DEFAULT
    minutes: float | None = None
    keyboard: Keyboard = field(default_factory=Keyboard)
    done: list[Step] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)

    def run(self) -> bool:
        """Ask until there is nothing left to ask or the time is up; false if the person left before."""
        notes: tuple[str, ...] = ()
        try:
            while self.sitting.current and not self._time_is_up():
                notes = self._turn(notes)
        except (Left, KeyboardInterrupt):
            return False
        return True

    def _time_is_up(self) -> bool:
        return self.minutes is not None and time.monotonic() - self.started >= self.minutes * 60

    def _turn(self, notes: tuple[str, ...]) -> tuple[str, ...]:
        """One question; what to say above the next."""
        shown = time.monotonic()
        given = ask(self.sitting, self.keyboard, notes)
        if given.command:
            return self._obey(given.command)
        kept = self._keep(given, time.monotonic() - shown)
        return self._discuss(kept)

    # ---- an answer ----------------------------------------------------------------------------------

    def _keep(self, given: Given, seconds: float) -> Kept:
        """Mark the response, and put the answer and the memory it leaves into the bank."""
        item = self.sitting.coming[0].item
        attempt = quiz.Attempt(given.response, round(seconds, 1), given.guessed, given.hinted)
        before = self.sitting
        extra = study.variants(self.bank, item.id, len(item.key))
        self.sitting = quiz.answer(self.sitting, attempt, extra)
        answer = self.sitting.answers[-1]
        review = self._review(answer)
        after = self._memory(answer, review)
        number = study.record(self.bank, review, after)
        self.done.append(Step(before))
        return Kept(answer, review, number, after)

    def _review(self, answer: Answer) -> Review:
        return Review(
            item_id=answer.card.item.id,
            learner=self.learner,
            reviewed_at=console.now(),
            response=answer.attempt.response,
            mark=answer.verdict.mark,
            rating=answer.rating,
            seconds=answer.attempt.seconds,
            mode=self.sitting.policy.mode,
            guessed=answer.attempt.guessed,
        )

    def _memory(self, answer: Answer, review: Review) -> Memory | None:
        if not self.sitting.policy.schedules:
            return None
        return schedule.review(answer.card.memory, answer.rating, review.reviewed_at, self.settings)

    def _correct(self, kept: Kept, answer: Answer) -> None:
        """Another outcome of the answer just given, in the sitting and in the bank."""
        kept.answer = answer
        kept.review = replace(
            kept.review,
            mark=answer.verdict.mark,
            rating=answer.rating,
            guessed=answer.attempt.guessed,
        )
        kept.after = self._memory(answer, kept.review)
        self.sitting = quiz.revise(self.sitting, answer)
        study.correct(self.bank, kept.id, kept.review, kept.after)

    def _discuss(self, kept: Kept) -> tuple[str, ...]:
        """Show the verdict and do what the person wants with it, until they go on."""
        if not self.sitting.policy.tells:
            return ()
        notes: tuple[str, ...] = ()
        while True:
            console.show(verdict.screen(kept.answer, kept.after, console.now(), notes))
            key = self.keyboard.key()
            if key == ENTER:
                return ()
            if key in {"1", "2", "3", "4"}:
                self._correct(kept, replace(kept.answer, rating=Rating(int(key))))
                notes = ("评级已改",)
            elif key == "o" and verdict.can_overrule(kept.answer):
                notes = self._overrule(kept)
            elif key == "g":
                self._correct(kept, quiz.guessed(kept.answer))
                notes = ("记作猜的",)
            elif key in set(Command) or key in SIGNS:
                command = SIGNS.get(key) or Command(key)
                if command in {Command.UNDO, *HOLDS}:
                    return self._obey(command, kept.review.item_id)
                notes = self._obey(command, kept.review.item_id)
            else:
                notes = ()

    def _overrule(self, kept: Kept) -> tuple[str, ...]:
        learned = quiz.variants(kept.answer)
        self._correct(kept, quiz.overruled(kept.answer))
        for part, text in learned:
            study.accept_variant(
                self.bank, self.learner, study.Variant(kept.review.item_id, part, text), console.now()
            )
        return ("已算对，这个写法以后都算对",) if learned else ("已算对",)

    # ---- a command ----------------------------------------------------------------------------------

    def _obey(self, command: Command, item_id: str | None = None) -> tuple[str, ...]:
        """Carry out a command about the current question, or about the one just answered (`item_id`)."""
        if command is Command.QUIT:
            raise Left
        if command is Command.UNDO:
            return self._undo()
        if command is Command.SKIP:
            if item_id is None:
                self.sitting = quiz.skip(self.sitting)
            return ()
        if command is Command.FLAG:
            return self._flag(item_id or self.sitting.coming[0].item.id)
        if command in HOLDS:
            return self._hold(command, item_id)
        return ()

    def _hold(self, command: Command, item_id: str | None) -> tuple[str, ...]:
        held = item_id or self.sitting.coming[0].item.id
        tomorrow = (console.now() + timedelta(days=1)).date() if command is Command.BURY else None
        study.hold(self.bank, study.Hold(self.learner, held, tomorrow), console.now())
        self.done.append(Step(self.sitting, held))
        if item_id is None:
            self.sitting = quiz.drop(self.sitting)
        return ("上一题今天不再出（u 撤销）" if tomorrow else "上一题不再出（u 撤销）",)

    def _undo(self) -> tuple[str, ...]:
        if not self.done:
            return ("这次还没有可以撤销的",)
        step = self.done.pop()
        self.sitting = step.before
        if step.held is None:
            study.undo(self.bank, self.learner)
            return ("已撤销上一次作答，请重新回答",)
        study.lift(self.bank, self.learner, step.held)
        return ("已撤销，这道题照常出",)

    def _flag(self, item_id: str) -> tuple[str, ...]:
        reason = self.keyboard.line("哪里有问题？（直接回车取消） > ")
        if not reason:
            return ()
        study.flag(self.bank, self.learner, item_id, reason, console.now())
        return ("已记下，请教员核对",)

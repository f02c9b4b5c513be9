"""A sitting at the terminal: questions are asked, and every answer is in the bank before the next one.

The sitting is a value; what has been done to the bank for it is kept beside the sitting before, so that
every step can be taken back. What only an answer needs is loaded when there is one: the first question
does not wait for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

from studytool import quiz, schedule
from studytool.cli import console
from studytool.cli.after import pressed_under
from studytool.cli.askers import ask
from studytool.cli.asking import Asking, Command, Draft, Given, command_of, draft_of
from studytool.cli.flagging import CANCELLED, flagged
from studytool.cli.keys import ENTER, SPACE, Keyboard
from studytool.cli.leaving import Left
from studytool.errors import StudyError
from studytool.model import Card, Memory, Rating, Review
from studytool.quiz import Answer, Sitting, logged
from studytool.store import asides, study
from studytool.store.bank import Bank
from studytool.views.question import Look

HOLDS = (Command.BURY, Command.SUSPEND)


@dataclass(frozen=True, slots=True)
class Step:
    """Something that can be taken back: the sitting before it (None: it changed nothing there), how,
    and what to say then. `number` is the review's, None for anything but an answer."""

    before: Sitting | None
    take_back: Callable[[], object]
    said: str
    number: int | None = None


Noted = Callable[["Desk", Answer, int], None]


@dataclass(slots=True)
class Kept:
    """The answer on the screen as the bank has it; `learned` are the variants it taught."""

    answer: Answer
    review: Review
    id: int
    after: Memory | None
    learned: list[asides.Variant] = field(default_factory=list)


@dataclass(slots=True)
class Desk:
    """Who studies, in which bank, under which settings, and for how long.

    `noted` is told of each answer inside its transaction."""

    bank: Bank
    learner: str
    sitting: Sitting
    settings: schedule.Settings = schedule.DEFAULT
    minutes: float | None = None
    boxes: bool = False
    noted: Noted | None = None
    keyboard: Keyboard = field(default_factory=Keyboard)
    drafts: dict[str, Draft] = field(default_factory=dict)
    done: list[Step] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)
    begun: bool = False

    def run(self) -> bool:
        """Ask until there is nothing left to ask or the time is up; false if the person left before."""
        self.bank.refuse_unwritable()
        notes: tuple[str, ...] = ()
        try:
            while self.sitting.current and not self.time_is_up():
                notes = self._turn(notes)
        except (Left, KeyboardInterrupt):
            return False
        return True

    def seconds(self) -> float:
        """How long it has taken so far."""
        return time.monotonic() - self.started

    def time_is_up(self) -> bool:
        return self.minutes is not None and self.seconds() >= self.minutes * 60

    def _look(self) -> Look:
        left = self.minutes * 60 - self.seconds() if self.minutes is not None else None
        return Look(self.boxes, left)

    def _turn(self, notes: tuple[str, ...]) -> tuple[str, ...]:
        """One question; what to say above the next."""
        if self.begun and self._card() is None:
            return self._withdrawn()
        self.begun = True  # nobody has changed the first question since it was read
        draft, shown = draft_of(self.drafts, self.sitting.coming[0].item), time.monotonic()
        given = ask(Asking(self.sitting, self.keyboard, draft, self._look, notes))
        draft.seconds += time.monotonic() - shown
        if given.command:
            return self._obey(given.command)
        kept = self._keep(given, draft)
        return self._discuss(kept) if kept else self._changed()

    # ---- what others do to the bank meanwhile -------------------------------------------------------

    def _card(self) -> Card | None:
        """The current question as the bank has it now, if it may still be asked."""
        found = study.askable(self.bank, self.learner, (self.sitting.coming[0].item.id,))
        if not found:
            return None
        self.sitting = quiz.renewed(self.sitting, found[0])
        return found[0]

    def _withdrawn(self, item_id: str | None = None) -> tuple[str, ...]:
        """An item is gone: the current one, unless it is another, which has been answered."""
        if self.sitting.coming and item_id in (None, self.sitting.coming[0].item.id):
            self.sitting = quiz.drop(self.sitting)
        return ("有一道题刚被撤回，不再出",)

    def _changed(self) -> tuple[str, ...]:
        """Nothing was kept, because the question is not the one that was answered."""
        return self._withdrawn() if self._card() is None else ("这道题刚改过，请按新的作答",)

    # ---- an answer ----------------------------------------------------------------------------------

    def _keep(self, given: Given, draft: Draft) -> Kept | None:
        """Mark the response, and put the answer and the memory it leaves into the bank; None, where the
        question has changed since it was shown."""
        before, item = self.sitting, self.sitting.coming[0].item
        attempt = draft.attempt(given.response)
        lenient = before.policy.lenient
        extra = asides.variants(self.bank, self.learner, item.id, len(item.key)) if lenient else ()
        marked = quiz.answer(before, attempt, extra)
        with self.bank.writing():
            card = self._card()
            if card is None or not quiz.asks_same(card.item, item):
                return None
            answer = replace(marked.answers[-1], card=card)
            review = self._review(answer)
            after = self._memory(answer, review)
            number = study.record(self.bank, review, after)
            self.sitting = quiz.revise(marked, answer)
            if self.noted:
                self.noted(self, answer, number)
        draft.answered(told=before.policy.tells)
        kept = Kept(answer, review, number, after)
        self.done.append(Step(before, lambda: self._take_back(kept), "已撤销上一次作答，请重新回答", number))
        return kept

    def _take_back(self, kept: Kept) -> None:
        with self.bank.writing():
            if study.undo(self.bank, self.learner, kept.id) is None:
                raise StudyError("这道题此后在别处又答过：这一次撤销不了")
            for variant in kept.learned:
                asides.forget_variant(self.bank, variant)

    def _review(self, answer: Answer) -> Review:
        return logged(answer, self.learner, console.now(), self.sitting.policy.mode)

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
        policy = self.sitting.policy
        if not policy.tells:
            return ()
        from studytool.views import verdict

        notes: tuple[str, ...] = ()
        while True:
            console.show(verdict.screen(kept.answer, kept.after, console.now(), notes))
            key = pressed_under(kept.answer, kept.after, self.keyboard)
            if key in (ENTER, SPACE):
                return ()
            notes = self._reconsidered(kept, key) if policy.helps else ()
            command = None if notes else command_of(key, policy)
            if command is None:
                continue
            notes = self._obey(command, kept.review.item_id)
            if command in HOLDS or all(step.number != kept.id for step in self.done):
                return notes  # set aside, or taken back

    def _reconsidered(self, kept: Kept, key: str) -> tuple[str, ...]:
        """Another outcome the person wants for their answer; what to say of it."""
        from studytool.views import verdict

        if key in {"1", "2", "3", "4"}:
            if int(key) > kept.answer.best:
                return ("看过答案再答的、自己算对的，最高是 3 记得",)
            self._correct(kept, replace(kept.answer, rating=Rating(int(key))))
            return ("评级已改",)
        if key == "o" and verdict.can_overrule(kept.answer):
            return self._overrule(kept)
        if key == "g":
            self.drafts[kept.review.item_id].guessed = True
            self._correct(kept, quiz.guessed(kept.answer))
            return ("记作猜的",)
        return self._edit(kept.review.item_id) if key == "e" else ()

    def _edit(self, item_id: str) -> tuple[str, ...]:
        """Change the item's wording on the spot; the trainer sees who did."""
        from studytool.cli import editing
        from studytool.store import undoing

        outcome = editing.on_the_spot(self.bank, self.learner, item_id)
        if outcome is None:
            return ("没有修改",)
        undo = partial(undoing.undo, self.bank, self.learner, console.now(), outcome.batch)
        self.done.append(Step(None, undo, "已撤销修改"))
        return ("已改，下次按新的出（u 撤销）" + ("；答案变了，这道题重新记忆" if outcome.forgotten else ""),)

    def _overrule(self, kept: Kept) -> tuple[str, ...]:
        texts = quiz.variants(kept.answer)
        with self.bank.writing():
            self._correct(kept, quiz.overruled(kept.answer))
            for part, text in texts:
                variant = asides.Variant(self.learner, kept.review.item_id, part, text)
                if asides.accept_variant(self.bank, variant, console.now()):
                    kept.learned.append(variant)
        return ("已算对，你这样写以后都算对（考试除外，除非教员审定）",) if texts else ("已算对",)

    # ---- a command ----------------------------------------------------------------------------------

    def _obey(self, command: Command, item_id: str | None = None) -> tuple[str, ...]:
        """Carry out a command about the current question, or about the one just answered (`item_id`)."""
        if command is Command.QUIT:
            raise Left
        if command is Command.UNDO:
            return self._undo()
        if command is Command.FLAG:
            return self._flag(item_id or self.sitting.coming[0].item.id)
        if command in HOLDS:
            return self._hold(command, item_id)
        self.done.append(Step(self.sitting, lambda: None, "已回到跳过的那道题"))  # the bank never knew
        before, self.sitting = self.sitting, quiz.skip(self.sitting)
        stays = len(self.sitting.coming) == len(before.coming)
        return () if stays else ("跳过了两次，这次不再出（u 撤销）",)

    def _hold(self, command: Command, item_id: str | None) -> tuple[str, ...]:
        held = item_id or self.sitting.coming[0].item.id
        tomorrow = (console.now() + timedelta(days=1)).date() if command is Command.BURY else None
        if not asides.hold(self.bank, asides.Hold(self.learner, held, tomorrow), console.now()):
            return self._withdrawn(held)
        lift = partial(asides.lift, self.bank, self.learner, held)
        self.done.append(Step(self.sitting, lift, "已撤销，这道题照常出"))
        if item_id is None:
            self.sitting = quiz.drop(self.sitting)
        return ("上一题今天不再出（u 撤销）" if tomorrow else "上一题不再出（u 撤销）",)

    def _undo(self) -> tuple[str, ...]:
        if not self.done:
            return ("这次还没有可以撤销的",)
        step = self.done.pop()
        try:
            step.take_back()
        except StudyError as error:  # others have changed the same since: the sitting goes on
            return (str(error),)
        self.sitting = step.before or self.sitting
        return (step.said,)

    def _flag(self, item_id: str) -> tuple[str, ...]:
        told = flagged(self.bank, self.learner, item_id, self.keyboard)
        if told is None:
            return (CANCELLED,)
        if not told:
            return self._withdrawn(item_id)
        unflag = partial(asides.unflag, self.bank, self.learner, item_id)
        self.done.append(Step(None, unflag, "已撤销报错"))
        return ("已记下，请教员核对（u 撤销）",)

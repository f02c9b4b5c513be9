"""A walk through items at the terminal: one key, one decision, in the bank before the next item is shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from studytool.cli import console, editing, item_text, stated
from studytool.cli.editor import in_editor
from studytool.cli.keys import ENTER, Keyboard
from studytool.cli.leaving import Left
from studytool.errors import StudyError
from studytool.model import Item, ItemFilter
from studytool.store import dossiers, edits, items, undoing
from studytool.store.bank import Bank
from studytool.store.edits import Action, Edit
from studytool.views import review

DECIDING = frozenset("arevtc")  # keys by which somebody answers for what stands on the screen


@dataclass(slots=True)
class Reviewing:
    """Who reviews what; `place` is the item on the screen, `back` where undo returns and what it undoes."""

    bank: Bank
    reviewer: str
    queue: tuple[str, ...]
    keyboard: Keyboard = field(default_factory=Keyboard)
    place: int = 0
    back: list[tuple[int, int, Action]] = field(default_factory=list)
    counts: Counter[Action] = field(default_factory=Counter)
    notes: tuple[str, ...] = ()

    def run(self) -> Reviewing:
        """Show item after item until the end, or until the person leaves."""
        self.bank.refuse_unwritable()
        try:
            while self.place < len(self.queue):
                self._turn()
        except (Left, KeyboardInterrupt):
            pass
        return self

    def summary(self) -> str:
        """What was done."""
        counts = ((review.ACTIONS[action], count) for action, count in self.counts.items())
        done = "，".join(f"{name} {count} 题" for name, count in counts if count)
        left = len(self.queue) - self.place
        return f"{done or '没有改动'}；还有 {left} 题没有看。" if self.queue else "没有要审的题。"

    def _turn(self) -> None:
        item_id = self.queue[self.place]
        if self._now(item_id) is None:
            self.notes += (f"跳过了 {item_id}：它的来源刚被重建，已没有这道题",)
            self.place += 1
            return
        dossier = dossiers.dossier(self.bank, item_id)
        console.console().clear()
        console.show(review.screen(dossier, self.place + 1, len(self.queue), self.notes))
        self.notes = ()
        key = self.keyboard.key()
        if key in DECIDING and self._now(item_id) != dossier.item:
            self.notes = ("这道题刚被别人改过，现在是这样：请再看一遍",)
            return
        self._obey(key, dossier)

    def _now(self, item_id: str) -> Item | None:
        """The item as the bank has it now: others review and build meanwhile."""
        return next(iter(items.select(self.bank, ItemFilter(ids=(item_id,), statuses=()))), None)

    def _obey(self, key: str, dossier: dossiers.Dossier) -> None:
        item = dossier.item
        if key == "a":
            self._decide(Edit(item.id, self.reviewer, Action.APPROVE))
        elif key == "r":
            self._retire(item)
        elif key in ("e", "v"):
            self._edit_safely(item, in_terminal=key == "e")
        elif key == "t" and dossier.other:
            self._take_other(item)
        elif key == "c" and dossier.proposals:
            self.notes = ("已列入“也可答”，对所有人都算对；按 a 审定，按 u 撤销",)
            self._decide(dossiers.accepting(dossier, self.reviewer), stay=True)
        elif key in (ENTER, "s"):
            self.place += 1
        elif key == "u":
            self._undo()
        elif key == "q":
            raise Left

    def _decide(self, edit: Edit, *, stay: bool = False) -> None:
        outcome = edits.apply(self.bank, (edit,), console.now())
        self.counts[edit.action] += 1
        self.back.append((self.place, outcome.batch, edit.action))
        if outcome.forgotten:
            self.notes += (f"答案改了：{outcome.forgotten} 人对这道题的记忆已重置，按 u 可撤销",)
        self.place += not stay

    def _retire(self, item: Item) -> None:
        reason = self.keyboard.line("停用的理由（留空则不停用）> ")
        if reason:
            self._decide(Edit(item.id, self.reviewer, Action.RETIRE, reason=reason))

    def _undo(self) -> None:
        if not self.back:
            self.notes = ("这次还没有可以撤销的；以前的用 studytool review --undo",)
            return
        self.place, batch, action = self.back.pop()
        try:
            undoing.undo(self.bank, self.reviewer, console.now(), batch)
        except StudyError as error:  # others have decided since: the review goes on
            self.notes = (str(error),)
            return
        self.counts[action] -= 1
        self.notes = ("已撤销",)

    def _take_other(self, item: Item) -> None:
        edit = dossiers.taking_other(self.bank, item.id, self.reviewer)
        if edit is None:
            return
        try:
            item_text.check(edits.edited(item, edit))
        except StudyError as error:
            self.notes = (f"那一版放在现在的题上不成立（{error}）：请按 e 修改",)
            return
        self.notes = ("已换成另一版；按 a 审定，按 u 撤销",)
        self._decide(edit, stay=True)

    def _edit_safely(self, item: Item, *, in_terminal: bool) -> None:
        try:
            self._edit(item, in_terminal=in_terminal)
        except StudyError as error:  # the editor, not the text: the review goes on
            self.notes = (str(error),)

    def _edit(self, item: Item, *, in_terminal: bool) -> None:
        """Let the person edit the item's text until it can be understood, or they give up."""
        ask, goes_on = (editing.in_terminal, editing.always) if in_terminal else (in_editor, self._goes_on)
        changed = editing.reworded(item, ask, goes_on)
        if not changed:
            self.notes = ("没有修改",)
            return
        now = self._now(item.id)
        if now is None or edits.changes(item, now):
            self.notes = ("这道题刚被别人改过，你的修改没有存：请看现在的样子，再改一次",)
            return
        edit = Edit(item.id, self.reviewer, Action.EDIT, changed)
        self.notes = ("已改；按 a 审定，按 u 撤销", *stated.remarks(item, edits.edited(item, edit)))
        self._decide(edit, stay=True)

    def _goes_on(self, message: str) -> bool:
        console.tell(message)
        return self.keyboard.line("回车继续修改，q 放弃 > ") != "q"

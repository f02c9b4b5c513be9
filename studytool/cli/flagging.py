"""What is wrong with an item, as a learner types it -> the trainer's list."""

from __future__ import annotations

from studytool.cli import console
from studytool.cli.keys import Keyboard
from studytool.store import asides
from studytool.store.bank import Bank

CANCELLED = "没有报错"


def flagged(bank: Bank, learner: str, item_id: str, keyboard: Keyboard) -> bool | None:
    """Ask for the reason and keep it: is the item still there? None where nothing was said."""
    reason = keyboard.line("哪里有问题？（直接回车取消） > ")
    return asides.flag(bank, learner, item_id, reason, console.now()) if reason else None

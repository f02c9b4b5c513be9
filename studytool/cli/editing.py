"""An item's wording, edited by a person: its readable text out, the changed columns back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from studytool.cli import console, item_text, stated
from studytool.cli.keys import LONGEST, as_text, editor
from studytool.cli.leaving import Left, ToldToEnd, ended_between_keys
from studytool.errors import StudyError
from studytool.model import Item, ItemFilter, Status
from studytool.store import edits, items
from studytool.store.bank import Bank

SAVE = "c-s"


def reworded(
    item: Item, ask: Callable[[str], str | None], goes_on: Callable[[str], bool]
) -> dict[str, Any] | None:
    """What the person changes in the item: asked again, with what is wrong, until their text can be
    understood or they give up (None). `goes_on` is told what is wrong and says whether to ask again."""
    text = shown = item_text.text_of(item)
    while given := ask(text):
        if given == shown:
            return None  # nothing was touched, whatever the text cannot show
        try:
            return edits.changes(item, stated.followed(item, item_text.parse(given, item))) or None
        except StudyError as error:
            text = item_text.with_message(given, str(error))
            if not goes_on(str(error)):
                return None
    return None


def on_the_spot(bank: Bank, learner: str, item_id: str) -> edits.Outcome | None:
    """Let a learner change an item, as it stands now; None: nothing was changed. The trainer sees who did:
    what somebody has approved in other words is a draft again."""
    (item,) = items.select(bank, ItemFilter(ids=(item_id,), statuses=()))
    changed = reworded(item, in_terminal, always)
    if not changed:
        return None
    status = Status.DRAFT if item.status is Status.APPROVED else None
    edit = edits.Edit(item_id, learner, edits.Action.EDIT, changed, status=status)
    return edits.apply(bank, (edit,), console.now())


def always(_message: str) -> bool:
    """Ask again: the message stands above the text in the terminal."""
    return True


def in_terminal(text: str) -> str | None:
    """The text as the person leaves it: Ctrl-S keeps it; None when they give up."""
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    bindings = KeyBindings()

    @bindings.add(SAVE)
    def _(event: KeyPressEvent) -> None:
        event.app.current_buffer.validate_and_handle()

    session = editor(len(text) + LONGEST)
    console.console().clear()
    try:
        with ended_between_keys() as told:
            given = session.prompt(
                "Ctrl-S 保存 · Ctrl-C 放弃\n",
                default=text,
                multiline=True,
                key_bindings=bindings,
                pre_run=told,
            )
    except (ToldToEnd, OSError) as error:
        raise Left from error
    except (KeyboardInterrupt, EOFError):
        return None
    return as_text(given)

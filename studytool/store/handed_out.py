"""Which questions people have in an Anki deck: the next deck must name those that are asked no more.

So a question that was handed out is never deleted, as if somebody had answered it: learners may have.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from studytool.store import rows
from studytool.store.bank import Bank


def note(bank: Bank, ids: Iterable[str], at: datetime) -> None:
    """Keep that these items have been handed out; of one that was already, when it first was."""
    with bank.writing():
        bank.run(
            "insert or ignore into handed_out (item_id, handed_at)"
            " select id, ? from items where id in (select value from json_each(?))",
            rows.instant(at),
            rows.dump(list(ids)),
        )

"""Edits taken back: what was generated since stays, under what people had said before."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime

from studytool.errors import StudyError
from studytool.store import homes, overlays, rows
from studytool.store.bank import Bank
from studytool.store.edits import AT_A_TIME, Action, Outcome, Standing, put_content, standing_of
from studytool.store.inserting import insert_all
from studytool.store.overlays import Overlay


def undo(bank: Bank, reviewer: str, at: datetime, batch: int | None = None) -> Outcome:
    """Take back a batch, by default the reviewer's last that still stands; nothing, if there is none.

    As many at a time as `approve` does; undone again, what was interrupted is finished."""
    last = bank.value("select max(batch) from edits where reviewer = ? and undone_at is null", reviewer)
    number, ids = batch or int(str(last or 0)), list[str]()
    _refuse_if_edited_since(bank, number)
    while some := _taken_back(bank, number, at):
        ids += some
    return Outcome(tuple(ids), batch=number)


def _taken_back(bank: Bank, batch: int, at: datetime) -> tuple[str, ...]:
    """Take back the last edits of a batch that still stand."""
    with bank.writing():
        standing = bank.rows(
            "select * from edits where batch = ? and undone_at is null order by id desc limit ?",
            batch,
            AT_A_TIME,
        )
        if standing:
            _refuse_if_edited_since(bank, batch, standing[-1]["id"])
        for row in standing:
            _put_back(bank, row, at)
            bank.run("update edits set undone_at = ? where id = ?", rows.instant(at), row["id"])
    return tuple(row["item_id"] for row in standing)


def _refuse_if_edited_since(bank: Bank, batch: int, first: int = 0) -> None:
    """Raises StudyError if anybody has edited since what the batch did, from its edit `first` on."""
    sql = (
        "select later.item_id, later.reviewer from edits e join edits later on later.item_id = e.item_id"
        " where e.batch = ? and e.id >= ? and e.undone_at is null and later.id > e.id"
        " and later.batch <> e.batch and later.undone_at is null order by later.id desc limit 1"
    )
    later = bank.rows(sql, batch, first)
    if later:
        item_id, reviewer = later[0]
        raise StudyError(f"{item_id} 此后又由{reviewer}改过：先撤销那一次（--reviewer）")


def _put_back(bank: Bank, edit: sqlite3.Row, at: datetime) -> None:
    """Undo one edit. What was generated since stays, under what people had said before it; what a build or a
    withdrawal has retired since stays so: its sentence is gone."""
    item_id, before = str(edit["item_id"]), json.loads(edit["before"])
    now = overlays.of(bank, item_id)
    generated = now.generated if now else before["content"]
    said = before["overlay"]
    if said:
        overlay = Overlay(item_id, **{**said, "generated": generated})
        overlays.put(bank, overlay)
        content = overlay.content
    else:
        overlays.drop(bank, item_id)
        content = dict(generated)
    for old_id in before["inherited"]:
        bank.run("update overlays set successor_id = ? where item_id = ?", item_id, old_id)
    for flag_id in before["flags"]:
        bank.run("update flags set closed_at = null where id = ?", flag_id)
    standing = standing_of(bank, item_id)
    by_another = edit["action"] != Action.RETIRE or not homes.stands(bank, item_id)
    gone = standing.status == "retired" and by_another
    before_it = Standing(content, "retired" if gone else before["status"])
    put_content(bank, item_id, standing, before_it, at)
    for table in ("memories", "variants"):  # where nothing has come in their place since
        insert_all(bank, table, before[table], "insert or ignore")

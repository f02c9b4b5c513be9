"""A bank -> what is wrong with it, and the repairs that can be made; after them nothing is found again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain

from studytool.errors import DamagedBank, StudyError
from studytool.schedule import DEFAULT, Settings
from studytool.store import replaying, rot, rot_study, rot_text, shape
from studytool.store.bank import Bank
from studytool.store.conditions import Rot
from studytool.store.orphans import ORPHANS


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of damage: what, how much of it, whether it was repaired, and whether it is of the file or its
    tables, not of what stands in them."""

    what: str
    count: int
    repaired: bool
    of_file: bool = False


def examine(bank: Bank, *, repair: bool, settings: Settings = DEFAULT) -> tuple[Finding, ...]:
    """What is wrong with the bank; with `repair`, what can be mended is: the file first, where that is
    damaged, then all that stands in its tables, in one transaction.

    It looks first, and others go on writing; only where there is something to mend do they wait.
    `settings`: how answers are scheduled, for memories that have to be worked out from them again."""
    findings = [*_file_damage(bank, repair=repair), *_lost(bank)]
    if any(not finding.repaired for finding in findings):
        return tuple(findings)
    bank.run("pragma foreign_keys = off")  # or mending one thing would be refused because of another
    try:
        with bank.reading():
            told = _told(bank, settings, repair=False)
        if told and repair:
            with bank.writing():
                told = _told(bank, settings, repair=True)
    finally:
        bank.run("pragma foreign_keys = on")
    return (*findings, *told)


def _told(bank: Bank, settings: Settings, *, repair: bool) -> list[Finding]:
    """What is wrong with what stands in the tables; with `repair` it is mended as it is found."""
    findings = [
        *_misshapen(bank, repair=repair),
        *_rows(bank, repair=repair),
        *_memories(bank, settings, repair=repair),
        *_unsaid(bank, repair=repair),
    ]
    return [*findings, *(_loose(bank) if repair or not findings else ())]


def _misshapen(bank: Bank, *, repair: bool) -> Iterator[Finding]:
    """Indexes that are missing or not ours, and triggers that are not ours."""
    for what, found in (("缺少索引", shape.lacking(bank)), ("不属于题库的触发器", shape.foreign(bank))):
        if found:
            yield Finding(what, len(found), repair)
        if repair:
            for statement in chain.from_iterable(found):
                bank.run(statement)


def _rows(bank: Bank, *, repair: bool) -> Iterator[Finding]:
    """Rows that hang on others which are gone, and rows that cannot be read."""
    rot_text.prepare(bank)
    orphans = ((one.what, one.counting, one.mended) for one in ORPHANS)
    unread = map(_counted, rot_text.rots(bank))
    rotten = map(_counted, (*rot_study.ROTS, *rot.ROTS))
    for what, counting, mended in (*unread, *orphans, *rotten):  # without its key no row is found
        count = int(str(bank.value(counting)))
        if count:
            yield Finding(what, count, repair)
        if count and repair:
            for statement in mended:
                bank.run(statement)


def _memories(bank: Bank, settings: Settings, *, repair: bool) -> Iterator[Finding]:
    """Memories that are lost, or cannot be, worked out again from the answers that are sound by now."""
    forgotten = replaying.forgotten(bank)
    if forgotten:
        yield Finding("记忆丢失，答题记录还在（按记录重新推算）", len(forgotten), repair)
    if forgotten and repair:
        replaying.remember(bank, settings)
    count = replaying.impossible(bank)
    if not count:
        return
    gone = replaying.relearn(bank, settings) if repair else 0
    if count > gone:
        yield Finding("记忆的数值不可能（按答题记录重新推算）", count - gone, repair)
    if gone:
        yield Finding("记忆的数值不可能，也没有答题记录可以推算（从新题学起）", gone, repair)


def _unsaid(bank: Bank, *, repair: bool) -> Iterator[Finding]:
    """Edits that the next build would write over, put over the items again."""
    found = replaying.unsaid(bank)
    if found:
        yield Finding("改过或审定过的题，只剩修改记录（按记录恢复）", len(found), repair)
    if repair:
        for item_id in found:
            replaying.say_again(bank, item_id)


def _counted(one: Rot) -> tuple[str, str, tuple[str, ...]]:
    return one.what, f"select count(*) from {one.table} where {one.rotten}", one.mended


def _loose(bank: Bank) -> Iterator[Finding]:
    """Whatever else hangs on nothing."""
    found = bank.rows("pragma foreign_key_check")
    if found:
        yield Finding("记录之间的联系断了", len(found), repaired=False)


def _lost(bank: Bank) -> Iterator[Finding]:
    """Tables, columns and references that only a copy still has."""
    tables = shape.lost(bank)
    if tables:
        yield Finding(f"表的结构不对或不全（{'、'.join(tables)}）", len(tables), repaired=False, of_file=True)


def _file_damage(bank: Bank, *, repair: bool) -> tuple[Finding, ...]:
    """Damage to the file itself: what is not in the tables can be made anew, all else only a copy has."""
    found = _integrity(bank)
    if not found:
        return ()
    if repair:
        for statement in ("reindex", "vacuum"):  # the second writes the tables anew, and all else from them
            # Of rows that are there twice, as where pages were swapped, neither makes anything anew.
            with suppress(StudyError, sqlite3.IntegrityError):
                bank.run(statement)
    left = _integrity(bank)
    return (Finding(f"数据库文件损坏：{found[0]}", len(found), repaired=not left, of_file=True),)


def _integrity(bank: Bank) -> tuple[str, ...]:
    try:
        lines = "\n".join(str(row[0]) for row in bank.rows("pragma integrity_check(20)")).splitlines()
    except DamagedBank:
        return ("有的页读不出来",)
    return tuple(line for line in lines if line != "ok" and not line.startswith("***"))
